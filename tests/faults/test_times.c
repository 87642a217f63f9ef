#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/journal.h"
#include "vekha/store/store.h"

/* Clocks that go back, times of files that say nothing, and folders that change their rights beside an open plan. */

enum { EVENTS = 4, NOBODY = 65534, STEP_MS = 120 };

typedef struct Scene {
    Temp temp;
    Store *store;
    StrBuf text;
    size_t at; /* of a byte in the third title that becomes another */
} Scene;

static Scene new_scene(void)
{
    Scene scene = { .temp = temp_new() };
    mark_add_plan(&scene.text, EVENTS);
    scene.at = str_find(strbuf_str(&scene.text), STR("№ 3 # от руки"), 0) - 1;
    temp_write(&scene.temp, "plan.yaml", strbuf_str(&scene.text));
    scene.store = store_open(temp_path(&scene.temp, "plan.yaml"), NULL);
    assert_non_null(scene.store);
    return scene;
}

static void scene_done(Scene *scene)
{
    store_free(scene->store);
    strbuf_done(&scene->text);
    temp_done(&scene->temp);
}

static bool mark(Store *store, size_t event, Err *err)
{
    MarkRequest request = { .status = STATUS_DONE, .on = 19000, .today = 19000, .by = STR("Я") };
    Arena arena = { 0 };
    Change change;
    bool ok = change_mark(store_file(store, 0)->plan, event, &request, &arena, &change, err) &&
              store_apply(store, 0, &change, NULL, err);
    arena_done(&arena);
    return ok;
}

static bool sees_change(const Scene *scene)
{
    return str_find(store_file(scene->store, 0)->plan->events.at[2].title, STR("Заседание-№ 3"), 0) != SIZE_MAX;
}

static void write_byte(const Scene *scene, char byte)
{
    int fd = open(temp_path(&scene->temp, "plan.yaml"), O_WRONLY);
    assert_true(fd >= 0);
    assert_int_equal(pwrite(fd, &byte, 1, (off_t)scene->at), 1);
    assert_int_equal(close(fd), 0);
}

static void set_time(const Scene *scene, time_t seconds)
{
    const struct timespec times[] = { { .tv_sec = seconds }, { .tv_sec = seconds } };
    assert_int_equal(utimensat(AT_FDCWD, temp_path(&scene->temp, "plan.yaml"), times, 0), 0);
}

static void a_change_of_the_same_length_is_seen_whatever_its_time_says(void **state)
{
    (void)state;
    const time_t times[] = { 0, 1, 1000000000, 4000000000, -1000 };
    for (size_t i = 0; i < COUNTOF(times); i++) {
        Scene scene = new_scene();
        set_time(&scene, times[i]);
        (void)store_refresh(scene.store);
        write_byte(&scene, '-');
        set_time(&scene, times[i]);
        assert_true(store_refresh(scene.store));
        assert_true(sees_change(&scene));
        assert_true(mark(scene.store, 0, NULL));
        scene_done(&scene);
    }
}

/* As cp -p and tar put an older file back. */
static void an_older_file_of_the_same_length_is_seen(void **state)
{
    (void)state;
    Scene scene = new_scene();
    scene.text.at[scene.at] = '-';
    temp_write(&scene.temp, "old", strbuf_str(&scene.text));
    const struct timespec times[] = { { .tv_sec = 1000 }, { .tv_sec = 1000 } };
    assert_int_equal(utimensat(AT_FDCWD, temp_path(&scene.temp, "old"), times, 0), 0);
    assert_int_equal(rename(temp_path(&scene.temp, "old"), temp_path(&scene.temp, "plan.yaml")), 0);
    assert_true(mark(scene.store, 0, NULL));
    assert_true(sees_change(&scene));
    StrBuf text = { 0 };
    temp_read(temp_path(&scene.temp, "plan.yaml"), &text);
    assert_int_equal(mark_count(strbuf_str(&text), STR("Заседание-№ 3")), 1);
    strbuf_done(&text);
    scene_done(&scene);
}

/*
 * Two writes within one step of a file's times cannot be made to order; a page that is mapped and dirty already leaves the
 * times alone too. False: here it does not.
 */
static bool write_unseen(Scene *scene, char *page)
{
    FileMark before = file_mark(temp_path(&scene->temp, "plan.yaml"));
    page[scene->at] = '-';
    FileMark after = file_mark(temp_path(&scene->temp, "plan.yaml"));
    return file_mark_eq(&before, &after);
}

