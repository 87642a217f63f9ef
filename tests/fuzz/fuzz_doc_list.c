/*
 * Items of lists inserted, deleted and moved in any file. The first bytes say what, the rest is the file. What is not refused and
 * passes the guard keeps every line that is not touched, in order; a moved item is found again as it was; and if it
 * can be done on neighbouring items alone, it comes to the same bytes, to the tree that they are read as, and back.
 */
#include <stdint.h>
#include <stdlib.h>

#include "../support/same.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/doc/doc_entry.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { N_OPS = 3, N_CONTROL = 5, MAX_NODES = 128, MAX_EDITS = 2 * N_OPS, MAX_RUN = 3 };

typedef struct Nodes {
    const Node *at[MAX_NODES];
    size_t n;
} Nodes;

typedef struct Run {
    const Doc *doc;
    Nodes lists, items, maps;
    DocEdit edits[MAX_EDITS];
    size_t n_edits;
} Run;

static const Str items[] = { STR_INIT("А, Б"), STR_INIT("27.03") };
static const DocPair pairs[] = {
    { .key = STR_INIT("id"), .value = STR_INIT("k3f9") },
    { .key = STR_INIT("a"), .value = STR_INIT("раз\nдва\n") },
    { .key = STR_INIT("responsible"), .items = items, .n_items = COUNTOF(items) },
    { .key = STR_INIT("b"), .value = STR_INIT("2022-03-29"), .is_plain = true },
    { .key = STR_INIT("no"), .value = STR_INIT("x: #y") },
};
static const DocMap maps[] = { { pairs, 2 }, { pairs + 2, 3 } };
static const Str keys[] = { STR_INIT("events"), STR_INIT("a"), STR_INIT("b"), STR_INIT("marks") };

static void require_at(bool is_true, int line)
{
    if (!is_true) {
        (void)fprintf(stderr, "line %d\n", line);
        abort();
    }
}

#define require(is_true) require_at((is_true), __LINE__)

static void push(Nodes *nodes, const Node *node)
{
    if (nodes->n < MAX_NODES) {
        nodes->at[nodes->n++] = node;
    }
}

static void collect(Run *run, const Node *node, const Node *around)
{
    for (; node != NULL; node = node->next) {
        if (around != NULL && around->kind == NODE_LIST) {
            push(&run->items, node);
        }
        if (node->kind == NODE_LIST) {
            push(&run->lists, node);
        } else if (node->kind == NODE_MAP) {
            push(&run->maps, node);
        }
        collect(run, node->child, node);
    }
}

/* An item of the list, or NULL for its beginning. */
static const Node *item_at(const Node *list, uint8_t choice)
{
    size_t n = choice % 8;
    const Node *item = NULL;
    for (const Node *node = list->child; node != NULL && n > 0; node = node->next, n--) {
        item = node;
    }
    return item;
}

/* Into a list, or under a key that may have none. */
static void add_insert(Run *run, const uint8_t *control, Str bytes)
{
    DocEdit edit = { .kind = DOC_INSERT, .bytes = bytes, .pairs = pairs + control[3] % 3, .n_pairs = control[3] / 4 % 4 };
    edit.n_pairs = edit.n_pairs + control[3] % 3 > COUNTOF(pairs) ? 2 : edit.n_pairs;
    if (control[1] % 8 != 7 && run->lists.n > 0) {
        edit.map = run->lists.at[control[1] / 8 % run->lists.n];
        edit.item = item_at(edit.map, control[2]);
    } else if (run->maps.n > 0) {
        edit.map = run->maps.at[control[2] % run->maps.n];
        edit.key = keys[control[3] % COUNTOF(keys)];
    }
    if (edit.map != NULL) {
        run->edits[run->n_edits++] = edit;
    }
}

static void add_delete(Run *run, const Node *item)
{
    run->edits[run->n_edits++] = (DocEdit){ .kind = DOC_DELETE, .map = item };
}

