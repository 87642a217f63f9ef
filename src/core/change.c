#include "vekha/core/change.h"

#include <stdint.h>
#include <string.h>

/* The value of that key among the event's own columns. */
static Str own_value(const Event *event, Str key)
{
    for (unsigned i = 0; i < event->n_own; i++) {
        if (str_eq(event->own[i].key, key)) {
            return event->own[i].text;
        }
    }
    return (Str){ 0 };
}

Str change_value(const Event *event, const FieldEdit *edit, Arena *arena)
{
    if (edit->key.n_bytes > 0) {
        return arena_copy(arena, own_value(event, edit->key));
    }
    StrBuf value = { 0 };
    const Mark *mark = edit->at.n_bytes > 0 ? event_mark_at(event, edit->at) : NULL;
    if (mark != NULL) {
        field_add_mark_value(&value, mark, edit->field);
    } else if (edit->at.n_bytes == 0 && field_is_set(event, edit->field)) {
        field_add_value(&value, event, edit->field);
    }
    Str copy = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    return copy;
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

/* Is all that the mark says named by the change that takes it away? Else somebody added to it. */
static bool drops_only_its_own(const Change *change, const FieldEdit *drop, const Event *event, Err *err)
{
    const Mark *mark = drop->at.n_bytes > 0 && drop->after.n_bytes == 0 && drop->field == FIELD_STATUS && drop->key.n_bytes == 0
                           ? event_mark_at(event, drop->at)
                           : NULL;
    StrBuf value = { 0 };
    bool ok = true;
    for (int field = 0; mark != NULL && field < FIELD_COUNT && ok; field++) {
        bool is_named = false;
        for (size_t i = 0; i < change->n_edits; i++) {
            is_named = is_named || (change->edits[i].field == (FieldId)field && str_eq(change->edits[i].at, drop->at));
        }
        strbuf_clear(&value);
        field_add_mark_value(&value, mark, (FieldId)field);
        ok = is_named || value.n_bytes == 0 ||
             err_set(err, ERR_CONFLICT, T_CHANGE_CONFLICT, TEXT_ROW(field_info((FieldId)field)->heading),
                     TEXT_STR(strbuf_str(&value)), TEXT_STR((Str){ 0 }), TEXT_STR((Str){ 0 }));
    }
    strbuf_done(&value);
    return ok;
}

bool change_fits(const Change *change, const Event *event, Err *err)
{
    Arena scratch = { 0 };
    bool fits = true;
    for (size_t i = 0; i < change->n_edits && fits; i++) {
        const FieldEdit *edit = &change->edits[i];
        Str now = change_value(event, edit, &scratch);
        if (!change_same_value(edit, now, edit->before)) {
            TextArg name = edit->key.n_bytes > 0 ? TEXT_STR(edit->key) : TEXT_ROW(field_info(edit->field)->heading);
            fits =
                err_set(err, ERR_CONFLICT, T_CHANGE_CONFLICT, name, TEXT_STR(now), TEXT_STR(edit->before), TEXT_STR(edit->after));
        }
        fits = fits && drops_only_its_own(change, edit, event, err);
    }
    arena_done(&scratch);
    return fits;
}

/* The lists of an event that a change may write into: a copy a change, not one an edit. */
typedef struct OwnLists {
    Mark *marks;
    OwnText *texts;
} OwnLists;

static OwnLists own_lists(const Change *change, Event *event, Arena *arena)
{
    size_t n_marks = 0;
    size_t n_texts = 0;
    for (size_t i = 0; i < change->n_edits; i++) {
        n_texts += change->edits[i].key.n_bytes > 0;
        n_marks += change->edits[i].key.n_bytes == 0 && change->edits[i].at.n_bytes > 0;
    }
    OwnLists lists = { 0 };
    if (n_marks > 0) {
        lists.marks = arena_alloc(arena, (event->n_marks + n_marks) * sizeof *lists.marks);
        for (unsigned i = 0; i < event->n_marks; i++) {
            lists.marks[i] = event->marks[i];
        }
        event->marks = lists.marks;
    }
    if (n_texts > 0) {
        lists.texts = arena_alloc(arena, (event->n_own + n_texts) * sizeof *lists.texts);
        for (unsigned i = 0; i < event->n_own; i++) {
            lists.texts[i] = event->own[i];
        }
        event->own = lists.texts;
    }
    return lists;
}

/* The mark at that occurrence; made when missing. */
static Mark *own_mark(Mark *marks, Event *event, Str at)
{
    unsigned found = 0;
    while (found < event->n_marks && !str_eq(marks[found].at, at)) {
        found++;
    }
    if (found == event->n_marks) {
        marks[event->n_marks++] = (Mark){ .at = at };
    }
    return &marks[found];
}

static void drop_mark(Mark *marks, Event *event, Str at)
{
    unsigned n = 0;
    for (unsigned i = 0; i < event->n_marks; i++) {
        if (!str_eq(marks[i].at, at)) {
            marks[n++] = marks[i];
        }
    }
    event->n_marks = n;
}

static void apply_to_mark(const FieldEdit *edit, Event *event, Mark *marks, Arena *arena)
{
    if (edit->field == FIELD_STATUS && edit->after.n_bytes == 0) {
        drop_mark(marks, event, edit->at);
    } else if (edit->after.n_bytes > 0 || event_mark_at(event, edit->at) != NULL) {
        bool ok = field_parse_mark(own_mark(marks, event, edit->at), edit->field, edit->after, arena);
        (void)ok; /* see change_apply() */
    }
}

static void apply_to_own(const FieldEdit *edit, Event *event, OwnText *texts)
{
    unsigned n = 0;
    bool is_new = edit->after.n_bytes > 0;
    for (unsigned i = 0; i < event->n_own; i++) {
        bool is_it = str_eq(texts[i].key, edit->key);
        if (!is_it || edit->after.n_bytes > 0) {
            texts[n++] = is_it ? (OwnText){ edit->key, edit->after } : texts[i];
        }
        is_new = is_new && !is_it;
    }
    if (is_new) {
        texts[n++] = (OwnText){ edit->key, edit->after };
    }
    event->n_own = n;
}

void change_apply(const Change *change, Event *event, Arena *arena)
{
    OwnLists lists = own_lists(change, event, arena);
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (edit->key.n_bytes > 0) {
            apply_to_own(edit, event, lists.texts);
        } else if (edit->at.n_bytes > 0) {
            apply_to_mark(edit, event, lists.marks, arena);
        } else {
            bool ok = field_parse(event, edit->field, edit->after, arena);
            (void)ok; /* a value that is none of its type leaves the event as it was, and the guard then refuses */
        }
    }
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

static bool lists_eq(const Event *a, const Event *b)
{
    if (a->n_was != b->n_was || a->n_marks != b->n_marks || a->n_conflicts != b->n_conflicts || a->n_own != b->n_own ||
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
    for (unsigned i = 0; i < a->n_own; i++) { /* in the order of its keys, which is nobody's business */
        bool same_place = str_eq(a->own[i].key, b->own[i].key);
        if (!str_eq(a->own[i].text, same_place ? b->own[i].text : own_value(b, a->own[i].key))) {
            return false;
        }
    }
    return true;
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
