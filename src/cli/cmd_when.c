#include <errno.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli_priv.h"
#include "cli/json_priv.h"
#include "vekha/base/utf8.h"

enum {
    LINE_MAX_BYTES = 128 * 1024, /* a value may have 64 KiB */
    INPUT_BYTES = 2 * LINE_MAX_BYTES,
    OUTPUT_BYTES = 256 * 1024, /* written when so much has come together */
    ARENA_BYTES = 48 * 1024,   /* let grow to that before it is emptied: fewer trips to malloc */
    ERRORS_SHOWN = 20
};

/* The plan's period that was named, else the calendar year of today. */
static Span period_of(const Cli *cli)
{
    int year = day_civil(cli->options.today).year;
    Span named = cli->options.period;
    return named.first != 0 ? named : (Span){ day_of(year, 1, 1), day_of(year, DATE_MONTHS_PER_YEAR, 31) };
}

static void print_words(Cli *cli, Str phrase, const Deadline *deadline, const DeadlineContext *context)
{
    StrBuf line = { 0 };
    deadline_add_words(&line, cli_lang(cli), deadline, context, phrase);
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        if ((deadline->warnings >> i & 1) != 0) {
            strbuf_clear(&line);
            text_put(&line, cli_lang(cli), T_CLI_WHEN_WARNING, TEXT_ROW(deadline_warning_text((DeadlineWarning)i)));
            paint_line(cli, STYLE_WARN, strbuf_str(&line));
        }
    }
    strbuf_done(&line);
}

static void print_json(Cli *cli, Str phrase, const Due *due, const DeadlineContext *context)
{
    Json json = { .out = &cli->out };
    StrBuf words = { 0 };
    deadline_add_words(&words, cli_lang(cli), &due->deadline, context, phrase);
    json_open_object(&json);
    json_key(&json, STR("phrase"));
    json_text(&json, phrase);
    json_key(&json, STR("words"));
    json_text(&json, strbuf_str(&words));
    json_put_due(&json, due);
    json_put_occurrences(&json, due, NULL);
    json_close_object(&json);
    strbuf_done(&words);
}

static void print_one(Cli *cli, const Calendar *calendar)
{
    DeadlineContext context = { .period = period_of(cli), .calendar = calendar };
    StrBuf phrase = { 0 };
    Due due = { 0 };
    for (size_t i = 0; i < cli->args.n; i++) { /* a phrase without quotes comes in several arguments */
        strbuf_add(&phrase, i > 0 ? STR(" ") : (Str){ 0 });
        strbuf_add(&phrase, cli->args.at[i]);
    }
    due_read(strbuf_str(&phrase), (Str){ 0 }, &context, &cli->arena, &due);
    if (cli->options.format == WHEN_JSON) {
        print_json(cli, strbuf_str(&phrase), &due, &context);
    } else if (cli->options.format == WHEN_CANONICAL) {
        deadline_add_canonical(&cli->out, &due.deadline);
        strbuf_add_char(&cli->out, '\n');
    } else {
        print_words(cli, strbuf_str(&phrase), &due.deadline, &context);
    }
    strbuf_done(&phrase);
}

typedef struct Batch {
    Cli *cli;
    Arena arena;
    DeadlineContext context;
    long n_lines, n_bad;
} Batch;

static bool read_period(Str from, Str to, Span *out)
{
    enum { LONGEST = 10 }; /* 2022-03-29 */
    if (day_parse(from, &out->first) && day_parse(to, &out->last)) {
        return out->first <= out->last;
    }
    if (from.n_bytes > LONGEST || to.n_bytes > LONGEST) {
        return false;
    }
    StrBuf both = { 0 };
    strbuf_add(&both, from);
    strbuf_add_char(&both, '/');
    strbuf_add(&both, to);
    bool ok = span_parse(strbuf_str(&both), out);
    strbuf_done(&both);
    return ok;
}

/* The line keeps its place in the output, and is said to be none. */
static void bad_line(Batch *batch)
{
    Err err = { 0 };
    batch->n_bad++;
    strbuf_add(&batch->cli->out, STR("text\t-\n"));
    cli_raise(batch->cli, CLI_PLAN);
    if (batch->n_bad <= ERRORS_SHOWN) {
        (void)err_set(&err, ERR_PLAN, T_CLI_BAD_LINE, TEXT_NUM(batch->n_lines));
        (void)cli_fail(batch->cli, &err);
    }
}

