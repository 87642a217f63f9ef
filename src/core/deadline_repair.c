#include <string.h>

#include "core/deadline_lex_priv.h"
#include "vekha/base/utf8.h"

/*
 * Words that are in no lexicon, mended where that is beyond doubt: one letter lost, doubled, swapped or wrong in a form of six
 * letters or more; a word broken by blanks; two months glued. In anything shorter a neighbour is too near («карта», «марта»).
 */

enum { MIN_LETTERS = 6, BYTES_PER_LETTER = 2 };

static bool is_mendable(Word word)
{
    switch (word) {
    case WORD_MONTH:
    case WORD_WEEKDAY:
    case WORD_UNIT:
    case WORD_EACH_UNIT:
    case WORD_DURING:
    case WORD_ALWAYS:
    case WORD_VACATION:
    case WORD_SEASON_ADJ:
    case WORD_LATER:
        return true;
    default:
        return false;
    }
}

/* Two bytes a letter at either side (Cyrillic, or it is no match anyway). One insertion, deletion, substitution or swap apart? */
static bool is_one_slip(Str a, const char *b, size_t n_b, bool is_wrong_letter)
{
    size_t i = 0;
    size_t shorter = a.n_bytes < n_b ? a.n_bytes : n_b;
    while (i < shorter && memcmp(a.at + i, b + i, BYTES_PER_LETTER) == 0) {
        i += BYTES_PER_LETTER;
    }
    size_t tail_a = a.n_bytes - i;
    size_t tail_b = n_b - i;
    const char *x = a.at + i;
    const char *y = b + i;
    const size_t one = BYTES_PER_LETTER;
    if (is_wrong_letter) {
        return i > 0 && tail_a == tail_b && tail_a >= one && memcmp(x + one, y + one, tail_a - one) == 0;
    }
    if (tail_a + one == tail_b) {
        return memcmp(x, y + one, tail_a) == 0;
    }
    if (tail_b + one == tail_a) {
        return memcmp(x + one, y, tail_b) == 0;
    }
    return tail_a == tail_b && tail_a >= 2 * one && memcmp(x, y + one, one) == 0 && memcmp(x + one, y, one) == 0 &&
           memcmp(x + 2 * one, y + 2 * one, tail_a - 2 * one) == 0;
}

static bool is_near_form(const WordRow *row, Str folded, bool is_wrong_letter)
{
    char form[MAX_WORD * BYTES_PER_LETTER];
    Str endings = row->endings;
    while (endings.n_bytes > 0) {
        Str ending = str_cut(&endings, ' ');
        ending = str_eq(ending, STR("-")) ? (Str){ 0 } : ending;
        size_t n = row->stem.n_bytes + ending.n_bytes;
        bool is_near_length = n + BYTES_PER_LETTER >= folded.n_bytes && n <= folded.n_bytes + BYTES_PER_LETTER;
        if (n < MIN_LETTERS * BYTES_PER_LETTER || n > sizeof form || !is_near_length) {
            continue;
        }
        memcpy(form, row->stem.at, row->stem.n_bytes);
        if (ending.n_bytes > 0) {
            memcpy(form + row->stem.n_bytes, ending.at, ending.n_bytes);
        }
        if (is_one_slip(folded, form, n, is_wrong_letter)) {
            return true;
        }
    }
    return false;
}

static bool is_all_cyrillic(Str folded)
{
    for (size_t i = 0; i < folded.n_bytes; i += BYTES_PER_LETTER) {
        unsigned char lead = (unsigned char)folded.at[i];
        if ((lead != 0xD0 && lead != 0xD1) || i + 1 >= folded.n_bytes) {
            return false;
        }
    }
    return true;
}

const WordRow *word_find_misspelt(Str folded)
{
    enum { MIN_GIVEN_LETTERS = 5 };
    size_t n;
    const WordRow *rows = word_rows(&n);
    if (folded.n_bytes < MIN_GIVEN_LETTERS * BYTES_PER_LETTER || !is_all_cyrillic(folded)) {
        return NULL;
    }
    const char *first = folded.at;
    const char *second = folded.at + BYTES_PER_LETTER;
    for (int pass = 0; pass < 2; pass++) { /* a letter lost or swapped is likelier than a wrong one: «четверь» */
        for (size_t i = 0; i < n; i++) {
            const char *stem = rows[i].stem.at; /* one of the first two letters is as it was */
            bool is_likely =
                memcmp(stem, first, BYTES_PER_LETTER) == 0 || memcmp(stem, second, BYTES_PER_LETTER) == 0 ||
                (rows[i].stem.n_bytes > BYTES_PER_LETTER && memcmp(stem + BYTES_PER_LETTER, first, BYTES_PER_LETTER) == 0);
            if (is_likely && is_mendable((Word)rows[i].word) && is_near_form(&rows[i], folded, pass > 0)) {
                return &rows[i];
            }
        }
    }
    return NULL;
}

