#ifndef VEKHA_APP_SESSION_JOURNAL_H
#define VEKHA_APP_SESSION_JOURNAL_H

#include "vekha/app/session.h"
#include "vekha/store/journal_track.h"

/** The journal of one plan that is shown. */
typedef struct PlanJournal {
    char *path; /* of the plan */
    size_t file;
    FileMark seen; /* what it was when it was read */
    Journal journal;
    JournalTracks tracks;
    size_t *events; /* of the plan, by track; SIZE_MAX: it is not there any more */
} PlanJournal;

/** A line of Журнал: a change, or the day of those below it. */
typedef struct JournalRow {
    size_t plan, step; /* in plans; in its tracks' steps, SIZE_MAX: a day */
    Day day;
    int minute; /* of that day */
} JournalRow;

typedef VEC(JournalRow) JournalRowVec;

/** Журнал: who changed what and when, the latest first. Nothing of it is read before the view is opened. */
typedef struct JournalState {
    VEC(PlanJournal) plans;
    JournalRowVec rows;
    size_t cursor; /* in rows: a change, if there is one */
    size_t n_changes;
    bool is_folder; /* opened from the list of plans: of all of them */
    bool is_moved;  /* the cursor was: its event is the one to select */
    Day since;      /* 0: from the beginning */
    bool is_of_one; /* of that event alone: what it is or was called */
    StrBuf path, event, title;
    struct RestoreOffer *offer; /* what is to be as it was, once Enter agrees; NULL: nothing */
} JournalState;

/** The row of the cursor; NULL: there is no change to be on. */
const JournalRow *session_journal_row(const Session *session);
/** The entries of the row's change; they are `*n`. */
const JournalEntry *session_journal_entries(const Session *session, const JournalRow *row, size_t *n);
/** The store's index of the plan that a row is of, and in *event its event there; SIZE_MAX: it is gone, or the row is of none. */
size_t session_journal_event(const Session *session, const JournalRow *row, size_t *event);
/** Are the changes of several plans shown? */
bool session_journal_has_all(const Session *session);
/** What it is limited to: «№ 5 · с 01.05.2022»; nothing if it is not. */
void session_journal_add_limits(StrBuf *out, const Session *session);

#endif
