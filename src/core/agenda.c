#include "vekha/core/agenda.h"

#include <stdint.h>

bool agenda_is_whole(const Plan *plan, Span days)
{
    return plan->period.first != 0 && days.first != 0 && days.first <= plan->period.first && days.last >= plan->period.last;
}

/* Where in the month it stands; false: nowhere. Until: only the last day counts. */
static bool place(AgendaEntry *entry, const Plan *plan, Span own, bool is_until, Span days)
{
    if (is_until) {
        own.first = own.last;
    }
    if (!span_meets(own, days)) {
        return false;
    }
    entry->day = own.last;
    if (agenda_is_whole(plan, own) && own.first != own.last) {
        entry->kind = AGENDA_WHOLE;
        entry->day = 0;
    } else if (own.last == 0 || own.last > days.last) {
        entry->kind = AGENDA_SPAN;
    } else if (entry->occurrence != SIZE_MAX) {
        entry->kind = AGENDA_OCCURRENCE;
    } else {
        entry->kind = is_until || own.first != own.last ? AGENDA_DEADLINE : AGENDA_DAY;
    }
    return true;
}

static State occurrence_state(const Occurrence *occurrence, Status status, Day today)
{
    if (status_info(status)->is_closed || (!occurrence->is_required && occurrence->days.last < today)) {
        return STATE_CLOSED; /* one that need not be is never late: nothing more is expected of it */
    }
    if (occurrence->days.last < today) {
        return STATE_LATE;
    }
    if (occurrence->days.last <= today + STATE_SOON_DAYS) {
        return STATE_SOON;
    }
    return occurrence->days.first <= today && occurrence->at.first != 0 ? STATE_CURRENT : STATE_AHEAD;
}

static void add_occurrences(AgendaVec *out, const Plan *plan, AgendaEntry entry, Span days, Day today)
{
    const Event *event = &plan->events.at[entry.event];
    const Due *due = event->due;
    for (size_t i = 0; i < due->n_occurrences && due->occurrences[i].days.first <= days.last; i++) {
        const Occurrence *occurrence = &due->occurrences[i];
        entry.occurrence = i;
        if (!place(&entry, plan, occurrence->days, occurrence->at.first == 0, days)) {
            continue;
        }
        const Mark *mark = event_mark(event, occurrence);
        bool is_whole = status_info(event->status)->is_closed;
        entry.status = is_whole ? event->status : mark != NULL ? mark->status : STATUS_PLANNED;
        entry.state = occurrence_state(occurrence, entry.status, today);
        vec_push(out, entry);
    }
}

void agenda_add_event(AgendaVec *out, const Plan *plan, size_t file, size_t index, Span days, Day today)
{
    const Event *event = &plan->events.at[index];
    const Due *due = event->due;
    AgendaEntry entry = { .file = file, .event = index, .occurrence = SIZE_MAX };
    if (due->n_occurrences > 0) {
        add_occurrences(out, plan, entry, days, today);
        return;
    }
    if (due->days.first == 0 && due->days.last == 0) {
        entry.kind = AGENDA_UNDATED;
    } else if (!place(&entry, plan, due->days, deadline_is_until(&due->deadline), days)) {
        return;
    }
    entry.status = event_status(event);
    entry.state = event_state(event, today).state;
    vec_push(out, entry);
}

bool agenda_has_day(const AgendaEntry *entry)
{
    return entry->kind <= AGENDA_OCCURRENCE;
}

static int compare(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

static int by_day(const void *left, const void *right)
{
    const AgendaEntry *a = left;
    const AgendaEntry *b = right;
    bool has_day = agenda_has_day(a) && agenda_has_day(b);
    int order = has_day ? compare((size_t)a->day, (size_t)b->day) : compare(a->kind, b->kind);
    order = order != 0 ? order : compare(a->file, b->file);
    order = order != 0 ? order : compare(a->event, b->event);
    return order != 0 ? order : compare(a->occurrence, b->occurrence);
}

void agenda_sort(AgendaVec *agenda)
{
    if (agenda->n > 1) {
        qsort(agenda->at, agenda->n, sizeof *agenda->at, by_day);
    }
}

/* The lower, the more it wants. */
static int rank(const AgendaEntry *entry)
{
    static const int of_state[] = {
        [STATE_LATE] = 0, [STATE_SOON] = 1, [STATE_CURRENT] = 2, [STATE_AHEAD] = 3, [STATE_UNDATED] = 4, [STATE_CLOSED] = 5
    };
    _Static_assert(COUNTOF(of_state) == STATE_COUNT, "every state has a rank");
    return of_state[entry->state] * STATUS_COUNT + (int)entry->status;
}

bool agenda_is_worse(const AgendaEntry *a, const AgendaEntry *b)
{
    return rank(a) < rank(b);
}

Str agenda_glyph(const AgendaEntry *entry)
{
    return state_glyph(entry->state, entry->status);
}
