#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "../support/mark.h"
#include "vekha/store/journal.h"

/*
 * The journal when many write at once, without a lock too; when it cannot be written, by the real program; and when whoever
 * writes it is killed. test_save.c has each system call of a save fail, those of the journal among them.
 */

enum { WRITERS = 8, LINES_EACH = 200, EVENTS = 8 };

static Temp new_plan(void)
{
    Temp temp = temp_new();
    StrBuf plan = { 0 };
    mark_add_plan(&plan, EVENTS);
    temp_write(&temp, "plan.yaml", strbuf_str(&plan));
    strbuf_done(&plan);
    return temp;
}

static JournalEntry entry_of(int writer, int number, StrBuf *value)
{
    strbuf_clear(value);
    strbuf_addf(value, "%d.%d ", writer, number);
    strbuf_add_chars(value, (char)('a' + writer), (size_t)(number * 5 % JOURNAL_VALUE_MAX));
    return (
        JournalEntry){ .time = number, .who = STR("Я"), .event = STR("1"), .field = STR("note"), .became = strbuf_str(value) };
}

static _Noreturn void write_lines(const char *plan, int writer)
{
    StrBuf value = { 0 };
    for (int i = 0; i < LINES_EACH; i++) {
        JournalEntry two[] = { entry_of(writer, i, &value), { 0 } };
        two[1] = two[0];
        two[1].field = STR("result");
        if (!journal_append(plan, two, COUNTOF(two), NULL)) {
            _exit(1);
        }
    }
    strbuf_done(&value);
    _exit(0);
}

/* Each line that one of them wrote, whole, and twice. */
static void assert_all_lines(const Journal *journal)
{
    int seen[WRITERS][LINES_EACH] = { 0 };
    StrBuf value = { 0 };
    assert_int_equal(journal->n_skipped, 0);
    assert_int_equal(journal->entries.n, 2 * WRITERS * LINES_EACH);
    for (size_t i = 0; i < journal->entries.n; i++) {
        int writer;
        int number;
        assert_int_equal(sscanf(journal->entries.at[i].became.at, "%d.%d ", &writer, &number), 2);
        JournalEntry wanted = entry_of(writer, number, &value);
        assert_true(str_eq(journal->entries.at[i].became, wanted.became));
        seen[writer][number]++;
    }
    for (int writer = 0; writer < WRITERS; writer++) {
        for (int i = 0; i < LINES_EACH; i++) {
            assert_int_equal(seen[writer][i], 2);
        }
    }
    strbuf_done(&value);
}

static void eight_who_append_at_once_tear_no_line(void **state)
{
    (void)state;
    Temp temp = new_plan();
    pid_t children[WRITERS];
    Journal journal;
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            write_lines(temp_path(&temp, "plan.yaml"), i);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_true(journal_read(temp_path(&temp, "plan.yaml"), &journal, NULL));
    assert_all_lines(&journal);
    journal_done(&journal);
    temp_done(&temp);
}

static void of_eight_who_mark_at_once_each_mark_is_in_the_journal(void **state)
{
    (void)state;
    Temp temp = new_plan();
    pid_t children[WRITERS];
    Journal journal;
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            _exit(mark_done(temp.path, 0, "plan.yaml", i + 1) ? 0 : 1);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_int_equal(status, 0);
    }
    assert_true(journal_read(temp_path(&temp, "plan.yaml"), &journal, NULL));
    assert_int_equal(journal.n_skipped, 0);
    for (int i = 1; i <= EVENTS; i++) {
        bool found = false;
        for (size_t k = 0; k < journal.entries.n; k++) {
            int number;
            found = found || (str_to_uint(journal.entries.at[k].event, &number) && number == i);
        }
        assert_true(found);
    }
    journal_done(&journal);
    temp_done(&temp);
}

/* The mark is made and said, the code is 0; that the journal does not have it is said too. */
static void assert_marked_all_the_same(const Temp *temp, uid_t user, const char *name)
{
    enum { NEVER_MORE_THAN_S = 20 };
    TraceResult result;
    (void)alarm(NEVER_MORE_THAN_S); /* it must not wait for whoever reads a pipe */
    mark_run(temp->path, user, (const char *[]){ "set", "plan.yaml", "1", "done", "--on", "2021-10-20", "--as", "Я", NULL },
             &result);
    (void)alarm(0);
    StrBuf plan = { 0 };
    temp_read(temp_path(temp, "plan.yaml"), &plan);
    bool ok = result.status == 0 && str_find(strbuf_str(&result.out), STR("исполнено"), 0) != SIZE_MAX &&
              str_find(strbuf_str(&result.err), STR("записано, но не в журнал"), 0) != SIZE_MAX &&
              mark_count(strbuf_str(&plan), STR("done: 2021-10-20")) == 1;
    if (!ok) {
        fail_msg("%s: status %x, out: %s err: %s", name, (unsigned)result.status, strbuf_z(&result.out), strbuf_z(&result.err));
    }
    strbuf_done(&plan);
    trace_result_done(&result);
}

static void make_folder(const Temp *temp)
{
    assert_int_equal(mkdir(temp_path(temp, ".journal"), 0755), 0);
}

static void put_file(const Temp *temp)
{
    temp_write(temp, ".journal", STR("no folder"));
}

static void put_link_to_nowhere(const Temp *temp)
{
    assert_int_equal(symlink("/nowhere/at/all", temp_path(temp, ".journal")), 0);
}

