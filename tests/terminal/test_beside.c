/* Others save, move and break the plan's file beside an open interface: it is seen soon, and what is typed stays. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"

/* Promised is a second; a busy machine gets half a second more. */
enum { PATIENCE = PTY_PATIENCE_MS, SOON_MS = 1500, AWAY_MS = 900 };

#define END "\x1b[F"

static const char name[] = "sayansk-500-2022.yaml";
static Temp temp, home;
static Pty *pty;

static void assert_text(const char *text)
{
    if (!pty_wait_text(pty, text, PATIENCE)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", text, strbuf_z(&screen));
    }
}

static bool is_shown(const char *text)
{
    return pty_wait_text(pty, text, 0);
}

static int set_up(void **state)
{
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    StrBuf home_is = { 0 };
    (void)state;
    temp = temp_new();
    home = temp_new();
    temp_copy(&temp, "plans");
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    strbuf_addf(&home_is, "HOME=%s", home.path);
    const char *const env[] = { "VEKHA_TODAY=2022-05-10", strbuf_z(&home_is), NULL };
    const char *const argv[] = { strbuf_z(&program), "--as", "Тест", temp.path, NULL };
    PtyOptions options = { .env = env };
    pty = pty_start(&options, argv);
    strbuf_done(&program);
    strbuf_done(&home_is);
    bool ok = pty_wait_text(pty, "10Выход", PATIENCE);
    pty_send(pty, END "\r");
    return ok && pty_wait_text(pty, "№ 2 · запланировано", PATIENCE) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pty_end(pty);
    temp_done(&temp);
    temp_done(&home);
    return 0;
}

static const char *plan_path(void)
{
    return temp_path(&temp, name);
}

static bool plan_holds(const char *text)
{
    StrBuf content = { 0 };
    temp_read(plan_path(), &content);
    bool ok = str_find(strbuf_str(&content), str_of(text), 0) != SIZE_MAX;
    strbuf_done(&content);
    return ok;
}

/* The plan with another event before the fourth. */
static void add_changed(StrBuf *text, const char *title)
{
    temp_read(plan_path(), text);
    size_t at = str_find(strbuf_str(text), STR("      - id: j5tq"), 0);
    assert_int_not_equal(at, SIZE_MAX);
    StrBuf event = { 0 };
    strbuf_addf(&event, "      - title: %s\n        when: июнь\n", title);
    strbuf_splice(text, at, at, strbuf_str(&event));
    strbuf_done(&event);
}

static void run(const char *command)
{
    StrBuf line = { 0 };
    strbuf_addf(&line,
                "cd '%s' && export HOME='%s' GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null && (%s) >/dev/null 2>&1",
                temp.path, home.path, command);
    if (system(line.at) != 0) {
        fail_msg("%s", line.at);
    }
    strbuf_done(&line);
}

static bool has_program(const char *program)
{
    StrBuf line = { 0 };
    strbuf_addf(&line, "command -v %s >/dev/null 2>&1", program);
    bool has = system(line.at) == 0;
    strbuf_done(&line);
    return has;
}

/* Each way puts the changed text in place; NULL: the program that it needs. */
static void in_place(Str text)
{
    temp_write(&temp, name, text);
}

static void by_rename(Str text)
{
    temp_write(&temp, "part", text);
    assert_int_equal(rename(temp_path(&temp, "part"), plan_path()), 0);
}

/* Away for as long as a slow link takes. */
static void with_backup(Str text)
{
    enum { SLOW_MS = 100 };
    assert_int_equal(rename(plan_path(), temp_path(&temp, "backup~")), 0);
    pty_settle(pty, 1);
    pty_send(pty, "\x0c"); /* a key makes it look at once */
    pty_idle(SLOW_MS);
    temp_write(&temp, name, text);
}

/* Half of it, which is a plan too, and then the rest. */
static void in_halves(Str text)
{
    enum { SLOW_MS = 100 };
    size_t half = str_find(text, STR("  - title: Наличие"), 0);
    assert_int_not_equal(half, SIZE_MAX);
    temp_write(&temp, name, str_sub(text, 0, half));
    pty_send(pty, "\x0c");
    pty_idle(SLOW_MS);
    temp_write(&temp, name, text);
}

static void by_vim(Str text)
{
    temp_write(&temp, "wanted", text);
    run("vim -u NONE -N -es -c '%d' -c '0r wanted' -c '$d' -c 'wq' sayansk-500-2022.yaml");
}

