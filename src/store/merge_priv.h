#ifndef VEKHA_STORE_MERGE_PRIV_H
#define VEKHA_STORE_MERGE_PRIV_H

#include "store/splices_priv.h"
#include "store/store_priv.h"
#include "vekha/base/diff3.h"
#include "vekha/core/plan_merge.h"
#include "vekha/store/merge.h"

/* One of the texts that are merged, read. */
typedef struct Side {
    Doc *doc;
    Reading reading;
    StrBuf rest; /* rest_of_plan(), once it was asked for */
    bool has_rest;
    KeyTree columns; /* headings of own columns, once they were asked for */
    bool has_columns;
    DocExtent *extents; /* one an event, once some were asked for */
    size_t n_extents_asked;
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

/* Changes that are made at once, and events that come with their bytes. */
typedef struct Batch {
    ChangeSet set;
    const Replacement *replacements;
    size_t n_replacements;
} Batch;

/* merge.c */

/** Reads the text whole; false, with the error in the file of that name: it cannot be. Release with side_done() in any case. */
bool side_read(Str name, Str text, Side *out, Err *err);
void side_done(Side *side);

/* merge_make.c: the changes of theirs, made on the text of ours */

/**
 * The bytes that travel with an event of the side; empty: they are not its own. From some events on all are found at once, as one
 * takes time for the siblings before it.
 */
Str side_extent(Side *side, size_t event);
/** The same as side_read(), if the text is read as that plan. */
bool side_read_as(Str text, const Plan *model, Side *out, Err *err);
/** The side is the next one, which is then empty. */
void side_become(Side *side, Side *next);
/** The events that can come with the bytes of theirs; those that have a change first, in its order. */
void merge_find_replacements(Merge *merge, ReplacementVec *out);
/** What the changes of theirs make of ours, proven: out is to be released in any case. */
bool merge_make(Merge *merge, const ReplacementVec *replacements, Side *out, Err *err);
/** Leaves those whose bytes can stand where they are to stand, as far as some attempts find them; not all can. */
void merge_drop_unfit(Merge *merge, ReplacementVec *replacements);
/** What the changes make of the side, proven; out as with merge_make(). */
bool merge_make_batch(Side *side, const Batch *batch, Side *out, Err *err);

/* merge_entries.c: the same, without reading the whole of what comes out */

/** Is the text, which the pieces make of ours, that plan? False: that has to be seen by reading it. */
bool merge_prove_lines(const Merge *merge, const Diff3Pieces *pieces, Str text, const Plan *model);
/** The text of merge_make(), proven as well. False: not by this way. */
bool merge_make_entries(const Merge *merge, const ReplacementVec *replacements, StrBuf *out);

/* merge_rest.c: what a plan says beside its values */

/**
 * The bytes that travel with the event, to be compared: no more, as that would be lost where theirs take the place of ours, and
 * no less. Where they are not its own, its lines and the comments above them.
 */
Str rest_entry(Side *side, size_t event);
/**
 * The comments of the event, and its keys that vekha does not know, as they are written; without indentation and blank lines.
 * Values that are none of their field are among them, unless the change (it may be NULL) writes others there.
 */
void rest_add_of_event(StrBuf *out, Side *side, size_t event, const Change *change);
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
