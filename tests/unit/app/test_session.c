#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

/* Today is 10 May 2022. */
static const char calm[] = "vekha: 1\ntitle: Спокойный\nperiod: 2022\nevents:\n"
                           "  - {no: 1, title: июнь, when: 10.06.2022}\n"
                           "  - {no: 2, title: скоро, when: 12.05.2022}\n";
static const char behind[] = "vekha: 1\ntitle: Отстал\nperiod: 2022\nsections:\n"
                             "  - title: Первый\n"
                             "    events:\n"
                             "      - {no: 1, title: осень, when: сентябрь}\n"
                             "      - {no: 2, title: март, when: март}\n"
                             "  - title: Второй\n"
                             "    sections:\n"
                             "      - title: Вложенный\n"
                             "        events:\n"
                             "          - {no: 3, title: апрель, when: апрель}\n"
                             "          - {no: 4, title: зима, when: декабрь}\n";

static int open_folder(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(calm));
    temp_write(&fixture.temp, "b.yaml", str_of(behind));
    fixture_open(&fixture, NULL);
    return 0;
}

static int close_folder(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

static void restart(const char *name)
{
    session_free(fixture.session);
    fixture_open(&fixture, name);
}

static void assert_selected(const char *title)
{
    assert_string_equal(fixture_selected(&fixture), title);
}

static void the_first_plan_with_late_events_is_one_key_away(void **state)
{
    (void)state;
    assert_int_equal(fixture.session->view, VIEW_PLANS);
    assert_int_equal(fixture.session->file, 1);
    fixture_run(&fixture, "open");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_selected("март"); /* at its first late event */
}

static void a_plan_without_late_events_opens_at_what_comes_next(void **state)
{
    (void)state;
    session_select_file(fixture.session, 0);
    assert_selected("скоро");
}

static void a_folder_without_late_events_opens_at_its_first_plan(void **state)
{
    (void)state;
    temp_delete(&fixture.temp, "b.yaml");
    restart(NULL);
    assert_int_equal(fixture.session->file, 0);
}

static void one_file_opens_at_its_events(void **state)
{
    (void)state;
    restart("b.yaml");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    assert_selected("март");
    fixture_run(&fixture, "view-timeline");
    fixture_run(&fixture, "leave");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    fixture_run(&fixture, "leave");
    assert_true(fixture.session->is_done);
}

static void an_empty_folder_is_a_place_to_stay(void **state)
{
    static const char *const commands[] = { "open",      "view-timeline", "mark", "status",    "status-done", "status-postponed",
                                            "only-late", "no-filter",     "up",   "page-down", "last",        "section-down",
                                            "go-today" };
    (void)state;
    temp_delete(&fixture.temp, "a.yaml");
    temp_delete(&fixture.temp, "b.yaml");
    restart(NULL);
    assert_null(session_file(fixture.session));
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        fixture_run(&fixture, commands[i]);
        assert_int_equal(fixture.session->view, VIEW_PLANS);
        assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    }
    fixture_run(&fixture, "open");
    assert_string_equal(fixture_said(&fixture), "в папке нет планов; завести: vekha new");
}

static void the_rows_are_events_below_the_headings_of_their_sections(void **state)
{
    static const struct {
        bool is_section;
        size_t index;
    } wanted[] = { { true, 0 }, { false, 0 }, { false, 1 }, { true, 1 }, { true, 2 }, { false, 2 }, { false, 3 } };
    (void)state;
    const RowVec *rows = &fixture.session->rows;
    assert_int_equal(rows->n, COUNTOF(wanted));
    for (size_t i = 0; i < rows->n; i++) {
        assert_int_equal(rows->at[i].kind == ROW_SECTION, wanted[i].is_section);
        assert_int_equal(rows->at[i].index, wanted[i].index);
    }
}

static void only_late_and_all_again(void **state)
{
    (void)state;
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "only-late");
    assert_int_equal(fixture.session->rows.n, 5); /* two events, three headings */
    assert_selected("март");
    fixture_run(&fixture, "only-late");
    assert_int_equal(fixture.session->rows.n, 7);
    fixture_run(&fixture, "only-late");
    fixture_run(&fixture, "no-filter");
    assert_int_equal(fixture.session->rows.n, 7);
    assert_selected("март");
}

static void a_filter_that_hides_the_selected_event_selects_the_next_shown(void **state)
{
    (void)state;
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "first");
    assert_selected("осень");
    fixture_run(&fixture, "only-late");
    assert_selected("март");
    fixture_run(&fixture, "no-filter");
    fixture_run(&fixture, "last");
    assert_selected("зима");
    fixture_run(&fixture, "only-late");
    assert_selected("апрель"); /* none below: the last */
}

static void nothing_late_is_said(void **state)
{
    (void)state;
    session_select_file(fixture.session, 0);
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "only-late");
    assert_int_equal(fixture.session->rows.n, 0);
    assert_null(session_event(fixture.session, NULL));
    assert_string_equal(fixture_said(&fixture), "просроченных нет; 0 — показать все");
    fixture_run(&fixture, "mark");
    assert_string_equal(fixture_said(&fixture), "здесь нет мероприятий");
}

static void each_plan_keeps_its_own_selection(void **state)
{
    (void)state;
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "last");
    fixture_run(&fixture, "back");
    fixture_run(&fixture, "up");
    assert_selected("скоро");
    fixture_run(&fixture, "down");
    assert_selected("зима");
    fixture_run(&fixture, "view-timeline"); /* and through a change of view */
    assert_selected("зима");
}

