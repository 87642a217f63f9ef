#ifndef VEKHA_CORE_OCCURRENCE_H
#define VEKHA_CORE_OCCURRENCE_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/mem.h"
#include "vekha/core/deadline.h"

/** More than that are never listed, however long the plan: a daily event of eleven years. */
enum { OCCURRENCE_MAX = 4096 };

/**
 * What is marked one by one: a member of a set, a day, week, month … of a recurrence. Its name, `at`, is its span in canonical
 * notation; occurrence_add_at() writes it.
 */
typedef struct Occurrence {
    Span days;                                          /* both known */
    bool is_required;                                   /* one that is not may be marked, but is never late */
    int index;                                          /* which of several in one frame, from 1: "2022-10#2"; 0: the only one */
    Span at;                                            /* the days that its name names; at.first is 0 for "../D" */
    bool from_is_month, to_is_month, is_year, is_point; /* how precisely the name names them */
} Occurrence;

/**
 * The occurrences, in order of their first day, then their last. None for a span, a choice, text, and where a set comes to one
 * span. The array lies in the arena.
 */
size_t occurrence_list(const Deadline *deadline, const DeadlineContext *context, Arena *arena, Occurrence **out);

/** "2022-10-05", "2022-10/2022-12", "2022-10#2" */
void occurrence_add_at(StrBuf *out, const Occurrence *occurrence);

/** «октябрь 2022 г.», «до 5 октября 2022 г.», «2-й раз в октябре 2022 г.»: the same name for people. */
void occurrence_add_words(StrBuf *out, Lang lang, const Occurrence *occurrence, const DeadlineContext *context);

/** The same of a name alone, for which there is no occurrence any more; one that is no date stays as it is. */
void occurrence_add_name(StrBuf *out, Lang lang, Str at, const DeadlineContext *context);

/**
 * The one that a person means: by its very name, or by a date or month that lies in exactly one of them. SIZE_MAX if none or
 * several fit.
 */
size_t occurrence_find(const Occurrence *list, size_t n, Str at);

#endif
