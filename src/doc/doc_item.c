#include "vekha/doc/doc_item.h"

#include <stdint.h>

#include "doc/doc_priv.h"

bool item_has_braces(Str text, const Node *node)
{
    return node->end > node->body && (text.at[node->body] == '{' || node->kind != NODE_MAP);
}

bool item_find(const Doc *doc, const Node *item, ItemPlace *out)
{
    const Node *around = doc->root;
    for (*out = (ItemPlace){ 0 }; around != NULL && around != item; out->levels++) {
        const Node *previous = NULL;
        const Node *node = around->child;
        bool is_key = around->kind == NODE_MAP;
        while (node != NULL && node != item && (node->start > item->start || node->end < item->end)) {
            previous = node;
            node = node->next;
            is_key = is_key != (around->kind == NODE_MAP); /* every other node of a map */
        }
        out->in_key = out->in_key || is_key;
        if (around->style == NODE_FLOW && !item_has_braces(doc->text, around)) {
            return false;
        }
        out->key = out->list != NULL && out->list->kind == NODE_MAP ? out->previous : NULL;
        out->map = out->key != NULL ? out->list : NULL;
        out->list = around;
        out->previous = previous;
        around = node;
    }
    return around != NULL && out->list != NULL && out->list->kind == NODE_LIST;
}

size_t item_dash(Str text, const ItemPlace *at, const Node *item)
{
    size_t begin = at->previous == NULL ? at->list->body : at->previous->end;
    size_t dash = span_skip_gap(text, begin, item->start);
    if (dash >= item->start || text.at[dash] != '-') {
        return SIZE_MAX;
    }
    for (size_t i = span_line_start(text, dash); i < dash; i++) {
        if (text.at[i] != ' ') {
            return SIZE_MAX;
        }
    }
    return dash;
}

size_t item_lines_end(Str text, size_t end)
{
    bool is_at_line = end > 0 && (text.at[end - 1] == '\n' || text.at[end - 1] == '\r');
    return is_at_line ? end : span_next_line(text, end);
}

/* Columns before the comment that is all of the line at line; SIZE_MAX: something else is there. */
static size_t comment_indent(Str text, size_t line)
{
    size_t at = span_skip_blanks(text, line);
    return at < text.n_bytes && text.at[at] == '#' ? at - line : SIZE_MAX;
}

/* The line in front of the one at line, which is not the first. */
static size_t line_before(Str text, size_t line)
{
    size_t at = line - 1;
    at -= at > 0 && text.at[at] == '\n' && text.at[at - 1] == '\r';
    return span_line_start(text, at);
}

size_t item_comments_end(Str text, size_t to, size_t indent)
{
    while (to < text.n_bytes && comment_indent(text, to) != SIZE_MAX && comment_indent(text, to) > indent) {
        to = span_next_line(text, to);
    }
    return to;
}

bool item_extent_at(Str text, const ItemPlace *at, const Node *item, size_t *from, size_t *to)
{
    if (item->kind == NODE_ALIAS || item->end == item->start) {
        return false;
    }
    if (at->list->style == NODE_FLOW) {
        *from = item->start;
        *to = item->end;
        return item->style != NODE_FLOW || item_has_braces(text, item);
    }
    size_t dash = item_dash(text, at, item);
    if (dash == SIZE_MAX) {
        return false;
    }
    size_t line = span_line_start(text, dash);
    size_t indent = dash - line;
    size_t low = at->previous == NULL ? 0 : item_comments_end(text, item_lines_end(text, at->previous->end), indent);
    for (*from = line; *from > low && *from > 0; *from = line) {
        line = line_before(text, *from);
        if (line < low || comment_indent(text, line) != indent) {
            break;
        }
    }
    *to = item_comments_end(text, item_lines_end(text, item->end), indent);
    return true;
}

bool doc_item_extent(const Doc *doc, const Node *item, size_t *from, size_t *to)
{
    ItemPlace at;
    return !doc->is_broken && item_find(doc, item, &at) && item_extent_at(doc->text, &at, item, from, to);
}

/* The place of an item that stands in the same list, somewhere behind the one at that place. */
static bool find_behind(ItemPlace *at, const Node *last, const Node *item)
{
    const Node *previous = last;
    while (previous != NULL && previous->next != item) {
        previous = previous->next;
    }
    at->previous = previous != NULL ? previous : at->previous;
    return previous != NULL;
}

void doc_item_extents(const Doc *doc, const Node *const *items, size_t n_items, DocExtent *out)
{
    ItemPlace at;
    const Node *last = NULL; /* the one before, which stands at that place */
    for (size_t i = 0; i < n_items; i++) {
        bool is_found = !doc->is_broken &&
                        (last == items[i] || (last != NULL && find_behind(&at, last, items[i])) || item_find(doc, items[i], &at));
        last = is_found ? items[i] : NULL;
        out[i] = (DocExtent){ 0 };
        out[i].is_known = is_found && item_extent_at(doc->text, &at, items[i], &out[i].from, &out[i].to);
    }
}

size_t item_blanks_above(Str text, size_t from, size_t low)
{
    while (from > low) {
        size_t line = line_before(text, from);
        if (line < low || !span_is_blank_line(text, line)) {
            break;
        }
        from = line;
    }
    return from;
}

size_t item_blanks_below(Str text, size_t to, size_t max)
{
    bool is_at_line = to == 0 || text.at[to - 1] == '\n' || text.at[to - 1] == '\r';
    for (; max > 0 && is_at_line && span_is_blank_line(text, to); max--) {
        to = span_next_line(text, to);
    }
    return to;
}
