/* What is half typed outlives the program, however that ends, and is offered when it is started again. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"

enum { PATIENCE = PTY_PATIENCE_MS, DEAF_MS = 700, KEPT_MS = 1500 };

#define DRAFTS ".local/state/vekha/drafts"

static Temp temp, home;
static Pty *pty;

static void start(void)
{
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    StrBuf home_is = { 0 };
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    strbuf_addf(&home_is, "HOME=%s", home.path);
    const char *const env[] = { "VEKHA_TODAY=2022-05-10", strbuf_z(&home_is), NULL };
    const char *const argv[] = { strbuf_z(&program), "--as", "Тест", temp.path, NULL };
    PtyOptions options = { .env = env };
    pty = pty_start(&options, argv);
    strbuf_done(&program);
    strbuf_done(&home_is);
}

static void assert_text(const char *text)
{
    if (!pty_wait_text(pty, text, PATIENCE)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", text, strbuf_z(&screen));
    }
}

static int set_up(void **state)
{
    (void)state;
    temp = temp_new();
    home = temp_new();
    temp_copy(&temp, "plans");
    start();
    return pty_wait_text(pty, "10Выход", PATIENCE) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    pty_end(pty);
    temp_done(&temp);
    temp_done(&home);
    return 0;
}

/* The names of what lies among the drafts. */
static int count_drafts(char name[256])
{
    Temp folder;
    StrBuf names = { 0 };
    (void)snprintf(folder.path, sizeof folder.path, "%.200s/%s", home.path, DRAFTS);
    if (access(folder.path, F_OK) != 0) {
        return 0;
    }
    int n = temp_count(&folder);
    temp_names(&folder, &names);
    Str rest = strbuf_str(&names);
    Str first = str_cut(&rest, '\n');
    (void)snprintf(name, 256, "%s/%.*s", DRAFTS, STR_ARG(first));
    strbuf_done(&names);
    return n;
}

/* One that is just being written is none yet: who is killed now leaves it without its name. */
static bool a_draft_holds(const char *text)
{
    char name[256];
    struct stat info;
    StrBuf content = { 0 };
    bool ok = count_drafts(name) == 1 && !str_ends(str_of(name), STR(".new")) && lstat(temp_path(&home, name), &info) == 0 &&
              (info.st_mode & 07777) == 0600 && lstat(temp_path(&home, DRAFTS), &info) == 0 && (info.st_mode & 07777) == 0700;
    if (ok) {
        temp_read(temp_path(&home, name), &content);
        ok = str_find(strbuf_str(&content), str_of(text), 0) != SIZE_MAX;
    }
    strbuf_done(&content);
    return ok;
}

static bool the_plan_holds(const char *text)
{
    StrBuf content = { 0 };
    temp_read(temp_path(&temp, "sayansk-500-2022.yaml"), &content);
    bool ok = str_find(strbuf_str(&content), str_of(text), 0) != SIZE_MAX;
    strbuf_done(&content);
    return ok;
}

static void type_half(void)
{
    pty_send(pty, "G\rs5");
    assert_text("Новый срок: 29.03.2022");
    pty_send(pty, "\x15до 15 ию");
    assert_text("Новый срок: до 15 ию");
}

static void start_again(void)
{
    pty_end(pty);
    start();
    assert_text("Черновик: набрано");
    assert_text("Новый срок: до 15 ию");
    pty_idle(DEAF_MS);
}

static void end_by_hang_up(void)
{
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
}

static void end_by_signal(int number, int status)
{
    pty_signal(pty, number);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), status);
}

/* Within the last second nothing is promised. */
static void end_by_kill(void)
{
    pty_idle(KEPT_MS);
    end_by_signal(SIGKILL, PTY_BY_SIGNAL + SIGKILL);
}

static void end_by_hup(void)
{
    end_by_signal(SIGHUP, 0);
}

static void end_by_term(void)
{
    end_by_signal(SIGTERM, 0);
}

/* Stopped, and never continued. */
static void end_stopped(void)
{
    pty_signal(pty, SIGTSTP);
    for (int i = 0; i < 100 && !a_draft_holds("text\tдо 15 ию\n"); i++) {
        pty_settle(pty, 20);
    }
    end_by_signal(SIGKILL, PTY_BY_SIGNAL + SIGKILL);
}

static void however_it_ends_it_goes_on_where_it_ended(void **state)
{
    static void (*const ends[])(void) = { end_by_hang_up, end_by_hup, end_by_term, end_by_kill, end_stopped };
    for (size_t i = 0; i < COUNTOF(ends); i++) {
        char name[256];
        type_half();
        ends[i]();
        assert_true(a_draft_holds("text\tдо 15 ию\n"));
        start_again();
        pty_send(pty, "\r");
        assert_text("Новый срок: до 15 ию");
        assert_true(pty_wait_gone(pty, "Черновик", PATIENCE));
        pty_send(pty, "ня");
        assert_text("не позднее 15 июня 2022");
        pty_send(pty, "\r");
        assert_text("Основание:");
        pty_send(pty, "\r");
        assert_text("перенесено, записано в файл");
        assert_true(the_plan_holds("when: до 15 июня\n"));
        assert_int_equal(count_drafts(name), 0);
        assert_int_equal(tear_down(state), 0);
        assert_int_equal(set_up(state), 0);
    }
}

