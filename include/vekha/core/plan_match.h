#ifndef VEKHA_CORE_PLAN_MATCH_H
#define VEKHA_CORE_PLAN_MATCH_H

#include "vekha/core/identity.h"

/**
 * Which events of two readings are the same ones: by id; those of which one has none, in this order and each only where
 * unique on both sides, by number and title, title, number, the place between two matched neighbours. For each
 * event of a its index in b, or SIZE_MAX; out has room for all of them. Time in proportion, but for sorting.
 */
void plan_match_events(const Plan *a, const Plan *b, size_t *out);
/** The same for sections: by their titles from the top, where unique; else by the place among those of the same parent, if there
 * are as many. -1: none. */
void plan_match_sections(const Plan *a, const Plan *b, int *out);

#endif
