#ifndef VEKHA_CORE_CHECK_PRIV_H
#define VEKHA_CORE_CHECK_PRIV_H

#include "vekha/core/check.h"

/* ---- check.c: how a rule says what it finds ---- */

Problem problem_at(size_t event, FieldId field);
void check_say_args(const Check *check, const Problem *at, Rule rule, TextId text, const TextArg *args, unsigned n_args);
/* check_say(check, &at, RULE_X, T_X, TEXT_STR(word), TEXT_NUM(3)): at most PROBLEM_MAX_ARGS */
#define check_say(check, at, rule, text, ...)                                       \
    check_say_args((check), (at), (rule), (text), (const TextArg[]){ __VA_ARGS__ }, \
                   (unsigned)(sizeof((const TextArg[]){ __VA_ARGS__ }) / sizeof(TextArg)))
/* The words, moved to the arena of the findings; the buffer is empty then. */
Str check_kept(const Check *check, StrBuf *words);
/* The text, or as much of its beginning as a message has room for. */
Str check_quote(const Check *check, Str text);
/* «29.03.2022» */
Str check_day(const Check *check, Day day);

/* ---- check_each.c: all texts of the document ---- */

typedef void (*CheckText)(const Check *check, Str text, const Problem *at);
/* Calls each with every text of the plan, its sections and its events; of those, at tells what it is. */
void check_each_text(const Check *check, CheckText each);

/* ---- The rules, a file a kind ---- */

/* check_number.c: a numbering is the plan's, or a section's where it begins again at 1. */
void check_number_repeats(const Check *check);
void check_number_skips(const Check *check);
void check_number_order(const Check *check);
void check_number_missing(const Check *check);

/* check_event.c: events that are there twice */
void check_event_repeats(const Check *check);
void check_same_ids(const Check *check);

/* check_deadline.c: what reading the phrase has found */
void check_bad_dates(const Check *check);
void check_outside_period(const Check *check);
void check_reversed_range(const Check *check);
void check_truncated(const Check *check);
void check_invalid_day(const Check *check);
void check_weekday_mismatch(const Check *check);
void check_ambiguous(const Check *check);
void check_not_understood(const Check *check);

/* check_day.c: days that are no good */
void check_on_day_off(const Check *check);
void check_date_in_title(const Check *check);

/* check_party.c */
void check_no_responsible(const Check *check);
void check_parties_joined(const Check *check);

/* check_similar.c */
void check_similar_party(const Check *check);

/* check_script.c */
void check_mixed_script(const Check *check);

/* check_stray.c */
void check_stray_mark(const Check *check);

/* check_mark.c */
void check_status_marks(const Check *check);
void check_mark_orphan(const Check *check);

#endif
