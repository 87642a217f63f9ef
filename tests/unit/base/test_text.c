#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/base/text.h"
#include "vekha/base/utf8.h"

static const char *const names[] = {
    "T_NONE",
#define TEXT(id, ru, en) #id,
#include "vekha/base/texts/all.def"
#undef TEXT
};

typedef struct Slots {
    unsigned used; /* a bit an argument */
    bool is_whole; /* every brace has its partner and a digit */
    bool has_forms_right;
} Slots;

static int count_forms(Str forms)
{
    int count = 1;
    for (size_t i = 0; i < forms.n_bytes; i++) {
        count += forms.at[i] == '|';
    }
    return count;
}

static Slots slots_of(Lang lang, Str row)
{
    Slots slots = { .is_whole = true, .has_forms_right = true };
    while (row.n_bytes > 0) {
        size_t open = str_find_char(row, '{', 0);
        size_t close = str_find_char(row, '}', 0);
        if (open == SIZE_MAX || close == SIZE_MAX || close < open) {
            slots.is_whole = slots.is_whole && open == close;
            return slots;
        }
        Str slot = str_sub(row, open + 1, close);
        bool numbered = slot.n_bytes > 0 && slot.at[0] >= '0' && slot.at[0] < '0' + TEXT_MAX_ARGS;
        bool plural = slot.n_bytes > 1 && slot.at[1] == ':';
        slots.is_whole = slots.is_whole && numbered && (plural || slot.n_bytes == 1);
        slots.used |= numbered ? 1U << (slot.at[0] - '0') : 0;
        if (plural) {
            slots.has_forms_right = slots.has_forms_right && count_forms(str_from(slot, 2)) == (lang == LANG_RU ? 3 : 2);
        }
        row = str_from(row, close + 1);
    }
    return slots;
}

static void every_row_says_the_same_in_both_languages(void **state)
{
    (void)state;
    for (TextId id = T_NONE + 1; id < TEXT_COUNT; id++) {
        Slots slots[LANG_COUNT];
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            Str row = text_get(lang, id);
            slots[lang] = slots_of(lang, row);
            if (str_is_blank(row) || !utf8_valid(row, NULL)) {
                fail_msg("%s: column %d is empty or no UTF-8", names[id], (int)lang);
            }
            if (!slots[lang].is_whole) {
                fail_msg("%s: a brace that is none of an argument: %.*s", names[id], STR_ARG(row));
            }
            if (!slots[lang].has_forms_right) {
                fail_msg("%s: Russian has three plural forms, English two: %.*s", names[id], STR_ARG(row));
            }
        }
        if (slots[LANG_RU].used != slots[LANG_EN].used) {
            fail_msg("%s: the languages use different arguments", names[id]);
        }
    }
}

static bool has_cyrillic(Str row)
{
    while (row.n_bytes > 0) {
        uint32_t code = utf8_next(&row);
        if (code >= 0x400 && code <= 0x52F) {
            return true;
        }
    }
    return false;
}

/* Deadlines are Russian phrases in any language; these two rows give an example of one. */
static void the_english_column_has_no_russian(void **state)
{
    (void)state;
    for (TextId id = T_NONE + 1; id < TEXT_COUNT; id++) {
        bool has_example = id == T_CLI_WHEN_DETAILS || id == T_MARK_NEEDS_WHEN;
        if (has_cyrillic(text_get(LANG_EN, id)) != has_example) {
            fail_msg("%s: %s", names[id], has_example ? "the example is gone" : "Russian in the English column");
        }
    }
}

static void nothing_in_a_row_is_hidden(void **state)
{
    (void)state;
    for (TextId id = T_NONE; id < TEXT_COUNT; id++) {
        for (Lang lang = 0; lang < LANG_COUNT; lang++) {
            for (Str rest = text_get(lang, id); rest.n_bytes > 0;) {
                uint32_t code = utf8_next(&rest);
                if (utf8_is_hidden(code) && code != '\n' && code != '\t') {
                    fail_msg("%s: U+%04X", names[id], (unsigned)code);
                }
            }
        }
    }
}

