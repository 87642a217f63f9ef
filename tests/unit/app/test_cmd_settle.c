#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

#define HEAD "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
#define MARK "  conflict:\n  - {field: when, base: март, theirs: май}\n"

static const char merged[] = HEAD "- id: a1aa\n  no: 1\n  title: Педсовет\n" MARK "  when: апрель\n"
                                  "- id: b2bb\n  no: 2\n  title: Отчёт\n";

static int open_merged(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(merged));
    fixture_open(&fixture, "a.yaml");
    fixture_run(&fixture, "first");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void the_mark_of_a_conflict_goes_and_comes_back(void **state)
{
    (void)state;
    fixture_run(&fixture, "settle");
    assert_string_equal(fixture_said(&fixture), "№ 1: пометка противоречия снята, записано в файл · u — взять назад");
    fixture_assert_file(&fixture,
                        HEAD "- id: a1aa\n  no: 1\n  title: Педсовет\n  when: апрель\n- id: b2bb\n  no: 2\n  title: Отчёт\n");
    fixture_run(&fixture, "undo");
    fixture_assert_file(&fixture, merged);
}

static void where_there_is_none_that_is_said(void **state)
{
    (void)state;
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "settle");
    assert_string_equal(fixture_said(&fixture), "№ 2: противоречий нет");
    fixture_assert_file(&fixture, merged);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_mark_of_a_conflict_goes_and_comes_back, open_merged, close_folder),
        cmocka_unit_test_setup_teardown(where_there_is_none_that_is_said, open_merged, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
