#ifndef CORE_DEADLINE_PRIV_H
#define CORE_DEADLINE_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include "vekha/base/mem.h"
#include "vekha/base/str.h"
#include "vekha/core/deadline.h"

/*
 * A phrase goes through four hands: bytes → tokens (lex, words, repair) → clauses whose dates may
 * lack their year (parse, number, frequency) → clauses made whole by their neighbours (join) →
 * items with days (resolve, place). Tokens and clauses lie on the stack and are bounded.
 */

/* ---- The value: what is kept ---- */

typedef enum BoundKind { BOUND_NONE, BOUND_OPEN, BOUND_YEAR, BOUND_MONTH, BOUND_DAY, BOUND_TIME, BOUND_EVENT } BoundKind;

/* One end of a span, in the precision in which it is written. Compared as memory, so it has no padding. */
typedef struct Bound {
    uint8_t kind;
    char unit;   /* BOUND_EVENT: D W M Y B H */
    int8_t sign; /* BOUND_EVENT: before or after it; 0 is the event itself */
    bool is_approx;
    int16_t time;   /* minutes + 1; 0 is none */
    int16_t unused; /* always 0: the place that the compiler would leave unset */
    int32_t value;  /* the first day of the year, month or day; BOUND_EVENT: how many units */
} Bound;
_Static_assert(sizeof(Bound) == 4 + 2 * sizeof(int16_t) + sizeof(int32_t), "no padding");

typedef enum SelectorKind {
    SEL_NONE,
    SEL_OPEN,
    SEL_MONTH,
    SEL_MONTH_DAY,
    SEL_DAY,
    SEL_DAY_FROM_END,
    SEL_WEEKDAY,
    SEL_TIME,
    SEL_START,
    SEL_MIDDLE,
    SEL_END
} SelectorKind;

enum { NTH_LAST = -1 };

typedef struct SelectorPoint {
    uint8_t kind;
    int8_t month, day; /* day: of the month, or of the week */
    int8_t nth;        /* of a weekday in its month; NTH_LAST */
    int16_t time;      /* minutes + 1 */
} SelectorPoint;

typedef struct Selector {
    SelectorPoint from, to; /* to is SEL_NONE: one point */
} Selector;

enum { MAX_SELECTORS = 16, MAX_COUNT = 9999, MAX_FRAME = 999 };

typedef struct Recurrence {
    int16_t min, max; /* a frame; 0, 0: not said; min = max: exactly; 0: open at that side */
    int16_t frame_n;
    char frame; /* D W M Y Q T */
    uint8_t n_selectors;
    const Selector *selectors;
} Recurrence;

typedef struct DeadlineItem {
    Bound from, to;          /* to is BOUND_NONE: one point */
    const Recurrence *recur; /* NULL: a span */
} DeadlineItem;

/* The days that a bound covers; 0, 0 for what has none. */
Span bound_days(const Bound *bound);
/* As deadlines.md orders members: open starts first, then by first and last day. */
int item_order(const DeadlineItem *a, const DeadlineItem *b);
bool item_equal(const DeadlineItem *a, const DeadlineItem *b);
void item_add_canonical(StrBuf *out, const DeadlineItem *item);
/* The plan's own period in the shortest exact form. */
void period_bounds(Span period, Bound *from, Bound *to);
const Calendar *context_calendar(const DeadlineContext *context);

/* ---- Tokens ---- */

typedef enum TokenKind {
    TOKEN_END,
    TOKEN_NUMBER,
    TOKEN_WORD,
    TOKEN_DOT,
    TOKEN_COMMA,
    TOKEN_SEMICOLON,
    TOKEN_COLON,
    TOKEN_DASH,
    TOKEN_SLASH,
    TOKEN_OPEN,
    TOKEN_CLOSE,
    TOKEN_BLANK /* "__": to be filled in by hand */
} TokenKind;

