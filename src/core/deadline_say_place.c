#include "core/deadline_say_priv.h"

/* Where in its frame something recurs: «до 5-го числа», «по вторникам и четвергам», «в конце». */

static void add_month_day(StrBuf *out, Lang lang, const SelectorPoint *point)
{
    if (point->kind == SEL_MONTH_DAY) {
        strbuf_addf(out, "%d ", point->day);
    }
    strbuf_add(out, say_nth(lang, point->kind == SEL_MONTH_DAY ? T_SAY_MONTHS_OF : T_SAY_MONTHS, point->month));
}

static Str nth_word(Lang lang, const SelectorPoint *point)
{
    enum { SIXTH_IS_LAST = 6 };
    static const TextId forms[] = { T_SAY_NTH_MALE,   T_SAY_NTH_MALE,   T_SAY_NTH_FEMALE, T_SAY_NTH_MALE,
                                    T_SAY_NTH_FEMALE, T_SAY_NTH_FEMALE, T_SAY_NTH_NEUTER };
    return say_nth(lang, forms[point->day - 1], point->nth == NTH_LAST ? SIXTH_IS_LAST : point->nth);
}

static void add_nth_weekday(StrBuf *out, Lang lang, const SelectorPoint *point)
{
    strbuf_add(out, nth_word(lang, point));
    strbuf_add_char(out, ' ');
    strbuf_add(out, say_nth(lang, T_SAY_WEEKDAYS, point->day));
}

static void add_nth_day(StrBuf *out, Lang lang, int day)
{
    text_put(out, lang, T_SAY_NTH_DAY, TEXT_NUM(day));
}

static void add_place(StrBuf *out, Lang lang, const SelectorPoint *point)
{
    StrBuf nth = { 0 };
    switch ((SelectorKind)point->kind) {
    case SEL_MONTH:
        text_put(out, lang, T_SAY_IN_MONTH, TEXT_STR(say_nth(lang, T_SAY_MONTHS_IN, point->month)));
        break;
    case SEL_MONTH_DAY:
        add_month_day(out, lang, point);
        break;
    case SEL_DAY:
        add_nth_day(&nth, lang, point->day);
        text_put(out, lang, T_SAY_DAY_NUMBER, TEXT_STR(strbuf_str(&nth)));
        strbuf_done(&nth);
        break;
    case SEL_DAY_FROM_END:
        strbuf_add(out, text_get(lang, T_SAY_LAST_DAY));
        break;
    case SEL_WEEKDAY:
        if (point->nth != 0) {
            add_nth_weekday(out, lang, point);
        } else {
            strbuf_add(out, say_nth(lang, T_SAY_WEEKDAYS_ON, point->day));
        }
        break;
    case SEL_START:
        strbuf_add(out, text_get(lang, T_SAY_AT_START));
        break;
    case SEL_MIDDLE:
        strbuf_add(out, text_get(lang, T_SAY_AT_MIDDLE));
        break;
    case SEL_END:
        strbuf_add(out, text_get(lang, T_SAY_AT_END));
        break;
    case SEL_NONE:
    case SEL_OPEN:
    case SEL_TIME:
        break;
    }
}

static void add_until(StrBuf *out, Lang lang, const SelectorPoint *to)
{
    StrBuf date = { 0 };
    if (to->kind == SEL_DAY) {
        add_nth_day(&date, lang, to->day);
        text_put(out, lang, T_SAY_UNTIL_DAY, TEXT_STR(strbuf_str(&date)));
    } else if (to->kind == SEL_DAY_FROM_END) {
        strbuf_add(out, text_get(lang, T_SAY_UNTIL_LAST));
    } else {
        if (to->kind == SEL_MONTH_DAY || to->kind == SEL_MONTH) {
            const SelectorPoint end = *to;
            if (end.kind == SEL_MONTH) {
                strbuf_add(&date, say_nth(lang, T_SAY_MONTHS_OF, end.month));
            } else {
                add_month_day(&date, lang, &end);
            }
        } else if (to->kind == SEL_TIME) {
            say_time(&date, to->time);
        } else {
            add_place(&date, lang, to);
        }
        text_put(out, lang, T_SAY_UNTIL_DATE, TEXT_STR(strbuf_str(&date)));
    }
    strbuf_done(&date);
}

