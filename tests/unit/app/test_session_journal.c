#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../support/session.h"
#include "vekha/app/session_journal.h"

static SessionFixture fixture;

static const char lines_of_a[] = "2022-05-08T10:00:00Z\tЯ\t1\tУчёба\tstatus\t\tdone\n"
                                 "2022-05-09T10:00:00Z\tЯ\t1\tУчёба\tstatus\tdone\t\n"
                                 "2022-05-09T11:00:00Z\tЯ\t9\tСтарое\tnote\t\tx\n";
static const char lines_of_b[] = "2022-05-09T10:30:00Z\tОн\t3\tСверка\tnote\t\tда\n";

static int open_two(void **state)
{
    (void)state;
    (void)setenv("TZ", "UTC", 1);
    fixture_open_two(&fixture);
    assert_int_equal(mkdir(temp_path(&fixture.temp, ".journal"), 0755), 0);
    temp_write(&fixture.temp, ".journal/a.tsv", str_of(lines_of_a));
    temp_write(&fixture.temp, ".journal/b.tsv", str_of(lines_of_b));
    return 0;
}

static int close_two(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static size_t changes(void)
{
    return fixture.session->journal->n_changes;
}

/* The value that the cursor's change ended with. */
static Str became(void)
{
    size_t n;
    const JournalRow *row = session_journal_row(fixture.session);
    assert_non_null(row);
    const JournalEntry *entries = session_journal_entries(fixture.session, row, &n);
    assert_int_equal(n, 1);
    return entries->became;
}

static void open_first_plan(void)
{
    session_select_file(fixture.session, 0);
    fixture_run(&fixture, "view-events");
    fixture_run(&fixture, "first");
}

static void nothing_is_read_before_the_view_is_opened(void **state)
{
    (void)state;
    (void)session_tick(fixture.session);
    assert_null(fixture.session->journal);
    fixture_run(&fixture, "view-journal");
    assert_non_null(fixture.session->journal);
}

static void from_the_list_of_plans_all_are_shown_else_the_one_in_hand(void **state)
{
    (void)state;
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "view-journal");
    assert_int_equal(changes(), 4);
    assert_true(session_journal_has_all(fixture.session));
    open_first_plan();
    fixture_run(&fixture, "view-journal");
    assert_int_equal(changes(), 3);
    assert_false(session_journal_has_all(fixture.session));
    assert_true(str_eq(became(), STR("x"))); /* the latest first */
}

static void rows_are_under_their_days_and_the_cursor_passes_those(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-journal");
    const JournalState *journal = fixture.session->journal;
    assert_int_equal(journal->rows.n, 6); /* two days */
    assert_int_equal(journal->cursor, 1);
    fixture_run(&fixture, "up");
    assert_int_equal(journal->cursor, 1);
    fixture_run(&fixture, "section-down");
    assert_int_equal(journal->cursor, 5);
    fixture_run(&fixture, "up");
    assert_int_equal(journal->cursor, 3);
    fixture_run(&fixture, "section-up");
    assert_int_equal(journal->cursor, 1);
    fixture_run(&fixture, "last");
    assert_int_equal(journal->cursor, 5);
    fixture_run(&fixture, "section-up");
    assert_int_equal(journal->cursor, 1);
    fixture_run(&fixture, "page-down");
    fixture_run(&fixture, "first");
    assert_int_equal(journal->cursor, 1);
}

static void looking_at_it_changes_no_selection_but_moving_in_it_does(void **state)
{
    (void)state;
    open_first_plan();
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "view-journal");
    fixture_run(&fixture, "view-events");
    assert_string_equal(fixture_selected(&fixture), "Приказ о сборе");
    fixture_run(&fixture, "view-journal");
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "view-card");
    assert_string_equal(fixture_selected(&fixture), "Учёба");
}

static void enter_opens_the_event_of_another_plan_and_under_a_filter(void **state)
{
    (void)state;
    open_first_plan();
    fixture_run(&fixture, "view-plans");
    fixture_run(&fixture, "view-journal");
    fixture_run(&fixture, "down"); /* of b */
    fixture_run(&fixture, "journal-open");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_string_equal(fixture_selected(&fixture), "Сверка");
    open_first_plan();
    fixture_run(&fixture, "only-late"); /* of which there is none */
    fixture_run(&fixture, "view-journal");
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "journal-open");
    assert_string_equal(fixture_selected(&fixture), "Учёба");
}

