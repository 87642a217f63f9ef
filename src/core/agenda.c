#include "vekha/core/agenda.h"

#include <stdint.h>

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
    if (plan_fills(plan, own) && own.first != own.last) {
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

/* The event as a whole: how it stands itself. */
static void add_whole(AgendaVec *out, const Event *event, AgendaEntry entry, Day today)
{
    entry.occurrence = SIZE_MAX;
    entry.status = event_status(event);
    entry.state = event_state(event, today).state;
    vec_push(out, entry);
}

/* The first that may still be going on then: before it, even the longest is over. */
static size_t first_near(const Due *due, Day day)
{
    size_t from = 0;
    size_t to = due->n_occurrences;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (due->occurrences[middle].days.first + due->longest < day) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

/* Several times that each take the whole plan, as of «2 раза в год», are one entry: none of them has a day. */
static void add_occurrences(AgendaVec *out, const Plan *plan, AgendaEntry entry, Span days, Day today)
{
    const Event *event = &plan->events.at[entry.event];
    const Due *due = event->due;
    bool has_whole = false;
    for (size_t i = first_near(due, days.first); i < due->n_occurrences && due->occurrences[i].days.first <= days.last; i++) {
        const Occurrence *occurrence = &due->occurrences[i];
        entry.occurrence = i;
        if (!place(&entry, plan, occurrence->days, occurrence->at.first == 0, days)) {
            continue;
        }
        if (entry.kind != AGENDA_WHOLE) {
            OccurrenceState now = event_occurrence_state(event, i, today);
            entry.status = now.status;
            entry.state = now.state;
            vec_push(out, entry);
        } else if (!has_whole) {
            add_whole(out, event, entry, today);
            has_whole = true;
        }
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
    add_whole(out, event, entry, today);
}

bool agenda_has_day(const AgendaEntry *entry)
{
    return entry->kind <= AGENDA_OCCURRENCE;
}

static int compare(size_t a, size_t b)
{
    return a < b ? -1 : a > b;
}

/* Under a day, and of what is under way: by it; what has no end known comes last. */
static int by_day(const void *left, const void *right)
{
    const AgendaEntry *a = left;
    const AgendaEntry *b = right;
    bool has_day = agenda_has_day(a) && agenda_has_day(b);
    int order = has_day ? 0 : compare(a->kind, b->kind);
    order = order != 0 ? order : compare((size_t)a->day - 1, (size_t)b->day - 1);
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
