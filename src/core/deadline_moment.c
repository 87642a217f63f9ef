#include "core/deadline_priv.h"

/* One unit of time as it is named: «15 марта 2023 г. (среда), 15:30», «II квартал», «вторая неделя октября», «конец мая». */

enum { YEAR_DIGITS = 4, MAX_DAY = 31, MAX_ORDINAL = 31 };

static bool is_unit(const Cursor *cursor, int ahead, Unit unit)
{
    return is_word(cursor, ahead, WORD_UNIT) && peek(cursor, ahead)->value == (int)unit;
}

/* A number that can count a unit: «1», «1-й», «первый», «I»; 0 if there is none. */
static int ordinal_at(const Cursor *cursor, int ahead)
{
    const Token *token = peek(cursor, ahead);
    if (token->kind == TOKEN_NUMBER) {
        return token->n_digits <= 2 && token->value >= 1 && token->value <= MAX_ORDINAL ? token->value : 0;
    }
    bool is_ordinal = token->kind == TOKEN_WORD && (token->word == WORD_ORDINAL || token->word == WORD_ROMAN);
    return is_ordinal ? token->value : 0;
}

static void note_mixed(Cursor *cursor, int ahead)
{
    if (peek(cursor, ahead)->flags & TOKEN_MIXED) {
        warn(&cursor->warnings, DEADLINE_MIXED_SCRIPT);
    }
}

static bool parse_named_unit(Cursor *cursor, Moment *out);

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

int unit_count(Unit unit)
{
    static const int8_t counts[] = { [UNIT_QUARTER] = 4, [UNIT_HALF] = 2, [UNIT_SCHOOL_QUARTER] = 4, [UNIT_TRIMESTER] = 3 };
    return unit < COUNTOF(counts) ? counts[unit] : 0;
}

static bool set_numbered(Unit unit, int n, Moment *out)
{
    int count = unit_count(unit);
    if (n > count) {
        return false;
    }
    out->unit = (uint8_t)unit;
    out->n = (int8_t)(n == NTH_LAST ? count : n);
    return count > 0;
}

int part_count(Part part)
{
    static const int8_t counts[] = {
        [PART_HALF] = 2, [PART_DECADE] = 3, [PART_WEEK] = 5, [PART_WEEKDAY] = 5, [PART_DAY] = MAX_DAY
    };
    return part < COUNTOF(counts) ? counts[part] : 0;
}

/* «2 декада», «последняя неделя», «первая половина», «второй вторник», «последний день»: then of what. */
static bool parse_numbered_part(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    const Token *noun = peek(cursor, 1);
    const bool is_counted = peek(cursor, 0)->kind != TOKEN_NUMBER || (peek(cursor, 0)->flags & TOKEN_SUFFIXED);
    if (n == 0 || noun->kind != TOKEN_WORD) {
        return false;
    }
    Moment part = { .part_n = (int8_t)n, .is_every = out->is_every };
    if (noun->word == WORD_UNIT && noun->value == UNIT_DECADE && n <= part_count(PART_DECADE)) {
        part.part = PART_DECADE;
    } else if (noun->word == WORD_UNIT && noun->value == UNIT_WEEK && n <= part_count(PART_WEEK)) {
        part.part = PART_WEEK;
    } else if (noun->word == WORD_UNIT && noun->value == UNIT_DAY && is_counted) {
        part.part = PART_DAY;
    } else if (noun->word == WORD_PART && noun->value == PART_HALF && n <= 2) {
        part.part = PART_HALF;
    } else if (noun->word == WORD_WEEKDAY && is_counted && n <= 5) {
        part.part = PART_WEEKDAY;
        part.part_weekday = (int8_t)noun->value;
    } else {
        return false;
    }
    note_mixed(cursor, 0);
    cursor->at += 2;
    *out = part;
    parse_whole(cursor, out);
    return true;
}

/* «II квартал 2023 г.», «1-я четверть», «второй четверти учебного года 2021-2022» */
static bool parse_numbered_unit(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    bool is_school = is_word(cursor, 1, WORD_SCHOOL);
    const Token *noun = peek(cursor, is_school ? 2 : 1);
    if (n == 0 || noun->kind != TOKEN_WORD || noun->word != WORD_UNIT || !set_numbered((Unit)noun->value, n, out)) {
        return false;
    }
    out->is_school = is_school;
    note_mixed(cursor, 0);
    cursor->at += is_school ? 3 : 2;
    parse_years_of_unit(cursor, out);
    return true;
}

