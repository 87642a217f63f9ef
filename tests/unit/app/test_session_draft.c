#include "vekha/app/drafting.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/store/draft_file.h"

/* a.yaml alone, and beside it the folder of drafts. */
static SessionFixture fixture;
static char folder[2 * TEMP_PATH_SIZE];

static void start_as(Str who)
{
    Err err = { 0 };
    SessionOptions options = { .lang = LANG_RU, .today = day_of(2022, 5, 10), .who = who, .drafts = str_of(folder) };
    Store *store = store_open(fixture.temp.path, &err);
    assert_non_null(store);
    fixture.session = session_new(store, &options);
    session_offer_drafts(fixture.session, 0);
}

static int set_up(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    (void)snprintf(folder, sizeof folder, "%s/.drafts", fixture.temp.path);
    temp_write(&fixture.temp, "a.yaml", str_of(fixture_first));
    start_as(STR("Тест"));
    session_set_view(fixture.session, VIEW_EVENTS);
    session_select(fixture.session, 0, 1);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

/* As a link that drops does. */
static void hang_up(void)
{
    (void)session_keep_draft(fixture.session);
    session_free(fixture.session);
    fixture.session = NULL;
}

static void hang_up_and_start(void)
{
    hang_up();
    start_as(STR("Тест"));
}

static int count_drafts(void)
{
    Temp inner;
    (void)snprintf(inner.path, sizeof inner.path, "%.250s", folder);
    return access(folder, F_OK) == 0 ? temp_count(&inner) : 0;
}

static void ask_when(const char *typed)
{
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    lineedit_set(&fixture.session->line, (Str){ 0 });
    fixture_type(&fixture, typed);
}

static void assert_line(const char *text)
{
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_string_equal(strbuf_z(&fixture.session->line.text), text);
}

static void assert_offered(const char *text)
{
    const DraftOffer *offer = session_offer(fixture.session);
    assert_non_null(offer);
    assert_true(str_eq(offer->draft.text, str_of(text)));
}

static void what_is_typed_is_kept_within_a_second(void **state)
{
    (void)state;
    assert_int_equal(session_draft_wait_ms(fixture.session), -1);
    ask_when("до 1");
    int wait_ms = session_draft_wait_ms(fixture.session);
    assert_true(wait_ms > 0 && wait_ms < 1000);
    assert_false(session_tick(fixture.session));
    assert_int_equal(count_drafts(), 0); /* not at each key */
    const struct timespec pause = { .tv_nsec = (wait_ms + 1) * 1000000L };
    assert_int_equal(nanosleep(&pause, NULL), 0);
    assert_int_equal(session_draft_wait_ms(fixture.session), 0);
    assert_false(session_tick(fixture.session)); /* nothing is to be drawn for it */
    assert_int_equal(count_drafts(), 1);
    assert_int_equal(session_draft_wait_ms(fixture.session), -1); /* nothing more to do until the next key */
}

static void a_draft_goes_on_where_it_ended(void **state)
{
    (void)state;
    ask_when("до 15 ня");
    (void)session_type(fixture.session, KEY_OF(K_LEFT));
    (void)session_type(fixture.session, KEY_OF(K_LEFT));
    hang_up_and_start();
    assert_offered("до 15 ня");
    assert_int_equal(session_offer(fixture.session)->event, 1);
    assert_false(session_offer(fixture.session)->is_changed);
    fixture_run(&fixture, "dialog-agree");
    assert_line("до 15 ня");
    assert_string_equal(fixture_selected(&fixture), "Приказ о сборе");
    fixture_type(&fixture, "ию");
    assert_line("до 15 июня");
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "dialog-agree");
    assert_true(str_eq(session_event(fixture.session, NULL)->when, STR("до 15 июня")));
    assert_int_equal(session_event(fixture.session, NULL)->status, STATUS_POSTPONED);
    assert_int_equal(count_drafts(), 0);
}

