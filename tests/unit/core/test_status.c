#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/base/utf8.h"
#include "vekha/core/status.h"

static void every_status_is_read_back_from_all_its_names(void **state)
{
    (void)state;
    for (Status i = 0; i < STATUS_COUNT; i++) {
        const StatusInfo *info = status_info(i);
        Status got = STATUS_COUNT;
        assert_true(status_parse_name(info->name, &got));
        assert_int_equal(got, i);
        assert_true(status_parse(info->name, &got));
        assert_int_equal(got, i);
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            assert_true(status_parse(text_get(lang, info->word), &got));
            assert_int_equal(got, i);
            assert_true(status_parse(text_get(lang, info->brief), &got));
            assert_int_equal(got, i);
        }
    }
}

static void statuses_are_called_as_the_format_says(void **state)
{
    (void)state;
    static const struct {
        const char *name, *word, *glyph;
        bool is_closed;
    } rows[] = {
        { "planned", "запланировано", "○", false }, { "in-progress", "в работе", "►", false },
        { "done", "исполнено", "●", true },         { "confirmed", "подтверждено", "√", true },
        { "postponed", "перенесено", "→", false },  { "cancelled", "отменено", "×", true },
    };
    for (Status i = 0; i < STATUS_COUNT; i++) {
        assert_true(str_eq(status_info(i)->name, str_of(rows[i].name)));
        assert_true(str_eq(text_get(LANG_RU, status_info(i)->word), str_of(rows[i].word)));
        assert_true(str_eq(status_info(i)->glyph, str_of(rows[i].glyph)));
        assert_int_equal(status_info(i)->is_closed, rows[i].is_closed);
    }
}

static void a_person_may_write_a_status_in_any_case_and_with_blanks(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        Status status;
    } cases[] = {
        { " Исполнено ", STATUS_DONE },        { "В РАБОТЕ", STATUS_IN_PROGRESS }, { "DONE", STATUS_DONE },
        { "In Progress", STATUS_IN_PROGRESS }, { "подтв.", STATUS_CONFIRMED },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Status got = STATUS_COUNT;
        assert_true(status_parse(str_of(cases[i].text), &got));
        assert_int_equal(got, cases[i].status);
    }
}

static void a_file_has_the_name_and_nothing_else(void **state)
{
    (void)state;
    static const char *const wrong[] = { "", "Done", "исполнено", "done ", "in progress", "don", "donee", "late" };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        Status got = STATUS_COUNT;
        assert_false(status_parse_name(str_of(wrong[i]), &got));
        assert_int_equal(got, STATUS_COUNT);
    }
    Status got = STATUS_COUNT;
    assert_false(status_parse(STR("просрочено"), &got));
    assert_false(status_parse(STR(""), &got));
}

static void a_mistyped_name_finds_the_nearest(void **state)
{
    (void)state;
    Status got = STATUS_COUNT;
    assert_true(status_nearest(STR("donne"), &got));
    assert_int_equal(got, STATUS_DONE);
    assert_true(status_nearest(STR("canceled"), &got));
    assert_int_equal(got, STATUS_CANCELLED);
    assert_true(status_nearest(STR("inprogress"), &got));
    assert_int_equal(got, STATUS_IN_PROGRESS);
    assert_false(status_nearest(STR("готово"), &got));
    assert_false(status_nearest(STR(""), &got));
}

/* PuTTY's fonts have WGL4; a column of the table has nine columns. */
static void brief_words_fit_nine_columns_and_glyphs_one(void **state)
{
    (void)state;
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        for (Status i = 0; i < STATUS_COUNT; i++) {
            assert_in_range(utf8_cols(text_get(lang, status_info(i)->brief)), 1, 9);
            assert_int_equal(utf8_cols(status_info(i)->glyph), 1);
        }
        for (State i = 0; i < STATE_COUNT; i++) {
            assert_in_range(utf8_cols(text_get(lang, state_info(i)->brief)), 1, 9);
            assert_in_range(utf8_cols(state_info(i)->glyph), 0, 1);
        }
    }
}

static void no_two_rows_look_or_read_the_same(void **state)
{
    (void)state;
    for (Status i = 0; i < STATUS_COUNT; i++) {
        for (Status k = 0; k < i; k++) {
            assert_false(str_eq(status_info(i)->glyph, status_info(k)->glyph));
            assert_false(str_eq(status_info(i)->name, status_info(k)->name));
        }
    }
    for (State i = 0; i < STATE_COUNT; i++) {
        for (State k = 0; k < i; k++) {
            assert_false(str_eq(state_info(i)->name, state_info(k)->name));
            assert_false(str_eq(text_get(LANG_RU, state_info(i)->word), text_get(LANG_RU, state_info(k)->word)));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_is_read_back_from_all_its_names),
        cmocka_unit_test(statuses_are_called_as_the_format_says),
        cmocka_unit_test(a_person_may_write_a_status_in_any_case_and_with_blanks),
        cmocka_unit_test(a_file_has_the_name_and_nothing_else),
        cmocka_unit_test(a_mistyped_name_finds_the_nearest),
        cmocka_unit_test(brief_words_fit_nine_columns_and_glyphs_one),
        cmocka_unit_test(no_two_rows_look_or_read_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
