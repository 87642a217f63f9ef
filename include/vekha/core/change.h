#ifndef VEKHA_CORE_CHANGE_H
#define VEKHA_CORE_CHANGE_H

#include <stdbool.h>

#include "vekha/base/err.h"
#include "vekha/core/field.h"
#include "vekha/core/plan.h"

/** Which event, so that it is found again in another reading of the file. */
typedef struct EventRef {
    Str id, no, title;
    size_t index; /* in the reading that it was taken from */
} EventRef;

/** One field from one value to another, both as the file has them; empty: not there. */
typedef struct FieldEdit {
    FieldId field;
    Str at; /* the occurrence whose mark it is; empty: the event's own field */
    Str before, after;
} FieldEdit;

enum { CHANGE_MAX_EDITS = 16 };

/**
 * Compare-and-set: the edits are made only if every `before` is what the plan has. The only way in
 * which a plan changes; its strings live as long as the arena it was made with.
 */
typedef struct Change {
    EventRef event;
    FieldEdit edits[CHANGE_MAX_EDITS];
    size_t n_edits;
    Was moved; /* the deadline that was, to be kept */
    bool has_moved;
} Change;

EventRef event_ref(const Plan *plan, size_t index);
/** The event of this reading that ref means, or SIZE_MAX: by id; else number and title, title, number, each where unique. */
size_t plan_match(const Plan *plan, const EventRef *ref);
/**
 * The same for a ref taken from the reading before: SIZE_MAX also where the event of now that looks
 * like it was another one before. (Number 5 is deleted, and 6 becomes 5.)
 */
size_t plan_match_since(const Plan *before, const Plan *now, const EventRef *ref);

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

/** Is it so already? */
bool change_is_empty(const Change *change);

/** Is every `before` what the event has? If not, err names the field and both values (ERR_CONFLICT). */
bool change_fits(const Change *change, const Event *event, Err *err);
/** Makes the edits on a copy of the event: what the file must read as afterwards. */
void change_apply(const Change *change, Event *event, Arena *arena);
/** A copy whose strings lie in arena: it outlives the plan that it was made for. */
Change change_copy(const Change *change, Arena *arena);
/** Equal in every field, own texts, earlier deadlines and marks (place in the file aside). */
bool event_eq(const Event *a, const Event *b);

#endif