static void answers_before_it_are_kept_too(void **state)
{
    (void)state;
    ask_when("до 15 июня");
    fixture_run(&fixture, "dialog-agree"); /* nothing is typed of the reason */
    hang_up_and_start();
    assert_offered("");
    assert_true(str_eq(session_offer(fixture.session)->draft.when, STR("до 15 июня")));
    fixture_run(&fixture, "draft-continue");
    fixture_type(&fixture, "приказ");
    hang_up_and_start(); /* and once more */
    assert_offered("приказ");
    fixture_run(&fixture, "draft-continue");
    fixture_run(&fixture, "dialog-agree");
    const Event *event = session_event(fixture.session, NULL);
    assert_true(str_eq(event->when, STR("до 15 июня")));
    assert_true(str_eq(event->was[0].reason, STR("приказ")));
    assert_int_equal(count_drafts(), 0);
}

static void a_text_of_the_plan_or_of_a_section_is_offered_as_theirs(void **state)
{
    (void)state;
    static const struct {
        const char *command, *said;
    } cases[] = { { "edit-plan", "план" }, { "edit-section", "раздел «Осень»" } };
    temp_write(&fixture.temp, "a.yaml", str_of(fixture_second));
    (void)session_tick(fixture.session);
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf owner = { 0 };
        session_select(fixture.session, 0, 0);
        fixture_run(&fixture, cases[i].command);
        fixture_run(&fixture, "dialog-agree");
        fixture_type(&fixture, "!");
        hang_up_and_start();
        assert_non_null(session_offer(fixture.session));
        session_add_draft_owner(&owner, fixture.session, session_offer(fixture.session));
        assert_string_equal(strbuf_z(&owner), cases[i].said);
        strbuf_done(&owner);
        fixture_run(&fixture, "draft-drop");
        session_set_view(fixture.session, VIEW_EVENTS);
    }
}

static void what_is_answered_declined_or_unchanged_leaves_no_draft(void **state)
{
    (void)state;
    ask_when("до 1");
    (void)session_keep_draft(fixture.session);
    assert_int_equal(count_drafts(), 1);
    fixture_run(&fixture, "dialog-close");
    assert_int_equal(count_drafts(), 0);
    fixture_run(&fixture, "status");
    fixture_run(&fixture, "status-postponed");
    fixture_type(&fixture, "x");
    (void)session_keep_draft(fixture.session);
    assert_int_equal(count_drafts(), 1);
    (void)session_type(fixture.session, KEY_OF(K_BACKSPACE));
    (void)session_keep_draft(fixture.session);
    assert_int_equal(count_drafts(), 0);
    hang_up_and_start();
    assert_null(session_offer(fixture.session));
}

static void words_to_search_for_are_no_drafts(void **state)
{
    static const char *const commands[] = { "search", "by-word", "palette" };
    (void)state;
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        fixture_run(&fixture, commands[i]);
        fixture_type(&fixture, "приказ");
        assert_int_equal(session_draft_wait_ms(fixture.session), -1);
        hang_up_and_start();
        assert_int_equal(count_drafts(), 0);
        session_set_view(fixture.session, VIEW_EVENTS);
    }
}

static void a_draft_waits_until_it_is_taken_or_thrown_away(void **state)
{
    (void)state;
    ask_when("до 1");
    hang_up_and_start();
    fixture_run(&fixture, "dialog-close");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_int_equal(count_drafts(), 1);
    hang_up_and_start();
    fixture_run(&fixture, "draft-later");
    hang_up_and_start();
    fixture_run(&fixture, "draft-drop");
    assert_string_equal(fixture_said(&fixture), "черновик выброшен");
    assert_int_equal(count_drafts(), 0);
}

/* While it is offered here, it is not offered there; what is typed here neither. */
static void two_sessions_do_not_share_a_draft(void **state)
{
    (void)state;
    ask_when("до 1");
    hang_up_and_start();
    Session *first = fixture.session;
    start_as(STR("Тест"));
    assert_null(session_offer(fixture.session));
    session_free(fixture.session);
    fixture.session = first;
    fixture_run(&fixture, "draft-continue");
    start_as(STR("Тест"));
    assert_null(session_offer(fixture.session));
    session_free(fixture.session);
    fixture.session = first;
}

static void another_person_on_the_same_account_is_not_asked(void **state)
{
    (void)state;
    ask_when("до 1");
    hang_up();
    start_as(STR("Другой"));
    assert_null(session_offer(fixture.session));
    assert_int_equal(count_drafts(), 1);
}

