#include <stdint.h>
#include <string.h>

#include "store/store_priv.h"

/* A place as people count. */
typedef struct LineCol {
    int line, col;
} LineCol;

/* What moved behind the entry: lines, and what follows on its last line. */
typedef struct Shift {
    LineCol begin, end; /* of the entry as it was */
    int n_lines, n_cols;
} Shift;

static LineCol place_of(const Doc *doc, size_t byte)
{
    LineCol place;
    doc_place(doc, byte, &place.line, &place.col);
    return place;
}

static bool is_before(const Problem *problem, LineCol place)
{
    return problem->line < place.line || (problem->line == place.line && problem->col < place.col);
}

static void move_problem(Problem *problem, const Shift *shift)
{
    enum { EARLIER = 1 }; /* the argument of T_KEY_TWICE that is a line */
    problem->col += problem->line == shift->end.line ? shift->n_cols : 0;
    problem->line += shift->n_lines;
    if (problem->text == T_KEY_TWICE && problem->args[EARLIER].number >= shift->end.line) {
        problem->args[EARLIER].number += shift->n_lines;
    }
}

/* The problems of the entry as it was give way to those of the new one; the later ones move. */
static void put_problems(Reading *reading, const ProblemVec *new, const Shift *shift)
{
    const ProblemVec *old = &reading->problems;
    ProblemVec all = { 0 };
    size_t i = 0;
    for (; i < old->n && is_before(&old->at[i], shift->begin); i++) {
        vec_push(&all, old->at[i]);
    }
    for (size_t k = 0; k < new->n; k++) {
        vec_push(&all, new->at[k]);
    }
    for (; i < old->n; i++) {
        if (!is_before(&old->at[i], shift->end)) {
            Problem moved = old->at[i];
            move_problem(&moved, shift);
            vec_push(&all, moved);
        }
    }
    vec_done(&reading->problems);
    reading->problems = all;
}

static void move_lines(Plan *plan, const Shift *shift)
{
    for (size_t i = 0; i < plan->events.n && shift->n_lines != 0; i++) {
        plan->events.at[i].line += plan->events.at[i].line >= shift->end.line ? shift->n_lines : 0;
    }
    for (size_t i = 0; i < plan->sections.n && shift->n_lines != 0; i++) {
        plan->sections.at[i].line += plan->sections.at[i].line >= shift->end.line ? shift->n_lines : 0;
    }
}

/* The reading of events where they stand now: strings and lists go to the plan's arena. */
static Reading read_alone(const Doc *doc, Reading *reading, const Node *first, size_t n, int section)
{
    Reading alone = { .plan.headings = reading->plan.headings, .plan.arena = reading->plan.arena };
    for (size_t i = 0; i < n; i++, first = first->next) {
        schema_read_event(doc, first, section, &alone);
    }
    reading->plan.arena = alone.plan.arena;
    return alone;
}

static void drop_alone(Reading *alone)
{
    vec_done(&alone->plan.events);
    vec_done(&alone->bindings);
    vec_done(&alone->problems);
}

static bool same_phrase(const Event *a, const Event *b)
{
    return str_eq(a->when, b->when) && str_eq(a->dates, b->dates);
}

static void put_event(const Doc *doc, Reading *reading, size_t index, const Shift *shift)
{
    Plan *plan = &reading->plan;
    Event *event = &plan->events.at[index];
    Reading alone = read_alone(doc, reading, reading->bindings.at[index].map, 1, event->section);
    Event was = *event;
    *event = alone.plan.events.at[0];
    event->due = was.due;
    if (!same_phrase(&was, event)) {
        plan_resolve_event(plan, index);
    } else {
        plan_resolve_marks(plan, index);
    }
    put_problems(reading, &alone.problems, shift);
    drop_alone(&alone);
}

/* What the entry's place was, before it is put. */
static Shift shift_of(const Doc *doc, const PatchPiece *piece)
{
    return (Shift){ .begin = place_of(doc, piece->from), .end = place_of(doc, piece->from + piece->before.n_bytes) };
}

/* Where it ends now: behind that many bytes more. */
static void find_shift(const Doc *doc, size_t end_now, Shift *shift)
{
    LineCol end = place_of(doc, end_now);
    shift->n_lines = end.line - shift->end.line;
    shift->n_cols = end.col - shift->end.col;
}

