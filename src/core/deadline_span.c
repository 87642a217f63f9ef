#include "core/deadline_parse_priv.h"

/* Spans: prepositions, both ends of a range, days of every week, and names of events that bound one. */

/* A part or a number whose noun is still to come. */
static bool is_waiting(const Moment *moment)
{
    bool is_nameless_season = moment->unit == UNIT_SEASON && moment->part == PART_WEEKDAY;
    return moment->unit == UNIT_NONE || moment->unit == UNIT_NUMBER || is_nameless_season;
}

/* «до начала занятий»: a part of something that is no unit of time is an event. */
bool parse_known_moment(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    if (parse_moment(cursor, out) && !(is_waiting(out) && is_word(cursor, 0, WORD_UNKNOWN))) {
        return true;
    }
    *cursor = saved;
    return false;
}

/* «крайний срок (сдачи) – 1 декабря» */
bool is_last_term(const Cursor *cursor)
{
    return is_word(cursor, 0, WORD_ORDINAL) && peek(cursor, 0)->value == NTH_LAST && is_word(cursor, 1, WORD_LEAD_IN);
}

/* «крайний срок», «не позднее (чем)», «не ранее (чем с)», «начиная с» */
static bool parse_long_mode(Cursor *cursor, ClauseMode *out)
{
    bool is_negated = is_word(cursor, 0, WORD_NOT);
    *out = MODE_FROM;
    if (is_last_term(cursor)) {
        cursor->at += 2;
        while (is_deed(peek(cursor, 0)) || is_word(cursor, 0, WORD_QUALIFIER_NOUN)) {
            cursor->at++;
        }
        (void)(accept(cursor, TOKEN_DASH) || accept(cursor, TOKEN_COLON));
        *out = MODE_UNTIL;
    } else if (is_negated && (is_word(cursor, 1, WORD_LATER) || is_word(cursor, 1, WORD_EARLIER))) {
        *out = is_word(cursor, 1, WORD_LATER) ? MODE_UNTIL : MODE_FROM;
        cursor->at += 2;
        skip_than(cursor);
    } else if (!accept_word(cursor, WORD_STARTING)) {
        return false;
    }
    (void)accept_word(cursor, *out == MODE_UNTIL ? WORD_UNTIL : WORD_FROM);
    return true;
}

/* The preposition, or several: «в срок не позднее», «в период с», «начиная с». */
static ClauseMode parse_mode(Cursor *cursor)
{
    ClauseMode several;
    if (is_word(cursor, 0, WORD_IN) && is_word(cursor, 1, WORD_LEAD_IN)) {
        cursor->at += 2;
    }
    if ((is_word(cursor, 0, WORD_IN) || is_word(cursor, 0, WORD_FOR) || is_word(cursor, 0, WORD_ON)) &&
        is_word(cursor, 1, WORD_PERIOD)) {
        cursor->at += 2;
    }
    if (parse_long_mode(cursor, &several)) {
        return several;
    }
    static const struct {
        uint8_t word, mode;
    } modes[] = {
        { WORD_FROM, MODE_FROM },   { WORD_UNTIL, MODE_UNTIL_DISPUTED }, { WORD_TO, MODE_UNTIL }, { WORD_BY, MODE_BY },
        { WORD_AFTER, MODE_AFTER }, { WORD_BEFORE, MODE_UNTIL },         { WORD_FOR, MODE_IN },
    };
    for (size_t i = 0; i < COUNTOF(modes); i++) {
        if (accept_word(cursor, (Word)modes[i].word)) {
            return (ClauseMode)modes[i].mode;
        }
    }
    cursor->after_in = accept_word(cursor, WORD_IN);
    (void)accept_word(cursor, WORD_ON);
    if (accept_word(cursor, WORD_DURING)) {
        cursor->after_in = false;
    }
    (void)accept_word(cursor, WORD_WHOLE);
    bool is_break = is_word(cursor, 1, WORD_SEASON_ADJ) || vacation_ahead(cursor, 1) > 0;
    bool is_days = is_unit(cursor, 0, UNIT_DAY) && (is_break || is_word(cursor, 1, WORD_WORKDAYS));
    if (is_days || (is_word(cursor, 0, WORD_PERIOD) && is_break)) {
        cursor->at++; /* «в дни весенних каникул», «весь период каникул» */
    }
    return MODE_IN;
}

