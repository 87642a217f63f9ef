#include "vekha/doc/doc.h"

#include <stdlib.h>
#include <string.h>

#include "doc/doc_priv.h"
#include "vekha/base/utf8.h"

static uint32_t count_breaks(Str s)
{
    uint32_t count = 0;
    for (size_t at = span_line_end(s, 0); at < s.n_bytes; at = span_line_end(s, span_next_line(s, at))) {
        count++;
    }
    return count;
}

/* One memchr() a line, where no line ends in CR. */
static uint32_t count_line_feeds(Str s)
{
    uint32_t count = 0;
    for (size_t at = str_find_char(s, '\n', 0); at != SIZE_MAX; at = str_find_char(s, '\n', at + 1)) {
        count++;
    }
    return count;
}

static void index_lines(Doc *doc)
{
    bool has_cr = str_find_char(doc->text, '\r', 0) != SIZE_MAX;
    uint32_t count = 0;
    vec_reserve(&doc->lines, doc->text.n_bytes / DOC_PLACE_STEP + 1);
    for (size_t at = 0; at <= doc->text.n_bytes; at += DOC_PLACE_STEP) {
        vec_push(&doc->lines, (LineMark){ (uint32_t)at, count });
        Str step = str_sub(doc->text, at, at + DOC_PLACE_STEP);
        count += has_cr ? count_breaks(step) : count_line_feeds(step);
        if (at + DOC_PLACE_STEP < doc->text.n_bytes && str_ends(step, STR("\r")) && doc->text.at[at + DOC_PLACE_STEP] == '\n') {
            count--; /* one break, cut in two: it is counted with its LF */
        }
    }
}

void doc_move_lines(Doc *doc, size_t from, Str before, Str after)
{
    size_t n_kept = 0;
    uint32_t n_bytes = (uint32_t)(after.n_bytes - before.n_bytes); /* these may be less than none: they wrap */
    uint32_t n_breaks = count_breaks(after) - count_breaks(before);
    for (size_t i = 0; i < doc->lines.n; i++) {
        LineMark mark = doc->lines.at[i];
        if (mark.byte <= from) {
            doc->lines.at[n_kept++] = mark;
        } else if (mark.byte >= from + before.n_bytes) {
            doc->lines.at[n_kept++] = (LineMark){ mark.byte + n_bytes, mark.n_breaks + n_breaks };
        }
    }
    doc->lines.n = n_kept;
}

/* The last mark at or before the byte. */
static LineMark mark_before(const Doc *doc, size_t byte)
{
    size_t low = 0;
    size_t high = doc->lines.n;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (doc->lines.at[middle].byte <= byte) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return doc->lines.n > 0 ? doc->lines.at[low] : (LineMark){ 0 };
}

static void read_text(Doc *doc)
{
    if (!doc_check_start(doc) || doc_parse(doc, doc->text.n_bytes)) {
        return;
    }
    /* The parser reads far ahead: so that a bad byte hides no more than itself, what stands before its line is read alone. */
    size_t bad = doc_find_bad_byte(doc);
    arena_done(&doc->arena);
    vec_clear(&doc->targets);
    doc->root = NULL;
    doc->n_nodes = 0;
    (void)doc_parse(doc, span_line_start(doc->text, bad));
}

Doc *doc_new(Str text)
{
    Doc *doc = mem_new(sizeof *doc);
    if (text.n_bytes > (size_t)DOC_MAX_MIB * 1024 * 1024) {
        doc_break(doc, 0, T_DOC_TOO_LARGE, (const TextArg[]){ TEXT_NUM(DOC_MAX_MIB) }, 1);
        return doc;
    }
    char *copy = mem_resize(NULL, text.n_bytes);
    if (text.n_bytes > 0) {
        memcpy(copy, text.at, text.n_bytes);
    }
    doc->text = doc->base = (Str){ copy, text.n_bytes };
    index_lines(doc);
    read_text(doc);
    return doc;
}

