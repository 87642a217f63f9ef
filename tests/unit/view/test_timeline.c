#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/canvas.h"
#include "../../support/plans.h"
#include "vekha/base/text.h"
#include "vekha/base/utf8.h"
#include "vekha/view/timeline.h"

enum { NARROWEST = 40, WIDEST = 400, MOST_HEAD_ROWS = 3 };

static TimelineLayout layout_at(TimelineZoom zoom, const char *first, int n_cols)
{
    Plan plan = plan_of("2022");
    TimelineLayout layout = timeline_layout(zoom, day_at(first), timeline_units(zoom, day_at(first), plan.period), n_cols);
    plan_done(&plan);
    return layout;
}

/* What stands in the row from there to the next blank. */
static Str word_at(const Canvas *canvas, int y, int x, StrBuf *out)
{
    strbuf_clear(out);
    for (const Cell *cell; (cell = canvas_cell(canvas, y, x)) != NULL && cell->bytes[0] != ' '; x++) {
        strbuf_add(out, (Str){ cell->bytes, cell->n_bytes });
    }
    return strbuf_str(out);
}

static bool is_month(Str word)
{
    for (int i = 0; i < DATE_MONTHS_PER_YEAR; i++) {
        if (str_eq(word, text_get(LANG_RU, (TextId)(T_MONTH_1 + i)))) {
            return true;
        }
    }
    return false;
}

static bool is_head_word(Str word)
{
    int number;
    bool is_year = str_to_uint(word, &number) && ((number >= 2021 && number <= 2023) || (number >= 21 && number <= 23));
    return is_month(word) || is_year || (word.n_bytes == 1 && number >= 1 && number <= 3);
}

/* Every word of the row right of the rule; months side by side without a gap are one word. */
static void assert_whole_words(const Canvas *canvas, int y, const TimelineLayout *layout, StrBuf *word)
{
    bool is_in_word = false;
    for (int x = layout->label_cols + 1; x < canvas->n_cols; x++) {
        bool is_blank = canvas_cell(canvas, y, x)->bytes[0] == ' ';
        if (!is_blank && !is_in_word && !is_head_word(word_at(canvas, y, x, word))) {
            fail_msg("%d columns: %s", canvas->n_cols, strbuf_z(word));
        }
        is_in_word = !is_blank;
    }
}

static void assert_numbers_begin_their_units(const Canvas *canvas, const TimelineLayout *layout, StrBuf *word)
{
    for (int i = 0; i < layout->scale.n_units; i++) {
        int day = day_civil(timeline_unit_days(&layout->scale, i).first).day;
        int number;
        Str shown =
            utf8_fit(word_at(canvas, 1, layout->label_cols + 1 + i * layout->scale.unit_cols, word), layout->scale.unit_cols);
        assert_true(str_to_uint(shown, &number));
        assert_int_equal(number, layout->scale.unit_cols > 2 ? day : day % 10);
    }
}

static void heads_are_whole_and_in_line_at_every_width(void **state)
{
    (void)state;
    static const char *const firsts[] = { "2021-12-27", "2022-01-01", "2022-01-31", "2022-02-28", "2022-04-30" };
    StrBuf word = { 0 };
    for (int n_cols = NARROWEST; n_cols <= WIDEST; n_cols++) {
        Canvas *canvas = canvas_new(MOST_HEAD_ROWS, n_cols, false);
        for (int zoom = 0; zoom < ZOOM_COUNT; zoom++) {
            for (size_t i = 0; i < COUNTOF(firsts); i++) {
                TimelineLayout layout = layout_at((TimelineZoom)zoom, firsts[i], n_cols);
                assert_int_equal(layout.label_cols + 1 + timeline_cols(&layout.scale), n_cols);
                assert_in_range(layout.n_head_rows, 1, MOST_HEAD_ROWS);
                canvas_clear(canvas);
                timeline_draw_head(canvas, 0, &layout, LANG_RU, calendar_default(), 1);
                assert_whole_words(canvas, 0, &layout, &word);
                if (layout.scale.unit != TIMELINE_BY_MONTH) {
                    assert_numbers_begin_their_units(canvas, &layout, &word);
                }
            }
        }
        canvas_free(canvas);
    }
    strbuf_done(&word);
}

