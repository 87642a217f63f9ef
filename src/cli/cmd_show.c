#include <stdint.h>
#include <stdlib.h>

#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/field.h"
#include "vekha/store/journal_say.h"

enum { LABEL_COLS = 18, PIPE_COLS = 80 };

typedef struct Card {
    Cli *cli;
    const PlanFile *file;
    const Event *event;
    StrBuf buf; /* for what is put together */
} Card;

static void add_day(StrBuf *out, Lang lang, Day day)
{
    (lang == LANG_RU ? day_add_ru : day_add_iso)(out, day);
}

/* Lines of the text beside the label; a label too long for its column has a line of its own. */
static void put(Card *card, Str label, Style style, Str text)
{
    Cli *cli = card->cli;
    StrBuf visible = { 0 };
    int cols = paint_cols(label, PIPE_COLS);
    int n_cols = cli->n_cols > 0 ? cli->n_cols : PIPE_COLS;
    if (text.n_bytes == 0) {
        return;
    }
    utf8_add_visible_lines(&visible, text);
    Str rest = strbuf_str(&visible);
    paint_text(cli, STYLE_DIM, label);
    if (cols >= LABEL_COLS) {
        strbuf_add_char(&cli->out, '\n');
        cols = 0;
    }
    while (rest.n_bytes > 0) {
        Str line = utf8_wrap(&rest, n_cols - LABEL_COLS);
        strbuf_add_chars(&cli->out, ' ', line.n_bytes > 0 ? (size_t)(LABEL_COLS - cols) : 0);
        paint_line(cli, style, line);
        cols = 0;
    }
    strbuf_done(&visible);
}

static void put_row(Card *card, TextId label, Style style, Str text)
{
    put(card, text_get(cli_lang(card->cli), label), style, text);
}

/* What is in card->buf, which is empty afterwards. */
static void put_made(Card *card, TextId label, Style style)
{
    put_row(card, label, style, strbuf_str(&card->buf));
    strbuf_clear(&card->buf);
}

static void put_deadline(Card *card)
{
    const Deadline *deadline = &card->event->due->deadline;
    DeadlineContext context = plan_context(card->file->plan);
    Lang lang = cli_lang(card->cli);
    deadline_add_words(&card->buf, lang, deadline, &context, card->event->when);
    put_made(card, T_CLI_UNDERSTOOD, STYLE_TEXT);
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        if ((deadline->warnings >> i & 1) != 0) {
            put_row(card, T_CLI_ATTENTION, STYLE_WARN, text_get(lang, deadline_warning_text((DeadlineWarning)i)));
        }
    }
}

static void add_detail(Card *card, Str text)
{
    if (text.n_bytes > 0) {
        strbuf_add(&card->buf, STR(", "));
        strbuf_add(&card->buf, text);
    }
}

static void add_day_detail(Card *card, Day day)
{
    if (day != 0) {
        strbuf_add(&card->buf, STR(", "));
        add_day(&card->buf, cli_lang(card->cli), day);
    }
}

/* «было» → «стало», oldest first */
static void put_was(Card *card)
{
    const Event *event = card->event;
    for (unsigned i = 0; i < event->n_was; i++) {
        const Was *was = &event->was[i];
        Str next = i + 1 < event->n_was ? event->was[i + 1].when : event->when;
        text_put(&card->buf, cli_lang(card->cli), T_CLI_MOVED, TEXT_STR(was->when), TEXT_STR(next));
        add_day_detail(card, was->on);
        add_detail(card, was->by);
        add_detail(card, was->reason);
        put_made(card, i == 0 ? field_info(FIELD_WAS)->heading : T_NONE, STYLE_TEXT);
    }
}

static void put_state(Card *card)
{
    Str glyph = paint_glyph(card->cli, card->event);
    strbuf_add(&card->buf, glyph);
    strbuf_add(&card->buf, glyph.n_bytes > 0 ? STR("  ") : (Str){ 0 });
    paint_add_state(&card->buf, card->cli, card->event, false);
    put_made(card, field_info(FIELD_STATUS)->heading, paint_style(card->cli, card->event));
}

/* Its sign, the name that the caller gives it, how it stands. */
static void add_sign(Card *card, const OccurrenceState *now)
{
    if (!card->cli->options.plain) {
        strbuf_add(&card->buf, now->is_late ? state_info(STATE_LATE)->glyph : status_info(now->status)->glyph);
        strbuf_add(&card->buf, STR("  "));
    }
}

static void add_mark(Card *card, const OccurrenceState *now, const Mark *mark)
{
    Lang lang = cli_lang(card->cli);
    strbuf_add(&card->buf, STR(": "));
    strbuf_add(&card->buf, text_get(lang, now->is_late ? state_info(STATE_LATE)->word : status_info(now->status)->word));
    if (mark != NULL) {
        add_day_detail(card, mark->done);
        add_detail(card, mark->by);
        add_detail(card, mark->evidence);
        add_detail(card, mark->note);
        add_day_detail(card, mark->confirmed);
        add_detail(card, mark->confirmed_by);
    }
}

static void add_notation(Card *card, Str at)
{
    strbuf_add(&card->buf, STR(" ["));
    strbuf_add(&card->buf, at);
    strbuf_add(&card->buf, STR("]"));
}

