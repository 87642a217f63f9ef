#include <stdint.h>

#include "doc/doc_edit_priv.h"

enum { INDENT_STEP = 2 };

/*
 * Columns before the node that begins at at, or SIZE_MAX: the line before it has something else than
 * blanks, dashes and the signs of explicit pairs.
 */
static size_t indent_of(Str text, size_t at)
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

static bool get_indent(const Editor *editor, size_t at, Str key, size_t *indent)
{
    *indent = indent_of(editor->text, at);
    return *indent != SIZE_MAX || edit_refuse(editor, at, T_DOC_EDIT_INDENT, key);
}

static bool is_at_line(Str text, size_t at)
{
    return at > 0 && (text.at[at - 1] == '\n' || text.at[at - 1] == '\r');
}

/* In front of the line behind the one where the content ends. */
static size_t place_behind(Str text, size_t end)
{
    return is_at_line(text, end) ? end : span_next_line(text, end);
}

static size_t end_of_pair(const Node *key)
{
    return key->next->end > key->end ? key->next->end : key->end;
}

/* A block scalar whose last line has no break would get one if lines were put behind it, and with it another value. */
static bool get_place_behind(const Editor *editor, const Node *node, size_t end, Str key, size_t *at)
{
    Str text = editor->text;
    *at = place_behind(text, end);
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
        strbuf_add(out, edit_line_break(editor->text, at));
    }
    strbuf_add_chars(out, ' ', indent);
}

static const Node *last_of(const Node *list)
{
    const Node *last = list->child;
    while (last->next != NULL) {
        last = last->next;
    }
    return last;
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
    const Node *model = list->kind == NODE_LIST ? last_of(list) : NULL;
    size_t at;
    size_t indent;
    if (model != NULL) {
        if (!get_indent(editor, list->body, edit->key, &indent) || !get_place_behind(editor, list, list->end, edit->key, &at)) {
            return false;
        }
    } else {
        if (!get_indent(editor, edit->map->body, edit->key, &indent) ||
            !get_place_behind(editor, list, end_of_pair(key), edit->key, &at)) {
            return false;
        }
        if (span_after_colon(editor->text, key->end, editor->text.n_bytes) == SIZE_MAX) {
            return edit_refuse(editor, key->start, T_DOC_EDIT_EXPLICIT, edit->key);
        }
        indent += INDENT_STEP;
    }
    size_t depth = 2 * indent + 1; /* the items of a list may have the same indentation as its key: they are deeper */
    StrBuf text = { 0 };
    add_item(&text, editor, order, model, at, indent);
    return edit_splice_lines(editor, at, depth, order, &text);
}

bool edit_block_add(Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *after = editor->anchors[order];
    size_t indent;
    size_t at;
    if (!get_indent(editor, edit->map->body, edit->key, &indent) ||
        !get_place_behind(editor, after->next, end_of_pair(after), after->text, &at)) {
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
        add_item(&text, editor, order, NULL, at, indent + INDENT_STEP);
    } else if (edit->items != NULL) {
        edit_add_items(&text, edit, &place, false);
    } else {
        edit_add_value(&text, edit->value, edit->is_plain, &place, false);
    }
    return edit_splice_lines(editor, at, 2 * indent, order, &text);
}

/* The key that moves up to the dash: the first one that stays. */
static bool remove_first(Editor *editor, size_t order, const Node *key, size_t line, size_t indent)
{
    const Node *next = node_next_key(key);
    if (indent_of(editor->text, next->start) != indent) {
        return edit_refuse(editor, next->start, T_DOC_EDIT_EXPLICIT, next->text);
    }
    if (edit_has_comment(editor, line, next->start)) {
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
    size_t to = place_behind(editor->text, end_of_pair(key));
    if (!get_indent(editor, map->body, key->text, &indent)) {
        return false;
    }
    if (indent_of(editor->text, key->start) != indent) {
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
