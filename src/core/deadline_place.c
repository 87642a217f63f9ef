#include "core/deadline_place_priv.h"

/* Moments and years → days: what «вторая декада октября» or «III четверть» is. */

enum { THIRD_DAYS = 10 };

const Calendar *context_calendar(const DeadlineContext *context)
{
    return context->calendar != NULL ? context->calendar : calendar_default();
}

Bound day_bound(Day day)
{
    return (Bound){ .kind = BOUND_DAY, .value = day };
}

static Bound month_bound(Day day)
{
    return (Bound){ .kind = BOUND_MONTH, .value = month_span(day_month_index(day)).first };
}

Span bound_days(const Bound *bound)
{
    switch ((BoundKind)bound->kind) {
    case BOUND_YEAR:
        return (Span){ bound->value, day_of(day_civil(bound->value).year, DATE_MONTHS_PER_YEAR, 31) };
    case BOUND_MONTH:
        return month_span(day_month_index(bound->value));
    case BOUND_DAY:
        return (Span){ bound->value, bound->value };
    case BOUND_NONE:
    case BOUND_OPEN:
    case BOUND_TIME:
    case BOUND_EVENT:
        break;
    }
    return (Span){ 0 };
}

Span item_span(const DeadlineItem *item)
{
    const Bound *last = item->to.kind == BOUND_NONE ? &item->from : &item->to;
    return (Span){ bound_days(&item->from).first, bound_days(last).last };
}

void period_bounds(Span period, Bound *from, Bound *to)
{
    Civil first = day_civil(period.first);
    Civil last = day_civil(period.last);
    bool is_years = first.month == 1 && first.day == 1 && last.month == DATE_MONTHS_PER_YEAR && last.day == 31;
    *from = (Bound){ .kind = is_years ? BOUND_YEAR : BOUND_DAY, .value = period.first };
    *to = (Bound){ .kind = BOUND_DAY, .value = period.last };
    if (is_years && first.year == last.year) {
        *to = (Bound){ .kind = BOUND_NONE };
    } else if (is_years) {
        *to = (Bound){ .kind = BOUND_YEAR, .value = day_of(last.year, 1, 1) };
    } else if (period.first == period.last) {
        *to = (Bound){ .kind = BOUND_NONE };
    }
}

/* A window of months is written in months, one with odd days in days. */
static bool set_window(Span days, bool in_days, Placed *out)
{
    if (days.first == 0 || days.last == 0) {
        return false;
    }
    bool is_months = !in_days && month_span(day_month_index(days.first)).first == days.first &&
                     month_span(day_month_index(days.last)).last == days.last;
    out->days = days;
    out->from = is_months ? month_bound(days.first) : day_bound(days.first);
    out->to = is_months ? month_bound(days.last) : day_bound(days.last);
    if (out->from.kind == out->to.kind && out->from.value == out->to.value) {
        out->to = (Bound){ .kind = BOUND_NONE };
    }
    return true;
}

/* The school's half if the phrase or the plan says so, the calendar's otherwise. */
static MonthDays half_of(const Moment *moment, const DeadlineContext *context)
{
    static const MonthDays halves[] = { { 101, 630 }, { 701, 1231 } };
    bool is_school = moment->is_school || (moment->year == 0 && calendar_is_school_year(context->period));
    return is_school ? context_calendar(context)->halves[moment->n - 1] : halves[moment->n - 1];
}

/* The unit as days of a year without its year; false for what is no such thing. */
static bool unit_window(const Moment *moment, const DeadlineContext *context, MonthDays *out)
{
    static const MonthDays quarters[] = { { 101, 331 }, { 401, 630 }, { 701, 930 }, { 1001, 1231 } };
    static const MonthDays seasons[] = { { 301, 531 }, { 601, 831 }, { 901, 1130 }, { 1201, 229 } };
    static const Vacation vacations[] = { [SEASON_SPRING] = VACATION_SPRING,
                                          [SEASON_SUMMER] = VACATION_SUMMER,
                                          [SEASON_AUTUMN] = VACATION_AUTUMN,
                                          [SEASON_WINTER] = VACATION_WINTER };
    const Calendar *calendar = context_calendar(context);
    int index = moment->n - 1;
    if (moment->unit != UNIT_SCHOOL_YEAR && index < 0) {
        return false;
    }
    switch ((Unit)moment->unit) {
    case UNIT_QUARTER:
        *out = quarters[index];
        return true;
    case UNIT_HALF:
        *out = half_of(moment, context);
        return true;
    case UNIT_SCHOOL_QUARTER:
        *out = calendar->quarters[index];
        return true;
    case UNIT_TRIMESTER:
        *out = calendar->trimesters[index];
        return true;
    case UNIT_SCHOOL_YEAR:
        *out = calendar->school_year;
        return true;
    case UNIT_SEASON:
        *out = seasons[index];
        return true;
    case UNIT_VACATION:
        *out = calendar->vacations[vacations[index]];
        return true;
    default:
        return false;
    }
}

