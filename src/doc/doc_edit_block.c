#include <stdint.h>

#include "doc/doc_edit_priv.h"

enum { INDENT_STEP = 2 };

size_t edit_indent_of(Str text, size_t at)
{
    size_t line = span_line_start(text, at);
    line += line == 0 ? span_bom(text) : 0;
    for (size_t i = line; i < at; i++) {
        char c = text.at[i];
        if (c != ' ' && c != '-' && c != '?' && c != ':') {
            return SIZE_MAX;
        }
    }
    return at - line;
}

bool edit_get_indent(const Editor *editor, size_t at, Str key, size_t *indent)
{
    *indent = edit_indent_of(editor->text, at);
    return *indent != SIZE_MAX || edit_refuse(editor, at, T_DOC_EDIT_INDENT, key);
}

static size_t end_of_pair(const Node *key)
{
    return key->next->end > key->end ? key->next->end : key->end;
}

static bool is_at_line(Str text, size_t at)
{
    return at > 0 && (text.at[at - 1] == '\n' || text.at[at - 1] == '\r');
}

/* A block scalar whose last line has no break would get one if lines were put behind it, and with it another value. */
bool edit_place_behind(const Editor *editor, const Node *node, size_t end, Str key, size_t *at)
{
    Str text = editor->text;
    *at = item_lines_end(text, end);
    const Node *last = node;
    while (last->child != NULL) {
        for (last = last->child; last->next != NULL; last = last->next) {
        }
    }
    bool is_block_scalar = last->kind == NODE_SCALAR && last->style >= NODE_LITERAL;
    if (!is_block_scalar || is_at_line(text, end) || span_line_end(text, end) < text.n_bytes) {
        return true;
    }
    Str header = str_sub(text, last->body, span_line_end(text, last->body));
    bool has_no_last_break = str_find_char(header, '-', 0) != SIZE_MAX;
    return has_no_last_break || edit_refuse(editor, last->start, T_DOC_EDIT_NO_BREAK, key);
}

static void add_line(StrBuf *out, const Editor *editor, size_t at, size_t indent)
{
    if (out->n_bytes > 0) {
        strbuf_add(out, edit_line_break(editor, at));
    }
    strbuf_add_chars(out, ' ', indent);
}

/* `- {key: value}`, or a line a pair as the item before has it. */
static void add_item(StrBuf *out, const Editor *editor, size_t order, const Node *model, size_t at, size_t indent)
{
    const DocEdit *edit = &editor->edits[order];
    bool is_block = model != NULL && model->kind == NODE_MAP && model->style == NODE_BLOCK && edit->n_pairs > 0;
    ScalarPlace place = edit_place(editor, model != NULL && model->kind == NODE_MAP ? model : edit->map);
    add_line(out, editor, at, indent);
    strbuf_add(out, STR("- "));
    if (!is_block) {
        edit_add_pairs(out, edit, &place, false);
        return;
    }
    for (size_t i = 0; i < edit->n_pairs; i++) {
        if (i > 0) {
            add_line(out, editor, at, indent + INDENT_STEP);
        }
        edit_add_key(out, edit->pairs[i].key, model->child, false);
        edit_add_value(out, edit->pairs[i].value, edit->pairs[i].is_plain, &place, false);
    }
}

bool edit_block_append(Editor *editor, size_t order, const Node *key)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *list = key->next;
    const Node *model = list->kind == NODE_LIST ? edit_find_list(editor, list)->last : NULL;
    size_t at;
    size_t indent;
    if (model != NULL) {
        if (!edit_get_indent(editor, list->body, edit->key, &indent) ||
            !edit_place_behind(editor, model, list->end, edit->key, &at)) {
            return false;
        }
    } else {
        if (!edit_get_indent(editor, edit->map->body, edit->key, &indent) ||
            !edit_place_behind(editor, list, end_of_pair(key), edit->key, &at)) {
            return false;
        }
        if (span_after_colon(editor->text, key->end, editor->text.n_bytes) == SIZE_MAX) {
            return edit_refuse(editor, key->start, T_DOC_EDIT_EXPLICIT, edit->key);
        }
        indent += edit_list_step(editor, edit->map);
    }
    size_t depth = 2 * indent + 1; /* the items of a list may have the same indentation as its key: they are deeper */
    StrBuf text = { 0 };
    add_item(&text, editor, order, model, at, indent);
    return edit_splice_lines(editor, at, depth, order, &text);
}

