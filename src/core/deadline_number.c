#include "core/deadline_parse_priv.h"

/* Dates and clock times in digits: 10.10.2022, 10.10, 10.2022, 2022-10-10, 15/10/2022, 11-00, 15:30. */

enum { CENTURY = 2000, HOURS = 24, MINUTES = 60, YEAR_DIGITS = 4 };

static bool is_number(const Cursor *cursor, int ahead, int max_digits)
{
    const Token *token = peek(cursor, ahead);
    return token->kind == TOKEN_NUMBER && token->n_digits <= max_digits;
}

static bool is_year(const Cursor *cursor, int ahead)
{
    return is_year_token(peek(cursor, ahead));
}

static bool is_spaced(const Cursor *cursor, int ahead)
{
    return (peek(cursor, ahead)->flags & TOKEN_SPACE_BEFORE) != 0;
}

static bool is_day_of_month(int day)
{
    return day >= 1 && day <= MAX_DAY;
}

static bool is_month(int month)
{
    return month >= 1 && month <= DATE_MONTHS_PER_YEAR;
}

/* 2022-10-10, 2022-10-10T11:00, 2022-11; not the 2022-23 of a school year. */
static bool parse_iso(Cursor *cursor, Moment *out)
{
    bool has_month = is_year(cursor, 0) && is_kind(cursor, 1, TOKEN_DASH) && is_number(cursor, 2, 2) &&
                     peek(cursor, 2)->n_digits == 2 && !is_spaced(cursor, 1) && !is_spaced(cursor, 2) &&
                     is_month(peek(cursor, 2)->value);
    if (!has_month || is_word(cursor, 3, WORD_SCHOOL)) {
        return false;
    }
    *out = (Moment){ .unit = UNIT_MONTH, .n = (int8_t)peek(cursor, 2)->value, .year = (int16_t)peek(cursor, 0)->value };
    bool has_day = is_kind(cursor, 3, TOKEN_DASH) && is_number(cursor, 4, 2) && !is_spaced(cursor, 3) && !is_spaced(cursor, 4) &&
                   is_day_of_month(peek(cursor, 4)->value);
    if (has_day) {
        out->unit = UNIT_DAY;
        out->day = (int8_t)peek(cursor, 4)->value;
    }
    cursor->at += has_day ? 5 : 3;
    if (has_day && is_word(cursor, 0, WORD_T) && is_number(cursor, 1, 2)) {
        cursor->at++;
    }
    return true;
}

/* The year that ends a numeric date. Fewer digits than two, or three: cut off, so the plan must tell. */
static bool take_year(Cursor *cursor, int ahead, Moment *out)
{
    const Token *token = peek(cursor, ahead);
    if (token->kind != TOKEN_NUMBER || token->n_digits > YEAR_DIGITS ||
        (token->n_digits == YEAR_DIGITS && !is_year(cursor, ahead))) {
        return false;
    }
    bool goes_on = is_kind(cursor, ahead + 1, TOKEN_DOT) && is_kind(cursor, ahead + 2, TOKEN_NUMBER);
    bool is_time = is_kind(cursor, ahead + 1, TOKEN_COLON) && is_kind(cursor, ahead + 2, TOKEN_NUMBER);
    bool is_clock_behind = is_spaced(cursor, ahead) && is_kind(cursor, ahead + 1, TOKEN_DASH) && !is_spaced(cursor, ahead + 1) &&
                           is_number(cursor, ahead + 2, 2) && !is_kind(cursor, ahead + 3, TOKEN_DOT); /* «25.05. 10-30» */
    if (token->n_digits < YEAR_DIGITS &&
        (is_time || is_clock_behind || goes_on || (is_spaced(cursor, ahead) && is_word(cursor, ahead + 1, WORD_MONTH)))) {
        return false;
    }
    if (is_kind(cursor, ahead + 1, TOKEN_BLANK) && token->n_digits < YEAR_DIGITS) {
        warn(&cursor->warnings, DEADLINE_TRUNCATED);
    } else if (token->n_digits == 2) {
        out->year = (int16_t)(CENTURY + token->value);
        warn(&cursor->warnings, DEADLINE_TWO_DIGIT_YEAR);
    } else if (token->n_digits == YEAR_DIGITS) {
        out->year = (int16_t)token->value;
    } else if (is_spaced(cursor, ahead) && token->n_digits == 1) {
        return false;
    } else {
        warn(&cursor->warnings, DEADLINE_TRUNCATED);
    }
    return true;
}

static bool is_separator(const Cursor *cursor, int ahead)
{
    const Token *token = peek(cursor, ahead);
    return token->kind == TOKEN_DOT || token->kind == TOKEN_SLASH;
}

static void take_day(Cursor *cursor, int n_tokens, Moment *out)
{
    out->unit = UNIT_DAY;
    out->day = (int8_t)peek(cursor, 0)->value;
    out->n = (int8_t)peek(cursor, 2)->value;
    cursor->at += n_tokens;
}

