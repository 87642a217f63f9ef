/* Two people change the same thing: nothing is lost, and nothing is written over unseen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/app/editing.h"
#include "vekha/core/change_build.h"

static SessionFixture fixture;

#define HEAD "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
#define ONE "  - id: a1aa\n    no: 1\n    title: Раз\n"
#define TWO "  - {id: b2bb, no: 2, title: Два}\n"
#define APRIL ONE "    when: апрель\n"
#define JUNE ONE "    when: июнь\n"

static void write_plan(const char *events)
{
    StrBuf text = { 0 };
    strbuf_addf(&text, "%s%s%s", HEAD, events, TWO);
    temp_write(&fixture.temp, "a.yaml", strbuf_str(&text));
    strbuf_done(&text);
}

static int open_folder(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    write_plan(APRIL);
    fixture_open(&fixture, "a.yaml");
    fixture_run(&fixture, "first");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_has(const char *text, bool is_there)
{
    StrBuf has = { 0 };
    temp_read(temp_path(&fixture.temp, "a.yaml"), &has);
    if ((strstr(strbuf_z(&has), text) != NULL) != is_there) {
        fail_msg("«%s» %s\n%s", text, is_there ? "is not there" : "is there", strbuf_z(&has));
    }
    strbuf_done(&has);
}

static void assert_asks(AskKind asking, const char *text)
{
    assert_int_equal(fixture.session->overlay, OVERLAY_ASK);
    assert_int_equal(fixture.session->editing->asking, asking);
    assert_string_equal(strbuf_z(&fixture.session->editing->text), text);
}

static void type_anew(const char *command, const char *words)
{
    fixture_run(&fixture, command);
    lineedit_set(&fixture.session->line, (Str){ 0 });
    fixture_type(&fixture, words);
}

static void assert_notice(const char *words)
{
    StrBuf notice = { 0 };
    session_add_notice(&notice, fixture.session);
    assert_string_equal(strbuf_z(&notice), words);
    strbuf_done(&notice);
}

/* Somebody else, with the program, and so in the journal. */
static void others_edit(const char *key, const char *value)
{
    Arena arena = { 0 };
    Store *store = store_open(temp_path(&fixture.temp, "a.yaml"), NULL);
    store_set_author(store, STR("Петров П. П."));
    const Plan *plan = store_file(store, 0)->plan;
    Change change = change_of(plan, 0, &arena);
    assert_true(change_edit(&change, plan, 0, str_of(key), str_of(value), &arena, NULL));
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    store_free(store);
    arena_done(&arena);
}

static void another_field_is_merged_without_a_word(void **state)
{
    (void)state;
    type_anew("edit-note", "моё");
    write_plan(JUNE);
    (void)session_tick(fixture.session);
    assert_notice("");
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_has("when: июнь\n    note: моё\n", true);
}

static void the_prompt_says_at_once_what_has_become_of_its_field(void **state)
{
    (void)state;
    type_anew("edit-deadline", "до 15 мая");
    write_plan(JUNE);
    (void)session_tick(fixture.session);
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_string_equal(strbuf_z(&fixture.session->line.text), "до 15 мая");
    assert_notice("пока вы правите, стало: июнь");
    write_plan(APRIL);
    (void)session_tick(fixture.session);
    assert_notice("");
}

/* Whether the program saw the change before Enter, or finds it when it writes. */
static void ask_for_the_deadline(bool is_seen)
{
    type_anew("edit-deadline", "до 15 мая");
    write_plan(JUNE);
    if (is_seen) {
        (void)session_tick(fixture.session);
    }
    fixture_run(&fixture, "dialog-agree");
    assert_asks(ASK_CONFLICT, "Срок\nу меня: до 15 мая\nу других: июнь (кто-то)\nбыло: апрель\n");
    assert_has("when: июнь", true);
}

static void mine_is_written_when_that_is_chosen(void **state)
{
    for (int is_seen = 0; is_seen < 2; is_seen++) {
        ask_for_the_deadline(is_seen != 0);
        fixture_run(&fixture, "answer-1");
        assert_has("when: до 15 мая\n", true);
        fixture_run(&fixture, "undo");
        assert_has("when: июнь\n", true);
        assert_int_equal(close_folder(state), 0);
        assert_int_equal(open_folder(state), 0);
    }
}