static void several_drafts_come_newest_first(void **state)
{
    static const char *const texts[] = { "раз", "два", "три" };
    Session *sessions[COUNTOF(texts)];
    (void)state;
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        ask_when(texts[i]);
        (void)session_keep_draft(fixture.session);
        sessions[i] = fixture.session;
        start_as(STR("Тест"));
        assert_null(session_offer(fixture.session));
        session_set_view(fixture.session, VIEW_EVENTS);
    }
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        session_free(sessions[i]);
    }
    hang_up_and_start();
    assert_int_equal(session_offer(fixture.session)->n_more, 2);
    fixture_run(&fixture, "draft-continue");
    fixture_run(&fixture, "dialog-close"); /* the next one comes when this one is done with */
    assert_int_equal(session_offer(fixture.session)->n_more, 1);
    fixture_run(&fixture, "draft-later");
    assert_int_equal(session_offer(fixture.session)->n_more, 0);
    fixture_run(&fixture, "draft-drop");
    assert_null(session_offer(fixture.session));
    assert_int_equal(count_drafts(), 1);
}

static void a_field_that_was_changed_meanwhile_is_told(void **state)
{
    (void)state;
    ask_when("до 1 июля");
    hang_up();
    StrBuf changed = { 0 };
    strbuf_add(&changed, str_of(fixture_first));
    size_t at = str_find(strbuf_str(&changed), STR("12.05.2022"), 0);
    strbuf_splice(&changed, at, at + 2, STR("20"));
    temp_write(&fixture.temp, "a.yaml", strbuf_str(&changed));
    strbuf_done(&changed);
    start_as(STR("Тест"));
    const DraftOffer *offer = session_offer(fixture.session);
    assert_true(offer->is_changed);
    assert_true(str_eq(offer->draft.before, STR("12.05.2022")));
    assert_string_equal(strbuf_z(&offer->now), "20.05.2022");
    fixture_run(&fixture, "draft-continue");
    assert_line("до 1 июля");
    assert_string_equal(fixture_said(&fixture), "Пока вы печатали, поле «Срок» изменили: было «12.05.2022», стало «20.05.2022»");
}

static void an_event_that_was_closed_meanwhile_is_told(void **state)
{
    (void)state;
    ask_when("до 1 июля");
    hang_up();
    StrBuf changed = { 0 };
    strbuf_add(&changed, str_of(fixture_first));
    size_t at = str_find(strbuf_str(&changed), STR("responsible: Завуч}"), 0);
    strbuf_splice(&changed, at, at, STR("status: done, "));
    temp_write(&fixture.temp, "a.yaml", strbuf_str(&changed));
    strbuf_done(&changed);
    start_as(STR("Тест"));
    assert_false(session_offer(fixture.session)->is_changed);
    assert_int_equal(session_offer(fixture.session)->closed_as, status_info(STATUS_DONE)->word);
}

static void without_its_event_a_draft_is_only_shown(void **state)
{
    (void)state;
    ask_when("до 1 июля");
    hang_up();
    temp_write(&fixture.temp, "a.yaml",
               STR("vekha: 1\ntitle: Первый план\nperiod: 2022\nevents:\n  - {no: 2, title: Учёба, when: 10.06.2022}\n"));
    start_as(STR("Тест"));
    assert_offered("до 1 июля");
    assert_int_equal(session_offer(fixture.session)->event, SIZE_MAX); /* the one that has its number now is another */
    assert_int_equal(fixture.session->overlay_row, DRAFT_LATER);
    fixture_run(&fixture, "draft-continue");
    assert_offered("до 1 июля");
    fixture_run(&fixture, "dialog-up");
    assert_int_equal(fixture.session->overlay_row, DRAFT_LATER);
    temp_write(&fixture.temp, "a.yaml", str_of(fixture_first)); /* it comes back while one reads */
    assert_true(session_tick(fixture.session));
    fixture_run(&fixture, "draft-continue");
    assert_line("до 1 июля");
}

