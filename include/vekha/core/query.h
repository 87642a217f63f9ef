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
    Str who;           /* folded, in one of the parties */
    Str grep;          /* folded, in any text of the event */
} Query;

/** Does the event fit? Needs plan_resolve(). */
bool query_fits(const Query *query, const Event *event, Day today);
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

#endif
