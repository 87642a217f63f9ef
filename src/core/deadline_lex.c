#include <string.h>

#include "core/deadline_lex_priv.h"
#include "vekha/base/utf8.h"

/* Bytes → tokens: folds case and ё, knows every kind of blank and dash, and reads letters of the wrong alphabet as meant. */

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

typedef struct Lexer {
    Str rest;
    Lexed *out;
    bool space;
} Lexer;

static uint32_t next(Str *rest)
{
    unsigned char c = (unsigned char)rest->at[0];
    if (c < 0x80) {
        rest->at++;
        rest->n_bytes--;
        return c;
    }
    return utf8_next(rest);
}

static bool is_blank(uint32_t c)
{
    return c <= ' ' || c == 0x7F || c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
}

/* Joins what stands at either side: soft hyphens, zero-width characters, accents. */
static bool is_nothing(uint32_t c)
{
    return c == 0xAD || (c >= 0x300 && c <= 0x36F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x2064) || c == UTF8_BOM;
}

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

/* Ⅳ, a numeral in one character: 1 to 12, or 0. */
static int numeral_of(uint32_t c)
{
    enum { ONE = 0x2160, SMALL_ONE = 0x2170, COUNT = 12 };
    if (c >= ONE && c < ONE + COUNT) {
        return (int)(c - ONE) + 1;
    }
    return c >= SMALL_ONE && c < SMALL_ONE + COUNT ? (int)(c - SMALL_ONE) + 1 : 0;
}

static uint32_t lower(uint32_t c)
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

static bool is_cyrillic(uint32_t folded)
{
    return folded >= CYR_A && folded <= CYR_YA;
}

/* Any letter of any script: the rest of a word that we don't know. */
static bool is_letter(uint32_t folded)
{
    return is_cyrillic(folded) || (folded >= 'a' && folded <= 'z') || folded == UKR_I ||
           (folded >= 0xC0 && folded < 0x2000 && !is_nothing(folded) && folded != 0xD7 && folded != 0xF7 && folded != 0x1680) ||
           (folded >= 0x3040 && folded != 0x3000 && folded < 0xE000);
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

/* The Cyrillic letter that looks like a foreign one, or 0. */
static uint32_t cyrillic_like(uint32_t folded)
{
    static const struct {
        char latin;
        uint16_t cyrillic;
    } alike[] = {
        { 'a', 0x0430 }, { 'b', 0x0432 }, { 'c', 0x0441 }, { 'e', 0x0435 }, { 'h', 0x043D },
        { 'k', 0x043A }, { 'm', 0x043C }, { 'o', 0x043E }, { 'p', 0x0440 }, { 't', 0x0442 },
        { 'u', 0x0438 }, { 'x', 0x0445 }, { 'y', 0x0443 }, { 'n', 0x043F }, { 'r', 0x0433 },
    };
    for (size_t i = 0; i < COUNTOF(alike); i++) {
        if (folded == (uint32_t)alike[i].latin) {
            return alike[i].cyrillic;
        }
    }
    return folded == UKR_I ? CYR_I : 0;
}

static Token *add(Lexer *lexer, TokenKind kind)
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
    return rest.n_bytes == 0 ? 0 : lower(next(&rest));
}

/* Is the letter at the head of rest, inside or behind digits, a digit mistyped? */
static bool is_mistyped_digit(Str rest, int n_digits)
{
    enum { YEAR_DIGITS = 4 };
    uint32_t c = lower(next(&rest));
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
        uint32_t c = lower(next(&behind));
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
    Token *token = add(lexer, TOKEN_NUMBER);
    if (token != NULL) {
        token->value = (int32_t)value;
        token->n_digits = (uint8_t)(n_digits > MAX_NUMBER_DIGITS ? MAX_NUMBER_DIGITS + 1 : n_digits);
        token->flags |= is_mended ? TOKEN_NOISE : 0;
    }
}

