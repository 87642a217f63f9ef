#include "vekha/store/writeback.h"

#include <assert.h>
#include <stdint.h>

#include "store/store_priv.h"
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
        out->pairs[entry][out->n_pairs[entry]++] = (DocPair){ .key = key, .value = value, .is_plain = plain };
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

void patch_done(Patch *patch)
{
    doc_entry_free(patch->entry);
    doc_free(patch->doc);
    reading_done(&patch->reading);
    *patch = (Patch){ 0 };
}

/* Is after what the change makes of before? */
static bool is_made(const Change *change, const Event *before, const Event *after)
{
    Arena arena = { 0 };
    Event wanted = *before;
    change_apply(change, &wanted, &arena);
    bool same = event_eq(&wanted, after);
    arena_done(&arena);
    return same;
}

/* The change the other way round: from what comes out, it leads to what there is. */
static bool is_unmade(const Change *change, const Event *before, const Event *after)
{
    return change_fits(change, after, NULL) && is_made(change, after, before);
}

static bool is_as_meant(const Change *change, bool is_back, const Event *before, const Event *after)
{
    return is_back ? is_unmade(change, before, after) : is_made(change, before, after);
}

/* The new reading must be the old one but for this event, and this event as the change makes it. */
static bool check_reading(const Reading *before, size_t event, const Change *change, bool is_back, const Reading *after)
{
    return after->plan.events.n == before->plan.events.n && after->plan.sections.n == before->plan.sections.n &&
           (is_back || after->problems.n <= before->problems.n) &&
           is_as_meant(change, is_back, &before->plan.events.at[event], &after->plan.events.at[event]);
}

static void read_alone(const Doc *doc, const Node *map, const Reading *reading, Reading *out)
{
    *out = (Reading){ .plan.headings = reading->plan.headings }; /* only lent */
    schema_read_event(doc, map, -1, out);
    out->plan.headings.at = NULL;
}

/* The same for the entry alone. */
static bool check_entry(const Reading *reading, size_t event, const Change *change, bool is_back, const DocEntry *entry)
{
    Reading before;
    Reading after;
    read_alone(doc_entry_doc(entry), doc_entry_map(entry), reading, &before);
    read_alone(doc_entry_new_doc(entry), doc_entry_new_map(entry), reading, &after);
    bool ok = (is_back || after.problems.n <= before.problems.n) &&
              is_as_meant(change, is_back, &reading->plan.events.at[event], &after.plan.events.at[0]);
    reading_done(&before);
    reading_done(&after);
    return ok;
}

static size_t count_char(Str text, char c)
{
    size_t n = 0;
    for (size_t at = str_find_char(text, c, 0); at != SIZE_MAX; at = str_find_char(text, c, at + 1)) {
        n++;
    }
    return n;
}

/* In brackets others may stand on the same line: whether their lines move would have to be looked up for each. */
static bool moves_neighbours(const DocEntry *entry)
{
    Str before = doc_entry_text(entry);
    Str after = doc_entry_new_text(entry);
    return before.at[0] == '{' &&
           (count_char(before, '\n') != count_char(after, '\n') || count_char(before, '\r') != count_char(after, '\r'));
}

/* Takes the entry, which has its new bytes, if it is as the change is meant. */
static bool finish_entry(const Reading *reading, size_t event, const Change *change, bool is_back, DocEntry *entry, Patch *out)
{
    if (moves_neighbours(entry) || !check_entry(reading, event, change, is_back, entry)) {
        doc_entry_free(entry);
        return false;
    }
    *out = (Patch){
        .from = doc_entry_from(entry), .before = doc_entry_text(entry), .after = doc_entry_new_text(entry), .entry = entry
    };
    return true;
}

static DocEntry *open_entry(const Doc *doc, const Reading *reading, size_t event)
{
    const Binding *binding = &reading->bindings.at[event];
    return binding->is_aliased ? NULL : doc_entry_new(doc, binding->map);
}

static bool change_entry(const Doc *doc, const Reading *reading, size_t event, const Change *change, Patch *out)
{
    Splices splices = { 0 };
    StrBuf day = { 0 };
    DocEntry *entry = open_entry(doc, reading, event);
    if (entry == NULL) {
        return false;
    }
    collect(&splices, doc_entry_doc(entry), doc_entry_map(entry), change, &day);
    bool ok = doc_entry_edit(entry, splices.edits, splices.n_edits, NULL);
    strbuf_done(&day);
    if (!ok) {
        doc_entry_free(entry);
        return false;
    }
    return finish_entry(reading, event, change, false, entry, out);
}

