/* The program is ended at each moment of what it asks: nothing is done that was not agreed to, nothing typed is lost. */
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/opened.h"

enum { DEAF_MS = 700, N_ENDS = 3 };

/* Each way to end has an interface of its own; they go through the same at the same time. */
typedef enum End { BY_HANG_UP, BY_SIGHUP, BY_SIGTERM } End;

static Opened all[N_ENDS];
static int locks[N_ENDS] = { -1, -1, -1 };

static int set_up(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ENDS; i++) {
        opened_new(&all[i]);
        opened_start_only(&all[i]);
    }
    for (size_t i = 0; i < N_ENDS; i++) {
        opened_go(&all[i]);
    }
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < N_ENDS; i++) {
        if (locks[i] >= 0) {
            (void)close(locks[i]);
        }
        locks[i] = -1;
        opened_done(&all[i]);
    }
    return 0;
}

static void press(const char *keys)
{
    for (size_t i = 0; i < N_ENDS; i++) {
        pty_send(all[i].pty, keys);
    }
}

static void see(const char *words)
{
    for (size_t i = 0; i < N_ENDS; i++) {
        opened_assert(&all[i], words);
    }
}

/* By hand, one text of the plan becomes another. */
static void edit(const char *from, const char *to)
{
    for (size_t i = 0; i < N_ENDS; i++) {
        StrBuf text = { 0 };
        temp_read(opened_path(&all[i]), &text);
        size_t at = str_find(strbuf_str(&text), str_of(from), 0);
        assert_int_not_equal(at, SIZE_MAX);
        strbuf_splice(&text, at, at + strlen(from), str_of(to));
        temp_write(&all[i].temp, "part", strbuf_str(&text));
        assert_int_equal(rename(temp_path(&all[i].temp, "part"), opened_path(&all[i])), 0);
        strbuf_done(&text);
    }
    press("\x0c"); /* a key makes it look at once */
}

static const char event[] = "      - id: h24n\n"
                            "        no: 2\n"
                            "        title: Разработка и утверждение муниципальной дорожной карты по реализации проекта «500+»\n"
                            "        when: 29.03.2022\n"
                            "        responsible:\n"
                            "          - Муниципальный орган управления образованием\n"
                            "        result: не менее одного нормативно-правового акта\n";

static void type_deadline(void)
{
    press("е\x15до 15 июня");
    see("не позднее 15 июня 2022");
}

static void theirs_comes(void)
{
    type_deadline();
    edit("when: 29.03.2022", "when: до 1 мая");
    see("стало: до 1 мая");
}

static void it_is_asked(void)
{
    theirs_comes();
    press("\r");
    see("у других: до 1 мая");
}

static void another_answer_is_chosen(void)
{
    it_is_asked();
    pty_idle(DEAF_MS);
    press("k");
}

static void mine_goes_on(void)
{
    it_is_asked();
    pty_idle(DEAF_MS);
    press("3");
    see("Срок: до 15 июня");
    press(", утро");
    see("Срок: до 15 июня, утро");
}

static void mine_is_chosen(void)
{
    it_is_asked();
    pty_idle(DEAF_MS);
    press("1");
}

/* Another one writes, for as long as it takes. */
static void mine_is_chosen_in_vain(void)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    it_is_asked();
    for (size_t i = 0; i < N_ENDS; i++) {
        locks[i] = open(temp_path(&all[i].temp, ".vekha.lock"), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        assert_true(locks[i] >= 0 && fcntl(locks[i], F_SETLK, &whole) == 0);
    }
    pty_idle(DEAF_MS);
    press("1");
}

static void mine_is_written(void)
{
    mine_is_chosen();
    see("записано в файл");
}

static void theirs_is_left(void)
{
    it_is_asked();
    pty_idle(DEAF_MS);
    press("2");
    see("оставлено");
}

static void a_new_deadline_is_asked_about(void)
{
    press("s5");
    see("Новый срок: 29.03.2022");
    press("\x15до 15 июня\r");
    see("Основание:");
    press("приказ");
    see("Основание: приказ");
    edit("when: 29.03.2022", "when: до 1 мая");
    press("\r");
    see("у других: до 1 мая");
}

static void it_is_deleted_under_the_prompt(void)
{
    type_deadline();
    edit(event, "");
    see("мероприятие удалили");
}

static void it_is_asked_as_it_is_gone(void)
{
    it_is_deleted_under_the_prompt();
    press("\r");
    see("№ 2 тем временем удалили");
}

