#include <stdint.h>

#include "doc/doc_edit_priv.h"

enum { N_NEIGHBOURS = 32, N_LOOKED_AT = 1024, INDENT_STEP = 2 };

const Node *edit_outer_item(const Editor *editor, const Node *list, const Node *item)
{
    const EditAround *around = editor->around;
    if (around == NULL || list != editor->doc->root) {
        return item;
    }
    const Node *outer = around->first;
    for (const Node *node = list->child; node != item && node != NULL && outer != NULL; node = node->next) {
        outer = outer->next;
    }
    return outer;
}

/* The first map from there on, among some. */
static const Node *find_map(const Node *item)
{
    for (int n_asked = 0; item != NULL && n_asked < N_NEIGHBOURS; n_asked++, item = item->next) {
        if (item->kind == NODE_MAP) {
            return item;
        }
    }
    return NULL;
}

static size_t column_of(Str text, size_t at)
{
    return at - span_line_start(text, at);
}

/* A model in braces that is not in brackets, or in lines that begin elsewhere, says less. */
static void take_model(ItemShape *shape, const Editor *editor)
{
    const Node *model = shape->model;
    Str text = shape->doc->text;
    shape->is_block = model->style == NODE_BLOCK && model->child != NULL;
    shape->place = edit_place(editor, model);
    if (shape->is_block && edit_indent_of(text, model->body) != SIZE_MAX && column_of(text, model->body) > shape->indent + 1) {
        shape->key_indent = column_of(text, model->body);
    }
}

ItemShape edit_item_shape(const Editor *editor, const Node *map, const Node *list, const Node *item, size_t indent, size_t at)
{
    bool is_run = list != NULL && editor->around != NULL && list == editor->doc->root;
    ItemShape shape = { .doc = is_run ? editor->around->doc : editor->doc, .indent = indent, .key_indent = indent + INDENT_STEP };
    shape.is_block = true;
    shape.line_break = edit_break_at(editor, at);
    shape.is_last =
        at == editor->text.n_bytes && at > 0 && !str_ends(editor->text, STR("\n")) && !str_ends(editor->text, STR("\r"));
    if (list != NULL) {
        shape.list = is_run ? editor->around->list : list;
        shape.model = find_map(edit_outer_item(editor, list, item == NULL ? list->child : item));
        shape.model = shape.model != NULL ? shape.model : find_map(shape.list->child);
    }
    if (shape.model != NULL) {
        take_model(&shape, editor);
    } else {
        shape.place =
            edit_place(editor, map != NULL && map->kind == NODE_MAP ? map : &(Node){ .kind = NODE_MAP, .style = NODE_BLOCK });
    }
    shape.place.line_break = shape.line_break;
    shape.place.in_flow = false;
    return shape;
}

/* The first list in a block under a key of a block, among some nodes; SIZE_MAX: none. */
static size_t find_step(Str text, const Node *node, int *n_left)
{
    size_t found = SIZE_MAX;
    for (const Node *child = node->child; child != NULL && found == SIZE_MAX && (*n_left)-- > 0; child = child->next) {
        bool is_value = node->kind == NODE_MAP && child->next != NULL && child->next->kind == NODE_LIST;
        if (is_value && child->next->style == NODE_BLOCK && edit_indent_of(text, child->start) != SIZE_MAX &&
            edit_indent_of(text, child->next->body) != SIZE_MAX) {
            size_t here = column_of(text, child->start);
            size_t there = column_of(text, child->next->body);
            found = there >= here && there - here <= 8 ? there - here : SIZE_MAX;
        }
        found = found == SIZE_MAX ? find_step(text, child, n_left) : found;
    }
    return found;
}

size_t edit_list_step(const Editor *editor, const Node *map)
{
    int n_left = N_NEIGHBOURS;
    const Doc *doc = editor->around != NULL ? editor->around->doc : editor->doc;
    size_t found = find_step(editor->text, map, &n_left);
    n_left = N_LOOKED_AT;
    found = found == SIZE_MAX && doc->root != NULL ? find_step(doc->text, doc->root, &n_left) : found;
    return found == SIZE_MAX ? INDENT_STEP : found;
}