static void put_link_elsewhere(const Temp *temp)
{
    assert_int_equal(mkdir(temp_path(temp, "elsewhere"), 0755), 0);
    assert_int_equal(symlink("elsewhere", temp_path(temp, ".journal")), 0);
}

static void put_full_disk(const Temp *temp)
{
    make_folder(temp);
    assert_int_equal(symlink("/dev/full", temp_path(temp, ".journal/plan.tsv")), 0);
}

static void put_link_to_a_file(const Temp *temp)
{
    make_folder(temp);
    temp_write(temp, "victim", STR("mine\n"));
    assert_int_equal(symlink("../victim", temp_path(temp, ".journal/plan.tsv")), 0);
}

static void put_pipe(const Temp *temp)
{
    make_folder(temp);
    assert_int_equal(mkfifo(temp_path(temp, ".journal/plan.tsv"), 0666), 0);
}

static void put_folder(const Temp *temp)
{
    make_folder(temp);
    assert_int_equal(mkdir(temp_path(temp, ".journal/plan.tsv"), 0755), 0);
}

static void whatever_stands_in_its_place_the_mark_is_made_and_that_is_said(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        void (*put)(const Temp *temp);
    } rows[] = {
        { "a file for the folder", put_file },
        { "a link to nowhere", put_link_to_nowhere },
        { "a link to another folder", put_link_elsewhere },
        { "a full disk", put_full_disk },
        { "a link to a file", put_link_to_a_file },
        { "a pipe", put_pipe },
        { "a folder for the file", put_folder },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Temp temp = new_plan();
        rows[i].put(&temp);
        assert_marked_all_the_same(&temp, 0, rows[i].name);
        assert_true(access(temp_path(&temp, "victim"), F_OK) != 0 || temp_holds(temp_path(&temp, "victim"), STR("mine\n")));
        assert_true(access(temp_path(&temp, "elsewhere/plan.tsv"), F_OK) != 0);
        temp_done(&temp);
    }
}

static void a_journal_that_may_not_be_written_stops_no_mark(void **state)
{
    (void)state;
    enum { NOBODY = 65534 };
    if (geteuid() != 0) {
        skip();
    }
    Temp temp = new_plan();
    assert_int_equal(chmod(temp.path, 0777), 0);
    assert_int_equal(chmod(temp_path(&temp, "plan.yaml"), 0666), 0);
    make_folder(&temp);
    temp_write(&temp, ".journal/plan.tsv", STR(""));
    assert_int_equal(chmod(temp_path(&temp, ".journal/plan.tsv"), 0444), 0);
    assert_marked_all_the_same(&temp, NOBODY, "read-only");
    temp_done(&temp);
}

/* The directory of accounts does not answer, or has it no more. */
static void an_account_without_a_name_is_its_number(void **state)
{
    (void)state;
    enum { NO_ACCOUNT = 54321 };
    if (geteuid() != 0) {
        skip();
    }
    Temp temp = new_plan();
    Journal journal;
    assert_int_equal(chmod(temp.path, 0777), 0);
    assert_int_equal(chmod(temp_path(&temp, "plan.yaml"), 0666), 0);
    TraceResult result;
    mark_run(temp.path, NO_ACCOUNT, (const char *[]){ "set", "plan.yaml", "1", "done", NULL }, &result);
    assert_int_equal(result.status, 0);
    trace_result_done(&result);
    assert_true(journal_read(temp_path(&temp, "plan.yaml"), &journal, NULL));
    assert_true(journal.entries.n > 0);
    for (size_t i = 0; i < journal.entries.n; i++) {
        assert_true(str_eq(journal.entries.at[i].who, STR("uid 54321")));
    }
    journal_done(&journal);
    temp_done(&temp);
}

/* Killed while it writes, again and again: what is there can be read, and all but the last lines are whole. */
static void who_is_killed_leaves_a_journal_that_can_be_read(void **state)
{
    (void)state;
    enum { KILLS = 20, WAIT_US = 3000 };
    Temp temp = new_plan();
    Journal journal;
    for (int i = 0; i < KILLS; i++) {
        pid_t child = fork();
        assert_true(child >= 0);
        if (child == 0) {
            write_lines(temp_path(&temp, "plan.yaml"), i % WRITERS);
        }
        (void)usleep(WAIT_US + (unsigned)(i * WAIT_US / 2));
        (void)kill(child, SIGKILL);
        assert_int_equal(waitpid(child, NULL, 0), child);
    }
    JournalEntry last = { .time = 1, .who = STR("Я"), .event = STR("1"), .field = STR("note"), .became = STR("last") };
    assert_true(journal_append(temp_path(&temp, "plan.yaml"), &last, 1, NULL));
    assert_true(journal_read(temp_path(&temp, "plan.yaml"), &journal, NULL));
    assert_true(journal.n_skipped <= KILLS);
    bool found = false;
    for (size_t i = 0; i < journal.entries.n; i++) {
        found = found || str_eq(journal.entries.at[i].became, STR("last"));
    }
    assert_true(found);
    assert_true(journal.entries.n > KILLS);
    journal_done(&journal);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_who_append_at_once_tear_no_line),
        cmocka_unit_test(of_eight_who_mark_at_once_each_mark_is_in_the_journal),
        cmocka_unit_test(whatever_stands_in_its_place_the_mark_is_made_and_that_is_said),
        cmocka_unit_test(a_journal_that_may_not_be_written_stops_no_mark),
        cmocka_unit_test(an_account_without_a_name_is_its_number),
        cmocka_unit_test(who_is_killed_leaves_a_journal_that_can_be_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
