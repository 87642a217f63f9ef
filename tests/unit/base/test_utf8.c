#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/utf8.h"

static void assert_str(Str got, const char *wanted)
{
    if (!str_eq(got, str_of(wanted))) {
        fail_msg("«%.*s», not «%s»", STR_ARG(got), wanted);
    }
}

static void validity_is_that_of_rfc_3629(void **state)
{
    static const char *const good[] = {
        "", "abc", "Веха", "漢字", "\U0001F642", "\xEF\xBF\xBD", "\xF4\x8F\xBF\xBF", "\xEE\x80\x80"
    };
    static const struct {
        const char *bytes;
        size_t bad_at;
    } bad[] = { { "a\x80", 1 },
                { "\xC0\x80", 0 },
                { "\xC1\xBF", 0 },
                { "ab\xD0", 2 },
                { "\xE2\x82", 0 },
                { "\xED\xA0\x80", 0 },
                { "\xE0\x9F\xBF", 0 },
                { "\xF4\x90\x80\x80", 0 },
                { "\xF0\x8F\xBF\xBF", 0 },
                { "жж\xFF", 4 },
                { "\xF8\x88\x80\x80\x80", 0 } };
    (void)state;
    for (size_t i = 0; i < COUNTOF(good); i++) {
        assert_true(utf8_valid(str_of(good[i]), NULL));
    }
    for (size_t i = 0; i < COUNTOF(bad); i++) {
        size_t at = 99;
        assert_false(utf8_valid(str_of(bad[i].bytes), &at));
        assert_int_equal(at, bad[i].bad_at);
    }
    assert_true(utf8_valid((Str){ "\0", 1 }, NULL));
}

static void a_wrong_byte_is_taken_alone(void **state)
{
    (void)state;
    Str rest = STR("\xD0\x96\xE2\x82z");
    assert_int_equal(utf8_next(&rest), U'Ж');
    assert_int_equal(utf8_next(&rest), UTF8_REPLACEMENT);
    assert_int_equal(utf8_next(&rest), UTF8_REPLACEMENT);
    assert_int_equal(utf8_next(&rest), 'z');
    assert_int_equal(rest.n_bytes, 0);
}

static void what_is_added_is_read_again(void **state)
{
    static const uint32_t codes[] = { 0, 'a', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFD, 0xFFFF, 0x10000, 0x10FFFF };
    StrBuf out = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNTOF(codes); i++) {
        utf8_add(&out, codes[i]);
    }
    assert_true(utf8_valid(strbuf_str(&out), NULL));
    assert_int_equal(utf8_count(strbuf_str(&out)), COUNTOF(codes));
    Str rest = strbuf_str(&out);
    for (size_t i = 0; i < COUNTOF(codes); i++) {
        assert_int_equal(utf8_next(&rest), codes[i]);
    }
    strbuf_done(&out);
}

static void what_is_no_character_is_added_as_the_sign_for_it(void **state)
{
    StrBuf out = { 0 };
    (void)state;
    utf8_add(&out, 0xD800);
    utf8_add(&out, 0x110000);
    assert_string_equal(strbuf_z(&out), "\uFFFD\uFFFD");
    strbuf_done(&out);
}

static void a_cut_falls_between_code_points(void **state)
{
    (void)state;
    assert_str(utf8_cut(STR("жж"), 3), "ж");
    assert_str(utf8_cut(STR("жж"), 1), "");
    assert_str(utf8_cut(STR("жж"), 99), "жж");
    assert_str(utf8_cut(STR("a漢"), 3), "a");
}

static void widths_are_columns(void **state)
{
    static const struct {
        const char *text;
        int cols;
    } cases[] = { { "", 0 },         { "abc", 3 },        { "Веха", 4 },        { "漢字", 4 },        { "и\u0306", 1 },
                  { "е\u0301ё", 2 }, { "\U0001F642", 2 }, { "○►●√→×█░─│", 10 }, { "№ 3 «Да» …", 10 }, { "\u200B", 0 },
                  { "\u0301", 0 },   { "한글", 4 },       { "ﾊﾝ", 2 },          { "\u00A0", 1 },      { "ґєії ў", 6 },
                  { "\u00AD", 1 },   { "\xFF", 1 },       { "\n", 0 },          { "Ａ", 2 } };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        if (utf8_cols(str_of(cases[i].text)) != cases[i].cols) {
            fail_msg("«%s» has %d columns, not %d", cases[i].text, utf8_cols(str_of(cases[i].text)), cases[i].cols);
        }
    }
}

