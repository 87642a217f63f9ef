/* What is pasted, or typed on without looking: text where a field is open, and never commands. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../support/opened.h"

/* As a terminal sends it that was asked to mark it; typed, its second line would delete the event and agree to that. */
#define PASTED "\x1b[200~Педсовет\r\nвручение грамот\r\n\tи всё\r\x1b[201~"

static Opened opened;

static int set_up(void **state)
{
    (void)state;
    opened_new(&opened);
    opened_run(&opened, "cp " OPENED_PLAN " before");
    opened_start(&opened);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    opened_done(&opened);
    return 0;
}

static bool is_sent(const char *bytes)
{
    return str_find(pty_output(opened.pty), str_of(bytes), 0) != SIZE_MAX;
}

static void lines_that_are_pasted_into_a_field_are_one_text(void **state)
{
    (void)state;
    pty_send(opened.pty, "a" PASTED);
    opened_assert(&opened, "Педсовет вручение грамот и всё");
    opened_run(&opened, "cmp " OPENED_PLAN " before");
    pty_send(opened.pty, "\r");
    opened_assert(&opened, "взять назад");
    assert_true(opened_holds(&opened, "title: Педсовет вручение грамот и всё\n"));
    pty_send(opened.pty, "u");
    opened_assert(&opened, "взято назад");
    opened_run(&opened, "cmp " OPENED_PLAN " before");
}

static void what_is_pasted_where_no_field_is_runs_no_command(void **state)
{
    (void)state;
    pty_send(opened.pty, PASTED);
    opened_assert(&opened, "сначала откройте поле");
    pty_send(opened.pty, "d" PASTED); /* nor does it answer a question */
    opened_assert(&opened, "Удалить");
    pty_send(opened.pty, "\x1b");
    opened_assert(&opened, "№ 2 · запланировано");
    opened_run(&opened, "cmp " OPENED_PLAN " before");
}

/* As over a slow link: the refusal is not seen yet. The 5 would show a month, the blank behind it mark one of its events. */
static void what_is_typed_on_for_a_field_that_did_not_open_runs_no_command(void **state)
{
    enum { PAUSE_MS = 700 };
    (void)state;
    pty_send(opened.pty, "1");
    opened_assert(&opened, "Веха · Планы");
    pty_send(opened.pty, "tдо 5 мая в школе\r");
    opened_assert(&opened, "сначала откройте план");
    opened_assert(&opened, "Веха · Планы");
    pty_idle(PAUSE_MS);
    pty_send(opened.pty, "5");
    opened_assert(&opened, "· Месяц");
    opened_run(&opened, "cmp " OPENED_PLAN " before");
}

static void that_the_end_of_what_is_pasted_does_not_fit_is_said(void **state)
{
    (void)state;
    StrBuf pasted = { 0 };
    strbuf_add(&pasted, STR("a\x1b[200~"));
    strbuf_add_chars(&pasted, 'x', 4096);
    strbuf_add(&pasted, STR("y\x1b[201~"));
    pty_send(opened.pty, strbuf_z(&pasted));
    opened_assert(&opened, "строка полна");
    strbuf_done(&pasted);
}

static void the_terminal_is_asked_for_marks_and_given_back_without(void **state)
{
    (void)state;
    assert_true(is_sent("\x1b[?2004h"));
    assert_false(is_sent("\x1b[?2004l"));
    pty_send(opened.pty, "\x1b[21~");
    assert_int_equal(pty_wait_exit(opened.pty, PTY_PATIENCE_MS), 0);
    assert_true(is_sent("\x1b[?2004l"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(lines_that_are_pasted_into_a_field_are_one_text),
        TEST(what_is_pasted_where_no_field_is_runs_no_command),
        TEST(what_is_typed_on_for_a_field_that_did_not_open_runs_no_command),
        TEST(that_the_end_of_what_is_pasted_does_not_fit_is_said),
        TEST(the_terminal_is_asked_for_marks_and_given_back_without),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
