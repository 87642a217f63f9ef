#ifndef VEKHA_CORE_PLAN_MERGE_PRIV_H
#define VEKHA_CORE_PLAN_MERGE_PRIV_H

#include "vekha/core/plan_merge.h"

/* Which event and section of one reading are which of another. */
typedef struct Map {
    size_t *events; /* SIZE_MAX: none */
    int *sections;  /* -1: none */
} Map;

/* What is known of the three readings before anything is merged. */
typedef struct Merger {
    const Plan *base, *ours, *theirs;
    const MergeRest *rest; /* NULL: values are all that there is */
    Map base_ours, base_theirs, theirs_ours, theirs_base, ours_base;
    bool *moved_ours, *moved_theirs; /* one an event of base: it stands elsewhere there */
    size_t *anchors;  /* one an event of theirs: the nearest one of ours that it follows and others know; SIZE_MAX: none */
    size_t *alone;    /* one an event of ours: behind those from it on, of its section, that ours alone has */
    size_t *firsts;   /* of ours, the first event of that section or a later one; counted from the plan itself, -1 */
    SectionRef *refs; /* one a section of ours, and the plan's own in front; made when they are asked for */
    Arena arena;
    PlanMerge *out;
} Merger;

/* plan_merge_map.c: which event is which, and where they stand */

/* Fills all but the three readings, rest and out. */
void merger_init(Merger *m);
void merger_done(Merger *m);
/* Same section in both, -1 being the plan itself? */
bool merger_same_section(const Map *map, int a, int b);
/* section_ref() of ours, the same for all that asks. */
SectionRef merger_section(Merger *m, int section);
/* Where an event of theirs belongs in ours: behind the one that it follows there, and what ours added at that place. False: its
 * section is not there. */
bool merger_place(Merger *m, size_t theirs, EventPlace *out);

/* plan_merge_event.c: the values of an event that both have */

/* What theirs made of the values that were from's, on ours. */
void merger_event(Merger *m, const Event *from, size_t ours, size_t theirs);
/* A change of ours, and the event of theirs that it comes from. */
void merger_push(Merger *m, Change change, size_t ours, size_t theirs);

#endif