static void add_op(Run *run, const uint8_t *control)
{
    const Node *item = run->items.n == 0 ? NULL : run->items.at[control[4] % run->items.n];
    size_t from;
    size_t to;
    switch (control[0] % 4) {
    case 0:
        add_insert(run, control, (Str){ 0 });
        break;
    case 1:
        if (item != NULL) {
            add_delete(run, item);
        }
        break;
    case 2:
        if (item != NULL && doc_item_extent(run->doc, item, &from, &to)) {
            add_delete(run, item);
            add_insert(run, control, str_sub(doc_text(run->doc), from, to));
        }
        break;
    default:
        if (run->maps.n > 0) {
            run->edits[run->n_edits++] = (DocEdit){ .map = run->maps.at[control[2] % run->maps.n],
                                                    .key = keys[control[3] % COUNTOF(keys)],
                                                    .maps = maps,
                                                    .n_maps = control[1] % 3 };
        }
    }
}

/* A list that is emptied, or in brackets: its key's line, its own lines. */
static void widen(const Run *run, const Node *item, size_t *begin, size_t *end)
{
    for (size_t i = 0; i < run->lists.n; i++) {
        const Node *list = run->lists.at[i];
        if (list->style == NODE_FLOW && list->start <= item->start && list->end >= item->end) {
            *begin = list->start < *begin ? list->start : *begin;
            *end = list->end > *end ? list->end : *end;
        }
    }
    for (size_t i = 0; i < run->maps.n; i++) {
        for (const Node *key = node_first_key(run->maps.at[i]); key != NULL; key = node_next_key(key)) {
            const Node *list = key->next;
            bool is_last = list->kind == NODE_LIST && list->start <= item->start && list->end == item->end;
            *begin = is_last && key->start < *begin ? key->start : *begin;
        }
    }
}

/* Bytes that may change: the lines of what is named by an edit. */
static bool is_touched(const Run *run, size_t n_edits, size_t from, size_t to)
{
    for (size_t i = 0; i < n_edits; i++) {
        const DocEdit *edit = &run->edits[i];
        const Node *map = edit->map;
        size_t begin = map->start;
        size_t end = map->end;
        if (edit->kind == DOC_INSERT && map->kind == NODE_LIST && map->style == NODE_BLOCK) {
            continue; /* lines come, none changes */
        }
        if (edit->kind == DOC_DELETE) {
            require(doc_item_extent(run->doc, map, &begin, &end));
            widen(run, map, &begin, &end);
        }
        if (edit->kind == DOC_SET || (edit->kind == DOC_INSERT && map->kind == NODE_MAP)) {
            const Node *key = node_own_key(run->doc, map, edit->key);
            begin = key == NULL ? begin : key->start;
            end = key == NULL ? (map->style == NODE_FLOW ? end : begin) : key->next->end > key->end ? key->next->end : key->end;
        }
        if (from <= end && to >= begin) {
            return true;
        }
    }
    return false;
}

static Str take_line(Str text, size_t *at)
{
    size_t from = *at;
    size_t end = from;
    while (end < text.n_bytes && text.at[end] != '\n' && text.at[end] != '\r') {
        end++;
    }
    *at = end < text.n_bytes ? end + 1 : text.n_bytes + 1;
    return str_sub(text, from, end);
}

/* Every line that is not touched, and is not blank, is there, in order. What moves within a line's touch may be anywhere. */
static void check_lines(const Run *run, size_t n_edits, Str before, Str after)
{
    size_t there = 0;
    for (size_t at = 0; at <= before.n_bytes;) {
        size_t from = at;
        Str line = take_line(before, &at);
        if (str_is_blank(line) || is_touched(run, n_edits, from, from + line.n_bytes)) {
            continue;
        }
        bool is_found = false;
        while (!is_found && there <= after.n_bytes) {
            is_found = str_eq(take_line(after, &there), line);
        }
        require(is_found);
    }
}

static void add_tree(StrBuf *out, const Node *node)
{
    strbuf_addf(out, "(%d %d ", node->kind, node->style);
    strbuf_add(out, node->text);
    for (const Node *child = node->child; child != NULL; child = child->next) {
        add_tree(out, child);
    }
    strbuf_add_char(out, ')');
}

