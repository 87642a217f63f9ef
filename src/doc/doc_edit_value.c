#include <string.h>

#include "doc/doc_edit_priv.h"

enum { N_NEIGHBOURS = 32 }; /* that are asked how they are written; a map may have a million keys */

bool edit_is_json(const Node *map)
{
    return map->style == NODE_FLOW && map->child != NULL && map->child->style == NODE_DOUBLE;
}

/* The siblings' quotes: the wish is theirs if one is quoted that need not be. */
ScalarPlace edit_place(const Editor *editor, const Node *map)
{
    ScalarPlace place = { .style = NODE_PLAIN, .quotes = NODE_DOUBLE, .in_flow = map->style == NODE_FLOW };
    bool has_quotes = false;
    int n_asked = 0;
    for (const Node *key = node_first_key(map); key != NULL && n_asked < N_NEIGHBOURS; key = node_next_key(key), n_asked++) {
        const Node *value = key->next;
        if (value->kind != NODE_SCALAR || (value->style != NODE_SINGLE && value->style != NODE_DOUBLE)) {
            continue;
        }
        place.quotes = has_quotes ? place.quotes : (NodeStyle)value->style;
        has_quotes = true;
        if (place.style == NODE_PLAIN && doc_scalar_is_plain_string(value->text, place.in_flow)) {
            place.style = (NodeStyle)value->style;
        }
    }
    if (edit_is_json(map)) {
        place.style = place.quotes = NODE_DOUBLE;
    }
    place.line_break = edit_line_break(editor, 0);
    return place;
}

/* JSON has no dates and no words but three. */
static bool is_json_plain(Str value)
{
    return str_eq(value, STR("null")) || str_eq(value, STR("true")) || str_eq(value, STR("false")) ||
           (value.n_bytes < 16 && value.n_bytes > 0 && strspn(value.at, "0123456789") >= value.n_bytes &&
            (value.at[0] != '0' || value.n_bytes == 1));
}

void edit_add_value(StrBuf *out, Str value, bool is_plain, const ScalarPlace *place, bool is_json)
{
    if (is_plain && doc_scalar_can_be_plain(value, place->in_flow) && (!is_json || is_json_plain(value))) {
        strbuf_add(out, value);
    } else {
        doc_scalar_add(out, value, place);
    }
}

void edit_add_key(StrBuf *out, Str key, const Node *neighbour, bool in_flow)
{
    bool is_scalar = neighbour != NULL && neighbour->kind == NODE_SCALAR;
    ScalarPlace place = { .style = is_scalar ? (NodeStyle)neighbour->style : NODE_PLAIN, .in_flow = in_flow };
    bool is_plain =
        place.style != NODE_SINGLE && place.style != NODE_DOUBLE; /* no, on: keys of the format, whatever YAML 1.1 reads */
    edit_add_value(out, key, is_plain, &place, false);
    strbuf_add(out, STR(": "));
}

void edit_add_items(StrBuf *out, const Str *items, size_t n_items, const ScalarPlace *place, bool is_json)
{
    ScalarPlace inside = *place;
    inside.in_flow = true;
    strbuf_add_char(out, '[');
    for (size_t i = 0; i < n_items; i++) {
        strbuf_add(out, i > 0 ? STR(", ") : (Str){ 0 });
        edit_add_value(out, items[i], false, &inside, is_json);
    }
    strbuf_add_char(out, ']');
}

static void add_map(StrBuf *out, const DocPair *pairs, size_t n_pairs, const ScalarPlace *place, bool is_json)
{
    ScalarPlace inside = *place;
    Node key = { .kind = NODE_SCALAR, .style = is_json ? NODE_DOUBLE : NODE_PLAIN };
    inside.in_flow = true;
    strbuf_add_char(out, '{');
    for (size_t i = 0; i < n_pairs; i++) {
        strbuf_add(out, i > 0 ? STR(", ") : (Str){ 0 });
        edit_add_key(out, pairs[i].key, &key, true);
        if (pairs[i].items != NULL) {
            edit_add_items(out, pairs[i].items, pairs[i].n_items, &inside, is_json);
        } else {
            edit_add_value(out, pairs[i].value, pairs[i].is_plain, &inside, is_json);
        }
    }
    strbuf_add_char(out, '}');
}