/* Where two texts differ, in few bytes if not the fewest. */
static void find_difference(const Doc *doc, Patch *out)
{
    Str a = doc_text(doc);
    Str b = doc_text(out->doc);
    size_t n_same_end = 0;
    size_t shorter = a.n_bytes < b.n_bytes ? a.n_bytes : b.n_bytes;
    while (out->from < shorter && a.at[out->from] == b.at[out->from]) {
        out->from++;
    }
    while (n_same_end < shorter - out->from && a.at[a.n_bytes - n_same_end - 1] == b.at[b.n_bytes - n_same_end - 1]) {
        n_same_end++;
    }
    out->before = str_sub(a, out->from, a.n_bytes - n_same_end);
    out->after = str_sub(b, out->from, b.n_bytes - n_same_end);
}

/* Reads the new text, which the patch has parsed, as a plan. */
static bool finish_whole(const Doc *doc, const Reading *reading, size_t event, const Change *change, bool is_back, Patch *out)
{
    schema_read(out->doc, &out->reading);
    bool ok = !doc_is_broken(out->doc, NULL) && check_reading(reading, event, change, is_back, &out->reading);
    if (ok) {
        find_difference(doc, out);
    } else {
        patch_done(out);
    }
    return ok;
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

bool patch_change_whole(const Doc *doc, const Reading *reading, size_t event, const Change *change, Patch *out, Err *err)
{
    Splices splices = { 0 };
    StrBuf day = { 0 };
    StrBuf text = { 0 };
    *out = (Patch){ 0 };
    if (!may_edit(doc, reading, event, err) || !change_fits(change, &reading->plan.events.at[event], err)) {
        return false;
    }
    collect(&splices, doc, reading->bindings.at[event].map, change, &day);
    bool ok = doc_edit(doc, splices.edits, splices.n_edits, &text, err);
    if (ok) {
        out->doc = doc_new(strbuf_str(&text));
        ok = doc_edit_check(doc, out->doc, splices.edits, splices.n_edits, err);
    }
    strbuf_done(&day);
    strbuf_done(&text);
    if (!ok) {
        patch_done(out);
        return false;
    }
    const Event *was = &reading->plan.events.at[event];
    if (!finish_whole(doc, reading, event, change, false, out)) {
        (void)err_set(err, ERR_REFUSED, T_WRITE_NOT_AS_MEANT, TEXT_STR(was->no), TEXT_STR(was->title));
        return err_at(err, was->line, 1);
    }
    return true;
}

bool patch_change(const Doc *doc, const Reading *reading, size_t event, const Change *change, Patch *out, Err *err)
{
    *out = (Patch){ 0 };
    bool fits = change_fits(change, &reading->plan.events.at[event], NULL);
    return (fits && change_entry(doc, reading, event, change, out)) ||
           patch_change_whole(doc, reading, event, change, out, err); /* which also says why not */
}

bool patch_entry_bytes(const Doc *doc, const Reading *reading, size_t event, const PatchBytes *bytes, Patch *out)
{
    *out = (Patch){ 0 };
    DocEntry *entry = open_entry(doc, reading, event);
    if (entry == NULL) {
        return false;
    }
    Str is = bytes->is_back ? bytes->after : bytes->before;
    Str wanted = bytes->is_back ? bytes->before : bytes->after;
    if (!doc_entry_widen(entry, is) || !doc_entry_replace(entry, wanted)) {
        doc_entry_free(entry);
        return false;
    }
    return finish_entry(reading, event, bytes->change, bytes->is_back, entry, out);
}

bool patch_text_bytes(const Doc *doc, const Reading *reading, size_t event, size_t from, const PatchBytes *bytes, Patch *out)
{
    *out = (Patch){ 0 };
    Str text = doc_text(doc);
    Str is = bytes->is_back ? bytes->after : bytes->before;
    Str wanted = bytes->is_back ? bytes->before : bytes->after;
    if (!str_eq(str_sub(text, from, from + is.n_bytes), is)) {
        return false;
    }
    StrBuf whole = { 0 };
    strbuf_add(&whole, str_sub(text, 0, from));
    strbuf_add(&whole, wanted);
    strbuf_add(&whole, str_from(text, from + is.n_bytes));
    out->doc = doc_new(strbuf_str(&whole));
    strbuf_done(&whole);
    return finish_whole(doc, reading, event, bytes->change, bytes->is_back, out);
}

Str patch_text(Doc *doc, Patch *patch)
{
    return patch->entry != NULL ? doc_entry_compose(doc, patch->entry) : doc_text(patch->doc);
}

void patch_put(Doc **doc, Reading *reading, size_t event, Patch *patch)
{
    if (patch->entry != NULL) {
        put_entry(*doc, reading, event, patch);
    } else {
        const Calendar *folder = reading->folder;
        reading_done(reading);
        doc_free(*doc);
        *doc = patch->doc;
        *reading = patch->reading;
        reading_resolve(reading, folder);
        patch->doc = NULL;
        patch->reading = (Reading){ 0 };
    }
    patch_done(patch);
}
