#ifndef VEKHA_STORE_DRAFT_H
#define VEKHA_STORE_DRAFT_H

#include <stdbool.h>

#include "vekha/core/change.h"

/**
 * What a person was typing when the program ended: all that is needed to ask the same question again. Words, not
 * numbers, name what may be another in the next version. Zero is empty.
 */
typedef struct Draft {
    Str plan; /* absolute path of its file */
    Str who;  /* who typed it, as marks name him; may be empty */
    EventRef event;
    Str prompt;        /* which question */
    Str field;         /* what of the event the answer changes, by its name in the file; empty: nothing that is there */
    Str before;        /* the value of that field when typing began */
    Str asked;         /* answered before: the status, by its name in the file */
    Str at;            /* answered before: the occurrence */
    Str when;          /* answered before: the new deadline */
    Str text;          /* what was typed so far */
    size_t cursor;     /* in it, in bytes */
    long long typed_s; /* when, in seconds since 1970 */
} Draft;

enum { DRAFT_MAX_BYTES = 1 << 20 };

/**
 * Appends the draft as it lies on disk: a head, lines "key TAB value" (`\t \n \r \\` escaped), and a last line with a sum
 * over all before it, so that a torn file is known as one.
 */
void draft_add(StrBuf *out, const Draft *draft);
/** Reads it; texts are copied into arena. False: it is torn, of another format, over DRAFT_MAX_BYTES, or no draft at all. */
bool draft_parse(Str content, Arena *arena, Draft *out) MUST_USE;

#endif
