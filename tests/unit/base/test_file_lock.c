#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"

#define NAME STR(".vekha.lock")

/* A process that holds the lock until it is killed. */
static pid_t start_holder(const char *path)
{
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        FileLock lock;
        bool ok = file_lock(path, NAME, 0, &lock, NULL);
        (void)!write(ready[1], ok ? "y" : "n", 1);
        for (;;) {
            (void)pause();
        }
    }
    char said = 0;
    assert_int_equal(read(ready[0], &said, 1), 1);
    assert_int_equal(said, 'y');
    (void)close(ready[0]);
    (void)close(ready[1]);
    return child;
}

static void stop_holder(pid_t holder)
{
    assert_int_equal(kill(holder, SIGKILL), 0);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
}

static bool is_free(const char *path)
{
    FileLock lock = { 0 };
    bool ok = file_lock(path, NAME, 0, &lock, NULL);
    file_unlock(&lock);
    return ok;
}

static void a_lock_keeps_another_process_out_and_dies_with_its_own(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR("x"));
    const char *path = temp_path(&temp, "a.yaml");
    pid_t holder = start_holder(path);
    FileLock lock = { 0 };
    Err err = { 0 };
    long long begin = clock_ms();
    assert_false(file_lock(path, NAME, 60, &lock, &err));
    assert_true(clock_ms() - begin >= 60);
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(err.text, T_FILE_BUSY_BY);
    assert_int_equal(err.args[1].number, holder);
    assert_false(lock.is_held);
    stop_holder(holder);
    assert_true(file_lock(path, NAME, 0, &lock, &err));
    assert_int_equal(err.kind, ERR_NONE);
    assert_true(lock.is_held);
    file_unlock(&lock);
    assert_false(lock.is_held);
    file_unlock(&lock); /* once more does no harm */
    temp_done(&temp);
}

static void the_lock_is_for_all_files_of_the_folder_and_for_those_to_come(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR("x"));
    temp_write(&temp, "b.yaml", STR("x"));
    pid_t holder = start_holder(temp_path(&temp, "a.yaml"));
    assert_false(is_free(temp_path(&temp, "b.yaml")));
    assert_false(is_free(temp_path(&temp, "new.yaml")));
    stop_holder(holder);
    assert_true(is_free(temp_path(&temp, "new.yaml")));
    assert_false(is_free(temp_path(&temp, "none/new.yaml")));
    temp_done(&temp);
}

/* Each of the two knows the file by another folder. */
static void a_file_with_two_names_has_one_lock(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR("x"));
    assert_int_equal(mkdir(temp_path(&temp, "far"), 0755), 0);
    assert_int_equal(symlink("../a.yaml", temp_path(&temp, "far/link.yaml")), 0);
    assert_int_equal(link(temp_path(&temp, "a.yaml"), temp_path(&temp, "far/hard.yaml")), 0);
    const char *names[] = { "a.yaml", "far/link.yaml", "far/hard.yaml" };
    for (size_t i = 0; i < COUNTOF(names); i++) {
        pid_t holder = start_holder(temp_path(&temp, names[i]));
        for (size_t k = 0; k < COUNTOF(names); k++) {
            assert_false(is_free(temp_path(&temp, names[k])));
        }
        stop_holder(holder);
    }
    assert_true(is_free(temp_path(&temp, "far/link.yaml")));
    assert_int_not_equal(access(temp_path(&temp, ".vekha.lock"), F_OK), -1); /* where the link leads */
    temp_done(&temp);
}

/* The lock is neither lost nor in the way when the file is read and closed. */
static void reading_the_file_does_not_let_its_lock_go(void **state)
{
    (void)state;
    Temp temp = temp_new();
    FileLock lock;
    StrBuf text = { 0 };
    temp_write(&temp, "a.yaml", STR("x"));
    assert_int_equal(mkdir(temp_path(&temp, "far"), 0755), 0);
    assert_int_equal(link(temp_path(&temp, "a.yaml"), temp_path(&temp, "far/hard.yaml")), 0);
    assert_true(file_lock(temp_path(&temp, "a.yaml"), NAME, 0, &lock, NULL));
    assert_true(file_read(temp_path(&temp, "a.yaml"), 10, &text, NULL, NULL));
    assert_false(is_free(temp_path(&temp, "far/hard.yaml")));
    file_unlock(&lock);
    assert_true(is_free(temp_path(&temp, "far/hard.yaml")));
    strbuf_done(&text);
    temp_done(&temp);
}

