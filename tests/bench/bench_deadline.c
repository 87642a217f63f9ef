/* bench_deadline TSV: phrases a second, over and over the corpus, one core. */
#include "bench.h"
#include "vekha/base/file.h"
#include "vekha/core/deadline.h"

enum { N_ROUNDS = 400, FILE_MAX = 1 << 20, MAX_PHRASES = 4096 };

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
    return bench_row("a deadline understood (300,000 a second)", us, 1e6 / 300000, "us", detail);
}