/* «5 октября – день учителя»: which day, is not said. */
static bool is_bare_unit(const Moment *moment)
{
    bool is_counted = moment->unit == UNIT_DAY || (moment->unit >= UNIT_WEEK && moment->unit <= UNIT_TRIMESTER);
    return is_counted && moment->n == 0 && moment->part == PART_WHOLE;
}

static int order_of(const Moment *day)
{
    enum { YEAR = 10000, MONTH = 100 };
    return day->year * YEAR + day->n * MONTH + day->day;
}

/* «01.09.2022 / 31.05.2023»: two whole dates in order are the ends of a span. */
static bool accept_slash_before_later(Cursor *cursor, const Moment *from)
{
    enum { DATE_TOKENS = 5 };
    Moment to = { 0 };
    Cursor there = *cursor;
    bool is_dated = from->unit == UNIT_DAY && from->year != 0 && from->time == 0 && accept(&there, TOKEN_SLASH) &&
                    parse_number_date(&there, &to) && to.unit == UNIT_DAY && to.year != 0;
    bool is_range = is_dated && order_of(from) < order_of(&to) && !is_kind(&there, 0, TOKEN_SLASH) &&
                    !is_kind(cursor, -1 - DATE_TOKENS, TOKEN_SLASH); /* of three, a list */
    cursor->at += is_range ? 1 : 0;
    return is_range;
}

/* «между 1 и 10 октября» */
bool parse_between(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    *out = (Clause){ .is_range = true };
    if (accept_word(cursor, WORD_BETWEEN) && parse_known_moment(cursor, &out->from) && accept_word(cursor, WORD_AND) &&
        parse_known_moment(cursor, &out->to) && !is_bare_unit(&out->from) && !is_bare_unit(&out->to)) {
        return true;
    }
    *cursor = saved;
    return false;
}

/* «с» in «с 5 по 9», or a dash: is there an end? A dash or «по» with nothing behind it was cut off. */
static void parse_range_end(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    bool is_from = out->mode == MODE_FROM;
    bool is_iso_month = out->from.unit == UNIT_MONTH && cursor->at >= 3 && is_kind(cursor, -2, TOKEN_DASH) &&
                        is_kind(cursor, -1, TOKEN_NUMBER) && is_kind(cursor, 2, TOKEN_DASH);
    bool is_iso = is_kind(cursor, 0, TOKEN_SLASH) && (out->from.unit == UNIT_DAY || is_iso_month) && out->from.year != 0 &&
                  is_kind(cursor, 1, TOKEN_NUMBER) && peek(cursor, 1)->n_digits == 4;
    bool is_dash = accept(cursor, TOKEN_DASH);
    bool is_and = is_from && is_word(cursor, 0, WORD_AND) && (is_word(cursor, 1, WORD_UNTIL) || is_word(cursor, 1, WORD_TO));
    cursor->at += is_iso || is_and ? 1 : 0; /* «с 1 марта и до конца года» */
    bool is_to = (is_from || !is_dash) && accept_word(cursor, WORD_TO);
    bool is_until = !is_to && is_from && accept_word(cursor, WORD_UNTIL);
    bool is_slash = !is_dash && !is_iso && accept_slash_before_later(cursor, &out->from);
    if (!is_dash && !is_to && !is_until && !is_iso && !is_slash) {
        return;
    }
    cursor->after_weekday = out->from.unit == UNIT_WEEKDAY;
    Cursor end = *cursor;
    bool is_ranged = parse_moment(cursor, &out->to) && !(out->to.unit == UNIT_WEEKDAY && out->from.unit == UNIT_DAY) &&
                     !is_bare_unit(&out->to);
    *cursor = is_ranged ? *cursor : end;
    cursor->after_weekday = false;
    if (is_ranged) {
        out->is_range = true;
        out->ends_at_part = is_until && out->to.part != PART_WHOLE;
        out->mode = MODE_IN;
        return;
    }
    bool is_cut = !is_until && (is_kind(cursor, 0, TOKEN_END) || is_kind(cursor, 0, TOKEN_SEMICOLON));
    out->to = (Moment){ 0 };
    if (is_cut && !is_waiting(&out->from)) {
        out->mode = MODE_FROM;
        warn(&cursor->warnings, DEADLINE_TRUNCATED);
        return;
    }
    *cursor = saved;
}

static void set_span_of_event(ClauseMode mode, Clause *out)
{
    const Bound event = { .kind = BOUND_EVENT, .unit = 'D' };
    const Bound open = { .kind = BOUND_OPEN };
    *out = (Clause){ .kind = CLAUSE_EVENT, .event_from = open, .event_to = event };
    if (mode == MODE_AFTER) {
        out->event_from = event;
        out->event_to = open;
    }
}

