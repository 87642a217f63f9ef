#ifndef VEKHA_STORE_RESTORE_H
#define VEKHA_STORE_RESTORE_H

#include "vekha/core/change_set.h"
#include "vekha/store/journal.h"

/** What is to be as it was. */
typedef enum RestoreWhat {
    RESTORE_PLAN,  /* all that the journal speaks of */
    RESTORE_EVENT, /* one event */
    RESTORE_HEADER /* the texts of plan and sections */
} RestoreWhat;

typedef struct RestoreAsk {
    RestoreWhat what;
    long long at_ms; /* as it was behind the last change of that moment (clock_utc_ms()) */
    size_t event;    /* RESTORE_EVENT: of the plan; SIZE_MAX: one that is gone, */
    Str name, title; /* by what the journal called it last */
} RestoreAsk;

typedef enum RestoreNoteKind {
    RESTORE_OUTSIDE, /* the value now is not what the journal says it became; it goes back all the same */
    RESTORE_CUT,     /* the journal has only the beginning of the value, or of the event: it stays as it is */
    RESTORE_BAD,     /* what the journal has is no value of that field, or no field of this plan: it stays as it is */
    RESTORE_PLACE,   /* where it stood is no longer known: it comes at the end of its section */
    RESTORE_TWINS    /* several events are called so: none of them is touched */
} RestoreNoteKind;

/** What a person has to know of the answer. */
typedef struct RestoreNote {
    RestoreNoteKind kind;
    size_t event; /* of the plan; SIZE_MAX: one that is gone, or none */
    Str name;     /* of one that is gone */
    Str field;    /* as the journal names it; of an event's place empty */
} RestoreNote;

/** Zero is empty; release with restore_done(). Strings are views of journal and plan, or lie in arena. */
typedef struct Restore {
    Arena arena;
    VEC(Change) changes; /* to be made on the plan, all at once */
    VEC(RestoreNote) notes;
    size_t n_edits;     /* values among them, for what is told in a word */
    bool was_not_there; /* RESTORE_EVENT: it was not in the plan at that moment */
    bool is_there;      /* and it is now */
} Restore;

/**
 * The changes that make the plan (or what of it is asked for) what it was at that moment: what the journal says happened since,
 * turned round, the latest first. Entries of one moment and one person are one change of the plan. Journals whose times
 * do not follow their lines (a clock was set back, or two were merged) are read in the order that explains more of what is there.
 * What the journal does not speak of stays as it is.
 */
void restore_make(const Journal *journal, const Plan *plan, const RestoreAsk *ask, Restore *out);
void restore_done(Restore *restore);

/** «№ 5, «note»: в журнале значение не целиком; оставлено как есть»; to be made visible. */
void restore_add_note(StrBuf *out, Lang lang, const Plan *plan, const RestoreNote *note);

#endif
