#include <string.h>

#include "store/splices_priv.h"
#include "vekha/core/field_list.h"

typedef VEC(DocMap) MapVec;

bool splices_is_plain(FieldId field, Str value)
{
    FieldType type = field_info(field)->type;
    bool is_number = field == FIELD_NO && value.n_bytes > 0 && value.at[0] != '0';
    for (size_t i = 0; i < value.n_bytes && is_number; i++) {
        is_number = value.at[i] >= '0' && value.at[i] <= '9';
    }
    return type == FIELD_TYPE_DAY || type == FIELD_TYPE_STATUS || is_number;
}

Str splices_key_before(const Doc *doc, const Node *map, FieldId field)
{
    for (int i = (int)field - 1; i >= 0; i--) {
        if (node_own_key(doc, map, field_info((FieldId)i)->name) != NULL) {
            return field_info((FieldId)i)->name;
        }
    }
    return (Str){ 0 };
}

static const void *to_arena(Arena *arena, const void *from, size_t n_bytes)
{
    void *to = arena_alloc(arena, n_bytes);
    return n_bytes > 0 ? memcpy(to, from, n_bytes) : to;
}

void splices_add_pair(SplicesPairs *pairs, Str key, Str value, bool plain)
{
    if (value.n_bytes > 0) {
        vec_push(pairs, (DocPair){ .key = key, .value = value, .is_plain = plain });
    }
}

DocMap splices_take_pairs(Splices *out, SplicesPairs *pairs)
{
    DocMap map = { to_arena(&out->arena, pairs->at, pairs->n * sizeof *pairs->at), pairs->n };
    vec_done(pairs);
    return map;
}

static Str iso(Splices *out, Day day)
{
    StrBuf text = { 0 };
    if (day != 0) {
        day_add_iso(&text, day);
    }
    Str kept = arena_copy(&out->arena, strbuf_str(&text));
    strbuf_done(&text);
    return kept;
}

static DocMap was_map(Splices *out, const Was *was)
{
    SplicesPairs pairs = { 0 };
    splices_add_pair(&pairs, STR("when"), was->when, false);
    splices_add_pair(&pairs, STR("dates"), was->dates, false);
    splices_add_pair(&pairs, STR("on"), iso(out, was->on), true);
    splices_add_pair(&pairs, STR("by"), was->by, false);
    splices_add_pair(&pairs, STR("reason"), was->reason, false);
    return splices_take_pairs(out, &pairs);
}

DocMap splices_conflict_map(Splices *out, const Conflict *conflict)
{
    SplicesPairs pairs = { 0 };
    splices_add_pair(&pairs, STR("field"), conflict->field, false);
    splices_add_pair(&pairs, STR("base"), conflict->base, false);
    splices_add_pair(&pairs, STR("theirs"), conflict->theirs, false);
    return splices_take_pairs(out, &pairs);
}

static DocMap mark_map(Splices *out, const Mark *mark)
{
    SplicesPairs pairs = { 0 };
    splices_add_pair(&pairs, STR("at"), mark->at, true);
    for (int i = 0; i < FIELD_COUNT; i++) {
        StrBuf value = { 0 };
        field_add_mark_value(&value, mark, (FieldId)i);
        Str kept = arena_copy(&out->arena, strbuf_str(&value));
        strbuf_done(&value);
        splices_add_pair(&pairs, field_info((FieldId)i)->name, kept, splices_is_plain((FieldId)i, kept));
    }
    return splices_take_pairs(out, &pairs);
}

void splices_add_lists(Splices *out, SplicesPairs *pairs, FieldId field, const Event *event)
{
    size_t n = field == FIELD_WAS ? event->n_was : field == FIELD_MARKS ? event->n_marks : event->n_conflicts;
    DocMap *maps = arena_alloc(&out->arena, n * sizeof *maps);
    for (size_t i = 0; i < n; i++) {
        maps[i] = field == FIELD_WAS     ? was_map(out, &event->was[i])
                  : field == FIELD_MARKS ? mark_map(out, &event->marks[i])
                                         : splices_conflict_map(out, &event->conflicts[i]);
    }
    if (n > 0) {
        vec_push(pairs, (DocPair){ .key = field_info(field)->name, .maps = maps, .n_maps = n });
    }
}