/* What was moved is an item somewhere. */
static void check_moved(const Run *run, size_t n_edits, const Doc *after)
{
    StrBuf all = { 0 };
    StrBuf one = { 0 };
    if (doc_root(after) != NULL) {
        add_tree(&all, doc_root(after));
    }
    for (size_t i = 0; i < n_edits; i++) {
        if (run->edits[i].kind == DOC_INSERT && run->edits[i].bytes.n_bytes > 0) {
            strbuf_clear(&one);
            add_tree(&one, run->edits[i - 1].map);
            require(str_find(strbuf_str(&all), strbuf_str(&one), 0) != SIZE_MAX);
        }
    }
    strbuf_done(&all);
    strbuf_done(&one);
}

/* Is it done, and sure? */
static bool make_whole(const Run *run, size_t n_edits, StrBuf *out)
{
    Err err = { 0 };
    if (!doc_edit(run->doc, run->edits, n_edits, out, &err)) {
        require(err.kind == ERR_REFUSED && err.line >= 1 && out->n_bytes == 0);
        return false;
    }
    Doc *after = doc_new(strbuf_str(out));
    bool ok = doc_edit_check(run->doc, after, run->edits, n_edits, &err);
    require(ok || err.kind == ERR_REFUSED);
    if (ok) {
        check_lines(run, n_edits, doc_text(run->doc), strbuf_str(out));
        check_moved(run, n_edits, after);
    }
    doc_free(after);
    return ok;
}

