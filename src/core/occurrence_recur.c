#include "core/occurrence_priv.h"

/* A recurrence, frame by frame: what its selectors pick in each, or the frame itself so many times. */

static Span clip(Span days, Span span)
{
    return (Span){ days.first > span.first ? days.first : span.first, days.last < span.last ? days.last : span.last };
}

/* Whole months are named as months, a whole year as a year. */
static Occurrence named_frame(Span frame)
{
    Occurrence made = occurrence_of_days(frame);
    Span first = month_span(day_month_index(frame.first));
    Span last = month_span(day_month_index(frame.last));
    if (first.first == frame.first && last.last == frame.last) {
        Civil from = day_civil(frame.first);
        Civil to = day_civil(frame.last);
        made.from_is_month = made.to_is_month = true;
        made.is_year = from.month == 1 && to.month == DATE_MONTHS_PER_YEAR && from.year == to.year;
        made.is_point = made.is_year || first.first == last.first;
    }
    return made;
}

static int required_of(const Recurrence *recur)
{
    return recur->min > 0 ? recur->min : recur->max > 0 ? 0 : 1;
}

/* Anywhere in the frame: once, or so many times. */
static void add_frame(Lister *lister, const Recurrence *recur, Span frame, Span span)
{
    int n_required = required_of(recur);
    int n = n_required > 0 ? n_required : recur->max;
    for (int k = 1; k <= n && !lister_is_full(lister); k++) {
        Occurrence made = named_frame(frame);
        made.days = clip(frame, span);
        made.index = n > 1 ? k : 0;
        made.is_required = n_required > 0;
        lister_add(lister, made);
    }
}

/* The month, or the day of it, in that year; 0, 0 past the end of time. */
static Span yearly_days(const SelectorPoint *point, int year)
{
    if (year > DATE_MAX_YEAR) {
        return (Span){ 0 };
    }
    Span month = month_span(year * DATE_MONTHS_PER_YEAR + point->month - 1);
    Day day = month.first + point->day - 1;
    day = day < month.last ? day : month.last;
    return point->kind == SEL_MONTH ? month : (Span){ day, day };
}

/* The day of a selector's point in the frame; 0 if it has none there. */
static Day point_day(const SelectorPoint *point, Span frame, bool is_end)
{
    Civil first = day_civil(frame.first);
    Span month = month_span(day_month_index(frame.first));
    int n_days = month.last - month.first + 1;
    switch ((SelectorKind)point->kind) {
    case SEL_DAY:
        return point->day <= n_days ? month.first + point->day - 1 : month.last;
    case SEL_DAY_FROM_END:
        return point->day <= n_days ? month.last - point->day + 1 : month.first;
    case SEL_MONTH:
    case SEL_MONTH_DAY: {
        Span days = yearly_days(point, first.year);
        days = days.last < frame.first ? yearly_days(point, first.year + 1) : days;
        return is_end ? days.last : days.first;
    }
    case SEL_WEEKDAY: {
        const Span whole = point->nth == 0 ? frame : month;
        Day day = whole.first + (point->day - day_weekday(whole.first) + DATE_DAYS_PER_WEEK) % DATE_DAYS_PER_WEEK;
        if (point->nth == NTH_LAST) {
            return month.last - (day_weekday(month.last) - point->day + DATE_DAYS_PER_WEEK) % DATE_DAYS_PER_WEEK;
        }
        day += point->nth == 0 ? 0 : (point->nth - 1) * DATE_DAYS_PER_WEEK;
        return day <= whole.last ? day : 0;
    }
    case SEL_START:
        return is_end ? frame.first + 9 : frame.first;
    case SEL_MIDDLE: {
        Day middle = (frame.first + frame.last + 1) / 2;
        return is_end ? middle + 4 : middle - 5;
    }
    case SEL_END:
        return is_end ? frame.last : month_span(day_month_index(frame.last)).first + 20;
    case SEL_TIME:
    case SEL_NONE:
    case SEL_OPEN:
        break;
    }
    return is_end ? frame.last : frame.first;
}

static bool is_part(const SelectorPoint *point)
{
    return point->kind == SEL_MONTH || (point->kind >= SEL_START && point->kind <= SEL_END);
}

