#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/base/vec.h"

typedef struct Pair {
    int a, b;
} Pair;

typedef VEC(Pair) PairVec;

static void pushing_keeps_all_that_was_there(void **state)
{
    PairVec pairs = { 0 };
    (void)state;
    for (int i = 0; i < 1000; i++) {
        vec_push(&pairs, (Pair){ i, -i });
    }
    assert_int_equal(pairs.n, 1000);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(pairs.at[i].a, i);
        assert_int_equal(pairs.at[i].b, -i);
    }
    vec_done(&pairs);
}

static void reserved_room_is_not_moved(void **state)
{
    PairVec pairs = { 0 };
    (void)state;
    vec_reserve(&pairs, 500);
    assert_true(pairs.n_alloc >= 500);
    const Pair *before = pairs.at;
    for (int i = 0; i < 500; i++) {
        vec_push(&pairs, (Pair){ 0 });
    }
    assert_ptr_equal(pairs.at, before);
    vec_done(&pairs);
}

static void clearing_keeps_the_memory_and_done_gives_it_back(void **state)
{
    PairVec pairs = { 0 };
    (void)state;
    vec_push(&pairs, (Pair){ 1, 2 });
    vec_clear(&pairs);
    assert_int_equal(pairs.n, 0);
    assert_non_null(pairs.at);
    vec_done(&pairs);
    assert_null(pairs.at);
    assert_int_equal(pairs.n_alloc, 0);
    vec_done(&pairs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pushing_keeps_all_that_was_there),
        cmocka_unit_test(reserved_room_is_not_moved),
        cmocka_unit_test(clearing_keeps_the_memory_and_done_gives_it_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
