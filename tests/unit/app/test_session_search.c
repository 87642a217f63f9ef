#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

static int open_folder(void **state)
{
    (void)state;
    fixture_open_two(&fixture);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_selected(const char *title)
{
    assert_string_equal(fixture_selected(&fixture), title);
}

static void search(const char *words)
{
    fixture_run(&fixture, "search");
    fixture_type(&fixture, words);
    fixture_run(&fixture, "dialog-agree");
}

static void a_word_is_found_in_any_field_and_any_plan(void **state)
{
    (void)state;
    search("ПРИКАЗ"); /* a title, and a note */
    assert_true(fixture.session->is_all);
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_selected("Приказ о сборе"); /* behind the late one that was selected, around the end */
    assert_string_equal(fixture_said(&fixture), "«ПРИКАЗ»: 1 из 2 · n — дальше, N — раньше");
    fixture_run(&fixture, "search-next");
    assert_selected("Смотр");
    fixture_run(&fixture, "search-next");
    assert_selected("Приказ о сборе");
    fixture_run(&fixture, "search-previous");
    assert_selected("Смотр");
}

static void the_letter_yo_and_case_do_not_matter(void **state)
{
    (void)state;
    search("отчет");
    assert_selected("Отчёт");
    search("УЧЕБА");
    assert_selected("Учёба");
}

static void the_other_layout_is_tried_and_said(void **state)
{
    (void)state;
    search("ghbrfp");
    assert_selected("Приказ о сборе");
    assert_string_equal(fixture_said(&fixture), "«ghbrfp» — в другой раскладке «приказ»: 1 из 2 · n — дальше");
    fixture_run(&fixture, "search-next");
    assert_selected("Смотр");
}

static void what_is_nowhere_is_said_and_moves_nothing(void **state)
{
    (void)state;
    fixture_run(&fixture, "search-next");
    assert_string_equal(fixture_said(&fixture), "ещё ничего не искали: / или F7");
    fixture_run(&fixture, "open");
    search("такого нет");
    assert_selected("Сверка");
    assert_string_equal(fixture_said(&fixture), "«такого нет» (и «nfrjuj ytn») нигде не найдено");
    fixture_run(&fixture, "only-late");
    search("отчёт");
    assert_string_equal(fixture_said(&fixture), "«отчёт»: под фильтром не найдено; 0 — показать все, потом n");
    fixture_run(&fixture, "no-filter");
    fixture_run(&fixture, "search-next");
    assert_selected("Отчёт");
}

static void matches_follow_what_changes(void **state)
{
    (void)state;
    search("приказ");
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n  - {title: без слова}\n"));
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "search-next");
    assert_selected("Смотр");
    assert_string_equal(fixture_said(&fixture), "«приказ»: 1 из 1 · n — дальше, N — раньше");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_word_is_found_in_any_field_and_any_plan, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_letter_yo_and_case_do_not_matter, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_other_layout_is_tried_and_said, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_is_nowhere_is_said_and_moves_nothing, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(matches_follow_what_changes, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
