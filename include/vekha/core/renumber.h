#ifndef VEKHA_CORE_RENUMBER_H
#define VEKHA_CORE_RENUMBER_H

#include "vekha/base/vec.h"
#include "vekha/core/change.h"

/** How a document counts its events. */
typedef enum NumberStyle {
    NUMBERS_NONE,       /* no event has a number */
    NUMBERS_THROUGH,    /* 1, 2, 3 over the whole plan, perhaps with numbers of sections among them */
    NUMBERS_BY_SECTION, /* 1, 2, 3 anew in each section */
    NUMBERS_NESTED      /* 1.1, 1.2, 2.1: behind the section's */
} NumberStyle;

/** «подряд по всему плану»; T_NONE of NUMBERS_NONE. */
TextId number_style_text(NumberStyle style);

typedef VEC(Change) ChangeVec;

/**
 * Appends the changes after which printed numbers follow each other in the order of the document: edits of `no`, of events, and
 * of sections that are counted with them. The way to count stays as it is found, a closing stop and leading zeros stay; what has
 * no number stays without. Strings lie in arena.
 *
 * @first  the first number; 0: 1. Others only where all are counted through
 *
 * False, ERR_USAGE: a number that cannot be counted («5а»), two ways of counting at once. Time in proportion, but for sorting.
 */
bool plan_renumber(const Plan *plan, int first, Arena *arena, ChangeVec *out, NumberStyle *style, Err *err) MUST_USE;

/** How many events plan_renumber() leaves without a number. */
size_t plan_unnumbered(const Plan *plan);

/** Appends the number behind the last one that an event of that section (-1: the plan) may have; false: it does not show which.
 */
bool plan_next_number(const Plan *plan, int section, StrBuf *out) MUST_USE;

#endif
