#ifndef VEKHA_CORE_CHECK_H
#define VEKHA_CORE_CHECK_H

#include "vekha/base/text.h"
#include "vekha/base/vec.h"
#include "vekha/core/field.h"
#include "vekha/core/plan.h"

/** What `vekha check` knows; a row each. */
typedef enum Rule {
    RULE_YAML,
    RULE_BAD_VALUE,
    RULE_DUPLICATE_KEY,
    RULE_CONFLICT,
    RULE_UNKNOWN_KEY,
    RULE_NUMBER_REPEATS,
    RULE_NUMBER_SKIPS,
    RULE_NUMBER_ORDER,
    RULE_NUMBER_MISSING,
    RULE_EVENT_REPEATS,
    RULE_OUTSIDE_PERIOD,
    RULE_REVERSED_RANGE,
    RULE_TRUNCATED,
    RULE_INVALID_DAY,
    RULE_WEEKDAY_MISMATCH,
    RULE_AMBIGUOUS,
    RULE_NOT_UNDERSTOOD,
    RULE_NO_RESPONSIBLE,
    RULE_PARTIES_JOINED,
    RULE_MIXED_SCRIPT,
    RULE_STRAY_MARK,
    RULE_DATE_IN_TITLE,
    RULE_STATUS_MARKS,
    RULE_MARK_ORPHAN,
    RULE_SIMILAR_PARTY,
    RULE_ON_DAY_OFF,
    RULE_COUNT
} Rule;

typedef enum Severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_COUNT } Severity;

typedef struct Problem Problem;
typedef VEC(Problem) ProblemVec;

/** What is checked, and where the findings go. */
typedef struct Check {
    const Plan *plan; /* its deadlines understood: plan_resolve() */
    Day today;        /* 0: not known, so nothing lies in the future */
    Lang lang;        /* of the words in findings: how a deadline is understood, names of weekdays */
    Arena *arena;     /* of their strings */
    ProblemVec *out;
} Check;

typedef struct RuleInfo {
    Str code;
    Severity severity;
    TextId finds;                    /* what it finds, for the manual */
    void (*run)(const Check *check); /* NULL: found when the file is read */
} RuleInfo;

enum { PROBLEM_MAX_ARGS = 5 };

typedef enum ProblemOf { PROBLEM_OF_EVENT, PROBLEM_OF_SECTION, PROBLEM_OF_PLAN } ProblemOf;

/**
 * One finding. Its strings lie in the arena that it was found with. Its place, if it has none yet, is that of a value: of a
 * field of an event, of a key of a section or of the plan, of an item of a list there, of a key in that item.
 */
struct Problem {
    Rule rule;
    int line, col; /* from 1; 0: to be looked up from the following */
    ProblemOf of;
    size_t event;  /* index of the event or the section; SIZE_MAX: none */
    FieldId field; /* of the event, if there is no key */
    Str key;
    unsigned item; /* from 1; 0: the value is no list, or all of it is meant */
    Str item_key;
    unsigned order; /* among findings of one rule at one place */
    TextId text;
    bool is_mild; /* only a warning, whatever the rule's severity */
    unsigned n_args;
    TextArg args[PROBLEM_MAX_ARGS];
};

const RuleInfo *rule_info(Rule rule);
Severity problem_severity(const Problem *problem);
/** «ошибка», «предупреждение», «замечание» */
TextId severity_text(Severity severity);
/** "error", for JSON */
Str severity_name(Severity severity);

/** Adds what the plan's rules find, rule by rule. In n log n time of what the plan holds. */
void check_run(const Check *check);

/** The text of a finding, control characters made visible; no place, no code. */
void problem_add_text(StrBuf *out, Lang lang, const Problem *problem);

#endif
