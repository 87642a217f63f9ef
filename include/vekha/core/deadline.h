#ifndef VEKHA_CORE_DEADLINE_H
#define VEKHA_CORE_DEADLINE_H

#include <stdbool.h>
#include <stdint.h>

#include "vekha/base/mem.h"
#include "vekha/base/text.h"
#include "vekha/core/calendar.h"
#include "vekha/core/date.h"

/*
 * What a Russian deadline phrase means. Notation: ISO 8601-2:2019 (EDTF) dates, intervals and sets,
 * ISO 8601 durations and repeating intervals, with a few extensions (@, Q, T, B, counts a frame).
 */

/** One bit each, in the order in which they are listed. */
typedef enum DeadlineWarning {
    DEADLINE_OUTSIDE_PERIOD,
    DEADLINE_REVERSED_RANGE,
    DEADLINE_TRUNCATED,
    DEADLINE_TWO_DIGIT_YEAR,
    DEADLINE_INVALID_DAY,
    DEADLINE_WEEKDAY_MISMATCH,
    DEADLINE_MIXED_SCRIPT,
    DEADLINE_NOISE,
    DEADLINE_UNKNOWN_WORDS,
    DEADLINE_AMBIGUOUS,
    DEADLINE_WARNING_COUNT
} DeadlineWarning;

typedef uint32_t DeadlineWarnings; /* bit 1 << DeadlineWarning */

/** "outside-period" */
Str deadline_warning_code(DeadlineWarning warning);
/** What it says, for a person. */
TextId deadline_warning_text(DeadlineWarning warning);
/** "outside-period,ambiguous"; "-" when there is none. */
void deadline_add_warnings(StrBuf *out, DeadlineWarnings warnings);

/** What a phrase is read against. */
typedef struct DeadlineContext {
    Span period;              /* the plan's; without one (zero) phrases that need a year are undated */
    const Calendar *calendar; /* NULL: the default one */
} DeadlineContext;

/**
 * A phrase, understood: one value (a set, a choice, a span, a recurrence) in items that lie in the
 * arena it was read with, its warnings, and whether words remain that have no date. Zero is a
 * deadline of which nothing can be dated ("text").
 */
typedef struct Deadline {
    const struct DeadlineItem *items; /* in the arena; core's own */
    uint16_t n_items;
    bool is_choice : 1;        /* «или»: one of the items, not all */
    bool has_text : 1;         /* a qualifier that cannot be dated: "+text" */
    bool is_year_inferred : 1; /* some year was not written and came from the plan's period */
    DeadlineWarnings warnings;
} Deadline;

/**
 * Understand a phrase as a Russian plan words it: "10-15.10.2022", "до 20 августа", "2 раза в год".
 *
 * @phrase   any bytes at all, up to the 64 KiB of a value; bounded time, linear in its length
 * @arena    holds out's items; nothing else is allocated
 * @out      always written. Where no date can be had, it is "text": a deadline too, shown as written
 */
void deadline_read(Str phrase, const DeadlineContext *context, Arena *arena, Deadline *out);

/**
 * The other way in: canonical notation (the `dates:` of an event). False when it is not that; out is "text" then. Nothing is
 * checked against a period, so there are no warnings.
 */
bool deadline_parse_canonical(Str text, Arena *arena, Deadline *out) MUST_USE;

/** "2022-10-10/2022-10-15", "{2022-04,2022-09}", "R2/2023/P1Y", "text" */
void deadline_add_canonical(StrBuf *out, const Deadline *deadline);

/**
 * How it is understood, in words: «20 октября – 1 ноября 2022 г., 13 дней», «не позднее 20 августа 2021 г.», «каждый месяц с
 * сентября 2022 по август 2023 г., 12 раз», «дата не определена: «по отдельному графику»». Without the warnings.
 *
 * @phrase  as it was read; quoted where no date could be had. May be empty
 */
void deadline_add_words(StrBuf *out, Lang lang, const Deadline *deadline, const DeadlineContext *context, Str phrase);

/** Short, for a table column, in digits: «10.03–23.06.22», «до 20.08.21», «март 22»; empty for "text". */
void deadline_add_compact(StrBuf *out, Lang lang, const Deadline *deadline);

/** First and last day as design says (product: «First day, last day, state»); 0 where there is none. */
Span deadline_days(const Deadline *deadline, const DeadlineContext *context);

/** Has it only an end («до D»)? Then it is never "current" merely because the plan has begun. */
bool deadline_is_until(const Deadline *deadline);

/** «октябрь 2022», by day_month_index(). */
void deadline_add_month(StrBuf *out, Lang lang, int month_index);

#endif
