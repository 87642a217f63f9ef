#include <stdlib.h>
#include <string.h>

#include "core/deadline_resolve_priv.h"

/* Clauses → items: bounds, what recurs, sets in their order. */

enum { MAX_SHORT_PLAN_DAYS = 45, MAX_VACATIONS = 48 };

Bound open_bound(void)
{
    return (Bound){ .kind = BOUND_OPEN };
}

bool resolver_has_period(const Resolver *resolver)
{
    return resolver->context->period.first != 0;
}

void leave_as_text(Resolver *resolver)
{
    resolver->phrase->has_text = true;
    warn(&resolver->phrase->warnings, DEADLINE_UNKNOWN_WORDS);
}

void resolver_add_item(Resolver *resolver, DeadlineItem item)
{
    if (resolver->n < (int)COUNTOF(resolver->items)) {
        resolver->items[resolver->n++] = item;
    } else {
        leave_as_text(resolver);
    }
}

static void check_weekday(Resolver *resolver, const Moment *moment, const Placed *placed)
{
    if (moment->unit == UNIT_DAY && moment->weekday != 0 && day_weekday(placed->days.first) != moment->weekday) {
        warn(&resolver->phrase->warnings, DEADLINE_WEEKDAY_MISMATCH);
    }
    if (!placed->is_valid_day) {
        warn(&resolver->phrase->warnings, DEADLINE_INVALID_DAY);
    }
}

/* ---- Spans ---- */

static Bound end_of(const Placed *placed)
{
    return placed->to.kind == BOUND_NONE ? placed->from : placed->to;
}

/* «до начала X» its first day, «до середины» the 15th, «до конца» its last day. */
static Bound part_bound(const Moment *moment, const Placed *placed)
{
    enum { MIDDLE_DAY = 15 };
    switch ((Part)moment->part) {
    case PART_START:
        return day_bound(placed->whole.first);
    case PART_END:
        return day_bound(placed->whole.last);
    default: {
        Day middle = (placed->whole.first + placed->whole.last) / 2;
        bool is_month = moment->unit == UNIT_MONTH;
        return day_bound(is_month ? placed->whole.first + MIDDLE_DAY - 1 : middle);
    }
    }
}

static bool is_third(const Moment *moment)
{
    return moment->part >= PART_START && moment->part <= PART_END;
}

/* The one bound of «до», «к», «с», «после». */
static Bound bound_of(Resolver *resolver, const Clause *clause, const Placed *placed)
{
    bool is_point = clause->from.unit == UNIT_DAY;
    if (clause->mode == MODE_AFTER) {
        return day_bound(is_third(&clause->from) ? part_bound(&clause->from, placed).value + 1 : placed->days.last + 1);
    }
    if (is_third(&clause->from)) {
        return part_bound(&clause->from, placed);
    }
    if (clause->mode == MODE_FROM) {
        return placed->from;
    }
    bool is_break = clause->from.unit == UNIT_VACATION || clause->from.unit == UNIT_SEASON;
    if (!is_point && (clause->mode == MODE_BY || (is_break && clause->mode == MODE_UNTIL_DISPUTED))) {
        if (clause->mode == MODE_UNTIL_DISPUTED) {
            warn(&resolver->phrase->warnings, DEADLINE_AMBIGUOUS);
        }
        return day_bound(placed->days.first);
    }
    if (clause->mode == MODE_UNTIL_DISPUTED && !is_point && clause->from.part == PART_WHOLE) {
        warn(&resolver->phrase->warnings, DEADLINE_AMBIGUOUS);
    }
    return end_of(placed);
}

static void check_period(Resolver *resolver, const DeadlineItem *item)
{
    Span period = resolver->context->period;
    Span first = bound_days(&item->from);
    Span last = bound_days(item->to.kind == BOUND_NONE ? &item->from : &item->to);
    if (!resolver_has_period(resolver)) {
        return;
    }
    bool is_outside = !span_meets((Span){ first.first, last.last }, period);
    if (item->from.kind == BOUND_OPEN) {
        is_outside = !span_meets(last, period);
    } else if (item->to.kind == BOUND_OPEN) {
        is_outside = first.first > period.last;
    }
    if (is_outside) {
        warn(&resolver->phrase->warnings, DEADLINE_OUTSIDE_PERIOD);
    }
}

