#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

/* Today is 10 May 2022. */
static const char plan[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
                           "  - {no: 1, title: раз, when: 1 раз в месяц}\n"
                           "  - {no: 2, title: день, when: 15.11.2022}\n";

static int open_plan(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(plan));
    fixture_open(&fixture, "a.yaml");
    fixture_run(&fixture, "view-timeline");
    fixture_run(&fixture, "first");
    return 0;
}

static int close_plan(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_first(const char *day)
{
    StrBuf got = { 0 };
    day_add_iso(&got, session_line_first(fixture.session));
    assert_string_equal(strbuf_z(&got), day);
    strbuf_done(&got);
}

static void it_scrolls_by_months_and_nearer_by_weeks(void **state)
{
    (void)state;
    assert_first("2022-01-01");
    fixture_run(&fixture, "scroll-right");
    assert_first("2022-02-01");
    fixture_run(&fixture, "scroll-left");
    fixture_run(&fixture, "scroll-left");
    assert_first("2021-12-01");
    fixture_run(&fixture, "go-today");
    assert_first("2022-01-01");
    fixture_run(&fixture, "zoom-in");
    fixture_run(&fixture, "zoom-in");
    fixture_run(&fixture, "scroll-right");
    assert_first("2022-01-03"); /* by weeks, from where the event is */
}

static void nearer_is_where_the_selected_event_is(void **state)
{
    (void)state;
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "zoom-in");
    assert_first("2022-07-01");
    fixture_run(&fixture, "zoom-in");
    fixture_run(&fixture, "zoom-in");
    assert_first("2022-11-01");
    fixture_run(&fixture, "zoom-in");
    assert_string_equal(fixture_said(&fixture), "крупнее некуда: это месяц по дням");
    fixture_run(&fixture, "zoom-out");
    fixture_run(&fixture, "zoom-out");
    fixture_run(&fixture, "zoom-out");
    assert_first("2022-01-01");
    fixture_run(&fixture, "zoom-out");
    assert_string_equal(fixture_said(&fixture), "мельче некуда: это весь год");
}

static Status status_at(size_t occurrence)
{
    const Event *event = session_event(fixture.session, NULL);
    const Mark *mark = event_mark(event, &event->due->occurrences[occurrence]);
    return mark == NULL ? STATUS_PLANNED : mark->status;
}

static void one_time_of_a_recurring_event_is_marked_by_itself(void **state)
{
    (void)state;
    fixture_run(&fixture, "occurrence-next"); /* the earliest that is open */
    assert_int_equal(fixture.session->occurrence, 0);
    fixture_run(&fixture, "occurrence-next");
    fixture_run(&fixture, "occurrence-next");
    assert_int_equal(fixture.session->occurrence, 2);
    fixture_run(&fixture, "mark");
    assert_int_equal(status_at(0), STATUS_PLANNED);
    assert_int_equal(status_at(2), STATUS_DONE);
    fixture_run(&fixture, "mark"); /* the same again takes it away */
    assert_int_equal(status_at(2), STATUS_PLANNED);
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-confirmed");
    assert_int_equal(status_at(2), STATUS_CONFIRMED);
    fixture_run(&fixture, "occurrence-previous");
    assert_int_equal(fixture.session->occurrence, 1);
}

/* The same event over another year: its times are others. */
static void write_period(const char *period)
{
    StrBuf text = { 0 };
    Str rest = str_of(plan);
    size_t at = str_find(rest, STR("period: 2022"), 0);
    strbuf_add(&text, str_sub(rest, 0, at));
    strbuf_addf(&text, "period: %s", period);
    strbuf_add(&text, str_from(rest, at + STR("period: 2022").n_bytes));
    temp_write(&fixture.temp, "a.yaml", strbuf_str(&text));
    strbuf_done(&text);
    (void)session_tick(fixture.session);
}

static void the_time_chosen_is_kept_by_its_name(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        fixture_run(&fixture, "occurrence-next");
    }
    assert_int_equal(fixture.session->occurrence, 2); /* March 2022 */
    write_period("2021/2022");
    assert_int_equal(fixture.session->occurrence, 14);
    fixture_run(&fixture, "mark");
    assert_int_equal(status_at(14), STATUS_DONE);
    write_period("2023");
    assert_true(fixture.session->occurrence == SIZE_MAX); /* there is no such time any more */
}

static void a_question_about_a_time_goes_with_it_or_is_withdrawn(void **state)
{
    (void)state;
    fixture_run(&fixture, "status"); /* which time? January 2022 */
    assert_int_equal(fixture.session->overlay_row, 1);
    write_period("2021/2022");
    assert_int_equal(fixture.session->overlay, OVERLAY_OCCURRENCE);
    assert_int_equal(fixture.session->overlay_row, 13);
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_STATUS);
    write_period("2023");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_string_equal(fixture_said(&fixture), "это мероприятие тем временем изменили другие: вопрос снят");
}

static void another_event_forgets_the_time_chosen(void **state)
{
    (void)state;
    fixture_run(&fixture, "occurrence-next");
    fixture_run(&fixture, "down");
    assert_true(fixture.session->occurrence == SIZE_MAX);
    fixture_run(&fixture, "occurrence-next");
    assert_string_equal(fixture_said(&fixture), "у этого мероприятия один срок");
    fixture_run(&fixture, "up");
    fixture_run(&fixture, "mark");
    assert_int_equal(status_at(0), STATUS_DONE);
}

static void the_ends_are_where_it_stops(void **state)
{
    (void)state;
    for (int i = 0; i < 20; i++) {
        fixture_run(&fixture, "occurrence-next");
    }
    assert_int_equal(fixture.session->occurrence, 11);
    for (int i = 0; i < 20; i++) {
        fixture_run(&fixture, "occurrence-previous");
    }
    assert_int_equal(fixture.session->occurrence, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_scrolls_by_months_and_nearer_by_weeks, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(nearer_is_where_the_selected_event_is, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(one_time_of_a_recurring_event_is_marked_by_itself, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(the_time_chosen_is_kept_by_its_name, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_question_about_a_time_goes_with_it_or_is_withdrawn, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(another_event_forgets_the_time_chosen, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(the_ends_are_where_it_stops, open_plan, close_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
