#ifndef VEKHA_STORE_RESTORE_PRIV_H
#define VEKHA_STORE_RESTORE_PRIV_H

#include "store/rewind_priv.h"
#include "vekha/core/change_build.h"

/* What leads from the plan to what a Rewind says of it: changes in out, whose arena has all that they point to. */
typedef struct Maker {
    Rewind *rewind; /* run */
    Restore *out;
    const RewindSlot **slots; /* by owner, then in the order of fields */
    size_t n_slots;
    bool *stays;    /* by node: it is one that the others are put around */
    size_t *before; /* by node: the one before it in the longest row that stays */
} Maker;

/* restore_changes.c: all that is asked for, into out. */
void maker_make(Rewind *rewind, const RestoreAsk *ask, Restore *out);
void maker_push(Maker *maker, const Change *change);

/* restore_edits.c: brings the slots into their order, before all else. */
void maker_sort(Maker *maker);
/* The change of an event's values, or of the texts of a section (-1: of the plan), if there is one. */
void maker_edit_event(Maker *maker, size_t node);
void maker_edit_header(Maker *maker, int section);
/* The event as the lines of its deletion have it; in the arena. */
const Event *maker_content(Maker *maker, size_t node);

/* restore_order.c: one section in its old order. Without a journal's word nothing moves: then all stay. */
void maker_order(Maker *maker, int section);
/* An event that is gone, or one that moved, comes to stand behind `behind`, a node of the plan's; SIZE_MAX: first. */
void maker_come_back(Maker *maker, size_t node, int section, size_t behind);
void maker_go_back(Maker *maker, size_t node, int section, size_t behind);
/* Behind which of the plan's events that node would stand, were it alone to be where it was. */
size_t rewind_event_before(const Rewind *rewind, size_t node);

#endif
