#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "vekha/base/clock.h"

enum { HOUR_MS = 3600 * 1000 };

static void set_zone(const char *zone)
{
    (void)setenv("TZ", zone, 1);
    tzset();
}

static void assert_time(long long ms, int year, int month, int day, int hour, int minute)
{
    ClockTime at = clock_local(ms);
    assert_int_equal(at.day.year, year);
    assert_int_equal(at.day.month, month);
    assert_int_equal(at.day.day, day);
    assert_int_equal(at.hour, hour);
    assert_int_equal(at.minute, minute);
}

static void a_moment_has_another_day_farther_east(void **state)
{
    (void)state;
    const long long evening = 21LL * HOUR_MS + HOUR_MS / 2; /* 1970-01-01T21:30Z */
    set_zone("UTC0");
    assert_time(evening, 1970, 1, 1, 21, 30);
    set_zone("EAST-10");
    assert_time(evening, 1970, 1, 2, 7, 30);
    set_zone("UTC0");
    assert_time(-1, 1969, 12, 31, 23, 59);
}

static void a_day_begins_when_it_does_here(void **state)
{
    (void)state;
    set_zone("EAST-10");
    assert_int_equal(clock_day_begin((ClockDay){ 1970, 1, 2 }), 14LL * HOUR_MS);
    set_zone("UTC0");
    assert_int_equal(clock_day_begin((ClockDay){ 1970, 1, 2 }), 24LL * HOUR_MS);
    assert_time(clock_day_begin((ClockDay){ 1, 1, 1 }), 1, 1, 1, 0, 0);
    assert_time(clock_day_begin((ClockDay){ 9999, 12, 31 }), 9999, 12, 31, 0, 0);
}

static void now_is_today(void **state)
{
    (void)state;
    ClockDay today = clock_today();
    ClockTime now = clock_local(clock_utc_ms());
    ClockDay after = clock_today();
    assert_true(now.day.day == today.day || now.day.day == after.day); /* midnight may be between */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_has_another_day_farther_east),
        cmocka_unit_test(a_day_begins_when_it_does_here),
        cmocka_unit_test(now_is_today),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
