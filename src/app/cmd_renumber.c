#include "app/app_priv.h"
#include "vekha/core/renumber.h"

/* The order of events is what it was: the cursor stays on its event, though that may have another number and no id. */
static bool make_changes(Session *session, const ChangeVec *changes, Str plan, Err *err)
{
    size_t selected;
    StrBuf name = { 0 };
    size_t file = session->file;
    bool has_event = session_event(session, &selected) != NULL;
    text_put(&name, session->lang, T_LABEL_RENUMBERED, TEXT_STR(plan));
    bool ok = session_make_changes(session, file, (ChangeSet){ changes->at, changes->n }, strbuf_str(&name), err);
    if (ok && has_event && session->view != VIEW_PLANS) {
        session_select(session, file, selected);
    }
    strbuf_done(&name);
    return ok;
}

static void renumber(Session *session, const PlanFile *file)
{
    Err err = { 0 };
    Arena arena = { 0 };
    ChangeVec changes = { 0 };
    NumberStyle style;
    Str label = arena_copy(&arena, session_plan_name(file));
    if (!plan_renumber(file->plan, 0, &arena, &changes, &style, &err)) {
        session_say_err(session, &err);
    } else if (style == NUMBERS_NONE) {
        session_say(session, T_SAID_HAS_NO_NUMBERS, TEXT_STR(label));
    } else if (changes.n == 0) {
        size_t n_rest = plan_unnumbered(file->plan);
        session_say(session, n_rest > 0 ? T_NUMBERS_IN_ORDER_REST : T_NUMBERS_IN_ORDER, TEXT_STR(label), TEXT_NUM(n_rest));
    } else if (make_changes(session, &changes, label, &err)) {
        session_say(session, T_SAID_RENUMBERED, TEXT_STR(label), TEXT_NUM(changes.n), TEXT_ROW(number_style_text(style)));
    } else {
        session_say_err(session, &err);
    }
    vec_done(&changes);
    arena_done(&arena);
}

void cmd_renumber_plan(Session *session, int arg)
{
    const PlanFile *file = session_file(session);
    (void)arg;
    if (file == NULL || (session->view == VIEW_PLANS && session->is_all)) {
        session_say(session, T_SAID_CHOOSE_PLAN, TEXT_NUM(0));
    } else {
        renumber(session, file);
    }
}