static void esc_goes_back_but_never_ends_the_program(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-timeline");
    fixture_run(&fixture, "back");
    assert_int_equal(fixture.session->view, VIEW_PLANS);
    fixture_run(&fixture, "back");
    assert_false(fixture.session->is_done);
    assert_true(str_starts(str_of(fixture_said(&fixture)), STR("Esc –")));
    fixture_run(&fixture, "leave");
    assert_true(fixture.session->is_done);
}

static void a_digit_after_an_esc_that_closed_nothing_is_a_function_key(void **state)
{
    (void)state;
    fixture_run(&fixture, "back");
    assert_true(key_eq(session_take_key(fixture.session, KEY_CHAR('2')), KEY_FN(2)));
    assert_string_equal(fixture_said(&fixture), "");
    assert_true(key_eq(session_take_key(fixture.session, KEY_CHAR('2')), KEY_CHAR('2'))); /* only that one */
    fixture_run(&fixture, "back");
    assert_true(key_eq(session_take_key(fixture.session, KEY_CHAR('0')), KEY_FN(10)));
    fixture_run(&fixture, "back");
    assert_true(key_eq(session_take_key(fixture.session, KEY_CHAR('j')), KEY_CHAR('j')));
    fixture_run(&fixture, "back");
    fixture.session->digit_until_ms = 1; /* long ago */
    assert_true(session_tick(fixture.session));
    assert_string_equal(fixture_said(&fixture), "");
    assert_true(key_eq(session_take_key(fixture.session, KEY_CHAR('2')), KEY_CHAR('2')));
}

static void marks_are_for_the_views_of_events(void **state)
{
    (void)state;
    fixture_run(&fixture, "mark");
    assert_string_equal(fixture_said(&fixture), "сначала откройте план: Enter");
    fixture_run(&fixture, "status");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
}

static void a_broken_file_is_listed_and_not_changed(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "b.yaml", str_of("vekha: 1\ntitle: Сломан\nevents: [\n"));
    restart(NULL);
    session_select_file(fixture.session, 1);
    assert_true(session_file(fixture.session)->is_broken);
    fixture_run(&fixture, "open");
    assert_int_equal(fixture.session->view, VIEW_PLANS); /* nothing in it can be shown */
    assert_true(fixture.session->message_is_error);
    assert_non_null(session_file(fixture.session));
}

static void the_events_before_a_break_are_shown_but_not_changed(void **state)
{
    StrBuf text = { 0 };
    (void)state;
    strbuf_add(&text, str_of(calm));
    strbuf_add(&text, STR("  - {no: 3, title: \"обрыв\n"));
    temp_write(&fixture.temp, "a.yaml", strbuf_str(&text));
    restart(NULL);
    session_select_file(fixture.session, 0);
    fixture_run(&fixture, "open");
    assert_int_equal(fixture.session->view, VIEW_EVENTS);
    fixture_run(&fixture, "mark");
    assert_true(fixture.session->message_is_error);
    fixture_run(&fixture, "status");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    strbuf_done(&text);
}

static void a_file_of_a_newer_format_is_refused_before_anything_is_asked(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "b.yaml", str_of("vekha: 9\ntitle: Новый\nperiod: 2022\nevents:\n  - {title: март, when: март}\n"));
    restart("b.yaml");
    fixture_run(&fixture, "status");
    assert_int_equal(fixture.session->overlay, OVERLAY_NONE);
    assert_true(fixture.session->message.n_bytes > 0);
}

static void the_timeline_begins_with_the_plan_and_scrolls(void **state)
{
    (void)state;
    fixture_run(&fixture, "view-timeline");
    assert_int_equal(session_line_first(fixture.session), day_of(2022, 1, 1));
    fixture_run(&fixture, "scroll-right");
    fixture_run(&fixture, "scroll-right");
    assert_int_equal(session_line_first(fixture.session), day_of(2022, 3, 1));
    for (int i = 0; i < 30000; i++) {
        fixture_run(&fixture, "scroll-left");
    }
    assert_in_range(session_line_first(fixture.session), 1, day_of(2022, 1, 1)); /* the calendar has a beginning */
    fixture_run(&fixture, "go-today");
    assert_int_equal(session_line_first(fixture.session), day_of(2022, 1, 1));
}

static void the_pane_goes_round(void **state)
{
    (void)state;
    fixture_run(&fixture, "open");
    fixture_run(&fixture, "pane");
    assert_int_equal(fixture.session->pane, PANE_HALF);
    fixture_run(&fixture, "pane");
    assert_int_equal(fixture.session->pane, PANE_OFF);
    fixture_run(&fixture, "pane");
    assert_int_equal(fixture.session->pane, PANE_SOME);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_first_plan_with_late_events_is_one_key_away, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_plan_without_late_events_opens_at_what_comes_next, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_folder_without_late_events_opens_at_its_first_plan, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(one_file_opens_at_its_events, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(an_empty_folder_is_a_place_to_stay, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_rows_are_events_below_the_headings_of_their_sections, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(only_late_and_all_again, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_filter_that_hides_the_selected_event_selects_the_next_shown, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(nothing_late_is_said, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(each_plan_keeps_its_own_selection, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(esc_goes_back_but_never_ends_the_program, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_digit_after_an_esc_that_closed_nothing_is_a_function_key, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(marks_are_for_the_views_of_events, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_broken_file_is_listed_and_not_changed, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_events_before_a_break_are_shown_but_not_changed, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(a_file_of_a_newer_format_is_refused_before_anything_is_asked, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_timeline_begins_with_the_plan_and_scrolls, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(the_pane_goes_round, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
