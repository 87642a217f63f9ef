#include <stdint.h>

#include "app/app_priv.h"

const AgendaEntry *session_entry(const Session *session)
{
    const MonthState *month = &session->month;
    return month->cursor < month->entries.n ? &month->entries.at[month->cursor] : NULL;
}

static const Plan *plan_at(const Session *session, size_t file)
{
    return store_file(session->store, file)->plan;
}

static bool is_selected(const Session *session, const AgendaEntry *entry)
{
    return entry->file == session->file && entry->event == session->plans.at[entry->file].selected;
}

static void count(MonthState *month, const AgendaEntry *entry)
{
    month->n_whole += entry->kind == AGENDA_WHOLE;
    month->n_undated += entry->kind == AGENDA_UNDATED;
    month->n_spans += entry->kind == AGENDA_SPAN;
    if (agenda_has_day(entry)) {
        DayDue *day = &month->days[day_civil(entry->day).day];
        day->worst = day->n == 0 || agenda_is_worse(entry, &day->worst) ? *entry : day->worst;
        day->n++;
        month->n_due++;
    }
}

/* Counts all; what lasts as long as the plan, or has no date, is not listed unless it is the selected event. */
static void make_entries(Session *session)
{
    MonthState *month = &session->month;
    Span days = month_span(month->shown);
    AgendaVec entries = month->entries;
    size_t n_listed = 0;
    vec_clear(&entries);
    *month = (MonthState){ .shown = month->shown, .cursor = month->cursor };
    for (size_t i = 0; i < session->rows.n; i++) {
        const Row *row = &session->rows.at[i];
        if (row->kind == ROW_EVENT) {
            agenda_add_event(&entries, plan_at(session, row->file), row->file, row->index, days, session->today);
        }
    }
    agenda_sort(&entries);
    for (size_t i = 0; i < entries.n; i++) {
        const AgendaEntry *entry = &entries.at[i];
        count(month, entry);
        if (entry->kind <= AGENDA_SPAN || is_selected(session, entry)) {
            month->n_late += entry->state == STATE_LATE;
            entries.at[n_listed++] = *entry;
        }
    }
    entries.n = n_listed;
    month->entries = entries;
}

/* The entry of the selected event: its chosen occurrence, else its next one, else its first; SIZE_MAX: none. */
static size_t find_selected(const Session *session)
{
    const AgendaVec *entries = &session->month.entries;
    size_t first = SIZE_MAX;
    size_t next = SIZE_MAX;
    for (size_t i = 0; i < entries->n; i++) {
        const AgendaEntry *entry = &entries->at[i];
        if (!is_selected(session, entry)) {
            continue;
        }
        if (session->occurrence != SIZE_MAX && entry->occurrence == session->occurrence) {
            return i;
        }
        first = first == SIZE_MAX ? i : first;
        bool is_open = entry->occurrence != SIZE_MAX && entry->state != STATE_CLOSED;
        next = is_open && next == SIZE_MAX ? i : next;
    }
    return next != SIZE_MAX ? next : first;
}

/* Where the cursor begins: at what comes next from today on; in another month at its first. */
static size_t first_entry(const Session *session)
{
    const AgendaVec *entries = &session->month.entries;
    bool is_now = session->month.shown == day_month_index(session->today);
    for (size_t i = 0; i < entries->n; i++) {
        if (!is_now || entries->at[i].day == 0 || entries->at[i].day >= session->today) {
            return i;
        }
    }
    return entries->n > 0 ? entries->n - 1 : 0;
}

/* The cursor goes there, and the selection with it. An entry may be all times of its event: then the chosen one stays. */
static void take_entry(Session *session, size_t index)
{
    MonthState *month = &session->month;
    size_t chosen = session->occurrence;
    month->cursor = index;
    session->occurrence = SIZE_MAX;
    if (index < month->entries.n) {
        const AgendaEntry *entry = &month->entries.at[index];
        bool is_kept = entry->kind == AGENDA_WHOLE && is_selected(session, entry);
        session->file = entry->file;
        session->plans.at[entry->file].selected = entry->event;
        session_choose_occurrence(session, is_kept ? chosen : entry->occurrence);
    }
}