static void assert_head(TimelineZoom zoom, const char *first, int n_cols, const char *expected)
{
    StrBuf text = { 0 };
    TimelineLayout layout = layout_at(zoom, first, n_cols);
    Canvas *canvas = canvas_new(layout.n_head_rows, n_cols, false);
    timeline_draw_head(canvas, 0, &layout, LANG_RU, calendar_default(), 1);
    canvas_add_text(&text, canvas);
    assert_string_equal(strbuf_z(&text), expected);
    strbuf_done(&text);
    canvas_free(canvas);
}

static void years_stand_where_they_change_or_beside_the_title(void **state)
{
    (void)state;
    assert_head(ZOOM_YEAR, "2022-09-01", 80, "   №    Мероприятие     2022/23│Сен Окт Ноя Дек Янв Фев Мар Апр Май Июн Июл Авг\n");
    assert_head(ZOOM_YEAR, "2022-09-01", 40, "   №    2022/23│Сен   Ноя   Янв   Мар\n");
    assert_head(
        ZOOM_YEAR, "2022-09-01", 119,
        "   №    Мероприятие                    2022/23│Сен   Окт   Ноя   Дек   Янв   Фев   Мар   Апр   Май   Июн   Июл   Авг\n");
    assert_head(ZOOM_HALF, "2022-11-01", 80, "   №    Мероприятие            │Ноя 22  Дек     Янв 23  Фев     Мар     Апр\n");
    assert_head(ZOOM_QUARTER, "2022-11-28", 60,
                "                       │   Дек 2022    Янв 2023       Фев\n"
                "   №    Мероприятие    │28 5  12 19 26 2  9  16 23 30 6  13\n");
    assert_head(ZOOM_MONTH, "2022-12-05", 40,
                "               │Дек 2022       2\n"
                "   №       2022│567890123456789012345678\n");
    assert_head(ZOOM_MONTH, "2022-12-19", 40,
                "               │Дек 2022   3 Янв 2023 1\n"
                "   №    2022/23│901234567890112345678901\n");
}

static void where_names_would_touch_this_month_is_among_those_that_stay(void **state)
{
    (void)state;
    TimelineLayout layout = layout_at(ZOOM_YEAR, "2022-09-01", 40);
    Canvas *canvas = canvas_new(1, 40, false);
    StrBuf text = { 0 };
    timeline_draw_head(canvas, 0, &layout, LANG_RU, calendar_default(), day_at("2022-10-12"));
    canvas_add_text(&text, canvas);
    assert_string_equal(strbuf_z(&text), "   №    2022/23│   Окт   Дек   Фев   Апр\n");
    strbuf_done(&text);
    canvas_free(canvas);
}

static void weekends_are_told_from_workdays(void **state)
{
    (void)state;
    TimelineLayout layout = layout_at(ZOOM_MONTH, "2022-05-01", 110); /* a Sunday */
    Canvas *canvas = canvas_new(layout.n_head_rows, 110, false);
    StrBuf text = { 0 };
    timeline_draw_head(canvas, 0, &layout, LANG_RU, calendar_default(), day_at("2022-05-10"));
    int x = layout.label_cols + 1;
    assert_int_equal(layout.n_head_rows, 3);
    assert_int_equal(layout.scale.unit_cols, 2);
    for (int row = 1; row <= 2; row++) {
        assert_int_equal(canvas_cell(canvas, row, x)->style, STYLE_DIM);
        assert_int_equal(canvas_cell(canvas, row, x + 10)->style, STYLE_COLUMNS);
        assert_int_equal(canvas_cell(canvas, row, x + 12)->style, STYLE_DIM);
        assert_int_equal(canvas_cell(canvas, row, x + 2)->style, STYLE_COLUMNS);
        assert_int_equal(canvas_cell(canvas, row, x + 16)->style, STYLE_DIM); /* 9 May, a Monday */
        assert_int_equal(canvas_cell(canvas, row, x + 18)->style, STYLE_TODAY);
    }
    Calendar calendar = *calendar_default();
    const Span worked = { day_at("2022-05-07"), day_at("2022-05-07") };
    calendar.workdays = (DayList){ &worked, 1 };
    timeline_draw_head(canvas, 0, &layout, LANG_RU, &calendar, day_at("2022-05-10"));
    assert_int_equal(canvas_cell(canvas, 1, x + 12)->style, STYLE_COLUMNS);
    Canvas weekdays = canvas_area(canvas, 2, x, 1, 16);
    for (int col = 0; col < 16; col++) {
        const Cell *cell = canvas_cell(&weekdays, 0, col);
        strbuf_add(&text, (Str){ cell->bytes, cell->n_bytes });
    }
    assert_string_equal(strbuf_z(&text), "В П В С Ч П С В ");
    strbuf_done(&text);
    canvas_free(canvas);
}

