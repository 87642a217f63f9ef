#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/str.h"

static void assert_str(Str got, const char *wanted)
{
    if (!str_eq(got, str_of(wanted))) {
        fail_msg("«%.*s», not «%s»", STR_ARG(got), wanted);
    }
}

static void nothing_is_the_empty_string(void **state)
{
    (void)state;
    Str zero = { 0 };
    assert_int_equal(zero.n_bytes, 0);
    assert_true(str_is_blank(zero));
    assert_true(str_eq(zero, STR("")));
    assert_true(str_eq(str_of(NULL), zero));
    assert_int_equal(str_cmp(zero, STR("")), 0);
    assert_true(str_starts(zero, zero));
    assert_true(str_ends(zero, zero));
    assert_str(str_trim(zero), "");
    assert_str(str_sub(zero, 3, 9), "");
}

static void order_is_that_of_bytes(void **state)
{
    (void)state;
    assert_true(str_cmp(STR("a"), STR("b")) < 0);
    assert_true(str_cmp(STR("ab"), STR("a")) > 0);
    assert_true(str_cmp(STR("\x7f"), STR("\x80")) < 0);
    assert_int_equal(str_cmp(STR("план"), STR("план")), 0);
}

static void prefixes_and_suffixes_are_found(void **state)
{
    (void)state;
    assert_true(str_starts(STR("plan.yaml"), STR("plan")));
    assert_false(str_starts(STR("pl"), STR("plan")));
    assert_true(str_ends(STR("plan.yaml"), STR(".yaml")));
    assert_false(str_ends(STR("yaml"), STR(".yaml")));
}

static void parts_are_cut_to_what_there_is(void **state)
{
    (void)state;
    assert_str(str_sub(STR("abcdef"), 2, 4), "cd");
    assert_str(str_sub(STR("abcdef"), 4, 99), "ef");
    assert_str(str_sub(STR("abcdef"), 9, 99), "");
    assert_str(str_sub(STR("abcdef"), 4, 2), "");
    assert_str(str_from(STR("abcdef"), 4), "ef");
    assert_str(str_from(STR("abcdef"), SIZE_MAX), "");
}

static void blanks_are_trimmed_at_both_ends(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n a b \v\f")), "a b");
    assert_str(str_trim(STR("   ")), "");
    assert_str(str_trim(STR("\xC2\xA0x")), "\xC2\xA0x"); /* only ASCII blanks */
    assert_true(str_is_blank(STR(" \n\t")));
    assert_false(str_is_blank(STR(" x ")));
}

static void cutting_takes_a_part_and_its_separator(void **state)
{
    (void)state;
    Str rest = STR("a,,b");
    assert_str(str_cut(&rest, ','), "a");
    assert_str(str_cut(&rest, ','), "");
    assert_str(rest, "b");
    assert_str(str_cut(&rest, ','), "b");
    assert_int_equal(rest.n_bytes, 0);
    assert_str(str_cut(&rest, ','), "");
}

static void finding_gives_an_offset(void **state)
{
    (void)state;
    Str hay = STR("abcabc");
    assert_int_equal(str_find(hay, STR("bc"), 0), 1);
    assert_int_equal(str_find(hay, STR("bc"), 2), 4);
    assert_int_equal(str_find(hay, STR("bc"), 5), SIZE_MAX);
    assert_int_equal(str_find(hay, STR("abcabcd"), 0), SIZE_MAX);
    assert_int_equal(str_find(hay, STR(""), 6), 6);
    assert_int_equal(str_find(hay, STR(""), 7), SIZE_MAX);
    assert_int_equal(str_find_char(hay, 'c', 3), 5);
    assert_int_equal(str_find_char(hay, 'x', 0), SIZE_MAX);
    assert_int_equal(str_find_char(hay, 'a', 99), SIZE_MAX);
    assert_int_equal(str_find((Str){ 0 }, STR(""), 0), 0);
}

static void numbers_are_digits_only(void **state)
{
    static const char *const wrong[] = { "", "-1", "+1", " 1", "1 ", "1.0", "0x1", "1000000001", "99999999999999999999" };
    int got = -7;
    (void)state;
    assert_true(str_to_uint(STR("0"), &got));
    assert_int_equal(got, 0);
    assert_true(str_to_uint(STR("0042"), &got));
    assert_int_equal(got, 42);
    assert_true(str_to_uint(STR("1000000000"), &got));
    assert_int_equal(got, 1000000000);
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        assert_false(str_to_uint(str_of(wrong[i]), &got));
    }
}

