#include <stdlib.h>
#include <string.h>

#include "core/deadline_repeat_priv.h"

/* What recurs: one recurrence takes what the clauses beside it say of its place, its span, its time. */

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
    bool is_year = moment->unit == UNIT_YEAR || moment->unit == UNIT_SCHOOL_YEAR;
    is_place = is_place || (is_year && moment->part >= PART_START && moment->part <= PART_END && repeat->head.frame == 'Y');
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
            selector->to = moment->time2 != 0 ? selector->from : selector->to;
            selector->to.time = moment->time2;
        } else {
            resolver->phrase->has_text = true;
        }
    }
}

/* «10 числа триместра» beside «каждого месяца» */
static bool is_of_other_frame(const Moment *moment, const Repeat *repeat)
{
    int n = 1;
    bool is_named = moment->unit >= UNIT_QUARTER && moment->unit <= UNIT_TRIMESTER && moment->n == 0;
    return is_named && (unit_frame((Unit)moment->unit, &n) != repeat->head.frame || n != repeat->head.frame_n);
}

static Unit unit_of_frame(const Repeat *repeat)
{
    for (int unit = UNIT_MONTH; unit <= UNIT_YEAR; unit++) {
        int n = 0;
        if (unit_frame((Unit)unit, &n) == repeat->head.frame && n == repeat->head.frame_n && unit != UNIT_SCHOOL_YEAR) {
            return (Unit)unit;
        }
    }
    return UNIT_NONE;
}

/* A part that does not say of what is one of the frame. */
static void name_part(Clause *clause, const Repeat *repeat)
{
    bool is_bare = clause->from.unit == UNIT_NONE && clause->from.part != PART_WHOLE && !clause->is_range;
    bool is_part = is_bare && clause->mode == MODE_IN;
    if (is_bare && (clause->from.part == PART_WORKDAY || clause->from.part == PART_MONTH_DAY)) {
        clause->from.unit = (uint8_t)unit_of_frame(repeat);
        return;
    }
    bool is_third = clause->from.part >= PART_START && clause->from.part <= PART_END;
    if (is_part && is_third && is_long_frame(repeat)) {
        clause->from.unit = UNIT_SCHOOL_QUARTER; /* «1 раз в четверть, в конце»: of whichever frame */
    } else if (is_part && (repeat->head.frame == 'M' || repeat->head.frame == 'Q' || repeat->head.frame == 'T')) {
        clause->from.unit = (uint8_t)unit_of_frame(repeat); /* «ежемесячно, последняя пятница» */
    }
}

/* «ежедневно в каникулы», «ежегодно в каникулы»; of months and quarters they are no place. */
static bool attach_vacations(Resolver *resolver, const Clause *clause, Repeat *repeat)
{
    bool is_short = repeat->head.frame == 'D' || repeat->head.frame == 'W';
    bool is_plain = clause->mode == MODE_IN && !clause->is_range;
    if (is_short && is_plain) {
        int n =
            vacation_spans(&clause->from, resolver->context, repeat->limits + repeat->n_limits, MAX_SELECTORS - repeat->n_limits);
        repeat->n_limits += n;
        return n > 0;
    }
    if (!repeat_add_vacations(resolver, clause, repeat)) {
        leave_as_text(resolver);
    }
    return true;
}

/* Dates that it is limited to. */
static bool attach_limit(Resolver *resolver, Clause *clause, Repeat *repeat)
{
    DeadlineItem limit;
    if (repeat->n_limits == MAX_SELECTORS || clause->from.part == PART_WEEKDAY || !resolve_span(resolver, clause, &limit) ||
        (limit.from.kind == BOUND_OPEN && limit.to.kind == BOUND_OPEN)) {
        return false;
    }
    if (resolver_has_period(resolver)) {
        close_limit(resolver, &limit);
    }
    Span days = item_span(&limit);
    if (days.first == 0 || days.last < days.first) {
        return false; /* still open, or not in the plan at all */
    }
    repeat->limits[repeat->n_limits++] = limit;
    return true;
}

static bool attach(Resolver *resolver, Clause *clause, Repeat *repeat)
{
    if (clause->kind == CLAUSE_PLAN) {
        return true;
    }
    if (clause->kind != CLAUSE_SPAN) {
        return false;
    }
    if (clause->from.unit == UNIT_WEEKDAY && (repeat->head.frame == 'D' || repeat->head.frame == 'W')) {
        repeat->head.frame = 'W';
        return repeat_add_place(resolver, clause, repeat);
    }
    if (is_any_vacation(&clause->from) && clause->joint == JOINT_AND) {
        return false; /* «в выходные и каникулы» */
    }
    if (is_any_vacation(&clause->from)) {
        return attach_vacations(resolver, clause, repeat);
    }
    if (is_of_other_frame(&clause->from, repeat)) {
        leave_as_text(resolver);
        return true;
    }
    name_part(clause, repeat);
    bool is_time = clause->from.unit == UNIT_TIME;
    if (is_time && repeat->n > 0 && clause->mode == MODE_IN && !clause->is_range) {
        set_times(resolver, &clause->from, repeat);
        return true;
    }
    bool is_number = clause->from.unit == UNIT_NUMBER;
    bool is_recurring = moment_recurs(&clause->from) && clause->from.year2 == 0;
    if (is_recurring || is_time || is_yearly_place(clause, repeat)) {
        bool is_added = !is_number && repeat_add_place(resolver, clause, repeat);
        if (!is_added && is_recurring) {
            leave_as_text(resolver); /* «ежеквартально, в последнюю неделю квартала»: no notation for where */
        }
        return is_added || is_recurring;
    }
    return attach_limit(resolver, clause, repeat);
}

