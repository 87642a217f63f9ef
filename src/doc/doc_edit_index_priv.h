#ifndef VEKHA_DOC_EDIT_INDEX_PRIV_H
#define VEKHA_DOC_EDIT_INDEX_PRIV_H

#include "doc/doc_priv.h"
#include "vekha/base/vec.h"
#include "vekha/doc/doc_edit.h"

/** Which node an edit is of, and which key of it. */
typedef struct EditName {
    const Node *map;
    Str key;
    size_t order; /* of the edit */
} EditName;

/** Edits by what they are of: to look through all of them for each would take the square of their number. */
typedef struct EditIndex {
    const DocEdit *edits;
    EditName *by_map; /* n_edits, sorted by map and order */
    EditName *by_key; /* n_edits, sorted by map, key and order */
    size_t n_edits;
    bool has_deletes;
} EditIndex;

/** Some of the edits, in their order. */
typedef struct EditRange {
    const EditName *at;
    size_t n;
} EditRange;

/** Edits and their strings are the caller's. Release with edit_index_done(). */
EditIndex edit_index_new(const DocEdit *edits, size_t n_edits) MUST_USE;
void edit_index_done(EditIndex *index);
/** The edits of that map, list or item. */
EditRange edit_index_of(const EditIndex *index, const Node *map);
/** Those of that key of it. */
EditRange edit_index_of_key(const EditIndex *index, const Node *map, Str key);
/** The first edit by which that item goes; SIZE_MAX: it stays. */
size_t edit_index_delete(const EditIndex *index, const Node *item);

/** An item that comes into a list. */
typedef struct EditAdd {
    const Node *list;
    const Node *behind; /* that item of it; NULL: it is the first */
    size_t order;       /* of the edit */
} EditAdd;

typedef VEC(EditAdd) EditAddVec;

/** Sorts them by list, place and order. */
void edit_adds_sort(EditAddVec *adds);
/** Those that come behind that item; n: how many. */
const EditAdd *edit_adds_behind(const EditAddVec *adds, const Node *list, const Node *behind, size_t *n);

/** Where the nodes are that aliases name. */
typedef struct EditTargets {
    struct EditTarget *at; /* sorted by start */
    size_t n;
} EditTargets;

/** Release at with free(). */
EditTargets edit_targets_new(const Doc *doc) MUST_USE;
/** Does one lie between from and to, both included? */
bool edit_targets_within(const EditTargets *targets, size_t from, size_t to);
/** Does one reach over all from start to end? */
bool edit_targets_around(const EditTargets *targets, size_t start, size_t end);

#endif
