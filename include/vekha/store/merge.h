#ifndef VEKHA_STORE_MERGE_H
#define VEKHA_STORE_MERGE_H

#include "vekha/base/err.h"
#include "vekha/base/vec.h"
#include "vekha/core/identity.h"

typedef enum MergeNoteKind {
    MERGE_VALUE,           /* both changed it, not alike: ours stands in its key */
    MERGE_DELETED_BY_US,   /* and changed by them: it is there again, as they have it */
    MERGE_DELETED_BY_THEM, /* and changed by us: it stays */
    MERGE_REST,            /* comments, or keys that vekha does not know, that could not be joined: ours stay */
    MERGE_SECTIONS,   /* both added, removed or moved sections, so that they cannot be joined: ours stay, their changes do not */
    MERGE_MOVED_APART /* both moved it, each elsewhere: it stands where ours has it. No conflict */
} MergeNoteKind;

/** What a person should know of a merge. */
typedef struct MergeNote {
    MergeNoteKind kind;
    EventRef event;         /* all empty: of no event */
    Str field;              /* MERGE_VALUE: its key; of a mark marks[AT].key, of a section sections[PATH].key */
    Str base, ours, theirs; /* MERGE_VALUE: the values; MERGE_REST: the lines, but for ours; MERGE_SECTIONS: theirs that the
                               result has not got: the path of each, then a line «- title» for each of its events */
} MergeNote;

/** One of the three texts, and what to call it in an error. */
typedef struct MergeText {
    Str name, text;
} MergeText;

/** Zero is empty; release with merged_done(). */
typedef struct Merged {
    StrBuf text; /* the plan that came out: it can always be read */
    Arena arena;
    Plan about;           /* what to call it, its period and its headings; no events */
    VEC(MergeNote) notes; /* in the order of the file; their strings lie in arena */
    size_t n_conflicts;   /* of them; each is marked in the file by `conflict` */
} Merged;

/**
 * Merges what two made of one plan, by event and field (see plan_merge.h). Comments, order, layout and keys that vekha does not
 * know come along: where the lines alone can be merged and read as the plan that is meant, they are; else an
 * event that one side alone touched is taken as that side wrote it. The result is proven: it is read again, and is that plan.
 * A base without any text is an empty plan: both added the file.
 * False, with the reason, if one of the texts cannot be read whole, or what came out is not what was meant; then out is empty.
 */
bool merge_plans(MergeText base, MergeText ours, MergeText theirs, Merged *out, Err *err) MUST_USE;
void merged_done(Merged *merged);

#endif
