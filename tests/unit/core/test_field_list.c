#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/field_list.h"

static Arena arena;

static int set_up(void **state)
{
    (void)state;
    arena = (Arena){ 0 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* Texts that would end an item, or a value, if they stood there as they are. */
static const Str hostile[] = {
    STR_INIT(""),           STR_INIT("март"), STR_INIT("\t"),         STR_INIT("\n"),
    STR_INIT("\\"),         STR_INIT("\\t"),  STR_INIT("\\\\n"),      STR_INIT("\\\n"),
    STR_INIT("а\tб\nв\\г"), STR_INIT("\n\n"), STR_INIT("конец\\"),    STR_INIT("\xff\xfe\x80"),
    STR_INIT("a\0b"),       STR_INIT("\r\n"), STR_INIT("2022-03-29"), STR_INIT(" пробелы  "),
};

static void earlier_deadlines_are_read_as_they_were_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(hostile); i++) {
        Str last = hostile[COUNTOF(hostile) - 1 - i];
        const Was was[] = {
            { .when = hostile[i], .dates = last, .on = i % 2 == 0 ? day_at("2022-03-29") : 0, .by = last, .reason = hostile[i] },
            { .when = last, .by = hostile[i] },
            { .reason = last },
        };
        StrBuf text = { 0 };
        const Was *read;
        unsigned n;
        was_add(&text, was, COUNTOF(was));
        assert_true(was_parse(strbuf_str(&text), &arena, &read, &n));
        strbuf_done(&text); /* what was read needs the text no longer */
        assert_int_equal(n, COUNTOF(was));
        for (unsigned k = 0; k < n; k++) {
            assert_true(str_eq(read[k].when, was[k].when) && str_eq(read[k].dates, was[k].dates));
            assert_true(str_eq(read[k].by, was[k].by) && str_eq(read[k].reason, was[k].reason));
            assert_int_equal(read[k].on, was[k].on);
        }
    }
}

static void conflicts_are_read_as_they_were_written(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(hostile); i++) {
        Str last = hostile[COUNTOF(hostile) - 1 - i];
        const Conflict conflicts[] = { { hostile[i], last, hostile[i] }, { last, hostile[i], last } };
        StrBuf text = { 0 };
        const Conflict *read;
        unsigned n;
        conflict_add(&text, conflicts, COUNTOF(conflicts));
        assert_true(conflict_parse(strbuf_str(&text), &arena, &read, &n));
        strbuf_done(&text);
        assert_int_equal(n, COUNTOF(conflicts));
        for (unsigned k = 0; k < n; k++) {
            assert_true(str_eq(read[k].field, conflicts[k].field) && str_eq(read[k].base, conflicts[k].base));
            assert_true(str_eq(read[k].theirs, conflicts[k].theirs));
        }
    }
}

static void a_list_is_a_line_an_item_with_tabs_between_values(void **state)
{
    (void)state;
    const Was was[] = { { .when = STR("март"), .on = day_at("2022-03-29"), .by = STR("Ия") }, { .when = STR("а\tб") } };
    const Conflict conflict = { STR("title"), STR("Раз\nДва"), STR("\\") };
    StrBuf text = { 0 };
    was_add(&text, was, COUNTOF(was));
    assert_string_equal(strbuf_z(&text), "март\t\t2022-03-29\tИя\t\nа\\tб\t\t\t\t");
    strbuf_clear(&text);
    conflict_add(&text, &conflict, 1);
    assert_string_equal(strbuf_z(&text), "title\tРаз\\nДва\t\\\\");
    strbuf_done(&text);
}

static void an_empty_text_is_an_empty_list(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    const Was *was;
    const Conflict *conflicts;
    unsigned n = 9;
    was_add(&text, NULL, 0);
    conflict_add(&text, NULL, 0);
    assert_int_equal(text.n_bytes, 0);
    assert_true(was_parse((Str){ 0 }, &arena, &was, &n));
    assert_int_equal(n, 0);
    n = 9;
    assert_true(conflict_parse((Str){ 0 }, &arena, &conflicts, &n));
    assert_int_equal(n, 0);
    strbuf_done(&text);
}

static void a_text_that_is_no_list_is_refused(void **state)
{
    (void)state;
    static const Str no_was[] = {
        STR_INIT("март"),
        STR_INIT("март\t\t\t"),
        STR_INIT("март\t\t\t\t\t"),
        STR_INIT("март\t\tвчера\t\t"),
        STR_INIT("март\t\t2022-02-30\t\t"),
        STR_INIT("март\t\t\t\t\n"),
        STR_INIT("\n"),
        STR_INIT("ма\\рт\t\t\t\t"),
        STR_INIT("март\t\t\t\tконец\\"),
        STR_INIT("март\\\t\t\t\t"),
        STR_INIT("март\t\t\t\t\nапрель"),
    };
    static const Str no_conflict[] = { STR_INIT("title"), STR_INIT("title\tРаз"), STR_INIT("title\tРаз\tДва\tТри"),
                                       STR_INIT("title\tРаз\t\\x"), STR_INIT("title\tРаз\tДва\n") };
    unsigned n = 9;
    for (size_t i = 0; i < COUNTOF(no_was); i++) {
        const Was *was = NULL;
        assert_false(was_parse(no_was[i], &arena, &was, &n));
        assert_null(was);
        assert_int_equal(n, 0);
    }
    for (size_t i = 0; i < COUNTOF(no_conflict); i++) {
        const Conflict *conflicts = NULL;
        assert_false(conflict_parse(no_conflict[i], &arena, &conflicts, &n));
        assert_null(conflicts);
        assert_int_equal(n, 0);
    }
}

/* Whatever bytes: what is read is written as the same bytes, or it is no list. */
static void what_is_read_is_written_as_the_same_bytes(void **state)
{
    (void)state;
    enum { N_TEXTS = 20000, MAX_BYTES = 12 };
    static const char bytes[] = { '\t', '\t', '\n', '\\', 't', 'n', 'a', '\0', '\xd0' };
    unsigned random = 1;
    size_t n_lists = 0;
    for (size_t i = 0; i < N_TEXTS; i++) {
        char text[MAX_BYTES];
        size_t n_bytes = i % MAX_BYTES;
        const Conflict *conflicts;
        unsigned n;
        for (size_t k = 0; k < n_bytes; k++) {
            random = random * 1664525 + 1013904223;
            text[k] = bytes[(random >> 16) % sizeof bytes];
        }
        Str wanted = { text, n_bytes };
        if (conflict_parse(wanted, &arena, &conflicts, &n)) {
            StrBuf is = { 0 };
            conflict_add(&is, conflicts, n);
            assert_true(str_eq(strbuf_str(&is), wanted));
            strbuf_done(&is);
            n_lists += n > 0;
        }
    }
    assert_true(n_lists > 100);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(earlier_deadlines_are_read_as_they_were_written),
        TEST(conflicts_are_read_as_they_were_written),
        TEST(a_list_is_a_line_an_item_with_tabs_between_values),
        TEST(an_empty_text_is_an_empty_list),
        TEST(a_text_that_is_no_list_is_refused),
        TEST(what_is_read_is_written_as_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
