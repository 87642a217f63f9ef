#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/base/clock.h"

static void a_span_fills_a_plan_whose_period_it_holds(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    Plan unknown = plan_of("");
    Span year = { day_at("2022-01-01"), day_at("2022-12-31") };
    assert_true(plan_fills(&plan, year));
    assert_true(plan_fills(&plan, (Span){ year.first - 1, year.last + 1 }));
    assert_false(plan_fills(&plan, (Span){ year.first + 1, year.last }));
    assert_false(plan_fills(&plan, (Span){ 0, year.last }));
    assert_false(plan_fills(&unknown, year));
    plan_done(&plan);
    plan_done(&unknown);
}

/* ---- Identity ---- */

static Plan numbered_plan(void)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .id = STR("k3f9"), .no = STR("5"), .section = -1 });
    vec_push(&plan.events, (Event){ .no = STR("5."), .section = -1 });
    vec_push(&plan.events, (Event){ .id = STR("m2"), .no = STR("5а"), .section = -1 });
    vec_push(&plan.events, (Event){ .no = STR("12.1"), .section = -1 });
    vec_push(&plan.events, (Event){ .section = -1 });
    return plan;
}

static void an_event_is_named_by_number_id_or_place(void **state)
{
    (void)state;
    static const struct {
        const char *name, *found; /* indexes */
    } cases[] = {
        { "5", "01" },          { "5.", "01" },    { "5а", "2" },  { " 12.1 ", "3" }, { "12.1.", "3" },
        { "id:k3f9", "0" },     { "id:m2", "2" },  { "+1", "0" },  { "+5", "4" },     { "+6", "" },
        { "+0", "" },           { "+", "" },       { "+x", "" },   { "", "" },        { ".", "" },
        { "id:", "" },          { "id:K3F9", "" }, { "k3f9", "" }, { "05", "" },      { "1", "" },
        { "+99999999999", "" },
    };
    Plan plan = numbered_plan();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        IndexVec found = { 0 };
        StrBuf got = { 0 };
        plan_find(&plan, str_of(cases[i].name), &found);
        for (size_t k = 0; k < found.n; k++) {
            strbuf_addf(&got, "%zu", found.at[k]);
        }
        assert_string_equal(strbuf_z(&got), cases[i].found);
        strbuf_done(&got);
        vec_done(&found);
    }
    plan_done(&plan);
}

/* ---- Sections, headings, parties ---- */

static void sections_are_joined_from_the_top(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    StrBuf out = { 0 };
    vec_push(&plan.sections, (Section){ .title = STR("Первый"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Второй"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .parent = 1 });
    vec_push(&plan.sections, (Section){ .title = STR("Глубокий"), .parent = 2 });
    plan_add_section(&out, &plan, &(Event){ .section = 0 });
    strbuf_add(&out, STR("|"));
    plan_add_section(&out, &plan, &(Event){ .section = 3 });
    strbuf_add(&out, STR("|"));
    plan_add_section(&out, &plan, &(Event){ .section = -1 });
    assert_true(str_starts(strbuf_str(&out), STR("Первый|Второй / ")));
    assert_true(str_ends(strbuf_str(&out), STR(" / Глубокий|")));
    strbuf_done(&out);
    plan_done(&plan);
}

static void a_heading_is_the_documents_own_or_none(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    vec_push(&plan.headings, (Heading){ STR("title"), STR("Событие") });
    assert_true(str_eq(plan_heading(&plan, STR("title")), STR("Событие")));
    assert_int_equal(plan_heading(&plan, STR("when")).n_bytes, 0);
    plan_done(&plan);
}

/* ---- Deadlines ---- */

static void events_with_one_phrase_share_its_reading(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .when = STR("март") });
    vec_push(&plan.events, (Event){ .when = STR("апрель") });
    vec_push(&plan.events, (Event){ .when = STR("март") });
    vec_push(&plan.events, (Event){ .when = STR("март"), .dates = STR("2022-05") });
    vec_push(&plan.events, (Event){ .when = STR("2022-05") });
    plan_resolve(&plan);
    const Event *events = plan.events.at;
    assert_ptr_equal(events[0].due, events[2].due);
    assert_ptr_not_equal(events[0].due, events[1].due);
    assert_ptr_not_equal(events[0].due, events[3].due);
    assert_ptr_not_equal(events[4].due, events[3].due);
    assert_int_equal(events[3].due->days.first, day_at("2022-05-01"));
    plan_done(&plan);
}

/* A table of phrases whose hashes can be chosen would take minutes. */
static void many_phrases_that_equal_their_dates_are_resolved_in_time(void **state)
{
    (void)state;
    enum { EVENTS = 60000 };
    Plan plan = plan_of("2022");
    for (int i = 0; i < EVENTS; i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "x%d", i);
        Str phrase = arena_copy(&plan.arena, strbuf_str(&text));
        vec_push(&plan.events, (Event){ .when = phrase, .dates = phrase });
        strbuf_done(&text);
    }
    long long begin = clock_ms();
    plan_resolve(&plan);
    assert_in_range(clock_ms() - begin, 0, 3000);
    plan_done(&plan);
}

