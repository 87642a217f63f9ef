/* git changes branches, stashes, merges and resets beside an open interface: what is typed stays, what it brought is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/opened.h"

enum { DEAF_MS = 700, AWAY_MS = 900 };

static Opened opened;

/* Where we are: start. On other: another event before all, № 5 due elsewhen. On same: № 2 too. On without: no such plan. */
static const char branches[] =
    "git init -q -b start . && git config user.name t && git config user.email t@t && "
    "printf '.vekha.lock\\n.journal/\\n.*.new\\n' >.gitignore && git add -A && git commit -qm start && "
    "git checkout -qb other && "
    "sed -i -e 's/^      - id: j5tq/      - title: Вписано другими\\n        when: июнь\\n      - id: j5tq/' "
    "-e '/id: n4pt/,/when:/s/when: .*/when: до 9 сентября/' " OPENED_PLAN " && git commit -qam other && "
    "git checkout -q start && git checkout -qb same && "
    "sed -i '/id: h24n/,/when:/s/when: .*/when: до 1 мая/' " OPENED_PLAN " && git commit -qam same && "
    "git checkout -q start && git checkout -qb without && git rm -q " OPENED_PLAN " && git commit -qm without && "
    "git checkout -q start";

static Opened repository; /* made once, copied for each test */

static int make_repository(void **state)
{
    (void)state;
    opened_new(&repository);
    if (opened_has_program("git")) {
        opened_run(&repository, branches);
    }
    return 0;
}

static int remove_repository(void **state)
{
    (void)state;
    opened_done(&repository);
    return 0;
}

