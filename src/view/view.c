#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { NUMBER_COLS = 5 };

void view_scroll(size_t *top, size_t cursor, size_t n_rows, int page)
{
    size_t n_shown = page > 0 ? (size_t)page : 1;
    size_t last_top = n_rows > n_shown ? n_rows - n_shown : 0;
    if (cursor < *top) {
        *top = cursor;
    } else if (cursor >= *top + n_shown) {
        *top = cursor - n_shown + 1;
    }
    *top = *top > last_top ? last_top : *top;
}

void view_draw_more(Canvas *canvas, int y, int x, int n_rows, bool is_above, bool is_below)
{
    canvas_text(canvas, y, x, 1, STYLE_MENU, is_above ? STR("▲") : (Str){ 0 });
    canvas_text(canvas, y + n_rows - 1, x, 1, STYLE_MENU, is_below ? STR("▼") : (Str){ 0 });
}

void view_show_headings(size_t *top, size_t cursor, const RowVec *rows, int page)
{
    size_t first = cursor;
    while (first > 0 && rows->at[first - 1].kind != ROW_EVENT) {
        first--;
    }
    if (first < *top && cursor - first < (size_t)(page > 0 ? page : 1)) {
        *top = first;
    }
}

Style view_state_style(State state, Status status)
{
    switch (state) {
    case STATE_LATE:
        return STYLE_BAD;
    case STATE_SOON:
        return STYLE_WARN;
    case STATE_CURRENT:
        return STYLE_ACCENT;
    case STATE_UNDATED:
        return STYLE_DIM;
    case STATE_CLOSED:
        return status == STATUS_DONE || status == STATUS_CONFIRMED ? STYLE_GOOD : STYLE_DIM;
    case STATE_AHEAD:
    case STATE_COUNT:
        break;
    }
    return STYLE_TEXT;
}

Style view_event_style(const Event *event, Day today)
{
    return view_state_style(event_state(event, today).state, event_status(event));
}

void view_add_counts(StrBuf *out, Lang lang, const PlanSummary *sum, bool is_brief)
{
    text_put(out, lang, is_brief ? T_COUNT_BRIEF : T_COUNT_EVENTS, TEXT_NUM(sum->n_events), TEXT_NUM(sum->n_done),
             TEXT_NUM(sum->n_late));
}

size_t view_events_before(const RowVec *rows, size_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < rows->n && i < end; i++) {
        n += rows->at[i].kind == ROW_EVENT;
    }
    return n;
}

void view_add_event_counts(StrBuf *out, const ViewState *state, const Session *session, bool is_brief)
{
    const RowVec *rows = &session->rows;
    PlanSummary sum = session_summary(session);
    if (filter_is_set(&session->filter)) {
        text_put(out, session->lang, T_COUNT_FILTERED, TEXT_NUM(view_events_before(rows, rows->n)), TEXT_NUM(sum.n_events));
    } else {
        view_add_counts(out, session->lang, &sum, is_brief);
    }
    if (!is_brief && rows->n > state->n_shown) {
        size_t n = view_events_before(rows, rows->n);
        size_t last = view_events_before(rows, state->top + state->n_shown);
        size_t first = view_events_before(rows, state->top) + 1;
        if (first < last) {
            text_put(out, session->lang, T_COUNT_ROWS, TEXT_NUM(first), TEXT_NUM(last), TEXT_NUM(n));
        } else {
            text_put(out, session->lang, T_COUNT_ROW, TEXT_NUM(first), TEXT_NUM(n)); /* one high row, perhaps cut */
        }
    }
}

void view_draw_no_rows(const Session *session, Canvas *canvas, int y)
{
    canvas_field(canvas, y, 3, canvas->n_cols - 3, STYLE_DIM, text_get(session->lang, session_no_rows(session)));
    canvas_cursor(canvas, y, 3);
}

int view_draw_number(Canvas *canvas, int y, Style style, const Event *event, Day today)
{
    Style glyph_style = style == STYLE_CURSOR ? STYLE_CURSOR : view_event_style(event, today);
    canvas_text(canvas, y, 1, 1, glyph_style, event_glyph(event, today));
    canvas_field(canvas, y, 3, NUMBER_COLS - 1, style, event->no);
    return 3 + NUMBER_COLS;
}

void view_draw_section(Canvas *canvas, int y, const Section *section)
{
    int x = 1 + 2 * (section->depth < 8 ? section->depth : 8);
    if (section->no.n_bytes > 0) {
        x += canvas_text(canvas, y, x, 6, STYLE_HEADING, section->no) + 1;
    }
    canvas_field(canvas, y, x, canvas->n_cols - x, STYLE_HEADING, section->title);
}

const Calendar *view_calendar(const Session *session)
{
    const PlanFile *file = session->is_all ? NULL : session_file(session);
    return file != NULL ? plan_context(file->plan).calendar : calendar_default();
}

const Plan *view_plan(const Session *session, const Row *row)
{
    return store_file(session->store, row->file)->plan;
}

Str view_heading(const Session *session, FieldId field)
{
    const FieldInfo *info = field_info(field);
    Str own = session->is_all ? (Str){ 0 } : plan_heading(session_file(session)->plan, info->name);
    return own.n_bytes > 0 ? own : text_get(session->lang, info->heading);
}

void view_draw_heading(const Session *session, Canvas *canvas, int y, const Row *row)
{
    if (row->kind == ROW_PLAN) {
        canvas_field(canvas, y, 1, canvas->n_cols - 2, STYLE_STRONG, session_plan_name(store_file(session->store, row->file)));
    } else {
        view_draw_section(canvas, y, &view_plan(session, row)->sections.at[row->index]);
    }
}

void view_show_found(const Session *session, Canvas *canvas, int y, int x, int n_cols, Str shown)
{
    Str wanted = strbuf_str(&session->wanted);
    Str rest = shown;
    for (Str found; wanted.n_bytes > 0 && (found = utf8_find_folded(rest, wanted)).at != NULL;) {
        size_t before = (size_t)(found.at - shown.at);
        int from = utf8_cols(str_sub(shown, 0, before));
        int to = from + utf8_cols(found);
        to = to < n_cols ? to : n_cols;
        if (from < to) {
            canvas_restyle(canvas, y, x + from, to - from, STYLE_MATCH);
        }
        rest = str_from(shown, before + found.n_bytes);
    }
}