static void theirs_is_left_and_mine_can_be_had_again(void **state)
{
    (void)state;
    static const char *const ways[] = { "answer-2", "dialog-close" };
    for (size_t i = 0; i < COUNTOF(ways); i++) {
        ask_for_the_deadline(true);
        fixture_run(&fixture, ways[i]);
        assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
        assert_has("when: июнь\n", true);
        fixture_run(&fixture, "edit-deadline");
        assert_string_equal(strbuf_z(&fixture.session->line.text), "июнь");
        fixture_run(&fixture, "typed-before");
        assert_string_equal(strbuf_z(&fixture.session->line.text), "до 15 мая");
        assert_int_equal(close_folder(state), 0);
        assert_int_equal(open_folder(state), 0);
    }
}

static void going_on_starts_from_theirs(void **state)
{
    (void)state;
    ask_for_the_deadline(true);
    fixture_run(&fixture, "dialog-agree"); /* Enter once too often only goes on */
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_string_equal(strbuf_z(&fixture.session->line.text), "до 15 мая");
    assert_has("when: июнь\n", true);
    fixture_type(&fixture, " 2022");
    fixture_run(&fixture, "dialog-agree");
    assert_has("when: до 15 мая 2022\n", true);
}

static void what_changes_after_it_was_shown_is_asked_anew(void **state)
{
    (void)state;
    ask_for_the_deadline(true);
    write_plan(ONE "    when: август\n");
    fixture_run(&fixture, "answer-1");
    assert_asks(ASK_CONFLICT, "Срок\nу меня: до 15 мая\nу других: август (кто-то)\nбыло: июнь\n");
    assert_has("when: август\n", true);
    write_plan("");
    fixture_run(&fixture, "answer-1");
    assert_asks(ASK_GONE, "Вы набрали: Срок: до 15 мая");
}

static void dates_that_came_with_their_deadline_do_not_stay(void **state)
{
    (void)state;
    type_anew("edit-deadline", "до 15 мая");
    write_plan(JUNE "    dates: 2022-06\n");
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "answer-1");
    assert_has("when: до 15 мая\n", true);
    assert_has("dates:", false);
}

static void what_both_made_the_same_is_no_question(void **state)
{
    (void)state;
    type_anew("edit-deadline", "июнь");
    write_plan(JUNE);
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_has("when: июнь\n", true);
}

static void the_journal_knows_who_it_was(void **state)
{
    (void)state;
    type_anew("edit-note", "моё");
    others_edit("note", "их");
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->editing->asking, ASK_CONFLICT);
    assert_non_null(strstr(strbuf_z(&fixture.session->editing->text), "у других: их (Петров П. П., "));
}

static void a_text_of_the_plan_is_asked_about_too(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-plan");
    (void)session_type(fixture.session, KEY_CHAR('1'));
    fixture_type(&fixture, " мой");
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 1\ntitle: План их\nperiod: 2022\nevents:\n" APRIL TWO));
    (void)session_tick(fixture.session);
    assert_notice("пока вы правите, стало: План их");
    fixture_run(&fixture, "dialog-agree");
    assert_asks(ASK_CONFLICT, "Название\nу меня: План мой\nу других: План их (кто-то)\nбыло: План\n");
    fixture_run(&fixture, "answer-1");
    assert_has("title: План мой\n", true);
}

static void an_event_that_others_deleted_comes_back_with_the_edit(void **state)
{
    (void)state;
    type_anew("edit-deadline", "до 15 мая");
    write_plan(ONE "    when: июнь\n    note: их\n");
    (void)session_tick(fixture.session);
    write_plan("");
    (void)session_tick(fixture.session);
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_notice("пока вы правите, мероприятие удалили: Enter — спросит, как быть");
    fixture_run(&fixture, "dialog-agree");
    assert_asks(ASK_GONE, "Вы набрали: Срок: до 15 мая");
    fixture_run(&fixture, "answer-1");
    assert_has("  - {id: a1aa, no: 1, title: Раз, when: до 15 мая, note: их}\n", true);
    assert_string_equal(fixture_selected(&fixture), "Раз");
}

static void its_marks_and_earlier_deadlines_come_back_too(void **state)
{
    (void)state;
    write_plan(ONE "    when: 1 раз в месяц\n    was:\n      - {when: май, on: 2022-04-01}\n    marks:\n      - {at: 2022-03, "
                   "status: done}\n");
    (void)session_tick(fixture.session);
    type_anew("edit-note", "моё");
    write_plan("");
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_ASK);
    fixture_run(&fixture, "answer-1");
    assert_has("{when: май, on: 2022-04-01}", true);
    assert_has("2022-03", true);
    assert_has("note: моё", true);
}

