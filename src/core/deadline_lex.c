#include "core/deadline_lexer_priv.h"

/* Bytes → tokens: folds case and ё, knows every kind of blank and dash, and reads letters of the wrong alphabet as meant. */

/* Ⅳ, a numeral in one character: 1 to 12, or 0. */
static int numeral_of(uint32_t c)
{
    enum { ONE = 0x2160, SMALL_ONE = 0x2170, COUNT = 12 };
    if (c >= ONE && c < ONE + COUNT) {
        return (int)(c - ONE) + 1;
    }
    return c >= SMALL_ONE && c < SMALL_ONE + COUNT ? (int)(c - SMALL_ONE) + 1 : 0;
}

/* The digit that a letter was typed for. */
static int digit_like(uint32_t folded)
{
    switch (folded) {
    case 'o':
    case 0x043E: /* о */
        return 0;
    case 'l':
    case 'i':
    case UKR_I:
        return 1;
    case 0x0437: /* з */
        return 3;
    case 0x0431: /* б */
        return 6;
    default:
        return -1;
    }
}

Token *lexer_add(Lexer *lexer, TokenKind kind)
{
    Lexed *out = lexer->out;
    if (out->n == MAX_TOKENS) {
        out->is_cut = true;
        return NULL;
    }
    Token *token = &out->tokens[out->n++];
    *token = (Token){ .kind = (uint8_t)kind, .flags = lexer->space ? TOKEN_SPACE_BEFORE : 0 };
    lexer->space = false;
    return token;
}

static uint32_t peek_code(Str rest)
{
    return rest.n_bytes == 0 ? 0 : lower(next_code(&rest));
}

/* Is the letter at the head of rest, inside or behind digits, a digit mistyped? */
static bool is_mistyped_digit(Str rest, int n_digits)
{
    enum { YEAR_DIGITS = 4 };
    uint32_t c = lower(next_code(&rest));
    if (digit_like(c) < 0) {
        return false;
    }
    uint32_t behind = peek_code(rest);
    bool is_dotted = behind == '.' && rest.n_bytes > 1 && is_digit((unsigned char)rest.at[1]);
    bool ends_year = n_digits == YEAR_DIGITS - 1 && !is_letter(behind) && c != 0x0431;
    bool is_zero_of_two = digit_like(c) == 0 && n_digits == 1 && !is_letter(behind); /* «2О октября» */
    return is_digit(behind) || is_dotted || ends_year || is_zero_of_two ||
           (n_digits == 2 && digit_like(behind) >= 0 && ends_year);
}

static void lex_number(Lexer *lexer)
{
    long value = 0;
    int n_digits = 0;
    bool is_mended = false;
    while (lexer->rest.n_bytes > 0) {
        Str behind = lexer->rest;
        uint32_t c = lower(next_code(&behind));
        int digit = is_digit(c) ? (int)(c - '0') : -1;
        if (digit < 0 && digit_like(c) >= 0 && n_digits < 4 && is_mistyped_digit(lexer->rest, n_digits)) {
            digit = digit_like(c);
            is_mended = true;
        }
        if (digit < 0) {
            break;
        }
        n_digits++;
        value = n_digits <= MAX_NUMBER_DIGITS ? value * 10 + digit : value;
        lexer->rest = behind;
    }
    Token *token = lexer_add(lexer, TOKEN_NUMBER);
    if (token != NULL) {
        token->value = (int32_t)value;
        token->n_digits = (uint8_t)(n_digits > MAX_NUMBER_DIGITS ? MAX_NUMBER_DIGITS + 1 : n_digits);
        token->flags |= is_mended ? TOKEN_NOISE : 0;
    }
}

static TokenKind punctuation(uint32_t c)
{
    switch (c) {
    case '-':
    case 0x2212: /* minus */
    case 0x2026: /* … */
    case 0x2043:
    case 0xFE58:
    case 0xFF0D:
        return TOKEN_DASH;
    case '.':
        return TOKEN_DOT;
    case ',':
        return TOKEN_COMMA;
    case ';':
        return TOKEN_SEMICOLON;
    case ':':
        return TOKEN_COLON;
    case '/':
    case '\\':
        return TOKEN_SLASH;
    case '(':
    case '[':
    case '{':
        return TOKEN_OPEN;
    case ')':
    case ']':
    case '}':
        return TOKEN_CLOSE;
    case '_':
        return TOKEN_BLANK;
    default:
        return c >= 0x2010 && c <= 0x2015 ? TOKEN_DASH : TOKEN_END;
    }
}

/* Three full stops are a range; two are one. Quotation marks and bullets are nothing. */
static void lex_punctuation(Lexer *lexer, uint32_t c)
{
    TokenKind kind = punctuation(c);
    if (c == '?' && lexer->out->n > 0) { /* a doubt: it stays as a note */
        Token *doubt = lexer_add(lexer, TOKEN_WORD);
        if (doubt != NULL) {
            doubt->word = WORD_QUALIFIER;
        }
        return;
    }
    if (kind == TOKEN_END) {
        lexer->space = true;
        return;
    }
    int n = 1;
    while (lexer->rest.n_bytes > 0 && c < 0x80 && lexer->rest.at[0] == (char)c) {
        lexer->rest = str_from(lexer->rest, 1);
        n++;
    }
    (void)lexer_add(lexer, kind == TOKEN_DOT && n >= 3 ? TOKEN_DASH : kind);
}

/* «О5.10», «l5 октября»: is the letter before it the first of two digits? */
static bool leads_number(Str behind, uint32_t letter)
{
    if (behind.n_bytes < 2 || !is_digit((unsigned char)behind.at[0])) {
        return false;
    }
    enum { LATIN_1 = 0xC2, PUNCTUATION = 0xE2 }; /* how blanks and dashes that are not ASCII begin */
    unsigned char end = (unsigned char)behind.at[1];
    bool is_apart = end <= ' ' || end == '-' || end == LATIN_1 || end == PUNCTUATION;
    return end == '.' || (is_apart && digit_like(letter) <= 1);
}

void deadline_lex(Str phrase, Lexed *out)
{
    Lexer lexer = { .rest = phrase, .out = out };
    out->n = 0;
    out->n_folded = 0;
    out->is_cut = out->has_lead_in = false;
    bool has_unknown = false;
    while (lexer.rest.n_bytes > 0 && !out->is_cut) {
        Str behind = lexer.rest;
        uint32_t c = next_code(&behind);
        uint32_t folded = lower(c);
        if (is_digit(c) ||
            (digit_like(folded) >= 0 && (out->n == 0 || lexer.space || out->tokens[out->n - 1].kind > TOKEN_WORD) &&
             leads_number(behind, folded))) {
            lex_number(&lexer);
        } else if (numeral_of(c) > 0) {
            lexer.rest = behind;
            Token *token = lexer_add(&lexer, TOKEN_WORD);
            if (token != NULL) {
                token->word = WORD_ROMAN;
                token->value = numeral_of(c);
            }
        } else if (is_letter(folded)) {
            lexer_take_word(&lexer);
            has_unknown = has_unknown || (out->n > 0 && out->tokens[out->n - 1].word == WORD_UNKNOWN);
        } else {
            lexer.rest = behind;
            if (is_blank(c)) {
                lexer.space = true;
            } else if (!is_nothing(c)) {
                lex_punctuation(&lexer, c);
            }
        }
    }
    deadline_tidy(out);
    if (has_unknown) {
        deadline_repair(out);
    }
}
