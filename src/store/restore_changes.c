#include <stdlib.h>
#include <string.h>

#include "store/restore_priv.h"
#include "vekha/core/change_build.h"
#include "vekha/core/header.h"

/* From the plan as it is to what the rewound journal says: changes that all start from the plan. */

enum { MAX_EDITS = 4096 }; /* of one event: what is proved edit by edit takes the square of their number */

typedef struct Maker {
    Rewind *rewind;
    Restore *out;
    const RestoreSlot **slots; /* by owner, then in the order of fields */
    size_t n_slots;
    bool *stays;    /* by node: it is one that the others are put around */
    size_t *before; /* by node, for find_staying() */
} Maker;

static int by_owner(const void *left, const void *right)
{
    const RestoreSlot *a = *(const RestoreSlot *const *)left;
    const RestoreSlot *b = *(const RestoreSlot *const *)right;
    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    int order = str_cmp(a->edit.at, b->edit.at);
    bool is_own = a->edit.key.n_bytes > 0;
    order = order != 0 ? order : is_own - (b->edit.key.n_bytes > 0);
    order = order != 0 || is_own ? order : (int)a->edit.field - (int)b->edit.field;
    return order != 0 ? order : str_cmp(a->field, b->field);
}

static void sort_slots(Maker *maker)
{
    Rewind *rewind = maker->rewind;
    maker->n_slots = rewind->slots.n;
    maker->slots = arena_alloc(rewind->arena, maker->n_slots * sizeof *maker->slots);
    for (size_t i = 0; i < maker->n_slots; i++) {
        maker->slots[i] = &rewind->slots.at[i];
    }
    if (maker->n_slots > 1) {
        qsort(maker->slots, maker->n_slots, sizeof *maker->slots, by_owner);
    }
}

