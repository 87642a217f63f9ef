#include "vekha/doc/doc_edit.h"

#include <stdint.h>
#include <stdlib.h>

#include "doc/doc_edit_priv.h"
#include "vekha/base/utf8.h"

bool edit_refuse(const Editor *editor, size_t byte, TextId text, Str arg)
{
    int line;
    int col;
    doc_place(editor->doc, byte, &line, &col);
    (void)err_set(editor->err, ERR_REFUSED, text, TEXT_STR(arg.n_bytes > 0 ? arg : STR("-"))); /* an item has no key */
    return err_at(editor->err, line, col);
}

bool edit_splice(Editor *editor, SpliceKind kind, size_t from, size_t to, size_t order, StrBuf *text)
{
    Str kept = text == NULL ? (Str){ 0 } : arena_copy(&editor->arena, strbuf_str(text));
    vec_push(&editor->splices, (Splice){ .kind = kind, .from = from, .to = to, .order = order, .text = kept });
    if (text != NULL) {
        strbuf_done(text);
    }
    return true;
}

bool edit_splice_lines(Editor *editor, size_t at, size_t depth, size_t order, StrBuf *text)
{
    (void)edit_splice(editor, SPLICE_LINES, at, at, order, text);
    editor->splices.at[editor->splices.n - 1].depth = depth;
    return true;
}

bool edit_removes(const Editor *editor, const Node *map, const Node *key)
{
    const Node *name = node_resolve(editor->doc, key);
    EditRange range = name->kind == NODE_SCALAR ? edit_index_of_key(&editor->index, map, name->text) : (EditRange){ 0 };
    for (size_t i = 0; i < range.n; i++) {
        if (editor->edits[range.at[i].order].kind == DOC_REMOVE) {
            return true;
        }
    }
    return false;
}

size_t edit_earlier(const Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    EditRange range = edit_index_of_key(&editor->index, edit->map, edit->key);
    return range.at[0].order < order ? range.at[0].order : SIZE_MAX;
}

bool edit_is_named(const Editor *editor, size_t from, size_t to)
{
    return edit_targets_within(&editor->targets, from, to);
}

bool edit_shows_elsewhere(const Editor *editor, const Node *node)
{
    return edit_targets_around(&editor->targets, node->start, node->end);
}

static bool is_comment_between(Str text, size_t from, size_t to)
{
    for (size_t at = str_find_char(str_sub(text, 0, to), '#', from); at < to;
         at = str_find_char(str_sub(text, 0, to), '#', at + 1)) {
        if (at == 0 || str_is_blank(str_sub(text, at - 1, at))) {
            return true;
        }
    }
    return false;
}

/* Looks at what is no text of a scalar, and moves from behind the last of them: a `#` in quotes begins no comment. */
static bool is_comment_around(Str text, const Node *first, size_t *from, size_t to)
{
    bool found = false;
    for (const Node *node = first; node != NULL && node->start < to && !found; node = node->next) {
        if (node->kind == NODE_MAP || node->kind == NODE_LIST) {
            found = is_comment_around(text, node->child, from, to);
            continue;
        }
        bool is_block = node->kind == NODE_SCALAR && node->style >= NODE_LITERAL; /* its first line may end with one */
        size_t begin = is_block ? span_line_end(text, node->body) : node->body;
        found = begin > *from && is_comment_between(text, *from, begin < to ? begin : to);
        *from = node->end > *from ? node->end : *from;
    }
    return found;
}

bool edit_has_comment(const Editor *editor, const Node *first, size_t from, size_t to)
{
    return is_comment_around(editor->text, first, &from, to) || (from < to && is_comment_between(editor->text, from, to));
}

/* The break in front of end, if there is one. */
static Str break_before(Str text, size_t end)
{
    size_t from = end;
    from -= from > 0 && text.at[from - 1] == '\n';
    from -= from > 0 && text.at[from - 1] == '\r';
    return from < end ? str_sub(text, from, end) : STR("\n");
}

