#ifndef VEKHA_CORE_OCCURRENCE_PRIV_H
#define VEKHA_CORE_OCCURRENCE_PRIV_H

#include "core/deadline_place_priv.h"
#include "vekha/base/vec.h"
#include "vekha/core/occurrence.h"

/* The occurrences that were found; release with vec_done(). */
typedef struct Lister {
    const DeadlineContext *context;
    VEC(Occurrence) found;
} Lister;

/* Up to OCCURRENCE_MAX; what comes then is left out. */
void lister_add(Lister *lister, Occurrence occurrence);
bool lister_is_full(const Lister *lister);
/* One that is named by its days, and required. */
Occurrence occurrence_of_days(Span days);

/* occurrence_recur.c: those of an item that recurs. */
void lister_add_recurrence(Lister *lister, const DeadlineItem *item);

#endif
