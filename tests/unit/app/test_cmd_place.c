/* Events come, are repeated, go and change their places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

static const char plan_text[] = "vekha: 1\ntitle: План\nperiod: 2022\nsections:\n"
                                "  - title: Осень\n    events:\n"
                                "      # раз\n"
                                "      - {no: 1, title: Раз, when: апрель, note: приказ, status: done, done: 2022-04-01}\n"
                                "      - {no: 2, title: Два, when: июнь}\n"
                                "  - title: Пустой\n"
                                "  - title: Весна\n    sections:\n"
                                "      - title: Март\n        events:\n"
                                "          - {no: 3, title: Три}\n";

static void open_with(const char *text)
{
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(text));
    fixture_open(&fixture, "a.yaml");
}

static int open_plan(void **state)
{
    (void)state;
    open_with(plan_text);
    fixture_run(&fixture, "first");
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

/* "Раз Два / Три": titles in order, a slash before another section. */
static void assert_order(const char *wanted)
{
    StrBuf order = { 0 };
    const Plan *plan = session_file(fixture.session)->plan;
    for (size_t i = 0; i < plan->events.n; i++) {
        bool is_other = i > 0 && plan->events.at[i].section != plan->events.at[i - 1].section;
        strbuf_add(&order, i == 0 ? (Str){ 0 } : is_other ? STR(" / ") : STR(" "));
        strbuf_add(&order, plan->events.at[i].title);
    }
    assert_string_equal(strbuf_z(&order), wanted);
    strbuf_done(&order);
}

static void assert_as_it_was(void)
{
    StrBuf has = { 0 };
    temp_read(temp_path(&fixture.temp, "a.yaml"), &has);
    assert_string_equal(strbuf_z(&has), plan_text);
    strbuf_done(&has);
}

static void add(const char *title)
{
    fixture_run(&fixture, "add");
    fixture_type(&fixture, title);
    fixture_run(&fixture, "dialog-agree");
}

static void a_new_event_comes_behind_the_selected_one(void **state)
{
    (void)state;
    add("Новое");
    assert_order("Раз Новое Два / Три");
    assert_selected("Новое");
    assert_true(session_event(fixture.session, NULL)->id.n_bytes > 0);
    fixture_run(&fixture, "undo");
    assert_as_it_was();
}

static void without_a_title_nothing_comes(void **state)
{
    (void)state;
    add("  ");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    fixture_run(&fixture, "dialog-close");
    assert_as_it_was();
}

static void a_new_event_stays_under_a_filter_until_it_is_left(void **state)
{
    (void)state;
    filter_set_text(&fixture.session->filter, FILTER_WORD, STR("Раз"));
    session_filter(fixture.session);
    add("Новое");
    assert_selected("Новое");
    fixture_run(&fixture, "up");
    fixture_run(&fixture, "down");
    assert_selected("Раз");
}

static void the_first_event_of_an_empty_plan_comes(void **state)
{
    (void)state;
    open_with("vekha: 1\ntitle: План\nperiod: 2022\n");
    add("Первое");
    assert_order("Первое");
    assert_selected("Первое");
}

static void in_an_empty_plan_with_sections_the_section_is_asked(void **state)
{
    (void)state;
    open_with("vekha: 1\ntitle: План\nperiod: 2022\nsections:\n  - title: Осень\n  - title: Весна\n");
    fixture_run(&fixture, "add");
    assert_int_equal(fixture.session->overlay, OVERLAY_CHOOSER);
    fixture_run(&fixture, "dialog-down");
    fixture_run(&fixture, "dialog-agree");
    fixture_type(&fixture, "Первое");
    fixture_run(&fixture, "dialog-agree");
    assert_order("Первое");
    assert_int_equal(session_event(fixture.session, NULL)->section, 1);
}

static void an_event_comes_into_a_section_that_is_empty(void **state)
{
    (void)state;
    fixture_run(&fixture, "add-to-section");
    fixture_type(&fixture, "пуст");
    fixture_run(&fixture, "dialog-agree");
    fixture_type(&fixture, "Новое");
    fixture_run(&fixture, "dialog-agree");
    assert_order("Раз Два / Новое / Три");
}

static void a_repeated_event_has_no_marks_and_its_title_is_asked(void **state)
{
    (void)state;
    fixture_run(&fixture, "copy");
    assert_int_equal(fixture.session->overlay, OVERLAY_PROMPT);
    assert_order("Раз Раз Два / Три");
    lineedit_set(&fixture.session->line, STR("Раз снова"));
    fixture_run(&fixture, "dialog-agree");
    assert_order("Раз Раз снова Два / Три");
    const Event *event = session_event(fixture.session, NULL);
    assert_true(event->status == STATUS_PLANNED && event->done == 0 && event->note.n_bytes == 0 && event->no.n_bytes == 0);
    assert_true(str_eq(event->when, STR("апрель")));
    fixture_run(&fixture, "undo");
    fixture_run(&fixture, "undo");
    assert_string_equal(fixture_said(&fixture), "взято назад: № 1: повторено · Ctrl-R — вернуть");
    assert_as_it_was();
}