static void make(Token *token, const WordRow *row)
{
    token->word = row->word;
    token->value = row->value;
    token->flags |= TOKEN_NOISE;
}

static void remove_tokens(Lexed *lexed, int at, int n)
{
    memmove(&lexed->tokens[at], &lexed->tokens[at + n], (size_t)(lexed->n + 1 - at - n) * sizeof lexed->tokens[0]);
    lexed->n -= n;
}

/* Tokens at.. whose words lie side by side in the store and could be parts of one. */
static int run_of_words(const Lexed *lexed, int at, Str *joined)
{
    enum { MAX_PARTS = 4 };
    int n = 0;
    while (n < MAX_PARTS && at + n < lexed->n && lexed->tokens[at + n].kind == TOKEN_WORD &&
           lexed->tokens[at + n].text.n_bytes > 0) {
        n++;
    }
    *joined = lexed->tokens[at].text;
    return n;
}

static Str joined_words(const Lexed *lexed, int at, int n)
{
    Str first = lexed->tokens[at].text;
    Str last = lexed->tokens[at + n - 1].text;
    return (Str){ first.at, (size_t)(last.at + last.n_bytes - first.at) };
}

/* «Сентябрьдекабрь»: two months, whatever stood between them. */
static const WordRow *split_months(Str folded, const WordRow **second)
{
    enum { SHORTEST = 3 * BYTES_PER_LETTER };
    for (size_t cut = SHORTEST; cut + SHORTEST <= folded.n_bytes; cut += BYTES_PER_LETTER) {
        const WordRow *first = word_find(str_sub(folded, 0, cut));
        *second = word_find(str_from(folded, cut));
        if (first != NULL && *second != NULL && first->word == WORD_MONTH && (*second)->word == WORD_MONTH) {
            return first;
        }
    }
    return NULL;
}

static bool is_preposition(const WordRow *row)
{
    return row->word == WORD_IN || row->word == WORD_ON || row->word == WORD_UNTIL || row->word == WORD_FROM ||
           row->word == WORD_TO || row->word == WORD_BY;
}

/* Two words that may have been glued: «втечение», «доконца», «течениигода», «ежемесячнодо». */
static bool are_neighbours(const WordRow *first, const WordRow *second, size_t n_second)
{
    enum { SHORTEST_NOUN = 5 * BYTES_PER_LETTER };
    bool is_noun = is_mendable((Word)second->word) || second->word == WORD_PART;
    if (is_preposition(first)) {
        return is_noun && n_second >= SHORTEST_NOUN;
    }
    return first->word == WORD_DURING ? second->word == WORD_UNIT || second->word == WORD_SCHOOL
                                      : first->word == WORD_EACH_UNIT && is_preposition(second);
}

/* The longer words that something may have been glued to begin like this; a look-up for each cut would cost the most of all. */
static bool may_begin_pair(Str folded)
{
    return str_starts(folded, STR("теч")) || str_starts(folded, STR("протяж")) || str_starts(folded, STR("еже"));
}

static const WordRow *split_pair(Str folded, const WordRow **second, size_t *cut)
{
    enum { LONGEST_PREPOSITION = 2 * BYTES_PER_LETTER };
    size_t last = may_begin_pair(folded) ? folded.n_bytes - 1 : LONGEST_PREPOSITION;
    for (*cut = BYTES_PER_LETTER; *cut <= last && *cut < folded.n_bytes; *cut += BYTES_PER_LETTER) {
        const WordRow *first = word_find(str_sub(folded, 0, *cut));
        *second =
            first != NULL && (*cut > LONGEST_PREPOSITION || is_preposition(first)) ? word_find(str_from(folded, *cut)) : NULL;
        if (*second != NULL && are_neighbours(first, *second, folded.n_bytes - *cut)) {
            return first;
        }
    }
    return NULL;
}

