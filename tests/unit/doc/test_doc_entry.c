#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../support/same.h"
#include "vekha/doc/doc_entry.h"

/* The item of that index in the list under `events`. */
static const Node *item_at(const Doc *doc, size_t index)
{
    const Node *item = node_get(doc, doc_root(doc), STR("events"))->child;
    for (; index > 0; index--) {
        item = item->next;
    }
    return item;
}

typedef struct SpanCase {
    const char *text;  /* the entry in question is item 1 of `events` */
    const char *entry; /* NULL: it cannot be read alone */
} SpanCase;

static void check_spans(const SpanCase *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        Doc *doc = doc_new(str_of(cases[i].text));
        assert_false(doc_is_broken(doc, NULL));
        const Node *map = item_at(doc, 1);
        DocEntry *entry = doc_entry_new(doc, map);
        if ((entry != NULL) != (cases[i].entry != NULL) ||
            (entry != NULL && !str_eq(doc_entry_text(entry), str_of(cases[i].entry)))) {
            fail_msg("of\n%s\nit is «%.*s»", cases[i].text, STR_ARG(entry != NULL ? doc_entry_text(entry) : (Str){ 0 }));
        }
        if (entry != NULL) {
            assert_int_equal(doc_entry_map(entry)->start + doc_entry_from(entry), map->start);
        }
        doc_entry_free(entry);
        doc_free(doc);
    }
}

static void an_entry_is_its_lines_in_a_block_and_its_braces_in_brackets(void **state)
{
    (void)state;
    static const SpanCase cases[] = {
        { "events:\n- a: 1\n- a: 2\n- a: 3\n", "- a: 2\n" },
        { "events:\n  - a: 1\n\n  # above\n  - a: 2 # beside\n    b:\n\n  # below\n", "  - a: 2 # beside\n    b:\n" },
        { "events:\r\n- a: 1\r\n- a: 2\r\nz: 1\r\n", "- a: 2\r\n" },
        { "events:\n- a: 1\n-\n  # inside\n  a: 2\nz: 1\n", "-\n  # inside\n  a: 2\n" },
        { "events:\n- a: 1\n- a: |\n   x\n\n\n- a: 3\n", "- a: |\n   x\n" },
        { "events:\n- a: 1\n- a: |+\n   x\n\n\n- a: 3\n", "- a: |+\n   x\n\n\n" },
        { "events:\n- a: 1\n- ? a\n  : 2\n", "- ? a\n  : 2\n" },
        { "events:\n- a: 1\n- a: \"x\n\n y\"\n", "- a: \"x\n\n y\"\n" },
        { "events:\n- a: 1\n- {a: 2,\n   b: [1]} # c\n", "- {a: 2,\n   b: [1]} # c\n" },
        { "events: [{a: 1}, {a: 2}, {a: 3}]", "{a: 2}" },
        { "{\"events\":[{\"a\":1},{\"a\":\n2}]}", "{\"a\":\n2}" },
        { "events:\n- a: 1\n- <<: {b: 1}\n  a: 2\n", "- <<: {b: 1}\n  a: 2\n" },
        { "x: &x 1\nevents:\n- a: *x\n- a: 2\n", "- a: 2\n" },
    };
    check_spans(cases, COUNTOF(cases));
}

static void an_entry_whose_meaning_or_lines_are_others_too_is_none(void **state)
{
    (void)state;
    static const SpanCase cases[] = {
        { "events:\n- a: 1\n- &x\n  a: 2\n", NULL },
        { "events:\n- a: 1\n- a: &x 2\n", NULL },
        { "x: &x 1\nevents:\n- a: 1\n- a: *x\n", NULL },
        { "x: &x {a: 1}\nevents:\n- a: 1\n- <<: *x\n", NULL },
        { "events:\n- a: 1\n- a: !!str 2\n", NULL },
        { "events: &e\n- a: 1\n- a: 2\nz: *e\n", NULL },
        { "events:\n- a: 1\n- a: {\n\tb: 2}\n", NULL },
        { "events:\n- a: 1\n- a: 2 # \xC2\x85\n", NULL },
        { "events:\n- a: 1\n- a: 2\n\xEF\xBB\xBF b: 3\n", NULL },
        { "events:\n- a: 1\n- a: 2\n# \xE2\x80\xA8\nz: 1\n", NULL },
        { "events: [a: 1, a: 2]\n", NULL },
        { "events:\n- a: 1\n- a: 2", NULL },
        { "? z\n: 1\n? events\n: - a: 1\n  - a: 2", NULL },
        { "events:\n- a: 1\n- just a text\n", NULL },
    };
    check_spans(cases, COUNTOF(cases));
    Doc *doc = doc_new(STR("events:\n- - a: 1\n  - a: 2\n"));
    DocEntry *own = doc_entry_new(doc, item_at(doc, 0)->child->next);
    assert_null(doc_entry_new(doc, item_at(doc, 0)->child)); /* two dashes on its line */
    assert_non_null(own);                                    /* a line of its own */
    assert_null(doc_entry_new(doc, doc_root(doc)));          /* no item of a list */
    doc_entry_free(own);
    doc_free(doc);
}

