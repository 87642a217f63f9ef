/* Values of events, of the plan and of a section, corrected one by one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/app/editing.h"

static SessionFixture fixture;

#define HEAD "vekha: 1\ntitle: План\nperiod: 2022\nheadings: {title: Событие, when: Срок, cost: Цена}\nsections:\n"
#define FIRST "  - title: Осень\n    goal: Цель\n    events:\n"
#define ONE                                                                                                        \
    "      - id: a1aa\n        no: 1\n        title: Раз\n        when: апрель\n        dates: 2022-04\n" \
    "        responsible: [Иванов И.И., Петров П.П.]\n"

static int open_folder(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD FIRST ONE));
    fixture_open(&fixture, "a.yaml");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_has(const char *text, bool is_there)
{
    StrBuf has = { 0 };
    temp_read(temp_path(&fixture.temp, "a.yaml"), &has);
    if ((strstr(strbuf_z(&has), text) != NULL) != is_there) {
        fail_msg("«%s» %s\n%s", text, is_there ? "is not there" : "is there", strbuf_z(&has));
    }
    strbuf_done(&has);
}

static void assert_said(const char *words)
{
    assert_string_equal(fixture_said(&fixture), words);
}

static void answer(const char *command, const char *words)
{
    fixture_run(&fixture, command);
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    lineedit_set(&fixture.session->line, (Str){ 0 });
    fixture_type(&fixture, words);
    fixture_run(&fixture, "dialog-agree");
}

static void the_deadline_is_corrected_without_its_dates(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-deadline");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "апрель");
    fixture_run(&fixture, "dialog-close");
    answer("edit-deadline", "до 15 мая");
    assert_said("№ 1: Срок: «до 15 мая», записано в файл · u — взять назад");
    assert_has("        when: до 15 мая\n", true);
    assert_has("dates:", false);
    fixture_run(&fixture, "undo");
    assert_has(ONE, true);
}

static void a_deadline_without_a_date_is_asked_twice(void **state)
{
    (void)state;
    answer("edit-deadline", "по графику");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_has("when: апрель", true);
    fixture_run(&fixture, "dialog-agree");
    assert_has("when: по графику", true);
}

static void a_deadline_is_taken_away_by_asking_twice(void **state)
{
    (void)state;
    answer("edit-deadline", "");
    assert_has("when:", true);
    fixture_run(&fixture, "dialog-agree");
    assert_said("№ 1: Срок: теперь пусто, записано в файл · u — взять назад");
    assert_has("        when:", false);
}

static void each_field_has_its_command(void **state)
{
    (void)state;
    static const struct {
        const char *command, *words, *line;
    } cases[] = {
        { "edit-title", "Два", "        title: Два\n" },
        { "edit-number", "1.1", "        no: \"1.1\"\n" },
        { "edit-result", "приказ", "        result: приказ\n" },
        { "edit-evidence", "акт", "        evidence: акт\n" },
        { "edit-note", "заметка", "        note: заметка\n" },
        { "edit-responsible", "Иванов И.И.; Сидоров С.С.", "        responsible: [Иванов И.И., Сидоров С.С.]\n" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        answer(cases[i].command, cases[i].words);
        assert_has(cases[i].line, true);
        fixture_run(&fixture, "undo");
        assert_has(ONE, true);
    }
}

static void parties_are_parted_by_a_sign_that_none_of_them_has(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-responsible");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "Иванов И.И.; Петров П.П.");
    fixture_run(&fixture, "dialog-close");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD FIRST "      - {title: Раз, responsible: [А; Б, В]}\n"));
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "edit-responsible");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "А; Б | В");
    fixture_type(&fixture, " | Г");
    fixture_run(&fixture, "dialog-agree");
    assert_has("responsible: [А; Б, В, Г]", true);
}

static void a_text_of_several_lines_goes_on_behind_its_last_word(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml",
               STR(HEAD FIRST "      - title: Раз\n        note: |\n          первая\n          вторая\n"));
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "edit-note");
    fixture_run(&fixture, "dialog-agree");
    assert_has("        note: |\n          первая\n          вторая\n", true); /* untouched */
    fixture_run(&fixture, "edit-note");
    fixture_type(&fixture, " и третья");
    fixture_run(&fixture, "dialog-agree");
    assert_has("          первая\n          вторая и третья\n", true);
}