static bool place_day(const Moment *moment, int year, Placed *out)
{
    if (year < DATE_MIN_YEAR || year > DATE_MAX_YEAR || moment->n < 1 || moment->day < 1) {
        return false;
    }
    int last = month_days(year, moment->n);
    out->is_valid_day = moment->day <= last;
    Day day = day_of(year, moment->n, out->is_valid_day ? moment->day : last);
    out->days = (Span){ day, day };
    out->from = day_bound(day);
    out->to = (Bound){ .kind = BOUND_NONE };
    return true;
}

/* The unit itself, without the part of it that is meant. */
static bool place_whole(const Moment *moment, int year, const DeadlineContext *context, Placed *out)
{
    MonthDays window;
    *out = (Placed){ .is_valid_day = true };
    if (year < DATE_MIN_YEAR || year > DATE_MAX_YEAR) {
        return false;
    }
    if (moment->unit == UNIT_DAY) {
        return place_day(moment, year, out);
    }
    if (moment->unit == UNIT_MONTH && moment->n >= 1) {
        return set_window(month_span(year * DATE_MONTHS_PER_YEAR + moment->n - 1), false, out);
    }
    if (moment->unit == UNIT_YEAR) {
        out->from = (Bound){ .kind = BOUND_YEAR, .value = day_of(year, 1, 1) };
        out->days = bound_days(&out->from);
        return true;
    }
    return unit_window(moment, context, &window) && set_window(calendar_window(window, year), moment->unit == UNIT_VACATION, out);
}

static Day month_end(Day day)
{
    return month_span(day_month_index(day)).last;
}

/* «начало», «середина», «конец» of a year of either kind are months. */
static Span ends_of_year(const Moment *moment, Span whole)
{
    int first = day_month_index(whole.first);
    int last = day_month_index(whole.last);
    int middle = moment->unit == UNIT_SCHOOL_YEAR ? day_civil(whole.first).year * DATE_MONTHS_PER_YEAR + 11 : (first + last) / 2;
    switch ((Part)moment->part) {
    case PART_START:
        return month_span(first);
    case PART_MIDDLE:
        return (Span){ month_span(middle).first, month_span(middle + 1).last };
    default:
        return month_span(last);
    }
}

static Span third_of(const Moment *moment, Span whole)
{
    int n_days = whole.last - whole.first + 1;
    bool is_month = n_days <= 31;
    switch ((Part)moment->part) {
    case PART_START:
        return (Span){ whole.first, whole.first + THIRD_DAYS - 1 };
    case PART_MIDDLE: {
        Day first = is_month ? whole.first + THIRD_DAYS : whole.first + n_days / 2 - THIRD_DAYS / 2;
        return (Span){ first, first + THIRD_DAYS - 1 };
    }
    default: {
        Day month_first = month_span(day_month_index(whole.last)).first;
        Day first = month_first + 2 * THIRD_DAYS;
        return (Span){ first <= whole.last && first >= whole.first ? first : whole.last - THIRD_DAYS + 1, whole.last };
    }
    }
}

static Span nth_week(const Moment *moment, Span whole, const Calendar *calendar)
{
    int n = moment->part_n;
    if (n == NTH_LAST) {
        return (Span){ whole.last - DATE_DAYS_PER_WEEK + 1, whole.last };
    }
    Day first = whole.first + (n - 1) * DATE_DAYS_PER_WEEK;
    Day last = first + DATE_DAYS_PER_WEEK - 1;
    if (calendar->weeks_from_monday) {
        Day monday = whole.first - (day_weekday(whole.first) - 1);
        first = n == 1 ? whole.first : monday + (n - 1) * DATE_DAYS_PER_WEEK;
        last = monday + n * DATE_DAYS_PER_WEEK - 1;
    }
    return (Span){ first, last < whole.last ? last : whole.last };
}

static Span nth_weekday(const Moment *moment, Span whole)
{
    int to_weekday = (moment->part_weekday - day_weekday(whole.first) + DATE_DAYS_PER_WEEK) % DATE_DAYS_PER_WEEK;
    Day day = whole.first + to_weekday + (moment->part_n - 1) * DATE_DAYS_PER_WEEK;
    if (moment->part_n == NTH_LAST) {
        day = whole.last - (day_weekday(whole.last) - moment->part_weekday + DATE_DAYS_PER_WEEK) % DATE_DAYS_PER_WEEK;
    }
    return (Span){ day, day };
}

/* One beyond the last if there are not so many. */
static Span nth_workday(const Moment *moment, Span whole, const Calendar *calendar)
{
    bool is_last = moment->part_n == NTH_LAST;
    int step = is_last ? -1 : 1;
    int n = is_last ? 1 : moment->part_n;
    for (Day day = is_last ? whole.last : whole.first; day >= whole.first && day <= whole.last; day += step) {
        n -= calendar_day_kind(calendar, day) == DAY_WORKING ? 1 : 0;
        if (n == 0) {
            return (Span){ day, day };
        }
    }
    return (Span){ whole.last + 1, whole.last + 1 };
}