static Str first_break(Str text)
{
    return break_before(text, span_next_line(text, 0));
}

Str edit_line_break(const Editor *editor, size_t at)
{
    Str text = editor->text;
    bool is_behind_break = at > 0 && (text.at[at - 1] == '\n' || text.at[at - 1] == '\r');
    return is_behind_break ? break_before(text, at) : editor->line_break;
}

static size_t count_key(const Editor *editor, const DocEdit *edit)
{
    size_t count = 0;
    for (const Node *key = node_first_key(edit->map); key != NULL; key = node_next_key(key)) {
        const Node *name = node_resolve(editor->doc, key);
        count += name->kind == NODE_SCALAR && str_eq(name->text, edit->key);
    }
    return count;
}

static bool check_text(const Editor *editor, const DocEdit *edit, Str text)
{
    if (!utf8_valid(text, NULL)) {
        return edit_refuse(editor, edit->map->start, T_DOC_EDIT_NOT_UTF8, edit->key);
    }
    if (text.n_bytes > DOC_MAX_VALUE_KIB * 1024) {
        return edit_refuse(editor, edit->map->start, T_DOC_EDIT_TOO_LONG, edit->key);
    }
    return true;
}

static bool check_pairs(const Editor *editor, const DocEdit *edit, const DocPair *pairs, size_t n_pairs)
{
    bool ok = true;
    for (size_t i = 0; ok && i < n_pairs; i++) {
        ok = check_text(editor, edit, pairs[i].key) && check_text(editor, edit, pairs[i].value);
        for (size_t k = 0; ok && k < pairs[i].n_items; k++) {
            ok = check_text(editor, edit, pairs[i].items[k]);
        }
        for (size_t k = 0; ok && k < pairs[i].n_maps; k++) { /* which have none of their own */
            ok = check_pairs(editor, edit, pairs[i].maps[k].pairs, pairs[i].maps[k].n_pairs);
        }
    }
    return ok;
}

bool edit_check_texts(const Editor *editor, const DocEdit *edit)
{
    bool ok = check_text(editor, edit, edit->key) && check_text(editor, edit, edit->value);
    for (size_t i = 0; ok && i < edit->n_items; i++) {
        ok = check_text(editor, edit, edit->items[i]);
    }
    for (size_t i = 0; ok && i < edit->n_maps; i++) {
        ok = check_pairs(editor, edit, edit->maps[i].pairs, edit->maps[i].n_pairs);
    }
    return ok && check_pairs(editor, edit, edit->pairs, edit->n_pairs);
}

static bool adds_item(const DocEdit *edit)
{
    return edit->kind == DOC_APPEND || edit->kind == DOC_INSERT;
}

static bool check_edit(const Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    size_t earlier = edit_earlier(editor, order);
    if (edit->map->kind != NODE_MAP) {
        bool is_alias = edit->map->kind == NODE_ALIAS;
        return edit_refuse(editor, edit->map->start, is_alias ? T_DOC_EDIT_ALIAS : T_DOC_EDIT_NO_MAP, edit->map->text);
    }
    if (edit_shows_elsewhere(editor, edit->map)) {
        return edit_refuse(editor, edit->map->start, T_DOC_EDIT_NAMED, edit->key);
    }
    if (count_key(editor, edit) > 1) {
        return edit_refuse(editor, node_own_key(editor->doc, edit->map, edit->key)->start, T_DOC_EDIT_DUPLICATE, edit->key);
    }
    if (earlier != SIZE_MAX && !(adds_item(edit) && adds_item(&editor->edits[earlier]))) {
        return edit_refuse(editor, edit->map->start, T_DOC_EDIT_TWICE, edit->key);
    }
    return edit_check_texts(editor, edit);
}