static void it_waits_on_escape_and_goes_on_three(void **state)
{
    char name[256];
    (void)state;
    type_half();
    end_by_term();
    start_again();
    pty_send(pty, "\x1b");
    assert_text("при следующем запуске");
    assert_true(pty_wait_gone(pty, "Новый срок", PATIENCE));
    end_by_term();
    assert_true(a_draft_holds("text\tдо 15 ию\n"));
    start_again();
    pty_send(pty, "3");
    assert_text("черновик выброшен");
    assert_int_equal(count_drafts(name), 0);
    assert_false(the_plan_holds("до 15 ию"));
}

/* Typed before the offer could be seen. */
static void keys_typed_ahead_are_not_meant_for_it(void **state)
{
    (void)state;
    type_half();
    end_by_term();
    pty_end(pty);
    start();
    pty_send(pty, "3\r\r3");
    assert_text("Черновик: набрано");
    assert_true(pty_wait_rest(pty, 200));
    assert_text("Черновик: набрано");
    assert_true(a_draft_holds("text\tдо 15 ию\n"));
}

/* Written once, then nothing: no byte to the terminal, no work. The same under an offer. */
static void a_pause_costs_nothing(void **state)
{
    enum { PAUSE_MS = 2500, MOST_MS = 60 };
    (void)state;
    type_half();
    pty_idle(KEPT_MS);
    assert_true(a_draft_holds("text\tдо 15 ию\n"));
    for (int i = 0; i < 2; i++) {
        assert_true(pty_wait_rest(pty, 100));
        (void)pty_take_count(pty);
        uint64_t before_ns = pty_used_ns(pty);
        pty_idle(PAUSE_MS);
        pty_settle(pty, 10);
        assert_int_equal(pty_take_count(pty), 0);
        assert_true(pty_used_ns(pty) - before_ns < MOST_MS * (uint64_t)1000000);
        if (i == 0) {
            end_by_term();
            start_again();
        }
    }
}

/* The folder is a link, or a file is in its place: said once, and typing goes on. */
static void without_a_folder_for_drafts_typing_goes_on(void **state)
{
    for (int i = 0; i < 2; i++) {
        if (i == 0) {
            assert_int_equal(symlink(temp.path, temp_path(&home, ".local")), 0);
            assert_int_equal(mkdir(temp_path(&temp, "state"), 0700), 0);
            assert_int_equal(mkdir(temp_path(&temp, "state/vekha"), 0700), 0);
            assert_int_equal(symlink("/tmp", temp_path(&temp, "state/vekha/drafts")), 0);
        } else {
            temp_write(&home, ".local", STR("x"));
        }
        type_half();
        assert_text("черновики не сохраняются");
        pty_send(pty, "ня");
        assert_text("не позднее 15 июня 2022");
        pty_idle(KEPT_MS);
        assert_text("не позднее 15 июня 2022");
        pty_send(pty, "\r");
        assert_text("Основание:");
        pty_send(pty, "\r");
        assert_text("перенесено, записано в файл");
        assert_true(the_plan_holds("when: до 15 июня\n"));
        (void)unlink(temp_path(&home, ".local"));
        assert_int_equal(tear_down(state), 0);
        assert_int_equal(set_up(state), 0);
    }
}

/* While another holds the plan nothing is said to be done; when it is said, it is in the file. */
static void a_change_is_in_the_file_before_the_screen_says_so(void **state)
{
    enum { HELD_MS = 800 };
    (void)state;
    int fd = open(temp_path(&temp, ".vekha.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    assert_true(fd >= 0);
    type_half();
    pty_send(pty, "ня\r");
    assert_text("Основание:");
    assert_int_equal(fcntl(fd, F_SETLK, &whole), 0);
    pty_send(pty, "\r");
    assert_false(pty_wait_text(pty, "записано", HELD_MS));
    assert_false(the_plan_holds("до 15 июня"));
    assert_true(a_draft_holds("when\tдо 15 июня\n")); /* and what was typed is not only there yet */
    assert_int_equal(close(fd), 0);
    assert_text("перенесено, записано в файл");
    assert_true(the_plan_holds("when: до 15 июня\n"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(however_it_ends_it_goes_on_where_it_ended),  TEST(it_waits_on_escape_and_goes_on_three),
        TEST(keys_typed_ahead_are_not_meant_for_it),      TEST(a_pause_costs_nothing),
        TEST(without_a_folder_for_drafts_typing_goes_on), TEST(a_change_is_in_the_file_before_the_screen_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
