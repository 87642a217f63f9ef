#include <stdint.h>

#include "doc/doc_edit_priv.h"

/* Where an item comes into a list, among those that stay. */
typedef struct Gap {
    const Node *kept; /* the last one that stays in front; NULL: none */
    size_t rank;      /* behind so many, those that go included */
    bool has_before;  /* something of the list stands in front, maybe outside of what is edited */
    bool has_next;    /* something stands behind */
    bool has_behind;  /* and stays */
} Gap;

const Node *edit_list_of(const Editor *editor, const DocEdit *edit)
{
    if (edit->map->kind == NODE_LIST) {
        return edit->map;
    }
    const Node *key = edit->map->kind == NODE_MAP ? node_own_key(editor->doc, edit->map, edit->key) : NULL;
    return key != NULL && key->next->kind == NODE_LIST ? key->next : NULL;
}

static bool is_run(const Editor *editor, const Node *list)
{
    return editor->around != NULL && list == editor->doc->root;
}

/* False: there is no such item. item: NULL: in front of the first one. */
static bool find_gap(const Editor *editor, const Node *list, const Node *item, Gap *gap)
{
    const EditedList *edited = edit_find_list(editor, list);
    size_t index = item == NULL ? SIZE_MAX : edit_item_index(edited, item);
    size_t n_items = edited->n_items;
    size_t n_to_kept = edited->n_to_kept;
    *gap = (Gap){ 0 };
    if (is_run(editor, list) && n_items > editor->around->n_items) { /* the last is the dash behind the run */
        n_items = n_to_kept = editor->around->n_items;
        while (n_to_kept > 0 && edited->items[n_to_kept - 1].kept != edited->items[n_to_kept - 1].node) {
            n_to_kept--;
        }
    }
    if (item != NULL && index >= n_items) {
        return false;
    }
    gap->rank = index + 1; /* 0 where it is the first */
    gap->kept = item == NULL ? NULL : edited->items[index].kept;
    gap->has_next = gap->rank < n_items;
    gap->has_behind = gap->rank < n_to_kept;
    gap->has_before = gap->kept != NULL || (is_run(editor, list) && editor->around->previous != NULL);
    if (is_run(editor, list) && !gap->has_behind && n_items > 0) {
        const Node *outer = edit_outer_item(editor, list, edited->items[n_items - 1].node);
        gap->has_behind = outer != NULL && outer->next != NULL;
        gap->has_next = gap->has_next || gap->has_behind;
    }
    return true;
}

static bool has_blank_between(Str text, const Node *list, const Node *a, const Node *b)
{
    size_t from;
    size_t to;
    ItemPlace at = { .list = list, .previous = a };
    return item_extent_at(text, &at, b, &from, &to) && item_blanks_above(text, from, a->end) < from;
}

/* Are the items separated by blank lines, there where the new one comes? */
static bool is_separated(const Editor *editor, const ItemShape *shape, const Node *list, const Node *item)
{
    const Node *first = edit_outer_item(editor, list, item != NULL ? item : list->child);
    Str text = shape->doc->text;
    if (first->next != NULL) {
        return has_blank_between(text, shape->list, first, first->next);
    }
    const Node *previous = is_run(editor, list) ? NULL : edit_find_list(editor, list)->before_last;
    for (const Node *node = is_run(editor, list) ? shape->list->child : NULL; node != NULL && node != first; node = node->next) {
        previous = node;
    }
    return previous != NULL && has_blank_between(text, shape->list, previous, first);
}

/* Does an edit before that one add to the list, too? */
static bool is_added_to(const Editor *editor, size_t order, const Node *list)
{
    return edit_find_list(editor, list)->first_add < order;
}

