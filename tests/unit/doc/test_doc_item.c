#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/doc/doc_item.h"

typedef struct ExtentCase {
    const char *text;   /* the item in question is item 1 of `events` */
    const char *extent; /* NULL: it has none */
} ExtentCase;

/* Of all items, in order and then the other way round: asked for at once they are what they are one by one. */
static void assert_same_at_once(const Doc *doc, const Node *list)
{
    enum { MAX_ITEMS = 8 };
    const Node *items[2 * MAX_ITEMS] = { 0 };
    DocExtent extents[2 * MAX_ITEMS];
    size_t n = 0;
    for (const Node *item = list->child; item != NULL && n < MAX_ITEMS; item = item->next) {
        items[n++] = item;
    }
    for (size_t i = 0; i < n; i++) {
        items[n + i] = items[n - 1 - i];
    }
    doc_item_extents(doc, items, 2 * n, extents);
    for (size_t i = 0; i < 2 * n; i++) {
        size_t from = 0;
        size_t to = 0;
        assert_int_equal(doc_item_extent(doc, items[i], &from, &to), extents[i].is_known);
        assert_true(!extents[i].is_known || (extents[i].from == from && extents[i].to == to));
    }
}

static void check_extents(const ExtentCase *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        size_t from = 0;
        size_t to = 0;
        Doc *doc = doc_new(str_of(cases[i].text));
        assert_false(doc_is_broken(doc, NULL));
        const Node *item = node_get(doc, doc_root(doc), STR("events"))->child->next;
        bool has_extent = doc_item_extent(doc, item, &from, &to);
        Str got = str_sub(doc_text(doc), from, to);
        if (has_extent != (cases[i].extent != NULL) || (has_extent && !str_eq(got, str_of(cases[i].extent)))) {
            fail_msg("of\n%s\nit is «%.*s»", cases[i].text, STR_ARG(got));
        }
        assert_same_at_once(doc, node_get(doc, doc_root(doc), STR("events")));
        doc_free(doc);
    }
}

static void the_comment_above_and_deeper_ones_below_travel_with_an_item(void **state)
{
    (void)state;
    static const ExtentCase cases[] = {
        { "events:\n- a: 1\n- a: 2\n- a: 3\n", "- a: 2\n" },
        { "events:\n- a: 1\n# two\n# lines\n- a: 2 # beside\n- a: 3\n", "# two\n# lines\n- a: 2 # beside\n" },
        { "events:\n- a: 1\n# another's\n\n# its\n- a: 2\n\n# next\n- a: 3\n", "# its\n- a: 2\n" },
        { "events:\n  - a: 1\n  # its\n  - a: 2\n    # its too\n  # not\n", "  # its\n  - a: 2\n    # its too\n" },
        { "events:\n  - a: 1\n    # of the first\n # odd\n  - a: 2\n\n    # nobody's\n", "  - a: 2\n" },
        { "events:\r\n- a: 1\r\n# its\r\n- a: 2\r\n\r\nz: 1\r\n", "# its\r\n- a: 2\r\n" },
        { "events:\n- a: 1\n- a: |+\n   x\n\n\n- a: 3\n", "- a: |+\n   x\n\n\n" },
        { "events:\n- a: |\n   # text\n- a: 2", "- a: 2" },
        { "events:\n- a: 1\n- &x {a: 2}\n- *x\n", "- &x {a: 2}\n" },
        { "events:\n- 1\n- text\n", "- text\n" },
        { "events:\n-\n  a: 1\n-\n  # in it\n  a: 2\n", "-\n  # in it\n  a: 2\n" },
    };
    check_extents(cases, COUNTOF(cases));
}

static void in_brackets_an_item_is_its_own_bytes(void **state)
{
    (void)state;
    static const ExtentCase cases[] = {
        { "events: [{a: 1}, {a: 2}, {a: 3}]\n", "{a: 2}" },
        { "events: [{a: 1},\n # c\n {a: 2,\n b: 1} # d\n]\n", "{a: 2,\n b: 1}" },
        { "events: [1, two words]\n", "two words" },
    };
    check_extents(cases, COUNTOF(cases));
}

static void what_is_no_item_of_its_own_has_no_extent(void **state)
{
    (void)state;
    static const ExtentCase cases[] = {
        { "x: &x 1\nevents:\n- a: 1\n- *x\n", NULL },
        { "events:\n- a: 1\n-\nz: 1\n", NULL },
        { "events: [a: 1, a: 2]\n", NULL },
    };
    size_t from;
    size_t to;
    check_extents(cases, COUNTOF(cases));
    Doc *doc = doc_new(STR("- - a: 1\n  - a: 2\n"));
    const Node *list = doc_root(doc)->child;
    assert_false(doc_item_extent(doc, list->child, &from, &to)); /* it shares its dash's line */
    assert_true(doc_item_extent(doc, list->child->next, &from, &to));
    assert_false(doc_item_extent(doc, doc_root(doc), &from, &to));
    doc_free(doc);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_comment_above_and_deeper_ones_below_travel_with_an_item),
        cmocka_unit_test(in_brackets_an_item_is_its_own_bytes),
        cmocka_unit_test(what_is_no_item_of_its_own_has_no_extent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
