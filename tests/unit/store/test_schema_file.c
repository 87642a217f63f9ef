/* Files as a whole: what is no plan, is broken, or is more than is read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/reading.h"
#include "vekha/base/clock.h"

#define HEAD "vekha: 1\ntitle: П\nperiod: 2022\n"

/* ---- Whole files ---- */

static void a_missing_format_is_a_warning_and_a_newer_one_is_only_shown(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int format;
        Severity severity;
    } cases[] = {
        { "", 0, SEVERITY_WARNING },
        { "vekha: 2\n", 2, SEVERITY_ERROR },
        { "vekha: 99999999999999999999\n", INT32_MAX, SEVERITY_ERROR },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "%stitle: П\nperiod: 2022\nevents: [{title: А}]\n", cases[i].value);
        Read read = read_text(strbuf_str(&text));
        assert_int_equal(read.reading.plan.format, cases[i].format);
        assert_int_equal(read.reading.plan.events.n, 1);
        assert_int_equal(read.reading.problems.n, 1);
        assert_int_equal(problem_severity(&read.reading.problems.at[0]), cases[i].severity);
        read_done(&read);
        strbuf_done(&text);
    }
}

static void what_is_no_mapping_is_no_plan(void **state)
{
    (void)state;
    static const struct {
        const char *text, *problems;
    } cases[] = {
        { "", "1:1 yaml" },
        { "# только заметка\n\n", "1:1 yaml" },
        { "---\n", "2:1 bad-value" },
        { "[а, б]\n", "1:1 bad-value" },
        { "\n- title: А\n", "2:1 bad-value" },
        { "просто текст\n", "1:1 bad-value" },
        { "~\n", "1:1 bad-value" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Read read = read_text(str_of(cases[i].text));
        assert_true(read.reading.is_no_plan);
        assert_int_equal(read.reading.plan.events.n, 0);
        read_done(&read);
        assert_problems(cases[i].text, cases[i].problems);
    }
}

static void the_events_before_a_break_are_listed(void **state)
{
    (void)state;
    static const struct {
        const char *end;
        size_t n_events;
        int line;
    } cases[] = {
        { "- {title: В\n", 3, 7 }, /* ends inside: told where it opens */
        { "- title: В\n  no: [1\n", 3, 8 },
        { "- title: В\n x: y\n", 3, 8 }, /* indentation */
        { "- \"В\n", 2, 7 },             /* an open quote */
        { "- title: *none\n", 3, 7 },    /* an unknown alias */
        { "- title: \xFF\n", 2, 7 },     /* no UTF-8 */
        { "- title: \x1B[2J\n", 2, 7 },  /* a control character */
        { "---\ntitle: Б\n", 2, 7 },     /* a second document */
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "%sevents:\n- title: А\n- title: Б\n%s", HEAD, cases[i].end);
        Read read = read_text(strbuf_str(&text));
        assert_true(doc_is_broken(read.doc, NULL));
        assert_text(read.reading.plan.title, "П");
        if (read.reading.plan.events.n < 2 || read.reading.plan.events.n > cases[i].n_events) {
            fail_msg("%zu: %zu events", i, read.reading.plan.events.n);
        }
        assert_text(read.reading.plan.events.at[1].title, "Б");
        size_t at = 0; /* what stands open may have problems of its own */
        while (at + 1 < read.reading.problems.n && read.reading.problems.at[at].rule != RULE_YAML) {
            at++;
        }
        assert_int_equal(read.reading.problems.at[at].rule, RULE_YAML);
        assert_int_equal(read.reading.problems.at[at].line, cases[i].line);
        read_done(&read);
        strbuf_done(&text);
    }
}

static void lines_are_those_of_the_file_whatever_ends_them(void **state)
{
    (void)state;
    static const char *const breaks[] = { "\n", "\r\n", "\r" };
    for (size_t i = 0; i < COUNTOF(breaks); i++) {
        for (int with_bom = 0; with_bom < 2; with_bom++) {
            StrBuf text = { 0 };
            strbuf_add(&text, with_bom ? STR("\xEF\xBB\xBF") : (Str){ 0 });
            static const char *const lines[] = { "vekha: 1", "title: П",   "period: 2022", "",
                                                 "events:",  "- title: А", "- title: Б",   "  status: нет" };
            for (size_t k = 0; k < COUNTOF(lines); k++) {
                strbuf_addf(&text, "%s%s", lines[k], breaks[i]);
            }
            Read read = read_text(strbuf_str(&text));
            assert_int_equal(read.reading.plan.events.n, 2);
            assert_int_equal(read.reading.plan.events.at[0].line, 6);
            assert_int_equal(read.reading.plan.events.at[1].line, 7);
            assert_int_equal(read.reading.problems.n, 1);
            assert_int_equal(read.reading.problems.at[0].line, 8);
            assert_int_equal(read.reading.problems.at[0].col, 11);
            read_done(&read);
            strbuf_done(&text);
        }
    }
}

static void problems_stand_in_the_order_of_the_file(void **state)
{
    (void)state;
    assert_problems("events: [{status: x, title: А}]\nnone: 1\nperiod: x\ntitle: [П]\nvekha: x\n",
                    "1:1 bad-value\n1:19 bad-value\n2:1 unknown-key\n3:9 bad-value\n4:8 bad-value\n5:8 bad-value");
}

