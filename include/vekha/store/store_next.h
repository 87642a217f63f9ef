#ifndef VEKHA_STORE_STORE_NEXT_H
#define VEKHA_STORE_STORE_NEXT_H

#include "vekha/base/vec.h"
#include "vekha/store/store.h"
#include "vekha/store/store_new.h"

/** A deadline whose years were shifted. */
typedef struct NextShift {
    size_t event; /* the same in the old plan and in the new one */
    Str was, became;
} NextShift;

/** What a plan for the next year was made of another one with. Zero is empty; strings lie in the arena. */
typedef struct NextYear {
    Arena arena;
    int n_years;
    VEC(NextShift) shifted;
    size_t n_signed; /* dates of approvals and signatures that went */
    bool had_basis;  /* and the order that it belonged to */
} NextYear;

void next_year_done(NextYear *next);

/**
 * Appends the text of an open plan as the next year's: its bytes, but for marks, earlier deadlines, conflicts, dates of approvals
 * and signatures, which go, ids, which are new, and years in deadlines, title and short name, shifted by the difference
 * of the periods. texts are what was said of the new plan; its period is among them. ERR_USAGE, ERR_PLAN, ERR_REFUSED.
 *
 * @seed  of the ids
 */
bool next_year_text(const Store *store, size_t file, const NewText *texts, size_t n_texts, unsigned long long seed, NextYear *out,
                    StrBuf *text, Err *err) MUST_USE;

#endif
