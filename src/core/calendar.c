#include "vekha/core/calendar.h"

#include <stdlib.h>
#include <string.h>

const Calendar *calendar_default(void)
{
    static const Calendar school = {
        .school_year = { 901, 531 },
        .quarters = { { 901, 1031 }, { 1101, 1231 }, { 101, 331 }, { 401, 531 } },
        .trimesters = { { 901, 1130 }, { 1201, 229 }, { 301, 531 } },
        .halves = { { 901, 1231 }, { 101, 531 } },
        .vacations = {
            [VACATION_AUTUMN] = { 1028, 1105 },
            [VACATION_WINTER] = { 1229, 108 },
            [VACATION_SPRING] = { 324, 401 },
            [VACATION_SUMMER] = { 601, 831 },
        },
    };
    return &school;
}

static bool parse_month_day(Str text, MonthDay *out)
{
    enum { LEAP_YEAR = 2000 };
    int month;
    int day;
    if (text.n_bytes != 5 || text.at[2] != '-' || !str_to_uint(str_sub(text, 0, 2), &month) ||
        !str_to_uint(str_from(text, 3), &day) || day_of(LEAP_YEAR, month, day) == 0) {
        return false;
    }
    *out = month * 100 + day;
    return true;
}

bool calendar_parse_days(Str text, MonthDays *out)
{
    Str rest = text;
    Str first = str_cut(&rest, '/');
    MonthDays days;
    if (!parse_month_day(first, &days.first) || !parse_month_day(rest, &days.last)) {
        return false;
    }
    *out = days;
    return true;
}

/* How far into the year that begins with that day. */
static int months_since(MonthDay day, MonthDay begin)
{
    enum { YEAR = 1200 };
    return day >= begin ? day - begin : day - begin + YEAR;
}

bool calendar_in_order(const MonthDays *windows, int n)
{
    int before = -1;
    for (int i = 0; i < n; i++) {
        int first = months_since(windows[i].first, windows[0].first);
        int last = months_since(windows[i].last, windows[0].first);
        if (first <= before || last < first) {
            return false;
        }
        before = last;
    }
    return true;
}

static int by_first_day(const void *left, const void *right)
{
    const Span *a = left;
    const Span *b = right;
    return (a->first > b->first) - (a->first < b->first);
}

size_t calendar_order_days(Span *days, size_t n)
{
    size_t kept = 0;
    if (n > 1) {
        qsort(days, n, sizeof *days, by_first_day);
    }
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && days[i].first <= days[kept - 1].last + 1) {
            days[kept - 1].last = days[i].last > days[kept - 1].last ? days[i].last : days[kept - 1].last;
        } else {
            days[kept++] = days[i];
        }
    }
    return kept;
}

static void take_key(Calendar *to, const Calendar *from, CalendarKey key)
{
    switch (key) {
    case CALENDAR_KEY_SCHOOL_YEAR:
        to->school_year = from->school_year;
        break;
    case CALENDAR_KEY_QUARTERS:
        memcpy(to->quarters, from->quarters, sizeof to->quarters);
        break;
    case CALENDAR_KEY_TRIMESTERS:
        memcpy(to->trimesters, from->trimesters, sizeof to->trimesters);
        break;
    case CALENDAR_KEY_HALVES:
        memcpy(to->halves, from->halves, sizeof to->halves);
        break;
    case CALENDAR_KEY_WEEKS:
        to->weeks_from_monday = from->weeks_from_monday;
        break;
    case CALENDAR_KEY_HOLIDAYS:
        to->holidays = from->holidays;
        break;
    case CALENDAR_KEY_WORKDAYS:
        to->workdays = from->workdays;
        break;
    default: /* the four vacations */
        to->vacations[key - CALENDAR_KEY_VACATION] = from->vacations[key - CALENDAR_KEY_VACATION];
        break;
    }
}

void calendar_fill(Calendar *calendar, const Calendar *below)
{
    for (int key = 0; key < CALENDAR_KEY_COUNT; key++) {
        if ((calendar->given & 1U << key) == 0) {
            take_key(calendar, below, (CalendarKey)key);
        }
    }
    calendar->given |= below->given;
}

static bool list_has(const DayList *list, Day day)
{
    size_t from = 0;
    size_t to = list->n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (list->at[middle].last < day) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < list->n && list->at[from].first <= day;
}

/* Article 112 of the Labour Code. */
static bool is_public_holiday(Day day)
{
    static const MonthDays holidays[] = { { 101, 108 }, { 223, 223 }, { 308, 308 },  { 501, 501 },
                                          { 509, 509 }, { 612, 612 }, { 1104, 1104 } };
    Civil civil = day_civil(day);
    MonthDay here = civil.month * 100 + civil.day;
    for (size_t i = 0; i < COUNTOF(holidays); i++) {
        if (here >= holidays[i].first && here <= holidays[i].last) {
            return true;
        }
    }
    return false;
}

DayKind calendar_day_kind(const Calendar *calendar, Day day)
{
    enum { SATURDAY = 6 };
    bool has_own = (calendar->given & 1U << CALENDAR_KEY_HOLIDAYS) != 0;
    if (list_has(&calendar->workdays, day)) {
        return DAY_WORKING;
    }
    if (has_own ? list_has(&calendar->holidays, day) : is_public_holiday(day)) {
        return DAY_HOLIDAY;
    }
    return day_weekday(day) >= SATURDAY ? DAY_WEEKEND : DAY_WORKING;
}

Day calendar_next_working(const Calendar *calendar, Day day, int step)
{
    enum { FAR_DAYS = 31 };
    for (int i = 1; i <= FAR_DAYS; i++) {
        Day next = day + i * step;
        if (next >= 1 && day_civil(next).year <= DATE_MAX_YEAR && calendar_day_kind(calendar, next) == DAY_WORKING) {
            return next;
        }
    }
    return 0;
}

static Day day_in_year(MonthDay day, int year)
{
    if (year < DATE_MIN_YEAR || year > DATE_MAX_YEAR) {
        return 0;
    }
    int month = day / 100;
    int last = month_days(year, month);
    return day_of(year, month, day % 100 < last ? day % 100 : last);
}

Span calendar_window(MonthDays days, int year)
{
    return (Span){ day_in_year(days.first, year), day_in_year(days.last, days.last < days.first ? year + 1 : year) };
}

bool calendar_is_school_year(Span period)
{
    enum { JULY = 7, OCTOBER = 10, MAX_MONTHS = 14 };
    if (period.first == 0 || period.last == 0) {
        return false;
    }
    Civil first = day_civil(period.first);
    Civil last = day_civil(period.last);
    int n_months = day_month_index(period.last) - day_month_index(period.first) + 1;
    return first.month >= JULY && first.month <= OCTOBER && last.year == first.year + 1 && n_months <= MAX_MONTHS;
}
