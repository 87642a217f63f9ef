#ifndef VEKHA_CORE_QUERY_H
#define VEKHA_CORE_QUERY_H

#include <stdbool.h>

#include "vekha/core/plan.h"

/** Which events are wanted. Zero wants all; what is said must all hold. Texts are borrowed. */
typedef struct Query {
    unsigned statuses; /* bit 1 << Status of what counts now; 0: any */
    unsigned states;   /* bit 1 << State; 0: any */
    Span days;         /* has a day in common with it; zero: any */
    bool is_open;      /* not closed */
    bool is_waiting;   /* reported as done, whole or one of its occurrences, and not confirmed */
    Str who;           /* folded, in one of the parties */
    Str party;         /* as query_add_party() writes it: one of the parties is this one */
    Str section;       /* folded, in the title of its section or of one above */
    Str grep;          /* folded, in any text of the event */
} Query;

/** Does the event of that plan fit? Needs plan_resolve(). */
bool query_fits(const Query *query, const Plan *plan, const Event *event, Day today);
/** Appends a party for comparison: two spellings are one that differ in case, ё, blanks and full stops. */
void query_add_party(StrBuf *out, Str party);
/** Is the folded needle in any text of the event (its number, title, deadline, parties, result, marks, own columns)? */
bool event_contains(const Event *event, Str needle);

/** What a plan comes to on a day. */
typedef struct PlanSummary {
    size_t n_events, n_closed, n_done, n_cancelled, n_late, n_soon;
    size_t next;       /* the open event with the nearest last day from today on; SIZE_MAX: none */
    Day next_day;      /* that last day */
    size_t first_late; /* in file order; SIZE_MAX: none */
} PlanSummary;

PlanSummary plan_summary(const Plan *plan, Day today);
/** Adds the counts of one plan to those of several; their next and first_late name no event and stay SIZE_MAX. */
void plan_summary_add(PlanSummary *sum, const PlanSummary *one);

#endif
