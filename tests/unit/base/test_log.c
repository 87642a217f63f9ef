#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../support/temp.h"
#include "vekha/base/log.h"

static Temp temp;

static int open_temp(void **state)
{
    (void)state;
    temp = temp_new();
    temp_write(&temp, "plan", STR("x"));
    return 0;
}

static int close_temp(void **state)
{
    (void)state;
    temp_done(&temp);
    return 0;
}

static LogPlace place(void)
{
    return (LogPlace){ temp_path(&temp, "plan"), ".log", "a.tsv" };
}

static bool append(const char *lines, Err *err)
{
    LogPlace at = place();
    *err = (Err){ 0 };
    return log_append(&at, str_of(lines), err);
}

static void assert_log(const char *text)
{
    LogPlace at = place();
    StrBuf is = { 0 };
    bool is_cut;
    FileMark mark;
    assert_true(log_read(&at, 1 << 20, &is, &is_cut, &mark, NULL));
    assert_false(is_cut);
    assert_string_equal(strbuf_z(&is), text);
    FileMark now = log_mark(&at);
    assert_true(file_mark_eq(&mark, &now));
    strbuf_done(&is);
}

static mode_t mode_of(const char *name)
{
    struct stat info;
    assert_int_equal(lstat(temp_path(&temp, name), &info), 0);
    return info.st_mode & 07777;
}

static void lines_are_added_behind_those_that_are_there(void **state)
{
    (void)state;
    Err err;
    assert_log("");
    assert_true(append("one\n", &err));
    assert_true(append("two\nthree\n", &err));
    assert_log("one\ntwo\nthree\n");
}

static void a_log_that_is_gone_has_nothing_to_bring_to_disk(void **state)
{
    (void)state;
    Err err;
    LogPlace at = place();
    assert_true(log_sync(&at, &err));
    assert_true(append("one\n", &err));
    assert_true(log_sync(&at, &err));
    temp_delete(&temp, ".log/a.tsv");
    assert_true(log_sync(&at, &err));
    assert_log("");
}

static void what_is_torn_gets_its_line_feed(void **state)
{
    (void)state;
    Err err;
    assert_true(append("one\n", &err));
    temp_write(&temp, ".log/a.tsv", STR("one\ntw"));
    assert_true(append("three\n", &err));
    assert_log("one\ntw\nthree\n");
}

static void whoever_may_write_the_file_may_write_its_log(void **state)
{
    (void)state;
    Err err;
    mode_t mask = umask(0077);
    assert_int_equal(chmod(temp.path, 02775), 0);
    assert_int_equal(chmod(temp_path(&temp, "plan"), 0660), 0);
    bool ok = append("one\n", &err);
    (void)umask(mask);
    assert_true(ok);
    assert_int_equal(mode_of(".log") & 0777, 0775);
    assert_int_equal(mode_of(".log/a.tsv"), 0660);
    assert_int_equal(chmod(temp_path(&temp, "plan"), 0666), 0); /* and who may since */
    assert_true(append("two\n", &err));
    assert_int_equal(mode_of(".log/a.tsv"), 0666);
}

static void assert_refused(TextId text)
{
    Err err;
    LogPlace at = place();
    StrBuf is = { 0 };
    bool is_cut;
    FileMark mark;
    assert_false(append("one\n", &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(err.text, text);
    assert_false(log_read(&at, 1 << 20, &is, &is_cut, &mark, &err));
    assert_int_equal(is.n_bytes, 0);
    strbuf_done(&is);
}

static void nothing_is_written_through_a_link_a_pipe_or_a_folder(void **state)
{
    (void)state;
    temp_write(&temp, ".log", STR(""));
    assert_refused(T_FILE_NOT_REGULAR);
    temp_delete(&temp, ".log");
    assert_int_equal(symlink("/nowhere", temp_path(&temp, ".log")), 0);
    assert_refused(T_FILE_NOT_REGULAR);
    temp_delete(&temp, ".log");
    assert_int_equal(mkdir(temp_path(&temp, ".log"), 0755), 0);
    assert_int_equal(symlink("../plan", temp_path(&temp, ".log/a.tsv")), 0);
    assert_refused(T_FILE_NOT_REGULAR);
    assert_true(temp_holds(temp_path(&temp, "plan"), STR("x")));
    temp_delete(&temp, ".log/a.tsv");
    assert_int_equal(symlink("/dev/full", temp_path(&temp, ".log/a.tsv")), 0);
    assert_refused(T_FILE_NOT_REGULAR);
    temp_delete(&temp, ".log/a.tsv");
    assert_int_equal(mkfifo(temp_path(&temp, ".log/a.tsv"), 0666), 0);
    assert_refused(T_FILE_NOT_REGULAR);
    temp_delete(&temp, ".log/a.tsv");
    assert_int_equal(mkdir(temp_path(&temp, ".log/a.tsv"), 0755), 0);
    assert_refused(T_FILE_NOT_REGULAR);
}

static void of_a_full_disk_the_reason_is_told(void **state)
{
    (void)state;
    Err err;
    struct rlimit old;
    assert_true(append("one\n", &err));
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    (void)signal(SIGXFSZ, SIG_IGN);
    struct rlimit small = { 8, old.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool is_half_written = append("a long line that does not fit\n", &err);
    TextId text = err.text;
    bool is_written = append("two\n", &err);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
    assert_false(is_half_written);
    assert_int_equal(text, T_FILE_CANNOT_WRITE);
    assert_false(is_written);
    assert_true(append("two\n", &err));
    assert_log("one\na lo\ntwo\n");
}

static void of_a_long_log_the_last_whole_lines_are_read(void **state)
{
    (void)state;
    Err err;
    LogPlace at = place();
    StrBuf is = { 0 };
    bool is_cut;
    FileMark mark;
    assert_true(append("one\ntwo\nthree\n", &err));
    assert_true(log_read(&at, 8, &is, &is_cut, &mark, &err));
    assert_true(is_cut);
    assert_string_equal(strbuf_z(&is), "three\n");
    strbuf_clear(&is);
    assert_true(log_read(&at, 3, &is, &is_cut, &mark, &err)); /* not even one */
    assert_int_equal(is.n_bytes, 0);
    strbuf_done(&is);
}

static bool cannot_append(const Temp *where)
{
    (void)where;
    Err err;
    return !append("one\n", &err) && err.text == T_FILE_CANNOT_WRITE && err.args[1].row == T_WHY_ACCESS;
}

static void who_may_not_write_it_is_told_so(void **state)
{
    (void)state;
    Err err;
    assert_true(temp_as_nobody(cannot_append, &temp)); /* the folder cannot be made */
    assert_true(append("one\n", &err));
    assert_int_equal(chmod(temp_path(&temp, ".log/a.tsv"), 0444), 0);
    assert_true(temp_as_nobody(cannot_append, &temp));
    assert_log("one\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(lines_are_added_behind_those_that_are_there, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(a_log_that_is_gone_has_nothing_to_bring_to_disk, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(what_is_torn_gets_its_line_feed, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(whoever_may_write_the_file_may_write_its_log, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(nothing_is_written_through_a_link_a_pipe_or_a_folder, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(of_a_full_disk_the_reason_is_told, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(of_a_long_log_the_last_whole_lines_are_read, open_temp, close_temp),
        cmocka_unit_test_setup_teardown(who_may_not_write_it_is_told_so, open_temp, close_temp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
