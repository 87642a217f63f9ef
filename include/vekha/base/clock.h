#ifndef VEKHA_BASE_CLOCK_H
#define VEKHA_BASE_CLOCK_H

/** The only reader of the clock. */
typedef struct ClockDay {
    int year, month, day;
} ClockDay;

/** Today in the local time zone (TZ, else the system's). */
ClockDay clock_today(void);
/** Seconds since 1970; to be compared with what other runs wrote down. */
long long clock_utc_s(void);
/** Milliseconds of a clock that never goes back; only differences mean something. */
long long clock_ms(void);

#endif