/* «октябрь 2022 г.»; as the file names it too where that is needed: «2-й раз в октябре 2022 г. [2022-10#2]». */
static void put_occurrences(Card *card, bool has_others)
{
    const Event *event = card->event;
    DeadlineContext context = plan_context(card->file->plan);
    StrBuf at = { 0 };
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        const Occurrence *occurrence = &event->due->occurrences[i];
        OccurrenceState now = event_occurrence_state(event, i, card->cli->options.today);
        add_sign(card, &now);
        occurrence_add_words(&card->buf, cli_lang(card->cli), occurrence, &context);
        if (has_others || occurrence->index > 0) {
            strbuf_clear(&at);
            occurrence_add_at(&at, occurrence);
            add_notation(card, strbuf_str(&at));
        }
        add_mark(card, &now, event_mark(event, occurrence));
        put_made(card, i == 0 ? T_CLI_OCCURRENCES : T_NONE, now.is_late ? STYLE_BAD : STYLE_TEXT);
    }
    strbuf_done(&at);
}

/* Marks of what the present deadline does not have: a person has to mend their names in the file. */
static void put_other_marks(Card *card, const bool *is_matched)
{
    const Event *event = card->event;
    DeadlineContext context = plan_context(card->file->plan);
    bool is_first = true;
    for (unsigned i = 0; i < event->n_marks; i++) {
        const Mark *mark = &event->marks[i];
        OccurrenceState now = { .status = mark->status };
        if (!is_matched[i]) {
            add_sign(card, &now);
            occurrence_add_name(&card->buf, cli_lang(card->cli), mark->at, &context);
            add_notation(card, mark->at);
            add_mark(card, &now, mark);
            put_made(card, is_first ? T_CLI_OTHER_MARKS : T_NONE, STYLE_TEXT);
            is_first = false;
        }
    }
}

static void put_marks(Card *card)
{
    const Event *event = card->event;
    bool *is_matched = mem_new((event->n_marks + 1) * sizeof *is_matched);
    bool has_others = false;
    for (unsigned i = 0; i < event->n_matched; i++) {
        is_matched[event->matched[i].mark - event->marks] = true;
    }
    for (unsigned i = 0; i < event->n_marks; i++) {
        has_others = has_others || !is_matched[i];
    }
    put_occurrences(card, has_others);
    put_other_marks(card, is_matched);
    free(is_matched);
}

/* What the other side has, which nothing else shows, and what then takes the mark away. */
static void put_conflicts(Card *card)
{
    const Event *event = card->event;
    for (unsigned i = 0; i < event->n_conflicts; i++) {
        journal_add_conflict(&card->buf, cli_lang(card->cli), card->file->plan, &event->conflicts[i]);
        put_made(card, i == 0 ? field_info(FIELD_CONFLICT)->heading : T_NONE, STYLE_BAD);
    }
    text_put(&card->buf, cli_lang(card->cli), T_CLI_HAS_CONFLICT, TEXT_STR(plans_hint(card->cli)),
             TEXT_STR(card->cli->args.at[1]));
    put_made(card, T_NONE, STYLE_BAD);
}

static void put_plain_field(Card *card, FieldId field)
{
    const FieldInfo *info = field_info(field);
    if (info->type == FIELD_TYPE_DAY && field_is_set(card->event, field)) {
        add_day(&card->buf, cli_lang(card->cli), *(const Day *)((const char *)card->event + info->offset));
    } else if (info->type != FIELD_TYPE_DAY) {
        field_add_value(&card->buf, card->event, field);
    }
    put_made(card, info->heading, field == FIELD_TITLE ? STYLE_STRONG : STYLE_TEXT);
}

static void put_field(Card *card, FieldId field)
{
    if (field == FIELD_STATUS) {
        put_state(card);
    } else if (field == FIELD_WAS) {
        put_deadline(card); /* behind both phrase and dates */
        put_was(card);
    } else if (field == FIELD_MARKS) {
        put_marks(card);
    } else if (field != FIELD_CONFLICT) {
        put_plain_field(card, field);
    } else if (card->event->n_conflicts > 0) {
        put_conflicts(card);
    }
}

static void put_own(Card *card)
{
    for (unsigned i = 0; i < card->event->n_own; i++) {
        const OwnText *own = &card->event->own[i];
        Str heading = plan_heading(card->file->plan, own->key);
        put(card, heading.n_bytes > 0 ? heading : own->key, STYLE_TEXT, own->text);
    }
}

static void put_card(Card *card)
{
    put_row(card, T_CLI_COLUMN_PLAN, STYLE_TEXT, plan_label(card->file));
    plan_add_section(&card->buf, card->file->plan, card->event);
    put_made(card, T_CLI_SECTION, STYLE_TEXT);
    for (int field = 0; field < FIELD_COUNT; field++) {
        put_field(card, (FieldId)field);
    }
    put_own(card);
    strbuf_addf(&card->buf, "%.*s:%d", STR_ARG(card->file->path), card->event->line);
    put_made(card, T_CLI_PLACE, STYLE_TEXT);
}

void cmd_show(Cli *cli)
{
    size_t event;
    if (!plans_open_one(cli, cli->args.at[0])) {
        return;
    }
    const PlanFile *file = plan_at(cli, 0);
    plan_say_broken(cli, file); /* what stands before the break may be shown all the same */
    if (plan_event(cli, file, cli->args.at[1], &event)) {
        Card card = { .cli = cli, .file = file, .event = &file->plan->events.at[event] };
        put_card(&card);
        strbuf_done(&card.buf);
    }
}
