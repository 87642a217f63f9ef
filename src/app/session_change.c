#include <stdint.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "app/kept_priv.h"
#include "app/watch_priv.h"
#include "vekha/core/change_mark.h"

/* Changes of the plans, and the steps back: made, told, and what they are of comes into view. */

/* The occurrence as a table shows it, else its name in the file. */
static void add_occurrence(StrBuf *out, const Session *session, Str at, Arena *arena)
{
    Deadline deadline;
    size_t begin = out->n_bytes;
    if (deadline_parse_canonical(at, arena, &deadline)) {
        deadline_add_compact(out, session->lang, &deadline);
    }
    strbuf_add(out, out->n_bytes == begin ? at : (Str){ 0 });
}

void session_add_occurrence(StrBuf *out, const Session *session, const Occurrence *occurrence)
{
    Arena arena = { 0 };
    StrBuf at = { 0 };
    occurrence_add_at(&at, occurrence);
    add_occurrence(out, session, strbuf_str(&at), &arena);
    strbuf_done(&at);
    arena_done(&arena);
}

static void say_marked(Session *session, const MarkRequest *request, const Change *change, Str label, Arena *arena)
{
    Str word = text_get(session->lang, status_info(request->status)->word);
    StrBuf at = { 0 };
    if (change_is_empty(change)) {
        session_say(session, T_SAID_ALREADY, TEXT_STR(label), TEXT_STR(word));
        return;
    }
    TextId row = request->at.n_bytes > 0 ? T_SAID_MARKED_OCCURRENCE : T_SAID_MARKED;
    if (request->at.n_bytes > 0) {
        add_occurrence(&at, session, request->at, arena);
    }
    session_say(session, row, TEXT_STR(label), TEXT_STR(word), TEXT_STR(strbuf_str(&at)));
    strbuf_done(&at);
}

/* What was asked before it was answered starts from the deadline and the status that were there then. */
static void start_from_prompt(const Session *session, Change *change, Arena *arena)
{
    Str before;
    for (size_t i = 0; i < change->n_edits; i++) {
        FieldEdit *edit = &change->edits[i];
        if (edit->key.n_bytes == 0 && edit->at.n_bytes == 0 && session_draft_before(session, edit->field, &before)) {
            edit->before = arena_copy(arena, before);
        }
    }
}

/* «№ 5, март: исполнено»: what undo calls it; label begins with the event. */
static void push_mark(Session *session, const MarkRequest *request, Undo *undo, StrBuf *label, Arena *arena)
{
    if (request->at.n_bytes > 0) {
        strbuf_add(label, STR(", "));
        add_occurrence(label, session, request->at, arena);
    }
    strbuf_add(label, STR(": "));
    strbuf_add(label, text_get(session->lang, status_info(request->status)->word));
    history_push(&session->history, undo, strbuf_str(label));
}

bool session_mark(Session *session, const MarkRequest *request)
{
    Arena arena = { 0 };
    Err err = { 0 };
    size_t event;
    Change change;
    if (session_event(session, &event) == NULL) {
        return false;
    }
    const Plan *plan = session_file(session)->plan;
    if (!change_mark(plan, event, request, &arena, &change, &err)) {
        session_say_err(session, &err);
        arena_done(&arena);
        return false;
    }
    StrBuf label = { 0 };
    event_add_label(&label, &plan->events.at[event]);
    start_from_prompt(session, &change, &arena);
    Kept kept = session_remember(session);
    bool is_so = change_is_empty(&change);
    Undo *undo = NULL;
    bool ok = is_so || store_apply(session->store, session->file, &change, &undo, &err);
    session->stays = ok && session->view != VIEW_MONTH; /* whose entries are of days, not of rows */
    session_recall(session, &kept);                     /* also on failure: the file may have been read anew */
    if (!ok) {
        session_say_err(session, &err);
        if (err.kind == ERR_CONFLICT) {
            session_ask_mark(session, request, &change);
        }
    } else {
        watch_own_change(session, session->file);
        say_marked(session, request, &change, strbuf_str(&label), &arena);
    }
    if (undo != NULL) {
        push_mark(session, request, undo, &label, &arena);
    }
    strbuf_done(&label);
    arena_done(&arena);
    return ok;
}

