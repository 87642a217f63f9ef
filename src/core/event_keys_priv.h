#ifndef VEKHA_CORE_EVENT_KEYS_PRIV_H
#define VEKHA_CORE_EVENT_KEYS_PRIV_H

#include "vekha/base/key_tree.h"
#include "vekha/core/change.h"

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
