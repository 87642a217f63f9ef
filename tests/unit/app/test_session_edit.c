/* An edit that was half typed when the program ended goes on at the next start. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/session.h"
#include "vekha/app/drafting.h"
#include "vekha/app/editing.h"

static SessionFixture fixture;
static char folder[2 * TEMP_PATH_SIZE];

#define PLAN                                                                                                  \
    "vekha: 1\ntitle: План\nperiod: 2022\nheadings: {title: Событие, cost: Цена}\nsections:\n" \
    "  - title: Осень\n    events:\n      - {id: a1aa, no: 1, title: Раз, when: апрель, note: их}\n"

static void start(void)
{
    Err err = { 0 };
    SessionOptions options = { .lang = LANG_RU, .today = day_of(2022, 5, 10), .who = STR("Тест"), .drafts = str_of(folder) };
    Store *store = store_open(temp_path(&fixture.temp, "a.yaml"), &err);
    assert_non_null(store);
    fixture.session = session_new(store, &options);
    session_offer_drafts(fixture.session, 0);
}

static int set_up(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    (void)snprintf(folder, sizeof folder, "%s/.drafts", fixture.temp.path);
    temp_write(&fixture.temp, "a.yaml", STR(PLAN));
    start();
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void hang_up_and_start(void)
{
    (void)session_keep_draft(fixture.session);
    session_free(fixture.session);
    start();
}

static void type_anew(const char *words)
{
    lineedit_set(&fixture.session->line, (Str){ 0 });
    fixture_type(&fixture, words);
}

static void assert_has(const char *text)
{
    StrBuf has = { 0 };
    temp_read(temp_path(&fixture.temp, "a.yaml"), &has);
    if (strstr(strbuf_z(&has), text) == NULL) {
        fail_msg("«%s» is not there\n%s", text, strbuf_z(&has));
    }
    strbuf_done(&has);
}

/* What is half typed goes on, is ended, and is in the file. */
static void assert_goes_on(const char *label, const char *line)
{
    type_anew("моё сло");
    hang_up_and_start();
    const DraftOffer *offer = session_offer(fixture.session);
    assert_non_null(offer);
    StrBuf is = { 0 };
    if (offer->prompt != PROMPT_DEADLINE && offer->prompt != PROMPT_ADD) {
        session_add_draft_label(&is, fixture.session, offer->prompt, offer->draft.field);
        assert_string_equal(strbuf_z(&is), label);
    }
    strbuf_done(&is);
    fixture_run(&fixture, "draft-continue");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_string_equal(strbuf_z(&fixture.session->line.text), "моё сло");
    fixture_type(&fixture, "во");
    fixture_run(&fixture, "dialog-agree");
    if (fixture.session->overlay == OVERLAY_PROMPT) { /* a deadline without a date */
        fixture_run(&fixture, "dialog-agree");
    }
    assert_has(line);
    hang_up_and_start();
    assert_null(session_offer(fixture.session));
}

static void every_edit_goes_on_where_it_ended(void **state)
{
    static const struct {
        const char *command, *digit, *label, *line;
    } cases[] = {
        { "edit-deadline", NULL, NULL, "when: моё слово" },
        { "edit-note", NULL, "Примечание:", "note: моё слово" },
        { "edit-responsible", NULL, "Исполнитель:", "responsible: [моё слово]" },
        { "edit-column", "1", "cost:", "cost: моё слово" },
        { "edit-plan", "2", "Краткое название:", "short: моё слово" },
        { "edit-section", "3", "Цель:", "goal: моё слово" },
        { "add", NULL, NULL, "title: моё слово" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        fixture_run(&fixture, cases[i].command);
        if (cases[i].digit != NULL) {
            (void)session_type(fixture.session, KEY_CHAR((uint32_t)cases[i].digit[0]));
        }
        assert_goes_on(cases[i].label, cases[i].line);
        assert_int_equal(tear_down(state), 0);
        assert_int_equal(set_up(state), 0);
    }
}

static void begin_with(const char *plan)
{
    session_free(fixture.session);
    temp_write(&fixture.temp, "a.yaml", str_of(plan));
    start();
}

static void the_first_event_of_a_plan_goes_on_too(void **state)
{
    (void)state;
    begin_with("title: План\nperiod: 2022\nevents: []\n");
    fixture_run(&fixture, "add");
    assert_goes_on(NULL, "title: моё слово");
    begin_with("title: План\nperiod: 2022\nevents: []\n");
    fixture_run(&fixture, "edit-plan");
    (void)session_type(fixture.session, KEY_CHAR('2'));
    assert_goes_on("Краткое название:", "short: моё слово");
}

static void an_event_goes_on_in_the_section_that_was_chosen(void **state)
{
    static const char rest[] = "  - title: Зима\n    events:\n      - {title: Два}\n  - title: Весна\n";
    StrBuf plan = { 0 };
    (void)state;
    begin_with("title: План\nperiod: 2022\nsections:\n  - title: Осень\n  - title: Зима\n  - title: Весна\n");
    fixture_run(&fixture, "add");
    fixture_type(&fixture, "весна");
    fixture_run(&fixture, "dialog-agree");
    assert_goes_on(NULL, "- title: Весна\n    events:\n");
    strbuf_addf(&plan, "%s%s", PLAN, rest);
    begin_with(strbuf_z(&plan));
    fixture_run(&fixture, "add-to-section");
    fixture_type(&fixture, "зима");
    fixture_run(&fixture, "dialog-agree");
    assert_goes_on(NULL, "- {title: Два}\n      - {");
    strbuf_done(&plan);
}

static void a_draft_of_a_column_that_is_gone_is_kept(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-column");
    (void)session_type(fixture.session, KEY_CHAR('1'));
    type_anew("моё");
    (void)session_keep_draft(fixture.session);
    temp_write(&fixture.temp, "a.yaml", STR("vekha: 1\ntitle: План\nperiod: 2022\nevents:\n  - {id: a1aa, no: 1, title: Раз}\n"));
    hang_up_and_start();
    fixture_run(&fixture, "draft-continue");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    hang_up_and_start();
    assert_non_null(session_offer(fixture.session));
}

static void a_question_about_theirs_leaves_the_draft(void **state)
{
    (void)state;
    fixture_run(&fixture, "edit-note");
    type_anew("моё");
    temp_write(&fixture.temp, "a.yaml",
               STR("vekha: 1\ntitle: План\nperiod: 2022\nevents:\n  - {id: a1aa, no: 1, title: Раз, note: иное}\n"));
    fixture_run(&fixture, "dialog-agree");
    assert_int_equal(fixture.session->overlay, OVERLAY_ASK);
    hang_up_and_start();
    assert_non_null(session_offer(fixture.session));
    fixture_run(&fixture, "draft-continue");
    assert_string_equal(strbuf_z(&fixture.session->line.text), "моё");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_edit_goes_on_where_it_ended, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_first_event_of_a_plan_goes_on_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_event_goes_on_in_the_section_that_was_chosen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_draft_of_a_column_that_is_gone_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_question_about_theirs_leaves_the_draft, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