static void take_in_place(Session *session)
{
    const MonthState *month = &session->month;
    size_t last = month->entries.n > 0 ? month->entries.n - 1 : 0;
    take_entry(session, month->cursor < last ? month->cursor : last);
}

/* The day by which a month is chosen for the event: its last that counts; today if it lasts as long as its plan. */
static Day counting_day(const Session *session)
{
    const Row *row = &session->rows.at[session_row(session)];
    const Plan *plan = plan_at(session, row->file);
    Span days = event_days(&plan->events.at[row->index]);
    Day day = days.last != 0 ? days.last : days.first;
    bool is_by_today = day == 0 || (plan_fills(plan, days) && span_has(days, session->today));
    return is_by_today ? session->today : day;
}

void session_open_month(Session *session, bool is_from_events)
{
    bool has_event = is_from_events && session_row(session) != SIZE_MAX;
    session->month.shown = day_month_index(has_event ? counting_day(session) : session->today);
    make_entries(session);
    size_t found = has_event ? find_selected(session) : SIZE_MAX;
    take_entry(session, found != SIZE_MAX ? found : first_entry(session));
}

static void place_cursor(Session *session, bool is_kept)
{
    size_t found = is_kept ? find_selected(session) : SIZE_MAX;
    if (found != SIZE_MAX) {
        take_entry(session, found);
    } else {
        take_in_place(session);
    }
}

void session_make_month(Session *session, bool is_kept)
{
    if (session->view == VIEW_MONTH) {
        make_entries(session);
        place_cursor(session, is_kept);
    }
}

void session_follow_month(Session *session)
{
    if (session->view != VIEW_MONTH || session_row(session) == SIZE_MAX) {
        session_make_month(session, false); /* the filter hides it: the cursor stays where it is */
        return;
    }
    make_entries(session);
    int wanted = find_selected(session) == SIZE_MAX ? day_month_index(counting_day(session)) : session->month.shown;
    if (wanted != session->month.shown) {
        session->month.shown = wanted;
        make_entries(session);
    }
    place_cursor(session, true);
}

void session_step_month(Session *session, int n_months)
{
    int shown = n_months == 0 ? day_month_index(session->today) : session->month.shown + n_months;
    bool is_month = shown >= DATE_MIN_YEAR * DATE_MONTHS_PER_YEAR && shown < (DATE_MAX_YEAR + 1) * DATE_MONTHS_PER_YEAR;
    if (!is_month) {
        return;
    }
    session->month.shown = shown;
    make_entries(session);
    size_t found = n_months == 0 ? SIZE_MAX : find_selected(session);
    take_entry(session, found != SIZE_MAX ? found : first_entry(session));
}

/* Are both under one day, or of one kind behind the days? */
static bool is_same_day(const AgendaEntry *a, const AgendaEntry *b)
{
    return agenda_has_day(a) ? a->day == b->day : a->kind == b->kind;
}

static size_t begin_of_day(const AgendaVec *entries, size_t at)
{
    while (at > 0 && is_same_day(&entries->at[at], &entries->at[at - 1])) {
        at--;
    }
    return at;
}

static size_t step_day(const AgendaVec *entries, size_t at, bool is_down)
{
    size_t begin = begin_of_day(entries, at);
    if (!is_down) {
        return begin < at || begin == 0 ? begin : begin_of_day(entries, begin - 1);
    }
    for (size_t i = at + 1; i < entries->n; i++) {
        if (!is_same_day(&entries->at[at], &entries->at[i])) {
            return i;
        }
    }
    return at;
}

void session_move_month(Session *session, Move move)
{
    const AgendaVec *entries = &session->month.entries;
    size_t at = session->month.cursor;
    if (entries->n == 0) {
        return;
    }
    bool is_section = move == MOVE_SECTION_UP || move == MOVE_SECTION_DOWN;
    at = is_section ? step_day(entries, at, move == MOVE_SECTION_DOWN) : session_step_row(session, move, at, entries->n);
    take_entry(session, at);
}
