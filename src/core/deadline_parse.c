#include "core/deadline_parse_priv.h"

/* The grammar above single moments: prepositions, ranges, the whole plan, qualifiers, lists. */

/* ---- Spans ---- */

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
static bool parse_between(Cursor *cursor, Clause *out)
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

static bool parse_span(Cursor *cursor, Clause *out)
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
static bool parse_days_of_week(Cursor *cursor, Clause *out)
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

/* ---- The whole plan ---- */

static bool is_campaign(const Cursor *cursor)
{
    return is_word(cursor, 0, WORD_CAMPAIGN) || is_unit(cursor, 0, UNIT_MONTH) || is_unit(cursor, 0, UNIT_WEEK) ||
           is_unit(cursor, 0, UNIT_DECADE);
}

/* What «в течение …» and «весь …» go on with when they mean the plan. */
static bool parse_plan_name(Cursor *cursor, Clause *out)
{
    (void)accept_word(cursor, WORD_WHOLE);
    (void)accept_word(cursor, WORD_IGNORED);
    if (is_word(cursor, 0, WORD_PERIOD) && (is_word(cursor, 1, WORD_SEASON_ADJ) || vacation_ahead(cursor, 1) > 0)) {
        return false; /* «весь период каникул» */
    }
    bool is_term = is_word(cursor, 0, WORD_LEAD_IN) && peek(cursor, 0)->value == LEAD_IN_TERM;
    if (is_unit(cursor, 0, UNIT_YEAR) || is_word(cursor, 0, WORD_PERIOD) || is_term) {
        bool is_named = is_kind(cursor, 1, TOKEN_NUMBER) || is_word(cursor, 1, WORD_FROM) || is_word(cursor, 1, WORD_MONTH);
        bool is_period = is_term || is_word(cursor, 0, WORD_PERIOD);
        cursor->at += is_named ? 0 : 1;
        while (!is_named && is_period && (is_deed(peek(cursor, 0)) || is_word(cursor, 0, WORD_QUALIFIER_NOUN))) {
            cursor->at++; /* «весь период реализации программы» */
        }
        return !is_named;
    }
    if (is_campaign(cursor) && !is_word(cursor, 1, WORD_MONTH)) {
        out->is_campaign = is_unit(cursor, 0, UNIT_MONTH);
        cursor->at++;
        return true;
    }
    return false;
}

static bool parse_plan(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    *out = (Clause){ .kind = CLAUSE_PLAN };
    if (accept_word(cursor, WORD_ALWAYS)) {
        out->gives_way = true;
        return true;
    }
    bool leads = accept_word(cursor, WORD_IN) || accept_word(cursor, WORD_ON) || accept_word(cursor, WORD_FOR);
    bool is_whole = is_word(cursor, 0, WORD_WHOLE);
    bool is_during = accept_word(cursor, WORD_DURING);
    if (is_during && is_deed(peek(cursor, 0)) && is_word(cursor, 1, WORD_CAMPAIGN)) {
        cursor->at++; /* «в ходе проведения месячника» */
    }
    bool is_period = leads && is_word(cursor, 0, WORD_PERIOD) && is_word(cursor, 1, WORD_CAMPAIGN);
    cursor->at += is_period ? 1 : 0;
    if ((is_during || is_whole || is_period) && parse_plan_name(cursor, out)) {
        return true;
    }
    *cursor = saved;
    return false;
}

/* ---- The phrase ---- */

static bool parse_clause(Cursor *cursor, Clause *out)
{
    return parse_event(cursor, out) || parse_frequency(cursor, out) || parse_plan(cursor, out) ||
           parse_days_of_week(cursor, out) || parse_between(cursor, out) || parse_span(cursor, out);
}

/* Punctuation and joining words. Returns false where there is none. */
static bool parse_joint(Cursor *cursor, Phrase *out, Joint *joint)
{
    const Token *token = peek(cursor, 0);
    if (token->kind == TOKEN_WORD) {
        if (token->word == WORD_OR && out->n > 0) {
            *joint = JOINT_OR;
        } else if (token->word == WORD_THEN) {
            *joint = JOINT_THEN;
        } else if (token->word == WORD_AND) {
            *joint = JOINT_AND;
        } else {
            return false;
        }
    } else if (token->kind == TOKEN_NUMBER || token->kind == TOKEN_END) {
        return false;
    }
    cursor->at++;
    return true;
}

