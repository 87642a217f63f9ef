#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/json_priv.h"

static void assert_quoted(Str text, const char *wanted)
{
    StrBuf out = { 0 };
    Json json = { .out = &out };
    json_text(&json, text);
    assert_string_equal(strbuf_z(&out), wanted);
    strbuf_done(&out);
}

static void letters_stand_as_they_are(void **state)
{
    (void)state;
    assert_quoted(STR("Ёлка «漢» é 😀"), "\"Ёлка «漢» é 😀\"");
    assert_quoted(STR(""), "\"\"");
}

static void what_would_end_the_string_is_escaped(void **state)
{
    (void)state;
    assert_quoted(STR("a\"b\\c/"), "\"a\\\"b\\\\c/\"");
    assert_quoted(STR("a\nb\tc\rd\0e"), "\"a\\nb\\tc\\u000dd\\u0000e\"");
}

static void what_a_terminal_acts_on_or_hides_is_escaped(void **state)
{
    (void)state;
    assert_quoted(STR("\033[31m\x7F"), "\"\\u001b[31m\\u007f\"");
    assert_quoted(STR("\xC2\x9B"
                      "\u202E\u200B\uFEFF"),
                  "\"\\u009b\\u202e\\u200b\\ufeff\"");
    assert_quoted(STR("\U000E0041"), "\"\\udb40\\udc41\"");
}

static void wrong_bytes_become_the_replacement_character(void **state)
{
    (void)state;
    assert_quoted(STR("a\xFF"
                      "b\xD0"),
                  "\"a\\ufffdb\\ufffd\"");
}

static void commas_stand_between_and_nowhere_else(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    Json json = { .out = &out };
    json_open_list(&json);
    json_open_object(&json);
    json_key(&json, STR("a"));
    json_number(&json, -5);
    json_key(&json, STR("b"));
    json_open_list(&json);
    json_text(&json, STR("x"));
    json_text(&json, STR("y"));
    json_close_list(&json);
    json_key(&json, STR("c"));
    json_open_list(&json);
    json_close_list(&json);
    json_close_object(&json);
    json_open_object(&json);
    json_close_object(&json);
    json_day(&json, day_of(2022, 3, 29));
    json_close_list(&json);
    assert_string_equal(strbuf_z(&out), "[\n{\"a\": -5, \"b\": [\"x\", \"y\"], \"c\": []},\n{},\n\"2022-03-29\"\n]\n");
    strbuf_done(&out);
}

static void a_list_of_nothing_is_two_brackets(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    Json json = { .out = &out };
    json_open_list(&json);
    json_close_list(&json);
    assert_string_equal(strbuf_z(&out), "[]\n");
    strbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(letters_stand_as_they_are),
        cmocka_unit_test(what_would_end_the_string_is_escaped),
        cmocka_unit_test(what_a_terminal_acts_on_or_hides_is_escaped),
        cmocka_unit_test(wrong_bytes_become_the_replacement_character),
        cmocka_unit_test(commas_stand_between_and_nowhere_else),
        cmocka_unit_test(a_list_of_nothing_is_two_brackets),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
