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

/** Waits that long. */
void clock_pause(int ms);

/** A moment in the local time zone. */
typedef struct ClockTime {
    ClockDay day;
    int hour, minute;
} ClockTime;

/** Now, in milliseconds since 1970-01-01 UTC; it goes back when somebody sets the clock back. */
long long clock_utc_ms(void);
/** Where the hands stood at that moment. */
ClockTime clock_local(long long utc_ms);
/** The first moment of that local day, as clock_utc_ms() counts. */
long long clock_day_begin(ClockDay day);

/** That moment in the local time zone, as clock_utc_ms() counts; where clocks were set forward or back over it, one near it. */
long long clock_moment(ClockTime local);

#endif