/* The first slot of that owner, or of one behind it. */
static size_t first_slot(const Maker *maker, size_t owner)
{
    size_t low = 0;
    size_t high = maker->n_slots;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (maker->slots[middle]->owner < owner) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* May the value be set? What stops it is noted. */
static bool is_settable(Maker *maker, const RestoreSlot *slot)
{
    Rewind *rewind = maker->rewind;
    Event event = { 0 };
    Mark mark = { 0 };
    if (slot->is_known && rewind_is_cut(slot->value)) {
        bool is_back = str_eq(rewind_said(rewind->arena, slot->edit.before), slot->value);
        if (!is_back) {
            rewind_note(rewind, RESTORE_CUT, slot->owner, slot->field);
        }
        return false;
    }
    const HeaderField *header =
        rewind_is_header(rewind, slot->owner) ? header_find(slot->field, (int)(SIZE_MAX - slot->owner) - 1) : NULL;
    bool is_title = str_eq(slot->field, field_info(FIELD_TITLE)->name);
    bool ok = slot->is_known && !(is_title && str_is_blank(slot->value));
    ok = ok && (header != NULL               ? slot->value.n_bytes == 0 || header_is_value(header, slot->value)
                : slot->edit.key.n_bytes > 0 ? true
                : slot->edit.at.n_bytes > 0  ? field_parse_mark(&mark, slot->edit.field, slot->value, rewind->arena)
                                             : field_parse(&event, slot->edit.field, slot->value, rewind->arena));
    if (!ok) {
        rewind_note(rewind, RESTORE_BAD, slot->owner, slot->field);
    }
    return ok;
}

static bool is_other(const Rewind *rewind, const RestoreSlot *slot)
{
    const HeaderField *header =
        rewind_is_header(rewind, slot->owner) ? header_find(slot->field, (int)(SIZE_MAX - slot->owner) - 1) : NULL;
    return header != NULL ? !header_same(header, slot->edit.before, slot->value)
                          : !change_same_value(&slot->edit, slot->edit.before, slot->value);
}

static void push(Maker *maker, const Change *change)
{
    maker->out->n_edits += change->n_edits;
    vec_push(&maker->out->changes, *change);
}

/* All else that a mark says which goes: the journal may not speak of it. */
static void drop_rest(Maker *maker, Change *change, const Event *event, Str at, size_t first_edit)
{
    Rewind *rewind = maker->rewind;
    for (int field = 0; field < FIELD_COUNT; field++) {
        FieldEdit edit = { .field = (FieldId)field, .at = at };
        bool is_named = false;
        for (size_t i = first_edit; i < change->n_edits; i++) {
            is_named = is_named || (change->edits[i].field == (FieldId)field && str_eq(change->edits[i].at, at));
        }
        if (!is_named && field_info((FieldId)field)->mark_offset != SIZE_MAX) {
            edit.before = change_value(event, &edit, rewind->arena);
            if (edit.before.n_bytes > 0) {
                change_push(change, edit, rewind->arena);
            }
        }
    }
}

/* The slots of one occurrence, from..to. A mark is there if it has a status. */
static void edit_mark(Maker *maker, Change *change, const Event *event, size_t from, size_t to)
{
    Rewind *rewind = maker->rewind;
    Str at = maker->slots[from]->edit.at;
    const Mark *mark = event_mark_at(event, at);
    bool is_there = mark != NULL;
    size_t first_edit = change->n_edits;
    for (size_t i = from; i < to; i++) {
        const RestoreSlot *slot = maker->slots[i];
        is_there = slot->is_known && slot->edit.field == FIELD_STATUS ? slot->value.n_bytes > 0 : is_there;
    }
    for (size_t i = from; i < to; i++) {
        const RestoreSlot *slot = maker->slots[i];
        FieldEdit edit = slot->edit;
        edit.after = is_there ? slot->value : (Str){ 0 };
        bool is_changed = !str_eq(edit.before, edit.after) && (is_there ? is_settable(maker, slot) : slot->is_known);
        if (is_changed) {
            change_push(change, edit, rewind->arena);
        }
        if (is_changed && slot->is_outside) {
            rewind_note(rewind, RESTORE_OUTSIDE, slot->owner, slot->field);
        }
    }
    if (mark != NULL && !is_there) {
        drop_rest(maker, change, event, at, first_edit);
    }
}

static size_t end_of_mark(const Maker *maker, size_t from, size_t end)
{
    size_t to = from + 1;
    while (to < end && str_eq(maker->slots[to]->edit.at, maker->slots[from]->edit.at)) {
        to++;
    }
    return to;
}

/* The slots first..end are the owner's: those of one occurrence side by side. */
static void add_edits(Maker *maker, Change *change, const Event *event, size_t first, size_t end)
{
    Rewind *rewind = maker->rewind;
    for (size_t i = first, next; i < end; i = next) {
        const RestoreSlot *slot = maker->slots[i];
        next = i + 1;
        if (change->n_edits >= MAX_EDITS) {
            rewind_note(rewind, RESTORE_CUT, slot->owner, slot->field);
            return;
        }
        if (event != NULL && slot->edit.at.n_bytes > 0) {
            next = end_of_mark(maker, i, end);
            edit_mark(maker, change, event, i, next);
        } else if (is_other(rewind, slot) && is_settable(maker, slot)) {
            FieldEdit edit = slot->edit;
            edit.after = slot->value;
            change_push(change, edit, rewind->arena);
            if (slot->is_outside) {
                rewind_note(rewind, RESTORE_OUTSIDE, slot->owner, slot->field);
            }
        }
    }
}

static size_t end_of_owner(const Maker *maker, size_t first)
{
    size_t end = first;
    while (end < maker->n_slots && maker->slots[end]->owner == maker->slots[first]->owner) {
        end++;
    }
    return end;
}

static void edit_event(Maker *maker, size_t node)
{
    Rewind *rewind = maker->rewind;
    size_t first = first_slot(maker, node);
    if (first < maker->n_slots && maker->slots[first]->owner == node) {
        Change change = change_of(rewind->plan, node, rewind->arena);
        add_edits(maker, &change, &rewind->plan->events.at[node], first, end_of_owner(maker, first));
        if (change.n_edits > 0) {
            push(maker, &change);
        }
    }
}

static void edit_header(Maker *maker, int section)
{
    Rewind *rewind = maker->rewind;
    size_t owner = rewind_header(section);
    size_t first = first_slot(maker, owner);
    if (first < maker->n_slots && maker->slots[first]->owner == owner) {
        Change change = { .kind = CHANGE_HEADER, .section = section_ref(rewind->plan, section, rewind->arena) };
        add_edits(maker, &change, NULL, first, end_of_owner(maker, first));
        if (change.n_edits > 0) {
            push(maker, &change);
        }
    }
}

static void take_mark_value(const RestoreSlot *slot, Event *event, Mark *marks, Arena *arena)
{
    bool is_next = event->n_marks == 0 || !str_eq(marks[event->n_marks - 1].at, slot->edit.at);
    if (is_next) {
        marks[event->n_marks++].at = slot->edit.at;
    }
    bool ok = field_parse_mark(&marks[event->n_marks - 1], slot->edit.field, slot->value, arena);
    (void)ok; /* is_settable() has tried it */
}

/* The event as the lines of its deletion have it. */
static const Event *content_of(Maker *maker, size_t node)
{
    Rewind *rewind = maker->rewind;
    size_t first = first_slot(maker, node);
    size_t end = first < maker->n_slots && maker->slots[first]->owner == node ? end_of_owner(maker, first) : first;
    Event *event = ARENA_NEW(rewind->arena, Event);
    Mark *marks = arena_alloc(rewind->arena, (end - first + 1) * sizeof *marks);
    OwnText *own = arena_alloc(rewind->arena, (end - first + 1) * sizeof *own);
    for (size_t i = first; i < end; i++) {
        const RestoreSlot *slot = maker->slots[i];
        if (slot->value.n_bytes == 0 || !is_settable(maker, slot)) {
            continue;
        }
        if (slot->edit.key.n_bytes > 0) {
            own[event->n_own++] = (OwnText){ slot->edit.key, slot->value };
        } else if (slot->edit.at.n_bytes > 0) {
            take_mark_value(slot, event, marks, rewind->arena);
        } else {
            bool ok = field_parse(event, slot->edit.field, slot->value, rewind->arena);
            (void)ok;
        }
    }
    event->own = own;
    event->marks = marks;
    return event;
}

/* Behind which event of the plan the node stands, of those that stay where they are. */
static EventPlace place_behind(const Rewind *rewind, int section, size_t behind)
{
    EventPlace place = { .section = section_ref(rewind->plan, section, rewind->arena), .is_first = behind == SIZE_MAX };
    if (behind != SIZE_MAX) {
        place.after = event_ref_copy(rewind->plan, behind, rewind->arena);
    }
    return place;
}

static void come_back(Maker *maker, size_t node, int section, size_t behind)
{
    Rewind *rewind = maker->rewind;
    const Event *content = content_of(maker, node);
    EventPlace place = place_behind(rewind, section, behind);
    if (content->title.n_bytes == 0) {
        rewind_note(rewind, RESTORE_CUT, node, (Str){ 0 });
        return;
    }
    Change change = change_insert(content, &place, rewind->arena);
    if (rewind->nodes.at[node].is_lost) {
        rewind_note(rewind, RESTORE_PLACE, node, (Str){ 0 });
    }
    push(maker, &change);
}

static void go_back(Maker *maker, size_t node, int section, size_t behind)
{
    Rewind *rewind = maker->rewind;
    EventPlace place = place_behind(rewind, section, behind);
    Change change = change_move(rewind->plan, node, &place, rewind->arena);
    if (rewind->nodes.at[node].is_lost) {
        rewind_note(rewind, RESTORE_PLACE, node, (Str){ 0 });
    }
    push(maker, &change);
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

/* One section in its old order. Without a journal's word nothing moves: then all stay. */
static void order_section(Maker *maker, int section)
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
            come_back(maker, i, section, behind);
        } else if (maker->stays[i]) {
            behind = i;
        } else {
            go_back(maker, i, section, behind);
        }
    }
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
        edit_header(maker, section);
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        if (rewind->nodes.at[i].is_there) {
            edit_event(maker, i);
        } else {
            Change change = change_delete(plan, i, rewind->arena);
            push(maker, &change);
        }
    }
    for (int section = -1; section < (int)plan->sections.n; section++) {
        order_section(maker, section);
    }
    note_twins(rewind, SIZE_MAX);
    free(maker->stays);
    free(maker->before);
}

