#include "app/app_priv.h"

/* From the list of plans all events are searched. */
static void open_events(Session *session)
{
    if (session->view == VIEW_PLANS) {
        if (session_has_all(session)) {
            session_select_all(session);
        }
        cmd_view(session, VIEW_EVENTS);
    } else if (session->view == VIEW_JOURNAL) {
        cmd_view(session, VIEW_EVENTS);
    }
}

void cmd_search(Session *session, int arg)
{
    (void)arg;
    session->overlay = OVERLAY_PROMPT;
    session->prompt = PROMPT_SEARCH;
    lineedit_set(&session->line, (Str){ 0 });
}

void cmd_search_next(Session *session, int is_down)
{
    open_events(session);
    session_search_next(session, is_down != 0);
}

void session_answer_search(Session *session, Str words)
{
    if (words.n_bytes == 0) { /* as in vi: the same once more */
        cmd_search_next(session, true);
        return;
    }
    bool was_all = session->is_all;
    size_t file = session->file;
    ViewId view = session->view;
    open_events(session);
    session_search(session, words);
    if (view == VIEW_PLANS && session->matches.n == 0) { /* nothing to be seen there */
        session->view = view;
        if (!was_all) {
            session_select_file(session, file);
        }
    }
}