/* A word as code points, folded; as much of it as any row of the lexicon could have. */
typedef struct Letters {
    uint32_t at[MAX_WORD];
    int n;
    bool is_long, has_latin, has_cyrillic, has_capital_only;
} Letters;

static void take_letters(Lexer *lexer, Letters *out)
{
    out->n = 0;
    out->is_long = out->has_latin = out->has_cyrillic = false;
    out->has_capital_only = true;
    while (lexer->rest.n_bytes > 0) {
        Str behind = lexer->rest;
        uint32_t c = next(&behind);
        uint32_t folded = lower(c);
        if (c == BREVE && out->n > 0 && out->at[out->n - 1] == CYR_I) {
            out->at[out->n - 1] = CYR_SHORT_I;
        } else if (!is_nothing(c)) {
            if (!is_letter(folded)) {
                return;
            }
            out->has_capital_only = out->has_capital_only && folded != c;
            out->has_latin = out->has_latin || (folded <= 'z') || folded == UKR_I;
            out->has_cyrillic = out->has_cyrillic || is_cyrillic(folded);
            out->is_long = out->is_long || out->n == MAX_WORD / 2;
            if (!out->is_long) {
                out->at[out->n++] = folded;
            }
        }
        lexer->rest = behind;
    }
}

/* I, V, X or a letter that looks like one or some of them; 0 if there is no likeness. */
static const char *roman_like(uint32_t folded)
{
    switch (folded) {
    case 'i':
    case 'l':
    case UKR_I:
        return "1";
    case 'v':
    case 0x0443: /* у */
        return "5";
    case 'x':
    case 0x0445: /* х */
        return "x";
    case 0x043F: /* п */
        return "11";
    case 0x0448: /* ш */
        return "111";
    default:
        return NULL;
    }
}

/* 1 to 12, or 0. A single Cyrillic У or Х, a small Cyrillic letter or a small v or x alone is no numeral. */
static int roman_value(const Letters *letters)
{
    static const char *const numerals[] = { "1", "11", "111", "15", "5", "51", "511", "5111", "1x", "x", "x1", "x11" };
    char strokes[MAX_WORD] = "";
    if (letters->n > 4 || letters->is_long) {
        return 0;
    }
    for (int i = 0; i < letters->n; i++) {
        const char *like = roman_like(letters->at[i]);
        bool is_small_wrong = !letters->has_capital_only && letters->at[i] != 'i' && letters->at[i] != 'v' &&
                              letters->at[i] != 'x' && !(letters->at[i] == 'l' && letters->n > 1);
        if (like == NULL || is_small_wrong) {
            return 0;
        }
        strcat(strokes, like);
    }
    bool is_alone = letters->n == 1 && strokes[1] == '\0' && (strokes[0] != '1' || letters->at[0] == 'l');
    if (is_alone && !(letters->has_capital_only && letters->has_latin && letters->at[0] != 'l')) {
        return 0;
    }
    for (size_t i = 0; i < COUNTOF(numerals); i++) {
        if (strcmp(strokes, numerals[i]) == 0) {
            return (int)i + 1;
        }
    }
    return 0;
}

static bool is_plain_roman(const Letters *letters)
{
    for (int i = 0; i < letters->n; i++) {
        if (letters->at[i] != 'i' && letters->at[i] != 'v' && letters->at[i] != 'x') {
            return false;
        }
    }
    return true;
}

