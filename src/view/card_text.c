#include <stdlib.h>

#include "vekha/base/utf8.h"
#include "vekha/core/field.h"
#include "vekha/store/journal_say.h"
#include "view/card_priv.h"
#include "view/view_priv.h"

enum {
    BESIDE_FROM = 60,       /* columns from which labels stand beside their texts */
    TWO_COLUMNS_FROM = 120, /* and what the plan says beside what became of it */
    GAP_COLS = 2,
    LABEL_MIN = 16,
    LABEL_MAX = 22
};

typedef enum Side { SIDE_PLAN, SIDE_WORK } Side;

static Lang lang_of(const Card *card)
{
    return card->session->lang;
}

static void push(Card *card, Str label, int text_x, Style style, Str text)
{
    vec_push(&card->column->lines, (CardLine){ label, text, text_x, style });
}

/* Safe to draw, and alive as long as the card. */
static Str keep(Card *card, Str text)
{
    StrBuf visible = { 0 };
    utf8_add_visible_lines(&visible, text);
    Str kept = arena_copy(&card->text->arena, strbuf_str(&visible));
    strbuf_done(&visible);
    return kept;
}

/* Of the rest of a text: does it begin behind a line break? */
static bool is_at_break(Str rest)
{
    return rest.n_bytes > 0 && rest.at[-1] == '\n';
}

/* A label too long for its column goes on beside the text's next lines, and below it. */
static void put_beside(Card *card, Str label, int hang, Style style, Str text)
{
    int label_cols = card->column->label_cols;
    int n_cols = card->column->n_cols - label_cols - GAP_COLS;
    for (bool is_first = true; label.n_bytes > 0 || text.n_bytes > 0; is_first = false) {
        int indent = is_first || is_at_break(text) ? 0 : hang;
        Str label_line = label.n_bytes > 0 ? utf8_wrap(&label, label_cols) : (Str){ 0 };
        Str text_line = text.n_bytes > 0 ? utf8_wrap(&text, n_cols - indent) : (Str){ 0 };
        push(card, label_line, label_cols + GAP_COLS + indent, style, text_line);
    }
}

/* One line where both fit, else the text below the label. */
static void put_below(Card *card, Str label, int hang, Style style, Str text)
{
    int n_cols = card->column->n_cols;
    int label_cols = utf8_cols(label) + GAP_COLS;
    if (label.n_bytes > 0 && str_find_char(text, '\n', 0) >= text.n_bytes &&
        utf8_cols(utf8_fit(text, n_cols)) == utf8_cols(text) && label_cols + utf8_cols(text) <= n_cols) {
        push(card, label, label_cols, style, text);
        return;
    }
    while (label.n_bytes > 0) {
        push(card, utf8_wrap(&label, n_cols), 0, STYLE_DIM, (Str){ 0 });
    }
    for (int indent = 0; text.n_bytes > 0; indent = is_at_break(text) ? 0 : hang) {
        push(card, (Str){ 0 }, indent, style, utf8_wrap(&text, n_cols - indent));
    }
}

void card_put(Card *card, Str label, int hang, Style style, Str text)
{
    Str kept = keep(card, text);
    if (kept.n_bytes > 0) {
        (card->column->label_cols > 0 ? put_beside : put_below)(card, keep(card, label), hang, style, kept);
    }
}

static void put(Card *card, Str label, Style style, Str text)
{
    card_put(card, label, 0, style, text);
}

