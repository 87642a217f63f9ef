#ifndef APP_TALLY_PRIV_H
#define APP_TALLY_PRIV_H

#include <stdint.h>

#include "vekha/base/mem.h"
#include "vekha/base/str.h"
#include "vekha/base/vec.h"

/* How often each text occurs. Texts are borrowed. */
typedef struct TallyRow {
    Str text, key;
    size_t n;
} TallyRow;

typedef struct Tally {
    VEC(TallyRow) rows;
    VEC(uint32_t) slots; /* a hash table: 1 + index of rows, 0: free; a power of two of them */
    Arena arena;         /* of the keys */
} Tally;

void tally_add(Tally *tally, Str text);
/* Texts with the same key become one row, under the first of them by code points; rows go into Russian order. add_key appends a
 * key. */
void tally_finish(Tally *tally, void (*add_key)(StrBuf *out, Str text));
void tally_done(Tally *tally);

#endif