static void a_finding_of_a_rule_gets_the_place_of_its_field(void **state)
{
    (void)state;
    Read read = read_text(STR(HEAD "events:\n- title: А\n  no: 1\n- title: Б\n  no: 1\n- title: В\n"));
    Problem problem = { .rule = RULE_NUMBER_REPEATS, .event = 1, .field = FIELD_NO };
    schema_place(read.doc, &read.reading, &problem, 1);
    assert_int_equal(problem.line, 8);
    assert_int_equal(problem.col, 7);
    problem = (Problem){ .event = 2, .field = FIELD_NO }; /* it has none: the event's own place */
    schema_place(read.doc, &read.reading, &problem, 1);
    assert_int_equal(problem.line, 9);
    assert_int_equal(problem.col, 3);
    problem = (Problem){ .event = SIZE_MAX };
    schema_place(read.doc, &read.reading, &problem, 1);
    assert_int_equal(problem.line, 0);
    read_done(&read);
}

/* ---- Limits ---- */

static void more_events_than_the_limit_are_not_read(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add(&text, STR(HEAD "events: ["));
    for (int i = 0; i < SCHEMA_MAX_EVENTS; i++) {
        strbuf_add(&text, STR("{title: А},"));
    }
    Read read = { .doc = NULL };
    StrBuf whole = { 0 };
    strbuf_add(&whole, strbuf_str(&text));
    strbuf_add(&whole, STR("]\n"));
    read = read_text(strbuf_str(&whole));
    assert_int_equal(read.reading.plan.events.n, SCHEMA_MAX_EVENTS);
    assert_int_equal(read.reading.problems.n, 0);
    assert_false(read.reading.is_cut);
    read_done(&read);
    strbuf_add(&text, STR("{title: Лишнее}, {title: Ещё}]\n"));
    read = read_text(strbuf_str(&text));
    assert_int_equal(read.reading.plan.events.n, SCHEMA_MAX_EVENTS);
    assert_int_equal(read.reading.problems.n, 1);
    assert_int_equal(read.reading.problems.at[0].text, T_PLAN_TOO_MANY_EVENTS);
    assert_true(read.reading.is_cut);
    read_done(&read);
    strbuf_done(&text);
    strbuf_done(&whole);
}

/* Sections count towards the limit, so that empty ones cannot fill the memory. */
static void more_sections_than_the_limit_are_not_read(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add(&text, STR(HEAD "sections: ["));
    for (int i = 0; i <= SCHEMA_MAX_EVENTS; i++) {
        strbuf_add(&text, STR("{},"));
    }
    strbuf_add(&text, STR("]\n"));
    Read read = read_text(strbuf_str(&text));
    assert_int_equal(read.reading.plan.sections.n, SCHEMA_MAX_EVENTS);
    assert_true(read.reading.is_cut);
    read_done(&read);
    strbuf_done(&text);
}

/* Each of these took minutes where work grew with the square of the file. */
static void a_hostile_file_is_read_in_time(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *item, *end;
    } files[] = {
        { HEAD "x: [", "{a: 1, b: 2},", "]\n" },                               /* one long line, one problem */
        { HEAD "events: [", "{z%d: 1},", "]\n" },                              /* two problems an item */
        { HEAD, "z%d: 1\n", "" },                                              /* unknown keys */
        { HEAD "events: [{title: А, ", "no: 1, ", "}]\n" },                    /* one key again and again */
        { HEAD "events: [{title: А, ", "z%d: 1, ", "}]\n" },                   /* unknown keys in one line */
        { HEAD "headings: {", "z%d: 1, ", "}\nevents: [{title: А, y: 1}]\n" }, /* many columns */
        { HEAD "events: [", "{no: 1, title: А},", "]\n" },                     /* the rules find each of them */
        { HEAD "events: [{title: А, marks: [", "{at: 2022-%d},", "]}]\n" },    /* many marks */
        { HEAD "events: [{title: А, responsible: [", "[], ", "]}]\n" },        /* of the wrong type */
        { HEAD "events: [", "{title: А, responsible: Отдел%d обр},", "]\n" },  /* parties that are nearly alike */
        { HEAD "events: [{title: «А, responsible: [", "а%d и (б, ", "]}]\n" }, /* marks that do not pair */
    };
    enum { ITEMS = 100 * 1000, MOST_MS = 4000 };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        StrBuf text = { 0 };
        strbuf_add(&text, str_of(files[i].begin));
        for (int k = 0; k < ITEMS; k++) {
            Str item = str_of(files[i].item);
            size_t number = str_find(item, STR("%d"), 0);
            strbuf_add(&text, str_sub(item, 0, number));
            if (number != SIZE_MAX) {
                strbuf_addf(&text, "%d", k);
                strbuf_add(&text, str_from(item, number + 2));
            }
        }
        strbuf_add(&text, str_of(files[i].end));
        Doc *doc = doc_new(strbuf_str(&text));
        Reading reading;
        long long begin = clock_ms();
        schema_read(doc, &reading);
        ProblemVec found = { 0 };
        reading_resolve(&reading, NULL);
        check_run(&(Check){ &reading.plan, 0, LANG_RU, &reading.plan.arena, &found });
        schema_place(doc, &reading, found.at, found.n);
        vec_done(&found);
        long long took = clock_ms() - begin;
        if (took > MOST_MS) {
            fail_msg("file %zu took %lld ms", i, took);
        }
        reading_done(&reading);
        doc_free(doc);
        strbuf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_missing_format_is_a_warning_and_a_newer_one_is_only_shown),
        cmocka_unit_test(what_is_no_mapping_is_no_plan),
        cmocka_unit_test(the_events_before_a_break_are_listed),
        cmocka_unit_test(lines_are_those_of_the_file_whatever_ends_them),
        cmocka_unit_test(problems_stand_in_the_order_of_the_file),
        cmocka_unit_test(a_finding_of_a_rule_gets_the_place_of_its_field),
        cmocka_unit_test(more_events_than_the_limit_are_not_read),
        cmocka_unit_test(more_sections_than_the_limit_are_not_read),
        cmocka_unit_test(a_hostile_file_is_read_in_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