static void add_days(StrBuf *out, Lang lang, const Selector *selector)
{
    const SelectorPoint *from = &selector->from;
    const SelectorPoint *to = &selector->to;
    if (from->kind == SEL_DAY && to->kind == SEL_DAY) {
        text_put(out, lang, T_SAY_DAY_NUMBERS, TEXT_NUM(from->day), TEXT_NUM(to->day));
    } else if (from->kind == SEL_DAY && to->kind == SEL_DAY_FROM_END) {
        text_put(out, lang, T_SAY_DAYS_TO_LAST, TEXT_NUM(from->day));
    } else if (from->kind == SEL_DAY_FROM_END) {
        text_put(out, lang, T_SAY_LAST_DAYS, TEXT_NUM(from->day));
    } else if (from->kind == SEL_WEEKDAY && to->kind == SEL_WEEKDAY) {
        strbuf_add(out, say_nth(lang, T_SAY_WEEKDAYS_FROM, from->day));
        strbuf_add_char(out, ' ');
        strbuf_add(out, say_nth(lang, T_SAY_WEEKDAYS_TO, to->day));
    } else if (from->kind == SEL_MONTH_DAY && to->kind == SEL_MONTH_DAY && from->month == to->month) {
        strbuf_addf(out, "%d–", from->day);
        add_month_day(out, lang, to);
    } else if (from->kind == SEL_MONTH || from->kind == SEL_MONTH_DAY) {
        add_month_day(out, lang, from);
        strbuf_add(out, STR(" – "));
        add_month_day(out, lang, to);
    } else {
        add_place(out, lang, from);
    }
}

static void add_times(StrBuf *out, Lang lang, const Selector *selector)
{
    StrBuf from = { 0 };
    StrBuf to = { 0 };
    const SelectorPoint *end = &selector->to;
    if (selector->from.time == 0 || selector->from.kind == SEL_OPEN) {
        return;
    }
    say_time(&from, selector->from.time);
    if (end->time != 0) {
        say_time(&to, end->time);
    }
    TextId text = end->time != 0 ? T_SAY_BETWEEN_TIMES : end->kind == SEL_OPEN ? T_SAY_FROM_TIME : T_SAY_AT_TIME;
    strbuf_add_char(out, ' ');
    text_put(out, lang, text, TEXT_STR(strbuf_str(&from)), TEXT_STR(strbuf_str(&to)));
    strbuf_done(&from);
    strbuf_done(&to);
}

static bool is_same_place(const Selector *selector)
{
    const SelectorPoint *from = &selector->from;
    const SelectorPoint *to = &selector->to;
    return to->kind == SEL_NONE ||
           (from->kind == to->kind && from->day == to->day && from->month == to->month && from->nth == to->nth);
}

static void add_selector(StrBuf *out, Lang lang, const Selector *selector)
{
    if (selector->from.kind == SEL_OPEN) {
        add_until(out, lang, &selector->to);
    } else if (is_same_place(selector) || selector->to.kind == SEL_OPEN) {
        add_place(out, lang, &selector->from);
    } else {
        add_days(out, lang, selector);
    }
}

/* ---- Several alike: «по вторникам и четвергам», «10-го и 25-го числа» ---- */

typedef enum Kind { KIND_OTHER, KIND_DAY, KIND_UNTIL_DAY, KIND_WEEKDAY, KIND_NTH_WEEKDAY, KIND_MONTH } Kind;

static Kind kind_of(const Selector *selector)
{
    const SelectorPoint *from = &selector->from;
    if (from->kind == SEL_OPEN) {
        return selector->to.kind == SEL_DAY ? KIND_UNTIL_DAY : KIND_OTHER;
    }
    if (!is_same_place(selector)) {
        return KIND_OTHER;
    }
    switch ((SelectorKind)from->kind) {
    case SEL_DAY:
        return KIND_DAY;
    case SEL_WEEKDAY:
        return from->nth != 0 ? KIND_NTH_WEEKDAY : KIND_WEEKDAY;
    case SEL_MONTH:
        return KIND_MONTH;
    default:
        return KIND_OTHER;
    }
}

