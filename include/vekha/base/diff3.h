#ifndef VEKHA_BASE_DIFF3_H
#define VEKHA_BASE_DIFF3_H

#include <stdbool.h>

#include "vekha/base/str.h"

/**
 * Merges what two made of one text, line by line: what one alone changed is taken, what both changed alike, once. False
 * where both changed the same or neighbouring lines otherwise; out is then as it was. Time in proportion to the bytes. (Khanna, Kunal, Pierce: A Formal Investigation of Diff3, 2007; lines are matched by those that are unique, as in
 * Bram Cohen's patience diff.)
 */
bool diff3_merge(Str base, Str ours, Str theirs, StrBuf *out) MUST_USE;

#endif
