#include "core/deadline_parse_priv.h"

/* Parts of months and of longer units: «начало», «вторая декада», «последняя пятница», «15 числа»; and of what they are. */

/* What a part is a part of. Without it the part waits for its neighbour: «1, 3 неделя марта», «начало и конец года». */
static void parse_whole(Cursor *cursor, Moment *out)
{
    Moment whole = { 0 };
    Cursor saved = *cursor;
    Moment part = *out;
    (void)accept_word(cursor, WORD_IN);
    if (accept_word(cursor, WORD_EVERY)) {
        whole.is_every = true;
    }
    (void)accept_word(cursor, WORD_REPORTED); /* «отчётного квартала» */
    if (parse_named_unit(cursor, &whole) && whole.part == PART_WHOLE && whole.unit != UNIT_DAY && whole.unit != UNIT_WEEKDAY) {
        *out = whole;
        out->part = part.part;
        out->part_n = part.part_n;
        out->part_weekday = part.part_weekday;
        out->is_every = whole.is_every || part.is_every;
        return;
    }
    *cursor = saved;
}

int part_count(Part part)
{
    static const int8_t counts[] = {
        [PART_HALF] = 2, [PART_DECADE] = 3, [PART_WEEK] = 5, [PART_WEEKDAY] = 5, [PART_DAY] = MAX_DAY, [PART_WORKDAY] = MAX_DAY
    };
    return part < COUNTOF(counts) ? counts[part] : 0;
}

/* «первые», «последних»: several of them. */
static bool is_few(const Cursor *cursor)
{
    const Token *token = peek(cursor, 0);
    bool is_many = str_ends(token->text, STR("ые")) || str_ends(token->text, STR("ых")) || str_ends(token->text, STR("ие")) ||
                   str_ends(token->text, STR("их"));
    return is_word(cursor, 0, WORD_ORDINAL) && is_many && (token->value == 1 || token->value == NTH_LAST);
}

/* «последние дни мая», «в первых числах октября»; «первые две недели», «последние 3 дня»: then of what. */
bool parse_few(Cursor *cursor, Moment *out)
{
    enum { WEEK = 7, DECADE = 10, MAX_FEW = 31 };
    bool is_last = peek(cursor, 0)->value == NTH_LAST;
    const Token *count = peek(cursor, 1);
    const Token *noun = peek(cursor, 2);
    if (!is_few(cursor)) {
        return false;
    }
    Moment part = { .part = is_last ? PART_END : PART_START, .is_every = out->is_every };
    if (is_word(cursor, 1, WORD_DATE_NUMBER) || is_unit(cursor, 1, UNIT_DAY)) {
        warn(&cursor->warnings, DEADLINE_AMBIGUOUS); /* how many, is not said */
        cursor->at += 2;
    } else {
        bool is_counted = (count->kind == TOKEN_NUMBER && count->n_digits <= 2) || is_word(cursor, 1, WORD_CARDINAL);
        int each = noun->kind != TOKEN_WORD || noun->word != WORD_UNIT ? 0
                   : noun->value == UNIT_DAY                           ? 1
                   : noun->value == UNIT_WEEK                          ? WEEK
                   : noun->value == UNIT_DECADE                        ? DECADE
                                                                       : 0;
        int n = is_counted ? count->value * each : 0;
        if (n < 1 || n > MAX_FEW) {
            return false;
        }
        part.part = PART_DAYS;
        part.part_n = (int8_t)(is_last ? -n : n);
        cursor->at += 3;
    }
    *out = part;
    parse_whole(cursor, out);
    return true;
}

/* «первый рабочий день месяца», «до 3 рабочего дня»; not «5 рабочих дней». */
bool parse_nth_working_day(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    if (n == 0 || !is_word(cursor, 1, WORD_WORKING) || !is_unit(cursor, 2, UNIT_DAY)) {
        return false;
    }
    Str adjective = peek(cursor, 1)->text;
    bool is_one = !str_ends(adjective, STR("х")) && !str_ends(adjective, STR("е")) && !str_ends(adjective, STR("и"));
    bool is_counted = peek(cursor, 0)->kind != TOKEN_NUMBER || (peek(cursor, 0)->flags & TOKEN_SUFFIXED);
    if (!is_one) {
        return false;
    }
    cursor->at += 3;
    *out = (Moment){ .part = PART_WORKDAY, .part_n = (int8_t)n, .is_every = out->is_every };
    parse_whole(cursor, out);
    return out->unit != UNIT_NONE || is_counted;
}

/* «конец 1, 2, 3 четверти»: of each of them */
static void take_listed_number(Cursor *cursor, Moment *out)
{
    bool leads_list = out->unit == UNIT_NONE && ordinal_at(cursor, 0) > 0 &&
                      (is_kind(cursor, 1, TOKEN_COMMA) || is_word(cursor, 1, WORD_AND)) && ordinal_at(cursor, 2) > 0;
    if (leads_list) {
        out->unit = UNIT_NUMBER;
        out->number = ordinal_at(cursor, 0);
        cursor->at++;
    }
}