static void characters_are_whole_clusters(void **state)
{
    int cols;
    (void)state;
    Str rest = STR("и\u0306\u0301\r\nх👩‍👧z");
    assert_str(utf8_next_char(&rest, &cols), "и\u0306\u0301");
    assert_int_equal(cols, 1);
    assert_str(utf8_next_char(&rest, &cols), "\r\n");
    assert_str(utf8_next_char(&rest, &cols), "х");
    assert_str(utf8_next_char(&rest, &cols), "👩‍👧");
    assert_int_equal(cols, 2);
    assert_str(utf8_next_char(&rest, &cols), "z");
    assert_int_equal(rest.n_bytes, 0);
}

static void a_fit_is_the_longest_of_whole_characters(void **state)
{
    (void)state;
    assert_str(utf8_fit(STR("мероприятие"), 4), "меро");
    assert_str(utf8_fit(STR("a漢字"), 4), "a漢");
    assert_str(utf8_fit(STR("и\u0306х"), 1), "и\u0306");
    assert_str(utf8_fit(STR("план"), 99), "план");
    assert_str(utf8_fit(STR("план"), 0), "");
    assert_str(utf8_fit(STR("план"), -1), "");
}

static void assert_wrapped(const char *text, int cols, const char *wanted)
{
    StrBuf lines = { 0 };
    Str rest = str_of(text);
    for (int i = 0; rest.n_bytes > 0 && i < 100; i++) {
        strbuf_add(&lines, utf8_wrap(&rest, cols));
        strbuf_add_char(&lines, '|');
    }
    assert_string_equal(strbuf_z(&lines), wanted);
    strbuf_done(&lines);
}

static void lines_are_wrapped_at_blanks(void **state)
{
    (void)state;
    assert_wrapped("один два три", 8, "один два|три|");
    assert_wrapped("один два три", 7, "один|два три|");
    assert_wrapped("один  два", 5, "один|два|");
    assert_wrapped("один\nдва\n\nтри", 20, "один|два||три|");
    assert_wrapped("мероприятие да", 4, "меро|прия|тие|да|");
    assert_wrapped("учебно-воспитательный", 18, "учебно-|воспитательный|");
    assert_wrapped("планы/муниципальный.yaml:12", 20, "планы/муниципальный.|yaml:12|"); /* too near its beginning */
    assert_wrapped("/srv/plans/sayansk-500-2022.yaml:12", 30, "/srv/plans/sayansk-500-|2022.yaml:12|");
    assert_wrapped("漢字", 1, "漢|字|");
    assert_wrapped("план", 4, "план|");
    assert_wrapped("план\n", 4, "план|");
    assert_wrapped("план\nещё", 4, "план|ещё|");
    assert_wrapped("", 4, "");
}

static void a_break_right_at_the_edge_ends_one_line_only(void **state)
{
    (void)state;
    assert_wrapped("план \nещё", 4, "план|ещё|");
    assert_wrapped("план  ещё", 5, "план|ещё|");
    assert_wrapped("  план", 10, "  план|");
}

static void wrapping_ends_whatever_the_text(void **state)
{
    uint32_t seed = 7;
    (void)state;
    for (int round = 0; round < 3000; round++) {
        char bytes[24];
        for (size_t i = 0; i < sizeof bytes; i++) {
            static const char likely[] = " \n\xD0\x96\xCC\x81\xE6\xBC\xA2\r\t-";
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (seed >> 28) == 0 ? (char)(seed >> 16) : likely[(seed >> 16) % (sizeof likely - 1)];
        }
        Str rest = { bytes, sizeof bytes };
        int cols = 1 + round % 9;
        while (rest.n_bytes > 0) {
            size_t before = rest.n_bytes;
            Str line = utf8_wrap(&rest, cols);
            assert_true(rest.n_bytes < before);
            assert_true(str_find_char(line, '\n', 0) == SIZE_MAX || cols == 0);
            assert_true(utf8_cols(line) <= (cols < 2 ? 2 : cols));
        }
    }
}

static void hidden_characters_are_made_visible(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = { { "план", "план" },          { "a\x1b[31m", "a^[[31m" },
                  { "\x01\x7f", "^A^?" },      { "a\tb\nc", "a b c" },
                  { "a\u202Eb", "a<202E>b" },  { "a\u200Db", "a<200D>b" },
                  { "\uFEFFa", "<FEFF>a" },    { "\xC2\x85\xC2\x9B", "<0085><009B>" },
                  { "a\u00ADb", "a<00AD>b" },  { "\xFF\xD0", "<FF><D0>" },
                  { "\U000E0041", "<E0041>" }, { "\uFFFD", "\uFFFD" } };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf out = { 0 };
        utf8_add_visible(&out, str_of(cases[i].text));
        assert_string_equal(strbuf_z(&out), cases[i].shown);
        strbuf_done(&out);
    }
    StrBuf lines = { 0 };
    utf8_add_visible_lines(&lines, STR("a\nb\tc\r"));
    assert_string_equal(strbuf_z(&lines), "a\nb c ");
    strbuf_done(&lines);
}

