#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

/* Today is 10 May 2022. */
static const char plan[] = "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
                           "  - {title: дважды, when: ежемесячно}\n"
                           "  - {title: пятого, when: 05.05.2022, status: done}\n"
                           "  - {title: до мая, when: до 20 мая}\n"
                           "  - {title: весь год, when: в течение года}\n"
                           "  - {title: долго, when: апрель - июнь}\n"
                           "  - {title: без даты, when: по запросу}\n"
                           "  - {title: тоже пятого, when: 05.05.2022}\n"
                           "  - {title: осенью, when: 01.10.2022}\n";

static int open_plan(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(plan));
    fixture_open(&fixture, "a.yaml");
    return 0;
}

static int close_plan(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void select_event(const char *title)
{
    const Plan *read = session_file(fixture.session)->plan;
    for (size_t i = 0; i < read->events.n; i++) {
        if (str_eq(read->events.at[i].title, str_of(title))) {
            session_select(fixture.session, 0, i);
            return;
        }
    }
    fail_msg("there is no %s", title);
}

static int month_shown(void)
{
    return fixture.session->month.shown % DATE_MONTHS_PER_YEAR + 1;
}

/* Of the month's entries: the titles. */
static void assert_entries(const char *wanted)
{
    StrBuf titles = { 0 };
    for (size_t i = 0; i < fixture.session->month.entries.n; i++) {
        const Event *event = &session_file(fixture.session)->plan->events.at[fixture.session->month.entries.at[i].event];
        strbuf_add(&titles, i > 0 ? STR(", ") : (Str){ 0 });
        strbuf_add(&titles, event->title);
    }
    assert_string_equal(strbuf_z(&titles), wanted);
    strbuf_done(&titles);
}

static void assert_walk(const char *command, const char *titles)
{
    for (Str rest = str_of(titles); rest.n_bytes > 0;) {
        Str title = str_cut(&rest, ',');
        fixture_run(&fixture, command);
        if (!str_eq(str_of(fixture_selected(&fixture)), title)) {
            fail_msg("%s: %s is selected, not %.*s", command, fixture_selected(&fixture), STR_ARG(title));
        }
    }
}

static void the_month_opens_where_the_selected_event_is(void **state)
{
    (void)state;
    static const struct {
        const char *title;
        int month;
    } cases[] = { { "осенью", 10 }, { "долго", 6 }, { "весь год", 5 }, { "без даты", 5 }, { "пятого", 5 }, { "дважды", 1 } };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        select_event(cases[i].title);
        fixture_run(&fixture, "view-month");
        assert_int_equal(month_shown(), cases[i].month);
        assert_string_equal(fixture_selected(&fixture), cases[i].title);
        fixture_run(&fixture, "view-events");
        assert_string_equal(fixture_selected(&fixture), cases[i].title); /* looking is not choosing */
    }
}

static void from_the_list_of_plans_today_is_shown(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "b.yaml", str_of("vekha: 1\ntitle: Другой\nevents: [{title: а, when: 12.05.2022}]\n"));
    session_free(fixture.session);
    fixture_open(&fixture, NULL);
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "view-month");
    assert_int_equal(month_shown(), 5);
    assert_string_equal(fixture_selected(&fixture), "а"); /* what comes next, of all plans */
    assert_int_equal(fixture.session->month.n_whole, 1);
    assert_int_equal(fixture.session->month.n_undated, 1);
}

static void days_are_counted_and_the_worst_of_each_is_known(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "go-today");
    const MonthState *month = &fixture.session->month;
    assert_entries("пятого, тоже пятого, до мая, дважды, долго");
    assert_int_equal(month->n_due, 4);
    assert_int_equal(month->n_late, 1);
    assert_int_equal(month->n_spans, 1);
    assert_int_equal(month->days[5].n, 2);
    assert_int_equal(month->days[5].worst.state, STATE_LATE);
    assert_int_equal(month->days[20].worst.state, STATE_SOON);
    assert_int_equal(month->days[6].n, 0);
    assert_string_equal(fixture_selected(&fixture), "до мая"); /* the next from today on */
}