static void an_event_goes_when_that_is_agreed_to(void **state)
{
    (void)state;
    fixture_run(&fixture, "delete");
    assert_int_equal(fixture.session->overlay, OVERLAY_ASK);
    fixture_run(&fixture, "dialog-close");
    assert_as_it_was();
    fixture_run(&fixture, "delete");
    fixture_run(&fixture, "dialog-agree");
    assert_order("Два / Три");
    assert_string_equal(fixture_said(&fixture), "№ 1: удалено из файла · u — вернуть");
    fixture_run(&fixture, "undo");
    assert_as_it_was();
    assert_selected("Раз");
}

static void no_letter_deletes(void **state)
{
    (void)state;
    fixture_run(&fixture, "delete");
    fixture_type(&fixture, "yдYН ");
    assert_int_equal(fixture.session->overlay, OVERLAY_ASK);
    assert_as_it_was();
}

static void the_last_event_of_a_plan_goes(void **state)
{
    (void)state;
    open_with("vekha: 1\ntitle: План\nperiod: 2022\nevents:\n  - title: Одно\n");
    fixture_run(&fixture, "delete");
    fixture_run(&fixture, "answer-1");
    assert_order("");
    assert_selected("");
    fixture_run(&fixture, "undo");
    assert_selected("Одно");
}

static void it_moves_through_its_section_and_the_next_ones(void **state)
{
    (void)state;
    static const char *const down[] = { "Два Раз / Три", "Два / Раз / Три", "Два / Раз Три", "Два / Три Раз", "Два / Три Раз" };
    static const char *const up[] = { "Два / Раз Три", "Два / Раз / Три", "Два Раз / Три", "Раз Два / Три", "Раз Два / Три" };
    for (size_t i = 0; i < COUNTOF(down); i++) {
        fixture_run(&fixture, "move-down");
        assert_order(down[i]);
        assert_selected("Раз");
    }
    assert_string_equal(fixture_said(&fixture), "ниже некуда: это конец плана");
    for (size_t i = 0; i < COUNTOF(up); i++) {
        fixture_run(&fixture, "move-up");
        assert_order(up[i]);
        assert_selected("Раз");
    }
    assert_string_equal(fixture_said(&fixture), "выше некуда: это начало плана");
    for (int i = 0; i < 8; i++) {
        fixture_run(&fixture, "undo");
    }
    assert_as_it_was();
}

static void under_a_filter_nothing_moves(void **state)
{
    (void)state;
    filter_set_text(&fixture.session->filter, FILTER_WORD, STR("Раз"));
    session_filter(fixture.session);
    fixture_run(&fixture, "move-down");
    assert_string_equal(fixture_said(&fixture), "под фильтром не видно, между чем переставлять: 0 — снять фильтр");
    assert_as_it_was();
}

static void it_moves_to_a_section_chosen_from_a_list(void **state)
{
    (void)state;
    fixture_run(&fixture, "move-to-section");
    fixture_type(&fixture, "март");
    fixture_run(&fixture, "dialog-agree");
    assert_order("Два / Три Раз");
    assert_string_equal(fixture_said(&fixture), "№ 1: теперь в разделе «Март» · u — взять назад");
    fixture_run(&fixture, "undo");
    assert_as_it_was();
}

static void sections_that_changed_are_chosen_anew(void **state)
{
    (void)state;
    fixture_run(&fixture, "add-to-section");
    fixture_type(&fixture, "пуст");
    temp_write(&fixture.temp, "a.yaml",
               STR("vekha: 1\ntitle: План\nperiod: 2022\nsections:\n  - title: Другой\n  - title: Иной\n"));
    (void)session_tick(fixture.session);
    fixture_run(&fixture, "dialog-agree");
    assert_string_equal(fixture_said(&fixture), "разделы тем временем изменили: выберите ещё раз");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_event_comes_behind_the_selected_one, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(without_a_title_nothing_comes, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(a_new_event_stays_under_a_filter_until_it_is_left, open_plan, close_folder),
        cmocka_unit_test_teardown(the_first_event_of_an_empty_plan_comes, close_folder),
        cmocka_unit_test_teardown(in_an_empty_plan_with_sections_the_section_is_asked, close_folder),
        cmocka_unit_test_setup_teardown(an_event_comes_into_a_section_that_is_empty, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(a_repeated_event_has_no_marks_and_its_title_is_asked, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(an_event_goes_when_that_is_agreed_to, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(no_letter_deletes, open_plan, close_folder),
        cmocka_unit_test_teardown(the_last_event_of_a_plan_goes, close_folder),
        cmocka_unit_test_setup_teardown(it_moves_through_its_section_and_the_next_ones, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(under_a_filter_nothing_moves, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(it_moves_to_a_section_chosen_from_a_list, open_plan, close_folder),
        cmocka_unit_test_setup_teardown(sections_that_changed_are_chosen_anew, open_plan, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
