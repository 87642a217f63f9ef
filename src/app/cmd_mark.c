#include <stdint.h>

#include "app/app_priv.h"
#include "vekha/core/change_mark.h"

/* Says a row whose {0} is the event. */
static void say_of(Session *session, TextId row, const Event *event, Str word)
{
    StrBuf label = { 0 };
    event_add_label(&label, event);
    session_say(session, row, TEXT_STR(strbuf_str(&label)), TEXT_STR(word));
    strbuf_done(&label);
}

static MarkRequest request_of(const Session *session, Status status)
{
    return (MarkRequest){ .status = status, .today = session->today, .who = session->who };
}

/* The earliest required occurrence that is not closed. */
static void mark_occurrence(Session *session, const Event *event)
{
    StrBuf at = { 0 };
    MarkRequest request = request_of(session, STATUS_DONE);
    size_t next = event_next_occurrence(event);
    if (next == SIZE_MAX) {
        say_of(session, T_SAID_ALL_OCCURRENCES, event, (Str){ 0 });
        return;
    }
    occurrence_add_at(&at, &event->due->occurrences[next]);
    request.at = strbuf_str(&at);
    session_mark(session, &request);
    strbuf_done(&at);
}

/* The occurrence that was chosen, unless a person closed the whole event; NULL: none in particular. */
static const Occurrence *chosen_occurrence(const Session *session, const Event *event)
{
    bool is_chosen = session->occurrence < event->due->n_occurrences && !status_info(event->status)->is_closed;
    return is_chosen ? &event->due->occurrences[session->occurrence] : NULL;
}

/* That very occurrence: as done, or back. */
static void mark_chosen(Session *session, const Event *event, const Occurrence *occurrence)
{
    const Mark *mark = event_mark(event, occurrence);
    Status status = mark != NULL ? mark->status : STATUS_PLANNED;
    MarkRequest request = request_of(session, status == STATUS_DONE ? STATUS_PLANNED : STATUS_DONE);
    StrBuf at = { 0 };
    if (status == STATUS_CONFIRMED || status == STATUS_CANCELLED) {
        say_of(session, T_SAID_CLOSED_BY_F2, event, text_get(session->lang, status_info(status)->word));
        return;
    }
    occurrence_add_at(&at, occurrence);
    request.at = strbuf_str(&at);
    if (status != STATUS_DONE || !session_undo_of_selected(session, request.at)) {
        session_mark(session, &request);
    }
    strbuf_done(&at);
}

void cmd_mark(Session *session, int arg)
{
    (void)arg;
    const Event *event = session_event(session, NULL);
    const Occurrence *chosen = chosen_occurrence(session, event);
    MarkRequest request = request_of(session, STATUS_DONE);
    if (chosen != NULL) {
        mark_chosen(session, event, chosen);
        return;
    }
    if (event->status == STATUS_CONFIRMED || event->status == STATUS_CANCELLED) {
        say_of(session, T_SAID_CLOSED_BY_F2, event, text_get(session->lang, status_info(event->status)->word));
        return;
    }
    if (event->status != STATUS_DONE && event->due->n_required > 0) {
        mark_occurrence(session, event);
        return;
    }
    if (event->status == STATUS_DONE && session_undo_of_selected(session, (Str){ 0 })) {
        return;
    }
    if (event->status == STATUS_DONE) {
        request.status = STATUS_PLANNED;
    }
    session_mark(session, &request);
}

void cmd_open_status(Session *session, int arg)
{
    (void)arg;
    const Event *event = session_event(session, NULL);
    const Occurrence *chosen = chosen_occurrence(session, event);
    strbuf_clear(&session->at);
    if (chosen != NULL) {
        cmd_choose_occurrence(session, (int)session->occurrence + 1);
        return;
    }
    if (event->due->n_required > 0 && !status_info(event->status)->is_closed) {
        size_t next = event_next_occurrence(event);
        session->overlay = OVERLAY_OCCURRENCE;
        session->overlay_row = next == SIZE_MAX ? 0 : (int)next + 1;
        return;
    }
    session->overlay = OVERLAY_STATUS;
    session->overlay_row = (int)event->status;
}

void cmd_choose_occurrence(Session *session, int row)
{
    const Event *event = session_event(session, NULL);
    const Mark *mark = NULL;
    session->overlay = row < 0 || (size_t)row > event->due->n_occurrences ? OVERLAY_NONE : OVERLAY_STATUS;
    if (session->overlay == OVERLAY_NONE) {
        return;
    }
    strbuf_clear(&session->at);
    if (row > 0) {
        const Occurrence *occurrence = &event->due->occurrences[row - 1];
        occurrence_add_at(&session->at, occurrence);
        mark = event_mark(event, occurrence);
    }
    session->overlay_row = (int)(row == 0 ? event->status : mark != NULL ? mark->status : STATUS_PLANNED);
}

void cmd_set_status(Session *session, int status)
{
    MarkRequest request = request_of(session, (Status)status);
    request.at = strbuf_str(&session->at);
    session->overlay = OVERLAY_NONE;
    session->asked = (Status)status;
    if (status == STATUS_POSTPONED && request.at.n_bytes == 0) {
        session_open_prompt(session, PROMPT_WHEN, FIELD_WHEN, session_event(session, NULL)->when);
        return;
    }
    if (session_mark(session, &request) && status == STATUS_CANCELLED && request.at.n_bytes == 0) {
        const Event *event = session_event(session, NULL);
        say_of(session, T_SAID_CANCELLED, event, (Str){ 0 });
        session_open_prompt(session, PROMPT_CANCELLED, FIELD_REASON, event->reason); /* may be added, or not */
    }
}

void cmd_undo(Session *session, int arg)
{
    (void)arg;
    session_undo(session);
}

void cmd_redo(Session *session, int arg)
{
    (void)arg;
    session_redo(session);
}
