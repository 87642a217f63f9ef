#include <stdint.h>
#include <stdlib.h>

#include "doc/doc_edit_priv.h"

/*
 * Of the lists that edits change the items of: each is walked once, whatever the number of edits.
 */

/* In the order in which they are met in the tree, if one looks at a node before its children. */
static int by_tree(const Node *a, const Node *b)
{
    if (a->start != b->start) {
        return a->start < b->start ? -1 : 1;
    }
    if (a->end != b->end) {
        return a->end > b->end ? -1 : 1;
    }
    return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

static int by_item(const void *a, const void *b)
{
    return by_tree(((const DeletedItem *)a)->item, ((const DeletedItem *)b)->item);
}

static const Node *next_deleted(const Editor *editor, size_t next)
{
    return next < editor->deleted.n ? editor->deleted.at[next].item : NULL;
}

/* Finds the places of those items from *next on that lie in around, which stands there itself. */
static void find_places(Editor *editor, const Node *around, const ItemPlace *at, size_t *next)
{
    bool is_value = at->list != NULL && at->list->kind == NODE_MAP;
    ItemPlace place = { .list = around, .levels = at->levels + 1 };
    place.key = is_value ? at->previous : NULL;
    place.map = place.key != NULL ? at->list : NULL;
    if (around->style == NODE_FLOW && !item_has_braces(editor->text, around)) {
        return; /* nothing in it can go: item_find() says so */
    }
    const Node *item = next_deleted(editor, *next);
    for (const Node *node = around->child; node != NULL && item != NULL; node = node->next) {
        while (item != NULL && item->start < node->start) { /* not found: item_find() is asked for it alone */
            item = next_deleted(editor, ++*next);
        }
        for (; item == node; item = next_deleted(editor, ++*next)) {
            editor->deleted.at[*next].place = place;
        }
        if (item != NULL && item->start < node->end) {
            find_places(editor, node, &place, next);
            item = next_deleted(editor, *next);
        }
        place.previous = node;
    }
}

/* All at once, as to look for one takes time for the siblings before it. */
static void collect_deleted(Editor *editor)
{
    size_t next = 0;
    for (size_t i = 0; i < editor->n_edits && editor->index.has_deletes; i++) {
        if (editor->edits[i].kind == DOC_DELETE) {
            vec_push(&editor->deleted, (DeletedItem){ .item = editor->edits[i].map });
        }
    }
    if (editor->deleted.n > 1) {
        qsort(editor->deleted.at, editor->deleted.n, sizeof *editor->deleted.at, by_item);
    }
    if (editor->deleted.n > 1 && editor->doc->root != NULL) {
        find_places(editor, editor->doc->root, &(ItemPlace){ 0 }, &next);
    }
}

bool edit_find_item(const Editor *editor, const Node *item, ItemPlace *out)
{
    DeletedItem wanted = { .item = item };
    const DeletedItem *found =
        editor->deleted.n > 1 ? bsearch(&wanted, editor->deleted.at, editor->deleted.n, sizeof wanted, by_item) : NULL;
    if (found == NULL || found->place.list == NULL) {
        return item_find(editor->doc, item, out);
    }
    *out = found->place;
    return out->list->kind == NODE_LIST;
}

static int by_list(const void *a, const void *b)
{
    const EditedList *x = a;
    const EditedList *y = b;
    uintptr_t left = (uintptr_t)x->list;
    uintptr_t right = (uintptr_t)y->list;
    return left != right ? (left > right) - (left < right) : (x->first > y->first) - (x->first < y->first);
}

/* One for each edit; those of one list become one. */
static void collect_lists(Editor *editor)
{
    for (size_t i = 0; i < editor->n_edits; i++) {
        const DocEdit *edit = &editor->edits[i];
        bool adds = edit->kind == DOC_INSERT || edit->kind == DOC_APPEND;
        ItemPlace place = { 0 };
        const Node *list = adds ? edit_list_of(editor, edit) : NULL;
        if (edit->kind == DOC_DELETE) {
            (void)edit_find_item(editor, edit->map, &place);
            list = place.list;
        }
        if (list != NULL) {
            vec_push(&editor->lists,
                     (EditedList){
                         .list = list, .first = i, .first_add = adds ? i : SIZE_MAX, .has_inserts = edit->kind != DOC_APPEND });
        }
    }
    if (editor->lists.n > 1) {
        qsort(editor->lists.at, editor->lists.n, sizeof *editor->lists.at, by_list);
    }
    size_t n = 0;
    for (size_t i = 0; i < editor->lists.n; i++) {
        const EditedList *next = &editor->lists.at[i];
        EditedList *last = n > 0 ? &editor->lists.at[n - 1] : NULL;
        if (last == NULL || last->list != next->list) {
            editor->lists.at[n++] = *next;
        } else {
            last->first_add = next->first_add < last->first_add ? next->first_add : last->first_add;
            last->has_inserts = last->has_inserts || next->has_inserts;
        }
    }
    editor->lists.n = n;
}

static void walk_list(Editor *editor, EditedList *list)
{
    for (const Node *item = list->list->child; item != NULL; item = item->next) {
        list->n_items++;
        list->before_last = list->last;
        list->last = item;
    }
    list->items = arena_alloc(&editor->arena, list->n_items * sizeof *list->items);
    const Node *kept = NULL;
    size_t n = 0;
    for (const Node *item = list->list->child; item != NULL; item = item->next) {
        bool stays = edit_index_delete(&editor->index, item) == SIZE_MAX;
        kept = stays ? item : kept;
        list->items[n++] = (EditedItem){ item, kept };
        list->n_to_kept = stays ? n : list->n_to_kept;
    }
}

void edit_collect(Editor *editor)
{
    collect_deleted(editor);
    collect_lists(editor);
    for (size_t i = 0; i < editor->lists.n; i++) {
        walk_list(editor, &editor->lists.at[i]);
    }
    for (size_t i = 0; i < editor->n_edits; i++) {
        const DocEdit *edit = &editor->edits[i];
        const Node *list = edit->kind == DOC_INSERT || edit->kind == DOC_APPEND ? edit_list_of(editor, edit) : NULL;
        if (list != NULL) {
            const Node *last = edit_find_list(editor, list)->last;
            vec_push(&editor->adds, (EditAdd){ list, edit->kind == DOC_APPEND ? last : edit->item, i });
        }
    }
    edit_adds_sort(&editor->adds);
}

const EditedList *edit_find_list(const Editor *editor, const Node *list)
{
    EditedList wanted = { .list = list };
    size_t low = 0;
    size_t high = editor->lists.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_list(&editor->lists.at[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < editor->lists.n && editor->lists.at[low].list == list ? &editor->lists.at[low] : NULL;
}

size_t edit_item_index(const EditedList *list, const Node *item)
{
    size_t low = 0;
    size_t high = list->n_items;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (list->items[middle].node->start < item->start) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    while (low < list->n_items && list->items[low].node != item && list->items[low].node->start == item->start) {
        low++;
    }
    return low < list->n_items && list->items[low].node == item ? low : SIZE_MAX;
}