static void equal_strings_have_equal_hashes(void **state)
{
    (void)state;
    assert_true(str_hash(STR("")) == 14695981039346656037ULL); /* FNV-1a's own test vectors */
    assert_true(str_hash(STR("a")) == 0xAF63DC4C8601EC8CULL);
    assert_true(str_hash(STR("foobar")) == 0x85944171F73967E8ULL);
}

static void a_buffer_grows_and_ends_in_a_nul(void **state)
{
    (void)state;
    StrBuf buf = { 0 };
    assert_string_equal(strbuf_z(&buf), "");
    strbuf_add(&buf, (Str){ 0 });
    for (int i = 0; i < 1000; i++) {
        strbuf_add(&buf, STR("ж"));
        strbuf_add_char(&buf, '.');
        assert_int_equal(buf.at[buf.n_bytes], '\0');
    }
    assert_int_equal(buf.n_bytes, 3000);
    strbuf_cut(&buf, 3);
    strbuf_addf(&buf, "%d%s", 42, "x");
    strbuf_add_chars(&buf, '-', 3);
    strbuf_add_chars(&buf, '-', 0);
    assert_string_equal(strbuf_z(&buf), "ж.42x---");
    strbuf_clear(&buf);
    assert_string_equal(strbuf_z(&buf), "");
    strbuf_done(&buf);
    strbuf_clear(&buf);
    strbuf_done(&buf);
}

static void a_splice_replaces_a_part(void **state)
{
    (void)state;
    StrBuf buf = { 0 };
    strbuf_add(&buf, STR("abcdef"));
    strbuf_splice(&buf, 2, 4, STR("12345"));
    assert_string_equal(strbuf_z(&buf), "ab12345ef");
    strbuf_splice(&buf, 2, 7, (Str){ 0 });
    assert_string_equal(strbuf_z(&buf), "abef");
    strbuf_splice(&buf, 4, 4, STR("!"));
    strbuf_splice(&buf, 0, 0, STR("!"));
    assert_string_equal(strbuf_z(&buf), "!abef!");
    strbuf_done(&buf);
    strbuf_splice(&buf, 0, 0, STR("x"));
    assert_string_equal(strbuf_z(&buf), "x");
    strbuf_done(&buf);
}

static void taking_hands_the_memory_over(void **state)
{
    (void)state;
    StrBuf buf = { 0 };
    char *empty = strbuf_take(&buf);
    assert_string_equal(empty, "");
    free(empty);
    strbuf_add(&buf, STR("план"));
    char *taken = strbuf_take(&buf);
    assert_string_equal(taken, "план");
    assert_null(buf.at);
    assert_int_equal(buf.n_bytes, 0);
    free(taken);
}

static void parts_are_joined_and_empty_ones_left_out(void **state)
{
    (void)state;
    StrBuf buf = { 0 };
    strbuf_add_part(&buf, STR(""));
    strbuf_add_part(&buf, STR("а"));
    strbuf_add_part(&buf, STR(""));
    strbuf_add_part(&buf, STR("б"));
    assert_string_equal(strbuf_z(&buf), "а · б");
    strbuf_done(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_is_the_empty_string),
        cmocka_unit_test(order_is_that_of_bytes),
        cmocka_unit_test(prefixes_and_suffixes_are_found),
        cmocka_unit_test(parts_are_cut_to_what_there_is),
        cmocka_unit_test(blanks_are_trimmed_at_both_ends),
        cmocka_unit_test(cutting_takes_a_part_and_its_separator),
        cmocka_unit_test(finding_gives_an_offset),
        cmocka_unit_test(numbers_are_digits_only),
        cmocka_unit_test(equal_strings_have_equal_hashes),
        cmocka_unit_test(a_buffer_grows_and_ends_in_a_nul),
        cmocka_unit_test(a_splice_replaces_a_part),
        cmocka_unit_test(taking_hands_the_memory_over),
        cmocka_unit_test(parts_are_joined_and_empty_ones_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
