#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/doc/doc.h"
#include "vekha/doc/doc_scalar.h"

static void assert_plain(const char *value, bool in_flow, bool expected)
{
    if (doc_scalar_is_plain_string(str_of(value), in_flow) != expected) {
        fail_msg("«%s» is %s", value, expected ? "a plain string" : "no plain string");
    }
}

static void words_of_a_plan_are_plain_strings(void **state)
{
    (void)state;
    static const char *const values[] = {
        "План работы",
        "29.03.2022",
        "10-15.10.2022",
        "16-20.02.2023",
        "до 20 августа",
        "2 раза в год",
        "«500+», Саянск",
        "№ 116",
        "09:30",
        "k3f9",
        "e5",
        "1-2",
        "5а",
        "a#b",
        "a:b",
        "http://x/y",
        "1.2.3",
        "2022-03",
        "2022-1-1",
        "0x",
        "1:2:99",
        "– пункт",
        "не более 5 %",
        "ноль",
        "nULL",
        "yEs",
        ".infinity",
        "12 1",
        "1,5",
        "+",
        "a'b\"c",
        "x [1] {2}",
    };
    for (size_t i = 0; i < COUNTOF(values); i++) {
        assert_plain(values[i], false, true);
    }
}

static void what_yaml_1_1_or_1_2_takes_for_another_type_is_not(void **state)
{
    (void)state;
    static const char *const values[] = {
        "",
        "~",
        "null",
        "Null",
        "NULL",
        "yes",
        "No",
        "ON",
        "off",
        "true",
        "FALSE",
        "y",
        "N",
        "=",
        "<<",
        "0",
        "2023",
        "+12",
        "-7",
        "1_000",
        "0x1F",
        "0o17",
        "017",
        "0b1_0",
        "27.03",
        "16.30",
        "1.",
        ".5",
        "-.5",
        "1e5",
        "1.5e-3",
        "1.e+5",
        ".inf",
        "-.Inf",
        ".NaN",
        "14:00",
        "1:2:3",
        "0:30.5",
        "-190:20:30",
        "1__2.",
        "2022-03-29",
        "2022-3-9 8:30:00",
        "2022-03-29T08:30:00.5 +3:00",
    };
    for (size_t i = 0; i < COUNTOF(values); i++) {
        assert_plain(values[i], false, false);
    }
}

static void what_would_be_read_as_syntax_is_not(void **state)
{
    (void)state;
    static const char *const values[] = {
        "- a",
        "? a",
        ": a",
        "-",
        "?",
        ":",
        "--- a",
        "...",
        ", a",
        "[a",
        "]a",
        "{a",
        "}a",
        "#a",
        "&a",
        "*a",
        "!a",
        "|a",
        ">a",
        "'a",
        "\"a",
        "%a",
        "@a",
        "`a",
        " a",
        "a ",
        "a: b",
        "a:",
        "a #b",
        "a\tb",
        "a\n",
        "a\r",
        "a\xC2\x85",
        "\xEF\xBB\xBF"
        "a",
        "a\xE2\x80\xA8",
        "a\xE2\x80\xA9",
        "a\x1B",
        "a\x7F",
        "a\xC2\x9B"
        "b",
    };
    for (size_t i = 0; i < COUNTOF(values); i++) {
        assert_plain(values[i], false, false);
    }
}

static void brackets_and_commas_are_text_outside_of_brackets_only(void **state)
{
    (void)state;
    static const char *const values[] = { "a, b", "a [b]", "a {b}", "a:b", "a?" };
    for (size_t i = 0; i < COUNTOF(values); i++) {
        assert_plain(values[i], false, true);
        assert_plain(values[i], true, false);
    }
}

static void dates_and_numbers_can_be_plain_without_being_strings(void **state)
{
    (void)state;
    assert_true(doc_scalar_can_be_plain(STR("2022-03-29"), true));
    assert_true(doc_scalar_can_be_plain(STR("-7"), false));
    assert_false(doc_scalar_can_be_plain(STR("- 7"), false));
    assert_false(doc_scalar_can_be_plain(STR("a: b"), false));
    assert_false(doc_scalar_can_be_plain(STR(""), false));
}

static void assert_written(const char *value, ScalarPlace place, const char *expected)
{
    StrBuf out = { 0 };
    doc_scalar_add(&out, str_of(value), &place);
    assert_string_equal(strbuf_z(&out), expected);
    strbuf_done(&out);
}

