#include "vekha/store/writeback.h"

#include <assert.h>
#include <stdint.h>

#include "vekha/doc/doc_edit.h"

enum { MAX_DOC_EDITS = CHANGE_MAX_EDITS + 1, MAX_PAIRS = CHANGE_MAX_EDITS + 1 };

/* The splices of one change; pairs are those of entries that are made whole. */
typedef struct Splices {
    DocEdit edits[MAX_DOC_EDITS];
    size_t n_edits;
    DocPair pairs[2][MAX_PAIRS]; /* of a new mark, of an earlier deadline */
    size_t n_pairs[2];
    Str day; /* of the earlier deadline */
} Splices;

static bool is_plain(FieldId field)
{
    FieldType type = field_info(field)->type;
    return type == FIELD_TYPE_DAY || type == FIELD_TYPE_STATUS;
}

/* Where a key that is not there belongs: after the last of those before it in the order of fields. */
static Str key_before(const Doc *doc, const Node *map, FieldId field)
{
    for (int i = (int)field - 1; i >= 0; i--) {
        if (node_own_key(doc, map, field_info((FieldId)i)->name) != NULL) {
            return field_info((FieldId)i)->name;
        }
    }
    return (Str){ 0 };
}

static const Node *find_mark(const Doc *doc, const Node *event, Str at)
{
    const Node *list = node_get(doc, event, field_info(FIELD_MARKS)->name);
    for (const Node *item = list != NULL && list->kind == NODE_LIST ? list->child : NULL; item != NULL; item = item->next) {
        const Node *value = item->kind == NODE_MAP ? node_get(doc, item, STR("at")) : NULL;
        if (value != NULL && str_eq(value->text, at)) {
            return item;
        }
    }
    return NULL;
}

static void add_set(Splices *out, const Doc *doc, const Node *map, const FieldEdit *edit)
{
    Str key = field_info(edit->field)->name;
    if (edit->after.n_bytes == 0 && node_get(doc, map, key) == NULL) {
        return; /* what a merge brings cannot be taken away here: doc_edit() says so */
    }
    out->edits[out->n_edits++] = (DocEdit){
        .kind = edit->after.n_bytes == 0 ? DOC_REMOVE : DOC_SET,
        .map = map,
        .key = key,
        .value = edit->after,
        .is_plain = is_plain(edit->field),
        .after = key_before(doc, map, edit->field),
    };
}

static void add_pair(Splices *out, int entry, Str key, Str value, bool plain)
{
    if (value.n_bytes > 0) {
        assert(out->n_pairs[entry] < MAX_PAIRS);
        out->pairs[entry][out->n_pairs[entry]++] = (DocPair){ key, value, plain };
    }
}

static void add_entry(Splices *out, const Doc *doc, const Node *map, int entry, FieldId field)
{
    out->edits[out->n_edits++] = (DocEdit){
        .kind = DOC_APPEND,
        .map = map,
        .key = field_info(field)->name,
        .pairs = out->pairs[entry],
        .n_pairs = out->n_pairs[entry],
        .after = key_before(doc, map, field),
    };
}

static void add_new_mark(Splices *out, const Doc *doc, const Node *map, const Change *change)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (edit->at.n_bytes > 0) {
            if (out->n_pairs[0] == 0) {
                add_pair(out, 0, STR("at"), edit->at, true);
            }
            add_pair(out, 0, field_info(edit->field)->name, edit->after, is_plain(edit->field));
        }
    }
    add_entry(out, doc, map, 0, FIELD_MARKS);
}

static void add_moved(Splices *out, const Doc *doc, const Node *map, const Was *moved, StrBuf *day)
{
    if (moved->on != 0) {
        day_add_iso(day, moved->on);
    }
    add_pair(out, 1, STR("when"), moved->when, false);
    add_pair(out, 1, STR("dates"), moved->dates, false);
    add_pair(out, 1, STR("on"), strbuf_str(day), true);
    add_pair(out, 1, STR("by"), moved->by, false);
    add_pair(out, 1, STR("reason"), moved->reason, false);
    add_entry(out, doc, map, 1, FIELD_WAS);
}

static void collect(Splices *out, const Doc *doc, const Node *map, const Change *change, StrBuf *day)
{
    bool has_new_mark = false;
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        const Node *target = edit->at.n_bytes == 0 ? map : find_mark(doc, map, edit->at);
        if (target != NULL) {
            add_set(out, doc, target, edit);
        }
        has_new_mark = has_new_mark || target == NULL;
    }
    if (has_new_mark) {
        add_new_mark(out, doc, map, change);
    }
    if (change->has_moved) {
        add_moved(out, doc, map, &change->moved, day);
    }
}

/* The new reading must be the old one but for this event, and this event as the change makes it. */
static bool check_reading(const Reading *before, size_t event, const Change *change, Reading *after, Err *err)
{
    Event wanted = before->plan.events.at[event];
    bool same = after->plan.events.n == before->plan.events.n && after->plan.sections.n == before->plan.sections.n &&
                after->problems.n <= before->problems.n;
    if (same) {
        change_apply(change, &wanted, &after->plan.arena);
        same = event_eq(&wanted, &after->plan.events.at[event]);
    }
    if (!same) {
        (void)err_set(err, ERR_REFUSED, T_WRITE_NOT_AS_MEANT, TEXT_STR(wanted.no), TEXT_STR(wanted.title));
        (void)err_at(err, wanted.line, 1);
    }
    return same;
}

static bool may_edit(const Doc *doc, const Reading *reading, size_t event, Err *err)
{
    const Binding *binding = &reading->bindings.at[event];
    int line;
    int col;
    if (!binding->is_aliased && binding->map->kind == NODE_MAP) {
        return true;
    }
    doc_place(doc, binding->map->body, &line, &col);
    (void)err_plain(err, ERR_REFUSED, binding->is_aliased ? T_WRITE_ALIASED : T_WRITE_NOT_MAP);
    return err_at(err, line, col);
}

bool writeback(const Doc *doc, const Reading *reading, size_t event, const Change *change, Doc **out_doc, Reading *out_reading,
               Err *err)
{
    bool ok = false;
    Splices splices = { 0 };
    StrBuf day = { 0 };
    StrBuf text = { 0 };
    Doc *after = NULL;
    Reading reread = { 0 };
    if (!may_edit(doc, reading, event, err) || !change_fits(change, &reading->plan.events.at[event], err)) {
        goto out;
    }
    collect(&splices, doc, reading->bindings.at[event].map, change, &day);
    if (!doc_edit(doc, splices.edits, splices.n_edits, &text, err)) {
        goto out;
    }
    after = doc_new(strbuf_str(&text));
    if (!doc_edit_check(doc, after, splices.edits, splices.n_edits, err)) {
        goto out;
    }
    schema_read(after, &reread);
    ok = check_reading(reading, event, change, &reread, err);
out:
    strbuf_done(&day);
    strbuf_done(&text);
    if (ok) {
        *out_doc = after;
        *out_reading = reread;
    } else {
        reading_done(&reread);
        doc_free(after);
    }
    return ok;
}
