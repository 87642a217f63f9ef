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
    return item_find(doc, map, out) && !out->in_key; /* behind a key the map goes on, as libyaml counts it */
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

/* May the lines from..to be read alone? */
static bool is_own_lines(Str text, size_t from, size_t to)
{
    bool has_break = text.at[to - 1] == '\n' || text.at[to - 1] == '\r';
    bool is_cut = to < text.n_bytes && text.at[to - 1] == '\r' && text.at[to] == '\n';
    size_t end = gap_end(text, to);
    return has_break && !is_cut && end >= to && !span_has_odd_white(str_sub(text, from, span_next_line(text, end)));
}

static bool block_span(Str text, const ItemPlace *at, const Node *map, size_t *from, size_t *to)
{
    size_t dash = item_dash(text, at, map);
    if (dash == SIZE_MAX) {
        return false;
    }
    *from = span_line_start(text, dash);
    *to = item_lines_end(text, map->end);
    return is_own_lines(text, *from, *to);
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

/* The lines of n items, with what travels with them, and the blank lines below. */
static bool run_span(const Doc *doc, const ItemPlace *at, const Node *first, size_t n_items, size_t *from, size_t *to)
{
    ItemPlace place = *at;
    size_t begin;
    Str text = doc->text;
    if (!str_is_blank(str_sub(text, span_line_start(text, at->list->body), at->list->body))) {
        return false; /* its items' indentation would have to be known from elsewhere */
    }
    *to = 0;
    for (const Node *item = first; n_items > 0; n_items--, item = item->next) {
        if (item == NULL || !item_extent_at(text, &place, item, &begin, to) || !is_self_contained(item)) {
            return false;
        }
        *from = item == first ? begin : *from;
        place.previous = item;
    }
    size_t blanks = item_blanks_below(text, *to, SIZE_MAX);
    bool has_break = text.at[blanks - 1] == '\n' || text.at[blanks - 1] == '\r';
    *to = has_break ? blanks : *to;
    return is_own_lines(text, *from, *to);
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
        size_t dash = item_dash(text, at, entry->first);
        strbuf_add_chars(&entry->tail, ' ', dash - span_line_start(text, dash));
        strbuf_add(&entry->tail, STR("- ~\n")); /* as good as any other line that begins no deeper */
    }
}

