/*
 * bench_screens PROGRAM PLAN LARGE-PLAN: what a new page and another view cost in bytes, and each key that writes
 * nothing in processor time, whatever view it is pressed in. Keys come from the table of bindings.
 */
#include <string.h>
#include <unistd.h>

#include "../support/pty.h"
#include "bench.h"
#include "vekha/app/keymap.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"

enum { QUIET_MS = 15, LONG_MS = 90, N_ROWS = 24, N_COLS = 80, MAX_TIMES = 1000 };

static const char *const views[] = { "1", "2", "3", "4", "5" };

static Pty *start(const char *program, const char *plan, const char *keys)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", NULL };
    const char *const argv[] = { program, plan, NULL };
    PtyOptions options = { .n_rows = N_ROWS, .n_cols = N_COLS, .env = env };
    Pty *pty = pty_start(&options, argv);
    (void)pty_wait_text(pty, "10", PTY_PATIENCE_MS);
    pty_settle(pty, LONG_MS);
    pty_send(pty, keys);
    pty_settle(pty, LONG_MS);
    (void)pty_take_count(pty);
    return pty;
}

static size_t press(Pty *pty, const char *key, int quiet_ms)
{
    (void)pty_take_count(pty);
    pty_send(pty, key);
    pty_settle(pty, quiet_ms);
    return pty_take_count(pty);
}

/* A screen as it looks: a row is its text, and which of its columns are reversed. */
typedef struct Look {
    StrBuf text[N_ROWS];
    bool is_reverse[N_ROWS][N_COLS];
} Look;

static void look_at(const Pty *pty, Look *look)
{
    for (int y = 0; y < N_ROWS; y++) {
        strbuf_clear(&look->text[y]);
        pty_add_row(pty, y, &look->text[y]);
        for (int x = 0; x < N_COLS; x++) {
            look->is_reverse[y][x] = pty_is_reverse(pty, y, x);
        }
    }
}

static void look_done(Look *look)
{
    for (int y = 0; y < N_ROWS; y++) {
        strbuf_done(&look->text[y]);
    }
}

/* The bytes of the rows that look otherwise, without the blanks at their ends. A bar of reversed blanks is text, too. */
static size_t new_text(const Look *old, const Look *new)
{
    size_t n_bytes = 0;
    for (int y = 0; y < N_ROWS; y++) {
        Str row = strbuf_str(&new->text[y]);
        bool same_style = memcmp(old->is_reverse[y], new->is_reverse[y], sizeof old->is_reverse[y]) == 0;
        if (same_style && str_eq(row, strbuf_str(&old->text[y]))) {
            continue;
        }
        int end = N_COLS;
        while (end > 0 && row.n_bytes > 0 && row.at[row.n_bytes - 1] == ' ' && !new->is_reverse[y][end - 1]) {
            row = str_sub(row, 0, row.n_bytes - 1);
            end--;
        }
        n_bytes += row.n_bytes;
    }
    return n_bytes;
}

/* Page after page from the first; a key that shows no new page, at the end, is none. */
static int bench_pages(const char *what, const char *program, const char *plan, const char *keys)
{
    enum { MAX_PAGES = 40 };
    Pty *pty = start(program, plan, keys);
    Look looks[2] = { 0 };
    double most = 0;
    double sum_bytes = 0;
    double sum_text = 0;
    int n_pages = 0;
    look_at(pty, &looks[0]);
    for (; n_pages < MAX_PAGES; n_pages++) {
        size_t n_bytes = press(pty, "\x1b[6~", QUIET_MS);
        Look *new = &looks[(n_pages + 1) % 2];
        look_at(pty, new);
        size_t text = new_text(&looks[n_pages % 2], new);
        if (text == 0) {
            break;
        }
        double ratio = (double)n_bytes / (double)text;
        most = ratio > most ? ratio : most;
        sum_bytes += (double)n_bytes;
        sum_text += (double)text;
    }
    char detail[96];
    (void)snprintf(detail, sizeof detail, "%d pages, of %.0f bytes of text: %.0f", n_pages, sum_text / n_pages,
                   sum_bytes / n_pages);
    look_done(&looks[0]);
    look_done(&looks[1]);
    pty_end(pty);
    return bench_row(what, most, 1.2, "times", detail);
}

static int bench_views(const char *what, const char *program, const char *plan)
{
    Pty *pty = start(program, plan, "2gjj");
    double most = 0;
    const char *from = "";
    const char *to = "";
    for (size_t i = 0; i < sizeof views / sizeof *views; i++) {
        for (size_t k = 0; k < sizeof views / sizeof *views; k++) {
            (void)press(pty, views[i], LONG_MS);
            double n_bytes = i == k ? 0 : (double)press(pty, views[k], LONG_MS);
            if (n_bytes > most) {
                most = n_bytes;
                from = views[i];
                to = views[k];
            }
        }
        (void)press(pty, views[i], LONG_MS);
        double help = (double)press(pty, "?", LONG_MS);
        double back = (double)press(pty, "?", LONG_MS);
        most = help > most ? help : most;
        most = back > most ? back : most;
    }
    char detail[64];
    (void)snprintf(detail, sizeof detail, "from %s to %s, or the help", from, to);
    pty_end(pty);
    return bench_row(what, most, 4096, "bytes", detail);
}

