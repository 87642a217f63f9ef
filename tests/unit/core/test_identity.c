#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/identity.h"

static Arena arena;

static int set_up(void **state)
{
    (void)state;
    arena = (Arena){ 0 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void add_event(Plan *plan, int section, const char *id, const char *title)
{
    vec_push(&plan->events, (Event){ .id = str_of(id), .no = STR("1"), .title = str_of(title), .section = section });
}

static Plan plan_of_sections(void)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.sections, (Section){ .title = STR("Первый"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Глубже"), .parent = 0, .depth = 1 });
    vec_push(&plan.sections, (Section){ .title = STR("Второй"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Глубже"), .parent = 2, .depth = 1 });
    add_event(&plan, -1, "s0bb", "Сбор");
    add_event(&plan, 0, "a1aa", "Раз");
    add_event(&plan, 0, "b2bb", "Два");
    add_event(&plan, 3, "c3cc", "Три");
    return plan;
}

static void a_reference_is_the_events_names_and_index(void **state)
{
    (void)state;
    Plan plan = plan_of_sections();
    char title[] = "Dva";
    plan.events.at[2].title = str_of(title);
    EventRef ref = event_ref(&plan, 2);
    EventRef copy = event_ref_copy(&plan, 2, &arena);
    assert_true(str_eq(ref.id, STR("b2bb")) && str_eq(ref.no, STR("1")) && str_eq(ref.title, STR("Dva")));
    assert_int_equal(ref.index, 2);
    assert_int_equal(copy.index, 2);
    title[0] = 'X';
    assert_true(str_eq(ref.title, STR("Xva"))); /* lent */
    assert_true(str_eq(copy.title, STR("Dva")));
    plan_done(&plan);
}

static void a_section_is_named_by_its_path(void **state)
{
    (void)state;
    static const char *const paths[] = { "", "Первый", "Первый / Глубже", "Второй", "Второй / Глубже" };
    Plan plan = plan_of_sections();
    for (int section = -1; section < 4; section++) {
        int found = -5;
        SectionRef ref = section_ref(&plan, section, &arena);
        assert_true(str_eq(ref.path, str_of(paths[section + 1])));
        assert_int_equal(ref.index, section);
        assert_true(plan_match_section(&plan, &ref, &found));
        assert_int_equal(found, section);
    }
    plan_done(&plan);
}

static void a_section_is_found_where_it_stands_now_or_not_at_all(void **state)
{
    (void)state;
    Plan before = plan_of_sections();
    Plan now = plan_of_sections();
    int found;
    SectionRef ref = section_ref(&before, 1, &arena);
    now.sections.at[0].title = STR("Второй"); /* what was «Первый / Глубже» is now one of two of the same path */
    assert_false(plan_match_section(&now, &ref, &found));
    ref = section_ref(&before, 3, &arena); /* still at its old place */
    assert_true(plan_match_section(&now, &ref, &found));
    assert_int_equal(found, 3);
    ref.index = 2; /* not at its place any more, and there are two */
    assert_false(plan_match_section(&now, &ref, &found));
    now.sections.at[0].title = STR("Первый");
    assert_true(plan_match_section(&now, &ref, &found));
    assert_int_equal(found, 3);
    now.sections.n = 1;
    assert_false(plan_match_section(&now, &ref, &found));
    plan_done(&before);
    plan_done(&now);
}

static void a_place_is_behind_the_one_before_in_the_same_section(void **state)
{
    (void)state;
    Plan plan = plan_of_sections();
    static const struct {
        int section;
        const char *after; /* NULL: the first */
    } places[] = { { -1, NULL }, { 0, NULL }, { 0, "a1aa" }, { 3, NULL } };
    for (size_t i = 0; i < COUNTOF(places); i++) {
        EventPlace place = event_place(&plan, i, &arena);
        assert_int_equal(place.section.index, places[i].section);
        assert_int_equal(place.is_first, places[i].after == NULL);
        assert_true(str_eq(place.after.id, str_of(places[i].after)));
    }
    plan_done(&plan);
}

static Plan plan_to_match(void)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .id = STR("k3f9"), .no = STR("1"), .title = STR("Раз") });
    vec_push(&plan.events, (Event){ .no = STR("2"), .title = STR("Два") });
    vec_push(&plan.events, (Event){ .no = STR("3"), .title = STR("Заседание") });
    vec_push(&plan.events, (Event){ .no = STR("4"), .title = STR("Заседание") });
    vec_push(&plan.events, (Event){ .no = STR("4"), .title = STR("Четыре") });
    vec_push(&plan.events, (Event){ .title = STR("Близнец") });
    vec_push(&plan.events, (Event){ .title = STR("Близнец") });
    return plan;
}

static void an_event_is_found_again_by_id_number_and_title(void **state)
{
    (void)state;
    const struct {
        EventRef ref;
        size_t found;
    } cases[] = {
        { { .id = STR("k3f9"), .no = STR("2"), .title = STR("Два"), .index = 1 }, 0 }, /* the id decides */
        { { .id = STR("zz99"), .no = STR("2"), .title = STR("Два"), .index = 1 }, SIZE_MAX },
        { { .no = STR("2"), .title = STR("Два"), .index = 6 }, 1 },
        { { .no = STR("1"), .title = STR("Раз"), .index = 6 }, 0 }, /* it was given an id meanwhile */
        { { .no = STR("7"), .title = STR("Два"), .index = 6 }, 1 }, /* renumbered */
        { { .no = STR("3"), .title = STR("Заседание совета"), .index = 6 }, 2 },
        { { .no = STR("4"), .title = STR("Заседание"), .index = 0 }, 3 },
        { { .no = STR("9"), .title = STR("Заседание"), .index = 0 }, SIZE_MAX }, /* two of them */
        { { .no = STR("4"), .title = STR("Пять"), .index = 0 }, SIZE_MAX },
        { { .title = STR("Близнец"), .index = 6 }, 6 },
        { { .title = STR("Близнец"), .index = 0 }, SIZE_MAX },
        { { .no = STR("9"), .title = STR("Девять"), .index = 0 }, SIZE_MAX },
        { { .index = 3 }, SIZE_MAX },
    };
    Plan plan = plan_to_match();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_int_equal(plan_match(&plan, &cases[i].ref), cases[i].found);
    }
    for (size_t i = 0; i < plan.events.n; i++) {
        EventRef ref = event_ref(&plan, i);
        assert_int_equal(plan_match(&plan, &ref), i);
    }
    plan_done(&plan);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_reference_is_the_events_names_and_index),
        TEST(an_event_is_found_again_by_id_number_and_title),
        TEST(a_section_is_named_by_its_path),
        TEST(a_section_is_found_where_it_stands_now_or_not_at_all),
        TEST(a_place_is_behind_the_one_before_in_the_same_section),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