static int set_up(void **state)
{
    (void)state;
    opened_new(&opened);
    if (opened_has_program("git")) {
        StrBuf line = { 0 };
        strbuf_addf(&line, "cp -a '%s/.' . && git status", repository.temp.path);
        opened_run(&opened, strbuf_z(&line));
        strbuf_done(&line);
        opened_start(&opened);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    opened_done(&opened);
    return 0;
}

static void only_with_git(void)
{
    if (opened.pty == NULL) {
        (void)fprintf(stderr, "no git here: skipped\n");
        skip();
    }
}

/* Another one does that; a key makes the interface look at once. */
static void git(const char *line)
{
    opened_run(&opened, line);
    pty_send(opened.pty, "\x0c");
}

/* What the file has against what the branch has: "+5 -1" lines, "" if nothing. */
static void assert_differs(const char *branch, const char *lines)
{
    StrBuf line = { 0 };
    strbuf_addf(&line, "test \"$(git diff --numstat %s -- " OPENED_PLAN " | awk '{ print \"+\" $1 \" -\" $2 }')\" = '%s'", branch,
                lines);
    if (opened_try(&opened, strbuf_z(&line)) != 0) {
        opened_fail(&opened, strbuf_z(&line));
    }
    strbuf_done(&line);
}

static void a_branch_is_shown_and_the_selection_stays(void **state)
{
    (void)state;
    only_with_git();
    git("git checkout -q other");
    opened_assert(&opened, "Вписано другими");
    opened_assert(&opened, "файл " OPENED_PLAN " изменён");
    opened_assert(&opened, "№ 2 · запланировано");
    git("git checkout -q start");
    assert_true(pty_wait_gone(opened.pty, "Вписано другими", PTY_PATIENCE_MS));
    opened_assert(&opened, "№ 2 · запланировано");
    assert_differs("start", "");
}

/* Seen or not, before what was typed is written. */
static void what_is_half_typed_is_written_on_the_branch_that_is_there(void **state)
{
    for (int is_seen = 0; is_seen < 2; is_seen++) {
        only_with_git();
        opened_type_half(&opened);
        opened_run(&opened, "git checkout -q other");
        if (is_seen != 0) {
            opened_assert(&opened, "Вписано другими");
        }
        opened_type_rest(&opened);
        assert_true(opened_holds(&opened, "Вписано другими"));
        assert_true(opened_holds(&opened, "when: до 9 сентября\n"));
        assert_differs("other", "+4 -1");
        assert_int_equal(tear_down(state), 0);
        assert_int_equal(set_up(state), 0);
    }
}

static void a_stash_takes_a_mark_away_and_brings_it_back(void **state)
{
    (void)state;
    only_with_git();
    pty_send(opened.pty, " ");
    opened_assert(&opened, "№ 2 · исполнено");
    git("git stash -q");
    opened_assert(&opened, "№ 2 · запланировано");
    assert_differs("start", "");
    opened_type_half(&opened);
    git("git stash pop -q");
    opened_assert(&opened, "№ 2 · исполнено");
    pty_send(opened.pty, "ня\r");
    opened_assert(&opened, "Основание:");
    pty_send(opened.pty, "\r");
    opened_assert(&opened, "то же самое изменили другие");
    opened_assert(&opened, "у других: исполнено");
    assert_true(opened_holds(&opened, "status: done\n"));
    assert_false(opened_holds(&opened, "до 15 июня"));
    pty_idle(DEAF_MS);
    pty_send(opened.pty, "1");
    opened_assert(&opened, "записано в файл");
    assert_true(opened_holds(&opened, "when: до 15 июня\n"));
    assert_true(opened_holds(&opened, "status: postponed\n"));
}

/* By the driver where both touched the file; the third one is in the prompt. */
static void a_merge_of_branches_leaves_what_is_half_typed(void **state)
{
    (void)state;
    only_with_git();
    git("git checkout -q same");
    opened_assert(&opened, "до 1 мая");
    pty_send(opened.pty, "е\x15до 15 ию");
    opened_assert(&opened, "Срок: до 15 ию");
    git("git merge -q --no-edit other");
    opened_assert(&opened, "Вписано другими");
    pty_send(opened.pty, "ня\r");
    opened_assert(&opened, "«до 15 июня», записано в файл");
    assert_differs("HEAD", "+1 -1");
    assert_true(opened_holds(&opened, "Вписано другими"));
    assert_true(opened_holds(&opened, "when: до 9 сентября\n"));
}

static void what_a_branch_brings_for_the_same_field_is_asked_about(void **state)
{
    (void)state;
    only_with_git();
    pty_send(opened.pty, "е\x15до 15 июня");
    opened_assert(&opened, "не позднее 15 июня 2022");
    git("git checkout -q same");
    pty_send(opened.pty, "\r"); /* perhaps before it was seen */
    opened_assert(&opened, "у других: до 1 мая (кто-то)");
    opened_assert(&opened, "у меня: до 15 июня");
    assert_differs("same", "");
    pty_idle(DEAF_MS);
    pty_send(opened.pty, "1");
    opened_assert(&opened, "«до 15 июня», записано в файл");
    assert_differs("same", "+1 -1");
}

/* A merge in which git stops: its marks make the file no plan, and it is left alone until somebody has decided. */
static void a_merge_that_stops_is_left_alone(void **state)
{
    (void)state;
    only_with_git();
    git("git checkout -q same && git checkout -qb again start && "
        "sed -i '/id: h24n/,/when:/s/when: .*/when: до 2 мая/' " OPENED_PLAN " && git commit -qam again");
    opened_assert(&opened, "до 2 мая");
    pty_send(opened.pty, "е\x15до 15 ию");
    opened_assert(&opened, "Срок: до 15 ию");
    assert_int_equal(opened_try(&opened, "git merge -q --no-edit same"), 1);
    opened_assert(&opened, OPENED_PLAN);
    pty_send(opened.pty, "ня\r");
    opened_assert(&opened, OPENED_PLAN ":");
    assert_true(opened_holds(&opened, "<<<<<<<"));
    assert_false(opened_holds(&opened, "до 15 июня"));
    git("git merge --abort");
    pty_idle(AWAY_MS);
    pty_send(opened.pty, "\r");
    opened_assert(&opened, "«до 15 июня», записано в файл");
    assert_differs("again", "+1 -1");
}

static void after_a_reset_what_is_typed_goes_into_what_is_there(void **state)
{
    (void)state;
    only_with_git();
    pty_send(opened.pty, "j ");
    opened_assert(&opened, "№ 3 · исполнено");
    pty_send(opened.pty, "k");
    opened_assert(&opened, "№ 2 · запланировано");
    opened_type_half(&opened);
    git("git reset -q --hard other");
    opened_type_rest(&opened);
    assert_differs("other", "+4 -1");
    pty_send(opened.pty, "u");
    opened_assert(&opened, "взято назад");
    assert_differs("other", "");
    pty_send(opened.pty, "u"); /* the mark is not in the file: there is nothing of it to take back */
    assert_true(pty_wait_gone(opened.pty, "взято назад", PTY_PATIENCE_MS));
    assert_differs("other", "");
}

static void a_plan_that_goes_with_its_branch_comes_back_with_it(void **state)
{
    (void)state;
    only_with_git();
    git("git checkout -q without");
    opened_assert(&opened, OPENED_PLAN);
    assert_true(pty_wait_gone(opened.pty, "№ 2 · запланировано", PTY_PATIENCE_MS));
    git("git checkout -q start");
    opened_assert(&opened, "файл " OPENED_PLAN " вернулся");
    opened_assert(&opened, "№ 2 · запланировано");
}

static void what_is_half_typed_for_a_plan_that_goes_is_kept(void **state)
{
    (void)state;
    only_with_git();
    opened_type_half(&opened);
    git("git checkout -q without");
    opened_assert(&opened, "набранное сохранено");
    assert_true(opened_has_draft(&opened, "text\tдо 15 ию\n"));
    git("git checkout -q start");
    opened_assert(&opened, "№ 2 · запланировано");
    opened_start_only(&opened);
    opened_assert(&opened, "Черновик: набрано");
    pty_idle(DEAF_MS);
    pty_send(opened.pty, "\r");
    opened_type_rest(&opened);
    assert_differs("start", "+4 -1");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_branch_is_shown_and_the_selection_stays),
        TEST(what_is_half_typed_is_written_on_the_branch_that_is_there),
        TEST(a_stash_takes_a_mark_away_and_brings_it_back),
        TEST(a_merge_of_branches_leaves_what_is_half_typed),
        TEST(what_a_branch_brings_for_the_same_field_is_asked_about),
        TEST(a_merge_that_stops_is_left_alone),
        TEST(after_a_reset_what_is_typed_goes_into_what_is_there),
        TEST(a_plan_that_goes_with_its_branch_comes_back_with_it),
        TEST(what_is_half_typed_for_a_plan_that_goes_is_kept),
    };
    return cmocka_run_group_tests(tests, make_repository, remove_repository);
}
