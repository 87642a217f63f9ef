#ifndef VEKHA_CORE_FIELD_LIST_H
#define VEKHA_CORE_FIELD_LIST_H

#include "vekha/base/mem.h"
#include "vekha/core/plan.h"

/*
 * A list of mappings of an event (its earlier deadlines, what a merge could not decide) as one text, so that it is compared,
 * changed and told as any other value: a line an item, oldest first, its values with tabs between; tab, line
 * break and backslash in them are \t, \n and \\. The values are: when, dates, on, by, reason; field, base, theirs.
 */

void was_add(StrBuf *out, const Was *was, size_t n);
/** The list of that text, in arena; false, and nothing, if it is none. */
bool was_parse(Str text, Arena *arena, const Was **out, unsigned *out_n) MUST_USE;

void conflict_add(StrBuf *out, const Conflict *conflicts, size_t n);
bool conflict_parse(Str text, Arena *arena, const Conflict **out, unsigned *out_n) MUST_USE;

#endif