/* What the selector picks in the frame. */
static void add_selected(Lister *lister, const Selector *selector, Span frame, Span span, bool is_required)
{
    const SelectorPoint *last = selector->to.kind == SEL_NONE ? &selector->from : &selector->to;
    bool is_until = selector->from.kind == SEL_OPEN;
    Span days = { point_day(&selector->from, frame, false), point_day(last, frame, true) };
    if (days.first == 0 || days.last == 0) {
        return;
    }
    if (is_until) {
        days.first = frame.first < days.last ? frame.first : days.last;
    }
    if (days.last < days.first && (selector->from.kind == SEL_MONTH || selector->from.kind == SEL_MONTH_DAY)) {
        Civil end = day_civil(days.last); /* «декабрь – январь» of every year */
        days.last = end.year < DATE_MAX_YEAR
                        ? day_of(end.year + 1, end.month, end.day > 28 ? month_days(end.year + 1, end.month) : end.day)
                        : 0;
    }
    Span clipped = clip(days, span);
    bool is_in = is_until ? span_has(span, days.last) : clipped.first <= clipped.last;
    if (days.last < days.first || !is_in) {
        return;
    }
    Occurrence made = is_part(&selector->from) && is_part(last) ? named_frame(days) : occurrence_of_days(clipped);
    made.days = clipped;
    made.is_required = is_required;
    if (is_until) {
        made.at = (Span){ days.last, days.last };
        made.is_point = true;
    }
    lister_add(lister, made);
}

/* Days of the week or of the month lie in weeks and months, whatever the frame: «2 раза в год» says nothing about them. */
static bool is_weekday_only(const Recurrence *recur)
{
    for (int i = 0; i < recur->n_selectors; i++) {
        const Selector *selector = &recur->selectors[i];
        if (selector->from.kind != SEL_WEEKDAY || selector->from.nth != 0) {
            return false;
        }
    }
    return recur->n_selectors > 0;
}

static bool is_parts_only(const Recurrence *recur)
{
    for (int i = 0; i < recur->n_selectors; i++) {
        if (recur->selectors[i].from.kind < SEL_START) {
            return false;
        }
    }
    return recur->n_selectors > 0;
}

/* A quota that is not the number of places named: the frame is marked, the places are where. */
static bool is_quota(const Recurrence *recur)
{
    return recur->n_selectors == 0 || (recur->min > 1 && recur->min != recur->n_selectors);
}

static void list_frame(Lister *lister, const Recurrence *recur, Span frame, Span span, bool counts)
{
    if (is_quota(recur)) {
        if (counts) {
            add_frame(lister, recur, frame, span);
        }
        return;
    }
    bool is_required = required_of(recur) > 0;
    for (int i = 0; i < recur->n_selectors && (counts || !is_parts_only(recur)); i++) {
        add_selected(lister, &recur->selectors[i], frame, span, is_required);
    }
}

void lister_add_recurrence(Lister *lister, const DeadlineItem *item)
{
    Recurrence recur = *item->recur;
    Span span = item_span(item);
    size_t n_before = lister->found.n;
    if (span.first == 0 || span.last < span.first) {
        return;
    }
    if (is_weekday_only(&recur) && !is_quota(&recur)) {
        recur.frame = 'W'; /* each such day in the span, whatever the frame */
        recur.frame_n = recur.frame == item->recur->frame ? recur.frame_n : 1;
    }
    Day from = span.first;
    Span first_frame = { 0 };
    for (int k = 0; k <= OCCURRENCE_MAX && !lister_is_full(lister); k++) {
        Span frame = frame_at(&recur, span, lister->context, k, from);
        if (frame.first == 0 || frame.last < from || frame.first > span.last) {
            break;
        }
        first_frame = k == 0 ? frame : first_frame;
        list_frame(lister, &recur, frame, span, frame_counts(frame, span));
        from = frame.last + 1;
    }
    if (lister->found.n == n_before && first_frame.first != 0) {
        list_frame(lister, &recur, first_frame, span, true); /* if none would count, the first does */
    }
}
