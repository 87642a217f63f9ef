#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/core/occurrence.h"

#define SCHOOL "2022-09-01/2023-08-31"

/* The k-th occurrence (from 0) of a phrase, by its name for people. */
static const struct {
    const char *period, *phrase;
    size_t k;
    const char *words, *english;
} rows[] = {
    { SCHOOL, "ежемесячно", 1, "октябрь 2022 г.", "October 2022" },
    { SCHOOL, "ежеквартально", 0, "октябрь – декабрь 2022 г.", "October – December 2022" },
    { SCHOOL, "еженедельно", 5, "3–9 октября 2022 г.", "3–9 October 2022" },
    { SCHOOL, "еженедельно", 8, "24–30 октября 2022 г.", "24–30 October 2022" },
    { SCHOOL, "еженедельно", 17, "26 декабря 2022 г. – 1 января 2023 г.", "26 December 2022 – 1 January 2023" },
    { SCHOOL, "по пятницам", 0, "2 сентября 2022 г.", "2 September 2022" },
    { SCHOOL, "ежемесячно до 5 числа", 1, "до 5 октября 2022 г.", "by 5 October 2022" },
    { SCHOOL, "ежемесячно 15 числа", 1, "15 октября 2022 г.", "15 October 2022" },
    { SCHOOL, "2 раза в месяц", 3, "2-й раз в октябре 2022 г.", "no. 2 in October 2022" },
    { SCHOOL, "2 раза в год", 1, "2-й раз за период плана", "no. 2 in the plan's period" },
    { SCHOOL, "2 раза в неделю", 1, "2-й раз, 29 августа – 4 сентября 2022 г.", "no. 2, 29 August – 4 September 2022" },
    { "2023", "2 раза в год", 1, "2-й раз в 2023 г.", "no. 2 in 2023" },
    { "2022/2024", "ежегодно", 1, "2023 г.", "2023" },
    { "2022/2024", "май ежегодно", 1, "май 2023 г.", "May 2023" },
    { SCHOOL, "сентябрь, январь - февраль", 1, "январь – февраль 2023 г.", "January – February 2023" },
    { SCHOOL, "до 10 октября; 5 мая", 0, "до 10 октября 2022 г.", "by 10 October 2022" },
    { SCHOOL, "до мая 2023; 5 сентября 2022", 0, "до мая 2023 г.", "by May 2023" },
};

static void a_person_calls_each_occurrence_by_its_date(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena = { 0 };
        StrBuf got = { 0 };
        Deadline deadline;
        DeadlineContext context = { 0 };
        Occurrence *list;
        assert_true(span_parse(str_of(rows[i].period), &context.period));
        deadline_read(str_of(rows[i].phrase), &context, &arena, &deadline);
        size_t n = occurrence_list(&deadline, &context, &arena, &list);
        assert_true(rows[i].k < n);
        occurrence_add_words(&got, LANG_RU, &list[rows[i].k], &context);
        assert_string_equal(strbuf_z(&got), rows[i].words);
        strbuf_clear(&got);
        occurrence_add_words(&got, LANG_EN, &list[rows[i].k], &context);
        assert_string_equal(strbuf_z(&got), rows[i].english);
        strbuf_done(&got);
        arena_done(&arena);
    }
}

static void a_name_that_no_occurrence_has_is_said_too_if_it_is_a_date(void **state)
{
    (void)state;
    DeadlineContext context = { .period = { 0 }, .calendar = calendar_default() };
    StrBuf got = { 0 };
    occurrence_add_name(&got, LANG_RU, STR("2021-12"), &context);
    strbuf_add(&got, STR("|"));
    occurrence_add_name(&got, LANG_RU, STR("2022#2"), &context);
    assert_string_equal(strbuf_z(&got), "декабрь 2021 г.|2022#2");
    strbuf_done(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_name_that_no_occurrence_has_is_said_too_if_it_is_a_date),
        cmocka_unit_test(a_person_calls_each_occurrence_by_its_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