/* "from<TAB>to<TAB>phrase"; neither from nor to: the period is the usual one. */
static bool split_line(Str line, Str *phrase, Span *period)
{
    size_t first = str_find_char(line, '\t', 0);
    size_t second = first == SIZE_MAX ? SIZE_MAX : str_find_char(line, '\t', first + 1);
    if (second == SIZE_MAX) {
        return false;
    }
    *phrase = str_from(line, second + 1);
    return second == 1 || read_period(str_sub(line, 0, first), str_sub(line, first + 1, second), period);
}

static void do_line(Batch *batch, Str line)
{
    StrBuf *out = &batch->cli->out;
    DeadlineContext context = batch->context;
    Str phrase;
    if (!split_line(line, &phrase, &context.period)) {
        bad_line(batch);
        return;
    }
    Deadline deadline;
    deadline_read(phrase, &context, &batch->arena, &deadline);
    deadline_add_canonical(out, &deadline);
    strbuf_add_char(out, '\t');
    deadline_add_warnings(out, deadline.warnings);
    strbuf_add_char(out, '\n');
    if (arena_size(&batch->arena) > ARENA_BYTES) {
        arena_done(&batch->arena);
    }
    if (out->n_bytes > OUTPUT_BYTES) {
        cli_flush(batch->cli);
    }
}

/* A line without its end, which may be LF or CR LF. */
static void take_line(Batch *batch, Str line)
{
    line.n_bytes -= str_ends(line, STR("\r"));
    batch->n_lines++;
    if (line.n_bytes > LINE_MAX_BYTES) {
        bad_line(batch);
    } else {
        do_line(batch, line);
    }
}

/* All whole lines of the input; what is left of it is the beginning of the next one. */
static void take_lines(Batch *batch, StrBuf *input)
{
    size_t at = 0;
    const char *end;
    while ((end = memchr(input->at + at, '\n', input->n_bytes - at)) != NULL) {
        size_t n_bytes = (size_t)(end - input->at) - at;
        take_line(batch, (Str){ input->at + at, n_bytes });
        at += n_bytes + 1;
    }
    strbuf_splice(input, 0, at, (Str){ 0 });
}

/* More of standard input, as much as there is room for: 0 at its end, below 0 when it cannot be read. */
static ssize_t read_more(StrBuf *input)
{
    ssize_t n;
    strbuf_reserve(input, INPUT_BYTES);
    do {
        n = read(STDIN_FILENO, input->at + input->n_bytes, INPUT_BYTES - 1);
    } while (n < 0 && errno == EINTR);
    if (n > 0) {
        input->n_bytes += (size_t)n;
        input->at[input->n_bytes] = '\0';
    }
    return n;
}

static void do_batch(Batch *batch)
{
    StrBuf input = { 0 };
    Err err = { 0 };
    ssize_t n;
    bool is_too_long = false; /* in the middle of a line that is cut off */
    while (!batch->cli->is_closed && (n = read_more(&input)) != 0) {
        if (n < 0) {
            (void)err_errno(&err, T_FILE_CANNOT_READ, "-");
            (void)cli_fail(batch->cli, &err);
            break;
        }
        if (is_too_long) {
            size_t end = str_find_char(strbuf_str(&input), '\n', 0);
            is_too_long = end == SIZE_MAX;
            strbuf_splice(&input, 0, is_too_long ? input.n_bytes : end + 1, (Str){ 0 });
        }
        take_lines(batch, &input);
        if (input.n_bytes > LINE_MAX_BYTES) {
            take_line(batch, strbuf_str(&input));
            strbuf_clear(&input);
            is_too_long = true;
        }
    }
    if (input.n_bytes > 0) {
        take_line(batch, strbuf_str(&input));
    }
    strbuf_done(&input);
}

/* That of the plans folder, if there is one: a phrase means here what it means in its plans. */
static Calendar calendar_of(const Cli *cli, Store *store)
{
    StrBuf folder = { 0 };
    Err err = { 0 };
    Calendar calendar = plans_folder(cli, &folder, &err) ? store_calendar(store, strbuf_z(&folder)) : *calendar_default();
    strbuf_done(&folder);
    return calendar;
}

void cmd_when(Cli *cli)
{
    Err err = { 0 };
    if (cli->options.batch == (cli->args.n > 0) || (cli->options.batch && cli->options.format == WHEN_JSON)) {
        (void)err_plain(&err, ERR_USAGE, T_CLI_WHEN_WHAT);
        (void)cli_fail(cli, &err);
        return;
    }
    Store *store = store_new();
    Calendar calendar = calendar_of(cli, store);
    if (cli->options.batch) {
        Batch batch = { .cli = cli, .context = { .period = period_of(cli), .calendar = &calendar } };
        do_batch(&batch);
        arena_done(&batch.arena);
    } else {
        print_one(cli, &calendar);
    }
    store_free(store);
}