static void without_its_plan_too_and_of_a_plan_elsewhere_nothing_is_said(void **state)
{
    (void)state;
    ask_when("до 1 июля");
    hang_up();
    Temp other = temp_new();
    assert_int_equal(rename(temp_path(&fixture.temp, "a.yaml"), temp_path(&fixture.temp, "b.txt")), 0);
    start_as(STR("Тест"));
    assert_offered("до 1 июля");
    assert_int_equal(session_offer(fixture.session)->file, SIZE_MAX);
    hang_up();
    assert_int_equal(rename(temp_path(&fixture.temp, "b.txt"), temp_path(&fixture.temp, "a.yaml")), 0);
    Temp kept = fixture.temp;
    fixture.temp = other;
    start_as(STR("Тест"));
    assert_null(session_offer(fixture.session));
    temp_done(&other);
    fixture.temp = kept;
}

static void of_a_plan_that_cannot_be_written_nothing_is_offered(void **state)
{
    (void)state;
    ask_when("до 1 июля");
    hang_up();
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 99\ntitle: П\nperiod: 2022\nevents:\n  - {no: 2, title: Приказ о сборе}\n"));
    start_as(STR("Тест"));
    assert_null(session_offer(fixture.session));
    hang_up();
    temp_write(&fixture.temp, "a.yaml", STR("vekha: [\n"));
    start_as(STR("Тест"));
    assert_null(session_offer(fixture.session));
    assert_int_equal(count_drafts(), 1);
}

/* Its event is deleted by others while one types: the question goes, the text does not. */
static void a_question_that_is_withdrawn_leaves_its_draft(void **state)
{
    (void)state;
    ask_when("до 1 июля");
    temp_write(&fixture.temp, "a.yaml",
               STR("vekha: 1\ntitle: Первый план\nperiod: 2022\nevents:\n  - {no: 1, title: Учёба, when: 10.06.2022}\n"));
    assert_true(session_tick(fixture.session));
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_non_null(strstr(fixture_said(&fixture), "набранное сохранено"));
    hang_up_and_start();
    assert_offered("до 1 июля");
}

/* A prompt stays while its plan is away, and says what Esc does then. */
static void what_is_declined_while_its_plan_is_away_is_kept(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-note");
    fixture_type(&fixture, "моё");
    assert_int_equal(rename(temp_path(&fixture.temp, "a.yaml"), temp_path(&fixture.temp, "b.txt")), 0);
    assert_true(session_tick(fixture.session));
    fixture_run(&fixture, "dialog-close");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_int_equal(count_drafts(), 1);
    assert_int_equal(rename(temp_path(&fixture.temp, "b.txt"), temp_path(&fixture.temp, "a.yaml")), 0);
    hang_up_and_start();
    assert_offered("моё");
}

/* What could not be written is not lost: one is back in the prompt. */
static void an_answer_that_cannot_be_written_stays_in_the_prompt(void **state)
{
    (void)state;
    ask_when("до 15 июня");
    fixture_run(&fixture, "dialog-agree");
    fixture_type(&fixture, "приказ");
    (void)session_keep_draft(fixture.session);
    assert_int_equal(mkdir(temp_path(&fixture.temp, ".vekha.lock"), 0700), 0); /* there is no lock to be had */
    fixture_run(&fixture, "dialog-agree");
    assert_true(fixture.session->message_is_error);
    assert_line("приказ");
    assert_int_equal(count_drafts(), 1);
    assert_int_equal(rmdir(temp_path(&fixture.temp, ".vekha.lock")), 0);
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(session_event(fixture.session, NULL)->status, STATUS_POSTPONED);
    assert_true(str_eq(session_event(fixture.session, NULL)->was[0].reason, STR("приказ")));
    assert_int_equal(count_drafts(), 0);
}

/* Nor if the event is gone by then. */
static void an_answer_whose_event_is_gone_is_a_draft(void **state)
{
    (void)state;
    ask_when("до 15 июня");
    fixture_run(&fixture, "dialog-agree");
    fixture_type(&fixture, "приказ");
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 1\ntitle: Первый план\nperiod: 2022\nevents:\n  - {no: 7, title: Иное}\n"));
    fixture_run(&fixture, "dialog-agree");
    assert_true(fixture.session->message_is_error);
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    hang_up_and_start();
    assert_offered("приказ");
}

