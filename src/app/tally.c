#include "app/tally_priv.h"

#include <stdlib.h>

#include "vekha/base/utf8.h"

enum { SLOTS_MIN = 64 };

/* The slot of that text, or the free one for it. */
static size_t slot_of(const Tally *tally, Str text)
{
    size_t mask = tally->slots.n - 1;
    size_t slot = (size_t)str_hash(text) & mask;
    while (tally->slots.at[slot] != 0 && !str_eq(tally->rows.at[tally->slots.at[slot] - 1].text, text)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* At most half of the slots are taken. */
static void grow(Tally *tally)
{
    size_t n_slots = tally->slots.n < SLOTS_MIN ? SLOTS_MIN : tally->slots.n * 2;
    vec_clear(&tally->slots);
    for (size_t i = 0; i < n_slots; i++) {
        vec_push(&tally->slots, 0);
    }
    for (size_t i = 0; i < tally->rows.n; i++) {
        tally->slots.at[slot_of(tally, tally->rows.at[i].text)] = (uint32_t)i + 1;
    }
}

void tally_add(Tally *tally, Str text)
{
    if (tally->rows.n * 2 >= tally->slots.n) {
        grow(tally);
    }
    uint32_t *slot = &tally->slots.at[slot_of(tally, text)];
    if (*slot == 0) {
        vec_push(&tally->rows, (TallyRow){ .text = text });
        *slot = (uint32_t)tally->rows.n;
    }
    tally->rows.at[*slot - 1].n++;
}

static int by_key(const void *a, const void *b)
{
    const TallyRow *left = a;
    const TallyRow *right = b;
    int order = str_cmp(left->key, right->key);
    return order != 0 ? order : str_cmp(left->text, right->text);
}

static int by_text(const void *a, const void *b)
{
    return utf8_collate(((const TallyRow *)a)->text, ((const TallyRow *)b)->text);
}

void tally_finish(Tally *tally, void (*add_key)(StrBuf *out, Str text))
{
    size_t n_kept = 0;
    StrBuf key = { 0 };
    for (size_t i = 0; i < tally->rows.n; i++) {
        strbuf_clear(&key);
        add_key(&key, tally->rows.at[i].text);
        tally->rows.at[i].key = arena_copy(&tally->arena, strbuf_str(&key));
    }
    strbuf_done(&key);
    if (tally->rows.n == 0) {
        return;
    }
    qsort(tally->rows.at, tally->rows.n, sizeof *tally->rows.at, by_key);
    for (size_t i = 1; i < tally->rows.n; i++) {
        TallyRow *kept = &tally->rows.at[n_kept];
        if (str_eq(tally->rows.at[i].key, kept->key)) {
            kept->n += tally->rows.at[i].n;
        } else {
            tally->rows.at[++n_kept] = tally->rows.at[i];
        }
    }
    tally->rows.n = n_kept + 1;
    qsort(tally->rows.at, tally->rows.n, sizeof *tally->rows.at, by_text);
}

void tally_done(Tally *tally)
{
    vec_done(&tally->rows);
    vec_done(&tally->slots);
    arena_done(&tally->arena);
}
