#include <stdint.h>

#include "app/app_priv.h"

/* A filter by month goes along: what is shown of a month is all of it. */
static void step_month(Session *session, int n_months)
{
    session_step_month(session, n_months);
    Span *days = &session->filter.query.days;
    Span shown = month_span(session->month.shown);
    if (days->first != 0 && days->first != shown.first) {
        *days = shown;
        session_filter(session);
    }
}

void cmd_scroll(Session *session, int n_steps)
{
    if (session->view == VIEW_MONTH) {
        step_month(session, n_steps);
        return;
    }
    session->line_first = timeline_step(session->zoom, session_line_first(session), n_steps);
}

static void show_day(Session *session, Day day)
{
    session->line_first = timeline_first_for(session->zoom, day, session_period(session));
    session->line_around = day;
}

void cmd_go_today(Session *session, int arg)
{
    (void)arg;
    if (session->view == VIEW_MONTH) {
        step_month(session, 0);
        return;
    }
    show_day(session, session->today);
}

/* What is looked at closer: the time that is chosen, else the day of the selected event, else today. */
static Day day_in_hand(const Session *session)
{
    const Event *event = session_event(session, NULL);
    if (event == NULL) {
        return session->today;
    }
    if (session->occurrence < event->due->n_occurrences) {
        return event->due->occurrences[session->occurrence].days.last;
    }
    Span days = event_days(event);
    bool is_long = days.first != 0 && days.last != 0 && span_has(days, session->today);
    return is_long ? session->today : days.last != 0 ? days.last : days.first != 0 ? days.first : session->today;
}

void cmd_zoom(Session *session, int step)
{
    int zoom = (int)session->zoom + step;
    if (zoom < 0 || zoom >= ZOOM_COUNT) {
        session_say(session, step > 0 ? T_SAID_NEAREST : T_SAID_FARTHEST, TEXT_NUM(0));
        return;
    }
    session->zoom = (TimelineZoom)zoom;
    show_day(session, day_in_hand(session));
}

static void say_occurrence(Session *session, const Event *event)
{
    const Occurrence *occurrence = &event->due->occurrences[session->occurrence];
    TimelineCell cell = timeline_occurrence(event, session->occurrence, session->today);
    StrBuf at = { 0 };
    session_add_occurrence(&at, session, occurrence);
    TextId word = cell.is_late ? state_info(STATE_LATE)->word : status_info(cell.status)->word;
    session_say(session, T_SAID_OCCURRENCE, TEXT_STR(strbuf_str(&at)), TEXT_ROW(word), TEXT_NUM(session->occurrence + 1),
                TEXT_NUM(event->due->n_occurrences));
    strbuf_done(&at);
}

void cmd_step_occurrence(Session *session, int step)
{
    const Event *event = session_event(session, NULL);
    size_t n = event->due->n_occurrences;
    if (n == 0) {
        session_say(session, T_SAID_NO_OCCURRENCES, TEXT_NUM(0));
        return;
    }
    size_t open = event_next_occurrence(event);
    size_t now = session->occurrence < n ? session->occurrence : open == SIZE_MAX ? 0 : open;
    if (session->occurrence < n) {
        now = step < 0 ? (now > 0 ? now - 1 : 0) : now + 1 < n ? now + 1 : n - 1;
    }
    session_choose_occurrence(session, now);
    session->line_around = event->due->occurrences[now].days.last;
    say_occurrence(session, event);
}
