#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "vekha/base/clock.h"
#include "vekha/base/err.h"
#include "vekha/base/file.h"

/* One mark by the real program in a plan of each kind that folders of several people have. */

enum { NOBODY = 65534, OWNER = 12345, GROUP = 23456, EVENTS = 4 };

static Temp new_plan(void)
{
    Temp temp = temp_new();
    StrBuf plan = { 0 };
    mark_add_plan(&plan, EVENTS);
    temp_write(&temp, "plan.yaml", strbuf_str(&plan));
    strbuf_done(&plan);
    return temp;
}

static struct stat info_of(const char *path)
{
    struct stat info;
    assert_int_equal(lstat(path, &info), 0);
    return info;
}

/* As the plan is after `set plan.yaml 1 done`. */
static bool is_marked(const char *path)
{
    Temp temp = new_plan();
    StrBuf wanted = { 0 };
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    temp_read(temp_path(&temp, "plan.yaml"), &wanted);
    bool same = temp_holds(path, strbuf_str(&wanted));
    strbuf_done(&wanted);
    temp_done(&temp);
    return same;
}

/* The names in the folder, sorted by nobody: each is asked for. */
static void assert_entries(const Temp *temp, const char *const *names)
{
    int n = 0;
    for (; names[n] != NULL; n++) {
        assert_true(mark_has(temp->path, names[n]));
    }
    assert_int_equal(temp_count(temp), n + mark_has(temp->path, ".journal")); /* which goes without saying */
}

#define ENTRIES(...)      \
    (const char *const[]) \
    {                     \
        __VA_ARGS__, NULL \
    }

static void a_symlink_stays_one_and_lock_and_copy_lie_where_it_leads(void **state)
{
    (void)state;
    Temp temp = new_plan();
    Temp far = temp_new();
    StrBuf target = { 0 };
    strbuf_addf(&target, "%s/real.yaml", far.path);
    StrBuf text = { 0 };
    temp_read(temp_path(&temp, "plan.yaml"), &text);
    temp_write(&far, "real.yaml", strbuf_str(&text));
    assert_int_equal(unlink(temp_path(&temp, "plan.yaml")), 0);
    assert_int_equal(symlink(target.at, temp_path(&temp, "plan.yaml")), 0);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    assert_true(S_ISLNK(info_of(temp_path(&temp, "plan.yaml")).st_mode));
    assert_true(is_marked(target.at));
    assert_entries(&temp, ENTRIES("plan.yaml"));
    assert_entries(&far, ENTRIES("real.yaml", ".vekha.lock"));
    strbuf_done(&text);
    strbuf_done(&target);
    temp_done(&far);
    temp_done(&temp);
}

static void both_names_of_a_hard_link_have_the_mark(void **state)
{
    (void)state;
    Temp temp = new_plan();
    assert_int_equal(link(temp_path(&temp, "plan.yaml"), temp_path(&temp, "other.yaml")), 0);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    assert_true(is_marked(temp_path(&temp, "plan.yaml")));
    assert_true(is_marked(temp_path(&temp, "other.yaml")));
    assert_int_equal(info_of(temp_path(&temp, "plan.yaml")).st_nlink, 2);
    assert_entries(&temp, ENTRIES("plan.yaml", "other.yaml", ".vekha.lock"));
    temp_done(&temp);
}

static void only_root(void)
{
    if (geteuid() != 0) {
        skip(); /* nobody else can make such files */
    }
}

