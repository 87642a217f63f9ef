#include "vekha/core/occurrence.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/occurrence_priv.h"

void lister_add(Lister *lister, Occurrence occurrence)
{
    if (lister->found.n < OCCURRENCE_MAX) {
        vec_push(&lister->found, occurrence);
    }
}

bool lister_is_full(const Lister *lister)
{
    return lister->found.n >= OCCURRENCE_MAX;
}

Occurrence occurrence_of_days(Span days)
{
    return (Occurrence){ .days = days, .at = days, .is_required = true, .is_point = days.first == days.last };
}

/* ---- Sets ---- */

static Occurrence member_of(const DeadlineItem *item, const DeadlineContext *context)
{
    const Bound *last = item->to.kind == BOUND_NONE ? &item->from : &item->to;
    Occurrence made = occurrence_of_days(item_span(item));
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
            lister_add(lister, until);
        }
    }
    for (size_t i = 0; i < n; i++) {
        lister_add(lister, members[i]);
    }
}

static void list_all(Lister *lister, const Deadline *deadline)
{
    if (deadline->is_choice) {
        return;
    }
    for (int i = 0; i < deadline->n_items; i++) {
        if (deadline->items[i].recur != NULL) {
            lister_add_recurrence(lister, &deadline->items[i]);
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
