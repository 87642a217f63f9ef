#include "app/app_priv.h"

static int list_rows(const Session *session)
{
    const Event *event = session_event(session, NULL);
    return session->overlay == OVERLAY_OCCURRENCE && event != NULL ? (int)event->due->n_occurrences + 1 : STATUS_COUNT;
}

void cmd_dialog_move(Session *session, int n_rows)
{
    if (session->overlay == OVERLAY_HELP) {
        session->overlay_top += n_rows; /* the help itself knows where its end is */
        session->overlay_top = session->overlay_top < 0 ? 0 : session->overlay_top;
        return;
    }
    int last = list_rows(session) - 1;
    int row = session->overlay_row + n_rows;
    session->overlay_row = row < 0 ? 0 : row > last ? last : row;
}

static void ask_reason(Session *session)
{
    Str when = str_trim(strbuf_str(&session->line.text));
    if (when.n_bytes == 0) {
        session_say(session, T_SAID_WHEN_NEEDED, TEXT_NUM(0));
        return;
    }
    strbuf_clear(&session->new_when);
    strbuf_add(&session->new_when, when);
    session->prompt = PROMPT_REASON;
    lineedit_set(&session->line, (Str){ 0 });
}

static void postpone(Session *session)
{
    MarkRequest request = {
        .status = STATUS_POSTPONED,
        .today = session->today,
        .who = session->who,
        .when = strbuf_str(&session->new_when),
        .reason = str_trim(strbuf_str(&session->line.text)),
    };
    session->overlay = OVERLAY_NONE;
    session_mark(session, &request);
}

void cmd_dialog_agree(Session *session, int arg)
{
    (void)arg;
    switch (session->overlay) {
    case OVERLAY_NONE:
        break;
    case OVERLAY_HELP:
        session->overlay = OVERLAY_NONE;
        break;
    case OVERLAY_OCCURRENCE:
        cmd_choose_occurrence(session, session->overlay_row);
        break;
    case OVERLAY_STATUS:
        cmd_set_status(session, session->overlay_row);
        break;
    case OVERLAY_PROMPT:
        if (session->prompt == PROMPT_WHEN) {
            ask_reason(session);
        } else {
            postpone(session);
        }
        break;
    }
}

void cmd_dialog_close(Session *session, int arg)
{
    (void)arg;
    session->overlay = OVERLAY_NONE;
}
