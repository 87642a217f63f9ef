/* Two people edit one plan at once, each in a program of their own, while a third one writes its file by other means. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"

enum { PATIENCE = PTY_PATIENCE_MS, N_PEOPLE = 2, DEAF_MS = 700 };

#define PLAN "sayansk-500-2022.yaml"

static Temp temp, homes[N_PEOPLE];
static Pty *people[N_PEOPLE];

static Pty *start(const Temp *home, const char *who)
{
    const char *build = getenv("BUILD");
    StrBuf program = { 0 };
    StrBuf home_is = { 0 };
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    strbuf_addf(&home_is, "HOME=%s", home->path);
    const char *const env[] = { "VEKHA_TODAY=2022-05-10", strbuf_z(&home_is), NULL };
    const char *const argv[] = { strbuf_z(&program), "--as", who, temp_path(&temp, PLAN), NULL };
    PtyOptions options = { .env = env };
    Pty *pty = pty_start(&options, argv);
    strbuf_done(&program);
    strbuf_done(&home_is);
    return pty;
}

static void assert_text(Pty *pty, const char *text)
{
    if (!pty_wait_text(pty, text, PATIENCE)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", text, strbuf_z(&screen));
    }
}

static int set_up(void **state)
{
    static const char *const names[N_PEOPLE] = { "Иванова Т. В.", "Петров П. П." };
    bool ok = true;
    (void)state;
    temp = temp_new();
    temp_copy(&temp, "plans");
    for (int i = 0; i < N_PEOPLE; i++) {
        homes[i] = temp_new();
        people[i] = start(&homes[i], names[i]);
    }
    for (int i = 0; i < N_PEOPLE; i++) {
        ok = pty_wait_text(people[i], "10Выход", PATIENCE) && ok;
        pty_send(people[i], "gj"); /* № 2 */
        ok = pty_wait_text(people[i], "№ 2 ", PATIENCE) && ok;
    }
    return ok ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    for (int i = 0; i < N_PEOPLE; i++) {
        pty_end(people[i]);
        temp_done(&homes[i]);
    }
    temp_done(&temp);
    return 0;
}

static bool the_plan_holds(const char *text)
{
    StrBuf content = { 0 };
    temp_read(temp_path(&temp, PLAN), &content);
    bool ok = str_find(strbuf_str(&content), str_of(text), 0) != SIZE_MAX;
    strbuf_done(&content);
    return ok;
}

/* One text of the plan becomes another, by hand: written over in place, or as a new file with its name. */
static void edit_by_hand(const char *from, const char *to, bool is_renamed)
{
    StrBuf text = { 0 };
    temp_read(temp_path(&temp, PLAN), &text);
    size_t at = str_find(strbuf_str(&text), str_of(from), 0);
    assert_true(at != SIZE_MAX);
    strbuf_splice(&text, at, at + strlen(from), str_of(to));
    temp_write(&temp, is_renamed ? "hand.tmp" : PLAN, strbuf_str(&text));
    if (is_renamed) {
        assert_int_equal(rename(temp_path(&temp, "hand.tmp"), temp_path(&temp, PLAN)), 0);
    }
    strbuf_done(&text);
}

static void different_fields_are_merged(void **state)
{
    (void)state;
    pty_send(people[0], "е\x15до 15 мая");
    assert_text(people[0], "не позднее 15 мая 2022");
    pty_send(people[1], "зприказ № 5");
    assert_text(people[1], "Примечание: приказ № 5");
    pty_send(people[0], "\r");
    assert_text(people[0], "записано в файл");
    assert_text(people[1], "Иванова Т. В."); /* it is told at once, and what is typed stays */
    pty_send(people[1], "\r");
    assert_text(people[1], "Примечание: «приказ № 5», записано");
    assert_true(the_plan_holds("when: до 15 мая\n") && the_plan_holds("note: приказ № 5\n"));
    assert_text(people[0], "Примечание: приказ № 5");
}

