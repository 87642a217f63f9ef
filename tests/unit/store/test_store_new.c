#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../support/temp.h"
#include "vekha/store/store.h"
#include "vekha/store/store_new.h"

static void a_new_plan_is_one_in_which_check_finds_nothing(void **state)
{
    (void)state;
    static const NewText texts[] = {
        { STR_INIT("title"), STR_INIT("No: #1") },
        { STR_INIT("period"), STR_INIT("2022-09/2023-05") },
        { STR_INIT("preamble"), STR_INIT("раз\nдва") },
        { STR_INIT("short"), STR_INIT("2022") },
    };
    Temp folder = temp_new();
    StrBuf text = { 0 };
    assert_true(new_plan_text(texts, COUNTOF(texts), &text, NULL));
    assert_string_equal(strbuf_z(&text), "vekha: 1\ntitle: \"No: #1\"\nshort: \"2022\"\nperiod: 2022-09/2023-05\n"
                                         "preamble: \"раз\\nдва\"\nevents: []\n");
    assert_true(store_create(temp_path(&folder, "a.yaml"), strbuf_str(&text), NULL));
    Store *store = store_open(folder.path, NULL);
    Arena arena = { 0 };
    ProblemVec problems = { 0 };
    assert_int_equal(store_count(store), 1);
    store_check(store, 0, day_of(2022, 10, 1), LANG_RU, &arena, &problems);
    assert_int_equal(problems.n, 0);
    vec_done(&problems);
    arena_done(&arena);
    store_free(store);
    strbuf_done(&text);
    temp_done(&folder);
}

static void a_value_that_is_none_is_refused(void **state)
{
    (void)state;
    static const NewText texts[] = {
        { STR_INIT("period"), STR_INIT("завтра") },
        { STR_INIT("title"), STR_INIT(" ") },
        { STR_INIT("goal"), STR_INIT("х") },
    };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        StrBuf text = { 0 };
        Err err = { 0 };
        assert_false(new_plan_text(&texts[i], 1, &text, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_int_equal(text.n_bytes, 0);
        strbuf_done(&text);
    }
}

static void what_is_there_is_never_written_over(void **state)
{
    (void)state;
    Temp folder = temp_new();
    StrBuf is = { 0 };
    Err err = { 0 };
    temp_write(&folder, "a.yaml", STR("title: Чужой\n"));
    assert_false(store_create(temp_path(&folder, "a.yaml"), STR("title: Мой\n"), &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_int_equal(err.text, T_NEW_EXISTS);
    temp_read(temp_path(&folder, "a.yaml"), &is);
    assert_string_equal(strbuf_z(&is), "title: Чужой\n");
    assert_int_equal(symlink("nowhere", temp_path(&folder, "link.yaml")), 0);
    assert_false(store_create(temp_path(&folder, "link.yaml"), STR("title: Мой\n"), &err));
    assert_int_not_equal(access(temp_path(&folder, "nowhere"), F_OK), 0);
    assert_false(store_create(temp_path(&folder, "no/b.yaml"), STR("title: Мой\n"), &err));
    assert_int_equal(err.text, T_NEW_NO_FOLDER);
    strbuf_done(&is);
    temp_done(&folder);
}

static void it_may_be_read_by_those_who_read_its_neighbours(void **state)
{
    (void)state;
    Temp folder = temp_new();
    struct stat info;
    temp_write(&folder, "a.yaml", STR("title: Сосед\n"));
    assert_int_equal(chmod(temp_path(&folder, "a.yaml"), 0660), 0);
    assert_true(store_create(temp_path(&folder, "b.yaml"), STR("title: Мой\n"), NULL));
    assert_int_equal(stat(temp_path(&folder, "b.yaml"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0660);
    assert_int_equal(chmod(temp_path(&folder, "a.yaml"), 0600), 0);
    assert_int_equal(unlink(temp_path(&folder, "b.yaml")), 0);
    assert_true(store_create(temp_path(&folder, "b.yaml"), STR("title: Мой\n"), NULL));
    assert_int_equal(stat(temp_path(&folder, "b.yaml"), &info), 0);
    assert_int_equal(info.st_mode & 07777, 0600);
    temp_done(&folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_plan_is_one_in_which_check_finds_nothing),
        cmocka_unit_test(a_value_that_is_none_is_refused),
        cmocka_unit_test(what_is_there_is_never_written_over),
        cmocka_unit_test(it_may_be_read_by_those_who_read_its_neighbours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
