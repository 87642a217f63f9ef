#include "core/deadline_place_priv.h"

/* Years that are not written: which occurrence of «март» or «декабрь – январь» the plan means. */

typedef struct Choice {
    Placed from, to;
    Span days;
    bool is_ok;
} Choice;

enum { MAX_YEARS_TRIED = 10 };

static bool is_range(const Clause *clause)
{
    return clause->is_range;
}

/* The days by which an open span is tested: those of its one bound. */
static Span tested_days(const Clause *clause, const Choice *choice)
{
    bool is_bound = clause->mode != MODE_IN && clause->from.part >= PART_START && clause->from.part <= PART_END;
    if (!is_bound) {
        return choice->days;
    }
    Day day = clause->from.part == PART_START ? choice->from.whole.first
              : clause->from.part == PART_END ? choice->from.whole.last
                                              : 0;
    return day == 0 ? choice->days : (Span){ day, day };
}

/* The clause with its first part in that year, its second in to_year, or on or after the start if that is 0. */
static Choice try_years(const Clause *clause, int year, int to_year, const DeadlineContext *context)
{
    Choice choice = { 0 };
    choice.is_ok = moment_place(&clause->from, year, context, &choice.from);
    choice.days = choice.from.days;
    if (!choice.is_ok || !is_range(clause)) {
        return choice;
    }
    int first = to_year != 0 ? to_year : year - 1; /* a school year that began the year before may be the one that ends next */
    int last = to_year != 0 ? to_year : year + 1;
    for (int own = first; own <= last; own++) {
        choice.is_ok = moment_place(&clause->to, own, context, &choice.to);
        if (choice.is_ok && choice.to.days.last >= choice.from.days.first) {
            break;
        }
    }
    choice.days.last = choice.to.days.last;
    return choice;
}

static bool is_inside(Span days, Span period)
{
    return days.first >= period.first && days.last <= period.last;
}

static int distance(Span days, Span period)
{
    return days.last < period.first ? period.first - days.last : days.first - period.last;
}

/* Which of two occurrences is to be taken, when both or neither meet the period. */
static bool is_better(Span days, Span best, Span period, bool meets)
{
    if (meets) {
        return is_inside(days, period) && !is_inside(best, period);
    }
    return distance(days, period) < distance(best, period);
}

/* «август» in a plan from 1 September to 31 August may well be the one before it. */
static bool is_disputed_august(const Clause *clause, Span period)
{
    enum { AUGUST = 8, SEPTEMBER = 9 };
    const Moment *moment = &clause->from;
    Civil first = day_civil(period.first);
    Civil last = day_civil(period.last);
    bool is_full_year =
        first.month == SEPTEMBER && first.day == 1 && last.month == AUGUST && last.day == 31 && last.year == first.year + 1;
    return is_full_year && !clause->is_range && moment->n == AUGUST &&
           (moment->unit == UNIT_DAY ||
            (moment->unit == UNIT_MONTH &&
             (moment->part == PART_WHOLE || moment->part == PART_WEEKDAY || moment->part == PART_DAY)));
}

static Choice search(const Clause *clause, const DeadlineContext *context, DeadlineWarnings *warnings)
{
    Span period = context->period;
    Choice best = { 0 };
    int n_met = 0;
    bool best_is_valid = false;
    int year = day_civil(period.first).year - 1;
    int last = day_civil(period.last).year + 1;
    for (int i = 0; i < MAX_YEARS_TRIED && year <= last; i++, year++) {
        Choice choice = try_years(clause, year, 0, context);
        if (!choice.is_ok) {
            continue;
        }
        Span days = tested_days(clause, &choice);
        bool is_valid = choice.from.is_valid_day && (!clause->is_range || choice.to.is_valid_day);
        bool meets = span_meets(days, period);
        bool is_first = !best.is_ok || (meets && n_met == 0) || (meets && is_valid && !best_is_valid);
        n_met += meets && (is_valid || !best_is_valid) ? 1 : 0;
        if (is_first ||
            (meets == (n_met > 0) && is_better(days, tested_days(clause, &best), period, meets) && is_valid >= best_is_valid)) {
            best = choice;
            best_is_valid = is_valid;
        }
    }
    if (n_met > 1 || is_disputed_august(clause, period)) {
        warn(warnings, DEADLINE_AMBIGUOUS);
    }
    return best;
}

/* The end before the start, as it is written? Then the year is not what is wrong with it. */
static bool is_reversed(const Clause *clause, int from_year, int to_year, const Choice *choice)
{
    const Moment *from = &clause->from;
    const Moment *to = &clause->to;
    if (!clause->is_range) {
        return false;
    }
    if (from_year != 0 && to_year != 0) {
        return choice->days.last < choice->from.days.first;
    }
    return from->unit == UNIT_DAY && to->unit == UNIT_DAY && from->n == to->n && from->day > to->day;
}