/* 10.10.2022, 15/10/2022, 19.10.22, 05.09.202 */
static bool parse_full(Cursor *cursor, Moment *out)
{
    bool is_dated = is_number(cursor, 0, 2) && is_separator(cursor, 1) && is_number(cursor, 2, 2) &&
                    is_day_of_month(peek(cursor, 0)->value) && is_month(peek(cursor, 2)->value) &&
                    peek(cursor, 3)->kind == peek(cursor, 1)->kind;
    if (!is_dated || !take_year(cursor, 4, out)) {
        return false;
    }
    take_day(cursor, 5, out);
    (void)accept(cursor, TOKEN_BLANK);
    return true;
}

/* 2022.10.15 */
static bool parse_year_first(Cursor *cursor, Moment *out)
{
    bool is_dated = is_year(cursor, 0) && is_kind(cursor, 1, TOKEN_DOT) && is_number(cursor, 2, 2) &&
                    is_kind(cursor, 3, TOKEN_DOT) && is_number(cursor, 4, 2) && is_month(peek(cursor, 2)->value) &&
                    is_day_of_month(peek(cursor, 4)->value);
    if (!is_dated) {
        return false;
    }
    *out = (Moment){ .unit = UNIT_DAY,
                     .day = (int8_t)peek(cursor, 4)->value,
                     .n = (int8_t)peek(cursor, 2)->value,
                     .year = (int16_t)peek(cursor, 0)->value };
    cursor->at += 5;
    return true;
}

static bool is_wrong_separator(const Cursor *cursor, int ahead, bool is_first)
{
    const Token *token = peek(cursor, ahead);
    if (token->kind == TOKEN_DASH) {
        return !is_spaced(cursor, ahead) && !is_spaced(cursor, ahead + 1) &&
               (!is_first || peek(cursor, 0)->value > DATE_MONTHS_PER_YEAR);
    }
    return token->kind == TOKEN_COMMA && !(is_first && is_spaced(cursor, ahead + 1));
}

/* 15,10.2022, 15.10,2022, 15.10-2022, 15.10 2022, 15 10 2022; and 15-10-2022, which is right in its way. */
static bool parse_mistyped(Cursor *cursor, Moment *out)
{
    if (!is_number(cursor, 0, 2) || !is_day_of_month(peek(cursor, 0)->value)) {
        return false;
    }
    int month = is_kind(cursor, 1, TOKEN_NUMBER) ? 1 : 2;
    if (!is_number(cursor, month, 2) || !is_month(peek(cursor, month)->value)) {
        return false;
    }
    int year = is_kind(cursor, month + 1, TOKEN_NUMBER) ? month + 1 : month + 2;
    bool first_right = month == 2 && is_separator(cursor, 1);
    bool second_right = year == month + 2 && is_separator(cursor, month + 1);
    bool is_dashed = month == 2 && year == 4 && is_kind(cursor, 1, TOKEN_DASH) && is_kind(cursor, 3, TOKEN_DASH) &&
                     !is_spaced(cursor, 1) && !is_spaced(cursor, 3);
    bool first_wrong = month == 1 || is_wrong_separator(cursor, 1, true);
    bool second_wrong = year == month + 1 || is_wrong_separator(cursor, month + 1, false);
    if (!is_year(cursor, year) || !(is_dashed || ((first_right || first_wrong) && (second_right || second_wrong)))) {
        return false;
    }
    if (!first_right && second_right && is_separator(cursor, year + 1)) {
        return false; /* 5,10.10.2022: the comma is a list's */
    }
    if (!is_dashed) {
        warn(&cursor->warnings, DEADLINE_NOISE);
    }
    *out = (Moment){ .unit = UNIT_DAY,
                     .day = (int8_t)peek(cursor, 0)->value,
                     .n = (int8_t)peek(cursor, month)->value,
                     .year = (int16_t)peek(cursor, year)->value };
    cursor->at += year + 1;
    return true;
}

/* 9.2022, 09/2022 */
static bool parse_month_year(Cursor *cursor, Moment *out)
{
    if (!is_number(cursor, 0, 2) || !is_separator(cursor, 1) || !is_year(cursor, 2) || !is_month(peek(cursor, 0)->value)) {
        return false;
    }
    *out = (Moment){ .unit = UNIT_MONTH, .n = (int8_t)peek(cursor, 0)->value, .year = (int16_t)peek(cursor, 2)->value };
    cursor->at += 3;
    return true;
}

static bool is_clock(const Cursor *cursor)
{
    return is_number(cursor, 0, 2) && is_number(cursor, 2, 2) && peek(cursor, 2)->n_digits == 2 &&
           peek(cursor, 0)->value < HOURS && peek(cursor, 2)->value < MINUTES;
}

/* 10.10: a date if it can be one, unless the word before wants a time. */
static bool parse_short(Cursor *cursor, Moment *out)
{
    bool is_dated = is_number(cursor, 0, 2) && is_kind(cursor, 1, TOKEN_DOT) && is_number(cursor, 2, 2) &&
                    is_day_of_month(peek(cursor, 0)->value) && is_month(peek(cursor, 2)->value);
    bool is_time = is_clock(cursor) && (cursor->after_weekday || cursor->after_in ||
                                        (is_word(cursor, 3, WORD_UNIT) && peek(cursor, 3)->value == UNIT_HOUR));
    bool is_of_no_year = is_kind(cursor, 3, TOKEN_DOT) && is_kind(cursor, 4, TOKEN_NUMBER) && !is_spaced(cursor, 4) &&
                         peek(cursor, 4)->n_digits >= YEAR_DIGITS && !is_year(cursor, 4); /* 01.01.99999 */
    if (!is_dated || is_time || is_of_no_year) {
        return false;
    }
    take_day(cursor, 3, out);
    return true;
}

