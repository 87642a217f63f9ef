#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/app/chooser.h"
#include "vekha/base/utf8.h"

static Chooser chooser;

static int open_list(void **state)
{
    (void)state;
    static const Str labels[] = { STR_INIT("Иванова И.И."), STR_INIT("Ёлкина А.Б., педагог"), STR_INIT("педагоги школ"),
                                  STR_INIT("hello") };
    chooser_open(&chooser, T_CHOOSE_PARTY, true);
    for (size_t i = 0; i < COUNTOF(labels); i++) {
        chooser_add(&chooser, labels[i], (Str){ 0 }, i + 10, false);
    }
    return 0;
}

static int close_list(void **state)
{
    (void)state;
    chooser_done(&chooser);
    chooser = (Chooser){ 0 };
    return 0;
}

static void type(const char *words)
{
    lineedit_set(&chooser.typed, str_of(words));
    chooser_narrow(&chooser);
}

/* The values shown, one digit each. */
static void assert_shown(const char *wanted)
{
    StrBuf got = { 0 };
    for (size_t i = 0; i < chooser.shown.n; i++) {
        strbuf_addf(&got, "%zu", chooser.all.at[chooser.shown.at[i]].value - 10);
    }
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static void it_narrows_to_what_has_every_word(void **state)
{
    (void)state;
    assert_shown("0123");
    type("педагог");
    assert_shown("12");
    type("педагог елкина");
    assert_shown("1");
    type("педагог нет");
    assert_shown("");
    assert_null(chooser_choice(&chooser));
    type("");
    assert_shown("0123");
}

static void the_other_layout_is_tried_where_nothing_is_found(void **state)
{
    (void)state;
    type("bdfyjdf");
    assert_shown("0");
    assert_true(str_eq(chooser_typed(&chooser), STR("иванова")));
    type("руддщ");
    assert_shown("3");
    type("hel");
    assert_true(str_eq(chooser_typed(&chooser), STR("hel")));
}

static void the_cursor_stays_among_the_rows(void **state)
{
    (void)state;
    chooser_move(&chooser, 100);
    assert_int_equal(chooser_choice(&chooser)->value, 13);
    chooser_move(&chooser, -1);
    assert_int_equal(chooser_choice(&chooser)->value, 12);
    chooser_move(&chooser, INT32_MIN + 1);
    assert_int_equal(chooser_choice(&chooser)->value, 10);
    type("нет такого");
    chooser_move(&chooser, 1);
    chooser_move(&chooser, -1);
    assert_null(chooser_choice(&chooser));
}

static void what_is_typed_may_be_a_row_of_its_own(void **state)
{
    (void)state;
    chooser.takes_typed = true;
    assert_int_equal(chooser_rows(&chooser), 4);
    type("педагог");
    assert_int_equal(chooser_rows(&chooser), 3);
    chooser_move(&chooser, 2);
    assert_null(chooser_choice(&chooser));
}

static void digits_choose_where_nothing_is_typed(void **state)
{
    (void)state;
    assert_null(chooser_digit(&chooser, 1));
    chooser.narrows = false;
    assert_int_equal(chooser_digit(&chooser, 1)->value, 10);
    assert_int_equal(chooser_digit(&chooser, 4)->value, 13);
    assert_null(chooser_digit(&chooser, 5));
    assert_null(chooser_digit(&chooser, 0));
    for (size_t i = 4; i < 10; i++) {
        chooser_add(&chooser, STR("ещё"), (Str){ 0 }, i + 10, false);
    }
    assert_int_equal(chooser_digit(&chooser, 0)->value, 19);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_narrows_to_what_has_every_word, open_list, close_list),
        cmocka_unit_test_setup_teardown(the_other_layout_is_tried_where_nothing_is_found, open_list, close_list),
        cmocka_unit_test_setup_teardown(the_cursor_stays_among_the_rows, open_list, close_list),
        cmocka_unit_test_setup_teardown(what_is_typed_may_be_a_row_of_its_own, open_list, close_list),
        cmocka_unit_test_setup_teardown(digits_choose_where_nothing_is_typed, open_list, close_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
