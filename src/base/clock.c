#include "vekha/base/clock.h"

#include <time.h>

ClockDay clock_today(void)
{
    struct tm local = { 0 };
    time_t now = time(NULL);
    (void)localtime_r(&now, &local);
    return (ClockDay){ local.tm_year + 1900, local.tm_mon + 1, local.tm_mday };
}

long long clock_utc_s(void)
{
    return (long long)time(NULL);
}

long long clock_ms(void)
{
    struct timespec now = { 0 };
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
