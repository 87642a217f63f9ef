/* Any bytes as a YAML file: the tree's spans lie in the text, in order, each inside its parent's. */
#include <stdint.h>
#include <stdlib.h>

#include "vekha/base/err.h"
#include "vekha/doc/doc.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool is_true)
{
    if (!is_true) {
        abort();
    }
}

static void check_node(const Doc *doc, const Node *node, uint32_t from, uint32_t to, int depth)
{
    require(depth <= DOC_MAX_LEVELS);
    require(node->start >= from && node->end >= node->start && node->end <= to);
    if (node->kind == NODE_ALIAS) {
        const Node *target = node_resolve(doc, node);
        require(target != NULL && target->kind != NODE_ALIAS && target->has_anchor && target->end <= node->start);
        return;
    }
    require(node->body >= node->start && node->body <= node->end);
    require(node->kind != NODE_SCALAR || node->child == NULL);
    size_t n_children = 0;
    uint32_t at = node->body;
    for (const Node *child = node->child; child != NULL; child = child->next) {
        check_node(doc, child, at, node->end, depth + 1);
        at = child->end;
        n_children++;
    }
    require(node->kind != NODE_MAP || n_children % 2 == 0);
}

/* As a reader does: every key of a map looked up, those that are merged too. */
static void look_up(const Doc *doc, const Node *map)
{
    int n_looked = 0;
    for (const Node *key = node_first_key(map); key != NULL && n_looked < 16; key = node_next_key(key), n_looked++) {
        const Node *name = node_resolve(doc, key);
        if (name->kind == NODE_SCALAR) {
            require(node_get(doc, map, name->text) != NULL);
        }
    }
    (void)node_get(doc, map, STR("missing"));
}

static void check_place(const Doc *doc, size_t byte)
{
    int line;
    int col;
    doc_place(doc, byte, &line, &col);
    require(line >= 1 && col >= 1 && (size_t)line <= byte + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Doc *doc = doc_new((Str){ (const char *)data, size });
    const Node *root = doc_root(doc);
    Err err = { 0 };
    if (doc_is_broken(doc, &err)) {
        require(err.kind == ERR_PLAN && err.line >= 1 && err.col >= 1);
        require(err.text != T_DOC_OTHER_PROBLEM);
    }
    if (root != NULL) {
        check_node(doc, root, 0, (uint32_t)size, 0);
        look_up(doc, root);
        for (const Node *item = root->child; item != NULL; item = item->next) {
            look_up(doc, item);
            check_place(doc, item->start);
        }
    }
    check_place(doc, size);
    doc_free(doc);
    return 0;
}
