#include <stdlib.h>

#include "store/restore_priv.h"

/* The values that differ, as edits of the event or the text of the plan that has them. */

enum { MAX_EDITS = 4096 }; /* of one event: what is proved edit by edit takes the square of their number */

static int by_owner(const void *left, const void *right)
{
    const RewindSlot *a = *(const RewindSlot *const *)left;
    const RewindSlot *b = *(const RewindSlot *const *)right;
    if (a->owner != b->owner) {
        return a->owner < b->owner ? -1 : 1;
    }
    int order = str_cmp(a->edit.at, b->edit.at);
    bool is_own = a->edit.key.n_bytes > 0;
    order = order != 0 ? order : is_own - (b->edit.key.n_bytes > 0);
    order = order != 0 || is_own ? order : (int)a->edit.field - (int)b->edit.field;
    return order != 0 ? order : str_cmp(a->field, b->field);
}

void maker_sort(Maker *maker)
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

static size_t end_of_owner(const Maker *maker, size_t first)
{
    size_t end = first;
    while (end < maker->n_slots && maker->slots[end]->owner == maker->slots[first]->owner) {
        end++;
    }
    return end;
}

/* May the value be set? What stops it is noted. */
static bool is_settable(Maker *maker, const RewindSlot *slot)
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
    const HeaderField *header = rewind_header_field(rewind, slot);
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
        const RewindSlot *slot = maker->slots[i];
        is_there = slot->is_known && slot->edit.field == FIELD_STATUS ? slot->value.n_bytes > 0 : is_there;
    }
    for (size_t i = from; i < to; i++) {
        const RewindSlot *slot = maker->slots[i];
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
        const RewindSlot *slot = maker->slots[i];
        next = i + 1;
        if (change->n_edits >= MAX_EDITS) {
            rewind_note(rewind, RESTORE_CUT, slot->owner, slot->field);
            return;
        }
        if (event != NULL && slot->edit.at.n_bytes > 0) {
            next = end_of_mark(maker, i, end);
            edit_mark(maker, change, event, i, next);
        } else if (rewind_is_other(rewind, slot) && is_settable(maker, slot)) {
            FieldEdit edit = slot->edit;
            edit.after = slot->value;
            change_push(change, edit, rewind->arena);
            if (slot->is_outside) {
                rewind_note(rewind, RESTORE_OUTSIDE, slot->owner, slot->field);
            }
        }
    }
}

void maker_edit_event(Maker *maker, size_t node)
{
    Rewind *rewind = maker->rewind;
    size_t first = first_slot(maker, node);
    if (first < maker->n_slots && maker->slots[first]->owner == node) {
        Change change = change_of(rewind->plan, node, rewind->arena);
        add_edits(maker, &change, &rewind->plan->events.at[node], first, end_of_owner(maker, first));
        if (change.n_edits > 0) {
            maker_push(maker, &change);
        }
    }
}

void maker_edit_header(Maker *maker, int section)
{
    Rewind *rewind = maker->rewind;
    size_t owner = rewind_header(section);
    size_t first = first_slot(maker, owner);
    if (first < maker->n_slots && maker->slots[first]->owner == owner) {
        Change change = { .kind = CHANGE_HEADER, .section = section_ref(rewind->plan, section, rewind->arena) };
        add_edits(maker, &change, NULL, first, end_of_owner(maker, first));
        if (change.n_edits > 0) {
            maker_push(maker, &change);
        }
    }
}

static void take_mark_value(const RewindSlot *slot, Event *event, Mark *marks, Arena *arena)
{
    bool is_next = event->n_marks == 0 || !str_eq(marks[event->n_marks - 1].at, slot->edit.at);
    if (is_next) {
        marks[event->n_marks++].at = slot->edit.at;
    }
    bool ok = field_parse_mark(&marks[event->n_marks - 1], slot->edit.field, slot->value, arena);
    (void)ok; /* is_settable() has tried it */
}

const Event *maker_content(Maker *maker, size_t node)
{
    Rewind *rewind = maker->rewind;
    size_t first = first_slot(maker, node);
    size_t end = first < maker->n_slots && maker->slots[first]->owner == node ? end_of_owner(maker, first) : first;
    Event *event = ARENA_NEW(rewind->arena, Event);
    Mark *marks = arena_alloc(rewind->arena, (end - first + 1) * sizeof *marks);
    OwnText *own = arena_alloc(rewind->arena, (end - first + 1) * sizeof *own);
    for (size_t i = first; i < end; i++) {
        const RewindSlot *slot = maker->slots[i];
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
