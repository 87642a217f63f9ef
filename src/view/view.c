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

Style view_event_style(const Event *event, Day today)
{
    switch (event_state(event, today).state) {
    case STATE_LATE:
        return STYLE_BAD;
    case STATE_SOON:
        return STYLE_WARN;
    case STATE_CURRENT:
        return STYLE_ACCENT;
    case STATE_UNDATED:
        return STYLE_DIM;
    case STATE_CLOSED:
        return event_status(event) == STATUS_CANCELLED ? STYLE_DIM : STYLE_GOOD;
    case STATE_AHEAD:
    case STATE_COUNT:
        break;
    }
    return STYLE_TEXT;
}

void view_add_event_counts(StrBuf *out, const ViewState *state, const Session *session)
{
    const PlanSummary *sum = &session->plans.at[session->file].summary;
    text_put(out, session->lang, T_COUNT_EVENTS, TEXT_NUM(sum->n_events), TEXT_NUM(sum->n_done), TEXT_NUM(sum->n_late));
    size_t n = session->rows.n;
    size_t last = state->top + (size_t)session->page_rows;
    if (n > (size_t)session->page_rows) {
        text_put(out, session->lang, T_COUNT_ROWS, TEXT_NUM(state->top + 1), TEXT_NUM(last < n ? last : n), TEXT_NUM(n));
    }
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
