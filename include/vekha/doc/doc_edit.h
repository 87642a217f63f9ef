#ifndef VEKHA_DOC_DOC_EDIT_H
#define VEKHA_DOC_DOC_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/err.h"
#include "vekha/base/str.h"
#include "vekha/doc/doc.h"

typedef enum DocEditKind {
    DOC_SET,    /* key gets the value; it is added when the map has none of its own */
    DOC_REMOVE, /* key goes, with its value and the comment on its line; nothing happens when there is none */
    DOC_APPEND  /* one map more, of pairs, at the end of the list under key; the list is made when there is none */
} DocEditKind;

typedef struct DocPair {
    Str key, value;
    bool is_plain; /* a date, a number or a word of the format: written without quotes as it is */
} DocPair;

/** One change of one map. All strings are valid UTF-8 and the caller's. */
typedef struct DocEdit {
    DocEditKind kind;
    const Node *map; /* a node of the doc; its anchors must not be referred to */
    Str key;
    Str value; /* DOC_SET */
    bool is_plain;
    const Str *items; /* DOC_SET: not NULL: a list of these texts instead of value */
    size_t n_items;
    const DocPair *pairs; /* DOC_APPEND */
    size_t n_pairs;
    Str after; /* a new key stands behind this one (it may be new in the same edits), else behind the last */
} DocEdit;

/**
 * Appends to out the whole new text: only the bytes that the edits must change differ, comments,
 * quoting, order, blank lines and line ends of all else stay. The edits are made at once; a pair of
 * map and key may be edited once, or be appended to more than once.
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