/* The same key's pair in the model, or in some of the other items, if its value is of that kind. */
static const Node *find_pair(const ItemShape *shape, Str key, NodeKind kind)
{
    const Node *const starts[] = { shape->model, shape->list == NULL ? NULL : shape->list->child };
    for (size_t i = 0; i < COUNTOF(starts); i++) {
        const Node *item = starts[i];
        for (int n_asked = 0; item != NULL && n_asked < N_NEIGHBOURS; n_asked++, item = item->next) {
            const Node *found = item->kind == NODE_MAP ? node_own_key(shape->doc, item, key) : NULL;
            if (found != NULL && found->next->kind == kind && found->next->end > found->next->start) {
                return found;
            }
        }
    }
    return NULL;
}

/* As the neighbours write that key, where they do not all have to. */
static ScalarPlace pair_place(const ItemShape *shape, const DocPair *pair, bool *is_plain)
{
    ScalarPlace place = shape->place;
    const Node *key = find_pair(shape, pair->key, NODE_SCALAR);
    const Node *value = key == NULL ? NULL : key->next;
    *is_plain = pair->is_plain;
    if (value == NULL || (shape->model != NULL && edit_is_json(shape->model))) {
        return place;
    }
    if (value->style == NODE_SINGLE || value->style == NODE_DOUBLE) {
        bool has_choice = doc_scalar_is_plain_string(value->text, !shape->is_block);
        place.style = has_choice ? (NodeStyle)value->style : place.style;
        place.quotes = (NodeStyle)value->style;
        *is_plain = false;
    } else if (value->style == NODE_PLAIN) {
        place.style = NODE_PLAIN;
    } else if (shape->is_block && !shape->is_last) {
        size_t content = (size_t)span_content_indent(shape->doc->text, value->body, value->end);
        size_t column = column_of(shape->doc->text, key->start);
        place.style = NODE_LITERAL;
        place.indent = (int)(shape->key_indent + (content > column ? content - column : INDENT_STEP));
    }
    return place;
}

static void add_break(StrBuf *out, const ItemShape *shape, size_t indent)
{
    strbuf_add(out, shape->line_break);
    strbuf_add_chars(out, ' ', indent);
}

/* `[a, b]`, or a line each, as the neighbours have it. */
static void add_list(StrBuf *out, const DocPair *pair, const ItemShape *shape)
{
    const Node *key = shape->is_block ? find_pair(shape, pair->key, NODE_LIST) : NULL;
    const Node *list = key == NULL ? NULL : key->next;
    bool is_json = shape->model != NULL && edit_is_json(shape->model);
    ScalarPlace place = shape->place;
    if (list != NULL && list->child != NULL && (list->child->style == NODE_SINGLE || list->child->style == NODE_DOUBLE)) {
        place.style = place.quotes = (NodeStyle)list->child->style;
    } else if (list != NULL && list->child != NULL && list->child->style == NODE_PLAIN) {
        place.style = NODE_PLAIN;
    }
    if (list == NULL || list->style != NODE_BLOCK || pair->n_items == 0) {
        edit_add_items(out, pair->items, pair->n_items, &place, is_json);
        return;
    }
    Str text = shape->doc->text;
    size_t there = column_of(text, list->body);
    size_t here = column_of(text, key->start);
    strbuf_cut(out, out->n_bytes - 1); /* nothing stands behind the colon */
    for (size_t i = 0; i < pair->n_items; i++) {
        add_break(out, shape, shape->key_indent + (there > here ? there - here : 0));
        strbuf_add(out, STR("- "));
        edit_add_value(out, pair->items[i], false, &place, false);
    }
}

/* In lines a map each, as a list is that is appended to; else in brackets. */
static void add_maps(StrBuf *out, const DocPair *pair, const ItemShape *shape, bool in_flow)
{
    bool is_json = shape->model != NULL && edit_is_json(shape->model);
    DocEdit list = { .maps = pair->maps, .n_maps = pair->n_maps };
    if (in_flow || !shape->is_block || pair->n_maps == 0) {
        edit_add_maps(out, &list, &shape->place, is_json);
        return;
    }
    const Node *key = find_pair(shape, pair->key, NODE_LIST);
    bool is_like = key != NULL && key->next->style == NODE_BLOCK;
    size_t there = is_like ? column_of(shape->doc->text, key->next->body) : INDENT_STEP;
    size_t here = is_like ? column_of(shape->doc->text, key->start) : 0;
    strbuf_cut(out, out->n_bytes - 1); /* nothing stands behind the colon */
    for (size_t i = 0; i < pair->n_maps; i++) {
        DocEdit map = { .pairs = pair->maps[i].pairs, .n_pairs = pair->maps[i].n_pairs };
        add_break(out, shape, shape->key_indent + (there > here ? there - here : 0));
        strbuf_add(out, STR("- "));
        edit_add_pairs(out, &map, &shape->place, is_json);
    }
}

