#include "core/deadline_parse_priv.h"

/* One unit of time as it is named: «15 марта 2023 г. (среда), 15:30», «II квартал», «вторая неделя октября», «конец мая». */

enum { YEAR_DIGITS = 4, MAX_ORDINAL = 31 };

/* A number that can count a unit: «1», «1-й», «первый», «I»; 0 if there is none. */
int ordinal_at(const Cursor *cursor, int ahead)
{
    const Token *token = peek(cursor, ahead);
    if (token->kind == TOKEN_NUMBER) {
        return token->n_digits <= 2 && token->value >= 1 && token->value <= MAX_ORDINAL ? token->value : 0;
    }
    bool is_ordinal = token->kind == TOKEN_WORD && (token->word == WORD_ORDINAL || token->word == WORD_ROMAN);
    return is_ordinal ? token->value : 0;
}

void note_mixed(Cursor *cursor, int ahead)
{
    if (peek(cursor, ahead)->flags & TOKEN_MIXED) {
        warn(&cursor->warnings, DEADLINE_MIXED_SCRIPT);
    }
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
    parse_part_behind(cursor, out);
    return true;
}

/* «месяц март», «месяц – март», «___ мая»: how much stands before the month's name. */
static int words_before_month(const Cursor *cursor)
{
    if (is_kind(cursor, 0, TOKEN_BLANK)) {
        return 1;
    }
    bool is_apart = is_kind(cursor, 1, TOKEN_DASH) || is_kind(cursor, 1, TOKEN_COLON);
    return is_unit(cursor, 0, UNIT_MONTH) ? 1 + (is_apart ? 1 : 0) : 0;
}