static void the_wished_style_is_kept_where_it_can_hold_the_value(void **state)
{
    (void)state;
    assert_written("a", (ScalarPlace){ 0 }, "a");
    assert_written("No", (ScalarPlace){ 0 }, "\"No\"");
    assert_written("No", (ScalarPlace){ .quotes = NODE_SINGLE }, "'No'");
    assert_written("it's", (ScalarPlace){ .style = NODE_SINGLE }, "'it''s'");
    assert_written("a\nb", (ScalarPlace){ .style = NODE_SINGLE }, "\"a\\nb\"");
    assert_written("a", (ScalarPlace){ .style = NODE_DOUBLE }, "\"a\"");
    assert_written("a\nb\n", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2 }, "|\n  a\n  b");
    assert_written("a\n\nb", (ScalarPlace){ .style = NODE_FOLDED, .indent = 4, .line_break = STR("\r\n") },
                   "|-\r\n    a\r\n\r\n    b");
    assert_written("a\nb\n", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2, .is_last = true }, "|\n  a\n  b\n");
    assert_written("a\nb", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2, .in_flow = true }, "\"a\\nb\"");
    assert_written(" a\nb", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2 }, "\" a\\nb\"");
    assert_written("a\n\n", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2 }, "\"a\\n\\n\"");
    assert_written("\n", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2 }, "\"\\n\"");
    assert_written("a", (ScalarPlace){ .style = NODE_LITERAL, .indent = 2 }, "a");
}

/* Written in each style at each place and read again. */
static void assert_comes_back(Str value, const ScalarPlace *place)
{
    StrBuf text = { 0 };
    strbuf_add(&text, place->in_flow ? STR("{a: ") : STR("a: "));
    doc_scalar_add(&text, value, place);
    strbuf_add(&text, place->in_flow ? STR("}\n") : STR("\n"));
    Doc *doc = doc_new(strbuf_str(&text));
    const Node *got = doc_is_broken(doc, NULL) ? NULL : node_get(doc, doc_root(doc), STR("a"));
    if (got == NULL || got->kind != NODE_SCALAR || !str_eq(got->text, value)) {
        fail_msg("does not come back: %s", strbuf_z(&text));
    }
    doc_free(doc);
    strbuf_done(&text);
}

static void every_value_comes_back_from_every_style(void **state)
{
    (void)state;
    static const Str values[] = {
        STR_INIT(""),
        STR_INIT(" "),
        STR_INIT("a"),
        STR_INIT("a\n"),
        STR_INIT("a\nb"),
        STR_INIT("a\n\nb\n"),
        STR_INIT("\n"),
        STR_INIT("\n\n"),
        STR_INIT("\na"),
        STR_INIT(" a\nb"),
        STR_INIT("a\n b"),
        STR_INIT("a \nb \n"),
        STR_INIT("a\n  \n"),
        STR_INIT("a\r\nb"),
        STR_INIT("\ta\nb"),
        STR_INIT("a\n#b"),
        STR_INIT("a\n---\nb"),
        STR_INIT("# a\nb"),
        STR_INIT("a\0b"),
        STR_INIT("'"),
        STR_INIT("\""),
        STR_INIT("\\"),
        STR_INIT("\\n"),
        STR_INIT("a: b"),
        STR_INIT("a #b"),
        STR_INIT("---"),
        STR_INIT("..."),
        STR_INIT("a, b"),
        STR_INIT("]"),
        STR_INIT("}"),
        STR_INIT("漢字\n🙂"),
        STR_INIT("\xEF\xBF\xBE"),
        STR_INIT("\xC2\x85\xE2\x80\xA8\xE2\x80\xA9\xEF\xBB\xBF\x7F\xC2\x9B\x1B\x01"),
        STR_INIT("- a\n- b"),
        STR_INIT("a:\n b"),
        STR_INIT("\xC2\xA0x\xC2\xA0"),
        STR_INIT("%a\nb"),
        STR_INIT("=\n"),
    };
    static const NodeStyle styles[] = { NODE_PLAIN, NODE_SINGLE, NODE_DOUBLE, NODE_LITERAL, NODE_FOLDED };
    for (size_t i = 0; i < COUNTOF(values); i++) {
        for (size_t s = 0; s < COUNTOF(styles); s++) {
            assert_comes_back(values[i], &(ScalarPlace){ .style = styles[s], .indent = 2, .quotes = NODE_SINGLE });
            assert_comes_back(values[i], &(ScalarPlace){ .style = styles[s], .indent = 2, .in_flow = true });
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words_of_a_plan_are_plain_strings),
        cmocka_unit_test(what_yaml_1_1_or_1_2_takes_for_another_type_is_not),
        cmocka_unit_test(what_would_be_read_as_syntax_is_not),
        cmocka_unit_test(brackets_and_commas_are_text_outside_of_brackets_only),
        cmocka_unit_test(dates_and_numbers_can_be_plain_without_being_strings),
        cmocka_unit_test(the_wished_style_is_kept_where_it_can_hold_the_value),
        cmocka_unit_test(every_value_comes_back_from_every_style),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
