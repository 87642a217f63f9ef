#include "core/deadline_say_priv.h"

/* A deadline in digits, for a column of a table. */

enum { CENTURY = 100 };

static void add_year(StrBuf *out, int year)
{
    strbuf_addf(out, "%02d", year % CENTURY);
}

static void add_date(StrBuf *out, Lang lang, const Bound *bound, TextId months, bool with_year)
{
    Civil civil = day_civil(bound->value);
    if (bound->kind == BOUND_YEAR) {
        strbuf_addf(out, "%d", civil.year);
        return;
    }
    if (bound->kind == BOUND_DAY) {
        strbuf_addf(out, "%02d.%02d", civil.day, civil.month);
    } else {
        strbuf_add(out, say_nth(lang, months, civil.month));
    }
    if (with_year) {
        strbuf_add_char(out, bound->kind == BOUND_DAY ? '.' : ' ');
        add_year(out, civil.year);
    }
}

static void add_dated(StrBuf *out, Lang lang, const Bound *bound, TextId months)
{
    add_date(out, lang, bound, months, true);
    if (bound->time != 0) {
        strbuf_add_char(out, ' ');
        say_time(out, bound->time);
    }
}

static void add_range(StrBuf *out, Lang lang, const Bound *from, const Bound *to)
{
    Civil a = day_civil(from->value);
    Civil b = day_civil(to->value);
    bool is_one_month = from->kind == BOUND_DAY && to->kind == BOUND_DAY && a.year == b.year && a.month == b.month;
    if (is_one_month && a.day == b.day) {
        add_dated(out, lang, from, T_SAY_MONTHS_SHORT);
        if (to->time != 0) {
            strbuf_add(out, STR("–"));
            say_time(out, to->time);
        }
        return;
    }
    if (is_one_month) {
        strbuf_addf(out, "%02d", a.day);
    } else {
        add_date(out, lang, from, T_SAY_MONTHS_SHORT, a.year != b.year);
    }
    strbuf_add(out, STR("–"));
    add_date(out, lang, to, T_SAY_MONTHS_SHORT, true);
}

static bool is_date(const Bound *bound)
{
    return bound->kind >= BOUND_YEAR && bound->kind <= BOUND_DAY;
}

static void add_framed(StrBuf *out, Lang lang, TextId frame, const Bound *bound)
{
    StrBuf date = { 0 };
    if (bound->kind == BOUND_TIME) {
        say_time(&date, bound->time);
    } else if (is_date(bound)) {
        add_dated(&date, lang, bound, T_SAY_MONTHS_OF);
    }
    text_put(out, lang, frame, TEXT_STR(strbuf_str(&date)));
    strbuf_done(&date);
}

static void add_item(StrBuf *out, Lang lang, const DeadlineItem *item)
{
    if (item->recur != NULL) {
        say_pattern(out, lang, item->recur, true);
    } else if (item->from.kind == BOUND_EVENT || item->to.kind == BOUND_EVENT) {
        say_event(out, lang, item);
    } else if (item->from.kind == BOUND_OPEN) {
        add_framed(out, lang, T_SHORT_UNTIL, &item->to);
    } else if (item->to.kind == BOUND_OPEN) {
        add_framed(out, lang, T_SHORT_SINCE, &item->from);
    } else if (item->from.kind == BOUND_TIME) {
        say_time(out, item->from.time);
        if (item->to.kind == BOUND_TIME) {
            strbuf_add(out, STR("–"));
            say_time(out, item->to.time);
        }
    } else if (item->to.kind == BOUND_NONE || !is_date(&item->to)) {
        add_dated(out, lang, &item->from, T_SAY_MONTHS);
    } else {
        add_range(out, lang, &item->from, &item->to);
    }
}

void deadline_add_compact(StrBuf *out, Lang lang, const Deadline *deadline)
{
    for (int i = 0; i < deadline->n_items; i++) {
        if (i > 0) {
            strbuf_add(out, deadline->is_choice ? text_get(lang, T_SAY_OR) : text_get(lang, T_SAY_COMMA));
        }
        add_item(out, lang, &deadline->items[i]);
    }
}
