#ifndef VEKHA_CORE_DEADLINE_PARSE_PRIV_H
#define VEKHA_CORE_DEADLINE_PARSE_PRIV_H

#include "core/deadline_lex_priv.h"
#include "core/deadline_phrase_priv.h"

/* Tokens → clauses: by descent, a function a turn of speech. */

/* Where the parser stands. */
typedef struct Cursor {
    const Lexed *lexed;
    int at;
    DeadlineWarnings warnings;    /* a copy of the cursor, put back, takes its warnings back */
    bool after_weekday, after_in; /* what two numbers mean depends on the word before */
} Cursor;

static inline const Token *peek(const Cursor *cursor, int ahead)
{
    int at = cursor->at + ahead;
    return &cursor->lexed->tokens[at >= 0 && at < cursor->lexed->n ? at : cursor->lexed->n];
}

static inline bool is_kind(const Cursor *cursor, int ahead, TokenKind kind)
{
    return peek(cursor, ahead)->kind == kind;
}

static inline bool is_word(const Cursor *cursor, int ahead, Word word)
{
    const Token *token = peek(cursor, ahead);
    return token->kind == TOKEN_WORD && token->word == word;
}

static inline bool is_unit(const Cursor *cursor, int ahead, Unit unit)
{
    return is_word(cursor, ahead, WORD_UNIT) && peek(cursor, ahead)->value == (int)unit;
}

static inline bool accept(Cursor *cursor, TokenKind kind)
{
    bool is_here = is_kind(cursor, 0, kind);
    cursor->at += is_here ? 1 : 0;
    return is_here;
}

static inline bool accept_word(Cursor *cursor, Word word)
{
    bool is_here = is_word(cursor, 0, word);
    cursor->at += is_here ? 1 : 0;
    return is_here;
}

void deadline_parse(const Lexed *lexed, Phrase *out);
/* Each takes what it understands and returns true, or leaves the cursor alone. */
bool parse_number_date(Cursor *cursor, Moment *out);
bool parse_time_range(Cursor *cursor, Moment *out);
bool parse_moment(Cursor *cursor, Moment *out);
/* A moment that is one: not a part of something that is no unit of time («начало занятий»). */
bool parse_known_moment(Cursor *cursor, Moment *out);
/* A unit that something can be a part of. */
bool parse_named_unit(Cursor *cursor, Moment *out);
/* «каникулы», «школьных каникул», «каникулярное время»: how many words; 0 if they are not here. */
int vacation_ahead(const Cursor *cursor, int ahead);
bool parse_any_vacation(Cursor *cursor, Moment *out);
bool parse_few(Cursor *cursor, Moment *out);
bool parse_nth_working_day(Cursor *cursor, Moment *out);
bool parse_numbered_part(Cursor *cursor, Moment *out);
bool parse_part(Cursor *cursor, Moment *out);
/* «последний месяц квартала» */
bool parse_month_of(Cursor *cursor, Moment *out);
bool parse_day_number(Cursor *cursor, Moment *out);
/* «(1 декада)» behind its month */
void parse_part_behind(Cursor *cursor, Moment *out);
/* A number that can count a unit: «1», «1-й», «первый», «I»; NTH_LAST; 0 if there is none. */
int ordinal_at(const Cursor *cursor, int ahead);
void note_mixed(Cursor *cursor, int ahead);
bool parse_year(Cursor *cursor, Moment *out);
bool is_year_token(const Token *token);
bool is_year_word(const Cursor *cursor, int ahead);
void skip_year_words(Cursor *cursor);
bool accept_school_year(Cursor *cursor);
/* What may follow a month, and a quarter or a half-year. */
void parse_years_of_month(Cursor *cursor, Moment *out);
void parse_years_of_unit(Cursor *cursor, Moment *out);
/* deadline_span.c: a moment or a range of them with its preposition; «между 5 и 10 мая»; «по рабочим дням» */
bool parse_span(Cursor *cursor, Clause *out);
bool parse_between(Cursor *cursor, Clause *out);
bool parse_days_of_week(Cursor *cursor, Clause *out);
bool parse_frequency(Cursor *cursor, Clause *out);
bool parse_event(Cursor *cursor, Clause *out);
/* «(за 10 дней) до 1 сентября»: a day that is known, not an event */
bool parse_ahead_of_day(Cursor *cursor, int n, char unit, ClauseMode mode, Clause *out);
/* «(в течение 10 дней) после 15 мая» */
bool parse_behind_day(Cursor *cursor, int n, char unit, ClauseMode mode, Clause *out);
/* «по чётным неделям», «через неделю (по вторникам)» */
bool parse_alternate_weeks(Cursor *cursor, Clause *out);
/* An event of which nothing is known but its name: takes its words. */
void skip_event_name(Cursor *cursor);
/* «чем», «, чем» */
void skip_than(Cursor *cursor);
/* «крайний срок»: what follows is a deadline */
bool is_last_term(const Cursor *cursor);
/* A number in digits or in words. */
bool parse_count(Cursor *cursor, int *out);
/* How many of which unit: «5 рабочих дней», «недели». */
bool parse_duration(Cursor *cursor, int *n, char *unit);

/* «7», «7 календарных дней» */
bool is_duration_ahead(const Cursor *cursor);

/* What says nothing about dates (deadline_skip.c). */

/* Each takes what it knows and returns true, or leaves the cursor alone. */
bool skip_lead_in(Cursor *cursor);
bool skip_qualifier(Cursor *cursor);
/* A length in days, by itself or behind a date and a dash. */
bool skip_length(Cursor *cursor, bool is_behind);
bool skip_following(Cursor *cursor);
/* «(протокол) от 15.09.2022» */
bool skip_paper_date(Cursor *cursor);
/* What is done by a deadline: «срок исполнения», «период реализации». */
bool is_deed(const Token *token);
/* At this depth of brackets. */
bool skip_bullet(Cursor *cursor, int depth);

#endif
