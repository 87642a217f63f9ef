/* What a session does when the files change: by its own marks, and by the hands of others. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

#define HEAD "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"
#define NEW "  - {no: 0, title: новое, when: 01.12.2022}\n"
#define JANUARY "  - title: январь\n    no: 1\n    when: январь\n"
#define FEBRUARY "  - title: февраль\n    no: 2\n    when: февраль\n"
#define MARCH "  - title: март\n    no: 3\n    when: март\n"
#define AUTUMN "  - title: осень\n    no: 4\n    when: сентябрь\n"

static int open_folder(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY FEBRUARY MARCH AUTUMN));
    temp_write(&fixture.temp, "c.yaml", str_of(HEAD FEBRUARY));
    fixture_open(&fixture, NULL);
    fixture_run(&fixture, "open");
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void assert_selected(const char *title)
{
    assert_string_equal(fixture_selected(&fixture), title);
}

static void assert_said(const char *words)
{
    assert_string_equal(fixture_said(&fixture), words);
}

static void nothing_new_changes_nothing(void **state)
{
    (void)state;
    assert_false(session_tick(fixture.session));
    assert_said("");
}

static void the_selection_goes_with_its_event(void **state)
{
    (void)state;
    fixture_run(&fixture, "down");
    assert_selected("февраль");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD NEW NEW NEW JANUARY FEBRUARY MARCH));
    assert_true(session_tick(fixture.session));
    assert_selected("февраль");
    assert_said("файл a.yaml изменён: показано новое");
}

static void the_place_of_a_deleted_event_stays_selected(void **state)
{
    (void)state;
    fixture_run(&fixture, "down");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY MARCH AUTUMN));
    assert_true(session_tick(fixture.session));
    assert_selected("март");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY));
    assert_true(session_tick(fixture.session));
    assert_selected("январь");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD));
    assert_true(session_tick(fixture.session));
    assert_selected("");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD AUTUMN JANUARY));
    assert_true(session_tick(fixture.session));
    assert_selected("январь"); /* as when it is opened: what is late */
}

static void a_new_file_above_leaves_the_plan_in_hand(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "0.yaml", str_of(HEAD AUTUMN));
    fixture_run(&fixture, "down");
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->file, 1);
    assert_int_equal(fixture.session->plans.n, 3);
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_selected("февраль");
}

static void a_file_that_is_removed_while_open_leads_back_to_the_plans(void **state)
{
    (void)state;
    temp_delete(&fixture.temp, "a.yaml");
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->view, VIEW_PLANS);
    assert_int_equal(fixture.session->plans.n, 1);
    assert_selected("февраль"); /* of the plan that is left, and not by surprise: its row is selected */
    assert_said("файла a.yaml больше нет: его удалили или переименовали");
}

static void all_files_may_go_and_come(void **state)
{
    (void)state;
    temp_delete(&fixture.temp, "a.yaml");
    temp_delete(&fixture.temp, "c.yaml");
    assert_true(session_tick(fixture.session));
    assert_null(session_file(fixture.session));
    assert_null(session_event(fixture.session, NULL));
    fixture_run(&fixture, "mark");
    fixture_run(&fixture, "down");
    temp_write(&fixture.temp, "b.yaml", str_of(HEAD AUTUMN MARCH));
    assert_true(session_tick(fixture.session));
    assert_selected("март");
}

static void another_file_that_goes_is_no_matter(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-plans");
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "open");
    temp_delete(&fixture.temp, "a.yaml");
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_int_equal(fixture.session->file, 0);
    assert_selected("февраль");
}

static void a_question_is_not_answered_for_another_event(void **state)
{
    (void)state;
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "status");
    assert_int_equal(fixture.session->overlay, OVERLAY_STATUS);
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY MARCH)); /* the event is gone */
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_said("это мероприятие тем временем изменили другие: вопрос снят");
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    temp_delete(&fixture.temp, "a.yaml");
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
}

static void a_question_is_withdrawn_when_a_filter_hides_its_event(void **state)
{
    (void)state;
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "status");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY "    status: done\n" FEBRUARY));
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_selected("февраль");
}

static void a_question_stays_while_other_events_change(void **state)
{
    (void)state;
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    fixture_type(&fixture, " ещё");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD NEW JANUARY));
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_string_equal(strbuf_z(&fixture.session->line.text), "январь ещё"); /* what is typed is kept */
}

static void the_space_bar_marks_and_takes_back(void **state)
{
    (void)state;
    fixture_run(&fixture, "mark");
    assert_said("№ 1: исполнено, записано в файл · u — взять назад");
    fixture_assert_file(&fixture, HEAD JANUARY "    status: done\n    done: 2022-05-10\n    by: Тест\n" FEBRUARY MARCH AUTUMN);
    assert_selected("январь");
    fixture_run(&fixture, "mark");
    assert_said("взято назад: № 1: исполнено · Ctrl-R — вернуть");
    fixture_assert_file(&fixture, HEAD JANUARY FEBRUARY MARCH AUTUMN);
    assert_selected("январь");
}

