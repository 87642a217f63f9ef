#include <stdint.h>

#include "vekha/app/drafting.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { BOX_COLS = 72, SECONDS_A_MINUTE = 60, SECONDS_AN_HOUR = 3600, SECONDS_A_DAY = 86400 };

static const TextId choices[] = {
    [DRAFT_CONTINUE] = T_DRAFT_CHOOSE_CONTINUE,
    [DRAFT_LATER] = T_DRAFT_CHOOSE_LATER,
    [DRAFT_DROP] = T_DRAFT_CHOOSE_DROP,
};
_Static_assert(COUNTOF(choices) == DRAFT_CHOICE_COUNT, "every choice has a row");

/* «5 минут назад». A clock that went back says nothing. */
static void add_age(StrBuf *out, Lang lang, long long age_s)
{
    if (age_s < SECONDS_A_MINUTE) {
        strbuf_add(out, text_get(lang, T_DRAFT_NOW));
    } else if (age_s < SECONDS_AN_HOUR) {
        text_put(out, lang, T_DRAFT_MINUTES, TEXT_NUM(age_s / SECONDS_A_MINUTE));
    } else if (age_s < SECONDS_A_DAY) {
        text_put(out, lang, T_DRAFT_HOURS, TEXT_NUM(age_s / SECONDS_AN_HOUR));
    } else {
        text_put(out, lang, T_DRAFT_DAYS, TEXT_NUM(age_s / SECONDS_A_DAY));
    }
}

static void add_title(StrBuf *out, Lang lang, const DraftOffer *offer)
{
    StrBuf age = { 0 };
    add_age(&age, lang, offer->age_s);
    text_put(out, lang, T_DRAFT_TITLE, TEXT_STR(strbuf_str(&age)));
    if (offer->n_more > 0) {
        text_put(out, lang, T_DRAFT_MORE, TEXT_NUM(0), TEXT_NUM(offer->n_more));
    }
    strbuf_done(&age);
}

/* «sayansk-500-2022 · № 13 Экспертиза…»: in one line, the text is what matters. */
static void add_event(StrBuf *out, const Session *session, const DraftOffer *offer)
{
    const Draft *draft = &offer->draft;
    StrBuf owner = { 0 };
    Str name = path_base(draft->plan);
    strbuf_add(out, name);
    strbuf_add(out, STR(" · "));
    session_add_draft_owner(&owner, session, offer);
    if (owner.n_bytes > 0) {
        strbuf_add(out, strbuf_str(&owner));
        strbuf_done(&owner);
        return;
    }
    if (draft->event.no.n_bytes > 0) {
        strbuf_addf(out, "№ %.*s ", STR_ARG(draft->event.no));
    }
    strbuf_add(out, draft->event.title);
}

/* «Новый срок: до 15 ию»; before the reason of a postponing the deadline that was answered already. */
static void add_typed(StrBuf *out, const Session *session, const DraftOffer *offer)
{
    Lang lang = session->lang;
    if (offer->draft.when.n_bytes > 0) {
        strbuf_add(out, text_get(lang, prompt_label(PROMPT_WHEN)));
        strbuf_addf(out, " %.*s\n", STR_ARG(offer->draft.when));
    }
    if (offer->prompt != PROMPT_COUNT) {
        prompt_add_label(out, session, offer->prompt, offer->draft.field);
        strbuf_add_char(out, ' ');
    }
    strbuf_addf(out, "%.*s\n", STR_ARG(offer->draft.text));
}

static void add_warning(StrBuf *out, Lang lang, const DraftOffer *offer)
{
    if (offer->file == SIZE_MAX) {
        strbuf_add(out, text_get(lang, T_DRAFT_PLAN_GONE));
    } else if (!draft_can_continue(offer) && offer->event == SIZE_MAX) {
        strbuf_add(out, text_get(lang, T_DRAFT_EVENT_GONE));
    } else if (offer->is_changed) {
        text_put(out, lang, T_DRAFT_CHANGED, TEXT_ROW(field_info(offer->field)->heading), TEXT_STR(offer->draft.before),
                 TEXT_STR(strbuf_str(&offer->now)));
        strbuf_add_char(out, '\n');
    }
    if (offer->closed_as != T_NONE) {
        text_put(out, lang, T_DRAFT_CLOSED, TEXT_ROW(offer->closed_as));
    }
}

typedef VEC(Str) LineVec;

static void wrap(LineVec *lines, Str text, int n_cols)
{
    while (text.n_bytes > 0) {
        vec_push(lines, utf8_wrap(&text, n_cols));
    }
}

