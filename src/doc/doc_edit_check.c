#include <stdint.h>
#include <stdlib.h>

#include "doc/doc_edit_index_priv.h"
#include "doc/doc_priv.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/doc/doc_scalar.h"

/* A list that has items more or less; before: NULL if it is made. */
typedef struct List {
    const Node *map; /* that it is under key of; NULL: it is met as a value, or as an item */
    Str key;
    const Node *before;
} List;

typedef struct Check {
    const Doc *before, *after;
    const DocEdit *edits;
    size_t n_edits;
    EditIndex index;
    bool *seen;         /* for each edit: its key has been met in after */
    const Node *parted; /* the node in before where the trees part */
} Check;

static bool part(Check *check, const Node *node)
{
    check->parted = check->parted == NULL ? node : check->parted;
    return false;
}

static bool is_edited(const Check *check, const Node *map)
{
    return edit_index_of(&check->index, map).n > 0;
}

static bool is_name(const Doc *doc, const Node *key, Str name)
{
    key = node_resolve(doc, key);
    return key->kind == NODE_SCALAR && str_eq(key->text, name);
}

/* The first edit of that key; SIZE_MAX: none. */
static size_t find_edit(const Check *check, const Doc *doc, const Node *map, const Node *key)
{
    key = node_resolve(doc, key);
    EditRange range = key->kind == NODE_SCALAR ? edit_index_of_key(&check->index, map, key->text) : (EditRange){ 0 };
    return range.n > 0 ? range.at[0].order : SIZE_MAX;
}

/* A text must read as a text everywhere; what was given as plain may be of another type. */
static bool is_text(const Node *node, Str text, bool is_plain)
{
    return node != NULL && node->kind == NODE_SCALAR && str_eq(node->text, text) && !node->has_tag &&
           (node->style != NODE_PLAIN || is_plain || doc_scalar_is_plain_string(text, false));
}

/* A list or a map that is new has no name and no type. */
static bool is_new(const Node *node, NodeKind kind)
{
    return node != NULL && node->kind == kind && !node->has_anchor && !node->has_tag;
}

static bool is_texts(const Node *list, const Str *items, size_t n_items)
{
    const Node *item = list->kind == NODE_LIST ? list->child : NULL;
    for (size_t i = 0; i < n_items; i++) {
        if (!is_text(item, items[i], false)) {
            return false;
        }
        item = item->next;
    }
    return list->kind == NODE_LIST && !list->has_tag && item == NULL;
}

static bool is_map(const Node *item, const DocPair *pairs, size_t n_pairs);

static bool is_maps(const Node *list, const DocMap *maps, size_t n_maps)
{
    const Node *item = is_new(list, NODE_LIST) ? list->child : NULL;
    for (size_t i = 0; i < n_maps; i++) {
        if (!is_map(item, maps[i].pairs, maps[i].n_pairs)) {
            return false;
        }
        item = item->next;
    }
    return is_new(list, NODE_LIST) && item == NULL;
}

static bool is_pair_value(const Node *value, const DocPair *pair)
{
    return pair->maps != NULL    ? is_maps(value, pair->maps, pair->n_maps)
           : pair->items != NULL ? is_texts(value, pair->items, pair->n_items)
                                 : is_text(value, pair->value, pair->is_plain);
}

static bool is_map(const Node *item, const DocPair *pairs, size_t n_pairs)
{
    const Node *key = is_new(item, NODE_MAP) ? item->child : NULL;
    for (size_t i = 0; i < n_pairs; i++) {
        const DocPair *pair = &pairs[i];
        if (!is_text(key, pair->key, true) || !is_pair_value(key->next, pair)) {
            return false;
        }
        key = node_next_key(key);
    }
    return is_new(item, NODE_MAP) && key == NULL;
}

static bool is_set(const DocEdit *edit, const Node *value)
{
    if (edit->maps == NULL) {
        return edit->items == NULL ? is_text(value, edit->value, edit->is_plain) : is_texts(value, edit->items, edit->n_items);
    }
    return is_maps(value, edit->maps, edit->n_maps);
}

/* Recursion ends: the parser lets nothing nest deeper than DOC_MAX_LEVELS. */
static bool is_same(Check *check, const Node *before, const Node *after);

/* Is it the item that the bytes are, read alone? */
static bool is_moved(Check *check, const DocEdit *edit, const Node *item)
{
    const Node *source;
    Check plain = { .before = check->before, .after = check->after };
    Doc *doc = edit_read_bytes(edit->bytes, &source);
    bool ok = source != NULL && item != NULL && is_same(&plain, source, item);
    doc_free(doc);
    return ok;
}

