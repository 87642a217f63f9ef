#ifndef VEKHA_CORE_DEADLINE_RESOLVE_PRIV_H
#define VEKHA_CORE_DEADLINE_RESOLVE_PRIV_H

#include "core/deadline_place_priv.h"

/* Clauses → items. */

typedef struct Resolver {
    const DeadlineContext *context;
    Arena *arena;
    Phrase *phrase;
    DeadlineItem items[MAX_CLAUSES * 2];
    int n;
} Resolver;

bool resolver_has_period(const Resolver *resolver);
/* Words that were meant as something, but of which nothing came. */
void leave_as_text(Resolver *resolver);
void resolver_add_item(Resolver *resolver, DeadlineItem item);
bool resolve_ahead(Resolver *resolver, const Clause *clause, DeadlineItem *out);
bool resolve_span(Resolver *resolver, Clause *clause, DeadlineItem *out);
/* Adds the clause's item, or leaves it as text. */
void resolve_clause(Resolver *resolver, Clause *clause);
/* «далее X»: from the day after what was said before, or from its last day if that was a deadline. */
void start_later(const Resolver *resolver, DeadlineItem *item);
/* A frequency, or a moment that recurs by itself? */
bool starts_repeat(const Clause *clause);
/* The recurrence that clause `at` starts, with all that the unused ones say about it; marks what it used. */
void resolve_repeat(Resolver *resolver, int at, bool *is_used);

/* Recurs it where the notation has no selector for? Then it is written out as a set. */
bool moment_is_spelled(const Moment *moment, const DeadlineContext *context);
/* Adds the days in every frame of the span; false, and nothing added, if there are none or too many. */
bool spell_clause(Resolver *resolver, const Clause *clause, const Recurrence *head, Span span);

void deadline_resolve(Phrase *phrase, const DeadlineContext *context, Arena *arena, Deadline *out);

#endif
