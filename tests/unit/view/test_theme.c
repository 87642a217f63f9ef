#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/view/theme.h"

static void without_colours_no_style_has_one(void **state)
{
    (void)state;
    for (Style style = 0; style < STYLE_COUNT; style++) {
        assert_int_equal(theme_look(style, false).color, THEME_DEFAULT_COLOR);
    }
}

static void the_cursor_is_seen_without_colours(void **state)
{
    (void)state;
    assert_int_equal(theme_look(STYLE_CURSOR, false).attrs, THEME_REVERSE);
    assert_int_equal(theme_look(STYLE_CURSOR, true).attrs, THEME_REVERSE);
}

static void what_is_late_stands_out_in_both(void **state)
{
    (void)state;
    assert_int_equal(theme_look(STYLE_BAD, true).color, THEME_RED);
    assert_int_not_equal(theme_look(STYLE_BAD, false).attrs, theme_look(STYLE_TEXT, false).attrs);
}

static void plain_text_is_as_the_terminal_has_it(void **state)
{
    (void)state;
    assert_int_equal(theme_look(STYLE_TEXT, true).attrs, 0);
    assert_int_equal(theme_look(STYLE_TEXT, true).color, THEME_DEFAULT_COLOR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_colours_no_style_has_one),
        cmocka_unit_test(the_cursor_is_seen_without_colours),
        cmocka_unit_test(what_is_late_stands_out_in_both),
        cmocka_unit_test(plain_text_is_as_the_terminal_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
