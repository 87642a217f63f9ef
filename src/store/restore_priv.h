#ifndef VEKHA_STORE_RESTORE_PRIV_H
#define VEKHA_STORE_RESTORE_PRIV_H

#include <stdint.h>

#include "vekha/store/journal_track.h"
#include "vekha/store/restore.h"

/* One value that the journal speaks of. */
typedef struct RestoreSlot {
    size_t owner;    /* a node; of a text of plan or section rewind_header() */
    Str field;       /* as the journal names it */
    FieldEdit edit;  /* the same, taken apart; before: what it is in the plan */
    Str value;       /* what it was, as far as the journal has been turned back */
    bool is_known;   /* a field, or a column of the plan's */
    bool is_outside; /* the journal does not lead to what there is */
} RestoreSlot;

/* An event, of the plan or gone; in the list of its section while it is there. */
typedef struct RestoreNode {
    size_t event; /* SIZE_MAX: gone */
    Str id, no, title;
    int section;
    size_t prev, next; /* SIZE_MAX: none */
    bool is_there;
    bool is_placed; /* it stood elsewhere since, or was not there */
    bool is_lost;   /* where, is not known */
    size_t group;   /* in which it was put there, */
    Str place;      /* as the journal calls that */
} RestoreNode;

/* An event that a group of entries takes from its place, and where it stood. */
typedef struct RestorePending {
    size_t node;
    Str place;
    bool is_done;
} RestorePending;

/* A plan being turned back. */
typedef struct Rewind {
    const Plan *plan;
    const Journal *journal;
    Arena *arena;
    JournalTracks tracks;
    size_t *nodes_of; /* by track; SIZE_MAX: none yet */
    bool *is_twin;    /* by track */
    VEC(RestoreSlot) slots;
    VEC(uint32_t) table;    /* of slots, from 1 */
    VEC(RestoreNode) nodes; /* the plan's events, then those that are gone */
    size_t *firsts;         /* by section, the plan's own at 0: the first node of its list */
    Plan model;             /* of sections alone: their titles as they were */
    VEC(RestorePending) pending;
    VEC(const JournalEntry *) headers; /* of the group */
    VEC(RestoreNote) notes;
    size_t group;
    size_t n_left; /* steps through lists: a journal of somebody's making must not take forever */
    size_t n_unexplained;
} Rewind;

static inline size_t rewind_header(int section)
{
    return SIZE_MAX - (size_t)(section + 1);
}

static inline bool rewind_is_header(const Rewind *rewind, size_t owner)
{
    return owner >= rewind->nodes.n;
}

/* The value as a line of the journal has it, and is that not the whole of it? */
Str rewind_said(Arena *arena, Str value);
bool rewind_is_cut(Str value);
/* The journal turned back to that moment. */
void rewind_run(Rewind *rewind, long long at_ms);
/* restore_changes.c: what leads from the plan to what the rewound journal says. */
void rewind_changes(Rewind *rewind, const RestoreAsk *ask, Restore *out);
void rewind_note(Rewind *rewind, RestoreNoteKind kind, size_t node, Str field);

#endif
