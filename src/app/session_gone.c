#include <stdint.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/core/change_build.h"
#include "vekha/store/journal.h"

/* The event that was being edited is not there any more. */

void session_ask_gone(Session *session)
{
    static const TextId choices[] = { T_ANSWER_ADD_AGAIN, T_ANSWER_DROP };
    StrBuf label = { 0 };
    StrBuf author = { 0 };
    Editing *editing = ask_open(session, ASK_GONE, choices, COUNTOF(choices), 0);
    event_add_label(&label, editing->base);
    size_t file = editing_file(session);
    session_add_author(&author, session, file, &editing->event, STR(JOURNAL_DELETED), (Str){ 0 });
    text_put(&editing->title, session->lang, T_ASK_GONE, TEXT_STR(strbuf_str(&label)), TEXT_STR(strbuf_str(&author)));
    text_put(&editing->text, session->lang, T_ASK_GONE_TYPED, TEXT_STR(editing->heading),
             TEXT_STR(strbuf_str(&session->line.text)));
    strbuf_done(&label);
    strbuf_done(&author);
}

/* What an event that comes is not written with: its earlier deadlines and the marks of its occurrences. */
static void add_lists(Session *session, size_t file, const Event *event)
{
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    const Plan *plan = store_file(session->store, file)->plan;
    size_t index = plan_match(plan, &(EventRef){ event->id, event->no, event->title, SIZE_MAX });
    if (index != SIZE_MAX) {
        Change change = change_of(plan, index, &arena);
        const Event *now = &plan->events.at[index];
        change_add(&change, now, FIELD_WAS, (Str){ 0 }, change_value(event, &(FieldEdit){ .field = FIELD_WAS }, &arena), &arena);
        for (unsigned i = 0; i < event->n_marks; i++) {
            for (int field = 0; field < FIELD_COUNT; field++) {
                FieldEdit edit = { .field = (FieldId)field, .at = event->marks[i].at };
                change_add(&change, now, (FieldId)field, edit.at, change_value(event, &edit, &arena), &arena);
            }
        }
        event_add_label(&label, event);
        if (!change_is_empty(&change) && !session_apply(session, file, &change, strbuf_str(&label), &err)) {
            session_say_err(session, &err);
        }
    }
    strbuf_done(&label);
    arena_done(&arena);
}

/* The event as it was, with what was typed, where it stood. */
void ask_add_again(Session *session)
{
    Editing *editing = session->editing;
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    StrBuf said = { 0 };
    size_t file = editing_file(session);
    Event *event = event_copy(editing->last, &arena);
    FieldEdit edit = { .field = editing->field, .key = editing->field == FIELD_COUNT ? editing->key : (Str){ 0 } };
    edit.after = editing_value(editing, str_trim(strbuf_str(&session->line.text)), &arena);
    change_apply(&(Change){ .edits = &edit, .n_edits = 1 }, event, &arena);
    if (editing->field == FIELD_WHEN) {
        event->dates = (Str){ 0 };
    }
    const Event whole = *event;
    event->n_was = event->n_marks = event->n_conflicts = 0;
    Change change = change_insert(event, &editing->place, &arena);
    event_add_label(&label, event);
    text_put(&said, session->lang, T_LABEL_ADDED, TEXT_STR(strbuf_str(&label)));
    session->overlay = OVERLAY_NONE;
    if (file == SIZE_MAX) {
        (void)err_set(&err, ERR_CONFLICT, T_UNDO_NO_FILE, TEXT_STR(editing->path));
    }
    if (file != SIZE_MAX && session_apply(session, file, &change, strbuf_str(&said), &err)) {
        add_lists(session, file, &whole);
        if (!session->message_is_error) {
            session_say(session, T_SAID_BACK, TEXT_STR(strbuf_str(&label)));
        }
        session_end_draft(session);
    } else {
        session_say_err(session, &err);
        ask_again(session);
    }
    strbuf_done(&label);
    strbuf_done(&said);
    arena_done(&arena);
}