/* The lines of a list that there was none of, or the next one of its items, below what is in out. */
static bool add_new_list(StrBuf *out, const Editor *editor, size_t order, size_t at, size_t map_indent)
{
    const DocEdit *edit = &editor->edits[order];
    size_t indent = map_indent + edit_list_step(editor, edit->map);
    ItemShape shape = edit_item_shape(editor, edit->map, NULL, NULL, indent, at);
    strbuf_add(out, out->n_bytes > 0 ? shape.line_break : (Str){ 0 });
    if (edit->kind == DOC_SET) {
        edit_add_map_lines(out, edit, &shape);
        return true;
    }
    return edit_add_item_lines(out, editor, order, &shape);
}

/* What stands behind the key's colon goes, and lines come below it. */
static bool put_below(Editor *editor, size_t order, const Node *key, size_t end, StrBuf *lines)
{
    Str text = editor->text;
    const Node *value = key->next;
    size_t colon = span_after_colon(text, key->end, text.n_bytes);
    bool is_odd = colon == SIZE_MAX || edit_indent_of(text, key->start) == SIZE_MAX || text.at[colon - 1] != ':';
    if (is_odd || value->has_tag || value->has_anchor) {
        strbuf_done(lines);
        return edit_refuse(editor, key->start, is_odd ? T_DOC_EDIT_EXPLICIT : T_DOC_EDIT_TAG, key->text);
    }
    size_t at = item_lines_end(text, end > colon ? end : colon);
    if (end > colon) {
        if (edit_has_comment(editor, value, colon, end)) {
            strbuf_done(lines);
            return edit_refuse(editor, value->start, T_DOC_EDIT_COMMENT, key->text);
        }
        (void)edit_splice(editor, SPLICE_REMOVE, colon, end, order, NULL);
    }
    return edit_splice_lines(editor, at, 2 * (edit_indent_of(text, key->start) + 1) + 1, order, lines);
}

bool edit_block_open(Editor *editor, size_t order, const Node *key)
{
    StrBuf lines = { 0 };
    Str text = editor->text;
    const Node *value = key->next;
    size_t indent;
    size_t at = item_lines_end(text, end_of_pair(key));
    if (!edit_get_indent(editor, editor->edits[order].map->body, key->text, &indent)) {
        return false;
    }
    if (!add_new_list(&lines, editor, order, at, indent)) {
        strbuf_done(&lines);
        return false;
    }
    if (edit_earlier(editor, order) != SIZE_MAX) { /* that one has opened it */
        return edit_splice_lines(editor, at, 2 * (indent + 1) + 1, order, &lines);
    }
    return put_below(editor, order, key, value->end > value->start ? value->end : 0, &lines);
}

bool edit_block_set_maps(Editor *editor, size_t order, const Node *key)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *value = key->next;
    Str text = editor->text;
    StrBuf lines = { 0 };
    size_t indent;
    size_t line = span_line_start(text, value->body);
    if (value->kind == NODE_LIST && value->child != NULL && str_is_blank(str_sub(text, line, value->body))) {
        ItemShape shape = edit_item_shape(editor, edit->map, value, NULL, value->body - line, value->body);
        edit_add_map_lines(&lines, edit, &shape);
        strbuf_splice(&lines, 0, value->body - line, (Str){ 0 });
        return edit_splice(editor, SPLICE_VALUE, value->body, value->end, order, &lines);
    }
    if (!edit_get_indent(editor, edit->map->body, key->text, &indent)) {
        return false;
    }
    bool is_block = value->kind == NODE_SCALAR && value->style >= NODE_LITERAL;
    size_t end = is_block ? span_content_end(text, value->body, value->end) : value->end;
    (void)add_new_list(&lines, editor, order, item_lines_end(text, end_of_pair(key)), indent);
    return put_below(editor, order, key, value->end > value->start ? end : 0, &lines);
}

