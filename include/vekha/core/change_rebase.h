#ifndef VEKHA_CORE_CHANGE_REBASE_H
#define VEKHA_CORE_CHANGE_REBASE_H

#include "vekha/core/change_set.h"

/**
 * The change starts from what the plan has now, wherever that is: others changed it meanwhile, and a person has seen that. Its
 * edits and texts are its own afterwards, in arena; edits that are so already go. The target is what change_find() found.
 */
void change_rebase(Change *change, const Plan *now, ChangeTarget target, Arena *arena);

#endif
