#include <stdint.h>
#include <stdlib.h>

#include "view/card_priv.h"
#include "view/view_priv.h"

static void card_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    size_t event;
    session->page_rows = n_rows;
    if (session_event(session, &event) == NULL) {
        state->top = state->n_shown = 0;
        return;
    }
    if (state->card == NULL) {
        state->card = mem_new(sizeof *state->card);
    }
    CardText *text = state->card;
    if (text->width > 0 && (text->file != session->file || text->event != event)) {
        session->card_top = 0; /* another event is read from its beginning */
    }
    size_t page = (size_t)n_rows;
    card_text_make(text, session, event, n_cols, session->card_top + page);
    size_t last_top = text->n_lines > page ? text->n_lines - page : 0;
    session->card_top = session->card_top > last_top ? last_top : session->card_top; /* behind it all is laid out */
    state->top = session->card_top;
    state->n_shown = text->n_lines - state->top < page ? text->n_lines - state->top : page;
}

static void draw_column(const CardColumn *column, size_t top, int x, Canvas *canvas)
{
    for (int y = 0; y < canvas->n_rows && top + (size_t)y < column->lines.n; y++) {
        const CardLine *line = &column->lines.at[top + (size_t)y];
        canvas_text(canvas, y, x, column->n_cols, STYLE_DIM, line->label);
        canvas_text(canvas, y, x + line->text_x, column->n_cols - line->text_x, line->style, line->text);
    }
}

static void card_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    enum { GAP_COLS = 2 };
    if (session_event(session, NULL) == NULL) {
        view_draw_no_rows(session, canvas, 0);
        return;
    }
    int x = 1;
    for (int i = 0; i < state->card->n_columns; i++) {
        draw_column(&state->card->columns[i], state->top, x, canvas);
        x += state->card->columns[i].n_cols + GAP_COLS;
    }
    canvas_cursor(canvas, 0, 1);
}

static void card_counts(StrBuf *out, const ViewState *state, const Session *session, bool is_brief)
{
    size_t row = session_row(session);
    if (row == SIZE_MAX) {
        view_add_event_counts(out, state, session, is_brief);
        return;
    }
    text_put(out, session->lang, is_brief ? T_COUNT_CARD_BRIEF : T_COUNT_CARD,
             TEXT_NUM(view_events_before(&session->rows, row) + 1),
             TEXT_NUM(view_events_before(&session->rows, session->rows.n)));
    if (state->n_shown < state->card->n_lines) {
        text_put(out, session->lang, T_COUNT_LINES, TEXT_NUM(state->top + 1), TEXT_NUM(state->top + state->n_shown),
                 TEXT_NUM(state->card->n_lines));
    }
}

void card_done(ViewState *state)
{
    if (state->card != NULL) {
        card_text_done(state->card);
        free(state->card);
        state->card = NULL;
    }
}

const ViewOps card_view = { T_VIEW_CARD, card_update, card_draw, card_counts };
