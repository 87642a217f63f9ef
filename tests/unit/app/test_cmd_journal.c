#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>

#include "../../support/session.h"
#include "vekha/app/session_journal.h"

static SessionFixture fixture;

/* Журнал of the first plan, with «Учёба» selected before. Today is 10 May 2022, a Tuesday. */
static int open_journal(void **state)
{
    (void)state;
    (void)setenv("TZ", "UTC", 1);
    fixture_open_two(&fixture);
    assert_int_equal(mkdir(temp_path(&fixture.temp, ".journal"), 0755), 0);
    temp_write(&fixture.temp, ".journal/a.tsv",
               STR("2022-04-30T10:00:00Z\tЯ\t1\tУчёба\tnote\t\tапрель\n"
                   "2022-05-08T10:00:00Z\tЯ\t1\tУчёба\tnote\t\tвоскресенье\n"
                   "2022-05-09T10:00:00Z\tЯ\t2\tПриказ о сборе\tnote\t\tпонедельник\n"
                   "2022-05-10T10:00:00Z\tЯ\t2\tПриказ о сборе\tnote\t\tсегодня\n"));
    session_select_file(fixture.session, 0);
    fixture_run(&fixture, "view-events");
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "view-journal");
    return 0;
}

static int close_journal(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static size_t changes(void)
{
    return fixture.session->journal->n_changes;
}

static void choose(char digit)
{
    fixture_run(&fixture, "journal-since");
    assert_int_equal(fixture.session->overlay, OVERLAY_CHOOSER);
    assert_true(session_type(fixture.session, KEY_CHAR((uint32_t)digit)));
}

static void since_a_day_of_the_list(void **state)
{
    (void)state;
    static const struct {
        char digit;
        size_t n;
    } rows[] = { { '1', 1 }, { '2', 2 }, { '3', 3 }, { '4', 4 } };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        choose(rows[i].digit);
        assert_int_equal(changes(), rows[i].n);
    }
}

static void since_a_day_that_is_typed(void **state)
{
    (void)state;
    static const struct {
        const char *typed;
        size_t n; /* 0: that is no day */
    } rows[] = { { "09.05", 2 }, { "9.5", 2 },   { "09.05.2022", 2 }, { "2022-05-09", 2 }, { "08.05.2022", 3 }, { "вчера", 0 },
                 { "", 0 },      { "31.02", 0 }, { "1.2.3.4", 0 },    { "09.", 0 },        { "01.01.2021", 4 } };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        choose('5');
        assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
        fixture_type(&fixture, rows[i].typed);
        fixture_run(&fixture, "dialog-agree");
        bool is_asked_again = fixture.session->overlay == OVERLAY_PROMPT;
        assert_int_equal(is_asked_again, rows[i].n == 0);
        assert_true(is_asked_again || changes() == rows[i].n);
        fixture_run(&fixture, "dialog-close");
    }
}

static void the_history_of_the_selected_event_and_all_again(void **state)
{
    (void)state;
    StrBuf limits = { 0 };
    fixture_run(&fixture, "journal-event"); /* the cursor was not moved: it is what was selected before */
    assert_int_equal(changes(), 2);
    session_journal_add_limits(&limits, fixture.session);
    assert_string_equal(limits.at, "№ 1");
    fixture_run(&fixture, "journal-event");
    assert_int_equal(changes(), 4);
    strbuf_done(&limits);
}

static void the_history_of_the_event_that_the_cursor_was_moved_to(void **state)
{
    (void)state;
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "journal-event");
    assert_int_equal(changes(), 2);
    assert_int_equal(fixture.session->journal->cursor, 3); /* on the same change */
    choose('1');
    assert_int_equal(changes(), 1);
    fixture_run(&fixture, "journal-all");
    assert_int_equal(changes(), 4);
}

static void an_event_without_a_history_shows_none_and_all_comes_back(void **state)
{
    (void)state;
    temp_write(&fixture.temp, ".journal/a.tsv", STR("2022-05-10T10:00:00Z\tЯ\t2\tПриказ о сборе\tnote\t\tсегодня\n"));
    assert_true(session_tick(fixture.session));
    fixture_run(&fixture, "journal-event");
    assert_int_equal(changes(), 0);
    fixture_run(&fixture, "journal-open");
    assert_int_equal(fixture.session->view, VIEW_JOURNAL);
    fixture_run(&fixture, "journal-all");
    assert_int_equal(changes(), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(since_a_day_of_the_list, open_journal, close_journal),
        cmocka_unit_test_setup_teardown(since_a_day_that_is_typed, open_journal, close_journal),
        cmocka_unit_test_setup_teardown(the_history_of_the_selected_event_and_all_again, open_journal, close_journal),
        cmocka_unit_test_setup_teardown(the_history_of_the_event_that_the_cursor_was_moved_to, open_journal, close_journal),
        cmocka_unit_test_setup_teardown(an_event_without_a_history_shows_none_and_all_comes_back, open_journal, close_journal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
