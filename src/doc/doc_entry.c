#include "vekha/doc/doc_entry.h"

#include <stdint.h>
#include <stdlib.h>

#include "doc/doc_priv.h"

/* False, too, when something around it is referred to by an alias. */
static bool find_position(const Doc *doc, const Node *map, ItemPlace *out)
{
    for (size_t i = 0; i < doc->targets.n; i++) {
        if (doc->targets.at[i]->start <= map->start && doc->targets.at[i]->end >= map->end) {
            return false;
        }
    }
    return item_find(doc, map, out);
}

static bool is_self_contained(const Node *node)
{
    for (const Node *child = node->child; child != NULL; child = child->next) {
        if (!is_self_contained(child)) {
            return false;
        }
    }
    return node->kind != NODE_ALIAS && !node->has_anchor && !node->has_tag;
}

/* Where the gap behind the entry ends: at the beginning of the line where the file goes on. */
static size_t gap_end(Str text, size_t to)
{
    size_t next = span_skip_gap(text, to, text.n_bytes);
    return next < text.n_bytes ? span_line_start(text, next) : next;
}

static bool block_span(Str text, const ItemPlace *at, const Node *map, size_t *from, size_t *to)
{
    size_t dash = item_dash(text, at, map);
    if (dash == SIZE_MAX) {
        return false;
    }
    bool is_at_line = text.at[map->end - 1] == '\n' || text.at[map->end - 1] == '\r';
    *from = span_line_start(text, dash);
    *to = is_at_line ? map->end : span_next_line(text, map->end);
    bool has_break = text.at[*to - 1] == '\n' || text.at[*to - 1] == '\r';
    bool is_cut = *to < text.n_bytes && text.at[*to - 1] == '\r' && text.at[*to] == '\n';
    size_t end = gap_end(text, *to);
    return has_break && !is_cut && end >= *to && !span_has_odd_white(str_sub(text, *from, span_next_line(text, end)));
}

static bool find_span(const Doc *doc, const Node *map, ItemPlace *at, size_t *from, size_t *to)
{
    if (doc->is_broken || map->kind != NODE_MAP || map->end == map->start || !find_position(doc, map, at) ||
        !is_self_contained(map)) {
        return false;
    }
    if (at->list->style == NODE_BLOCK) {
        return block_span(doc->text, at, map, from, to);
    }
    *from = map->start;
    *to = map->end;
    return map->style == NODE_FLOW && item_has_braces(doc->text, map) && !span_has_odd_white(str_sub(doc->text, *from, *to));
}

bool doc_entry_span(const Doc *doc, const Node *map, size_t *from, size_t *to)
{
    ItemPlace at;
    return find_span(doc, map, &at, from, to);
}

static void make_tail(DocEntry *entry, const ItemPlace *at)
{
    Str text = entry->doc->text;
    if (entry->in_flow) {
        return;
    }
    size_t end = gap_end(text, entry->to);
    entry->n_gap = end - entry->to;
    strbuf_add(&entry->tail, str_sub(text, entry->to, end));
    entry->goes_on = end < text.n_bytes;
    if (entry->goes_on) {
        size_t dash = item_dash(text, at, entry->map);
        strbuf_add_chars(&entry->tail, ' ', dash - entry->from);
        strbuf_add(&entry->tail, STR("- ~\n")); /* as good as any other line that begins no deeper */
    }
}

/* The entry's map in a document of it alone; NULL if there is none, or anything else as well. */
static const Node *map_of(const DocEntry *entry, const Doc *alone, size_t n_bytes)
{
    const Node *root = alone->root;
    if (alone->is_broken || root == NULL) {
        return NULL;
    }
    if (entry->in_flow) {
        return root->kind == NODE_MAP && root->style == NODE_FLOW && root->body == 0 && root->end == n_bytes ? root : NULL;
    }
    const Node *map = root->kind == NODE_LIST && root->style == NODE_BLOCK ? root->child : NULL;
    if (map == NULL || map->kind != NODE_MAP || map->end > n_bytes || (map->next != NULL) != entry->goes_on) {
        return NULL;
    }
    bool is_whole = !entry->goes_on || (map->next->next == NULL && map->next->start == alone->text.n_bytes - STR("~\n").n_bytes);
    return is_whole ? map : NULL;
}

static Doc *read_alone(const DocEntry *entry, Str text)
{
    StrBuf whole = { 0 };
    strbuf_add(&whole, text);
    strbuf_add(&whole, strbuf_str(&entry->tail));
    Doc *alone = doc_new(strbuf_str(&whole));
    strbuf_done(&whole);
    return alone;
}

/* Is a, of the entry alone, what b is in the file, place by place? */
static bool is_same(const Node *a, const Node *b, size_t from)
{
    if (a->kind != b->kind || a->style != b->style || a->start + from != b->start || a->end + from != b->end ||
        a->body + from != b->body || a->has_anchor != b->has_anchor || a->has_tag != b->has_tag || !str_eq(a->text, b->text)) {
        return false;
    }
    const Node *other = b->child;
    for (const Node *node = a->child; node != NULL; node = node->next, other = other->next) {
        if (other == NULL || !is_same(node, other, from)) {
            return false;
        }
    }
    return other == NULL;
}

