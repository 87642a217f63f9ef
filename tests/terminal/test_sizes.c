/* Any size, at any moment, in every view, list and prompt: the program lives, and what it shows at last is right. */
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

enum { PATIENCE = PTY_PATIENCE_MS, MAX_ROWS = 100, MAX_COLS = 300 };

/* Where a person may be when the window changes, and how to get there from the start. */
typedef struct PlaceRow {
    const char *name, *keys, *shows;
    bool is_far_down; /* which rows are shown depends on where the list came from */
} PlaceRow;

static const PlaceRow places[] = {
    { "plans", "", "Просроч.", false },
    { "events", "\rg", "Сроки", false },
    { "events, wrapped", "\rgi", "Сроки", false },
    { "events, large pane", "\rg\t", "Сроки", false },
    { "events, no pane", "\rg\t\t", "Сроки", false },
    { "only late", "\rog", "просроченные", false },
    { "timeline", "\r3g", "· Лента", false },
    { "timeline by weeks", "\r3g++", "· Лента", false },
    { "card", "\rg4", "Карточка", false },
    { "month", "\rg5", "Месяц", false },
    { "help", "?", "Помощь", false },
    { "menu", "\rg\x1b[20~", "Планы", false },
    { "list of filters", "\rgf", "Фильтр", false },
    { "list of persons", "\rgw", "Кто", false },
    { "prompt for a word", "\rg/", "Найти", false },
    { "list of statuses", "\rgs", "Состояние:", false },
    { "list of times", "jjj\rgjjjjjjjs", "который раз", true },
    { "prompt for a deadline", "\rgs5", "Новый срок", false },
    { "prompt, text in it", "\rgs510\xD0\xBC\xD0\xB0\xD1\x8F 2023", "2023", false },
    { "prompt for a reason", "\rgs5\xD0\xBC\xD0\xB0\xD0\xB9\r", "Основание", false },
};

/* What moves, changes what is shown, or is typed, but writes nothing. */
static const char *const keys[] = { "j", "k", "\x1b[B", "\x1b[A", "\x1b[6~", "\x1b[5~", "l", "h", "\xD0\xBE", "}", "{" };

static Temp temp;
static Pty *pty;
static uint32_t seed;

static uint32_t next_random(uint32_t below)
{
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % below;
}

static void start(int n_rows, int n_cols)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", NULL };
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    const char *const argv[] = { strbuf_z(&program), "--as", "Тест", temp.path, NULL };
    PtyOptions options = { .n_rows = n_rows, .n_cols = n_cols, .env = env };
    pty = pty_start(&options, argv);
    strbuf_done(&program);
}

static void end(const PlaceRow *place)
{
    if (pty_wait_exit(pty, 0) != PTY_STILL_RUNNING) {
        fail_msg("%s: it ended by itself", place->name);
    }
    pty_hang_up(pty);
    if (pty_wait_exit(pty, PATIENCE) != 0) {
        fail_msg("%s: it did not end well", place->name);
    }
    pty_end(pty);
    pty = NULL;
}

/* In a known size, with the words of the place before the window begins to change. */
static void go_to(const PlaceRow *place)
{
    start(24, 80);
    assert_true(pty_wait_text(pty, "10Выход", PATIENCE));
    pty_send(pty, place->keys);
    if (!pty_wait_text(pty, place->shows, PATIENCE)) {
        fail_msg("%s: «%s» is not shown", place->name, place->shows);
    }
}

static void take_screen(StrBuf *out)
{
    strbuf_clear(out);
    pty_add_screen(pty, out);
}

/* Where no word tells that all keys and sizes have been taken. */
static void take_screen_at_rest(StrBuf *out)
{
    enum { REST_MS = 100 };
    assert_true(pty_wait_rest(pty, REST_MS));
    take_screen(out);
}

static void fail_differs(const PlaceRow *place, const char *what, int n_rows, int n_cols, Str got, Str want)
{
    for (int y = 0; want.n_bytes > 0; y++) {
        Str got_line = str_cut(&got, '\n');
        Str want_line = str_cut(&want, '\n');
        if (!str_eq(got_line, want_line)) {
            fail_msg("%s, %s, %dx%d, row %d:\n%.*s\ninstead of:\n%.*s", place->name, what, n_cols, n_rows, y, STR_ARG(got_line),
                     STR_ARG(want_line));
        }
    }
    fail();
}

/* Until the screen is that one. */
static void assert_screen(const PlaceRow *place, const char *what, int n_rows, int n_cols, const StrBuf *wanted)
{
    StrBuf now = { 0 };
    long long end_ms = clock_ms() + PATIENCE;
    for (take_screen(&now); !str_eq(strbuf_str(&now), strbuf_str(wanted)); take_screen(&now)) {
        if (clock_ms() >= end_ms) {
            fail_differs(place, what, n_rows, n_cols, strbuf_str(&now), strbuf_str(wanted));
        }
        pty_settle(pty, 2);
    }
    strbuf_done(&now);
}