/* Sets a key of item 1, puts the entry, and compares with what is read anew. */
static void check_set(const char *before, const char *after, DocEdit edit)
{
    Doc *doc = doc_new(str_of(before));
    DocEntry *entry = doc_entry_new(doc, item_at(doc, 1));
    assert_non_null(entry);
    edit.map = doc_entry_map(entry);
    assert_true(doc_entry_edit(entry, &edit, 1, NULL));
    assert_true(str_eq(doc_entry_compose(doc, entry), str_of(after)));
    doc_entry_put(doc, entry);
    Doc *anew = doc_new(str_of(after));
    assert_true(same_doc(doc, anew));
    doc_free(anew);
    doc_entry_free(entry);
    doc_free(doc);
}

static void what_stands_behind_a_new_entry_moves(void **state)
{
    (void)state;
    DocEdit set = { .kind = DOC_SET, .key = STR("a"), .value = STR("два, три") };
    DocEdit add = { .kind = DOC_SET, .key = STR("b"), .value = STR("x") };
    DocEdit gone = { .kind = DOC_REMOVE, .key = STR("b") };
    check_set("events:\n- a: 1\n- a: 2\n- a: &x 3\nz: *x\n", "events:\n- a: 1\n- a: два, три\n- a: &x 3\nz: *x\n", set);
    check_set("events:\n- a: 1\n- a: 2\n\nz:\n  - y\n", "events:\n- a: 1\n- a: 2\n  b: x\n\nz:\n  - y\n", add);
    check_set("events:\n- a: 1\n- a: 2\n  b: 3\n", "events:\n- a: 1\n- a: 2\n", gone);
    check_set("{events: [{a: 1}, {a: 2}, [x, {y: }]], z: 1}\n", "{events: [{a: 1}, {a: \"два, три\"}, [x, {y: }]], z: 1}\n", set);
}

static void check_same_as_anew(const Doc *doc, const char *text)
{
    Doc *anew = doc_new(str_of(text));
    assert_true(same_doc(doc, anew));
    doc_free(anew);
}

typedef struct RunCase {
    const char *before, *after;
    size_t first, n_items; /* of the run */
    int gone;              /* which of them is deleted; -1: none */
    int behind;            /* which one the new item comes behind; -1: it comes in front; -2: there is none */
    const char *bytes;     /* of the new item; NULL: {a: 9} */
    size_t n_new;
} RunCase;

static const Node *item_of_run(const DocEntry *entry, int index)
{
    const Node *item = doc_entry_map(entry);
    for (; index > 0; index--) {
        item = item->next;
    }
    return index < 0 ? NULL : item;
}

static bool edit_run(DocEntry *entry, const RunCase *test)
{
    static const DocPair pair = { .key = STR_INIT("a"), .value = STR_INIT("9"), .is_plain = true };
    DocEdit edits[2];
    size_t n_edits = 0;
    if (test->gone >= 0) {
        edits[n_edits++] = (DocEdit){ .kind = DOC_DELETE, .map = item_of_run(entry, test->gone) };
    }
    if (test->behind >= -1) {
        DocEdit insert = { .kind = DOC_INSERT, .map = doc_entry_list(entry), .pairs = &pair, .n_pairs = 1 };
        insert.bytes = str_of(test->bytes);
        insert.item = item_of_run(entry, test->behind);
        edits[n_edits++] = insert;
    }
    return doc_entry_edit(entry, edits, n_edits, NULL);
}