DocEntry *doc_entry_new(const Doc *doc, const Node *map)
{
    ItemPlace at;
    size_t from;
    size_t to;
    if (!find_span(doc, map, &at, &from, &to)) {
        return NULL;
    }
    DocEntry *entry = mem_new(sizeof *entry);
    *entry = (DocEntry){ .doc = doc, .map = map, .from = from, .to = to, .levels = at.levels };
    entry->around = (EditAround){ doc, at.list, map, at.previous, 1, from };
    entry->in_flow = at.list->style == NODE_FLOW;
    make_tail(entry, &at);
    entry->alone = read_alone(entry, doc_entry_text(entry));
    const Node *found = map_of(entry, entry->alone, to - from);
    if (found == NULL || !is_same(found, map, from)) {
        doc_entry_free(entry);
        return NULL;
    }
    return entry;
}

void doc_entry_free(DocEntry *entry)
{
    if (entry != NULL) {
        doc_free(entry->alone);
        doc_free(entry->changed);
        strbuf_done(&entry->tail);
        free(entry);
    }
}

const Doc *doc_entry_doc(const DocEntry *entry)
{
    return entry->alone;
}

const Node *doc_entry_map(const DocEntry *entry)
{
    return map_of(entry, entry->alone, entry->to - entry->from);
}

size_t doc_entry_from(const DocEntry *entry)
{
    return entry->from;
}

Str doc_entry_text(const DocEntry *entry)
{
    return str_sub(entry->doc->text, entry->from, entry->to);
}

static size_t height(const Node *node)
{
    size_t highest = 0;
    for (const Node *child = node->child; child != NULL; child = child->next) {
        size_t here = height(child);
        highest = here > highest ? here : highest;
    }
    return highest + (node->kind == NODE_MAP || node->kind == NODE_LIST);
}

/* Would the whole file be read as it is now, but for the entry? */
static bool fits(const DocEntry *entry, const Node *map, Str text)
{
    const Doc *doc = entry->doc;
    const size_t max_bytes = (size_t)DOC_MAX_MIB << 20;
    bool has_dash_there = entry->in_flow || entry->changed->root->body == entry->alone->root->body;
    bool ends_line = entry->in_flow || str_ends(text, STR("\n")) || str_ends(text, STR("\r"));
    return has_dash_there && ends_line && is_self_contained(map) && !span_has_odd_white(text) &&
           doc->text.n_bytes - (entry->to - entry->from) + text.n_bytes <= max_bytes &&
           doc->n_nodes + entry->changed->n_nodes < DOC_MAX_NODES && entry->levels + height(map) <= DOC_MAX_LEVELS;
}

static bool take_changed(DocEntry *entry, Doc *changed, size_t n_new)
{
    doc_free(entry->changed);
    entry->changed = changed;
    entry->n_new = n_new;
    entry->is_composed = false;
    const Node *map = map_of(entry, changed, n_new);
    if (map != NULL && fits(entry, map, doc_entry_new_text(entry))) {
        return true;
    }
    doc_free(changed);
    entry->changed = NULL;
    return false;
}

bool doc_entry_edit(DocEntry *entry, const DocEdit *edits, size_t n_edits, Err *err)
{
    StrBuf text = { 0 };
    Doc *changed = NULL;
    Str tail = strbuf_str(&entry->tail);
    bool ok = edit_make(entry->alone, &entry->around, edits, n_edits, &text, err);
    if (ok) {
        changed = doc_new(strbuf_str(&text));
        ok = doc_edit_check(entry->alone, changed, edits, n_edits, err);
    }
    if (ok && str_ends(strbuf_str(&text), tail)) {
        ok = take_changed(entry, changed, text.n_bytes - tail.n_bytes) || err_plain(err, ERR_REFUSED, T_DOC_EDIT_UNSURE);
    } else {
        doc_free(changed);
        ok = ok && err_plain(err, ERR_REFUSED, T_DOC_EDIT_UNSURE);
    }
    strbuf_done(&text);
    return ok;
}

bool doc_entry_widen(DocEntry *entry, Str text)
{
    Str is = str_sub(entry->doc->text, entry->from, entry->to + entry->n_gap);
    size_t n_old = entry->to - entry->from;
    if (!str_starts(is, text) || text.n_bytes < n_old) {
        return false;
    }
    size_t n_more = text.n_bytes - n_old;
    entry->to += n_more;
    entry->n_gap -= n_more;
    strbuf_splice(&entry->tail, 0, n_more, (Str){ 0 });
    return true;
}

bool doc_entry_replace(DocEntry *entry, Str text)
{
    return take_changed(entry, read_alone(entry, text), text.n_bytes);
}

const Doc *doc_entry_new_doc(const DocEntry *entry)
{
    return entry->changed;
}

const Node *doc_entry_new_map(const DocEntry *entry)
{
    return map_of(entry, entry->changed, entry->n_new);
}

Str doc_entry_new_text(const DocEntry *entry)
{
    return str_sub(entry->changed->text, 0, entry->n_new);
}