static void an_event_that_is_gone_is_not_opened(void **state)
{
    (void)state;
    open_first_plan();
    fixture_run(&fixture, "view-journal");
    fixture_run(&fixture, "journal-open");
    assert_int_equal(fixture.session->view, VIEW_JOURNAL);
    assert_string_equal(fixture_said(&fixture), "№ 9 «Старое»: в плане его больше нет");
}

static void nothing_is_marked_there(void **state)
{
    (void)state;
    open_first_plan();
    fixture_run(&fixture, "view-journal");
    fixture_run(&fixture, "mark");
    assert_true(temp_holds(temp_path(&fixture.temp, "a.yaml"), str_of(fixture_first)));
    fixture_run(&fixture, "status");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
}

static void what_others_write_comes_above_and_the_cursor_stays(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    open_first_plan();
    fixture_run(&fixture, "view-journal");
    assert_false(session_tick(fixture.session));
    fixture_run(&fixture, "last");
    assert_true(str_eq(became(), STR("done")));
    strbuf_add(&text, str_of(lines_of_a));
    strbuf_add(&text, STR("2022-05-10T10:00:00Z\tЯ\t1\tУчёба\tnote\t\tновое\n"));
    temp_write(&fixture.temp, ".journal/a.tsv", strbuf_str(&text));
    assert_true(session_tick(fixture.session));
    assert_int_equal(changes(), 4);
    assert_true(str_eq(became(), STR("done")));
    fixture_run(&fixture, "first");
    assert_true(str_eq(became(), STR("новое")));
    temp_delete(&fixture.temp, ".journal/a.tsv");
    assert_true(session_tick(fixture.session));
    assert_int_equal(changes(), 0);
    assert_null(session_journal_row(fixture.session));
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "journal-open");
    strbuf_done(&text);
}

static void a_mark_that_is_not_in_the_journal_is_said_behind_it(void **state)
{
    (void)state;
    temp_delete(&fixture.temp, ".journal/a.tsv");
    assert_int_equal(symlink("/nowhere", temp_path(&fixture.temp, ".journal/a.tsv")), 0);
    open_first_plan();
    fixture_run(&fixture, "mark");
    session_say_warning(fixture.session);
    Str said = str_of(fixture_said(&fixture));
    assert_true(str_starts(said, STR("№ 1: исполнено, записано в файл")));
    assert_true(str_find(said, STR(" · записано, но не в журнал: "), 0) != SIZE_MAX);
    session_say_nothing(fixture.session);
    session_say_warning(fixture.session);
    assert_string_equal(fixture_said(&fixture), "");
    fixture_run(&fixture, "view-journal"); /* which cannot be read: that is said, too */
    assert_true(fixture.session->message_is_error);
}

static void a_plan_that_goes_takes_its_changes_along(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-journal");
    temp_delete(&fixture.temp, "a.yaml");
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->view == VIEW_JOURNAL ? changes() : 1, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_is_read_before_the_view_is_opened, open_two, close_two),
        cmocka_unit_test_setup_teardown(from_the_list_of_plans_all_are_shown_else_the_one_in_hand, open_two, close_two),
        cmocka_unit_test_setup_teardown(rows_are_under_their_days_and_the_cursor_passes_those, open_two, close_two),
        cmocka_unit_test_setup_teardown(looking_at_it_changes_no_selection_but_moving_in_it_does, open_two, close_two),
        cmocka_unit_test_setup_teardown(enter_opens_the_event_of_another_plan_and_under_a_filter, open_two, close_two),
        cmocka_unit_test_setup_teardown(an_event_that_is_gone_is_not_opened, open_two, close_two),
        cmocka_unit_test_setup_teardown(nothing_is_marked_there, open_two, close_two),
        cmocka_unit_test_setup_teardown(what_others_write_comes_above_and_the_cursor_stays, open_two, close_two),
        cmocka_unit_test_setup_teardown(a_mark_that_is_not_in_the_journal_is_said_behind_it, open_two, close_two),
        cmocka_unit_test_setup_teardown(a_plan_that_goes_takes_its_changes_along, open_two, close_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
