#include <stdint.h>

#include "doc/doc_edit_priv.h"

/* A pair in a list may do without braces: [a: b]. */
static bool check_braces(const Editor *editor, const Node *map, Str key)
{
    bool has_braces = map->end > map->body && editor->text.at[map->body] == '{';
    return has_braces || edit_refuse(editor, map->start, T_DOC_EDIT_NO_BRACES, key);
}

/* Has an edit before that one put a key between empty braces? */
static bool has_earlier_key(const Editor *editor, size_t order)
{
    EditRange range = edit_index_of(&editor->index, editor->edits[order].map);
    for (size_t i = 0; i < range.n && range.at[i].order < order; i++) {
        DocEditKind kind = editor->edits[range.at[i].order].kind;
        if (kind != DOC_REMOVE && kind != DOC_DELETE) {
            return true;
        }
    }
    return false;
}

static bool check_implicit(const Editor *editor, const Node *key)
{
    size_t at = key->start;
    while (at > 0 && editor->text.at[at - 1] == ' ') {
        at--;
    }
    return at == 0 || editor->text.at[at - 1] != '?' || edit_refuse(editor, key->start, T_DOC_EDIT_EXPLICIT, key->text);
}

/* A new list of all maps that are appended under the key; the edits behind the first one then have nothing to do. */
static bool add_appended(StrBuf *out, Editor *editor, size_t order, const ScalarPlace *place, bool is_json)
{
    const DocEdit *edit = &editor->edits[order];
    EditRange range = edit_index_of_key(&editor->index, edit->map, edit->key);
    for (size_t i = 0; i < range.n; i++) {
        const DocEdit *one = &editor->edits[range.at[i].order];
        if (one->kind != DOC_APPEND) {
            return edit_refuse(editor, edit->map->start, T_DOC_EDIT_TWICE, edit->key);
        }
        strbuf_add(out, i == 0 ? STR("[") : STR(", "));
        edit_add_pairs(out, one, place, is_json);
    }
    strbuf_add_char(out, ']');
    return true;
}

/* Has the first edit of the key made the list of this one, too? */
static bool is_in_list(const Editor *editor, size_t earlier, size_t order)
{
    DocEditKind kind = editor->edits[earlier].kind;
    return kind == DOC_INSERT || (kind == DOC_APPEND && editor->edits[order].kind == DOC_APPEND);
}

bool edit_flow_add(Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *after = editor->anchors[order];
    bool is_json = edit_is_json(edit->map);
    ScalarPlace place = edit_place(editor, edit->map);
    if (!check_braces(editor, edit->map, edit->key) || (after != NULL && !check_implicit(editor, after))) {
        return false;
    }
    size_t earlier = edit_earlier(editor, order);
    if (earlier != SIZE_MAX) {
        return is_in_list(editor, earlier, order) || edit_refuse(editor, edit->map->start, T_DOC_EDIT_TWICE, edit->key);
    }
    size_t at = after == NULL ? edit->map->body + 1 : edit_end_of_pair(editor, after);
    StrBuf text = { 0 };
    strbuf_add(&text, editor->text.at[at - 1] == ':' ? STR(" ") : (Str){ 0 }); /* `a:,` would be the text «a:» */
    strbuf_add(&text, after != NULL || has_earlier_key(editor, order) ? STR(", ") : (Str){ 0 });
    edit_add_key(&text, edit->key, after, true);
    bool ok = true;
    if (edit->kind == DOC_APPEND) {
        ok = add_appended(&text, editor, order, &place, is_json);
    } else if (edit->kind == DOC_INSERT) {
        ok = edit_add_bracket_list(&text, editor, order);
    } else if (edit->maps != NULL) {
        edit_add_maps(&text, edit, &place, is_json);
    } else if (edit->items != NULL) {
        edit_add_items(&text, edit->items, edit->n_items, &place, is_json);
    } else {
        edit_add_value(&text, edit->value, edit->is_plain, &place, is_json);
    }
    if (!ok) {
        strbuf_done(&text);
        return false;
    }
    return edit_splice(editor, SPLICE_INSERT, at, at, order, &text);
}

/* The comma that goes is the one behind the pair, as long as all pairs before it go; else the one in front of it. */
bool edit_flow_remove(Editor *editor, size_t order, const Node *key)
{
    const Node *map = editor->edits[order].map;
    const Node *next = node_next_key(key);
    const Node *kept = NULL;
    if (!check_braces(editor, map, key->text) || !check_implicit(editor, key)) {
        return false;
    }
    const Node *before = NULL;
    for (const Node *other = node_first_key(map); other != key; other = node_next_key(other)) {
        kept = edit_removes(editor, map, other) ? kept : other;
        before = other;
    }
    size_t from = kept == NULL ? key->start : edit_end_of_pair(editor, before);
    size_t to = edit_end_of_pair(editor, key);
    if (kept == NULL) {
        to = next != NULL ? next->start : map->end - 1;
    }
    if (edit_has_comment(editor, key, from, to)) {
        return edit_refuse(editor, key->start, T_DOC_EDIT_COMMENT, key->text);
    }
    return edit_splice(editor, SPLICE_REMOVE, from, to, order, NULL);
}

bool edit_flow_append(Editor *editor, size_t order, const Node *key)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *list = key->next;
    const Node *last = list->kind == NODE_LIST ? edit_find_list(editor, list)->last : NULL;
    ScalarPlace place = edit_place(editor, edit->map);
    StrBuf text = { 0 };
    bool is_json = edit_is_json(last != NULL && last->kind == NODE_MAP ? last : edit->map);
    if (list->kind == NODE_LIST) {
        size_t at = last != NULL ? last->end : list->body + 1;
        strbuf_add(&text, last != NULL || edit_earlier(editor, order) != SIZE_MAX ? STR(", ") : (Str){ 0 });
        edit_add_pairs(&text, edit, &place, is_json);
        return edit_splice(editor, SPLICE_INSERT, at, at, order, &text);
    }
    size_t earlier = edit_earlier(editor, order);
    if (!node_is_null(list)) {
        return edit_refuse(editor, list->start, T_DOC_EDIT_NO_LIST, edit->key);
    }
    if (earlier != SIZE_MAX) {
        return is_in_list(editor, earlier, order) || edit_refuse(editor, list->start, T_DOC_EDIT_TWICE, edit->key);
    }
    size_t at = list->end > list->body ? list->body : edit_end_of_pair(editor, key);
    bool has_blank = at > list->end || list->end > list->body;
    strbuf_add(&text, has_blank ? (Str){ 0 } : list->start > key->end ? STR(" ") : STR(": "));
    if (!add_appended(&text, editor, order, &place, is_json)) {
        strbuf_done(&text);
        return false;
    }
    return edit_splice(editor, SPLICE_VALUE, at, at > list->end ? at : list->end, order, &text);
}
