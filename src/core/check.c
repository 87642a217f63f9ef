#include "vekha/core/check.h"

#include "core/check_priv.h"
#include "vekha/base/utf8.h"

static const RuleInfo rules[] = {
    [RULE_YAML] = { STR_INIT("yaml"), SEVERITY_ERROR, T_RULE_YAML, NULL },
    [RULE_BAD_VALUE] = { STR_INIT("bad-value"), SEVERITY_ERROR, T_RULE_BAD_VALUE, check_bad_dates },
    [RULE_DUPLICATE_KEY] = { STR_INIT("duplicate-key"), SEVERITY_ERROR, T_RULE_DUPLICATE_KEY, check_same_ids },
    [RULE_CONFLICT] = { STR_INIT("conflict"), SEVERITY_ERROR, T_RULE_CONFLICT, NULL },
    [RULE_UNKNOWN_KEY] = { STR_INIT("unknown-key"), SEVERITY_WARNING, T_RULE_UNKNOWN_KEY, NULL },
    [RULE_NUMBER_REPEATS] = { STR_INIT("number-repeats"), SEVERITY_WARNING, T_RULE_NUMBER_REPEATS, check_number_repeats },
    [RULE_NUMBER_SKIPS] = { STR_INIT("number-skips"), SEVERITY_WARNING, T_RULE_NUMBER_SKIPS, check_number_skips },
    [RULE_NUMBER_ORDER] = { STR_INIT("number-order"), SEVERITY_WARNING, T_RULE_NUMBER_ORDER, check_number_order },
    [RULE_NUMBER_MISSING] = { STR_INIT("number-missing"), SEVERITY_NOTE, T_RULE_NUMBER_MISSING, check_number_missing },
    [RULE_EVENT_REPEATS] = { STR_INIT("event-repeats"), SEVERITY_WARNING, T_RULE_EVENT_REPEATS, check_event_repeats },
    [RULE_OUTSIDE_PERIOD] = { STR_INIT("outside-period"), SEVERITY_WARNING, T_RULE_OUTSIDE_PERIOD, check_outside_period },
    [RULE_REVERSED_RANGE] = { STR_INIT("reversed-range"), SEVERITY_WARNING, T_RULE_REVERSED_RANGE, check_reversed_range },
    [RULE_TRUNCATED] = { STR_INIT("truncated"), SEVERITY_WARNING, T_RULE_TRUNCATED, check_truncated },
    [RULE_INVALID_DAY] = { STR_INIT("invalid-day"), SEVERITY_WARNING, T_RULE_INVALID_DAY, check_invalid_day },
    [RULE_WEEKDAY_MISMATCH] = { STR_INIT("weekday-mismatch"), SEVERITY_WARNING, T_RULE_WEEKDAY_MISMATCH, check_weekday_mismatch },
    [RULE_AMBIGUOUS] = { STR_INIT("ambiguous"), SEVERITY_WARNING, T_RULE_AMBIGUOUS, check_ambiguous },
    [RULE_NOT_UNDERSTOOD] = { STR_INIT("not-understood"), SEVERITY_WARNING, T_RULE_NOT_UNDERSTOOD, check_not_understood },
    [RULE_NO_RESPONSIBLE] = { STR_INIT("no-responsible"), SEVERITY_WARNING, T_RULE_NO_RESPONSIBLE, check_no_responsible },
    [RULE_PARTIES_JOINED] = { STR_INIT("parties-joined"), SEVERITY_NOTE, T_RULE_PARTIES_JOINED, check_parties_joined },
    [RULE_MIXED_SCRIPT] = { STR_INIT("mixed-script"), SEVERITY_WARNING, T_RULE_MIXED_SCRIPT, check_mixed_script },
    [RULE_STRAY_MARK] = { STR_INIT("stray-mark"), SEVERITY_WARNING, T_RULE_STRAY_MARK, check_stray_mark },
    [RULE_DATE_IN_TITLE] = { STR_INIT("date-in-title"), SEVERITY_WARNING, T_RULE_DATE_IN_TITLE, check_date_in_title },
    [RULE_STATUS_MARKS] = { STR_INIT("status-marks"), SEVERITY_WARNING, T_RULE_STATUS_MARKS, check_status_marks },
    [RULE_MARK_ORPHAN] = { STR_INIT("mark-orphan"), SEVERITY_WARNING, T_RULE_MARK_ORPHAN, check_mark_orphan },
    [RULE_SIMILAR_PARTY] = { STR_INIT("similar-party"), SEVERITY_NOTE, T_RULE_SIMILAR_PARTY, check_similar_party },
    [RULE_ON_DAY_OFF] = { STR_INIT("on-day-off"), SEVERITY_NOTE, T_RULE_ON_DAY_OFF, check_on_day_off },
};
_Static_assert(COUNTOF(rules) == RULE_COUNT, "every rule has a row");

static const struct {
    Str name;
    TextId text;
} severities[] = {
    [SEVERITY_NOTE] = { STR_INIT("note"), T_SEVERITY_NOTE },
    [SEVERITY_WARNING] = { STR_INIT("warning"), T_SEVERITY_WARNING },
    [SEVERITY_ERROR] = { STR_INIT("error"), T_SEVERITY_ERROR },
};
_Static_assert(COUNTOF(severities) == SEVERITY_COUNT, "every severity has a row");

const RuleInfo *rule_info(Rule rule)
{
    return &rules[rule];
}

Severity problem_severity(const Problem *problem)
{
    return problem->is_mild ? SEVERITY_WARNING : rules[problem->rule].severity;
}

TextId severity_text(Severity severity)
{
    return severities[severity].text;
}

Str severity_name(Severity severity)
{
    return severities[severity].name;
}

Problem problem_at(size_t event, FieldId field)
{
    return (Problem){ .event = event, .field = field };
}

void check_say_args(const Check *check, const Problem *at, Rule rule, TextId text, const TextArg *args, unsigned n_args)
{
    Problem problem = *at;
    problem.rule = rule;
    problem.text = text;
    problem.n_args = n_args;
    for (unsigned i = 0; i < n_args; i++) {
        problem.args[i] = args[i];
    }
    vec_push(check->out, problem);
}

Str check_kept(const Check *check, StrBuf *words)
{
    Str kept = arena_copy(check->arena, strbuf_str(words));
    strbuf_done(words);
    return kept;
}

Str check_quote(const Check *check, Str text)
{
    enum { QUOTE_COLS = 60 };
    Str begin = utf8_fit(text, QUOTE_COLS);
    if (begin.n_bytes == text.n_bytes) {
        return text;
    }
    StrBuf words = { 0 };
    strbuf_add(&words, begin);
    strbuf_add(&words, STR("…"));
    return check_kept(check, &words);
}

Str check_day(const Check *check, Day day)
{
    StrBuf words = { 0 };
    day_add_ru(&words, day);
    return check_kept(check, &words);
}

void check_run(const Check *check)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        if (rules[i].run != NULL) {
            rules[i].run(check);
        }
    }
}

void problem_add_text(StrBuf *out, Lang lang, const Problem *problem)
{
    StrBuf raw = { 0 };
    text_add(&raw, lang, problem->text, problem->args, problem->n_args);
    utf8_add_visible(out, strbuf_str(&raw));
    strbuf_done(&raw);
}
