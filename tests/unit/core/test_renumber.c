#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/renumber.h"

/*
 * A plan as words: numbers of its events in order, "-" without one; "|" begins a section, "|7" one with that number. What stands
 * before the first "|" is the plan's own.
 */
static Plan plan_of(const char *words)
{
    Plan plan = { 0 };
    Str rest = str_of(words);
    int section = -1;
    while (rest.n_bytes > 0) {
        Str word = str_cut(&rest, ' ');
        if (str_starts(word, STR("|"))) {
            section++;
            vec_push(&plan.sections, (Section){ .no = str_from(word, 1), .title = STR("Раздел"), .parent = -1 });
        } else {
            Str no = str_eq(word, STR("-")) ? (Str){ 0 } : word;
            vec_push(&plan.events, (Event){ .no = no, .title = STR("Событие"), .section = section });
        }
    }
    return plan;
}

/* Makes the changes, and the plan words again. */
static void add_words(StrBuf *out, Plan *plan, const ChangeVec *changes)
{
    for (size_t i = 0; i < changes->n; i++) {
        const Change *change = &changes->at[i];
        assert_int_equal(change->n_edits, 1);
        if (change->kind == CHANGE_HEADER) {
            plan->sections.at[change->section.index].no = change->edits[0].after;
        } else {
            plan->events.at[change->event.index].no = change->edits[0].after;
        }
    }
    int section = -1;
    for (size_t i = 0; i <= plan->events.n; i++) {
        int last = i < plan->events.n ? plan->events.at[i].section : (int)plan->sections.n - 1;
        for (; section < last; section++) {
            strbuf_addf(out, "|%.*s ", STR_ARG(plan->sections.at[section + 1].no));
        }
        if (i < plan->events.n) {
            Str no = plan->events.at[i].no;
            strbuf_addf(out, "%.*s ", STR_ARG(no.n_bytes > 0 ? no : STR("-")));
        }
    }
    strbuf_cut(out, out->n_bytes - 1);
}

typedef struct Case {
    const char *before, *after;
    NumberStyle style;
    int first;
} Case;

static void numbers_follow_each_other_as_the_document_goes(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "1 2 4 5", "1 2 3 4", NUMBERS_THROUGH, 0 },
        { "5 5 - 3", "1 2 - 3", NUMBERS_THROUGH, 0 },
        { "1. 3. 2", "1. 2. 3", NUMBERS_THROUGH, 0 },
        { "08 09 11", "01 02 3", NUMBERS_THROUGH, 0 },
        { "1 2 4", "7 8 9", NUMBERS_THROUGH, 7 },
        { "- -", "- -", NUMBERS_NONE, 0 },
        { "| 1 3 | 4 6", "| 1 2 | 3 4", NUMBERS_THROUGH, 0 },
        { "| 1 2 9 | 4 5 | 6", "| 1 2 3 | 4 5 | 6", NUMBERS_THROUGH, 0 },
        { "1 | 3 | 4", "1 | 2 | 3", NUMBERS_THROUGH, 0 },
        /* sections among the numbers, and apart from them */
        { "|1 2 4 |5 6 9", "|1 2 3 |4 5 6", NUMBERS_THROUGH, 0 },
        { "|1 1 3 |2 4 5", "|1 1 2 |2 3 4", NUMBERS_THROUGH, 0 },
        { "|I 1 3 |II 4 5", "|I 1 2 |II 3 4", NUMBERS_THROUGH, 0 },
        { "|1 2 3 |4", "|1 2 3 |4", NUMBERS_THROUGH, 0 },
        /* anew in each */
        { "| 1 2 | 1 3 | 1 4", "| 1 2 | 1 2 | 1 2", NUMBERS_BY_SECTION, 0 },
        { "|1 1 2 |2 1 3", "|1 1 2 |2 1 2", NUMBERS_BY_SECTION, 0 },
        { "| 1 2 | 2 3 | 1 | 1 5", "| 1 2 | 1 2 | 1 | 1 2", NUMBERS_BY_SECTION, 0 },
        /* behind the section's */
        { "|1 1.1 1.3 |2 2.1 2.2 2.7", "|1 1.1 1.2 |2 2.1 2.2 2.3", NUMBERS_NESTED, 0 },
        { "|1 1.1. 1.3. |2 2.2.", "|1 1.1. 1.2. |2 2.1.", NUMBERS_NESTED, 0 },
        { "|2 2.1 1.4 2.2", "|2 2.1 2.2 2.3", NUMBERS_NESTED, 0 },
        { "| 1.1.1 1.1.3 | 1.2.1 | 1.1.9", "| 1.1.1 1.1.2 | 1.2.1 | 1.1.3", NUMBERS_NESTED, 0 },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Plan plan = plan_of(cases[i].before);
        Arena arena = { 0 };
        ChangeVec changes = { 0 };
        NumberStyle style;
        StrBuf words = { 0 };
        assert_true(plan_renumber(&plan, cases[i].first, &arena, &changes, &style, NULL));
        add_words(&words, &plan, &changes);
        assert_string_equal(strbuf_z(&words), cases[i].after);
        assert_int_equal(style, cases[i].style);
        size_t n_first = changes.n;
        assert_true(n_first > 0 || strcmp(cases[i].before, cases[i].after) == 0);
        changes.n = 0;
        assert_true(plan_renumber(&plan, cases[i].first, &arena, &changes, &style, NULL));
        assert_int_equal(changes.n, 0); /* what is in order stays */
        strbuf_done(&words);
        vec_done(&changes);
        arena_done(&arena);
        plan_done(&plan);
    }
}

