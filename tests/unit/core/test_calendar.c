#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/core/calendar.h"

static Span span_of(Str text)
{
    Span span;
    assert_true(span_parse(text, &span));
    return span;
}

static void assert_window(MonthDays days, int year, Str expected)
{
    Span got = calendar_window(days, year);
    Span want = span_of(expected);
    assert_int_equal(got.first, want.first);
    assert_int_equal(got.last, want.last);
}

static void the_default_quarters_fill_the_school_year(void **state)
{
    (void)state;
    const Calendar *calendar = calendar_default();
    assert_window(calendar->school_year, 2022, STR("2022-09-01/2023-05-31"));
    assert_window(calendar->quarters[0], 2022, STR("2022-09-01/2022-10-31"));
    assert_window(calendar->quarters[2], 2023, STR("2023-01-01/2023-03-31"));
    assert_window(calendar->halves[1], 2023, STR("2023-01-01/2023-05-31"));
    assert_window(calendar->vacations[VACATION_WINTER], 2022, STR("2022-12-29/2023-01-08"));
}

static void the_29th_of_february_is_the_last_day_of_a_common_february(void **state)
{
    (void)state;
    assert_window((MonthDays){ 1201, 229 }, 2022, STR("2022-12-01/2023-02-28"));
    assert_window((MonthDays){ 1201, 229 }, 2023, STR("2023-12-01/2024-02-29"));
}

static void a_window_past_the_end_of_time_has_no_day(void **state)
{
    (void)state;
    assert_int_equal(calendar_window((MonthDays){ 1201, 229 }, DATE_MAX_YEAR).last, 0);
    assert_int_equal(calendar_window((MonthDays){ 901, 531 }, 0).first, 0);
}

static void days_of_a_window_are_two_months_and_days(void **state)
{
    (void)state;
    MonthDays days;
    assert_true(calendar_parse_days(STR("09-01/10-31"), &days));
    assert_int_equal(days.first, 901);
    assert_int_equal(days.last, 1031);
    assert_true(calendar_parse_days(STR("12-29/02-29"), &days));
    const Str wrong[] = { STR_INIT(""),           STR_INIT("09-01"),       STR_INIT("09-01/"),       STR_INIT("09-31/10-01"),
                          STR_INIT("9-1/10-1"),   STR_INIT("13-01/01-01"), STR_INIT("09-01/10-31/"), STR_INIT("09.01/10.31"),
                          STR_INIT("02-30/03-01") };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        assert_false(calendar_parse_days(wrong[i], &days));
    }
}

static void a_school_year_begins_in_autumn_and_ends_in_the_next_year(void **state)
{
    (void)state;
    assert_true(calendar_is_school_year(span_of(STR("2022-09-01/2023-08-31"))));
    assert_true(calendar_is_school_year(span_of(STR("2022-07/2023-08"))));
    assert_true(calendar_is_school_year(span_of(STR("2022-10/2023-05"))));
    assert_false(calendar_is_school_year(span_of(STR("2023"))));
    assert_false(calendar_is_school_year(span_of(STR("2022-09/2022-12"))));
    assert_false(calendar_is_school_year(span_of(STR("2022-11/2023-05"))));
    assert_false(calendar_is_school_year(span_of(STR("2022-07/2023-09"))));
    assert_false(calendar_is_school_year((Span){ 0 }));
}

static Day at(int year, int month, int day)
{
    return day_of(year, month, day);
}

static void weekends_and_the_holidays_of_the_labour_code_are_days_off(void **state)
{
    (void)state;
    const Calendar *calendar = calendar_default();
    assert_int_equal(calendar_day_kind(calendar, at(2022, 9, 9)), DAY_WORKING);
    assert_int_equal(calendar_day_kind(calendar, at(2022, 9, 10)), DAY_WEEKEND);
    assert_int_equal(calendar_day_kind(calendar, at(2022, 9, 11)), DAY_WEEKEND);
    static const MonthDay holidays[] = { 101, 104, 108, 223, 308, 501, 509, 612, 1104 };
    for (size_t i = 0; i < COUNTOF(holidays); i++) {
        assert_int_equal(calendar_day_kind(calendar, at(2023, holidays[i] / 100, holidays[i] % 100)), DAY_HOLIDAY);
    }
    assert_int_equal(calendar_day_kind(calendar, at(2023, 1, 9)), DAY_WORKING);
}

