#include "vekha/core/date.h"

enum { DAYS_PER_400_YEARS = 146097 };

static bool is_leap(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_days(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Days before 1 January of year. */
static Day days_before_year(int year)
{
    int y = year - 1;
    return y * 365 + y / 4 - y / 100 + y / 400;
}

Day day_of(int year, int month, int day)
{
    if (year < DATE_MIN_YEAR || year > DATE_MAX_YEAR || month < 1 || month > DATE_MONTHS_PER_YEAR || day < 1 ||
        day > month_days(year, month)) {
        return 0;
    }
    static const int before_month[] = { 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
    int leap_day = month > 2 && is_leap(year) ? 1 : 0;
    return days_before_year(year) + before_month[month - 1] + leap_day + day;
}

Civil day_civil(Day day)
{
    int year = (int)((long long)day * 400 / DAYS_PER_400_YEARS) + 1;
    while (days_before_year(year) >= day) {
        year--;
    }
    while (days_before_year(year + 1) < day) {
        year++;
    }
    int rest = day - days_before_year(year);
    int month = 1;
    while (rest > month_days(year, month)) {
        rest -= month_days(year, month);
        month++;
    }
    return (Civil){ year, month, rest };
}

int day_weekday(Day day)
{
    return (day + DATE_DAYS_PER_WEEK - 1) % DATE_DAYS_PER_WEEK + 1; /* 0001-01-01 is a Monday */
}

int day_month_index(Day day)
{
    Civil civil = day_civil(day);
    return civil.year * DATE_MONTHS_PER_YEAR + civil.month - 1;
}

Span month_span(int month_index)
{
    int year = month_index / DATE_MONTHS_PER_YEAR;
    int month = month_index % DATE_MONTHS_PER_YEAR + 1;
    return (Span){ day_of(year, month, 1), day_of(year, month, month_days(year, month)) };
}

/* Exactly n digits. */
static bool digits(Str s, size_t n, int *out)
{
    return s.n_bytes == n && str_to_uint(s, out);
}

static bool parse_month(Str text, int *year, int *month)
{
    return text.n_bytes == 7 && text.at[4] == '-' && digits(str_sub(text, 0, 4), 4, year) &&
           digits(str_from(text, 5), 2, month) && *month >= 1 && *month <= DATE_MONTHS_PER_YEAR;
}

bool day_parse(Str text, Day *out)
{
    int year;
    int month;
    int day;
    if (text.n_bytes != 10 || text.at[7] != '-' || !parse_month(str_sub(text, 0, 7), &year, &month) ||
        !digits(str_from(text, 8), 2, &day)) {
        return false;
    }
    Day found = day_of(year, month, day);
    if (found == 0) {
        return false;
    }
    *out = found;
    return true;
}

void day_add_iso(StrBuf *out, Day day)
{
    Civil civil = day_civil(day);
    strbuf_addf(out, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

void day_add_ru(StrBuf *out, Day day)
{
    Civil civil = day_civil(day);
    strbuf_addf(out, "%02d.%02d.%04d", civil.day, civil.month, civil.year);
}

bool span_has(Span span, Day day)
{
    return (span.first == 0 || span.first <= day) && (span.last == 0 || day <= span.last);
}

bool span_meets(Span a, Span b)
{
    return (a.last == 0 || b.first == 0 || b.first <= a.last) && (b.last == 0 || a.first == 0 || a.first <= b.last);
}

/* A year, a month or a day, as the days that it covers. */
static bool parse_bound(Str text, Span *out)
{
    int year;
    int month;
    Day day;
    if (digits(text, 4, &year)) {
        *out = (Span){ day_of(year, 1, 1), day_of(year, 12, 31) };
        return out->first != 0;
    }
    if (parse_month(text, &year, &month)) {
        *out = month_span(year * DATE_MONTHS_PER_YEAR + month - 1);
        return out->first != 0;
    }
    if (day_parse(text, &day)) {
        *out = (Span){ day, day };
        return true;
    }
    return false;
}

bool span_parse(Str text, Span *out)
{
    Str rest = text;
    Str from = str_cut(&rest, '/');
    bool is_pair = from.n_bytes < text.n_bytes;
    Span first;
    Span last;
    if (!parse_bound(from, &first) || !parse_bound(is_pair ? rest : from, &last) || last.last < first.first) {
        return false;
    }
    *out = (Span){ first.first, last.last };
    return true;
}