/* A colleague of the group may write; the file then is his, but still the group's. */
static void a_file_of_another_owner_keeps_its_group_and_mode(void **state)
{
    (void)state;
    only_root();
    Temp temp = new_plan();
    const char *path = temp_path(&temp, "plan.yaml");
    assert_int_equal(chown(path, OWNER, NOBODY), 0);
    assert_int_equal(chmod(path, 0664), 0);
    assert_int_equal(chown(temp.path, OWNER, NOBODY), 0);
    assert_int_equal(chmod(temp.path, 02775), 0);
    assert_true(mark_done(temp.path, NOBODY, "plan.yaml", 1));
    assert_true(is_marked(path));
    assert_int_equal(info_of(path).st_gid, NOBODY);
    assert_int_equal(info_of(path).st_mode & 07777, 0664);
    assert_int_equal(info_of(temp_path(&temp, ".vekha.lock")).st_mode & 07777, 0664);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 3)); /* and root gives it to whom it was */
    assert_int_equal(info_of(path).st_uid, NOBODY);
    temp_done(&temp);
}

/* Where only an owner may remove a file (sticky, as /tmp is), another cannot put a new one in its place. */
static void in_a_folder_for_all_another_owners_file_is_written_in_place(void **state)
{
    (void)state;
    only_root();
    Temp temp = new_plan();
    const char *path = temp_path(&temp, "plan.yaml");
    assert_int_equal(chown(path, OWNER, NOBODY), 0);
    assert_int_equal(chmod(path, 0664), 0);
    assert_int_equal(chown(temp.path, OWNER, GROUP), 0);
    assert_int_equal(chmod(temp.path, 01777), 0);
    temp_write(&temp, ".vekha.lock", STR(""));
    assert_int_equal(chmod(temp_path(&temp, ".vekha.lock"), 0666), 0);
    ino_t inode = info_of(path).st_ino;
    assert_true(mark_done(temp.path, NOBODY, "plan.yaml", 1));
    assert_true(is_marked(path));
    assert_int_equal(info_of(path).st_ino, inode);
    assert_int_equal(info_of(path).st_uid, OWNER);
    assert_entries(&temp, ENTRIES("plan.yaml", ".vekha.lock"));
    temp_done(&temp);
}

static void the_group_of_a_setgid_folder_is_kept(void **state)
{
    (void)state;
    only_root();
    Temp temp = new_plan();
    const char *path = temp_path(&temp, "plan.yaml");
    assert_int_equal(chown(temp.path, 0, GROUP), 0);
    assert_int_equal(chmod(temp.path, 02775), 0);
    assert_int_equal(chown(path, OWNER, GROUP), 0);
    assert_int_equal(chmod(path, 0664), 0);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    assert_int_equal(info_of(path).st_gid, GROUP);
    assert_int_equal(info_of(path).st_uid, OWNER);
    assert_int_equal(info_of(path).st_mode & 07777, 0664);
    temp_done(&temp);
}

/* An access control list as the system keeps it: version 2; a tag, rights and a number an entry, the lowest byte first. */
enum { LIST_BYTES = 44 };
static const unsigned char list[LIST_BYTES] = {
    2,    0, 0, 0,                         /* version */
    0x01, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, /* owner rw */
    0x02, 0, 6, 0, 0x39, 0x30, 0,    0,    /* user 12345 rw */
    0x04, 0, 4, 0, 0xff, 0xff, 0xff, 0xff, /* group r */
    0x10, 0, 6, 0, 0xff, 0xff, 0xff, 0xff, /* mask rw */
    0x20, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, /* others nothing */
};

static void give_list(const char *path, const char *name)
{
    if (setxattr(path, name, list, sizeof list, 0) != 0) {
        assert_true(errno == ENOTSUP || errno == EPERM);
        (void)fprintf(stderr, "this file system has no access control lists: skipped\n");
        skip();
    }
}

static void an_access_control_list_is_kept(void **state)
{
    (void)state;
    Temp temp = new_plan();
    const char *path = temp_path(&temp, "plan.yaml");
    unsigned char now[2 * LIST_BYTES];
    give_list(path, "system.posix_acl_access");
    mode_t mode = info_of(path).st_mode;
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    assert_true(is_marked(path));
    assert_int_equal(getxattr(path, "system.posix_acl_access", now, sizeof now), LIST_BYTES);
    assert_memory_equal(now, list, LIST_BYTES);
    assert_int_equal(info_of(path).st_mode, mode);
    temp_done(&temp);
}