/* The key of that name, or what a key of that name that is new itself stands behind. */
static const Node *find_after(const Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    const Node *after = node_own_key(editor->doc, edit->map, edit->after);
    EditRange range = after == NULL ? edit_index_of_key(&editor->index, edit->map, edit->after) : (EditRange){ 0 };
    for (size_t i = 0; after == NULL && i < range.n && range.at[i].order < order; i++) {
        after = editor->anchors[range.at[i].order];
    }
    for (const Node *key = after == NULL ? node_first_key(edit->map) : NULL; key != NULL; key = node_next_key(key)) {
        after = key;
    }
    return after;
}

/* A key that goes, as all before it, leaves no place behind it: the next one moves up to the dash or bracket. */
static const Node *behind_removed(const Editor *editor, const Node *map, const Node *after)
{
    const Node *kept = node_first_key(map);
    while (kept != NULL && edit_removes(editor, map, kept)) {
        kept = node_next_key(kept);
    }
    return kept != NULL && after->start < kept->start ? kept : after;
}

/* The key is none of the edit's map: it is added. */
static bool add_key(Editor *editor, size_t order)
{
    const Node *map = editor->edits[order].map;
    const Node *after = find_after(editor, order);
    editor->anchors[order] = after == NULL ? NULL : behind_removed(editor, map, after);
    return map->style == NODE_FLOW ? edit_flow_add(editor, order) : edit_block_add(editor, order);
}

static bool plan_append(Editor *editor, size_t order, const Node *key)
{
    const Node *list = key->next;
    bool in_flow = editor->edits[order].map->style == NODE_FLOW;
    if (edit_is_named(editor, list->start, list->end)) {
        return edit_refuse(editor, list->start, T_DOC_EDIT_NAMED, editor->edits[order].key);
    }
    if (list->kind == NODE_ALIAS) {
        return edit_refuse(editor, list->start, T_DOC_EDIT_ALIAS, list->text);
    }
    if (list->kind == NODE_LIST && edit_find_list(editor, list)->has_inserts) {
        return edit_list_insert(editor, order);
    }
    if (list->kind == NODE_LIST ? list->style == NODE_FLOW : in_flow || list->end > list->start) {
        return edit_flow_append(editor, order, key);
    }
    return edit_block_append(editor, order, key);
}

static bool plan_remove(Editor *editor, size_t order, const Node *key)
{
    const DocEdit *edit = &editor->edits[order];
    if (key == NULL) {
        bool is_merged = node_get(editor->doc, edit->map, edit->key) != NULL;
        return is_merged ? edit_refuse(editor, edit->map->start, T_DOC_EDIT_MERGED, edit->key) : true;
    }
    if (edit_is_named(editor, key->start, key->next->end)) {
        return edit_refuse(editor, key->start, T_DOC_EDIT_NAMED, edit->key);
    }
    return edit->map->style == NODE_FLOW ? edit_flow_remove(editor, order, key) : edit_block_remove(editor, order, key);
}

static bool plan(Editor *editor, size_t order)
{
    const DocEdit *edit = &editor->edits[order];
    if (edit->kind == DOC_DELETE) {
        return edit_list_delete(editor, order);
    }
    if (edit->kind == DOC_INSERT && edit->map->kind == NODE_LIST) {
        return edit_list_insert(editor, order);
    }
    if (!check_edit(editor, order)) {
        return false;
    }
    const Node *key = node_own_key(editor->doc, edit->map, edit->key);
    switch (edit->kind) {
    case DOC_SET:
        return key == NULL ? add_key(editor, order) : edit_set(editor, order, key);
    case DOC_REMOVE:
        return plan_remove(editor, order, key);
    case DOC_APPEND:
        return key == NULL ? add_key(editor, order) : plan_append(editor, order, key);
    case DOC_INSERT:
        return key == NULL ? add_key(editor, order) : edit_list_insert(editor, order);
    case DOC_DELETE:
        break; /* it has no key: see above */
    }
    return false;
}

