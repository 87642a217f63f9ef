#ifndef VEKHA_BASE_TEXT_H
#define VEKHA_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/str.h"

typedef enum Lang { LANG_RU, LANG_EN, LANG_COUNT } Lang;

/**
 * Every text that a person reads: one row an id, Russian, English. The rows are in
 * vekha/base/texts/<layer>.def, a file a layer, so that a layer's words stand together.
 *
 * In a row `{0}` is the first argument; `{0:событие|события|событий}` is the form that goes with
 * the number in it (not the number itself; Russian has three forms, English two). An argument in
 * a row's «…» has its own «…» as „…“.
 */
typedef enum TextId {
    T_NONE,
#define TEXT(id, ru, en) id,
#include "vekha/base/texts/all.def"
#undef TEXT
    TEXT_COUNT
} TextId;

enum { TEXT_MAX_ARGS = 6 };

/** A text, a number, or another row, which is put in in the same language. */
typedef struct TextArg {
    Str str;
    long number;
    bool is_number;
    TextId row;
} TextArg;

#define TEXT_STR(s) ((TextArg){ .str = (s) })
#define TEXT_NUM(n) ((TextArg){ .number = (long)(n), .is_number = true })

#define TEXT_ROW(id) ((TextArg){ .row = (id) })

/** The row as it stands; for rows without arguments. */
Str text_get(Lang lang, TextId id);
/** Appends the row with its arguments put in. A missing argument is an empty one. */
void text_add(StrBuf *out, Lang lang, TextId id, const TextArg *args, size_t n_args);
/** text_put(&buf, lang, T_X, TEXT_STR(name), TEXT_NUM(3)) */
#define text_put(out, lang, id, ...) \
    text_add((out), (lang), (id), (const TextArg[]){ __VA_ARGS__ }, sizeof((const TextArg[]){ __VA_ARGS__ }) / sizeof(TextArg))

/** Which of the forms goes with n: 0 событие, 1 события, 2 событий; English 0 event, 1 events. */
int text_plural_form(Lang lang, long n);
/** "ru" or "en" (also "ru_RU.UTF-8", "English"); false for others. */
bool text_lang_parse(Str name, Lang *out) MUST_USE;

#endif
