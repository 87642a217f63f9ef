#include "core/deadline_parse_priv.h"

/* How far from an event: «через 5 дней после экзамена», «в 10-дневный срок». */

static bool duration_unit(Unit unit, char *out)
{
    static const char units[] = { [UNIT_DAY] = 'D', [UNIT_WEEK] = 'W', [UNIT_MONTH] = 'M', [UNIT_YEAR] = 'Y', [UNIT_HOUR] = 'H' };
    if (unit >= sizeof units || units[unit] == '\0') {
        return false;
    }
    *out = units[unit];
    return true;
}

bool parse_duration(Cursor *cursor, int *n, char *unit)
{
    Cursor saved = *cursor;
    *n = 1;
    (void)parse_count(cursor, n);
    (void)accept_word(cursor, WORD_IGNORED); /* «календарных» */
    bool is_working = accept_word(cursor, WORD_WORKING);
    if (!is_word(cursor, 0, WORD_UNIT) || !duration_unit((Unit)peek(cursor, 0)->value, unit) || is_word(cursor, 1, WORD_MONTH)) {
        *cursor = saved;
        return false;
    }
    cursor->at++;
    if (is_working && *unit == 'D') {
        *unit = 'B';
    }
    return true;
}

bool is_duration_ahead(const Cursor *cursor)
{
    int n;
    char unit;
    Cursor there = *cursor;
    return is_kind(cursor, 0, TOKEN_NUMBER) && parse_duration(&there, &n, &unit);
}

static bool is_date_word(const Token *token)
{
    return token->kind == TOKEN_NUMBER ||
           (token->kind == TOKEN_WORD && (token->word == WORD_MONTH || token->word == WORD_EACH_UNIT));
}

void skip_event_name(Cursor *cursor)
{
    for (;;) {
        const Token *token = peek(cursor, 0);
        const Token *behind = peek(cursor, 1);
        bool joins = (token->kind == TOKEN_COMMA || token->kind == TOKEN_OPEN || token->kind == TOKEN_CLOSE ||
                      token->kind == TOKEN_DASH) &&
                     behind->kind == TOKEN_WORD && behind->word == WORD_UNKNOWN;
        bool is_name = token->kind == TOKEN_WORD && !is_date_word(token) && !is_date_word(behind);
        bool is_last = token->kind == TOKEN_WORD && !is_date_word(token) && token->word <= WORD_IGNORED;
        if (!joins && !is_name && !is_last) {
            return;
        }
        cursor->at++;
    }
}

/* «после», «со дня», «с момента», «с даты», «по истечении»: then the event's name. */
static bool parse_since(Cursor *cursor)
{
    bool is_from = is_word(cursor, 0, WORD_FROM) && (is_word(cursor, 1, WORD_MOMENT) || is_word(cursor, 1, WORD_UNIT) ||
                                                     is_word(cursor, 1, WORD_LEAD_IN) || is_word(cursor, 1, WORD_UNKNOWN));
    bool is_end = is_word(cursor, 0, WORD_TO) && (is_word(cursor, 1, WORD_UNKNOWN) || is_word(cursor, 1, WORD_RESULTS));
    if (!is_word(cursor, 0, WORD_AFTER) && !is_from && !is_end) {
        return false;
    }
    cursor->at++;
    skip_event_name(cursor);
    return true;
}

static bool parse_before(Cursor *cursor)
{
    if (!accept_word(cursor, WORD_UNTIL) && !accept_word(cursor, WORD_BEFORE)) {
        return false;
    }
    skip_event_name(cursor);
    return true;
}

static Bound event(int sign, int n, char unit)
{
    return (Bound){ .kind = BOUND_EVENT, .sign = (int8_t)sign, .value = n, .unit = unit };
}

static void set_event(Clause *out, Bound from, Bound to)
{
    *out = (Clause){ .kind = CLAUSE_EVENT, .event_from = from, .event_to = to };
}

static const Bound open_end = { .kind = BOUND_OPEN };
static const Bound no_end = { .kind = BOUND_NONE };

