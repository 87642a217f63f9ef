#ifndef VEKHA_CORE_PLAN_FINDER_H
#define VEKHA_CORE_PLAN_FINDER_H

#include "vekha/base/vec.h"
#include "vekha/core/identity.h"

/** What names are of. */
typedef enum FinderKey { FINDER_ID, FINDER_NO_AND_TITLE, FINDER_TITLE, FINDER_NO, FINDER_PATH, FINDER_KEYS } FinderKey;

typedef struct FinderName {
    unsigned long long hash;
    size_t index; /* of the event; FINDER_PATH: of the section */
} FinderName;

/**
 * plan_match() and its like, for many events and sections of one plan: whoever is not at the old place is looked up in names that
 * are sorted once, after some have been looked for one by one. The plan is the caller's, and stays as it is.
 */
typedef struct PlanFinder {
    const Plan *plan;
    size_t n_asked;
    bool is_sorted[FINDER_KEYS];
    VEC(FinderName) names[FINDER_KEYS];
} PlanFinder;

void finder_done(PlanFinder *finder);
/** As plan_match(). */
size_t finder_match(PlanFinder *now, const EventRef *ref);
/**
 * The same for a ref taken from the reading before: SIZE_MAX also where the event of now that looks
 * like it was another one before. (Number 5 is deleted, and 6 becomes 5.)
 */
size_t finder_match_since(PlanFinder *before, PlanFinder *now, const EventRef *ref);
/** As plan_match_section(). */
bool finder_match_section(PlanFinder *now, const SectionRef *ref, int *out) MUST_USE;
/** The first event from there on that has the id; SIZE_MAX: none. */
size_t finder_id(PlanFinder *finder, Str id, size_t from);
/**
 * str_hash() of what plan_add_section() says of each section, without saying it: long titles that stand one in the other would
 * take the square of the file. To be freed.
 */
unsigned long long *plan_path_hashes(const Plan *plan) MUST_USE;

#endif