static void the_same_field_is_asked_about(void **state)
{
    (void)state;
    pty_send(people[0], "е\x15до 15 мая");
    assert_text(people[0], "не позднее 15 мая 2022");
    pty_send(people[1], "е\x15до 20 мая");
    assert_text(people[1], "не позднее 20 мая 2022");
    pty_send(people[0], "\r");
    assert_text(people[0], "записано в файл");
    assert_text(people[1], "пока вы правите, стало: до 15 мая");
    pty_send(people[1], "\r");
    assert_text(people[1], "у других: до 15 мая (Иванова Т. В., ");
    assert_text(people[1], "было: 29.03.2022");
    assert_true(the_plan_holds("when: до 15 мая\n"));
    pty_idle(DEAF_MS); /* what is typed ahead does not answer it */
    pty_send(people[1], "1");
    assert_text(people[1], "«до 20 мая», записано в файл");
    assert_true(the_plan_holds("when: до 20 мая\n"));
    assert_text(people[0], "Срок: «до 15 мая» → «до 20 мая» — Петров П. П.");
}

static void keys_typed_ahead_answer_no_such_question(void **state)
{
    (void)state;
    pty_send(people[0], "е\x15до 15 мая");
    assert_text(people[0], "не позднее 15 мая 2022");
    edit_by_hand("when: 29.03.2022", "when: июнь", false);
    assert_text(people[0], "пока вы правите, стало: июнь");
    pty_send(people[0], "\r\r1");
    assert_text(people[0], "у других: июнь (кто-то)");
    assert_true(pty_wait_rest(people[0], 200));
    assert_true(the_plan_holds("when: июнь\n"));
    assert_text(people[0], "у меня: до 15 мая");
}

static void a_third_one_edits_by_hand_meanwhile(void **state)
{
    (void)state;
    for (int is_renamed = 0; is_renamed < 2; is_renamed++) {
        pty_send(people[0], "зпервая");
        assert_text(people[0], "Примечание: первая");
        pty_send(people[1], "е\x15до 15 мая");
        assert_text(people[1], "не позднее 15 мая 2022");
        edit_by_hand("no: 9\n", "no: 9а\n", is_renamed != 0);
        assert_text(people[0], "файл " PLAN " изменён");
        pty_send(people[0], "\r");
        assert_text(people[0], "«первая», записано");
        pty_send(people[1], "\r");
        assert_text(people[1], "«до 15 мая», записано");
        assert_true(the_plan_holds("no: 9а\n") && the_plan_holds("note: первая\n") && the_plan_holds("when: до 15 мая\n"));
        assert_int_equal(tear_down(state), 0);
        assert_int_equal(set_up(state), 0);
    }
}

static void an_event_deleted_under_the_prompt_comes_back(void **state)
{
    (void)state;
    pty_send(people[0], "е\x15до 15 мая");
    assert_text(people[0], "не позднее 15 мая 2022");
    pty_send(people[1], "в\r");
    assert_text(people[1], "№ 2: удалено из файла");
    assert_text(people[0], "мероприятие удалили");
    pty_send(people[0], "\r");
    assert_text(people[0], "№ 2 тем временем удалили (Петров П. П., ");
    pty_idle(DEAF_MS);
    pty_send(people[0], "1");
    assert_text(people[0], "снова в плане, с вашей правкой");
    assert_true(the_plan_holds("when: до 15 мая\n"));
    assert_text(people[1], "№ 2, добавлено");
}

static void what_is_asked_outlives_the_link(void **state)
{
    (void)state;
    pty_send(people[1], "е\x15до 15 мая");
    assert_text(people[1], "не позднее 15 мая 2022");
    edit_by_hand("when: 29.03.2022", "when: июнь", true);
    assert_text(people[1], "стало: июнь");
    pty_send(people[1], "\r");
    assert_text(people[1], "у других: июнь");
    pty_hang_up(people[1]);
    assert_int_equal(pty_wait_exit(people[1], PATIENCE), 0);
    pty_end(people[1]);
    people[1] = start(&homes[1], "Петров П. П.");
    assert_text(people[1], "Срок: до 15 мая");
    assert_text(people[1], "Пока вы печатали");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(different_fields_are_merged),
        TEST(the_same_field_is_asked_about),
        TEST(keys_typed_ahead_answer_no_such_question),
        TEST(a_third_one_edits_by_hand_meanwhile),
        TEST(an_event_deleted_under_the_prompt_comes_back),
        TEST(what_is_asked_outlives_the_link),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