static void an_event_of_times_that_each_take_the_whole_plan_is_one_entry(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "b.yaml",
               STR("vekha: 1\ntitle: Другой\nperiod: 2022\nevents:\n  - {title: дважды в год, when: 2 раза в год}\n"
                   "  - {title: в течение года, when: в течение года}\n"));
    session_free(fixture.session);
    fixture_open(&fixture, "b.yaml");
    select_event("дважды в год");
    fixture_run(&fixture, "view-month");
    const MonthState *month = &fixture.session->month;
    assert_int_equal(month->n_whole, 2);
    assert_entries("дважды в год");
    assert_int_equal(month->entries.at[0].occurrence, SIZE_MAX);
    session_choose_occurrence(fixture.session, 1);
    session_select(fixture.session, fixture.session->file, 0); /* makes the month anew */
    session_choose_occurrence(fixture.session, 1);
    session_filter(fixture.session);
    assert_int_equal(fixture.session->occurrence, 1); /* it is among what the entry stands for */
}

static void what_is_late_is_counted_wherever_it_is_listed(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "b.yaml",
               STR("vekha: 1\ntitle: Другой\nperiod: 2022\nevents:\n  - {title: день, when: 05.03.2022}\n"
                   "  - {title: долго, when: март - апрель}\n"));
    session_free(fixture.session);
    fixture_open(&fixture, "b.yaml");
    select_event("день");
    fixture_run(&fixture, "view-month");
    assert_int_equal(month_shown(), 3);
    assert_int_equal(fixture.session->month.n_due, 1);
    assert_int_equal(fixture.session->month.n_spans, 1);
    assert_int_equal(fixture.session->month.n_late, 2);
}

static void the_cursor_walks_entries_and_days(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "go-today");
    assert_walk("first", "пятого");
    assert_walk("up", "пятого");
    assert_walk("down", "тоже пятого,до мая");
    assert_walk("section-up", "пятого,пятого");
    assert_walk("section-down", "до мая,дважды,долго,долго");
    assert_walk("section-up", "дважды");
    assert_walk("last", "долго");
    fixture.session->page_rows = 3;
    assert_walk("page-up", "до мая,пятого");
    assert_walk("page-down", "до мая,долго,долго");
}

static void stepping_months_keeps_the_event_as_long_as_it_is_there(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "go-today");
    assert_walk("last", "долго");
    assert_walk("scroll-right", "долго,дважды");
    assert_int_equal(month_shown(), 7);
    assert_int_equal(fixture.session->occurrence, 6); /* July's */
    fixture_run(&fixture, "go-today");
    assert_int_equal(month_shown(), 5);
}

static void a_month_without_anything_has_no_event_to_mark(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-month");
    fixture.session->month.shown += 5 * DATE_MONTHS_PER_YEAR;
    fixture_run(&fixture, "scroll-right");
    assert_null(session_entry(fixture.session));
    fixture_run(&fixture, "mark");
    assert_string_equal(fixture_said(&fixture), "здесь нет мероприятий");
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "view-events");
    assert_string_equal(fixture_selected(&fixture), "дважды"); /* as it was */
}

static void months_end_with_the_calendar(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-month");
    fixture.session->month.shown = DATE_MAX_YEAR * DATE_MONTHS_PER_YEAR + 11;
    fixture_run(&fixture, "scroll-right");
    assert_int_equal(month_shown(), 12);
    fixture.session->month.shown = DATE_MIN_YEAR * DATE_MONTHS_PER_YEAR;
    fixture_run(&fixture, "scroll-left");
    assert_int_equal(month_shown(), 1);
}

/* The mark of that occurrence in the file as it was read anew. */
static Status mark_at(const char *at)
{
    const Mark *mark = event_mark_at(&session_file(fixture.session)->plan->events.at[0], str_of(at));
    return mark == NULL ? STATUS_PLANNED : mark->status;
}

