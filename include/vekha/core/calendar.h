#ifndef VEKHA_CORE_CALENDAR_H
#define VEKHA_CORE_CALENDAR_H

#include <stdbool.h>

#include "vekha/core/date.h"

enum { CALENDAR_QUARTERS = 4, CALENDAR_TRIMESTERS = 3, CALENDAR_HALVES = 2 };

/** A day of the year without its year, as month × 100 + day: 901 is 1 September. */
typedef int MonthDay;

typedef struct MonthDays {
    MonthDay first, last; /* last before first: it crosses New Year */
} MonthDays;

typedef enum Vacation { VACATION_AUTUMN, VACATION_WINTER, VACATION_SPRING, VACATION_SUMMER, VACATION_COUNT } Vacation;

/** The school calendar: what «I четверть» or «осенние каникулы» is. Zero is not a calendar: see calendar_default(). */
typedef struct Calendar {
    MonthDays school_year;
    MonthDays quarters[CALENDAR_QUARTERS];
    MonthDays trimesters[CALENDAR_TRIMESTERS];
    MonthDays halves[CALENDAR_HALVES];
    MonthDays vacations[VACATION_COUNT];
    bool weeks_from_monday; /* «2 неделя марта»: false, days 8 to 14; true, the second Monday-to-Sunday week */
} Calendar;

/** The defaults of a Russian school: 1 September to 31 May, and so on. */
const Calendar *calendar_default(void);

/** "09-01/10-31"; false if it is anything else, or one of the days is in no year. */
bool calendar_parse_days(Str text, MonthDays *out) MUST_USE;

/** The days of a window that begins in that year; its end lies in the next one if it crosses New Year. 02-29 is the month's last
 * day. */
Span calendar_window(MonthDays days, int year);

/**
 * Does the period begin in July to October and end in the following calendar year, within 14
 * months? Then its quarters, half-years and «год» are the school's.
 */
bool calendar_is_school_year(Span period);

#endif
