#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/check.h"

/* A plan in one line: "1 2 3" are events, "[4" begins a section of that number ("[" of none), "-" is an event without. */
static Plan plan_from(const char *outline)
{
    Plan plan = plan_of("2022");
    Str rest = str_of(outline);
    while (rest.n_bytes > 0) {
        Str word = str_cut(&rest, ' ');
        if (str_starts(word, STR("["))) {
            vec_push(&plan.sections, (Section){ .no = str_from(word, 1), .title = STR("Раздел"), .parent = -1, .line = 7 });
        } else {
            Str no = str_eq(word, STR("-")) ? (Str){ 0 } : word;
            vec_push(&plan.events, (Event){ .no = no, .title = STR("Мероприятие"), .section = (int)plan.sections.n - 1 });
        }
    }
    plan_resolve(&plan);
    return plan;
}

static bool is_of_numbers(const Problem *problem)
{
    return problem->rule >= RULE_NUMBER_REPEATS && problem->rule <= RULE_NUMBER_MISSING;
}

typedef struct NumberCase {
    const char *outline, *found; /* "repeats 2@3": the rule, the number, the index of its event */
} NumberCase;

static const NumberCase number_cases[] = {
    { "", "" },
    { "1 2 3", "" },
    { "1. 2. 3.", "" },
    { "3 4 5", "" }, /* a part of a larger plan */
    { "1 2 2 3", "repeats 2@2" },
    { "1 2. 2 2", "repeats 2@2 repeats 2@3" },
    { "1 2 4", "skips 4@2" },
    { "1 3 5", "skips 3@1 skips 5@2" },
    { "2 1 3", "order 1@1" },
    { "1 2 5 3 4", "order 3@3 order 4@4" },
    { "1 5 3", "skips 3@2 skips 5@1 order 3@2" },
    { "1 2 - 3", "missing@2" },
    { "- -", "" }, /* not numbered at all */
    /* not for us to judge */
    { "1 2 5а 12.1 3", "" },
    { "а б в", "" },
    { "1 1.1 1.2 2", "" },
    { "1000000000000 1 2", "" },
    /* a numbering that begins again in each section */
    { "[ 1 2 3 [ 1 2", "" },
    { "[ 1 2 3 [ 1 3", "skips 3@4" },
    { "[ 1 2 [ 3 4", "" },
    { "[ 1 2 [ 2 3", "repeats 2@2" },
    { "1 2 1 2", "repeats 1@2 repeats 2@3 order 1@2" }, /* but not in the middle of one */
    /* sections that are counted with the events, as Magadan's are */
    { "[1 2 3 [4 5 6", "" },
    { "[1 2 3 [4 6", "skips 6@2" },
    { "[1 2 3 [ 5 [4 6", "order 4@section" },
    { "[1 2 3 [7 8", "skips 7@section" },
    { "[1 2 3 [1 4", "repeats 1@section order 1@section" },
    { "[1 2 3 [ 4 [5 [6 7", "" },
    /* and sections that are counted by themselves */
    { "[1 1 2 [2 3 4", "" },
    { "[1 1 2 [2 1 2", "" },
    { "[1. 1 2 [2. 3 5", "skips 5@3" },
    { "[I 1 2 [II 3", "" },
};

static void printed_numbers_repeat_skip_go_back_or_are_missing(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(number_cases); i++) {
        Plan plan = plan_from(number_cases[i].outline);
        ProblemVec found = { 0 };
        Arena arena = { 0 };
        StrBuf got = { 0 };
        check_run(&(Check){ &plan, 0, LANG_RU, &arena, &found });
        for (size_t k = 0; k < found.n; k++) {
            const Problem *problem = &found.at[k];
            if (!is_of_numbers(problem)) {
                continue;
            }
            strbuf_add(&got, got.n_bytes > 0 ? STR(" ") : (Str){ 0 });
            strbuf_add(&got, str_from(rule_info(problem->rule)->code, sizeof "number-" - 1));
            if (problem->n_args > 0) {
                strbuf_addf(&got, " %ld", problem->args[0].number);
            }
            if (problem->event == SIZE_MAX) {
                assert_int_equal(problem->line, 7);
                strbuf_add(&got, STR("@section"));
            } else {
                strbuf_addf(&got, "@%zu", problem->event);
            }
        }
        if (!str_eq(strbuf_str(&got), str_of(number_cases[i].found))) {
            fail_msg("«%s»: «%s», not «%s»", number_cases[i].outline, strbuf_z(&got), number_cases[i].found);
        }
        strbuf_done(&got);
        vec_done(&found);
        arena_done(&arena);
        plan_done(&plan);
    }
}

