#include <stdint.h>

#include "doc/doc_edit_priv.h"

/* A list in brackets is walked once: what goes and what comes between two items that stay is one splice. */
typedef struct Walk {
    Editor *editor;
    size_t order; /* of the first edit of the list */
    const Node *list;
    ItemShape shape;
    Str comma;
    const Node *kept;                   /* the last item that stays */
    const Node *first_gone, *last_gone; /* behind it; NULL: none */
    StrBuf text;                        /* what comes, a comma in front of each */
} Walk;

static bool is_comma(Str text, size_t from, size_t to)
{
    size_t n_commas = 0;
    for (size_t i = from; i < to; i++) {
        if (text.at[i] != ',' && text.at[i] != ' ' && text.at[i] != '\n' && text.at[i] != '\r') {
            return false;
        }
        n_commas += text.at[i] == ',';
    }
    return from < to && n_commas == 1;
}

/* As the first two items have it; where there is but one, as it stands behind the bracket. */
static Str find_comma(Walk *walk, Str text)
{
    const Node *list = walk->list;
    const Node *first = list == NULL ? NULL : list->child;
    const Node *second = first == NULL ? NULL : first->next;
    if (second != NULL && is_comma(text, first->end, second->start)) {
        return str_sub(text, first->end, second->start);
    }
    if (second == NULL && first != NULL && first->start > list->body + 1) {
        Str open = str_sub(text, list->body + 1, first->start);
        if (str_is_blank(open) && span_line_end(open, 0) < open.n_bytes && !span_has_odd_white(open)) {
            StrBuf comma = { 0 };
            strbuf_add_char(&comma, ',');
            strbuf_add(&comma, open);
            Str kept = arena_copy(&walk->editor->arena, strbuf_str(&comma));
            strbuf_done(&comma);
            return kept;
        }
    }
    return STR(", ");
}

/* What comes behind the item; NULL: in front of the first. */
static bool take_inserts(Walk *walk, const Node *item)
{
    const Editor *editor = walk->editor;
    size_t n;
    const EditAdd *adds = edit_adds_behind(&editor->adds, walk->list, item, &n);
    for (size_t i = 0; i < n; i++) {
        if (!edit_check_texts(editor, &editor->edits[adds[i].order])) {
            return false;
        }
        strbuf_add(&walk->text, walk->comma);
        if (!edit_add_item_flow(&walk->text, editor, adds[i].order, &walk->shape)) {
            return false;
        }
    }
    return true;
}

/* What has come stands behind what stays, or in front of the next one with the commas at its other side. */
static bool put_gap(Walk *walk, const Node *next)
{
    Editor *editor = walk->editor;
    Str text = strbuf_str(&walk->text);
    if (text.n_bytes == 0 && walk->first_gone == NULL) {
        return true;
    }
    StrBuf out = { 0 };
    size_t from;
    size_t to;
    if (walk->kept != NULL) {
        from = walk->kept->end;
        to = walk->last_gone != NULL ? walk->last_gone->end : from;
        strbuf_add(&out, text);
    } else {
        strbuf_add(&out, str_from(text, walk->comma.n_bytes));
        strbuf_add(&out, next != NULL && text.n_bytes > 0 ? walk->comma : (Str){ 0 });
        from = walk->first_gone != NULL ? walk->first_gone->start : next != NULL ? next->start : walk->list->body + 1;
        to = next != NULL ? next->start : walk->first_gone == NULL ? from : walk->last_gone->end;
        to = next == NULL && text.n_bytes == 0 ? walk->list->end - 1 : to;
    }
    if (edit_has_comment(editor, walk->first_gone, from, to)) {
        strbuf_done(&out);
        return edit_refuse(editor, from, T_DOC_EDIT_COMMENT, editor->edits[walk->order].key);
    }
    SpliceKind kind = from == to ? SPLICE_INSERT : SPLICE_VALUE;
    (void)edit_splice(editor, kind, from, to, walk->order, &out);
    strbuf_clear(&walk->text);
    walk->first_gone = walk->last_gone = NULL;
    return true;
}

static bool walk_list(Walk *walk)
{
    bool ok = take_inserts(walk, NULL);
    for (const Node *item = walk->list->child; ok && item != NULL; item = item->next) {
        if (edit_index_delete(&walk->editor->index, item) != SIZE_MAX) {
            walk->first_gone = walk->first_gone == NULL ? item : walk->first_gone;
            walk->last_gone = item;
        } else {
            ok = put_gap(walk, item);
            walk->kept = item;
        }
        ok = ok && take_inserts(walk, item);
    }
    return ok && put_gap(walk, NULL);
}

static Walk walk_new(const Editor *editor, size_t order, const Node *list)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *map = edit->kind == DOC_DELETE ? NULL : edit->map;
    Walk walk = { .order = order, .list = list };
    walk.shape = edit_item_shape(editor, map, list, NULL, 0, list == NULL ? 0 : list->start);
    walk.shape.is_block = false;
    return walk;
}

static bool plan_missing(Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *key = node_own_key(editor->doc, edit->map, edit->key);
    const Node *value = key->next;
    StrBuf text = { 0 };
    if (edit_earlier(editor, order) != SIZE_MAX) {
        return true;
    }
    size_t at = value->end > value->body ? value->body : edit_end_of_pair(editor, key);
    bool has_blank = at > value->end || value->end > value->body;
    strbuf_add(&text, has_blank ? (Str){ 0 } : value->start > key->end ? STR(" ") : STR(": "));
    if (!edit_add_bracket_list(&text, editor, order)) {
        strbuf_done(&text);
        return false;
    }
    return edit_splice(editor, SPLICE_VALUE, at, at > value->end ? at : value->end, order, &text);
}

bool edit_brackets(Editor *editor, size_t order, const Node *list)
{
    if (list == NULL) {
        return plan_missing(editor, order);
    }
    if (edit_find_list(editor, list)->first < order) {
        return true; /* the edits of a list are planned when the first of them is */
    }
    if (!item_has_braces(editor->text, list)) {
        return edit_refuse(editor, list->start, T_DOC_EDIT_NO_BRACES, editor->edits[order].key);
    }
    Walk walk = walk_new(editor, order, list);
    walk.editor = editor;
    walk.comma = find_comma(&walk, editor->text);
    bool ok = walk_list(&walk);
    strbuf_done(&walk.text);
    return ok;
}

bool edit_add_bracket_list(StrBuf *out, const Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    Walk walk = walk_new(editor, order, NULL);
    bool is_first = true;
    strbuf_add_char(out, '[');
    EditRange range = edit_index_of_key(&editor->index, edit->map, edit->key);
    for (size_t i = 0; i < range.n; i++) {
        size_t here = range.at[i].order;
        const DocEdit *other = &editor->edits[here];
        if (here < order || other->item != NULL || (other->kind != DOC_INSERT && other->kind != DOC_APPEND)) {
            continue;
        }
        strbuf_add(out, is_first ? (Str){ 0 } : STR(", "));
        if (!edit_check_texts(editor, other) || !edit_add_item_flow(out, editor, here, &walk.shape)) {
            return false;
        }
        is_first = false;
    }
    strbuf_add_char(out, ']');
    return true;
}