static void deleting_is_asked(void)
{
    press("d");
    see("Удалить № 2");
}

static void deleting_is_agreed_to(void)
{
    deleting_is_asked();
    press("1");
}

static void deleting_is_asked_again(void)
{
    deleting_is_asked();
    edit("when: 29.03.2022", "when: до 1 мая");
    press("1");
    see("№ 2 тем временем изменили");
}

/* What must then be in the file, or not, and what in a draft; NULL: nothing. */
static const struct Moment {
    const char *name;
    void (*come)(void);
    const char *holds, *holds_not, *draft;
    const char *or_holds; /* then there need be no draft: it was just being written */
} moments[] = {
    { "theirs came", theirs_comes, "when: до 1 мая\n", "15 июня", "text\tдо 15 июня\n", NULL },
    { "asked", it_is_asked, "when: до 1 мая\n", "15 июня", "text\tдо 15 июня\n", NULL },
    { "chosen, not agreed to", another_answer_is_chosen, "when: до 1 мая\n", "15 июня", "text\tдо 15 июня\n", NULL },
    { "going on", mine_goes_on, "when: до 1 мая\n", "15 июня", "text\tдо 15 июня, утро\n", NULL },
    { "mine chosen", mine_is_chosen, "when: до 1", "when: 29.03.2022\n", "text\tдо 15 июня\n", "when: до 15 июня\n" },
    { "mine chosen, and locked", mine_is_chosen_in_vain, "when: до 1 мая\n", "15 июня", "text\tдо 15 июня\n", NULL },
    { "mine written", mine_is_written, "when: до 15 июня\n", "when: до 1 мая\n", NULL, NULL },
    { "theirs left", theirs_is_left, "when: до 1 мая\n", "15 июня", NULL, NULL },
    { "a mark asked about", a_new_deadline_is_asked_about, "when: до 1 мая\n", "15 июня", "text\tприказ\n", NULL },
    { "gone", it_is_deleted_under_the_prompt, "id: g2jk", "id: h24n", "text\tдо 15 июня\n", NULL },
    { "asked as it is gone", it_is_asked_as_it_is_gone, "id: g2jk", "id: h24n", "text\tдо 15 июня\n", NULL },
    { "deleting asked", deleting_is_asked, event, "vekha: 2", NULL, NULL },
    { "deleting agreed to", deleting_is_agreed_to, "id: g2jk", "vekha: 2", NULL, event },
    { "deleting asked again", deleting_is_asked_again, "when: до 1 мая\n", "vekha: 2", NULL, event },
};

static void end(Opened *opened, End how)
{
    switch (how) {
    case BY_HANG_UP:
        pty_hang_up(opened->pty);
        break;
    case BY_SIGHUP:
        pty_signal(opened->pty, SIGHUP);
        break;
    case BY_SIGTERM:
        pty_signal(opened->pty, SIGTERM);
        break;
    }
}

static void check(Opened *opened, const struct Moment *moment, size_t how)
{
    StrBuf line = { 0 };
    strbuf_addf(&line, "%s, end %zu", moment->name, how);
    if (pty_wait_exit(opened->pty, PTY_PATIENCE_MS) != 0) {
        opened_fail(opened, strbuf_z(&line));
    }
    bool is_other = moment->or_holds != NULL && opened_holds(opened, moment->or_holds);
    bool ok = opened_holds(opened, moment->holds) && !opened_holds(opened, moment->holds_not);
    ok = ok && (is_other || moment->draft == NULL || opened_has_draft(opened, moment->draft));
    ok = ok && (moment->draft != NULL || !opened_has_draft(opened, "text\t"));
    if (!ok) {
        opened_fail(opened, strbuf_z(&line));
    }
    strbuf_done(&line);
}

static void ended_at_that_moment_it_loses_nothing(void **state)
{
    const struct Moment *moment = *state;
    moment->come();
    for (size_t i = 0; i < N_ENDS; i++) {
        end(&all[i], (End)i);
    }
    for (size_t i = 0; i < N_ENDS; i++) {
        check(&all[i], moment, i);
    }
}

int main(void)
{
    struct CMUnitTest tests[COUNTOF(moments)];
    for (size_t i = 0; i < COUNTOF(moments); i++) {
        tests[i] = (struct CMUnitTest){ moments[i].name, ended_at_that_moment_it_loses_nothing, set_up, tear_down,
                                        (void *)(uintptr_t)&moments[i] };
    }
    return cmocka_run_group_tests_name("end", tests, NULL, NULL);
}
