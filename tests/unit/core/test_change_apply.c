#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/core/change.h"

/* With the square of this number a test would never end. */
enum { MANY = 100000 };

static Str numbered(Arena *arena, unsigned i)
{
    char name[16];
    (void)snprintf(name, sizeof name, "k%u", i);
    return arena_copy(arena, str_of(name));
}

/* "a=x b=y": own texts of an event, or its marks and their notes. */
static Event event_of(const char *pairs, Arena *arena)
{
    enum { ROOM = 8 };
    Mark *marks = arena_alloc(arena, ROOM * sizeof *marks);
    OwnText *own = arena_alloc(arena, ROOM * sizeof *own);
    Event event = { .marks = marks, .own = own };
    Str rest = str_of(pairs);
    while (rest.n_bytes > 0) {
        Str value = str_cut(&rest, ' ');
        Str key = str_cut(&value, '=');
        marks[event.n_marks++] = (Mark){ .at = key, .status = STATUS_DONE, .note = value };
        own[event.n_own++] = (OwnText){ key, value };
    }
    return event;
}

/* Edits like "b=z": the value of the own column, and the mark's note; "b=" takes the column away, and the mark. */
static void assert_applied(const char *before, const char *edits, const char *after)
{
    Arena arena = { 0 };
    Event event = event_of(before, &arena);
    Change change = { 0 };
    StrBuf own = { 0 };
    StrBuf marks = { 0 };
    Str rest = str_of(edits);
    while (rest.n_bytes > 0) {
        Str value = str_cut(&rest, ' ');
        Str key = str_cut(&value, '=');
        change_push(&change, (FieldEdit){ .key = key, .after = value }, &arena);
        FieldId field = value.n_bytes == 0 ? FIELD_STATUS : FIELD_NOTE;
        change_push(&change, (FieldEdit){ .field = field, .at = key, .after = value }, &arena);
    }
    change_apply(&change, &event, &arena);
    for (unsigned i = 0; i < event.n_own; i++) {
        strbuf_addf(&own, "%s%.*s=%.*s", i > 0 ? " " : "", STR_ARG(event.own[i].key), STR_ARG(event.own[i].text));
    }
    for (unsigned i = 0; i < event.n_marks; i++) {
        strbuf_addf(&marks, "%s%.*s=%.*s", i > 0 ? " " : "", STR_ARG(event.marks[i].at), STR_ARG(event.marks[i].note));
    }
    assert_string_equal(strbuf_z(&own), after);
    assert_string_equal(strbuf_z(&marks), after);
    strbuf_done(&own);
    strbuf_done(&marks);
    arena_done(&arena);
}

static void a_key_keeps_its_place_and_a_new_one_comes_last(void **state)
{
    (void)state;
    assert_applied("a=1 b=2 c=3", "b=9", "a=1 b=9 c=3");
    assert_applied("a=1", "c=3 b=2 c=4", "a=1 c=4 b=2");
}

static void what_is_taken_away_and_set_again_is_new(void **state)
{
    (void)state;
    assert_applied("a=1 b=2 c=3", "b=", "a=1 c=3");
    assert_applied("a=1 b=2 c=3", "b= b=5 a=7", "a=7 c=3 b=5");
    assert_applied("a=1", "b=2 b= c=3 b=4", "a=1 c=3 b=4");
    assert_applied("a=1 b=2", "a= b= x=", "");
}

static void of_a_key_that_stands_there_twice_both_go(void **state)
{
    (void)state;
    assert_applied("a=1 b=2 a=3", "a= b=4", "b=4");
}

/* An event with many marks and own columns, and a change of all of them, the last first. */
static Event many_of(Arena *arena, Change *change, Str note, Str own_text)
{
    Mark *marks = arena_alloc(arena, MANY * sizeof *marks);
    OwnText *own = arena_alloc(arena, MANY * sizeof *own);
    for (unsigned i = 0; i < MANY; i++) {
        Str key = numbered(arena, i);
        marks[i] = (Mark){ .at = key, .note = STR("a") };
        own[i] = (OwnText){ key, STR("a") };
    }
    for (unsigned i = MANY; i-- > 0;) {
        change_push(change, (FieldEdit){ .field = FIELD_NOTE, .at = marks[i].at, .before = STR("a"), .after = note }, arena);
        change_push(change, (FieldEdit){ .key = own[i].key, .before = STR("a"), .after = own_text }, arena);
        if (note.n_bytes == 0) {
            change_push(change, (FieldEdit){ .field = FIELD_STATUS, .at = marks[i].at, .before = STR("planned") }, arena);
        }
    }
    return (Event){ .marks = marks, .n_marks = MANY, .own = own, .n_own = MANY };
}

static void marks_and_columns_may_be_many(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Change change = { 0 };
    Event event = many_of(&arena, &change, STR("b"), STR("c"));
    assert_true(change_fits(&change, &event, NULL));
    change_apply(&change, &event, &arena);
    assert_int_equal(event.n_marks, MANY);
    assert_true(str_eq(event.marks[MANY - 1].note, STR("b")));
    assert_true(str_eq(event.own[0].text, STR("c")));
    arena_done(&arena);
}

static void many_of_them_may_go(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Change change = { 0 };
    Event event = many_of(&arena, &change, (Str){ 0 }, (Str){ 0 });
    assert_true(change_fits(&change, &event, NULL));
    change_apply(&change, &event, &arena);
    assert_int_equal(event.n_marks, 0);
    assert_int_equal(event.n_own, 0);
    arena_done(&arena);
}

static void own_columns_are_equal_in_any_order_however_many(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Change change = { 0 };
    Event a = many_of(&arena, &change, STR("b"), STR("c"));
    OwnText *turned = arena_alloc(&arena, MANY * sizeof *turned);
    for (unsigned i = 0; i < MANY; i++) {
        turned[i] = a.own[MANY - 1 - i];
    }
    Event b = a;
    b.own = turned;
    assert_true(event_eq(&a, &b));
    turned[7].text = STR("x");
    assert_false(event_eq(&a, &b));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_keeps_its_place_and_a_new_one_comes_last),
        cmocka_unit_test(what_is_taken_away_and_set_again_is_new),
        cmocka_unit_test(of_a_key_that_stands_there_twice_both_go),
        cmocka_unit_test(marks_and_columns_may_be_many),
        cmocka_unit_test(many_of_them_may_go),
        cmocka_unit_test(own_columns_are_equal_in_any_order_however_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
