#include <stdlib.h>
#include <string.h>

#include "core/deadline_priv.h"

/* Clauses → items: bounds, what recurs, sets in their order. */

enum { MAX_SHORT_PLAN_DAYS = 45 };

typedef struct Resolver {
    const DeadlineContext *context;
    Arena *arena;
    Phrase *phrase;
    DeadlineItem items[MAX_CLAUSES * 2];
    int n;
} Resolver;

static Bound open_bound(void)
{
    return (Bound){ .kind = BOUND_OPEN };
}

static Bound day_bound(Day day)
{
    return (Bound){ .kind = BOUND_DAY, .value = day };
}

static bool has_period(const Resolver *resolver)
{
    return resolver->context->period.first != 0;
}

static void add_item(Resolver *resolver, DeadlineItem item)
{
    if (resolver->n < (int)COUNTOF(resolver->items)) {
        resolver->items[resolver->n++] = item;
    }
}

/* Words that were meant as something, but of which nothing came. */
static void leave_as_text(Resolver *resolver)
{
    resolver->phrase->has_text = true;
    warn(&resolver->phrase->warnings, DEADLINE_UNKNOWN_WORDS);
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
    if (clause->mode == MODE_BY && !is_point) {
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
    if (!has_period(resolver)) {
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

static bool resolve_span(Resolver *resolver, Clause *clause, DeadlineItem *out)
{
    Placed from;
    Placed to;
    if (clause->from.unit == UNIT_TIME) {
        return resolve_times(clause, out);
    }
    if (!clause_place(clause, resolver->context, &from, &to, &resolver->phrase->warnings)) {
        return false;
    }
    check_weekday(resolver, &clause->from, &from);
    *out = (DeadlineItem){ .from = from.from, .to = from.to };
    if (clause->is_range) {
        check_weekday(resolver, &clause->to, &to);
        out->to = clause->ends_at_part ? part_bound(&clause->to, &to) : end_of(&to);
    } else if (clause->mode == MODE_FROM || clause->mode == MODE_AFTER) {
        out->from = bound_of(resolver, clause, &from);
        out->to = open_bound();
    } else if (clause->mode != MODE_IN) {
        out->from = open_bound();
        out->to = bound_of(resolver, clause, &from);
    }
    if (out->to.kind != BOUND_NONE && memcmp(&out->from, &out->to, sizeof out->from) == 0) {
        out->to = (Bound){ .kind = BOUND_NONE };
    }
    return true;
}

/* ---- Recurrences ---- */

typedef struct Repeat {
    Recurrence head;
    Selector selectors[MAX_SELECTORS];
    int n;
    DeadlineItem limits[MAX_SELECTORS]; /* spans that it is limited to */
    int n_limits;
    bool is_from_word; /* a frequency was said */
} Repeat;

static int selector_key(const SelectorPoint *point)
{
    return (((point->kind * 20 + point->month) * 40 + point->day) * 16 + point->nth) * 2000 + point->time;
}

static int order_selectors(const void *a, const void *b)
{
    const Selector *x = a;
    const Selector *y = b;
    int first = selector_key(&x->from) - selector_key(&y->from);
    return first != 0 ? first : selector_key(&x->to) - selector_key(&y->to);
}

static void add_selector(Repeat *repeat, Selector selector)
{
    for (int i = 0; i < repeat->n; i++) {
        if (order_selectors(&repeat->selectors[i], &selector) == 0) {
            return;
        }
    }
    if (repeat->n < MAX_SELECTORS) {
        repeat->selectors[repeat->n++] = selector;
    }
}

/* «пн.-пт. 9.00-17.00»: each of the days has its hours. */
static void add_days_with_times(Repeat *repeat, const Clause *clause)
{
    const Moment *times = clause->to.time != 0 ? &clause->to : &clause->from;
    for (int day = clause->from.weekday; day <= clause->to.weekday; day++) {
        Selector each = { .from = { .kind = SEL_WEEKDAY, .day = (int8_t)day, .time = times->time } };
        if (times->time2 != 0) {
            each.to = each.from;
            each.to.time = times->time2;
        }
        add_selector(repeat, each);
    }
}

/* Where in its frame: false if the clause says something else. */
static bool add_clause_selector(Resolver *resolver, const Clause *clause, Repeat *repeat)
{
    Selector selector;
    Selector end;
    const SelectorPoint open = { .kind = SEL_OPEN };
    if (!moment_selector(&clause->from, resolver->context, &selector)) {
        return false;
    }
    if (clause->is_range) {
        if (clause->to.unit == UNIT_WEEKDAY && (clause->from.time != 0 || clause->to.time != 0)) {
            add_days_with_times(repeat, clause);
            return true;
        }
        if (!moment_selector(&clause->to, resolver->context, &end)) {
            return false;
        }
        selector.to = end.to.kind != SEL_NONE ? end.to : end.from;
    } else if (clause->mode == MODE_FROM || clause->mode == MODE_AFTER) {
        selector.to = open;
    } else if (clause->mode != MODE_IN) {
        selector.to = selector.to.kind != SEL_NONE && clause->mode != MODE_BY ? selector.to : selector.from;
        if (clause->from.part == PART_START || clause->mode == MODE_BY) {
            selector.to = selector.from;
        }
        selector.from = open;
    }
    add_selector(repeat, selector);
    return true;
}

/* To the end of the plan, or from its beginning, where the limit is open. */
static void close_limit(const Resolver *resolver, DeadlineItem *limit)
{
    Bound from;
    Bound to;
    period_bounds(resolver->context->period, &from, &to);
    Bound end = to.kind == BOUND_NONE ? from : to;
    if (limit->from.kind == BOUND_OPEN) {
        limit->from = from.kind == BOUND_YEAR && limit->to.kind != BOUND_YEAR ? day_bound(resolver->context->period.first) : from;
    }
    if (limit->to.kind == BOUND_OPEN) {
        limit->to = limit->from.kind == BOUND_YEAR && end.kind == BOUND_YEAR ? end : day_bound(resolver->context->period.last);
    }
    if (limit->from.kind == limit->to.kind && limit->from.value == limit->to.value) {
        limit->to = (Bound){ .kind = BOUND_NONE };
    }
}

static bool is_long_frame(const Repeat *repeat)
{
    return repeat->head.frame == 'Y' || repeat->head.frame == 'Q' || repeat->head.frame == 'T' ||
           (repeat->head.frame == 'M' && repeat->head.frame_n >= 3);
}

/* A month or day of every year, where the frame is that long. */
static bool is_yearly_place(const Clause *clause, const Repeat *repeat)
{
    const Moment *moment = &clause->from;
    bool is_place = moment->unit == UNIT_DAY || moment->unit == UNIT_MONTH || moment->unit == UNIT_SEASON ||
                    moment->unit == UNIT_QUARTER || moment->unit == UNIT_HALF || moment->unit == UNIT_SCHOOL_QUARTER ||
                    moment->unit == UNIT_VACATION;
    bool has_year = moment->year != 0 || clause->to.year != 0;
    bool is_short_frame = repeat->head.frame != 'Y';
    return is_place && !has_year && is_long_frame(repeat) && !(is_short_frame && (clause->is_range || clause->mode != MODE_IN));
}

/* A clock time belongs to weekdays; with other days it has no notation and stays in words. */
static void set_times(Resolver *resolver, const Moment *moment, Repeat *repeat)
{
    for (int i = 0; i < repeat->n; i++) {
        Selector *selector = &repeat->selectors[i];
        if (selector->from.kind == SEL_WEEKDAY && selector->to.kind == SEL_NONE) {
            selector->from.time = moment->time;
        } else {
            resolver->phrase->has_text = true;
        }
    }
}

static bool attach(Resolver *resolver, Clause *clause, Repeat *repeat)
{
    DeadlineItem limit;
    if (clause->kind == CLAUSE_PLAN) {
        return true;
    }
    if (clause->kind != CLAUSE_SPAN) {
        return false;
    }
    if (clause->from.unit == UNIT_WEEKDAY && (repeat->head.frame == 'D' || repeat->head.frame == 'W')) {
        repeat->head.frame = 'W';
        return add_clause_selector(resolver, clause, repeat);
    }
    bool is_part = clause->from.unit == UNIT_NONE && clause->from.part != PART_WHOLE;
    if (is_part && repeat->head.frame == 'M' && clause->mode == MODE_IN && !clause->is_range) {
        clause->from.unit = UNIT_MONTH; /* «ежемесячно, последняя пятница» */
    }
    bool is_time = clause->from.unit == UNIT_TIME;
    if (is_time && repeat->n > 0 && clause->mode == MODE_IN && !clause->is_range) {
        set_times(resolver, &clause->from, repeat);
        return true;
    }
    bool is_number = clause->from.unit == UNIT_NUMBER;
    bool is_recurring = moment_recurs(&clause->from) && clause->from.year2 == 0;
    if (is_recurring || is_time || is_yearly_place(clause, repeat)) {
        return !is_number && add_clause_selector(resolver, clause, repeat);
    }
    if (repeat->n_limits == MAX_SELECTORS || clause->from.part == PART_WEEKDAY || !resolve_span(resolver, clause, &limit) ||
        (limit.from.kind == BOUND_OPEN && limit.to.kind == BOUND_OPEN)) {
        return false;
    }
    if (has_period(resolver)) {
        close_limit(resolver, &limit);
    }
    Span days = { bound_days(&limit.from).first, bound_days(limit.to.kind == BOUND_NONE ? &limit.from : &limit.to).last };
    if (days.first == 0 || days.last < days.first) {
        return false; /* still open, or not in the plan at all */
    }
    repeat->limits[repeat->n_limits++] = limit;
    return true;
}

static void finish_repeat(Resolver *resolver, Repeat *repeat)
{
    qsort(repeat->selectors, (size_t)repeat->n, sizeof repeat->selectors[0], order_selectors);
    if (repeat->n_limits == 0) {
        DeadlineItem whole = { 0 };
        if (!has_period(resolver)) {
            return; /* a frequency of nobody knows what */
        }
        period_bounds(resolver->context->period, &whole.from, &whole.to);
        repeat->limits[repeat->n_limits++] = whole;
    }
    Recurrence *recurrence = ARENA_NEW(resolver->arena, Recurrence);
    *recurrence = repeat->head;
    if (repeat->n > 0) {
        Selector *selectors = arena_alloc(resolver->arena, (size_t)repeat->n * sizeof *selectors);
        memcpy(selectors, repeat->selectors, (size_t)repeat->n * sizeof *selectors);
        recurrence->n_selectors = (uint8_t)repeat->n;
        recurrence->selectors = selectors;
    }
    for (int i = 0; i < repeat->n_limits; i++) {
        repeat->limits[i].recur = recurrence;
        add_item(resolver, repeat->limits[i]);
    }
}

/* «октябрь 2022-2024 гг.»: the years are its span. */
static void limit_to_years(const Moment *moment, Repeat *repeat)
{
    Bound from = { .kind = BOUND_YEAR, .value = day_of(moment->year, 1, 1) };
    Bound to = { .kind = BOUND_YEAR, .value = day_of(moment->year2, 1, 1) };
    if (from.value != 0 && to.value >= from.value) {
        repeat->limits[repeat->n_limits++] = (DeadlineItem){ .from = from, .to = to };
    }
}

static bool starts_repeat(const Clause *clause)
{
    return clause->kind == CLAUSE_RECURS || (clause->kind == CLAUSE_SPAN && moment_recurs(&clause->from));
}

static void start_repeat(Resolver *resolver, Clause *clause, Repeat *repeat)
{
    repeat->n = repeat->n_limits = 0;
    repeat->head = (Recurrence){ .frame = clause->frame, .frame_n = clause->frame_n, .min = clause->min, .max = clause->max };
    repeat->is_from_word = clause->kind == CLAUSE_RECURS;
    if (repeat->is_from_word) {
        return;
    }
    const Moment *moment = &clause->from;
    int n = 1;
    bool is_yearly = moment->year2 != 0;
    Unit unit = moment->unit == UNIT_WEEKDAY ? UNIT_WEEK : moment->unit == UNIT_NONE ? UNIT_MONTH : (Unit)moment->unit;
    repeat->head.frame = is_yearly || moment->unit == UNIT_DAY ? 'Y' : unit_frame(unit, &n);
    repeat->head.frame_n = (int16_t)n;
    if (is_yearly) {
        limit_to_years(moment, repeat);
        repeat->head.frame = 'Y';
        clause->from.year = clause->from.year2 = 0;
    }
    if (moment->part != PART_WHOLE || moment->unit == UNIT_WEEKDAY || is_yearly) {
        (void)add_clause_selector(resolver, clause, repeat);
    }
}

/* Would clause i rather limit the recurrence than stand beside it? Short frames, or a frequency that was said. */
static bool may_attach(const Clause *clause, const Repeat *repeat)
{
    bool is_short = repeat->head.frame == 'D' || repeat->head.frame == 'W';
    return repeat->is_from_word || is_short || starts_repeat(clause) || clause->kind == CLAUSE_PLAN ||
           clause->from.unit == UNIT_TIME;
}

/* ---- The rest ---- */

static bool resolve_plan(Resolver *resolver, const Clause *clause, DeadlineItem *out)
{
    Span period = resolver->context->period;
    *out = (DeadlineItem){ 0 };
    if (!has_period(resolver)) {
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
static void start_later(const Resolver *resolver, DeadlineItem *item)
{
    const DeadlineItem *before = resolver->n > 0 ? &resolver->items[resolver->n - 1] : NULL;
    if (before == NULL) {
        return;
    }
    Span last = bound_days(before->to.kind == BOUND_NONE ? &before->from : &before->to);
    Day start = before->from.kind == BOUND_OPEN ? last.last : last.last + 1;
    Span days = { bound_days(&item->from).first, bound_days(item->to.kind == BOUND_NONE ? &item->from : &item->to).last };
    if (last.last == 0 || days.first == 0 || start > days.last || start < days.first) {
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
    return moment->unit != UNIT_NONE && moment->unit != UNIT_NUMBER && !is_nameless_season;
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
    case CLAUSE_RECURS:
        break;
    }
    return false;
}

static void resolve_clause(Resolver *resolver, Clause *clause)
{
    DeadlineItem item;
    if (!resolve_other(resolver, clause, &item)) {
        leave_as_text(resolver);
        return;
    }
    if (clause->joint == JOINT_THEN) {
        start_later(resolver, &item);
    }
    if (clause->kind == CLAUSE_SPAN) {
        check_period(resolver, &item);
    }
    add_item(resolver, item);
}

/* «до 1 октября, далее ежемесячно»: its span begins behind what was said before. */
static void limit_to_later(Resolver *resolver, int at, bool *is_used, Repeat *repeat)
{
    DeadlineItem rest = { 0 };
    for (int i = 0; i < at; i++) {
        if (!is_used[i]) {
            is_used[i] = true;
            resolve_clause(resolver, &resolver->phrase->clauses[i]);
        }
    }
    if (has_period(resolver)) {
        period_bounds(resolver->context->period, &rest.from, &rest.to);
        start_later(resolver, &rest);
        repeat->limits[repeat->n_limits++] = rest;
    }
}

/* The recurrence of the phrase takes what the other clauses say about it; what it can't take, stays. */
static void resolve_repeat(Resolver *resolver, int at, bool *is_used)
{
    Phrase *phrase = resolver->phrase;
    Repeat repeat;
    bool is_later = phrase->clauses[at].joint == JOINT_THEN;
    start_repeat(resolver, &phrase->clauses[at], &repeat);
    is_used[at] = true;
    if (is_later) {
        limit_to_later(resolver, at, is_used, &repeat);
    }
    for (int i = is_later ? at : 0; i < phrase->n; i++) {
        Clause *clause = &phrase->clauses[i];
        if (!is_used[i] && clause->kind != CLAUSE_RECURS && clause->joint != JOINT_THEN && may_attach(clause, &repeat)) {
            is_used[i] = attach(resolver, clause, &repeat);
        }
    }
    finish_repeat(resolver, &repeat);
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
