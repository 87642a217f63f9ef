#include "app/app_priv.h"
#include "vekha/core/change.h"

/* What a merge marked in the selected event has been looked at by a person: the marks go. */
void cmd_settle(Session *session, int arg)
{
    size_t index;
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    StrBuf step = { 0 };
    (void)arg;
    const Event *event = session_event(session, &index);
    event_add_label(&label, event);
    Str of = strbuf_str(&label);
    Change change = change_of(session_file(session)->plan, index, &arena);
    change_add(&change, event, FIELD_CONFLICT, (Str){ 0 }, (Str){ 0 }, &arena);
    text_put(&step, session->lang, T_LABEL_SETTLED, TEXT_STR(of));
    if (change.n_edits == 0) {
        session_say(session, T_SAID_NO_CONFLICT, TEXT_STR(of));
    } else if (session_apply(session, session->file, &change, strbuf_str(&step), &err)) {
        session_say(session, T_SAID_SETTLED, TEXT_STR(of));
    } else {
        session_say_err(session, &err);
    }
    strbuf_done(&label);
    strbuf_done(&step);
    arena_done(&arena);
}
