#ifndef VEKHA_CORE_DEADLINE_PLACE_PRIV_H
#define VEKHA_CORE_DEADLINE_PLACE_PRIV_H

#include "core/deadline_phrase_priv.h"

/* Moments → days. */

enum { HALF_DAYS = 15 }; /* of a month */

typedef struct Placed {
    Bound from, to; /* to is BOUND_NONE: one point */
    Span days;
    Span whole; /* of the unit of which a part is meant */
    bool is_valid_day;
} Placed;

/* The moment in the year in which it begins; false if there is no such thing. */
bool moment_place(const Moment *moment, int year, const DeadlineContext *context, Placed *out);
/* Its part of a unit that has these days; false if there is no such thing. */
bool moment_place_in(const Moment *moment, Span whole, const DeadlineContext *context, Placed *out);
/* The years that its own words name, as the year in which it begins; 0 if none. */
int moment_own_year(const Moment *moment, const DeadlineContext *context);
/* deadline_selector.c: a moment without number in every frame («конец каждой четверти», weekdays, «15 числа»)? */
bool moment_recurs(const Moment *moment);
/* D W M Y Q T: of which kind of frame, and how many of them, the unit is; 0 if none. */
char unit_frame(Unit unit, int *frame_n);
/* Where in a frame; false if it says nothing about that. */
bool moment_selector(const Moment *moment, const DeadlineContext *context, Selector *out);

/* Both ends of a clause in the years that are meant; false without a period to tell them. Reversed ends are put right. */
bool clause_place(Clause *clause, const DeadlineContext *context, Placed *from, Placed *to, DeadlineWarnings *warnings);

/* The k-th frame of a recurrence's span; from is the day after the one before (its first day, for the first). 0, 0 past
 * the end of time. */
Span frame_at(const Recurrence *recur, Span span, const DeadlineContext *context, int k, Day from);
/* Do half of its days lie in the span? */
bool frame_counts(Span frame, Span span);

/* «каникулы», whichever */
bool is_any_vacation(const Moment *moment);
/* The vacations of the plan, at most n; how many. */
int vacation_spans(const Moment *moment, const DeadlineContext *context, DeadlineItem *out, int n);
/* Which of the four lie in the plan, named; how many. */
int vacation_moments(const Moment *moment, const DeadlineContext *context, Moment *out);

#endif
