#ifndef VEKHA_CORE_DEADLINE_PHRASE_PRIV_H
#define VEKHA_CORE_DEADLINE_PHRASE_PRIV_H

#include "core/deadline_value_priv.h"
#include "core/deadline_word_priv.h"

/* Clauses: what a phrase says, before there are days. They lie on the stack and are bounded. */

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
    int16_t ahead_last;         /* «за 3–5 дней»: the lesser one; 0: there is but one */
    bool is_within;             /* CLAUSE_AHEAD: all the days between */
    char frame;
} Clause;

enum { MAX_CLAUSES = 64, MAX_DAY = 31 };

typedef struct Phrase {
    int n;
    bool has_text;
    bool is_regular; /* «регулярно»: how often is said by a frequency beside it, or not at all */
    bool is_year_inferred;
    DeadlineWarnings warnings;
    Clause clauses[MAX_CLAUSES];
} Phrase;

static inline void warn(DeadlineWarnings *warnings, DeadlineWarning warning)
{
    *warnings |= 1U << warning;
}

/* «октябрь», and no more than that. */
static inline bool is_bare_month(const Moment *moment)
{
    return moment->unit == UNIT_MONTH && moment->part == PART_WHOLE && moment->n != 0 && !moment->is_every;
}

/* «осенние», of a noun that is elsewhere. */
static inline bool is_nameless_season(const Moment *moment)
{
    return moment->unit == UNIT_SEASON && moment->part == PART_WEEKDAY && moment->part_weekday == 0;
}

/* How many of them there are in a year (school quarters: 4), in a month (decades: 3); 0 where they are not counted. */
int unit_count(Unit unit);
int part_count(Part part);

/* deadline_lend.c: months, nouns and parts that neighbours lend one another. */
void phrase_lend(Phrase *phrase);
/* «сентябрь, 10-20»: what the moment says is of that month; false if it is not. */
bool take_month(Moment *moment, const Moment *month);
/* Members of a list and ends of a range lend one another their month, noun and year. */
void deadline_join(Phrase *phrase);

#endif
