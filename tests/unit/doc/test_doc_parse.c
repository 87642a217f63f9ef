#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/doc/doc.h"

typedef struct Broken {
    Str text;
    TextId why;
    int line, col;
} Broken;

static void assert_broken(Str text, TextId why, int line, int col)
{
    Err err = { 0 };
    Doc *doc = doc_new(text);
    if (!doc_is_broken(doc, &err)) {
        fail_msg("read whole: %.40s", text.at);
    }
    if (err.text != why || err.line != line || err.col != col) {
        StrBuf words = { 0 };
        err_words(&words, LANG_EN, &err);
        fail_msg("%s, not row %d at %d:%d", strbuf_z(&words), (int)why, line, col);
    }
    assert_int_equal(err.kind, ERR_PLAN);
    doc_free(doc);
}

#define BROKEN(text, why, line, col)         \
    {                                        \
        STR_INIT(text), (why), (line), (col) \
    }

static void what_is_no_yaml_is_broken_with_its_place_and_our_words(void **state)
{
    (void)state;
    static const Broken files[] = {
        BROKEN("a: 1\nb: \"x\n", T_DOC_OPEN_QUOTE, 2, 4),
        BROKEN("a: 1\n b: 2\n", T_DOC_COLON_IN_VALUE, 2, 3),
        BROKEN("ключ: раз: два\n", T_DOC_COLON_IN_VALUE, 1, 10),
        BROKEN("a: 1\nb\nc: 2\n", T_DOC_NO_COLON, 3, 1),
        BROKEN("a:\n  b: 1\n c: 2\n", T_DOC_NO_KEY, 3, 2),
        BROKEN("- a\nb: 1\n", T_DOC_NO_DASH, 2, 1),
        BROKEN("a: [1, \"2\" 3]\nb: 3\n", T_DOC_NO_BRACKET, 1, 12),
        BROKEN("a: {b: \"1\" 2}\nc: 3\n", T_DOC_NO_BRACE, 1, 12),
        BROKEN("a: @x\n", T_DOC_BAD_START, 1, 4),
        BROKEN("a:\n\tb: 1\n", T_DOC_BAD_START, 2, 1),
        BROKEN("a: \"\\q\"\n", T_DOC_BAD_ESCAPE, 1, 5),
        BROKEN("a: |x\n", T_DOC_BAD_BLOCK_HEADER, 1, 5),
        BROKEN("a: - b\n", T_DOC_DASH_NOT_HERE, 1, 4),
        BROKEN("a: &\n", T_DOC_BAD_ANCHOR, 1, 5),
        BROKEN("a: !<x\n", T_DOC_BAD_TAG, 1, 7),
        BROKEN("%YAML 1.1\n%YAML 1.1\n---\n", T_DOC_BAD_DIRECTIVE, 2, 1),
        BROKEN("a: *нет\n", T_DOC_BAD_ANCHOR, 1, 5),
        BROKEN("a: *no\n", T_DOC_UNKNOWN_ALIAS, 1, 4),
        BROKEN("a: &a [*a]\n", T_DOC_ALIAS_INSIDE_ITSELF, 1, 8),
        BROKEN("a: 1\n---\nb: 2\n", T_DOC_SECOND_DOCUMENT, 2, 1),
        BROKEN("a: 1\n...\n# c\nb: 2\n", T_DOC_SECOND_DOCUMENT, 4, 1),
        BROKEN("{a: 1}\nb: 2\n", T_DOC_SECOND_DOCUMENT, 2, 1),
    };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        assert_broken(files[i].text, files[i].why, files[i].line, files[i].col);
    }
}