/* The run again, of the new items: its old bytes make the old file. */
static void check_undo(Doc *doc, const DocEntry *entry, Str old, const char *before)
{
    size_t n_items;
    const Node *items = doc_entry_put_items(entry, &n_items);
    DocEntry *back = doc_entry_new_run(doc, items, n_items);
    assert_non_null(back);
    assert_true(doc_entry_widen(back, doc_entry_new_text(entry)));
    assert_true(doc_entry_replace(back, old));
    doc_entry_put(doc, back);
    check_same_as_anew(doc, before);
    doc_entry_free(back);
}

static void run_items(const RunCase *test)
{
    Doc *doc = doc_new(str_of(test->before));
    DocEntry *entry = doc_entry_new_run(doc, item_at(doc, test->first), test->n_items);
    StrBuf old = { 0 };
    size_t n_items;
    assert_non_null(entry);
    assert_true(edit_run(entry, test));
    strbuf_add(&old, doc_entry_text(entry));
    if (!str_eq(doc_entry_compose(doc, entry), str_of(test->after))) {
        fail_msg("got:\n%.*s\nnot:\n%s", STR_ARG(doc_entry_compose(doc, entry)), test->after);
    }
    doc_entry_put(doc, entry);
    check_same_as_anew(doc, test->after);
    assert_ptr_equal(doc_entry_put_items(entry, &n_items), item_at(doc, test->first));
    assert_int_equal(n_items, test->n_new);
    assert_int_equal(doc_entry_n_new(entry), test->n_new);
    check_undo(doc, entry, strbuf_str(&old), test->before);
    strbuf_done(&old);
    doc_entry_free(entry);
    doc_free(doc);
}

static void items_come_and_go_in_a_run_of_neighbours(void **state)
{
    (void)state;
    static const char three[] = "events:\n- a: 1\n\n# 2\n- a: 2\n\n- a: 3\nz: [y]\n";
    static const RunCase cases[] = {
        { three, "events:\n- a: 1\n\n# 2\n- a: 2\n\n- a: 9\n\n- a: 3\nz: [y]\n", 1, 1, -1, 0, NULL, 2 },
        { three, "events:\n- a: 1\n\n# 2\n- a: 2\n\n- a: 3\n\n- a: 9\nz: [y]\n", 2, 1, -1, 0, NULL, 2 },
        { three, "events:\n- a: 9\n\n- a: 1\n\n# 2\n- a: 2\n\n- a: 3\nz: [y]\n", 0, 1, -1, -1, NULL, 2 },
        { three, "events:\n- a: 1\n\n- a: 3\nz: [y]\n", 1, 2, 0, -2, NULL, 1 },
        { three, "events:\n- a: 1\n\n- a: 3\nz: [y]\n", 0, 2, 1, -2, NULL, 1 },
        { three, "events:\n- a: 1\n\n# 2\n- a: 2\nz: [y]\n", 1, 2, 1, -2, NULL, 1 },
        { three, "events:\n# 2\n- a: 2\n\n- a: 3\nz: [y]\n", 0, 2, 0, -2, NULL, 1 },
        { three, "events:\n# 2\n- a: 2\n\n- a: 1\n\n- a: 3\nz: [y]\n", 0, 2, 0, 1, "- a: 1\n", 2 },
        { three, "events:\n- a: 1\n\n- a: 3\n\n# 2\n- a: 2\nz: [y]\n", 1, 2, 0, 1, "# 2\n- a: 2\n", 2 },
        { "events:\n- a: 1\n- a: 2", "events:\n- a: 1\n- a: 9\n- a: 2", 0, 1, -1, 0, NULL, 2 },
        { "events: &e\n- a: 1\n- text\n", "events: &e\n- a: 9\n- text\n", 0, 2, 0, -1, NULL, 2 },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        run_items(&cases[i]);
    }
}

static void what_depends_on_items_outside_of_a_run_is_refused_there(void **state)
{
    (void)state;
    static const char three[] = "events:\n- a: 1\n\n- a: 2\n\n- a: 3\n";
    static const RunCase cases[] = {
        { three, NULL, 1, 1, -1, -1, NULL, 0 }, /* in front, of what is not the first */
        { three, NULL, 2, 1, 0, 0, NULL, 0 },   /* the blank line above the last one */
        { three, NULL, 1, 1, 0, -2, NULL, 0 },  /* nothing would be left */
        { three, NULL, 1, 1, 1, -2, NULL, 0 },  /* no item of the run */
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Doc *doc = doc_new(str_of(cases[i].before));
        DocEntry *entry = doc_entry_new_run(doc, item_at(doc, cases[i].first), cases[i].n_items);
        assert_non_null(entry);
        assert_false(edit_run(entry, &cases[i]));
        doc_entry_free(entry);
        doc_free(doc);
    }
}

