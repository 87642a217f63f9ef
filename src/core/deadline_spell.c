#include "core/deadline_resolve_priv.h"

/*
 * What recurs, but where in its frame the notation cannot say: the last day of a quarter, the n-th working day of a month.
 * It is written out, frame by frame, as a set of days.
 */

enum { MAX_SPELLED = 96, MAX_YEARS_SPELLED = 10 };

/* Do all the windows begin with a month? Days of a longer frame are counted in its first month. */
static bool begin_with_months(const MonthDays *windows, int n)
{
    for (int i = 0; i < n; i++) {
        if (windows[i].first % 100 != 1) {
            return false;
        }
    }
    return true;
}

static bool begins_with_month(Unit unit, const DeadlineContext *context)
{
    const Calendar *calendar = context_calendar(context);
    switch (unit) {
    case UNIT_SCHOOL_QUARTER:
        return begin_with_months(calendar->quarters, CALENDAR_QUARTERS);
    case UNIT_TRIMESTER:
        return begin_with_months(calendar->trimesters, CALENDAR_TRIMESTERS);
    case UNIT_HALF:
        return begin_with_months(calendar->halves, CALENDAR_HALVES);
    default:
        return true;
    }
}

/* Of a year's month, quarter …, or of the year: placed year by year, not frame by frame. */
static bool is_of_year(const Moment *moment)
{
    return moment->n != 0 || moment->unit == UNIT_YEAR || moment->unit == UNIT_SCHOOL_YEAR;
}

bool moment_is_spelled(const Moment *moment, const DeadlineContext *context)
{
    bool is_month_week = context_calendar(context)->weeks_from_monday && moment->part_n > 0;
    bool is_at_start = moment->part_n > 0 && (moment->part == PART_DAY || moment->part == PART_DAYS ||
                                              moment->part == PART_WEEK || (moment->part == PART_DECADE && moment->part_n == 1));
    bool is_long = moment->unit >= UNIT_QUARTER && moment->unit <= UNIT_YEAR;
    switch ((Part)moment->part) {
    case PART_WHOLE:
    case PART_START:
    case PART_MIDDLE:
    case PART_END:
        return false;
    case PART_WORKDAY:
        return true;
    case PART_MONTH_DAY: /* a day of the first month is the notation's own */
        return moment->part_weekday != 1 || moment->part_n == 0 || !begins_with_month((Unit)moment->unit, context);
    case PART_WEEKDAY:
        return moment->unit != UNIT_NONE && (is_long || is_of_year(moment));
    case PART_WEEK:
        if (is_month_week && moment->unit != UNIT_NONE) {
            return true;
        }
        break;
    case PART_DAY:
    case PART_DAYS:
    case PART_DECADE:
    case PART_HALF:
        break;
    }
    return is_long && !is_of_year(moment) && !(is_at_start && begins_with_month((Unit)moment->unit, context));
}

/* ---- Frame by frame ---- */

typedef struct Speller {
    Resolver *resolver;
    const Clause *clause;
    Span span;
    int n;
    bool is_ok;
} Speller;

/* One more of them, if it lies in the span. */
static void add_placed(Speller *speller, const Placed *from, const Placed *to)
{
    const Clause *clause = speller->clause;
    DeadlineItem item = { .from = from->from, .to = from->to };
    Span days = { from->days.first, to->days.last };
    if (!from->is_valid_day || !to->is_valid_day || days.first > days.last) {
        return; /* a month without a fifth week */
    }
    if (clause->is_range) {
        item.to = to->to.kind == BOUND_NONE ? to->from : to->to;
    } else if (clause->mode != MODE_IN) {
        days.first = days.last = clause->mode == MODE_BY ? from->days.first : from->days.last;
        item = (DeadlineItem){ .from = open_bound(), .to = day_bound(days.last) };
    }
    if (!span_meets(days, speller->span)) {
        return;
    }
    speller->is_ok = speller->is_ok && speller->n < MAX_SPELLED;
    if (speller->is_ok) {
        resolver_add_item(speller->resolver, item);
        speller->n++;
    }
}

static void spell_years(Speller *speller)
{
    const DeadlineContext *context = speller->resolver->context;
    int first = day_civil(speller->span.first).year - 1;
    int last = day_civil(speller->span.last).year;
    speller->is_ok = last - first <= MAX_YEARS_SPELLED;
    for (int year = first; speller->is_ok && year <= last; year++) {
        Placed from;
        Placed to;
        if (moment_place(&speller->clause->from, year, context, &from)) {
            bool has_end = speller->clause->is_range && moment_place(&speller->clause->to, year, context, &to);
            add_placed(speller, &from, has_end ? &to : &from);
        }
    }
}

static void spell_frames(Speller *speller, const Recurrence *head)
{
    const DeadlineContext *context = speller->resolver->context;
    Day day = speller->span.first;
    for (int k = 0; k <= MAX_SPELLED && speller->is_ok; k++) {
        Placed from;
        Placed to;
        Span frame = frame_at(head, speller->span, context, k, day);
        if (frame.first == 0 || frame.last < day || frame.first > speller->span.last) {
            return;
        }
        if (moment_place_in(&speller->clause->from, frame, context, &from)) {
            bool has_end = speller->clause->is_range && moment_place_in(&speller->clause->to, frame, context, &to);
            add_placed(speller, &from, has_end ? &to : &from);
        }
        day = frame.last + 1;
    }
    speller->is_ok = false; /* too many */
}

bool spell_clause(Resolver *resolver, const Clause *clause, const Recurrence *head, Span span)
{
    int n_before = resolver->n;
    Speller speller = { .resolver = resolver, .clause = clause, .span = span, .is_ok = true };
    bool is_limit =
        clause->mode == MODE_IN || clause->mode == MODE_BY || clause->mode == MODE_UNTIL || clause->mode == MODE_UNTIL_DISPUTED;
    if (!is_limit || span.first == 0 || span.last < span.first) {
        return false;
    }
    if (is_of_year(&clause->from)) {
        spell_years(&speller);
    } else {
        spell_frames(&speller, head);
    }
    if (!speller.is_ok || speller.n == 0) {
        resolver->n = n_before;
        return false;
    }
    resolver->phrase->is_year_inferred = true;
    return true;
}
