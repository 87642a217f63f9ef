#ifndef VEKHA_VIEW_PRIV_H
#define VEKHA_VIEW_PRIV_H

#include "vekha/app/keymap.h"
#include "vekha/app/session.h"
#include "vekha/core/field.h"
#include "vekha/view/canvas.h"

/* What a view remembers of how it was drawn last. */
typedef struct ViewState {
    size_t top;            /* the first row shown */
    size_t n_shown;        /* rows that the page holds whole */
    struct CardText *card; /* of Карточка alone: its text, laid out */
} ViewState;

/* A row of views[]: update decides what is shown, draw only draws it. */
typedef struct ViewOps {
    TextId title;
    void (*update)(ViewState *state, Session *session, int n_rows, int n_cols);
    void (*draw)(const ViewState *state, const Session *session, Canvas *canvas);
    /** The message line when there is nothing to say: counts, and unless it is to be brief which rows are shown. */
    void (*counts)(StrBuf *out, const ViewState *state, const Session *session, bool is_brief);
} ViewOps;

extern const ViewOps plans_view, events_view, timeline_view, card_view, month_view, journal_view;

/* view.c: what the views share */

/** Moves top so that the cursor is among the page's rows, each one line high. */
void view_scroll(size_t *top, size_t cursor, size_t n_rows, int page);
/** At the first and the last of n_rows rows of a list: signs that there are more of them above, below. */
void view_draw_more(Canvas *canvas, int y, int x, int n_rows, bool is_above, bool is_below);
/** Before that, for rows of events: the headings above the first event of a section come with it. */
void view_show_headings(size_t *top, size_t cursor, const RowVec *rows, int page);
/** The style in which state and glyph of an event are drawn. */
Style view_event_style(const Event *event, Day today);
Style view_state_style(State state, Status status);
/** What a folder or a plan comes to. */
void view_add_counts(StrBuf *out, Lang lang, const PlanSummary *sum, bool is_brief);
/** The same of the plan in hand, and «12–31 из 50» when not all events are on the page. */
void view_add_event_counts(StrBuf *out, const ViewState *state, const Session *session, bool is_brief);
/** Of the rows before end, how many are events? */
size_t view_events_before(const RowVec *rows, size_t end);
/** Why there is no row, in place of the first. */
void view_draw_no_rows(const Session *session, Canvas *canvas, int y);
/** Glyph, number: the first columns of a row of events. Returns the column behind them. */
int view_draw_number(Canvas *canvas, int y, Style style, const Event *event, Day today);
/** What was searched for stands out in the text that was drawn there in n_cols columns. */
void view_show_found(const Session *session, Canvas *canvas, int y, int x, int n_cols, Str shown);
/** By which days are working ones: the plan's own, of several plans the default. */
const Calendar *view_calendar(const Session *session);
/** The plan that the row is of. */
const Plan *view_plan(const Session *session, const Row *row);
/** What a field is called: as the document in hand does, where it does; ours among several. */
Str view_heading(const Session *session, FieldId field);
/** The heading of a section, indented by its depth. */
void view_draw_section(Canvas *canvas, int y, const Section *section);
/** The same of a row that is no event: a section, or a plan among several. */
void view_draw_heading(const Session *session, Canvas *canvas, int y, const Row *row);

/* timeline.c */

/* What a mark of Лента is drawn as, and what the help says of it; no words: nothing. */
typedef struct TimelineSign {
    Str glyph;
    TextId words;
} TimelineSign;

const TimelineSign *timeline_sign(TimelineMark mark);

/* pane.c */
int pane_height(const Session *session, int n_rows, int n_cols);
/** The same when the list above it would leave so many rows blank: more, up to half of all rows. */
int pane_grown(int height, int n_blank, int n_rows);
void pane_draw(const Session *session, const Event *event, Canvas *canvas);

/* card.c */
/** Releases the text; a state without one is fine. */
void card_done(ViewState *state);

/* month_grid.c: the calendar of the month shown */

/** Weeks below each other, 29 columns wide; returns the row below them. */
int month_grid_draw(const Session *session, Canvas *canvas);
/** From that row on: what the signs mean, and how many entries have them. */
void month_legend_draw(const Session *session, int y, Canvas *canvas);
/** In two lines of 38 columns, where there is no room for weeks. */
void month_strip_draw(const Session *session, Canvas *canvas);

/* menu.c */
void menu_draw(const Session *session, Canvas *screen, Canvas *area);

/* help.c */
void help_draw(Session *session, Canvas *canvas);

/* chooser.c */
void chooser_draw(const Session *session, Canvas *canvas);

/* dialog.c */
void occurrence_draw(const Session *session, Canvas *canvas);
void status_draw(const Session *session, Canvas *canvas);
/** The line that is typed, in n_cols columns; returns the column of its cursor there. */
int dialog_draw_line(Canvas *canvas, int y, int x, int n_cols, const LineEdit *line);

/* prompt.c */
void prompt_draw(const Session *session, Canvas *canvas);
/** The line that is typed, wrapped into n_rows rows: the part around the cursor, which it puts into its place. */
void prompt_draw_field(Canvas *canvas, int y, int x, int n_rows, int n_cols, const LineEdit *line);
/** What a prompt asks for: «Новый срок:». */
TextId prompt_label(Prompt prompt);
/** The same of a draft, whose field it may be. */
void prompt_add_label(StrBuf *out, const Session *session, Prompt prompt, Str field);

/* draft.c */
void draft_draw(Session *session, Canvas *canvas);

/* ask.c */
void ask_draw(Session *session, Canvas *canvas);
/** The keys that answer, and what Esc does, which is there if one of them has to go. */
void ask_add_keys(StrBuf *out, const Session *session, int n_cols);

#endif