static void a_run_is_of_neighbours_in_a_block_that_can_be_read_alone(void **state)
{
    (void)state;
    static const char *const none[] = {
        "events:\n- a: 1\n- a: 2",
        "events: [{a: 1}, {a: 2}]\n",
        "x: &x 1\nevents:\n- a: 1\n- *x\n",
        "events:\n- a: 1\n- &x {a: 2}\n",
        "events:\n- a: 1\n-\nz: 1\n",
        "events: &e\n- a: 1\n- a: 2\nz: *e\n",
        "events:\n- a: 1\n- a: \"2\n\t3\"\n",
        "events:\n- a: 1\n",
    };
    for (size_t i = 0; i < COUNTOF(none); i++) {
        Doc *doc = doc_new(str_of(none[i]));
        assert_null(doc_entry_new_run(doc, item_at(doc, 0), 2));
        doc_free(doc);
    }
}

static void an_item_moves_far_away_between_two_runs(void **state)
{
    (void)state;
    static const char before[] = "events:\n- a: 1\n- a: 2\n- a: 3\n- a: &x 4\nmore:\n  - b: 5\n\n  - b: 6\nz: *x\n";
    static const char after[] = "events:\n- a: 1\n- a: 3\n- a: &x 4\nmore:\n  - b: 5\n\n  - a: 2\n\n  - b: 6\nz: *x\n";
    Doc *doc = doc_new(str_of(before));
    const Node *there = node_get(doc, doc_root(doc), STR("more"))->child;
    const Node *behind = there->next;
    DocEntry *entries[] = { doc_entry_new_run(doc, item_at(doc, 1), 2), doc_entry_new_run(doc, there, 1) };
    DocEdit gone = { .kind = DOC_DELETE, .map = doc_entry_map(entries[0]) };
    DocEdit more = { .kind = DOC_INSERT, .map = doc_entry_list(entries[1]), .item = doc_entry_map(entries[1]) };
    more.bytes = STR("- a: 2\n");
    assert_true(doc_entry_edit(entries[0], &gone, 1, NULL) && doc_entry_edit(entries[1], &more, 1, NULL));
    assert_true(str_eq(doc_entry_compose_all(doc, entries, 2), str_of(after)));
    doc_entry_put_all(doc, entries, 2);
    check_same_as_anew(doc, after);
    assert_ptr_equal(there->next->next, behind);
    doc_entry_free(entries[0]);
    doc_entry_free(entries[1]);
    doc_free(doc);
}

static void a_run_begins_with_comments_indented_as_its_dash_or_with_it(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("events:\n  - a: |\n      x\n  - a: 2\n"));
    DocEntry *entry = doc_entry_new_run(doc, item_at(doc, 1), 1);
    assert_non_null(entry);
    assert_false(doc_entry_replace(entry, STR("      # the text above would take it\n  - a: 2\n")));
    assert_false(doc_entry_replace(entry, STR("\n  - a: 2\n")));
    assert_false(doc_entry_replace(entry, STR("--- \n  - a: 2\n")));
    assert_true(doc_entry_replace(entry, STR("  # c\n  - a: 2\n\n  - a: 3\n")));
    doc_entry_free(entry);
    doc_free(doc);
}

static void texts_of_other_entries_stay_where_they_are(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("events:\n- a: раз\n- a: два\n- a: три\n"));
    Str first = item_at(doc, 0)->child->next->text;
    const Node *third = item_at(doc, 2);
    Str third_text = third->child->next->text;
    for (int i = 0; i < 3; i++) {
        DocEntry *entry = doc_entry_new(doc, item_at(doc, 1));
        assert_true(doc_entry_replace(entry, i % 2 == 0 ? STR("- a: четыре\n  b: 5\n") : STR("- a: два\n")));
        doc_entry_put(doc, entry);
        doc_entry_free(entry);
    }
    assert_true(str_eq(first, STR("раз")) && str_eq(third_text, STR("три")));
    assert_ptr_equal(item_at(doc, 2), third);
    assert_ptr_equal(third->child->next->text.at, third_text.at);
    doc_free(doc);
}

