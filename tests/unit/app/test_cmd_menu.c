#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/app/command.h"
#include "vekha/base/utf8.h"

static SessionFixture fixture;

static int open_folder(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml",
               STR("vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
                   "  - {no: 1, title: первое, when: март}\n"
                   "  - {no: 2, title: второе, when: июнь}\n"));
    fixture_open(&fixture, NULL);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static const Command *chosen(void)
{
    return command_in_group((CommandGroup)fixture.session->menu_group, (size_t)fixture.session->overlay_row);
}

static void the_groups_go_round_and_leave_out_what_is_for_lists(void **state)
{
    (void)state;
    fixture_run(&fixture, "menu");
    assert_int_equal(fixture.session->menu_group, GROUP_VIEWS);
    fixture_run(&fixture, "menu-left");
    assert_int_equal(fixture.session->menu_group, GROUP_PROGRAM);
    fixture_run(&fixture, "menu-right");
    assert_int_equal(fixture.session->menu_group, GROUP_VIEWS);
}

static void every_command_of_the_help_is_in_the_menu_once(void **state)
{
    size_t n = 0;
    (void)state;
    for (int group = 0; group < GROUP_DIALOG; group++) {
        for (size_t i = 0; i < command_group_count((CommandGroup)group); i++, n++) {
            assert_ptr_equal(command_in_group((CommandGroup)group, i), command_at(n));
        }
    }
    assert_int_equal(command_at(n)->group, GROUP_DIALOG);
}

static void a_title_fits_the_menu_at_forty_columns(void **state)
{
    enum { TITLE_COLS = 36 };
    (void)state;
    for (size_t i = 0; i < command_count(); i++) {
        for (int lang = 0; lang < LANG_COUNT; lang++) {
            assert_in_range(utf8_cols(text_get((Lang)lang, command_at(i)->title)), 1, TITLE_COLS);
        }
    }
}

static void the_rows_end_at_both_ends(void **state)
{
    (void)state;
    fixture_run(&fixture, "menu");
    fixture_run(&fixture, "dialog-up");
    assert_true(str_eq(chosen()->name, STR("view-plans")));
    fixture_run(&fixture, "dialog-last");
    assert_true(str_eq(chosen()->name, STR("leave")));
    fixture_run(&fixture, "dialog-down");
    assert_true(str_eq(chosen()->name, STR("leave")));
    fixture_run(&fixture, "menu-right"); /* another group begins at its first */
    assert_true(str_eq(chosen()->name, STR("up")));
}

static void enter_and_a_digit_run_what_they_choose(void **state)
{
    (void)state;
    fixture_run(&fixture, "menu");
    fixture_run(&fixture, "dialog-down");
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    fixture_run(&fixture, "menu");
    assert_true(session_type(fixture.session, KEY_CHAR('3')));
    assert_int_equal(fixture.session->view, VIEW_TIMELINE);
    fixture_run(&fixture, "menu");
    assert_false(session_type(fixture.session, KEY_CHAR('0'))); /* there is no tenth */
    assert_false(session_type(fixture.session, KEY_CHAR('x')));
    assert_int_equal(fixture.session->overlay, OVERLAY_MENU);
}

static void what_cannot_be_done_here_says_why(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-events");
    assert_false(command_is_possible(fixture.session, command_find(STR("next-event"))));
    assert_true(command_is_possible(fixture.session, command_find(STR("pane"))));
    fixture_run(&fixture, "next-event");
    assert_string_equal(fixture_said(&fixture), "это делается в другом виде: Карточка");
    fixture_run(&fixture, "view-plans");
    assert_false(command_is_possible(fixture.session, command_find(STR("mark"))));
    fixture_run(&fixture, "mark");
    assert_string_equal(fixture_said(&fixture), "сначала откройте план: Enter");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_groups_go_round_and_leave_out_what_is_for_lists, open_folder, close_folder),
        cmocka_unit_test(every_command_of_the_help_is_in_the_menu_once),
        cmocka_unit_test(a_title_fits_the_menu_at_forty_columns),
        cmocka_unit_test_setup_teardown(the_rows_end_at_both_ends, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(enter_and_a_digit_run_what_they_choose, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_cannot_be_done_here_says_why, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