static void arguments_are_put_in(void **state)
{
    StrBuf out = { 0 };
    (void)state;
    text_put(&out, LANG_RU, T_FILE_CANNOT_READ, TEXT_STR(STR("а{1}")), TEXT_STR(STR("нет")));
    assert_string_equal(strbuf_z(&out), "не удаётся прочитать «а{1}»: нет");
    strbuf_clear(&out);
    text_put(&out, LANG_EN, T_FILE_TOO_LARGE, TEXT_STR(STR("a")), TEXT_NUM(-5));
    assert_string_equal(strbuf_z(&out), "“a” is over -5 MiB; vekha reads no such files");
    strbuf_clear(&out);
    text_add(&out, LANG_RU, T_FILE_CANNOT_READ, NULL, 0);
    assert_string_equal(strbuf_z(&out), "не удаётся прочитать «»: ");
    strbuf_done(&out);
}

static void quotes_within_quotes_are_inner_ones(void **state)
{
    static const char *const cases[][2] = {
        { "Проверка «Посещаемость»", "«Проверка „Посещаемость“»" },
        { "«Веха»", "«„Веха“»" },
        { "«А» и «Б", "«„А“ и „Б»" },
        { "о „Вехе“", "«о „Вехе“»" },
        { "\xC2", "«\xC2»" },
    };
    StrBuf out = { 0 };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf wanted = { 0 };
        strbuf_addf(&wanted, "%s нигде не найдено", cases[i][1]);
        strbuf_clear(&out);
        text_put(&out, LANG_RU, T_SAID_NOT_FOUND, TEXT_STR(str_of(cases[i][0])));
        assert_string_equal(strbuf_z(&out), strbuf_z(&wanted));
        strbuf_done(&wanted);
    }
    strbuf_clear(&out); /* the second argument stands outside of the row's quotes */
    text_put(&out, LANG_RU, T_FILE_CANNOT_READ, TEXT_STR(STR("а «б»")), TEXT_STR(STR("«в»")));
    assert_string_equal(strbuf_z(&out), "не удаётся прочитать «а „б“»: «в»");
    strbuf_clear(&out);
    text_put(&out, LANG_EN, T_SAID_NOT_FOUND, TEXT_STR(STR("а «б»")));
    assert_string_equal(strbuf_z(&out), "“а «б»”: not found");
    strbuf_done(&out);
}

static void russian_numbers_have_three_forms(void **state)
{
    static const struct {
        long n;
        int form;
    } cases[] = { { 0, 2 },   { 1, 0 },   { 2, 1 },    { 4, 1 },  { 5, 2 },  { 10, 2 }, { 11, 2 },
                  { 12, 2 },  { 14, 2 },  { 15, 2 },   { 21, 0 }, { 22, 1 }, { 25, 2 }, { 101, 0 },
                  { 111, 2 }, { 112, 2 }, { 1001, 0 }, { -1, 0 }, { -3, 1 }, { -11, 2 } };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        if (text_plural_form(LANG_RU, cases[i].n) != cases[i].form) {
            fail_msg("%ld has form %d", cases[i].n, text_plural_form(LANG_RU, cases[i].n));
        }
    }
    assert_int_equal(text_plural_form(LANG_EN, 1), 0);
    assert_int_equal(text_plural_form(LANG_EN, 0), 1);
    assert_int_equal(text_plural_form(LANG_EN, 21), 1);
    assert_in_range(text_plural_form(LANG_RU, INTPTR_MIN), 0, 2);
}

static void languages_are_named(void **state)
{
    Lang lang = LANG_RU;
    (void)state;
    assert_true(text_lang_parse(STR("en_US.UTF-8"), &lang));
    assert_int_equal(lang, LANG_EN);
    assert_true(text_lang_parse(STR("ru"), &lang));
    assert_int_equal(lang, LANG_RU);
    assert_false(text_lang_parse(STR("de"), &lang));
    assert_false(text_lang_parse(STR(""), &lang));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_says_the_same_in_both_languages),
        cmocka_unit_test(the_english_column_has_no_russian),
        cmocka_unit_test(nothing_in_a_row_is_hidden),
        cmocka_unit_test(arguments_are_put_in),
        cmocka_unit_test(quotes_within_quotes_are_inner_ones),
        cmocka_unit_test(russian_numbers_have_three_forms),
        cmocka_unit_test(languages_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
