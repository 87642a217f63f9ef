#ifndef VEKHA_APP_LINEEDIT_H
#define VEKHA_APP_LINEEDIT_H

#include <stdbool.h>

#include "vekha/app/key.h"
#include "vekha/base/str.h"

/** One line of text being typed. The cursor is a byte offset, always between whole characters. Zero is empty. */
typedef struct LineEdit {
    StrBuf text;
    size_t cursor;
} LineEdit;

void lineedit_set(LineEdit *line, Str text);
/** Puts the cursor there, or behind the character that the offset lies in, at the end at most. */
void lineedit_set_cursor(LineEdit *line, size_t at);
void lineedit_done(LineEdit *line);
/** Does it take no character more? */
bool lineedit_is_full(const LineEdit *line);
/** Types a character, moves or deletes; false if the key means nothing here. */
bool lineedit_key(LineEdit *line, Key key);

#endif