static void folding_knows_no_case_and_no_yo(void **state)
{
    StrBuf out = { 0 };
    (void)state;
    utf8_add_folded(&out, STR("ПЛАН Её ЁЖ Ab\u00A0Ґ"));
    assert_string_equal(strbuf_z(&out), "план ее еж ab ґ");
    strbuf_done(&out);
}

static void a_folded_needle_is_found_in_any_case(void **state)
{
    (void)state;
    assert_true(utf8_contains_folded(STR("Отчёт о Приказе"), STR("отчет")));
    assert_true(utf8_contains_folded(STR("Отчёт о Приказе"), STR("приказе")));
    assert_true(utf8_contains_folded(STR("план"), STR("")));
    assert_true(utf8_contains_folded(STR(""), STR("")));
    assert_false(utf8_contains_folded(STR("план"), STR("планы")));
    assert_false(utf8_contains_folded(STR(""), STR("п")));
    assert_true(utf8_contains_folded(STR("aaab"), STR("aab")));
    Str hay = STR("мой ОТЧЁТ");
    Str found = utf8_find_folded(hay, STR("отчет"));
    assert_true(found.at == hay.at + STR("мой ").n_bytes && found.n_bytes == STR("отчёт").n_bytes);
    assert_null(utf8_find_folded(hay, STR("нет")).at);
}

static void order_is_russian(void **state)
{
    static const char *const sorted[] = { "", "1", "2", "10", "ав", "Аг", "елка", "ёлка", "ель", "жук", "Яблоко", "ящик" };
    (void)state;
    for (size_t i = 0; i + 1 < COUNTOF(sorted); i++) {
        Str a = str_of(sorted[i]);
        Str b = str_of(sorted[i + 1]);
        if (utf8_collate(a, b) >= 0 || utf8_collate(b, a) <= 0) {
            fail_msg("«%s» does not stand before «%s»", sorted[i], sorted[i + 1]);
        }
        assert_int_equal(utf8_collate(a, a), 0);
    }
    assert_true(utf8_collate(STR("№ 2"), STR("№ 10")) < 0);
}

/* A sort needs it: the same answer whichever way round, and no circles. */
static void order_is_total(void **state)
{
    static const char *const words[] = { "a", "A", "a1", "a01", "a001", "a1b",  "a10",   "ё", "е",  "Ё",   "Е",
                                         "ж", "",  "0",  "00",  "1",    "\xFF", "a\xFF", "№", "1a", "01a", "1b" };
    enum { N = COUNTOF(words) };
    (void)state;
    for (size_t a = 0; a < N; a++) {
        for (size_t b = 0; b < N; b++) {
            int ab = utf8_collate(str_of(words[a]), str_of(words[b]));
            int ba = utf8_collate(str_of(words[b]), str_of(words[a]));
            assert_true((ab < 0) == (ba > 0));
            assert_true((ab == 0) == (a == b));
            for (size_t c = 0; c < N; c++) {
                int bc = utf8_collate(str_of(words[b]), str_of(words[c]));
                int ac = utf8_collate(str_of(words[a]), str_of(words[c]));
                if (ab < 0 && bc < 0 && ac >= 0) {
                    fail_msg("«%s» < «%s» < «%s» goes round", words[a], words[b], words[c]);
                }
            }
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(validity_is_that_of_rfc_3629),
        cmocka_unit_test(a_wrong_byte_is_taken_alone),
        cmocka_unit_test(what_is_added_is_read_again),
        cmocka_unit_test(what_is_no_character_is_added_as_the_sign_for_it),
        cmocka_unit_test(a_cut_falls_between_code_points),
        cmocka_unit_test(widths_are_columns),
        cmocka_unit_test(characters_are_whole_clusters),
        cmocka_unit_test(a_fit_is_the_longest_of_whole_characters),
        cmocka_unit_test(lines_are_wrapped_at_blanks),
        cmocka_unit_test(a_break_right_at_the_edge_ends_one_line_only),
        cmocka_unit_test(wrapping_ends_whatever_the_text),
        cmocka_unit_test(hidden_characters_are_made_visible),
        cmocka_unit_test(folding_knows_no_case_and_no_yo),
        cmocka_unit_test(a_folded_needle_is_found_in_any_case),
        cmocka_unit_test(order_is_russian),
        cmocka_unit_test(order_is_total),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
