#include "core/deadline_say_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/occurrence.h"

/* What a deadline means, in words. */

enum { MINUTES = 60 };

typedef enum Case { CASE_NOMINATIVE, CASE_GENITIVE } Case;

Str say_nth(Lang lang, TextId list, int n)
{
    Str rest = text_get(lang, list);
    Str item = str_cut(&rest, '|');
    while (n-- > 1) {
        item = str_cut(&rest, '|');
    }
    return item;
}

void say_time(StrBuf *out, int16_t time)
{
    strbuf_addf(out, "%d:%02d", (time - 1) / MINUTES, (time - 1) % MINUTES);
}

static void add_year(StrBuf *out, Lang lang, int year)
{
    text_put(out, lang, T_SAY_YEAR, TEXT_NUM(year));
}

/* «20 октября», «октябрь», with its year or without. A year alone has no case: «2023 г.» */
static void add_date(StrBuf *out, Lang lang, const Bound *bound, Case in_case, bool with_year)
{
    Civil civil = day_civil(bound->value);
    if (bound->kind == BOUND_DAY) {
        strbuf_addf(out, "%d ", civil.day);
        strbuf_add(out, say_nth(lang, T_SAY_MONTHS_OF, civil.month));
    } else if (bound->kind == BOUND_MONTH) {
        strbuf_add(out, say_nth(lang, in_case == CASE_GENITIVE ? T_SAY_MONTHS_OF : T_SAY_MONTHS, civil.month));
    } else {
        add_year(out, lang, civil.year);
        return;
    }
    if (with_year) {
        strbuf_add_char(out, ' ');
        add_year(out, lang, civil.year);
    }
}

static bool is_date(const Bound *bound)
{
    return bound->kind == BOUND_YEAR || bound->kind == BOUND_MONTH || bound->kind == BOUND_DAY;
}

void say_date_of(StrBuf *out, Lang lang, const Bound *bound)
{
    add_date(out, lang, bound, CASE_GENITIVE, true);
}

static void add_point(StrBuf *out, Lang lang, const Bound *bound)
{
    add_date(out, lang, bound, CASE_NOMINATIVE, true);
    if (bound->time != 0) {
        strbuf_add(out, text_get(lang, T_SAY_COMMA));
        say_time(out, bound->time);
    }
}

/* «10–15 октября 2022 г.», «20 октября – 1 ноября 2022 г.», «октябрь 2022 г. – май 2023 г.» */
void say_dates(StrBuf *out, Lang lang, const Bound *from, const Bound *to)
{
    Civil a = day_civil(from->value);
    Civil b = day_civil(to->value);
    bool is_one_month = from->kind == BOUND_DAY && to->kind == BOUND_DAY && a.year == b.year && a.month == b.month;
    if (from->kind == to->kind && from->value == to->value) {
        add_date(out, lang, from, CASE_NOMINATIVE, true);
        return;
    }
    if (from->kind == BOUND_YEAR && to->kind == BOUND_YEAR) {
        text_put(out, lang, T_SAY_YEARS, TEXT_NUM(a.year), TEXT_NUM(b.year));
        return;
    }
    if (is_one_month) {
        strbuf_addf(out, "%d–", a.day);
        add_date(out, lang, to, CASE_NOMINATIVE, true);
    } else {
        add_date(out, lang, from, CASE_NOMINATIVE, a.year != b.year);
        strbuf_add(out, STR(" – "));
        add_date(out, lang, to, CASE_NOMINATIVE, true);
    }
}

static void add_range(StrBuf *out, Lang lang, const Bound *from, const Bound *to)
{
    bool is_same_day = from->value == to->value && from->kind == BOUND_DAY && from->time != 0 && to->time != 0;
    if (from->time == 0 && to->time == 0) {
        say_dates(out, lang, from, to);
        if (from->kind == BOUND_DAY && to->kind == BOUND_DAY) {
            text_put(out, lang, T_SAY_DAYS, TEXT_NUM(to->value - from->value + 1));
        }
        return;
    }
    add_point(out, lang, from);
    strbuf_add(out, is_same_day ? STR("–") : STR(" – "));
    if (is_same_day) {
        say_time(out, to->time);
    } else {
        add_point(out, lang, to);
    }
}