static void collect_range(const Check *check, const EditRange *range, const List *list, bool is_list, EditAddVec *adds)
{
    const Node *last = list->before == NULL ? NULL : list->before->child;
    while (last != NULL && last->next != NULL) {
        last = last->next;
    }
    for (size_t i = 0; i < range->n; i++) {
        size_t order = range->at[i].order;
        const DocEdit *edit = &check->edits[order];
        if ((edit->kind == DOC_INSERT || edit->kind == DOC_APPEND) && (edit->map->kind == NODE_LIST) == is_list) {
            vec_push(adds, (EditAdd){ list->before, edit->kind == DOC_APPEND ? last : edit->item, order });
        }
    }
}

/* The edits that add to the list: by its map and key, or by itself. */
static void collect_adds(const Check *check, const List *list, EditAddVec *adds)
{
    EditRange by_key = list->map == NULL ? (EditRange){ 0 } : edit_index_of_key(&check->index, list->map, list->key);
    EditRange by_list = list->before == NULL ? (EditRange){ 0 } : edit_index_of(&check->index, list->before);
    collect_range(check, &by_key, list, false, adds);
    collect_range(check, &by_list, list, true, adds);
    edit_adds_sort(adds);
}

/* Takes the items that come behind item (NULL: in front of all) off the new ones. */
static bool take_new(Check *check, const List *list, const EditAddVec *adds, const Node *item, const Node **new)
{
    size_t n;
    const EditAdd *here = edit_adds_behind(adds, list->before, item, &n);
    for (size_t i = 0; i < n; i++) {
        const DocEdit *edit = &check->edits[here[i].order];
        check->seen[here[i].order] = true;
        if (!(edit->bytes.n_bytes > 0 ? is_moved(check, edit, *new) : is_map(*new, edit->pairs, edit->n_pairs))) {
            return false;
        }
        *new = (*new)->next;
    }
    return true;
}

static bool is_deleted(Check *check, const Node *item)
{
    size_t edit = edit_index_delete(&check->index, item);
    if (edit != SIZE_MAX) {
        check->seen[edit] = true;
    }
    return edit != SIZE_MAX;
}

static bool follows(Check *check, const List *list, const EditAddVec *adds, const Node *after)
{
    const Node *new = after->child;
    bool has_kept = false;
    if (!take_new(check, list, adds, NULL, &new)) {
        return false;
    }
    for (const Node *old = list->before == NULL ? NULL : list->before->child; old != NULL; old = old->next) {
        if (!is_deleted(check, old)) {
            has_kept = true;
            if (new == NULL || !is_same(check, old, new)) {
                return part(check, old);
            }
            new = new->next;
        }
        if (!take_new(check, list, adds, old, &new)) {
            return part(check, old);
        }
    }
    return new == NULL && (!has_kept || after->style == list->before->style);
}

/* Is after the list with the items that go gone, and those that come at their places? */
static bool is_edited_list(Check *check, const List *list, const Node *after)
{
    EditAddVec adds = { 0 };
    collect_adds(check, list, &adds);
    bool same = follows(check, list, &adds, after);
    vec_done(&adds);
    return same;
}

static bool is_list(Check *check, const Node *map, Str key, const Node *before, const Node *after)
{
    bool was_list = before != NULL && before->kind == NODE_LIST;
    List list = { .map = map, .key = key, .before = was_list ? before : NULL };
    return after->kind == NODE_LIST && (before == NULL || was_list || node_is_null(before)) &&
           (!was_list || (before->has_anchor == after->has_anchor && before->has_tag == after->has_tag)) &&
           is_edited_list(check, &list, after);
}

/* The value that the edits of this key make; before: NULL if the key is new. */
static bool is_made(Check *check, const Node *map, const Node *before, const Node *after, size_t edit)
{
    if (check->seen[edit]) {
        return false;
    }
    check->seen[edit] = true;
    switch (check->edits[edit].kind) {
    case DOC_SET:
        return is_set(&check->edits[edit], after);
    case DOC_REMOVE:
        return false;
    case DOC_APPEND:
    case DOC_INSERT:
        return is_list(check, map, check->edits[edit].key, before, after);
    case DOC_DELETE:
        return false;
    }
    return false;
}

