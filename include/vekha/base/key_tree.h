#ifndef VEKHA_BASE_KEY_TREE_H
#define VEKHA_BASE_KEY_TREE_H

#include "vekha/base/mem.h"
#include "vekha/base/str.h"

/**
 * Records by a key. A balanced tree: a file may be made so that all its keys would fall into one slot of a table. Zero is empty;
 * release with key_tree_done().
 */
typedef struct KeyTree {
    void *root;
    Arena arena;
} KeyTree;

/**
 * The record of that key: a struct of n_bytes whose first member is the key, a Str. A new one is zeroed but for the key, whose
 * bytes are the caller's and must live as long as the tree.
 */
void *key_tree_put(KeyTree *tree, Str key, size_t n_bytes);
/** NULL: there is none. */
void *key_tree_find(const KeyTree *tree, Str key);
void key_tree_done(KeyTree *tree);

#endif
