#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "vekha/base/key_tree.h"

typedef struct Record {
    Str key;
    int value;
} Record;

static void a_record_is_found_by_its_key(void **state)
{
    (void)state;
    KeyTree tree = { 0 };
    Record *one = key_tree_put(&tree, STR("б"), sizeof *one);
    assert_int_equal(one->value, 0);
    one->value = 5;
    assert_ptr_equal(key_tree_put(&tree, STR("б"), sizeof *one), one);
    assert_ptr_equal(key_tree_find(&tree, STR("б")), one);
    assert_null(key_tree_find(&tree, STR("")));
    assert_null(key_tree_find(&tree, STR("ба")));
    key_tree_done(&tree);
    assert_null(key_tree_find(&tree, STR("б")));
}

static void keys_in_order_are_found_as_fast_as_others(void **state)
{
    (void)state;
    enum { MANY = 200000 }; /* in a tree that is a list, each would take time for all the others */
    static char names[MANY][8];
    KeyTree tree = { 0 };
    for (int i = 0; i < MANY; i++) {
        (void)snprintf(names[i], sizeof names[i], "%07d", i);
        Record *record = key_tree_put(&tree, str_of(names[i]), sizeof *record);
        record->value = i;
    }
    for (int i = 0; i < MANY; i++) {
        const Record *record = key_tree_find(&tree, str_of(names[i]));
        assert_int_equal(record->value, i);
    }
    key_tree_done(&tree);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_record_is_found_by_its_key),
        cmocka_unit_test(keys_in_order_are_found_as_fast_as_others),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