/* «включительно», just taken or next */
static bool is_included(const Cursor *cursor)
{
    return (is_word(cursor, 0, WORD_IGNORED) && peek(cursor, 0)->value == IGNORED_INCLUDED) ||
           (cursor->at > 0 && is_word(cursor, -1, WORD_IGNORED) && peek(cursor, -1)->value == IGNORED_INCLUDED);
}

/* What follows the first moment of a span. */
static void finish_span(Cursor *cursor, bool is_results, bool is_approx, Clause *out)
{
    cursor->after_in = false;
    if (is_results || out->from.unit == UNIT_WEEKDAY || (out->mode == MODE_FROM && out->from.time2 != 0)) {
        out->mode = MODE_IN; /* «по итогам четверти», «по пятницам», «с 10 до 12»: no bound of the days */
    }
    if (out->mode == MODE_FROM || out->mode == MODE_IN) {
        parse_range_end(cursor, out);
    }
    if (is_included(cursor) && out->mode == MODE_UNTIL_DISPUTED) {
        out->mode = MODE_UNTIL;
    }
    out->from.is_approx = out->from.is_approx || is_approx;
    out->to.is_approx = out->to.is_approx || is_approx;
}

bool parse_span(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    bool is_results = is_word(cursor, 0, WORD_TO) && is_word(cursor, 1, WORD_RESULTS);
    *out = (Clause){ 0 };
    bool is_approx = accept_word(cursor, WORD_APPROX);
    out->mode = (uint8_t)parse_mode(cursor);
    bool names_event =
        out->mode == MODE_UNTIL_DISPUTED || out->mode == MODE_AFTER || (out->mode == MODE_UNTIL && !is_word(&saved, 0, WORD_TO));
    bool is_feast =
        out->mode == MODE_BY && is_unit(cursor, 0, UNIT_DAY) && is_word(cursor, 1, WORD_UNKNOWN); /* «ко дню учителя» */
    bool is_vacation = out->mode != MODE_IN && vacation_ahead(cursor, is_word(cursor, 0, WORD_PART) ? 1 : 0) > 0; /* which? */
    if (!is_feast && !is_vacation && parse_known_moment(cursor, &out->from)) {
        finish_span(cursor, is_results, is_approx, out);
        return true;
    }
    cursor->after_in = false;
    bool is_name = is_word(cursor, 0, WORD_UNKNOWN) || is_word(cursor, 0, WORD_PART) || is_word(cursor, 0, WORD_RESULTS) ||
                   is_word(cursor, 0, WORD_QUALIFIER_NOUN) || is_word(cursor, 0, WORD_VACATION) || is_word(cursor, 0, WORD_EVERY);
    if (out->mode == MODE_BY && (is_word(cursor, 0, WORD_UNKNOWN) || is_feast || is_vacation)) {
        names_event = is_name = true;
    }
    if (is_results) { /* «по завершении конкурса» */
        out->mode = MODE_AFTER;
        names_event = true;
    }
    if (names_event && is_name) {
        set_span_of_event((ClauseMode)out->mode, out);
        skip_event_name(cursor);
        return true;
    }
    *cursor = saved;
    return false;
}

/* «по рабочим дням», «в будни», «в выходные»: days of every week. */
bool parse_days_of_week(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    (void)(accept_word(cursor, WORD_TO) || accept_word(cursor, WORD_IN));
    (void)accept_word(cursor, WORD_EVERY);
    bool is_free = is_word(cursor, 0, WORD_WEEKEND);
    bool is_working = (is_word(cursor, 0, WORD_WORKING) && is_unit(cursor, 1, UNIT_DAY)) || is_word(cursor, 0, WORD_WORKDAYS);
    bool is_one = is_word(cursor, -1, WORD_ORDINAL); /* «первый выходной»: one of them */
    if ((!is_free && !is_working) || is_one) {
        *cursor = saved;
        return false;
    }
    cursor->at++;
    if (is_unit(cursor, 0, UNIT_DAY)) {
        cursor->at++;
    }
    *out = (Clause){ .is_range = true,
                     .from = { .unit = UNIT_WEEKDAY, .weekday = is_free ? 6 : 1 },
                     .to = { .unit = UNIT_WEEKDAY, .weekday = is_free ? 7 : 5 } };
    (void)accept(cursor, TOKEN_COMMA);
    (void)parse_time_range(cursor, &out->from);
    return true;
}
