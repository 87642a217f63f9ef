#ifndef VEKHA_VIEW_PRIV_H
#define VEKHA_VIEW_PRIV_H

#include "vekha/app/keymap.h"
#include "vekha/app/session.h"
#include "vekha/view/canvas.h"

/* What a view remembers of how it was drawn last. */
typedef struct ViewState {
    size_t top; /* the first row shown */
} ViewState;

/* A row of views[]: update decides what is shown, draw only draws it. */
typedef struct ViewOps {
    TextId title;
    void (*update)(ViewState *state, Session *session, int n_rows, int n_cols);
    void (*draw)(const ViewState *state, const Session *session, Canvas *canvas);
    /** The message line when there is nothing to say: counts, and which rows are shown. */
    void (*counts)(StrBuf *out, const ViewState *state, const Session *session);
} ViewOps;

extern const ViewOps plans_view, events_view, timeline_view;

/* view.c: what the views share */

/** Moves top so that the cursor is among the page's rows, each one line high. */
void view_scroll(size_t *top, size_t cursor, size_t n_rows, int page);
/** The style in which state and glyph of an event are drawn. */
Style view_event_style(const Event *event, Day today);
/** « 12–31 из 50 » behind the counts of the events shown. */
void view_add_event_counts(StrBuf *out, const ViewState *state, const Session *session);
/** Glyph, number: the first columns of a row of events. Returns the column behind them. */
int view_draw_number(Canvas *canvas, int y, Style style, const Event *event, Day today);
/** The heading of a section, indented by its depth. */
void view_draw_section(Canvas *canvas, int y, const Section *section);

/* pane.c */
int pane_height(const Session *session, int n_rows);
void pane_draw(const Session *session, const Event *event, Canvas *canvas);

/* dialog.c */
void help_draw(Session *session, Canvas *canvas);
void status_draw(const Session *session, Canvas *canvas);
void prompt_draw(const Session *session, Canvas *canvas);

#endif