static void numbers_that_cannot_be_counted_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *plan;
        int first;
        TextId why;
    } cases[] = {
        { "1 2 5а", 0, T_RENUMBER_NO_NUMBER },
        { "IV", 0, T_RENUMBER_NO_NUMBER },
        { "1 1.2", 0, T_RENUMBER_TWO_STYLES },
        { "1.1 2.1", 0, T_RENUMBER_TWO_PREFIXES },
        { "1 99999999999", 0, T_RENUMBER_NO_NUMBER },
        { "| 1 2 | 1 2", 5, T_RENUMBER_FROM_THROUGH },
        { "..", 0, T_RENUMBER_NO_NUMBER },
        { "а.1", 0, T_RENUMBER_NO_NUMBER },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Plan plan = plan_of(cases[i].plan);
        Arena arena = { 0 };
        ChangeVec changes = { 0 };
        NumberStyle style;
        Err err = { 0 };
        assert_false(plan_renumber(&plan, cases[i].first, &arena, &changes, &style, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_int_equal(err.text, cases[i].why);
        vec_done(&changes);
        arena_done(&arena);
        plan_done(&plan);
    }
}

static void the_next_number_is_behind_the_last(void **state)
{
    (void)state;
    static const struct {
        const char *plan;
        int section;
        const char *next;
    } cases[] = {
        { "", -1, "1" },           { "1 2 9 4", -1, "10" },           { "1. 2.", -1, "3." },         { "- -", -1, "1" },
        { "1 5а", -1, "2" },       { "|1 2 3 |4 5", 0, "6" },         { "|1 2 3 |4", 1, "5" },       { "| 1 2 3 | 1", 1, "2" },
        { "| 1 2 3 | 1", 0, "4" }, { "|1 1.1 1.2 |2 2.1", 0, "1.3" }, { "|1 1.1 1.2 |2", 1, "2.1" }, { "|1 1.1 1.2 |", 1, NULL },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Plan plan = plan_of(cases[i].plan);
        StrBuf next = { 0 };
        assert_int_equal(plan_next_number(&plan, cases[i].section, &next), cases[i].next != NULL);
        assert_string_equal(strbuf_z(&next), cases[i].next != NULL ? cases[i].next : "");
        strbuf_done(&next);
        plan_done(&plan);
    }
}

/* Prefixes that all differ, sections without numbers: as many as a plan may have. */
static void many_events_take_no_time(void **state)
{
    (void)state;
    enum { MANY = 200000 };
    Plan plan = { 0 };
    Arena arena = { 0 };
    ChangeVec changes = { 0 };
    NumberStyle style;
    StrBuf no = { 0 };
    for (size_t i = 0; i < MANY; i++) {
        strbuf_clear(&no);
        strbuf_addf(&no, "%zu.1", i);
        vec_push(&plan.events, (Event){ .no = arena_copy(&arena, strbuf_str(&no)), .section = -1 });
        vec_push(&plan.sections, (Section){ .no = STR("1"), .parent = -1 });
    }
    assert_false(plan_renumber(&plan, 0, &arena, &changes, &style, NULL));
    assert_false(plan_next_number(&plan, -1, &no));
    strbuf_done(&no);
    vec_done(&changes);
    plan_done(&plan);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers_follow_each_other_as_the_document_goes),
        cmocka_unit_test(numbers_that_cannot_be_counted_are_refused),
        cmocka_unit_test(the_next_number_is_behind_the_last),
        cmocka_unit_test(many_events_take_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
