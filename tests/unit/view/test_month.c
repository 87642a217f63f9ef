#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/screen.h"

static Screen screen;

/* Месяц with the cursor at its first event, on 10 May 2022. */
static void open_month(const char *text)
{
    screen.fixture.temp = temp_new();
    temp_write(&screen.fixture.temp, "a.yaml", str_of(text));
    screen_open(&screen);
    fixture_run(&screen.fixture, "view-events");
    fixture_run(&screen.fixture, "first");
    fixture_run(&screen.fixture, "view-month");
    screen_draw(&screen, 24, 80);
}

static int close_month(void **state)
{
    (void)state;
    screen_close(&screen);
    return 0;
}

#define HEAD "vekha: 1\ntitle: План\nperiod: 2022\nevents:\n"

static void times_that_take_the_whole_plan_are_one_line_below_their_count(void **state)
{
    (void)state;
    open_month("vekha: 1\ntitle: План\nperiod: 2021\nevents:\n"
               "  - {no: 1, title: раз, when: 2 раза в год}\n"
               "  - {no: 2, title: два, when: 3 раза в год}\n"
               "  - {no: 3, title: три, when: в течение года}\n");
    screen_draw(&screen, 24, 150);
    screen_assert(&screen, "весь период: 3 мероприятия\n");
    screen_assert(&screen, "просрочено на 130 дней\n");
    int y = 0;
    int x = 0;
    assert_true(canvas_get_cursor(screen.canvas, &y, &x));
    assert_int_equal(y, 2); /* below the count, which is the first line */
}

static void holidays_are_off_and_moved_workdays_are_not(void **state)
{
    (void)state;
    enum { MONDAY_X = 1, SATURDAY_X = 21, WEEK_OF_9_MAY = 5, WEEK_OF_23_MAY = 7 };
    open_month("vekha: 1\ntitle: План\nperiod: 2022\ncalendar: {workdays: [2022-05-28]}\nevents:\n"
               "  - {title: один, when: 31.05.2022}\n");
    assert_int_equal(canvas_cell(screen.canvas, WEEK_OF_9_MAY, MONDAY_X + 1)->style, STYLE_DIM);
    assert_int_equal(canvas_cell(screen.canvas, WEEK_OF_9_MAY, SATURDAY_X + 1)->style, STYLE_DIM);
    assert_int_equal(canvas_cell(screen.canvas, WEEK_OF_23_MAY, SATURDAY_X + 1)->style, STYLE_TEXT);
    assert_int_equal(canvas_cell(screen.canvas, WEEK_OF_23_MAY, MONDAY_X + 1)->style, STYLE_TEXT);
}

static void today_stands_in_brackets_and_its_sign_behind_them(void **state)
{
    (void)state;
    open_month(HEAD "  - {title: один, when: 10.05.2022}\n");
    screen_assert(&screen, "  9 [10]▲11  12");
}

static void a_span_says_until_when_it_lasts(void **state)
{
    (void)state;
    open_month(HEAD "  - {title: пятого, when: 05.03.2022}\n"
                    "  - {title: долго, when: февраль - апрель}\n");
    screen_assert(&screen, "│ до 30.04 ! ");
    screen_assert(&screen, "март 2022: 1 срок · идёт 1 · просрочено 2");
    screen_draw(&screen, 10, 40);
    screen_assert(&screen, " –30.04 ! ");
    screen_assert(&screen, " 1 срок · идёт 1 · просрочено 2");
}

static void of_more_lines_than_fit_it_says_which_one_it_is(void **state)
{
    (void)state;
    open_month(HEAD "  - {title: а, when: ежедневно}\n");
    screen_assert(&screen, " · строка 1 из 31\n");
}

static void of_several_times_in_a_month_each_says_which_it_is(void **state)
{
    (void)state;
    open_month(HEAD "  - {title: а, when: 2 раза в месяц}\n");
    screen_draw(&screen, 24, 150);
    screen_assert(&screen, "1-й раз в январе");
    screen_assert(&screen, "2-й раз в январе");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(times_that_take_the_whole_plan_are_one_line_below_their_count, close_month),
        cmocka_unit_test_teardown(holidays_are_off_and_moved_workdays_are_not, close_month),
        cmocka_unit_test_teardown(today_stands_in_brackets_and_its_sign_behind_them, close_month),
        cmocka_unit_test_teardown(a_span_says_until_when_it_lasts, close_month),
        cmocka_unit_test_teardown(of_more_lines_than_fit_it_says_which_one_it_is, close_month),
        cmocka_unit_test_teardown(of_several_times_in_a_month_each_says_which_it_is, close_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
