#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/err.h"
#include "vekha/base/utf8.h"

static void assert_words(const Err *err, const char *wanted)
{
    StrBuf words = { 0 };
    err_words(&words, LANG_RU, err);
    assert_string_equal(strbuf_z(&words), wanted);
    strbuf_done(&words);
}

static void a_failure_keeps_copies_of_its_arguments(void **state)
{
    Err err = { 0 };
    char name[] = "план.yaml";
    (void)state;
    assert_false(err_set(&err, ERR_PLAN, T_FILE_TOO_LARGE, TEXT_STR(str_of(name)), TEXT_NUM(64)));
    memset(name, 'x', sizeof name - 1);
    assert_int_equal(err.kind, ERR_PLAN);
    assert_words(&err, "«план.yaml»: больше 64 МиБ; таких файлов веха не читает");
}

static void nobody_needs_to_listen(void **state)
{
    (void)state;
    assert_false(err_set(NULL, ERR_PLAN, T_FILE_IS_FOLDER, TEXT_STR(STR("a"))));
    assert_false(err_plain(NULL, ERR_PLAN, T_FILE_IS_FOLDER));
    assert_false(err_at(NULL, 1, 1));
    assert_false(err_in(NULL, STR("a")));
    assert_false(err_errno(NULL, T_FILE_CANNOT_READ, "a"));
}

static void the_place_stands_before_the_words(void **state)
{
    Err err = { 0 };
    (void)state;
    (void)err_set(&err, ERR_PLAN, T_FILE_IS_FOLDER, TEXT_STR(STR("папка")));
    assert_words(&err, "«папка» — папка, а не файл");
    assert_false(err_at(&err, 14, 13));
    assert_words(&err, "14:13: «папка» — папка, а не файл");
    assert_false(err_in(&err, STR("plans/a.yaml")));
    assert_words(&err, "plans/a.yaml:14:13: «папка» — папка, а не файл");
    assert_false(err_in(&err, STR("other.yaml"))); /* the first one is where it happened */
    assert_true(str_eq(err_path(&err), STR("plans/a.yaml")));
}

static void a_file_without_a_line_is_named_too(void **state)
{
    Err err = { 0 };
    (void)state;
    (void)err_set(&err, ERR_PLAN, T_FILE_IS_FOLDER, TEXT_STR(STR("x")));
    (void)err_in(&err, STR("a.yaml"));
    assert_words(&err, "a.yaml: «x» — папка, а не файл");
    (void)err_at(&err, 3, 0);
    assert_words(&err, "a.yaml:3:1: «x» — папка, а не файл");
}

static void words_are_added_to_what_was_there(void **state)
{
    Err err = { 0 };
    StrBuf words = { 0 };
    (void)state;
    (void)err_set(&err, ERR_PLAN, T_FILE_IS_FOLDER, TEXT_STR(STR("x")));
    strbuf_add(&words, STR("vekha:"));
    err_words(&words, LANG_RU, &err);
    assert_string_equal(strbuf_z(&words), "vekha:«x» — папка, а не файл");
    strbuf_done(&words);
}

static void control_characters_are_made_visible(void **state)
{
    Err err = { 0 };
    (void)state;
    (void)err_set(&err, ERR_PLAN, T_FILE_IS_FOLDER, TEXT_STR(STR("a\x1b[2J\n")));
    (void)err_in(&err, STR("b\x1b.yaml"));
    assert_words(&err, "b^[.yaml: «a^[[2J » — папка, а не файл");
}

static void the_systems_reason_is_told(void **state)
{
    Err err = { 0 };
    StrBuf text = { 0 };
    (void)state;
    errno = ENOENT;
    assert_false(err_errno(&err, T_FILE_CANNOT_READ, "нет.yaml"));
    assert_int_equal(err.kind, ERR_SYSTEM);
    err_text(&text, LANG_EN, &err);
    assert_string_equal(strbuf_z(&text), "cannot read “нет.yaml”: no such file or folder");
    strbuf_clear(&text);
    err_text(&text, LANG_RU, &err);
    assert_string_equal(strbuf_z(&text), "не удаётся прочитать «нет.yaml»: такого файла или папки нет");
    strbuf_done(&text);
}

static void a_reason_without_a_row_is_told_as_the_system_does(void **state)
{
    Err err = { 0 };
    (void)state;
    errno = EXDEV;
    assert_false(err_errno(&err, T_FILE_CANNOT_WRITE, "a.yaml"));
    StrBuf text = { 0 };
    err_text(&text, LANG_RU, &err);
    assert_true(str_ends(strbuf_str(&text), str_of(strerror(EXDEV))));
    strbuf_done(&text);
}

static void a_copy_stands_alone(void **state)
{
    Err copy;
    (void)state;
    {
        Err err = { 0 };
        (void)err_set(&err, ERR_PLAN, T_FILE_TOO_LARGE, TEXT_STR(STR("a")), TEXT_NUM(1));
        (void)err_in(&err, STR("путь"));
        err_copy(&copy, &err);
        memset(&err, 'x', sizeof err);
    }
    assert_words(&copy, "путь: «a»: больше 1 МиБ; таких файлов веха не читает");
}

/* However long the arguments and the path are: cut at whole characters, and no byte beyond. */
static void long_arguments_are_cut(void **state)
{
    StrBuf much = { 0 };
    (void)state;
    for (int i = 0; i < 3000; i++) {
        strbuf_add(&much, STR("ж"));
    }
    Str s = strbuf_str(&much);
    Err err = { 0 };
    (void)err_set(&err, ERR_PLAN, T_FILE_CANNOT_READ, TEXT_STR(s), TEXT_STR(s), TEXT_STR(s), TEXT_STR(s), TEXT_STR(s),
                  TEXT_STR(s));
    (void)err_in(&err, str_from(s, 1)); /* begins within a character */
    assert_int_equal(err.n_args, TEXT_MAX_ARGS);
    assert_true(err.n_store <= ERR_STORE_SIZE);
    StrBuf words = { 0 };
    err_words(&words, LANG_RU, &err);
    assert_true(utf8_valid(strbuf_str(&words), NULL));
    assert_true(words.n_bytes < ERR_STORE_SIZE + 200);
    strbuf_done(&words);

    Err early = { 0 };
    (void)err_set(&early, ERR_PLAN, T_FILE_IS_FOLDER, TEXT_STR(STR("x")));
    (void)err_in(&early, s);
    err_words(&words, LANG_RU, &early);
    assert_true(str_ends(strbuf_str(&words), STR(": «x» — папка, а не файл")));
    strbuf_done(&words);
    strbuf_done(&much);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_failure_keeps_copies_of_its_arguments),
        cmocka_unit_test(nobody_needs_to_listen),
        cmocka_unit_test(the_place_stands_before_the_words),
        cmocka_unit_test(a_file_without_a_line_is_named_too),
        cmocka_unit_test(words_are_added_to_what_was_there),
        cmocka_unit_test(control_characters_are_made_visible),
        cmocka_unit_test(the_systems_reason_is_told),
        cmocka_unit_test(a_reason_without_a_row_is_told_as_the_system_does),
        cmocka_unit_test(a_copy_stands_alone),
        cmocka_unit_test(long_arguments_are_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
