#include "store/splices_priv.h"

#include <stdint.h>

#include "vekha/core/header.h"

void splices_done(Splices *splices)
{
    vec_done(&splices->edits);
    arena_done(&splices->arena);
}

/* The last of the keys before that one, in the order of a new plan, that stands there; if none does, the first one behind it. */
static Str header_before(const Doc *doc, const Node *map, Str key)
{
    size_t n;
    const HeaderField *fields = header_fields(&n);
    bool is_behind = false;
    Str found = { 0 };
    for (size_t i = 0; i < n && !(is_behind && found.n_bytes > 0); i++) {
        is_behind = is_behind || str_eq(fields[i].name, key);
        found = node_own_key(doc, map, fields[i].name) != NULL ? fields[i].name : found;
    }
    return found;
}

static void edit_header(Splices *out, const Doc *doc, const Node *map, int section, const Change *change)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        const HeaderField *field = header_find(edit->key, section);
        vec_push(&out->edits, (DocEdit){ .kind = edit->after.n_bytes == 0 ? DOC_REMOVE : DOC_SET,
                                         .map = map,
                                         .key = edit->key,
                                         .value = edit->after,
                                         .is_plain = (field != NULL && field->is_period) ||
                                                     (str_eq(edit->key, STR("no")) && splices_is_plain(FIELD_NO, edit->after)),
                                         .after = header_before(doc, map, edit->key) });
    }
}

/* A new event's values, in the order of the fields. */
static DocMap event_pairs(Splices *out, const Event *event)
{
    SplicesPairs pairs = { 0 };
    for (int i = 0; i < FIELD_COUNT; i++) {
        if (field_info((FieldId)i)->type == FIELD_TYPE_LIST) {
            splices_add_lists(out, &pairs, (FieldId)i, event);
            continue;
        }
        const FieldInfo *info = field_info((FieldId)i);
        StrBuf value = { 0 };
        if (field_is_set(event, (FieldId)i)) {
            field_add_value(&value, event, (FieldId)i);
        }
        Str kept = arena_copy(&out->arena, strbuf_str(&value));
        strbuf_done(&value);
        DocPair pair = { .key = info->name, .value = kept, .is_plain = splices_is_plain((FieldId)i, kept) };
        if (info->type == FIELD_TYPE_TEXTS) {
            pair.items = event->responsible.at;
            pair.n_items = event->responsible.n;
        }
        if (kept.n_bytes > 0) {
            vec_push(&pairs, pair);
        }
    }
    for (unsigned i = 0; i < event->n_own; i++) {
        splices_add_pair(&pairs, event->own[i].key, event->own[i].text, false);
    }
    return splices_take_pairs(out, &pairs);
}

void splices_insert(Splices *out, const Node *list, const Node *item, const Event *event, Str bytes)
{
    DocMap pairs = bytes.n_bytes == 0 ? event_pairs(out, event) : (DocMap){ 0 };
    vec_push(&out->edits,
             (DocEdit){
                 .kind = DOC_INSERT, .map = list, .item = item, .bytes = bytes, .pairs = pairs.pairs, .n_pairs = pairs.n_pairs });
}

/* The map that has the section's list of events; the plan's own for -1. */
static const Node *header_map(const Doc *doc, const Reading *reading, int section)
{
    return section < 0 ? node_resolve(doc, doc_root(doc)) : reading->headers.at[section];
}

static void insert_event(Splices *out, const Doc *doc, const Reading *reading, const ChangeTarget *target, const Event *event,
                         Str bytes)
{
    DocEdit insert = {
        .kind = DOC_INSERT, .map = header_map(doc, reading, target->section), .key = STR("events"), .bytes = bytes
    };
    insert.item = target->after != SIZE_MAX ? reading->bindings.at[target->after].map : NULL;
    insert.after = target->section < 0 ? (Str){ 0 } : STR("title");
    if (bytes.n_bytes == 0) {
        DocMap pairs = event_pairs(out, event);
        insert.pairs = pairs.pairs;
        insert.n_pairs = pairs.n_pairs;
    }
    vec_push(&out->edits, insert);
}

static bool refuse(const Doc *doc, const Node *map, TextId text, Err *err)
{
    int line;
    int col;
    doc_place(doc, map->body, &line, &col);
    (void)err_plain(err, ERR_REFUSED, text);
    return err_at(err, line, col);
}

static bool may_edit(const Doc *doc, const Reading *reading, size_t event, Err *err)
{
    const Binding *binding = &reading->bindings.at[event];
    return binding->is_aliased              ? refuse(doc, binding->map, T_WRITE_ALIASED, err)
           : binding->map->kind != NODE_MAP ? refuse(doc, binding->map, T_WRITE_NOT_MAP, err)
                                            : true;
}

void splices_move(Splices *out, const Doc *doc, const Reading *reading, const ChangeTarget *target, Str bytes)
{
    vec_push(&out->edits, (DocEdit){ .kind = DOC_DELETE, .map = reading->bindings.at[target->event].map });
    insert_event(out, doc, reading, target, NULL, bytes);
}

static bool move_event(Splices *out, const Doc *doc, const Reading *reading, const ChangeTarget *target, Err *err)
{
    const Node *map = reading->bindings.at[target->event].map;
    size_t from;
    size_t to;
    if (!doc_item_extent(doc, map, &from, &to)) {
        return refuse(doc, map, T_WRITE_CANNOT_MOVE, err);
    }
    splices_move(out, doc, reading, target, str_sub(doc_text(doc), from, to));
    return true;
}

void splices_conflict(Splices *out, const Doc *doc, const Conflict *conflict)
{
    DocMap map = splices_conflict_map(out, conflict);
    vec_push(&out->edits, (DocEdit){ .kind = DOC_APPEND,
                                     .map = node_resolve(doc, doc_root(doc)),
                                     .key = field_info(FIELD_CONFLICT)->name,
                                     .pairs = map.pairs,
                                     .n_pairs = map.n_pairs,
                                     .after = STR("title") });
}

bool splices_replace(Splices *out, const Doc *doc, const Reading *reading, size_t event, Str bytes, Err *err)
{
    ChangeTarget target = { .event = event, .section = reading->plan.events.at[event].section, .after = event };
    if (!may_edit(doc, reading, event, err)) {
        return false;
    }
    vec_push(&out->edits, (DocEdit){ .kind = DOC_DELETE, .map = reading->bindings.at[event].map });
    insert_event(out, doc, reading, &target, NULL, bytes);
    return true;
}

bool splices_add(Splices *out, const Doc *doc, const Reading *reading, const Change *change, const ChangeTarget *target, Err *err)
{
    if ((target->event != SIZE_MAX && !may_edit(doc, reading, target->event, err)) ||
        (target->after != SIZE_MAX && !may_edit(doc, reading, target->after, err))) {
        return false;
    }
    const Node *map = target->event != SIZE_MAX ? reading->bindings.at[target->event].map : NULL;
    switch (change->kind) {
    case CHANGE_EDIT:
        splices_edit(out, doc, map, change);
        break;
    case CHANGE_INSERT:
        insert_event(out, doc, reading, target, change->content, change->bytes);
        break;
    case CHANGE_DELETE:
        vec_push(&out->edits, (DocEdit){ .kind = DOC_DELETE, .map = map });
        break;
    case CHANGE_MOVE:
        return move_event(out, doc, reading, target, err);
    case CHANGE_HEADER:
        edit_header(out, doc, header_map(doc, reading, target->section), target->section, change);
        break;
    }
    return true;
}
