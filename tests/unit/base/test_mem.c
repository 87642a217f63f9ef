#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/mem.h"

static void new_memory_is_zeroed_and_never_nothing(void **state)
{
    (void)state;
    char *bytes = mem_new(100);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(bytes[i], 0);
    }
    bytes[99] = 'x';
    bytes = mem_resize(bytes, 200);
    assert_int_equal(bytes[99], 'x');
    free(bytes);
    void *empty = mem_new(0);
    assert_non_null(empty);
    empty = mem_resize(empty, 0);
    assert_non_null(empty);
    free(empty);
}

static void an_arena_gives_aligned_zeroed_memory(void **state)
{
    Arena arena = { 0 };
    (void)state;
    for (size_t n = 0; n < 5000; n++) {
        size_t n_bytes = n * 7 % 97;
        unsigned char *at = arena_alloc(&arena, n_bytes);
        assert_int_equal((uintptr_t)at % alignof(max_align_t), 0);
        for (size_t i = 0; i < n_bytes; i++) {
            assert_int_equal(at[i], 0);
        }
        memset(at, 0xAA, n_bytes);
    }
    arena_done(&arena);
}

/* Strings are packed without gaps; what comes after one must not be. */
static void memory_behind_a_string_is_aligned(void **state)
{
    Arena arena = { 0 };
    (void)state;
    for (size_t n = 0; n < 30000; n++) {
        Str copy = arena_copy(&arena, str_sub(STR("abcdefghijklmnop"), 0, n % 17));
        assert_int_equal(copy.n_bytes, n % 17);
        uint64_t *at = arena_alloc(&arena, sizeof *at);
        assert_int_equal((uintptr_t)at % alignof(max_align_t), 0);
        *at = UINT64_MAX;
    }
    arena_done(&arena);
}

static void copies_live_on_their_own(void **state)
{
    Arena arena = { 0 };
    char text[] = "план";
    (void)state;
    Str copy = arena_copy(&arena, str_of(text));
    Str empty = arena_copy(&arena, (Str){ 0 });
    memset(text, 'x', sizeof text - 1);
    assert_string_equal(copy.at, "план");
    assert_string_equal(empty.at, "");
    assert_int_equal(empty.n_bytes, 0);
    arena_done(&arena);
}

static void large_pieces_have_room(void **state)
{
    Arena arena = { 0 };
    (void)state;
    char *small = arena_alloc(&arena, 10);
    char *large = arena_alloc(&arena, 1000000);
    char *next = arena_alloc(&arena, 10);
    memset(small, 1, 10);
    memset(large, 2, 1000000);
    memset(next, 3, 10);
    assert_int_equal(small[9], 1);
    assert_int_equal(large[999999], 2);
    assert_true(arena_size(&arena) > 1000000);
    assert_true(arena_size(&arena) < 1200000);
    arena_done(&arena);
    assert_int_equal(arena_size(&arena), 0);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(new_memory_is_zeroed_and_never_nothing),
        cmocka_unit_test(an_arena_gives_aligned_zeroed_memory),
        cmocka_unit_test(memory_behind_a_string_is_aligned),
        cmocka_unit_test(copies_live_on_their_own),
        cmocka_unit_test(large_pieces_have_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
