/* What a link does to the program: it drops, it stalls, it cuts sequences in two, it brings keys faster than a screen is drawn.
 */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"

enum { PATIENCE = PTY_PATIENCE_MS, REST_MS = 100 };

static Temp temp;
static Pty *pty;

static int open_program(void **state)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", NULL };
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    (void)state;
    temp = temp_new();
    temp_copy(&temp, "plans");
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    const char *const argv[] = { strbuf_z(&program), "--as", "Тест", temp.path, NULL };
    PtyOptions options = { .env = env };
    pty = pty_start(&options, argv);
    strbuf_done(&program);
    return pty_wait_text(pty, "10Выход", PATIENCE) ? 0 : -1;
}

static int close_program(void **state)
{
    (void)state;
    pty_end(pty);
    temp_done(&temp);
    return 0;
}

static void assert_text(const char *text)
{
    if (!pty_wait_text(pty, text, PATIENCE)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", text, strbuf_z(&screen));
    }
}

/* The processor time of children that ended, in milliseconds. */
static double children_ms(void)
{
    struct rusage used;
    (void)getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1e3 +
           (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e3;
}

/* The link is gone: the program is too, without a busy moment. */
static void assert_ends_without_a_busy_moment(void)
{
    enum { BUSY_MS = 300 };
    assert_true(pty_wait_stalled(pty, REST_MS));
    double used_ms = (double)pty_used_ns(pty) / 1e6;
    double others_ms = children_ms();
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    assert_true(children_ms() - others_ms - used_ms < BUSY_MS);
}

static void wherever_it_is_a_dropped_link_ends_it(void **state)
{
    static const struct {
        const char *keys, *shows;
    } places[] = { { "", "Просроч." },       { "\r", "Сроки" },         { "\r3", "· Лента" },   { "?", "Помощь" },
                   { "\rgs", "Состояние:" }, { "\rgs5", "Новый срок" }, { "\x1b[", "Просроч." } };
    for (size_t i = 0; i < COUNTOF(places); i++) {
        pty_send(pty, places[i].keys);
        assert_text(places[i].shows);
        assert_ends_without_a_busy_moment();
        assert_int_equal(close_program(state), 0);
        assert_int_equal(open_program(state), 0);
    }
}

/* Nobody reads: what is to be shown fits nowhere, and a key is no reason to go on trying once the link is gone. */
static void a_link_that_stalled_and_dropped_ends_it(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        pty_send(pty, "\r1\x0c"); /* each a whole screen */
        pty_idle(20);
    }
    assert_ends_without_a_busy_moment();
}

/* The terminal is given back even then: what nobody read is dropped. */
static void a_stalled_link_does_not_keep_it_from_ending(void **state)
{
    static const int numbers[] = { SIGTERM, SIGHUP };
    for (size_t i = 0; i < COUNTOF(numbers); i++) {
        for (int n = 0; n < 60; n++) {
            pty_send(pty, "\r1\x0c");
            pty_idle(10);
        }
        pty_signal(pty, numbers[i]);
        assert_int_equal(pty_wait_exit_unread(pty, PATIENCE), 0);
        assert_true(pty_is_cooked(pty));
        assert_true(pty_cursor_is_shown(pty));
        assert_int_equal(close_program(state), 0);
        assert_int_equal(open_program(state), 0);
    }
}

static void a_stalled_link_costs_no_processor(void **state)
{
    enum { STALLED_MS = 1200, MOST_MS = 20 };
    (void)state;
    for (int i = 0; i < 40; i++) {
        pty_send(pty, "\r1\x0c");
        pty_idle(20);
    }
    assert_true(pty_wait_stalled(pty, REST_MS));
    uint64_t before_ns = pty_used_ns(pty);
    pty_idle(STALLED_MS);
    assert_true(pty_used_ns(pty) - before_ns < MOST_MS * (uint64_t)1000000);
    pty_send(pty, "?"); /* and when it goes on, so does the program */
    assert_text("Веха · Помощь");
}

/* All keys that are there are taken before a screen is drawn: no backlog of screens that nobody wants to see. */
static void keys_faster_than_the_screen_are_drawn_once(void **state)
{
    enum { KEYS = 400, A_SCREEN = 4096, SCREENS = 12 };
    (void)state;
    pty_send(pty, "G\rg");
    assert_text("№ 1 ·");
    assert_true(pty_wait_rest(pty, REST_MS));
    (void)pty_take_count(pty);
    StrBuf keys = { 0 };
    for (int i = 0; i < KEYS; i++) {
        strbuf_add(&keys, STR("\x1b[B"));
    }
    pty_send(pty, strbuf_z(&keys));
    assert_text("№ 50 ·");
    assert_true(pty_wait_rest(pty, REST_MS));
    assert_true(pty_take_count(pty) < SCREENS * A_SCREEN);
    strbuf_done(&keys);
}

