#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/base/file.h"

enum { LIMIT = 1 << 20 };

static void a_file_is_appended_whole(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", (Str){ "x\0y\r\n", 5 });
    StrBuf out = { 0 };
    FileMark mark;
    strbuf_add(&out, STR("was:"));
    assert_true(file_read(temp_path(&temp, "a"), LIMIT, &out, &mark, NULL));
    assert_true(str_eq(strbuf_str(&out), (Str){ "was:x\0y\r\n", 9 }));
    FileMark again = file_mark(temp_path(&temp, "a"));
    assert_true(file_mark_eq(&mark, &again));
    strbuf_done(&out);
    temp_done(&temp);
}

static void a_large_file_is_read_over_many_reads(void **state)
{
    (void)state;
    enum { SIZE = 300 * 1000 };
    Temp temp = temp_new();
    StrBuf content = { 0 };
    StrBuf out = { 0 };
    for (int i = 0; content.n_bytes < SIZE; i++) {
        strbuf_addf(&content, "%d ", i);
    }
    temp_write(&temp, "a", strbuf_str(&content));
    assert_true(file_read(temp_path(&temp, "a"), LIMIT, &out, NULL, NULL));
    assert_true(str_eq(strbuf_str(&out), strbuf_str(&content)));
    strbuf_done(&content);
    strbuf_done(&out);
    temp_done(&temp);
}

static void an_empty_file_is_an_empty_text(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", (Str){ 0 });
    StrBuf out = { 0 };
    assert_true(file_read(temp_path(&temp, "a"), LIMIT, &out, NULL, NULL));
    assert_int_equal(out.n_bytes, 0);
    strbuf_done(&out);
    temp_done(&temp);
}

/* And none of them blocks. */
static void what_is_no_regular_file_is_refused(void **state)
{
    (void)state;
    Temp temp = temp_new();
    assert_int_equal(mkdir(temp_path(&temp, "folder"), 0755), 0);
    assert_int_equal(mkfifo(temp_path(&temp, "fifo"), 0644), 0);
    assert_int_equal(symlink("nowhere", temp_path(&temp, "dangling")), 0);
    assert_int_equal(symlink("ring", temp_path(&temp, "ring")), 0);
    const struct {
        const char *path;
        TextId text;
    } cases[] = {
        { temp_path(&temp, "folder"), T_FILE_IS_FOLDER },
        { temp_path(&temp, "fifo"), T_FILE_NOT_REGULAR },
        { "/dev/zero", T_FILE_NOT_REGULAR },
        { temp_path(&temp, "missing"), T_FILE_CANNOT_READ },
        { temp_path(&temp, "dangling"), T_FILE_CANNOT_READ },
        { temp_path(&temp, "ring"), T_FILE_CANNOT_READ },
        { temp_path(&temp, "folder/none"), T_FILE_CANNOT_READ },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf out = { 0 };
        Err err = { 0 };
        strbuf_add(&out, STR("kept"));
        assert_false(file_read(cases[i].path, LIMIT, &out, NULL, &err));
        assert_int_equal(err.kind, ERR_SYSTEM);
        assert_int_equal(err.text, cases[i].text);
        assert_true(str_eq(strbuf_str(&out), STR("kept")));
        strbuf_done(&out);
    }
    temp_done(&temp);
}

static void a_file_over_the_limit_is_refused_and_one_of_just_that_size_is_not(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", STR("1234567890"));
    StrBuf out = { 0 };
    Err err = { 0 };
    strbuf_add(&out, STR("kept"));
    assert_false(file_read(temp_path(&temp, "a"), 9, &out, NULL, &err));
    assert_int_equal(err.kind, ERR_PLAN);
    assert_int_equal(err.text, T_FILE_TOO_LARGE);
    assert_true(str_eq(strbuf_str(&out), STR("kept")));
    assert_true(file_read(temp_path(&temp, "a"), 10, &out, NULL, NULL));
    assert_true(str_eq(strbuf_str(&out), STR("kept1234567890")));
    /* The system says of these that they are regular and empty. */
    assert_false(file_read("/proc/self/status", 9, &out, NULL, &err));
    assert_int_equal(err.text, T_FILE_TOO_LARGE);
    assert_int_equal(out.n_bytes, 14);
    strbuf_done(&out);
    temp_done(&temp);
}