static void a_wrong_encoding_is_named(void **state)
{
    (void)state;
    static const Broken files[] = {
        BROKEN("\xFF\xFE"
               "a\0",
               T_DOC_UTF16, 1, 1),
        BROKEN("\xFE\xFF\0a", T_DOC_UTF16, 1, 1),
        BROKEN("a\0:\0 \0b\0", T_DOC_UTF16, 1, 1),
        BROKEN("a: 1\nb: \0\n", T_DOC_BINARY, 2, 4),
        BROKEN("a: \x1B[31m\n", T_DOC_CONTROL, 1, 4),
        BROKEN("a: \x7F\n", T_DOC_CONTROL, 1, 4),
        BROKEN("a: \xC2\x9B\n", T_DOC_CONTROL, 1, 4),
        BROKEN("a: \xEF\xBF\xBE\n", T_DOC_CONTROL, 1, 4),
        BROKEN("title: \xCF\xEB\xE0\xED \xF0\xE0\xE1\xEE\xF2\xFB\n", T_DOC_NOT_UTF8_BUT, 1, 8), /* «План работы», CP1251 */
        BROKEN("title: \xF0\xCC\xC1\xCE \xD2\xC1\xC2\xCF\xD4\xD9\n", T_DOC_NOT_UTF8_BUT, 1, 8), /* KOI8-R */
        BROKEN("title: \x8F\xAB\xA0\xAD \xE0\xA0\xA1\xAE\xE2\xEB\n", T_DOC_NOT_UTF8_BUT, 1, 8), /* CP866 */
        BROKEN("a: ж\nb: ж\xD0 x\n", T_DOC_NOT_UTF8, 2, 5),
    };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        assert_broken(files[i].text, files[i].why, files[i].line, files[i].col);
    }
    Err err;
    Doc *doc = doc_new(STR("title: \xF0\xCC\xC1\xCE \xD2\xC1\xC2\xCF\xD4\xD9\n"));
    assert_true(doc_is_broken(doc, &err));
    assert_true(str_eq(err.args[0].str, STR("KOI8-R")));
    doc_free(doc);
}

/* Told where it opens, since that is where it has to be mended. */
static void a_bracket_or_quote_that_stands_open_is_told_by_its_own_place(void **state)
{
    (void)state;
    static const Broken files[] = {
        BROKEN("a: [1, 2\nb: 3\n", T_DOC_OPEN_BRACKET, 1, 4),
        BROKEN("a: {b: 1\nc: 3\n", T_DOC_OPEN_BRACKET, 1, 4),
        BROKEN("a: 1\r\nb: [1, 2,", T_DOC_OPEN_BRACKET, 2, 4),
        BROKEN("- {no: 1, title: Раз\n- {no: 2, title: Два}\n", T_DOC_OPEN_BRACKET, 1, 3),
        BROKEN("a: [x, [y, z],\n  {k: v, w: [q}\n]\n", T_DOC_NO_BRACKET, 2, 15), /* which is the bracket of that very line */
        BROKEN("a: [x, [y,\n  z],\n  w\nb: 1\n", T_DOC_OPEN_BRACKET, 1, 4),      /* the inner one is closed */
        BROKEN("a: 'x\nb: y\n", T_DOC_OPEN_QUOTE, 1, 4),
        BROKEN("title: \"Раз\nwhen: \"май\"\n", T_DOC_LATE_QUOTE, 1, 8),
        BROKEN("- {title: \"Раз, no: 1}\n- {title: \"Два\"}\n", T_DOC_LATE_QUOTE, 1, 11),
        BROKEN("title: \"Раз\n  два\"\n when: май\n", T_DOC_NO_KEY, 3, 2), /* it is closed where it was meant to */
    };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        assert_broken(files[i].text, files[i].why, files[i].line, files[i].col);
    }
    Err err = { 0 };
    StrBuf words = { 0 };
    Doc *doc = doc_new(STR("title: План\nresponsible: [Завуч, «Школа» и все, кто ещё есть в списке\nwhen: май\n"));
    assert_true(doc_is_broken(doc, &err));
    err_words(&words, LANG_RU, &err);
    assert_string_equal(strbuf_z(&words),
                        "2:14: не закрыта скобка «[», открытая здесь: «responsible: [Завуч, „Школа“ и все, кто…»; поставьте «]» "
                        "до строки 3, а если она стоит дальше, проверьте запятые и скобки между ними");
    strbuf_done(&words);
    doc_free(doc);
}

