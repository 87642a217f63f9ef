#ifndef VEKHA_CORE_CHANGE_H
#define VEKHA_CORE_CHANGE_H

#include <stdbool.h>

#include "vekha/base/err.h"
#include "vekha/core/field.h"
#include "vekha/core/identity.h"
#include "vekha/core/plan.h"

/** One value to another, both as the file has them; empty: not there. */
typedef struct FieldEdit {
    FieldId field;
    Str key; /* a key that is no field: an own column, or one of the plan's or section's texts; else empty */
    Str at;  /* the occurrence whose mark it is; empty: the event's own field */
    Str before, after;
} FieldEdit;

typedef enum ChangeKind {
    CHANGE_EDIT,   /* values of an event */
    CHANGE_INSERT, /* an event comes */
    CHANGE_DELETE, /* it goes */
    CHANGE_MOVE,   /* it stands elsewhere */
    CHANGE_HEADER  /* texts of the plan itself, or of a section */
} ChangeKind;

/**
 * Compare-and-set: it is made only if all that it starts from is what the plan has. The only way in
 * which a plan changes; its strings live as long as the arena it was made with.
 */
typedef struct Change {
    ChangeKind kind;
    EventRef event;   /* INSERT: the one that comes */
    FieldEdit *edits; /* EDIT, HEADER: in the arena */
    size_t n_edits, n_room;
    const Event *content; /* INSERT, DELETE: the whole event */
    EventPlace from;      /* DELETE, MOVE: where it stood (to be put back there) */
    EventPlace to;        /* INSERT, MOVE */
    SectionRef section;   /* HEADER */
    Str bytes;            /* INSERT: as it stood in the file, with the comment above it; empty: it is written anew */
} Change;

/** A change of that event, without edits yet. The plan's texts are copied: they may go with its file while it is being made. */
Change change_of(const Plan *plan, size_t event, Arena *arena);
/** Adds the edit unless the value is so already. */
void change_add(Change *change, const Event *event, FieldId field, Str at, Str after, Arena *arena);
/** The same for a key that is an own column. */
void change_add_own(Change *change, const Event *event, Str key, Str after, Arena *arena);
/** Adds the edit as it is; its strings are in arena already. */
void change_push(Change *change, FieldEdit edit, Arena *arena);
/** The names by which the event is found when the change is made. */
EventRef change_left(const Change *change);
/** The value that the event (its mark `at`) has, as the file has it. */
Str change_value(const Event *event, const FieldEdit *edit, Arena *arena);

/** Are both the same value of what the edit names? A planned event has no status line, or one that says so. */
bool change_same_value(const FieldEdit *edit, Str a, Str b);

/** Is it so already? */
bool change_is_empty(const Change *change);

/** Is every `before` what the event has? If not, err names the field and both values (ERR_CONFLICT). */
bool change_fits(const Change *change, const Event *event, Err *err);
/** Makes the edits on a copy of the event: what the file must read as afterwards. */
void change_apply(const Change *change, Event *event, Arena *arena);
/** The change that takes it back, where its bytes are not known. Strings are shared. */
Change change_inverse(const Change *change, Arena *arena);
/** A copy whose strings lie in arena: it outlives the plan that it was made for. */
Change change_copy(const Change *change, Arena *arena);

/** Equal in every field, own texts, earlier deadlines and marks (place in the file aside). */
bool event_eq(const Event *a, const Event *b);
/** All that it says, in arena; its deadline is not understood there. */
Event *event_copy(const Event *event, Arena *arena);

#endif
