#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/doc/doc.h"

static void add_spans(StrBuf *out, const Doc *doc, const Node *node)
{
    for (; node != NULL; node = node->next) {
        const char *brackets = node->kind == NODE_MAP     ? "{}"
                               : node->kind == NODE_LIST  ? "[]"
                               : node->kind == NODE_ALIAS ? "**"
                                                          : "<>";
        size_t body = node->kind == NODE_ALIAS ? node->start : node->body;
        strbuf_add_char(out, brackets[0]);
        strbuf_add(out, str_sub(doc_text(doc), node->start, body));
        if (body > node->start) {
            strbuf_add_char(out, '^');
        }
        strbuf_add(out, str_sub(doc_text(doc), body, node->end));
        strbuf_add_char(out, brackets[1]);
        add_spans(out, doc, node->child);
    }
}

/* Each node as the text of its span: <scalar> {map} [list] *alias*, ^ behind its properties. */
static void assert_spans(const char *text, const char *expected)
{
    StrBuf got = { 0 };
    Doc *doc = doc_new(str_of(text));
    assert_false(doc_is_broken(doc, NULL));
    add_spans(&got, doc, doc_root(doc));
    assert_string_equal(strbuf_z(&got), expected);
    strbuf_done(&got);
    doc_free(doc);
}

static void spans_are_bytes_not_code_points(void **state)
{
    (void)state;
    assert_spans("ключ: жж\nb: é", "{ключ: жж\nb: é}<ключ><жж><b><é>");
    assert_spans("\xEF\xBB\xBFключ: ж\r\nb: é\r\n", "{ключ: ж\r\nb: é}<ключ><ж><b><é>");
    assert_spans("a: 漢字🙂 x 漢字🙂 y 漢字🙂\nb: 1",
                 "{a: 漢字🙂 x 漢字🙂 y 漢字🙂\nb: 1}<a><漢字🙂 x 漢字🙂 y 漢字🙂><b><1>");
}

static void blocks_end_with_their_last_content(void **state)
{
    (void)state;
    assert_spans("a:\n  - b: 1 # one\n\n  # two\nc: 2\n# three\n",
                 "{a:\n  - b: 1 # one\n\n  # two\nc: 2}<a>[- b: 1]{b: 1}<b><1><c><2>");
    assert_spans("- - x\n\n- y\n", "[- - x\n\n- y][- x]<x><y>");
}

static void flow_collections_end_with_their_bracket(void **state)
{
    (void)state;
    assert_spans("a: [1, {b: 2} , ] # c\n", "{a: [1, {b: 2} , ]}<a>[[1, {b: 2} , ]]<1>{{b: 2}}<b><2>");
    assert_spans("[a: 1 , b]", "[[a: 1 , b]]{a: 1}<a><1><b>");
}

static void empty_values_stand_behind_their_colon(void **state)
{
    (void)state;
    assert_spans("a:  # c\nb:\n", "{a:  # c\nb:}<a><><b><>");
    Doc *doc = doc_new(STR("{a:  , b , \"c\": }\n"));
    static const uint32_t places[] = { 3, 8, 15 };
    size_t at = 0;
    for (const Node *key = node_first_key(doc_root(doc)); key != NULL; key = node_next_key(key)) {
        assert_int_equal(key->next->start, places[at++]);
    }
    assert_int_equal(at, 3);
    doc_free(doc);
    doc = doc_new(STR("? a\n# c\n? b\n"));
    assert_int_equal(doc_root(doc)->child->next->start, 3);
    doc_free(doc);
}

static void properties_stand_before_the_body(void **state)
{
    (void)state;
    assert_spans("a: &x !t y\n", "{a: &x !t y}<a><&x !t ^y>");
    assert_spans("a: !<x> \"b\"\n", "{a: !<x> \"b\"}<a><!<x> ^\"b\">");
    assert_spans("a: &x\n  b: 1\nc: *x\n", "{a: &x\n  b: 1\nc: *x}<a>{&x\n  ^b: 1}<b><1><c>**x*");
    assert_spans("a: &x\nb: !!str\n", "{a: &x\nb: !!str}<a><&x^><b><!!str^>");
    assert_spans("&m\n&k a: !t\n  !u b: 1\n", "{&m\n^&k a: !t\n  !u b: 1}<&k ^a>{!t\n  ^!u b: 1}<!u ^b><1>");
    assert_spans("a: &x [b]\n", "{a: &x [b]}<a>[&x ^[b]]<b>");
}

static void block_scalars_end_before_the_blank_lines_that_they_do_not_keep(void **state)
{
    (void)state;
    assert_spans("a: |\n  x\n   y\n\n\n# c\nb: 1\n", "{a: |\n  x\n   y\n\n\n# c\nb: 1}<a><|\n  x\n   y><b><1>");
    assert_spans("a: |\r\n  x\r\n\r\nb: 1\r\n", "{a: |\r\n  x\r\n\r\nb: 1}<a><|\r\n  x><b><1>");
    assert_spans("a: >-\n  x\n    \n \nb: 1\n", "{a: >-\n  x\n    \n \nb: 1}<a><>-\n  x\n    ><b><1>");
    assert_spans("a: |+\n  x\n\nb: 1\n", "{a: |+\n  x\n\nb: 1}<a><|+\n  x\n\n><b><1>");
    assert_spans("a: |\n\nb: 1\n", "{a: |\n\nb: 1}<a><|><b><1>");
    assert_spans("a: |\n  x", "{a: |\n  x}<a><|\n  x>");
    assert_spans("a: |1\n\n   \nb: 1\n", "{a: |1\n\n   \nb: 1}<a><|1\n\n   ><b><1>");
    assert_spans("a: |-2\n    x\n   \n\nb: 1\n", "{a: |-2\n    x\n   \n\nb: 1}<a><|-2\n    x\n   ><b><1>");
    assert_spans("a: | # 1\n\n   \nb: 1\n", "{a: | # 1\n\n   \nb: 1}<a><| # 1><b><1>");
}

static void a_comment_ends_where_libyaml_ends_it(void **state)
{
    (void)state;
    assert_spans("!t\n#\xC2\x85k: v\n", "{!t\n#\xC2\x85^k: v}<k><v>");
    assert_spans("a: !t # \u2028 x\n", "{a: !t # \u2028 x}<a><!t # \u2028 ^x>");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(spans_are_bytes_not_code_points),
        cmocka_unit_test(blocks_end_with_their_last_content),
        cmocka_unit_test(flow_collections_end_with_their_bracket),
        cmocka_unit_test(empty_values_stand_behind_their_colon),
        cmocka_unit_test(properties_stand_before_the_body),
        cmocka_unit_test(block_scalars_end_before_the_blank_lines_that_they_do_not_keep),
        cmocka_unit_test(a_comment_ends_where_libyaml_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