/* It is for new files. This one is not new: nobody shall be let in by a mark. */
static void the_list_that_a_folder_has_for_new_files_is_not_taken_over(void **state)
{
    (void)state;
    Temp temp = new_plan();
    const char *path = temp_path(&temp, "plan.yaml");
    give_list(temp.path, "system.posix_acl_default");
    assert_int_equal(chmod(path, 0664), 0);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    assert_true(is_marked(path));
    assert_int_equal(getxattr(path, "system.posix_acl_access", NULL, 0), -1);
    assert_int_equal(errno, ENODATA);
    assert_int_equal(info_of(path).st_mode & 07777, 0664);
    temp_done(&temp);
}

static uid_t somebody(void)
{
    return geteuid() == 0 ? NOBODY : 0;
}

static void in_a_folder_without_the_right_to_write_the_file_is_written_in_place(void **state)
{
    (void)state;
    Temp temp = new_plan();
    const char *path = temp_path(&temp, "plan.yaml");
    assert_int_equal(chmod(path, 0666), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(mark_done(temp.path, somebody(), "plan.yaml", 1));
    assert_true(is_marked(path));
    assert_entries(&temp, ENTRIES("plan.yaml"));
    assert_int_equal(chmod(temp.path, 0755), 0);
    temp_done(&temp);
}

/* The name leaves no room for a suffix. */
static void the_longest_name_can_be_saved_too(void **state)
{
    (void)state;
    for (int is_linked = 0; is_linked < 2; is_linked++) {
        Temp temp = new_plan();
        StrBuf name = { 0 };
        strbuf_add_chars(&name, 'n', 250);
        StrBuf journal = { 0 };
        strbuf_addf(&journal, "%s.tsv", name.at);
        strbuf_add(&name, STR(".yaml"));
        assert_int_equal(rename(temp_path(&temp, "plan.yaml"), temp_path(&temp, name.at)), 0);
        assert_true(is_linked == 0 || link(temp_path(&temp, name.at), temp_path(&temp, "other.yaml")) == 0);
        assert_true(mark_done(temp.path, 0, name.at, 1));
        assert_true(is_marked(temp_path(&temp, name.at)));
        assert_int_equal(temp_count(&temp), 3 + is_linked); /* with the lock and the journals */
        assert_true(mark_has(temp_path(&temp, ".journal"), journal.at));
        strbuf_done(&journal);
        strbuf_done(&name);
        temp_done(&temp);
    }
}

/* Runs `set plan.yaml 1 done`; it must fail with exit code 5, say that, and leave the plan alone. */
static void assert_refused(const Temp *temp, uid_t user, const Fault *fault, const char *words)
{
    static const char *const set[] = { "set", "plan.yaml", "1", "done", "--on", "2021-10-20", "--as", "Методист", NULL };
    TraceResult result;
    StrBuf before = { 0 };
    temp_read(temp_path(temp, "plan.yaml"), &before);
    if (fault != NULL) {
        mark_run_faulty(temp->path, user, set, ".vekha.lock", fault, &result);
    } else {
        mark_run(temp->path, user, set, &result);
    }
    assert_true(WIFEXITED(result.status));
    assert_int_equal(WEXITSTATUS(result.status), 5);
    assert_int_equal(result.out.n_bytes, 0);
    if (str_find(strbuf_str(&result.err), str_of(words), 0) == SIZE_MAX ||
        str_find(strbuf_str(&result.err), STR("plan.yaml"), 0) == SIZE_MAX) {
        fail_msg("%s", strbuf_z(&result.err));
    }
    assert_true(temp_holds(temp_path(temp, "plan.yaml"), strbuf_str(&before)));
    trace_result_done(&result);
    strbuf_done(&before);
}

/* In his own folder he could put another file in its place: but somebody has said that this one is not to be changed. */
static void a_read_only_file_is_not_changed(void **state)
{
    (void)state;
    Temp temp = new_plan();
    assert_int_equal(chmod(temp_path(&temp, "plan.yaml"), 0444), 0);
    assert_int_equal(chmod(temp.path, 0777), 0);
    assert_refused(&temp, somebody(), NULL, "нет прав");
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_refused(&temp, somebody(), NULL, "нет прав");
    assert_int_equal(chmod(temp.path, 0755), 0);
    temp_done(&temp);
}

static size_t find_call(const Temp *temp, long number)
{
    static const char *const set[] = { "set", "plan.yaml", "3", "done", "--on", "2021-10-20", "--as", "Методист", NULL };
    TraceResult result;
    size_t at = 0;
    mark_run_faulty(temp->path, 0, set, ".vekha.lock", &(Fault){ 0 }, &result);
    assert_int_equal(result.status, 0);
    while (at < result.calls.n && result.calls.at[at].number != number) {
        at++;
    }
    assert_true(at < result.calls.n);
    trace_result_done(&result);
    return at;
}

static void only_with_tracing(void)
{
    if (!trace_is_allowed()) {
        (void)fprintf(stderr, "no tracing here: skipped\n");
        skip();
    }
}

static const char *why(int code)
{
    TextArg words = err_why(code);
    return words.row != T_NONE ? text_get(LANG_RU, words.row).at : strerror(code);
}

static void a_file_system_without_locks_is_said_to_be_one(void **state)
{
    (void)state;
    only_with_tracing();
    Temp temp = new_plan();
    const int errors[] = { ENOLCK, EOPNOTSUPP, EINVAL };
    size_t at = find_call(&temp, SYS_fcntl);
    for (size_t i = 0; i < COUNTOF(errors); i++) {
        assert_refused(&temp, 0, &(Fault){ FAULT_ERROR_ON, at, errors[i] }, "не даёт запереть файл");
        assert_refused(&temp, 0, &(Fault){ FAULT_ERROR_ON, at, errors[i] }, why(errors[i]));
    }
    assert_refused(&temp, 0, &(Fault){ FAULT_ERROR_ON, at, EIO }, "ошибка ввода-вывода");
    temp_done(&temp);
}

static void a_read_only_file_system_is_said_to_be_one(void **state)
{
    (void)state;
    only_with_tracing();
    Temp temp = new_plan();
    assert_true(mark_done(temp.path, 0, "plan.yaml", 4));
    assert_refused(&temp, 0, &(Fault){ FAULT_ERROR_ON, 0, EROFS }, "диск доступен только для чтения");
    temp_done(&temp);
}

/* The calls that put bytes and names in their places, a letter each: w and p write, s has it on disk, r renames, u unlinks. */
static void add_order(StrBuf *out, const TraceCallVec *calls)
{
    static const struct {
        long number;
        char letter;
    } letters[] = {
        { SYS_write, 'w' },     { SYS_pwrite64, 'p' }, { SYS_fsync, 's' },
#ifdef SYS_rename
        { SYS_rename, 'r' },    { SYS_unlink, 'u' },
#endif
#ifdef SYS_renameat
        { SYS_renameat, 'r' },
#endif
        { SYS_renameat2, 'r' }, { SYS_unlinkat, 'u' },
    };
    for (size_t i = 0; i < calls->n; i++) {
        for (size_t k = 0; k < COUNTOF(letters); k++) {
            if (calls->at[i].number == letters[k].number) {
                strbuf_add_char(out, letters[k].letter);
            }
        }
    }
}

/* No fault of a call shows a missing one: only a power cut would. The last write is to the terminal. */
static void everything_is_on_disk_before_the_next_step_relies_on_it(void **state)
{
    (void)state;
    static const char *const set[] = { "set", "plan.yaml", "1", "done", "--on", "2021-10-20", "--as", "Методист", NULL };
    only_with_tracing();
    for (int is_linked = 0; is_linked < 2; is_linked++) {
        Temp temp = new_plan();
        TraceResult result;
        StrBuf order = { 0 };
        assert_true(is_linked == 0 || link(temp_path(&temp, "plan.yaml"), temp_path(&temp, "other.yaml")) == 0);
        mark_run_faulty(temp.path, 0, set, ".vekha.lock", &(Fault){ 0 }, &result);
        add_order(&order, &result.calls);
        /* What a killed save left goes. By rename: both names are exchanged, and the old text goes from the other. In place: each
         * copy and its name, the file, and only then the copies go. Then the journal in its new folder, with its new name, and,
         * when all is said, its line. */
        assert_string_equal(order.at, is_linked == 0 ? "uwsrusswsws" : "uuwsswsspsuuswsws");
        trace_result_done(&result);
        strbuf_done(&order);
        temp_done(&temp);
    }
}

/* Holds the lock for so long. */
static pid_t start_holder(const Temp *temp, int hold_ms)
{
    int ready[2];
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        FileLock lock;
        bool ok = file_lock(temp_path(temp, "plan.yaml"), STR(".vekha.lock"), 0, &lock, NULL);
        (void)!write(ready[1], ok ? "y" : "n", 1);
        const struct timespec pause = { hold_ms / 1000, hold_ms % 1000 * 1000000L };
        (void)nanosleep(&pause, NULL);
        _exit(0);
    }
    char said = 0;
    assert_int_equal(read(ready[0], &said, 1), 1);
    assert_int_equal(said, 'y');
    (void)close(ready[0]);
    (void)close(ready[1]);
    return child;
}

