#ifndef VEKHA_CORE_HEADER_H
#define VEKHA_CORE_HEADER_H

#include <stdbool.h>

#include "vekha/core/plan.h"

/** A text of the plan itself, or of a section, that people edit. */
typedef struct HeaderField {
    Str name;       /* the key in the file */
    size_t offset;  /* in Plan; SIZE_MAX: a plan has none */
    size_t section; /* in Section; SIZE_MAX: a section has none */
    bool is_period; /* a Span instead of a text */
    TextId heading;
} HeaderField;

/** The rows in the order in which a new plan is written. */
const HeaderField *header_fields(size_t *n);
/** The row of that name that a plan (section -1) or a section has; NULL: none. */
const HeaderField *header_find(Str name, int section);
/** The value as the file has it; a period as two days. */
void header_add_value(StrBuf *out, const Plan *plan, int section, const HeaderField *field);
/** Is it one that the field may have? */
bool header_is_value(const HeaderField *field, Str value);
/** The same value, a period however it is written? */
bool header_same(const HeaderField *field, Str a, Str b);
/** Sets it on a plan of one's own; the text is kept as a view. */
void header_set(Plan *plan, int section, const HeaderField *field, Str value);

#endif
