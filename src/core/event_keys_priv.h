#ifndef VEKHA_CORE_EVENT_KEYS_PRIV_H
#define VEKHA_CORE_EVENT_KEYS_PRIV_H

#include "vekha/core/change.h"

/* Records by a key that they begin with. A tree: a file may be made so that all its keys would fall into one slot. */
typedef struct KeyTree {
    void *root;
    Arena arena;
} KeyTree;

/* The record of that key; one that is new has n_bytes, zeroed but for the key. Lives as long as the tree; the key must, too. */
void *key_tree_put(KeyTree *tree, Str key, size_t n_bytes);
/* NULL: there is none. */
void *key_tree_find(const KeyTree *tree, Str key);
void key_tree_done(KeyTree *tree);

/* Marks and own texts of an event by their keys: however many are looked for, it takes no square of their number. Zero but for
 * the event, which must stay as it is. */
typedef struct EventKeys {
    const Event *event;
    KeyTree marks, own;
    size_t n_asked; /* for either */
} EventKeys;

/* event_mark_at() */
const Mark *event_keys_mark(EventKeys *keys, Str at);
/* The value of that key among the event's own columns. */
Str event_keys_own(EventKeys *keys, Str key);
/* change_value() */
Str event_keys_value(EventKeys *keys, const FieldEdit *edit, Arena *arena);
void event_keys_done(EventKeys *keys);

#endif
