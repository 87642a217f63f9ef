#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"

/* Many who mark at once, each his own events of one plan, by the real program: nothing is lost. */

enum { WRITERS = 8, MARKS = 25, EVENTS = WRITERS * MARKS, NOBODY = 65534 };

typedef struct Writer {
    const char *plan; /* the name by which he knows it */
    uid_t user;
    bool is_host; /* on a machine of his own: other numbers of processes, another name, another path to the folder */
} Writer;

static void add_done_plan(StrBuf *out, int n_events)
{
    mark_add_plan(out, n_events);
    for (size_t at = str_find(strbuf_str(out), STR("    status: done\n"), 0); at != SIZE_MAX; at = SIZE_MAX) {
        size_t end = str_find(strbuf_str(out), STR("  - no: 3"), at); /* no mark yet */
        strbuf_splice(out, at, end, (Str){ 0 });
    }
}

/* Writers take turns in the events, so that each change lies between others'. */
static _Noreturn void write_marks(const Temp *temp, const Writer *writer, int first)
{
    enum { TRIES = 5 };
    (void)setenv("CMOCKA_TEST_ABORT", "1", 1);
    for (int i = 0; i < MARKS; i++) {
        bool ok = false;
        for (int k = 0; k < TRIES && !ok; k++) { /* a lock that comes too late is no loss: it is said */
            ok = mark_done(temp->path, writer->user, writer->plan, first + i * WRITERS);
        }
        if (!ok) {
            _exit(1);
        }
    }
    _exit(0);
}

static Temp host_folder; /* where the hosts have the folder */

/* As far as one machine can be two: all but the kernel and the clock. False: it may not be done here. */
static bool become_host(const Temp *temp, int number, Temp *out)
{
    *out = host_folder;
    bool ok = unshare(CLONE_NEWNS | CLONE_NEWUTS | CLONE_NEWPID) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
              mount(temp->path, out->path, NULL, MS_BIND, NULL) == 0 && sethostname(number % 2 == 0 ? "one" : "two", 3) == 0;
    pid_t first = ok ? fork() : -1;
    if (first > 0) {
        int status = -1;
        _exit(waitpid(first, &status, 0) == first && status == 0 ? 0 : 1);
    }
    return ok && first == 0 && getpid() == 1;
}

static bool may_be_host(void)
{
    int status = -1;
    pid_t child = fork();
    if (child == 0) {
        Temp temp = { "/tmp" };
        Temp there;
        _exit(become_host(&temp, 0, &there) ? 0 : 1);
    }
    return child > 0 && waitpid(child, &status, 0) == child && status == 0;
}

static void mark_all(const Temp *temp, const Writer *writers, size_t n_kinds)
{
    pid_t children[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            const Writer *writer = &writers[(size_t)i % n_kinds];
            Temp there = *temp;
            if (writer->is_host && !become_host(temp, i, &there)) {
                _exit(1);
            }
            write_marks(&there, writer, i + 1);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
}

static void assert_all_there(const Temp *temp, const char *name)
{
    StrBuf text = { 0 };
    StrBuf wanted = { 0 };
    temp_read(temp_path(temp, name), &text);
    add_done_plan(&wanted, EVENTS);
    assert_int_equal(mark_count(strbuf_str(&text), STR("    status: done\n    done: 2021-10-20\n    by: Методист\n")), EVENTS);
    Str rest = strbuf_str(&text);
    StrBuf without = { 0 }; /* without the marks it is what it was */
    while (rest.n_bytes > 0) {
        Str line = str_cut(&rest, '\n');
        if (!str_starts(line, STR("    status:")) && !str_starts(line, STR("    done:")) && !str_starts(line, STR("    by:"))) {
            strbuf_addf(&without, "%.*s\n", STR_ARG(line));
        }
    }
    assert_string_equal(without.at, wanted.at);
    strbuf_done(&without);
    strbuf_done(&wanted);
    strbuf_done(&text);
}

static Temp new_plan(void)
{
    Temp temp = temp_new();
    StrBuf plan = { 0 };
    add_done_plan(&plan, EVENTS);
    temp_write(&temp, "plan.yaml", strbuf_str(&plan));
    strbuf_done(&plan);
    return temp;
}

static void of_eight_who_mark_at_once_none_loses_a_mark(void **state)
{
    (void)state;
    static const Writer writers[] = { { "plan.yaml", 0, false } };
    Temp temp = new_plan();
    mark_all(&temp, writers, COUNTOF(writers));
    assert_all_there(&temp, "plan.yaml");
    assert_int_equal(temp_count(&temp), 3); /* with the lock and the journals */
    temp_done(&temp);
}

static void nor_do_those_who_know_the_file_by_other_names(void **state)
{
    (void)state;
    static const Writer writers[] = {
        { "plan.yaml", 0, false }, { "far/hard.yaml", 0, false }, { "far/link.yaml", 0, false }, { "hard.yaml", 0, false }
    };
    Temp temp = new_plan();
    assert_int_equal(mkdir(temp_path(&temp, "far"), 0755), 0);
    assert_int_equal(link(temp_path(&temp, "plan.yaml"), temp_path(&temp, "far/hard.yaml")), 0);
    assert_int_equal(link(temp_path(&temp, "plan.yaml"), temp_path(&temp, "hard.yaml")), 0);
    assert_int_equal(symlink("../plan.yaml", temp_path(&temp, "far/link.yaml")), 0);
    mark_all(&temp, writers, COUNTOF(writers));
    assert_all_there(&temp, "plan.yaml");
    assert_int_equal(temp_count(&temp), 5);
    temp_done(&temp);
}

/* One puts a new file in its place, the other, who may not, writes in the old one. */
static void nor_do_those_who_may_not_write_in_the_folder(void **state)
{
    (void)state;
    static const Writer writers[] = { { "plan.yaml", 0, false }, { "plan.yaml", NOBODY, false } };
    if (geteuid() != 0) {
        skip();
    }
    Temp temp = new_plan();
    assert_int_equal(chmod(temp_path(&temp, "plan.yaml"), 0666), 0);
    mark_all(&temp, writers, COUNTOF(writers));
    assert_all_there(&temp, "plan.yaml");
    assert_int_equal(temp_count(&temp), 3); /* with the lock and the journals */
    temp_done(&temp);
}

static void nor_do_those_of_several_hosts(void **state)
{
    (void)state;
    static const Writer writers[] = { { "plan.yaml", 0, true }, { "plan.yaml", 0, true }, { "plan.yaml", 0, false } };
    host_folder = temp_new();
    if (!may_be_host()) {
        temp_done(&host_folder);
        (void)fprintf(stderr, "no namespaces here: skipped\n");
        skip();
    }
    Temp temp = new_plan();
    mark_all(&temp, writers, COUNTOF(writers));
    assert_all_there(&temp, "plan.yaml");
    assert_int_equal(temp_count(&temp), 3); /* with the lock and the journals */
    temp_done(&temp);
    temp_done(&host_folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(of_eight_who_mark_at_once_none_loses_a_mark),
        cmocka_unit_test(nor_do_those_who_know_the_file_by_other_names),
        cmocka_unit_test(nor_do_those_who_may_not_write_in_the_folder),
        cmocka_unit_test(nor_do_those_of_several_hosts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