/* «начало», «середина», «конец», «итоги», «вторая половина» */
static bool parse_part(Cursor *cursor, Moment *out)
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
    return true;
}

/* «(1 декада)», «, 3 декада» behind the month that they are of. */
static void parse_part_behind(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    Moment part = { 0 };
    bool is_apart = accept(cursor, TOKEN_COMMA) || accept(cursor, TOKEN_OPEN) || accept(cursor, TOKEN_DASH);
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

static bool parse_month(Cursor *cursor, Moment *out)
{
    int skipped = is_unit(cursor, 0, UNIT_MONTH) && is_word(cursor, 1, WORD_MONTH) ? 1 : 0;
    if (!is_word(cursor, skipped, WORD_MONTH)) {
        return false;
    }
    out->unit = UNIT_MONTH;
    out->n = (int8_t)peek(cursor, skipped)->value;
    cursor->at += skipped + 1;
    if (is_unit(cursor, 0, UNIT_MONTH)) {
        cursor->at++;
    }
    (void)accept_word(cursor, WORD_IGNORED);
    parse_years_of_month(cursor, out);
    parse_part_behind(cursor, out);
    return true;
}

static bool parse_day_of_month(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    if (n < 1 || n > MAX_DAY || peek(cursor, 0)->word == WORD_ROMAN || !is_word(cursor, 1, WORD_MONTH)) {
        return false;
    }
    out->unit = UNIT_DAY;
    out->day = (int8_t)n;
    out->n = (int8_t)peek(cursor, 1)->value;
    cursor->at += 2;
    if (is_unit(cursor, 0, UNIT_MONTH)) {
        cursor->at++;
    }
    return true;
}

/* «15 числа»: a day of whichever month; «до 5 числа месяца» */
static bool parse_day_number(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    if (n == NTH_LAST || n < 1 || n > MAX_DAY || !is_word(cursor, 1, WORD_DATE_NUMBER)) {
        return false;
    }
    cursor->at += 2;
    *out = (Moment){ .unit = UNIT_NONE, .part = PART_DAY, .part_n = (int8_t)n };
    parse_whole(cursor, out);
    if (out->unit == UNIT_NONE) {
        out->unit = UNIT_MONTH;
    } else if (out->unit == UNIT_MONTH && out->n != 0) {
        *out = (Moment){ .unit = UNIT_DAY, .n = out->n, .day = (int8_t)n, .year = out->year };
    }
    return true;
}

static bool parse_season(Cursor *cursor, Moment *out)
{
    bool is_vacation = is_word(cursor, 0, WORD_VACATION) && is_word(cursor, 1, WORD_SEASON_ADJ);
    cursor->at += is_vacation ? 1 : 0; /* «каникулы осенние» */
    const Token *token = peek(cursor, 0);
    bool is_adjective = token->kind == TOKEN_WORD && token->word == WORD_SEASON_ADJ;
    if (!is_adjective && !is_word(cursor, 0, WORD_SEASON)) {
        return false;
    }
    out->unit = UNIT_SEASON;
    out->n = (int8_t)(token->value + 1);
    cursor->at++;
    if (is_adjective) {
        if (is_vacation || accept_word(cursor, WORD_VACATION)) {
            out->unit = UNIT_VACATION;
        } else if (!accept_word(cursor, WORD_PERIOD)) {
            out->part = PART_WEEKDAY; /* no noun yet: see deadline_join() */
            out->part_weekday = 0;
        }
    }
    if (out->n == SEASON_WINTER + 1 && is_year_token(peek(cursor, 0)) && is_kind(cursor, 1, TOKEN_DASH) &&
        is_year_token(peek(cursor, 2)) && peek(cursor, 2)->value == peek(cursor, 0)->value + 1) {
        out->year = (int16_t)peek(cursor, 0)->value; /* «зима 2022-2023» */
        cursor->at += 3;
        skip_year_words(cursor);
        return true;
    }
    parse_years_of_unit(cursor, out);
    return true;
}

/* A unit without number: «четверть», «месяц», «учебный год»; and «2022-2023 учебный год». */
static bool parse_plain_unit(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    if (is_word(cursor, 0, WORD_IGNORED) && (is_word(cursor, 1, WORD_UNIT) || is_word(cursor, 1, WORD_SCHOOL))) {
        cursor->at++; /* «календарный год», «текущего месяца» */
    }
    if (accept_school_year(cursor)) {
        out->unit = UNIT_SCHOOL_YEAR;
        out->is_school = true;
        (void)parse_year(cursor, out);
        return true;
    }
    (void)accept_word(cursor, WORD_SCHOOL);
    const Token *token = peek(cursor, 0);
    if (token->kind != TOKEN_WORD || token->word != WORD_UNIT || token->value == UNIT_HOUR || token->value == UNIT_DECADE) {
        *cursor = saved;
        return false;
    }
    out->unit = (uint8_t)token->value;
    cursor->at++;
    if (out->unit >= UNIT_QUARTER && out->unit <= UNIT_TRIMESTER && !out->is_every) {
        parse_years_of_unit(cursor, out);
    }
    return true;
}

static bool parse_lone_year(Cursor *cursor, Moment *out)
{
    if (is_kind(cursor, 0, TOKEN_COMMA) || (peek(cursor, 0)->n_digits != YEAR_DIGITS && !is_year_word(cursor, 1))) {
        return false;
    }
    if (!parse_year(cursor, out)) {
        return false;
    }
    out->unit = out->is_school ? UNIT_SCHOOL_YEAR : UNIT_YEAR;
    return true;
}

/* A unit that something can be a part of. */
static bool parse_named_unit(Cursor *cursor, Moment *out)
{
    return parse_month(cursor, out) || parse_numbered_unit(cursor, out) || parse_season(cursor, out) ||
           parse_lone_year(cursor, out) || parse_plain_unit(cursor, out);
}

/* A number, ordinal or numeral whose noun is its neighbour's. */
static bool parse_lone_number(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    bool is_duration = peek(cursor, 0)->kind == TOKEN_NUMBER && is_word(cursor, 1, WORD_UNIT);
    if (n == 0 || is_duration) {
        return false;
    }
    note_mixed(cursor, 0);
    *out = (Moment){ .unit = UNIT_NUMBER, .number = n, .is_every = out->is_every };
    cursor->at++;
    return true;
}

static bool is_date_ahead(const Cursor *cursor, int ahead)
{
    Cursor there = *cursor;
    Moment moment = { 0 };
    there.at += ahead;
    return parse_number_date(&there, &moment) || parse_day_of_month(&there, &moment);
}

/* «вторник», alone or with the date that it is checked against. */
static bool parse_weekday(Cursor *cursor, Moment *out)
{
    if (!is_word(cursor, 0, WORD_WEEKDAY)) {
        return false;
    }
    int weekday = peek(cursor, 0)->value;
    int comma = is_kind(cursor, 1, TOKEN_COMMA) || is_kind(cursor, 1, TOKEN_OPEN) ? 1 : 0;
    Cursor there = *cursor;
    there.after_weekday = true;
    if (is_date_ahead(&there, 1 + comma)) {
        cursor->at += 1 + comma;
        return false;
    }
    *out = (Moment){ .unit = UNIT_WEEKDAY, .weekday = (int8_t)weekday, .is_every = out->is_every };
    cursor->at++;
    cursor->at += is_unit(cursor, 0, UNIT_MONTH) ? 1 : 0; /* «каждый четверг месяца» */
    return true;
}

static bool parse_core(Cursor *cursor, Moment *out)
{
    static bool (*const forms[])(
        Cursor *, Moment *) = { parse_numbered_part, parse_day_number,  parse_part,   parse_numbered_unit, parse_day_of_month,
                                parse_month,         parse_number_date, parse_season, parse_lone_year,     parse_plain_unit };
    for (size_t i = 0; i < COUNTOF(forms); i++) {
        Moment moment = { .is_every = out->is_every };
        Cursor saved = *cursor;
        if (forms[i](cursor, &moment)) {
            *out = moment;
            return true;
        }
        *cursor = saved;
    }
    return false;
}

/* «(среда)», «, вторник» behind a date; not the weekday that opens the next one. */
static void parse_weekday_behind(Cursor *cursor, Moment *out)
{
    int apart = is_kind(cursor, 0, TOKEN_COMMA) || is_kind(cursor, 0, TOKEN_OPEN) || is_kind(cursor, 0, TOKEN_DASH) ? 1 : 0;
    if (!is_word(cursor, apart, WORD_WEEKDAY) || is_date_ahead(cursor, apart + 1)) {
        return;
    }
    out->weekday = (int8_t)peek(cursor, apart)->value;
    cursor->at += apart + 1;
    (void)accept(cursor, TOKEN_CLOSE);
}

static void parse_time_behind(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    Moment date;
    bool after_weekday = cursor->after_weekday;
    cursor->after_weekday = out->unit == UNIT_WEEKDAY;
    (void)(accept(cursor, TOKEN_COMMA) || accept(cursor, TOKEN_OPEN));
    Cursor behind = *cursor;
    bool is_date = parse_number_date(cursor, &date);
    *cursor = behind;
    if (is_date || !parse_time_range(cursor, out)) {
        *cursor = saved;
    }
    cursor->after_weekday = after_weekday;
}

/* A time, alone or before its day: «14.00 18.11.2022», «с 10.00 до 12.00 15.03.2023». */
static bool parse_time_first(Cursor *cursor, Moment *out)
{
    Moment date;
    Cursor saved = *cursor;
    bool is_date = parse_number_date(cursor, &date);
    *cursor = saved;
    Moment times = { 0 };
    if (is_date || !parse_time_range(cursor, &times)) {
        return false;
    }
    Cursor behind = *cursor;
    (void)accept(cursor, TOKEN_COMMA);
    Moment day = { 0 };
    if (parse_core(cursor, &day) && day.unit == UNIT_DAY) {
        if (!parse_year(cursor, &day)) {
            skip_year_words(cursor);
        }
        *out = day;
    } else {
        *cursor = behind;
        *out = (Moment){ .unit = UNIT_TIME };
    }
    out->time = times.time;
    out->time2 = times.time2;
    return true;
}

static void parse_after_day(Cursor *cursor, Moment *out)
{
    if (out->unit == UNIT_DAY && out->year == 0) {
        (void)accept_word(cursor, WORD_IGNORED);
        parse_years_of_month(cursor, out);
    }
    skip_year_words(cursor);
    (void)accept_word(cursor, WORD_IGNORED);
    parse_weekday_behind(cursor, out);
    parse_time_behind(cursor, out);
    parse_weekday_behind(cursor, out);
}

/* The warnings of the tokens that were used. */
static void note_tokens(Cursor *cursor, int from)
{
    for (int i = from; i < cursor->at; i++) {
        const Token *token = &cursor->lexed->tokens[i];
        if (token->flags & TOKEN_NOISE) {
            warn(&cursor->warnings, DEADLINE_NOISE);
        }
        if (token->flags & TOKEN_MIXED) {
            warn(&cursor->warnings, DEADLINE_MIXED_SCRIPT);
        }
    }
}

bool parse_moment(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    *out = (Moment){ 0 };
    bool is_approx = accept_word(cursor, WORD_APPROX);
    out->is_every = accept_word(cursor, WORD_EVERY);
    int weekday = is_word(cursor, 0, WORD_WEEKDAY) ? peek(cursor, 0)->value : 0;
    bool is_done = parse_time_first(cursor, out);
    if (!is_done && parse_weekday(cursor, out)) {
        parse_time_behind(cursor, out);
        is_done = true;
    }
    if (!is_done && parse_core(cursor, out)) {
        is_done = true;
        if (out->unit == UNIT_DAY) {
            out->weekday = (int8_t)weekday;
            parse_after_day(cursor, out);
        } else if (out->part == PART_WEEKDAY && out->n != 0 && out->unit == UNIT_MONTH) {
            parse_time_behind(cursor, out); /* «вторая суббота октября в 10.00» */
        }
    }
    is_done = is_done || parse_lone_number(cursor, out);
    if (!is_done) {
        *cursor = saved;
        return false;
    }
    out->is_approx = is_approx || accept_word(cursor, WORD_APPROX);
    note_tokens(cursor, saved.at);
    return true;
}
