#include "core/deadline_say_priv.h"
#include "vekha/core/occurrence.h"

/* «каждый месяц, до 5-го числа, с сентября 2022 по май 2023 г., 9 раз» */

typedef struct FrameRow {
    char frame;
    uint8_t n;
    TextId each, per;
} FrameRow;

static const FrameRow frame_rows[] = {
    { 'D', 1, T_SAY_EACH_D, T_SAY_IN_D },   { 'W', 1, T_SAY_EACH_W, T_SAY_IN_W },   { 'M', 1, T_SAY_EACH_M, T_SAY_IN_M },
    { 'M', 3, T_SAY_EACH_3M, T_SAY_IN_3M }, { 'M', 6, T_SAY_EACH_6M, T_SAY_IN_6M }, { 'Y', 1, T_SAY_EACH_Y, T_SAY_IN_Y },
    { 'Q', 1, T_SAY_EACH_Q, T_SAY_IN_Q },   { 'T', 1, T_SAY_EACH_T, T_SAY_IN_T },
};

static const FrameRow *find_frame(const Recurrence *recur)
{
    for (size_t i = 0; i < COUNTOF(frame_rows); i++) {
        if (frame_rows[i].frame == recur->frame && frame_rows[i].n == recur->frame_n) {
            return &frame_rows[i];
        }
    }
    return NULL;
}

/* «каждый месяц» or «в месяц»; a frame without a name is so many units long. */
static void add_frame(StrBuf *out, Lang lang, const Recurrence *recur, bool is_per)
{
    const FrameRow *row = find_frame(recur);
    if (row != NULL) {
        strbuf_add(out, text_get(lang, is_per ? row->per : row->each));
        return;
    }
    StrBuf length = { 0 };
    say_duration(&length, lang, recur->frame_n, recur->frame, false);
    text_put(out, lang, is_per ? T_SAY_IN_N : T_SAY_EACH_N, TEXT_STR(strbuf_str(&length)));
    strbuf_done(&length);
}

static void say_frequency(StrBuf *out, Lang lang, const Recurrence *recur, bool is_short)
{
    StrBuf frame = { 0 };
    add_frame(&frame, lang, recur, true);
    TextArg per = TEXT_STR(strbuf_str(&frame));
    if (recur->min == 0 && recur->max == 0) {
        add_frame(out, lang, recur, false);
    } else if (recur->min == recur->max) {
        text_put(out, lang, is_short ? T_SHORT_TIMES : T_SAY_TIMES, TEXT_NUM(recur->min), per);
    } else if (!is_short && (recur->min == 1 || recur->max == 1) && (recur->min == 0 || recur->max == 0)) {
        text_put(out, lang, recur->max == 0 ? T_SAY_ONCE_AT_LEAST : T_SAY_ONCE_AT_MOST, per);
    } else if (recur->max == 0) {
        text_put(out, lang, is_short ? T_SHORT_TIMES_AT_LEAST : T_SAY_TIMES_AT_LEAST, TEXT_NUM(recur->min), per);
    } else if (recur->min == 0) {
        text_put(out, lang, is_short ? T_SHORT_TIMES_AT_MOST : T_SAY_TIMES_AT_MOST, TEXT_NUM(recur->max), per);
    } else {
        text_put(out, lang, T_SAY_TIMES_BETWEEN, TEXT_NUM(recur->min), TEXT_NUM(recur->max), per);
    }
    strbuf_done(&frame);
}

static bool is_weekly_place(const Recurrence *recur)
{
    for (int i = 0; i < recur->n_selectors; i++) {
        if (recur->selectors[i].from.kind != SEL_WEEKDAY || recur->selectors[i].from.nth != 0) {
            return false;
        }
    }
    return recur->n_selectors > 0 && recur->frame == 'W' && recur->frame_n == 1 && recur->min == 0 && recur->max == 0;
}

/* ---- The whole ---- */