static void by_vim_in_place(Str text)
{
    temp_write(&temp, "wanted", text);
    run("vim -u NONE -N -es -c 'set backupcopy=yes' -c '%d' -c '0r wanted' -c '$d' -c 'wq' sayansk-500-2022.yaml");
}

static void by_git(Str text)
{
    temp_write(&temp, "wanted", text);
    run("git init -q . && git config user.name t && git config user.email t@t && git add *.yaml && git commit -qm a && "
        "git checkout -qb other && cp wanted sayansk-500-2022.yaml && git commit -qam b && git checkout -q -");
    assert_false(plan_holds("Вписано"));
    run("git checkout -q other");
}

static const struct {
    const char *name, *program;
    void (*save)(Str text);
} ways[] = {
    { "in place", NULL, in_place },    { "by rename", NULL, by_rename }, { "with a backup", NULL, with_backup },
    { "in halves", NULL, in_halves },  { "vim", "vim", by_vim },         { "vim, in place", "vim", by_vim_in_place },
    { "git checkout", "git", by_git },
};

static bool is_possible(size_t way)
{
    bool ok = ways[way].program == NULL || has_program(ways[way].program);
    if (!ok) {
        (void)fprintf(stderr, "%s: not installed, not tried\n", ways[way].name);
    }
    return ok;
}

static void again(void **state)
{
    assert_int_equal(tear_down(state), 0);
    assert_int_equal(set_up(state), 0);
}

static void what_others_save_shows_within_a_second_and_the_selection_stays(void **state)
{
    for (size_t i = 0; i < COUNTOF(ways); i++) {
        StrBuf text = { 0 };
        if (!is_possible(i)) {
            continue;
        }
        add_changed(&text, "Вписано другими");
        ways[i].save(strbuf_str(&text));
        long long begin = clock_ms();
        assert_text("Вписано другими");
        long long took = clock_ms() - begin;
        (void)fprintf(stderr, "%s: seen after %lld ms\n", ways[i].name, took);
        assert_true(took <= SOON_MS);
        assert_text("№ 2 · запланировано");
        assert_true(plan_holds("Вписано другими"));
        strbuf_done(&text);
        again(state);
    }
}

static void type_half(void)
{
    pty_send(pty, "s5");
    assert_text("Новый срок: 29.03.2022");
    pty_send(pty, "\x15до 15 ию");
    assert_text("Новый срок: до 15 ию");
}

static void finish(void)
{
    assert_text("Новый срок: до 15 ию");
    pty_send(pty, "ня\r");
    assert_text("Основание:");
    pty_send(pty, "\r");
    assert_text("перенесено, записано в файл");
    assert_true(plan_holds("when: до 15 июня\n"));
}

static void what_is_half_typed_outlives_what_others_save(void **state)
{
    for (size_t i = 0; i < COUNTOF(ways); i++) {
        StrBuf text = { 0 };
        if (!is_possible(i)) {
            continue;
        }
        add_changed(&text, "Вписано другими");
        type_half();
        ways[i].save(strbuf_str(&text));
        pty_idle(AWAY_MS);
        finish();
        assert_true(plan_holds("Вписано другими"));
        strbuf_done(&text);
        again(state);
    }
}

/* What is no plan for a while. */
static void cut_off(void)
{
    StrBuf text = { 0 };
    temp_read(plan_path(), &text);
    strbuf_add(&text, STR("\n  - {title: \"Не до ко"));
    temp_write(&temp, name, strbuf_str(&text));
    strbuf_done(&text);
}

static void empty(void)
{
    temp_write(&temp, name, (Str){ 0 });
}

static void put_folder(void)
{
    assert_int_equal(unlink(plan_path()), 0);
    assert_int_equal(mkdir(plan_path(), 0755), 0);
}

static void put_pipe(void)
{
    assert_int_equal(unlink(plan_path()), 0);
    assert_int_equal(mkfifo(plan_path(), 0666), 0);
}

static void put_loop(void)
{
    assert_int_equal(unlink(plan_path()), 0);
    assert_int_equal(symlink(name, plan_path()), 0);
}

static void put_bytes(void)
{
    temp_write(&temp, name, STR("\xff\xfe\x00t\x00i"));
}

