#ifndef VEKHA_STORE_STORE_NEW_H
#define VEKHA_STORE_STORE_NEW_H

#include "vekha/base/err.h"
#include "vekha/base/str.h"

/** A text of a plan by its key: title, period … */
typedef struct NewText {
    Str key, value;
} NewText;

/** Appends the text of a plan without events that has those texts; a title and a period are among them. ERR_USAGE: one is none.
 */
bool new_plan_text(const NewText *texts, size_t n_texts, StrBuf *out, Err *err) MUST_USE;
/** Appends the text of that plan with those texts instead of its own; an empty one goes. ERR_USAGE, ERR_REFUSED. */
bool plan_text_with(Str plan, const NewText *texts, size_t n_texts, StrBuf *out, Err *err) MUST_USE;

/**
 * Makes a plan file of that text, under the folder's lock, and has it on disk before it returns true. Mode, group and access list
 * are those of the folder's first plan, if there is one. Never over anything that is there (ERR_USAGE). False: there is no file.
 */
bool store_create(const char *path, Str text, Err *err) MUST_USE;

#endif
