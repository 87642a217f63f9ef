#include "app/app_priv.h"

void cmd_view(Session *session, int view)
{
    const PlanFile *file = session_file(session);
    if (view != VIEW_PLANS && file == NULL) {
        session_say(session, T_SAID_NO_PLANS, TEXT_NUM(0));
        return;
    }
    if (view != VIEW_PLANS && view != VIEW_JOURNAL && !session->is_all && file->is_broken && file->plan->events.n == 0) {
        session_say_err(session, &file->why);
        return;
    }
    session_set_view(session, (ViewId)view);
}

static ViewId top_view(const Session *session)
{
    return store_is_single(session->store) ? VIEW_EVENTS : VIEW_PLANS;
}

/* From Карточка to where it was opened, from elsewhere to the top. */
static void leave_view(Session *session)
{
    session_set_view(session, session->view == VIEW_CARD ? session->came_from : top_view(session));
}

void cmd_back(Session *session, int arg)
{
    (void)arg;
    if (session->view == top_view(session)) {
        session_await_digit(session);
    } else {
        leave_view(session);
    }
}

void cmd_leave(Session *session, int arg)
{
    if (session->view == top_view(session)) {
        cmd_quit(session, arg);
    } else {
        leave_view(session);
    }
}

void cmd_move(Session *session, int move)
{
    session_move(session, (Move)move);
}

void cmd_step(Session *session, int is_down)
{
    if (!session_step(session, is_down != 0)) {
        session_say(session, is_down != 0 ? T_SAID_LAST_EVENT : T_SAID_FIRST_EVENT, TEXT_NUM(0));
    }
}

void cmd_pane(Session *session, int arg)
{
    (void)arg;
    session->pane = (session->pane + 1) % PANE_MODE_COUNT;
}

void cmd_wrap(Session *session, int arg)
{
    (void)arg;
    session->wraps = !session->wraps;
}

void cmd_help(Session *session, int arg)
{
    (void)arg;
    session->overlay = OVERLAY_HELP;
    session->overlay_top = 0;
}

void cmd_redraw(Session *session, int arg)
{
    (void)arg;
    session->wants_redraw = true;
}

void cmd_quit(Session *session, int arg)
{
    (void)arg;
    session->is_done = true;
}
