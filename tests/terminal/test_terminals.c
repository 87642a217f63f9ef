/*
 * The program itself, over a copy of the plans, on every terminal: a row a terminal, a setting of colours, a locale, a
 * size. Each goes through the same keys, and each must show what the first one of its size shows.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"
#include "vekha/base/clock.h"
#include "vekha/base/utf8.h"

enum { PATIENCE = PTY_PATIENCE_MS, REST_MS = 60, MAX_ENV = 6, MAX_WORDS = 3 };

typedef struct TerminalRow {
    const char *term;
    const char *env[MAX_ENV];
    const char *options[MAX_WORDS];
    int n_rows, n_cols; /* 0: 24 and 80 */
    bool has_color;
    bool is_own; /* described in tests/data/terminals.ti */
} TerminalRow;

/* What a row shows must be what the row before shows, where size and options are the same. */
static const TerminalRow rows[] = {
    { .term = "xterm-256color", .has_color = true },
    { .term = "xterm", .has_color = true },
    { .term = "xterm-color", .has_color = true },
    { .term = "putty", .has_color = true },
    { .term = "putty-256color", .has_color = true },
    { .term = "linux", .has_color = true },
    { .term = "screen", .has_color = true },
    { .term = "screen-256color", .has_color = true },
    { .term = "tmux", .has_color = true },
    { .term = "tmux-256color", .has_color = true },
    { .term = "rxvt-unicode-256color", .has_color = true },
    { .term = "vt100" },
    { .term = "vt220" },
    { .term = "ansi", .has_color = true },
    { .term = "no-such-terminal", .has_color = true },
    { .term = "no-such-256color", .has_color = true },
    { .term = "", .has_color = true },

    { .term = "vekha-putty", .has_color = true, .is_own = true },
    { .term = "vekha-putty-256color", .has_color = true, .is_own = true },
    { .term = "vekha-16color", .has_color = true, .is_own = true },
    { .term = "vekha-4color", .is_own = true },
    { .term = "vekha-mono", .is_own = true },
    { .term = "vekha-least", .is_own = true },

    { .term = "xterm-256color", .env = { "NO_COLOR=1" } },
    { .term = "xterm-256color", .env = { "NO_COLOR=" }, .has_color = true },
    { .term = "xterm-256color", .options = { "--color", "never" } },
    { .term = "xterm-256color", .env = { "NO_COLOR=1" }, .options = { "--color", "always" }, .has_color = true },
    { .term = "linux", .options = { "--plain" } },

    { .term = "xterm", .env = { "LANG" }, .has_color = true },
    { .term = "xterm", .env = { "LANG=C" }, .has_color = true },
    { .term = "xterm", .env = { "LANG=POSIX", "LC_ALL=C" }, .has_color = true },
    { .term = "xterm", .env = { "LANG=C.UTF-8" }, .has_color = true },
    { .term = "xterm", .env = { "LANG=ru_RU.UTF-8" }, .has_color = true },
    { .term = "xterm", .env = { "LANG=ru_RU.KOI8-R", "LANGUAGE=ru" }, .has_color = true },

    { .term = "xterm-256color", .options = { "--ascii" }, .has_color = true },
    { .term = "vt100", .options = { "--ascii" } },
    { .term = "putty", .env = { "LANG", "NO_COLOR=1" }, .options = { "--ascii" } },

    { .term = "xterm-256color", .n_rows = 10, .n_cols = 40, .has_color = true },
    { .term = "vt100", .n_rows = 10, .n_cols = 40 },
    { .term = "ansi", .n_rows = 10, .n_cols = 40, .has_color = true },
    { .term = "xterm-256color", .n_rows = 9, .n_cols = 39, .has_color = true },
    { .term = "vt220", .n_rows = 9, .n_cols = 39 },
    { .term = "xterm-256color", .n_rows = 1, .n_cols = 1, .has_color = true },
    { .term = "linux", .n_rows = 1, .n_cols = 1, .has_color = true },
    { .term = "vt100", .n_rows = 1, .n_cols = 1 },
    { .term = "xterm-256color", .n_rows = 1, .n_cols = 80, .has_color = true },
    { .term = "tmux", .n_rows = 1, .n_cols = 80, .has_color = true },
    { .term = "xterm-256color", .n_rows = 60, .n_cols = 2, .has_color = true },
    { .term = "screen", .n_rows = 60, .n_cols = 2, .has_color = true },
    { .term = "xterm-256color", .n_rows = 43, .n_cols = 132, .has_color = true },
    { .term = "vt100", .n_rows = 43, .n_cols = 132 },
    { .term = "xterm-256color", .n_rows = 100, .n_cols = 300, .has_color = true },
    { .term = "screen-256color", .n_rows = 100, .n_cols = 300, .has_color = true },
    { .term = "ansi", .n_rows = 100, .n_cols = 300, .has_color = true },
};

