#ifndef VEKHA_CORE_DEADLINE_REPEAT_PRIV_H
#define VEKHA_CORE_DEADLINE_REPEAT_PRIV_H

#include "core/deadline_resolve_priv.h"

/* A recurrence while clauses are added to it. It lies on the stack and is bounded. */
typedef struct Repeat {
    Recurrence head;
    Selector selectors[MAX_SELECTORS];
    int n;
    DeadlineItem limits[MAX_SELECTORS]; /* spans that it is limited to */
    int n_limits;
    bool is_from_word;             /* a frequency was said */
    Clause spelled[MAX_SELECTORS]; /* places that the notation has no selector for */
    int n_spelled;
    int parity; /* of the weeks: 1 odd, 2 even */
} Repeat;

/* For qsort(): the order in which selectors are written. */
int repeat_order(const void *a, const void *b);
/* Once each; what there is no room for stays in words. */
void repeat_add_selector(Resolver *resolver, Repeat *repeat, Selector selector);
/* «каждые каникулы»: all of a year. False if it says something else. */
bool repeat_add_vacations(Resolver *resolver, const Clause *clause, Repeat *repeat);
/* Where in its frame; false if the clause says something else. */
bool repeat_add_place(Resolver *resolver, const Clause *clause, Repeat *repeat);

#endif
