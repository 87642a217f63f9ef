#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/app/layout.h"
#include "vekha/base/utf8.h"

/* A keyboard, as it is engraved: the same keys on either layout. */
static const char latin_keys[] = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~";
static const char russian_keys[] = "йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё";

static void every_key_is_the_same_in_both_layouts(void **state)
{
    (void)state;
    Str latin = str_of(latin_keys);
    Str russian = str_of(russian_keys);
    while (latin.n_bytes > 0 && russian.n_bytes > 0) {
        uint32_t l = utf8_next(&latin);
        uint32_t r = utf8_next(&russian);
        assert_int_equal(layout_latin(r), l);
        assert_int_equal(layout_russian(l), r);
    }
    assert_int_equal(latin.n_bytes, 0);
    assert_int_equal(russian.n_bytes, 0);
}

static void belarusian_and_ukrainian_letters_have_keys(void **state)
{
    (void)state;
    assert_int_equal(layout_latin(U'ў'), 'o');
    assert_int_equal(layout_latin(U'і'), 's');
    assert_int_equal(layout_latin(U'ї'), ']');
    assert_int_equal(layout_latin(U'Ї'), '}');
    assert_int_equal(layout_latin(U'є'), '\'');
    assert_int_equal(layout_latin(U'ґ'), '\\');
}

static void a_stop_is_always_a_slash_and_a_comma_a_question_mark(void **state)
{
    (void)state;
    assert_int_equal(layout_command_key(KEY_CHAR('.')).code, '/');
    assert_int_equal(layout_command_key(KEY_CHAR(',')).code, '?');
    for (const char *c = ":;?/"; *c != '\0'; c++) {
        assert_int_equal(layout_command_key(KEY_CHAR((unsigned char)*c)).code, *c);
    }
    assert_int_equal(layout_command_key(KEY_CHAR(U'Ж')).code, ':');
}

static void no_cyrillic_letter_is_left_as_a_command(void **state)
{
    (void)state;
    for (uint32_t code = U'А'; code <= U'я'; code++) {
        assert_in_range(layout_command_key(KEY_CHAR(code)).code, '!', '~');
    }
    assert_in_range(layout_command_key(KEY_CHAR(U'ё')).code, '!', '~');
    assert_in_range(layout_command_key(KEY_CHAR(U'Ё')).code, '!', '~');
}

static void modifiers_stay(void **state)
{
    (void)state;
    assert_true(key_eq(layout_command_key(KEY_CTRL(U'К')), KEY_CTRL('r')));
    assert_true(key_eq(layout_command_key((Key){ .kind = K_CHAR, .code = U'ч', .alt = true }),
                       (Key){ .kind = K_CHAR, .code = 'x', .alt = true }));
    assert_true(key_eq(layout_command_key(KEY_FN(2)), KEY_FN(2)));
}

static void assert_other(const char *typed, const char *wanted)
{
    StrBuf out = { 0 };
    assert_true(layout_add_other(&out, str_of(typed)));
    assert_string_equal(strbuf_z(&out), wanted);
    strbuf_done(&out);
}

static void text_is_translated_to_the_other_layout(void **state)
{
    (void)state;
    assert_other("ghbrfp", "приказ");
    assert_other("Ghbrfp 15", "Приказ 15");
    assert_other("j,otcndj", "общество");
    assert_other("[jh", "хор");
    assert_other("руддщ", "hello");
    assert_other("щк.ру", "or/he");
    assert_other("ghb漢", "при漢");
}

static void text_without_a_letter_has_no_other_layout(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    assert_false(layout_add_other(&out, STR("15.10.2022")));
    assert_false(layout_add_other(&out, STR("")));
    assert_false(layout_add_other(&out, STR("\xFF\xFE")));
    assert_int_equal(out.n_bytes, 0);
    strbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_key_is_the_same_in_both_layouts),
        cmocka_unit_test(belarusian_and_ukrainian_letters_have_keys),
        cmocka_unit_test(a_stop_is_always_a_slash_and_a_comma_a_question_mark),
        cmocka_unit_test(no_cyrillic_letter_is_left_as_a_command),
        cmocka_unit_test(modifiers_stay),
        cmocka_unit_test(text_is_translated_to_the_other_layout),
        cmocka_unit_test(text_without_a_letter_has_no_other_layout),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