/* «в течение 3 дней после …», «в течение 5 рабочих дней»; a unit alone only before its event. */
static bool parse_within(Cursor *cursor, Clause *out)
{
    int n;
    char unit;
    if (!(accept_word(cursor, WORD_IN) && accept_word(cursor, WORD_DURING))) {
        return false;
    }
    bool is_counted = is_kind(cursor, 0, TOKEN_NUMBER) || is_word(cursor, 0, WORD_CARDINAL);
    if (!parse_duration(cursor, &n, &unit)) {
        return false;
    }
    if (parse_behind_day(cursor, n, unit, MODE_IN, out)) {
        out->is_within = true;
        return true;
    }
    bool has_event = parse_since(cursor);
    set_event(out, event(0, 0, 'D'), event(1, n, unit));
    return is_counted || has_event || unit == 'D' || unit == 'H';
}

/* «в срок до 10 дней», «до 5 рабочих дней со дня …» */
static bool parse_up_to(Cursor *cursor, Clause *out)
{
    int n;
    char unit;
    if (is_word(cursor, 0, WORD_IN) && is_word(cursor, 1, WORD_LEAD_IN)) {
        cursor->at += 2;
    }
    Cursor there = *cursor;
    Moment workday = { 0 };
    there.at++;
    if (is_word(cursor, 0, WORD_UNTIL) && parse_nth_working_day(&there, &workday) &&
        (workday.unit != UNIT_NONE || (peek(cursor, 1)->flags & TOKEN_SUFFIXED))) {
        return false; /* «до 3 рабочего дня месяца» */
    }
    if (!accept_word(cursor, WORD_UNTIL) || !(is_kind(cursor, 0, TOKEN_NUMBER) || is_word(cursor, 0, WORD_CARDINAL)) ||
        !parse_duration(cursor, &n, &unit) || unit == 'Y' || unit == 'H') {
        return false;
    }
    (void)parse_since(cursor);
    set_event(out, event(0, 0, 'D'), event(1, n, unit));
    return true;
}

/* «в 10-дневный срок», «в трехдневный срок», «5-ти дневный срок» */
static bool parse_term(Cursor *cursor, Clause *out)
{
    int n = 0;
    char unit;
    (void)accept_word(cursor, WORD_IN);
    (void)parse_count(cursor, &n);
    (void)accept(cursor, TOKEN_DASH);
    if (!is_word(cursor, 0, WORD_TERM) || !is_word(cursor, 1, WORD_LEAD_IN)) {
        return false;
    }
    int value = peek(cursor, 0)->value;
    n = n > 0 ? n : value >= TERM_COUNT ? value / TERM_COUNT : 1;
    if (!duration_unit((Unit)(value % TERM_COUNT), &unit)) {
        return false;
    }
    cursor->at += 2;
    (void)parse_since(cursor);
    set_event(out, event(0, 0, 'D'), event(1, n, unit));
    return true;
}

/* «не позднее 10 дней с даты …», «не позднее чем за месяц до …» */
static bool parse_no_later(Cursor *cursor, Clause *out)
{
    int n;
    char unit;
    bool is_limit = is_word(cursor, 0, WORD_NOT) &&
                    (is_word(cursor, 1, WORD_LATER) || is_word(cursor, 1, WORD_AT_LEAST) || is_word(cursor, 1, WORD_EARLIER));
    bool is_from = is_word(cursor, 1, WORD_EARLIER);
    if (!is_limit) {
        return false;
    }
    cursor->at += 2;
    skip_than(cursor);
    (void)(accept_word(cursor, WORD_FOR) || accept_word(cursor, WORD_THROUGH));
    if (!parse_duration(cursor, &n, &unit)) {
        return false;
    }
    if (parse_ahead_of_day(cursor, n, unit, is_from ? MODE_FROM : MODE_UNTIL, out)) {
        return true;
    }
    if (parse_behind_day(cursor, n, unit, is_from ? MODE_FROM : MODE_UNTIL, out)) {
        return true;
    }
    bool is_before = parse_before(cursor);
    if (!is_before && !parse_since(cursor)) {
        return false;
    }
    Bound bound = event(is_before ? -1 : 1, n, unit);
    set_event(out, is_from ? bound : open_end, is_from ? open_end : bound);
    return true;
}