static const struct {
    const char *name;
    void (*spoil)(void);
} spoils[] = {
    { "half an event", cut_off }, { "nothing", empty },   { "a folder", put_folder },
    { "a pipe", put_pipe },       { "a loop", put_loop }, { "other bytes", put_bytes },
};

/* What was read stays in view, nothing can be written, and when the file is whole again all is as before. */
static void a_file_that_is_no_plan_for_a_while_is_outlived(void **state)
{
    for (size_t i = 0; i < COUNTOF(spoils); i++) {
        StrBuf text = { 0 };
        temp_read(plan_path(), &text);
        type_half();
        spoils[i].spoil();
        pty_idle(AWAY_MS);
        assert_text("Новый срок: до 15 ию");
        pty_send(pty, "ня\r");
        assert_text("Основание:");
        pty_send(pty, "\r");
        if (!pty_wait_text(pty, name, PATIENCE)) {
            StrBuf screen = { 0 };
            pty_add_screen(pty, &screen);
            fail_msg("%s: the screen does not say it:\n%s", spoils[i].name, strbuf_z(&screen));
        }
        assert_false(is_shown("записано в файл"));
        if (unlink(plan_path()) != 0) {
            assert_int_equal(rmdir(plan_path()), 0);
        }
        temp_write(&temp, name, strbuf_str(&text));
        pty_idle(AWAY_MS);
        pty_send(pty, "\r");
        assert_text("перенесено, записано в файл");
        assert_true(plan_holds("when: до 15 июня\n"));
        strbuf_done(&text);
        again(state);
    }
}

static void the_folder_moved_away_and_back_is_outlived(void **state)
{
    StrBuf away = { 0 };
    (void)state;
    strbuf_addf(&away, "%s-away", temp.path);
    type_half();
    assert_int_equal(rename(temp.path, away.at), 0);
    pty_idle(AWAY_MS);
    assert_text("Новый срок: до 15 ию");
    assert_int_equal(rename(away.at, temp.path), 0);
    pty_idle(AWAY_MS);
    finish();
    strbuf_done(&away);
}

static void a_plan_moved_away_and_back_comes_back(void **state)
{
    (void)state;
    assert_int_equal(rename(plan_path(), temp_path(&temp, "elsewhere")), 0);
    long long begin = clock_ms();
    assert_text("sayansk-500-2022.yaml");
    assert_true(clock_ms() - begin <= SOON_MS);
    assert_false(is_shown("№ 2 · запланировано"));
    assert_int_equal(rename(temp_path(&temp, "elsewhere"), plan_path()), 0);
    assert_text("вернулся");
    assert_text("№ 2 · запланировано");
}

static void a_lock_that_a_stopped_program_keeps_loses_nothing(void **state)
{
    int ready[2];
    char said = 0;
    (void)state;
    type_half();
    assert_int_equal(pipe(ready), 0);
    pid_t holder = fork();
    assert_true(holder >= 0);
    if (holder == 0) {
        FileLock lock;
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* stopped, it would outlive a test that fails */
        bool ok = file_lock(plan_path(), STR(".vekha.lock"), 0, &lock, NULL);
        (void)!write(ready[1], ok ? "y" : "n", 1);
        (void)pause();
        _exit(0);
    }
    assert_int_equal(read(ready[0], &said, 1), 1);
    assert_int_equal(said, 'y');
    assert_int_equal(kill(holder, SIGSTOP), 0);
    pty_send(pty, "ня\r");
    assert_text("Основание:");
    pty_send(pty, "\r");
    assert_text("не удаётся записать"); /* by whom it is locked may not fit in the row: tests/faults/test_kinds.c */
    assert_false(plan_holds("до 15 июня"));
    assert_int_equal(kill(holder, SIGKILL), 0);
    assert_int_equal(waitpid(holder, NULL, 0), holder);
    pty_send(pty, "\r");
    assert_text("перенесено, записано в файл");
    assert_true(plan_holds("when: до 15 июня\n"));
    (void)close(ready[0]);
    (void)close(ready[1]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_others_save_shows_within_a_second_and_the_selection_stays),
        TEST(what_is_half_typed_outlives_what_others_save),
        TEST(a_file_that_is_no_plan_for_a_while_is_outlived),
        TEST(the_folder_moved_away_and_back_is_outlived),
        TEST(a_plan_moved_away_and_back_comes_back),
        TEST(a_lock_that_a_stopped_program_keeps_loses_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
