/* The plan's file becomes something else under an open interface, and is put back: nothing is written meanwhile, nothing hangs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/opened.h"
#include "vekha/base/file.h"

enum { NOBODY = 65534, AWAY_MS = 700 };

static void put_folder(const char *path)
{
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0755), 0);
}

static void put_pipe(const char *path)
{
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0666), 0);
}

static void put_link(const char *path, const char *target)
{
    assert_int_equal(unlink(path), 0);
    assert_int_equal(symlink(target, path), 0);
}

static void put_loop(const char *path)
{
    put_link(path, OPENED_PLAN);
}

static void put_endless(const char *path)
{
    put_link(path, "/dev/zero");
}

static void put_nowhere(const char *path)
{
    put_link(path, "nowhere");
}

static void fix_file(const char *path)
{
    assert_int_equal(chmod(path, 0444), 0);
}

static void close_file(const char *path)
{
    assert_int_equal(chmod(path, 0), 0);
}

static void cut_to_nothing(const char *path)
{
    assert_int_equal(truncate(path, 0), 0);
}

static void close_folder(const char *path)
{
    StrBuf folder = { 0 };
    path_add_folder(&folder, str_of(path));
    assert_int_equal(chmod(strbuf_z(&folder), 0), 0);
    strbuf_done(&folder);
}

/* All at the same time, an interface each: most of this is waiting. */
static const struct Spoil {
    const char *name;
    void (*spoil)(const char *path);
    const char *words; /* that say what is wrong */
    const char *back;  /* and that it is back */
} spoils[] = {
    { "a folder", put_folder, "папка, а не файл", "снова читается" },
    { "a pipe", put_pipe, "не обычный файл", "снова читается" },
    { "a loop", put_loop, "символические ссылки", "снова читается" },
    { "an endless file", put_endless, "не обычный файл", "снова читается" },
    { "a link to nothing", put_nowhere, "такого файла или папки нет", "снова читается" },
    { "a file that may not be written", fix_file, "только чтение", "изменён: показано новое" },
    { "a file that may not be read", close_file, "нет прав", "снова читается" },
    { "an empty file", cut_to_nothing, "файл пуст", "снова читается" },
    { "a folder that may not be read", close_folder, "нет прав", "изменились файлы" },
};

enum { N = COUNTOF(spoils) };

static Opened all[N];
static StrBuf whole;

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < N; i++) {
        opened_new(&all[i]);
        if (geteuid() == 0) {
            opened_give(&all[i], NOBODY); /* who is root may read all */
        }
        opened_start_only(&all[i]);
    }
    for (size_t i = 0; i < N; i++) {
        opened_go(&all[i]);
    }
    strbuf_clear(&whole);
    temp_read(opened_path(&all[0]), &whole);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < N; i++) {
        (void)chmod(all[i].temp.path, 0755);
        opened_done(&all[i]);
    }
    return 0;
}

static void spoil_all(void)
{
    for (size_t i = 0; i < N; i++) {
        spoils[i].spoil(opened_path(&all[i]));
    }
}

static void put_back_all(void)
{
    for (size_t i = 0; i < N; i++) {
        const char *path = opened_path(&all[i]);
        assert_int_equal(chmod(all[i].temp.path, 0755), 0);
        if (unlink(path) != 0) {
            assert_int_equal(rmdir(path), 0);
        }
        temp_write(&all[i].temp, "part", strbuf_str(&whole));
        assert_int_equal(chmod(temp_path(&all[i].temp, "part"), 0666), 0);
        assert_true(all[i].user == 0 || chown(temp_path(&all[i].temp, "part"), all[i].user, all[i].user) == 0);
        assert_int_equal(rename(temp_path(&all[i].temp, "part"), path), 0);
    }
}

static void press(const char *keys)
{
    for (size_t i = 0; i < N; i++) {
        pty_send(all[i].pty, keys);
    }
}

static void see(const char *words)
{
    for (size_t i = 0; i < N; i++) {
        if (!pty_wait_text(all[i].pty, words, PTY_PATIENCE_MS)) {
            (void)fprintf(stderr, "%s\n", spoils[i].name);
            opened_fail(&all[i], words);
        }
    }
}

static void see_what_is_wrong(void)
{
    for (size_t i = 0; i < N; i++) {
        opened_assert(&all[i], spoils[i].words);
    }
}

static void see_it_is_back(void)
{
    for (size_t i = 0; i < N; i++) {
        opened_assert(&all[i], spoils[i].back);
    }
}

static bool is_put(size_t i)
{
    struct stat info;
    const char *path = opened_path(&all[i]);
    bool is_whole = lstat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
    return !is_whole || temp_holds(path, strbuf_str(&whole));
}

static void nothing_is_written(void)
{
    for (size_t i = 0; i < N; i++) {
        if (!is_put(i)) {
            opened_fail(&all[i], spoils[i].name);
        }
    }
}

static void what_was_read_stays_in_view_until_it_is_back(void **state)
{
    (void)state;
    spoil_all();
    see_what_is_wrong();
    see("№ 2 · запланировано");
    press(" ");
    pty_idle(AWAY_MS);
    see_what_is_wrong();
    see("№ 2 · запланировано");
    nothing_is_written();
    put_back_all();
    see_it_is_back();
    press(" ");
    see("№ 2 · исполнено");
}

/* Before it was seen: the change is made, or not, of what is there at that moment. */
static void what_is_marked_at_once_is_refused(void **state)
{
    (void)state;
    spoil_all();
    press(" ");
    see_what_is_wrong();
    see("№ 2 · запланировано");
    nothing_is_written();
}

static void what_is_half_typed_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < N; i++) {
        opened_type_half(&all[i]);
    }
    spoil_all();
    see_what_is_wrong();
    press("ня\r");
    see("Основание:");
    press("\r");
    pty_idle(AWAY_MS);
    see_what_is_wrong();
    nothing_is_written();
    put_back_all();
    see_it_is_back();
    press("\r");
    see("перенесено, записано в файл");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_was_read_stays_in_view_until_it_is_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_marked_at_once_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_half_typed_stays, set_up, tear_down),
    };
    int n = cmocka_run_group_tests(tests, NULL, NULL);
    strbuf_done(&whole);
    return n;
}