static void an_event_that_others_deleted_stays_so_if_that_is_chosen(void **state)
{
    (void)state;
    type_anew("edit-deadline", "до 15 мая");
    write_plan("");
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "answer-2");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_has("Раз", false);
}

static void a_deletion_of_what_others_changed_is_asked_again(void **state)
{
    (void)state;
    fixture_run(&fixture, "delete");
    write_plan(JUNE);
    fixture_run(&fixture, "answer-1");
    assert_asks(ASK_DELETE_CHANGED, "Срок: «апрель» → «июнь» (кто-то)\nВсё равно удалить?");
    assert_has("when: июнь\n", true);
    fixture_run(&fixture, "dialog-agree"); /* Enter keeps it now */
    assert_has("when: июнь\n", true);
    fixture_run(&fixture, "delete");
    fixture_run(&fixture, "answer-1");
    assert_has("Раз", false);
}

static void what_others_deleted_first_is_said(void **state)
{
    (void)state;
    fixture_run(&fixture, "delete");
    write_plan("");
    fixture_run(&fixture, "answer-1");
    assert_string_equal(fixture_said(&fixture), "№ 1: его уже удалили другие");
}

static void a_mark_that_others_overtook_is_made_if_that_is_chosen(void **state)
{
    (void)state;
    write_plan(APRIL "    status: cancelled\n");
    fixture_run(&fixture, "mark");
    assert_asks(ASK_MARK, "Состояние\nу меня: исполнено\nу других: отменено (кто-то)\nбыло: (пусто)\n");
    fixture_run(&fixture, "answer-1");
    assert_has("status: done\n", true);
}

static void a_new_deadline_does_not_go_over_that_of_others(void **state)
{
    (void)state;
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    lineedit_set(&fixture.session->line, STR("до 15 мая"));
    write_plan(JUNE);
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->editing->asking, ASK_MARK);
    assert_has("when: июнь\n", true);
    fixture_run(&fixture, "answer-1");
    assert_has("when: до 15 мая\n", true);
    assert_has("when: июнь, on: 2022-05-10", true);
}

static void a_new_deadline_does_not_go_over_the_mark_of_others(void **state)
{
    (void)state;
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    lineedit_set(&fixture.session->line, STR("до 15 мая"));
    write_plan(APRIL "    status: done\n    done: 2022-05-09\n");
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "dialog-agree");
    assert_asks(ASK_MARK, "Состояние\nу меня: перенесено\nу других: исполнено (кто-то)\nбыло: (пусто)\n");
    assert_has("status: done\n    done: 2022-05-09\n", true);
    fixture_run(&fixture, "answer-1");
    assert_has("when: до 15 мая\n", true);
    assert_has("status: postponed\n", true);
}

static void a_file_that_is_away_keeps_the_prompt_open(void **state)
{
    (void)state;
    type_anew("edit-deadline", "до 15 мая");
    temp_delete(&fixture.temp, "a.yaml");
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    write_plan(APRIL);
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "dialog-agree");
    assert_has("when: до 15 мая\n", true);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, open_folder, close_folder)
    const struct CMUnitTest tests[] = {
        TEST(another_field_is_merged_without_a_word),
        TEST(the_prompt_says_at_once_what_has_become_of_its_field),
        TEST(mine_is_written_when_that_is_chosen),
        TEST(theirs_is_left_and_mine_can_be_had_again),
        TEST(going_on_starts_from_theirs),
        TEST(what_changes_after_it_was_shown_is_asked_anew),
        TEST(dates_that_came_with_their_deadline_do_not_stay),
        TEST(what_both_made_the_same_is_no_question),
        TEST(the_journal_knows_who_it_was),
        TEST(a_text_of_the_plan_is_asked_about_too),
        TEST(an_event_that_others_deleted_comes_back_with_the_edit),
        TEST(its_marks_and_earlier_deadlines_come_back_too),
        TEST(an_event_that_others_deleted_stays_so_if_that_is_chosen),
        TEST(a_deletion_of_what_others_changed_is_asked_again),
        TEST(what_others_deleted_first_is_said),
        TEST(a_mark_that_others_overtook_is_made_if_that_is_chosen),
        TEST(a_new_deadline_does_not_go_over_that_of_others),
        TEST(a_new_deadline_does_not_go_over_the_mark_of_others),
        TEST(a_file_that_is_away_keeps_the_prompt_open),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