static void that_drafts_cannot_be_kept_is_said_once_and_typing_goes_on(void **state)
{
    (void)state;
    assert_int_equal(symlink("/tmp", folder), 0);
    ask_when("до 1");
    assert_true(session_keep_draft(fixture.session));
    assert_non_null(strstr(fixture_said(&fixture), "черновики не сохраняются"));
    assert_line("до 1");
    fixture_type(&fixture, "5 июня");
    assert_false(session_keep_draft(fixture.session));
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "dialog-agree");
    assert_true(str_eq(session_event(fixture.session, NULL)->when, STR("до 15 июня")));
    assert_int_equal(unlink(folder), 0);
}

static void a_key_typed_ahead_does_not_answer_an_offer(void **state)
{
    enum { DEAF_MS = 60000 };
    (void)state;
    ask_when("до 1");
    hang_up();
    start_as(STR("Другой"));
    fixture.session->who = STR("Тест");
    session_offer_drafts(fixture.session, DEAF_MS);
    assert_offered("до 1");
    fixture_run(&fixture, "draft-drop");
    fixture_run(&fixture, "dialog-agree");
    fixture_run(&fixture, "dialog-close");
    assert_offered("до 1");
    assert_int_equal(count_drafts(), 1);
}

/* Drafts are files: any may lie there. */
static void a_draft_that_makes_no_sense_changes_nothing(void **state)
{
    static const struct {
        const char *prompt, *asked, *field, *at;
    } rows[] = {
        { "colour", "postponed", "when", "" },
        { "when", "nonsense", "nonsense", "" },
        { "search", "", "", "" },
        { "", "", "", "" },
        { "postpone-reason", "postponed", "marks", "" },
        { "cancel-reason", "done", "reason", "2022-01" },
    };
    (void)state;
    hang_up();
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        StrBuf plan = { 0 };
        DraftFile file = { 0 };
        draft_add_plan(&plan, str_of(temp_path(&fixture.temp, "a.yaml")));
        Draft draft = {
            .plan = strbuf_str(&plan),
            .who = STR("Тест"),
            .event = { .no = STR("2") },
            .prompt = str_of(rows[i].prompt),
            .asked = str_of(rows[i].asked),
            .field = str_of(rows[i].field),
            .at = str_of(rows[i].at),
            .text = STR("\x1b]0;x\x07\n  и"),
            .cursor = 3,
            .typed_s = 1,
        };
        assert_true(draft_file_write(folder, &file, &draft, NULL));
        draft_file_release(&file);
        start_as(STR("Тест"));
        fixture_run(&fixture, "draft-continue");
        fixture_run(&fixture, "dialog-close");
        fixture_run(&fixture, "draft-drop");
        session_free(fixture.session);
        fixture.session = NULL;
        strbuf_done(&plan);
    }
    assert_true(temp_holds(temp_path(&fixture.temp, "a.yaml"), str_of(fixture_first)));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_typed_is_kept_within_a_second),
        TEST(a_draft_goes_on_where_it_ended),
        TEST(answers_before_it_are_kept_too),
        TEST(a_text_of_the_plan_or_of_a_section_is_offered_as_theirs),
        TEST(what_is_answered_declined_or_unchanged_leaves_no_draft),
        TEST(words_to_search_for_are_no_drafts),
        TEST(a_draft_waits_until_it_is_taken_or_thrown_away),
        TEST(two_sessions_do_not_share_a_draft),
        TEST(another_person_on_the_same_account_is_not_asked),
        TEST(several_drafts_come_newest_first),
        TEST(a_field_that_was_changed_meanwhile_is_told),
        TEST(an_event_that_was_closed_meanwhile_is_told),
        TEST(without_its_event_a_draft_is_only_shown),
        TEST(without_its_plan_too_and_of_a_plan_elsewhere_nothing_is_said),
        TEST(of_a_plan_that_cannot_be_written_nothing_is_offered),
        TEST(a_question_that_is_withdrawn_leaves_its_draft),
        TEST(what_is_declined_while_its_plan_is_away_is_kept),
        TEST(an_answer_that_cannot_be_written_stays_in_the_prompt),
        TEST(an_answer_whose_event_is_gone_is_a_draft),
        TEST(that_drafts_cannot_be_kept_is_said_once_and_typing_goes_on),
        TEST(a_key_typed_ahead_does_not_answer_an_offer),
        TEST(a_draft_that_makes_no_sense_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
