#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/app/command.h"
#include "vekha/app/keymap.h"
#include "vekha/base/utf8.h"

enum { BAR_COLS = 6 };

static void every_command_has_a_title_in_both_languages(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count(); i++) {
        const Command *command = command_at(i);
        assert_true(text_get(LANG_RU, command->title).n_bytes > 0);
        assert_true(text_get(LANG_EN, command->title).n_bytes > 0);
        assert_non_null(command->run);
    }
}

static void a_name_is_there_once_and_finds_its_command(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count(); i++) {
        assert_true(command_at(i)->name.n_bytes > 0);
        assert_ptr_equal(command_find(command_at(i)->name), command_at(i)); /* the first of that name */
    }
    assert_null(command_find(STR("no-such-command")));
    assert_null(command_find((Str){ 0 }));
}

static void every_group_has_a_title_and_stands_together(void **state)
{
    bool is_seen[GROUP_COUNT] = { false };
    (void)state;
    for (int group = 0; group < GROUP_COUNT; group++) {
        assert_true(text_get(LANG_RU, command_group_title((CommandGroup)group)).n_bytes > 0);
        assert_true(text_get(LANG_EN, command_group_title((CommandGroup)group)).n_bytes > 0);
    }
    for (size_t i = 0; i < command_count(); i++) { /* the help writes the title once, before the first */
        CommandGroup group = command_at(i)->group;
        bool is_first = i == 0 || command_at(i - 1)->group != group;
        assert_false(is_first && is_seen[group]);
        is_seen[group] = true;
    }
}

static void every_command_has_a_key_or_is_in_a_list_of_its_group(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count(); i++) {
        bool is_bound = command_at(i)->group == GROUP_FILTER || command_digit(command_at(i)) >= 0;
        for (size_t k = 0; k < binding_count(); k++) {
            is_bound = is_bound || str_eq(binding_at(k)->command, command_at(i)->name);
        }
        if (!is_bound) {
            fail_msg("no key runs %.*s", STR_ARG(command_at(i)->name));
        }
    }
}

static void a_word_of_the_key_bar_fits_its_six_columns(void **state)
{
    (void)state;
    for (size_t i = 0; i < command_count(); i++) {
        for (int lang = 0; lang < LANG_COUNT && command_at(i)->bar != T_NONE; lang++) {
            assert_in_range(utf8_cols(text_get((Lang)lang, command_at(i)->bar)), 1, BAR_COLS);
        }
    }
}

static void every_command_on_a_function_key_has_a_word_for_the_bar(void **state)
{
    (void)state;
    for (size_t i = 0; i < binding_count(); i++) {
        Key key;
        assert_true(key_parse(binding_at(i)->key, &key));
        if (key.kind == K_F) {
            assert_int_not_equal(command_find(binding_at(i)->command)->bar, T_NONE);
        }
    }
}

/* The menu, the prompt and the card name a field alike; a title is «Название» and not «Мероприятие», a number no sign. */
static void a_command_that_edits_a_field_is_called_as_the_field_is(void **state)
{
    static const struct {
        const char *command;
        FieldId field;
    } cases[] = { { "edit-deadline", FIELD_WHEN },
                  { "edit-result", FIELD_RESULT },
                  { "edit-evidence", FIELD_EVIDENCE },
                  { "edit-note", FIELD_NOTE } };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            Str title = text_get(lang, command_find(str_of(cases[i].command))->title);
            assert_true(str_eq(str_cut(&title, ':'), text_get(lang, field_info(cases[i].field)->heading)));
        }
    }
}

/* Every command of the table that would change the selected event or its plan, from the list of events. */
static bool refuses_at_once(const Temp *temp)
{
    enum { EVERY_EDIT = 16 };
    SessionFixture fixture = { .temp = *temp };
    int n_refused = 0;
    bool ok = true;
    fixture_open(&fixture, "a.yaml");
    for (size_t i = 0; i < command_count(); i++) {
        const Command *command = command_at(i);
        if ((command->needs & NEEDS_WRITE) != 0 && command_is_possible(fixture.session, command)) {
            fixture_run(&fixture, command->name.at);
            bool is_told =
                str_find(str_of(fixture_said(&fixture)), STR("a.yaml» можно только смотреть: нет прав"), 0) != SIZE_MAX;
            if (!is_told || fixture.session->overlay != OVERLAY_NONE) {
                printf("%s: %s\n", command->name.at, fixture_said(&fixture));
                ok = false;
            }
            fixture.session->overlay = OVERLAY_NONE;
            n_refused++;
        }
    }
    session_free(fixture.session);
    return ok && n_refused >= EVERY_EDIT;
}

static void a_file_that_may_not_be_written_is_told_before_a_person_types(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", str_of(fixture_second));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0444), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(temp_as_nobody(refuses_at_once, &temp));
    assert_int_equal(chmod(temp.path, 0755), 0);
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), str_of(fixture_second)));
    temp_done(&temp);
}

static bool edits_the_title(const Temp *temp)
{
    SessionFixture fixture = { .temp = *temp };
    fixture_open(&fixture, "a.yaml");
    fixture_run(&fixture, "edit-title");
    fixture_type(&fixture, "!");
    fixture_run(&fixture, "dialog-agree");
    session_free(fixture.session);
    return !temp_holds(temp_path(temp, "a.yaml"), str_of(fixture_second));
}

static void in_a_folder_that_may_not_be_written_a_file_that_may_is_edited(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", str_of(fixture_second));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0666), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(temp_as_nobody(edits_the_title, &temp));
    assert_int_equal(chmod(temp.path, 0755), 0);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_has_a_title_in_both_languages),
        cmocka_unit_test(a_name_is_there_once_and_finds_its_command),
        cmocka_unit_test(every_group_has_a_title_and_stands_together),
        cmocka_unit_test(every_command_has_a_key_or_is_in_a_list_of_its_group),
        cmocka_unit_test(a_word_of_the_key_bar_fits_its_six_columns),
        cmocka_unit_test(every_command_on_a_function_key_has_a_word_for_the_bar),
        cmocka_unit_test(a_command_that_edits_a_field_is_called_as_the_field_is),
        cmocka_unit_test(a_file_that_may_not_be_written_is_told_before_a_person_types),
        cmocka_unit_test(in_a_folder_that_may_not_be_written_a_file_that_may_is_edited),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