/* «20 числа последнего месяца квартала»; without a day, the month. */
static Span day_of_inner_month(const Moment *moment, Span whole)
{
    int first = day_month_index(whole.first);
    int last = day_month_index(whole.last);
    int index = moment->part_weekday == NTH_LAST ? last : first + moment->part_weekday - 1;
    Span month = month_span(index <= last ? index : last);
    Day day = month.first + moment->part_n - 1;
    day = day <= month.last ? day : month.last;
    return moment->part_n == 0 ? month : (Span){ day, day };
}

static Span half_days(const Moment *moment, Span whole)
{
    int n_days = whole.last - whole.first + 1;
    Day middle = whole.first + (n_days <= 31 ? HALF_DAYS : n_days / 2) - 1;
    int n_months = day_month_index(whole.last) - day_month_index(whole.first) + 1;
    if (n_months == 3) {
        middle = month_span(day_month_index(whole.first) + 1).first + HALF_DAYS - 1; /* of a quarter, of a season */
    } else if (n_days > 31) {
        middle = month_end(middle - HALF_DAYS); /* whole months, if there are any */
    }
    return moment->part_n == 1 ? (Span){ whole.first, middle } : (Span){ middle + 1, whole.last };
}

static Span part_days(const Moment *moment, Span whole, const DeadlineContext *context)
{
    bool is_year = moment->unit == UNIT_SCHOOL_YEAR || moment->unit == UNIT_YEAR;
    int n = moment->part_n;
    switch ((Part)moment->part) {
    case PART_START:
    case PART_MIDDLE:
    case PART_END:
        return is_year ? ends_of_year(moment, whole) : third_of(moment, whole);
    case PART_HALF:
        return half_days(moment, whole);
    case PART_DECADE:
        if (n == NTH_LAST) {
            return (Span){ month_span(day_month_index(whole.last)).first + 2 * THIRD_DAYS, whole.last };
        }
        return (Span){ whole.first + (n - 1) * THIRD_DAYS, n == 3 ? month_end(whole.first) : whole.first + n * THIRD_DAYS - 1 };
    case PART_WEEK:
        return nth_week(moment, whole, context_calendar(context));
    case PART_WEEKDAY:
        return nth_weekday(moment, whole);
    case PART_DAY: {
        Day day = n == NTH_LAST ? whole.last : whole.first + n - 1;
        return (Span){ day, day };
    }
    case PART_WORKDAY:
        return nth_workday(moment, whole, context_calendar(context));
    case PART_MONTH_DAY:
        return day_of_inner_month(moment, whole);
    case PART_DAYS:
        return n > 0 ? (Span){ whole.first, whole.first + n - 1 } : (Span){ whole.last + n + 1, whole.last };
    case PART_WHOLE:
        break;
    }
    return whole;
}

static bool place_part(const Moment *moment, const DeadlineContext *context, Placed *out)
{
    out->whole = out->days;
    if (moment->part == PART_WHOLE) {
        return true;
    }
    Day end_of_time = day_of(DATE_MAX_YEAR, DATE_MONTHS_PER_YEAR, 31);
    Span days = part_days(moment, out->days, context);
    days.last = days.last > end_of_time ? end_of_time : days.last; /* «начало 31.12.9999» */
    if (days.first > out->days.last || days.last < days.first) {
        out->is_valid_day = false;
        days = (Span){ out->days.last, out->days.last };
    }
    bool is_year = moment->unit == UNIT_SCHOOL_YEAR || moment->unit == UNIT_YEAR;
    bool is_long_half = moment->part == PART_HALF && moment->unit != UNIT_MONTH;
    bool is_month = moment->part == PART_MONTH_DAY && moment->part_n == 0;
    return set_window(days, !is_year && !is_long_half && !is_month, out);
}

bool moment_place_in(const Moment *moment, Span whole, const DeadlineContext *context, Placed *out)
{
    *out = (Placed){ .is_valid_day = true, .days = whole };
    return place_part(moment, context, out);
}

bool moment_place(const Moment *moment, int year, const DeadlineContext *context, Placed *out)
{
    if (!place_whole(moment, year, context, out) || !place_part(moment, context, out)) {
        return false;
    }
    out->from.is_approx = out->to.is_approx = moment->is_approx;
    if (moment->time != 0 && out->from.kind == BOUND_DAY && out->days.first == out->days.last) {
        out->from.time = moment->time;
        if (moment->time2 != 0) {
            out->to = out->from;
            out->to.time = moment->time2;
        }
    }
    return true;
}

int moment_own_year(const Moment *moment, const DeadlineContext *context)
{
    MonthDays window = { 0 };
    if (moment->year == 0 || !moment->is_school || moment->year2 == 0 || moment->unit == UNIT_SCHOOL_YEAR) {
        return moment->year;
    }
    if (moment->unit == UNIT_DAY || moment->unit == UNIT_MONTH) {
        window.first = moment->n * 100 + (moment->unit == UNIT_DAY ? moment->day : 1);
    } else if (!unit_window(moment, context, &window)) {
        return moment->year;
    }
    return window.first >= context_calendar(context)->school_year.first ? moment->year : moment->year2;
}
