#include "vekha/core/change.h"

#include <stdint.h>
#include <string.h>

#include "core/event_keys_priv.h"

Str change_value(const Event *event, const FieldEdit *edit, Arena *arena)
{
    EventKeys keys = { .event = event };
    Str value = event_keys_value(&keys, edit, arena);
    event_keys_done(&keys);
    return value;
}

Change change_of(const Plan *plan, size_t event, Arena *arena)
{
    return (Change){ .kind = CHANGE_EDIT, .event = event_ref_copy(plan, event, arena) };
}

void change_push(Change *change, FieldEdit edit, Arena *arena)
{
    if (change->n_edits == change->n_room) {
        size_t n_room = change->n_room * 2 + 8;
        FieldEdit *edits = arena_alloc(arena, n_room * sizeof *edits);
        if (change->n_edits > 0) {
            memcpy(edits, change->edits, change->n_edits * sizeof *edits);
        }
        change->edits = edits;
        change->n_room = n_room;
    }
    change->edits[change->n_edits++] = edit;
}

static void add_edit(Change *change, const Event *event, FieldEdit edit, Arena *arena)
{
    edit.before = change_value(event, &edit, arena);
    if (!str_eq(edit.before, edit.after)) {
        edit.key = arena_copy(arena, edit.key);
        edit.at = arena_copy(arena, edit.at);
        edit.after = arena_copy(arena, edit.after);
        change_push(change, edit, arena);
    }
}

void change_add(Change *change, const Event *event, FieldId field, Str at, Str after, Arena *arena)
{
    add_edit(change, event, (FieldEdit){ .field = field, .at = at, .after = after }, arena);
}

void change_add_own(Change *change, const Event *event, Str key, Str after, Arena *arena)
{
    add_edit(change, event, (FieldEdit){ .key = key, .after = after }, arena);
}

EventRef change_left(const Change *change)
{
    EventRef ref = change->event;
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str *name = edit->field == FIELD_ID      ? &ref.id
                    : edit->field == FIELD_NO    ? &ref.no
                    : edit->field == FIELD_TITLE ? &ref.title
                                                 : NULL;
        if (name != NULL && edit->at.n_bytes == 0 && edit->key.n_bytes == 0) {
            *name = edit->after;
        }
    }
    return ref;
}

/* A planned event has no status line, or one that says so. */
bool change_same_value(const FieldEdit *edit, Str a, Str b)
{
    Str planned = status_info(STATUS_PLANNED)->name;
    return str_eq(a, b) || (edit->key.n_bytes == 0 && edit->field == FIELD_STATUS && (a.n_bytes == 0 || str_eq(a, planned)) &&
                            (b.n_bytes == 0 || str_eq(b, planned)));
}

bool change_is_empty(const Change *change)
{
    return (change->kind == CHANGE_EDIT || change->kind == CHANGE_HEADER) && change->n_edits == 0;
}

/* The section as it is called when its title is another one. */
static SectionRef section_left(const Change *change, Arena *arena)
{
    SectionRef ref = change->section;
    for (size_t i = 0; i < change->n_edits && ref.index >= 0; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (str_eq(edit->key, STR("title")) && str_ends(ref.path, edit->before)) {
            StrBuf path = { 0 };
            strbuf_add(&path, str_sub(ref.path, 0, ref.path.n_bytes - edit->before.n_bytes));
            strbuf_add(&path, edit->after);
            ref.path = arena_copy(arena, strbuf_str(&path));
            strbuf_done(&path);
        }
    }
    return ref;
}