static int by_place(const void *a, const void *b)
{
    const Splice *x = a;
    const Splice *y = b;
    if (x->from != y->from) {
        return x->from < y->from ? -1 : 1;
    }
    if (x->kind != y->kind) {
        return x->kind < y->kind ? -1 : 1;
    }
    if (x->depth != y->depth) {
        return x->depth > y->depth ? -1 : 1;
    }
    if (x->rank != y->rank) {
        return x->rank < y->rank ? -1 : 1;
    }
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool check_overlaps(const Editor *editor)
{
    for (size_t i = 1; i < editor->splices.n; i++) {
        const Splice *splice = &editor->splices.at[i];
        if (splice->from < editor->splices.at[i - 1].to) {
            return edit_refuse(editor, splice->from, T_DOC_EDIT_TWICE, editor->edits[splice->order].key);
        }
    }
    return true;
}

Str edit_break_at(const Editor *editor, size_t at)
{
    const EditAround *around = editor->around;
    if (around == NULL || at > 0) {
        return edit_line_break(editor, at);
    }
    Editor outside = { .text = doc_text(around->doc), .line_break = editor->line_break };
    return edit_line_break(&outside, around->from);
}

static void add_lines(StrBuf *out, const Editor *editor, const Splice *splice)
{
    Str line_break = edit_break_at(editor, splice->from);
    bool is_at_break = out->n_bytes == 0 || out->at[out->n_bytes - 1] == '\n' || out->at[out->n_bytes - 1] == '\r';
    if (is_at_break) {
        strbuf_add(out, splice->text);
        strbuf_add(out, line_break);
    } else { /* the file ends without a line break, and goes on doing so */
        strbuf_add(out, line_break);
        strbuf_add(out, splice->text);
    }
}

static void compose(Editor *editor, StrBuf *out)
{
    size_t at = 0;
    for (size_t i = 0; i < editor->splices.n; i++) {
        const Splice *splice = &editor->splices.at[i];
        strbuf_add(out, str_sub(editor->text, at, splice->from));
        if (splice->kind == SPLICE_LINES) {
            add_lines(out, editor, splice);
        } else {
            bool touches_comment =
                splice->kind != SPLICE_REMOVE && splice->to < editor->text.n_bytes && editor->text.at[splice->to] == '#';
            strbuf_add(out, splice->text);
            strbuf_add(out, touches_comment ? STR(" ") : (Str){ 0 });
        }
        at = splice->to;
    }
    strbuf_add(out, str_from(editor->text, at));
}

bool edit_make(const Doc *doc, const EditAround *around, const DocEdit *edits, size_t n_edits, StrBuf *out, Err *err)
{
    Editor editor = { .doc = doc, .text = doc_text(doc), .around = around, .edits = edits, .n_edits = n_edits, .err = err };
    bool ok = true;
    if (doc_is_broken(doc, err)) {
        if (err != NULL) {
            err->kind = ERR_REFUSED;
        }
        return false;
    }
    editor.anchors = mem_new(n_edits * sizeof *editor.anchors);
    editor.index = edit_index_new(edits, n_edits);
    editor.targets = edit_targets_new(doc);
    editor.line_break = first_break(around != NULL ? doc_text(around->doc) : editor.text);
    edit_collect(&editor);
    for (size_t i = 0; ok && i < n_edits; i++) {
        ok = plan(&editor, i);
    }
    if (ok && editor.splices.n > 1) {
        qsort(editor.splices.at, editor.splices.n, sizeof *editor.splices.at, by_place);
        ok = check_overlaps(&editor);
    }
    if (ok) {
        compose(&editor, out);
    }
    free(editor.anchors);
    free(editor.targets.at);
    edit_index_done(&editor.index);
    vec_done(&editor.deleted);
    vec_done(&editor.lists);
    vec_done(&editor.adds);
    vec_done(&editor.splices);
    arena_done(&editor.arena);
    return ok;
}

bool doc_edit(const Doc *doc, const DocEdit *edits, size_t n_edits, StrBuf *out, Err *err)
{
    return edit_make(doc, NULL, edits, n_edits, out, err);
}