/* What is in card->buf, which is empty afterwards. */
static void put_made(Card *card, TextId label, Style style)
{
    put(card, text_get(lang_of(card), label), style, strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
}

/* The document's own heading, else ours. */
static Str heading_of(const Card *card, FieldId field)
{
    Str own = plan_heading(card->file->plan, field_info(field)->name);
    return own.n_bytes > 0 ? own : text_get(lang_of(card), field_info(field)->heading);
}

static void put_field(Card *card, FieldId field, Style style)
{
    const FieldInfo *info = field_info(field);
    if (info->type == FIELD_TYPE_DAY && field_is_set(card->event, field)) {
        day_add_ru(&card->buf, *(const Day *)(const void *)((const char *)card->event + info->offset));
    } else if (info->type != FIELD_TYPE_DAY) {
        field_add_value(&card->buf, card->event, field);
    }
    put(card, heading_of(card, field), style, strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
}

static void put_title(Card *card)
{
    put_field(card, FIELD_NO, STYLE_TEXT);
    put_field(card, FIELD_TITLE, STYLE_STRONG);
}

/* «! запланировано · просрочено на 12 дней» */
static void put_state(Card *card)
{
    const Event *event = card->event;
    Day today = card->session->today;
    strbuf_add(&card->buf, event_glyph(event, today));
    strbuf_add(&card->buf, STR("  ")); /* two: so that in ASCII a glyph is told from an arrow */
    event_add_status(&card->buf, lang_of(card), event);
    if (!status_info(event_status(event))->is_closed) {
        strbuf_add(&card->buf, STR(" · "));
        event_add_state(&card->buf, lang_of(card), event, today);
    }
    card_put(card, heading_of(card, FIELD_STATUS), CARD_HANG_COLS, view_event_style(event, today), strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
}

static void put_conflict(Card *card)
{
    const Event *event = card->event;
    for (unsigned i = 0; i < event->n_conflicts; i++) {
        journal_add_conflict(&card->buf, lang_of(card), card->file->plan, &event->conflicts[i]);
        put(card, i == 0 ? heading_of(card, FIELD_CONFLICT) : (Str){ 0 }, STYLE_BAD, strbuf_str(&card->buf));
        strbuf_clear(&card->buf);
    }
    if (event->n_conflicts > 0) {
        put(card, (Str){ 0 }, STYLE_BAD, text_get(lang_of(card), T_CARD_CONFLICT));
    }
}

static void add_days(StrBuf *out, Lang lang, Span days)
{
    StrBuf day = { 0 };
    day_add_ru(&day, days.first != 0 ? days.first : days.last);
    if (days.first == 0 || days.last == 0) {
        text_put(out, lang, days.first == 0 ? T_CARD_UNTIL : T_CARD_FROM, TEXT_STR(strbuf_str(&day)));
    } else {
        strbuf_add(out, strbuf_str(&day));
        strbuf_add(out, days.last > days.first ? STR(" – ") : (Str){ 0 });
        strbuf_clear(&day);
        day_add_ru(&day, days.last);
        strbuf_add(out, days.last > days.first ? strbuf_str(&day) : (Str){ 0 });
    }
    strbuf_done(&day);
}

static void put_deadline(Card *card)
{
    const Due *due = card->event->due;
    put_field(card, FIELD_WHEN, STYLE_TEXT);
    put_field(card, FIELD_DATES, STYLE_TEXT);
    deadline_add_words(&card->buf, lang_of(card), &due->deadline, &card->context, card->event->when);
    put_made(card, T_CARD_UNDERSTOOD, STYLE_ACCENT);
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        if ((due->deadline.warnings >> i & 1) != 0) {
            strbuf_add(&card->buf, text_get(lang_of(card), deadline_warning_text((DeadlineWarning)i)));
            put_made(card, T_CARD_ATTENTION, STYLE_WARN);
        }
    }
    if (due->days.first != 0 || due->days.last != 0) {
        add_days(&card->buf, lang_of(card), due->days);
        put_made(card, T_CARD_DAYS, STYLE_TEXT);
    }
}

void card_add_part(Card *card, Str separator, Str text)
{
    if (text.n_bytes > 0) {
        strbuf_add(&card->buf, separator);
        strbuf_add(&card->buf, text);
    }
}

/* «март» → «до 15 июня» · 28.03.2022, Иванова · приказ № 5 */
static void put_was(Card *card)
{
    const Event *event = card->event;
    StrBuf day = { 0 };
    for (unsigned i = 0; i < event->n_was; i++) {
        const Was *was = &event->was[i];
        Str next = i + 1 < event->n_was ? event->was[i + 1].when : event->when;
        text_put(&card->buf, lang_of(card), T_CARD_MOVED, TEXT_STR(was->when.n_bytes > 0 ? was->when : was->dates),
                 TEXT_STR(next));
        strbuf_clear(&day);
        if (was->on != 0) {
            day_add_ru(&day, was->on);
        }
        card_add_part(card, STR(" · "), strbuf_str(&day));
        card_add_part(card, was->on != 0 ? STR(", ") : STR(" · "), was->by);
        card_add_part(card, STR(" · "), was->reason);
        put_made(card, i == 0 ? T_CARD_WAS : T_NONE, STYLE_TEXT);
    }
    strbuf_done(&day);
}

static void put_status_fields(Card *card)
{
    static const FieldId rows[] = { FIELD_DONE,      FIELD_BY,     FIELD_CONFIRMED, FIELD_CONFIRMED_BY,
                                    FIELD_CANCELLED, FIELD_REASON, FIELD_EVIDENCE,  FIELD_NOTE };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        put_field(card, rows[i], STYLE_TEXT);
    }
}

/* One a line, or more where it is long. */
static void put_parties(Card *card)
{
    int hang = card->event->responsible.n > 1 ? CARD_HANG_COLS : 0;
    field_add_value(&card->buf, card->event, FIELD_RESPONSIBLE);
    card_put(card, heading_of(card, FIELD_RESPONSIBLE), hang, STYLE_TEXT, strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
    put_field(card, FIELD_RESULT, STYLE_TEXT);
}

static void put_own(Card *card)
{
    for (unsigned i = 0; i < card->event->n_own; i++) {
        const OwnText *own = &card->event->own[i];
        Str heading = plan_heading(card->file->plan, own->key);
        put(card, heading.n_bytes > 0 ? heading : own->key, STYLE_TEXT, own->text);
    }
}

static void put_place(Card *card)
{
    const Plan *plan = card->file->plan;
    plan_add_section(&card->buf, plan, card->event);
    put_made(card, T_CARD_SECTION, STYLE_TEXT);
    strbuf_add(&card->buf, plan->title.n_bytes > 0 ? plan->title : card->file->name);
    put_made(card, T_HEAD_PLAN, STYLE_TEXT);
    strbuf_addf(&card->buf, "%.*s:%d", STR_ARG(card->file->path), card->event->line);
    put_made(card, T_CARD_PLACE, STYLE_TEXT);
    put_field(card, FIELD_ID, STYLE_TEXT);
}

typedef struct CardPart {
    Side side;
    void (*put)(Card *card);
} CardPart;

/* In the order in which one reads them; what may be long, the marks, stands behind them. */
static const CardPart parts[] = {
    { SIDE_PLAN, put_title },         { SIDE_WORK, put_state },   { SIDE_WORK, put_conflict },
    { SIDE_PLAN, put_deadline },      { SIDE_PLAN, put_parties }, { SIDE_WORK, put_was },
    { SIDE_WORK, put_status_fields }, { SIDE_PLAN, put_own },     { SIDE_PLAN, put_place },
};

static void set_columns(CardText *text, int n_cols)
{
    int margins = 2;
    text->n_columns = n_cols >= TWO_COLUMNS_FROM ? 2 : 1;
    for (int i = 0; i < text->n_columns; i++) {
        CardColumn *column = &text->columns[i];
        column->n_cols = text->n_columns == 1 ? n_cols - margins : (n_cols - margins - GAP_COLS) / 2;
        int label = column->n_cols / 4;
        label = label < LABEL_MIN ? LABEL_MIN : label > LABEL_MAX ? LABEL_MAX : label;
        column->label_cols = n_cols < BESIDE_FROM ? 0 : label;
    }
}

static Card card_of(CardText *text, const Session *session)
{
    const PlanFile *file = store_file(session->store, text->file);
    Card card = { .text = text, .session = session, .file = file, .event = &file->plan->events.at[text->event] };
    card.context = plan_context(file->plan);
    return card;
}

static void put_parts(Card *card)
{
    CardText *text = card->text;
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        card->column = &text->columns[text->n_columns > 1 ? (int)parts[i].side : 0];
        parts[i].put(card);
    }
}

static void count_lines(CardText *text, size_t n_occurrences)
{
    size_t n_plan = text->columns[SIDE_PLAN].lines.n;
    size_t n_work = text->columns[text->n_columns - 1].lines.n + n_occurrences - text->n_told;
    text->n_lines = n_plan > n_work ? n_plan : n_work;
}

void card_text_make(CardText *text, const Session *session, size_t event_index, int n_cols, size_t end)
{
    bool is_new =
        text->width != n_cols || text->version != session->version || text->file != session->file || text->event != event_index;
    if (is_new) {
        card_text_done(text);
        text->file = session->file;
        text->event = event_index;
        text->version = session->version;
        text->width = n_cols;
        set_columns(text, n_cols);
    }
    Card card = card_of(text, session);
    if (is_new) {
        put_parts(&card);
    }
    card.column = &text->columns[text->n_columns - 1];
    card_put_marks(&card, end);
    count_lines(text, card.event->due->n_occurrences);
    strbuf_done(&card.buf);
}

void card_text_done(CardText *text)
{
    for (int i = 0; i < CARD_MAX_COLUMNS; i++) {
        vec_done(&text->columns[i].lines);
    }
    arena_done(&text->arena);
    *text = (CardText){ 0 };
}