/* In front of what the first item takes with it; refused where it has no lines of its own. */
static bool place_in_front(const Editor *editor, const Node *list, size_t *at)
{
    size_t to;
    ItemPlace place = { .list = list };
    if (is_run(editor, list) && editor->around->previous != NULL) {
        return edit_refuse(editor, list->start, T_DOC_EDIT_UNSURE, (Str){ 0 }); /* it depends on what is in front of the run */
    }
    return item_extent_at(editor->text, &place, list->child, at, &to) ||
           edit_refuse(editor, list->start, T_DOC_EDIT_ITEM, (Str){ 0 });
}

static bool insert_lines(Editor *editor, size_t order, const Node *list, const Node *item)
{
    const DocEdit *edit = &editor->edits[order];
    Gap gap;
    size_t at;
    size_t indent;
    if (!find_gap(editor, list, item, &gap)) {
        return edit_refuse(editor, list->start, T_DOC_EDIT_UNSURE, edit->key);
    }
    if (!edit_get_indent(editor, list->body, edit->key, &indent)) {
        return false;
    }
    bool has_place =
        gap.kept != NULL ? edit_place_behind(editor, gap.kept, gap.kept->end, edit->key, &at) : place_in_front(editor, list, &at);
    if (!has_place) {
        return false;
    }
    at = gap.kept != NULL ? item_comments_end(editor->text, at, indent) : at;
    ItemShape shape = edit_item_shape(editor, edit->map, list, item, indent, at);
    bool has_blank = is_separated(editor, &shape, list, item);
    StrBuf text = { 0 };
    if (has_blank && (gap.kept != NULL || (!gap.has_behind && is_added_to(editor, order, list)))) {
        strbuf_add(&text, shape.line_break);
    }
    if (!edit_add_item_lines(&text, editor, order, &shape)) {
        strbuf_done(&text);
        return false;
    }
    strbuf_add(&text, has_blank && gap.kept == NULL && gap.has_behind ? shape.line_break : (Str){ 0 });
    (void)edit_splice_lines(editor, at, 2 * indent + 1, order, &text);
    editor->splices.at[editor->splices.n - 1].rank = gap.rank;
    return true;
}

/* The list is none yet: nothing, a null, or brackets with nothing in them. */
static bool insert_first(Editor *editor, size_t order, const Node *key)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *value = key->next;
    if (value->kind != NODE_LIST && !node_is_null(value)) {
        bool is_alias = value->kind == NODE_ALIAS;
        return edit_refuse(editor, value->start, is_alias ? T_DOC_EDIT_ALIAS : T_DOC_EDIT_NO_LIST,
                           is_alias ? value->text : edit->key);
    }
    if (edit->item != NULL) {
        return edit_refuse(editor, value->start, T_DOC_EDIT_UNSURE, edit->key);
    }
    if (edit->map->style == NODE_BLOCK) {
        return edit_block_open(editor, order, key);
    }
    return edit_brackets(editor, order, value->kind == NODE_LIST ? value : NULL);
}

bool edit_list_insert(Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *list = edit_list_of(editor, edit);
    if (edit_shows_elsewhere(editor, list != NULL ? list : edit->map)) {
        return edit_refuse(editor, edit->map->start, T_DOC_EDIT_NAMED, edit->key);
    }
    if (!edit_check_texts(editor, edit)) {
        return false;
    }
    if (list == NULL || (list->child == NULL && edit->map != list)) {
        return insert_first(editor, order, node_own_key(editor->doc, edit->map, edit->key));
    }
    if (list->style == NODE_FLOW) {
        return edit_brackets(editor, order, list);
    }
    return insert_lines(editor, order, list, edit->kind == DOC_APPEND ? edit_find_list(editor, list)->last : edit->item);
}

