#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/plan_finder.h"

enum { N_EVENTS = 60 };

/* Few names, so that some are unique, some are twins, and some have none. */
static Plan plan_of_names(Arena *arena, unsigned seed)
{
    static const char *const ids[] = { "", "", "", "k3f9", "a2bc", "m4xy" };
    static const char *const titles[] = { "", "Совет", "Смотр", "Отчёт" };
    Plan plan = plan_of("2022");
    for (unsigned i = 0; i < N_EVENTS; i++) {
        unsigned n = i * 7 + seed;
        StrBuf title = { 0 };
        strbuf_addf(&title, "%s%s", titles[n % COUNTOF(titles)], n % 5 == 0 ? " школы" : "");
        StrBuf no = { 0 };
        strbuf_addf(&no, "%u", n % 11);
        vec_push(&plan.events, (Event){ .id = str_of(ids[(n / 3) % COUNTOF(ids)]),
                                        .no = n % 4 == 0 ? (Str){ 0 } : arena_copy(arena, strbuf_str(&no)),
                                        .title = arena_copy(arena, strbuf_str(&title)) });
        strbuf_done(&title);
        strbuf_done(&no);
    }
    return plan;
}

/* Asked once: looked for one by one. */
static size_t match_since(const Plan *before, const Plan *now, const EventRef *ref)
{
    PlanFinder then = { .plan = before };
    PlanFinder finder = { .plan = now };
    size_t found = finder_match_since(&then, &finder, ref);
    finder_done(&then);
    finder_done(&finder);
    return found;
}

/* What is found in the new reading must be, looked at from there, the same event of the old one. */
static void an_event_that_went_is_not_mistaken_for_its_neighbour(void **state)
{
    (void)state;
    Plan before = plan_of("2022");
    vec_push(&before.events, (Event){ .no = STR("5"), .title = STR("Заседание") });
    vec_push(&before.events, (Event){ .no = STR("6"), .title = STR("Заседание") });
    vec_push(&before.events, (Event){ .no = STR("7"), .title = STR("Отчёт") });
    vec_push(&before.events, (Event){ .no = STR("8"), .title = STR("Смотр") });
    Plan now = plan_of("2022");
    vec_push(&now.events, (Event){ .no = STR("6"), .title = STR("Заседание") }); /* 5 was deleted */
    vec_push(&now.events, (Event){ .no = STR("7"), .title = STR("Смотр") });     /* 7, too, and 8 renumbered */
    EventRef refs[4];
    for (size_t i = 0; i < COUNTOF(refs); i++) {
        refs[i] = event_ref(&before, i);
    }
    assert_true(match_since(&before, &now, &refs[0]) == SIZE_MAX);
    assert_int_equal(match_since(&before, &now, &refs[1]), 0);
    assert_true(match_since(&before, &now, &refs[2]) == SIZE_MAX);
    assert_int_equal(match_since(&before, &now, &refs[3]), 1);
    /* A title mended, an id given: it is still the one. */
    now.events.at[0].title = STR("Заседание совета");
    now.events.at[1].id = STR("k3f9");
    assert_int_equal(match_since(&before, &now, &refs[1]), 0);
    assert_int_equal(match_since(&before, &now, &refs[3]), 1);
    plan_done(&before);
    plan_done(&now);
}

/* Somebody copied an event by its lines: of those that have the id now it is the one that is called as it was. */
static void of_several_with_an_id_the_one_of_that_name_is_found(void **state)
{
    const EventRef ref = { .id = STR("a1aa"), .no = STR("1"), .title = STR("Совет"), .index = 0 };
    PlanFinder finder = { 0 };
    (void)state;
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .id = STR("a1aa"), .no = STR("2"), .title = STR("Смотр") });
    vec_push(&plan.events, (Event){ .id = STR("a1aa"), .no = STR("1"), .title = STR("Совет") });
    finder.plan = &plan;
    assert_int_equal(finder_match(&finder, &ref), 1);
    plan.events.at[1].title = STR("Совет школы");
    assert_true(finder_match(&finder, &ref) == SIZE_MAX);
    vec_push(&plan.events, (Event){ .id = STR("b2bb"), .no = STR("1"), .title = STR("Совет") }); /* which is another one */
    assert_true(finder_match(&finder, &ref) == SIZE_MAX);
    plan.events.at[0].id = STR("c3cc");
    assert_int_equal(finder_match(&finder, &ref), 1); /* the id decides again */
    finder_done(&finder);
    plan_done(&plan);
}

