#ifndef VEKHA_DOC_EDIT_PRIV_H
#define VEKHA_DOC_EDIT_PRIV_H

#include "doc/doc_priv.h"
#include "vekha/base/vec.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/doc/doc_scalar.h"

/** In this order where several stand at one place. */
typedef enum SpliceKind {
    SPLICE_VALUE,  /* a value, maybe of no width */
    SPLICE_INSERT, /* within a line */
    SPLICE_LINES,  /* whole lines in front of a line; the break behind the last one is not in the text */
    SPLICE_REMOVE
} SpliceKind;

/** Bytes from..to become text. */
typedef struct Splice {
    SpliceKind kind;
    size_t from, to;
    size_t order; /* of the edit */
    size_t depth; /* of SPLICE_LINES: the deeper ones stand first, as they end what the others follow */
    Str text;     /* in the editor's arena */
} Splice;

typedef struct Editor {
    const Doc *doc;
    Str text;
    const DocEdit *edits;
    size_t n_edits;
    const Node **anchors; /* for each edit that adds a key: the own key of its map that it stands behind */
    VEC(Splice) splices;
    Arena arena;
    Err *err;
} Editor;

/* doc_edit.c */

/** Sets an ERR_REFUSED at that byte; returns false. */
bool edit_refuse(const Editor *editor, size_t byte, TextId text, Str arg);
/** Adds a splice for the edit of that order; takes the text, and empties it (NULL: none). True. */
bool edit_splice(Editor *editor, SpliceKind kind, size_t from, size_t to, size_t order, StrBuf *text);
/** The same for whole lines at at. */
bool edit_splice_lines(Editor *editor, size_t at, size_t depth, size_t order, StrBuf *text);
/** Is that own key of the edit's map removed by one of the edits? */
bool edit_removes(const Editor *editor, const Node *map, const Node *key);
/** An edit before that one which makes the same key; SIZE_MAX: none. */
size_t edit_earlier(const Editor *editor, size_t order);
/** Is an anchor between from and to, both included, referred to? */
bool edit_is_named(const Editor *editor, size_t from, size_t to);
bool edit_has_comment(const Editor *editor, size_t from, size_t to);
/** The kind of line break that goes there: the one of the line before, or of the first line. */
Str edit_line_break(Str text, size_t at);

/* doc_edit_value.c */

/** How its siblings say that a new value of that map is to be written. */
ScalarPlace edit_place(const Editor *editor, const Node *map);
/** Are its keys double-quoted in braces, as in JSON? */
bool edit_is_json(const Node *map);
/** `key: ` as the neighbour key is written. */
void edit_add_key(StrBuf *out, Str key, const Node *neighbour, bool in_flow);
/** The value of a DOC_SET, or of a pair. */
void edit_add_value(StrBuf *out, Str value, bool is_plain, const ScalarPlace *place, bool is_json);
/** `[a, b]` */
void edit_add_items(StrBuf *out, const DocEdit *edit, const ScalarPlace *place, bool is_json);
/** `{key: value, …}` */
void edit_add_pairs(StrBuf *out, const DocEdit *edit, const ScalarPlace *place, bool is_json);
/** Where the pair ends within its line: behind the blank that waits for a value, if that is missing. */
size_t edit_end_of_pair(const Editor *editor, const Node *key);
/** Splices the value of an own key that stands. */
bool edit_set(Editor *editor, size_t order, const Node *key);

/* doc_edit_block.c */

bool edit_block_add(Editor *editor, size_t order);
bool edit_block_remove(Editor *editor, size_t order, const Node *key);
/** Adds an item to a block list, or to a key whose value is missing. */
bool edit_block_append(Editor *editor, size_t order, const Node *key);

/* doc_edit_flow.c */

bool edit_flow_add(Editor *editor, size_t order);
bool edit_flow_remove(Editor *editor, size_t order, const Node *key);
/** Adds an item to a flow list, or makes one of a missing value or a null. */
bool edit_flow_append(Editor *editor, size_t order, const Node *key);

#endif
