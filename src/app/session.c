#include "vekha/app/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "vekha/base/clock.h"

static Day clock_day(void)
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

void session_summarize(Session *session, size_t file)
{
    PlanState *state = &session->plans.at[file];
    state->summary = plan_summary(store_file(session->store, file)->plan, session->today);
    if (state->selected == SIZE_MAX) {
        state->selected = first_selected(&state->summary);
    }
}

/* All that is derived from store and day. */
static void derive(Session *session)
{
    while (session->plans.n < store_count(session->store)) {
        vec_push(&session->plans, (PlanState){ .selected = SIZE_MAX });
    }
    session->plans.n = store_count(session->store);
    for (size_t i = 0; i < session->plans.n; i++) {
        session_summarize(session, i);
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
    session->today = session->is_today_fixed ? options->today : clock_day();
    session->who = options->who;
    session->page_rows = 1;
    derive(session);
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
    strbuf_done(&session->new_when);
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

/* The identities of all selected events, and the paths of their files, while the store reads anew. */
typedef struct Kept {
    Arena arena;
    Str *paths;
    EventRef *refs;
    size_t n;
    Str path_in_hand;
} Kept;

static Kept remember(const Session *session)
{
    Kept kept = { .n = session->plans.n };
    kept.paths = arena_alloc(&kept.arena, kept.n * sizeof *kept.paths);
    kept.refs = arena_alloc(&kept.arena, kept.n * sizeof *kept.refs);
    for (size_t i = 0; i < kept.n; i++) {
        const PlanFile *file = store_file(session->store, i);
        size_t selected = session->plans.at[i].selected;
        kept.paths[i] = arena_copy(&kept.arena, file->path);
        kept.refs[i].index = selected;
        if (selected < file->plan->events.n) {
            EventRef ref = event_ref(file->plan, selected);
            kept.refs[i] = (EventRef){ arena_copy(&kept.arena, ref.id), arena_copy(&kept.arena, ref.no),
                                       arena_copy(&kept.arena, ref.title), selected };
        }
        if (i == session->file) {
            kept.path_in_hand = kept.paths[i];
        }
    }
    return kept;
}

static size_t match_selected(const Plan *plan, const EventRef *ref)
{
    size_t found = plan_match(plan, ref);
    if (found != SIZE_MAX) {
        return found;
    }
    return plan->events.n == 0 ? SIZE_MAX : ref->index < plan->events.n ? ref->index : plan->events.n - 1;
}

static void recall(Session *session, Kept *kept)
{
    vec_clear(&session->plans);
    session->file = 0;
    for (size_t i = 0; i < store_count(session->store); i++) {
        const PlanFile *file = store_file(session->store, i);
        PlanState state = { .selected = SIZE_MAX };
        for (size_t k = 0; k < kept->n; k++) {
            if (str_eq(kept->paths[k], file->path)) {
                state.selected = match_selected(file->plan, &kept->refs[k]);
            }
        }
        if (str_eq(file->path, kept->path_in_hand)) {
            session->file = i;
        }
        vec_push(&session->plans, state);
    }
    derive(session);
    arena_done(&kept->arena);
}

bool session_tick(Session *session)
{
    Day today = session->is_today_fixed ? session->today : clock_day();
    bool is_new_day = today != session->today;
    session->today = today;
    Kept kept = remember(session);
    if (store_refresh(session->store)) {
        recall(session, &kept);
        session_say(session, T_SAID_FILES_CHANGED, TEXT_NUM(0));
        return true;
    }
    arena_done(&kept.arena);
    if (is_new_day) {
        derive(session);
    }
    return is_new_day;
}

static void say_marked(Session *session, const MarkRequest *request, Str label)
{
    Str word = text_get(session->lang, status_info(request->status)->word);
    bool is_space = request->status == STATUS_DONE && request->at.n_bytes == 0;
    TextId row = request->at.n_bytes > 0 ? T_SAID_MARKED_OCCURRENCE : is_space ? T_SAID_DONE : T_SAID_MARKED;
    session_say(session, row, TEXT_STR(label), TEXT_STR(word), TEXT_STR(request->at));
}

void session_mark(Session *session, const MarkRequest *request)
{
    Arena arena = { 0 };
    Err err = { 0 };
    size_t event;
    Change change;
    if (session_event(session, &event) == NULL) {
        return;
    }
    const Plan *plan = session_file(session)->plan;
    if (!change_mark(plan, event, request, &arena, &change, &err)) {
        session_say_err(session, &err);
        arena_done(&arena);
        return;
    }
    StrBuf label = { 0 };
    event_add_label(&label, &plan->events.at[event]);
    Kept kept = remember(session);
    bool ok = store_apply(session->store, session->file, &change, &err);
    recall(session, &kept); /* also on failure: the file may have been read anew */
    if (!ok) {
        session_say_err(session, &err);
    } else {
        say_marked(session, request, strbuf_str(&label));
    }
    strbuf_done(&label);
    arena_done(&arena);
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
