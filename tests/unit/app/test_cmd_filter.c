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

/* The titles of the events shown. */
static void assert_shown(const char *wanted)
{
    StrBuf got = { 0 };
    for (size_t i = 0; i < fixture.session->rows.n; i++) {
        const Row *row = &fixture.session->rows.at[i];
        if (row->kind == ROW_EVENT) {
            strbuf_add(&got, got.n_bytes > 0 ? STR(", ") : (Str){ 0 });
            strbuf_add(&got, store_file(fixture.session->store, row->file)->plan->events.at[row->index].title);
        }
    }
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static void open_all(void)
{
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "open");
}

static void a_filter_on_the_list_of_plans_opens_what_fits(void **state)
{
    (void)state;
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "only-late");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_shown("Сверка");
}

static void filters_combine_and_go_with_one_key(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "this-month");
    assert_shown("Приказ о сборе");
    fixture_run(&fixture, "only-late");
    assert_shown("");
    assert_string_equal(fixture_said(&fixture), "под фильтр ничего не подходит; 0 — показать все");
    fixture_run(&fixture, "no-filter");
    assert_shown("Учёба, Приказ о сборе, Смотр, Отчёт, Сверка");
    fixture_run(&fixture, "this-month");
    fixture_run(&fixture, "this-month"); /* the same key again */
    assert_shown("Учёба, Приказ о сборе, Смотр, Отчёт, Сверка");
    fixture_run(&fixture, "waiting");
    assert_shown("Отчёт");
}

static void a_person_is_chosen_from_those_there_are(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "whose");
    assert_int_equal(fixture.session->chooser.all.n, 2); /* two spellings of each are one */
    fixture_type(&fixture, "bdfy");
    fixture_run(&fixture, "dialog-agree");
    assert_shown("Учёба, Смотр");
    fixture_run(&fixture, "whose");
    fixture_type(&fixture, "зав");
    fixture_run(&fixture, "dialog-down"); /* «все, где есть» */
    fixture_run(&fixture, "dialog-agree");
    assert_shown("Учёба, Приказ о сборе, Сверка");
}

static void digits_choose_from_the_list_of_filters(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "filter");
    fixture_type(&fixture, "1");
    assert_shown("Сверка");
    fixture_run(&fixture, "filter");
    fixture_type(&fixture, "0");
    assert_shown("Учёба, Приказ о сборе, Смотр, Отчёт, Сверка");
    fixture_run(&fixture, "filter");
    fixture_type(&fixture, "7"); /* by status */
    fixture_type(&fixture, "3");
    assert_shown("Отчёт");
}

static void sections_months_and_words_limit_too(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "by-section");
    fixture_type(&fixture, "осень");
    fixture_run(&fixture, "dialog-agree");
    assert_shown("Смотр, Отчёт");
    fixture_run(&fixture, "any-month");
    fixture_type(&fixture, "март");
    fixture_run(&fixture, "dialog-agree");
    assert_shown("Отчёт");
    fixture_run(&fixture, "no-filter");
    fixture_run(&fixture, "by-word");
    fixture_type(&fixture, "приказ");
    fixture_run(&fixture, "dialog-agree");
    assert_shown("Приказ о сборе, Смотр");
}

static void any_command_is_run_by_its_name(void **state)
{
    (void)state;
    fixture_run(&fixture, "palette");
    fixture_type(&fixture, "ktynf"); /* «лента», typed in the other layout */
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->view, VIEW_TIMELINE);
}

static void a_list_outlives_a_change_of_the_files(void **state)
{
    (void)state;
    open_all();
    fixture_run(&fixture, "whose");
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 1\ntitle: П\nperiod: 2022\nevents: []\n"));
    (void)session_tick(fixture.session);
    fixture_type(&fixture, "ива");
    fixture_run(&fixture, "dialog-agree");
    assert_shown("Смотр");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_filter_on_the_list_of_plans_opens_what_fits, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(filters_combine_and_go_with_one_key, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_person_is_chosen_from_those_there_are, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(digits_choose_from_the_list_of_filters, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(sections_months_and_words_limit_too, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(any_command_is_run_by_its_name, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_list_outlives_a_change_of_the_files, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
