#include "core/deadline_place_priv.h"

/* Moments that recur → where in their frame: «15 числа», «последняя пятница», «вторая декада октября» of every year. */

enum { WEEKS_OF_SEVEN = 4 };

bool moment_recurs(const Moment *moment)
{
    bool is_unit = moment->unit >= UNIT_MONTH && moment->unit <= UNIT_TRIMESTER && moment->n == 0;
    bool is_nth_weekday = moment->unit == UNIT_NONE && moment->part == PART_WEEKDAY && moment->is_every;
    bool is_yearly = moment->year2 != 0 && !moment->is_school;
    if (moment->unit == UNIT_NUMBER) {
        return false; /* its noun never came */
    }
    return moment->unit == UNIT_WEEKDAY || (is_unit && (moment->part != PART_WHOLE || moment->is_every)) || is_nth_weekday ||
           is_yearly || (moment->is_every && (moment->part != PART_WHOLE || moment->n != 0 || moment->unit == UNIT_VACATION));
}

static SelectorPoint day_point(int day)
{
    return (SelectorPoint){ .kind = SEL_DAY, .day = (int8_t)day };
}

static SelectorPoint last_point(int from_end)
{
    return (SelectorPoint){ .kind = SEL_DAY_FROM_END, .day = (int8_t)from_end };
}

static SelectorPoint month_day_point(MonthDay day, bool is_month)
{
    return (
        SelectorPoint){ .kind = is_month ? SEL_MONTH : SEL_MONTH_DAY, .month = (int8_t)(day / 100), .day = (int8_t)(day % 100) };
}

static void set_days(int first, int last, Selector *out)
{
    out->from = day_point(first);
    out->to = last == 0 ? last_point(1) : day_point(last);
}

/* A part of a longer unit that lies in its first month, whatever the unit. */
static bool is_in_first_month(const Moment *moment)
{
    return moment->part_n > 0 && (moment->part == PART_DAY || moment->part == PART_DAYS || moment->part == PART_MONTH_DAY ||
                                  (moment->part == PART_WEEK && moment->part_n <= WEEKS_OF_SEVEN) ||
                                  (moment->part == PART_DECADE && moment->part_n == 1));
}

/* A part of every month. */
static bool part_selector(const Moment *moment, Selector *out)
{
    if (moment->unit >= UNIT_QUARTER && moment->unit <= UNIT_YEAR && !is_in_first_month(moment)) {
        return false; /* days of a longer frame are counted in its first month */
    }
    static const int8_t thirds[][2] = { { 1, 10 }, { 11, 20 }, { 21, 0 } };
    int n = moment->part_n;
    switch ((Part)moment->part) {
    case PART_START:
    case PART_MIDDLE:
    case PART_END:
        set_days(thirds[moment->part - PART_START][0], thirds[moment->part - PART_START][1], out);
        return true;
    case PART_DECADE:
        n = n == NTH_LAST ? 3 : n;
        set_days(thirds[n - 1][0], thirds[n - 1][1], out);
        return true;
    case PART_HALF:
        set_days(n == 1 ? 1 : HALF_DAYS + 1, n == 1 ? HALF_DAYS : 0, out);
        return true;
    case PART_WEEK:
        set_days((n - 1) * DATE_DAYS_PER_WEEK + 1, n <= WEEKS_OF_SEVEN ? n * DATE_DAYS_PER_WEEK : 0, out);
        if (n == NTH_LAST) {
            out->from = last_point(DATE_DAYS_PER_WEEK);
            out->to = last_point(1);
        }
        return true;
    case PART_DAY:
        out->from = n == NTH_LAST ? last_point(1) : day_point(n);
        return true;
    case PART_WEEKDAY:
        out->from = (SelectorPoint){ .kind = SEL_WEEKDAY, .day = moment->part_weekday, .nth = (int8_t)n };
        return true;
    case PART_DAYS:
        out->from = n > 0 ? day_point(1) : last_point(-n);
        out->to = n > 0 ? day_point(n) : last_point(1);
        return n <= MAX_DAY && n >= -MAX_DAY;
    case PART_MONTH_DAY:
        out->from = day_point(n);
        return n > 0;
    case PART_WORKDAY: /* see moment_is_spelled() */
    case PART_WHOLE:
        break;
    }
    return false;
}

/* A day, month, quarter … of every year. */
static bool yearly_selector(const Moment *moment, const DeadlineContext *context, Selector *out)
{
    enum { COMMON_YEAR = 2001, LEAP_YEAR = 2000 };
    Placed placed;
    bool is_leap_day = moment->unit == UNIT_DAY && moment->n == 2 && moment->day == 29;
    if (!moment_place(moment, is_leap_day ? LEAP_YEAR : COMMON_YEAR, context, &placed)) {
        return false;
    }
    bool is_month = placed.from.kind == BOUND_MONTH;
    Civil first = day_civil(placed.days.first);
    Civil last = day_civil(placed.days.last);
    out->from = month_day_point(first.month * 100 + first.day, is_month);
    if (placed.to.kind != BOUND_NONE && placed.days.first != placed.days.last) {
        out->to = month_day_point(last.month * 100 + last.day, is_month);
    }
    return true;
}

bool moment_selector(const Moment *moment, const DeadlineContext *context, Selector *out)
{
    *out = (Selector){ 0 };
    if (moment->unit == UNIT_WEEKDAY || moment->unit == UNIT_TIME) {
        SelectorKind kind = moment->unit == UNIT_TIME ? SEL_TIME : SEL_WEEKDAY;
        out->from = (SelectorPoint){ .kind = (uint8_t)kind, .day = moment->weekday, .time = moment->time };
        if (moment->time2 != 0) {
            out->to = out->from;
            out->to.time = moment->time2;
        }
        return true;
    }
    bool is_year = moment->unit == UNIT_YEAR || moment->unit == UNIT_SCHOOL_YEAR;
    if (moment->n != 0 || moment->unit == UNIT_DAY || (is_year && !moment->is_every)) {
        return yearly_selector(moment, context, out);
    }
    bool is_third = moment->part >= PART_START && moment->part <= PART_END;
    if (is_third && moment->unit != UNIT_MONTH) {
        out->from.kind = (uint8_t)(SEL_START + (moment->part - PART_START));
        return true;
    }
    return part_selector(moment, out);
}