/* Behind which of the plan's events that node would stand, were it alone to be where it was. */
static size_t event_before(const Rewind *rewind, size_t node)
{
    int section = rewind->nodes.at[node].section;
    size_t i = rewind->nodes.at[node].prev;
    while (i != SIZE_MAX && !is_of_section(rewind, i, section)) {
        i = rewind->nodes.at[i].prev;
    }
    return i;
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
    size_t behind = event_before(rewind, node);
    if (!is_there) {
        come_back(maker, node, section, behind);
        return;
    }
    const Plan *plan = rewind->plan;
    size_t above = node > 0 && plan->events.at[node - 1].section == plan->events.at[node].section ? node - 1 : SIZE_MAX;
    edit_event(maker, node);
    if (rewind->nodes.at[node].is_placed && (plan->events.at[node].section != section || above != behind)) {
        go_back(maker, node, section, behind);
    }
    note_twins(rewind, node);
}

void rewind_changes(Rewind *rewind, const RestoreAsk *ask, Restore *out)
{
    Maker maker = { .rewind = rewind, .out = out };
    sort_slots(&maker);
    if (ask->what == RESTORE_EVENT) {
        vec_clear(&rewind->notes); /* of texts of the plan */
        make_event(&maker, ask);
    } else if (ask->what == RESTORE_PLAN) {
        make_plan(&maker);
    } else {
        for (int section = -1; section < (int)rewind->plan->sections.n; section++) {
            edit_header(&maker, section);
        }
    }
    for (size_t i = 0; i < rewind->notes.n; i++) {
        vec_push(&out->notes, rewind->notes.at[i]);
    }
}
