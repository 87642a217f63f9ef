#include <stdint.h>

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

/* Reads the event where it stands now; its lists go to the plan's arena. */
static void put_event(const Doc *doc, Reading *reading, size_t index, const Shift *shift)
{
    Plan *plan = &reading->plan;
    Event *event = &plan->events.at[index];
    Reading alone = { .plan.headings = plan->headings, .plan.arena = plan->arena };
    schema_read_event(doc, reading->bindings.at[index].map, event->section, &alone);
    plan->arena = alone.plan.arena;
    Event was = *event;
    *event = alone.plan.events.at[0];
    event->due = was.due;
    if (!str_eq(was.when, event->when) || !str_eq(was.dates, event->dates)) {
        plan_resolve_event(plan, index);
    } else {
        plan_resolve_marks(plan, index);
    }
    put_problems(reading, &alone.problems, shift);
    vec_done(&alone.plan.events);
    vec_done(&alone.bindings);
    vec_done(&alone.problems);
}

void put_entry(Doc *doc, Reading *reading, size_t event, Patch *patch)
{
    size_t from = patch->from;
    size_t n_new = patch->after.n_bytes;
    Shift shift = { .begin = place_of(doc, from), .end = place_of(doc, from + patch->before.n_bytes) };
    doc_entry_put(doc, patch->entry);
    LineCol end = place_of(doc, from + n_new);
    shift.n_lines = end.line - shift.end.line;
    shift.n_cols = end.col - shift.end.col;
    move_lines(&reading->plan, &shift);
    put_event(doc, reading, event, &shift);
}
