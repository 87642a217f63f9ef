#include "core/deadline_value_priv.h"

/* Writing canonical notation. */

enum { MINUTES = 60 };

static void add_time(StrBuf *out, int16_t time)
{
    if (time > 0) {
        strbuf_addf(out, "T%02d:%02d", (time - 1) / MINUTES, (time - 1) % MINUTES);
    }
}

static void add_event(StrBuf *out, const Bound *bound)
{
    strbuf_add_char(out, '@');
    if (bound->sign != 0) {
        strbuf_addf(out, "%cP%s%d%c", bound->sign < 0 ? '-' : '+', bound->unit == 'H' ? "T" : "", (int)bound->value, bound->unit);
    }
}

static void add_bound(StrBuf *out, const Bound *bound)
{
    Civil civil = bound->kind >= BOUND_YEAR && bound->kind <= BOUND_DAY ? day_civil(bound->value) : (Civil){ 0 };
    switch ((BoundKind)bound->kind) {
    case BOUND_NONE:
    case BOUND_TIME:
        break;
    case BOUND_OPEN:
        strbuf_add(out, STR(".."));
        break;
    case BOUND_YEAR:
        strbuf_addf(out, "%04d", civil.year);
        break;
    case BOUND_MONTH:
        strbuf_addf(out, "%04d-%02d", civil.year, civil.month);
        break;
    case BOUND_DAY:
        day_add_iso(out, bound->value);
        break;
    case BOUND_EVENT:
        add_event(out, bound);
        break;
    }
    if (bound->is_approx && bound->time == 0) {
        strbuf_add_char(out, '~');
    }
    add_time(out, bound->time);
}

static void add_point(StrBuf *out, const SelectorPoint *point)
{
    switch ((SelectorKind)point->kind) {
    case SEL_NONE:
    case SEL_TIME:
        break;
    case SEL_OPEN:
        strbuf_add(out, STR(".."));
        break;
    case SEL_MONTH:
        strbuf_addf(out, "--%02d", point->month);
        break;
    case SEL_MONTH_DAY:
        strbuf_addf(out, "--%02d-%02d", point->month, point->day);
        break;
    case SEL_DAY:
        strbuf_addf(out, "---%02d", point->day);
        break;
    case SEL_DAY_FROM_END:
        strbuf_addf(out, "---L%02d", point->day);
        break;
    case SEL_WEEKDAY:
        strbuf_addf(out, "-W-%d", point->day);
        if (point->nth == NTH_LAST) {
            strbuf_add(out, STR("#L"));
        } else if (point->nth != 0) {
            strbuf_addf(out, "#%d", point->nth);
        }
        break;
    case SEL_START:
        strbuf_add(out, STR("#start"));
        break;
    case SEL_MIDDLE:
        strbuf_add(out, STR("#mid"));
        break;
    case SEL_END:
        strbuf_add(out, STR("#end"));
        break;
    }
    add_time(out, point->time);
}

static void add_selectors(StrBuf *out, const Recurrence *recur)
{
    if (recur->n_selectors == 0) {
        return;
    }
    strbuf_add_char(out, '/');
    if (recur->n_selectors > 1) {
        strbuf_add_char(out, '{');
    }
    for (int i = 0; i < recur->n_selectors; i++) {
        const Selector *selector = &recur->selectors[i];
        if (i > 0) {
            strbuf_add_char(out, ',');
        }
        add_point(out, &selector->from);
        if (selector->to.kind != SEL_NONE) {
            strbuf_add_char(out, '/');
            add_point(out, &selector->to);
        }
    }
    if (recur->n_selectors > 1) {
        strbuf_add_char(out, '}');
    }
}

static void add_count(StrBuf *out, const Recurrence *recur)
{
    if (recur->min > 0) {
        strbuf_addf(out, "%d", recur->min);
    }
    if (recur->min != recur->max) {
        strbuf_add(out, STR(".."));
        if (recur->max > 0) {
            strbuf_addf(out, "%d", recur->max);
        }
    }
}

static void add_item(StrBuf *out, const DeadlineItem *item)
{
    if (item->recur != NULL) {
        strbuf_add_char(out, 'R');
        add_count(out, item->recur);
        strbuf_add_char(out, '/');
    }
    add_bound(out, &item->from);
    if (item->to.kind != BOUND_NONE) {
        strbuf_add_char(out, '/');
        add_bound(out, &item->to);
    }
    if (item->recur != NULL) {
        strbuf_addf(out, "/P%d%c", item->recur->frame_n, item->recur->frame);
        add_selectors(out, item->recur);
    }
}

void deadline_add_canonical(StrBuf *out, const Deadline *deadline)
{
    if (deadline->n_items == 0) {
        strbuf_add(out, STR("text"));
        return;
    }
    bool is_many = deadline->n_items > 1;
    if (is_many) {
        strbuf_add_char(out, deadline->is_choice ? '[' : '{');
    }
    for (int i = 0; i < deadline->n_items; i++) {
        if (i > 0) {
            strbuf_add_char(out, ',');
        }
        add_item(out, &deadline->items[i]);
    }
    if (is_many) {
        strbuf_add_char(out, deadline->is_choice ? ']' : '}');
    }
    if (deadline->has_text) {
        strbuf_add(out, STR("+text"));
    }
}