static void a_calendar_says_which_other_days_are_off_or_worked(void **state)
{
    (void)state;
    Span holidays[] = { span_of(STR("2023-05-06/2023-05-09")), span_of(STR("2023-02-24")),
                        span_of(STR("2023-05-08/2023-05-10")) };
    Span workdays[] = { span_of(STR("2023-03-18")) };
    Calendar calendar = *calendar_default();
    size_t n = calendar_order_days(holidays, COUNTOF(holidays));
    assert_int_equal(n, 2);
    assert_int_equal(holidays[1].first, at(2023, 5, 6));
    assert_int_equal(holidays[1].last, at(2023, 5, 10));
    calendar.holidays = (DayList){ holidays, n };
    calendar.workdays = (DayList){ workdays, 1 };
    calendar.given = 1U << CALENDAR_KEY_HOLIDAYS | 1U << CALENDAR_KEY_WORKDAYS;
    assert_int_equal(calendar_day_kind(&calendar, at(2023, 2, 24)), DAY_HOLIDAY);
    assert_int_equal(calendar_day_kind(&calendar, at(2023, 5, 10)), DAY_HOLIDAY);
    assert_int_equal(calendar_day_kind(&calendar, at(2023, 5, 11)), DAY_WORKING);
    assert_int_equal(calendar_day_kind(&calendar, at(2023, 2, 23)), DAY_WORKING); /* its own list is the whole list */
    assert_int_equal(calendar_day_kind(&calendar, at(2023, 3, 18)), DAY_WORKING);
    assert_int_equal(calendar_next_working(&calendar, at(2023, 5, 9), 1), at(2023, 5, 11));
    assert_int_equal(calendar_next_working(&calendar, at(2023, 5, 9), -1), at(2023, 5, 5));
}

static void a_calendar_without_a_working_day_has_no_nearest_one(void **state)
{
    (void)state;
    Span always = { 1, at(9999, 12, 31) };
    Calendar calendar = *calendar_default();
    calendar.holidays = (DayList){ &always, 1 };
    calendar.given = 1U << CALENDAR_KEY_HOLIDAYS;
    assert_int_equal(calendar_next_working(&calendar, at(2023, 5, 9), 1), 0);
    assert_int_equal(calendar_next_working(&calendar, 1, -1), 0);
    assert_int_equal(calendar_next_working(calendar_default(), at(9999, 12, 31), 1), 0);
}

static void windows_in_order_follow_one_another_within_a_year(void **state)
{
    (void)state;
    const Calendar *calendar = calendar_default();
    assert_true(calendar_in_order(calendar->quarters, CALENDAR_QUARTERS));
    assert_true(calendar_in_order(calendar->trimesters, CALENDAR_TRIMESTERS));
    assert_true(calendar_in_order(calendar->halves, CALENDAR_HALVES));
    static const MonthDays wrong[][2] = {
        { { 901, 1031 }, { 1031, 1231 } }, /* one day in both */
        { { 901, 831 }, { 901, 831 } },    /* the same */
        { { 901, 901 }, { 801, 1001 } },   /* into the next one */
        { { 901, 831 }, { 101, 201 } },    /* inside */
    };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        assert_false(calendar_in_order(wrong[i], 2));
    }
}

static void what_was_not_said_is_taken_from_below_key_by_key(void **state)
{
    (void)state;
    Calendar own = *calendar_default();
    Calendar below = *calendar_default();
    own.vacations[VACATION_AUTUMN] = (MonthDays){ 1001, 1007 };
    own.given = 1U << (CALENDAR_KEY_VACATION + VACATION_AUTUMN);
    below.vacations[VACATION_AUTUMN] = (MonthDays){ 1101, 1107 };
    below.vacations[VACATION_SPRING] = (MonthDays){ 401, 407 };
    below.weeks_from_monday = true;
    below.given = 1U << (CALENDAR_KEY_VACATION + VACATION_AUTUMN) | 1U << (CALENDAR_KEY_VACATION + VACATION_SPRING) |
                  1U << CALENDAR_KEY_WEEKS;
    calendar_fill(&own, &below);
    assert_int_equal(own.vacations[VACATION_AUTUMN].first, 1001);
    assert_int_equal(own.vacations[VACATION_SPRING].first, 401);
    assert_int_equal(own.vacations[VACATION_SUMMER].first, 601);
    assert_true(own.weeks_from_monday);
    assert_int_equal(own.given, below.given);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weekends_and_the_holidays_of_the_labour_code_are_days_off),
        cmocka_unit_test(a_calendar_says_which_other_days_are_off_or_worked),
        cmocka_unit_test(a_calendar_without_a_working_day_has_no_nearest_one),
        cmocka_unit_test(windows_in_order_follow_one_another_within_a_year),
        cmocka_unit_test(what_was_not_said_is_taken_from_below_key_by_key),
        cmocka_unit_test(the_default_quarters_fill_the_school_year),
        cmocka_unit_test(the_29th_of_february_is_the_last_day_of_a_common_february),
        cmocka_unit_test(a_window_past_the_end_of_time_has_no_day),
        cmocka_unit_test(days_of_a_window_are_two_months_and_days),
        cmocka_unit_test(a_school_year_begins_in_autumn_and_ends_in_the_next_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
