#ifndef VEKHA_APP_SESSION_H
#define VEKHA_APP_SESSION_H

#include <stdbool.h>

#include "vekha/app/chooser.h"
#include "vekha/app/filter.h"
#include "vekha/app/history.h"
#include "vekha/app/lineedit.h"
#include "vekha/core/agenda.h"
#include "vekha/core/change_mark.h"
#include "vekha/core/timeline.h"
#include "vekha/store/store.h"

/** The views, in the order of their digit keys. */
typedef enum ViewId { VIEW_PLANS, VIEW_EVENTS, VIEW_TIMELINE, VIEW_CARD, VIEW_MONTH, VIEW_JOURNAL, VIEW_COUNT } ViewId;

/** What lies above the view and takes the keys. */
typedef enum Overlay {
    OVERLAY_NONE,
    OVERLAY_HELP,
    OVERLAY_OCCURRENCE, /* which time of a recurring event; its first row is the whole event */
    OVERLAY_STATUS,
    OVERLAY_CHOOSER,
    OVERLAY_PROMPT,
    OVERLAY_DRAFT, /* what was being typed when a run ended: drafting.h */
    OVERLAY_ASK,   /* a question with its answers: editing.h */
    OVERLAY_MENU
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

typedef enum RowKind { ROW_EVENT, ROW_SECTION, ROW_PLAN } RowKind;

/** One line of Мероприятия and Лента: an event, or a heading: of a section, of a plan where several are shown. */
typedef struct Row {
    RowKind kind;
    size_t file;
    size_t index; /* in the plan's events or sections */
} Row;

typedef VEC(Row) RowVec;

/** What is remembered of each plan while it is open. */
typedef struct PlanState {
    size_t selected; /* event; SIZE_MAX: none yet */
    PlanSummary summary;
} PlanState;

/** What a prompt asks for; the answers that came before it wait in the session. */
typedef enum Prompt {
    PROMPT_WHEN,
    PROMPT_REASON,
    PROMPT_CANCELLED,
    PROMPT_SEARCH,
    PROMPT_WORD,
    PROMPT_SINCE,
    PROMPT_DEADLINE, /* from here on edits: editing.h */
    PROMPT_FIELD,
    PROMPT_ADD,
    PROMPT_HEADER,
    PROMPT_COUNT
} Prompt;

/** What the chooser's list is of. */
typedef enum Choosing {
    CHOOSE_COMMAND,
    CHOOSE_PARTY,
    CHOOSE_SECTION,
    CHOOSE_MONTH,
    CHOOSE_STATUS,
    CHOOSE_SINCE,
    CHOOSE_RESTORE,
    CHOOSE_ADD_SECTION,
    CHOOSE_PLAN_TEXT,
    CHOOSE_FIELD, /* from here on of the selected event */
    CHOOSE_OWN,
    CHOOSE_SECTION_TEXT,
    CHOOSE_TO_SECTION
} Choosing;

enum { MONTH_MAX_DAYS = 31 };

/** What is due on one day of the month shown. */
typedef struct DayDue {
    size_t n;          /* entries under it */
    AgendaEntry worst; /* the one that wants most attention */
} DayDue;

/** Месяц: what of all that is in hand, under the filter, falls on one month. */
typedef struct MonthState {
    int shown;         /* as day_month_index() counts */
    AgendaVec entries; /* of AGENDA_WHOLE and AGENDA_UNDATED the selected event's alone; files are the store's */
    size_t cursor;     /* in entries; its event is the selected one */
    size_t n_due, n_spans, n_whole, n_undated; /* with a day; under way; as long as their plan; without a date */
    size_t n_late;                             /* of entries, wherever they stand */
    DayDue days[MONTH_MAX_DAYS + 1];           /* by day of the month, from 1 */
} MonthState;

/** All state of a run: what is open, what is shown, what is selected. Views read it; commands change it. */
typedef struct Session {
    Store *store; /* owned */
    Lang lang;
    Day today;
    bool is_today_fixed;
    Str who; /* who marks; may be empty */

    ViewId view;
    ViewId came_from;     /* where Карточка was opened: Esc goes back there */
    bool is_all;          /* all plans of the folder are in hand at once: «Все мероприятия» */
    size_t file;          /* the plan in hand, or of all the one that the selected event is of; 0 also when there is none */
    VEC(PlanState) plans; /* one a file of the store */
    size_t occurrence;    /* chosen of the selected event; SIZE_MAX: the earliest open one, or the event itself */
    RowVec rows;          /* of what is in hand, under the filter */
    Filter filter;
    bool stays;       /* the selected event was marked here: it is shown until another is selected, whatever the filter */
    int page_rows;    /* rows that the view shows; set by it */
    unsigned version; /* another one whenever plans or day are: what a view made of them before is void */

    StrBuf searched;        /* what n and N go on looking for; empty: nothing yet */
    StrBuf typed_otherwise; /* what was typed for it, when that was found in the other layout only */
    StrBuf wanted;          /* searched, folded */
    VEC(size_t) matches;    /* rows that hold it */
    bool has_matches;       /* they are those of the rows as they are */

    History history;

    PaneMode pane;
    bool wraps;
    TimelineZoom zoom; /* of Лента */
    Day line_first;    /* the day that it begins with; 0: where the plan does, of several years with the one of today */
    Day line_around;   /* a day that it is to be moved to when it is drawn next; 0: none */
    MonthState month;
    struct JournalState *journal; /* of Журнал (session_journal.h); NULL until it is opened */
    size_t card_top;              /* the first line of Карточка that is shown; the view keeps it within its text */

    Overlay overlay;
    int overlay_row, overlay_top;
    int menu_group; /* CommandGroup: the one whose commands hang below the menu's line */
    Prompt prompt;
    Status asked;              /* what the event becomes when all is answered */
    LineEdit line;             /* what is typed in the prompt */
    struct Drafting *drafting; /* how what is typed there outlives the run; owned */
    struct Editing *editing;   /* what of a plan it is, and what is asked: editing.h; owned */
    struct Watch *watch;       /* what others do to the files; owned */
    struct LostFiles *lost;    /* those that went; NULL: none; owned */
    Chooser chooser;
    Choosing choosing;
    StrBuf new_when;  /* answered already */
    bool is_doubtful; /* a deadline was typed that has no date: Enter once more takes it */
    StrBuf at;        /* the occurrence that a status is chosen for; empty: the event itself */

    StrBuf message; /* what just happened; empty: the counts stand there */
    bool message_is_error;
    long long digit_until_ms; /* an Esc had nothing to close: until then a digit is a function key; 0: no */
    long long deaf_until_ms;  /* a field did not open: what is typed on until a pause is for it, and no command; 0: no */
    bool wants_redraw;        /* the whole screen is to be sent anew */
    bool is_done;
} Session;

typedef struct SessionOptions {
    Lang lang;
    Day today;  /* 0: the clock's */
    Str who;    /* borrowed for the session's life */
    Str drafts; /* the folder for what is half typed; empty: it is not kept */
} SessionOptions;

/** Takes over the store. A store of one file opens at its events. Release with session_free(). */
Session *session_new(Store *store, const SessionOptions *options) MUST_USE;
void session_free(Session *session); /* NULL is fine */

/** What the plan is called on screens: its short name, else its title, else its file's. */
Str session_plan_name(const PlanFile *file);
/** The file in hand; NULL if the folder has none. */
const PlanFile *session_file(const Session *session);
/** Is there a row «Все мероприятия»? Not for a single file or plan. */
bool session_has_all(const Session *session);
/** The selected row of Планы; «Все мероприятия», where there is such a row, is the first. */
size_t session_plan_row(const Session *session);
/** The selected event; NULL: none is shown. Its index in the plan in hand in *index (may be NULL). */
const Event *session_event(const Session *session, size_t *index);
/** Position of the selected event in rows; SIZE_MAX: none. */
size_t session_row(const Session *session);
/** Why there is no row, when there is none. */
TextId session_no_rows(const Session *session);
/** What all that is in hand comes to, whatever the filter. */
PlanSummary session_summary(const Session *session);
/** What all plans come to. */
PlanSummary session_folder_summary(const Session *session);
/** From the first day of the plans in hand to the last; zero: none says its period. */
Span session_period(const Session *session);

void session_set_view(Session *session, ViewId view);
void session_move(Session *session, Move move);
/** Selects the event before or behind the selected one; false if it is the first or the last. */
bool session_step(Session *session, bool is_down);
/** Takes that one plan in hand; its rows are made anew. */
void session_select_file(Session *session, size_t file);
/** Takes all plans in hand; the event selected is the first one that is late, else the one that was. */
void session_select_all(Session *session);
/** Selects an event of what is in hand, of another one no occurrence; Месяц goes to where it is. */
void session_select(Session *session, size_t file, size_t event);
/** Of the selected event, the occurrence that marks and statuses are for; SIZE_MAX: none in particular. */
void session_choose_occurrence(Session *session, size_t occurrence);
/** After a change of the filter: rows anew, the selection kept if it is still there, else the nearest below. */
void session_filter(Session *session);

/** Goes to the next event, behind the selected one, that holds the words in any of its texts; says which of how many. */
void session_search(Session *session, Str words);
/** To the next one, or the one before; around the end if need be. */
void session_search_next(Session *session, bool is_down);
/** Acts on what was chosen in the list; NULL: on what was typed. */
void session_choose(Session *session, const Choice *choice);
/** What a key types: into the prompt, into the list, or a digit that chooses. False: it means nothing there. */
bool session_type(Session *session, Key key);
/** A key of a pasted text: in a field it is text, the end of a line a blank; elsewhere nothing is done, and that is said. */
void session_paste(Session *session, Key key);

/** Marks the selected event (or its occurrence `at`), says what happened; true if it is so now, and written. */
bool session_mark(Session *session, const MarkRequest *request);

/** Takes back the last change of the run if that marked the selected event (its occurrence `at`, if not empty) as done; else
 * false, nothing happens. */
bool session_undo_of_selected(Session *session, Str at);
/** Takes the last change of the run back, or makes the last one taken back again; the event is selected, if it is shown. */
void session_undo(Session *session);
void session_redo(Session *session);

/** The key that is meant: a digit soon after an Esc that closed nothing is a function key, as in mc; none where it is typed on
 * for a field that did not open. */
Key session_take_key(Session *session, Key key);

/** Says, behind what is said, that the last change is not in its plan's journal; false: it is, and nothing was said. */
bool session_say_warning(Session *session);

/** Looks at clock and files; true if anything on the screen may have changed. Selections are kept by identity. */
bool session_tick(Session *session);

/** Sets the message line: a row with arguments, or an error. */
#define session_say(session, id, ...)                                   \
    session_say_args((session), (id), (const TextArg[]){ __VA_ARGS__ }, \
                     sizeof((const TextArg[]){ __VA_ARGS__ }) / sizeof(TextArg))
void session_say_args(Session *session, TextId id, const TextArg *args, size_t n_args);
void session_say_err(Session *session, const Err *err);
void session_say_nothing(Session *session);

/** The day that Лента begins with. */
Day session_line_first(const Session *session);

/** Месяц shows another month: n further; 0: today's. The cursor stays with its event if that is there. */
void session_step_month(Session *session, int n_months);
/** What the cursor of Месяц is on; NULL: nothing falls on the month. */
const AgendaEntry *session_entry(const Session *session);

#endif
