#ifndef VEKHA_CORE_PLAN_MERGE_H
#define VEKHA_CORE_PLAN_MERGE_H

#include "vekha/base/vec.h"
#include "vekha/core/change_set.h"

/** What both sides changed, and not alike: ours stays. */
typedef struct MergeConflict {
    size_t ours, theirs; /* the event; SIZE_MAX: that side deleted it. Both: a text of plan or section */
    int section;         /* then: of ours, whose text it is; -1: the plan's */
    Str name;            /* the key; of a mark marks[AT].key; empty: one side deleted the event, the other changed it */
    FieldEdit edit;      /* from what ours has to what theirs has */
    Str base;            /* what it was */
} MergeConflict;

/** A change to be made on ours, and the event of theirs that it comes from. */
typedef struct MergeSource {
    size_t base;   /* SIZE_MAX: a new one, or no event; */
    size_t ours;   /* the event that it changes, */
    size_t theirs; /* and the one that it comes from */
} MergeSource;

typedef VEC(Change) ChangeVec;
typedef VEC(MergeSource) MergeSourceVec;
typedef VEC(MergeConflict) MergeConflictVec;

/** Zero is empty; release with plan_merge_done(). Strings are views of the plans, or lie in arena. */
typedef struct PlanMerge {
    Arena arena;
    ChangeVec changes;      /* what theirs did, to be made on ours, all at once */
    MergeSourceVec sources; /* one a change */
    MergeConflictVec conflicts;
    VEC(MergeSource) same; /* events that all three have, and in which there is nothing to change */
    IndexVec moved_apart;  /* events of ours that both moved, each elsewhere: they stay where ours has them */
    IndexVec missing;      /* sections of theirs that ours has not got: one that both added under one title counts as one */
    bool has_sections;     /* theirs added, removed or moved sections: that is not among the changes */
    bool lost;             /* and something that should be goes with them */
} PlanMerge;

/** What a file says of an event beside its values: did that side change it since base? */
typedef struct MergeRest {
    bool (*is_changed)(void *context, size_t base, size_t event, bool in_theirs);
    void *context;
} MergeRest;

/**
 * What theirs made of base, as changes of ours, event by event and field by field: marks by their `at`, `responsible` and `was`
 * as whole values. Deleted against unchanged is deleted, against edited a conflict, and the event stays. Of two inserts at one
 * place ours is first. Moved by one is moved; by both elsewhere, ours stays.
 */
void plan_merge(const Plan *base, const Plan *ours, const Plan *theirs, PlanMerge *out);
/** The same where an event counts as edited, too, if the one who did not delete it changed no more than its rest. */
void plan_merge_beside(const Plan *base, const Plan *ours, const Plan *theirs, const MergeRest *rest, PlanMerge *out);
void plan_merge_done(PlanMerge *merge);

#endif