/* The items of a list of mappings, from its text. */
static void read_maps(Splices *out, FieldId field, Str text, MapVec *maps)
{
    const Was *was = NULL;
    const Conflict *conflicts = NULL;
    unsigned n = 0;
    if (field == FIELD_WAS && was_parse(text, &out->arena, &was, &n)) {
        for (unsigned i = 0; i < n; i++) {
            vec_push(maps, was_map(out, &was[i]));
        }
    } else if (field == FIELD_CONFLICT && conflict_parse(text, &out->arena, &conflicts, &n)) {
        for (unsigned i = 0; i < n; i++) {
            vec_push(maps, splices_conflict_map(out, &conflicts[i]));
        }
    }
}

static size_t count_lines(Str text)
{
    size_t n = text.n_bytes > 0 ? 1 : 0;
    for (size_t i = 0; i < text.n_bytes; i++) {
        n += text.at[i] == '\n';
    }
    return n;
}

/* More items behind those that stand: they stay as they are written. */
static bool is_longer(const FieldEdit *edit)
{
    return edit->before.n_bytes > 0 && edit->after.n_bytes > edit->before.n_bytes && str_starts(edit->after, edit->before) &&
           edit->after.at[edit->before.n_bytes] == '\n';
}

static void edit_maps(Splices *out, const Doc *doc, const Node *map, const FieldEdit *edit)
{
    MapVec maps = { 0 };
    DocEdit base = { .kind = DOC_APPEND, .map = map, .key = field_info(edit->field)->name };
    base.after = splices_key_before(doc, map, edit->field);
    read_maps(out, edit->field, edit->after, &maps);
    if (edit->before.n_bytes == 0 || is_longer(edit)) {
        for (size_t i = count_lines(edit->before); i < maps.n; i++) {
            base.pairs = maps.at[i].pairs;
            base.n_pairs = maps.at[i].n_pairs;
            vec_push(&out->edits, base);
        }
    } else {
        base.kind = DOC_SET;
        base.maps = to_arena(&out->arena, maps.at, maps.n * sizeof *maps.at);
        base.n_maps = maps.n;
        vec_push(&out->edits, base);
    }
    vec_done(&maps);
}

static const Str *split_texts(Splices *out, Str text, size_t *n)
{
    *n = count_lines(text);
    Str *items = arena_alloc(&out->arena, *n * sizeof *items);
    for (size_t i = 0; i < *n; i++) {
        items[i] = str_cut(&text, '\n');
    }
    return items;
}

/* One party is a text, as it was written before, unless a list stood there. */
static void set_texts(Splices *out, const Doc *doc, const Node *map, DocEdit *edit)
{
    const Node *now = node_get(doc, map, edit->key);
    size_t n;
    const Str *items = split_texts(out, edit->value, &n);
    if (n > 1 || now == NULL || now->kind == NODE_LIST) {
        edit->items = items;
        edit->n_items = n;
    }
}

void splices_set_value(Splices *out, const Doc *doc, const Node *map, const FieldEdit *edit)
{
    bool is_own = edit->key.n_bytes > 0;
    Str key = is_own ? edit->key : field_info(edit->field)->name;
    if (edit->after.n_bytes == 0 && node_get(doc, map, key) == NULL) {
        return; /* what a merge brings cannot be taken away here: doc_edit() says so */
    }
    DocEdit set = {
        .kind = edit->after.n_bytes == 0 ? DOC_REMOVE : DOC_SET,
        .map = map,
        .key = key,
        .value = edit->after,
        .is_plain = !is_own && splices_is_plain(edit->field, edit->after),
        .after = is_own ? (Str){ 0 } : splices_key_before(doc, map, edit->field),
    };
    if (set.kind == DOC_SET && !is_own && field_info(edit->field)->type == FIELD_TYPE_TEXTS) {
        set_texts(out, doc, map, &set);
    }
    vec_push(&out->edits, set);
}

static void edit_one(Splices *out, const Doc *doc, const Node *map, const FieldEdit *edit)
{
    bool is_list = edit->key.n_bytes == 0 && field_info(edit->field)->type == FIELD_TYPE_LIST;
    if (is_list && edit->after.n_bytes > 0) {
        edit_maps(out, doc, map, edit);
    } else {
        splices_set_value(out, doc, map, edit);
    }
}

void splices_edit(Splices *out, const Doc *doc, const Node *map, const Change *change)
{
    SplicesMarks marks;
    splices_marks_init(&marks, out, doc, map, change);
    for (size_t i = 0; i < change->n_edits; i++) {
        if (change->edits[i].at.n_bytes > 0) {
            splices_marks_edit(&marks, i);
        } else {
            edit_one(out, doc, map, &change->edits[i]);
        }
    }
    splices_marks_done(&marks);
}
