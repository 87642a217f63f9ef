#include "vekha/core/plan.h"

#include <stdint.h>
#include <stdlib.h>

#include "core/marks_priv.h"

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