static Day monday_of(Day day)
{
    return day - (day_weekday(day) - 1);
}

/* Even and odd weeks are counted from the first of the plan: a span that begins in one of the other kind begins a week later. */
static void set_parity(Resolver *resolver, Repeat *repeat)
{
    Span period = resolver->context->period;
    warn(&resolver->phrase->warnings, DEADLINE_AMBIGUOUS);
    for (int i = 0; i < repeat->n_limits; i++) {
        DeadlineItem *limit = &repeat->limits[i];
        Span days = item_span(limit);
        int weeks = (monday_of(days.first) - monday_of(period.first != 0 ? period.first : days.first)) / DATE_DAYS_PER_WEEK;
        bool is_odd = weeks % 2 == 0;
        Day next = monday_of(days.first) + DATE_DAYS_PER_WEEK;
        if (is_odd != (repeat->parity == 1) && next <= days.last) {
            *limit = (DeadlineItem){ .from = day_bound(next), .to = day_bound(days.last) };
            limit->to = next == days.last ? (Bound){ .kind = BOUND_NONE } : limit->to;
        }
    }
    if (repeat->n == 0) {
        repeat_add_selector(
            resolver, repeat,
            (Selector){ .from = { .kind = SEL_WEEKDAY, .day = 1 }, .to = { .kind = SEL_WEEKDAY, .day = DATE_DAYS_PER_WEEK } });
    }
}

/* False if nothing came of it: it stays in words then. */
static bool spell(Resolver *resolver, const Repeat *repeat)
{
    int n_before = resolver->n;
    bool is_ok = repeat->n_spelled > 0;
    for (int i = 0; i < repeat->n_spelled; i++) {
        for (int k = 0; k < repeat->n_limits; k++) {
            is_ok = is_ok && spell_clause(resolver, &repeat->spelled[i], &repeat->head, item_span(&repeat->limits[k]));
        }
    }
    if (!is_ok && repeat->n_spelled > 0) {
        resolver->n = n_before;
        resolver->phrase->has_text = true;
    }
    return is_ok;
}

static void finish_repeat(Resolver *resolver, Repeat *repeat)
{
    qsort(repeat->selectors, (size_t)repeat->n, sizeof repeat->selectors[0], repeat_order);
    if (repeat->n_limits == 0) {
        DeadlineItem whole = { 0 };
        if (!resolver_has_period(resolver)) {
            return; /* a frequency of nobody knows what */
        }
        period_bounds(resolver->context->period, &whole.from, &whole.to);
        repeat->limits[repeat->n_limits++] = whole;
    }
    if (repeat->parity != 0) {
        set_parity(resolver, repeat);
    }
    if (spell(resolver, repeat) && repeat->n == 0) {
        return;
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
        resolver_add_item(resolver, repeat->limits[i]);
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

bool starts_repeat(const Clause *clause)
{
    return clause->kind == CLAUSE_RECURS || (clause->kind == CLAUSE_SPAN && moment_recurs(&clause->from));
}

static void start_repeat(Resolver *resolver, Clause *clause, Repeat *repeat)
{
    repeat->n = repeat->n_limits = repeat->n_spelled = 0;
    repeat->head = (Recurrence){ .frame = clause->frame, .frame_n = clause->frame_n, .min = clause->min, .max = clause->max };
    repeat->parity = clause->parity;
    repeat->is_from_word = clause->kind == CLAUSE_RECURS;
    if (repeat->is_from_word) {
        return;
    }
    const Moment *moment = &clause->from;
    int n = 1;
    bool is_yearly = moment->year2 != 0;
    bool is_one_of_year = moment->is_every && moment->n != 0; /* «каждый сентябрь» */
    Unit unit = moment->unit == UNIT_WEEKDAY ? UNIT_WEEK : moment->unit == UNIT_NONE ? UNIT_MONTH : (Unit)moment->unit;
    repeat->head.frame =
        is_yearly || is_one_of_year || moment->unit == UNIT_DAY || is_any_vacation(moment) ? 'Y' : unit_frame(unit, &n);
    repeat->head.frame_n = (int16_t)(repeat->head.frame == 'Y' ? 1 : n);
    if (is_yearly) {
        limit_to_years(moment, repeat);
        repeat->head.frame = 'Y';
        clause->from.year = clause->from.year2 = 0;
    }
    if (moment->part != PART_WHOLE || moment->unit == UNIT_WEEKDAY || is_yearly || is_one_of_year || is_any_vacation(moment)) {
        resolver->phrase->has_text = !repeat_add_place(resolver, clause, repeat) || resolver->phrase->has_text;
    }
}

/* Would clause i rather limit the recurrence than stand beside it? Short frames, or a frequency that was said. */
static bool may_attach(const Clause *clause, const Repeat *repeat)
{
    bool is_short = repeat->head.frame == 'D' || repeat->head.frame == 'W';
    bool is_months =
        repeat->head.frame == 'M' && clause->kind == CLAUSE_SPAN && clause->is_range && clause->mode == MODE_IN &&
        (clause->from.unit == UNIT_MONTH || clause->from.unit == UNIT_DAY); /* «сентябрь-май, до 5 числа каждого месяца» */
    return repeat->is_from_word || is_short || is_months || starts_repeat(clause) || clause->kind == CLAUSE_PLAN ||
           clause->from.unit == UNIT_TIME;
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
    if (resolver_has_period(resolver)) {
        period_bounds(resolver->context->period, &rest.from, &rest.to);
        start_later(resolver, &rest);
        repeat->limits[repeat->n_limits++] = rest;
    }
}

/* The recurrence of the phrase takes what the other clauses say about it; what it can't take, stays. */
void resolve_repeat(Resolver *resolver, int at, bool *is_used)
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
