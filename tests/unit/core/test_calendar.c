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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_default_quarters_fill_the_school_year),
        cmocka_unit_test(the_29th_of_february_is_the_last_day_of_a_common_february),
        cmocka_unit_test(a_window_past_the_end_of_time_has_no_day),
        cmocka_unit_test(days_of_a_window_are_two_months_and_days),
        cmocka_unit_test(a_school_year_begins_in_autumn_and_ends_in_the_next_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
