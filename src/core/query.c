#include "vekha/core/query.h"

#include <stdint.h>
#include <string.h>

#include "vekha/base/utf8.h"
#include "vekha/core/field.h"

static bool any_contains(const Str *texts, size_t n, Str needle)
{
    for (size_t i = 0; i < n; i++) {
        if (utf8_contains_folded(texts[i], needle)) {
            return true;
        }
    }
    return false;
}

static bool any_party_contains(const Event *event, Str needle)
{
    return any_contains(event->responsible.at, event->responsible.n, needle);
}

static bool lists_contain(const Event *event, Str needle)
{
    for (unsigned i = 0; i < event->n_marks; i++) {
        const Mark *mark = &event->marks[i];
        const Str texts[] = { mark->by, mark->evidence, mark->note, mark->confirmed_by };
        if (any_contains(texts, COUNTOF(texts), needle)) {
            return true;
        }
    }
    for (unsigned i = 0; i < event->n_was; i++) {
        const Was *was = &event->was[i];
        const Str texts[] = { was->when, was->by, was->reason };
        if (any_contains(texts, COUNTOF(texts), needle)) {
            return true;
        }
    }
    return false;
}

bool event_contains(const Event *event, Str needle)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        const FieldInfo *info = field_info((FieldId)field);
        if (info->type == FIELD_TYPE_TEXT && utf8_contains_folded(*(const Str *)((const char *)event + info->offset), needle)) {
            return true;
        }
    }
    for (unsigned i = 0; i < event->n_own; i++) {
        if (utf8_contains_folded(event->own[i].text, needle)) {
            return true;
        }
    }
    return any_party_contains(event, needle) || lists_contain(event, needle);
}

/* An event with occurrences is in a month if one of them is. */
static bool meets_days(const Event *event, Span days)
{
    const Due *due = event->due;
    for (size_t i = 0; i < due->n_occurrences; i++) {
        if (span_meets(due->occurrences[i].days, days)) {
            return true;
        }
    }
    Span own = due->days;
    if (deadline_is_until(&due->deadline)) {
        own.first = own.last; /* «до 15 мая» is a matter of May, not of every month before it */
    }
    bool has_days = own.first != 0 || own.last != 0;
    return due->n_occurrences == 0 && has_days && span_meets(own, days);
}

void query_add_party(StrBuf *out, Str party)
{
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, party);
    for (size_t i = 0; i < folded.n_bytes; i++) {
        if (strchr(" \t\n.", folded.at[i]) == NULL) {
            strbuf_add_char(out, folded.at[i]);
        }
    }
    strbuf_done(&folded);
}

static bool has_party(const Event *event, Str key)
{
    StrBuf party = { 0 };
    bool has = false;
    for (size_t i = 0; i < event->responsible.n && !has; i++) {
        strbuf_clear(&party);
        query_add_party(&party, event->responsible.at[i]);
        has = str_eq(strbuf_str(&party), key);
    }
    strbuf_done(&party);
    return has;
}

static bool is_in_section(const Plan *plan, const Event *event, Str needle)
{
    for (int section = event->section; section >= 0; section = plan->sections.at[section].parent) {
        if (utf8_contains_folded(plan->sections.at[section].title, needle)) {
            return true;
        }
    }
    return false;
}

/* Was it, or one of its occurrences, reported as done, and not confirmed? */
static bool is_waiting(const Event *event)
{
    if (status_info(event->status)->is_closed) {
        return event->status == STATUS_DONE;
    }
    for (unsigned i = 0; i < event->n_marks; i++) {
        if (event->marks[i].status == STATUS_DONE) {
            return true;
        }
    }
    return false;
}

bool query_fits(const Query *query, const Plan *plan, const Event *event, Day today)
{
    Status status = event_status(event);
    if (query->statuses != 0 && (query->statuses >> status & 1) == 0) {
        return false;
    }
    if (query->is_open && status_info(status)->is_closed) {
        return false;
    }
    if (query->states != 0 && (query->states >> event_state(event, today).state & 1) == 0) {
        return false;
    }
    if ((query->days.first != 0 || query->days.last != 0) && !meets_days(event, query->days)) {
        return false;
    }
    if ((query->is_waiting && !is_waiting(event)) ||
        (query->section.n_bytes > 0 && !is_in_section(plan, event, query->section))) {
        return false;
    }
    return (query->who.n_bytes == 0 || any_party_contains(event, query->who)) &&
           (query->party.n_bytes == 0 || has_party(event, query->party)) &&
           (query->grep.n_bytes == 0 || event_contains(event, query->grep));
}

PlanSummary plan_summary(const Plan *plan, Day today)
{
    PlanSummary sum = { .n_events = plan->events.n, .next = SIZE_MAX, .first_late = SIZE_MAX };
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        Status status = event_status(event);
        sum.n_cancelled += status == STATUS_CANCELLED;
        sum.n_done += status == STATUS_DONE || status == STATUS_CONFIRMED;
        if (status_info(status)->is_closed) {
            sum.n_closed++;
            continue;
        }
        StateOn now = event_state(event, today);
        sum.n_soon += now.state == STATE_SOON;
        if (now.state == STATE_LATE) {
            sum.first_late = sum.n_late == 0 ? i : sum.first_late;
            sum.n_late++;
        }
        Day last = event_next_day(event, today);
        if (last != 0 && (sum.next_day == 0 || last < sum.next_day)) {
            sum.next_day = last;
            sum.next = i;
        }
    }
    return sum;
}

void plan_summary_add(PlanSummary *sum, const PlanSummary *one)
{
    sum->n_events += one->n_events;
    sum->n_closed += one->n_closed;
    sum->n_done += one->n_done;
    sum->n_cancelled += one->n_cancelled;
    sum->n_late += one->n_late;
    sum->n_soon += one->n_soon;
    if (one->next_day != 0 && (sum->next_day == 0 || one->next_day < sum->next_day)) {
        sum->next_day = one->next_day;
    }
}