/* The node of what is read alone that stands for one of the file. */
static const Node *find_alone(const Node *node, const Node *wanted, size_t from)
{
    for (; node != NULL; node = node->next) {
        bool is_there = node->start + from == wanted->start && node->end + from == wanted->end && node->kind == wanted->kind;
        const Node *found = is_there ? node : find_alone(node->child, wanted, from);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

/* The same edits of what stands alone; false: some are of something else. */
static bool make_alone(const Run *run, size_t n_edits, const DocEntry *entry, const Node *list, DocEdit *out)
{
    for (size_t i = 0; i < n_edits; i++) {
        const DocEdit *edit = &run->edits[i];
        out[i] = *edit;
        bool is_here = edit->kind == DOC_INSERT && edit->map == list;
        out[i].map = is_here ? doc_entry_list(entry) : find_alone(doc_entry_map(entry), edit->map, doc_entry_from(entry));
        out[i].item = edit->item == NULL ? NULL : find_alone(doc_entry_map(entry), edit->item, doc_entry_from(entry));
        if (out[i].map == NULL || (out[i].item == NULL) != (edit->item == NULL)) {
            return false;
        }
    }
    return true;
}

static void check_doc(const Doc *doc)
{
    Doc *anew = doc_new(doc_text(doc));
    require(same_doc(doc, anew));
    doc_free(anew);
}

static void put_back(Doc *doc, const Node *first, size_t n_items, Str before, Str after, Str text)
{
    DocEntry *entry = doc_entry_new_run(doc, first, n_items);
    require(entry != NULL);
    if (doc_entry_widen(entry, after)) { /* else lines that were others' are comments of these items now */
        require(doc_entry_replace(entry, before));
        require(str_eq(doc_entry_compose(doc, entry), text));
        doc_entry_put(doc, entry);
        check_doc(doc);
    }
    doc_entry_free(entry);
}

static bool try_run(const Run *run, Doc *doc, const Node *list, const Node *first, size_t n, Str whole)
{
    DocEdit edits[MAX_EDITS];
    DocEntry *entry = doc_entry_new_run(doc, first, n);
    bool ok =
        entry != NULL && make_alone(run, run->n_edits, entry, list, edits) && doc_entry_edit(entry, edits, run->n_edits, NULL);
    if (ok) {
        Arena arena = { 0 };
        size_t n_items;
        Str text = arena_copy(&arena, doc_text(doc));
        Str before = arena_copy(&arena, doc_entry_text(entry));
        Str after = arena_copy(&arena, doc_entry_new_text(entry));
        require(str_eq(doc_entry_compose(doc, entry), whole));
        doc_entry_put(doc, entry);
        check_doc(doc);
        const Node *new = doc_entry_put_items(entry, &n_items);
        require(n_items == doc_entry_n_new(entry));
        put_back(doc, new, n_items, before, after, text);
        arena_done(&arena);
    }
    doc_entry_free(entry);
    return ok;
}

static const Node *list_of(const Run *run, const Node *item, const Node **previous)
{
    *previous = NULL;
    for (size_t i = 0; i < run->lists.n; i++) {
        *previous = NULL;
        for (const Node *node = run->lists.at[i]->child; node != NULL; node = node->next) {
            if (node == item) {
                return run->lists.at[i];
            }
            *previous = node;
        }
    }
    return NULL;
}

static DocEntry *open_one(const Run *run, const DocEdit *edit, const Node *list, const Node *first, size_t n)
{
    DocEdit alone;
    Run one = { .doc = run->doc, .edits = { *edit }, .n_edits = 1 };
    DocEntry *entry = first == NULL || list == NULL ? NULL : doc_entry_new_run(run->doc, first, n);
    if (entry != NULL && make_alone(&one, 1, entry, list, &alone) && doc_entry_edit(entry, &alone, 1, NULL)) {
        return entry;
    }
    doc_entry_free(entry);
    return NULL;
}

/* A move as two runs that have no line in common. */
static bool check_two(const Run *run, Doc *doc, Str whole)
{
    const DocEdit *edits = run->edits;
    const Node *previous;
    if (run->n_edits != 2 || edits[0].kind != DOC_DELETE || edits[1].kind != DOC_INSERT || edits[1].item == NULL) {
        return false;
    }
    const Node *list = list_of(run, edits[0].map, &previous);
    DocEntry *gone = open_one(run, &edits[0], list, edits[0].map, 2);
    gone = gone == NULL ? open_one(run, &edits[0], list, previous, 2) : gone;
    DocEntry *come = open_one(run, &edits[1], edits[1].map, edits[1].item, 1);
    bool ok = gone != NULL && come != NULL;
    bool is_first = ok && doc_entry_from(gone) < doc_entry_from(come);
    DocEntry *both[] = { is_first ? gone : come, is_first ? come : gone };
    ok = ok && doc_entry_from(both[0]) + doc_entry_text(both[0]).n_bytes <= doc_entry_from(both[1]);
    if (ok) {
        require(str_eq(doc_entry_compose_all(doc, both, 2), whole));
        doc_entry_put_all(doc, both, 2);
        check_doc(doc);
    }
    doc_entry_free(gone);
    doc_entry_free(come);
    return ok;
}

/* The first run that takes all of the edits is enough: its doc is another one then. whole: empty if it was refused. */
static void check_runs(const Run *run, Doc *doc, Str whole)
{
    if (check_two(run, doc, whole)) {
        return;
    }
    for (size_t i = 0; i < run->lists.n; i++) {
        const Node *list = run->lists.at[i];
        for (const Node *item = list->child; item != NULL; item = item->next) {
            for (size_t n = 1; n <= MAX_RUN; n++) {
                if (try_run(run, doc, list, item, n, whole)) {
                    return;
                }
            }
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const size_t n_control = N_OPS * N_CONTROL;
    if (size < n_control) {
        return 0;
    }
    Doc *doc = doc_new((Str){ (const char *)data + n_control, size - n_control });
    Run run = { .doc = doc };
    StrBuf out = { 0 };
    collect(&run, doc_root(doc), NULL);
    size_t n_first = 0;
    for (size_t i = 0; i < N_OPS; i++) {
        add_op(&run, data + i * N_CONTROL);
        n_first = i == 0 ? run.n_edits : n_first;
        if (data[0] >= 128) {
            break; /* one alone */
        }
    }
    (void)make_whole(&run, n_first, &out);
    strbuf_clear(&out);
    bool ok = make_whole(&run, run.n_edits, &out);
    if (run.n_edits > 0 && size < 2048) {
        check_runs(&run, doc, ok ? strbuf_str(&out) : (Str){ 0 });
    }
    strbuf_done(&out);
    doc_free(doc);
    return 0;
}
