#ifndef VEKHA_CORE_CHANGE_BUILD_H
#define VEKHA_CORE_CHANGE_BUILD_H

#include "vekha/core/change.h"

/** An id that no event of the plan has: a letter, a digit, three of both; another one for another seed. */
Str plan_new_id(const Plan *plan, unsigned long long seed, Arena *arena);

/**
 * The change of an event's value by the name of its key, for change_of(). False, ERR_USAGE: there is no such key, it is not
 * edited so, or the value is none for it. An empty value takes the key away. A new deadline takes away the dates that a
 * person gave for the old one.
 */
bool change_edit(Change *change, const Plan *plan, size_t event, Str key, Str value, Arena *arena, Err *err) MUST_USE;
/** The same for a text of a section, or (-1) of the plan itself; the change is zero before the first. */
bool change_edit_header(Change *change, const Plan *plan, int section, Str key, Str value, Arena *arena, Err *err) MUST_USE;
/** That event goes. */
Change change_delete(const Plan *plan, size_t event, Arena *arena);
/** That event comes; its strings are copied. */
Change change_insert(const Event *event, const EventPlace *to, Arena *arena);
/** That event stands there. */
Change change_move(const Plan *plan, size_t event, const EventPlace *to, Arena *arena);
/** Behind that event, in its section. */
EventPlace place_after(const Plan *plan, size_t event, Arena *arena);
/** Behind the last of the section's own events. */
EventPlace place_at_end(const Plan *plan, int section, Arena *arena);

#endif
