#include "vekha/app/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "vekha/base/clock.h"

Day session_clock_day(void)
{
    ClockDay now = clock_today();
    return day_of(now.year, now.month, now.day);
}

const PlanFile *session_file(const Session *session)
{
    return session->file < store_count(session->store) ? store_file(session->store, session->file) : NULL;
}

size_t session_row(const Session *session)
{
    if (session->file >= session->plans.n) {
        return SIZE_MAX;
    }
    size_t selected = session->plans.at[session->file].selected;
    for (size_t i = 0; i < session->rows.n; i++) {
        if (!session->rows.at[i].is_section && session->rows.at[i].index == selected) {
            return i;
        }
    }
    return SIZE_MAX;
}

const Event *session_event(const Session *session, size_t *index)
{
    size_t row = session_row(session);
    if (row == SIZE_MAX) {
        return NULL;
    }
    if (index != NULL) {
        *index = session->rows.at[row].index;
    }
    return &session_file(session)->plan->events.at[session->rows.at[row].index];
}

/* Headings of the sections that the event is in and the one before it was not. */
static void add_headings(RowVec *rows, const Plan *plan, int section, int last)
{
    if (section < 0 || section == last) {
        return;
    }
    for (int above = last; above >= 0; above = plan->sections.at[above].parent) {
        if (above == section) {
            return;
        }
    }
    add_headings(rows, plan, plan->sections.at[section].parent, last);
    vec_push(rows, (Row){ true, (size_t)section });
}

void session_make_rows(Session *session)
{
    const PlanFile *file = session_file(session);
    vec_clear(&session->rows);
    if (file == NULL) {
        return;
    }
    int last_section = -1;
    for (size_t i = 0; i < file->plan->events.n; i++) {
        const Event *event = &file->plan->events.at[i];
        if (query_fits(&session->query, event, session->today)) {
            add_headings(&session->rows, file->plan, event->section, last_section);
            vec_push(&session->rows, (Row){ false, i });
            last_section = event->section;
        }
    }
}

/* Where the cursor opens: at what is late, else at what comes next. */
static size_t first_selected(const PlanSummary *summary)
{
    return summary->first_late != SIZE_MAX ? summary->first_late : summary->next != SIZE_MAX ? summary->next : 0;
}

/* The selected event when it is shown, else the nearest one shown below it, else the last. */
static void keep_selection(Session *session)
{
    if (session->file >= session->plans.n || session_row(session) != SIZE_MAX) {
        return;
    }
    size_t *selected = &session->plans.at[session->file].selected;
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < session->rows.n; i++) {
        const Row *row = &session->rows.at[i];
        if (!row->is_section && (best == SIZE_MAX || best < *selected)) {
            best = row->index;
        }
    }
    if (best != SIZE_MAX) {
        *selected = best;
    }
}

static void summarize(Session *session, size_t file)
{
    PlanState *state = &session->plans.at[file];
    state->summary = plan_summary(store_file(session->store, file)->plan, session->today);
    if (state->selected == SIZE_MAX && state->summary.n_events > 0) {
        state->selected = first_selected(&state->summary);
    }
}

/* All that is derived from store and day. */
void session_derive(Session *session)
{
    while (session->plans.n < store_count(session->store)) {
        vec_push(&session->plans, (PlanState){ .selected = SIZE_MAX });
    }
    session->plans.n = store_count(session->store);
    for (size_t i = 0; i < session->plans.n; i++) {
        summarize(session, i);
    }
    session_make_rows(session);
    keep_selection(session);
}

static size_t first_late_file(const Session *session)
{
    for (size_t i = 0; i < session->plans.n; i++) {
        if (session->plans.at[i].summary.n_late > 0) {
            return i;
        }
    }
    return 0;
}

Session *session_new(Store *store, const SessionOptions *options)
{
    Session *session = mem_new(sizeof *session);
    session->store = store;
    session->lang = options->lang;
    session->is_today_fixed = options->today != 0;
    session->today = session->is_today_fixed ? options->today : session_clock_day();
    session->who = options->who;
    session->page_rows = 1;
    session_derive(session);
    if (store_is_single(store)) {
        session->view = VIEW_EVENTS;
    }
    session_select_file(session, first_late_file(session));
    return session;
}

void session_free(Session *session)
{
    if (session == NULL) {
        return;
    }
    vec_done(&session->plans);
    vec_done(&session->rows);
    strbuf_done(&session->message);
    history_done(&session->history);
    strbuf_done(&session->new_when);
    strbuf_done(&session->at);
    lineedit_done(&session->line);
    store_free(session->store);
    free(session);
}

void session_set_view(Session *session, ViewId view)
{
    session->view = view;
}

void session_select_file(Session *session, size_t file)
{
    session->file = file;
    session->first_month = 0;
    session_make_rows(session);
    keep_selection(session);
}

void session_set_query(Session *session, const Query *query)
{
    session->query = *query;
    session_make_rows(session);
    keep_selection(session);
}

int session_first_month(const Session *session)
{
    const PlanFile *file = session_file(session);
    if (session->first_month != 0) {
        return session->first_month;
    }
    Day first = file != NULL && file->plan->period.first != 0 ? file->plan->period.first : session->today;
    return day_month_index(first);
}

bool session_forget_escape(Session *session)
{
    if (session->digit_until_ms == 0 || clock_ms() <= session->digit_until_ms) {
        return false;
    }
    session->digit_until_ms = 0;
    session_say_nothing(session);
    return true;
}

void session_await_digit(Session *session)
{
    enum { DIGIT_WAIT_MS = 2000 };
    session->digit_until_ms = clock_ms() + DIGIT_WAIT_MS;
    session_say(session, T_SAID_ESC, TEXT_NUM(0));
}

Key session_take_key(Session *session, Key key)
{
    bool is_awaited = session->digit_until_ms != 0 && clock_ms() <= session->digit_until_ms;
    if (session->digit_until_ms != 0) {
        session_say_nothing(session);
    }
    session->digit_until_ms = 0;
    return is_awaited ? key_of_digit(key) : key;
}

void session_say_args(Session *session, TextId id, const TextArg *args, size_t n_args)
{
    strbuf_clear(&session->message);
    text_add(&session->message, session->lang, id, args, n_args);
    session->message_is_error = false;
}

void session_say_err(Session *session, const Err *err)
{
    strbuf_clear(&session->message);
    err_words(&session->message, session->lang, err);
    session->message_is_error = true;
}

void session_say_nothing(Session *session)
{
    strbuf_clear(&session->message);
    session->message_is_error = false;
}