/* One token becomes two. */
static bool mend_pair(Lexed *lexed, int at)
{
    size_t cut;
    const WordRow *second;
    Str folded = lexed->tokens[at].text;
    const WordRow *first = is_all_cyrillic(folded) && lexed->n < MAX_TOKENS ? split_pair(folded, &second, &cut) : NULL;
    if (first == NULL) {
        return false;
    }
    memmove(&lexed->tokens[at + 2], &lexed->tokens[at + 1], (size_t)(lexed->n - at) * sizeof lexed->tokens[0]);
    lexed->n++;
    lexed->tokens[at + 1] = (Token){ .kind = TOKEN_WORD, .text = str_from(folded, cut) };
    lexed->tokens[at].text = str_sub(folded, 0, cut);
    make(&lexed->tokens[at], first);
    make(&lexed->tokens[at + 1], second);
    return true;
}

/* A glued pair of months becomes a range, which is what the lost dash said; there is room only if two tokens are given up for
 * three. */
static bool mend_glued(Lexed *lexed, int at, int n_used, Str folded)
{
    const WordRow *second;
    const WordRow *first = is_all_cyrillic(folded) ? split_months(folded, &second) : NULL;
    if (first == NULL || lexed->n + 2 > MAX_TOKENS) {
        return false;
    }
    remove_tokens(lexed, at, n_used - 1);
    memmove(&lexed->tokens[at + 3], &lexed->tokens[at + 1], (size_t)(lexed->n - at) * sizeof lexed->tokens[0]);
    lexed->n += 2;
    lexed->tokens[at + 1] = (Token){ .kind = TOKEN_DASH };
    lexed->tokens[at + 2] = (Token){ .kind = TOKEN_WORD };
    make(&lexed->tokens[at], first);
    make(&lexed->tokens[at + 2], second);
    return true;
}

/* «октя-брь»: broken where a line ended. */
static bool mend_hyphenated(Lexed *lexed, int at)
{
    const Token *first = &lexed->tokens[at];
    bool is_broken = at + 2 < lexed->n && first->word == WORD_UNKNOWN && first[1].kind == TOKEN_DASH &&
                     first[2].kind == TOKEN_WORD && first[2].word == WORD_UNKNOWN && first[2].text.n_bytes > 0 &&
                     !(first[1].flags & TOKEN_SPACE_BEFORE);
    Str folded = is_broken ? joined_words(lexed, at, 3) : (Str){ 0 };
    const WordRow *row = is_broken ? word_find(folded) : NULL;
    if (row == NULL || !is_mendable((Word)row->word)) {
        return false;
    }
    remove_tokens(lexed, at, 2);
    lexed->tokens[at].text = folded;
    make(&lexed->tokens[at], row);
    return true;
}

static bool mend_broken(Lexed *lexed, int at)
{
    Str first;
    int n_words = run_of_words(lexed, at, &first);
    for (int n = n_words; n >= 2; n--) {
        Str folded = joined_words(lexed, at, n);
        const WordRow *row = word_find(folded);
        if (row != NULL && is_mendable((Word)row->word)) {
            remove_tokens(lexed, at, n - 1);
            lexed->tokens[at].text = folded;
            make(&lexed->tokens[at], row);
            return true;
        }
        if (mend_glued(lexed, at, n, folded)) {
            return true;
        }
    }
    return n_words == 1 && mend_glued(lexed, at, 1, first);
}

static bool has_unknown_near(const Lexed *lexed, int at)
{
    return lexed->tokens[at].word == WORD_UNKNOWN ||
           (lexed->tokens[at + 1].kind == TOKEN_WORD && lexed->tokens[at + 1].word == WORD_UNKNOWN);
}

static void mend_term(Token *token)
{
    int value;
    if (word_find_term(token->text, &value)) {
        token->word = WORD_TERM;
        token->value = value;
    }
}

void deadline_repair(Lexed *lexed)
{
    for (int i = 0; i < lexed->n; i++) {
        Token *token = &lexed->tokens[i];
        if (token->kind != TOKEN_WORD || token->text.n_bytes == 0 || !has_unknown_near(lexed, i)) {
            continue;
        }
        bool is_unknown = token->word == WORD_UNKNOWN;
        if (is_unknown) {
            mend_term(token);
        }
        if (token->word == WORD_TERM || mend_hyphenated(lexed, i) || mend_broken(lexed, i)) {
            continue;
        }
        if (is_unknown && mend_pair(lexed, i)) {
            i++;
            continue;
        }
        const WordRow *row = is_unknown ? word_find_misspelt(token->text) : NULL;
        if (row != NULL) {
            make(token, row);
        }
    }
}
