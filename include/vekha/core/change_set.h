#ifndef VEKHA_CORE_CHANGE_SET_H
#define VEKHA_CORE_CHANGE_SET_H

#include "vekha/base/vec.h"
#include "vekha/core/change.h"

/** Several changes of one plan, made at once or not at all; all start from the same reading. */
typedef struct ChangeSet {
    const Change *at;
    size_t n;
} ChangeSet;

/** Where a change strikes, in the reading that it is made on. */
typedef struct ChangeTarget {
    size_t event; /* EDIT, DELETE, MOVE */
    int section;  /* INSERT, MOVE: into its own events; HEADER: its texts; -1: the plan's */
    size_t after; /* INSERT, MOVE: behind that event of the section; SIZE_MAX: as its first */
} ChangeTarget;

/**
 * Finds it in now. @before is the reading that the change was made for, if that is another one, else NULL. Where the event that
 * another was to follow is gone, or stands elsewhere now, it follows the last one of the section. False, ERR_CONFLICT:
 * the event or the section is gone.
 */
bool change_find(const Change *change, const Plan *before, const Plan *now, ChangeTarget *out, Err *err) MUST_USE;

/** The same for all of them; out has room for as many. Time in proportion, but for sorting. */
bool changes_find(ChangeSet set, const Plan *before, const Plan *now, ChangeTarget *out, Err *err) MUST_USE;

/**
 * What the plan reads as when all are made: a plan of its own, whose texts are views of plan and changes. False, ERR_CONFLICT,
 * if one does not start from what the plan has. Release with plan_done() in any case.
 */
bool changes_make(ChangeSet set, const ChangeTarget *targets, const Plan *plan, Plan *out, Err *err) MUST_USE;

/** Equal in the texts of plan and sections, and in the events, each in its section. */
bool plan_eq(const Plan *a, const Plan *b);
/** The same sections in the same order, with the same texts. */
bool plan_sections_eq(const Plan *a, const Plan *b);

#endif
