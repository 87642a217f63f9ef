#include "vekha/core/plan_match.h"

#include <stdint.h>
#include <stdlib.h>

#include "vekha/core/change.h"
#include "vekha/core/plan_finder.h"

/* A name of an event or a section, and whose it is. */
typedef struct Named {
    unsigned long long hash;
    size_t index;
    bool in_b;
} Named;

typedef VEC(Named) NamedVec;

typedef struct Matcher {
    const Plan *a, *b;
    size_t *out;
    bool *is_taken;  /* one an event of b */
    bool *has_id[2]; /* of a, of b: one that no other event of the same reading has; what somebody copied with its id has none */
    NamedVec names;
} Matcher;

static int by_hash(const void *left, const void *right)
{
    const Named *x = left;
    const Named *y = right;
    if (x->hash != y->hash) {
        return x->hash < y->hash ? -1 : 1;
    }
    return x->in_b != y->in_b ? (x->in_b ? 1 : -1) : (x->index > y->index) - (x->index < y->index);
}

/* By what events are the same in one step. */
typedef struct Step {
    bool by_id, by_no, by_title;
} Step;

static bool has_name(const Matcher *matcher, size_t event, bool in_b, Step step)
{
    const Event *named = &(in_b ? matcher->b : matcher->a)->events.at[event];
    return step.by_id ? matcher->has_id[in_b][event]
                      : (!step.by_title || named->title.n_bytes > 0) && (step.by_title || named->no.n_bytes > 0);
}

static bool same_name(const Matcher *matcher, size_t a, size_t b, Step step)
{
    const Event *x = &matcher->a->events.at[a];
    const Event *y = &matcher->b->events.at[b];
    if (step.by_id) {
        return str_eq(x->id, y->id);
    }
    bool are_others = matcher->has_id[false][a] && matcher->has_id[true][b]; /* else the ids would have said so */
    return !are_others && (!step.by_no || str_eq(x->no, y->no)) && (!step.by_title || str_eq(x->title, y->title));
}

static unsigned long long name_hash(const Event *event, Step step)
{
    unsigned long long hash = step.by_id ? str_hash(event->id) : 0;
    hash = step.by_no ? hash * 31 + str_hash(event->no) : hash;
    return step.by_title ? hash * 31 + str_hash(event->title) : hash;
}

static void add_names(Matcher *matcher, const Plan *plan, bool in_b, Step step)
{
    for (size_t i = 0; i < plan->events.n; i++) {
        bool is_free = in_b ? !matcher->is_taken[i] : matcher->out[i] == SIZE_MAX;
        if (is_free && has_name(matcher, i, in_b, step)) {
            vec_push(&matcher->names, (Named){ name_hash(&plan->events.at[i], step), i, in_b });
        }
    }
}

static void take(Matcher *matcher, size_t a, size_t b)
{
    matcher->out[a] = b;
    matcher->is_taken[b] = true;
}

static void match_by(Matcher *matcher, Step step)
{
    NamedVec *names = &matcher->names;
    vec_clear(names);
    add_names(matcher, matcher->a, false, step);
    add_names(matcher, matcher->b, true, step);
    if (names->n > 1) {
        qsort(names->at, names->n, sizeof *names->at, by_hash);
    }
    for (size_t i = 0; i < names->n;) {
        size_t n = 1;
        while (i + n < names->n && names->at[i + n].hash == names->at[i].hash) {
            n++;
        }
        const Named *x = &names->at[i];
        const Named *y = &names->at[i + n - 1];
        if (n == 2 && !x->in_b && y->in_b && same_name(matcher, x->index, y->index, step)) {
            take(matcher, x->index, y->index);
        }
        i += n;
    }
}

/* Which events have an id of their own; to be freed. */
static bool *find_ids(Matcher *matcher, const Plan *plan)
{
    NamedVec *names = &matcher->names;
    bool *has_id = mem_new(plan->events.n + 1);
    vec_clear(names);
    for (size_t i = 0; i < plan->events.n; i++) {
        if (plan->events.at[i].id.n_bytes > 0) {
            vec_push(names, (Named){ str_hash(plan->events.at[i].id), i, false });
        }
    }
    if (names->n > 1) {
        qsort(names->at, names->n, sizeof *names->at, by_hash);
    }
    for (size_t i = 0; i < names->n; i++) {
        bool is_second = i > 0 && names->at[i - 1].hash == names->at[i].hash;
        bool is_first = i + 1 < names->n && names->at[i + 1].hash == names->at[i].hash;
        has_id[names->at[i].index] = !is_second && !is_first;
    }
    return has_id;
}

/* The one between two that are matched, and are neighbours but for it. */
static void match_between(Matcher *matcher)
{
    const Plan *a = matcher->a;
    for (size_t i = 1; i + 1 < a->events.n; i++) {
        size_t before = matcher->out[i - 1];
        size_t after = matcher->out[i + 1];
        if (matcher->out[i] == SIZE_MAX && before != SIZE_MAX && after != SIZE_MAX && after == before + 2 &&
            !matcher->is_taken[before + 1] && !(matcher->has_id[false][i] && matcher->has_id[true][before + 1])) {
            take(matcher, i, before + 1);
        }
    }
}