static char *map_plan(Scene *scene)
{
    int fd = open(temp_path(&scene->temp, "plan.yaml"), O_RDWR);
    assert_true(fd >= 0);
    char *page = mmap(NULL, scene->text.n_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    assert_true(page != MAP_FAILED);
    assert_int_equal(close(fd), 0);
    page[scene->at] = ' '; /* as it is; now it is dirty */
    store_free(scene->store);
    scene->store = store_open(temp_path(&scene->temp, "plan.yaml"), NULL);
    return page;
}

static void a_change_that_leaves_no_trace_in_the_times_is_seen_when_their_step_is_over(void **state)
{
    (void)state;
    Scene scene = new_scene();
    char *page = map_plan(&scene);
    if (!write_unseen(&scene, page)) {
        skip();
    }
    assert_false(store_refresh(scene.store));
    const struct timespec pause = { .tv_nsec = STEP_MS * 1000000L };
    (void)nanosleep(&pause, NULL);
    assert_true(store_refresh(scene.store));
    assert_true(sees_change(&scene));
    assert_false(store_refresh(scene.store));
    (void)munmap(page, scene.text.n_bytes);
    scene_done(&scene);
}

static void nor_is_it_lost_by_a_save_at_once(void **state)
{
    (void)state;
    Scene scene = new_scene();
    char *page = map_plan(&scene);
    if (!write_unseen(&scene, page)) {
        skip();
    }
    assert_true(mark(scene.store, 0, NULL));
    assert_true(sees_change(&scene));
    StrBuf text = { 0 };
    temp_read(temp_path(&scene.temp, "plan.yaml"), &text);
    assert_int_equal(mark_count(strbuf_str(&text), STR("Заседание-№ 3")), 1);
    assert_int_equal(mark_count(strbuf_str(&text), STR("    by: Я\n")), 1);
    strbuf_done(&text);
    (void)munmap(page, scene.text.n_bytes);
    scene_done(&scene);
}

/* The clock is set back by a year between two marks. */
static void a_clock_that_goes_back_loses_no_line_of_the_journal(void **state)
{
    (void)state;
    const long long now_ms = 1652176800000;
    const long long year_ms = 365LL * 24 * 3600 * 1000;
    Scene scene = new_scene();
    Journal journal;
    const long long moments[] = { now_ms, now_ms - year_ms, now_ms + 1 };
    const size_t events[] = { 0, 2, 3 };
    for (size_t i = 0; i < COUNTOF(moments); i++) {
        Err err = { 0 };
        store_set_now(scene.store, moments[i]);
        assert_true(mark(scene.store, events[i], NULL));
        assert_false(store_take_warning(scene.store, &err));
    }
    assert_true(journal_read(temp_path(&scene.temp, "plan.yaml"), &journal, NULL));
    assert_int_equal(journal.n_skipped, 0);
    assert_int_equal(journal.entries.n, 3 * COUNTOF(moments));
    assert_true(journal.entries.at[0].time == now_ms - year_ms);
    assert_true(str_eq(journal.entries.at[0].event, STR("3")));
    assert_true(journal.entries.at[8].time == now_ms + 1);
    journal_done(&journal);
    scene_done(&scene);
}

/* As nobody, whose folder and file they are. */
static bool outlives_lost_rights(const Temp *temp)
{
    Err err = { 0 };
    StrBuf before = { 0 };
    const char *path = temp_path(temp, "plan.yaml");
    temp_read(path, &before);
    Store *store = store_open(path, NULL);
    bool ok = store != NULL && chmod(path, 0444) == 0 && chmod(temp->path, 0555) == 0;
    ok = ok && !mark(store, 0, &err) && err.kind == ERR_SYSTEM && temp_holds(path, strbuf_str(&before));
    ok = ok && chmod(path, 0000) == 0 && store_refresh(store) && store_file(store, 0)->is_broken;
    ok = ok && store_file(store, 0)->plan->events.n == EVENTS; /* what was read stays in view */
    ok = ok && chmod(temp->path, 0755) == 0 && chmod(path, 0644) == 0 && store_refresh(store);
    ok = ok && !store_file(store, 0)->is_broken && mark(store, 0, NULL);
    store_free(store);
    strbuf_done(&before);
    return ok;
}

static void rights_that_go_and_come_back_are_outlived(void **state)
{
    (void)state;
    Scene scene = new_scene();
    if (geteuid() == 0) {
        assert_int_equal(chown(scene.temp.path, NOBODY, NOBODY), 0);
        assert_int_equal(chown(temp_path(&scene.temp, "plan.yaml"), NOBODY, NOBODY), 0);
    }
    assert_true(temp_as_nobody(outlives_lost_rights, &scene.temp));
    scene_done(&scene);
}

/* Another's lock file that may not even be opened: the plan's own lock has to do. */
static void a_lock_file_of_another_is_done_without(void **state)
{
    (void)state;
    Scene scene = new_scene();
    if (geteuid() != 0) {
        skip();
    }
    temp_write(&scene.temp, ".vekha.lock", STR(""));
    assert_int_equal(chmod(temp_path(&scene.temp, ".vekha.lock"), 0), 0);
    assert_int_equal(chmod(temp_path(&scene.temp, "plan.yaml"), 0666), 0);
    assert_int_equal(chmod(scene.temp.path, 0777), 0);
    assert_true(mark_done(scene.temp.path, NOBODY, "plan.yaml", 1));
    scene_done(&scene);
}

static void put_link(const char *path)
{
    assert_int_equal(symlink("plan.yaml", path), 0);
}

static void put_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0755), 0);
}