/* A small file of many phrases, each with thousands of occurrences, does not fill the memory. */
static void the_occurrences_of_all_phrases_together_are_bounded(void **state)
{
    (void)state;
    enum { EVENTS = 600, MIB = 1 << 20 };
    Plan plan = plan_of("2020-01-01/2030-12-31");
    for (int i = 0; i < EVENTS; i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "ежедневно, кабинет %d", i);
        vec_push(&plan.events, (Event){ .when = arena_copy(&plan.arena, strbuf_str(&text)), .section = -1 });
        strbuf_done(&text);
    }
    plan_resolve(&plan);
    assert_in_range(arena_size(&plan.arena), 1, 100 * MIB);
    size_t n_without = 0;
    for (size_t i = 0; i < plan.events.n; i++) {
        n_without += plan.events.at[i].due->n_occurrences == 0;
        assert_int_equal(plan.events.at[i].due->days.first, plan.period.first);
    }
    assert_in_range(n_without, 1, EVENTS - 1);
    plan_done(&plan);
}

static void dates_count_before_the_phrase_unless_they_are_none(void **state)
{
    (void)state;
    Plan plan = plan_of_one("2022", (Event){ .when = STR("март"), .dates = STR("что-то") });
    assert_int_equal(plan.events.at[0].due->days.last, day_at("2022-03-31"));
    Arena arena = { 0 };
    Due due;
    DeadlineContext context = plan_context(&plan);
    due_read(STR("март"), STR("2022-05-20"), &context, &arena, &due);
    assert_int_equal(due.days.first, day_at("2022-05-20"));
    arena_done(&arena);
    plan_done(&plan);
}

static void nothing_is_a_plan_too(void **state)
{
    (void)state;
    Plan plan = { 0 };
    plan_resolve(&plan);
    IndexVec found = { 0 };
    plan_find(&plan, STR("+1"), &found);
    assert_int_equal(found.n, 0);
    plan_done(&plan);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_fills_a_plan_whose_period_it_holds),
        cmocka_unit_test(an_event_is_named_by_number_id_or_place),
        cmocka_unit_test(sections_are_joined_from_the_top),
        cmocka_unit_test(a_heading_is_the_documents_own_or_none),
        cmocka_unit_test(events_with_one_phrase_share_its_reading),
        cmocka_unit_test(many_phrases_that_equal_their_dates_are_resolved_in_time),
        cmocka_unit_test(the_occurrences_of_all_phrases_together_are_bounded),
        cmocka_unit_test(dates_count_before_the_phrase_unless_they_are_none),
        cmocka_unit_test(nothing_is_a_plan_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
