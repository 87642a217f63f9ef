#include "store/rewind_priv.h"

/* The events of each section in their order, as far as the journal has been turned back. */

void rewind_unlink(Rewind *rewind, size_t node)
{
    RewindNode *one = &rewind->nodes.at[node];
    if (!one->is_there) {
        return;
    }
    *(one->prev != SIZE_MAX ? &rewind->nodes.at[one->prev].next : &rewind->firsts[one->section + 1]) = one->next;
    if (one->next != SIZE_MAX) {
        rewind->nodes.at[one->next].prev = one->prev;
    }
    one->is_there = false;
}

void rewind_link(Rewind *rewind, size_t node, int section, size_t behind)
{
    RewindNode *one = &rewind->nodes.at[node];
    size_t *slot = behind != SIZE_MAX ? &rewind->nodes.at[behind].next : &rewind->firsts[section + 1];
    one->section = section;
    one->prev = behind;
    one->next = *slot;
    *slot = node;
    if (one->next != SIZE_MAX) {
        rewind->nodes.at[one->next].prev = node;
    }
    one->is_there = true;
    one->is_placed = true;
}

bool rewind_is_called(const RewindNode *node, Str name)
{
    return str_eq(node->id.n_bytes > 0 ? node->id : node->no, name);
}

bool rewind_step(Rewind *rewind, size_t n)
{
    bool may = rewind->n_left >= n;
    rewind->n_left -= may ? n : rewind->n_left;
    return may;
}

int rewind_section(Rewind *rewind, Str path)
{
    SectionRef ref = { path, path.n_bytes == 0 ? -1 : (int)rewind->model.sections.n };
    int found = -2;
    bool ok = rewind_step(rewind, rewind->model.sections.n * 8 + 1) && plan_match_section(&rewind->model, &ref, &found);
    return ok ? found : -2;
}

size_t rewind_last(Rewind *rewind, int section)
{
    size_t last = SIZE_MAX;
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX && rewind_step(rewind, 1); i = rewind->nodes.at[i].next) {
        last = i;
    }
    return last;
}

size_t rewind_find(Rewind *rewind, int section, Str name)
{
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX && rewind_step(rewind, 1); i = rewind->nodes.at[i].next) {
        if (rewind_is_called(&rewind->nodes.at[i], name)) {
            return i;
        }
    }
    return SIZE_MAX;
}

void rewind_lists(Rewind *rewind)
{
    const Plan *plan = rewind->plan;
    size_t n_lists = plan->sections.n + 1;
    size_t *lasts = arena_alloc(rewind->arena, n_lists * sizeof *lasts);
    rewind->firsts = arena_alloc(rewind->arena, n_lists * sizeof *rewind->firsts);
    for (size_t i = 0; i < n_lists; i++) {
        rewind->firsts[i] = lasts[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < plan->sections.n; i++) {
        vec_push(&rewind->model.sections, plan->sections.at[i]);
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        vec_push(&rewind->nodes, (RewindNode){ .event = i, .id = event->id, .no = event->no, .title = event->title });
        rewind_link(rewind, i, event->section, lasts[event->section + 1]);
        rewind->nodes.at[i].is_placed = false;
        lasts[event->section + 1] = i;
    }
}
