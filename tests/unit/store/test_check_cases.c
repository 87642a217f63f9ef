#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/store/schema.h"

/* The rules of check, by tests/cases/checks.tsv. */

typedef struct Case {
    Str code, kind, at, text;
} Case;

typedef struct Cases {
    StrBuf bytes;
    VEC(Case) all;
} Cases;

static Cases read_cases(void)
{
    enum { MOST_BYTES = 1 << 20 };
    Cases cases = { 0 };
    assert_true(file_read("tests/cases/checks.tsv", MOST_BYTES, &cases.bytes, NULL, NULL));
    Str rest = strbuf_str(&cases.bytes);
    while (rest.n_bytes > 0) {
        Str line = str_cut(&rest, '\n');
        if (!str_starts(line, STR("#"))) {
            Case one = { .code = str_cut(&line, '\t'), .kind = str_cut(&line, '\t'), .at = str_cut(&line, '\t'), .text = line };
            vec_push(&cases.all, one);
        }
    }
    return cases;
}

static void cases_done(Cases *cases)
{
    strbuf_done(&cases->bytes);
    vec_done(&cases->all);
}

/* The file of a case. */
static Str file_of(const Case *one, StrBuf *out)
{
    if (str_starts(one->text, STR("["))) {
        strbuf_add(out, STR("vekha: 1\ntitle: План\nperiod: 2022-09-01/2023-08-31\nevents: "));
        strbuf_add(out, one->text);
        strbuf_add_char(out, '\n');
        return strbuf_str(out);
    }
    Str rest = one->text;
    while (rest.n_bytes > 0) {
        size_t at = str_find(rest, STR("\\n"), 0);
        strbuf_add(out, str_sub(rest, 0, at));
        strbuf_add_char(out, '\n');
        rest = at == SIZE_MAX ? (Str){ 0 } : str_from(rest, at + 2);
    }
    return strbuf_str(out);
}

/* The bytes from a place on. */
static Str text_at(Str text, int line, int col)
{
    for (; line > 1; line--) {
        (void)str_cut(&text, '\n');
    }
    for (; col > 1 && text.n_bytes > 0; col--) {
        (void)utf8_next(&text);
    }
    return text;
}

/* How many findings of the case's code there are; the place of the first is as the case says. */
static int run_case(const Case *one)
{
    StrBuf text = { 0 };
    Arena arena = { 0 };
    ProblemVec found = { 0 };
    Reading reading;
    int n_found = 0;
    Doc *doc = doc_new(file_of(one, &text));
    schema_read(doc, &reading);
    reading_resolve(&reading, NULL);
    for (size_t i = 0; i < reading.problems.n; i++) {
        vec_push(&found, reading.problems.at[i]);
    }
    check_run(&(Check){ &reading.plan, day_at("2022-10-10"), LANG_RU, &arena, &found });
    schema_place(doc, &reading, found.at, found.n);
    for (size_t i = 0; i < found.n; i++) {
        Str at = text_at(strbuf_str(&text), found.at[i].line, found.at[i].col);
        bool is_quoted = str_starts(at, STR("\"")) && !str_starts(one->at, STR("\""));
        at = is_quoted ? str_from(at, 1) : at;
        bool is_it = str_eq(rule_info(found.at[i].rule)->code, one->code);
        if (is_it && n_found++ == 0 && !str_starts(at, one->at)) {
            print_error("%.*s: at «%.*s»: %.*s\n", STR_ARG(one->code), STR_ARG(at), STR_ARG(one->text));
            n_found = -1;
            break;
        }
    }
    vec_done(&found);
    arena_done(&arena);
    reading_done(&reading);
    doc_free(doc);
    strbuf_done(&text);
    return n_found;
}

static void each_rule_finds_what_it_must_at_its_place_and_nothing_else(void **state)
{
    (void)state;
    Cases cases = read_cases();
    int n_wrong = 0;
    for (size_t i = 0; i < cases.all.n; i++) {
        const Case *one = &cases.all.at[i];
        int n_wanted = str_eq(one->kind, STR("finds")) ? 1 : 0;
        int n_found = run_case(one);
        if (n_found != n_wanted) {
            print_error("%.*s: %d findings, not %d: %.*s\n", STR_ARG(one->code), n_found, n_wanted, STR_ARG(one->text));
            n_wrong++;
        }
    }
    cases_done(&cases);
    assert_int_equal(n_wrong, 0);
}

static void every_rule_has_a_case_that_it_finds_and_one_that_it_does_not(void **state)
{
    (void)state;
    Cases cases = read_cases();
    for (Rule rule = 0; rule < RULE_COUNT; rule++) {
        int n_finds = 0;
        int n_clean = 0;
        for (size_t i = 0; i < cases.all.n; i++) {
            bool is_its = str_eq(cases.all.at[i].code, rule_info(rule)->code);
            n_finds += is_its && str_eq(cases.all.at[i].kind, STR("finds"));
            n_clean += is_its && str_eq(cases.all.at[i].kind, STR("clean"));
        }
        if (n_finds == 0 || n_clean == 0) {
            fail_msg("%.*s: %d to find, %d clean", STR_ARG(rule_info(rule)->code), n_finds, n_clean);
        }
    }
    cases_done(&cases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_finds_what_it_must_at_its_place_and_nothing_else),
        cmocka_unit_test(every_rule_has_a_case_that_it_finds_and_one_that_it_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