/* What a word does in a phrase. Its value is in the row: which month, which unit, which number. */
typedef enum Word {
    WORD_UNKNOWN,
    WORD_IGNORED,
    WORD_MONTH,
    WORD_WEEKDAY,
    WORD_WORKDAYS,
    WORD_WEEKEND,
    WORD_ORDINAL,
    WORD_ROMAN,
    WORD_CARDINAL,
    WORD_UNIT,
    WORD_YEAR_ABBR,
    WORD_SCHOOL,
    WORD_WORKING,
    WORD_PART,
    WORD_RESULTS,
    WORD_SEASON,
    WORD_SEASON_ADJ,
    WORD_VACATION,
    WORD_CAMPAIGN,
    WORD_FROM,
    WORD_TO,
    WORD_UNTIL,
    WORD_BY,
    WORD_NOT,
    WORD_LATER,
    WORD_EARLIER,
    WORD_AFTER,
    WORD_BEFORE,
    WORD_THROUGH,
    WORD_FOR,
    WORD_IN,
    WORD_ON,
    WORD_STARTING,
    WORD_DURING,
    WORD_PERIOD,
    WORD_WHOLE,
    WORD_ALWAYS,
    WORD_REGULARLY,
    WORD_EVERY,
    WORD_EACH_UNIT,
    WORD_TIMES,
    WORD_N_TIMES,
    WORD_AT_LEAST,
    WORD_AT_MOST,
    WORD_THAN,
    WORD_AND,
    WORD_OR,
    WORD_THEN,
    WORD_DATE_NUMBER,
    WORD_FOLLOWING,
    WORD_REPORTED,
    WORD_APPROX,
    WORD_LEAD_IN,
    WORD_LENGTH,
    WORD_MOMENT,
    WORD_TERM,
    WORD_PARITY,
    WORD_BETWEEN,
    WORD_QUALIFIER,
    WORD_QUALIFIER_NOUN,
    WORD_T
} Word;

typedef enum Unit {
    UNIT_NONE,
    UNIT_DAY,
    UNIT_WEEK,
    UNIT_DECADE,
    UNIT_MONTH,
    UNIT_QUARTER,
    UNIT_HALF,
    UNIT_SCHOOL_QUARTER,
    UNIT_TRIMESTER,
    UNIT_SCHOOL_YEAR,
    UNIT_YEAR,
    UNIT_SEASON,
    UNIT_VACATION,
    UNIT_HOUR,
    UNIT_NUMBER, /* a number whose noun is still to come: «1» of «1, 3 квартал» */
    UNIT_WEEKDAY,
    UNIT_TIME
} Unit;

typedef enum Part {
    PART_WHOLE,
    PART_START,
    PART_MIDDLE,
    PART_END,
    PART_HALF,
    PART_DECADE,
    PART_WEEK,
    PART_WEEKDAY,
    PART_DAY,
    PART_WORKDAY,
    PART_MONTH_DAY, /* day part_n (0: all of it) of the month part_weekday of a longer unit: «20 числа последнего месяца» */
    PART_DAYS /* the first part_n days, or the last if that is negative */
} Part;

typedef enum Season { SEASON_SPRING, SEASON_SUMMER, SEASON_AUTUMN, SEASON_WINTER, SEASON_COUNT } Season;

enum { TOKEN_NOISE = 1, TOKEN_MIXED = 2, TOKEN_SPACE_BEFORE = 4, TOKEN_SUFFIXED = 8, TOKEN_STOP_AFTER = 16 };

typedef struct Token {
    uint8_t kind, word;
    uint8_t n_digits;
    uint8_t flags;
    int32_t value; /* a number, or what the word's row says */
    Str text;      /* folded; words only */
} Token;

enum { MAX_TOKENS = 256, MAX_FOLDED = 4096, MAX_WORD = 64, MAX_NUMBER_DIGITS = 8 };

typedef struct Lexed {
    int n; /* tokens before the TOKEN_END that closes them */
    bool is_cut;
    bool has_lead_in;
    size_t n_folded;
    Token tokens[MAX_TOKENS + 1];
    char folded[MAX_FOLDED];
} Lexed;

void deadline_lex(Str phrase, Lexed *out);
void deadline_tidy(Lexed *lexed);

typedef struct WordRow {
    Str stem;
    Str endings; /* parted by blanks; "-" is none */
    uint8_t word;
    int16_t value;
} WordRow;

/* The row of a folded word, or NULL. */
const WordRow *word_find(Str folded);
/* The row of the form that is one slip of the pen away, where that is beyond doubt, or NULL. */
const WordRow *word_find_misspelt(Str folded);
enum { TERM_COUNT = 100, QUALIFIER_EXCEPT = 3, IGNORED_INCLUDED = 3, LEAD_IN_TERM = 1, VACATION_ADJECTIVE = 1 };
/* «пятидневный»: count × TERM_COUNT + unit. */
bool word_find_term(Str folded, int *value);
/* All rows, ordered by stem. */
const WordRow *word_rows(size_t *n);
/* Mends words that are in no lexicon: misspelt, broken by blanks, glued. */
void deadline_repair(Lexed *lexed);