bool session_make_changes(Session *session, size_t file, ChangeSet set, Str label, Err *err)
{
    Kept kept = session_remember(session);
    Undo *undo = NULL;
    bool ok = store_apply_all(session->store, file, set, &undo, err);
    session_recall(session, &kept); /* also on failure: the file may have been read anew */
    if (ok) {
        watch_own_change(session, file);
        history_push(&session->history, undo, label);
    }
    return ok;
}

/* The plan and the event that a change was of come into view, under the name that it has before or after the change. */
static void select_changed(Session *session, const Undo *undo)
{
    const Change *change = undo_change(undo);
    for (size_t i = 0; i < store_count(session->store); i++) {
        const PlanFile *file = store_file(session->store, i);
        if (!str_eq(file->path, undo_path(undo)) || change->kind == CHANGE_HEADER) {
            continue;
        }
        EventRef left = change_left(change);
        size_t event = plan_match(file->plan, &left);
        event = event != SIZE_MAX ? event : plan_match(file->plan, &change->event);
        if (event != SIZE_MAX) {
            bool was_shown = session->is_all || session->file == i;
            session_select(session, i, event);
            if (session->view != VIEW_MONTH) {
                session->stays = true;
                session_make_rows(session); /* what was taken back is seen, whatever the filter */
            }
            if (session->view == VIEW_PLANS || !was_shown) {
                session_select_file(session, i);
            }
        }
    }
}

bool session_apply(Session *session, size_t file, const Change *change, Str label, Err *err)
{
    bool ok = session_make_changes(session, file, (ChangeSet){ change, 1 }, label, err);
    session_say_nothing(session);
    if (ok) {
        select_changed(session, session->history.done.at[session->history.done.n - 1].undo);
    }
    return ok;
}

static void take_step(Session *session, const HistoryStep *(*step)(History *, Store *, Err *), TextId said, TextId none)
{
    Err err = { 0 };
    Kept kept = session_remember(session);
    const HistoryStep *taken = step(&session->history, session->store, &err);
    session_recall(session, &kept);
    if (taken != NULL) {
        watch_own_path(session, undo_path(taken->undo));
        select_changed(session, taken->undo);
        session_say(session, said, TEXT_STR(str_of(taken->label)));
    } else if (err.kind != ERR_NONE) {
        session_say_err(session, &err);
    } else {
        session_say(session, none, TEXT_NUM(0));
    }
}

/* Does it mark the event (its occurrence) as done? */
static bool is_mark_done(const Change *change, Str at)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (change->kind == CHANGE_EDIT && edit->key.n_bytes == 0 && edit->field == FIELD_STATUS) {
            return str_eq(edit->at, at) && str_eq(edit->after, status_info(STATUS_DONE)->name);
        }
    }
    return false;
}

bool session_undo_of_selected(Session *session, Str at)
{
    size_t n = session->history.done.n;
    const Undo *last = n > 0 ? session->history.done.at[n - 1].undo : NULL;
    const PlanFile *file = session_file(session);
    size_t selected;
    const Change *change = last != NULL ? undo_change(last) : NULL;
    if (change == NULL || session_event(session, &selected) == NULL || !str_eq(file->path, undo_path(last)) ||
        plan_match(file->plan, &change->event) != selected || !is_mark_done(change, at)) {
        return false;
    }
    session_undo(session);
    return true;
}

void session_undo(Session *session)
{
    take_step(session, history_undo, T_SAID_UNDONE, T_SAID_NOTHING_TO_UNDO);
}

void session_redo(Session *session)
{
    take_step(session, history_redo, T_SAID_REDONE, T_SAID_NOTHING_TO_REDO);
}
