#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/base/file.h"

static mode_t mode_of(const Temp *temp, const char *name)
{
    struct stat info;
    assert_int_equal(stat(temp_path(temp, name), &info), 0);
    return info.st_mode & 07777;
}

static void it_is_whole_and_alone_in_its_folder(void **state)
{
    (void)state;
    Temp temp = temp_new();
    bool is_there = true;
    mode_t mask = umask(0027);
    temp_write(&temp, ".a.yaml.new", STR("half of a pl")); /* left by one that was killed */
    assert_true(file_create(temp_path(&temp, "a.yaml"), STR("title: План\n"), NULL, &is_there, NULL));
    (void)umask(mask);
    assert_false(is_there);
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), STR("title: План\n")));
    assert_int_equal(mode_of(&temp, "a.yaml"), 0640);
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

static void it_has_the_rights_of_the_file_that_it_is_to_be_like(void **state)
{
    (void)state;
    Temp temp = temp_new();
    bool is_there;
    struct stat like;
    temp_write(&temp, "a.yaml", STR("x"));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0764), 0);
    assert_int_equal(stat(temp_path(&temp, "a.yaml"), &like), 0);
    assert_true(file_create(temp_path(&temp, "b.yaml"), STR("y"), &like, &is_there, NULL));
    assert_int_equal(mode_of(&temp, "b.yaml"), 0664);
    temp_done(&temp);
}

static void nothing_is_ever_written_over(void **state)
{
    (void)state;
    Temp temp = temp_new();
    const char *const names[] = { "file", "folder", "link", "dangling" };
    temp_write(&temp, "file", STR("x"));
    assert_int_equal(mkdir(temp_path(&temp, "folder"), 0755), 0);
    assert_int_equal(symlink("file", temp_path(&temp, "link")), 0);
    assert_int_equal(symlink("nowhere", temp_path(&temp, "dangling")), 0);
    for (size_t i = 0; i < COUNTOF(names); i++) {
        Err err = { 0 };
        bool is_there = false;
        assert_false(file_create(temp_path(&temp, names[i]), STR("y"), NULL, &is_there, &err));
        assert_true(is_there);
        assert_int_equal(err.kind, ERR_NONE);
    }
    assert_true(temp_holds(temp_path(&temp, "file"), STR("x")));
    assert_int_equal(temp_count(&temp), 4);
    temp_done(&temp);
}

static void where_there_is_no_folder_it_is_said_why(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Err err = { 0 };
    bool is_there = true;
    assert_false(file_create(temp_path(&temp, "no/a.yaml"), STR("y"), NULL, &is_there, &err));
    assert_false(is_there);
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(err.text, T_FILE_CANNOT_WRITE);
    temp_done(&temp);
}

/* From here on renameat2() fails as where it is not known, and link() too if there are no second names. */
static bool forget(bool has_links)
{
    struct sock_filter steps[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_linkat, has_links ? 2 : 1, 0),
#ifdef SYS_link
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_link, has_links ? 1 : 0, 1),
#else
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
#endif
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = { COUNTOF(steps), steps };
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

enum { GOOD, BAD, NO_FILTERS };

static int create_without(const Temp *temp, bool has_links)
{
    bool is_there;
    bool is_there_again;
    if (!forget(has_links)) {
        return NO_FILTERS;
    }
    bool ok = file_create(temp_path(temp, "a.yaml"), STR("x"), NULL, &is_there, NULL) &&
              !file_create(temp_path(temp, "a.yaml"), STR("y"), NULL, &is_there_again, NULL);
    return ok && !is_there && is_there_again ? GOOD : BAD;
}

/* NFS knows no rename that takes nothing's place, and some others no second names either. */
static void other_file_systems_have_other_ways(void **state)
{
    (void)state;
    for (int has_links = 0; has_links < 2; has_links++) {
        Temp temp = temp_new();
        int status = 0;
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            _exit(create_without(&temp, has_links != 0));
        }
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status) && WEXITSTATUS(status) == NO_FILTERS) {
            temp_done(&temp);
            skip();
        }
        assert_int_equal(status, 0);
        assert_true(temp_holds(temp_path(&temp, "a.yaml"), STR("x")));
        assert_int_equal(temp_count(&temp), 1);
        temp_done(&temp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_whole_and_alone_in_its_folder),
        cmocka_unit_test(it_has_the_rights_of_the_file_that_it_is_to_be_like),
        cmocka_unit_test(nothing_is_ever_written_over),
        cmocka_unit_test(other_file_systems_have_other_ways),
        cmocka_unit_test(where_there_is_no_folder_it_is_said_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