/* «за 10 дней до …» */
static bool parse_ahead(Cursor *cursor, Clause *out)
{
    int n;
    char unit;
    int other = 0;
    if (!accept_word(cursor, WORD_FOR)) {
        return false;
    }
    if (is_kind(cursor, 0, TOKEN_NUMBER) && is_kind(cursor, 1, TOKEN_DASH) && is_kind(cursor, 2, TOKEN_NUMBER)) {
        other = peek(cursor, 0)->value;
        cursor->at += 2;
    }
    if (!parse_duration(cursor, &n, &unit) || other < 0 || other > MAX_FRAME) {
        return false;
    }
    if (parse_ahead_of_day(cursor, other > n ? other : n, unit, MODE_IN, out)) {
        out->ahead_last = (int16_t)(other > n ? n : other);
        return true;
    }
    if (other != 0) {
        return false;
    }
    if (!parse_before(cursor)) {
        return false;
    }
    set_event(out, event(-1, n, unit), no_end);
    return true;
}

/* «через 5 дней после …», «спустя месяц после …» */
static bool parse_through(Cursor *cursor, Clause *out)
{
    int n;
    char unit;
    Clause weeks;
    Cursor there = *cursor;
    if (!is_word(cursor, 0, WORD_THROUGH) || parse_alternate_weeks(&there, &weeks)) {
        return false;
    }
    if (!accept_word(cursor, WORD_THROUGH) || !parse_duration(cursor, &n, &unit)) {
        return false;
    }
    if (is_word(cursor, 0, WORD_AFTER) && parse_behind_day(cursor, n, unit, MODE_IN, out)) {
        return true;
    }
    (void)parse_since(cursor);
    set_event(out, event(1, n, unit), no_end);
    return true;
}

/* «на следующий день после …», «на 3-й день после …» */
static bool parse_next_day(Cursor *cursor, Clause *out)
{
    if (!accept_word(cursor, WORD_ON)) {
        return false;
    }
    const Token *which = peek(cursor, 0);
    bool is_counted = which->kind == TOKEN_NUMBER || is_word(cursor, 0, WORD_ORDINAL);
    int n = is_word(cursor, 0, WORD_FOLLOWING) ? 1 : is_counted ? which->value : 0;
    if (n < 1 || n > MAX_FRAME || !is_word(cursor, 1, WORD_UNIT) || peek(cursor, 1)->value != UNIT_DAY) {
        return false;
    }
    bool is_next = is_word(cursor, 0, WORD_FOLLOWING);
    cursor->at += 2;
    if (!parse_since(cursor) && !is_next) {
        return false;
    }
    set_event(out, event(1, n, 'D'), no_end);
    return true;
}

/* «в день проведения», «в дни конкурса»; not «в дни каникул» */
static bool parse_day_of_event(Cursor *cursor, Clause *out)
{
    bool is_day = is_word(cursor, 0, WORD_IN) && is_word(cursor, 1, WORD_UNIT) && peek(cursor, 1)->value == UNIT_DAY &&
                  (is_word(cursor, 2, WORD_UNKNOWN) || is_word(cursor, 2, WORD_QUALIFIER_NOUN));
    if (!is_day || vacation_ahead(cursor, 2) > 0) {
        return false;
    }
    cursor->at += 2;
    skip_event_name(cursor);
    set_event(out, event(0, 0, 'D'), no_end);
    return true;
}

/* «10 дней со дня получения» */
static bool parse_bare_term(Cursor *cursor, Clause *out)
{
    int n;
    char unit;
    bool is_counted = is_kind(cursor, 0, TOKEN_NUMBER) || is_word(cursor, 0, WORD_CARDINAL);
    if (!is_counted || !parse_duration(cursor, &n, &unit) || !parse_since(cursor)) {
        return false;
    }
    set_event(out, event(0, 0, 'D'), event(1, n, unit));
    return true;
}

bool parse_event(Cursor *cursor, Clause *out)
{
    static bool (*const forms[])(Cursor *, Clause *) = { parse_within,   parse_up_to,        parse_term,
                                                         parse_no_later, parse_ahead,        parse_through,
                                                         parse_next_day, parse_day_of_event, parse_bare_term };
    Cursor saved = *cursor;
    for (size_t i = 0; i < COUNTOF(forms); i++) {
        if (forms[i](cursor, out)) {
            return true;
        }
        *cursor = saved;
    }
    return false;
}