/* Most of two readings is alike: what stands side by side and is equal, from the beginning and from the end, needs no
 * search. It gives up where it is out of step. */
static void match_in_step(Matcher *matcher)
{
    const Plan *a = matcher->a;
    const Plan *b = matcher->b;
    size_t n = a->events.n < b->events.n ? a->events.n : b->events.n;
    size_t n_astray = 0;
    size_t from = 0;
    enum { MAX_ASTRAY = 4 };
    for (; from < n && n_astray < MAX_ASTRAY; from++) {
        bool is_same = event_eq(&a->events.at[from], &b->events.at[from]);
        n_astray = is_same ? 0 : n_astray + 1;
        if (is_same) {
            take(matcher, from, from);
        }
    }
    n_astray = 0;
    for (size_t i = 1; i <= n - from && n_astray < MAX_ASTRAY; i++) {
        bool is_same = event_eq(&a->events.at[a->events.n - i], &b->events.at[b->events.n - i]);
        n_astray = is_same ? 0 : n_astray + 1;
        if (is_same) {
            take(matcher, a->events.n - i, b->events.n - i);
        }
    }
}

void plan_match_events(const Plan *a, const Plan *b, size_t *out)
{
    static const Step steps[] = {
        { .by_id = true }, { .by_no = true, .by_title = true }, { .by_title = true }, { .by_no = true }
    };
    Matcher matcher = { .a = a, .b = b, .out = out };
    matcher.is_taken = mem_new(b->events.n + 1);
    matcher.has_id[false] = find_ids(&matcher, a);
    matcher.has_id[true] = find_ids(&matcher, b);
    for (size_t i = 0; i < a->events.n; i++) {
        out[i] = SIZE_MAX;
    }
    match_in_step(&matcher);
    for (size_t i = 0; i < COUNTOF(steps); i++) {
        match_by(&matcher, steps[i]);
    }
    match_between(&matcher);
    vec_done(&matcher.names);
    free(matcher.has_id[false]);
    free(matcher.has_id[true]);
    free(matcher.is_taken);
}

static void add_paths(NamedVec *names, const Plan *plan, bool in_b)
{
    unsigned long long *paths = plan_path_hashes(plan);
    for (size_t i = 0; i < plan->sections.n; i++) {
        vec_push(names, (Named){ paths[i], i, in_b });
    }
    free(paths);
}

/* Its place among those of its parent, and how many they are. */
typedef struct Rank {
    size_t rank, count;
} Rank;

/* One a section; to be freed. */
static Rank *find_ranks(const Plan *plan)
{
    size_t n = plan->sections.n;
    Rank *ranks = mem_new((n + 1) * sizeof *ranks);
    size_t *children = mem_new((n + 1) * sizeof *children); /* the first of them are the plan's */
    for (size_t i = 0; i < n; i++) {
        ranks[i].rank = children[plan->sections.at[i].parent + 1]++;
    }
    for (size_t i = 0; i < n; i++) {
        ranks[i].count = children[plan->sections.at[i].parent + 1];
    }
    free(children);
    return ranks;
}

/* The sections of a that are not matched yet, by their ranks. */
static void match_ranks(const Plan *a, const Plan *b, int *out, bool *is_taken)
{
    Rank *ranks = find_ranks(a);
    Rank *ranks_b = find_ranks(b);
    for (size_t i = 0; i < a->sections.n; i++) {
        int parent = a->sections.at[i].parent;
        int parent_b = parent < 0 ? -1 : out[parent];
        bool is_free = out[i] < 0 && (parent < 0 || parent_b >= 0);
        for (size_t k = 0; k < b->sections.n && is_free; k++) {
            if (!is_taken[k] && b->sections.at[k].parent == parent_b && ranks[i].rank == ranks_b[k].rank &&
                ranks[i].count == ranks_b[k].count) {
                out[i] = (int)k;
                is_taken[k] = true;
                break;
            }
        }
    }
    free(ranks);
    free(ranks_b);
}

void plan_match_sections(const Plan *a, const Plan *b, int *out)
{
    enum { MAX_RANKED = 1000 }; /* beyond that a section that was renamed counts as another one */
    NamedVec names = { 0 };
    bool *is_taken = mem_new(b->sections.n + 1);
    for (size_t i = 0; i < a->sections.n; i++) {
        out[i] = -1;
    }
    add_paths(&names, a, false);
    add_paths(&names, b, true);
    if (names.n > 1) {
        qsort(names.at, names.n, sizeof *names.at, by_hash);
    }
    for (size_t i = 0; i + 1 < names.n; i++) {
        bool is_first = i == 0 || names.at[i - 1].hash != names.at[i].hash;
        bool is_pair = names.at[i + 1].hash == names.at[i].hash && (i + 2 == names.n || names.at[i + 2].hash != names.at[i].hash);
        if (is_first && is_pair && !names.at[i].in_b && names.at[i + 1].in_b) {
            out[names.at[i].index] = (int)names.at[i + 1].index;
            is_taken[names.at[i + 1].index] = true;
        }
    }
    if (a->sections.n <= MAX_RANKED && b->sections.n <= MAX_RANKED) {
        match_ranks(a, b, out, is_taken);
    }
    vec_done(&names);
    free(is_taken);
}
