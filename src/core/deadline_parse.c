#include "core/deadline_priv.h"

/* The grammar above single moments: prepositions, ranges, the whole plan, qualifiers, lists. */

static bool is_unit(const Cursor *cursor, int ahead, Unit unit)
{
    return is_word(cursor, ahead, WORD_UNIT) && peek(cursor, ahead)->value == (int)unit;
}

/* ---- Spans ---- */

/* A part or a number whose noun is still to come. */
static bool is_waiting(const Moment *moment)
{
    bool is_nameless_season = moment->unit == UNIT_SEASON && moment->part == PART_WEEKDAY;
    return moment->unit == UNIT_NONE || moment->unit == UNIT_NUMBER || is_nameless_season;
}

/* «до начала занятий»: a part of something that is no unit of time is an event. */
static bool parse_known_moment(Cursor *cursor, Moment *out)
{
    Cursor saved = *cursor;
    if (parse_moment(cursor, out) && !(is_waiting(out) && is_word(cursor, 0, WORD_UNKNOWN))) {
        return true;
    }
    *cursor = saved;
    return false;
}

/* The preposition, or several: «в срок не позднее», «в период с», «начиная с». */
static ClauseMode parse_mode(Cursor *cursor)
{
    if (is_word(cursor, 0, WORD_IN) && is_word(cursor, 1, WORD_LEAD_IN)) {
        cursor->at += 2;
    }
    if ((is_word(cursor, 0, WORD_IN) || is_word(cursor, 0, WORD_FOR) || is_word(cursor, 0, WORD_ON)) &&
        is_word(cursor, 1, WORD_PERIOD)) {
        cursor->at += 2;
    }
    if (is_word(cursor, 0, WORD_NOT) && is_word(cursor, 1, WORD_LATER)) {
        cursor->at += 2;
        (void)accept_word(cursor, WORD_THAN);
        (void)accept_word(cursor, WORD_UNTIL);
        return MODE_UNTIL;
    }
    if (is_word(cursor, 0, WORD_NOT) && is_word(cursor, 1, WORD_EARLIER)) {
        cursor->at += 2;
        (void)accept_word(cursor, WORD_THAN);
        return MODE_FROM;
    }
    if (accept_word(cursor, WORD_STARTING)) {
        (void)accept_word(cursor, WORD_FROM);
        return MODE_FROM;
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
    if (is_unit(cursor, 0, UNIT_DAY) && (is_word(cursor, 1, WORD_SEASON_ADJ) || is_word(cursor, 1, WORD_WORKDAYS))) {
        cursor->at++; /* «в дни весенних каникул» */
    }
    return MODE_IN;
}

/* «с» in «с 5 по 9», or a dash: is there an end? A dash or «по» with nothing behind it was cut off. */
static void parse_range_end(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    bool is_from = out->mode == MODE_FROM;
    bool is_iso = is_kind(cursor, 0, TOKEN_SLASH) && out->from.unit == UNIT_DAY && out->from.year != 0 &&
                  is_kind(cursor, 1, TOKEN_NUMBER) && peek(cursor, 1)->n_digits == 4;
    bool is_dash = accept(cursor, TOKEN_DASH);
    cursor->at += is_iso ? 1 : 0;
    bool is_to = (is_from || !is_dash) && accept_word(cursor, WORD_TO);
    bool is_until = !is_to && is_from && accept_word(cursor, WORD_UNTIL);
    if (!is_dash && !is_to && !is_until && !is_iso) {
        return;
    }
    cursor->after_weekday = out->from.unit == UNIT_WEEKDAY;
    bool is_ranged = parse_moment(cursor, &out->to) && !(out->to.unit == UNIT_WEEKDAY && out->from.unit == UNIT_DAY);
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
    if (parse_known_moment(cursor, &out->from)) {
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
    if (!is_free && !is_working) {
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
    bool is_term = is_word(cursor, 0, WORD_LEAD_IN) && peek(cursor, 0)->value == LEAD_IN_TERM;
    if (is_unit(cursor, 0, UNIT_YEAR) || is_word(cursor, 0, WORD_PERIOD) || is_term) {
        bool is_named = is_kind(cursor, 1, TOKEN_NUMBER) || is_word(cursor, 1, WORD_FROM) || is_word(cursor, 1, WORD_MONTH);
        bool is_period = is_term || is_word(cursor, 0, WORD_PERIOD);
        cursor->at += is_named ? 0 : 1;
        while (!is_named && is_period && (is_word(cursor, 0, WORD_UNKNOWN) || is_word(cursor, 0, WORD_QUALIFIER_NOUN))) {
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
    if (is_during && is_word(cursor, 0, WORD_UNKNOWN) && is_word(cursor, 1, WORD_CAMPAIGN)) {
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

/* ---- What says nothing about dates ---- */

/* «Срок реализации программы – », «Первый этап: »: words alone, one of them a lead-in, up to a colon or a dash. */
static bool skip_lead_in(Cursor *cursor)
{
    enum { MAX_LEAD_IN = 12 };
    bool has_name = false;
    for (int i = 0; i < MAX_LEAD_IN && cursor->lexed->has_lead_in; i++) {
        const Token *token = peek(cursor, i);
        bool is_number = token->kind == TOKEN_NUMBER &&
                         (is_word(cursor, i + 1, WORD_LEAD_IN) || (i > 0 && is_word(cursor, i - 1, WORD_LEAD_IN)));
        if (i > 0 && has_name && (token->kind == TOKEN_COLON || token->kind == TOKEN_DASH)) {
            cursor->at += i + 1;
            return true;
        }
        bool is_dated = token->kind == TOKEN_WORD &&
                        (token->word == WORD_MONTH || token->word == WORD_EACH_UNIT || token->word == WORD_TIMES);
        if ((token->kind != TOKEN_WORD && !is_number) || is_dated) {
            return false;
        }
        has_name = has_name || token->word == WORD_LEAD_IN || token->word == WORD_PERIOD;
    }
    return false;
}

static bool is_qualifier(const Cursor *cursor, int ahead)
{
    return is_word(cursor, ahead, WORD_QUALIFIER) || is_word(cursor, ahead, WORD_QUALIFIER_NOUN);
}

/* The date and number of the paper that a qualifier names: «приказом от 05.09.2022 № 15», «планом на 2023 год». */
static bool skip_paper(Cursor *cursor)
{
    Moment date;
    Cursor saved = *cursor;
    bool leads = (is_word(cursor, 0, WORD_FROM) && str_eq(peek(cursor, 0)->text, STR("от"))) || is_word(cursor, 0, WORD_ON);
    if (leads && cursor->at++ >= 0 && parse_known_moment(cursor, &date) && date.unit != UNIT_NUMBER) {
        while (accept(cursor, TOKEN_NUMBER)) {
        }
        cursor->warnings = saved.warnings;
        return true;
    }
    *cursor = saved;
    return false;
}

static void skip_qualified(Cursor *cursor)
{
    for (;;) {
        const Token *token = peek(cursor, 0);
        const Token *behind = peek(cursor, 1);
        bool is_small = token->kind == TOKEN_WORD &&
                        (token->word == WORD_IGNORED || token->word == WORD_SCHOOL || token->word == WORD_YEAR_ABBR ||
                         token->word == WORD_FOLLOWING || token->word == WORD_UNIT || token->word == WORD_WORKING ||
                         token->word == WORD_REPORTED || token->word == WORD_LEAD_IN || token->word == WORD_PERIOD ||
                         token->word == WORD_RESULTS || token->word == WORD_CAMPAIGN || token->word == WORD_VACATION);
        bool is_own = token->kind == TOKEN_WORD && (token->word == WORD_UNKNOWN || is_qualifier(cursor, 0));
        bool leads = token->kind == TOKEN_WORD && token->word >= WORD_FROM && token->word <= WORD_ON &&
                     behind->kind == TOKEN_WORD && (behind->word == WORD_UNKNOWN || is_qualifier(cursor, 1));
        bool joins = (token->kind == TOKEN_DASH || (token->kind == TOKEN_WORD && token->word == WORD_AND)) &&
                     (is_qualifier(cursor, 1) || is_word(cursor, 1, WORD_UNKNOWN));
        if (is_small || is_own || leads || joins) {
            cursor->at++;
        } else if (!skip_paper(cursor)) {
            return;
        }
    }
}

/* «по отдельному графику», «в установленные сроки», «в период подготовки», «согласно плану школы» */
static bool skip_qualifier(Cursor *cursor)
{
    enum { MAX_BETWEEN = 4 };
    const Token *first = peek(cursor, 0);
    bool leads = first->kind == TOKEN_WORD && (first->word == WORD_FROM || first->word == WORD_TO || first->word == WORD_BY ||
                                               first->word == WORD_IN || first->word == WORD_ON || first->word == WORD_IGNORED);
    int n = leads ? 1 : 0;
    bool is_event = is_word(cursor, 0, WORD_IN) && is_word(cursor, 1, WORD_PERIOD) && is_word(cursor, 2, WORD_UNKNOWN);
    while (leads && n <= MAX_BETWEEN && !is_qualifier(cursor, n)) {
        const Token *token = peek(cursor, n);
        bool is_between =
            token->kind == TOKEN_WORD && (token->word == WORD_UNKNOWN || token->word == WORD_SCHOOL ||
                                          token->word == WORD_IGNORED || token->word == WORD_PERIOD ||
                                          token->word == WORD_ORDINAL || token->word == WORD_WORKING || token->word == WORD_TERM);
        if (!is_between) {
            break;
        }
        n++;
    }
    if (!is_qualifier(cursor, n) && !is_event) {
        return false;
    }
    bool is_exception = !is_event && peek(cursor, n)->word == WORD_QUALIFIER && peek(cursor, n)->value == QUALIFIER_EXCEPT;
    cursor->at += is_event ? 2 : n;
    skip_qualified(cursor);
    while (is_exception && is_kind(cursor, 0, TOKEN_WORD) &&
           (peek(cursor, 0)->word <= WORD_WEEKEND || is_word(cursor, 0, WORD_AND))) {
        cursor->at++; /* «кроме воскресенья»: what is left out stays in words */
    }
    return true;
}

/* «продолжительностью 7 дней», «– 9 дней», «(7 дней)» beside a range that says it already. */
static bool skip_length(Cursor *cursor)
{
    int n;
    char unit;
    Cursor saved = *cursor;
    (void)accept_word(cursor, WORD_LENGTH);
    (void)accept(cursor, TOKEN_DASH);
    bool is_length = is_kind(cursor, 0, TOKEN_NUMBER) || is_word(cursor, 0, WORD_CARDINAL);
    if (is_length && parse_duration(cursor, &n, &unit)) {
        return true;
    }
    *cursor = saved;
    return false;
}

/* «, следующего за отчетным кварталом»: why the day is where it is. */
static bool skip_following(Cursor *cursor)
{
    if (!is_word(cursor, 0, WORD_FOLLOWING)) {
        return false;
    }
    cursor->at++;
    (void)accept_word(cursor, WORD_FOR);
    (void)accept_word(cursor, WORD_REPORTED);
    (void)(accept_word(cursor, WORD_UNIT) || accept_word(cursor, WORD_PERIOD));
    return true;
}

/* ---- The phrase ---- */

static bool is_nominative(const Token *month)
{
    return str_ends(month->text, STR("ь")) || str_ends(month->text, STR("й")) || str_ends(month->text, STR("т"));
}

/* «1) сентябрь; 2) май», «а) …», «1. Октябрь» */
static bool skip_bullet(Cursor *cursor, int depth)
{
    const Token *token = peek(cursor, 0);
    const Token *behind = peek(cursor, 1);
    bool is_number = token->kind == TOKEN_NUMBER && token->n_digits <= 2;
    bool is_letter = token->kind == TOKEN_WORD && token->text.n_bytes == 2;
    if (depth == 0 && (is_number || is_letter) && behind->kind == TOKEN_CLOSE) {
        cursor->at += 2;
        return true;
    }
    if (is_number && (token->flags & TOKEN_STOP_AFTER) && behind->kind == TOKEN_WORD && behind->word == WORD_MONTH &&
        is_nominative(behind)) {
        cursor->at++;
        return true;
    }
    return false;
}

static bool parse_clause(Cursor *cursor, Clause *out)
{
    return parse_event(cursor, out) || parse_frequency(cursor, out) || parse_plan(cursor, out) ||
           parse_days_of_week(cursor, out) || parse_span(cursor, out);
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

static void parse_other(Cursor *cursor, Phrase *out)
{
    const Token *token = peek(cursor, 0);
    cursor->at++;
    if (token->kind == TOKEN_WORD && token->word == WORD_REGULARLY) {
        out->is_regular = true;
        return;
    }
    if (token->kind == TOKEN_WORD && token->word == WORD_LEAD_IN && is_word(cursor, 0, WORD_UNKNOWN)) {
        cursor->at++; /* «срок исполнения» */
        return;
    }
    bool is_unknown = token->kind == TOKEN_NUMBER || token->word == WORD_UNKNOWN || token->word == WORD_T;
    if (is_unknown) {
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

void deadline_parse(const Lexed *lexed, Phrase *out)
{
    Cursor cursor = { .lexed = lexed };
    Joint joint = JOINT_LIST;
    Clause clause;
    int depth = 0; /* of brackets */
    out->n = 0;
    out->warnings = 0;
    out->has_text = lexed->is_cut;
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
        if (skip_qualifier(&cursor)) {
            out->has_text = true;
        } else if (parse_clause(&cursor, &clause)) {
            add_clause(&cursor, out, &clause, joint);
            joint = JOINT_LIST;
        } else if (!skip_length(&cursor) && !parse_joint(&cursor, out, &joint)) {
            parse_other(&cursor, out);
        }
        for (int i = from; i < cursor.at; i++) {
            depth += lexed->tokens[i].kind == TOKEN_OPEN ? 1 : lexed->tokens[i].kind == TOKEN_CLOSE && depth > 0 ? -1 : 0;
        }
        note_noise(&cursor, from);
    }
    out->warnings = cursor.warnings;
}