/* ---- Clauses ---- */

/* A unit of time as it is named, perhaps without its year, or without its noun. Zero is nothing. */
typedef struct Moment {
    uint8_t unit;
    int8_t n;   /* which month, quarter, season …; 0: not said */
    int8_t day; /* UNIT_DAY: of month n */
    uint8_t part;
    int8_t part_n;       /* which decade, week, half, day; of a weekday: which one; NTH_LAST */
    int8_t part_weekday; /* PART_WEEKDAY; PART_MONTH_DAY: which month */
    int8_t weekday;      /* said beside a date, or UNIT_WEEKDAY */
    bool is_every;       /* «каждого месяца» */
    bool is_school;      /* «учебного года» */
    bool is_approx;
    bool year_inherited; /* from a later member of the list */
    bool is_lent;        /* the month is its neighbour's: «с 28 по 3 ноября» */
    bool is_genitive;    /* «октября» alone: perhaps of something before it */
    bool is_label; /* UNIT_NUMBER behind a word that is none of time's: «каб. 15»; «каникулы:» before their dates */
    bool is_suffixed;    /* UNIT_NUMBER: «25-го» */
    int16_t year, year2; /* 0: not said; two: a school year, or years over which it recurs */
    int16_t time, time2; /* minutes + 1 */
    int32_t number;      /* UNIT_NUMBER */
} Moment;

typedef enum ClauseKind { CLAUSE_SPAN, CLAUSE_PLAN, CLAUSE_RECURS, CLAUSE_EVENT, CLAUSE_AHEAD } ClauseKind;
typedef enum ClauseMode { MODE_IN, MODE_UNTIL, MODE_UNTIL_DISPUTED, MODE_BY, MODE_FROM, MODE_AFTER } ClauseMode;
typedef enum Joint { JOINT_LIST, JOINT_AND, JOINT_OR, JOINT_THEN } Joint;

typedef struct Clause {
    uint8_t kind, mode, joint;
    bool is_range;
    bool is_given;     /* its month has gone to the days behind it: «сентябрь, 10-20» */
    bool is_campaign;  /* «в течение месяца»: the plan, if it is that short */
    bool gives_way;    /* to dates beside it: «постоянно (2013-2015 гг.)» */
    bool ends_at_part; /* «до конца года» as the end of a range: its last day */
    Moment from, to;
    Bound event_from, event_to; /* CLAUSE_EVENT */
    int16_t min, max, frame_n;  /* CLAUSE_RECURS */
    uint8_t parity;             /* CLAUSE_RECURS: 1 odd weeks, 2 even ones */
    char ahead_unit;            /* CLAUSE_AHEAD: so many of them before the day that is from's */
    int16_t ahead_n;            /* negative: after it */
    int16_t ahead_last; /* «за 3–5 дней»: the lesser one; 0: there is but one */
    bool is_within;             /* CLAUSE_AHEAD: all the days between */
    char frame;
} Clause;

enum { MAX_CLAUSES = 64 };

typedef struct Phrase {
    int n;
    bool has_text;
    bool is_regular; /* «регулярно»: how often is said by a frequency beside it, or not at all */
    bool is_year_inferred;
    DeadlineWarnings warnings;
    Clause clauses[MAX_CLAUSES];
} Phrase;

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

static inline void warn(DeadlineWarnings *warnings, DeadlineWarning warning)
{
    *warnings |= 1U << warning;
}

void deadline_parse(const Lexed *lexed, Phrase *out);
/* Each takes what it understands and returns true, or leaves the cursor alone. */
bool parse_number_date(Cursor *cursor, Moment *out);
bool parse_time(Cursor *cursor, int16_t *out);
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

/* ---- What says nothing about dates ---- */

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

/* How many of them there are in a year (school quarters: 4), in a month (decades: 3); 0 where they are not counted. */
int unit_count(Unit unit);
int part_count(Part part);

/* Members of a list and ends of a range lend one another their month, noun and year. */
void deadline_join(Phrase *phrase);

/* ---- Days ---- */

typedef struct Placed {
    Bound from, to; /* to is BOUND_NONE: one point */
    Span days;
    Span whole; /* of the unit of which a part is meant */
    bool is_valid_day;
} Placed;

