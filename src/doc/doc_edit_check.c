#include <stdint.h>
#include <stdlib.h>

#include "doc/doc_priv.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/doc/doc_scalar.h"

typedef struct Check {
    const Doc *before, *after;
    const DocEdit *edits;
    size_t n_edits;
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
    for (size_t i = 0; i < check->n_edits; i++) {
        if (check->edits[i].map == map) {
            return true;
        }
    }
    return false;
}

static bool is_name(const Doc *doc, const Node *key, Str name)
{
    key = node_resolve(doc, key);
    return key->kind == NODE_SCALAR && str_eq(key->text, name);
}

/* The first edit of that key at or after from; SIZE_MAX: none. */
static size_t find_edit(const Check *check, const Doc *doc, const Node *map, const Node *key, size_t from)
{
    for (size_t i = from; i < check->n_edits; i++) {
        if (check->edits[i].map == map && is_name(doc, key, check->edits[i].key)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* A text must read as a text everywhere; what was given as plain may be of another type. */
static bool is_text(const Node *node, Str text, bool is_plain)
{
    return node != NULL && node->kind == NODE_SCALAR && str_eq(node->text, text) && !node->has_tag &&
           (node->style != NODE_PLAIN || is_plain || doc_scalar_is_plain_string(text, false));
}

static bool is_set(const DocEdit *edit, const Node *value)
{
    if (edit->items == NULL) {
        return is_text(value, edit->value, edit->is_plain);
    }
    const Node *item = value->kind == NODE_LIST ? value->child : NULL;
    for (size_t i = 0; i < edit->n_items; i++) {
        if (!is_text(item, edit->items[i], false)) {
            return false;
        }
        item = item->next;
    }
    return value->kind == NODE_LIST && item == NULL;
}

static bool is_item(const DocEdit *edit, const Node *item)
{
    const Node *key = item != NULL && item->kind == NODE_MAP ? item->child : NULL;
    for (size_t i = 0; i < edit->n_pairs; i++) {
        const DocPair *pair = &edit->pairs[i];
        if (!is_text(key, pair->key, true) || !is_text(key->next, pair->value, pair->is_plain)) {
            return false;
        }
        key = node_next_key(key);
    }
    return item != NULL && item->kind == NODE_MAP && key == NULL;
}

/* Recursion ends: the parser lets nothing nest deeper than DOC_MAX_LEVELS. */
static bool is_same(Check *check, const Node *before, const Node *after);

/* from: the first item that is new. */
static bool has_items(Check *check, const Node *map, const Node *item, size_t edit)
{
    Str key = check->edits[edit].key;
    for (size_t i = edit; i < check->n_edits; i++) {
        if (check->edits[i].map == map && str_eq(check->edits[i].key, key)) {
            check->seen[i] = true;
            if (!is_item(&check->edits[i], item)) {
                return false;
            }
            item = item->next;
        }
    }
    return item == NULL;
}

static bool is_appended(Check *check, const Node *map, const Node *before, const Node *after, size_t edit)
{
    if (after->kind != NODE_LIST || !(before == NULL || before->kind == NODE_LIST || node_is_null(before))) {
        return false;
    }
    const Node *old = before == NULL ? NULL : before->child;
    const Node *item = after->child;
    for (; old != NULL; old = old->next, item = item->next) {
        if (item == NULL || !is_same(check, old, item)) {
            return false;
        }
    }
    return has_items(check, map, item, edit);
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
        return is_appended(check, map, before, after, edit);
    }
    return false;
}

/* Behind the keys that go. */
static const Node *skip_removed(Check *check, const Node *map, const Node *key)
{
    while (key != NULL) {
        size_t edit = find_edit(check, check->before, map, key, 0);
        if (edit == SIZE_MAX || check->edits[edit].kind != DOC_REMOVE) {
            break;
        }
        key = node_next_key(key);
    }
    return key;
}

static bool is_same_pair(Check *check, const Node *map, const Node *before, const Node *after)
{
    size_t edit = find_edit(check, check->before, map, before, 0);
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
        size_t edit = find_edit(check, check->after, before, key, 0);
        if (edit == SIZE_MAX || !is_made(check, before, NULL, key->next, edit)) {
            return part(check, old == NULL ? before : old);
        }
    }
    return old == NULL || part(check, old);
}

static bool is_same(Check *check, const Node *before, const Node *after)
{
    if (before->kind != after->kind || before->has_anchor != after->has_anchor || before->has_tag != after->has_tag ||
        before->style != after->style || !str_eq(before->text, after->text)) {
        return part(check, before);
    }
    if (before->kind == NODE_MAP && is_edited(check, before)) {
        return is_edited_map(check, before, after);
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
    check.seen = mem_new(n_edits);
    ok = ok && (root == NULL || is_same(&check, root, doc_root(after))) && all_seen(&check);
    free(check.seen);
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