static void a_mark_is_of_the_occurrence_under_the_cursor(void **state)
{
    (void)state;
    select_event("дважды");
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "scroll-right"); /* February */
    fixture_run(&fixture, "mark");
    assert_int_equal(mark_at("2022-02"), STATUS_DONE);
    assert_int_equal(mark_at("2022-01"), STATUS_PLANNED);
    assert_int_equal(fixture.session->occurrence, 1); /* the cursor is still on it */
    fixture_run(&fixture, "scroll-right");
    fixture_run(&fixture, "mark");
    fixture_run(&fixture, "scroll-left");
    fixture_run(&fixture, "mark"); /* not the last change: its mark alone goes */
    assert_int_equal(mark_at("2022-02"), STATUS_PLANNED);
    assert_int_equal(mark_at("2022-03"), STATUS_DONE);
    fixture_run(&fixture, "status");
    assert_int_equal(fixture.session->overlay, OVERLAY_STATUS);
    fixture_run(&fixture, "status-confirmed");
    assert_int_equal(mark_at("2022-02"), STATUS_CONFIRMED);
    fixture_run(&fixture, "mark");
    assert_string_equal(fixture_said(&fixture), "«дважды» — подтверждено; изменить это — F2");
}

static void in_another_view_no_occurrence_is_chosen(void **state)
{
    (void)state;
    select_event("дважды");
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "scroll-right");
    fixture_run(&fixture, "view-events");
    assert_true(fixture.session->occurrence == SIZE_MAX);
    fixture_run(&fixture, "mark"); /* the earliest open one, as ever */
    assert_int_equal(mark_at("2022-01"), STATUS_DONE);
}

static void what_leaves_the_filter_leaves_the_month_and_the_cursor_stays_in_place(void **state)
{
    (void)state;
    select_event("тоже пятого");
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "only-late");
    assert_entries("тоже пятого, дважды"); /* which is late, though not in May */
    fixture_run(&fixture, "mark");
    assert_entries("дважды");
    assert_int_equal(month_shown(), 5);
    assert_string_equal(fixture_selected(&fixture), "дважды");
    fixture_run(&fixture, "undo");
    assert_string_equal(fixture_selected(&fixture), "тоже пятого");
}

static void what_was_undone_or_found_comes_into_view(void **state)
{
    (void)state;
    select_event("осенью");
    fixture_run(&fixture, "view-month");
    fixture_run(&fixture, "mark");
    fixture_run(&fixture, "go-today");
    fixture_run(&fixture, "undo");
    assert_int_equal(month_shown(), 10);
    assert_string_equal(fixture_selected(&fixture), "осенью");
    session_search(fixture.session, STR("до мая"));
    assert_int_equal(month_shown(), 5);
    assert_string_equal(fixture_selected(&fixture), "до мая");
    session_search(fixture.session, STR("без даты"));
    assert_entries("пятого, тоже пятого, до мая, дважды, долго, без даты");
    assert_string_equal(fixture_selected(&fixture), "без даты");
}

static void anothers_change_keeps_the_event_under_the_cursor(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    select_event("до мая");
    fixture_run(&fixture, "view-month");
    strbuf_add(&text, str_of(plan));
    size_t at = str_find(strbuf_str(&text), STR("  - {title: дважды"), 0);
    strbuf_splice(&text, at, at, STR("  - {title: новое, when: 02.05.2022}\n"));
    temp_write(&fixture.temp, "a.yaml", strbuf_str(&text));
    assert_true(session_tick(fixture.session));
    assert_entries("новое, пятого, тоже пятого, до мая, дважды, долго");
    assert_string_equal(fixture_selected(&fixture), "до мая");
    strbuf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_month_opens_where_the_selected_event_is, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(from_the_list_of_plans_today_is_shown, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(days_are_counted_and_the_worst_of_each_is_known, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(an_event_of_times_that_each_take_the_whole_plan_is_one_entry, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(what_is_late_is_counted_wherever_it_is_listed, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(the_cursor_walks_entries_and_days, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(stepping_months_keeps_the_event_as_long_as_it_is_there, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_month_without_anything_has_no_event_to_mark, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(months_end_with_the_calendar, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_mark_is_of_the_occurrence_under_the_cursor, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(in_another_view_no_occurrence_is_chosen, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(what_leaves_the_filter_leaves_the_month_and_the_cursor_stays_in_place, open_plan,
                                        close_plan),
        cmocka_unit_test_setup_teardown(what_was_undone_or_found_comes_into_view, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(anothers_change_keeps_the_event_under_the_cursor, open_plan, close_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