static void what_stood_before_the_place_is_read(void **state)
{
    (void)state;
    static const char *const files[] = {
        "- a: 1\n- b: 2\n  c: @\n",
        "- a: 1\n- b: 2\n  c: \xFF\n- d: 4\n",
        "- a: 1\n- b: 2\n  c: *no\n",
        "- a: 1\n- b: 2\n  ? [x, {y: 1, z\n",
    };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        Doc *doc = doc_new(str_of(files[i]));
        assert_true(doc_is_broken(doc, NULL));
        const Node *second = doc_root(doc)->child->next;
        assert_non_null(second);
        assert_non_null(node_get(doc, second, STR("b")));
        for (const Node *key = node_first_key(second); key != NULL; key = node_next_key(key)) {
            assert_non_null(key->next);
        }
        doc_free(doc);
    }
}

static void nesting_has_a_limit(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add_chars(&text, '[', DOC_MAX_LEVELS);
    strbuf_add_chars(&text, ']', DOC_MAX_LEVELS);
    Doc *doc = doc_new(strbuf_str(&text));
    assert_false(doc_is_broken(doc, NULL));
    doc_free(doc);

    strbuf_clear(&text);
    strbuf_add_chars(&text, '[', 1000000);
    assert_broken(strbuf_str(&text), T_DOC_TOO_DEEP, 1, DOC_MAX_LEVELS + 1);

    strbuf_clear(&text);
    strbuf_add(&text, STR("a0: &a0 {}\n"));
    for (int i = 1; i <= DOC_MAX_LEVELS; i++) {
        strbuf_addf(&text, "a%d: &a%d {<<: *a%d}\n", i, i, i - 1);
    }
    assert_broken(strbuf_str(&text), T_DOC_TOO_DEEP, DOC_MAX_LEVELS, 16);
    strbuf_done(&text);
}

static void aliases_may_not_expand_past_the_limit_of_a_file(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add(&text, STR("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"));
    for (int i = 1; i < 9; i++) {
        strbuf_addf(&text, "a%d: &a%d [", i, i);
        for (int n = 0; n < 10; n++) {
            strbuf_addf(&text, "*a%d, ", i - 1);
        }
        strbuf_add(&text, STR("]\n"));
    }
    assert_broken(strbuf_str(&text), T_DOC_ALIASES_TOO_LARGE, 7, 20);
    strbuf_done(&text);
}

static void a_value_and_a_file_have_their_limits(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    strbuf_add(&text, STR("a: "));
    strbuf_add_chars(&text, 'x', DOC_MAX_VALUE_KIB * 1024);
    Doc *doc = doc_new(strbuf_str(&text));
    assert_false(doc_is_broken(doc, NULL));
    doc_free(doc);
    strbuf_add_char(&text, 'x');
    assert_broken(strbuf_str(&text), T_DOC_VALUE_TOO_LONG, 1, 4);

    strbuf_clear(&text);
    strbuf_add_chars(&text, '\n', (size_t)DOC_MAX_MIB * 1024 * 1024 + 1);
    assert_broken(strbuf_str(&text), T_DOC_TOO_LARGE, 1, 1);
    strbuf_done(&text);
}

static void too_many_directives_are_refused_at_once(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    for (int i = 0; i < 200000; i++) {
        strbuf_addf(&text, "%%TAG !a%d! x\n", i);
    }
    assert_broken(strbuf_str(&text), T_DOC_TOO_MANY_DIRECTIVES, DOC_MAX_DIRECTIVES + 1, 1);
    strbuf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_no_yaml_is_broken_with_its_place_and_our_words),
        cmocka_unit_test(a_wrong_encoding_is_named),
        cmocka_unit_test(a_bracket_or_quote_that_stands_open_is_told_by_its_own_place),
        cmocka_unit_test(what_stood_before_the_place_is_read),
        cmocka_unit_test(nesting_has_a_limit),
        cmocka_unit_test(aliases_may_not_expand_past_the_limit_of_a_file),
        cmocka_unit_test(a_value_and_a_file_have_their_limits),
        cmocka_unit_test(too_many_directives_are_refused_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
