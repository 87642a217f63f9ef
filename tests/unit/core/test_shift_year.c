#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/shift_year.h"

typedef struct Case {
    const char *before, *after;
} Case;

static void years_of_the_period_are_shifted_and_nothing_else(void **state)
{
    (void)state;
    static const Case cases[] = {
        { "29.03.2022", "29.03.2023" },
        { "19.10.22", "19.10.23" },
        { "20.10.-01.11.22", "20.10.-01.11.23" },
        { "08.02.22г.", "08.02.23г." },
        { "29.03.22.", "29.03.23." },
        { "2021-2022 учебный год", "2022-2023 учебный год" },
        { "на 2022/2023 учебный год", "на 2023/2024 учебный год" },
        { "2022/23", "2023/24" },
        { "2022-23 уч. г.", "2023-24 уч. г." },
        { "10.03.2022-23.06.2022", "10.03.2023-23.06.2023" },
        { "2022-23.", "2023-24." },
        { "2022-10", "2023-10" },
        { "{2022-03-29,2023-04}", "{2023-03-29,2024-04}" },
        { "«__» _____ 2022г.", "«__» _____ 2023г." },
        { "к 2021 году, до 2024", "к 2022 году, до 2025" },
        { "", "" },
        { "2022", "2023" },
        /* not years, or not of this plan */
        { "до 20 августа", "до 20 августа" },
        { "№ 20222", "№ 20222" },
        { "с 2015 года, 1999, 2030", "с 2015 года, 1999, 2030" },
        { "22 числа", "22 числа" },
        { "п. 1.2.22.4", "п. 1.2.22.4" },
        { "14.22", "14.22" },
        { "45.10.22", "45.10.22" },
        { "19.10.19", "19.10.19" },
        { "99999999999999999999", "99999999999999999999" },
    };
    Span period = { day_of(2022, 1, 1), day_of(2023, 8, 31) };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf out = { 0 };
        bool is_shifted = year_shift(str_of(cases[i].before), period, 1, &out);
        assert_string_equal(strbuf_z(&out), cases[i].after);
        assert_int_equal(is_shifted, strcmp(cases[i].before, cases[i].after) != 0);
        strbuf_done(&out);
    }
}

static void without_a_period_or_a_difference_all_stays(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    assert_false(year_shift(STR("2022"), (Span){ 0 }, 1, &out));
    assert_false(year_shift(STR(" 2022"), (Span){ day_of(2022, 1, 1), day_of(2022, 12, 31) }, 0, &out));
    assert_string_equal(strbuf_z(&out), "2022 2022");
    strbuf_done(&out);
}

static void any_bytes_are_borne(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    Str bytes = { "\xff.10.22\0002022\xd0", 14 };
    assert_true(year_shift(bytes, (Span){ day_of(2022, 1, 1), day_of(2022, 12, 31) }, 5, &out));
    assert_int_equal(out.n_bytes, bytes.n_bytes);
    assert_memory_equal(out.at, "\xff.10.22\0002027\xd0", 13);
    strbuf_done(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_of_the_period_are_shifted_and_nothing_else),
        cmocka_unit_test(without_a_period_or_a_difference_all_stays),
        cmocka_unit_test(any_bytes_are_borne),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
