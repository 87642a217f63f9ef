#ifndef VEKHA_CORE_DATE_H
#define VEKHA_CORE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "vekha/base/str.h"

/**
 * A day of the proleptic Gregorian calendar: days since 0000-12-31, so 0001-01-01 is 1 (rata die,
 * Reingold & Dershowitz). 0 is "no day".
 */
typedef int32_t Day;

enum { DATE_DAYS_PER_WEEK = 7, DATE_MONTHS_PER_YEAR = 12, DATE_MIN_YEAR = 1, DATE_MAX_YEAR = 9999 };

typedef struct Civil {
    int year, month, day; /* from 1 */
} Civil;

/** Days first..last, both included; 0 is an open or unknown end. */
typedef struct Span {
    Day first, last;
} Span;

/** 0 if there is no such day, or its year is not 1 to 9999. */
Day day_of(int year, int month, int day);
Civil day_civil(Day day);
/** 1 Monday to 7 Sunday (ISO 8601). */
int day_weekday(Day day);
int month_days(int year, int month);
/** Months since year 0: year × 12 + month − 1; for stepping and comparing. */
int day_month_index(Day day);
/** First and last day of the month with that index. */
Span month_span(int month_index);

/** "2022-03-29", nothing else; false if there is no such day. */
bool day_parse(Str text, Day *out) MUST_USE;
/** "2022-03-29" */
void day_add_iso(StrBuf *out, Day day);
/** "29.03.2022" */
void day_add_ru(StrBuf *out, Day day);

bool span_has(Span span, Day day);
/** Have they a day in common? Open ends reach without bound. */
bool span_meets(Span a, Span b);
/**
 * ISO 8601 interval of a plan's period: YYYY, YYYY/YYYY, YYYY-MM/YYYY-MM or two days; also one
 * month. False if it is none of them, or ends before it begins.
 */
bool span_parse(Str text, Span *out) MUST_USE;

#endif
