#ifndef VEKHA_STORE_MERGE_PRIV_H
#define VEKHA_STORE_MERGE_PRIV_H

#include "store/splices_priv.h"
#include "store/store_priv.h"
#include "vekha/core/plan_merge.h"
#include "vekha/store/merge.h"

/* One of the texts that are merged, read. */
typedef struct Side {
    Doc *doc;
    Reading reading;
    StrBuf rest; /* rest_of_plan(), once it was asked for */
    bool has_rest;
} Side;

typedef struct Merge {
    Side base, ours, theirs; /* ours is what the merged text is made of: it may be theirs, */
    bool is_turned;          /* then ours and theirs are the other way round */
    PlanMerge plan;
    Merged *out;
} Merge;

/* An event of ours that gets other bytes. */
typedef struct Replacement {
    size_t ours;
    size_t change; /* the one that says what its values are then; SIZE_MAX: they stay */
    Str bytes;
} Replacement;

typedef VEC(Replacement) ReplacementVec;

/* merge_rest.c: what a plan says beside its values */

/** The event's own lines and the comments above them, to be compared. */
Str rest_entry(const Side *side, size_t event);
/** The comments of the event, and its keys that vekha does not know, as they are written; without indentation and blank lines. */
void rest_add_of_event(StrBuf *out, const Side *side, size_t event);
/** The same of all of the file but its events: comments, unknown keys, headings, approvals … Lives as long as the side. */
Str rest_of_plan(Side *side);

/* merge_notes.c: what is left to a person */

/** Notes of all that will not be in the result, of events but those that are replaced. */
void merge_add_notes(Merge *merge, const ReplacementVec *replacements);
/** Sorts the notes by the events of what came out, and adds the changes that mark those events. */
void merge_find_marks(Merge *merge, ChangeVec *out);
/** Adds the marks of what is of no event. */
void merge_mark_plan(Merge *merge, Splices *out);

#endif
