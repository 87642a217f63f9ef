#ifndef VEKHA_STORE_SPLICES_PRIV_H
#define VEKHA_STORE_SPLICES_PRIV_H

#include "vekha/base/key_tree.h"
#include "vekha/base/vec.h"
#include "vekha/core/change_set.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/store/schema.h"

/** What changes of a plan are in its text: edits of maps and lists. Their strings lie in the arena, the changes and the doc. */
typedef struct Splices {
    Arena arena;
    VEC(DocEdit) edits;
} Splices;

/* splices.c */

void splices_done(Splices *splices);
/**
 * Any change, at its target. False, ERR_REFUSED with the line: what it is to change stands behind an alias, or is no map.
 */
bool splices_add(Splices *out, const Doc *doc, const Reading *reading, const Change *change, const ChangeTarget *target,
                 Err *err) MUST_USE;
/** All of them; an event that moves may be edited in the same set. */
bool splices_add_all(Splices *out, const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets,
                     Err *err) MUST_USE;
/** Moves the event to its target as those bytes, which are its own as doc_item_extent() gives them, maybe edited. */
void splices_move(Splices *out, const Doc *doc, const Reading *reading, const ChangeTarget *target, Str bytes);
/** That event, or one written as those bytes, into that list, behind the item; NULL: as the first. */
void splices_insert(Splices *out, const Node *list, const Node *item, const Event *event, Str bytes);
/** A conflict that is of no event: one more in the plan's own list. */
void splices_conflict(Splices *out, const Doc *doc, const Conflict *conflict);
/** Other bytes, one item as doc_item_extent() gives it, in the place of that event. False as above. */
bool splices_replace(Splices *out, const Doc *doc, const Reading *reading, size_t event, Str bytes, Err *err) MUST_USE;

/* splices_value.c */

typedef VEC(DocPair) SplicesPairs;

/** Does the field's value stand without quotes? */
bool splices_is_plain(FieldId field, Str value);
/** Unless the value is empty. */
void splices_add_pair(SplicesPairs *pairs, Str key, Str value, bool plain);
/** Takes them, and empties pairs. */
DocMap splices_take_pairs(Splices *out, SplicesPairs *pairs);
/** An event's earlier deadlines, marks or conflicts, as one more pair; none where it has none. */
void splices_add_lists(Splices *out, SplicesPairs *pairs, FieldId field, const Event *event);
/** A conflict as an item of its list. */
DocMap splices_conflict_map(Splices *out, const Conflict *conflict);
/** Where a key that is not there belongs: after the last of those before it in the order of fields. */
Str splices_key_before(const Doc *doc, const Node *map, FieldId field);
/** A value of that map, which is an event's or a mark's. */
void splices_set_value(Splices *out, const Doc *doc, const Node *map, const FieldEdit *edit);
/** Edits of one event's map: a change of kind CHANGE_EDIT. */
void splices_edit(Splices *out, const Doc *doc, const Node *map, const Change *change);

/* splices_marks.c */

/** The marks that one change of an event edits, each with all its edits. */
typedef struct SplicesMarks {
    Splices *out;
    const Doc *doc;
    const Node *map;
    const Change *change;
    KeyTree by_at;
    size_t *next;  /* one an edit: the next one of the same mark, counted from 1; 0: none */
    Str before;    /* where the list belongs */
    bool are_gone; /* all of them, and the list with them */
} SplicesMarks;

void splices_marks_init(SplicesMarks *marks, Splices *out, const Doc *doc, const Node *map, const Change *change);
/** The edit of that index, which is of a mark. */
void splices_marks_edit(SplicesMarks *marks, size_t index);
void splices_marks_done(SplicesMarks *marks);

#endif