/* «с сентября 2022 по август 2023 г.», «в октябре 2022 г.», «, 2023 г.» */
static void add_span(StrBuf *out, Lang lang, Span days, TextId frame)
{
    StrBuf from = { 0 };
    StrBuf to = { 0 };
    Civil a = day_civil(days.first);
    Civil b = day_civil(days.last);
    bool is_months =
        month_span(day_month_index(days.first)).first == days.first && month_span(day_month_index(days.last)).last == days.last;
    bool is_years = is_months && a.month == 1 && b.month == DATE_MONTHS_PER_YEAR;
    if (is_years) {
        strbuf_add(out, text_get(lang, T_SAY_COMMA));
        if (a.year == b.year) {
            text_put(out, lang, T_SAY_YEAR, TEXT_NUM(a.year));
        } else {
            text_put(out, lang, T_SAY_YEARS, TEXT_NUM(a.year), TEXT_NUM(b.year));
        }
        return;
    }
    if (is_months && a.year == b.year && a.month == b.month) {
        strbuf_add(&from, say_nth(lang, T_SAY_MONTHS_IN, a.month));
        strbuf_add_char(&from, ' ');
        text_put(&from, lang, T_SAY_YEAR, TEXT_NUM(a.year));
        text_put(out, lang, T_SAY_SPAN_IN, TEXT_STR(strbuf_str(&from)));
        strbuf_done(&from);
        return;
    }
    if (!is_months) {
        strbuf_addf(&from, "%d ", a.day);
        strbuf_addf(&to, "%d ", b.day);
    }
    bool is_one_month = a.year == b.year && a.month == b.month; /* «с 1 по 10 июня» */
    if (is_one_month) {
        from.n_bytes--;
    } else {
        strbuf_add(&from, say_nth(lang, T_SAY_MONTHS_OF, a.month));
    }
    if (a.year != b.year) {
        strbuf_addf(&from, " %d", a.year);
    }
    strbuf_add(&to, say_nth(lang, is_months ? T_SAY_MONTHS : T_SAY_MONTHS_OF, b.month));
    strbuf_add_char(&to, ' ');
    text_put(&to, lang, T_SAY_YEAR, TEXT_NUM(b.year));
    text_put(out, lang, frame, TEXT_STR(strbuf_str(&from)), TEXT_STR(strbuf_str(&to)));
    strbuf_done(&from);
    strbuf_done(&to);
}

static size_t count_all(const DeadlineItem *item, const DeadlineContext *context)
{
    Arena arena = { 0 };
    Occurrence *list;
    Deadline alone = { .items = item, .n_items = 1 };
    size_t n = occurrence_list(&alone, context, &arena, &list);
    arena_done(&arena);
    return n;
}

void say_pattern(StrBuf *out, Lang lang, const Recurrence *recur, bool is_short)
{
    bool is_bare = is_weekly_place(recur);
    if (!is_bare) {
        say_frequency(out, lang, recur, is_short);
    }
    say_places(out, lang, recur, is_bare);
}

void say_recurrence(StrBuf *out, Lang lang, const DeadlineItem *item, const DeadlineContext *context)
{
    const Recurrence *recur = item->recur;
    Span days = item_span(item);
    say_pattern(out, lang, recur, false);
    if (days.first != 0 && days.last != 0) {
        bool is_range = recur->n_selectors > 0 && recur->selectors[0].to.kind != SEL_NONE;
        bool has_places = recur->n_selectors > 0 && (!is_weekly_place(recur) || is_range);
        add_span(out, lang, days, has_places ? T_SAY_SPAN_APART : T_SAY_SPAN);
    }
    size_t n = recur->min == 0 && recur->max == 0 ? count_all(item, context) : 0;
    if (n > 1 && n < OCCURRENCE_MAX) {
        text_put(out, lang, T_SAY_TOTAL, TEXT_NUM(n));
    }
}
