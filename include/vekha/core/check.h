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
    RULE_COUNT
} Rule;

typedef enum Severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_COUNT } Severity;

typedef struct Problem Problem;
typedef VEC(Problem) ProblemVec;

typedef struct RuleInfo {
    Str code;
    Severity severity;
    TextId finds;                                                 /* what it finds, for the manual */
    void (*run)(const Plan *plan, Arena *arena, ProblemVec *out); /* NULL: found when the file is read */
} RuleInfo;

enum { PROBLEM_MAX_ARGS = 3 };

/** One finding. Its strings lie in the arena that it was found with. */
struct Problem {
    Rule rule;
    int line, col; /* from 1; 0: to be looked up from event and field */
    size_t event;  /* index, SIZE_MAX: the plan's own */
    FieldId field; /* of the event */
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

/** Adds what the plan's rules find, events in file order within a rule. */
void check_run(const Plan *plan, Arena *arena, ProblemVec *out);

/** The text of a finding, control characters made visible; no place, no code. */
void problem_add_text(StrBuf *out, Lang lang, const Problem *problem);

#endif