static void add_key(StrBuf *out, Key key)
{
    static const char *const f_keys[] = { "OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~" };
    static const char *const others[K_KIND_COUNT] = {
        [K_ENTER] = "\r",       [K_ESC] = "\x1b",       [K_TAB] = "\t",       [K_BACKTAB] = "\x1b[Z", [K_BACKSPACE] = "\x7f",
        [K_DELETE] = "\x1b[3~", [K_INSERT] = "\x1b[2~", [K_UP] = "\x1b[A",    [K_DOWN] = "\x1b[B",    [K_LEFT] = "\x1b[D",
        [K_RIGHT] = "\x1b[C",   [K_PGUP] = "\x1b[5~",   [K_PGDN] = "\x1b[6~", [K_HOME] = "\x1b[H",    [K_END] = "\x1b[F",
    };
    if (key.alt) {
        strbuf_add_char(out, '\x1b');
    }
    if (key.kind == K_CHAR && key.ctrl) {
        strbuf_add_char(out, (char)(key.code & 0x1F));
    } else if (key.kind == K_CHAR) {
        utf8_add(out, key.code);
    } else if (key.kind == K_F && key.code <= sizeof f_keys / sizeof *f_keys) {
        strbuf_addf(out, "\x1b%s", f_keys[key.code - 1]);
    } else if (others[key.kind] != NULL) {
        strbuf_addf(out, "%s", others[key.kind]);
    }
}

/* Does it change no file, and go on? */
static bool is_harmless(const BindingRow *row)
{
    const Command *command = command_find(row->command);
    bool ends = str_eq(row->command, STR("quit")) || str_eq(row->command, STR("leave"));
    return row->scope < SCOPE_HELP && (command->needs & NEEDS_WRITE) == 0 && !ends;
}

static int bench_keys(const char *what, const char *program, const char *plan)
{
    FileMark before = file_mark(plan);
    Pty *pty = start(program, plan, "2gjj");
    double ms[MAX_TIMES];
    double most = 0;
    size_t n = 0;
    Str slowest = { 0 };
    for (size_t i = 0; i < binding_count(); i++) {
        const BindingRow *row = binding_at(i);
        Key key;
        if (!is_harmless(row) || !key_parse(row->key, &key)) {
            continue;
        }
        StrBuf bytes = { 0 };
        add_key(&bytes, key);
        for (size_t view = 0; view < sizeof views / sizeof *views && n < MAX_TIMES; view++) {
            (void)press(pty, views[view], QUIET_MS);
            double begin = bench_cpu_ms(pty_pid(pty));
            (void)press(pty, strbuf_z(&bytes), QUIET_MS);
            ms[n] = bench_cpu_ms(pty_pid(pty)) - begin;
            if (ms[n] > most) {
                most = ms[n];
                slowest = row->command;
            }
            n++;
            (void)press(pty, "\x1b", LONG_MS); /* out of what it may have opened; where it was nothing, */
            (void)press(pty, "k", QUIET_MS);   /* Esc would make the next digit a function key */
        }
        strbuf_done(&bytes);
    }
    FileMark after = file_mark(plan);
    char detail[96];
    double p99 = bench_percentile(ms, n, 99);
    (void)snprintf(detail, sizeof detail, "%zu keys, median %.2f, most %.2f ms: %.*s", n, ms[n / 2], most, STR_ARG(slowest));
    pty_end(pty);
    if (!file_mark_eq(&before, &after)) {
        printf("%s: a key wrote the file\n", what);
        return 1;
    }
    return bench_row(what, p99, 5, "ms", detail);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        return 2;
    }
    const char *small = argv[2];
    const char *large = argv[3];
    return bench_pages("page down, 50 events, bytes against the new text", argv[1], small, "2g") |
           bench_pages("page down, 10,000 events", argv[1], large, "2g") |
           bench_pages("page down in the timeline, 50 events", argv[1], small, "3g") |
           bench_pages("page down in the timeline, 10,000 events", argv[1], large, "3g") |
           bench_views("switch of view, 50 events, at most", argv[1], small) |
           bench_views("switch of view, 10,000 events, at most", argv[1], large) |
           bench_keys("any key that writes nothing, 50 events, p99", argv[1], small) |
           bench_keys("any key that writes nothing, 10,000 events, p99", argv[1], large);
}