static int random_rows(void)
{
    return 1 + (int)next_random(next_random(3) == 0 ? 12 : MAX_ROWS);
}

static int random_cols(void)
{
    return 1 + (int)next_random(next_random(3) == 0 ? 45 : MAX_COLS);
}

/* What is shown after the last change must be what Ctrl-L shows, which sends everything anew. */
static void keys_and_sizes_at_once_leave_a_right_screen(void **state)
{
    enum { CHANGES = 60, STEPS = 3, STEP_MS = 20 };
    StrBuf before = { 0 };
    StrBuf after = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNTOF(places); i++) {
        int n_rows = 24;
        int n_cols = 80;
        go_to(&places[i]);
        for (int change = 0; change < CHANGES; change++) {
            n_rows = random_rows();
            n_cols = random_cols();
            pty_resize(pty, n_rows, n_cols);
            pty_send(pty, keys[next_random(COUNTOF(keys))]);
            if (next_random(4) == 0) {
                pty_settle(pty, 1);
            }
        }
        for (int step = 0; step < STEPS; step++) { /* a size sends all anew: these send parts of it */
            assert_true(pty_wait_rest(pty, STEP_MS));
            pty_send(pty, keys[next_random(COUNTOF(keys))]);
        }
        take_screen_at_rest(&before);
        pty_send(pty, "\x0c");
        assert_true(pty_wait_output(pty, PATIENCE));
        take_screen_at_rest(&after);
        if (!str_eq(strbuf_str(&before), strbuf_str(&after))) {
            fail_differs(&places[i], "before Ctrl-L", n_rows, n_cols, strbuf_str(&before), strbuf_str(&after));
        }
        end(&places[i]);
    }
    strbuf_done(&before);
    strbuf_done(&after);
}

/* Through other sizes to one: as if it had been that one from the start. */
static void the_last_size_is_drawn_as_at_a_start(void **state)
{
    static const struct {
        int n_rows, n_cols;
    } sizes[] = { { 10, 40 }, { 24, 80 }, { 43, 132 }, { 60, 200 }, { 11, 300 }, { 100, 41 }, { 9, 80 }, { 1, 1 } };
    StrBuf wanted = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNTOF(places); i++) {
        size_t size = i % COUNTOF(sizes);
        if (places[i].is_far_down) {
            continue;
        }
        int n_rows = sizes[size].n_rows;
        int n_cols = sizes[size].n_cols;
        start(n_rows, n_cols);
        assert_true(pty_wait_text(pty, n_rows < 10 ? "Н" : "Планы", PATIENCE));
        pty_send(pty, places[i].keys);
        take_screen_at_rest(&wanted);
        end(&places[i]);
        go_to(&places[i]);
        for (int change = 0; change < 20; change++) {
            pty_resize(pty, random_rows(), random_cols());
        }
        pty_resize(pty, n_rows, n_cols);
        assert_screen(&places[i], "after other sizes", n_rows, n_cols, &wanted);
        end(&places[i]);
    }
    strbuf_done(&wanted);
}

/* A window that is another for a moment loses what it showed, whether the program saw that size or not. */
static void a_size_that_comes_back_is_drawn_again(void **state)
{
    StrBuf wanted = { 0 };
    (void)state;
    go_to(&places[1]);
    take_screen_at_rest(&wanted);
    for (int i = 0; i < 20; i++) {
        pty_resize(pty, 5, 10);
        pty_resize(pty, 24, 80);
        assert_screen(&places[1], "after a moment", 24, 80, &wanted);
    }
    end(&places[1]);
    strbuf_done(&wanted);
}

static void every_small_size_is_survived(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(places); i++) {
        go_to(&places[i]);
        for (int n_rows = 1; n_rows <= 12; n_rows++) {
            for (int n_cols = 1; n_cols <= 45; n_cols += n_cols < 36 ? 7 : 1) {
                pty_resize(pty, n_rows, n_cols);
                pty_send(pty, "\x0c");
                pty_settle(pty, 0);
            }
        }
        end(&places[i]);
    }
}

static int open_folder(void **state)
{
    (void)state;
    seed = 20220510;
    temp = temp_new();
    temp_copy(&temp, "plans");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    if (pty != NULL) {
        pty_end(pty);
        pty = NULL;
    }
    temp_done(&temp);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_and_sizes_at_once_leave_a_right_screen, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_last_size_is_drawn_as_at_a_start, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_size_that_comes_back_is_drawn_again, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(every_small_size_is_survived, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