static void add_until(StrBuf *out, Lang lang, const Bound *to)
{
    StrBuf date = { 0 };
    StrBuf time = { 0 };
    add_date(&date, lang, to, CASE_GENITIVE, true);
    if (to->time != 0) {
        say_time(&time, to->time);
        text_put(out, lang, T_SAY_UNTIL_TIME, TEXT_STR(strbuf_str(&date)), TEXT_STR(strbuf_str(&time)));
    } else {
        text_put(out, lang, to->kind == BOUND_DAY ? T_SAY_UNTIL : T_SAY_UNTIL_INCLUDED, TEXT_STR(strbuf_str(&date)));
    }
    strbuf_done(&date);
    strbuf_done(&time);
}

static void add_since(StrBuf *out, Lang lang, const Bound *from)
{
    StrBuf date = { 0 };
    StrBuf time = { 0 };
    add_date(&date, lang, from, CASE_GENITIVE, true);
    if (from->time != 0) {
        say_time(&time, from->time);
    }
    text_put(out, lang, from->time != 0 ? T_SAY_SINCE_TIME : T_SAY_SINCE, TEXT_STR(strbuf_str(&date)),
             TEXT_STR(strbuf_str(&time)));
    strbuf_done(&date);
    strbuf_done(&time);
}

/* ---- Events ---- */

void say_duration(StrBuf *out, Lang lang, int n, char unit, bool is_genitive)
{
    static const struct {
        char unit;
        TextId plain, genitive;
    } rows[] = {
        { 'D', T_SAY_N_D, T_SAY_OF_N_D }, { 'W', T_SAY_N_W, T_SAY_OF_N_W }, { 'M', T_SAY_N_M, T_SAY_OF_N_M },
        { 'Y', T_SAY_N_Y, T_SAY_OF_N_Y }, { 'B', T_SAY_N_B, T_SAY_OF_N_B }, { 'H', T_SAY_N_H, T_SAY_OF_N_H },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (rows[i].unit == unit) {
            text_put(out, lang, is_genitive ? rows[i].genitive : rows[i].plain, TEXT_NUM(n));
        }
    }
}

static TextId event_text(const DeadlineItem *item, const Bound **bound)
{
    *bound = item->to.kind == BOUND_EVENT ? &item->to : &item->from;
    bool is_bare = (*bound)->sign == 0;
    if (item->from.kind == BOUND_OPEN) {
        return is_bare ? T_SAY_EVENT_UNTIL : (*bound)->sign < 0 ? T_SAY_EVENT_NO_LATER_BEFORE : T_SAY_EVENT_NO_LATER;
    }
    if (item->to.kind == BOUND_OPEN) {
        return is_bare ? T_SAY_EVENT_SINCE : (*bound)->sign < 0 ? T_SAY_EVENT_NO_EARLIER_BEFORE : T_SAY_EVENT_NO_EARLIER;
    }
    if (item->to.kind == BOUND_EVENT) {
        return is_bare ? T_SAY_EVENT_ON : (*bound)->sign < 0 ? T_SAY_EVENT_BEFORE : T_SAY_EVENT_WITHIN;
    }
    return is_bare ? T_SAY_EVENT_ON : (*bound)->sign < 0 ? T_SAY_EVENT_BEFORE : T_SAY_EVENT_AFTER;
}

void say_event(StrBuf *out, Lang lang, const DeadlineItem *item)
{
    const Bound *bound;
    StrBuf duration = { 0 };
    TextId text = event_text(item, &bound);
    say_duration(&duration, lang, bound->value, bound->unit, text == T_SAY_EVENT_WITHIN);
    text_put(out, lang, text, TEXT_STR(strbuf_str(&duration)));
    strbuf_done(&duration);
}

/* ---- Items ---- */

static void add_time_alone(StrBuf *out, Lang lang, const DeadlineItem *item)
{
    StrBuf from = { 0 };
    StrBuf to = { 0 };
    TextId text = item->to.kind == BOUND_NONE ? T_SAY_TIME_ALONE : T_SAY_TIMES_ALONE;
    if (item->from.kind == BOUND_TIME) {
        say_time(&from, item->from.time);
    }
    if (item->to.kind == BOUND_TIME) {
        say_time(item->from.kind == BOUND_TIME ? &to : &from, item->to.time);
    }
    if (item->from.kind != BOUND_TIME || (item->to.kind != BOUND_TIME && item->to.kind != BOUND_NONE)) {
        text = item->from.kind == BOUND_TIME ? T_SAY_TIME_SINCE : T_SAY_TIME_UNTIL;
    }
    text_put(out, lang, text, TEXT_STR(strbuf_str(&from)), TEXT_STR(strbuf_str(&to)));
    strbuf_done(&from);
    strbuf_done(&to);
}

