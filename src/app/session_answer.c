#include <stdint.h>
#include <unistd.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/app/drafting.h"
#include "vekha/base/clock.h"
#include "vekha/base/utf8.h"
#include "vekha/core/change_build.h"
#include "vekha/core/renumber.h"

void session_add_cut(StrBuf *out, Str text, int n_cols)
{
    Str shown = utf8_fit(text, n_cols);
    strbuf_add(out, shown);
    strbuf_add(out, shown.n_bytes < text.n_bytes ? STR("…") : (Str){ 0 });
}

void editing_add_label(StrBuf *out, const Session *session)
{
    const Editing *editing = session->editing;
    if (editing->kind == EDIT_FIELD) {
        event_add_label(out, editing->base);
    } else if (editing->section.index < 0) {
        strbuf_add(out, text_get(session->lang, T_LABEL_PLAN));
    } else {
        StrBuf path = { 0 };
        session_add_cut(&path, editing->section.path, SESSION_BRIEF_COLS);
        text_put(out, session->lang, T_LABEL_SECTION, TEXT_STR(strbuf_str(&path)));
        strbuf_done(&path);
    }
}

static void say_of_edit(Session *session, TextId row, Str typed)
{
    StrBuf label = { 0 };
    StrBuf brief = { 0 };
    editing_add_label(&label, session);
    session_add_cut(&brief, typed, SESSION_BRIEF_COLS);
    session_say(session, row, TEXT_STR(strbuf_str(&label)), TEXT_STR(session->editing->heading), TEXT_STR(strbuf_str(&brief)));
    strbuf_done(&label);
    strbuf_done(&brief);
}

void ask_again(Session *session)
{
    session->overlay = OVERLAY_PROMPT;
    session_look_outside(session);
}

static void end(Session *session, TextId said, Str typed)
{
    session->overlay = OVERLAY_NONE;
    say_of_edit(session, said, typed);
    session_end_draft(session);
}

/* Has the phrase no date where the event had one? Then it would drop out of all that is late or due. */
static bool loses_date(const Plan *plan, const Event *base, Str when)
{
    DeadlineContext context = plan_context(plan);
    Arena arena = { 0 };
    Due due, had;
    due_read(when, (Str){ 0 }, &context, &arena, &due);
    due_read(base->when, base->dates, &context, &arena, &had);
    arena_done(&arena);
    return due.days.first == 0 && due.days.last == 0 && (had.days.first != 0 || had.days.last != 0);
}

static bool is_refused(Session *session, const Plan *plan, Str typed)
{
    if (session->prompt != PROMPT_DEADLINE || session->is_doubtful || !loses_date(plan, session->editing->base, typed)) {
        return false;
    }
    session->is_doubtful = true;
    session_say(session, typed.n_bytes > 0 ? T_SAID_NO_DATE : T_SAID_NO_WHEN, TEXT_STR(typed));
    return true;
}

/* The change of a field as a compare-and-set on what the event was when the prompt was opened. */
static bool make_field_change(const Editing *editing, const Plan *plan, Str value, Arena *arena, Change *out, Err *err)
{
    size_t event = plan_match(plan, &editing->event);
    *out = change_of(plan, event, arena);
    if (!change_edit(out, plan, event, editing->key, value, arena, err)) {
        return false;
    }
    for (size_t i = 0; i < out->n_edits; i++) {
        out->edits[i].before = change_value(editing->base, &out->edits[i], arena);
    }
    return true;
}

static bool make_header_change(const Editing *editing, const Plan *plan, Str value, Arena *arena, Change *out, Err *err)
{
    int section;
    *out = (Change){ 0 };
    if (!plan_match_section(plan, &editing->section, &section)) {
        return err_set(err, ERR_CONFLICT, T_CHANGE_NO_SECTION, TEXT_STR(editing->section.path));
    }
    if (!change_edit_header(out, plan, section, editing->key, value, arena, err)) {
        return false;
    }
    for (size_t i = 0; i < out->n_edits; i++) {
        out->edits[i].before = arena_copy(arena, editing->before);
    }
    return true;
}

static void add_history_label(StrBuf *out, const Session *session)
{
    StrBuf label = { 0 };
    editing_add_label(&label, session);
    text_put(out, session->lang, T_LABEL_EDITED, TEXT_STR(strbuf_str(&label)), TEXT_STR(session->editing->heading));
    strbuf_done(&label);
}

