#include <stdint.h>

#include "core/event_keys_priv.h"

/* The edits of one mark. */
typedef struct Named {
    Str at;
    unsigned fields; /* a bit each */
} Named;
_Static_assert(FIELD_COUNT <= 32, "a bit for each field");

/* The edits by their marks. */
static void name_edits(const Change *change, KeyTree *out)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (edit->at.n_bytes > 0) {
            Named *named = key_tree_put(out, edit->at, sizeof *named);
            named->fields |= 1U << edit->field;
        }
    }
}

static bool drops_mark(const FieldEdit *edit)
{
    return edit->at.n_bytes > 0 && edit->after.n_bytes == 0 && edit->field == FIELD_STATUS && edit->key.n_bytes == 0;
}

/* Is all that the mark says named by the change that takes it away? Else somebody added to it. */
static bool drops_only_its_own(const KeyTree *named, const FieldEdit *drop, EventKeys *keys, Err *err)
{
    const Mark *mark = event_keys_mark(keys, drop->at);
    const Named *edits = key_tree_find(named, drop->at);
    StrBuf value = { 0 };
    bool ok = true;
    for (int field = 0; mark != NULL && field < FIELD_COUNT && ok; field++) {
        strbuf_clear(&value);
        field_add_mark_value(&value, mark, (FieldId)field);
        ok = (edits->fields & 1U << field) != 0 || value.n_bytes == 0 ||
             err_set(err, ERR_CONFLICT, T_CHANGE_CONFLICT, TEXT_ROW(field_info((FieldId)field)->heading),
                     TEXT_STR(strbuf_str(&value)), TEXT_STR((Str){ 0 }), TEXT_STR((Str){ 0 }));
    }
    strbuf_done(&value);
    return ok;
}

bool change_fits(const Change *change, const Event *event, Err *err)
{
    Arena scratch = { 0 };
    EventKeys keys = { .event = event };
    KeyTree named = { 0 };
    bool fits = true;
    for (size_t i = 0; i < change->n_edits && fits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str now = event_keys_value(&keys, edit, &scratch);
        if (!change_same_value(edit, now, edit->before)) {
            TextArg name = edit->key.n_bytes > 0 ? TEXT_STR(edit->key) : TEXT_ROW(field_info(edit->field)->heading);
            fits =
                err_set(err, ERR_CONFLICT, T_CHANGE_CONFLICT, name, TEXT_STR(now), TEXT_STR(edit->before), TEXT_STR(edit->after));
        }
        if (fits && drops_mark(edit)) {
            if (named.root == NULL) {
                name_edits(change, &named);
            }
            fits = drops_only_its_own(&named, edit, &keys, err);
        }
    }
    key_tree_done(&named);
    event_keys_done(&keys);
    arena_done(&scratch);
    return fits;
}

/* A mark or an own text of the list that is written into. */
typedef struct Slot {
    Str key;
    size_t at;     /* the first that is there, counted from 1; 0: none is */
    size_t n_gone; /* of the first so many items of the list, those of this key are gone */
    bool is_set;   /* of an own text: the others of this key have */
    Str value;     /* this value */
} Slot;

/* The lists of an event that a change may write into: a copy a change, not one an edit. What goes stays in its place until the
 * end. */
typedef struct Lists {
    Event *event;
    Mark *marks;
    OwnText *texts;
    KeyTree mark_slots, text_slots;
    Arena *arena;
} Lists;

static Slot *slot_of(KeyTree *slots, Str key)
{
    return key_tree_put(slots, key, sizeof(Slot));
}

static void add_place(KeyTree *slots, Str key, size_t index)
{
    Slot *slot = slot_of(slots, key);
    slot->at = slot->at == 0 ? index + 1 : slot->at;
}