/* Behind the keys that go. */
static const Node *skip_removed(Check *check, const Node *map, const Node *key)
{
    while (key != NULL) {
        size_t edit = find_edit(check, check->before, map, key);
        if (edit == SIZE_MAX || check->edits[edit].kind != DOC_REMOVE) {
            break;
        }
        key = node_next_key(key);
    }
    return key;
}

static bool is_same_pair(Check *check, const Node *map, const Node *before, const Node *after)
{
    size_t edit = find_edit(check, check->before, map, before);
    if (edit != SIZE_MAX) {
        return is_made(check, map, before->next, after->next, edit) || part(check, before);
    }
    return is_same(check, before, after) && is_same(check, before->next, after->next);
}

static bool is_edited_map(Check *check, const Node *before, const Node *after)
{
    const Node *old = skip_removed(check, before, node_first_key(before));
    for (const Node *key = node_first_key(after); key != NULL; key = node_next_key(key)) {
        const Node *name = node_resolve(check->after, key);
        bool is_old = old != NULL && name->kind != NODE_SCALAR;
        is_old = is_old || (old != NULL && name->kind == NODE_SCALAR && is_name(check->before, old, name->text));
        if (is_old) {
            if (!is_same_pair(check, before, old, key)) {
                return false;
            }
            old = skip_removed(check, before, node_next_key(old));
            continue;
        }
        size_t edit = find_edit(check, check->after, before, key);
        if (edit == SIZE_MAX || !is_made(check, before, NULL, key->next, edit)) {
            return part(check, old == NULL ? before : old);
        }
    }
    return old == NULL || part(check, old);
}

/* Is it named by edits, or are items of it? */
static bool is_edited_node(const Check *check, const Node *list)
{
    EditRange range = edit_index_of(&check->index, list);
    for (size_t i = 0; i < range.n; i++) {
        if (check->edits[range.at[i].order].kind == DOC_INSERT) {
            return true;
        }
    }
    const Node *item = check->index.has_deletes ? list->child : NULL;
    while (item != NULL && edit_index_delete(&check->index, item) == SIZE_MAX) {
        item = item->next;
    }
    return item != NULL;
}

static bool is_same(Check *check, const Node *before, const Node *after)
{
    if (before->kind != after->kind || before->has_anchor != after->has_anchor || before->has_tag != after->has_tag ||
        !str_eq(before->text, after->text)) {
        return part(check, before);
    }
    bool may_change_style = before->kind == NODE_LIST; /* where nothing stays in it */
    if (!may_change_style && before->style != after->style) {
        return part(check, before);
    }
    if (before->kind == NODE_MAP && is_edited(check, before)) {
        return is_edited_map(check, before, after);
    }
    if (before->kind == NODE_LIST && is_edited_node(check, before)) {
        List list = { .before = before };
        return is_edited_list(check, &list, after) || part(check, before);
    }
    if (before->style != after->style) {
        return part(check, before);
    }
    const Node *other = after->child;
    for (const Node *node = before->child; node != NULL; node = node->next, other = other->next) {
        if (other == NULL) {
            return part(check, node);
        }
        if (!is_same(check, node, other)) {
            return false;
        }
    }
    return other == NULL || part(check, before);
}

/* A key that should be there, and nobody has met. */
static bool all_seen(Check *check)
{
    for (size_t i = 0; i < check->n_edits; i++) {
        if (!check->seen[i] && check->edits[i].kind != DOC_REMOVE) {
            return part(check, check->edits[i].map);
        }
    }
    return true;
}

bool doc_edit_check(const Doc *before, const Doc *after, const DocEdit *edits, size_t n_edits, Err *err)
{
    Check check = { .before = before, .after = after, .edits = edits, .n_edits = n_edits };
    const Node *root = doc_root(before);
    bool ok = !doc_is_broken(after, NULL) && (root == NULL) == (doc_root(after) == NULL);
    check.index = edit_index_new(edits, n_edits);
    check.seen = mem_new(n_edits);
    ok = ok && (root == NULL || is_same(&check, root, doc_root(after))) && all_seen(&check);
    free(check.seen);
    edit_index_done(&check.index);
    if (!ok) {
        int line;
        int col;
        const Node *place = check.parted != NULL ? check.parted : n_edits > 0 ? edits[0].map : NULL;
        doc_place(before, place == NULL ? 0 : place->start, &line, &col);
        (void)err_plain(err, ERR_REFUSED, T_DOC_EDIT_UNSURE);
        return err_at(err, line, col);
    }
    return true;
}
