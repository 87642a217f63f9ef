#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

static int open_folder(void **state)
{
    (void)state;
    fixture_open_two(&fixture);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_selected(const char *title)
{
    assert_string_equal(fixture_selected(&fixture), title);
}

/* "П" a plan, "Р" a section, else the number of the event. */
static void assert_rows(const char *wanted)
{
    StrBuf got = { 0 };
    for (size_t i = 0; i < fixture.session->rows.n; i++) {
        const Row *row = &fixture.session->rows.at[i];
        const Plan *plan = store_file(fixture.session->store, row->file)->plan;
        strbuf_add(&got, row->kind == ROW_PLAN ? STR("П") : row->kind == ROW_SECTION ? STR("Р") : plan->events.at[row->index].no);
    }
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static void open_all(void)
{
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "open");
}

static void all_events_are_grouped_by_plan(void **state)
{
    (void)state;
    open_all();
    assert_true(fixture.session->is_all);
    assert_rows("П12ПР12Р3");
    assert_int_equal(session_summary(fixture.session).n_events, 5);
    assert_int_equal(session_summary(fixture.session).n_late, 1);
    assert_selected("Сверка"); /* what is late first */
}

static void a_filter_leaves_no_heading_without_events(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "only-late");
    assert_rows("ПР3");
    fixture_run(&fixture, "no-filter");
    assert_rows("П12ПР12Р3");
}

static void one_list_is_walked_through_all_plans(void **state)
{
    static const char *const titles[] = { "Отчёт", "Смотр", "Приказ о сборе", "Учёба", "Учёба" };
    (void)state;
    open_all();
    for (size_t i = 0; i < COUNTOF(titles); i++) {
        fixture_run(&fixture, "up");
        assert_selected(titles[i]);
    }
    assert_int_equal(fixture.session->file, 0);
    fixture_run(&fixture, "section-down");
    assert_selected("Смотр");
}

static void a_mark_among_all_is_written_to_its_own_plan(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "mark");
    assert_selected("Сверка");
    assert_int_equal(session_summary(fixture.session).n_done, 2);
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "undo"); /* goes back to it */
    assert_selected("Сверка");
    assert_true(fixture.session->is_all);
    assert_int_equal(session_summary(fixture.session).n_done, 1);
}

static void a_plan_that_goes_leaves_the_rest_of_all(void **state)
{
    (void)state;
    open_all();
    temp_delete(&fixture.temp, "b.yaml");
    temp_write(&fixture.temp, "c.yaml", str_of(fixture_first));
    (void)session_tick(fixture.session);
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_rows("П12П12");
    assert_non_null(session_event(fixture.session, NULL));
}

static void an_emptied_folder_is_a_list_of_plans_without_any(void **state)
{
    static const char *const views[] = { "view-events", "view-timeline", "view-card", "view-month" };
    (void)state;
    for (size_t i = 0; i < COUNTOF(views); i++) {
        open_all();
        fixture_run(&fixture, views[i]);
        temp_delete(&fixture.temp, "a.yaml");
        temp_delete(&fixture.temp, "b.yaml");
        (void)session_tick(fixture.session);
        assert_int_equal(fixture.session->view, VIEW_PLANS);
        assert_null(session_event(fixture.session, NULL));
        fixture_run(&fixture, "only-late");
        assert_false(filter_is_set(&fixture.session->filter));
        assert_string_equal(fixture_said(&fixture), "в папке нет планов; завести: vekha new");
        temp_write(&fixture.temp, "a.yaml", str_of(fixture_first));
        temp_write(&fixture.temp, "b.yaml", str_of(fixture_second));
        (void)session_tick(fixture.session);
    }
}

static void the_list_of_plans_takes_the_filter_away(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "back");
    assert_false(filter_is_set(&fixture.session->filter));
    assert_string_equal(fixture_said(&fixture), "фильтр снят: только просроченные");
}

static void one_plan_needs_no_row_for_all(void **state)
{
    (void)state;
    open_all();
    temp_delete(&fixture.temp, "b.yaml");
    (void)session_tick(fixture.session);
    assert_false(session_has_all(fixture.session));
    assert_rows("12");
    assert_false(fixture.session->is_all);
}

static void the_first_row_opens_all_and_the_others_one(void **state)
{
    (void)state;
    assert_int_equal(session_plan_row(fixture.session), 2);
    fixture_run(&fixture, "first");
    assert_int_equal(session_plan_row(fixture.session), 0);
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "open");
    assert_rows("12");
    fixture_run(&fixture, "back");
    assert_int_equal(session_plan_row(fixture.session), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(all_events_are_grouped_by_plan, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_filter_leaves_no_heading_without_events, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(one_list_is_walked_through_all_plans, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_mark_among_all_is_written_to_its_own_plan, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_plan_that_goes_leaves_the_rest_of_all, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(an_emptied_folder_is_a_list_of_plans_without_any, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_list_of_plans_takes_the_filter_away, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(one_plan_needs_no_row_for_all, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_first_row_opens_all_and_the_others_one, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
