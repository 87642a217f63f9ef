#include "vekha/store/draft_file.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"

static Temp temp;
static char folder[2 * TEMP_PATH_SIZE];

static int set_up(void **state)
{
    (void)state;
    temp = temp_new();
    (void)snprintf(folder, sizeof folder, "%s/state/vekha/drafts", temp.path);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    (void)chmod(folder, 0700);
    temp_done(&temp);
    return 0;
}

static Draft draft_of(Str text, long long typed_s)
{
    return (Draft){ .plan = STR("/srv/a.yaml"), .prompt = STR("when"), .text = text, .typed_s = typed_s };
}

static bool want_all(void *context, const Draft *draft)
{
    (void)context, (void)draft;
    return true;
}

static bool want_none(void *context, const Draft *draft)
{
    (void)context, (void)draft;
    return false;
}

/* How many are nobody's; they are let go of again. The text of the newest in text. */
static size_t count_free(StrBuf *text)
{
    Arena arena = { 0 };
    FoundDraftVec found = { 0 };
    draft_files_claim(folder, want_all, NULL, &arena, &found);
    size_t n = found.n;
    if (text != NULL && n > 0) {
        strbuf_clear(text);
        strbuf_add(text, found.at[n - 1].draft.text);
    }
    for (size_t i = 0; i < n; i++) {
        draft_file_release(&found.at[i].file);
    }
    vec_done(&found);
    arena_done(&arena);
    return n;
}

static void write_one(DraftFile *file, Str text, long long typed_s)
{
    Err err = { 0 };
    Draft draft = draft_of(text, typed_s);
    assert_true(draft_file_write(folder, file, &draft, &err));
}

static int mode_of(const char *path)
{
    struct stat info;
    assert_int_equal(lstat(path, &info), 0);
    return (int)(info.st_mode & 07777);
}

static int entries(void)
{
    Temp inner;
    (void)snprintf(inner.path, sizeof inner.path, "%.250s", folder);
    return temp_count(&inner);
}