static void put_pipe(const char *path)
{
    assert_int_equal(mkfifo(path, 0644), 0);
}

/* It neither hangs nor writes without a lock, and the plan is whole. */
static void whatever_lies_in_place_of_the_lock_it_ends(void **state)
{
    (void)state;
    void (*const puts[])(const char *path) = { put_link, put_folder, put_pipe };
    for (size_t i = 0; i < COUNTOF(puts); i++) {
        Scene scene = new_scene();
        TraceResult result;
        puts[i](temp_path(&scene.temp, ".vekha.lock"));
        mark_run(scene.temp.path, 0, (const char *[]){ "set", "plan.yaml", "1", "done", "--on", "2021-10-20", "--as", "Я", NULL },
                 &result);
        bool is_done = result.status == 0;
        bool is_same = temp_holds(temp_path(&scene.temp, "plan.yaml"), strbuf_str(&scene.text));
        if (is_done == is_same || (!is_done && str_find(strbuf_str(&result.err), STR(".vekha.lock"), 0) == SIZE_MAX)) {
            fail_msg("case %zu: status %x: %s", i, (unsigned)result.status, strbuf_z(&result.err));
        }
        trace_result_done(&result);
        scene_done(&scene);
    }
}

/* No name of a file reaches the terminal as it is, where it is more than text; each can be changed. */
static void any_name_of_a_plan_can_be_changed_and_said(void **state)
{
    (void)state;
    char longest[256];
    (void)memset(longest, 'n', 250);
    (void)strcpy(longest + 250, ".yaml");
    const char *const names[] = { "two\nlines.yaml", "bad\xff\xfe.yaml", "\x1b[31mred.yaml",     "-dash.yaml",     "blank .yaml",
                                  " before.yaml",    "tab\t.yaml",       "rtl\xe2\x80\xae.yaml", "'quo\"te'.yaml", "*?[a].yaml",
                                  longest,           "a.yaml.yaml" };
    for (size_t i = 0; i < COUNTOF(names); i++) {
        Temp temp = temp_new();
        StrBuf plan = { 0 };
        StrBuf path = { 0 };
        TraceResult result;
        mark_add_plan(&plan, EVENTS);
        int is_broken = strchr(names[i], '\n') != NULL; /* then its lines are counted */
        temp_write(&temp, names[i], strbuf_str(&plan));
        strbuf_addf(&path, "./%s", names[i]);
        mark_run(temp.path, 0, (const char *[]){ "set", path.at, "1", "done", "--on", "2021-10-20", "--as", "Я", NULL }, &result);
        if (result.status != 0 || result.err.n_bytes != 0 || temp_count(&temp) != 3 + is_broken) {
            fail_msg("%s: status %x, %d entries: %s", names[i], (unsigned)result.status, temp_count(&temp),
                     strbuf_z(&result.err));
        }
        StrBuf said = { 0 };
        strbuf_add(&said, strbuf_str(&result.out));
        trace_result_done(&result);
        mark_run(temp.path, 0, (const char *[]){ "list", path.at, "--plain", NULL }, &result);
        strbuf_add(&said, strbuf_str(&result.out));
        strbuf_add(&said, strbuf_str(&result.err));
        trace_result_done(&result);
        mark_run(temp.path, 0, (const char *[]){ "set", path.at, "99", "done", "--as", "Я", NULL }, &result);
        assert_int_not_equal(result.status, 0);
        strbuf_add(&said, strbuf_str(&result.err));
        assert_int_equal(mark_count(strbuf_str(&result.err), STR("\n")), 1); /* one line */
        assert_true(utf8_valid(strbuf_str(&said), NULL));
        for (size_t k = 0; k < said.n_bytes; k++) {
            assert_true((unsigned char)said.at[k] >= ' ' || said.at[k] == '\n');
        }
        assert_int_equal(mark_count(strbuf_str(&said), STR("\xe2\x80\xae")), 0);
        trace_result_done(&result);
        strbuf_done(&said);
        strbuf_done(&path);
        strbuf_done(&plan);
        temp_done(&temp);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_of_the_same_length_is_seen_whatever_its_time_says),
        cmocka_unit_test(an_older_file_of_the_same_length_is_seen),
        cmocka_unit_test(a_change_that_leaves_no_trace_in_the_times_is_seen_when_their_step_is_over),
        cmocka_unit_test(nor_is_it_lost_by_a_save_at_once),
        cmocka_unit_test(a_clock_that_goes_back_loses_no_line_of_the_journal),
        cmocka_unit_test(rights_that_go_and_come_back_are_outlived),
        cmocka_unit_test(a_lock_file_of_another_is_done_without),
        cmocka_unit_test(whatever_lies_in_place_of_the_lock_it_ends),
        cmocka_unit_test(any_name_of_a_plan_can_be_changed_and_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
