#include <stdint.h>

#include "app/app_priv.h"

bool session_has_all(const Session *session)
{
    return !store_is_single(session->store) && store_count(session->store) > 1;
}

size_t session_row(const Session *session)
{
    if (session->file >= session->plans.n) {
        return SIZE_MAX;
    }
    size_t selected = session->plans.at[session->file].selected;
    for (size_t i = 0; i < session->rows.n; i++) {
        const Row *row = &session->rows.at[i];
        if (row->kind == ROW_EVENT && row->file == session->file && row->index == selected) {
            return i;
        }
    }
    return SIZE_MAX;
}

const Event *session_event(const Session *session, size_t *index)
{
    bool is_empty_month = session->view == VIEW_MONTH && session_entry(session) == NULL;
    size_t row = is_empty_month ? SIZE_MAX : session_row(session);
    if (row == SIZE_MAX) {
        return NULL;
    }
    if (index != NULL) {
        *index = session->rows.at[row].index;
    }
    return &session_file(session)->plan->events.at[session->rows.at[row].index];
}

/* Headings of the sections that the event is in and the one before it was not. */
static void add_headings(RowVec *rows, const Plan *plan, size_t file, int section, int last)
{
    if (section < 0 || section == last) {
        return;
    }
    for (int above = last; above >= 0; above = plan->sections.at[above].parent) {
        if (above == section) {
            return;
        }
    }
    add_headings(rows, plan, file, plan->sections.at[section].parent, last);
    vec_push(rows, (Row){ ROW_SECTION, file, (size_t)section });
}

static void add_rows_of(Session *session, size_t file)
{
    const Plan *plan = store_file(session->store, file)->plan;
    int last_section = -1;
    bool has_heading = !session->is_all;
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        bool stays = session->stays && file == session->file && i == session->plans.at[file].selected;
        if (stays || query_fits(&session->filter.query, plan, event, session->today)) {
            if (!has_heading) {
                vec_push(&session->rows, (Row){ ROW_PLAN, file, 0 });
                has_heading = true;
            }
            add_headings(&session->rows, plan, file, event->section, last_section);
            vec_push(&session->rows, (Row){ ROW_EVENT, file, i });
            last_section = event->section;
        }
    }
}

static bool is_before(const Row *row, size_t file, size_t event)
{
    return row->file < file || (row->file == file && row->index < event);
}

static void set_selected(Session *session, size_t file, size_t event)
{
    bool is_other = session->file != file || session->plans.at[file].selected != event;
    session->file = file;
    session->plans.at[file].selected = event;
    session->occurrence = is_other ? SIZE_MAX : session->occurrence;
    session->stays = session->stays && !is_other;
}

/* The selected event when it is shown: true; else the nearest one shown below it, else the last. */
static bool keep_selection(Session *session)
{
    if (session->file >= session->plans.n || session_row(session) != SIZE_MAX) {
        return true;
    }
    size_t selected = session->plans.at[session->file].selected;
    const Row *best = NULL;
    for (size_t i = 0; i < session->rows.n; i++) {
        const Row *row = &session->rows.at[i];
        if (row->kind == ROW_EVENT && (best == NULL || is_before(best, session->file, selected))) {
            best = row;
        }
    }
    if (best != NULL) {
        set_selected(session, best->file, best->index);
    }
    return false;
}

void session_make_rows(Session *session)
{
    vec_clear(&session->rows);
    session->has_matches = false;
    session->is_all = session->is_all && session_has_all(session);
    for (size_t i = 0; i < store_count(session->store); i++) {
        if (session->is_all || i == session->file) {
            add_rows_of(session, i);
        }
    }
    bool is_kept = keep_selection(session);
    session_make_month(session, is_kept);
    session_make_journal(session);
}

void session_select(Session *session, size_t file, size_t event)
{
    bool stayed = session->stays;
    set_selected(session, file, event);
    if (stayed && !session->stays) {
        session_make_rows(session); /* without the one that the filter hides */
    }
    session_follow_month(session);
}

void session_choose_occurrence(Session *session, size_t occurrence)
{
    const Event *event = session_event(session, NULL);
    session->occurrence = event != NULL && occurrence < event->due->n_occurrences ? occurrence : SIZE_MAX;
}

PlanSummary session_folder_summary(const Session *session)
{
    PlanSummary sum = { .next = SIZE_MAX, .first_late = SIZE_MAX };
    for (size_t i = 0; i < session->plans.n; i++) {
        plan_summary_add(&sum, &session->plans.at[i].summary);
    }
    return sum;
}

PlanSummary session_summary(const Session *session)
{
    return session->is_all ? session_folder_summary(session) : session->plans.at[session->file].summary;
}

Span session_period(const Session *session)
{
    Span all = { 0 };
    for (size_t i = 0; i < store_count(session->store); i++) {
        Span one = store_file(session->store, i)->plan->period;
        if (one.first == 0 || (!session->is_all && i != session->file)) {
            continue;
        }
        all.first = all.first == 0 || one.first < all.first ? one.first : all.first;
        all.last = one.last > all.last ? one.last : all.last;
    }
    return all;
}

TextId session_no_rows(const Session *session)
{
    const Query *query = &session->filter.query;
    bool is_late_only = query->states == 1u << STATE_LATE && query->statuses == 0 && query->days.first == 0 &&
                        !query->is_waiting &&
                        query->who.n_bytes + query->party.n_bytes + query->section.n_bytes + query->grep.n_bytes == 0;
    return !filter_is_set(&session->filter) ? T_SAID_NO_EVENT : is_late_only ? T_SAID_NOTHING_LATE : T_SAID_NOTHING_FITS;
}
