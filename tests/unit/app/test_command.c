#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_has_a_title_in_both_languages),
        cmocka_unit_test(a_name_is_there_once_and_finds_its_command),
        cmocka_unit_test(every_group_has_a_title_and_stands_together),
        cmocka_unit_test(every_command_has_a_key_or_is_in_a_list_of_its_group),
        cmocka_unit_test(a_word_of_the_key_bar_fits_its_six_columns),
        cmocka_unit_test(every_command_on_a_function_key_has_a_word_for_the_bar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