/* A slow reader sees the last state soon: what it has not read yet is bounded by the terminal's own buffer. */
static void a_slow_reader_gets_the_last_state(void **state)
{
    enum { KEYS = 60 };
    (void)state;
    pty_send(pty, "G\rg");
    assert_text("№ 1 ·");
    for (int i = 0; i < KEYS; i++) {
        pty_send(pty, "\x1b[B");
        pty_idle(10);
    }
    assert_text("№ 50 ·");
    assert_true(pty_wait_rest(pty, REST_MS));
    StrBuf shown = { 0 };
    StrBuf anew = { 0 };
    pty_add_screen(pty, &shown);
    pty_send(pty, "\x0c");
    assert_true(pty_wait_output(pty, PATIENCE));
    assert_true(pty_wait_rest(pty, REST_MS));
    pty_add_screen(pty, &anew);
    assert_string_equal(strbuf_z(&shown), strbuf_z(&anew));
    strbuf_done(&shown);
    strbuf_done(&anew);
}

static void a_sequence_cut_anywhere_is_one_key(void **state)
{
    static const struct {
        const char *first, *rest, *shows;
    } cases[] = {
        { "\x1b", "OP", "Веха · Помощь" },   { "\x1bO", "P", "Веха · Помощь" },  { "\x1b[1", "1~", "Веха · Помощь" },
        { "\x1b[", "11~", "Веха · Помощь" }, { "\x1b[[", "A", "Веха · Помощь" }, { "\x1b", "1", "Веха · Помощь" },
        { "\x1b[M", "", "Веха · Помощь" },
    };
    enum { CUT_MS = 15 };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        pty_send(pty, cases[i].first);
        pty_settle(pty, CUT_MS);
        pty_send(pty, cases[i].rest);
        assert_text(cases[i].shows);
        pty_send(pty, "q");
        assert_true(pty_wait_gone(pty, cases[i].shows, PATIENCE));
    }
}

/* PuTTY's seven settings of "The Function keys and keypad"; each sends F1, F2, F3 and F10 in its own way. */
static void the_function_keys_work_in_each_mode_of_putty(void **state)
{
    static const struct {
        const char *mode, *f1, *f2, *f3, *f10;
    } modes[] = {
        { "ESC[n~", "\x1b[11~", "\x1b[12~", "\x1b[13~", "\x1b[21~" }, { "Linux", "\x1b[[A", "\x1b[[B", "\x1b[[C", "\x1b[21~" },
        { "Xterm R6", "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[21~" },     { "VT400", "\x1b[11~", "\x1b[12~", "\x1b[13~", "\x1b[21~" },
        { "VT100+", "\x1bOP", "\x1bOQ", "\x1bOR", "\x1bOY" },         { "SCO", "\x1b[M", "\x1b[N", "\x1b[O", "\x1b[V" },
        { "Xterm 216+", "\x1bOP", "\x1bOQ", "\x1bOR", "\x1b[21~" },
    };
    for (size_t i = 0; i < COUNTOF(modes); i++) {
        pty_send(pty, "G\r");
        assert_text("№ 2 · запланировано");
        pty_send(pty, modes[i].f1);
        assert_text("Веха · Помощь");
        pty_send(pty, "q");
        assert_text("№ 2 · запланировано");
        pty_send(pty, modes[i].f2);
        assert_text("Состояние: № 2");
        pty_send(pty, "q");
        assert_true(pty_wait_gone(pty, "Состояние: № 2", PATIENCE));
        pty_send(pty, modes[i].f3);
        assert_text("· Лента");
        pty_send(pty, modes[i].f10);
        if (pty_wait_exit(pty, PATIENCE) != 0) {
            fail_msg("%s: F10 does not end it", modes[i].mode);
        }
        assert_int_equal(close_program(state), 0);
        assert_int_equal(open_program(state), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(wherever_it_is_a_dropped_link_ends_it, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_link_that_stalled_and_dropped_ends_it, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_stalled_link_does_not_keep_it_from_ending, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_stalled_link_costs_no_processor, open_program, close_program),
        cmocka_unit_test_setup_teardown(keys_faster_than_the_screen_are_drawn_once, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_slow_reader_gets_the_last_state, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_sequence_cut_anywhere_is_one_key, open_program, close_program),
        cmocka_unit_test_setup_teardown(the_function_keys_work_in_each_mode_of_putty, open_program, close_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
