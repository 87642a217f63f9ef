/* bench_deadline TSV: phrases a second, over and over the corpus, one core; and phrases that grow to the limit of a value. */
#include "bench.h"
#include "vekha/base/file.h"
#include "vekha/core/deadline.h"

enum { N_ROUNDS = 400, FILE_MAX = 1 << 20, MAX_PHRASES = 4096, LIMIT = 64 * 1024, N_LONG_ROUNDS = 200, N_TRIES = 5 };

typedef struct Phrase {
    DeadlineContext context;
    Str phrase;
} Phrase;

static size_t load(Str text, Phrase *out)
{
    size_t n = 0;
    (void)str_cut(&text, '\n'); /* the head */
    while (text.n_bytes > 0 && n < MAX_PHRASES) {
        Str line = str_cut(&text, '\n');
        (void)str_cut(&line, '\t');
        if (day_parse(str_cut(&line, '\t'), &out[n].context.period.first) &&
            day_parse(str_cut(&line, '\t'), &out[n].context.period.last)) {
            out[n++].phrase = str_cut(&line, '\t');
        }
    }
    return n;
}

/* The best of some tries at reading so many bytes of the pattern, over and over: microseconds a phrase. */
static double long_us(Str pattern, size_t size)
{
    static char text[LIMIT];
    static const DeadlineContext context = { .period = { 738000, 738364 } };
    double best = 0;
    for (size_t i = 0; i < size; i++) {
        text[i] = pattern.at[i % pattern.n_bytes];
    }
    for (int try = 0; try < N_TRIES; try++) {
        double begin = bench_now_ms();
        for (int round = 0; round < N_LONG_ROUNDS; round++) {
            Arena arena = { 0 };
            Deadline deadline;
            deadline_read((Str){ text, size }, &context, &arena, &deadline);
            arena_done(&arena);
        }
        double us = (bench_now_ms() - begin) * 1e3 / N_LONG_ROUNDS;
        best = try == 0 || us < best ? us : best;
    }
    return best;
}

/* Four times the bytes, at most four times the time: the worst of patterns that each strain another hand. */
static bool bench_growth(void)
{
    static const Str patterns[] = { STR_INIT("10-15.10.2022, "),
                                    STR_INIT("сентябрь "),
                                    STR_INIT("сетнябрл "),
                                    STR_INIT("до "),
                                    STR_INIT("с 1 по "),
                                    STR_INIT("(((("),
                                    STR_INIT("1"),
                                    STR_INIT("а"),
                                    STR_INIT(" "),
                                    STR_INIT("\xC2\xAD"),
                                    STR_INIT("\xFF"),
                                    STR_INIT("- ") };
    double worst = 0;
    double longest = 0;
    char detail[128];
    for (size_t i = 0; i < COUNTOF(patterns); i++) {
        double quarter = long_us(patterns[i], LIMIT / 4);
        double whole = long_us(patterns[i], LIMIT);
        worst = whole / quarter > worst ? whole / quarter : worst;
        longest = whole > longest ? whole : longest;
    }
    (void)snprintf(detail, sizeof detail, "the slowest phrase of 64 KiB %.0f us", longest);
    return bench_row("a phrase of 64 KiB against one of 16 KiB", worst, 5, "times", detail) == 0;
}

int main(int argc, char **argv)
{
    static Phrase phrases[MAX_PHRASES];
    StrBuf text = { 0 };
    Err err = { 0 };
    char detail[128];
    if (argc != 2 || !file_read(argv[1], FILE_MAX, &text, NULL, &err)) {
        return 2;
    }
    size_t n = load(strbuf_str(&text), phrases);
    double begin = bench_now_ms();
    for (int round = 0; round < N_ROUNDS; round++) {
        Arena arena = { 0 };
        for (size_t i = 0; i < n; i++) {
            Deadline deadline;
            deadline_read(phrases[i].phrase, &phrases[i].context, &arena, &deadline);
        }
        arena_done(&arena);
    }
    double us = (bench_now_ms() - begin) * 1e3 / N_ROUNDS / (double)n;
    strbuf_done(&text);
    (void)snprintf(detail, sizeof detail, "%.0f phrases a second", 1e6 / us);
    bool is_linear = bench_growth();
    int result = bench_row("a deadline understood (300,000 a second)", us, 1e6 / 300000, "us", detail);
    return is_linear ? result : 1;
}