static const char *file_path(const DraftFile *file)
{
    static char path[3 * TEMP_PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/%s", folder, file->name);
    return path;
}

static void a_draft_is_written_for_its_owner_alone(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    mode_t before = umask(0);
    write_one(&file, STR("до 15 ию"), 1);
    (void)umask(before);
    assert_int_equal(mode_of(folder), 0700);
    assert_int_equal(mode_of(file_path(&file)), 0600);
    assert_int_equal(entries(), 1);
    write_one(&file, STR("до 15 июн"), 2);
    assert_int_equal(entries(), 1);
    assert_int_equal(mode_of(file_path(&file)), 0600);
    draft_file_remove(folder, &file);
    assert_int_equal(entries(), 0);
    assert_false(file.is_held);
}

static void a_folder_that_others_may_read_is_closed_to_them(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    write_one(&file, STR("а"), 1);
    assert_int_equal(chmod(folder, 0755), 0);
    write_one(&file, STR("аб"), 1);
    assert_int_equal(mode_of(folder), 0700);
    draft_file_release(&file);
}

static void what_is_being_typed_is_offered_to_nobody(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    StrBuf text = { 0 };
    write_one(&file, STR("раз"), 1);
    assert_int_equal(count_free(&text), 0);
    write_one(&file, STR("два"), 2);
    assert_int_equal(count_free(&text), 0);
    draft_file_release(&file);
    assert_int_equal(count_free(&text), 1);
    assert_string_equal(strbuf_z(&text), "два");
    strbuf_done(&text);
}

/* Also with the same number as ours, if the system gives it out again: it is the open file that counts. */
static void a_draft_of_a_process_that_was_killed_is_nobody_s(void **state)
{
    (void)state;
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        DraftFile file = { 0 };
        Draft draft = draft_of(STR("май"), 1);
        bool ok = draft_file_write(folder, &file, &draft, NULL) && write(ready[1], "x", 1) == 1;
        while (ok) {
            (void)pause();
        }
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    assert_int_equal(count_free(NULL), 0);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(count_free(NULL), 1);
    (void)close(ready[0]);
    (void)close(ready[1]);
}

static void the_newest_comes_last_and_the_oldest_wait(void **state)
{
    enum { MORE = 5 };
    (void)state;
    Arena arena = { 0 };
    FoundDraftVec found = { 0 };
    for (int i = 0; i < DRAFT_MAX_CLAIMED + MORE; i++) {
        DraftFile file = { 0 };
        write_one(&file, STR("а"), 1000 + i * 7 % (DRAFT_MAX_CLAIMED + MORE));
        draft_file_release(&file);
    }
    draft_files_claim(folder, want_all, NULL, &arena, &found);
    assert_int_equal(found.n, DRAFT_MAX_CLAIMED);
    for (size_t i = 0; i < found.n; i++) {
        assert_int_equal(found.at[i].draft.typed_s, 1000 + MORE + (int)i);
    }
    assert_int_equal(count_free(NULL), MORE);
    for (size_t i = 0; i < found.n; i++) {
        draft_file_release(&found.at[i].file);
    }
    assert_int_equal(entries(), DRAFT_MAX_CLAIMED + MORE);
    vec_done(&found);
    arena_done(&arena);
}

static void one_that_is_not_wanted_stays_free(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    Arena arena = { 0 };
    FoundDraftVec found = { 0 };
    write_one(&file, STR("а"), 1);
    draft_file_release(&file);
    draft_files_claim(folder, want_none, NULL, &arena, &found);
    assert_int_equal(found.n, 0);
    assert_int_equal(count_free(NULL), 1);
    vec_done(&found);
    arena_done(&arena);
}

static void put(const char *name, const char *content)
{
    char path[3 * TEMP_PATH_SIZE];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    (void)fputs(content, file);
    assert_int_equal(fclose(file), 0);
}

static void what_is_no_draft_lies_where_it_is(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    char path[3 * TEMP_PATH_SIZE];
    write_one(&file, STR("а"), 1);
    draft_file_release(&file);
    put("torn.draft", "vekha-draft 1\nplan\t/a\n");
    put("empty.draft", "");
    put("notes.txt", "x");
    (void)snprintf(path, sizeof path, "%s/folder.draft", folder);
    assert_int_equal(mkdir(path, 0700), 0);
    (void)snprintf(path, sizeof path, "%s/fifo.draft", folder);
    assert_int_equal(mkfifo(path, 0600), 0);
    (void)snprintf(path, sizeof path, "%s/link.draft", folder);
    assert_int_equal(symlink("torn.draft", path), 0);
    int before = entries();
    assert_int_equal(count_free(NULL), 1);
    assert_int_equal(entries(), before);
}

/* Half a minute old it may be somebody's who writes right now; an hour old it is left over. */
static void what_a_killed_write_left_goes(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    char path[3 * TEMP_PATH_SIZE];
    write_one(&file, STR("а"), 1);
    draft_file_release(&file);
    put(".1-2-3.draft.new", "half");
    assert_int_equal(count_free(NULL), 1);
    assert_int_equal(entries(), 2);
    (void)snprintf(path, sizeof path, "%s/.1-2-3.draft.new", folder);
    const struct timespec old[2] = { { .tv_sec = 1 }, { .tv_sec = 1 } };
    assert_int_equal(utimensat(AT_FDCWD, path, old, 0), 0);
    assert_int_equal(count_free(NULL), 1);
    assert_int_equal(entries(), 1);
}

static void a_link_in_place_of_the_folder_is_not_followed(void **state)
{
    (void)state;
    DraftFile file = { 0 };
    Draft draft = draft_of(STR("а"), 1);
    Err err = { 0 };
    StrBuf words = { 0 };
    char elsewhere[2 * TEMP_PATH_SIZE];
    (void)snprintf(elsewhere, sizeof elsewhere, "%s/elsewhere", temp.path);
    assert_int_equal(mkdir(elsewhere, 0700), 0);
    write_one(&file, STR("а"), 1);
    draft_file_remove(folder, &file);
    assert_int_equal(rmdir(folder), 0);
    assert_int_equal(symlink(elsewhere, folder), 0);
    assert_false(draft_file_write(folder, &file, &draft, &err));
    err_text(&words, LANG_RU, &err);
    assert_true(str_starts(strbuf_str(&words), STR("черновики не сохраняются")));
    assert_int_equal(rmdir(elsewhere), 0); /* nothing is in it */
    assert_int_equal(count_free(NULL), 0);
    strbuf_done(&words);
}

static bool cannot_write(const Temp *where)
{
    char path[2 * TEMP_PATH_SIZE];
    DraftFile file = { 0 };
    Draft draft = draft_of(STR("а"), 1);
    Err err = { 0 };
    (void)snprintf(path, sizeof path, "%s/state/vekha/drafts", where->path);
    return !draft_file_write(path, &file, &draft, &err) && err.kind == ERR_SYSTEM && !file.is_held;
}

static void a_folder_that_cannot_be_made_or_is_another_s_is_an_error(void **state)
{
    (void)state;
    assert_true(temp_as_nobody(cannot_write, &temp)); /* the temporary folder is ours */
    DraftFile file = { 0 };
    write_one(&file, STR("а"), 1);
    draft_file_release(&file);
    char above[2 * TEMP_PATH_SIZE];
    (void)snprintf(above, sizeof above, "%s/state", temp.path);
    assert_int_equal(chmod(above, 0755), 0);
    (void)snprintf(above, sizeof above, "%s/state/vekha", temp.path);
    assert_int_equal(chmod(above, 0755), 0);
    assert_int_equal(chmod(folder, 0777), 0);
    if (geteuid() == 0) {
        assert_true(temp_as_nobody(cannot_write, &temp));
    }
}

/* As on a full disk: the write fails half way, and what was kept before is there still. */
static void a_write_that_fails_leaves_the_draft_before(void **state)
{
    (void)state;
    int status = -1;
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        DraftFile file = { 0 };
        Draft draft = draft_of(STR("раз"), 1);
        StrBuf large = { 0 };
        const struct rlimit small = { 4096, 4096 };
        strbuf_add_chars(&large, 'x', 10000);
        bool ok = draft_file_write(folder, &file, &draft, NULL);
        (void)signal(SIGXFSZ, SIG_IGN);
        ok = ok && setrlimit(RLIMIT_FSIZE, &small) == 0;
        draft.text = strbuf_str(&large);
        ok = ok && !draft_file_write(folder, &file, &draft, NULL) && file.is_held;
        strbuf_done(&large);
        _exit(ok ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    StrBuf text = { 0 };
    assert_int_equal(count_free(&text), 1);
    assert_string_equal(strbuf_z(&text), "раз");
    assert_int_equal(entries(), 1);
    strbuf_done(&text);
}

static void the_folder_is_that_of_the_state(void **state)
{
    static const struct {
        const char *state, *home, *folder;
    } rows[] = {
        { "/var/state", "/home/x", "/var/state/vekha/drafts" },
        { "", "/home/x", "/home/x/.local/state/vekha/drafts" },
        { "state", "/home/x", "/home/x/.local/state/vekha/drafts" }, /* a relative one is to be ignored */
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        StrBuf got = { 0 };
        (void)setenv("XDG_STATE_HOME", rows[i].state, 1);
        (void)setenv("HOME", rows[i].home, 1);
        draft_add_folder(&got);
        assert_string_equal(strbuf_z(&got), rows[i].folder);
        strbuf_done(&got);
    }
    StrBuf got = { 0 };
    (void)unsetenv("XDG_STATE_HOME");
    (void)unsetenv("HOME");
    draft_add_folder(&got); /* the account's own */
    assert_true(got.n_bytes == 0 || str_ends(strbuf_str(&got), STR("/.local/state/vekha/drafts")));
    strbuf_done(&got);
}

static void a_plan_is_named_by_where_it_truly_lies(void **state)
{
    (void)state;
    StrBuf direct = { 0 };
    StrBuf linked = { 0 };
    StrBuf gone = { 0 };
    temp_write(&temp, "a.yaml", STR("x"));
    assert_int_equal(symlink("a.yaml", temp_path(&temp, "b.yaml")), 0);
    draft_add_plan(&direct, str_of(temp_path(&temp, "a.yaml")));
    draft_add_plan(&linked, str_of(temp_path(&temp, "b.yaml")));
    draft_add_plan(&gone, STR("nowhere/c.yaml"));
    assert_string_equal(strbuf_z(&direct), strbuf_z(&linked));
    assert_true(gone.at[0] == '/' && str_ends(strbuf_str(&gone), STR("/nowhere/c.yaml")));
    strbuf_done(&direct);
    strbuf_done(&linked);
    strbuf_done(&gone);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_draft_is_written_for_its_owner_alone),
        TEST(a_folder_that_others_may_read_is_closed_to_them),
        TEST(what_is_being_typed_is_offered_to_nobody),
        TEST(a_draft_of_a_process_that_was_killed_is_nobody_s),
        TEST(the_newest_comes_last_and_the_oldest_wait),
        TEST(one_that_is_not_wanted_stays_free),
        TEST(what_is_no_draft_lies_where_it_is),
        TEST(what_a_killed_write_left_goes),
        TEST(a_link_in_place_of_the_folder_is_not_followed),
        TEST(a_folder_that_cannot_be_made_or_is_another_s_is_an_error),
        TEST(a_write_that_fails_leaves_the_draft_before),
        TEST(the_folder_is_that_of_the_state),
        TEST(a_plan_is_named_by_where_it_truly_lies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
