#ifndef VEKHA_CORE_DEADLINE_WORD_PRIV_H
#define VEKHA_CORE_DEADLINE_WORD_PRIV_H

#include <stdint.h>

#include "vekha/base/str.h"

/* What words mean: the lexicon is a table of rows (deadline_words.c). */

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

typedef struct WordRow {
    Str stem;
    Str endings; /* parted by blanks; "-" is none */
    uint8_t word;
    int16_t value;
} WordRow;

/* Values of rows that mean something to the grammar. */
enum { TERM_COUNT = 100, QUALIFIER_EXCEPT = 3, IGNORED_INCLUDED = 3, LEAD_IN_TERM = 1, VACATION_ADJECTIVE = 1 };

/* The row of a folded word, or NULL. */
const WordRow *word_find(Str folded);
/* The row of the form that is one slip of the pen away, where that is beyond doubt, or NULL. */
const WordRow *word_find_misspelt(Str folded);
/* «пятидневный»: count × TERM_COUNT + unit. */
bool word_find_term(Str folded, int *value);
/* All rows, ordered by stem. */
const WordRow *word_rows(size_t *n);

#endif