void edit_add_pairs(StrBuf *out, const DocEdit *edit, const ScalarPlace *place, bool is_json)
{
    add_map(out, edit->pairs, edit->n_pairs, place, is_json);
}

void edit_add_maps(StrBuf *out, const DocEdit *edit, const ScalarPlace *place, bool is_json)
{
    strbuf_add_char(out, '[');
    for (size_t i = 0; i < edit->n_maps; i++) {
        strbuf_add(out, i > 0 ? STR(", ") : (Str){ 0 });
        add_map(out, edit->maps[i].pairs, edit->maps[i].n_pairs, place, is_json);
    }
    strbuf_add_char(out, ']');
}

/* A scalar keeps its quotes, and its place between them, as far as they can hold what is new. */
static ScalarPlace place_of(const Editor *editor, const Node *map, const Node *value)
{
    ScalarPlace place = edit_place(editor, map);
    if (value->kind == NODE_SCALAR && value->end > value->body) {
        place.style = value->style == NODE_PLAIN && edit_is_json(map) ? NODE_DOUBLE : (NodeStyle)value->style;
    }
    if (value->kind == NODE_SCALAR && value->style >= NODE_LITERAL) { /* in braces the line may be the whole file */
        place.indent = span_content_indent(editor->text, value->body, value->end);
        place.line_break = edit_line_break(editor, span_next_line(editor->text, value->body));
        place.is_last = value->end == editor->text.n_bytes;
    }
    return place;
}

size_t edit_end_of_pair(const Editor *editor, const Node *key)
{
    const Node *value = key->next;
    Str behind = str_from(editor->text, value->end);
    bool is_empty = value->end == value->start && value->end > key->end;
    if (is_empty && str_starts(behind, STR(" ")) && !str_starts(behind, STR("  ")) && !str_starts(behind, STR(" #"))) {
        return value->end + 1;
    }
    return value->end > key->end ? value->end : key->end;
}

/* An empty value in braces or behind `? ` may lack its colon. */
static bool set_empty(Editor *editor, size_t order, const Node *key, StrBuf *text)
{
    size_t at = edit_end_of_pair(editor, key);
    bool has_colon = key->next->start > key->end;
    if (!has_colon && editor->edits[order].map->style != NODE_FLOW) {
        strbuf_done(text);
        return edit_refuse(editor, key->start, T_DOC_EDIT_EXPLICIT, key->text);
    }
    StrBuf whole = { 0 };
    bool has_blank = at > key->next->end;
    strbuf_add(&whole, has_blank ? (Str){ 0 } : has_colon ? STR(" ") : STR(": "));
    strbuf_add(&whole, strbuf_str(text));
    strbuf_done(text);
    return edit_splice(editor, SPLICE_VALUE, at, at, order, &whole);
}

/* The items of a block list each on its own line, as they were. */
static bool set_block_items(Editor *editor, size_t order, const Node *list)
{
    const DocEdit *edit = &editor->edits[order];
    ScalarPlace place = { .quotes = NODE_DOUBLE };
    size_t line = span_line_start(editor->text, list->body);
    StrBuf text = { 0 };
    if (list->child->kind == NODE_SCALAR && (list->child->style == NODE_SINGLE || list->child->style == NODE_DOUBLE)) {
        place.style = place.quotes = (NodeStyle)list->child->style;
    }
    for (size_t i = 0; i < edit->n_items; i++) {
        if (i > 0) {
            strbuf_add(&text, edit_line_break(editor, line));
            strbuf_add(&text, str_sub(editor->text, line, list->body));
        }
        strbuf_add(&text, STR("- "));
        edit_add_value(&text, edit->items[i], false, &place, false);
    }
    return edit_splice(editor, SPLICE_VALUE, list->body, list->end, order, &text);
}