static bool resolve_times(const Clause *clause, DeadlineItem *out)
{
    const Moment *end = clause->is_range ? &clause->to : &clause->from;
    *out = (DeadlineItem){ .from = { .kind = BOUND_TIME, .time = clause->from.time } };
    int16_t last = clause->is_range ? end->time : clause->from.time2;
    if (last != 0) {
        out->to = (Bound){ .kind = BOUND_TIME, .time = last };
    }
    if (clause->mode == MODE_UNTIL || clause->mode == MODE_UNTIL_DISPUTED || clause->mode == MODE_BY) {
        out->to = out->from;
        out->from = open_bound();
    } else if (clause->mode == MODE_FROM || clause->mode == MODE_AFTER) {
        out->to = open_bound();
    }
    return !clause->is_range || end->unit == UNIT_TIME;
}

bool resolve_span(Resolver *resolver, Clause *clause, DeadlineItem *out)
{
    Placed from;
    Placed to;
    if (clause->from.unit == UNIT_TIME) {
        return resolve_times(clause, out);
    }
    if (!clause_place(clause, resolver->context, &from, &to, &resolver->phrase->warnings)) {
        return false;
    }
    if (clause->from.year == 0 && (!clause->is_range || clause->to.year == 0)) {
        resolver->phrase->is_year_inferred = true;
    }
    check_weekday(resolver, &clause->from, &from);
    *out = (DeadlineItem){ .from = from.from, .to = from.to };
    if (clause->is_range) {
        check_weekday(resolver, &clause->to, &to);
        out->to = clause->ends_at_part ? part_bound(&clause->to, &to) : end_of(&to);
    } else if (clause->mode == MODE_FROM || clause->mode == MODE_AFTER) {
        out->from = bound_of(resolver, clause, &from);
        out->to = open_bound();
        if (day_civil(out->from.value).year > DATE_MAX_YEAR) {
            return false; /* after the last day of time */
        }
    } else if (clause->mode != MODE_IN) {
        out->from = open_bound();
        out->to = bound_of(resolver, clause, &from);
    }
    if (out->to.kind != BOUND_NONE && memcmp(&out->from, &out->to, sizeof out->from) == 0) {
        out->to = (Bound){ .kind = BOUND_NONE };
    }
    return true;
}

/* ---- The rest ---- */

static bool resolve_plan(Resolver *resolver, const Clause *clause, DeadlineItem *out)
{
    Span period = resolver->context->period;
    *out = (DeadlineItem){ 0 };
    if (!resolver_has_period(resolver)) {
        return false;
    }
    if (clause->is_campaign && period.last - period.first >= MAX_SHORT_PLAN_DAYS) {
        out->from = (Bound){ .kind = BOUND_EVENT, .unit = 'D' };
        out->to = (Bound){ .kind = BOUND_EVENT, .sign = 1, .value = 1, .unit = 'M' };
        return true;
    }
    period_bounds(period, &out->from, &out->to);
    return true;
}

/* «далее X»: from the day after what was said before, or from its last day if that was a deadline. */
void start_later(const Resolver *resolver, DeadlineItem *item)
{
    const DeadlineItem *before = resolver->n > 0 ? &resolver->items[resolver->n - 1] : NULL;
    if (before == NULL) {
        return;
    }
    Day last = item_span(before).last;
    Day start = before->from.kind == BOUND_OPEN ? last : last + 1;
    Span days = item_span(item);
    if (last == 0 || days.first == 0 || start > days.last || start < days.first) {
        return;
    }
    if (item->to.kind == BOUND_NONE || item->to.kind == BOUND_YEAR) {
        item->to = day_bound(days.last);
    }
    item->from = day_bound(start);
}

/* Has it its noun, its own or a neighbour's? */
static bool is_whole(const Moment *moment)
{
    bool is_nameless_season = moment->unit == UNIT_SEASON && moment->part == PART_WEEKDAY && moment->part_weekday == 0;
    bool is_any_year = moment->unit == UNIT_YEAR && moment->year == 0 && moment->part == PART_WHOLE; /* «год 0» */
    return !is_any_year && moment->unit != UNIT_NONE && moment->unit != UNIT_NUMBER && !is_nameless_season;
}