static void a_finding_is_told_with_its_numbers(void **state)
{
    (void)state;
    Plan plan = plan_from("1 4 4 2 -");
    ProblemVec found = { 0 };
    Arena arena = { 0 };
    StrBuf ru = { 0 };
    StrBuf en = { 0 };
    check_run(&(Check){ &plan, 0, LANG_RU, &arena, &found });
    for (size_t i = 0; i < found.n; i++) {
        if (!is_of_numbers(&found.at[i])) {
            continue;
        }
        problem_add_text(&ru, LANG_RU, &found.at[i]);
        problem_add_text(&en, LANG_EN, &found.at[i]);
        strbuf_add(&ru, STR("|"));
        strbuf_add(&en, STR("|"));
    }
    assert_string_equal(strbuf_z(&ru),
                        "номер 4 уже был|после 2 сразу 4|номер 2 стоит после 4|мероприятие без номера среди нумерованных|");
    assert_string_equal(
        strbuf_z(&en),
        "number 4 has been used already|4 follows 2|number 2 stands after 4|an event without a number among numbered ones|");
    strbuf_done(&ru);
    strbuf_done(&en);
    vec_done(&found);
    arena_done(&arena);
    plan_done(&plan);
}

static void every_rule_has_a_code_of_its_own_and_says_what_it_finds(void **state)
{
    (void)state;
    for (Rule rule = 0; rule < RULE_COUNT; rule++) {
        const RuleInfo *info = rule_info(rule);
        assert_true(info->code.n_bytes > 0);
        for (size_t i = 0; i < info->code.n_bytes; i++) {
            assert_true(info->code.at[i] == '-' || (info->code.at[i] >= 'a' && info->code.at[i] <= 'z'));
        }
        for (Rule other = 0; other < rule; other++) {
            assert_false(str_eq(info->code, rule_info(other)->code));
        }
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            assert_false(str_is_blank(text_get(lang, info->finds)));
        }
    }
}

static void rules_are_as_severe_as_the_manual_says(void **state)
{
    (void)state;
    static const struct {
        const char *code, *severity;
    } rows[] = {
        { "yaml", "error" },
        { "bad-value", "error" },
        { "duplicate-key", "error" },
        { "conflict", "error" },
        { "unknown-key", "warning" },
        { "number-repeats", "warning" },
        { "number-skips", "warning" },
        { "number-order", "warning" },
        { "number-missing", "note" },
        { "event-repeats", "warning" },
        { "outside-period", "warning" },
        { "reversed-range", "warning" },
        { "truncated", "warning" },
        { "invalid-day", "warning" },
        { "weekday-mismatch", "warning" },
        { "ambiguous", "warning" },
        { "not-understood", "warning" },
        { "no-responsible", "warning" },
        { "parties-joined", "note" },
        { "mixed-script", "warning" },
        { "stray-mark", "warning" },
        { "date-in-title", "warning" },
        { "status-marks", "warning" },
        { "mark-orphan", "warning" },
        { "similar-party", "note" },
        { "on-day-off", "note" },
    };
    assert_int_equal(COUNTOF(rows), RULE_COUNT);
    for (Rule rule = 0; rule < RULE_COUNT; rule++) {
        Severity severity = problem_severity(&(Problem){ .rule = rule });
        assert_true(str_eq(rule_info(rule)->code, str_of(rows[rule].code)));
        assert_true(str_eq(severity_name(severity), str_of(rows[rule].severity)));
        assert_false(str_is_blank(text_get(LANG_RU, severity_text(severity))));
        assert_int_equal(problem_severity(&(Problem){ .rule = rule, .is_mild = true }), SEVERITY_WARNING);
    }
}

static void a_finding_shows_control_characters(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    problem_add_text(&out, LANG_RU, &(Problem){ .text = T_KEY_UNKNOWN, .n_args = 1, .args = { TEXT_STR(STR("a\x1B[2J\nb")) } });
    assert_string_equal(strbuf_z(&out), "ключа «a^[[2J b» в формате нет");
    strbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(printed_numbers_repeat_skip_go_back_or_are_missing),
        cmocka_unit_test(a_finding_is_told_with_its_numbers),
        cmocka_unit_test(every_rule_has_a_code_of_its_own_and_says_what_it_finds),
        cmocka_unit_test(rules_are_as_severe_as_the_manual_says),
        cmocka_unit_test(a_finding_shows_control_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
