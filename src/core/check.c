#include "vekha/core/check.h"

#include "core/check_priv.h"
#include "vekha/base/utf8.h"

static const RuleInfo rules[] = {
    [RULE_YAML] = { STR_INIT("yaml"), SEVERITY_ERROR, T_RULE_YAML, NULL },
    [RULE_BAD_VALUE] = { STR_INIT("bad-value"), SEVERITY_ERROR, T_RULE_BAD_VALUE, NULL },
    [RULE_DUPLICATE_KEY] = { STR_INIT("duplicate-key"), SEVERITY_ERROR, T_RULE_DUPLICATE_KEY, NULL },
    [RULE_CONFLICT] = { STR_INIT("conflict"), SEVERITY_ERROR, T_RULE_CONFLICT, NULL },
    [RULE_UNKNOWN_KEY] = { STR_INIT("unknown-key"), SEVERITY_WARNING, T_RULE_UNKNOWN_KEY, NULL },
    [RULE_NUMBER_REPEATS] = { STR_INIT("number-repeats"), SEVERITY_WARNING, T_RULE_NUMBER_REPEATS, check_number_repeats },
    [RULE_NUMBER_SKIPS] = { STR_INIT("number-skips"), SEVERITY_WARNING, T_RULE_NUMBER_SKIPS, check_number_skips },
    [RULE_NUMBER_ORDER] = { STR_INIT("number-order"), SEVERITY_WARNING, T_RULE_NUMBER_ORDER, check_number_order },
    [RULE_NUMBER_MISSING] = { STR_INIT("number-missing"), SEVERITY_NOTE, T_RULE_NUMBER_MISSING, check_number_missing },
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

void check_run(const Plan *plan, Arena *arena, ProblemVec *out)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        if (rules[i].run != NULL) {
            rules[i].run(plan, arena, out);
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