/* From the five plans into one, through views and the help, a mark and back. */
static const char *const steps[] = {
    "",  "j", "G\r", "\x1b[B\x1b[B", "i", "i", "\t", "\t", "\t", "3", "l", "\x1b[6~", "?", "\x1b[6~", "q", "2", "o", "o",
    "g", " ", "u",   "\x1b[F",       "1", "k",
};
enum { N_STEPS = COUNTOF(steps) };

static Temp temp, described; /* the plans; the descriptions */
static bool has_descriptions;
static StrBuf wanted[N_STEPS]; /* what the first of a size shows */
static Pty *pty;

static void start(const TerminalRow *row)
{
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    StrBuf terminfo = { 0 };
    const char *env[MAX_ENV + 3] = { "VEKHA_TODAY=2022-05-10" };
    size_t n_env = 1;
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    strbuf_addf(&terminfo, "TERMINFO=%s", described.path);
    if (row->is_own) {
        env[n_env++] = strbuf_z(&terminfo);
    }
    for (size_t i = 0; i < MAX_ENV && row->env[i] != NULL; i++) {
        env[n_env++] = row->env[i];
    }
    const char *argv[MAX_WORDS + 5] = { strbuf_z(&program), "--as", "Тест", temp.path };
    memcpy(argv + 4, row->options, sizeof row->options);
    PtyOptions options = { .n_rows = row->n_rows, .n_cols = row->n_cols, .term = row->term, .env = env };
    pty = pty_start(&options, argv);
    strbuf_done(&program);
    strbuf_done(&terminfo);
}

static void add_row_name(StrBuf *out, const TerminalRow *row)
{
    strbuf_addf(out, "TERM=%s", row->term);
    for (size_t i = 0; i < MAX_ENV && row->env[i] != NULL; i++) {
        strbuf_addf(out, " %s", row->env[i]);
    }
    for (size_t i = 0; i < MAX_WORDS && row->options[i] != NULL; i++) {
        strbuf_addf(out, " %s", row->options[i]);
    }
    strbuf_addf(out, " %dx%d", row->n_cols > 0 ? row->n_cols : 80, row->n_rows > 0 ? row->n_rows : 24);
}

static bool is_ascii(const TerminalRow *row)
{
    return row->options[0] != NULL && strcmp(row->options[0], "--ascii") == 0;
}

/* Does it show what the row before it shows? */
static bool is_alike(const TerminalRow *a, const TerminalRow *b)
{
    return a->n_rows == b->n_rows && a->n_cols == b->n_cols && is_ascii(a) == is_ascii(b);
}

/* Then one line says so, whatever the keys. */
static bool is_too_small(const TerminalRow *row)
{
    return row->n_rows > 0 && (row->n_rows < 10 || row->n_cols < 40);
}

static bool is_shown(const StrBuf *screen)
{
    StrBuf now = { 0 };
    pty_add_screen(pty, &now);
    bool same = str_eq(strbuf_str(&now), strbuf_str(screen));
    strbuf_done(&now);
    return same;
}

/* The first row that differs: cmocka cuts long messages. */
static void fail_shown(const TerminalRow *row, const char *keys, const StrBuf *screen)
{
    StrBuf name = { 0 };
    StrBuf now = { 0 };
    add_row_name(&name, row);
    pty_add_screen(pty, &now);
    Str got = strbuf_str(&now);
    Str want = strbuf_str(screen);
    for (int y = 0; want.n_bytes > 0; y++) {
        Str got_line = str_cut(&got, '\n');
        Str want_line = str_cut(&want, '\n');
        if (!str_eq(got_line, want_line)) {
            fail_msg("%s, after «%s», row %d:\n%.*s\ninstead of:\n%.*s", strbuf_z(&name), keys, y, STR_ARG(got_line),
                     STR_ARG(want_line));
        }
    }
    fail();
}

static void assert_shown(const TerminalRow *row, const char *keys, const StrBuf *screen)
{
    long long end_ms = clock_ms() + PATIENCE;
    while (!is_shown(screen)) {
        if (clock_ms() >= end_ms) {
            fail_shown(row, keys, screen);
        }
        pty_settle(pty, 2);
    }
}