static bool are_alike(const Selector *a, const Selector *b)
{
    Kind kind = kind_of(a);
    bool is_same_time = a->from.time == b->from.time && a->to.time == b->to.time && a->to.kind == b->to.kind;
    return kind != KIND_OTHER && kind == kind_of(b) && is_same_time && (kind != KIND_NTH_WEEKDAY || a->from.day == b->from.day);
}

/* What is said of each: «вторникам» of «по вторникам», «первый», «10-го». */
static void add_member(StrBuf *out, Lang lang, const Selector *selector, bool is_first)
{
    StrBuf whole = { 0 };
    Kind kind = kind_of(selector);
    switch (kind) {
    case KIND_DAY:
    case KIND_UNTIL_DAY:
        add_nth_day(out, lang, kind == KIND_DAY ? selector->from.day : selector->to.day);
        return;
    case KIND_MONTH:
        strbuf_add(out, say_nth(lang, T_SAY_MONTHS_IN, selector->from.month));
        return;
    case KIND_NTH_WEEKDAY:
        strbuf_add(&whole, nth_word(lang, &selector->from));
        break;
    case KIND_WEEKDAY:
    case KIND_OTHER:
        add_selector(&whole, lang, selector);
        break;
    }
    Str rest = strbuf_str(&whole);
    bool has_particle = str_find(rest, STR(" "), 0) != SIZE_MAX; /* «по», "on", "the": once is enough */
    if (!is_first && has_particle) {
        (void)str_cut(&rest, ' ');
    }
    strbuf_add(out, rest);
    strbuf_done(&whole);
}

static void add_alike(StrBuf *out, Lang lang, const Selector *first, int n)
{
    StrBuf members = { 0 };
    for (int i = 0; i < n; i++) {
        if (i > 0) {
            strbuf_add(&members, text_get(lang, i + 1 == n ? T_SAY_AND : T_SAY_COMMA));
        }
        add_member(&members, lang, &first[i], i == 0);
    }
    Kind kind = kind_of(first);
    TextId frame = kind == KIND_DAY ? T_SAY_DAYS_LISTED : kind == KIND_UNTIL_DAY ? T_SAY_UNTIL_DAYS : T_SAY_IN_MONTH;
    if (kind == KIND_WEEKDAY || kind == KIND_NTH_WEEKDAY) {
        strbuf_add(out, strbuf_str(&members));
    } else {
        text_put(out, lang, frame, TEXT_STR(strbuf_str(&members)));
    }
    if (kind == KIND_NTH_WEEKDAY) {
        strbuf_add_char(out, ' ');
        strbuf_add(out, say_nth(lang, T_SAY_WEEKDAYS, first->from.day));
    }
    strbuf_done(&members);
}

static bool is_day_of_month(const Selector *selector)
{
    const SelectorPoint *point = selector->from.kind == SEL_OPEN ? &selector->to : &selector->from;
    return point->kind == SEL_DAY;
}

void say_places(StrBuf *out, Lang lang, const Recurrence *recur, bool is_bare)
{
    bool is_long = recur->frame == 'Q' || recur->frame == 'T' || (recur->frame == 'M' && recur->frame_n > 1);
    for (int i = 0; i < recur->n_selectors;) {
        const Selector *first = &recur->selectors[i];
        int n = 1;
        while (i + n < recur->n_selectors && are_alike(first, &first[n])) {
            n++;
        }
        bool is_time = first->from.kind == SEL_TIME;
        if (i > 0 || !is_bare) {
            strbuf_add(out, is_time ? STR("") : text_get(lang, T_SAY_COMMA));
        }
        if (n > 1) {
            add_alike(out, lang, first, n);
        } else {
            add_selector(out, lang, first);
        }
        if (is_long && is_day_of_month(first)) {
            strbuf_add(out, text_get(lang, T_SAY_OF_FIRST_MONTH));
        }
        add_times(out, lang, first);
        i += n;
    }
}