static void what_was_marked_is_taken_back_to_the_byte_and_made_again(void **state)
{
    (void)state;
    StrBuf before = { 0 };
    StrBuf after = { 0 };
    StrBuf now = { 0 };
    temp_read(temp_path(&fixture.temp, "a.yaml"), &before);
    fixture_run(&fixture, "undo");
    assert_said("брать назад больше нечего");
    fixture_run(&fixture, "mark");
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "mark");
    temp_read(temp_path(&fixture.temp, "a.yaml"), &after);
    fixture_run(&fixture, "undo");
    assert_selected("февраль");
    assert_said("взято назад: № 2: исполнено · Ctrl-R — вернуть");
    fixture_run(&fixture, "undo");
    assert_selected("январь");
    temp_read(temp_path(&fixture.temp, "a.yaml"), &now);
    assert_string_equal(strbuf_z(&now), strbuf_z(&before));
    fixture_run(&fixture, "redo");
    fixture_run(&fixture, "redo");
    assert_said("возвращено: № 2: исполнено");
    strbuf_clear(&now);
    temp_read(temp_path(&fixture.temp, "a.yaml"), &now);
    assert_string_equal(strbuf_z(&now), strbuf_z(&after));
    fixture_run(&fixture, "redo");
    assert_said("возвращать нечего");
    strbuf_done(&before);
    strbuf_done(&after);
    strbuf_done(&now);
}

static void a_change_that_others_undid_does_not_bar_the_way_back(void **state)
{
    (void)state;
    fixture_run(&fixture, "mark");
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "mark");
    temp_write(&fixture.temp, "a.yaml",
               str_of(HEAD JANUARY "    status: done\n    done: 2022-05-10\n    by: Тест\n" FEBRUARY
                                   "    status: cancelled\n" MARCH AUTUMN));
    assert_true(session_tick(fixture.session));
    fixture_run(&fixture, "undo");
    assert_true(fixture.session->message_is_error);
    assert_said("взять назад нельзя: № 2: исполнено — поле «Состояние» с тех пор изменили, теперь в нём «отменено»");
    fixture_run(&fixture, "undo");
    assert_said("взято назад: № 1: исполнено · Ctrl-R — вернуть");
    fixture_assert_file(&fixture, HEAD JANUARY FEBRUARY "    status: cancelled\n" MARCH AUTUMN);
}

static void what_was_marked_stays_under_the_filter_until_the_cursor_leaves_it(void **state)
{
    (void)state;
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "mark");
    assert_selected("январь"); /* the space bar would mark another one else */
    assert_said("№ 1: исполнено, записано в файл · u — взять назад");
    fixture_run(&fixture, "mark");
    assert_int_equal(fixture.session->plans.at[0].summary.n_done, 0);
    fixture_run(&fixture, "mark");
    assert_int_equal(fixture.session->rows.n, 3);
    fixture_run(&fixture, "down");
    assert_selected("февраль");
    assert_int_equal(fixture.session->rows.n, 2);
    fixture_run(&fixture, "undo"); /* goes where it was marked, and shows it */
    assert_selected("январь");
    fixture_run(&fixture, "down");
    fixture_run(&fixture, "redo"); /* shown, though the filter hides it */
    assert_selected("январь");
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "only-late");
    assert_selected("февраль");
}

static void the_neighbour_of_what_was_marked_and_removed_keeps_to_the_filter(void **state)
{
    (void)state;
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "mark");
    assert_selected("март");
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY FEBRUARY AUTUMN));
    (void)session_tick(fixture.session);
    assert_selected("февраль"); /* autumn took its place in the file, and is not late */
    assert_int_equal(fixture.session->rows.n, 2);
}

static void a_deadline_without_a_date_is_asked_for_twice(void **state)
{
    (void)state;
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    lineedit_set(&fixture.session->line, STR("через две недели"));
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->prompt, PROMPT_WHEN);
    assert_said("«через две недели» — без даты: просрочки не будет видно; Enter ещё раз — записать так");
    fixture_type(&fixture, "!");
    fixture_run(&fixture, "dialog-agree"); /* it was changed: asked again */
    assert_int_equal(fixture.session->prompt, PROMPT_WHEN);
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->prompt, PROMPT_REASON);
}

static void a_reason_is_asked_for_what_was_cancelled_under_a_filter(void **state)
{
    (void)state;
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-cancelled");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    fixture_type(&fixture, "приказ");
    fixture_run(&fixture, "dialog-agree");
    assert_selected("январь");
    assert_true(str_eq(session_event(fixture.session, NULL)->reason, STR("приказ")));
}

