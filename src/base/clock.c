#include "vekha/base/clock.h"

#include <time.h>

enum { TM_YEAR_0 = 1900, MS = 1000 };

static ClockTime local_time(time_t moment)
{
    struct tm local = { 0 };
    (void)localtime_r(&moment, &local);
    return (ClockTime){ { local.tm_year + TM_YEAR_0, local.tm_mon + 1, local.tm_mday }, local.tm_hour, local.tm_min };
}

ClockDay clock_today(void)
{
    return local_time(time(NULL)).day;
}

long long clock_utc_s(void)
{
    return (long long)time(NULL);
}

long long clock_ms(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * MS + now.tv_nsec / 1000000;
}

void clock_pause(int ms)
{
    const struct timespec pause = { .tv_sec = ms / MS, .tv_nsec = ms % MS * 1000000L };
    (void)nanosleep(&pause, NULL); /* a signal may end it: who waits looks again anyway */
}

long long clock_utc_ms(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_REALTIME, &now);
    return (long long)now.tv_sec * MS + now.tv_nsec / 1000000;
}

ClockTime clock_local(long long utc_ms)
{
    long long seconds = utc_ms / MS - (utc_ms % MS < 0);
    return local_time((time_t)seconds);
}

long long clock_day_begin(ClockDay day)
{
    return clock_moment((ClockTime){ .day = day });
}

long long clock_moment(ClockTime time)
{
    struct tm local = { .tm_year = time.day.year - TM_YEAR_0, .tm_mon = time.day.month - 1, .tm_mday = time.day.day };
    local.tm_hour = time.hour;
    local.tm_min = time.minute;
    local.tm_isdst = -1;
    return (long long)mktime(&local) * MS;
}
