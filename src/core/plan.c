#include "vekha/core/plan.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/marks_priv.h"
#include "vekha/base/utf8.h"

void plan_done(Plan *plan)
{
    vec_done(&plan->approvals);
    vec_done(&plan->headings);
    vec_done(&plan->sections);
    vec_done(&plan->events);
    vec_done(&plan->signatures);
    arena_done(&plan->arena);
    *plan = (Plan){ 0 };
}

DeadlineContext plan_context(const Plan *plan)
{
    return (DeadlineContext){ .period = plan->period, .calendar = plan->calendar != NULL ? plan->calendar : calendar_default() };
}

bool plan_fills(const Plan *plan, Span days)
{
    return plan->period.first != 0 && days.first != 0 && days.first <= plan->period.first && days.last >= plan->period.last;
}

static void read_days(Str when, Str dates, const DeadlineContext *context, Arena *arena, Due *out)
{
    *out = (Due){ 0 };
    if (dates.n_bytes == 0 || !deadline_parse_canonical(dates, arena, &out->deadline)) {
        deadline_read(when, context, arena, &out->deadline);
    }
    out->days = deadline_days(&out->deadline, context);
}

static void list_occurrences(const DeadlineContext *context, Arena *arena, Due *out)
{
    Occurrence *occurrences = NULL;
    out->n_occurrences = occurrence_list(&out->deadline, context, arena, &occurrences);
    out->occurrences = occurrences;
    for (size_t i = 0; i < out->n_occurrences; i++) {
        Span days = out->occurrences[i].days;
        out->n_required += out->occurrences[i].is_required;
        out->longest = days.last - days.first > out->longest ? days.last - days.first : out->longest;
    }
}

void due_read(Str when, Str dates, const DeadlineContext *context, Arena *arena, Due *out)
{
    read_days(when, dates, context, arena, out);
    list_occurrences(context, arena, out);
}

static int by_phrase(const void *left, const void *right)
{
    const Event *a = *(Event *const *)left;
    const Event *b = *(Event *const *)right;
    int order = str_cmp(a->when, b->when);
    return order != 0 ? order : str_cmp(a->dates, b->dates);
}

/* Events in order of their phrases, so that the names of occurrences are made once a phrase. */
static void match_all(Plan *plan, Event *const *sorted)
{
    MarkNames names = { 0 };
    size_t n_spare = PLAN_MAX_OCCURRENCES;
    for (size_t i = 0; i < plan->events.n; i++) {
        sorted[i]->n_matched = 0;
        if (sorted[i]->n_marks > 0) {
            names_set(&names, sorted[i]->due);
            n_spare -= marks_match(sorted[i], &names, n_spare, &plan->arena);
        }
    }
    names_done(&names);
}

/* Sorted, not hashed: a file may be made so that all its phrases fall into one slot. */
void plan_resolve(Plan *plan)
{
    DeadlineContext context = plan_context(plan);
    size_t n = plan->events.n;
    size_t n_occurrences = 0;
    Event **sorted = mem_new((n + 1) * sizeof(Event *));
    for (size_t i = 0; i < n; i++) {
        sorted[i] = &plan->events.at[i];
    }
    qsort(sorted, n, sizeof(Event *), by_phrase);
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && by_phrase(&sorted[i - 1], &sorted[i]) == 0) {
            sorted[i]->due = sorted[i - 1]->due;
            continue;
        }
        Due *due = ARENA_NEW(&plan->arena, Due);
        read_days(sorted[i]->when, sorted[i]->dates, &context, &plan->arena, due);
        if (n_occurrences < PLAN_MAX_OCCURRENCES) {
            list_occurrences(&context, &plan->arena, due);
        }
        n_occurrences += due->n_occurrences;
        sorted[i]->due = due;
    }
    match_all(plan, sorted);
    free(sorted);
}

void plan_resolve_marks(Plan *plan, size_t index)
{
    MarkNames names = { 0 };
    Event *event = &plan->events.at[index];
    event->n_matched = 0;
    if (event->n_marks > 0) {
        names_set(&names, event->due);
        (void)marks_match(event, &names, PLAN_MAX_OCCURRENCES, &plan->arena);
    }
    names_done(&names);
}

void plan_resolve_event(Plan *plan, size_t index)
{
    const Event *event = &plan->events.at[index];
    const Due *due = NULL;
    for (size_t i = 0; i < plan->events.n && due == NULL; i++) {
        const Event *other = &plan->events.at[i];
        due = i != index && by_phrase(&event, &other) == 0 ? other->due : NULL;
    }
    if (due == NULL) {
        DeadlineContext context = plan_context(plan);
        Due *own = ARENA_NEW(&plan->arena, Due);
        due_read(event->when, event->dates, &context, &plan->arena, own);
        due = own;
    }
    plan->events.at[index].due = due;
    plan_resolve_marks(plan, index);
}

Str plan_heading(const Plan *plan, Str key)
{
    for (size_t i = 0; i < plan->headings.n; i++) {
        if (str_eq(plan->headings.at[i].key, key)) {
            return plan->headings.at[i].text;
        }
    }
    return (Str){ 0 };
}

static void add_titles(StrBuf *out, const Plan *plan, int section)
{
    if (section < 0) {
        return;
    }
    size_t begin = out->n_bytes;
    add_titles(out, plan, plan->sections.at[section].parent);
    strbuf_add(out, out->n_bytes > begin ? STR(" / ") : (Str){ 0 });
    strbuf_add(out, plan->sections.at[section].title);
}

void plan_add_section(StrBuf *out, const Plan *plan, const Event *event)
{
    add_titles(out, plan, event->section);
}

static Str without_stop(Str number)
{
    return str_ends(number, STR(".")) ? str_sub(number, 0, number.n_bytes - 1) : number;
}

void plan_find(const Plan *plan, Str name, IndexVec *found)
{
    int place;
    if (str_starts(name, STR("+")) && str_to_uint(str_from(name, 1), &place)) {
        if (place >= 1 && (size_t)place <= plan->events.n) {
            vec_push(found, (size_t)place - 1);
        }
        return;
    }
    bool by_id = str_starts(name, STR("id:"));
    Str wanted = by_id ? str_from(name, 3) : without_stop(str_trim(name));
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        Str has = by_id ? event->id : without_stop(event->no);
        if (wanted.n_bytes > 0 && str_eq(has, wanted)) {
            vec_push(found, i);
        }
    }
}

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
