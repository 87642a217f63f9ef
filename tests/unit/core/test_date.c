#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/core/date.h"

static void every_day_of_10000_years_goes_there_and_back(void **state)
{
    (void)state;
    Day day = 1;
    int weekday = 1;
    for (int year = DATE_MIN_YEAR; year <= DATE_MAX_YEAR; year++) {
        for (int month = 1; month <= DATE_MONTHS_PER_YEAR; month++) {
            for (int n = 1; n <= month_days(year, month); n++, day++) {
                Civil civil = day_civil(day);
                if (day_of(year, month, n) != day || civil.year != year || civil.month != month || civil.day != n ||
                    day_weekday(day) != weekday) {
                    fail_msg("%d-%d-%d", year, month, n);
                }
                weekday = weekday % DATE_DAYS_PER_WEEK + 1;
            }
        }
    }
}

static void days_that_are_in_no_year_are_none(void **state)
{
    (void)state;
    assert_int_equal(day_of(2023, 2, 29), 0);
    assert_int_equal(day_of(1900, 2, 29), 0);
    assert_int_not_equal(day_of(2000, 2, 29), 0);
    assert_int_equal(day_of(2023, 4, 31), 0);
    assert_int_equal(day_of(2023, 0, 1), 0);
    assert_int_equal(day_of(2023, 13, 1), 0);
    assert_int_equal(day_of(2023, 1, 0), 0);
    assert_int_equal(day_of(0, 1, 1), 0);
    assert_int_equal(day_of(10000, 1, 1), 0);
}

static void known_days_have_their_weekdays(void **state)
{
    (void)state;
    assert_int_equal(day_weekday(day_of(2022, 9, 1)), 4);
    assert_int_equal(day_weekday(day_of(2000, 1, 1)), 6);
    assert_int_equal(day_weekday(day_of(1, 1, 1)), 1);
}

static void months_are_stepped_by_their_index(void **state)
{
    (void)state;
    int december = day_month_index(day_of(2022, 12, 31));
    Span january = month_span(december + 1);
    assert_int_equal(january.first, day_of(2023, 1, 1));
    assert_int_equal(january.last, day_of(2023, 1, 31));
    assert_int_equal(month_span(day_month_index(day_of(2024, 2, 1))).last, day_of(2024, 2, 29));
}

static void a_day_is_written_and_read_as_iso(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    Day day;
    day_add_iso(&out, day_of(2022, 3, 9));
    assert_string_equal(strbuf_z(&out), "2022-03-09");
    assert_true(day_parse(strbuf_str(&out), &day));
    assert_int_equal(day, day_of(2022, 3, 9));
    strbuf_clear(&out);
    day_add_ru(&out, day);
    assert_string_equal(strbuf_z(&out), "09.03.2022");
    strbuf_done(&out);
    const Str wrong[] = { STR_INIT(""),           STR_INIT("2022-3-9"), STR_INIT("2022-02-30"), STR_INIT("2022-03-09 "),
                          STR_INIT("09.03.2022"), STR_INIT("2022-03"),  STR_INIT("0000-01-01"), STR_INIT("2022/03/09") };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        assert_false(day_parse(wrong[i], &day));
    }
}

static void a_period_is_years_months_or_days(void **state)
{
    (void)state;
    static const struct {
        Str text;
        int first[3], last[3];
    } rows[] = {
        { STR_INIT("2022"), { 2022, 1, 1 }, { 2022, 12, 31 } },
        { STR_INIT("2022/2024"), { 2022, 1, 1 }, { 2024, 12, 31 } },
        { STR_INIT("2022-09/2023-02"), { 2022, 9, 1 }, { 2023, 2, 28 } },
        { STR_INIT("2022-09"), { 2022, 9, 1 }, { 2022, 9, 30 } },
        { STR_INIT("2022-09-01/2023-08-31"), { 2022, 9, 1 }, { 2023, 8, 31 } },
    };
    Span span;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        assert_true(span_parse(rows[i].text, &span));
        assert_int_equal(span.first, day_of(rows[i].first[0], rows[i].first[1], rows[i].first[2]));
        assert_int_equal(span.last, day_of(rows[i].last[0], rows[i].last[1], rows[i].last[2]));
    }
    const Str wrong[] = { STR_INIT(""),
                          STR_INIT("2023/2022"),
                          STR_INIT("2022/"),
                          STR_INIT("2022-13"),
                          STR_INIT("2022-09-01/2023-02-30"),
                          STR_INIT("2022/2023/2024"),
                          STR_INIT("учебный год") };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        assert_false(span_parse(wrong[i], &span));
    }
}

static void an_open_end_reaches_without_bound(void **state)
{
    (void)state;
    Span march = { day_of(2022, 3, 1), day_of(2022, 3, 31) };
    assert_true(span_meets((Span){ 0, day_of(2022, 3, 1) }, march));
    assert_false(span_meets((Span){ 0, day_of(2022, 2, 28) }, march));
    assert_true(span_meets((Span){ day_of(2022, 3, 31), 0 }, march));
    assert_false(span_meets((Span){ day_of(2022, 4, 1), 0 }, march));
    assert_true(span_has(march, day_of(2022, 3, 31)));
    assert_false(span_has(march, day_of(2022, 4, 1)));
    assert_true(span_has((Span){ 0 }, day_of(2022, 4, 1)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_of_10000_years_goes_there_and_back),
        cmocka_unit_test(days_that_are_in_no_year_are_none),
        cmocka_unit_test(known_days_have_their_weekdays),
        cmocka_unit_test(months_are_stepped_by_their_index),
        cmocka_unit_test(a_day_is_written_and_read_as_iso),
        cmocka_unit_test(a_period_is_years_months_or_days),
        cmocka_unit_test(an_open_end_reaches_without_bound),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
