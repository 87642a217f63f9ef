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

/* What is in card->buf is the name of what is marked: its sign goes before it, what is said of the mark behind it. */
static void put_mark(Card *card, TextId label, const Mark *mark, const OccurrenceState *now)
{
    const StatusInfo *info = status_info(now->status);
    Style style = now->is_late ? STYLE_BAD : info->is_closed ? STYLE_GOOD : STYLE_TEXT;
    StrBuf line = { 0 };
    strbuf_add(&line, now->is_late ? state_info(STATE_LATE)->glyph : info->glyph);
    strbuf_add(&line, STR("  "));
    strbuf_add(&line, strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
    if (now->is_late) {
        add_step(card, state_info(STATE_LATE)->word, 0, (Str){ 0 });
    }
    if (mark != NULL) {
        add_mark(card, mark);
    } else if (!now->is_late) {
        add_step(card, info->word, 0, (Str){ 0 });
    }
    strbuf_add(&line, strbuf_str(&card->buf));
    card_put(card, text_get(card->session->lang, label), CARD_HANG_COLS, style, strbuf_str(&line));
    strbuf_clear(&card->buf);
    strbuf_done(&line);
}

static void put_occurrence(Card *card, size_t index)
{
    const Occurrence *occurrence = &card->event->due->occurrences[index];
    OccurrenceState now = event_occurrence_state(card->event, index, card->session->today);
    occurrence_add_words(&card->buf, card->session->lang, occurrence, &card->context);
    put_mark(card, index == 0 ? T_CARD_OCCURRENCES : T_NONE, event_mark(card->event, occurrence), &now);
}

static void put_other_marks(Card *card)
{
    const Event *event = card->event;
    bool *is_matched = mem_new((event->n_marks + 1) * sizeof *is_matched);
    bool is_first = true;
    for (unsigned i = 0; i < event->n_matched; i++) {
        is_matched[event->matched[i].mark - event->marks] = true;
    }
    for (unsigned i = 0; i < event->n_marks; i++) {
        const Mark *mark = &event->marks[i];
        if (!is_matched[i]) {
            occurrence_add_name(&card->buf, card->session->lang, mark->at, &card->context);
            put_mark(card, is_first ? T_CARD_OTHER_MARKS : T_NONE, mark, &(OccurrenceState){ .status = mark->status });
            is_first = false;
        }
    }
    free(is_matched);
}

void card_put_marks(Card *card, size_t end)
{
    CardText *text = card->text;
    size_t n = card->event->due->n_occurrences;
    if (text->is_told || card->column->lines.n >= end) {
        return;
    }
    for (; text->n_told < n && card->column->lines.n < end; text->n_told++) {
        put_occurrence(card, text->n_told);
    }
    if (text->n_told == n) {
        put_other_marks(card);
        text->is_told = true;
    }
}