void doc_free(Doc *doc)
{
    if (doc != NULL) {
        arena_done(&doc->arena);
        vec_done(&doc->targets);
        vec_done(&doc->lines);
        strbuf_done(&doc->own);
        strbuf_done(&doc->next);
        free((char *)doc->base.at);
        free(doc);
    }
}

void doc_break(Doc *doc, size_t byte, TextId text, const TextArg *args, size_t n_args)
{
    if (!doc->is_broken) {
        int line;
        int col;
        doc_place(doc, byte, &line, &col);
        doc->is_broken = true;
        (void)err_set_args(&doc->why, ERR_PLAN, text, args, n_args);
        (void)err_at(&doc->why, line, col);
    }
}

bool doc_is_broken(const Doc *doc, Err *why)
{
    if (doc->is_broken && why != NULL) {
        err_copy(why, &doc->why);
    }
    return doc->is_broken;
}

Str doc_text(const Doc *doc)
{
    return doc->text;
}

const Node *doc_root(const Doc *doc)
{
    return doc->root;
}

void doc_place(const Doc *doc, size_t byte, int *line, int *col)
{
    Str text = doc->text;
    byte = byte > text.n_bytes ? text.n_bytes : byte;
    if (byte > 0 && byte < text.n_bytes && text.at[byte - 1] == '\r' && text.at[byte] == '\n') {
        byte--; /* within a line break: it belongs to the line that it ends */
    }
    LineMark mark = mark_before(doc, byte);
    uint32_t n_breaks = mark.n_breaks + count_breaks(str_sub(text, mark.byte, byte));
    size_t start = span_line_start(text, byte);
    start = start == 0 ? span_bom(text) : start;
    *line = (int)n_breaks + 1;
    *col = (int)utf8_count(str_sub(text, start, byte)) + 1;
}

const Node *node_resolve(const Doc *doc, const Node *node)
{
    return node != NULL && node->kind == NODE_ALIAS ? doc->targets.at[node->body] : node;
}

bool node_is_merge_key(const Node *key)
{
    return key->kind == NODE_SCALAR && key->style == NODE_PLAIN && str_eq(key->text, STR("<<"));
}

bool node_is_null(const Node *node)
{
    static const Str nulls[] = { STR_INIT(""), STR_INIT("~"), STR_INIT("null"), STR_INIT("Null"), STR_INIT("NULL") };
    if (node == NULL) {
        return true;
    }
    for (size_t i = 0; i < COUNTOF(nulls); i++) {
        if (node->kind == NODE_SCALAR && node->style == NODE_PLAIN && !node->has_tag && str_eq(node->text, nulls[i])) {
            return true;
        }
    }
    return false;
}

const Node *node_own_key(const Doc *doc, const Node *map, Str key)
{
    const Node *found = NULL;
    for (const Node *own = node_first_key(map); own != NULL; own = node_next_key(own)) {
        const Node *name = node_resolve(doc, own);
        if (name->kind == NODE_SCALAR && str_eq(name->text, key)) {
            found = own;
        }
    }
    return found;
}

/* Maps that are merged may merge others; the parser has seen to it that they end, and at which depth. */
static const Node *find_merged(const Doc *doc, const Node *merged, Str key)
{
    merged = node_resolve(doc, merged);
    if (merged->kind != NODE_LIST) {
        return node_get(doc, merged, key);
    }
    const Node *found = NULL;
    for (const Node *item = merged->child; item != NULL && found == NULL; item = item->next) {
        found = node_get(doc, item, key);
    }
    return found;
}

const Node *node_get(const Doc *doc, const Node *map, Str key)
{
    map = node_resolve(doc, map);
    if (map == NULL || map->kind != NODE_MAP) {
        return NULL;
    }
    const Node *own = node_own_key(doc, map, key);
    if (own != NULL) {
        return node_resolve(doc, own->next);
    }
    const Node *found = NULL;
    for (const Node *name = map->child; name != NULL; name = node_next_key(name)) {
        const Node *here = node_is_merge_key(name) ? find_merged(doc, name->next, key) : NULL;
        found = here != NULL ? here : found;
    }
    return found;
}
