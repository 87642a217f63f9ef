#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "../../support/temp.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/store.h"

#define PLAN "vekha: 1\ntitle: П\nperiod: 2022-09-01/2023-08-31\nevents:\n- title: Т\n  when: осенние каникулы\n"

static Store *open_store(const char *path)
{
    Err err = { 0 };
    Store *store = store_open(path, &err);
    assert_non_null(store);
    return store;
}

static Day first_day(const Store *store, size_t file)
{
    return store_file(store, file)->plan->events.at[0].due->days.first;
}

static void the_settings_of_a_folder_hold_for_all_its_plans_and_are_read_again(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(PLAN));
    temp_write(&temp, "b.yaml", STR(PLAN "calendar: {vacations: {autumn: 11-01/11-07}}\n"));
    Store *store = open_store(temp.path);
    assert_int_equal(first_day(store, 0), day_at("2022-10-28"));
    temp_write(&temp, "vekha.yaml", STR("vacations: {autumn: 10-24/10-30}\n"));
    assert_true(store_refresh(store));
    assert_int_equal(first_day(store, 0), day_at("2022-10-24"));
    assert_int_equal(first_day(store, 1), day_at("2022-11-01"));
    assert_int_equal(store_count(store), 2);
    assert_false(store_refresh(store));
    temp_write(&temp, "c.yaml", STR(PLAN));
    assert_true(store_refresh(store));
    assert_int_equal(first_day(store, 2), day_at("2022-10-24"));
    assert_int_equal(unlink(temp_path(&temp, "vekha.yaml")), 0);
    assert_true(store_refresh(store));
    assert_int_equal(first_day(store, 0), day_at("2022-10-28"));
    store_free(store);
    temp_done(&temp);
}

static void a_file_opened_alone_has_the_settings_beside_it(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(PLAN));
    temp_write(&temp, "vekha.yaml", STR("vacations: {autumn: 10-24/10-30}\n"));
    Store *store = open_store(temp_path(&temp, "a.yaml"));
    assert_int_equal(first_day(store, 0), day_at("2022-10-24"));
    assert_int_equal(store_settings_count(store), 1);
    assert_true(str_eq(store_settings(store, 0)->path, str_of(temp_path(&temp, "vekha.yaml"))));
    assert_int_equal(store_settings(store, 0)->problems->n, 0);
    store_free(store);
    temp_done(&temp);
}

static void a_mark_keeps_the_calendar_of_the_folder(void **state)
{
    (void)state;
    /* an entry that is read alone, and one that cannot be */
    static const char *const plans[] = { PLAN, "vekha: 1\ntitle: П\nperiod: 2022-09-01/2023-08-31\nevents:\n- title: &a Т\n"
                                               "  when: осенние каникулы\n" };
    for (size_t i = 0; i < COUNTOF(plans); i++) {
        Temp temp = temp_new();
        Arena arena = { 0 };
        Change change;
        Err err = { 0 };
        temp_write(&temp, "a.yaml", str_of(plans[i]));
        temp_write(&temp, "vekha.yaml", STR("vacations: {autumn: 10-24/10-30}\n"));
        Store *store = open_store(temp.path);
        MarkRequest request = { .status = STATUS_IN_PROGRESS };
        assert_true(change_mark(store_file(store, 0)->plan, 0, &request, &arena, &change, &err));
        assert_true(store_apply(store, 0, &change, NULL, &err));
        assert_int_equal(first_day(store, 0), day_at("2022-10-24"));
        arena_done(&arena);
        store_free(store);
        temp_done(&temp);
    }
}

static void broken_settings_are_a_problem_and_stop_no_plan(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(PLAN));
    temp_write(&temp, "vekha.yaml", STR("vacations: {autumn: 10-24/10-30\nx: ]\n"));
    Store *store = open_store(temp.path);
    assert_int_equal(first_day(store, 0), day_at("2022-10-28"));
    assert_false(store_file(store, 0)->is_broken);
    assert_int_equal(store_settings_count(store), 1);
    assert_int_equal(store_settings(store, 0)->problems->n, 1);
    assert_int_equal(store_settings(store, 0)->problems->at[0].rule, RULE_YAML);
    store_free(store);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_settings_of_a_folder_hold_for_all_its_plans_and_are_read_again),
        cmocka_unit_test(a_file_opened_alone_has_the_settings_beside_it),
        cmocka_unit_test(a_mark_keeps_the_calendar_of_the_folder),
        cmocka_unit_test(broken_settings_are_a_problem_and_stop_no_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
