#include "core/deadline_parse_priv.h"

/* What says nothing about dates: lead-ins, qualifiers, stated lengths, bullets. */

bool is_deed(const Token *token)
{
    static const Str stems[] = { STR_INIT("исполнени"),    STR_INIT("выполнени"),     STR_INIT("реализаци"),
                                 STR_INIT("проведени"),    STR_INIT("сдачи"),         STR_INIT("подачи"),
                                 STR_INIT("представлени"), STR_INIT("предоставлени"), STR_INIT("действи") };
    bool is_found = false;
    for (size_t i = 0; i < COUNTOF(stems) && token->kind == TOKEN_WORD && token->word == WORD_UNKNOWN; i++) {
        is_found = is_found || str_starts(token->text, stems[i]);
    }
    return is_found;
}

/* «Срок реализации программы – », «Первый этап: »: words alone, one of them a lead-in, up to a colon or a dash. */
bool skip_lead_in(Cursor *cursor)
{
    enum { MAX_LEAD_IN = 12 };
    bool has_name = false;
    if (is_last_term(cursor)) {
        return false;
    }
    for (int i = 0; i < MAX_LEAD_IN && cursor->lexed->has_lead_in; i++) {
        const Token *token = peek(cursor, i);
        bool is_number = token->kind == TOKEN_NUMBER &&
                         (is_word(cursor, i + 1, WORD_LEAD_IN) || (i > 0 && is_word(cursor, i - 1, WORD_LEAD_IN)));
        if (i > 0 && has_name && (token->kind == TOKEN_COLON || token->kind == TOKEN_DASH)) {
            cursor->at += i + 1;
            return true;
        }
        bool is_dated = token->kind == TOKEN_WORD && (token->word == WORD_MONTH || token->word == WORD_EACH_UNIT ||
                                                      token->word == WORD_TIMES || token->word == WORD_VACATION);
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

bool skip_paper_date(Cursor *cursor)
{
    Cursor there = *cursor;
    bool is_paper = is_word(cursor, 0, WORD_FROM) && skip_paper(&there) && !is_kind(&there, 0, TOKEN_DASH) &&
                    !is_word(&there, 0, WORD_UNTIL) && !is_word(&there, 0, WORD_TO);
    if (is_paper) {
        cursor->at = there.at;
    }
    return is_paper;
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
bool skip_qualifier(Cursor *cursor)
{
    enum { MAX_BETWEEN = 4 };
    const Token *first = peek(cursor, 0);
    bool leads = first->kind == TOKEN_WORD && (first->word == WORD_FROM || first->word == WORD_TO || first->word == WORD_BY ||
                                               first->word == WORD_IN || first->word == WORD_ON || first->word == WORD_IGNORED);
    int n = leads ? 1 : 0;
    bool is_event = is_word(cursor, 0, WORD_IN) && is_word(cursor, 1, WORD_PERIOD) && is_word(cursor, 2, WORD_UNKNOWN) &&
                    vacation_ahead(cursor, 2) == 0;
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
bool skip_length(Cursor *cursor, bool is_behind)
{
    int n;
    char unit;
    Cursor saved = *cursor;
    (void)accept_word(cursor, WORD_LENGTH);
    cursor->at += is_behind && is_kind(cursor, 0, TOKEN_DASH) ? 1 : 0;
    bool is_length =
        (is_kind(cursor, 0, TOKEN_NUMBER) && !(peek(cursor, 0)->flags & TOKEN_SUFFIXED)) || is_word(cursor, 0, WORD_CARDINAL);
    if (is_length && parse_duration(cursor, &n, &unit) && (unit == 'D' || unit == 'B' || unit == 'W')) {
        return true;
    }
    *cursor = saved;
    return false;
}

/* «, следующего за отчетным кварталом»: why the day is where it is. */
bool skip_following(Cursor *cursor)
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

static bool is_nominative(const Token *month)
{
    return str_ends(month->text, STR("ь")) || str_ends(month->text, STR("й")) || str_ends(month->text, STR("т"));
}

/* «1) сентябрь; 2) май», «а) …», «1. Октябрь» */
bool skip_bullet(Cursor *cursor, int depth)
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