static void open_lists(Lists *lists, const Change *change)
{
    Event *event = lists->event;
    size_t n_marks = 0;
    size_t n_texts = 0;
    for (size_t i = 0; i < change->n_edits; i++) {
        n_texts += change->edits[i].key.n_bytes > 0;
        n_marks += change->edits[i].key.n_bytes == 0 && change->edits[i].at.n_bytes > 0;
    }
    if (n_marks > 0) {
        lists->marks = arena_alloc(lists->arena, (event->n_marks + n_marks) * sizeof *lists->marks);
        for (unsigned i = 0; i < event->n_marks; i++) {
            lists->marks[i] = event->marks[i];
            add_place(&lists->mark_slots, event->marks[i].at, i);
        }
        event->marks = lists->marks;
    }
    if (n_texts > 0) {
        lists->texts = arena_alloc(lists->arena, (event->n_own + n_texts) * sizeof *lists->texts);
        for (unsigned i = 0; i < event->n_own; i++) {
            lists->texts[i] = event->own[i];
            add_place(&lists->text_slots, event->own[i].key, i);
        }
        event->own = lists->texts;
    }
}

/* All of that key that are there. */
static void drop(Slot *slot, size_t n_items)
{
    slot->at = 0;
    slot->n_gone = n_items;
}

static void apply_to_mark(Lists *lists, const FieldEdit *edit)
{
    Event *event = lists->event;
    Slot *slot = slot_of(&lists->mark_slots, edit->at);
    if (edit->field == FIELD_STATUS && edit->after.n_bytes == 0) {
        drop(slot, event->n_marks);
    } else if (edit->after.n_bytes > 0 || slot->at > 0) {
        if (slot->at == 0) {
            lists->marks[event->n_marks++] = (Mark){ .at = edit->at };
            slot->at = event->n_marks;
        }
        bool ok = field_parse_mark(&lists->marks[slot->at - 1], edit->field, edit->after, lists->arena);
        (void)ok; /* see change_apply() */
    }
}

static void apply_to_own(Lists *lists, const FieldEdit *edit)
{
    Event *event = lists->event;
    Slot *slot = slot_of(&lists->text_slots, edit->key);
    if (edit->after.n_bytes == 0) {
        drop(slot, event->n_own);
        return;
    }
    if (slot->at == 0) {
        lists->texts[event->n_own++] = (OwnText){ .key = edit->key };
        slot->at = event->n_own;
    }
    slot->is_set = true;
    slot->key = edit->key;
    slot->value = edit->after;
}

static void close_lists(Lists *lists)
{
    Event *event = lists->event;
    unsigned n = 0;
    for (unsigned i = 0; i < event->n_marks && lists->marks != NULL; i++) {
        if (i >= slot_of(&lists->mark_slots, lists->marks[i].at)->n_gone) {
            lists->marks[n++] = lists->marks[i];
        }
    }
    event->n_marks = lists->marks != NULL ? n : event->n_marks;
    n = 0;
    for (unsigned i = 0; i < event->n_own && lists->texts != NULL; i++) {
        const Slot *slot = slot_of(&lists->text_slots, lists->texts[i].key);
        if (i >= slot->n_gone) {
            lists->texts[n++] = slot->is_set ? (OwnText){ slot->key, slot->value } : lists->texts[i];
        }
    }
    event->n_own = lists->texts != NULL ? n : event->n_own;
    key_tree_done(&lists->mark_slots);
    key_tree_done(&lists->text_slots);
}

void change_apply(const Change *change, Event *event, Arena *arena)
{
    Lists lists = { .event = event, .arena = arena };
    open_lists(&lists, change);
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (edit->key.n_bytes > 0) {
            apply_to_own(&lists, edit);
        } else if (edit->at.n_bytes > 0) {
            apply_to_mark(&lists, edit);
        } else {
            bool ok = field_parse(event, edit->field, edit->after, arena);
            (void)ok; /* a value that is none of its type leaves the event as it was, and the guard then refuses */
        }
    }
    close_lists(&lists);
}
