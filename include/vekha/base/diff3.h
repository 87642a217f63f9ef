#ifndef VEKHA_BASE_DIFF3_H
#define VEKHA_BASE_DIFF3_H

#include <stdbool.h>

#include "vekha/base/str.h"
#include "vekha/base/vec.h"

/** Bytes of ours, and those of theirs (a view) that take their place. */
typedef struct Diff3Piece {
    size_t from, to;
    Str text;
} Diff3Piece;

typedef VEC(Diff3Piece) Diff3Pieces;

/**
 * Merges what two made of one text, line by line: what one alone changed is taken, what both changed alike, once. False
 * where both changed the same or neighbouring lines otherwise; out is then as it was. Time in proportion to the bytes. (Khanna,
 * Kunal, Pierce: A Formal Investigation of Diff3, 2007; lines are matched by those that are unique, as in Bram Cohen's patience
 * diff.)
 *
 * @pieces  may be NULL; gets, in order, what makes the merged text of ours
 */
bool diff3_merge(Str base, Str ours, Str theirs, StrBuf *out, Diff3Pieces *pieces) MUST_USE;

#endif
