#include "core/deadline_parse_priv.h"

/* Years as they are written: «2023 г.», «22 г.», «2022/2023 уч. год», «2022-2024 гг.», and years that were cut off. */

enum { CENTURY = 2000, YEAR_DIGITS = 4, MIN_YEAR = 1900, MAX_YEAR = 2199, LIKELY_YEAR_FIRST = 19, LIKELY_YEAR_LAST = 39 };

bool is_year_token(const Token *token)
{
    return token->kind == TOKEN_NUMBER && token->n_digits == YEAR_DIGITS && token->value >= MIN_YEAR && token->value <= MAX_YEAR;
}

bool is_year_word(const Cursor *cursor, int ahead)
{
    return is_word(cursor, ahead, WORD_YEAR_ABBR) ||
           (is_word(cursor, ahead, WORD_UNIT) && peek(cursor, ahead)->value == UNIT_YEAR);
}

/* «г.», «г.г.», «годы»: the words that say no more than that the number is a year. */
void skip_year_words(Cursor *cursor)
{
    while (is_year_word(cursor, 0)) {
        cursor->at++;
    }
}

/* «учебного года», «уч. г.» */
bool accept_school_year(Cursor *cursor)
{
    int slash = is_kind(cursor, 1, TOKEN_SLASH) ? 1 : 0; /* «уч/год» */
    if (!is_word(cursor, 0, WORD_SCHOOL) || !is_year_word(cursor, 1 + slash)) {
        return false;
    }
    cursor->at += 1 + slash;
    skip_year_words(cursor);
    return true;
}

/* The second year of «2022/2023», «2022/23», «2022-2023 уч. год». */
static bool parse_pair(Cursor *cursor, Moment *out)
{
    const Token *second = peek(cursor, 2);
    int year = peek(cursor, 0)->value;
    bool is_slash = is_kind(cursor, 1, TOKEN_SLASH);
    bool is_short = second->kind == TOKEN_NUMBER && second->n_digits == 2 && second->value == (year + 1) % 100;
    bool is_pair = (is_slash || is_kind(cursor, 1, TOKEN_DASH)) && (is_short || is_year_token(second));
    if (!is_pair) {
        return false;
    }
    Cursor behind = *cursor;
    behind.at += 3;
    while (is_word(&behind, 0, WORD_YEAR_ABBR)) {
        behind.at++;
    }
    bool is_school = accept_school_year(&behind) || out->is_school;
    if (!is_school && !is_slash && !is_short) {
        return false; /* 2018-2020: years, not a school year */
    }
    skip_year_words(&behind);
    if (is_short) {
        warn(&cursor->warnings, DEADLINE_TWO_DIGIT_YEAR);
    }
    out->is_school = true;
    out->year = (int16_t)year;
    out->year2 = (int16_t)(is_short ? year + 1 : second->value);
    cursor->at = behind.at;
    return true;
}

/* «22/23 уч. год» */
static bool parse_short_pair(Cursor *cursor, Moment *out)
{
    const Token *first = peek(cursor, 0);
    const Token *second = peek(cursor, 2);
    bool is_pair = first->kind == TOKEN_NUMBER && second->kind == TOKEN_NUMBER && first->n_digits == 2 && second->n_digits == 2 &&
                   second->value == (first->value + 1) % 100 &&
                   (is_kind(cursor, 1, TOKEN_SLASH) || is_kind(cursor, 1, TOKEN_DASH));
    Cursor behind = *cursor;
    behind.at += 3;
    if (!is_pair || !(accept_school_year(&behind) || (out->is_school && is_year_word(&behind, 0)))) {
        return false;
    }
    skip_year_words(&behind);
    out->is_school = true;
    out->year = (int16_t)(CENTURY + first->value);
    out->year2 = (int16_t)(out->year + 1);
    warn(&cursor->warnings, DEADLINE_TWO_DIGIT_YEAR);
    cursor->at = behind.at;
    return true;
}

