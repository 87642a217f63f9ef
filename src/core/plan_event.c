#include <stdint.h>

#include "vekha/base/utf8.h"
#include "vekha/core/plan.h"

/* What the marks and the deadline of an event come to: its status, its state, its days, and the words for them. */

const Mark *event_mark_at(const Event *event, Str at)
{
    for (unsigned i = 0; i < event->n_marks; i++) {
        if (str_eq(event->marks[i].at, at)) {
            return &event->marks[i];
        }
    }
    return NULL;
}

const Mark *event_mark(const Event *event, const Occurrence *occurrence)
{
    size_t index = (size_t)(occurrence - event->due->occurrences);
    size_t from = 0;
    size_t to = event->n_matched;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (event->matched[middle].occurrence < index) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from < event->n_matched && event->matched[from].occurrence == index ? event->matched[from].mark : NULL;
}

Progress event_progress(const Event *event)
{
    Progress progress = { .n_required = event->due->n_required };
    for (unsigned i = 0; i < event->n_matched; i++) {
        Status status = event->matched[i].mark->status;
        if (event->due->occurrences[event->matched[i].occurrence].is_required && status != STATUS_PLANNED) {
            progress.n_marked++;
            progress.n_closed += status_info(status)->is_closed;
            progress.n_confirmed += status == STATUS_CONFIRMED;
        }
    }
    return progress;
}

Status event_status(const Event *event)
{
    Progress progress = event->due != NULL ? event_progress(event) : (Progress){ 0 };
    if (progress.n_required == 0 || status_info(event->status)->is_closed) {
        return event->status;
    }
    if (progress.n_confirmed == progress.n_required) {
        return STATUS_CONFIRMED;
    }
    if (progress.n_closed == progress.n_required) {
        return STATUS_DONE;
    }
    return progress.n_marked > 0 ? STATUS_IN_PROGRESS : event->status;
}

static bool is_open(const Event *event, const Occurrence *occurrence)
{
    const Mark *mark = occurrence->is_required ? event_mark(event, occurrence) : NULL;
    return occurrence->is_required && (mark == NULL || !status_info(mark->status)->is_closed);
}

size_t event_next_occurrence(const Event *event)
{
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        if (is_open(event, &event->due->occurrences[i])) {
            return i;
        }
    }
    return SIZE_MAX;
}

Span event_days(const Event *event)
{
    size_t next = event_next_occurrence(event);
    return next == SIZE_MAX ? event->due->days : event->due->occurrences[next].days;
}

Day event_next_day(const Event *event, Day today)
{
    if (event->due->n_required == 0) {
        return event->due->days.last >= today ? event->due->days.last : 0;
    }
    Day next = 0;
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        const Occurrence *occurrence = &event->due->occurrences[i];
        Day last = occurrence->days.last;
        if (last >= today && (next == 0 || last < next) && is_open(event, occurrence)) {
            next = last;
        }
    }
    return next;
}

/* The last day of the longest overdue occurrence, which need not be the one that begins first; 0: none. */
static Day first_missed(const Event *event, Day today)
{
    Day missed = 0;
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        const Occurrence *occurrence = &event->due->occurrences[i];
        Day last = occurrence->days.last;
        if (last < today && (missed == 0 || last < missed) && is_open(event, occurrence)) {
            missed = last;
        }
    }
    return missed;
}

StateOn event_state(const Event *event, Day today)
{
    if (status_info(event_status(event))->is_closed) {
        return (StateOn){ STATE_CLOSED, 0 };
    }
    size_t next = event_next_occurrence(event);
    const Occurrence *occurrence = next == SIZE_MAX ? NULL : &event->due->occurrences[next];
    Span days = occurrence == NULL ? event->due->days : occurrence->days;
    Day missed = occurrence == NULL ? 0 : first_missed(event, today);
    if (days.first == 0 && days.last == 0) {
        return (StateOn){ STATE_UNDATED, 0 };
    }
    if (missed != 0 || (days.last != 0 && days.last < today)) {
        return (StateOn){ STATE_LATE, today - (missed != 0 ? missed : days.last) };
    }
    if (days.last != 0 && days.last <= today + STATE_SOON_DAYS) {
        return (StateOn){ STATE_SOON, days.last - today };
    }
    bool is_until = occurrence == NULL ? deadline_is_until(&event->due->deadline) : occurrence->at.first == 0;
    return (StateOn){ days.first != 0 && days.first <= today && !is_until ? STATE_CURRENT : STATE_AHEAD, 0 };
}

static Status occurrence_status(const Event *event, const Occurrence *occurrence)
{
    const Mark *mark = event_mark(event, occurrence);
    Status status = mark != NULL ? mark->status : STATUS_PLANNED;
    return !status_info(status)->is_closed && status_info(event->status)->is_closed ? event->status : status;
}

