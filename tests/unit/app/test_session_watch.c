/* What others do to the files is said, with who it was where that is known. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <time.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/core/change_build.h"

static SessionFixture fixture;

static int open_folder(void **state)
{
    (void)state;
    fixture_open_two(&fixture);
    (void)session_tick(fixture.session);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_said_at_next_look(const char *words)
{
    assert_true(session_tick(fixture.session));
    assert_string_equal(fixture_said(&fixture), words);
}

/* Somebody else, with the program. */
static void others_edit(const char *who, size_t event, const char *key, const char *value)
{
    Arena arena = { 0 };
    Store *store = store_open(temp_path(&fixture.temp, "b.yaml"), NULL);
    store_set_author(store, str_of(who));
    const Plan *plan = store_file(store, 0)->plan;
    Change change = change_of(plan, event, &arena);
    assert_true(change_edit(&change, plan, event, str_of(key), str_of(value), &arena, NULL));
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    store_free(store);
    arena_done(&arena);
}

static void a_change_by_the_program_is_told_with_its_author(void **state)
{
    (void)state;
    others_edit("Петров П. П.", 1, "when", "апрель");
    assert_said_at_next_look("Второй план: № 2, Срок: «март» → «апрель» — Петров П. П.");
}

static void of_several_changes_the_last_is_told(void **state)
{
    (void)state;
    others_edit("Петров П. П.", 1, "when", "апрель");
    others_edit("", 0, "note", "другое");
    assert_said_at_next_look("Второй план: 2 изменения, последнее: № 1, Примечание: «приказ № 5» → «другое» — кто-то");
}

static void ones_own_changes_are_not_told_as_theirs(void **state)
{
    (void)state;
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "mark");
    assert_false(session_tick(fixture.session));
    (void)nanosleep(&(struct timespec){ .tv_nsec = 3000000 }, NULL); /* the journal tells who by the millisecond */
    others_edit("Петров П. П.", 1, "when", "апрель");
    assert_said_at_next_look("Второй план: № 2, Срок: «март» → «апрель» — Петров П. П.");
}

static void what_no_journal_knows_is_told_by_the_file(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml", str_of(fixture_second));
    assert_said_at_next_look("файл a.yaml изменён: показано новое");
}

static void several_files_are_named(void **state)
{
    (void)state;
    StrBuf more = { 0 };
    strbuf_addf(&more, "%s# и ещё\n", fixture_second);
    temp_write(&fixture.temp, "a.yaml", str_of(fixture_second));
    temp_write(&fixture.temp, "b.yaml", strbuf_str(&more));
    strbuf_done(&more);
    assert_said_at_next_look("изменились файлы: a.yaml, b.yaml");
}

static void files_that_come_and_go_are_named(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "c.yaml", str_of(fixture_first));
    assert_said_at_next_look("появился файл c.yaml");
    temp_delete(&fixture.temp, "c.yaml");
    assert_said_at_next_look("файла c.yaml больше нет");
}

static void a_half_written_file_mends_by_itself(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 1\ntitle: \"Пер"));
    assert_true(session_tick(fixture.session));
    assert_true(store_file(fixture.session->store, 0)->is_broken);
    temp_write(&fixture.temp, "a.yaml", str_of(fixture_first));
    assert_said_at_next_look("файл a.yaml снова читается: показано новое");
    assert_false(store_file(fixture.session->store, 0)->is_broken);
}

static void a_file_that_comes_back_is_as_it_was_left(void **state)
{
    (void)state;
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "down");
    assert_string_equal(fixture_selected(&fixture), "Отчёт");
    temp_delete(&fixture.temp, "b.yaml");
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->view, VIEW_PLANS);
    temp_write(&fixture.temp, "b.yaml", str_of(fixture_second));
    assert_said_at_next_look("файл b.yaml вернулся");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_string_equal(fixture_selected(&fixture), "Отчёт");
}

static void who_went_on_meanwhile_is_not_fetched_back(void **state)
{
    (void)state;
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "first");
    fixture_run(&fixture, "down");
    temp_delete(&fixture.temp, "b.yaml");
    (void)session_tick(fixture.session);
    (void)session_take_key(fixture.session, KEY_CHAR('k'));
    temp_write(&fixture.temp, "b.yaml", str_of(fixture_second));
    assert_said_at_next_look("появился файл b.yaml");
    assert_int_equal(fixture.session->view, VIEW_PLANS);
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "open");
    assert_string_equal(fixture_selected(&fixture), "Отчёт"); /* its selection is remembered all the same */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_folder, close_folder)
    const struct CMUnitTest tests[] = {
        TEST(a_change_by_the_program_is_told_with_its_author),
        TEST(of_several_changes_the_last_is_told),
        TEST(ones_own_changes_are_not_told_as_theirs),
        TEST(what_no_journal_knows_is_told_by_the_file),
        TEST(several_files_are_named),
        TEST(files_that_come_and_go_are_named),
        TEST(a_half_written_file_mends_by_itself),
        TEST(a_file_that_comes_back_is_as_it_was_left),
        TEST(who_went_on_meanwhile_is_not_fetched_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
