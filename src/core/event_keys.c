#include "core/event_keys_priv.h"

enum { N_ONE_BY_ONE = 8 }; /* lookups that are cheaper than a tree */

/* The first of that key. */
typedef struct Place {
    Str key;
    const void *item; /* a Mark, an OwnText */
} Place;

static void put_first(KeyTree *tree, Str key, const void *item)
{
    Place *place = key_tree_put(tree, key, sizeof *place);
    place->item = place->item == NULL ? item : place->item;
}

static const void *find_first(const KeyTree *tree, Str key)
{
    const Place *place = key_tree_find(tree, key);
    return place != NULL ? place->item : NULL;
}

/* Is it time for a tree? */
static bool are_many(EventKeys *keys, size_t n)
{
    return n > N_ONE_BY_ONE && keys->n_asked++ >= N_ONE_BY_ONE;
}

static void fill_marks(EventKeys *keys)
{
    const Event *event = keys->event;
    if (keys->marks.root == NULL) {
        for (unsigned i = 0; i < event->n_marks; i++) {
            put_first(&keys->marks, event->marks[i].at, &event->marks[i]);
        }
    }
}

static void fill_own(EventKeys *keys)
{
    const Event *event = keys->event;
    if (keys->own.root == NULL) {
        for (unsigned i = 0; i < event->n_own; i++) {
            put_first(&keys->own, event->own[i].key, &event->own[i]);
        }
    }
}

const Mark *event_keys_mark(EventKeys *keys, Str at)
{
    if (!are_many(keys, keys->event->n_marks)) {
        return event_mark_at(keys->event, at);
    }
    fill_marks(keys);
    return find_first(&keys->marks, at);
}

static Str own_one_by_one(const Event *event, Str key)
{
    for (unsigned i = 0; i < event->n_own; i++) {
        if (str_eq(event->own[i].key, key)) {
            return event->own[i].text;
        }
    }
    return (Str){ 0 };
}

Str event_keys_own(EventKeys *keys, Str key)
{
    if (!are_many(keys, keys->event->n_own)) {
        return own_one_by_one(keys->event, key);
    }
    fill_own(keys);
    const OwnText *found = find_first(&keys->own, key);
    return found != NULL ? found->text : (Str){ 0 };
}

Str event_keys_value(EventKeys *keys, const FieldEdit *edit, Arena *arena)
{
    const Event *event = keys->event;
    if (edit->key.n_bytes > 0) {
        return arena_copy(arena, event_keys_own(keys, edit->key));
    }
    StrBuf value = { 0 };
    const Mark *mark = edit->at.n_bytes > 0 ? event_keys_mark(keys, edit->at) : NULL;
    if (mark != NULL) {
        field_add_mark_value(&value, mark, edit->field);
    } else if (edit->at.n_bytes == 0 && field_is_set(event, edit->field)) {
        field_add_value(&value, event, edit->field);
    }
    Str copy = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    return copy;
}

void event_keys_done(EventKeys *keys)
{
    key_tree_done(&keys->marks);
    key_tree_done(&keys->own);
}