/* «январь (2023 г.)» */
static bool parse_bracketed_year(Cursor *cursor, Moment *out)
{
    int behind = is_year_word(cursor, 2) ? 3 : 2;
    if (!is_kind(cursor, 0, TOKEN_OPEN) || !is_year_token(peek(cursor, 1)) || !is_kind(cursor, behind, TOKEN_CLOSE)) {
        return false;
    }
    out->year = (int16_t)peek(cursor, 1)->value;
    cursor->at += behind + 1;
    return true;
}

bool parse_year(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    if (parse_bracketed_year(cursor, out)) {
        return true;
    }
    (void)accept(cursor, TOKEN_COMMA);
    if (parse_short_pair(cursor, out)) {
        return true;
    }
    const Token *token = peek(cursor, 0);
    if (is_year_token(token)) {
        if (parse_pair(cursor, out)) {
            return true;
        }
        out->year = (int16_t)token->value;
        cursor->at++;
        if (accept_school_year(cursor)) {
            out->is_school = true;
            out->year2 = (int16_t)(out->year + 1);
        }
        skip_year_words(cursor);
        return true;
    }
    bool is_last = is_kind(cursor, 1, TOKEN_END) || is_kind(cursor, 1, TOKEN_COMMA) || is_kind(cursor, 1, TOKEN_SEMICOLON) ||
                   is_kind(cursor, 1, TOKEN_CLOSE);
    const Token *second = peek(cursor, 3);
    bool is_pair = is_kind(cursor, 1, TOKEN_DASH) && is_word(cursor, 2, WORD_MONTH) && second->kind == TOKEN_NUMBER &&
                   second->n_digits == 2 && second->value >= token->value &&
                   second->value <= token->value + 1; /* «окт. 22 – март 23» */
    bool is_likely = (is_last || is_pair) && saved.at == cursor->at && token->value >= LIKELY_YEAR_FIRST &&
                     token->value <= LIKELY_YEAR_LAST; /* «май 23» */
    bool is_short = token->kind == TOKEN_NUMBER && token->n_digits == 2 && (is_year_word(cursor, 1) || is_likely);
    bool is_cut = token->kind == TOKEN_NUMBER && saved.at == cursor->at &&
                  (token->n_digits == 3 || (token->n_digits == 2 && is_kind(cursor, 1, TOKEN_BLANK)));
    if (is_short || is_cut) {
        out->year = is_short ? (int16_t)(CENTURY + token->value) : 0;
        warn(&cursor->warnings, is_short ? DEADLINE_TWO_DIGIT_YEAR : DEADLINE_TRUNCATED);
        cursor->at++;
        (void)accept(cursor, TOKEN_BLANK);
        skip_year_words(cursor);
        return true;
    }
    *cursor = saved;
    return false;
}

/* «октябрь 2022-2024 гг.»: a month in each of the years. */
void parse_years_of_month(Cursor *cursor, Moment *out)
{
    if (!parse_year(cursor, out)) {
        (void)accept_school_year(cursor);
        skip_year_words(cursor);
        return;
    }
    bool is_more = out->year2 == 0 && is_kind(cursor, 0, TOKEN_DASH) && is_year_token(peek(cursor, 1)) &&
                   (peek(cursor, 2)->kind == TOKEN_END || is_year_word(cursor, 2));
    if (is_more) {
        out->year2 = (int16_t)peek(cursor, 1)->value;
        cursor->at += 2;
        skip_year_words(cursor);
    }
}

/* «учебного года», its years, or plain «года» after a quarter or a half. */
void parse_years_of_unit(Cursor *cursor, Moment *out)
{
    (void)accept_word(cursor, WORD_IGNORED);
    if (accept_school_year(cursor)) {
        out->is_school = true;
    }
    if (!parse_year(cursor, out)) {
        skip_year_words(cursor);
    }
    if (accept_school_year(cursor)) {
        out->is_school = true;
    }
}
