#include "core/deadline_lex_priv.h"

/* Tokens that are parts of one become one: endings of numbers, numerals of two words, full stops that end nothing. */

static bool is_suffix(Str word)
{
    static const Str suffixes[] = { STR_INIT("й"),  STR_INIT("я"),  STR_INIT("е"),   STR_INIT("х"),  STR_INIT("м"),
                                    STR_INIT("ю"),  STR_INIT("го"), STR_INIT("му"),  STR_INIT("ти"), STR_INIT("ой"),
                                    STR_INIT("ый"), STR_INIT("ий"), STR_INIT("ая"),  STR_INIT("ое"), STR_INIT("ом"),
                                    STR_INIT("ую"), STR_INIT("ым"), STR_INIT("ми"),  STR_INIT("ых"), STR_INIT("ого"),
                                    STR_INIT("ье"), STR_INIT("ья"), STR_INIT("ому"), STR_INIT("ей"), STR_INIT("ю") };
    for (size_t i = 0; i < COUNTOF(suffixes); i++) {
        if (str_eq(word, suffixes[i])) {
            return true;
        }
    }
    return false;
}

/* «5 - го», «1-я», «10 -ти», «3-м»: the ending goes to its number. */
static bool is_number_suffix(const Lexed *lexed, int at)
{
    const Token *token = &lexed->tokens[at];
    int number = at;
    if (number + 1 < lexed->n && token[1].kind == TOKEN_DASH) {
        number++;
    }
    bool is_numeral = token->kind == TOKEN_WORD && token->word == WORD_ROMAN && token[1].kind == TOKEN_DASH;
    return (token->kind == TOKEN_NUMBER || is_numeral) && number + 1 < lexed->n && lexed->tokens[number + 1].kind == TOKEN_WORD &&
           token->n_digits <= 3 && (token[1].kind == TOKEN_DASH || !(token[1].flags & TOKEN_SPACE_BEFORE)) &&
           is_suffix(lexed->tokens[number + 1].text);
}

/* A full stop matters between numbers alone; elsewhere it ends an abbreviation or a sentence. */
static bool is_idle_dot(const Lexed *lexed, int at, const Token *before)
{
    const Token *dot = &lexed->tokens[at];
    bool is_between = before != NULL && before->kind == TOKEN_NUMBER && at + 1 < lexed->n && dot[1].kind == TOKEN_NUMBER;
    return dot->kind == TOKEN_DOT && !is_between;
}

/* «двадцать пятое», «тридцать один»: two words, one number. */
static bool is_compound(const Token *tens, const Token *ones)
{
    bool is_tens = tens->kind == TOKEN_WORD && tens->word == WORD_CARDINAL && tens->value >= 20 && tens->value % 10 == 0;
    bool is_ones = ones->kind == TOKEN_WORD && (ones->word == WORD_ORDINAL || ones->word == WORD_CARDINAL) && ones->value >= 1 &&
                   ones->value <= 9;
    return is_tens && is_ones;
}

/* «1V», «1Х»: a digit for the stroke of a numeral; 0 if it is none. */
static int mistyped_numeral(const Token *digit, const Token *letters)
{
    enum { FIVE = 5, TEN = 10 };
    bool is_one = digit->kind == TOKEN_NUMBER && digit->n_digits == 1 && digit->value == 1;
    bool is_numeral = letters->kind == TOKEN_WORD && letters->word == WORD_ROMAN && !(letters->flags & TOKEN_SPACE_BEFORE);
    if (!is_one || !is_numeral) {
        return 0;
    }
    return letters->value == FIVE || letters->value == TEN ? letters->value - 1 : letters->value < 3 ? letters->value + 1 : 0;
}

/* «1З марта», a letter for the second digit of a day: which digit; 0 if it is none. Three tokens. */
static int mistyped_day(const Token *tokens)
{
    bool is_day = tokens[0].kind == TOKEN_NUMBER && tokens[0].n_digits == 1 && tokens[1].kind == TOKEN_WORD &&
                  !(tokens[1].flags & TOKEN_SPACE_BEFORE) && tokens[2].kind == TOKEN_WORD && tokens[2].word == WORD_MONTH;
    if (!is_day) {
        return 0;
    }
    return str_eq(tokens[1].text, STR("з")) ? 3 : str_eq(tokens[1].text, STR("б")) ? 6 : 0;
}

/* «п/г»: three tokens; the first may have been taken for a numeral. */
static bool is_half_year(const Token *tokens)
{
    bool is_half = tokens[0].kind == TOKEN_WORD &&
                   (str_eq(tokens[0].text, STR("п")) ||
                    (tokens[0].word == WORD_ROMAN && (tokens[0].flags & TOKEN_MIXED) && tokens[0].value == 2));
    return is_half && tokens[1].kind == TOKEN_SLASH && tokens[2].kind == TOKEN_WORD && tokens[2].word == WORD_YEAR_ABBR &&
           !(tokens[2].flags & TOKEN_SPACE_BEFORE);
}

/* Two tokens that are one number. */
static bool merge_numbers(const Token *first, const Token *second, Token *to)
{
    int numeral = mistyped_numeral(first, second);
    if (numeral == 0 && !is_compound(first, second)) {
        return false;
    }
    Token made = *second; /* to may be first */
    made.value = numeral > 0 ? numeral : first->value + second->value;
    made.flags = (uint8_t)((first->flags & TOKEN_SPACE_BEFORE) | (numeral > 0 ? TOKEN_NOISE : second->flags));
    *to = made;
    return true;
}

void deadline_tidy(Lexed *lexed)
{
    int kept = 0;
    for (int i = 0; i < lexed->n; i++) {
        Token *before = kept > 0 ? &lexed->tokens[kept - 1] : NULL;
        Token *after = &lexed->tokens[i + 1];
        bool is_doubled = before != NULL && before->kind == TOKEN_DASH && lexed->tokens[i].kind == TOKEN_DASH; /* «-–» */
        if (is_doubled) {
            continue;
        }
        if (is_idle_dot(lexed, i, before)) {
            if (before != NULL) {
                before->flags |= TOKEN_STOP_AFTER;
            }
            continue;
        }
        bool has_suffix = is_number_suffix(lexed, i);
        Token *to = &lexed->tokens[kept++];
        if (i + 2 < lexed->n && is_half_year(&lexed->tokens[i])) {
            *to = (Token){
                .kind = TOKEN_WORD, .word = WORD_UNIT, .value = UNIT_HALF, .flags = lexed->tokens[i].flags & TOKEN_SPACE_BEFORE
            };
            i += 2;
            continue;
        }
        int digit = i + 2 < lexed->n ? mistyped_day(&lexed->tokens[i]) : 0;
        if (digit > 0) {
            *to = lexed->tokens[i];
            to->value = to->value * 10 + digit;
            to->n_digits = 2;
            to->flags |= TOKEN_NOISE;
            i++;
            continue;
        }
        if (i + 1 < lexed->n && merge_numbers(&lexed->tokens[i], after, to)) {
            i++;
            continue;
        }
        *to = lexed->tokens[i];
        if (has_suffix) {
            to->flags |= TOKEN_SUFFIXED;
            i += after->kind == TOKEN_DASH ? 2 : 1;
        }
    }
    lexed->n = kept;
    lexed->tokens[kept] = (Token){ .kind = TOKEN_END };
}
