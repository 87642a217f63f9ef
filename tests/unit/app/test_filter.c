#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/app/filter.h"

static void assert_words(const Filter *filter, Lang lang, const char *wanted)
{
    StrBuf words = { 0 };
    filter_add_words(&words, lang, filter);
    assert_string_equal(strbuf_z(&words), wanted);
    assert_int_equal(filter_is_set(filter), words.n_bytes > 0);
    strbuf_done(&words);
}

static void what_is_set_is_named(void **state)
{
    (void)state;
    Filter filter = { 0 };
    assert_words(&filter, LANG_RU, "");
    filter.query.states = 1u << STATE_LATE;
    assert_words(&filter, LANG_RU, "только просроченные");
    filter.query.states |= 1u << STATE_SOON;
    assert_words(&filter, LANG_RU, "просроченные и близкие");
    filter.query.days = month_span(2022 * DATE_MONTHS_PER_YEAR + 4);
    filter_set_text(&filter, FILTER_PARTY, STR("Иванова И.И."));
    assert_words(&filter, LANG_RU, "просроченные и близкие · май 2022 · Иванова И.И.");
    assert_words(&filter, LANG_EN, "late and soon · May 2022 · Иванова И.И.");
    filter_clear(&filter);
    assert_words(&filter, LANG_RU, "");
    filter.query.statuses = 1u << STATUS_DONE | 1u << STATUS_CANCELLED;
    filter.query.is_waiting = true;
    filter_set_text(&filter, FILTER_SECTION, STR("Первый"));
    filter_set_text(&filter, FILTER_WORD, STR("приказ\x1b"));
    assert_words(&filter, LANG_RU, "исполнено · отменено · ждут подтверждения · Первый · приказ^[");
    filter_done(&filter);
}

static void a_party_and_a_part_of_a_name_stand_for_each_other(void **state)
{
    (void)state;
    Filter filter = { 0 };
    filter_set_text(&filter, FILTER_PARTY, STR("Иванова И. И."));
    assert_true(str_eq(filter.query.party, STR("ивановаии")));
    filter_set_text(&filter, FILTER_WHO, STR("Ёлк"));
    assert_true(str_eq(filter.query.who, STR("елк")));
    assert_int_equal(filter.query.party.n_bytes, 0);
    filter_set_text(&filter, FILTER_WHO, (Str){ 0 });
    assert_false(filter_is_set(&filter));
    filter_done(&filter);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_set_is_named),
        cmocka_unit_test(a_party_and_a_part_of_a_name_stand_for_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