static void sorted_names_find_what_looking_one_by_one_finds(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan before = plan_of_names(&arena, 0);
    Plan now = plan_of_names(&arena, 3);
    PlanFinder then = { .plan = &before };
    PlanFinder finder = { .plan = &now };
    size_t n_found = 0;
    for (size_t shift = 0; shift < N_EVENTS; shift++) {
        for (size_t i = 0; i < N_EVENTS; i++) {
            EventRef ref = event_ref(&before, i);
            ref.index = (i + shift) % N_EVENTS;
            ref.id = shift % 3 == 0 ? (Str){ 0 } : ref.id;
            size_t found = finder_match(&finder, &ref);
            assert_true(found == plan_match(&now, &ref));
            assert_true(finder_match_since(&then, &finder, &ref) == match_since(&before, &now, &ref));
            n_found += found != SIZE_MAX;
        }
    }
    assert_true(n_found > N_EVENTS && n_found < (size_t)N_EVENTS * N_EVENTS); /* both are asked for */
    assert_true(finder.is_sorted[FINDER_ID] && finder.is_sorted[FINDER_TITLE] && finder.is_sorted[FINDER_NO]);
    finder_done(&then);
    finder_done(&finder);
    plan_done(&before);
    plan_done(&now);
    arena_done(&arena);
}

static void all_events_of_an_id_are_found_in_turn(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    PlanFinder finder = { .plan = &plan };
    for (size_t i = 0; i < 30; i++) {
        vec_push(&plan.events, (Event){ .id = i % 10 == 4 ? STR("k3f9") : (Str){ 0 } });
    }
    for (int round = 0; round < 10; round++) { /* the first ones one by one, then by the sorted names */
        assert_int_equal(finder_id(&finder, STR("k3f9"), 0), 4);
        assert_int_equal(finder_id(&finder, STR("k3f9"), 5), 14);
        assert_int_equal(finder_id(&finder, STR("k3f9"), 24), 24);
        assert_true(finder_id(&finder, STR("k3f9"), 25) == SIZE_MAX);
        assert_true(finder_id(&finder, STR("zz99"), 0) == SIZE_MAX);
    }
    assert_true(finder.is_sorted[FINDER_ID]);
    finder_done(&finder);
    plan_done(&plan);
}

static void a_section_is_found_where_its_path_is_now(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    PlanFinder finder = { .plan = &plan };
    vec_push(&plan.sections, (Section){ .title = STR("Новый"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Первый"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Глубже"), .parent = 1, .depth = 1 });
    vec_push(&plan.sections, (Section){ .title = STR("Новый"), .parent = -1 });
    Arena arena = { 0 };
    int found;
    for (int i = 0; i < 4; i++) {
        SectionRef ref = section_ref(&plan, i, &arena);
        assert_true(finder_match_section(&finder, &ref, &found)); /* twins stay where they were */
        assert_int_equal(found, i);
        ref.index = 9;
        bool is_only = i == 1 || i == 2;
        assert_int_equal(finder_match_section(&finder, &ref, &found), is_only);
        assert_true(!is_only || found == i);
    }
    finder_done(&finder);
    arena_done(&arena);
    plan_done(&plan);
}

static void the_hash_of_a_path_is_that_of_its_text(void **state)
{
    (void)state;
    static const Section sections[] = {
        { .title = STR_INIT("Первый"), .parent = -1 },
        { .title = STR_INIT("а"), .parent = 0 },
        { .title = STR_INIT(""), .parent = 1 },
        { .title = STR_INIT("б"), .parent = 2 },
        { .title = STR_INIT(""), .parent = -1 },
        { .title = STR_INIT("в"), .parent = 4 },
        { .title = STR_INIT("Первый / а"), .parent = -1 },
    };
    Plan plan = plan_of("2022");
    for (size_t i = 0; i < COUNTOF(sections); i++) {
        vec_push(&plan.sections, sections[i]);
    }
    unsigned long long *hashes = plan_path_hashes(&plan);
    for (size_t i = 0; i < COUNTOF(sections); i++) {
        StrBuf path = { 0 };
        plan_add_section(&path, &plan, &(Event){ .section = (int)i });
        assert_true(hashes[i] == str_hash(strbuf_str(&path)));
        strbuf_done(&path);
    }
    free(hashes);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_that_went_is_not_mistaken_for_its_neighbour),
        cmocka_unit_test(of_several_with_an_id_the_one_of_that_name_is_found),
        cmocka_unit_test(sorted_names_find_what_looking_one_by_one_finds),
        cmocka_unit_test(all_events_of_an_id_are_found_in_turn),
        cmocka_unit_test(a_section_is_found_where_its_path_is_now),
        cmocka_unit_test(the_hash_of_a_path_is_that_of_its_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
