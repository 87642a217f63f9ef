#include "core/check_priv.h"

/* How the deadline was understood, in words. */
static Str meaning(const Check *check, const Event *event)
{
    StrBuf words = { 0 };
    DeadlineContext context = plan_context(check->plan);
    deadline_add_words(&words, check->lang, &event->due->deadline, &context, (Str){ 0 });
    return check_kept(check, &words);
}

static bool has_warning(const Event *event, DeadlineWarning warning)
{
    return (event->due->deadline.warnings & 1U << warning) != 0;
}

/* Every deadline with that warning: what it says, how it was understood. */
static void find(const Check *check, DeadlineWarning warning, Rule rule, TextId text)
{
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        if (has_warning(event, warning)) {
            Problem at = problem_at(i, FIELD_WHEN);
            check_say(check, &at, rule, text, TEXT_STR(check_quote(check, event->when)), TEXT_STR(meaning(check, event)));
        }
    }
}

void check_outside_period(const Check *check)
{
    StrBuf period = { 0 };
    if (check->plan->period.first != 0) {
        day_add_ru(&period, check->plan->period.first);
        strbuf_add(&period, STR("–"));
        day_add_ru(&period, check->plan->period.last);
    }
    Str kept = check_kept(check, &period);
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        if (has_warning(event, DEADLINE_OUTSIDE_PERIOD)) {
            Problem at = problem_at(i, FIELD_WHEN);
            check_say(check, &at, RULE_OUTSIDE_PERIOD, T_WHEN_OUTSIDE_PERIOD, TEXT_STR(check_quote(check, event->when)),
                      TEXT_STR(meaning(check, event)), TEXT_STR(kept));
        }
    }
}

void check_reversed_range(const Check *check)
{
    find(check, DEADLINE_REVERSED_RANGE, RULE_REVERSED_RANGE, T_WHEN_REVERSED);
}

void check_truncated(const Check *check)
{
    find(check, DEADLINE_TRUNCATED, RULE_TRUNCATED, T_WHEN_TRUNCATED);
}

void check_invalid_day(const Check *check)
{
    find(check, DEADLINE_INVALID_DAY, RULE_INVALID_DAY, T_WHEN_INVALID_DAY);
}

void check_weekday_mismatch(const Check *check)
{
    find(check, DEADLINE_WEEKDAY_MISMATCH, RULE_WEEKDAY_MISMATCH, T_WHEN_WEEKDAY);
}

void check_ambiguous(const Check *check)
{
    find(check, DEADLINE_AMBIGUOUS, RULE_AMBIGUOUS, T_WHEN_AMBIGUOUS);
}

static bool says_something(Str phrase)
{
    for (size_t i = 0; i < phrase.n_bytes; i++) {
        unsigned char c = (unsigned char)phrase.at[i];
        bool is_letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
        if (is_letter || (c >= '0' && c <= '9') || c == 0xD0 || c == 0xD1) { /* the two lead bytes of Russian letters */
            return true;
        }
    }
    return false;
}

void check_not_understood(const Check *check)
{
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        const Deadline *deadline = &event->due->deadline;
        Problem at = problem_at(i, FIELD_WHEN);
        TextArg phrase = TEXT_STR(check_quote(check, event->when));
        if (!says_something(event->when) && deadline->n_items == 0) {
            if (event->status != STATUS_CANCELLED) {
                check_say_args(check, &at, RULE_NOT_UNDERSTOOD, T_WHEN_NONE, NULL, 0);
            }
        } else if (has_warning(event, DEADLINE_UNKNOWN_WORDS)) {
            TextId text = deadline->n_items > 0 ? T_WHEN_UNKNOWN_WORDS : T_WHEN_NOT_UNDERSTOOD;
            check_say(check, &at, RULE_NOT_UNDERSTOOD, text, phrase, TEXT_STR(meaning(check, event)));
        } else if (has_warning(event, DEADLINE_NOISE)) {
            check_say(check, &at, RULE_NOT_UNDERSTOOD, T_WHEN_REPAIRED, phrase, TEXT_STR(meaning(check, event)));
        }
    }
}

void check_bad_dates(const Check *check)
{
    for (size_t i = 0; i < check->plan->events.n; i++) {
        const Event *event = &check->plan->events.at[i];
        Arena arena = { 0 };
        Deadline deadline;
        if (event->dates.n_bytes > 0 && !deadline_parse_canonical(event->dates, &arena, &deadline)) {
            Problem at = problem_at(i, FIELD_DATES);
            check_say(check, &at, RULE_BAD_VALUE, T_DATES_NOT_CANONICAL, TEXT_STR(check_quote(check, event->dates)));
        }
        arena_done(&arena);
    }
}