/* The first of the entry's items in a document of it alone, and how many; NULL if there is none, or anything else as well. */
static const Node *items_of(const DocEntry *entry, const Doc *alone, size_t n_bytes, size_t *n_items)
{
    const Node *root = alone->root;
    *n_items = 1;
    if (alone->is_broken || root == NULL) {
        return NULL;
    }
    if (entry->in_flow) {
        return root->kind == NODE_MAP && root->style == NODE_FLOW && root->body == 0 && root->end == n_bytes ? root : NULL;
    }
    const Node *first = root->kind == NODE_LIST && root->style == NODE_BLOCK ? root->child : NULL;
    const Node *behind = first == NULL ? NULL : first->next;
    for (; behind != NULL && (behind->next != NULL || !entry->goes_on); behind = behind->next) {
        ++*n_items;
    }
    bool is_whole =
        (behind != NULL) == entry->goes_on && (behind == NULL || behind->start == alone->text.n_bytes - STR("~\n").n_bytes);
    return first != NULL && is_whole && (entry->is_run || (*n_items == 1 && first->kind == NODE_MAP)) ? first : NULL;
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

/* Are they the items that doc has? */
static bool is_as_in_doc(const DocEntry *entry)
{
    size_t n_items;
    const Node *item = items_of(entry, entry->alone, entry->to - entry->from, &n_items);
    if (item == NULL || n_items != entry->around.n_items) {
        return false;
    }
    const Node *other = entry->first;
    for (; n_items > 0 && is_same(item, other, entry->from); n_items--) {
        item = item->next;
        other = other->next;
    }
    return n_items == 0;
}

static DocEntry *make_entry(const Doc *doc, const ItemPlace *at, const Node *first, size_t n_items, size_t from, size_t to)
{
    DocEntry *entry = mem_new(sizeof *entry);
    *entry = (DocEntry){ .doc = doc, .first = first, .from = from, .to = to, .levels = at->levels };
    entry->around = (EditAround){ doc, at->list, first, at->previous, n_items, from };
    entry->in_flow = at->list->style == NODE_FLOW;
    return entry;
}

static DocEntry *open_entry(DocEntry *entry, const ItemPlace *at)
{
    make_tail(entry, at);
    entry->alone = read_alone(entry, doc_entry_text(entry));
    if (is_as_in_doc(entry)) {
        return entry;
    }
    doc_entry_free(entry);
    return NULL;
}

DocEntry *doc_entry_new(const Doc *doc, const Node *map)
{
    ItemPlace at;
    size_t from;
    size_t to;
    return find_span(doc, map, &at, &from, &to) ? open_entry(make_entry(doc, &at, map, 1, from, to), &at) : NULL;
}

DocEntry *doc_entry_new_run(const Doc *doc, const Node *first, size_t n_items)
{
    ItemPlace at;
    size_t from = 0;
    size_t to;
    if (doc->is_broken || n_items == 0 || !find_position(doc, first, &at) || at.list->style != NODE_BLOCK ||
        !run_span(doc, &at, first, n_items, &from, &to)) {
        return NULL;
    }
    DocEntry *entry = make_entry(doc, &at, first, n_items, from, to);
    entry->is_run = true;
    return open_entry(entry, &at);
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
    size_t n_items;
    return items_of(entry, entry->alone, entry->to - entry->from, &n_items);
}

const Node *doc_entry_list(const DocEntry *entry)
{
    return entry->alone->root;
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

/* What stands in front of the first dash: of a run comments indented as the dash, else nothing; so it is nobody else's. */
static bool begins_well(const DocEntry *entry, Str text)
{
    size_t dash = entry->changed->root->body;
    size_t indent = dash - span_line_start(text, dash);
    size_t old_dash = entry->alone->root->body;
    Str old = entry->alone->text;
    if (indent != old_dash - span_line_start(old, old_dash)) {
        return false;
    }
    for (size_t line = 0; line + indent < dash; line = span_next_line(text, line)) {
        if (!entry->is_run || span_skip_blanks(text, line) != line + indent || text.at[line + indent] != '#') {
            return false;
        }
    }
    return true;
}

/* Would the whole file be read as it is now, but for the entry? */
static bool fits(const DocEntry *entry, const Node *item, size_t n_items, Str text)
{
    const Doc *doc = entry->doc;
    const size_t max_bytes = (size_t)DOC_MAX_MIB << 20;
    bool ends_line = entry->in_flow || str_ends(text, STR("\n")) || str_ends(text, STR("\r"));
    bool ok = (entry->in_flow || begins_well(entry, text)) && ends_line && !span_has_odd_white(text) &&
              doc->text.n_bytes - (entry->to - entry->from) + text.n_bytes <= max_bytes &&
              doc->n_nodes + entry->changed->n_nodes < DOC_MAX_NODES;
    for (; ok && n_items > 0; n_items--, item = item->next) {
        bool has_end = item->end > item->start || !entry->is_run;
        ok = has_end && item->end <= text.n_bytes && is_self_contained(item) && entry->levels + height(item) <= DOC_MAX_LEVELS;
    }
    return ok;
}

bool doc_entries_fit(DocEntry *const *entries, size_t n_entries)
{
    size_t n_nodes = 0;
    size_t n_more = 0; /* bytes, modulo 2^n */
    for (size_t i = 0; i < n_entries; i++) {
        n_nodes += entries[i]->changed->n_nodes;
        n_more += entries[i]->n_new - (entries[i]->to - entries[i]->from);
    }
    return n_entries == 0 || (entries[0]->doc->n_nodes + n_nodes < DOC_MAX_NODES &&
                              entries[0]->doc->text.n_bytes + n_more <= (size_t)DOC_MAX_MIB << 20);
}

static bool take_changed(DocEntry *entry, Doc *changed, size_t n_new)
{
    doc_free(entry->changed);
    entry->changed = changed;
    entry->n_new = n_new;
    entry->is_composed = false;
    const Node *first = items_of(entry, changed, n_new, &entry->n_new_items);
    if (first != NULL && fits(entry, first, entry->n_new_items, doc_entry_new_text(entry))) {
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
    size_t n_items;
    return items_of(entry, entry->changed, entry->n_new, &n_items);
}

size_t doc_entry_n_new(const DocEntry *entry)
{
    return entry->n_new_items;
}

Str doc_entry_new_text(const DocEntry *entry)
{
    return str_sub(entry->changed->text, 0, entry->n_new);
}
