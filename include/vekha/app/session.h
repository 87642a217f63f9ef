#ifndef VEKHA_APP_SESSION_H
#define VEKHA_APP_SESSION_H

#include <stdbool.h>

#include "vekha/app/history.h"
#include "vekha/app/lineedit.h"
#include "vekha/core/query.h"
#include "vekha/core/timeline.h"
#include "vekha/store/store.h"

/** The views, in the order of their digit keys. */
typedef enum ViewId { VIEW_PLANS, VIEW_EVENTS, VIEW_TIMELINE, VIEW_COUNT } ViewId;

/** What lies above the view and takes the keys. */
typedef enum Overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_OCCURRENCE, /* which time of a recurring event; its first row is the whole event */
    OVERLAY_STATUS,
    OVERLAY_PROMPT
} Overlay;

typedef enum PaneMode { PANE_SOME, PANE_HALF, PANE_OFF, PANE_MODE_COUNT } PaneMode;

typedef enum Move {
    MOVE_UP,
    MOVE_DOWN,
    MOVE_PAGE_UP,
    MOVE_PAGE_DOWN,
    MOVE_FIRST,
    MOVE_LAST,
    MOVE_SECTION_UP,
    MOVE_SECTION_DOWN
} Move;

/** One line of Мероприятия and Лента: an event, or the heading of a section. */
typedef struct Row {
    bool is_section;
    size_t index; /* in the plan's events or sections */
} Row;

typedef VEC(Row) RowVec;

/** What is remembered of each plan while it is open. */
typedef struct PlanState {
    size_t selected; /* event; SIZE_MAX: none yet */
    PlanSummary summary;
} PlanState;

/** What a prompt asks for; the answers that came before it wait in the session. */
typedef enum Prompt { PROMPT_WHEN, PROMPT_REASON } Prompt;

/** All state of a run: what is open, what is shown, what is selected. Views read it; commands change it. */
typedef struct Session {
    Store *store; /* owned */
    Lang lang;
    Day today;
    bool is_today_fixed;
    Str who; /* who marks; may be empty */

    ViewId view;
    size_t file;          /* the plan in hand; 0 also when there is none */
    VEC(PlanState) plans; /* one a file of the store */
    RowVec rows;          /* of the plan in hand, under the query */
    Query query;
    int page_rows; /* rows that the view shows; set by it */

    History history;

    PaneMode pane;
    bool wraps;
    int first_month; /* of Лента; 0: where the plan begins */

    Overlay overlay;
    int overlay_row, overlay_top;
    Prompt prompt;
    Status asked;    /* what the event becomes when all is answered */
    LineEdit line;   /* what is typed in the prompt */
    StrBuf new_when; /* answered already */
    StrBuf at;       /* the occurrence that a status is chosen for; empty: the event itself */

    StrBuf message; /* what just happened; empty: the counts stand there */
    bool message_is_error;
    long long digit_until_ms; /* an Esc had nothing to close: until then a digit is a function key; 0: no */
    bool wants_redraw;        /* the whole screen is to be sent anew */
    bool is_done;
} Session;

typedef struct SessionOptions {
    Lang lang;
    Day today; /* 0: the clock's */
    Str who;   /* borrowed for the session's life */
} SessionOptions;

/** Takes over the store. A store of one file opens at its events. Release with session_free(). */
Session *session_new(Store *store, const SessionOptions *options) MUST_USE;
void session_free(Session *session); /* NULL is fine */

/** The file in hand; NULL if the folder has none. */
const PlanFile *session_file(const Session *session);
/** The selected event of the plan in hand; NULL: none is shown. Its index in *index (may be NULL). */
const Event *session_event(const Session *session, size_t *index);
/** Position of the selected event in rows; SIZE_MAX: none. */
size_t session_row(const Session *session);

void session_set_view(Session *session, ViewId view);
void session_move(Session *session, Move move);
/** Takes the file in hand to that index; its rows are made anew. */
void session_select_file(Session *session, size_t file);
/** Another query: rows anew, the selection kept if it is still there, else the nearest below. */
void session_set_query(Session *session, const Query *query);

/** Marks the selected event (or its occurrence `at`), says what happened. */
void session_mark(Session *session, const MarkRequest *request);

/** Takes back the last change of the run if that marked the selected event as done; else false, nothing happens. */
bool session_undo_of_selected(Session *session);
/** Takes the last change of the run back, or makes the last one taken back again; the event is selected, if it is shown. */
void session_undo(Session *session);
void session_redo(Session *session);

/** The key that is meant: a digit soon after an Esc that closed nothing is a function key, as in mc. */
Key session_take_key(Session *session, Key key);

/** Looks at clock and files; true if anything on the screen may have changed. Selections are kept by identity. */
bool session_tick(Session *session);

/** Sets the message line: a row with arguments, or an error. */
#define session_say(session, id, ...)                                   \
    session_say_args((session), (id), (const TextArg[]){ __VA_ARGS__ }, \
                     sizeof((const TextArg[]){ __VA_ARGS__ }) / sizeof(TextArg))
void session_say_args(Session *session, TextId id, const TextArg *args, size_t n_args);
void session_say_err(Session *session, const Err *err);
void session_say_nothing(Session *session);

/** The month that Лента begins with. */
int session_first_month(const Session *session);

#endif
