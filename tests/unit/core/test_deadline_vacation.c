#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/deadline.h"

/* «каникулы» of no season: those of the plan. */

static void read_in(const Calendar *calendar, Str period, Str phrase, StrBuf *canonical, StrBuf *words)
{
    Arena arena = { 0 };
    Deadline deadline;
    DeadlineContext context = { .calendar = calendar };
    strbuf_clear(canonical);
    strbuf_clear(words);
    assert_true(span_parse(period, &context.period));
    deadline_read(phrase, &context, &arena, &deadline);
    assert_int_equal(deadline.warnings, 0);
    deadline_add_canonical(canonical, &deadline);
    deadline_add_words(words, LANG_RU, &deadline, &context, phrase);
    arena_done(&arena);
}

static void vacations_are_those_that_lie_in_the_plan(void **state)
{
    (void)state;
    StrBuf got = { 0 };
    StrBuf words = { 0 };
    Calendar own = *calendar_default();
    own.vacations[VACATION_AUTUMN] = (MonthDays){ 1031, 1106 };
    read_in(&own, STR("2022-09-01/2023-05-31"), STR("в каникулярное время"), &got, &words);
    assert_string_equal(strbuf_z(&got), "{2022-10-31/2022-11-06,2022-12-29/2023-01-08,2023-03-24/2023-04-01}");
    assert_string_equal(strbuf_z(&words),
                        "31 октября – 6 ноября 2022 г., 7 дней; 29 декабря 2022 г. – 8 января 2023 г., 11 дней; "
                        "24 марта – 1 апреля 2023 г., 9 дней");
    read_in(&own, STR("2022-09-01/2022-12-15"), STR("в каникулы"), &got, &words);
    assert_string_equal(strbuf_z(&got), "2022-10-31/2022-11-06");
    read_in(&own, STR("2022-09-01/2022-09-30"), STR("в каникулы"), &got, &words);
    assert_string_equal(strbuf_z(&got), "text");
    strbuf_done(&got);
    strbuf_done(&words);
}

static void vacations_of_every_year_recur(void **state)
{
    (void)state;
    StrBuf got = { 0 };
    StrBuf words = { 0 };
    read_in(NULL, STR("2022-09-01/2023-05-31"), STR("каждые каникулы"), &got, &words);
    assert_string_equal(strbuf_z(&got), "R/2022-09-01/2023-05-31/P1Y/{--03-24/--04-01,--10-28/--11-05,--12-29/--01-08}");
    assert_string_equal(strbuf_z(&words),
                        "каждый год, 24 марта – 1 апреля, 28 октября – 5 ноября, 29 декабря – 8 января, с сентября "
                        "2022 по май 2023 г., 3 раза");
    strbuf_done(&got);
    strbuf_done(&words);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(vacations_are_those_that_lie_in_the_plan),
        cmocka_unit_test(vacations_of_every_year_recur),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
