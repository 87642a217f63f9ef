#include "vekha/base/key_tree.h"

#include <search.h>
#include <stdlib.h>

static int by_key(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

void *key_tree_find(const KeyTree *tree, Str key)
{
    void **found = tfind(&key, &tree->root, by_key);
    return found != NULL ? *found : NULL;
}

void *key_tree_put(KeyTree *tree, Str key, size_t n_bytes)
{
    void *record = key_tree_find(tree, key);
    if (record == NULL) {
        record = arena_alloc(&tree->arena, n_bytes);
        *(Str *)record = key;
        if (tsearch(record, &tree->root, by_key) == NULL) {
            abort(); /* out of memory */
        }
    }
    return record;
}

static void free_nothing(void *record)
{
    (void)record; /* it lies in the arena */
}

void key_tree_done(KeyTree *tree)
{
    tdestroy(tree->root, free_nothing);
    arena_done(&tree->arena);
    tree->root = NULL;
}