void put_entry(Doc *doc, Reading *reading, size_t event, Patch *patch)
{
    size_t end_now = patch->pieces[0].from + patch->pieces[0].after.n_bytes;
    Shift shift = shift_of(doc, &patch->pieces[0]);
    doc_entry_put(doc, patch->entry);
    find_shift(doc, end_now, &shift);
    move_lines(&reading->plan, &shift);
    put_event(doc, reading, event, &shift);
}

/* The new events of a run take the place of the old ones. */
static void exchange_events(Reading *reading, const PatchRun *run, const Reading *alone)
{
    Plan *plan = &reading->plan;
    size_t n_new = alone->plan.events.n;
    size_t n_behind = plan->events.n - run->first - run->n_old;
    vec_reserve(&plan->events, n_new);
    vec_reserve(&reading->bindings, n_new);
    memmove(&plan->events.at[run->first + n_new], &plan->events.at[run->first + run->n_old], n_behind * sizeof *plan->events.at);
    memmove(&reading->bindings.at[run->first + n_new], &reading->bindings.at[run->first + run->n_old],
            n_behind * sizeof *reading->bindings.at);
    memcpy(&plan->events.at[run->first], alone->plan.events.at, n_new * sizeof *plan->events.at);
    memcpy(&reading->bindings.at[run->first], alone->bindings.at, n_new * sizeof *reading->bindings.at);
    plan->events.n += n_new - run->n_old;
    reading->bindings.n += n_new - run->n_old;
}

/* Their deadlines: those of the events that stood there, where the phrase is the same. */
static void take_dues(const Reading *reading, const PatchRun *run, Reading *alone)
{
    for (size_t i = 0; i < alone->plan.events.n; i++) {
        for (size_t k = 0; k < run->n_old && alone->plan.events.at[i].due == NULL; k++) {
            const Event *old = &reading->plan.events.at[run->first + k];
            alone->plan.events.at[i].due = same_phrase(old, &alone->plan.events.at[i]) ? old->due : NULL;
        }
    }
}

static void put_run(const Doc *doc, Reading *reading, const PatchRun *run, const Shift *shift)
{
    size_t n_new;
    const Node *first = doc_entry_put_items(run->entry, &n_new);
    int section = reading->plan.events.at[run->first].section;
    Reading alone = read_alone(doc, reading, first, n_new, section);
    take_dues(reading, run, &alone);
    move_lines(&reading->plan, shift);
    exchange_events(reading, run, &alone);
    for (size_t i = 0; i < n_new; i++) {
        if (reading->plan.events.at[run->first + i].due != NULL) {
            plan_resolve_marks(&reading->plan, run->first + i);
        } else {
            plan_resolve_event(&reading->plan, run->first + i);
        }
    }
    put_problems(reading, &alone.problems, shift);
    drop_alone(&alone);
}

/* An event that moved far: the lines of the one run move those of the other, and so do its events. */
void put_runs(Doc *doc, Reading *reading, Patch *patch)
{
    Shift shifts[PATCH_MAX_RUNS];
    DocEntry *entries[PATCH_MAX_RUNS];
    size_t ends[PATCH_MAX_RUNS];
    size_t n_moved = 0; /* bytes, modulo 2^n */
    for (size_t i = 0; i < patch->n_runs; i++) {
        const PatchPiece *piece = &patch->pieces[i];
        shifts[i] = shift_of(doc, piece);
        entries[i] = patch->runs[i].entry;
        ends[i] = piece->from + n_moved + piece->after.n_bytes;
        n_moved += piece->after.n_bytes - piece->before.n_bytes;
    }
    doc_entry_put_all(doc, entries, patch->n_runs);
    for (size_t i = 0; i < patch->n_runs; i++) {
        if (i > 0) {
            shifts[i].begin.line += shifts[i - 1].n_lines;
            shifts[i].end.line += shifts[i - 1].n_lines;
        }
        find_shift(doc, ends[i], &shifts[i]);
        size_t n_before = reading->plan.events.n;
        put_run(doc, reading, &patch->runs[i], &shifts[i]);
        if (i == 0 && patch->n_runs > 1 && patch->runs[1].first > patch->runs[0].first) {
            patch->runs[1].first += reading->plan.events.n - n_before;
        }
    }
}
