#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/change_build.h"
#include "vekha/core/change_rebase.h"

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

static Plan plan_with(const char *when, const char *note)
{
    Event event = { .id = STR("a1aa"), .no = STR("1"), .title = STR("Сбор"), .when = str_of(when), .note = str_of(note) };
    Plan plan = plan_of_one("2022-01-01/2022-12-31", event);
    plan.title = STR("План");
    return plan;
}

static ChangeTarget target_of(const Change *change, const Plan *now)
{
    ChangeTarget target;
    assert_true(change_find(change, NULL, now, &target, NULL));
    return target;
}

static void assert_str(Str is, const char *wanted)
{
    assert_true(str_eq(is, str_of(wanted)));
}

static void an_edit_starts_from_what_others_wrote(void **state)
{
    (void)state;
    Plan before = plan_with("март", "");
    Plan now = plan_with("апрель", "от них");
    Change change = change_of(&before, 0, &arena);
    assert_true(change_edit(&change, &before, 0, STR("when"), STR("май"), &arena, NULL));
    assert_false(change_fits(&change, &now.events.at[0], NULL));
    change_rebase(&change, &now, target_of(&change, &now), &arena);
    assert_true(change_fits(&change, &now.events.at[0], NULL));
    assert_int_equal(change.n_edits, 1);
    assert_str(change.edits[0].before, "апрель");
    assert_str(change.edits[0].after, "май");
    plan_done(&before);
    plan_done(&now);
}

static void an_edit_that_others_made_as_well_goes(void **state)
{
    (void)state;
    Plan before = plan_with("март", "");
    Plan now = plan_with("май", "");
    Change change = change_of(&before, 0, &arena);
    assert_true(change_edit(&change, &before, 0, STR("when"), STR("май"), &arena, NULL));
    assert_true(change_edit(&change, &before, 0, STR("note"), STR("моё"), &arena, NULL));
    change_rebase(&change, &now, target_of(&change, &now), &arena);
    assert_int_equal(change.n_edits, 1);
    assert_str(change.edits[0].after, "моё");
    plan_done(&before);
    plan_done(&now);
}

static void what_it_was_copied_from_stays_as_it_is(void **state)
{
    (void)state;
    Plan before = plan_with("март", "");
    Plan now = plan_with("апрель", "");
    Change change = change_of(&before, 0, &arena);
    assert_true(change_edit(&change, &before, 0, STR("when"), STR("май"), &arena, NULL));
    Change other = change;
    change_rebase(&other, &now, target_of(&other, &now), &arena);
    assert_str(change.edits[0].before, "март");
    plan_done(&before);
    plan_done(&now);
}

static void a_deletion_takes_the_event_as_it_is_now(void **state)
{
    (void)state;
    Plan before = plan_with("март", "");
    Plan now = plan_with("апрель", "от них");
    Change change = change_delete(&before, 0, &arena);
    assert_false(event_eq(change.content, &now.events.at[0]));
    change_rebase(&change, &now, target_of(&change, &now), &arena);
    assert_true(event_eq(change.content, &now.events.at[0]));
    plan_done(&before);
    plan_done(&now);
}

static void a_text_of_the_plan_starts_from_what_it_is_now(void **state)
{
    (void)state;
    Plan before = plan_with("март", "");
    Plan now = plan_with("март", "");
    Change change = { 0 };
    now.title = STR("Их план");
    assert_true(change_edit_header(&change, &before, -1, STR("title"), STR("Мой план"), &arena, NULL));
    change_rebase(&change, &now, target_of(&change, &now), &arena);
    assert_str(change.edits[0].before, "Их план");
    now.title = STR("Мой план");
    change_rebase(&change, &now, target_of(&change, &now), &arena);
    assert_true(change_is_empty(&change));
    plan_done(&before);
    plan_done(&now);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(an_edit_starts_from_what_others_wrote, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_edit_that_others_made_as_well_goes, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_it_was_copied_from_stays_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_deletion_takes_the_event_as_it_is_now, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_text_of_the_plan_starts_from_what_it_is_now, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