bool parse_number_date(Cursor *cursor, Moment *out)
{
    static bool (*const forms[])(Cursor *, Moment *) = { parse_iso,      parse_year_first, parse_full,
                                                         parse_mistyped, parse_month_year, parse_short };
    if (!is_kind(cursor, 0, TOKEN_NUMBER)) {
        return false;
    }
    for (size_t i = 0; i < COUNTOF(forms); i++) {
        *out = (Moment){ 0 };
        if (forms[i](cursor, out)) {
            return true;
        }
    }
    return false;
}

static int16_t clock_time(int hours, int minutes)
{
    return (int16_t)(hours * MINUTES + minutes + 1);
}

/* 11-00, and 11-30 where a time is expected; neither the 10-15 of «10-15 октября» nor of «10-15.10». */
static bool is_dashed_clock(const Cursor *cursor)
{
    const Token *behind = peek(cursor, 3);
    bool is_other = behind->kind == TOKEN_DOT || behind->kind == TOKEN_SLASH ||
                    (behind->kind == TOKEN_WORD &&
                     (behind->word == WORD_MONTH || behind->word == WORD_UNIT || behind->word == WORD_UNKNOWN) &&
                     !(behind->word == WORD_UNIT && behind->value == UNIT_HOUR));
    return is_kind(cursor, 1, TOKEN_DASH) && is_clock(cursor) && !is_spaced(cursor, 1) && !is_spaced(cursor, 2) && !is_other &&
           (peek(cursor, 2)->value == 0 || cursor->after_weekday || cursor->after_in);
}

static void skip_hour_word(Cursor *cursor)
{
    if (is_word(cursor, 0, WORD_UNIT) && peek(cursor, 0)->value == UNIT_HOUR) {
        cursor->at++;
    }
}

static bool parse_time(Cursor *cursor, int16_t *out)
{
    if (is_number(cursor, 0, 2) && is_word(cursor, 1, WORD_UNIT) && peek(cursor, 1)->value == UNIT_HOUR &&
        peek(cursor, 0)->value < HOURS) {
        *out = clock_time(peek(cursor, 0)->value, 0);
        cursor->at += 2;
        if (is_number(cursor, 0, 2) && is_kind(cursor, 1, TOKEN_WORD) && str_starts(peek(cursor, 1)->text, STR("мин")) &&
            peek(cursor, 0)->value < MINUTES) {
            *out = (int16_t)(*out + peek(cursor, 0)->value);
            cursor->at += 2;
        }
        return true;
    }
    bool is_date = is_kind(cursor, 3, TOKEN_DOT) && is_kind(cursor, 4, TOKEN_NUMBER) && !is_spaced(cursor, 4);
    bool is_plain = is_clock(cursor) && (is_kind(cursor, 1, TOKEN_COLON) || (is_kind(cursor, 1, TOKEN_DOT) && !is_date));
    if (!is_plain && !is_dashed_clock(cursor)) {
        return false;
    }
    *out = clock_time(peek(cursor, 0)->value, peek(cursor, 2)->value);
    cursor->at += 3;
    skip_hour_word(cursor);
    return true;
}

/* «9» of «с 9 до 12 часов» is told by what follows. */
static bool parse_bare_hour(Cursor *cursor, int16_t *out)
{
    bool leads = is_number(cursor, 0, 2) && peek(cursor, 0)->value < HOURS &&
                 (is_kind(cursor, 1, TOKEN_DASH) || is_word(cursor, 1, WORD_UNTIL) || is_word(cursor, 1, WORD_TO)) &&
                 is_number(cursor, 2, 2) && is_word(cursor, 3, WORD_UNIT) && peek(cursor, 3)->value == UNIT_HOUR;
    if (!leads) {
        return false;
    }
    *out = clock_time(peek(cursor, 0)->value, 0);
    cursor->at++;
    return true;
}

bool parse_time_range(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    (void)(accept_word(cursor, WORD_IN) || accept_word(cursor, WORD_FROM));
    cursor->after_in = cursor->after_in || cursor->at != saved.at;
    if (!parse_bare_hour(cursor, &out->time) && !parse_time(cursor, &out->time)) {
        *cursor = saved;
        return false;
    }
    Cursor first = *cursor;
    bool is_range = accept(cursor, TOKEN_DASH) || accept_word(cursor, WORD_UNTIL) || accept_word(cursor, WORD_TO);
    cursor->after_in = true; /* a time is followed by a time */
    if (!is_range || !parse_time(cursor, &out->time2)) {
        out->time2 = 0;
        *cursor = first;
    }
    cursor->after_in = saved.after_in;
    return true;
}
