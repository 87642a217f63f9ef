#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/session.h"

static SessionFixture fixture;

/* Rows: 1 · А: 2 3 4 · Б, В: 5 · Г: 6 7 */
static const char plan[] = "vekha: 1\ntitle: План\nperiod: 2022\n"
                           "events:\n  - {title: \"1\"}\n"
                           "sections:\n"
                           "  - title: А\n    events:\n      - {title: \"2\"}\n      - {title: \"3\"}\n      - {title: \"4\"}\n"
                           "  - title: Б\n    sections:\n      - title: В\n        events:\n          - {title: \"5\"}\n"
                           "  - title: Пустой\n"
                           "  - title: Г\n    events:\n      - {title: \"6\"}\n      - {title: \"7\"}\n";

static int open_plan(void **state)
{
    (void)state;
    fixture.temp = temp_new();
    temp_write(&fixture.temp, "a.yaml", str_of(plan));
    fixture_open(&fixture, "a.yaml");
    fixture.session->page_rows = 4;
    return 0;
}

static int close_plan(void **state)
{
    (void)state;
    fixture_close(&fixture);
    return 0;
}

/* Moves, and the events that are selected after each. */
static void assert_walk(Move move, const char *titles)
{
    for (Str rest = str_of(titles); rest.n_bytes > 0;) {
        Str title = str_cut(&rest, ' ');
        session_move(fixture.session, move);
        if (!str_eq(str_of(fixture_selected(&fixture)), title)) {
            fail_msg("%s is selected, not %.*s", fixture_selected(&fixture), STR_ARG(title));
        }
    }
}

static void a_step_skips_headings_and_stays_at_the_ends(void **state)
{
    (void)state;
    assert_walk(MOVE_DOWN, "2 3 4 5 6 7 7 7");
    assert_walk(MOVE_UP, "6 5 4 3 2 1 1 1");
}

static void a_page_keeps_one_row_and_lands_on_an_event(void **state)
{
    (void)state;
    assert_walk(MOVE_PAGE_DOWN, "3 5 7 7");
    assert_walk(MOVE_PAGE_UP, "5 4 1 1");
}

static void a_page_of_one_row_still_moves(void **state)
{
    (void)state;
    fixture.session->page_rows = 0;
    assert_walk(MOVE_PAGE_DOWN, "2 3");
    fixture.session->page_rows = 1;
    assert_walk(MOVE_PAGE_UP, "2 1");
}

static void the_ends_are_events(void **state)
{
    (void)state;
    assert_walk(MOVE_LAST, "7 7");
    assert_walk(MOVE_FIRST, "1 1");
}

static void sections_are_walked_from_first_event_to_first_event(void **state)
{
    (void)state;
    assert_walk(MOVE_SECTION_DOWN, "2 5 6 6");
    assert_walk(MOVE_SECTION_UP, "5 2 1 1");
    session_move(fixture.session, MOVE_LAST);
    assert_walk(MOVE_SECTION_UP, "6 5"); /* first to the beginning of its own */
}

static void nothing_shown_is_nowhere_to_go(void **state)
{
    (void)state;
    fixture.session->filter.query.states = 1u << STATE_LATE;
    session_filter(fixture.session);
    for (int move = MOVE_UP; move <= MOVE_SECTION_DOWN; move++) {
        session_move(fixture.session, (Move)move);
        assert_null(session_event(fixture.session, NULL));
    }
}

static void one_event_is_stayed_at(void **state)
{
    (void)state;
    temp_write(&fixture.temp, "a.yaml",
               str_of("vekha: 1\ntitle: План\nsections:\n  - title: А\n    events:\n      - {title: я}\n"));
    (void)session_tick(fixture.session);
    for (int move = MOVE_UP; move <= MOVE_SECTION_DOWN; move++) {
        session_move(fixture.session, (Move)move);
        assert_string_equal(fixture_selected(&fixture), "я");
    }
}

static void plans_are_walked_by_the_same_keys(void **state)
{
    static const struct {
        Move move;
        size_t row; /* 0: «Все мероприятия» */
    } walk[] = { { MOVE_DOWN, 2 },      { MOVE_UP, 1 },    { MOVE_UP, 0 },           { MOVE_PAGE_DOWN, 3 },
                 { MOVE_PAGE_DOWN, 5 }, { MOVE_DOWN, 5 },  { MOVE_PAGE_UP, 2 },      { MOVE_PAGE_UP, 0 },
                 { MOVE_LAST, 5 },      { MOVE_FIRST, 0 }, { MOVE_SECTION_DOWN, 5 }, { MOVE_SECTION_UP, 0 } };
    static const char *const names[] = { "b.yaml", "c.yaml", "d.yaml", "e.yaml" };
    (void)state;
    for (size_t i = 0; i < COUNTOF(names); i++) {
        temp_write(&fixture.temp, names[i], str_of(plan));
    }
    session_free(fixture.session);
    fixture_open(&fixture, NULL);
    fixture.session->page_rows = 4;
    for (size_t i = 0; i < COUNTOF(walk); i++) {
        session_move(fixture.session, walk[i].move);
        assert_int_equal(session_plan_row(fixture.session), walk[i].row);
        assert_int_equal(fixture.session->is_all, walk[i].row == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_step_skips_headings_and_stays_at_the_ends, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_page_keeps_one_row_and_lands_on_an_event, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(a_page_of_one_row_still_moves, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(the_ends_are_events, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(sections_are_walked_from_first_event_to_first_event, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(nothing_shown_is_nowhere_to_go, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(one_event_is_stayed_at, open_plan, close_plan),
        cmocka_unit_test_setup_teardown(plans_are_walked_by_the_same_keys, open_plan, close_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
