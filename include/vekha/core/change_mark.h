#ifndef VEKHA_CORE_CHANGE_MARK_H
#define VEKHA_CORE_CHANGE_MARK_H

#include "vekha/core/change.h"

/** What a person asks for when marking. Empty texts and day 0: not said; then today and who stand for them. */
typedef struct MarkRequest {
    Status status;
    Day on, today; /* the day of the mark */
    Str by, who;
    Str evidence, note, reason;
    Str when; /* postponed: the new deadline */
    Str at;   /* the occurrence, for a recurring event; empty: the event itself */
} MarkRequest;

/**
 * The change that marks the event so. Fields of a mark that the new status contradicts go (a planned
 * event has no `done`); evidence and note stay unless given anew; the same status anew leaves the day
 * and the person of its mark as they stand, unless others are said. False, ERR_USAGE, if the request lacks
 * what the status needs. A change without edits: it is so already.
 */
bool change_mark(const Plan *plan, size_t event, const MarkRequest *request, Arena *arena, Change *out, Err *err) MUST_USE;

#endif
