#include "vekha/core/occurrence.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/deadline_place_priv.h"
#include "vekha/base/vec.h"

typedef VEC(Occurrence) OccurrenceVec;

typedef struct Lister {
    const DeadlineContext *context;
    OccurrenceVec found;
} Lister;

static void add(Lister *lister, Occurrence occurrence)
{
    if (lister->found.n < OCCURRENCE_MAX) {
        vec_push(&lister->found, occurrence);
    }
}

static bool is_full(const Lister *lister)
{
    return lister->found.n >= OCCURRENCE_MAX;
}

static Span clip(Span days, Span span)
{
    return (Span){ days.first > span.first ? days.first : span.first, days.last < span.last ? days.last : span.last };
}

static Occurrence named_days(Span days)
{
    return (Occurrence){ .days = days, .at = days, .is_required = true, .is_point = days.first == days.last };
}

/* Whole months are named as months, a whole year as a year. */
static Occurrence named_frame(Span frame)
{
    Occurrence made = named_days(frame);
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

/* ---- Recurrences ---- */

static int required_of(const Recurrence *recur)
{
    return recur->min > 0 ? recur->min : recur->max > 0 ? 0 : 1;
}

/* Anywhere in the frame: once, or so many times. */
static void add_frame(Lister *lister, const Recurrence *recur, Span frame, Span span)
{
    int n_required = required_of(recur);
    int n = n_required > 0 ? n_required : recur->max;
    for (int k = 1; k <= n && !is_full(lister); k++) {
        Occurrence made = named_frame(frame);
        made.days = clip(frame, span);
        made.index = n > 1 ? k : 0;
        made.is_required = n_required > 0;
        add(lister, made);
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
    Occurrence made = is_part(&selector->from) && is_part(last) ? named_frame(days) : named_days(clipped);
    made.days = clipped;
    made.is_required = is_required;
    if (is_until) {
        made.at = (Span){ days.last, days.last };
        made.is_point = true;
    }
    add(lister, made);
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

static void list_recurrence(Lister *lister, const DeadlineItem *item)
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
    for (int k = 0; k <= OCCURRENCE_MAX && !is_full(lister); k++) {
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

/* ---- Sets ---- */

static Occurrence member_of(const DeadlineItem *item, const DeadlineContext *context)
{
    const Bound *last = item->to.kind == BOUND_NONE ? &item->from : &item->to;
    Occurrence made = named_days(item_span(item));
    made.is_point = item->to.kind == BOUND_NONE || (made.at.first == made.at.last && made.at.first != 0);
    made.from_is_month = item->from.kind == BOUND_MONTH;
    made.to_is_month = last->kind == BOUND_MONTH;
    made.is_year = item->from.kind == BOUND_YEAR && item->to.kind == BOUND_NONE;
    if (item->from.kind == BOUND_OPEN) {
        made.days.first =
            context->period.first != 0 && context->period.first < made.days.last ? context->period.first : made.days.last;
    } else if (item->to.kind == BOUND_OPEN) {
        made.days.last = context->period.last > made.days.first ? context->period.last : made.days.first;
        made.at.last = made.days.last;
    }
    return made;
}

static void join(Occurrence *to, const Occurrence *more)
{
    if (more->days.last > to->days.last) {
        to->days.last = to->at.last = more->days.last;
        to->to_is_month = more->to_is_month;
    }
    to->is_point = to->is_year = false;
}

/* «Ноябрь – декабрь, до 20 декабря» ends on the 20th. */
static bool ends_neighbour(const Occurrence *until, Occurrence *neighbour)
{
    if (until->days.last <= neighbour->days.first || until->days.last > neighbour->days.last) {
        return false;
    }
    neighbour->days.last = neighbour->at.last = until->days.last;
    neighbour->to_is_month = until->to_is_month;
    neighbour->is_point = neighbour->is_year = false;
    return true;
}

static int order_occurrences(const void *a, const void *b)
{
    const Occurrence *x = a;
    const Occurrence *y = b;
    if (x->days.first != y->days.first) {
        return x->days.first < y->days.first ? -1 : 1;
    }
    if (x->days.last != y->days.last) {
        return x->days.last < y->days.last ? -1 : 1;
    }
    return x->index - y->index;
}

/* Members that overlap or adjoin are one; «до D» ends the span that it lies in, and stays by itself elsewhere. */
static void list_set(Lister *lister, const Deadline *deadline)
{
    Occurrence members[UINT8_MAX];
    size_t n = 0;
    for (int i = 0; i < deadline->n_items && n < COUNTOF(members); i++) {
        const DeadlineItem *item = &deadline->items[i];
        if (item->recur == NULL && item->from.kind != BOUND_OPEN && bound_days(&item->from).first != 0) {
            Occurrence member = member_of(item, lister->context);
            bool meets = n > 0 && member.days.first <= members[n - 1].days.last + 1;
            if (meets) {
                join(&members[n - 1], &member);
            } else {
                members[n++] = member;
            }
        }
    }
    for (int i = 0; i < deadline->n_items; i++) {
        const DeadlineItem *item = &deadline->items[i];
        bool is_until = item->recur == NULL && item->from.kind == BOUND_OPEN && bound_days(&item->to).last != 0;
        bool is_used = !is_until;
        Occurrence until = is_until ? member_of(item, lister->context) : (Occurrence){ 0 };
        for (size_t k = 0; k < n && !is_used; k++) {
            is_used = ends_neighbour(&until, &members[k]);
        }
        if (!is_used) {
            add(lister, until);
        }
    }
    for (size_t i = 0; i < n; i++) {
        add(lister, members[i]);
    }
}

static void list_all(Lister *lister, const Deadline *deadline)
{
    if (deadline->is_choice) {
        return;
    }
    for (int i = 0; i < deadline->n_items; i++) {
        if (deadline->items[i].recur != NULL) {
            list_recurrence(lister, &deadline->items[i]);
        }
    }
    if (deadline->n_items > 1) {
        list_set(lister, deadline);
    }
    if (lister->found.n > 1) {
        qsort(lister->found.at, lister->found.n, sizeof lister->found.at[0], order_occurrences);
    }
}

static bool has_recurrence(const Deadline *deadline)
{
    for (int i = 0; i < deadline->n_items; i++) {
        if (deadline->items[i].recur != NULL) {
            return true;
        }
    }
    return false;
}

size_t occurrence_list(const Deadline *deadline, const DeadlineContext *context, Arena *arena, Occurrence **out)
{
    Lister lister = { .context = context };
    list_all(&lister, deadline);
    size_t n = lister.found.n;
    if (n == 1 && !has_recurrence(deadline)) {
        n = 0; /* a set that comes to one span: the event's own status is enough */
    }
    *out = NULL;
    if (n > 0) {
        *out = arena_alloc(arena, n * sizeof **out);
        memcpy(*out, lister.found.at, n * sizeof **out);
    }
    vec_done(&lister.found);
    return n;
}

/* ---- Days of the whole ---- */

static Span item_days(const DeadlineItem *item, const DeadlineContext *context)
{
    Span period = context->period;
    Span days = item_span(item);
    if (item->from.kind == BOUND_OPEN && days.last != 0) {
        days.first = period.first != 0 && period.first < days.last ? period.first : days.last;
    } else if (item->to.kind == BOUND_OPEN && days.first != 0) {
        days.last = days.first <= period.last ? period.last : 0;
    }
    return days;
}

static void widen(Span *days, Span more)
{
    if (more.first != 0 && (days->first == 0 || more.first < days->first)) {
        days->first = more.first;
    }
    if (more.last > days->last) {
        days->last = more.last;
    }
}

Span deadline_days(const Deadline *deadline, const DeadlineContext *context)
{
    Span days = { 0 };
    Lister lister = { .context = context };
    bool is_listed = !deadline->is_choice && (deadline->n_items > 1 || has_recurrence(deadline));
    if (is_listed) {
        list_all(&lister, deadline);
    }
    for (size_t i = 0; i < lister.found.n; i++) {
        widen(&days, lister.found.at[i].days);
    }
    for (int i = 0; i < deadline->n_items && lister.found.n == 0; i++) {
        widen(&days, item_days(&deadline->items[i], context));
    }
    vec_done(&lister.found);
    return days;
}

bool deadline_is_until(const Deadline *deadline)
{
    return deadline->n_items == 1 && deadline->items[0].recur == NULL && deadline->items[0].from.kind == BOUND_OPEN;
}

/* ---- Names ---- */

static void add_named_day(StrBuf *out, Day day, bool is_month)
{
    if (is_month) {
        Civil civil = day_civil(day);
        strbuf_addf(out, "%04d-%02d", civil.year, civil.month);
    } else {
        day_add_iso(out, day);
    }
}

void occurrence_add_at(StrBuf *out, const Occurrence *occurrence)
{
    if (occurrence->is_year) {
        strbuf_addf(out, "%04d", day_civil(occurrence->at.first).year);
    } else {
        if (occurrence->at.first == 0) {
            strbuf_add(out, STR(".."));
        } else {
            add_named_day(out, occurrence->at.first, occurrence->from_is_month);
        }
        if (!occurrence->is_point) {
            strbuf_add_char(out, '/');
            add_named_day(out, occurrence->at.last, occurrence->to_is_month);
        }
    }
    if (occurrence->index > 0) {
        strbuf_addf(out, "#%d", occurrence->index);
    }
}

static bool has_name(const Occurrence *occurrence, Str at)
{
    StrBuf name = { 0 };
    occurrence_add_at(&name, occurrence);
    bool is_same = str_eq(strbuf_str(&name), at);
    strbuf_done(&name);
    return is_same;
}

size_t occurrence_find(const Occurrence *list, size_t n, Str at)
{
    Span days;
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < n; i++) {
        if (has_name(&list[i], at)) {
            return i;
        }
    }
    if (!span_parse(at, &days)) {
        return SIZE_MAX;
    }
    for (size_t i = 0; i < n; i++) {
        bool lies_in = list[i].days.first <= days.first && days.last <= list[i].days.last;
        bool holds = days.first <= list[i].days.first && list[i].days.last <= days.last;
        if (lies_in || holds) {
            if (found != SIZE_MAX) {
                return SIZE_MAX;
            }
            found = i;
        }
    }
    return found;
}
