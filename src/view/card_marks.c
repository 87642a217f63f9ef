#include <stdlib.h>

#include "view/card_priv.h"
#include "view/view_priv.h"

/* «исполнено 12.10.2022, Иванова» */
static void add_step(Card *card, TextId word, Day day, Str who)
{
    StrBuf written = { 0 };
    strbuf_add(&card->buf, STR(" · "));
    strbuf_add(&card->buf, text_get(card->session->lang, word));
    if (day != 0) {
        day_add_ru(&written, day);
    }
    card_add_part(card, STR(" "), strbuf_str(&written));
    card_add_part(card, STR(", "), who);
    strbuf_done(&written);
}

/* The step that counts, then the other one if it is marked too, then what was said of it. */
static void add_mark(Card *card, const Mark *mark)
{
    bool is_confirmed = mark->status == STATUS_CONFIRMED;
    TextId word = status_info(mark->status)->word;
    if (is_confirmed) {
        add_step(card, word, mark->confirmed, mark->confirmed_by);
    }
    if (!is_confirmed || mark->done != 0 || mark->by.n_bytes > 0) {
        add_step(card, is_confirmed ? T_STATUS_DONE : word, mark->done, mark->by);
    }
    if (!is_confirmed && (mark->confirmed != 0 || mark->confirmed_by.n_bytes > 0)) {
        add_step(card, T_STATUS_CONFIRMED, mark->confirmed, mark->confirmed_by);
    }
    card_add_part(card, STR(" · "), mark->evidence);
    card_add_part(card, STR(" · "), mark->note);
}

static void put_mark(Card *card, TextId label, Str at, const Mark *mark, bool is_late)
{
    const StatusInfo *info = status_info(mark != NULL ? mark->status : STATUS_PLANNED);
    Style style = is_late ? STYLE_BAD : info->is_closed ? STYLE_GOOD : STYLE_TEXT;
    strbuf_add(&card->buf, is_late ? state_info(STATE_LATE)->glyph : info->glyph);
    strbuf_add(&card->buf, STR("  "));
    view_add_at(&card->buf, card->session->lang, &card->context, at);
    if (is_late) {
        add_step(card, state_info(STATE_LATE)->word, 0, (Str){ 0 });
    }
    if (mark != NULL) {
        add_mark(card, mark);
    } else if (!is_late) {
        add_step(card, T_STATUS_PLANNED, 0, (Str){ 0 });
    }
    card_put(card, text_get(card->session->lang, label), CARD_HANG_COLS, style, strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
}

static int by_name(const void *a, const void *b)
{
    const Mark *one = ((const NamedMark *)a)->mark;
    const Mark *other = ((const NamedMark *)b)->mark;
    int order = str_cmp(one->at, other->at);
    return order != 0 ? order : (one > other) - (one < other); /* of two, the first counts */
}

static NamedMark *find_mark(NamedMark *marks, size_t n, Str at)
{
    size_t low = 0;
    for (size_t high = n; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (str_cmp(marks[middle].mark->at, at) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < n && str_eq(marks[low].mark->at, at) ? &marks[low] : NULL;
}

static void begin_marks(Card *card)
{
    CardText *text = card->text;
    unsigned n = card->event->n_marks;
    text->marks = mem_new((n + 1) * sizeof *text->marks);
    for (unsigned i = 0; i < n; i++) {
        text->marks[i].mark = &card->event->marks[i];
    }
    text->is_open = !status_info(event_status(card->event))->is_closed; /* slow where marks are many */
    qsort(text->marks, n, sizeof *text->marks, by_name);
}

static void put_occurrence(Card *card, size_t index)
{
    const Occurrence *occurrence = &card->event->due->occurrences[index];
    StrBuf at = { 0 };
    occurrence_add_at(&at, occurrence);
    NamedMark *named = find_mark(card->text->marks, card->event->n_marks, strbuf_str(&at));
    const Mark *mark = named != NULL ? named->mark : NULL;
    bool is_closed = mark != NULL && status_info(mark->status)->is_closed;
    bool is_late = card->text->is_open && !is_closed && occurrence->is_required && occurrence->days.last < card->session->today;
    put_mark(card, index == 0 ? T_CARD_OCCURRENCES : T_NONE, strbuf_str(&at), mark, is_late);
    if (named != NULL) {
        named->is_used = true;
    }
    strbuf_done(&at);
}

static void put_other_marks(Card *card)
{
    bool is_first = true;
    for (unsigned i = 0; i < card->event->n_marks; i++) {
        const NamedMark *named = &card->text->marks[i];
        if (!named->is_used) {
            put_mark(card, is_first ? T_CARD_OTHER_MARKS : T_NONE, named->mark->at, named->mark, false);
            is_first = false;
        }
    }
}

void card_put_marks(Card *card, size_t end)
{
    CardText *text = card->text;
    size_t n = card->event->due->n_occurrences;
    if (text->is_told || card->column->lines.n >= end) {
        return;
    }
    if (text->marks == NULL) {
        begin_marks(card);
    }
    for (; text->n_told < n && card->column->lines.n < end; text->n_told++) {
        put_occurrence(card, text->n_told);
    }
    if (text->n_told == n) {
        put_other_marks(card);
        text->is_told = true;
    }
}
