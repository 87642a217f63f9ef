#ifndef VEKHA_STORE_JOURNAL_HEADS_H
#define VEKHA_STORE_JOURNAL_HEADS_H

#include "vekha/core/plan.h"
#include "vekha/store/journal.h"

/** A text of the plan itself, or of a section, from what it was at some moment to what it is now. */
typedef struct HeadSince {
    Str field; /* as the journal names it: "title", "sections[Первый].goal" */
    Str was, now;
    const JournalEntry *last; /* who was the last, and when */
} HeadSince;

typedef VEC(HeadSince) HeadSinceVec;

/**
 * Which of these texts have changed from that moment on (clock_utc_ms()), by the journal, the latest last; what they are now the
 * plan says, of a section that is not called so any more the journal. What was changed and changed back is not among them. `out`
 * is to be empty; it borrows from journal, values lie in arena.
 */
void journal_heads(const Journal *journal, const Plan *plan, long long since_ms, Arena *arena, HeadSinceVec *out);

#endif
