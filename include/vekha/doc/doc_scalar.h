#ifndef VEKHA_DOC_DOC_SCALAR_H
#define VEKHA_DOC_DOC_SCALAR_H

#include <stdbool.h>

#include "vekha/base/str.h"
#include "vekha/doc/doc.h"

/** Where a value is to stand, and how its neighbours are written. Zero: in a block, plain where that can be. */
typedef struct ScalarPlace {
    NodeStyle style;  /* the wish; kept where it can hold the value */
    NodeStyle quotes; /* where the wish is plain and cannot be: NODE_SINGLE, else double quotes */
    bool in_flow;     /* inside […] or {…} */
    int indent;       /* columns before the lines of a literal block; 0: there can be none */
    Str line_break;   /* of the file; empty: LF */
    bool is_last;     /* nothing follows in the file, not even a line break */
} ScalarPlace;

/**
 * May the value be written plain, and is it a string then for every reader: under YAML 1.1 as PyYAML
 * resolves it, and under the core schema of YAML 1.2?
 */
bool doc_scalar_is_plain_string(Str value, bool in_flow);
/** May it be written plain, whatever type it has then: a date, a number, a word of the format? */
bool doc_scalar_can_be_plain(Str value, bool in_flow);
/**
 * Appends value, valid UTF-8, so that every reader reads that string again. Text with line breaks is
 * a literal block if style is NODE_LITERAL (or NODE_FOLDED) and a block can hold it, else it is in
 * double quotes with escapes that are JSON's too. A literal block is appended without the line
 * break behind it.
 */
void doc_scalar_add(StrBuf *out, Str value, const ScalarPlace *place);

#endif
