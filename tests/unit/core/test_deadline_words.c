#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/deadline_word_priv.h"

static void the_lexicon_is_in_the_order_of_the_alphabet(void **state)
{
    (void)state;
    size_t n;
    const WordRow *all = word_rows(&n);
    for (size_t i = 1; i < n; i++) {
        if (str_cmp(all[i - 1].stem, all[i].stem) > 0) {
            fail_msg("%.*s before %.*s", STR_ARG(all[i - 1].stem), STR_ARG(all[i].stem));
        }
    }
}

static void every_form_of_every_row_is_found(void **state)
{
    (void)state;
    size_t n;
    const WordRow *all = word_rows(&n);
    for (size_t i = 0; i < n; i++) {
        Str endings = all[i].endings;
        while (endings.n_bytes > 0) {
            Str ending = str_cut(&endings, ' ');
            StrBuf form = { 0 };
            strbuf_add(&form, all[i].stem);
            strbuf_add(&form, str_eq(ending, STR("-")) ? (Str){ 0 } : ending);
            const WordRow *row = word_find(strbuf_str(&form));
            if (row == NULL) {
                fail_msg("%s", strbuf_z(&form));
            }
            strbuf_done(&form);
        }
    }
}

static Word word_of(Str folded, int *value)
{
    const WordRow *row = word_find(folded);
    *value = row == NULL ? 0 : row->value;
    return row == NULL ? WORD_UNKNOWN : (Word)row->word;
}

static void words_that_begin_alike_are_told_apart(void **state)
{
    (void)state;
    int value;
    assert_int_equal(word_of(STR("четверти"), &value), WORD_UNIT);
    assert_int_equal(word_of(STR("четверга"), &value), WORD_WEEKDAY);
    assert_int_equal(word_of(STR("четвертый"), &value), WORD_ORDINAL);
    assert_int_equal(word_of(STR("марта"), &value), WORD_MONTH);
    assert_int_equal(word_of(STR("мая"), &value), WORD_MONTH);
    assert_int_equal(value, 5);
    assert_int_equal(word_of(STR("лет"), &value), WORD_UNIT);
    assert_int_equal(word_of(STR("летом"), &value), WORD_SEASON);
    assert_int_equal(word_of(STR("школа"), &value), WORD_UNKNOWN);
    assert_int_equal(word_of(STR(""), &value), WORD_UNKNOWN);
    assert_int_equal(word_of(STR("\xD0"), &value), WORD_UNKNOWN);
}

static void a_slip_of_the_pen_is_mended_where_no_other_word_is_near(void **state)
{
    (void)state;
    assert_non_null(word_find_misspelt(STR("сентбрь")));
    assert_non_null(word_find_misspelt(STR("ежемесячо")));
    assert_int_equal(word_find_misspelt(STR("четверь"))->word, WORD_UNIT);
    assert_null(word_find_misspelt(STR("карта")));
    assert_null(word_find_misspelt(STR("школьный")));
    assert_null(word_find_misspelt(STR("сентчбць")));
}

static void a_term_has_its_number_in_front(void **state)
{
    (void)state;
    int value;
    assert_true(word_find_term(STR("пятидневный"), &value));
    assert_int_equal(value, 5 * TERM_COUNT + UNIT_DAY);
    assert_true(word_find_term(STR("двухнедельного"), &value));
    assert_int_equal(value, 2 * TERM_COUNT + UNIT_WEEK);
    assert_false(word_find_term(STR("пятиклассник"), &value));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_lexicon_is_in_the_order_of_the_alphabet),
        cmocka_unit_test(every_form_of_every_row_is_found),
        cmocka_unit_test(words_that_begin_alike_are_told_apart),
        cmocka_unit_test(a_slip_of_the_pen_is_mended_where_no_other_word_is_near),
        cmocka_unit_test(a_term_has_its_number_in_front),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