static int length(const Choice *choice)
{
    return choice->days.last - choice->days.first;
}

static void consider(Choice choice, Span period, Choice *best)
{
    bool is_right = choice.is_ok && choice.days.last >= choice.days.first;
    bool is_in = is_right && is_inside(choice.days, period);
    bool best_in = best->is_ok && is_inside(best->days, period);
    if (is_right && (!best->is_ok || (is_in && !best_in) || (is_in == best_in && length(&choice) < length(best)))) {
        *best = choice;
    }
}

/* End in the start's year, in the year after, ends swapped: what lies in the plan, the shortest. */
static Choice unreverse(Clause *clause, int year, int to_year, const DeadlineContext *context, DeadlineWarnings *warnings)
{
    Choice best = { 0 };
    Clause swapped = *clause;
    swapped.from = clause->to;
    swapped.to = clause->from;
    warn(warnings, DEADLINE_REVERSED_RANGE);
    if (year == 0) {
        *clause = swapped;
        return search(clause, context, warnings);
    }
    consider(try_years(clause, year, year, context), context->period, &best);
    consider(try_years(clause, year, year + 1, context), context->period, &best);
    consider(try_years(&swapped, to_year != 0 ? to_year : year, year, context), context->period, &best);
    return best;
}

/* One year is written: the other end has it too, unless the range would run backwards. */
static Choice with_one_year(const Clause *clause, int from_year, int to_year, const DeadlineContext *context)
{
    if (from_year != 0) {
        return try_years(clause, from_year, 0, context);
    }
    Choice choice = try_years(clause, to_year, to_year, context);
    if (choice.is_ok && choice.days.last < choice.from.days.first) {
        choice = try_years(clause, to_year - 1, to_year, context);
    }
    return choice;
}

/* «декабрь, январь 2023»: the year of a list, a year back where that alone lies in the plan. */
static Choice with_list_year(const Clause *clause, int from_year, int to_year, const DeadlineContext *context)
{
    int year = from_year != 0 ? from_year : to_year;
    Choice choice = clause->is_range ? with_one_year(clause, from_year, to_year, context) : try_years(clause, year, 0, context);
    if (choice.is_ok && context->period.first != 0 && !span_meets(choice.days, context->period)) {
        Choice earlier = clause->is_range ? with_one_year(clause, from_year - (from_year != 0), to_year - (to_year != 0), context)
                                          : try_years(clause, year - 1, 0, context);
        choice = earlier.is_ok && span_meets(earlier.days, context->period) ? earlier : choice;
    }
    return choice;
}

/* «с 28 по 3 ноября», the month named once, at the end: from the month before, if that is the shorter way to read it. */
static void begin_month_before(Clause *clause)
{
    enum { COMMON_YEAR = 2001 };
    Moment *from = &clause->from;
    const Moment *to = &clause->to;
    bool is_backward = clause->is_range && from->is_lent && from->unit == UNIT_DAY && to->unit == UNIT_DAY && from->n == to->n &&
                       from->n >= 1 && from->day > to->day;
    if (!is_backward) {
        return;
    }
    int month = from->n > 1 ? from->n - 1 : DATE_MONTHS_PER_YEAR;
    int n_before = month_days(COMMON_YEAR, month) - from->day;
    if (n_before >= 0 && n_before + to->day < from->day - to->day) {
        from->year = (int16_t)(from->year - (from->n == 1 && from->year != 0 && !from->is_school ? 1 : 0));
        from->n = (int8_t)month;
    }
}

bool clause_place(Clause *clause, const DeadlineContext *context, Placed *from, Placed *to, DeadlineWarnings *warnings)
{
    begin_month_before(clause);
    int from_year = moment_own_year(&clause->from, context);
    int to_year = clause->is_range ? moment_own_year(&clause->to, context) : 0;
    bool is_list_year = (clause->is_range ? clause->to.year_inherited : clause->from.year_inherited) &&
                        clause->from.year_inherited != clause->is_range;
    Choice choice = { 0 };
    if (from_year == 0 && to_year == 0 && context->period.first == 0) {
        return false;
    }
    if (from_year != 0 && to_year != 0) {
        choice = try_years(clause, from_year, to_year, context);
    }
    if (is_reversed(clause, from_year, to_year, &choice)) {
        choice = unreverse(clause, from_year != 0 ? from_year : to_year, to_year, context, warnings);
    } else if (from_year == 0 && to_year == 0) {
        choice = search(clause, context, warnings);
    } else if (is_list_year) {
        choice = with_list_year(clause, from_year, to_year, context);
    } else if (from_year == 0 || to_year == 0) {
        choice = with_one_year(clause, from_year, to_year, context);
    }
    *from = choice.from;
    *to = choice.to;
    return choice.is_ok;
}
