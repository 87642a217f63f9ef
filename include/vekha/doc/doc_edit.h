#ifndef VEKHA_DOC_DOC_EDIT_H
#define VEKHA_DOC_DOC_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/err.h"
#include "vekha/base/str.h"
#include "vekha/doc/doc.h"
#include "vekha/doc/doc_item.h"

typedef enum DocEditKind {
    DOC_SET,    /* key gets the value; it is added when the map has none of its own */
    DOC_REMOVE, /* key goes, with its value and the comment on its line; nothing happens when there is none */
    DOC_APPEND, /* one map more, of pairs, at the end of the list under key; the list is made when there is none */
    DOC_INSERT, /* one map more, of pairs or bytes, into the list under key behind item; made in a block when there is none */
    DOC_DELETE  /* map, an item of a list (of any kind but an alias), goes: what doc_item_extent() says */
} DocEditKind;

typedef struct DocPair {
    Str key, value;
    bool is_plain;    /* a date, a number or a word of the format: written without quotes as it is */
    const Str *items; /* not NULL: a list of these texts instead of value */
    size_t n_items;
    const struct DocMap *maps; /* not NULL: a list of these maps instead of value; only in an item that is inserted */
    size_t n_maps;
} DocPair;

typedef struct DocMap {
    const DocPair *pairs; /* in a list of maps: without lists of maps of their own */
    size_t n_pairs;
} DocMap;

/**
 * One change of one map or list. All strings are valid UTF-8 and the caller's.
 *
 * Inserts at one place stand in the order of the edits (an append is an insert behind the last item). Items that go in the same
 * edits are still places to insert behind: a move is DOC_DELETE and DOC_INSERT with bytes.
 *
 * An inserted map is written as the item is that it stands behind (the first one, where it stands in front): in lines or in
 * braces, with its indentation, line breaks and quotes, key by key; where neighbours are separated by a blank line it is, too.
 * Bytes are moved to the list's indentation, else they stay: what would then read otherwise is refused.
 *
 * Of an item that goes, these blank lines go too: of the first all that are directly below it, of the last all that are directly
 * above, of another as many of those below as there are above: the longer gap of the two stays. A list whose last item
 * goes becomes `[]`.
 */
typedef struct DocEdit {
    DocEditKind kind;
    const Node *map; /* a node of the doc; its anchors must not be referred to. DOC_INSERT: maybe the list itself, without key */
    Str key;
    Str value; /* DOC_SET */
    bool is_plain;
    const Str *items; /* DOC_SET: not NULL: a list of these texts instead of value */
    size_t n_items;
    const DocMap *maps; /* DOC_SET: not NULL: a list of these maps instead of value */
    size_t n_maps;
    const DocPair *pairs; /* DOC_APPEND, DOC_INSERT */
    size_t n_pairs;
    const Node *item; /* DOC_INSERT: the item that it stands behind; NULL: it is the first one */
    Str bytes;        /* DOC_INSERT: not empty: an item as doc_item_extent() gave it, maybe of another doc, instead of pairs */
    Str after;        /* a new key stands behind this one (it may be new in the same edits), else behind the last */
} DocEdit;

/**
 * Appends to out the whole new text: only the bytes that the edits must change differ, comments,
 * quoting, order, blank lines and line ends of all else stay. The edits are made at once; a pair of
 * map and key may be edited once, or be appended to and inserted into more than once.
 *
 * False with an ERR_REFUSED, with line and reason, when it cannot be made safely; out is as it was.
 * The caller reads the new text and asks doc_edit_check() before it lets the old one go.
 */
bool doc_edit(const Doc *doc, const DocEdit *edits, size_t n_edits, StrBuf *out, Err *err) MUST_USE;

/**
 * The guard: do the trees differ by exactly the edits (of doc_edit() on before)? False with an
 * ERR_REFUSED, with the line in before where they part, when they do not.
 */
bool doc_edit_check(const Doc *before, const Doc *after, const DocEdit *edits, size_t n_edits, Err *err) MUST_USE;

#endif