/* A block of lines gives way to a value on the key's own line. */
static bool set_over_block(Editor *editor, size_t order, const Node *key, StrBuf *text)
{
    const Node *value = key->next;
    size_t colon = span_after_colon(editor->text, key->end, editor->text.n_bytes);
    if (colon == SIZE_MAX || edit_has_comment(editor, value, colon, value->end)) {
        strbuf_done(text);
        return edit_refuse(editor, value->start, T_DOC_EDIT_COMMENT, key->text);
    }
    StrBuf whole = { 0 };
    strbuf_add_char(&whole, ' ');
    strbuf_add(&whole, strbuf_str(text));
    strbuf_done(text);
    return edit_splice(editor, SPLICE_VALUE, colon, value->end, order, &whole);
}

static bool may_replace(const Editor *editor, size_t order, const Node *value)
{
    const DocEdit *edit = &editor->edits[order];
    if (edit_is_named(editor, value->start, value->end)) {
        return edit_refuse(editor, value->start, T_DOC_EDIT_NAMED, edit->key);
    }
    if (value->has_tag) {
        return edit_refuse(editor, value->start, T_DOC_EDIT_TAG, edit->key);
    }
    bool is_scalar = value->kind == NODE_SCALAR;
    bool is_block = is_scalar && value->style >= NODE_LITERAL;
    size_t to = is_block ? span_line_end(editor->text, value->body) : value->end;
    if ((is_block || (!is_scalar && value->kind != NODE_ALIAS)) && edit_has_comment(editor, value, value->body, to)) {
        return edit_refuse(editor, value->start, T_DOC_EDIT_COMMENT, edit->key);
    }
    return true;
}

bool edit_set(Editor *editor, size_t order, const Node *key)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *value = key->next;
    if (!may_replace(editor, order, value)) {
        return false;
    }
    bool is_list = value->kind == NODE_LIST;
    bool is_empty = value->kind == NODE_LIST && value->child == NULL; /* of no style worth keeping */
    bool in_brackets = edit->map->style == NODE_FLOW || (is_list && !is_empty && value->style == NODE_FLOW);
    if (edit->maps != NULL && edit->n_maps > 0 && !in_brackets) {
        return edit_block_set_maps(editor, order, key);
    }
    bool in_lines = is_list && value->style == NODE_BLOCK;
    if (edit->items != NULL && edit->n_items > 0 && in_lines &&
        str_is_blank(str_sub(editor->text, span_line_start(editor->text, value->body), value->body))) {
        return set_block_items(editor, order, value);
    }
    StrBuf text = { 0 };
    ScalarPlace place = place_of(editor, edit->map, value);
    if (edit->maps != NULL) {
        place = edit_place(editor, edit->map);
        edit_add_maps(&text, edit, &place, edit_is_json(edit->map));
    } else if (edit->items != NULL) {
        place = edit_place(editor, edit->map);
        edit_add_items(&text, edit->items, edit->n_items, &place, edit_is_json(edit->map));
    } else {
        bool is_quoted = value->kind == NODE_SCALAR && (value->style == NODE_SINGLE || value->style == NODE_DOUBLE);
        edit_add_value(&text, edit->value, edit->is_plain && !is_quoted, &place, edit_is_json(edit->map));
    }
    size_t body = value->kind == NODE_ALIAS ? value->start : value->body;
    if (value->kind != NODE_ALIAS && value->end == body) {
        return set_empty(editor, order, key, &text);
    }
    if ((value->kind == NODE_LIST || value->kind == NODE_MAP) && value->style == NODE_BLOCK) {
        return set_over_block(editor, order, key, &text);
    }
    bool is_block = value->kind == NODE_SCALAR && value->style >= NODE_LITERAL;
    size_t to = is_block ? span_content_end(editor->text, body, value->end) : value->end;
    return edit_splice(editor, SPLICE_VALUE, body, to, order, &text);
}
