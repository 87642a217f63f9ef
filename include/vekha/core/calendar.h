#ifndef VEKHA_CORE_CALENDAR_H
#define VEKHA_CORE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/core/date.h"

enum { CALENDAR_QUARTERS = 4, CALENDAR_TRIMESTERS = 3, CALENDAR_HALVES = 2 };

/** A day of the year without its year, as month × 100 + day: 901 is 1 September. */
typedef int MonthDay;

typedef struct MonthDays {
    MonthDay first, last; /* last before first: it crosses New Year */
} MonthDays;

typedef enum Vacation { VACATION_AUTUMN, VACATION_WINTER, VACATION_SPRING, VACATION_SUMMER, VACATION_COUNT } Vacation;

/** What a plan or its folder can say of the calendar: each of them apart. */
typedef enum CalendarKey {
    CALENDAR_KEY_SCHOOL_YEAR,
    CALENDAR_KEY_QUARTERS,
    CALENDAR_KEY_TRIMESTERS,
    CALENDAR_KEY_HALVES,
    CALENDAR_KEY_VACATION, /* of autumn; the others follow, in the order of Vacation */
    CALENDAR_KEY_WEEKS = CALENDAR_KEY_VACATION + VACATION_COUNT,
    CALENDAR_KEY_HOLIDAYS,
    CALENDAR_KEY_WORKDAYS,
    CALENDAR_KEY_COUNT
} CalendarKey;

/** Days in order, none of them twice: see calendar_order_days(). They belong to whoever made them. */
typedef struct DayList {
    const Span *at;
    size_t n;
} DayList;

/** The school calendar: what «I четверть» or «осенние каникулы» is. Zero is not a calendar: see calendar_default(). */
typedef struct Calendar {
    MonthDays school_year;
    MonthDays quarters[CALENDAR_QUARTERS];
    MonthDays trimesters[CALENDAR_TRIMESTERS];
    MonthDays halves[CALENDAR_HALVES];
    MonthDays vacations[VACATION_COUNT];
    bool weeks_from_monday;     /* «2 неделя марта»: false, days 8 to 14; true, the second Monday-to-Sunday week */
    DayList holidays, workdays; /* days off that are no weekends; days that are worked whatever they are */
    unsigned given;             /* 1 << CalendarKey: what was said; the rest are the defaults */
} Calendar;

/** The defaults of a Russian school: 1 September to 31 May, and so on. */
const Calendar *calendar_default(void);

/** "09-01/10-31"; false if it is anything else, or one of the days is in no year. */
bool calendar_parse_days(Str text, MonthDays *out) MUST_USE;

/** Do the windows follow one another within a year, none into the next one? */
bool calendar_in_order(const MonthDays *windows, int n);
/** Sorts the days and joins those that meet; returns how many spans are left. */
size_t calendar_order_days(Span *days, size_t n);
/** What was not said in calendar is taken from below. Days are shared, not copied. */
void calendar_fill(Calendar *calendar, const Calendar *below);

typedef enum DayKind { DAY_WORKING, DAY_WEEKEND, DAY_HOLIDAY } DayKind;

/** Saturdays and Sundays are weekends; without holidays of its own a calendar has those of the Labour Code, without transfers. */
DayKind calendar_day_kind(const Calendar *calendar, Day day);
/** The nearest working day before (step -1) or after (1) that day, within a month; 0: none. */
Day calendar_next_working(const Calendar *calendar, Day day, int step);

/** The days of a window that begins in that year; its end lies in the next one if it crosses New Year. 02-29 is the month's last
 * day. */
Span calendar_window(MonthDays days, int year);

/**
 * Does the period begin in July to October and end in the following calendar year, within 14
 * months? Then its quarters, half-years and «год» are the school's.
 */
bool calendar_is_school_year(Span period);

#endif