static void add_plain_span(StrBuf *out, Lang lang, const DeadlineItem *item)
{
    if (item->from.kind == BOUND_EVENT || item->to.kind == BOUND_EVENT) {
        say_event(out, lang, item);
    } else if (item->from.kind == BOUND_TIME || item->to.kind == BOUND_TIME) {
        add_time_alone(out, lang, item);
    } else if (item->from.kind == BOUND_OPEN && is_date(&item->to)) {
        add_until(out, lang, &item->to);
    } else if (item->to.kind == BOUND_OPEN && is_date(&item->from)) {
        add_since(out, lang, &item->from);
    } else if (item->to.kind == BOUND_NONE && is_date(&item->from)) {
        add_point(out, lang, &item->from);
    } else if (is_date(&item->from) && is_date(&item->to)) {
        add_range(out, lang, &item->from, &item->to);
    } else {
        strbuf_add(out, text_get(lang, T_SAY_NO_DATE));
    }
}

static bool is_whole_plan(const DeadlineItem *item, const DeadlineContext *context)
{
    const Bound *last = item->to.kind == BOUND_NONE ? &item->from : &item->to;
    bool is_dated = is_date(&item->from) && is_date(last) && item->from.time == 0 && last->time == 0;
    return is_dated && context->period.first != 0 && bound_days(&item->from).first == context->period.first &&
           bound_days(last).last == context->period.last;
}

static void add_item(StrBuf *out, Lang lang, const DeadlineItem *item, const DeadlineContext *context)
{
    StrBuf words = { 0 };
    if (item->recur != NULL) {
        say_recurrence(out, lang, item, context);
        return;
    }
    bool is_plan = is_whole_plan(item, context);
    if (is_plan && item->to.kind != BOUND_NONE) {
        say_dates(&words, lang, &item->from, &item->to);
    } else {
        add_plain_span(&words, lang, item);
    }
    TextId frame = is_plan ? T_SAY_WHOLE_PLAN : item->from.is_approx || item->to.is_approx ? T_SAY_ABOUT : T_NONE;
    if (frame != T_NONE) {
        text_put(out, lang, frame, TEXT_STR(strbuf_str(&words)));
    } else {
        strbuf_add(out, strbuf_str(&words));
    }
    strbuf_done(&words);
}

static void add_no_date(StrBuf *out, Lang lang, Str phrase)
{
    StrBuf shown = { 0 };
    utf8_add_visible(&shown, str_trim(phrase));
    if (shown.n_bytes == 0 || str_eq(strbuf_str(&shown), STR("-")) || str_eq(strbuf_str(&shown), STR("–")) ||
        str_eq(strbuf_str(&shown), STR("—"))) {
        strbuf_add(out, text_get(lang, T_SAY_NO_DATE));
    } else {
        text_put(out, lang, T_SAY_NO_DATE_FOR, TEXT_STR(strbuf_str(&shown)));
    }
    strbuf_done(&shown);
}

void deadline_add_words(StrBuf *out, Lang lang, const Deadline *deadline, const DeadlineContext *context, Str phrase)
{
    if (deadline->n_items == 0) {
        add_no_date(out, lang, phrase);
        return;
    }
    for (int i = 0; i < deadline->n_items; i++) {
        if (i > 0) {
            strbuf_add(out, deadline->is_choice ? text_get(lang, T_SAY_OR) : STR("; "));
        }
        add_item(out, lang, &deadline->items[i], context);
    }
    if (deadline->has_text) {
        strbuf_add(out, text_get(lang, T_SAY_AND_NOTE));
    }
}

void deadline_add_month(StrBuf *out, Lang lang, int month_index)
{
    strbuf_add(out, say_nth(lang, T_SAY_MONTHS, month_index % DATE_MONTHS_PER_YEAR + 1));
    strbuf_addf(out, " %d", month_index / DATE_MONTHS_PER_YEAR);
}
