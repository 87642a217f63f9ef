#include <assert.h>
#include <stdint.h>

#include "doc/doc_priv.h"
#include "vekha/doc/doc_entry.h"

/* A new entry on its way into the doc's tree. */
typedef struct Move {
    Doc *doc;
    Str alone;        /* its bytes, as it was read */
    Str kept;         /* the same in the doc's arena */
    size_t from, to;  /* where the old one stands */
    const Node *map;  /* of the old one, which becomes the new one */
    uint32_t map_end; /* where it ended */
    uint32_t n;       /* by how much all behind it moves; backwards it wraps */
} Move;

/* Nodes that belong to a doc that may be changed. */
static Node *own(const Node *node)
{
    return (Node *)node;
}

/* A value as a view of the kept bytes if it was one of the entry's bytes, else a copy. */
static Str keep_text(const Move *move, Str text)
{
    uintptr_t begin = (uintptr_t)move->alone.at;
    uintptr_t at = (uintptr_t)text.at;
    if (text.n_bytes > 0 && at >= begin && at + text.n_bytes <= begin + move->alone.n_bytes) {
        return (Str){ move->kept.at + (at - begin), text.n_bytes };
    }
    return text.n_bytes == 0 ? (Str){ 0 } : arena_copy(&move->doc->arena, text);
}

static void copy_node(const Move *move, Node *to, const Node *from)
{
    const Node *next = to->next;
    *to = *from;
    to->next = next;
    to->start += (uint32_t)move->from;
    to->end += (uint32_t)move->from;
    to->body += (uint32_t)move->from; /* never an alias: its body is no place */
    to->text = keep_text(move, from->text);
    to->child = NULL;
    Node *last = NULL;
    for (const Node *child = from->child; child != NULL; child = child->next) {
        Node *copy = ARENA_NEW(&move->doc->arena, Node);
        copy_node(move, copy, child);
        if (last == NULL) {
            to->child = copy;
        } else {
            last->next = copy;
        }
        last = copy;
    }
}

static void move_node(Node *node, uint32_t n)
{
    node->start += n;
    node->end += n;
    node->body += node->kind == NODE_ALIAS ? 0 : n;
    for (const Node *child = node->child; child != NULL; child = child->next) {
        move_node(own(child), n);
    }
}

/* What stands around the entry begins where it did; brackets end later, all else with its last child. */
static void move_around(const Move *move, Node *around)
{
    const Node *last = NULL;
    for (const Node *child = around->child; child != NULL; child = child->next) {
        if (child != move->map && child->start >= move->to) {
            move_node(own(child), move->n);
        } else if (child != move->map && child->end >= move->map_end) {
            move_around(move, own(child));
        }
        last = child;
    }
    around->end = around->style == NODE_FLOW ? around->end + move->n : last->end;
}

static size_t count_nodes(const Node *node)
{
    size_t n = 1;
    for (const Node *child = node->child; child != NULL; child = child->next) {
        n += count_nodes(child);
    }
    return n;
}

Str doc_entry_compose(Doc *doc, DocEntry *entry)
{
    assert(doc == entry->doc && entry->changed != NULL);
    enum { SPARE_SHARE = 32, SPARE_BYTES = 4096 }; /* so that the next ones, some bytes longer, need no more memory */
    size_t n_bytes = doc->text.n_bytes - (entry->to - entry->from) + entry->n_new;
    strbuf_clear(&doc->next);
    if (n_bytes >= doc->next.n_alloc) {
        strbuf_done(&doc->next);
        strbuf_reserve(&doc->next, n_bytes + n_bytes / SPARE_SHARE + SPARE_BYTES);
    }
    strbuf_add(&doc->next, str_sub(doc->text, 0, entry->from));
    strbuf_add(&doc->next, doc_entry_new_text(entry));
    strbuf_add(&doc->next, str_from(doc->text, entry->to));
    entry->is_composed = true;
    return strbuf_str(&doc->next);
}

static void swap_text(Doc *doc)
{
    StrBuf old = doc->own;
    doc->own = doc->next;
    doc->next = old;
    doc->text = strbuf_str(&doc->own);
}

void doc_entry_put(Doc *doc, DocEntry *entry)
{
    if (!entry->is_composed) {
        (void)doc_entry_compose(doc, entry);
    }
    Node *map = own(entry->map);
    const Node *new = doc_entry_new_map(entry);
    Str text = doc_entry_new_text(entry);
    Move move = {
        .doc = doc,
        .alone = text,
        .kept = arena_copy(&doc->arena, text),
        .from = entry->from,
        .to = entry->to,
        .map = map,
        .map_end = map->end,
        .n = (uint32_t)(entry->n_new - (entry->to - entry->from)),
    };
    doc->n_nodes += count_nodes(new) - count_nodes(map);
    doc->n_replaced += text.n_bytes;
    doc_move_lines(doc, entry->from, doc_entry_text(entry), text);
    copy_node(&move, map, new);
    move_around(&move, own(doc->root));
    swap_text(doc);
}

/* An entry takes some four times its bytes: text, nodes, and what is made of them. */
bool doc_is_overgrown(const Doc *doc)
{
    enum { SHARE = 4, FREE_BYTES = 16 * 1024 };
    return doc->n_replaced > doc->base.n_bytes / SHARE + FREE_BYTES;
}
