#include <string.h>

#include "core/deadline_lexer_priv.h"

/* Letters → words of the lexicon and Roman numerals; those of the wrong alphabet are read as meant. */

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
        uint32_t c = next_code(&behind);
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
    Token *second = lexer_add(lexer, TOKEN_WORD);
    if (second != NULL) {
        set_word(second, row, text);
    }
    return true;
}

void lexer_take_word(Lexer *lexer)
{
    Letters letters;
    take_letters(lexer, &letters);
    Token *token = lexer_add(lexer, TOKEN_WORD);
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
