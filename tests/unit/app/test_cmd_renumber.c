/* The numbers of a plan follow each other again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "../../support/session.h"

static SessionFixture fixture;

/* No ids, titles alike: nothing but its place tells one event from another once the numbers change. */
static const char gaps[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
                           "- {no: 1, title: Педсовет, when: март} # первый\n"
                           "- {no: 3, title: Педсовет, when: март}\n"
                           "- {no: 4, title: Педсовет, when: март}\n"
                           "- {no: 6, title: Педсовет, when: март}\n";

static void open_with(const char *text)
{
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(text));
    fixture_open(&fixture, "a.yaml");
    fixture_run(&fixture, "first");
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_numbers(const char *wanted)
{
    StrBuf numbers = { 0 };
    const Plan *plan = session_file(fixture.session)->plan;
    for (size_t i = 0; i < plan->events.n; i++) {
        strbuf_add(&numbers, i > 0 ? STR(" ") : (Str){ 0 });
        strbuf_add(&numbers, plan->events.at[i].no);
    }
    assert_string_equal(strbuf_z(&numbers), wanted);
    strbuf_done(&numbers);
}

static void numbers_follow_each_other_and_one_step_takes_that_back(void **state)
{
    (void)state;
    open_with(gaps);
    fixture_run(&fixture, "renumber");
    assert_numbers("1 2 3 4");
    assert_string_equal(fixture_said(&fixture), "План: изменены 3 номера, подряд по всему плану · u — взять назад");
    fixture_run(&fixture, "undo");
    fixture_assert_file(&fixture, gaps);
    fixture_run(&fixture, "redo");
    assert_numbers("1 2 3 4");
}

static void the_cursor_stays_on_its_event(void **state)
{
    size_t event;
    (void)state;
    open_with(gaps);
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "renumber");
    assert_non_null(session_event(fixture.session, &event));
    assert_int_equal(event, 2);
}

static void numbers_in_order_are_left_and_that_is_said(void **state)
{
    (void)state;
    static const char text[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n- {no: 1., title: А}\n- {no: 2., title: Б}\n";
    open_with(text);
    fixture_run(&fixture, "renumber");
    assert_string_equal(fixture_said(&fixture), "План: номера уже идут подряд, ничего не изменено");
    fixture_assert_file(&fixture, text);
    fixture_run(&fixture, "undo");
    fixture_assert_file(&fixture, text);
}

static void events_left_without_a_number_are_told(void **state)
{
    (void)state;
    static const char text[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n- {no: 1., title: А}\n- {title: Б}\n";
    open_with(text);
    fixture_run(&fixture, "renumber");
    assert_string_equal(
        fixture_said(&fixture),
        "План: номера уже идут подряд, ничего не изменено; без номера 1 мероприятие: «+» вместо номера даст следующий");
    fixture_assert_file(&fixture, text);
}

static void a_plan_without_numbers_gets_none(void **state)
{
    (void)state;
    static const char text[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n- {title: А}\n- {title: Б}\n";
    open_with(text);
    fixture_run(&fixture, "renumber");
    assert_string_equal(fixture_said(&fixture), "План: номеров в плане нет; дать первый: e, «Номер: исправить»");
    fixture_assert_file(&fixture, text);
}

static void a_number_that_cannot_be_counted_stops_it_with_its_name(void **state)
{
    (void)state;
    static const char text[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n- {no: 5а, title: А}\n- {no: 7, title: Б}\n";
    open_with(text);
    fixture_run(&fixture, "renumber");
    assert_true(strstr(fixture_said(&fixture), "5а") != NULL);
    fixture_assert_file(&fixture, text);
}

static void under_a_filter_all_of_the_plan_is_counted(void **state)
{
    (void)state;
    open_with(gaps);
    filter_set_text(&fixture.session->filter, FILTER_WORD, STR("нет такого"));
    session_filter(fixture.session);
    fixture_run(&fixture, "renumber");
    assert_numbers("1 2 3 4");
}

static void of_several_plans_one_is_to_be_chosen(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(gaps));
    temp_write(&fixture.temp, "b.yaml", STR("vekha: 1\ntitle: Другой\nperiod: 2022\n"));
    fixture_open(&fixture, NULL);
    fixture_run(&fixture, "view-plans");
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "renumber");
    assert_string_equal(fixture_said(&fixture), "сначала выберите один план");
    fixture_assert_file(&fixture, gaps);
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "renumber");
    assert_numbers("1 2 3 4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(numbers_follow_each_other_and_one_step_takes_that_back, close_folder),
        cmocka_unit_test_teardown(the_cursor_stays_on_its_event, close_folder),
        cmocka_unit_test_teardown(numbers_in_order_are_left_and_that_is_said, close_folder),
        cmocka_unit_test_teardown(events_left_without_a_number_are_told, close_folder),
        cmocka_unit_test_teardown(a_plan_without_numbers_gets_none, close_folder),
        cmocka_unit_test_teardown(a_number_that_cannot_be_counted_stops_it_with_its_name, close_folder),
        cmocka_unit_test_teardown(under_a_filter_all_of_the_plan_is_counted, close_folder),
        cmocka_unit_test_teardown(of_several_plans_one_is_to_be_chosen, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
