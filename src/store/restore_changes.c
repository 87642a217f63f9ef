#include <stdlib.h>

#include "store/restore_priv.h"

/* From the plan as it is to what the rewound journal says: changes that all start from the plan. */

void maker_push(Maker *maker, const Change *change)
{
    maker->out->n_edits += change->n_edits;
    vec_push(&maker->out->changes, *change);
}

static void note_twins(Rewind *rewind, size_t event)
{
    for (size_t i = 0; i < rewind->plan->events.n && rewind->tracks.tracks.n > 0; i++) {
        size_t track =
            event == SIZE_MAX || event == i ? journal_track_of(&rewind->tracks, &rewind->plan->events.at[i]) : SIZE_MAX;
        if (track != SIZE_MAX && rewind->is_twin[track]) {
            rewind_note(rewind, RESTORE_TWINS, i, (Str){ 0 });
        }
    }
}

static void make_plan(Maker *maker)
{
    Rewind *rewind = maker->rewind;
    const Plan *plan = rewind->plan;
    maker->stays = mem_new((rewind->nodes.n + 1) * sizeof *maker->stays);
    maker->before = mem_new((rewind->nodes.n + 1) * sizeof *maker->before);
    for (int section = -1; section < (int)plan->sections.n; section++) {
        maker_edit_header(maker, section);
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        if (rewind->nodes.at[i].is_there) {
            maker_edit_event(maker, i);
        } else {
            Change change = change_delete(plan, i, rewind->arena);
            maker_push(maker, &change);
        }
    }
    for (int section = -1; section < (int)plan->sections.n; section++) {
        maker_order(maker, section);
    }
    note_twins(rewind, SIZE_MAX);
    free(maker->stays);
    free(maker->before);
}

static void make_event(Maker *maker, const RestoreAsk *ask)
{
    Rewind *rewind = maker->rewind;
    size_t node = ask->event;
    if (node == SIZE_MAX) {
        size_t track = journal_track_named(&rewind->tracks, ask->name, ask->title);
        node = track != SIZE_MAX ? rewind->nodes_of[track] : SIZE_MAX;
    }
    bool is_there = node != SIZE_MAX && rewind->nodes.at[node].event != SIZE_MAX;
    maker->out->is_there = is_there;
    maker->out->was_not_there = node == SIZE_MAX || !rewind->nodes.at[node].is_there;
    if (maker->out->was_not_there) {
        return;
    }
    int section = rewind->nodes.at[node].section;
    size_t behind = rewind_event_before(rewind, node);
    if (!is_there) {
        maker_come_back(maker, node, section, behind);
        return;
    }
    const Plan *plan = rewind->plan;
    size_t above = node > 0 && plan->events.at[node - 1].section == plan->events.at[node].section ? node - 1 : SIZE_MAX;
    maker_edit_event(maker, node);
    if (rewind->nodes.at[node].is_placed && (plan->events.at[node].section != section || above != behind)) {
        maker_go_back(maker, node, section, behind);
    }
    note_twins(rewind, node);
}

void maker_make(Rewind *rewind, const RestoreAsk *ask, Restore *out)
{
    Maker maker = { .rewind = rewind, .out = out };
    maker_sort(&maker);
    if (ask->what == RESTORE_EVENT) {
        vec_clear(&rewind->notes); /* of texts of the plan */
        make_event(&maker, ask);
    } else if (ask->what == RESTORE_PLAN) {
        make_plan(&maker);
    } else {
        for (int section = -1; section < (int)rewind->plan->sections.n; section++) {
            maker_edit_header(&maker, section);
        }
    }
    for (size_t i = 0; i < rewind->notes.n; i++) {
        vec_push(&out->notes, rewind->notes.at[i]);
    }
}