bool edit_block_add(Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *after = editor->anchors[order];
    size_t indent;
    size_t at;
    if (!edit_get_indent(editor, edit->map->body, edit->key, &indent) ||
        !edit_place_behind(editor, after->next, end_of_pair(after), after->text, &at)) {
        return false;
    }
    StrBuf text = { 0 };
    if (edit_earlier(editor, order) == SIZE_MAX) { /* else it is a list that is being made, and this is its second item */
        strbuf_add_chars(&text, ' ', indent);
        edit_add_key(&text, edit->key, after, false);
    }
    ScalarPlace place = edit_place(editor, edit->map);
    if (edit->kind == DOC_APPEND) {
        strbuf_cut(&text, text.n_bytes > 0 ? text.n_bytes - 1 : 0); /* nothing stands behind the colon */
        add_item(&text, editor, order, NULL, at, indent + edit_list_step(editor, edit->map));
    } else if (edit->kind == DOC_INSERT || edit->n_maps > 0) {
        strbuf_cut(&text, text.n_bytes > 0 ? text.n_bytes - 1 : 0);
        if (!add_new_list(&text, editor, order, at, indent)) {
            strbuf_done(&text);
            return false;
        }
    } else if (edit->items != NULL || edit->maps != NULL) {
        edit_add_items(&text, edit->items, edit->n_items, &place, false);
    } else {
        edit_add_value(&text, edit->value, edit->is_plain, &place, false);
    }
    return edit_splice_lines(editor, at, 2 * indent, order, &text);
}

/* The key that moves up to the dash: the first one that stays. */
static bool remove_first(Editor *editor, size_t order, const Node *key, size_t line, size_t indent)
{
    const Node *next = node_next_key(key);
    if (edit_indent_of(editor->text, next->start) != indent) {
        return edit_refuse(editor, next->start, T_DOC_EDIT_EXPLICIT, next->text);
    }
    if (edit_has_comment(editor, NULL, line, next->start)) {
        return edit_refuse(editor, line, T_DOC_EDIT_COMMENT, key->text);
    }
    return edit_splice(editor, SPLICE_REMOVE, key->start, next->start, order, NULL);
}

static bool all_removed(const Editor *editor, const Node *map, const Node *until)
{
    const Node *key = node_first_key(map);
    while (key != until && edit_removes(editor, map, key)) {
        key = node_next_key(key);
    }
    return key == until;
}

bool edit_block_remove(Editor *editor, size_t order, const Node *key)
{
    const Node *map = editor->edits[order].map;
    size_t first_line = span_line_start(editor->text, map->child->start);
    size_t line = span_line_start(editor->text, key->start);
    size_t indent;
    size_t to = item_lines_end(editor->text, end_of_pair(key));
    if (!edit_get_indent(editor, map->body, key->text, &indent)) {
        return false;
    }
    if (edit_indent_of(editor->text, key->start) != indent) {
        return edit_refuse(editor, key->start, T_DOC_EDIT_EXPLICIT, key->text);
    }
    if (all_removed(editor, map, NULL)) {
        return edit_refuse(editor, key->start, T_DOC_EDIT_LAST_KEY, key->text);
    }
    bool shares_line = map->child->start - first_line > 0 && !str_is_blank(str_sub(editor->text, first_line, map->child->start));
    if (shares_line && all_removed(editor, map, key)) {
        return remove_first(editor, order, key, to, indent);
    }
    return edit_splice(editor, SPLICE_REMOVE, line, to, order, NULL);
}