static bool locks(const Temp *temp)
{
    return is_free(temp_path(temp, "a.yaml"));
}

/* Whoever may write the file but not in its folder cannot open the lock file; both still keep each other out. */
static void who_may_write_the_file_alone_locks_that(void **state)
{
    (void)state;
    Temp temp = temp_new();
    FileLock lock;
    temp_write(&temp, "a.yaml", STR("x"));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0666), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(temp_as_nobody(locks, &temp)); /* there is no lock file */
    assert_int_equal(chmod(temp.path, 0755), 0);
    assert_true(file_lock(temp_path(&temp, "a.yaml"), NAME, 0, &lock, NULL));
    assert_int_equal(chmod(temp_path(&temp, ".vekha.lock"), 0600), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_false(geteuid() == 0 && temp_as_nobody(locks, &temp));
    file_unlock(&lock);
    assert_true(temp_as_nobody(locks, &temp));
    assert_int_equal(chmod(temp.path, 0755), 0);
    temp_done(&temp);
}

static bool is_refused(const Temp *temp)
{
    FileLock lock = { 0 };
    Err err = { 0 };
    return !file_lock(temp_path(temp, "a.yaml"), NAME, 0, &lock, &err) && err.text == T_FILE_CANNOT_WRITE && !lock.is_held;
}

static void a_file_that_may_not_be_written_may_not_be_locked(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR("x"));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0444), 0);
    assert_int_equal(chmod(temp.path, 0777), 0);
    assert_true(temp_as_nobody(is_refused, &temp));
    temp_done(&temp);
}

/* Else the first one to save would lock his colleagues out for good. */
static void whoever_may_write_in_the_folder_may_lock_it(void **state)
{
    (void)state;
    const mode_t modes[] = { 0777, 0775, 0770, 0700 };
    for (size_t i = 0; i < COUNTOF(modes); i++) {
        Temp temp = temp_new();
        struct stat info;
        assert_int_equal(chmod(temp.path, modes[i]), 0);
        mode_t mask = umask(077);
        assert_true(is_free(temp_path(&temp, "a.yaml")));
        (void)umask(mask);
        assert_int_equal(stat(temp_path(&temp, ".vekha.lock"), &info), 0);
        assert_int_equal(info.st_mode & 07777, modes[i] == 0700 ? 0600 : modes[i] & 0666);
        /* He was killed before he could share it: the next time he does. */
        assert_int_equal(chmod(temp_path(&temp, ".vekha.lock"), 0600), 0);
        assert_true(is_free(temp_path(&temp, "a.yaml")));
        assert_int_equal(stat(temp_path(&temp, ".vekha.lock"), &info), 0);
        assert_int_equal(info.st_mode & 07777, modes[i] & 0666);
        temp_done(&temp);
    }
}

static void what_lies_in_the_place_of_the_lock_is_not_followed(void **state)
{
    (void)state;
    Temp temp = temp_new();
    FileLock lock = { 0 };
    Err err = { 0 };
    temp_write(&temp, "a.yaml", STR("x"));
    temp_write(&temp, "target", STR("x"));
    assert_int_equal(symlink("target", temp_path(&temp, ".vekha.lock")), 0);
    assert_false(file_lock(temp_path(&temp, "a.yaml"), NAME, 0, &lock, &err));
    assert_int_equal(err.text, T_FILE_CANNOT_LOCK);
    assert_int_equal(unlink(temp_path(&temp, ".vekha.lock")), 0);
    assert_int_equal(mkdir(temp_path(&temp, ".vekha.lock"), 0755), 0);
    assert_false(file_lock(temp_path(&temp, "a.yaml"), NAME, 0, &lock, &err));
    assert_int_equal(err.text, T_FILE_CANNOT_LOCK);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lock_keeps_another_process_out_and_dies_with_its_own),
        cmocka_unit_test(the_lock_is_for_all_files_of_the_folder_and_for_those_to_come),
        cmocka_unit_test(a_file_with_two_names_has_one_lock),
        cmocka_unit_test(reading_the_file_does_not_let_its_lock_go),
        cmocka_unit_test(who_may_write_the_file_alone_locks_that),
        cmocka_unit_test(a_file_that_may_not_be_written_may_not_be_locked),
        cmocka_unit_test(whoever_may_write_in_the_folder_may_lock_it),
        cmocka_unit_test(what_lies_in_the_place_of_the_lock_is_not_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