static bool resolve_other(Resolver *resolver, Clause *clause, DeadlineItem *out)
{
    switch ((ClauseKind)clause->kind) {
    case CLAUSE_PLAN:
        return resolve_plan(resolver, clause, out);
    case CLAUSE_EVENT:
        *out = (DeadlineItem){ .from = clause->event_from, .to = clause->event_to };
        return resolver->phrase->n == 1 || clause->event_from.value != 0 || clause->event_to.value != 0;
    case CLAUSE_SPAN:
        return is_whole(&clause->from) && (!clause->is_range || is_whole(&clause->to)) && resolve_span(resolver, clause, out);
    case CLAUSE_AHEAD:
        return resolve_ahead(resolver, clause, out);
    case CLAUSE_RECURS:
        break;
    }
    return false;
}

/* «в каникулы»: each of them. */
static void resolve_vacations(Resolver *resolver, const Moment *moment)
{
    DeadlineItem found[MAX_VACATIONS];
    int n = vacation_spans(moment, resolver->context, found, MAX_VACATIONS);
    for (int i = 0; i < n; i++) {
        resolver_add_item(resolver, found[i]);
    }
    resolver->phrase->has_text = resolver->phrase->has_text || n == 0;
    resolver->phrase->is_year_inferred = resolver->phrase->is_year_inferred || (n > 0 && moment->year == 0);
}

void resolve_clause(Resolver *resolver, Clause *clause)
{
    DeadlineItem item;
    if (clause->kind == CLAUSE_SPAN && clause->mode == MODE_IN && !clause->is_range && is_any_vacation(&clause->from)) {
        resolve_vacations(resolver, &clause->from);
        return;
    }
    if (!resolve_other(resolver, clause, &item)) {
        leave_as_text(resolver);
        return;
    }
    if (clause->joint == JOINT_THEN) {
        start_later(resolver, &item);
    }
    if (clause->kind == CLAUSE_SPAN || clause->kind == CLAUSE_AHEAD) {
        check_period(resolver, &item);
    }
    resolver_add_item(resolver, item);
}

static int order_items(const void *a, const void *b)
{
    return item_order(a, b);
}

static void finish(Resolver *resolver, Deadline *out)
{
    int kept = 0;
    qsort(resolver->items, (size_t)resolver->n, sizeof resolver->items[0], order_items);
    for (int i = 0; i < resolver->n; i++) {
        if (kept == 0 || !item_equal(&resolver->items[kept - 1], &resolver->items[i])) {
            resolver->items[kept++] = resolver->items[i];
        }
    }
    *out = (Deadline){ .n_items = (uint16_t)kept, .warnings = resolver->phrase->warnings };
    out->has_text = resolver->phrase->has_text || kept == 0;
    out->is_year_inferred = resolver->phrase->is_year_inferred;
    for (int i = 0; i < resolver->phrase->n; i++) {
        out->is_choice = out->is_choice || (kept > 1 && resolver->phrase->clauses[i].joint == JOINT_OR);
    }
    if (kept > 0) {
        DeadlineItem *items = arena_alloc(resolver->arena, (size_t)kept * sizeof *items);
        memcpy(items, resolver->items, (size_t)kept * sizeof *items);
        out->items = items;
    }
}

void deadline_resolve(Phrase *phrase, const DeadlineContext *context, Arena *arena, Deadline *out)
{
    Resolver resolver;
    bool is_used[MAX_CLAUSES] = { false };
    resolver.context = context;
    resolver.arena = arena;
    resolver.phrase = phrase;
    resolver.n = 0;
    for (int pass = 0; pass < 2; pass++) { /* a frequency that is said leads; then what recurs by itself */
        for (int i = 0; i < phrase->n; i++) {
            bool leads = pass == 0 ? phrase->clauses[i].kind == CLAUSE_RECURS : starts_repeat(&phrase->clauses[i]);
            if (!is_used[i] && leads) {
                resolve_repeat(&resolver, i, is_used);
            }
        }
    }
    for (int i = 0; i < phrase->n; i++) {
        if (!is_used[i]) {
            resolve_clause(&resolver, &phrase->clauses[i]);
        }
    }
    finish(&resolver, out);
}
