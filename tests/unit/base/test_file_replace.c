#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/base/file.h"

static struct stat info_of(const char *path)
{
    struct stat info;
    assert_int_equal(lstat(path, &info), 0);
    return info;
}

static void the_new_content_takes_the_place_of_the_old_at_once(void **state)
{
    (void)state;
    Temp temp = temp_new();
    const char *path = temp_path(&temp, "a.yaml");
    temp_write(&temp, "a.yaml", STR("old, and longer"));
    int reader = open(path, O_RDONLY);
    FileMark mark;
    Err err = { 0 };
    assert_true(file_replace(path, STR("new"), &mark, &err));
    assert_int_equal(err.kind, ERR_NONE);
    assert_true(temp_holds(path, STR("new")));
    FileMark now = file_mark(path);
    assert_true(file_mark_eq(&mark, &now));
    char was[32];
    assert_int_equal(read(reader, was, sizeof was), 15); /* who reads the old one reads it to its end */
    (void)close(reader);
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

static void a_file_that_was_not_there_is_made_as_others_are(void **state)
{
    (void)state;
    Temp temp = temp_new();
    mode_t mask = umask(027);
    assert_true(file_replace(temp_path(&temp, "new"), STR("x"), NULL, NULL));
    (void)umask(mask);
    assert_true(temp_holds(temp_path(&temp, "new"), STR("x")));
    assert_int_equal(info_of(temp_path(&temp, "new")).st_mode & 07777, 0640);
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

static void mode_owner_and_attributes_are_kept(void **state)
{
    (void)state;
    Temp temp = temp_new();
    const char *path = temp_path(&temp, "a");
    temp_write(&temp, "a", STR("old"));
    assert_int_equal(chmod(path, 0664), 0);
    bool is_root = geteuid() == 0;
    if (is_root) {
        assert_int_equal(chown(path, 12345, 23456), 0);
    }
    bool has_attributes = setxattr(path, "user.vekha", "here", 4, 0) == 0;
    assert_true(file_replace(path, STR("new"), NULL, NULL));
    struct stat info = info_of(path);
    assert_int_equal(info.st_mode & 07777, 0664);
    if (is_root) {
        assert_int_equal(info.st_uid, 12345);
        assert_int_equal(info.st_gid, 23456);
    }
    char value[8];
    assert_true(!has_attributes || getxattr(path, "user.vekha", value, sizeof value) == 4);
    temp_done(&temp);
}

static void a_symlink_stays_a_symlink(void **state)
{
    (void)state;
    Temp temp = temp_new();
    assert_int_equal(mkdir(temp_path(&temp, "far"), 0755), 0);
    temp_write(&temp, "far/a", STR("old"));
    assert_int_equal(symlink("far/a", temp_path(&temp, "link")), 0);
    FileMark mark;
    assert_true(file_replace(temp_path(&temp, "link"), STR("new"), &mark, NULL));
    assert_true(S_ISLNK(info_of(temp_path(&temp, "link")).st_mode));
    assert_true(temp_holds(temp_path(&temp, "far/a"), STR("new")));
    FileMark by_link = file_mark(temp_path(&temp, "link"));
    assert_true(file_mark_eq(&mark, &by_link));
    assert_int_equal(temp_count(&temp), 2);
    temp_done(&temp);
}

static void both_names_of_a_hard_link_get_the_content(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", STR("old, and longer"));
    assert_int_equal(link(temp_path(&temp, "a"), temp_path(&temp, "b")), 0);
    ino_t inode = info_of(temp_path(&temp, "a")).st_ino;
    Err err = { 0 };
    assert_true(file_replace(temp_path(&temp, "a"), STR("new"), NULL, &err));
    assert_int_equal(err.kind, ERR_NONE);
    assert_true(temp_holds(temp_path(&temp, "a"), STR("new")));
    assert_true(temp_holds(temp_path(&temp, "b"), STR("new")));
    assert_int_equal(info_of(temp_path(&temp, "a")).st_ino, inode);
    assert_int_equal(temp_count(&temp), 2); /* the copy is gone */
    temp_done(&temp);
}

static bool writes_in_place(const Temp *temp)
{
    Err err = { 0 };
    struct stat before;
    struct stat after;
    const char *path = temp_path(temp, "a");
    return stat(path, &before) == 0 && file_replace(path, STR("new"), NULL, &err) && err.kind == ERR_NONE &&
           stat(path, &after) == 0 && before.st_ino == after.st_ino;
}

static void where_the_folder_cannot_be_written_the_file_is_written_in_place(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", STR("old, and longer"));
    assert_int_equal(chmod(temp_path(&temp, "a"), 0666), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(temp_as_nobody(writes_in_place, &temp));
    assert_int_equal(chmod(temp.path, 0755), 0);
    assert_true(temp_holds(temp_path(&temp, "a"), STR("new")));
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

/* A group that the writer is not in would be lost by a rename. */
static void where_the_group_cannot_be_kept_the_file_is_written_in_place(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        skip(); /* only root can make such a file */
    }
    Temp temp = temp_new();
    temp_write(&temp, "a", STR("old, and longer"));
    assert_int_equal(chown(temp_path(&temp, "a"), 0, 23456), 0);
    assert_int_equal(chmod(temp_path(&temp, "a"), 0666), 0);
    assert_int_equal(chmod(temp.path, 0777), 0);
    assert_true(temp_as_nobody(writes_in_place, &temp));
    assert_true(temp_holds(temp_path(&temp, "a"), STR("new")));
    assert_int_equal(info_of(temp_path(&temp, "a")).st_gid, 23456);
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

static bool is_refused(const Temp *temp)
{
    Err err = { 0 };
    return !file_replace(temp_path(temp, "a"), STR("new"), NULL, &err) && err.kind == ERR_SYSTEM &&
           err.text == T_FILE_CANNOT_WRITE;
}

static void without_the_right_to_write_the_file_stays_as_it_was(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a", STR("old"));
    assert_int_equal(chmod(temp_path(&temp, "a"), 0444), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(temp_as_nobody(is_refused, &temp));
    assert_int_equal(chmod(temp.path, 0755), 0);
    assert_true(temp_holds(temp_path(&temp, "a"), STR("old")));
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

/* The disk is full after the first bytes. */
static bool fails_half_way(const Temp *temp)
{
    enum { ROOM = 20 };
    const struct rlimit room = { ROOM, ROOM };
    Err err = { 0 };
    (void)signal(SIGXFSZ, SIG_IGN);
    return setrlimit(RLIMIT_FSIZE, &room) == 0 &&
           !file_replace(temp_path(temp, "a"), STR("a text of more than twenty bytes"), NULL, &err) && err.kind == ERR_SYSTEM &&
           err.text == T_FILE_CANNOT_WRITE;
}

static void a_write_that_fails_half_way_leaves_the_old_content(void **state)
{
    (void)state;
    for (int is_linked = 0; is_linked < 2; is_linked++) { /* by a rename, and in place */
        Temp temp = temp_new();
        assert_int_equal(chmod(temp.path, 0777), 0);
        temp_write(&temp, "a", STR("old"));
        assert_int_equal(chmod(temp_path(&temp, "a"), 0666), 0);
        assert_true(is_linked == 0 || link(temp_path(&temp, "a"), temp_path(&temp, "b")) == 0);
        assert_true(temp_as_nobody(fails_half_way, &temp));
        assert_true(temp_holds(temp_path(&temp, "a"), STR("old")));
        assert_int_equal(temp_count(&temp), 1 + is_linked);
        temp_done(&temp);
    }
}

static void a_folder_in_the_way_is_an_error(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Err err = { 0 };
    assert_int_equal(mkdir(temp_path(&temp, "a"), 0755), 0);
    assert_false(file_replace(temp_path(&temp, "a"), STR("x"), NULL, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_false(file_replace(temp_path(&temp, "none/a"), STR("x"), NULL, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(temp_count(&temp), 1);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_new_content_takes_the_place_of_the_old_at_once),
        cmocka_unit_test(a_file_that_was_not_there_is_made_as_others_are),
        cmocka_unit_test(mode_owner_and_attributes_are_kept),
        cmocka_unit_test(a_symlink_stays_a_symlink),
        cmocka_unit_test(both_names_of_a_hard_link_get_the_content),
        cmocka_unit_test(where_the_folder_cannot_be_written_the_file_is_written_in_place),
        cmocka_unit_test(where_the_group_cannot_be_kept_the_file_is_written_in_place),
        cmocka_unit_test(without_the_right_to_write_the_file_stays_as_it_was),
        cmocka_unit_test(a_write_that_fails_half_way_leaves_the_old_content),
        cmocka_unit_test(a_folder_in_the_way_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