static void a_lock_that_another_holds_is_waited_for(void **state)
{
    (void)state;
    enum { HOLD_MS = 400 };
    Temp temp = new_plan();
    pid_t holder = start_holder(&temp, HOLD_MS);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    assert_true(is_marked(temp_path(&temp, "plan.yaml")));
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    temp_done(&temp);
}

static void a_lock_that_another_keeps_is_said_to_be_his(void **state)
{
    (void)state;
    enum { HOLD_MS = 60 * 1000, WAIT_MS = 3000, SLOW_MS = 20 * 1000 };
    Temp temp = new_plan();
    pid_t holder = start_holder(&temp, HOLD_MS);
    StrBuf words = { 0 };
    strbuf_addf(&words, "сейчас записывает другой (процесс %d)", (int)holder);
    long long begin = clock_ms();
    assert_refused(&temp, 0, NULL, words.at);
    assert_true(clock_ms() - begin >= WAIT_MS && clock_ms() - begin < SLOW_MS);
    assert_int_equal(kill(holder, SIGKILL), 0);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    strbuf_done(&words);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_symlink_stays_one_and_lock_and_copy_lie_where_it_leads),
        cmocka_unit_test(both_names_of_a_hard_link_have_the_mark),
        cmocka_unit_test(a_file_of_another_owner_keeps_its_group_and_mode),
        cmocka_unit_test(in_a_folder_for_all_another_owners_file_is_written_in_place),
        cmocka_unit_test(the_group_of_a_setgid_folder_is_kept),
        cmocka_unit_test(an_access_control_list_is_kept),
        cmocka_unit_test(the_list_that_a_folder_has_for_new_files_is_not_taken_over),
        cmocka_unit_test(in_a_folder_without_the_right_to_write_the_file_is_written_in_place),
        cmocka_unit_test(the_longest_name_can_be_saved_too),
        cmocka_unit_test(a_read_only_file_is_not_changed),
        cmocka_unit_test(a_file_system_without_locks_is_said_to_be_one),
        cmocka_unit_test(a_read_only_file_system_is_said_to_be_one),
        cmocka_unit_test(everything_is_on_disk_before_the_next_step_relies_on_it),
        cmocka_unit_test(a_lock_that_another_holds_is_waited_for),
        cmocka_unit_test(a_lock_that_another_keeps_is_said_to_be_his),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
