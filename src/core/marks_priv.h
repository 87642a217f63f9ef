#ifndef VEKHA_CORE_MARKS_PRIV_H
#define VEKHA_CORE_MARKS_PRIV_H

#include "vekha/core/plan.h"

/** The names of a deadline's occurrences, in order. Zero is none yet; borrows from the deadline. */
typedef struct MarkNames {
    const Due *due;
    StrBuf text;
    struct OccurrenceName *names;
} MarkNames;

/** Makes them those of that deadline, unless they are already. */
void names_set(MarkNames *names, const Due *due);
void names_done(MarkNames *names);

/**
 * Finds the mark of each occurrence of the event; names are those of its deadline. Of several marks of one occurrence the first
 * counts. Where several occurrences have one name, at most n_spare of them have its mark besides the first. Returns how many did.
 */
size_t marks_match(Event *event, const MarkNames *names, size_t n_spare, Arena *arena);

#endif
