#include <stdint.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/core/change_build.h"
#include "vekha/store/journal_say.h"

/* An event goes, once that is agreed to. */

/* What goes with the event, in words. */
static void add_goes(StrBuf *out, Lang lang, const Event *event)
{
    bool has_status = event->status != STATUS_PLANNED;
    StrBuf parts[5] = { { 0 } };
    if (has_status) {
        text_put(&parts[0], lang, T_ASK_GOES_STATUS, TEXT_STR(text_get(lang, status_info(event->status)->word)));
    }
    if (event->n_marks > 0) {
        text_put(&parts[1], lang, T_ASK_GOES_MARKS, TEXT_NUM(event->n_marks));
    }
    if (event->evidence.n_bytes > 0) {
        text_put(&parts[2], lang, T_ASK_GOES_EVIDENCE, TEXT_STR(event->evidence));
    }
    if (event->note.n_bytes > 0) {
        text_put(&parts[3], lang, T_ASK_GOES_NOTE, TEXT_STR(event->note));
    }
    if (event->n_was > 0) {
        text_put(&parts[4], lang, T_ASK_GOES_WAS, TEXT_NUM(event->n_was));
    }
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        strbuf_add(out, out->n_bytes > 0 && parts[i].n_bytes > 0 ? STR(", ") : (Str){ 0 });
        strbuf_add(out, strbuf_str(&parts[i]));
        strbuf_done(&parts[i]);
    }
}

static void begin_delete(Session *session, AskKind asking, size_t file, size_t event, int row)
{
    static const TextId choices[] = { T_ANSWER_DELETE, T_ANSWER_KEEP };
    const PlanFile *plan = store_file(session->store, file);
    Editing *editing = ask_open(session, asking, choices, COUNTOF(choices), row);
    arena_done(&editing->ask_arena);
    editing->change = change_delete(plan->plan, event, &editing->ask_arena);
    arena_done(&editing->arena);
    editing->path = arena_copy(&editing->arena, plan->path);
    editing->kind = EDIT_NOTHING;
}

void session_ask_delete(Session *session)
{
    size_t index;
    StrBuf label = { 0 };
    StrBuf goes = { 0 };
    const Event *event = session_event(session, &index);
    begin_delete(session, ASK_DELETE, session->file, index, 0);
    Editing *editing = session->editing;
    event_add_label(&label, event);
    add_goes(&goes, session->lang, event);
    text_put(&editing->title, session->lang, T_ASK_DELETE, TEXT_STR(strbuf_str(&label)));
    strbuf_add(&editing->text, event->no.n_bytes > 0 ? event->title : (Str){ 0 });
    strbuf_add(&editing->text, event->no.n_bytes > 0 ? STR("\n") : (Str){ 0 });
    if (goes.n_bytes > 0) {
        text_put(&editing->text, session->lang, T_ASK_GOES_WITH, TEXT_STR(strbuf_str(&goes)));
    } else {
        strbuf_add(&editing->text, text_get(session->lang, T_ASK_GOES_NOTHING));
    }
    strbuf_done(&label);
    strbuf_done(&goes);
}

/* All that others changed of the event since it was asked whether it is to go. */
static void add_what_changed(Session *session, size_t file, const Event *before, const Event *now)
{
    Editing *editing = session->editing;
    const Plan *plan = store_file(session->store, file)->plan;
    const EventRef ref = { now->id, now->no, now->title, SIZE_MAX };
    for (int field = 0; field < FIELD_COUNT; field++) {
        Arena arena = { 0 };
        FieldEdit edit = { .field = (FieldId)field };
        Str was = change_value(before, &edit, &arena);
        Str is = change_value(now, &edit, &arena);
        if (!change_same_value(&edit, was, is)) {
            Str name = field_info((FieldId)field)->name;
            StrBuf author = { 0 };
            StrBuf words = { 0 };
            session_add_author(&author, session, file, &ref, name, is);
            journal_add_words(&words, session->lang, plan, name, was, is);
            text_put(&editing->text, session->lang, T_ASK_CHANGED_FIELD, TEXT_STR(strbuf_str(&words)),
                     TEXT_STR(strbuf_str(&author)));
            strbuf_add_char(&editing->text, '\n');
            strbuf_done(&author);
            strbuf_done(&words);
        }
        arena_done(&arena);
    }
    strbuf_add(&editing->text, text_get(session->lang, T_ASK_DELETE_STILL));
}

static void ask_delete_changed(Session *session, size_t file, size_t event)
{
    enum { ROW_KEEP = 1 };
    Arena arena = { 0 };
    StrBuf label = { 0 };
    const Event *before = event_copy(session->editing->change.content, &arena);
    begin_delete(session, ASK_DELETE_CHANGED, file, event, ROW_KEEP);
    const Event *now = session->editing->change.content;
    event_add_label(&label, now);
    text_put(&session->editing->title, session->lang, T_ASK_DELETE_CHANGED, TEXT_STR(strbuf_str(&label)));
    add_what_changed(session, file, before, now);
    strbuf_done(&label);
    arena_done(&arena);
}

void ask_delete_it(Session *session)
{
    Editing *editing = session->editing;
    Err err = { 0 };
    ChangeTarget target;
    StrBuf label = { 0 };
    StrBuf said = { 0 };
    size_t file = editing_file(session);
    session->overlay = OVERLAY_NONE;
    event_add_label(&label, editing->change.content);
    text_put(&said, session->lang, T_LABEL_DELETED, TEXT_STR(strbuf_str(&label)));
    if (file == SIZE_MAX) {
        (void)err_set(&err, ERR_SYSTEM, T_UNDO_NO_FILE, TEXT_STR(editing->path));
        session_say_err(session, &err);
    } else if (session_apply(session, file, &editing->change, strbuf_str(&said), &err)) {
        session_say(session, T_SAID_DELETED, TEXT_STR(strbuf_str(&label)));
    } else if (err.kind != ERR_CONFLICT) {
        session_say_err(session, &err);
    } else if (change_find(&editing->change, NULL, store_file(session->store, file)->plan, &target, NULL)) {
        ask_delete_changed(session, file, target.event);
    } else {
        session_say(session, T_SAID_DELETED_BY_OTHERS, TEXT_STR(strbuf_str(&label)));
    }
    strbuf_done(&label);
    strbuf_done(&said);
}

void ask_keep_it(Session *session)
{
    StrBuf label = { 0 };
    session->overlay = OVERLAY_NONE;
    event_add_label(&label, session->editing->change.content);
    session_say(session, T_SAID_KEPT, TEXT_STR(strbuf_str(&label)));
    strbuf_done(&label);
}