static size_t encode(char *to, uint32_t c)
{
    if (c < 0x80) {
        to[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        to[0] = (char)(0xC0 | (c >> 6));
        to[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    to[0] = (char)(0xE0 | ((c >> 12) & 0x0F));
    to[1] = (char)(0x80 | ((c >> 6) & 0x3F));
    to[2] = (char)(0x80 | (c & 0x3F));
    return 3;
}

/* The folded word in the phrase's own store; with foreign letters replaced if they all have a likeness. */
static Str store(Lexed *out, const Letters *letters, bool is_replaced)
{
    enum { MAX_BYTES_EACH = 3 };
    char *at = out->folded + out->n_folded;
    size_t n = 0;
    if (out->n_folded + (size_t)letters->n * MAX_BYTES_EACH > MAX_FOLDED) {
        return (Str){ at, 0 };
    }
    for (int i = 0; i < letters->n; i++) {
        uint32_t like = is_replaced && !is_cyrillic(letters->at[i]) ? cyrillic_like(letters->at[i]) : letters->at[i];
        n += encode(at + n, like == 0 ? letters->at[i] : like);
    }
    out->n_folded += n;
    return (Str){ at, n };
}

static void set_word(Token *token, const WordRow *row, Str text)
{
    token->text = text;
    token->word = row == NULL ? WORD_UNKNOWN : row->word;
    token->value = row == NULL ? 0 : row->value;
}

/* «IVкв.»: a numeral and its noun. */
static bool lex_glued_numeral(Lexer *lexer, const Letters *letters, Token *token)
{
    Letters numeral = { .n = 0, .has_latin = true, .has_capital_only = true };
    Letters noun = { .n = 0, .has_cyrillic = true };
    for (int i = 0; i < letters->n; i++) {
        bool is_stroke = letters->at[i] == 'i' || letters->at[i] == 'v' || letters->at[i] == 'x';
        Letters *half = is_stroke && noun.n == 0 ? &numeral : &noun;
        half->at[half->n++] = letters->at[i];
    }
    int value = numeral.n > 0 && numeral.n <= 4 ? roman_value(&numeral) : 0;
    Str text = store(lexer->out, &noun, false);
    const WordRow *row = value > 0 ? word_find(text) : NULL;
    if (row == NULL || row->word != WORD_UNIT) {
        return false;
    }
    *token = (Token){ .kind = TOKEN_WORD, .word = WORD_ROMAN, .value = value, .flags = token->flags };
    Token *second = add(lexer, TOKEN_WORD);
    if (second != NULL) {
        set_word(second, row, text);
    }
    return true;
}

static void lex_word(Lexer *lexer)
{
    Letters letters;
    take_letters(lexer, &letters);
    Token *token = add(lexer, TOKEN_WORD);
    if (token == NULL) {
        return;
    }
    int roman = roman_value(&letters);
    if (roman > 0) {
        *token = (Token){ .kind = TOKEN_WORD, .word = WORD_ROMAN, .value = roman, .flags = token->flags };
        token->flags |= is_plain_roman(&letters) ? 0 : TOKEN_MIXED;
        return;
    }
    size_t n_folded = lexer->out->n_folded;
    Str text = store(lexer->out, &letters, false);
    const WordRow *row = letters.is_long ? NULL : word_find(text);
    if (row == NULL && letters.has_latin && !letters.is_long) {
        lexer->out->n_folded = n_folded;
        text = store(lexer->out, &letters, true);
        row = word_find(text);
        token->flags |= row != NULL ? TOKEN_MIXED : 0;
    }
    if (row == NULL && letters.has_latin && letters.has_cyrillic && lex_glued_numeral(lexer, &letters, token)) {
        return;
    }
    set_word(token, row, text);
    lexer->out->has_lead_in = lexer->out->has_lead_in || token->word == WORD_LEAD_IN || token->word == WORD_PERIOD;
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
        Token *doubt = add(lexer, TOKEN_WORD);
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
    (void)add(lexer, kind == TOKEN_DOT && n >= 3 ? TOKEN_DASH : kind);
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
        uint32_t c = next(&behind);
        uint32_t folded = lower(c);
        if (is_digit(c) ||
            (digit_like(folded) >= 0 && (out->n == 0 || lexer.space || out->tokens[out->n - 1].kind > TOKEN_WORD) &&
             leads_number(behind, folded))) {
            lex_number(&lexer);
        } else if (numeral_of(c) > 0) {
            lexer.rest = behind;
            Token *token = add(&lexer, TOKEN_WORD);
            if (token != NULL) {
                token->word = WORD_ROMAN;
                token->value = numeral_of(c);
            }
        } else if (is_letter(folded)) {
            lex_word(&lexer);
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