static void write_edit(Session *session, size_t file, const Change *change, Str typed)
{
    Err err = { 0 };
    StrBuf label = { 0 };
    if (change_is_empty(change)) {
        end(session, T_SAID_SAME, typed);
        return;
    }
    add_history_label(&label, session);
    session->overlay = OVERLAY_NONE;
    (void)session_keep_draft(session); /* the file may be another's for a while: who waits may be killed */
    if (session_apply(session, file, change, strbuf_str(&label), &err)) {
        end(session, typed.n_bytes > 0 ? T_SAID_EDITED : T_SAID_EMPTIED, typed);
    } else if (err.kind == ERR_CONFLICT) {
        session_ask_conflict(session, file, change);
    } else {
        session_say_err(session, &err);
        ask_again(session);
    }
    strbuf_done(&label);
}

/* «+» for a number is the next one, and then stands in the line; false: there is none, and that is said. */
static bool fill_next_number(Session *session, const Plan *plan)
{
    StrBuf next = { 0 };
    size_t event = plan_match(plan, &session->editing->event);
    bool ok = event != SIZE_MAX && plan_next_number(plan, plan->events.at[event].section, &next);
    if (ok) {
        lineedit_set(&session->line, strbuf_str(&next));
    } else {
        session_say(session, T_SAID_NO_NEXT_NUMBER, TEXT_NUM(0));
    }
    strbuf_done(&next);
    return ok;
}

static void answer_value(Session *session, size_t file, Str typed)
{
    const Editing *editing = session->editing;
    const Plan *plan = store_file(session->store, file)->plan;
    Arena arena = { 0 };
    Err err = { 0 };
    Change change;
    if (editing->field == FIELD_NO && str_eq(typed, STR("+"))) {
        if (!fill_next_number(session, plan)) {
            return;
        }
        typed = str_trim(strbuf_str(&session->line.text));
    }
    if (str_eq(typed, str_trim(editing->shown))) {
        end(session, T_SAID_SAME, typed);
        return;
    }
    if (is_refused(session, plan, typed)) {
        return;
    }
    Str value = editing_value(editing, typed, &arena);
    bool ok = editing->kind == EDIT_FIELD ? make_field_change(editing, plan, value, &arena, &change, &err)
                                          : make_header_change(editing, plan, value, &arena, &change, &err);
    if (ok) {
        write_edit(session, file, &change, arena_copy(&arena, typed));
    } else {
        session_say_err(session, &err);
    }
    arena_done(&arena);
}

/* A new event with that title alone. */
static void answer_add(Session *session, size_t file, Str typed)
{
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    StrBuf said = { 0 };
    if (typed.n_bytes == 0) {
        session_say(session, T_SAID_TITLE_NEEDED, TEXT_NUM(0));
        return;
    }
    Event event = { .title = arena_copy(&arena, typed), .section = -1 };
    event.id = session_new_id(store_file(session->store, file)->plan, &arena);
    Change change = change_insert(&event, &session->editing->place, &arena);
    event_add_label(&label, &event);
    text_put(&said, session->lang, T_LABEL_ADDED, TEXT_STR(strbuf_str(&label)));
    session->overlay = OVERLAY_NONE;
    (void)session_keep_draft(session);
    if (session_apply(session, file, &change, strbuf_str(&said), &err)) {
        session_say(session, T_SAID_ADDED, TEXT_STR(strbuf_str(&label)));
        session_end_draft(session);
    } else {
        session_say_err(session, &err);
        ask_again(session);
    }
    strbuf_done(&label);
    strbuf_done(&said);
    arena_done(&arena);
}

Str session_new_id(const Plan *plan, Arena *arena)
{
    unsigned long long seed =
        (unsigned long long)clock_utc_ms() << 20 ^ (unsigned long long)getpid() ^ (unsigned long long)clock_ms() << 40;
    return plan_new_id(plan, seed, arena);
}

void session_answer_edit(Session *session)
{
    Editing *editing = session->editing;
    Str typed = str_trim(strbuf_str(&session->line.text));
    size_t file = editing_file(session);
    session_look_outside(session);
    if (editing->is_file_gone) {
        session_say(session, T_NOTICE_FILE_GONE, TEXT_NUM(0));
    } else if (editing->is_broken) {
        session_say_err(session, &store_file(session->store, file)->why);
    } else if (editing->kind == EDIT_ADD) {
        answer_add(session, file, typed);
    } else if (editing->is_gone && editing->kind == EDIT_FIELD) {
        session_ask_gone(session);
    } else {
        answer_value(session, file, typed);
    }
}