/* Is a colour named in what was sent? Back to the terminal's own (39, 49) is none. */
static bool names_color(Str sent)
{
    for (size_t at = 0; (at = str_find(sent, STR("\x1b["), at)) != SIZE_MAX; at += 2) {
        size_t end = at + 2;
        while (end < sent.n_bytes && ((sent.at[end] >= '0' && sent.at[end] <= '9') || sent.at[end] == ';')) {
            end++;
        }
        Str params = str_sub(sent, at + 2, end);
        while (end < sent.n_bytes && sent.at[end] == 'm' && params.n_bytes > 0) {
            int number = 0;
            bool is_number = str_to_uint(str_cut(&params, ';'), &number);
            if (is_number &&
                ((number >= 30 && number <= 38) || (number >= 40 && number <= 48) || (number >= 90 && number <= 107))) {
                return true;
            }
        }
    }
    return false;
}

static bool has_sign_beyond_ascii(Str sent)
{
    while (sent.n_bytes > 0) {
        uint32_t code = utf8_next(&sent);
        if (code >= 0x80 && !(code >= 0x400 && code <= 0x45F)) {
            return true;
        }
    }
    return false;
}

static void assert_end(const TerminalRow *row)
{
    StrBuf name = { 0 };
    add_row_name(&name, row);
    pty_send(pty, "\x1b[21~"); /* F10 */
    if (pty_wait_exit(pty, PATIENCE) != 0 || !pty_is_cooked(pty) || pty_is_on_alternate(pty) || !pty_cursor_is_shown(pty)) {
        fail_msg("%s: does not end, or leaves the terminal as it is", strbuf_z(&name));
    }
    if (names_color(pty_output(pty)) != (row->has_color && !is_too_small(row))) {
        fail_msg("%s: colours %s", strbuf_z(&name), row->has_color ? "are missing" : "are sent");
    }
    if (is_ascii(row) && has_sign_beyond_ascii(pty_output(pty))) {
        fail_msg("%s: a sign beyond ASCII is sent", strbuf_z(&name));
    }
    strbuf_done(&name);
}

static void take_wanted(StrBuf *out)
{
    assert_true(pty_wait_rest(pty, REST_MS));
    strbuf_clear(out);
    pty_add_screen(pty, out);
    (void)strbuf_z(out);
}

static void every_terminal_shows_the_same(void **state)
{
    const TerminalRow *first = NULL;
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        const TerminalRow *row = &rows[i];
        if (row->is_own && !has_descriptions) {
            print_message("no tic here to describe %s with\n", row->term);
            continue;
        }
        bool is_first = first == NULL || !is_alike(first, row);
        first = is_first ? row : first;
        start(row);
        if (is_first) {
            assert_true(pty_wait_text(pty, is_too_small(row) ? "Н" : "Планы", PATIENCE));
        }
        for (size_t step = 0; step < (is_too_small(row) ? 3 : N_STEPS); step++) {
            pty_send(pty, steps[step]);
            if (is_first) {
                take_wanted(&wanted[step]);
            } else {
                assert_shown(row, steps[step], &wanted[step]);
            }
        }
        assert_end(row);
        pty_end(pty);
        pty = NULL;
    }
}

/* What all rows have in common is also right: the words of the plans are there. */
static void the_words_of_the_plans_are_shown(void **state)
{
    (void)state;
    start(&rows[0]);
    assert_true(pty_wait_text(pty, "Год педагога и наставника", PATIENCE));
    assert_true(pty_wait_text(pty, "Методический кластер, Минск", PATIENCE));
    pty_send(pty, "G\r");
    assert_true(pty_wait_text(pty, "Муниципальные организационные мероприятия", PATIENCE));
    pty_send(pty, " ");
    assert_true(pty_wait_text(pty, "записано в файл", PATIENCE));
    pty_send(pty, "u");
    assert_true(pty_wait_text(pty, "взято назад", PATIENCE));
}

static int set_up(void **state)
{
    (void)state;
    temp = temp_new();
    described = temp_new();
    temp_copy(&temp, "plans");
    StrBuf command = { 0 };
    strbuf_addf(&command, "tic -x -o '%s' tests/data/terminals.ti 2>/dev/null", described.path);
    has_descriptions = system(strbuf_z(&command)) == 0;
    strbuf_done(&command);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_STEPS; i++) {
        strbuf_done(&wanted[i]);
    }
    temp_done(&temp);
    temp_done(&described);
    return 0;
}

static int close_program(void **state)
{
    (void)state;
    if (pty != NULL) {
        pty_end(pty);
        pty = NULL;
    }
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(the_words_of_the_plans_are_shown, close_program),
        cmocka_unit_test_teardown(every_terminal_shows_the_same, close_program),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