typedef struct Box {
    int y, x, n_cols, n_text, first_choice;
} Box;

static Box box_of(const DraftOffer *offer, const Canvas *canvas, size_t n_lines)
{
    Box box = { .n_cols = canvas->n_cols < BOX_COLS ? canvas->n_cols : BOX_COLS };
    box.first_choice = draft_can_continue(offer) ? DRAFT_CONTINUE : DRAFT_LATER;
    int n_choices = DRAFT_CHOICE_COUNT - box.first_choice;
    int room = canvas->n_rows - n_choices - 2; /* title and event */
    box.n_text = (int)n_lines < room ? (int)n_lines : room;
    box.x = (canvas->n_cols - box.n_cols) / 2;
    box.y = (canvas->n_rows - n_choices - 2 - box.n_text) / 2;
    return box;
}

static void draw_choices(const Session *session, const Box *box, int y, Canvas *canvas)
{
    for (int choice = box->first_choice; choice < DRAFT_CHOICE_COUNT; choice++, y++) {
        bool is_cursor = choice == session->overlay_row;
        StrBuf line = { 0 };
        strbuf_addf(&line, " %d  ", choice + 1);
        strbuf_add(&line, text_get(session->lang, choices[choice]));
        canvas_field(canvas, y, box->x, box->n_cols, is_cursor ? STYLE_MENU_CURSOR : STYLE_MENU, strbuf_str(&line));
        if (is_cursor) {
            canvas_cursor(canvas, y, box->x + 1);
        }
        strbuf_done(&line);
    }
}

static void draw_line(const Box *box, int y, Str text, Canvas *canvas)
{
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, text);
    canvas_field(canvas, y, box->x + 1, box->n_cols - 2, STYLE_MENU, strbuf_str(&visible));
    strbuf_done(&visible);
}

/* What is longer than there is room for is leafed through. */
static void draw_text(Session *session, const Box *box, const LineVec *lines, Canvas *canvas)
{
    int n_pages = box->n_text > 0 ? ((int)lines->n + box->n_text - 1) / box->n_text : 1;
    int page = session->overlay_top < n_pages ? session->overlay_top : n_pages - 1;
    session->overlay_top = page;
    if (n_pages > 1) {
        StrBuf more = { 0 };
        key_add_name(&more, session->lang, KEY_OF(K_PGDN));
        strbuf_addf(&more, " %d/%d", page + 1, n_pages);
        int n_cols = utf8_cols(strbuf_str(&more));
        canvas_field(canvas, box->y, box->x + box->n_cols - n_cols - 2, n_cols + 1, STYLE_MENU, strbuf_str(&more));
        strbuf_done(&more);
    }
    for (int i = 0; i < box->n_text; i++) {
        size_t line = (size_t)(page * box->n_text + i);
        draw_line(box, box->y + 2 + i, line < lines->n ? lines->at[line] : (Str){ 0 }, canvas);
    }
}

void draft_draw(Session *session, Canvas *canvas)
{
    const DraftOffer *offer = session_offer(session);
    StrBuf title = { 0 };
    StrBuf event = { 0 };
    StrBuf typed = { 0 };
    StrBuf text = { 0 };
    LineVec lines = { 0 };
    add_title(&title, session->lang, offer);
    add_event(&event, session, offer);
    add_typed(&typed, session, offer);
    add_warning(&typed, session->lang, offer);
    utf8_add_visible_lines(&text, strbuf_str(&typed));
    wrap(&lines, strbuf_str(&text), (canvas->n_cols < BOX_COLS ? canvas->n_cols : BOX_COLS) - 2);
    Box box = box_of(offer, canvas, lines.n);
    int n_rows = box.n_text + 2 + DRAFT_CHOICE_COUNT - box.first_choice;
    canvas_fill(canvas, box.y, 0, n_rows, canvas->n_cols, STYLE_TEXT); /* what lies behind must not run on beside it */
    canvas_fill(canvas, box.y, box.x, n_rows, box.n_cols, STYLE_MENU);
    draw_line(&box, box.y, strbuf_str(&title), canvas);
    draw_line(&box, box.y + 1, strbuf_str(&event), canvas);
    draw_text(session, &box, &lines, canvas);
    draw_choices(session, &box, box.y + 2 + box.n_text, canvas);
    vec_done(&lines);
    strbuf_done(&title);
    strbuf_done(&event);
    strbuf_done(&typed);
    strbuf_done(&text);
}