static State occurrence_state(const Occurrence *occurrence, Status status, Day today)
{
    if (status_info(status)->is_closed || (!occurrence->is_required && occurrence->days.last < today)) {
        return STATE_CLOSED; /* one that need not be is never late: nothing more is expected of it */
    }
    if (occurrence->days.last < today) {
        return STATE_LATE;
    }
    if (occurrence->days.last <= today + STATE_SOON_DAYS) {
        return STATE_SOON;
    }
    return occurrence->days.first <= today && occurrence->at.first != 0 ? STATE_CURRENT : STATE_AHEAD;
}

OccurrenceState event_occurrence_state(const Event *event, size_t index, Day today)
{
    const Occurrence *occurrence = &event->due->occurrences[index];
    Status status = occurrence_status(event, occurrence);
    State state = occurrence_state(occurrence, status, today);
    return (OccurrenceState){ status, state, state == STATE_LATE };
}

void event_add_state(StrBuf *out, Lang lang, const Event *event, Day today)
{
    StateOn now = event_state(event, today);
    if (now.state == STATE_LATE) {
        text_put(out, lang, T_STATE_LATE_DAYS, TEXT_NUM(now.days));
    } else if (now.state == STATE_SOON && now.days > 0) {
        text_put(out, lang, T_STATE_SOON_DAYS, TEXT_NUM(now.days));
    } else if (now.state == STATE_SOON) {
        strbuf_add(out, text_get(lang, T_STATE_SOON_TODAY));
    } else {
        strbuf_add(out, text_get(lang, state_info(now.state)->word));
    }
}

void event_add_label(StrBuf *out, const Event *event)
{
    enum { LABEL_COLS = 30 };
    if (event->no.n_bytes > 0) {
        strbuf_add(out, STR("№ "));
        strbuf_add(out, event->no);
        return;
    }
    Str begin = utf8_fit(event->title, LABEL_COLS);
    strbuf_add(out, STR("«"));
    strbuf_add(out, begin);
    strbuf_add(out, begin.n_bytes < event->title.n_bytes ? STR("…»") : STR("»"));
}

Str event_glyph(const Event *event, Day today)
{
    return state_glyph(event_state(event, today).state, event_status(event));
}

static void add_progress(StrBuf *out, Lang lang, const Progress *progress)
{
    text_put(out, lang, T_STATE_OCCURRENCES, TEXT_NUM(progress->n_closed), TEXT_NUM(progress->n_required));
}

void event_add_late_brief(StrBuf *out, Lang lang, int days)
{
    enum { SPACED_TO = 99, DAYS_TO = 999, DAYS_PER_YEAR = 365, YEARS_TO = 9 };
    int years = days / DAYS_PER_YEAR;
    if (days <= DAYS_TO) {
        text_put(out, lang, days <= SPACED_TO ? T_STATE_LATE_BRIEF_DAYS : T_STATE_LATE_BRIEF_MANY, TEXT_NUM(days));
    } else if (years <= YEARS_TO) {
        text_put(out, lang, T_STATE_LATE_BRIEF_YEARS, TEXT_NUM(years));
    } else {
        strbuf_add(out, text_get(lang, state_info(STATE_LATE)->brief));
    }
}

void event_add_brief(StrBuf *out, Lang lang, const Event *event, Day today)
{
    StateOn now = event_state(event, today);
    Status status = event_status(event);
    Progress progress = event_progress(event);
    bool is_said = status != STATUS_PLANNED && !(status == STATUS_IN_PROGRESS && progress.n_marked > 0);
    if (now.state == STATE_LATE) {
        event_add_late_brief(out, lang, now.days);
    } else if (now.state == STATE_SOON) {
        strbuf_add(out, text_get(lang, state_info(now.state)->brief));
    } else if (progress.n_required > 0 && !status_info(status)->is_closed) {
        add_progress(out, lang, &progress);
    } else {
        strbuf_add(out, text_get(lang, is_said ? status_info(status)->brief : state_info(now.state)->brief));
    }
}

void event_add_status(StrBuf *out, Lang lang, const Event *event)
{
    Progress progress = event_progress(event);
    strbuf_add(out, text_get(lang, status_info(event_status(event))->word));
    if (progress.n_required > 0) {
        strbuf_add(out, STR(", "));
        add_progress(out, lang, &progress);
    }
}

void event_add_responsible(StrBuf *out, const Event *event)
{
    for (size_t i = 0; i < event->responsible.n; i++) {
        strbuf_add(out, i > 0 ? STR(", ") : (Str){ 0 });
        strbuf_add(out, event->responsible.at[i]);
    }
}
