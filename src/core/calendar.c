#include "vekha/core/calendar.h"

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
