#ifndef VEKHA_CORE_IDENTITY_H
#define VEKHA_CORE_IDENTITY_H

#include "vekha/base/mem.h"
#include "vekha/core/plan.h"

/** Which event, so that it is found again in another reading of the file. */
typedef struct EventRef {
    Str id, no, title;
    size_t index; /* in the reading that it was taken from */
} EventRef;

/** Which section; one without a path is the plan itself. */
typedef struct SectionRef {
    Str path;  /* titles from the top, as plan_add_section() has them */
    int index; /* in the reading that it was taken from; -1: the plan */
} SectionRef;

/** Where an event stands: behind that one of the same section's own, or as the first of them. */
typedef struct EventPlace {
    SectionRef section;
    EventRef after;
    bool is_first;
} EventPlace;

EventRef event_ref(const Plan *plan, size_t index);
/** The same, its strings in arena. */
EventRef event_ref_copy(const Plan *plan, size_t index, Arena *arena);
/** The event of this reading that ref means, or SIZE_MAX: by id; else number and title, title, number, each where unique. */
size_t plan_match(const Plan *plan, const EventRef *ref);
/** Its path lies in arena. */
SectionRef section_ref(const Plan *plan, int section, Arena *arena);
/** The section of this reading that ref means, -1 the plan itself; false: none, or several. */
bool plan_match_section(const Plan *plan, const SectionRef *ref, int *out) MUST_USE;
/** Strings lie in arena. */
EventPlace event_place(const Plan *plan, size_t index, Arena *arena);

#endif