static void a_comment_below_is_not_drawn_into_a_new_text(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("events:\n- a: 1\n- a: |\n    x\n      y\n   # note\n     # deep\n"));
    DocEntry *entry = doc_entry_new(doc, item_at(doc, 1));
    assert_non_null(entry);
    assert_false(doc_entry_replace(entry, STR("- a: |\n   x\n"))); /* the note would be its second line */
    assert_true(doc_entry_replace(entry, STR("- a: 2\n")));
    doc_entry_free(entry);
    doc_free(doc);
}

static void bytes_that_are_not_one_entry_at_its_place_are_not_taken(void **state)
{
    (void)state;
    static const char *const wrong[] = { "- a: 2",    "- a: 2\n- a: 3\n", "  - a: 2\n",     "- &x {a: 2}\n",
                                         "- a: *x\n", "- a: \"2\n",       "- text\n",       "\n",
                                         "",          "a: 2\n",           "- a: 2\nz: 1\n", "- a: {\n\tb: 1}\n" };
    Doc *doc = doc_new(STR("x: &x 1\nevents:\n- a: 1\n- a: 2\n- a: 3\n"));
    DocEntry *entry = doc_entry_new(doc, item_at(doc, 1));
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        if (doc_entry_replace(entry, str_of(wrong[i]))) {
            fail_msg("taken: «%s»", wrong[i]);
        }
    }
    assert_true(doc_entry_replace(entry, STR("- {a: 4}\n")));
    doc_entry_free(entry);
    doc_free(doc);
}

/* Its end is one of the map's as well, whose value comes behind it, though nothing is there. */
static void an_entry_in_the_key_of_a_map_is_none(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("?\n- a: 1\n- b:\n  - c: 2\n"));
    assert_false(doc_is_broken(doc, NULL));
    const Node *second = doc_root(doc)->child->child->next;
    assert_null(doc_entry_new(doc, second));
    assert_null(doc_entry_new_run(doc, second, 1));
    assert_null(doc_entry_new(doc, second->child->next->child));
    doc_free(doc);
}

static void an_entry_may_not_nest_deeper_than_the_file_allows(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    StrBuf deep = { 0 };
    strbuf_add(&text, STR("events:\n- a: 1\n- a: 2\n"));
    strbuf_add(&deep, STR("- a: "));
    strbuf_add_chars(&deep, '[', DOC_MAX_LEVELS - 2);
    strbuf_add_chars(&deep, ']', DOC_MAX_LEVELS - 2);
    strbuf_add_char(&deep, '\n');
    Doc *doc = doc_new(strbuf_str(&text));
    DocEntry *entry = doc_entry_new(doc, item_at(doc, 1));
    assert_false(doc_entry_replace(entry, strbuf_str(&deep))); /* 64 levels alone, 65 in the file */
    strbuf_splice(&deep, 5, 6, (Str){ 0 });
    strbuf_splice(&deep, deep.n_bytes - 2, deep.n_bytes - 1, (Str){ 0 });
    assert_true(doc_entry_replace(entry, strbuf_str(&deep)));
    doc_entry_free(entry);
    doc_free(doc);
    strbuf_done(&text);
    strbuf_done(&deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_its_lines_in_a_block_and_its_braces_in_brackets),
        cmocka_unit_test(an_entry_whose_meaning_or_lines_are_others_too_is_none),
        cmocka_unit_test(what_stands_behind_a_new_entry_moves),
        cmocka_unit_test(items_come_and_go_in_a_run_of_neighbours),
        cmocka_unit_test(what_depends_on_items_outside_of_a_run_is_refused_there),
        cmocka_unit_test(a_run_is_of_neighbours_in_a_block_that_can_be_read_alone),
        cmocka_unit_test(an_item_moves_far_away_between_two_runs),
        cmocka_unit_test(a_run_begins_with_comments_indented_as_its_dash_or_with_it),
        cmocka_unit_test(texts_of_other_entries_stay_where_they_are),
        cmocka_unit_test(a_comment_below_is_not_drawn_into_a_new_text),
        cmocka_unit_test(bytes_that_are_not_one_entry_at_its_place_are_not_taken),
        cmocka_unit_test(an_entry_in_the_key_of_a_map_is_none),
        cmocka_unit_test(an_entry_may_not_nest_deeper_than_the_file_allows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
