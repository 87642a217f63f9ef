#ifndef VEKHA_STORE_REWIND_PRIV_H
#define VEKHA_STORE_REWIND_PRIV_H

#include <stdint.h>

#include "vekha/core/header.h"
#include "vekha/store/journal_track.h"
#include "vekha/store/restore.h"

/*
 * A plan being turned back: the values that its journal speaks of (rewind_values.c), the events of each section in
 * their order (rewind_lists.c), and those that have yet to get their place (rewind_places.c). All of them are one
 * Rewind, which owns its lists; strings are views of journal and plan, or lie in the arena that it was given.
 */

/* One value that the journal speaks of. */
typedef struct RewindSlot {
    size_t owner;    /* a node; of a text of plan or section rewind_header() */
    Str field;       /* as the journal names it */
    FieldEdit edit;  /* the same, taken apart; before: what it is in the plan */
    Str value;       /* what it was, as far as the journal has been turned back */
    bool is_known;   /* a field, or a column of the plan's */
    bool is_outside; /* the journal does not lead to what there is */
} RewindSlot;

/* An event, of the plan or gone; in the list of its section while it is there. */
typedef struct RewindNode {
    size_t event; /* SIZE_MAX: gone */
    Str id, no, title;
    int section;
    size_t prev, next; /* SIZE_MAX: none */
    bool is_there;
    bool is_placed; /* it stood elsewhere since, or was not there */
    bool is_lost;   /* where, is not known */
    size_t group;   /* in which it was put there, */
    Str place;      /* as the journal calls that */
} RewindNode;

/* An event that a group of entries takes from its place, and where it stood. */
typedef struct RewindPending {
    size_t node;
    Str place;
    bool is_done;
} RewindPending;

typedef struct Rewind {
    const Plan *plan;
    const Journal *journal;
    Arena *arena;
    JournalTracks tracks;
    size_t *nodes_of; /* by track; SIZE_MAX: none yet */
    bool *is_twin;    /* by track */
    VEC(RewindSlot) slots;
    VEC(uint32_t) table;   /* of slots, from 1 */
    VEC(RewindNode) nodes; /* the plan's events, then those that are gone */
    size_t *firsts;        /* by section, the plan's own at 0: the first node of its list */
    Plan model;            /* of sections alone: their titles as they were */
    VEC(RewindPending) pending;
    VEC(const JournalEntry *) headers; /* of the group */
    VEC(RestoreNote) notes;
    size_t group;  /* the entries of one change, from 1 */
    size_t n_left; /* steps through lists: a journal of somebody's making must not take forever */
    size_t n_unexplained;
} Rewind;

/* The owner of the texts of a section, of the plan itself at -1; and back. */
static inline size_t rewind_header(int section)
{
    return SIZE_MAX - (size_t)(section + 1);
}

static inline int rewind_section_of(size_t owner)
{
    return (int)(SIZE_MAX - owner) - 1;
}

static inline bool rewind_is_header(const Rewind *rewind, size_t owner)
{
    return owner >= rewind->nodes.n;
}

/* rewind.c: fills *rewind; release with rewind_done(). Plan, journal and arena must outlive it. */
void rewind_begin(Rewind *rewind, const Plan *plan, const Journal *journal, Arena *arena);
void rewind_done(Rewind *rewind);
/* The journal turned back to that moment: all that came behind it. Once. */
void rewind_run(Rewind *rewind, long long at_ms);
/* Told to the person in the end; node: SIZE_MAX is none. */
void rewind_note(Rewind *rewind, RestoreNoteKind kind, size_t node, Str field);

/* rewind_values.c: the value becomes `was`. One that is not what it became by the journal is marked. Valid until the next call.
 */
RewindSlot *rewind_value(Rewind *rewind, size_t owner, Str field, Str was, Str became);
/* Was it other than it is in the plan? */
bool rewind_is_other(const Rewind *rewind, const RewindSlot *slot);
/* The field of a plan's or section's texts; NULL: it is none of those. */
const HeaderField *rewind_header_field(const Rewind *rewind, const RewindSlot *slot);
/* The value as a line of the journal has it, and is that not the whole of it? */
Str rewind_said(Arena *arena, Str value);
bool rewind_is_cut(Str value);

/* rewind_lists.c: the plan's events in the lists of their sections, before anything is turned back. */
void rewind_lists(Rewind *rewind);
/* Out of its list (if it is in one), or into that of the section, behind the node `behind`; SIZE_MAX: first. */
void rewind_unlink(Rewind *rewind, size_t node);
void rewind_link(Rewind *rewind, size_t node, int section, size_t behind);
/* The last node of the section, and the one of that name in it; SIZE_MAX: none. */
size_t rewind_last(Rewind *rewind, int section);
size_t rewind_find(Rewind *rewind, int section, Str name);
bool rewind_is_called(const RewindNode *node, Str name);
/* The section of that path, as sections were called; -2: none, or several, or it cannot be looked up any more. */
int rewind_section(Rewind *rewind, Str path);
/* May n steps more be made? */
bool rewind_step(Rewind *rewind, size_t n);

/* rewind_places.c: off its place until the whole group is turned back; what came and went in it has one place in the end. */
void rewind_await(Rewind *rewind, size_t node, Str place);
void rewind_forget(Rewind *rewind, size_t node);
bool rewind_is_awaiting(Rewind *rewind, size_t node);
/* All that wait. Places name one another: what stands behind something waits for that. */
void rewind_put_back(Rewind *rewind);

#endif
