#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/app/key.h"

static void assert_key(const char *name, Key wanted)
{
    Key got = { 0 };
    assert_true(key_parse(str_of(name), &got));
    if (!key_eq(got, wanted)) {
        fail_msg("«%s»: kind %d code %u ctrl %d alt %d shift %d", name, (int)got.kind, (unsigned)got.code, got.ctrl, got.alt,
                 got.shift);
    }
}

static void assert_named(Lang lang, Key key, const char *wanted)
{
    StrBuf name = { 0 };
    key_add_name(&name, lang, key);
    assert_string_equal(strbuf_z(&name), wanted);
    strbuf_done(&name);
}

static void names_are_read(void **state)
{
    (void)state;
    assert_key("j", KEY_CHAR('j'));
    assert_key("G", KEY_CHAR('G'));
    assert_key("-", KEY_CHAR('-'));
    assert_key("+", KEY_CHAR('+'));
    assert_key(":", KEY_CHAR(':'));
    assert_key("ж", KEY_CHAR(U'ж'));
    assert_key("F2", KEY_FN(2));
    assert_key("f10", KEY_FN(10));
    assert_key("F", KEY_CHAR('F'));
    assert_key("Space", KEY_CHAR(' '));
    assert_key("пробел", KEY_CHAR(' '));
    assert_key("pgdn", KEY_OF(K_PGDN));
    assert_key("PageDown", KEY_OF(K_PGDN));
    assert_key("↑", KEY_OF(K_UP));
    assert_key("Shift-Tab", KEY_OF(K_BACKTAB));
}

static void modifiers_stand_before_the_key(void **state)
{
    (void)state;
    assert_key("Ctrl-R", KEY_CTRL('r'));
    assert_key("ctrl-r", KEY_CTRL('r'));
    assert_key("Ctrl--", KEY_CTRL('-'));
    assert_key("Alt-1", (Key){ .kind = K_CHAR, .code = '1', .alt = true });
    assert_key("Ctrl-Alt-Del", (Key){ .kind = K_DELETE, .ctrl = true, .alt = true });
    assert_key("Shift-F3", (Key){ .kind = K_F, .code = 3, .shift = true });
}

static void what_is_no_key_is_refused(void **state)
{
    static const char *const wrong[] = { "",  "F0",      "F21",     "Fx",   "Ctrl-", "Ctrl-Ctrl-a", "jj",
                                         " ", "Shift-a", "Hyper-x", "\x1b", "\xD0",  "\u200B",      "F99999999999" };
    (void)state;
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        Key key;
        if (key_parse(str_of(wrong[i]), &key)) {
            fail_msg("«%s» was taken for a key", wrong[i]);
        }
    }
}

static void names_are_shown(void **state)
{
    (void)state;
    assert_named(LANG_RU, KEY_CTRL('r'), "Ctrl-R");
    assert_named(LANG_RU, KEY_CHAR(' '), "Пробел");
    assert_named(LANG_EN, KEY_CHAR(' '), "Space");
    assert_named(LANG_EN, KEY_OF(K_UP), "↑");
    assert_named(LANG_EN, KEY_FN(10), "F10");
    assert_named(LANG_EN, (Key){ .kind = K_CHAR, .code = '1', .alt = true }, "Alt-1");
    assert_named(LANG_RU, KEY_CHAR(U'Ж'), "Ж");
}

static void a_shown_name_is_read_as_its_key(void **state)
{
    (void)state;
    for (KeyKind kind = K_ENTER; kind < K_KIND_COUNT; kind++) {
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            StrBuf name = { 0 };
            key_add_name(&name, lang, KEY_OF(kind));
            assert_key(strbuf_z(&name), KEY_OF(kind));
            strbuf_done(&name);
        }
    }
}

static void a_digit_stands_for_a_function_key(void **state)
{
    (void)state;
    assert_true(key_eq(key_of_digit(KEY_CHAR('1')), KEY_FN(1)));
    assert_true(key_eq(key_of_digit(KEY_CHAR('0')), KEY_FN(10)));
    assert_true(key_eq(key_of_digit((Key){ .kind = K_CHAR, .code = '9', .alt = true }), KEY_FN(9)));
    assert_true(key_eq(key_of_digit(KEY_CHAR('a')), KEY_CHAR('a')));
}

static void only_plain_characters_are_text(void **state)
{
    (void)state;
    assert_true(key_is_text(KEY_CHAR(U'щ')));
    assert_false(key_is_text(KEY_CTRL('a')));
    assert_false(key_is_text((Key){ .kind = K_CHAR, .code = 'a', .alt = true }));
    assert_false(key_is_text(KEY_OF(K_ENTER)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read),
        cmocka_unit_test(modifiers_stand_before_the_key),
        cmocka_unit_test(what_is_no_key_is_refused),
        cmocka_unit_test(names_are_shown),
        cmocka_unit_test(a_shown_name_is_read_as_its_key),
        cmocka_unit_test(a_digit_stands_for_a_function_key),
        cmocka_unit_test(only_plain_characters_are_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