static bool cannot_be_read(const Temp *temp)
{
    StrBuf out = { 0 };
    Err err = { 0 };
    bool refused = !file_read(temp_path(temp, "secret"), LIMIT, &out, NULL, &err);
    strbuf_done(&out);
    return refused && err.kind == ERR_SYSTEM && err.text == T_FILE_CANNOT_READ;
}

static void a_file_without_the_right_to_read_is_refused(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "secret", STR("x"));
    assert_int_equal(chmod(temp_path(&temp, "secret"), 0), 0);
    assert_true(temp_as_nobody(cannot_be_read, &temp));
    temp_done(&temp);
}

static void a_mark_tells_one_state_of_a_file_from_another(void **state)
{
    (void)state;
    Temp temp = temp_new();
    const char *path = temp_path(&temp, "a");
    FileMark none = file_mark(path);
    temp_write(&temp, "a", STR("1"));
    FileMark first = file_mark(path);
    FileMark again = file_mark(path);
    assert_false(file_mark_eq(&none, &first));
    assert_true(file_mark_eq(&first, &again));
    assert_true(file_mark_eq(&none, &(FileMark){ 0 }));
    const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    FileMark touched = file_mark(path);
    assert_false(file_mark_eq(&first, &touched));
    /* Another file of the same size and time at that path. */
    temp_write(&temp, "b", STR("2"));
    assert_int_equal(utimensat(AT_FDCWD, temp_path(&temp, "b"), old, 0), 0);
    assert_int_equal(rename(temp_path(&temp, "b"), path), 0);
    FileMark other = file_mark(path);
    assert_false(file_mark_eq(&touched, &other));
    temp_done(&temp);
}

static void a_folder_is_told_from_a_file(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", STR("x"));
    assert_int_equal(symlink(".", temp_path(&temp, "link")), 0);
    assert_true(file_is_folder(temp.path));
    assert_true(file_is_folder(temp_path(&temp, "link")));
    assert_false(file_is_folder(temp_path(&temp, "a")));
    assert_false(file_is_folder(temp_path(&temp, "none")));
    temp_done(&temp);
}

static void a_path_has_a_folder_and_a_name(void **state)
{
    (void)state;
    static const struct {
        Str path, folder, base;
    } cases[] = {
        { STR_INIT("a/b.yaml"), STR_INIT("a"), STR_INIT("b.yaml") },
        { STR_INIT("b.yaml"), STR_INIT("."), STR_INIT("b.yaml") },
        { STR_INIT("/b.yaml"), STR_INIT("/"), STR_INIT("b.yaml") },
        { STR_INIT("/a/b/c"), STR_INIT("/a/b"), STR_INIT("c") },
        { STR_INIT("a/b/"), STR_INIT("a/b"), STR_INIT("") },
        { STR_INIT(""), STR_INIT("."), STR_INIT("") },
        { STR_INIT("планы/я.yaml"), STR_INIT("планы"), STR_INIT("я.yaml") },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf folder = { 0 };
        path_add_folder(&folder, cases[i].path);
        assert_true(str_eq(strbuf_str(&folder), cases[i].folder));
        assert_true(str_eq(path_base(cases[i].path), cases[i].base));
        strbuf_done(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_is_appended_whole),
        cmocka_unit_test(a_large_file_is_read_over_many_reads),
        cmocka_unit_test(an_empty_file_is_an_empty_text),
        cmocka_unit_test(what_is_no_regular_file_is_refused),
        cmocka_unit_test(a_file_over_the_limit_is_refused_and_one_of_just_that_size_is_not),
        cmocka_unit_test(a_file_without_the_right_to_read_is_refused),
        cmocka_unit_test(a_mark_tells_one_state_of_a_file_from_another),
        cmocka_unit_test(a_folder_is_told_from_a_file),
        cmocka_unit_test(a_path_has_a_folder_and_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
