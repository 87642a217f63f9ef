#ifndef VEKHA_CORE_CHECK_PRIV_H
#define VEKHA_CORE_CHECK_PRIV_H

#include "vekha/core/check.h"

/* The rules on printed numbers. A numbering is the plan's, or a section's where it begins again at 1. */
void check_number_repeats(const Plan *plan, Arena *arena, ProblemVec *out);
void check_number_skips(const Plan *plan, Arena *arena, ProblemVec *out);
void check_number_order(const Plan *plan, Arena *arena, ProblemVec *out);
void check_number_missing(const Plan *plan, Arena *arena, ProblemVec *out);

#endif