static bool parse_month(Cursor *cursor, Moment *out)
{
    int skipped = words_before_month(cursor);
    if (!is_word(cursor, skipped, WORD_MONTH)) {
        return false;
    }
    if (is_kind(cursor, 0, TOKEN_BLANK)) {
        warn(&cursor->warnings, DEADLINE_TRUNCATED);
    }
    out->unit = UNIT_MONTH;
    out->n = (int8_t)peek(cursor, skipped)->value;
    out->is_genitive = str_ends(peek(cursor, skipped)->text, STR("я")) || str_ends(peek(cursor, skipped)->text, STR("а"));
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
    if (is_kind(cursor, 0, TOKEN_NUMBER) && peek(cursor, 0)->n_digits == 2) {
        n = peek(cursor, 0)->value; /* 32 октября: a day that is not there */
    }
    if (n < 1 || peek(cursor, 0)->word == WORD_ROMAN || !is_word(cursor, 1, WORD_MONTH)) {
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

static bool parse_season(Cursor *cursor, Moment *out)
{
    int apart = is_kind(cursor, 1, TOKEN_OPEN) || is_kind(cursor, 1, TOKEN_COLON) || is_kind(cursor, 1, TOKEN_DASH) ? 1 : 0;
    bool is_vacation = is_word(cursor, 0, WORD_VACATION) && is_word(cursor, apart + 1, WORD_SEASON_ADJ);
    cursor->at += is_vacation ? apart + 1 : 0; /* «каникулы осенние», «каникулы (осенние, …» */
    const Token *token = peek(cursor, 0);
    bool is_adjective = token->kind == TOKEN_WORD && token->word == WORD_SEASON_ADJ;
    if (!is_adjective && !is_word(cursor, 0, WORD_SEASON)) {
        return false;
    }
    out->unit = UNIT_SEASON;
    out->n = (int8_t)(token->value + 1);
    cursor->at++;
    if (is_adjective) {
        int n_words = vacation_ahead(cursor, 0);
        if (is_vacation || n_words > 0) {
            cursor->at += is_vacation ? 0 : n_words;
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
    out->year_inherited = out->n == SEASON_WINTER + 1; /* a winter has two years: that one which lies in the plan */
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
        if (is_word(cursor, 0, WORD_ROMAN) && set_numbered((Unit)out->unit, peek(cursor, 0)->value, out)) {
            cursor->at++; /* «четверть II» */
        }
        parse_years_of_unit(cursor, out);
    }
    return true;
}

static bool parse_lone_year(Cursor *cursor, Moment *out)
{
    bool is_short_pair = peek(cursor, 0)->n_digits == 2 && is_word(cursor, 3, WORD_SCHOOL);
    bool is_rest = is_kind(cursor, -1, TOKEN_DOT) && !(peek(cursor, 0)->flags & TOKEN_SPACE_BEFORE); /* «15.13.2022» */
    if (is_kind(cursor, 0, TOKEN_COMMA) || is_rest ||
        (peek(cursor, 0)->n_digits != YEAR_DIGITS && !is_year_word(cursor, 1) && !is_short_pair)) {
        return false;
    }
    if (!parse_year(cursor, out)) {
        return false;
    }
    out->unit = out->is_school ? UNIT_SCHOOL_YEAR : UNIT_YEAR;
    return true;
}

/* A unit that something can be a part of. */
bool parse_named_unit(Cursor *cursor, Moment *out)
{
    return parse_month(cursor, out) || parse_numbered_unit(cursor, out) || parse_season(cursor, out) ||
           parse_any_vacation(cursor, out) || parse_lone_year(cursor, out) || parse_plain_unit(cursor, out);
}

/* «5-9 классы», «2, 3 группы»: do the numbers here count something that is no time? */
static bool is_count_of_things(const Cursor *cursor)
{
    int ahead = 0;
    while (is_kind(cursor, ahead, TOKEN_NUMBER)) {
        bool joins = is_kind(cursor, ahead + 1, TOKEN_DASH) || is_kind(cursor, ahead + 1, TOKEN_COMMA) ||
                     is_word(cursor, ahead + 1, WORD_AND);
        if (!joins || !is_kind(cursor, ahead + 2, TOKEN_NUMBER)) {
            return is_word(cursor, ahead + 1, WORD_UNKNOWN) ||
                   (is_kind(cursor, ahead + 1, TOKEN_WORD) && str_eq(peek(cursor, ahead + 1)->text, STR("а"))); /* «10 «А»» */
        }
        ahead += 2;
    }
    return false;
}

/* Is the number here one of several? */
static bool goes_on(const Cursor *cursor)
{
    return is_kind(cursor, 1, TOKEN_COMMA) || is_kind(cursor, 1, TOKEN_DASH) || is_word(cursor, 1, WORD_AND) ||
           is_word(cursor, 1, WORD_OR) || is_word(cursor, 1, WORD_TO) || is_word(cursor, 1, WORD_UNTIL);
}

/* A number, ordinal or numeral whose noun is its neighbour's. */
static bool parse_lone_number(Cursor *cursor, Moment *out)
{
    int n = ordinal_at(cursor, 0);
    bool is_label = is_word(cursor, -1, WORD_UNKNOWN);
    bool is_measure = is_word(cursor, 1, WORD_UNIT) || is_word(cursor, 1, WORD_LEAD_IN) || is_count_of_things(cursor) ||
                      (is_label && !goes_on(cursor));
    if (n == 0 || is_measure || is_duration_ahead(cursor)) {
        return false;
    }
    note_mixed(cursor, 0);
    *out = (Moment){ .unit = UNIT_NUMBER,
                     .number = n,
                     .is_every = out->is_every,
                     .is_label = is_label,
                     .is_suffixed = (peek(cursor, 0)->flags & TOKEN_SUFFIXED) != 0 };
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
    int comma = is_kind(cursor, 1, TOKEN_COMMA) || is_kind(cursor, 1, TOKEN_OPEN) || is_kind(cursor, 1, TOKEN_CLOSE) ? 1 : 0;
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
        Cursor *, Moment *) = { parse_few,    parse_nth_working_day, parse_numbered_part, parse_month_of,  parse_day_number,
                                parse_part,   parse_numbered_unit,   parse_day_of_month,  parse_month,     parse_number_date,
                                parse_season, parse_any_vacation,    parse_lone_year,     parse_plain_unit };
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
    bool is_apart = accept(cursor, TOKEN_COMMA) || accept(cursor, TOKEN_OPEN);
    cursor->at += is_kind(cursor, 0, TOKEN_DOT) && out->unit == UNIT_DAY ? 1 : 0;
    Cursor behind = *cursor;
    if (is_apart && accept_word(cursor, WORD_FROM)) {
        cursor->after_in = false; /* «…, с 12.09 по 16.09»: the next range */
    }
    bool is_date = parse_number_date(cursor, &date);
    *cursor = behind;
    cursor->after_in = cursor->after_in || (out->unit == UNIT_DAY && !is_apart); /* «25.05. 10-30» */
    if (is_date || !parse_time_range(cursor, out)) {
        *cursor = saved;
    }
    cursor->after_in = saved.after_in;
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
    if (out->year == 0 && out->weekday != 0 && !is_kind(cursor, 0, TOKEN_COMMA)) {
        (void)parse_year(cursor, out); /* «20 января (пятница) 2023 года» */
    }
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
        } else if (out->unit == UNIT_MONTH && out->n != 0) {
            skip_year_words(cursor); /* «12.2022 года» */
            if (out->part == PART_WEEKDAY) {
                parse_time_behind(cursor, out); /* «вторая суббота октября в 10.00» */
            }
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
