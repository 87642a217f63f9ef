#ifndef VEKHA_CORE_AGENDA_H
#define VEKHA_CORE_AGENDA_H

#include "vekha/base/vec.h"
#include "vekha/core/plan.h"

/** How an event, or one of its occurrences, falls on some days; in the order in which an agenda lists them. */
typedef enum AgendaKind {
    AGENDA_DAY,        /* that one day is its deadline */
    AGENDA_DEADLINE,   /* that day is its last: of «до …», of a span that ends on these days */
    AGENDA_OCCURRENCE, /* that day is the last of one of its times */
    AGENDA_SPAN,       /* under way, goes on behind these days */
    AGENDA_WHOLE,      /* a span of the whole plan, and the plan is under way; one an event, however often it is to be */
    AGENDA_UNDATED
} AgendaKind;

typedef struct AgendaEntry {
    AgendaKind kind;
    Day day;           /* it stands under; of AGENDA_SPAN its last, behind the days or 0; else 0 */
    size_t file;       /* which of several plans, as the caller counts them */
    size_t event;      /* index in its plan */
    size_t occurrence; /* index in the event's; SIZE_MAX: it is the event as a whole */
    Status status;     /* of the event, or of the occurrence */
    State state;
} AgendaEntry;

typedef VEC(AgendaEntry) AgendaVec;

/** Appends what of the plan's event falls on those days (both known). Needs plan_resolve(). */
void agenda_add_event(AgendaVec *out, const Plan *plan, size_t file, size_t event, Span days, Day today);
/** By day, then by file, event and occurrence; behind the days what has none there, kind by kind, spans by their last day. */
void agenda_sort(AgendaVec *agenda);
/** Does it stand under a day? */
bool agenda_has_day(const AgendaEntry *entry);
/** Of two: does the first want more attention: late before soon, open before closed, done before confirmed? */
bool agenda_is_worse(const AgendaEntry *a, const AgendaEntry *b);
/** One column, as event_glyph(). */
Str agenda_glyph(const AgendaEntry *entry);

#endif
