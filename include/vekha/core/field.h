#ifndef VEKHA_CORE_FIELD_H
#define VEKHA_CORE_FIELD_H

#include <stdbool.h>

#include "vekha/base/mem.h"
#include "vekha/core/plan.h"

/** The fields of an event, in the order in which a new one is written. */
typedef enum FieldId {
    FIELD_ID,
    FIELD_NO,
    FIELD_TITLE,
    FIELD_WHEN,
    FIELD_DATES,
    FIELD_WAS,
    FIELD_RESPONSIBLE,
    FIELD_RESULT,
    FIELD_STATUS,
    FIELD_DONE,
    FIELD_BY,
    FIELD_CONFIRMED,
    FIELD_CONFIRMED_BY,
    FIELD_CANCELLED,
    FIELD_REASON,
    FIELD_EVIDENCE,
    FIELD_NOTE,
    FIELD_MARKS,
    FIELD_CONFLICT,
    FIELD_COUNT
} FieldId;

typedef enum FieldType {
    FIELD_TYPE_TEXT,
    FIELD_TYPE_TEXTS, /* a text or a list of them */
    FIELD_TYPE_DAY,
    FIELD_TYPE_STATUS,
    FIELD_TYPE_LIST /* of mappings; read by its own rows */
} FieldType;

typedef struct FieldInfo {
    Str name; /* the key in the file */
    FieldType type;
    size_t offset;      /* in Event; SIZE_MAX for lists of mappings */
    size_t mark_offset; /* in Mark; SIZE_MAX: an occurrence has no such field */
    TextId heading, help;
} FieldInfo;

const FieldInfo *field_info(FieldId field);
bool field_find(Str name, FieldId *out) MUST_USE;

/** Is there a value? A planned status counts as none. */
bool field_is_set(const Event *event, FieldId field);
/** The value as the file has it (days ISO, status by name; parties one a line; `was` and `conflict` as field_list.h has them).
 * Marks: nothing. */
void field_add_value(StrBuf *out, const Event *event, FieldId field);
void field_add_mark_value(StrBuf *out, const Mark *mark, FieldId field);
/** Sets the value from the file's form; an empty one clears it. False if it is none of the type. */
bool field_parse(Event *event, FieldId field, Str value, Arena *arena) MUST_USE;
bool field_parse_mark(Mark *mark, FieldId field, Str value, Arena *arena) MUST_USE;

#endif
