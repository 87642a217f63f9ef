#ifndef VEKHA_CORE_DEADLINE_LEX_PRIV_H
#define VEKHA_CORE_DEADLINE_LEX_PRIV_H

#include "core/deadline_word_priv.h"

/* Bytes → tokens. Each hand changes the Lexed in place, which lies on the stack and is bounded. */

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_WORD,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_SEMICOLON,
    TOKEN_COLON,
    TOKEN_DASH,
    TOKEN_SLASH,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_BLANK /* "__": to be filled in by hand */
} TokenKind;

enum { TOKEN_NOISE = 1, TOKEN_MIXED = 2, TOKEN_SPACE_BEFORE = 4, TOKEN_SUFFIXED = 8, TOKEN_STOP_AFTER = 16 };

typedef struct Token {
    uint8_t kind, word;
    uint8_t n_digits;
    uint8_t flags;
    int32_t value; /* a number, or what the word's row says */
    Str text;      /* folded; words only */
} Token;

enum { MAX_TOKENS = 256, MAX_FOLDED = 4096, MAX_WORD = 64, MAX_NUMBER_DIGITS = 8 };

typedef struct Lexed {
    int n; /* tokens before the TOKEN_END that closes them */
    bool is_cut;
    bool has_lead_in;
    size_t n_folded;
    Token tokens[MAX_TOKENS + 1];
    char folded[MAX_FOLDED];
} Lexed;

void deadline_lex(Str phrase, Lexed *out);
void deadline_tidy(Lexed *lexed);

/* Mends words that are in no lexicon: misspelt, broken by blanks, glued. */
void deadline_repair(Lexed *lexed);

#endif