/* ---- Rows ---- */

static void assert_cells(const Event *event, const Plan *plan, size_t chosen, const char *expected, int cursor_x)
{
    StrBuf text = { 0 };
    TimelineLayout layout = layout_at(ZOOM_MONTH, "2022-05-01", 60);
    Canvas *canvas = canvas_new(1, 60, false);
    timeline_draw_event(canvas, 0, &layout, plan, event, 1, true, chosen);
    Canvas cells = canvas_area(canvas, 0, layout.label_cols + 1, 1, CANVAS_TO_EDGE);
    canvas_add_text(&text, &cells);
    int y;
    int x;
    assert_string_equal(strbuf_z(&text), expected);
    assert_int_equal(canvas_get_cursor(&cells, &y, &x), cursor_x >= 0);
    for (int col = 0; col < cells.n_cols; col++) {
        assert_int_equal(canvas_cell(&cells, 0, col)->style == STYLE_CURSOR, col == cursor_x);
    }
    assert_true(cursor_x < 0 || x == cursor_x);
    strbuf_done(&text);
    canvas_free(canvas);
}

static void the_chosen_occurrence_is_where_the_cursor_is(void **state)
{
    (void)state;
    Plan plan =
        plan_of_one("2022", (Event){ .title = STR("Сбор"), .dates = STR("{2022-04-10,2022-05-03,2022-05-20,2022-07-01}") });
    const Event *event = &plan.events.at[0];
    assert_cells(event, &plan, SIZE_MAX, "  •                •\n", -1);
    assert_cells(event, &plan, 1, "  •                •\n", 2);
    assert_cells(event, &plan, 2, "  •                •\n", 19);
    assert_cells(event, &plan, 0, "◄ •                •\n", 0);
    assert_cells(event, &plan, 3, "  •                •          ►\n", 30);
    assert_cells(event, &plan, 4, "  •                •\n", -1);
    plan_done(&plan);
}

static void what_is_not_in_the_days_shown_is_on_one_side_or_both(void **state)
{
    (void)state;
    static const struct {
        const char *dates, *cells;
    } cases[] = {
        { "2022-04-30", "◄\n" },
        { "2022-04-01/2022-04-20", "◄\n" },
        { "2022-06-01", "                              ►\n" },
        { "../2022-06-01", "                              ►\n" },
        { "../2022-04-01", "◄\n" },
        { "{2022-04,2022-07}", "◄                             ►\n" },
        { "{2022-02,2022-04}", "◄\n" },
        { "{2022-07,2022-09}", "                              ►\n" },
        { "2023-02-01/..", "                              ►\n" }, /* no end: it begins after the plan */
        { "2022-05-31", "                              ■\n" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Plan plan = plan_of_one("2022", (Event){ .title = STR("Сбор"), .dates = str_of(cases[i].dates) });
        assert_cells(&plan.events.at[0], &plan, SIZE_MAX, cases[i].cells, -1);
        plan_done(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_are_whole_and_in_line_at_every_width),
        cmocka_unit_test(years_stand_where_they_change_or_beside_the_title),
        cmocka_unit_test(where_names_would_touch_this_month_is_among_those_that_stay),
        cmocka_unit_test(weekends_are_told_from_workdays),
        cmocka_unit_test(the_chosen_occurrence_is_where_the_cursor_is),
        cmocka_unit_test(what_is_not_in_the_days_shown_is_on_one_side_or_both),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
