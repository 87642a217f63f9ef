#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/deadline.h"

/* Phrases that are in no document that we have, by the rules alone: tests/cases/deadlines.tsv. */

static void read_phrase(Str phrase, Str period, Arena *arena, Deadline *out)
{
    DeadlineContext context = { 0 };
    assert_true(span_parse(period, &context.period));
    deadline_read(phrase, &context, arena, out);
}

static bool is_right(Str period, Str phrase, Str canonical, Str warnings)
{
    Arena arena = { 0 };
    StrBuf got = { 0 };
    StrBuf codes = { 0 };
    Deadline deadline;
    read_phrase(phrase, period, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    deadline_add_warnings(&codes, deadline.warnings);
    bool is_same = str_eq(strbuf_str(&got), canonical) && str_eq(strbuf_str(&codes), warnings);
    if (!is_same) {
        print_message("«%.*s»: %s %s, not %.*s %.*s\n", STR_ARG(phrase), strbuf_z(&got), strbuf_z(&codes), STR_ARG(canonical),
                      STR_ARG(warnings));
    }
    strbuf_done(&got);
    strbuf_done(&codes);
    arena_done(&arena);
    return is_same;
}

static void assert_file_is_read(const char *path)
{
    char *line = NULL;
    size_t n_alloc = 0;
    int n = 0;
    int n_wrong = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(getline(&line, &n_alloc, file) > 0);
    while (getline(&line, &n_alloc, file) > 0) {
        Str rest = str_trim(str_of(line));
        Str period = str_cut(&rest, '\t');
        Str phrase = str_cut(&rest, '\t');
        Str canonical = str_cut(&rest, '\t');
        n_wrong += is_right(period, phrase, canonical, str_cut(&rest, '\t')) ? 0 : 1;
        n++;
    }
    free(line);
    (void)fclose(file);
    assert_true(n > 300);
    assert_int_equal(n_wrong, 0);
}

static void every_case_is_read_by_the_rules(void **state)
{
    (void)state;
    assert_file_is_read("tests/cases/deadlines.tsv");
}

/* What each means was decided from the rules, before any program read it. */
static void every_phrase_thought_of_from_the_rules_is_read(void **state)
{
    (void)state;
    assert_file_is_read("tests/cases/deadlines_by_rule.tsv");
}

static void assert_read(Str period, Str phrase, Str canonical, Str warnings)
{
    assert_true(is_right(period, phrase, canonical, warnings));
}

#define SCHOOL STR("2022-09-01/2023-08-31")

static void every_kind_of_blank_and_dash_is_one(void **state)
{
    (void)state;
    assert_read(SCHOOL, STR("10\u00a0–\u202f15\u2003октября"), STR("2022-10-10/2022-10-15"), STR("-"));
    assert_read(SCHOOL, STR("10\u201115 октября"), STR("2022-10-10/2022-10-15"), STR("-"));
    assert_read(SCHOOL, STR("10\u221215 октября"), STR("2022-10-10/2022-10-15"), STR("-"));
    assert_read(SCHOOL, STR("ок\u00adтябрь\u200b"), STR("2022-10"), STR("-"));
    assert_read(SCHOOL, STR("маи\u0306"), STR("2023-05"), STR("-"));
}

static void what_needs_a_year_is_undated_without_a_period(void **state)
{
    (void)state;
    Arena arena = { 0 };
    StrBuf got = { 0 };
    Deadline deadline;
    const DeadlineContext none = { 0 };
    deadline_read(STR("март"), &none, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    assert_string_equal(strbuf_z(&got), "text");
    strbuf_clear(&got);
    deadline_read(STR("ежемесячно"), &none, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    assert_string_equal(strbuf_z(&got), "text");
    strbuf_clear(&got);
    deadline_read(STR("март 2023"), &none, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    assert_string_equal(strbuf_z(&got), "2023-03");
    strbuf_done(&got);
    arena_done(&arena);
}

static void the_calendar_says_what_a_quarter_is(void **state)
{
    (void)state;
    Arena arena = { 0 };
    StrBuf got = { 0 };
    Deadline deadline;
    Calendar own = *calendar_default();
    own.quarters[0] = (MonthDays){ 901, 1027 };
    own.weeks_from_monday = true;
    DeadlineContext context = { .calendar = &own };
    assert_true(span_parse(SCHOOL, &context.period));
    deadline_read(STR("1 четверть; 2 неделя марта"), &context, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    assert_string_equal(strbuf_z(&got), "{2022-09-01/2022-10-27,2023-03-06/2023-03-12}");
    strbuf_done(&got);
    arena_done(&arena);
}

static void a_phrase_of_64_kib_is_read_to_its_bound(void **state)
{
    (void)state;
    enum { SIZE = 64 * 1024 };
    Arena arena = { 0 };
    Deadline deadline;
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t i = 0; i < SIZE; i++) {
        text[i] = "1, "[i % 3];
    }
    memcpy(text, "2023-10-10 ", 11);
    read_phrase((Str){ text, SIZE }, SCHOOL, &arena, &deadline);
    assert_true(deadline.n_items >= 1);
    assert_true(deadline.has_text);
    assert_true(arena_size(&arena) < 64 * 1024);
    free(text);
    arena_done(&arena);
}

static void what_is_no_date_has_a_clear_word(void **state)
{
    (void)state;
    assert_read(SCHOOL, STR("31.06"), STR("2023-06-30"), STR("invalid-day"));
    assert_read(SCHOOL, STR("29.02.2023"), STR("2023-02-28"), STR("invalid-day"));
    assert_read(SCHOOL, STR("29.02.2024"), STR("2024-02-29"), STR("outside-period"));
    assert_read(SCHOOL, STR("99 октября"), STR("2022-10-31"), STR("invalid-day"));
    assert_read(SCHOOL, STR("0 октября"), STR("2022-10+text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("01.01.0000"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("01.01.99999"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("00.00.0000"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("год 0"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("99999999999999999999"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("25:61"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("5 четверть"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("999999999 раз в год"), STR("R/2022-09-01/2023-08-31/P1Y+text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("раз в 0 дней"), STR("text"), STR("unknown-words"));
    assert_read(STR("9999-12-01/9999-12-31"), STR("после 31.12"), STR("text"), STR("unknown-words"));
    assert_read(SCHOOL, STR("1900-2199 годы ежедневно"), STR("R/1900/2199/P1D"), STR("-"));
}

static void a_count_beyond_all_bounds_is_no_notation(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Deadline deadline;
    assert_false(deadline_parse_canonical(STR("R999999999/2023/P1D"), &arena, &deadline));
    assert_false(deadline_parse_canonical(STR("R/2023/P999999999D"), &arena, &deadline));
    assert_false(deadline_parse_canonical(STR("00000-01-01"), &arena, &deadline));
    assert_false(deadline_parse_canonical(STR("99999"), &arena, &deadline));
    assert_false(deadline_parse_canonical(STR("2023-06-31"), &arena, &deadline));
    assert_int_equal(deadline.n_items, 0);
    arena_done(&arena);
}

static void ten_thousand_ranges_are_cut_and_say_so(void **state)
{
    (void)state;
    enum { N_RANGES = 10000 };
    Arena arena = { 0 };
    StrBuf text = { 0 };
    StrBuf words = { 0 };
    Deadline deadline;
    const DeadlineContext context = { .period = { day_of(2022, 1, 1), day_of(2022, 12, 31) } };
    for (int i = 0; i < N_RANGES; i++) {
        strbuf_addf(&text, "%02d-%02d.%02d.2022, ", i % 9 + 1, i % 9 + 11, i % 12 + 1);
    }
    deadline_read(strbuf_str(&text), &context, &arena, &deadline);
    assert_true(deadline.n_items > 20);
    assert_true(deadline.has_text);
    assert_true((deadline.warnings & 1U << DEADLINE_UNKNOWN_WORDS) != 0);
    deadline_add_words(&words, LANG_RU, &deadline, &context, strbuf_str(&text));
    assert_true(words.n_bytes < 64 * 1024);
    assert_true(arena_size(&arena) < 64 * 1024);
    strbuf_done(&text);
    strbuf_done(&words);
    arena_done(&arena);
}

static void bytes_that_are_no_text_are_no_date(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Deadline deadline;
    read_phrase(STR("\xFF\xFE\x00\xD0"), SCHOOL, &arena, &deadline);
    assert_int_equal(deadline.n_items, 0);
    assert_true(deadline.has_text);
    arena_done(&arena);
}

static void a_year_that_is_not_written_is_known_to_be_inferred(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Deadline deadline;
    read_phrase(STR("март"), SCHOOL, &arena, &deadline);
    assert_true(deadline.is_year_inferred);
    read_phrase(STR("сентябрь, март 2023"), SCHOOL, &arena, &deadline);
    assert_false(deadline.is_year_inferred);
    read_phrase(STR("декабрь-январь 2023"), SCHOOL, &arena, &deadline);
    assert_false(deadline.is_year_inferred);
    arena_done(&arena);
}

static void a_deadline_is_small(void **state)
{
    (void)state;
    assert_true(sizeof(Deadline) <= 16);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_case_is_read_by_the_rules),
        cmocka_unit_test(every_phrase_thought_of_from_the_rules_is_read),
        cmocka_unit_test(every_kind_of_blank_and_dash_is_one),
        cmocka_unit_test(what_needs_a_year_is_undated_without_a_period),
        cmocka_unit_test(the_calendar_says_what_a_quarter_is),
        cmocka_unit_test(a_phrase_of_64_kib_is_read_to_its_bound),
        cmocka_unit_test(what_is_no_date_has_a_clear_word),
        cmocka_unit_test(a_count_beyond_all_bounds_is_no_notation),
        cmocka_unit_test(ten_thousand_ranges_are_cut_and_say_so),
        cmocka_unit_test(bytes_that_are_no_text_are_no_date),
        cmocka_unit_test(a_year_that_is_not_written_is_known_to_be_inferred),
        cmocka_unit_test(a_deadline_is_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
