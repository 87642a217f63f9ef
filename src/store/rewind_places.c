#include "store/rewind_priv.h"

/* Where events stood that a change deleted or moved: put back when all of the change is turned back. */

static bool is_awaited(Rewind *rewind, const RewindPending *self, Str name)
{
    for (size_t i = 0; i < rewind->pending.n && rewind_step(rewind, 1); i++) {
        const RewindPending *one = &rewind->pending.at[i];
        if (one != self && !one->is_done && rewind_is_called(&rewind->nodes.at[one->node], name)) {
            return true;
        }
    }
    return false;
}

/* Puts it where it stood; false: that is not known (yet). Of several behind the same one the first that went stands first. */
static bool put_back(Rewind *rewind, RewindPending *pending)
{
    if (rewind->nodes.at[pending->node].is_there) {
        pending->is_done = true; /* there were too many to look for it among them */
        return true;
    }
    Str rest = pending->place;
    bool is_first = str_find_char(rest, '\n', 0) == SIZE_MAX;
    int section = rewind_section(rewind, str_cut(&rest, '\n'));
    if (section == -2 || (!is_first && is_awaited(rewind, pending, rest))) {
        return false;
    }
    size_t behind = is_first ? SIZE_MAX : rewind_find(rewind, section, rest);
    if (!is_first && behind == SIZE_MAX) {
        return false;
    }
    size_t next = behind == SIZE_MAX ? rewind->firsts[section + 1] : rewind->nodes.at[behind].next;
    while (next != SIZE_MAX && rewind->nodes.at[next].group == rewind->group &&
           str_eq(rewind->nodes.at[next].place, pending->place) && rewind_step(rewind, 1)) {
        behind = next;
        next = rewind->nodes.at[next].next;
    }
    rewind_link(rewind, pending->node, section, behind);
    rewind->nodes.at[pending->node].group = rewind->group;
    rewind->nodes.at[pending->node].place = pending->place;
    pending->is_done = true;
    return true;
}

/* The end of the section where it stood, or, where not even that is known, of the one where it was last. */
static void put_somewhere(Rewind *rewind, RewindPending *pending)
{
    Str rest = pending->place;
    int section = rewind_section(rewind, str_cut(&rest, '\n'));
    section = section == -2 ? rewind->nodes.at[pending->node].section : section;
    rewind_link(rewind, pending->node, section, rewind_last(rewind, section));
    rewind->nodes.at[pending->node].is_lost = true;
    pending->is_done = true;
}

void rewind_put_back(Rewind *rewind)
{
    for (bool is_better = true; is_better;) {
        is_better = false;
        for (size_t i = rewind->pending.n; i-- > 0;) {
            is_better = (!rewind->pending.at[i].is_done && put_back(rewind, &rewind->pending.at[i])) || is_better;
        }
    }
    for (size_t i = rewind->pending.n; i-- > 0;) {
        if (!rewind->pending.at[i].is_done) {
            put_somewhere(rewind, &rewind->pending.at[i]);
        }
    }
    vec_clear(&rewind->pending);
}

void rewind_await(Rewind *rewind, size_t node, Str place)
{
    rewind_unlink(rewind, node);
    for (size_t i = rewind->pending.n; i-- > 0 && rewind_step(rewind, 1);) {
        if (rewind->pending.at[i].node == node) {
            rewind->pending.at[i].place = place;
            rewind->pending.at[i].is_done = false;
            return;
        }
    }
    vec_push(&rewind->pending, (RewindPending){ node, place, false });
}

void rewind_forget(Rewind *rewind, size_t node)
{
    for (size_t i = 0; i < rewind->pending.n && rewind_step(rewind, 1); i++) {
        rewind->pending.at[i].is_done = rewind->pending.at[i].is_done || rewind->pending.at[i].node == node;
    }
}

bool rewind_is_awaiting(Rewind *rewind, size_t node)
{
    for (size_t i = rewind->pending.n; i-- > 0 && rewind_step(rewind, 1);) {
        if (rewind->pending.at[i].node == node && !rewind->pending.at[i].is_done) {
            return true;
        }
    }
    return false;
}
