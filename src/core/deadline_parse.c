#include "core/deadline_parse_priv.h"

/* The grammar above single spans: the whole plan, qualifiers, lists. */

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