/* Words that may be left over and say nothing by themselves; of all others something would be lost. */
static bool is_idle(const Token *token)
{
    switch ((Word)token->word) {
    case WORD_IGNORED:
    case WORD_YEAR_ABBR:
    case WORD_FROM:
    case WORD_TO:
    case WORD_BY:
    case WORD_IN:
    case WORD_ON:
    case WORD_FOR:
    case WORD_PERIOD:
    case WORD_DURING:
    case WORD_LEAD_IN:
        return token->kind == TOKEN_WORD;
    default:
        return token->kind != TOKEN_NUMBER && token->kind != TOKEN_WORD;
    }
}

/* Known, but without a day: «на каникулах», «однократно». */
static bool is_undated(const Token *token)
{
    return token->kind == TOKEN_WORD && (token->word == WORD_VACATION || token->word == WORD_N_TIMES);
}

static void parse_other(Cursor *cursor, Phrase *out)
{
    const Token *token = peek(cursor, 0);
    cursor->at++;
    if (token->kind == TOKEN_WORD && token->word == WORD_REGULARLY) {
        out->is_regular = true;
    } else if (token->kind == TOKEN_WORD && token->word == WORD_LEAD_IN && is_deed(peek(cursor, 0))) {
        cursor->at++; /* «срок исполнения» */
    } else if (is_undated(token)) {
        out->has_text = true;
    } else if (!is_idle(token)) {
        out->has_text = true;
        warn(&cursor->warnings, DEADLINE_UNKNOWN_WORDS);
    }
}

static void add_clause(Cursor *cursor, Phrase *out, const Clause *clause, Joint joint)
{
    if (out->n == MAX_CLAUSES) {
        out->has_text = true;
        warn(&cursor->warnings, DEADLINE_UNKNOWN_WORDS);
        return;
    }
    out->clauses[out->n] = *clause;
    out->clauses[out->n].joint = (uint8_t)(out->n == 0 ? JOINT_LIST : joint);
    out->n++;
}

static void note_noise(Cursor *cursor, int from)
{
    for (int i = from; i < cursor->at; i++) {
        uint8_t flags = cursor->lexed->tokens[i].flags;
        if (flags & TOKEN_NOISE) {
            warn(&cursor->warnings, DEADLINE_NOISE);
        }
        if (flags & TOKEN_MIXED) {
            warn(&cursor->warnings, DEADLINE_MIXED_SCRIPT);
        }
    }
}

/* A length says nothing new beside both ends. */
static bool has_range(const Phrase *phrase)
{
    for (int i = 0; i < phrase->n; i++) {
        const Clause *clause = &phrase->clauses[i];
        if (clause->is_range && clause->from.unit != UNIT_WEEKDAY && clause->from.unit != UNIT_TIME) {
            return true;
        }
    }
    return false;
}

void deadline_parse(const Lexed *lexed, Phrase *out)
{
    Cursor cursor = { .lexed = lexed };
    Joint joint = JOINT_LIST;
    Clause clause;
    int depth = 0; /* of brackets */
    bool has_length = false;
    out->n = 0;
    out->warnings = 0;
    out->has_text = lexed->is_cut;
    if (lexed->is_cut) {
        warn(&cursor.warnings, DEADLINE_UNKNOWN_WORDS);
    }
    out->is_regular = false;
    out->is_year_inferred = false;
    while (cursor.at < lexed->n) {
        int from = cursor.at;
        if (skip_bullet(&cursor, depth) || skip_lead_in(&cursor) || skip_following(&cursor)) {
            continue;
        }
        if (is_word(&cursor, 0, WORD_REGULARLY) && out->n == 0) {
            clause = (Clause){ .kind = CLAUSE_PLAN, .gives_way = true };
            add_clause(&cursor, out, &clause, joint);
        }
        if (skip_qualifier(&cursor) || skip_paper_date(&cursor)) {
            out->has_text = true;
        } else if (parse_clause(&cursor, &clause)) {
            add_clause(&cursor, out, &clause, joint);
            joint = JOINT_LIST;
        } else if (skip_length(&cursor, out->n > 0)) {
            has_length = true;
        } else if (!parse_joint(&cursor, out, &joint)) {
            parse_other(&cursor, out);
        }
        for (int i = from; i < cursor.at; i++) {
            depth += lexed->tokens[i].kind == TOKEN_OPEN ? 1 : lexed->tokens[i].kind == TOKEN_CLOSE && depth > 0 ? -1 : 0;
        }
        note_noise(&cursor, from);
    }
    out->has_text = out->has_text || (has_length && !has_range(out));
    out->warnings = cursor.warnings;
}
