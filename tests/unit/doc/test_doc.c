#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/doc/doc.h"

static void assert_text(const Node *node, const char *expected)
{
    assert_non_null(node);
    assert_int_equal(node->kind, NODE_SCALAR);
    if (!str_eq(node->text, str_of(expected))) {
        fail_msg("«%.*s», not «%s»", STR_ARG(node->text), expected);
    }
}

static void assert_place(const Doc *doc, size_t byte, int line, int col)
{
    int got_line;
    int got_col;
    doc_place(doc, byte, &got_line, &got_col);
    assert_int_equal(got_line, line);
    assert_int_equal(got_col, col);
}

static void an_empty_file_has_no_root(void **state)
{
    (void)state;
    static const char *const files[] = { "", "\n\n", "# comment only\n", "\xEF\xBB\xBF" };
    for (size_t i = 0; i < COUNTOF(files); i++) {
        Doc *doc = doc_new(str_of(files[i]));
        assert_false(doc_is_broken(doc, NULL));
        assert_null(doc_root(doc));
        doc_free(doc);
    }
    doc_free(NULL);
}

static void values_are_found_by_key(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("title: План\n\"no\": '5''а'\nlist: [1, \"d\\u0436\"]\nwhen: до\n  20 августа\nempty:\n"));
    const Node *root = doc_root(doc);
    assert_text(node_get(doc, root, STR("title")), "План");
    assert_text(node_get(doc, root, STR("no")), "5'а");
    assert_text(node_get(doc, root, STR("when")), "до 20 августа");
    assert_true(node_is_null(node_get(doc, root, STR("empty"))));
    const Node *list = node_get(doc, root, STR("list"));
    assert_int_equal(list->kind, NODE_LIST);
    assert_text(list->child->next, "dж");
    assert_null(list->child->next->next);
    assert_null(node_get(doc, root, STR("missing")));
    assert_null(node_get(doc, list, STR("title")));
    assert_null(node_get(doc, NULL, STR("title")));
    doc_free(doc);
}

static void the_doc_owns_its_bytes(void **state)
{
    (void)state;
    char text[] = "a: b\n";
    Doc *doc = doc_new(str_of(text));
    text[3] = 'X';
    assert_text(node_get(doc, doc_root(doc), STR("a")), "b");
    assert_true(str_eq(doc_text(doc), STR("a: b\n")));
    doc_free(doc);
}

static void only_plain_words_are_null(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("[~, null, Null, NULL, '', \"null\", nUll, !!str null, []]"));
    int at = 0;
    for (const Node *item = doc_root(doc)->child; item != NULL; item = item->next) {
        assert_int_equal(node_is_null(item), at++ < 4);
    }
    assert_int_equal(at, 9);
    assert_true(node_is_null(NULL));
    doc_free(doc);
}

static void the_last_of_duplicate_keys_counts_and_all_are_there(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("a: 1\nb: 2\na: 3\n"));
    assert_text(node_get(doc, doc_root(doc), STR("a")), "3");
    int n_keys = 0;
    for (const Node *key = node_first_key(doc_root(doc)); key != NULL; key = node_next_key(key)) {
        n_keys++;
    }
    assert_int_equal(n_keys, 3);
    doc_free(doc);
}

static void merge_keys_stand_behind_own_keys(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("base: &b {a: 1, c: 2, d: 3}\n"
                           "more: &m {c: 4, e: 5}\n"
                           "one: {<<: *b, c: own}\n"
                           "two: {<<: [*m, *b]}\n"
                           "far: &f\n  <<: *b\n"
                           "deep: {<<: *f}\n"
                           "quoted: {\"<<\": *b}\n"
                           "wrong: {<<: text}\n"));
    const Node *root = doc_root(doc);
    const Node *one = node_get(doc, root, STR("one"));
    assert_text(node_get(doc, one, STR("a")), "1");
    assert_text(node_get(doc, one, STR("c")), "own");
    assert_null(node_own_key(doc, one, STR("a")));
    const Node *two = node_get(doc, root, STR("two"));
    assert_text(node_get(doc, two, STR("c")), "4");
    assert_text(node_get(doc, two, STR("d")), "3");
    assert_text(node_get(doc, node_get(doc, root, STR("deep")), STR("d")), "3");
    assert_null(node_get(doc, node_get(doc, root, STR("quoted")), STR("a")));
    assert_null(node_get(doc, node_get(doc, root, STR("wrong")), STR("a")));
    doc_free(doc);
}

static void an_alias_resolves_to_the_nearest_anchor_above(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("a: &x 1\nb: *x\nc: &x 2\nd: *x\n*x : key\n"));
    const Node *root = doc_root(doc);
    assert_text(node_get(doc, root, STR("b")), "1");
    assert_text(node_get(doc, root, STR("d")), "2");
    assert_text(node_get(doc, root, STR("2")), "key");
    const Node *b = node_own_key(doc, root, STR("b"))->next;
    assert_int_equal(b->kind, NODE_ALIAS);
    assert_true(str_eq(b->text, STR("x")));
    assert_null(b->child);
    assert_null(node_resolve(doc, NULL));
    doc_free(doc);
}

static void places_count_lines_from_one_and_columns_in_code_points(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("\xEF\xBB\xBF"
                           "ключ: 1\r\nb: 2\rc: 3\nd: 4"));
    assert_place(doc, 3, 1, 1);
    assert_place(doc, 3 + 8, 1, 5);
    assert_place(doc, 3 + 11, 1, 8); /* at the CR */
    assert_place(doc, 3 + 12, 1, 8); /* between CR and LF */
    assert_place(doc, 3 + 13, 2, 1);
    assert_place(doc, 3 + 18, 3, 1);
    assert_place(doc, 3 + 23, 4, 1);
    assert_place(doc, 1000, 4, 5);
    doc_free(doc);
}

/* The index of lines has an entry every 4096 bytes; a CR LF may be cut by one. */
static void places_are_right_across_the_steps_of_the_index(void **state)
{
    (void)state;
    static const char *const breaks[] = { "\n", "\r\n", "\r" };
    for (size_t kind = 0; kind < COUNTOF(breaks); kind++) {
        StrBuf text = { 0 };
        strbuf_add(&text, STR("#"));
        while (text.n_bytes < 20000) {
            strbuf_addf(&text, "# абв%s", breaks[kind]);
        }
        Doc *doc = doc_new(strbuf_str(&text));
        size_t n_break = str_of(breaks[kind]).n_bytes;
        int line = 1;
        for (size_t at = 1; at + 8 + n_break <= text.n_bytes; at += 8 + n_break) {
            int first = line == 1 ? 1 : 0;
            assert_place(doc, at, line, 1 + first);
            assert_place(doc, at + 8, line, 6 + first);
            assert_place(doc, at + 8 + n_break, line + 1, 1);
            line++;
        }
        doc_free(doc);
        strbuf_done(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_file_has_no_root),
        cmocka_unit_test(values_are_found_by_key),
        cmocka_unit_test(the_doc_owns_its_bytes),
        cmocka_unit_test(only_plain_words_are_null),
        cmocka_unit_test(the_last_of_duplicate_keys_counts_and_all_are_there),
        cmocka_unit_test(merge_keys_stand_behind_own_keys),
        cmocka_unit_test(an_alias_resolves_to_the_nearest_anchor_above),
        cmocka_unit_test(places_count_lines_from_one_and_columns_in_code_points),
        cmocka_unit_test(places_are_right_across_the_steps_of_the_index),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
