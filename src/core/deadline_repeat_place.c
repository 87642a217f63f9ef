#include "core/deadline_repeat_priv.h"

/* Where in its frame a recurrence falls: selectors, and what the notation has none for. */

static int selector_key(const SelectorPoint *point)
{
    return (((point->kind * 20 + point->month) * 40 + point->day) * 16 + point->nth) * 2000 + point->time;
}

int repeat_order(const void *a, const void *b)
{
    const Selector *x = a;
    const Selector *y = b;
    int first = selector_key(&x->from) - selector_key(&y->from);
    return first != 0 ? first : selector_key(&x->to) - selector_key(&y->to);
}

void repeat_add_selector(Resolver *resolver, Repeat *repeat, Selector selector)
{
    for (int i = 0; i < repeat->n; i++) {
        if (repeat_order(&repeat->selectors[i], &selector) == 0) {
            return;
        }
    }
    if (repeat->n < MAX_SELECTORS) {
        repeat->selectors[repeat->n++] = selector;
    } else {
        leave_as_text(resolver);
    }
}

/* «пн.-пт. 9.00-17.00»: each of the days has its hours. */
static void add_days_with_times(Resolver *resolver, Repeat *repeat, const Clause *clause)
{
    const Moment *times = clause->to.time != 0 ? &clause->to : &clause->from;
    for (int day = clause->from.weekday; day <= clause->to.weekday; day++) {
        Selector each = { .from = { .kind = SEL_WEEKDAY, .day = (int8_t)day, .time = times->time } };
        if (times->time2 != 0) {
            each.to = each.from;
            each.to.time = times->time2;
        }
        repeat_add_selector(resolver, repeat, each);
    }
}

bool repeat_add_vacations(Resolver *resolver, const Clause *clause, Repeat *repeat)
{
    Moment named[SEASON_COUNT];
    Selector selector;
    bool is_yearly = repeat->head.frame == 'Y' && clause->mode == MODE_IN && !clause->is_range;
    int n = is_yearly ? vacation_moments(&clause->from, resolver->context, named) : 0;
    for (int i = 0; i < n; i++) {
        if (moment_selector(&named[i], resolver->context, &selector)) {
            repeat_add_selector(resolver, repeat, selector);
        }
    }
    return n > 0;
}

/* Of the frame in hand, once in each? */
static bool add_spelled(const Clause *clause, Repeat *repeat)
{
    int n = 1;
    const Moment *moment = &clause->from;
    bool is_yearly = repeat->head.frame == 'Y' && repeat->head.frame_n == 1;
    bool is_named = moment->n != 0 || moment->unit == UNIT_YEAR || moment->unit == UNIT_SCHOOL_YEAR;
    bool is_own = is_named ? is_yearly : unit_frame((Unit)moment->unit, &n) == repeat->head.frame && n == repeat->head.frame_n;
    if (!is_own || repeat->head.min != 0 || repeat->head.max != 0 || repeat->n_spelled == MAX_SELECTORS) {
        return false;
    }
    repeat->spelled[repeat->n_spelled++] = *clause;
    return true;
}

bool repeat_add_place(Resolver *resolver, const Clause *clause, Repeat *repeat)
{
    Selector selector;
    Selector end;
    const SelectorPoint open = { .kind = SEL_OPEN };
    if (moment_is_spelled(&clause->from, resolver->context) ||
        (clause->is_range && moment_is_spelled(&clause->to, resolver->context))) {
        return add_spelled(clause, repeat);
    }
    if (is_any_vacation(&clause->from)) {
        return repeat_add_vacations(resolver, clause, repeat);
    }
    if (!moment_selector(&clause->from, resolver->context, &selector)) {
        return false;
    }
    if (clause->is_range) {
        if ((clause->from.unit == UNIT_WEEKDAY) != (clause->to.unit == UNIT_WEEKDAY)) {
            return false; /* «14:00 – среда» */
        }
        if (clause->to.unit == UNIT_WEEKDAY && (clause->from.time != 0 || clause->to.time != 0)) {
            add_days_with_times(resolver, repeat, clause);
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
    repeat_add_selector(resolver, repeat, selector);
    return true;
}
