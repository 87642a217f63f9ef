#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/tally_priv.h"
#include "vekha/base/utf8.h"

static void same_texts_are_counted_and_stand_in_russian_order(void **state)
{
    (void)state;
    Tally tally = { 0 };
    static const Str texts[] = {
        STR_INIT("ёж"), STR_INIT("Жук"), STR_INIT("ель"), STR_INIT("жук"), STR_INIT("ёж"), STR_INIT("")
    };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        tally_add(&tally, texts[i]);
    }
    tally_finish(&tally, utf8_add_folded);
    assert_int_equal(tally.rows.n, 4);
    assert_true(str_eq(tally.rows.at[0].text, STR("")) && tally.rows.at[0].n == 1);
    assert_true(str_eq(tally.rows.at[1].text, STR("ёж")) && tally.rows.at[1].n == 2);
    assert_true(str_eq(tally.rows.at[2].text, STR("ель")) && tally.rows.at[2].n == 1);
    assert_true(str_eq(tally.rows.at[3].text, STR("Жук")) && tally.rows.at[3].n == 2);
    tally_done(&tally);
}

static void nothing_and_very_much_are_counted_too(void **state)
{
    (void)state;
    enum { MANY = 5000 };
    Tally tally = { 0 };
    tally_finish(&tally, strbuf_add);
    assert_int_equal(tally.rows.n, 0);
    Arena arena = { 0 };
    for (int i = 0; i < 3 * MANY; i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "%d", i % MANY);
        tally_add(&tally, arena_copy(&arena, strbuf_str(&text)));
        strbuf_done(&text);
    }
    tally_finish(&tally, strbuf_add);
    assert_int_equal(tally.rows.n, MANY);
    for (size_t i = 0; i < tally.rows.n; i++) {
        assert_int_equal(tally.rows.at[i].n, 3);
    }
    tally_done(&tally);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_texts_are_counted_and_stand_in_russian_order),
        cmocka_unit_test(nothing_and_very_much_are_counted_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
