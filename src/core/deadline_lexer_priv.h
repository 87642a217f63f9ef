#ifndef VEKHA_CORE_DEADLINE_LEXER_PRIV_H
#define VEKHA_CORE_DEADLINE_LEXER_PRIV_H

#include "core/deadline_lex_priv.h"
#include "vekha/base/utf8.h"

/* What both halves of the lexer share: characters, folded or not, and where it stands. */

enum {
    CYR_A = 0x0430,
    CYR_YA = 0x044F,
    CYR_CAPITAL_A = 0x0410,
    CYR_CAPITAL_YA = 0x042F,
    CYR_I = 0x0438,
    CYR_SHORT_I = 0x0439,
    CYR_YO = 0x0451,
    CYR_CAPITAL_YO = 0x0401,
    CYR_YE = 0x0435,
    UKR_I = 0x0456,
    UKR_CAPITAL_I = 0x0406,
    BREVE = 0x0306
};

static inline uint32_t next_code(Str *rest)
{
    unsigned char c = (unsigned char)rest->at[0];
    if (c < 0x80) {
        rest->at++;
        rest->n_bytes--;
        return c;
    }
    return utf8_next(rest);
}

static inline bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Joins what stands at either side: soft hyphens, zero-width characters, accents. */
static inline bool is_nothing(uint32_t c)
{
    return c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || c == UTF8_BOM;
}

static inline bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static inline uint32_t lower(uint32_t c)
{
    if (c >= CYR_CAPITAL_A && c <= CYR_CAPITAL_YA) {
        return c + (CYR_A - CYR_CAPITAL_A);
    }
    if (c >= 'A' && c <= 'Z') {
        return c + ('a' - 'A');
    }
    if (c == CYR_YO || c == CYR_CAPITAL_YO) {
        return CYR_YE;
    }
    return c == UKR_CAPITAL_I ? UKR_I : c;
}

static inline bool is_cyrillic(uint32_t folded)
{
    return folded >= CYR_A && folded <= CYR_YA;
}

/* Any letter of any script: the rest of a word that we don't know. */
static inline bool is_letter(uint32_t folded)
{
    return is_cyrillic(folded) || (folded >= 'a' && folded <= 'z') || folded == UKR_I ||
           (folded >= 0xC0 && folded < 0x2000 && !is_nothing(folded) && folded != 0xD7 && folded != 0xF7 && folded != 0x1680) ||
           (folded >= 0x3040 && folded != 0x3000 && folded < 0xE000);
}

typedef struct Lexer {
    Str rest;
    Lexed *out;
    bool space;
} Lexer;

/* deadline_lex.c: NULL where there is no room for one more. */
Token *lexer_add(Lexer *lexer, TokenKind kind);
/* deadline_lex_word.c: the word at the head of rest. */
void lexer_take_word(Lexer *lexer);

#endif