static void a_title_cannot_go(void **state)
{
    (void)state;
    answer("edit-title", "");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_true(fixture.session->message_is_error);
    assert_has(ONE, true);
}

static void the_same_value_is_not_written(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-title");
    fixture_run(&fixture, "dialog-agree");
    assert_said("№ 1: Мероприятие: так и было, файл не менялся");
    assert_int_equal(fixture.session->history.done.n, 0);
}

static void a_column_of_the_plan_is_chosen_from_a_list(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-column");
    assert_int_equal(chooser_rows(&fixture.session->chooser), 1);
    fixture_run(&fixture, "dialog-agree");
    fixture_type(&fixture, "100 руб.");
    fixture_run(&fixture, "dialog-agree");
    assert_has("        cost: 100 руб.\n", true);
}

static void texts_of_plan_and_section_are_chosen_from_lists(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-plan");
    (void)session_type(fixture.session, KEY_CHAR('2')); /* the short name */
    fixture_type(&fixture, "Кратко");
    fixture_run(&fixture, "dialog-agree");
    assert_has("short: Кратко\n", true);
    fixture_run(&fixture, "edit-plan");
    (void)session_type(fixture.session, KEY_CHAR('3'));
    lineedit_set(&fixture.session->line, STR("завтра"));
    fixture_run(&fixture, "dialog-agree");
    assert_true(fixture.session->message_is_error);
    lineedit_set(&fixture.session->line, STR("2022-01-01/2023-05-31"));
    fixture_run(&fixture, "dialog-agree");
    assert_has("period: 2022-01-01/2023-05-31\n", true);
    fixture_run(&fixture, "edit-section");
    (void)session_type(fixture.session, KEY_CHAR('3'));
    lineedit_set(&fixture.session->line, STR("Новая цель"));
    fixture_run(&fixture, "dialog-agree");
    assert_has("    goal: Новая цель\n", true);
    fixture_run(&fixture, "undo");
    assert_has("    goal: Цель\n", true);
}

static void a_digit_of_the_list_is_that_of_the_menu(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit");
    (void)session_type(fixture.session, KEY_CHAR('7'));
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_string_equal(fixture.session->editing->key.at, "note");
}

static void what_was_declined_can_be_had_again(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-note");
    fixture_type(&fixture, "набрано");
    fixture_run(&fixture, "dialog-close");
    assert_has("note:", false);
    fixture_run(&fixture, "edit-note");
    fixture_run(&fixture, "typed-before");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "набрано");
    fixture_run(&fixture, "typed-after");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "");
}

static void space_does_not_take_back_an_edit(void **state)
{
    (void)state;
    fixture_run(&fixture, "mark");
    answer("edit-note", "заметка");
    fixture_run(&fixture, "mark"); /* takes the mark off, not the note */
    assert_has("note: заметка", true);
    assert_has("status: done", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_deadline_is_corrected_without_its_dates, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_deadline_without_a_date_is_asked_twice, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_deadline_is_taken_away_by_asking_twice, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(each_field_has_its_command, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(parties_are_parted_by_a_sign_that_none_of_them_has, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_text_of_several_lines_goes_on_behind_its_last_word, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_title_cannot_go, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_same_value_is_not_written, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_column_of_the_plan_is_chosen_from_a_list, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(texts_of_plan_and_section_are_chosen_from_lists, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_digit_of_the_list_is_that_of_the_menu, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_was_declined_can_be_had_again, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(space_does_not_take_back_an_edit, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