/* How many blank lines are directly above the item, in the file; a text above may keep them as its own. */
static size_t count_blanks_above(const Editor *editor, const ItemPlace *at, const Node *item)
{
    const EditAround *around = is_run(editor, at->list) ? editor->around : NULL;
    const Doc *doc = around != NULL ? around->doc : editor->doc;
    ItemPlace place = *at;
    if (around != NULL) {
        place.list = around->list;
        place.previous = at->previous == NULL ? around->previous : edit_outer_item(editor, at->list, at->previous);
        item = edit_outer_item(editor, at->list, item);
    }
    size_t from;
    size_t to;
    size_t count = 0;
    if (place.previous == NULL || !item_extent_at(doc->text, &place, item, &from, &to)) {
        return 0;
    }
    for (size_t up = item_blanks_above(doc->text, from, 0); up < from; up = span_next_line(doc->text, up)) {
        count++;
    }
    return count;
}

/* The whole list goes: `[]` stands behind its key. */
static bool empty_list(Editor *editor, size_t order, const ItemPlace *at)
{
    if (edit_find_list(editor, at->list)->first_add != SIZE_MAX || at->previous != NULL) {
        return true; /* something comes; or the first item sees to it */
    }
    size_t colon = at->key == NULL ? SIZE_MAX : span_after_colon(editor->text, at->key->end, at->list->start);
    if (colon == SIZE_MAX || is_run(editor, at->list)) {
        return edit_refuse(editor, at->list->start, T_DOC_EDIT_LAST_ITEM, (Str){ 0 });
    }
    if (at->list->body > at->list->start) {
        return edit_refuse(editor, at->list->start, T_DOC_EDIT_TAG, at->key->text);
    }
    StrBuf text = { 0 };
    strbuf_add(&text, STR(" []"));
    return edit_splice(editor, SPLICE_VALUE, colon, colon, order, &text);
}

/* The item's lines, and the blank lines that have become needless. */
static bool delete_lines(Editor *editor, size_t order, const ItemPlace *at, size_t from, size_t to)
{
    const Node *item = editor->edits[order].map;
    Gap gap;
    if (!find_gap(editor, at->list, item, &gap)) {
        return edit_refuse(editor, item->start, T_DOC_EDIT_UNSURE, (Str){ 0 }); /* it is none of the run */
    }
    size_t n_above = count_blanks_above(editor, at, item);
    if (!gap.has_before && !gap.has_behind && !empty_list(editor, order, at)) {
        return false;
    }
    if (!gap.has_before) {
        to = gap.has_next ? item_blanks_below(editor->text, to, SIZE_MAX) : to;
    } else if (gap.has_behind) {
        to = item_blanks_below(editor->text, to, n_above);
    } else if (at->previous != NULL) {
        from = item_blanks_above(editor->text, from, at->previous->end);
    } else if (n_above > 0) {
        return edit_refuse(editor, item->start, T_DOC_EDIT_UNSURE, (Str){ 0 }); /* they stand outside of the run */
    }
    return edit_splice(editor, SPLICE_REMOVE, from, to, order, NULL);
}

bool edit_list_delete(Editor *editor, size_t order)
{
    const Node *item = editor->edits[order].map;
    ItemPlace at;
    size_t from;
    size_t to;
    if (item->kind == NODE_ALIAS) {
        return edit_refuse(editor, item->start, T_DOC_EDIT_ALIAS, item->text);
    }
    if (edit_shows_elsewhere(editor, item) || edit_is_named(editor, item->start, item->end)) {
        return edit_refuse(editor, item->start, T_DOC_EDIT_NAMED, (Str){ 0 });
    }
    EditRange range = edit_index_of(&editor->index, item);
    if (range.at[0].order < order) {
        return edit_refuse(editor, item->start, T_DOC_EDIT_TWICE, range.at[0].key);
    }
    if (!edit_find_item(editor, item, &at) || !item_extent_at(editor->text, &at, item, &from, &to)) {
        return edit_refuse(editor, item->start, T_DOC_EDIT_ITEM, (Str){ 0 });
    }
    return at.list->style == NODE_FLOW ? edit_brackets(editor, order, at.list) : delete_lines(editor, order, &at, from, to);
}
