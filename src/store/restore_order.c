#include <stdlib.h>

#include "store/restore_priv.h"

/* The events that come back or go back to where they stood, around those that stay where they are. */

/* Behind which event of the plan the node stands, of those that stay where they are. */
static EventPlace place_behind(const Rewind *rewind, int section, size_t behind)
{
    EventPlace place = { .section = section_ref(rewind->plan, section, rewind->arena), .is_first = behind == SIZE_MAX };
    if (behind != SIZE_MAX) {
        place.after = event_ref_copy(rewind->plan, behind, rewind->arena);
    }
    return place;
}

/* Does an event that stays have the id? Two had it, by mistake. */
static bool is_id_taken(const Rewind *rewind, Str id)
{
    bool is_taken = false;
    for (size_t i = 0; i < rewind->plan->events.n && id.n_bytes > 0 && !is_taken; i++) {
        is_taken = rewind->nodes.at[i].is_there && str_eq(rewind->plan->events.at[i].id, id);
    }
    return is_taken;
}

void maker_come_back(Maker *maker, size_t node, int section, size_t behind)
{
    Rewind *rewind = maker->rewind;
    Event content = *maker_content(maker, node);
    EventPlace place = place_behind(rewind, section, behind);
    if (content.title.n_bytes == 0) {
        rewind_note(rewind, RESTORE_CUT, node, (Str){ 0 });
        return;
    }
    content.id = is_id_taken(rewind, content.id) ? (Str){ 0 } : content.id;
    Change change = change_insert(&content, &place, rewind->arena);
    if (rewind->nodes.at[node].is_lost) {
        rewind_note(rewind, RESTORE_PLACE, node, (Str){ 0 });
    }
    maker_push(maker, &change);
}

void maker_go_back(Maker *maker, size_t node, int section, size_t behind)
{
    Rewind *rewind = maker->rewind;
    EventPlace place = place_behind(rewind, section, behind);
    Change change = change_move(rewind->plan, node, &place, rewind->arena);
    if (rewind->nodes.at[node].is_lost) {
        rewind_note(rewind, RESTORE_PLACE, node, (Str){ 0 });
    }
    maker_push(maker, &change);
}

static bool is_of_section(const Rewind *rewind, size_t node, int section)
{
    size_t event = rewind->nodes.at[node].event;
    return event != SIZE_MAX && rewind->plan->events.at[event].section == section;
}

/* Of the plan's own events of a list the most that are in the plan's order: they stay, the others move. */
static void find_staying(Maker *maker, int section)
{
    const Rewind *rewind = maker->rewind;
    size_t *before = maker->before;
    size_t n = 0;
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX; i = rewind->nodes.at[i].next) {
        n++;
    }
    size_t *ends = mem_new((n + 1) * sizeof *ends); /* by length of a row: the least node that one ends with */
    size_t longest = 0;
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX; i = rewind->nodes.at[i].next) {
        if (!is_of_section(rewind, i, section)) {
            continue;
        }
        size_t low = 0;
        size_t high = longest;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (ends[middle] < i) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        before[i] = low > 0 ? ends[low - 1] : SIZE_MAX;
        ends[low] = i;
        longest = low == longest ? longest + 1 : longest;
    }
    for (size_t i = longest > 0 ? ends[longest - 1] : SIZE_MAX; i != SIZE_MAX; i = before[i]) {
        maker->stays[i] = true;
    }
    free(ends);
}

void maker_order(Maker *maker, int section)
{
    Rewind *rewind = maker->rewind;
    size_t behind = SIZE_MAX;
    bool is_placed = false;
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX && !is_placed; i = rewind->nodes.at[i].next) {
        is_placed = rewind->nodes.at[i].is_placed;
    }
    if (!is_placed) {
        return;
    }
    find_staying(maker, section);
    for (size_t i = rewind->firsts[section + 1]; i != SIZE_MAX; i = rewind->nodes.at[i].next) {
        if (rewind->nodes.at[i].event == SIZE_MAX) {
            maker_come_back(maker, i, section, behind);
        } else if (maker->stays[i]) {
            behind = i;
        } else {
            maker_go_back(maker, i, section, behind);
        }
    }
}

size_t rewind_event_before(const Rewind *rewind, size_t node)
{
    int section = rewind->nodes.at[node].section;
    size_t i = rewind->nodes.at[node].prev;
    while (i != SIZE_MAX && !is_of_section(rewind, i, section)) {
        i = rewind->nodes.at[i].prev;
    }
    return i;
}
