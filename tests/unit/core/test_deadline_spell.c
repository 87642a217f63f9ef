#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/deadline.h"

/* What the notation has no selector for is written out, as the plan's own calendar has it. */

static void assert_read(const Calendar *calendar, Str period, Str phrase, const char *canonical)
{
    Arena arena = { 0 };
    StrBuf got = { 0 };
    Deadline deadline;
    DeadlineContext context = { .calendar = calendar };
    assert_true(span_parse(period, &context.period));
    deadline_read(phrase, &context, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    assert_string_equal(strbuf_z(&got), canonical);
    assert_int_equal(deadline.warnings, 0);
    strbuf_done(&got);
    arena_done(&arena);
}

static void a_week_of_every_month_begins_where_the_calendar_says(void **state)
{
    (void)state;
    const Str autumn = STR("2022-09-01/2022-11-30");
    Calendar own = *calendar_default();
    assert_read(&own, autumn, STR("2 неделя каждого месяца"), "R/2022-09-01/2022-11-30/P1M/---08/---14");
    own.weeks_from_monday = true;
    assert_read(&own, autumn, STR("2 неделя каждого месяца"),
                "{2022-09-05/2022-09-11,2022-10-03/2022-10-09,2022-11-07/2022-11-13}");
    assert_read(&own, autumn, STR("вторая неделя ежемесячно"),
                "{2022-09-05/2022-09-11,2022-10-03/2022-10-09,2022-11-07/2022-11-13}");
    assert_read(&own, autumn, STR("первая неделя каждого месяца"),
                "{2022-09-01/2022-09-04,2022-10-01/2022-10-02,2022-11-01/2022-11-06}");
    assert_read(&own, STR("2023-01-01/2023-03-31"), STR("5-я неделя месяца"),
                "{2023-01-23/2023-01-29,2023-02-27/2023-02-28,2023-03-27/2023-03-31}");
}

static void days_of_a_quarter_are_counted_from_its_own_first_day(void **state)
{
    (void)state;
    const Str school = STR("2022-09-01/2023-05-31");
    Calendar own = *calendar_default();
    assert_read(&own, school, STR("первая неделя каждой четверти"), "R/2022-09-01/2023-05-31/P1Q/---01/---07");
    own.quarters[1] = (MonthDays){ 1107, 1228 };
    own.quarters[2] = (MonthDays){ 109, 323 };
    own.quarters[3] = (MonthDays){ 403, 531 };
    assert_read(&own, school, STR("первая неделя каждой четверти"),
                "{2022-09-01/2022-09-07,2022-11-07/2022-11-13,2023-01-09/2023-01-15,2023-04-03/2023-04-09}");
    assert_read(&own, school, STR("последний день четверти"), "{2022-10-31,2022-12-28,2023-03-23,2023-05-31}");
}

static void working_days_are_those_of_the_calendar(void **state)
{
    (void)state;
    Calendar own = *calendar_default();
    Span holiday = { day_of(2023, 3, 1), day_of(2023, 3, 2) };
    Span worked = { day_of(2023, 3, 4), day_of(2023, 3, 4) };
    own.holidays = (DayList){ &holiday, 1 };
    own.workdays = (DayList){ &worked, 1 };
    own.given = 1U << CALENDAR_KEY_HOLIDAYS | 1U << CALENDAR_KEY_WORKDAYS;
    assert_read(NULL, STR("2023"), STR("до 2-го рабочего дня марта"), "../2023-03-02");
    assert_read(&own, STR("2023"), STR("до 2-го рабочего дня марта"), "../2023-03-04");
    assert_read(&own, STR("2023-03-01/2023-04-30"), STR("2-й рабочий день каждого месяца"), "{2023-03-04,2023-04-04}");
}

static void too_many_days_stay_a_recurrence_in_words(void **state)
{
    (void)state;
    assert_read(NULL, STR("2001/2020"), STR("последний рабочий день месяца"), "R/2001/2020/P1M+text");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_week_of_every_month_begins_where_the_calendar_says),
        cmocka_unit_test(days_of_a_quarter_are_counted_from_its_own_first_day),
        cmocka_unit_test(working_days_are_those_of_the_calendar),
        cmocka_unit_test(too_many_days_stay_a_recurrence_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