static void add_value(StrBuf *out, const DocPair *pair, const ItemShape *shape, bool in_flow)
{
    if (pair->maps != NULL) {
        add_maps(out, pair, shape, in_flow);
        return;
    }
    if (pair->items != NULL) {
        add_list(out, pair, shape);
        return;
    }
    bool is_plain;
    ScalarPlace place = pair_place(shape, pair, &is_plain);
    place.in_flow = in_flow;
    edit_add_value(out, pair->value, is_plain, &place, shape->model != NULL && edit_is_json(shape->model));
}

/* The blanks, and one sign among them if wanted, at from..to as the file has them; else what is usual. */
static Str borrow(Str text, size_t from, size_t to, char sign, Str usual)
{
    size_t n_signs = 0;
    for (size_t i = from; i < to; i++) {
        bool is_sign = sign != '\0' && text.at[i] == sign;
        if (!is_sign && text.at[i] != ' ' && text.at[i] != '\n' && text.at[i] != '\r') {
            return usual;
        }
        n_signs += is_sign;
    }
    return from <= to && n_signs == (sign != '\0') ? str_sub(text, from, to) : usual;
}

/* Like a model in braces, over lines where that is. */
static void add_braces(StrBuf *out, const DocPair *pairs, size_t n_pairs, const ItemShape *shape)
{
    const Node *model = shape->model != NULL && shape->model->style == NODE_FLOW ? shape->model : NULL;
    const Node *key = model == NULL ? NULL : model->child;
    Str text = shape->doc->text;
    Str open = { 0 };
    Str close = { 0 };
    Str comma = STR(", ");
    Str colon = STR(": ");
    if (key != NULL && item_has_braces(text, model)) {
        const Node *next = node_next_key(key);
        const Node *last = key->next;
        for (const Node *node = key; node != NULL; node = node_next_key(node)) {
            last = node->next;
        }
        open = borrow(text, model->body + 1, key->start, '\0', open);
        close = borrow(text, last->end, model->end - 1, '\0', close);
        comma = next != NULL ? borrow(text, key->next->end, next->start, ',', comma) : comma;
        colon = key->style == NODE_DOUBLE ? borrow(text, key->end, key->next->start, ':', colon) : colon;
    }
    strbuf_add_char(out, '{');
    for (size_t i = 0; i < n_pairs; i++) {
        strbuf_add(out, i == 0 ? open : comma);
        edit_add_key(out, pairs[i].key, key, true);
        strbuf_cut(out, out->n_bytes - STR(": ").n_bytes);
        strbuf_add(out, colon);
        add_value(out, &pairs[i], shape, true);
    }
    strbuf_add(out, n_pairs > 0 ? close : (Str){ 0 });
    strbuf_add_char(out, '}');
}

static void add_pairs_lines(StrBuf *out, const DocPair *pairs, size_t n_pairs, const ItemShape *shape)
{
    strbuf_add_chars(out, ' ', shape->indent);
    strbuf_add_char(out, '-');
    if (!shape->is_block || n_pairs == 0) {
        strbuf_add_char(out, ' ');
        add_braces(out, pairs, n_pairs, shape);
        return;
    }
    strbuf_add_chars(out, ' ', shape->key_indent - shape->indent - 1);
    for (size_t i = 0; i < n_pairs; i++) {
        if (i > 0) {
            add_break(out, shape, shape->key_indent);
        }
        edit_add_key(out, pairs[i].key, shape->model == NULL ? NULL : shape->model->child, false);
        add_value(out, &pairs[i], shape, false);
    }
}

void edit_add_map_lines(StrBuf *out, const DocEdit *edit, const ItemShape *shape)
{
    for (size_t i = 0; i < edit->n_maps; i++) {
        strbuf_add(out, i > 0 ? shape->line_break : (Str){ 0 });
        add_pairs_lines(out, edit->maps[i].pairs, edit->maps[i].n_pairs, shape);
    }
}

static bool has_anchor(const Node *node)
{
    for (const Node *child = node->child; child != NULL; child = child->next) {
        if (has_anchor(child)) {
            return true;
        }
    }
    return node->has_anchor;
}

