#include <assert.h>
#include <stdint.h>

#include "doc/doc_priv.h"
#include "vekha/doc/doc_entry.h"

/* A new entry on its way into the doc's tree. */
typedef struct Move {
    Doc *doc;
    Str alone;         /* its bytes, as it was read */
    Str kept;          /* the same in the doc's arena */
    size_t from, to;   /* where the old one stands */
    const Node *first; /* of its items, the old ones until there are new ones in their places */
    size_t n_new;      /* of them */
    uint32_t old_end;  /* where the last of the old ones ended */
    uint32_t n;        /* by how much all behind it moves; backwards it wraps */
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
        if (child == move->first) {
            for (size_t i = 1; i < move->n_new; i++) {
                child = child->next;
            }
        } else if (child->start >= move->to) {
            move_node(own(child), move->n);
        } else if (child->end >= move->old_end) {
            move_around(move, own(child));
        }
        last = child;
    }
    around->end = around->style == NODE_FLOW ? around->end + move->n : last->end;
}

/* The new items take the places of the old ones in the list, in their nodes as far as there are enough. */
static void put_items(const Move *move, const Node *new, size_t n_old)
{
    const Node *behind = move->first; /* what comes behind the old items */
    for (size_t i = 0; i < n_old; i++) {
        behind = behind->next;
    }
    Node *node = own(move->first);
    for (size_t i = 0; i < move->n_new; i++, new = new->next) {
        copy_node(move, node, new);
        Node *next = NULL;
        if (i + 1 < move->n_new) {
            next = i + 1 < n_old ? own(node->next) : ARENA_NEW(&move->doc->arena, Node);
        }
        node->next = next != NULL ? next : behind;
        node = next;
    }
}

/* Of the node and the siblings behind it, n together. */
static size_t count_nodes(const Node *node, size_t n)
{
    size_t count = 0;
    for (; n > 0; n--, node = node->next) {
        count++;
        for (const Node *child = node->child; child != NULL; child = child->next) {
            count += count_nodes(child, 1);
        }
    }
    return count;
}

static const Node *last_of(const Node *first, size_t n)
{
    for (; n > 1; n--) {
        first = first->next;
    }
    return first;
}

/* A list begins at its first dash, which has moved if a comment in front of it has come or gone. */
static void move_dash(const DocEntry *entry)
{
    Node *list = own(entry->around.list);
    if (!entry->in_flow && list->child == entry->first) {
        bool is_start = list->start == list->body;
        list->body = (uint32_t)entry->from + entry->changed->root->body;
        list->start = is_start ? list->body : list->start;
    }
}

Str doc_entry_compose_all(Doc *doc, DocEntry *const *entries, size_t n_entries)
{
    enum { SPARE_SHARE = 32, SPARE_BYTES = 4096 }; /* so that the next ones, some bytes longer, need no more memory */
    size_t n_bytes = doc->text.n_bytes;
    size_t at = 0;
    for (size_t i = 0; i < n_entries; i++) {
        assert(entries[i]->doc == doc && entries[i]->changed != NULL && (i == 0 || entries[i]->from >= entries[i - 1]->to));
        n_bytes += entries[i]->n_new - (entries[i]->to - entries[i]->from);
    }
    strbuf_clear(&doc->next);
    if (n_bytes >= doc->next.n_alloc) {
        strbuf_done(&doc->next);
        strbuf_reserve(&doc->next, n_bytes + n_bytes / SPARE_SHARE + SPARE_BYTES);
    }
    for (size_t i = 0; i < n_entries; i++) {
        strbuf_add(&doc->next, str_sub(doc->text, at, entries[i]->from));
        strbuf_add(&doc->next, doc_entry_new_text(entries[i]));
        at = entries[i]->to;
        entries[i]->is_composed = true;
    }
    strbuf_add(&doc->next, str_from(doc->text, at));
    return strbuf_str(&doc->next);
}

Str doc_entry_compose(Doc *doc, DocEntry *entry)
{
    return doc_entry_compose_all(doc, &entry, 1);
}

static void swap_text(Doc *doc)
{
    StrBuf old = doc->own;
    doc->own = doc->next;
    doc->next = old;
    doc->text = strbuf_str(&doc->own);
}

/* All but the text, which is still the old one. */
static void put_nodes(Doc *doc, DocEntry *entry)
{
    const Node *new = doc_entry_new_map(entry);
    size_t n_old = entry->around.n_items;
    Str text = doc_entry_new_text(entry);
    Move move = {
        .doc = doc,
        .alone = text,
        .kept = arena_copy(&doc->arena, text),
        .from = entry->from,
        .to = entry->to,
        .first = entry->first,
        .n_new = entry->n_new_items,
        .old_end = last_of(entry->first, n_old)->end,
        .n = (uint32_t)(entry->n_new - (entry->to - entry->from)),
    };
    doc->n_nodes += count_nodes(new, move.n_new) - count_nodes(entry->first, n_old);
    doc->n_replaced += text.n_bytes;
    doc_move_lines(doc, entry->from, doc_entry_text(entry), text);
    put_items(&move, new, n_old);
    move_around(&move, own(doc->root));
    move_dash(entry);
}

void doc_entry_put_all(Doc *doc, DocEntry *const *entries, size_t n_entries)
{
    bool is_composed = true;
    for (size_t i = 0; i < n_entries; i++) {
        is_composed = is_composed && entries[i]->is_composed;
    }
    if (!is_composed) {
        (void)doc_entry_compose_all(doc, entries, n_entries);
    }
    for (size_t i = n_entries; i > 0; i--) { /* the last one first: the others stay where they are */
        put_nodes(doc, entries[i - 1]);
    }
    swap_text(doc);
}

void doc_entry_put(Doc *doc, DocEntry *entry)
{
    doc_entry_put_all(doc, &entry, 1);
}

const Node *doc_entry_put_items(const DocEntry *entry, size_t *n_items)
{
    *n_items = entry->n_new_items;
    return entry->first;
}

/* An entry takes some four times its bytes: text, nodes, and what is made of them. */
bool doc_is_overgrown(const Doc *doc)
{
    enum { SHARE = 4, FREE_BYTES = 16 * 1024 };
    return doc->n_replaced > doc->base.n_bytes / SHARE + FREE_BYTES;
}
