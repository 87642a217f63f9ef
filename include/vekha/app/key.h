#ifndef VEKHA_APP_KEY_H
#define VEKHA_APP_KEY_H

#include <stdbool.h>
#include <stdint.h>

#include "vekha/base/text.h"

/* The K_ keeps clear of the KEY_ macros of curses. */
typedef enum KeyKind {
    K_NONE,
    K_CHAR, /* a character; its code point is code. With ctrl it is a small letter or one of [ \ ] ^ _ @ */
    K_F,    /* a function key; its number is code */
    K_ENTER,
    K_ESC,
    K_TAB,
    K_BACKTAB,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_PGUP,
    K_PGDN,
    K_HOME,
    K_END,
    K_KIND_COUNT
} KeyKind;

enum { KEY_MAX_F = 20 };

/** One key as the terminal sent it. Zero is no key. */
typedef struct Key {
    KeyKind kind;
    uint32_t code;
    bool ctrl, alt, shift; /* shift only with keys that are no character */
    bool is_pasted;        /* nobody pressed it: it is of a text that was pasted */
} Key;

#define KEY_CHAR(c) ((Key){ .kind = K_CHAR, .code = (c) })
#define KEY_CTRL(c) ((Key){ .kind = K_CHAR, .code = (c), .ctrl = true })
#define KEY_FN(n) ((Key){ .kind = K_F, .code = (n) })
#define KEY_OF(which) ((Key){ .kind = (which) })

bool key_eq(Key a, Key b);
/** Would it be text in a field: a character without Ctrl or Alt? */
bool key_is_text(Key key);
/** 1 to 9 and 0 as F1 to F9 and F10, as in mc after Esc; other keys as they are. */
Key key_of_digit(Key key);

/**
 * The key of that name: "j", "F2", "Ctrl-R", "Alt-1", "Space", "PgUp", also what key_add_name()
 * writes in either language. Names of keys have no case, characters have. False if it names none.
 */
bool key_parse(Str name, Key *out) MUST_USE;
/** Appends the name as the help shows it: "Ctrl-R", «Пробел», "↑". */
void key_add_name(StrBuf *out, Lang lang, Key key);

#endif