static void what_others_wrote_meanwhile_is_kept(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD NEW JANUARY FEBRUARY "    note: чужое\n"));
    fixture_run(&fixture, "mark"); /* before the next look at the files */
    assert_selected("январь");
    fixture_assert_file(&fixture,
                        HEAD NEW JANUARY "    status: done\n    done: 2022-05-10\n    by: Тест\n" FEBRUARY "    note: чужое\n");
}

static void a_mark_that_others_overtook_is_asked_about(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD JANUARY "    status: cancelled\n" FEBRUARY));
    fixture_run(&fixture, "mark");
    assert_int_equal(fixture.session->overlay, OVERLAY_ASK);
    fixture_assert_file(&fixture, HEAD JANUARY "    status: cancelled\n" FEBRUARY);
    assert_selected("январь");
    fixture_run(&fixture, "dialog-close");
    fixture_assert_file(&fixture, HEAD JANUARY "    status: cancelled\n" FEBRUARY);
    fixture_run(&fixture, "mark"); /* what is shown is what there is now */
    assert_said("№ 1 — отменено; изменить это — F2");
}

static void a_status_that_it_has_already_is_not_written(void **state)
{
    (void)state;
    fixture_run(&fixture, "status-planned");
    assert_said("№ 1: и так запланировано, файл не менялся");
    fixture_assert_file(&fixture, HEAD JANUARY FEBRUARY MARCH AUTUMN);
}

static void an_event_without_a_number_is_named_by_its_title(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD "  - {title: Без номера, when: март, status: confirmed}\n"));
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "mark");
    assert_said("«Без номера» — подтверждено; изменить это — F2");
}

static void an_event_is_postponed_by_two_answers(void **state)
{
    (void)state;
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "январь");
    lineedit_set(&fixture.session->line, STR("  "));
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_said("нужен новый срок; Esc — не переносить");
    fixture_type(&fixture, "до 1 июня");
    fixture_run(&fixture, "dialog-agree");
    fixture_type(&fixture, "приказ № 5");
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    const Event *event = session_event(fixture.session, NULL);
    assert_true(str_eq(event->when, STR("до 1 июня")));
    assert_int_equal(event->n_was, 1);
    assert_true(str_eq(event->was[0].when, STR("январь")));
    assert_true(str_eq(event->was[0].reason, STR("приказ № 5")));
}

static void a_declined_question_changes_nothing(void **state)
{
    (void)state;
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "dialog-down");
    fixture_run(&fixture, "dialog-close");
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "dialog-close");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    fixture_assert_file(&fixture, HEAD JANUARY FEBRUARY MARCH AUTUMN);
}

static void a_recurring_event_is_marked_time_by_time(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml", str_of(HEAD "  - title: Совещание\n    no: 7\n    when: ежемесячно\n"));
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "mark");
    assert_true(str_starts(str_of(fixture_said(&fixture)), STR("№ 7, ")));
    fixture_run(&fixture, "mark");
    const Event *event = session_event(fixture.session, NULL);
    assert_int_equal(event->n_marks, 2);
    assert_true(str_eq(event->marks[0].at, STR("2022-01")));
    assert_true(str_eq(event->marks[1].at, STR("2022-02")));
    assert_int_equal(event->status, STATUS_PLANNED); /* it follows from the marks */
    for (int i = 0; i < 10; i++) {
        fixture_run(&fixture, "mark");
    }
    fixture_run(&fixture, "mark");
    assert_said("№ 7: все сроки уже отмечены; закрыть всё мероприятие — F2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_new_changes_nothing, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_selection_goes_with_its_event, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_place_of_a_deleted_event_stays_selected, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_new_file_above_leaves_the_plan_in_hand, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_file_that_is_removed_while_open_leads_back_to_the_plans, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(all_files_may_go_and_come, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(another_file_that_goes_is_no_matter, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_question_is_not_answered_for_another_event, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_question_is_withdrawn_when_a_filter_hides_its_event, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_question_stays_while_other_events_change, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_space_bar_marks_and_takes_back, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_was_marked_is_taken_back_to_the_byte_and_made_again, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_change_that_others_undid_does_not_bar_the_way_back, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_was_marked_stays_under_the_filter_until_the_cursor_leaves_it, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(the_neighbour_of_what_was_marked_and_removed_keeps_to_the_filter, open_folder,
                                        close_folder),
        cmocka_unit_test_setup_teardown(a_deadline_without_a_date_is_asked_for_twice, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_reason_is_asked_for_what_was_cancelled_under_a_filter, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_others_wrote_meanwhile_is_kept, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_mark_that_others_overtook_is_asked_about, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_status_that_it_has_already_is_not_written, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(an_event_without_a_number_is_named_by_its_title, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(an_event_is_postponed_by_two_answers, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_declined_question_changes_nothing, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_recurring_event_is_marked_time_by_time, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