Doc *edit_read_bytes(Str bytes, const Node **item)
{
    Doc *doc = doc_new(bytes);
    const Node *root = doc->is_broken ? NULL : doc->root;
    bool is_line = root != NULL && root->kind == NODE_LIST && root->style == NODE_BLOCK;
    *item = is_line && root->child->next == NULL ? root->child : is_line ? NULL : root;
    bool is_alone = *item != NULL && (*item)->kind != NODE_ALIAS && (*item)->end > (*item)->start && !has_anchor(root) &&
                    span_skip_gap(bytes, 0, bytes.n_bytes) == root->start &&
                    span_skip_gap(bytes, root->end, bytes.n_bytes) == bytes.n_bytes;
    bool is_line_item = is_line || (*item != NULL && ((*item)->kind == NODE_SCALAR || (*item)->style == NODE_FLOW));
    *item = is_alone && is_line_item ? *item : NULL;
    return doc;
}

static Str without_last_break(Str bytes)
{
    size_t n = bytes.n_bytes;
    n -= n > 0 && bytes.at[n - 1] == '\n';
    n -= n > 0 && bytes.at[n - 1] == '\r';
    return str_sub(bytes, 0, n);
}

/* Each line goes from one indentation to another; one that has less than that loses what it has. */
static void add_moved(StrBuf *out, Str bytes, size_t is, size_t wanted)
{
    for (size_t line = 0; line < bytes.n_bytes; line = span_next_line(bytes, line)) {
        size_t at = line;
        size_t end = span_line_end(bytes, line);
        while (at < end && at - line < is && bytes.at[at] == ' ') {
            at++;
        }
        bool is_empty = end == line;
        strbuf_add_chars(out, ' ', is_empty ? 0 : wanted);
        strbuf_add(out, str_sub(bytes, at, span_next_line(bytes, line)));
    }
}

static bool refuse_bytes(const Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    return edit_refuse(editor, edit->item != NULL ? edit->item->start : edit->map->start, T_DOC_EDIT_BYTES, edit->key);
}

static bool add_bytes_lines(StrBuf *out, const Editor *editor, size_t order, size_t indent)
{
    Str bytes = editor->edits[order].bytes;
    const Node *item;
    Doc *doc = edit_read_bytes(bytes, &item);
    bool ok = item != NULL;
    if (ok && item == doc->root) {
        strbuf_add_chars(out, ' ', indent);
        strbuf_add(out, STR("- "));
        strbuf_add(out, bytes);
    } else if (ok) {
        size_t is = column_of(bytes, doc->root->body);
        ok = is == indent || !span_has_odd_white(bytes);
        if (is == indent) {
            strbuf_add(out, without_last_break(bytes));
        } else {
            add_moved(out, without_last_break(bytes), is, indent);
        }
    }
    doc_free(doc);
    return ok || refuse_bytes(editor, order);
}

bool edit_add_item_lines(StrBuf *out, const Editor *editor, size_t order, const ItemShape *shape)
{
    const DocEdit *edit = &editor->edits[order];
    if (edit->bytes.n_bytes > 0) {
        return add_bytes_lines(out, editor, order, shape->indent);
    }
    add_pairs_lines(out, edit->pairs, edit->n_pairs, shape);
    return true;
}

/* Of an item in lines only what is in brackets or in one word can go into brackets. */
static bool add_bytes_flow(StrBuf *out, const Editor *editor, size_t order)
{
    Str bytes = editor->edits[order].bytes;
    const Node *item;
    Doc *doc = edit_read_bytes(bytes, &item);
    bool ok = item != NULL && (item->kind == NODE_SCALAR ? item->style < NODE_LITERAL : item->style == NODE_FLOW);
    if (ok) {
        Str dash = str_trim(str_sub(bytes, 0, item->start));
        ok = (dash.n_bytes == 0 || str_eq(dash, STR("-"))) && str_is_blank(str_from(bytes, item->end));
        strbuf_add(out, str_sub(bytes, item->start, item->end));
    }
    doc_free(doc);
    return ok || refuse_bytes(editor, order);
}

bool edit_add_item_flow(StrBuf *out, const Editor *editor, size_t order, const ItemShape *shape)
{
    const DocEdit *edit = &editor->edits[order];
    if (edit->bytes.n_bytes > 0) {
        return add_bytes_flow(out, editor, order);
    }
    add_braces(out, edit->pairs, edit->n_pairs, shape);
    return true;
}