Change change_inverse(const Change *change, Arena *arena)
{
    static const ChangeKind kinds[] = {
        [CHANGE_EDIT] = CHANGE_EDIT, [CHANGE_INSERT] = CHANGE_DELETE, [CHANGE_DELETE] = CHANGE_INSERT,
        [CHANGE_MOVE] = CHANGE_MOVE, [CHANGE_HEADER] = CHANGE_HEADER,
    };
    Change inverse = *change;
    inverse.kind = kinds[change->kind];
    inverse.event = change_left(change);
    inverse.section = section_left(change, arena);
    inverse.from = change->to;
    inverse.to = change->from;
    inverse.edits = arena_alloc(arena, change->n_edits * sizeof *inverse.edits);
    for (size_t i = 0; i < change->n_edits; i++) {
        inverse.edits[i] = change->edits[i];
        inverse.edits[i].before = change->edits[i].after;
        inverse.edits[i].after = change->edits[i].before;
    }
    return inverse;
}

static bool marks_eq(const Mark *a, const Mark *b)
{
    return str_eq(a->at, b->at) && a->status == b->status && a->done == b->done && a->confirmed == b->confirmed &&
           str_eq(a->by, b->by) && str_eq(a->evidence, b->evidence) && str_eq(a->note, b->note) &&
           str_eq(a->confirmed_by, b->confirmed_by);
}

/* In the order of its keys, which is nobody's business. */
static bool own_eq(const Event *a, const Event *b)
{
    EventKeys keys = { .event = b };
    bool same = a->n_own == b->n_own;
    for (unsigned i = 0; i < a->n_own && same; i++) {
        bool same_place = str_eq(a->own[i].key, b->own[i].key);
        same = str_eq(a->own[i].text, same_place ? b->own[i].text : event_keys_own(&keys, a->own[i].key));
    }
    event_keys_done(&keys);
    return same;
}

static bool lists_eq(const Event *a, const Event *b)
{
    if (a->n_was != b->n_was || a->n_marks != b->n_marks || a->n_conflicts != b->n_conflicts ||
        a->responsible.n != b->responsible.n) {
        return false;
    }
    for (unsigned i = 0; i < a->n_was; i++) {
        const Was *x = &a->was[i];
        const Was *y = &b->was[i];
        if (!str_eq(x->when, y->when) || !str_eq(x->dates, y->dates) || !str_eq(x->by, y->by) || !str_eq(x->reason, y->reason) ||
            x->on != y->on) {
            return false;
        }
    }
    for (unsigned i = 0; i < a->n_conflicts; i++) {
        const Conflict *x = &a->conflicts[i];
        const Conflict *y = &b->conflicts[i];
        if (!str_eq(x->field, y->field) || !str_eq(x->base, y->base) || !str_eq(x->theirs, y->theirs)) {
            return false;
        }
    }
    for (unsigned i = 0; i < a->n_marks; i++) {
        if (!marks_eq(&a->marks[i], &b->marks[i])) {
            return false;
        }
    }
    return own_eq(a, b);
}

static bool same_texts(const StrList *a, const StrList *b)
{
    bool same = a->n == b->n;
    for (size_t i = 0; i < a->n && same; i++) {
        same = str_eq(a->at[i], b->at[i]);
    }
    return same;
}

static bool fields_eq(const Event *a, const Event *b, const FieldInfo *info)
{
    const char *x = (const char *)a + (info->offset == SIZE_MAX ? 0 : info->offset);
    const char *y = (const char *)b + (info->offset == SIZE_MAX ? 0 : info->offset);
    switch (info->type) {
    case FIELD_TYPE_TEXT:
        return str_eq(*(const Str *)x, *(const Str *)y);
    case FIELD_TYPE_TEXTS:
        return same_texts((const StrList *)x, (const StrList *)y);
    case FIELD_TYPE_DAY:
        return *(const Day *)x == *(const Day *)y;
    case FIELD_TYPE_STATUS:
        return *(const Status *)x == *(const Status *)y;
    case FIELD_TYPE_LIST:
        break;
    }
    return true; /* see lists_eq() */
}

bool event_eq(const Event *a, const Event *b)
{
    bool same = lists_eq(a, b);
    for (int field = 0; field < FIELD_COUNT && same; field++) {
        same = fields_eq(a, b, field_info((FieldId)field));
    }
    return same;
}