/* «2 декада», «последняя неделя», «первая половина», «второй вторник», «последний день»: then of what. */
bool parse_numbered_part(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    const Token *noun = peek(cursor, 1);
    const bool is_counted = peek(cursor, 0)->kind != TOKEN_NUMBER || (peek(cursor, 0)->flags & TOKEN_SUFFIXED);
    if (n == 0 || noun->kind != TOKEN_WORD) {
        return false;
    }
    Moment part = { .part_n = (int8_t)n, .is_every = out->is_every };
    bool is_decade = (noun->word == WORD_UNIT && noun->value == UNIT_DECADE) ||
                     (noun->word == WORD_MONTH && str_eq(noun->text, STR("дек")) && is_word(cursor, 2, WORD_MONTH));
    bool is_half = (noun->word == WORD_PART && noun->value == PART_HALF) ||
                   (noun->word == WORD_UNIT && str_eq(noun->text, STR("пол")) && is_word(cursor, 2, WORD_MONTH));
    if (is_decade && n <= part_count(PART_DECADE)) {
        part.part = PART_DECADE;
    } else if (noun->word == WORD_UNIT && noun->value == UNIT_WEEK && n <= part_count(PART_WEEK)) {
        part.part = PART_WEEK;
    } else if (noun->word == WORD_UNIT && noun->value == UNIT_DAY && is_counted) {
        part.part = PART_DAY;
    } else if (is_half && n <= 2) {
        part.part = PART_HALF;
    } else if (noun->word == WORD_WEEKDAY && n <= 5 &&
               (is_counted || is_unit(cursor, 2, UNIT_MONTH) || is_word(cursor, 2, WORD_EVERY) ||
                (is_word(cursor, 2, WORD_MONTH) && !is_kind(cursor, -1, TOKEN_NUMBER)))) {
        part.part = PART_WEEKDAY;
        part.part_weekday = (int8_t)noun->value;
    } else {
        return false;
    }
    note_mixed(cursor, 0);
    cursor->at += 2;
    *out = part;
    parse_whole(cursor, out);
    take_listed_number(cursor, out);
    if (part.part == PART_WEEKDAY && part.is_every && n != NTH_LAST && out->unit == UNIT_NONE) {
        warn(&cursor->warnings, DEADLINE_AMBIGUOUS); /* «каждый второй вторник»: of a month, or of two? */
    }
    return true;
}

/* «начало», «середина», «конец», «итоги», «вторая половина» */
bool parse_part(Cursor *cursor, Moment *out)
{
    const Token *token = peek(cursor, 0);
    bool is_part =
        token->kind == TOKEN_WORD && ((token->word == WORD_PART && token->value != PART_HALF) || token->word == WORD_RESULTS);
    if (!is_part) {
        return false;
    }
    out->part = token->word == WORD_RESULTS ? PART_END : (uint8_t)token->value;
    cursor->at++;
    if (token->word == WORD_RESULTS) {
        (void)accept_word(cursor, WORD_TO); /* «итоги по четвертям» */
    }
    parse_whole(cursor, out);
    take_listed_number(cursor, out);
    return true;
}

/* «последнего месяца (квартала)»: a month of something longer, or of the frame. */
static bool parse_inner_month(Cursor *cursor, int day, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    Cursor saved = *cursor;
    bool is_counted = peek(cursor, 0)->kind != TOKEN_NUMBER || (peek(cursor, 0)->flags & TOKEN_SUFFIXED);
    if (n == 0 || n > DATE_MONTHS_PER_YEAR || !is_counted || !is_unit(cursor, 1, UNIT_MONTH) || is_word(cursor, 2, WORD_MONTH)) {
        return false;
    }
    cursor->at += 2;
    *out = (Moment){ .part = PART_MONTH_DAY, .part_n = (int8_t)day, .part_weekday = (int8_t)n };
    parse_whole(cursor, out);
    bool is_of_month = out->unit == UNIT_MONTH || out->unit == UNIT_WEEK || out->unit == UNIT_VACATION;
    bool is_few_months = out->unit == UNIT_NONE || !is_of_month;
    if (!is_few_months) {
        *cursor = saved;
    }
    return is_few_months;
}

bool parse_month_of(Cursor *cursor, Moment *out)
{
    return parse_inner_month(cursor, 0, out);
}

/* «15 числа»: a day of whichever month; «до 5 числа месяца» */
bool parse_day_number(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    if (n == NTH_LAST || n < 1 || n > MAX_DAY || !is_word(cursor, 1, WORD_DATE_NUMBER) || is_few(cursor)) {
        return false;
    }
    cursor->at += 2;
    Cursor behind = *cursor;
    (void)accept_word(cursor, WORD_EVERY);
    if (parse_inner_month(cursor, n, out)) {
        return true; /* «20 числа последнего месяца квартала» */
    }
    *cursor = behind;
    *out = (Moment){ .unit = UNIT_NONE, .part = PART_DAY, .part_n = (int8_t)n };
    parse_whole(cursor, out);
    if (out->unit == UNIT_NONE) {
        out->unit = UNIT_MONTH;
    } else if (out->unit == UNIT_MONTH && out->n != 0) {
        *out = (Moment){ .unit = UNIT_DAY, .n = out->n, .day = (int8_t)n, .year = out->year };
    }
    return true;
}

/* «(1 декада)», «, 3 декада» behind the month that they are of. */
void parse_part_behind(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    Moment part = { 0 };
    bool is_apart =
        accept(cursor, TOKEN_COMMA) || accept(cursor, TOKEN_OPEN) || accept(cursor, TOKEN_DASH) || accept(cursor, TOKEN_COLON);
    if (is_apart && out->n != 0 && parse_day_number(cursor, &part) && part.unit == UNIT_MONTH && part.n == 0 && !part.is_every) {
        out->unit = UNIT_DAY; /* «октябрь, 25 число» */
        out->day = part.part_n;
        (void)accept(cursor, TOKEN_CLOSE);
        return;
    }
    cursor->at = saved.at + (is_apart ? 1 : 0);
    if (is_apart && (parse_numbered_part(cursor, &part) || parse_part(cursor, &part)) && part.unit == UNIT_NONE &&
        !part.is_every) {
        out->part = part.part;
        out->part_n = part.part_n;
        out->part_weekday = part.part_weekday;
        (void)accept(cursor, TOKEN_CLOSE);
        return;
    }
    *cursor = saved;
}