/* The moment in the year in which it begins; false if there is no such thing. */
bool moment_place(const Moment *moment, int year, const DeadlineContext *context, Placed *out);
/* Its part of a unit that has these days; false if there is no such thing. */
bool moment_place_in(const Moment *moment, Span whole, const DeadlineContext *context, Placed *out);
/* The years that its own words name, as the year in which it begins; 0 if none. */
int moment_own_year(const Moment *moment, const DeadlineContext *context);
/* A moment without number in every frame («конец каждой четверти», weekdays, «15 числа»)? */
bool moment_recurs(const Moment *moment);
char unit_frame(Unit unit, int *frame_n);
/* Where in a frame; false if it says nothing about that. */
bool moment_selector(const Moment *moment, const DeadlineContext *context, Selector *out);

/* Both ends of a clause in the years that are meant; false without a period to tell them. Ends that run backwards are put right.
 */
bool clause_place(Clause *clause, const DeadlineContext *context, Placed *from, Placed *to, DeadlineWarnings *warnings);

/* The k-th frame of a recurrence's span; from is the day after the one before (its first day, for the first). 0, 0 past the end
 * of time. */
Span frame_at(const Recurrence *recur, Span span, const DeadlineContext *context, int k, Day from);
/* Do half of its days lie in the span? */
bool frame_counts(Span frame, Span span);

/* ---- Words ---- */

/* The n-th (from 1) of a text's words between bars. */
Str say_nth(Lang lang, TextId list, int n);
/* «9:05»; time is minutes + 1. */
void say_time(StrBuf *out, int16_t time);
/* «10–15 октября 2022 г.», «октябрь 2022 г. – май 2023 г.»; one date if both are the same. */
void say_dates(StrBuf *out, Lang lang, const Bound *from, const Bound *to);
/* «5 октября 2022 г.», «октября 2022 г.»: genitive. */
void say_date_of(StrBuf *out, Lang lang, const Bound *bound);
/* «5 рабочих дней»; genitive after «в течение». */
void say_duration(StrBuf *out, Lang lang, int n, char unit, bool is_genitive);
/* «через 5 дней после события» */
void say_event(StrBuf *out, Lang lang, const DeadlineItem *item);
/* «каждый месяц, до 5-го числа», «не реже 2 раз в год»: without the span. Short for columns. */
void say_pattern(StrBuf *out, Lang lang, const Recurrence *recur, bool is_short);
/* Its selectors, each with a comma before it; the first without one where is_bare. */
void say_places(StrBuf *out, Lang lang, const Recurrence *recur, bool is_bare);
void say_recurrence(StrBuf *out, Lang lang, const DeadlineItem *item, const DeadlineContext *context);

/* ---- Clauses → items ---- */

typedef struct Resolver {
    const DeadlineContext *context;
    Arena *arena;
    Phrase *phrase;
    DeadlineItem items[MAX_CLAUSES * 2];
    int n;
} Resolver;

Bound open_bound(void);
Bound day_bound(Day day);
bool resolver_has_period(const Resolver *resolver);
/* Words that were meant as something, but of which nothing came. */
void leave_as_text(Resolver *resolver);
void resolver_add_item(Resolver *resolver, DeadlineItem item);
bool resolve_ahead(Resolver *resolver, const Clause *clause, DeadlineItem *out);
bool resolve_span(Resolver *resolver, Clause *clause, DeadlineItem *out);
/* Adds the clause's item, or leaves it as text. */
void resolve_clause(Resolver *resolver, Clause *clause);
/* «далее X»: from the day after what was said before, or from its last day if that was a deadline. */
void start_later(const Resolver *resolver, DeadlineItem *item);
/* A frequency, or a moment that recurs by itself? */
bool starts_repeat(const Clause *clause);
/* The recurrence that clause `at` starts, with all that the unused ones say about it; marks what it used. */
void resolve_repeat(Resolver *resolver, int at, bool *is_used);

/* Recurs it where the notation has no selector for? Then it is written out as a set. */
bool moment_is_spelled(const Moment *moment, const DeadlineContext *context);
/* Adds the days in every frame of the span; false, and nothing added, if there are none or too many. */
bool spell_clause(Resolver *resolver, const Clause *clause, const Recurrence *head, Span span);
/* «каникулы», whichever */
bool is_any_vacation(const Moment *moment);
/* The vacations of the plan, at most n; how many. */
int vacation_spans(const Moment *moment, const DeadlineContext *context, DeadlineItem *out, int n);
/* Which of the four lie in the plan, named; how many. */
int vacation_moments(const Moment *moment, const DeadlineContext *context, Moment *out);

void deadline_resolve(Phrase *phrase, const DeadlineContext *context, Arena *arena, Deadline *out);

#endif
