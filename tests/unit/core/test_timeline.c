#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/base/clock.h"
#include "vekha/core/timeline.h"

enum { MOST_COLS = 400 };

static TimelineScale scale_of(TimelineUnit unit, const char *first, int n_units, int unit_cols)
{
    return (TimelineScale){ unit, timeline_unit(unit, day_at(first)), n_units, unit_cols };
}

/* ---- Which days a zoom shows ---- */

static void a_zoom_begins_where_its_part_of_the_plan_does(void **state)
{
    (void)state;
    static const struct {
        const char *period;
        TimelineZoom zoom;
        const char *around, *first;
        int n_units;
    } cases[] = {
        { "2022", ZOOM_YEAR, "2022-05-10", "2022-01-01", 12 },
        { "2022-09-01/2023-08-31", ZOOM_YEAR, "2022-12-31", "2022-09-01", 12 },
        { "2022-09-01/2023-09-30", ZOOM_YEAR, "2023-09-30", "2022-09-01", 13 }, /* seen whole */
        { "2022/2024", ZOOM_YEAR, "2024-02-29", "2024-01-01", 12 },
        { "2021-09-01/2024-08-31", ZOOM_YEAR, "2023-08-31", "2022-09-01", 12 },
        { "2022", ZOOM_YEAR, "2021-03-01", "2021-01-01", 12 }, /* out of the plan: as many months before it */
        { "", ZOOM_YEAR, "2022-05-10", "2022-01-01", 12 },
        { "2022", ZOOM_HALF, "2022-06-30", "2022-01-01", 6 },
        { "2022", ZOOM_HALF, "2022-07-01", "2022-07-01", 6 },
        { "2022-09-01/2023-08-31", ZOOM_HALF, "2023-02-28", "2022-09-01", 6 },
        { "2022-09-01/2023-08-31", ZOOM_HALF, "2023-03-01", "2023-03-01", 6 },
        { "2022", ZOOM_QUARTER, "2022-05-10", "2022-03-28", 14 }, /* the Monday of the week with 1 April */
        { "2022-09-01/2023-08-31", ZOOM_QUARTER, "2022-12-01", "2022-11-28", 14 },
        { "2022", ZOOM_QUARTER, "2022-01-01", "2021-12-27", 14 }, /* a week across New Year */
        { "2024", ZOOM_MONTH, "2024-02-29", "2024-02-01", 29 },
        { "2022", ZOOM_MONTH, "2022-02-01", "2022-02-01", 28 },
        { "2022", ZOOM_MONTH, "2022-12-31", "2022-12-01", 31 },
        { "2022", ZOOM_QUARTER, "0001-01-01", "0001-01-01", 14 },
        { "2022", ZOOM_YEAR, "9999-12-31", "9999-01-01", 12 },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Plan plan = plan_of(cases[i].period);
        Day first = timeline_first_for(cases[i].zoom, day_at(cases[i].around), plan.period);
        if (first != day_at(cases[i].first) || timeline_units(cases[i].zoom, first, plan.period) != cases[i].n_units) {
            fail_msg("%s around %s: %d, %d units", cases[i].period, cases[i].around, first,
                     timeline_units(cases[i].zoom, first, plan.period));
        }
        plan_done(&plan);
    }
}

/* Every day of three years, at every zoom. */
static void the_day_around_which_a_zoom_is_chosen_is_in_it(void **state)
{
    (void)state;
    static const char *const periods[] = { "2022", "2022-09-01/2023-08-31", "2022-09-01/2023-09-30", "2021/2023", "" };
    for (size_t p = 0; p < COUNTOF(periods); p++) {
        Plan plan = plan_of(periods[p]);
        for (Day day = day_at("2022-01-01"); day <= day_at("2024-12-31"); day++) {
            for (int zoom = 0; zoom < ZOOM_COUNT; zoom++) {
                Day first = timeline_first_for((TimelineZoom)zoom, day, plan.period);
                int n = timeline_units((TimelineZoom)zoom, first, plan.period);
                TimelineScale scale = timeline_scale(timeline_zoom_unit((TimelineZoom)zoom), first, n, MOST_COLS);
                assert_int_equal(scale.n_units, n);
                assert_in_range(timeline_col(&scale, day), 0, timeline_cols(&scale) - 1);
                scale = timeline_scale(timeline_zoom_unit((TimelineZoom)zoom), first, n, 10);
                scale = timeline_scale(scale.unit, timeline_first_with(&scale, day), n, 10);
                assert_in_range(timeline_col(&scale, day), 0, timeline_cols(&scale) - 1);
            }
        }
        plan_done(&plan);
    }
}

static void a_narrow_scale_moves_no_more_than_it_takes(void **state)
{
    (void)state;
    TimelineScale scale = timeline_scale(TIMELINE_BY_DAY, day_at("2022-05-01"), 31, 24);
    assert_int_equal(timeline_first_with(&scale, day_at("2022-05-24")), day_at("2022-05-01"));
    assert_int_equal(timeline_first_with(&scale, day_at("2022-05-31")), day_at("2022-05-08"));
    assert_int_equal(timeline_first_with(&scale, day_at("2022-04-30")), day_at("2022-04-30"));
    assert_int_equal(timeline_first_with(&scale, 0), 1);
}

static void a_step_is_a_month_or_a_week(void **state)
{
    (void)state;
    static const struct {
        TimelineZoom zoom;
        const char *first;
        int n;
        const char *then;
    } cases[] = {
        { ZOOM_YEAR, "2022-01-01", 1, "2022-02-01" },          { ZOOM_YEAR, "2022-01-31", -1, "2021-12-01" },
        { ZOOM_HALF, "2022-12-01", 2, "2023-02-01" },          { ZOOM_QUARTER, "2021-12-27", 1, "2022-01-03" },
        { ZOOM_MONTH, "2024-02-26", 1, "2024-03-04" },         { ZOOM_MONTH, "2022-01-03", -1, "2021-12-27" },
        { ZOOM_YEAR, "0001-01-01", -1, "0001-01-01" },         { ZOOM_YEAR, "9999-12-01", 1, "9999-12-01" },
        { ZOOM_MONTH, "9999-12-27", 1, "9999-12-27" },         { ZOOM_QUARTER, "0001-01-01", -1, "0001-01-01" },
        { ZOOM_MONTH, "2022-01-03", INT32_MAX, "2022-01-03" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_int_equal(timeline_step(cases[i].zoom, day_at(cases[i].first), cases[i].n), day_at(cases[i].then));
    }
}

/* ---- Columns ---- */

static void as_many_units_as_fit_stand_side_by_side(void **state)
{
    (void)state;
    static const struct {
        TimelineUnit unit;
        int n_wanted, n_cols, n_units, unit_cols;
    } cases[] = {
        { TIMELINE_BY_MONTH, 13, 41, 13, 3 }, { TIMELINE_BY_MONTH, 12, 48, 12, 4 },  { TIMELINE_BY_MONTH, 12, 24, 8, 3 },
        { TIMELINE_BY_MONTH, 12, 2, 1, 3 },   { TIMELINE_BY_MONTH, 1, 300, 1, 300 }, { TIMELINE_BY_WEEK, 14, 48, 14, 3 },
        { TIMELINE_BY_WEEK, 14, 24, 8, 3 },   { TIMELINE_BY_WEEK, 14, 139, 14, 9 },  { TIMELINE_BY_DAY, 31, 48, 31, 1 },
        { TIMELINE_BY_DAY, 31, 24, 24, 1 },   { TIMELINE_BY_DAY, 31, 62, 31, 2 },    { TIMELINE_BY_DAY, 28, 139, 28, 4 },
        { TIMELINE_BY_DAY, 0, 0, 1, 1 },      { TIMELINE_BY_DAY, -5, -3, 1, 1 },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        TimelineScale scale = timeline_scale(cases[i].unit, day_at("2022-01-01"), cases[i].n_wanted, cases[i].n_cols);
        assert_int_equal(scale.n_units, cases[i].n_units);
        assert_int_equal(scale.unit_cols, cases[i].unit_cols);
        assert_int_equal(timeline_cols(&scale), cases[i].n_units * cases[i].unit_cols);
    }
}

static void a_day_has_its_column_and_units_are_equally_wide(void **state)
{
    (void)state;
    static const struct {
        TimelineUnit unit;
        const char *first;
        int n_units, unit_cols;
        const char *day;
        int col;
    } cases[] = {
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-01-01", 0 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-01-11", 0 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-01-12", 1 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-01-31", 2 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-02-01", 3 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-02-28", 5 },
        { TIMELINE_BY_MONTH, "2024-01-01", 12, 3, "2024-02-29", 5 },
        { TIMELINE_BY_MONTH, "2024-01-01", 12, 3, "2024-03-01", 6 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2022-12-31", 35 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2023-01-01", 36 },
        { TIMELINE_BY_MONTH, "2022-01-01", 12, 3, "2021-12-31", -1 },
        { TIMELINE_BY_MONTH, "2022-01-15", 12, 3, "2022-01-01", 0 }, /* the whole month of the first day */
        { TIMELINE_BY_WEEK, "2021-12-27", 14, 7, "2022-01-01", 5 },
        { TIMELINE_BY_WEEK, "2021-12-27", 14, 7, "2022-01-03", 7 },
        { TIMELINE_BY_WEEK, "2022-01-01", 14, 7, "2021-12-27", 0 }, /* the Monday of the first day */
        { TIMELINE_BY_WEEK, "2021-12-27", 14, 7, "2021-12-26", -1 },
        { TIMELINE_BY_WEEK, "2021-12-27", 14, 3, "2022-01-02", 2 },
        { TIMELINE_BY_WEEK, "2021-12-27", 14, 3, "2022-04-03", 41 },
        { TIMELINE_BY_WEEK, "2021-12-27", 14, 3, "2022-04-04", 42 },
        { TIMELINE_BY_DAY, "2024-02-01", 29, 1, "2024-02-29", 28 },
        { TIMELINE_BY_DAY, "2024-02-01", 29, 1, "2024-03-01", 29 },
        { TIMELINE_BY_DAY, "2022-03-01", 31, 4, "2022-03-27", 104 }, /* clocks change: a day is a day */
        { TIMELINE_BY_DAY, "2022-03-01", 31, 4, "2022-03-28", 108 },
        { TIMELINE_BY_DAY, "2022-03-01", 31, 4, "2022-02-28", -1 },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        TimelineScale scale = scale_of(cases[i].unit, cases[i].first, cases[i].n_units, cases[i].unit_cols);
        if (timeline_col(&scale, day_at(cases[i].day)) != cases[i].col) {
            fail_msg("%s from %s: %d", cases[i].day, cases[i].first, timeline_col(&scale, day_at(cases[i].day)));
        }
    }
}

static void no_day_is_out_of_the_calendar_s_reach(void **state)
{
    (void)state;
    static const char *const firsts[] = { "0001-01-01", "2022-01-01", "9999-12-31" };
    for (size_t i = 0; i < COUNTOF(firsts); i++) {
        for (int unit = 0; unit < TIMELINE_UNIT_COUNT; unit++) {
            TimelineScale scale = timeline_scale((TimelineUnit)unit, day_at(firsts[i]), 12, 36);
            assert_int_equal(timeline_col(&scale, 0), -1);
            assert_int_equal(timeline_col(&scale, INT32_MIN), -1);
            assert_int_equal(timeline_col(&scale, INT32_MAX), 36);
            assert_int_equal(timeline_col(&scale, day_at("9999-12-31") + 1), 36);
            assert_int_equal(timeline_col(&scale, day_at(firsts[i])) >= 0, 1);
        }
    }
    TimelineScale last = timeline_scale(TIMELINE_BY_MONTH, day_at("9999-11-01"), 12, 36);
    assert_int_equal(timeline_unit_days(&last, 1).last, day_at("9999-12-31"));
    assert_int_equal(timeline_unit_days(&last, 2).first, 0);
    last = timeline_scale(TIMELINE_BY_WEEK, day_at("9999-12-31"), 12, 36);
    assert_int_equal(timeline_unit_days(&last, 0).last, day_at("9999-12-31")); /* a Friday */
    assert_int_equal(timeline_unit_days(&last, 1).first, 0);
}

/* ---- Rows ---- */

typedef struct RowCase {
    const char *period, *when, *dates;
    Status status;
    const char *marks; /* "2022-03=done": one */
    const char *today, *row;
} RowCase;

/* From January 2022, two columns a month: = bar, # day, ] edge, o open occurrence, x closed one, - line; late ones are ! */
static const RowCase row_cases[] = {
    { "2022", "март", "", STATUS_PLANNED, "", "2022-01-01", "....==.................." },
    { "2022", "10.03.2022- 23.06.2022", "", STATUS_PLANNED, "", "2022-01-01", "....========............" },
    { "2022", "29.03.2022", "", STATUS_PLANNED, "", "2022-01-01", ".....#.................." },
    { "2022", "29.03.2022", "", STATUS_PLANNED, "", "2022-04-01", ".....!.................." },
    { "2022", "29.03.2022", "", STATUS_DONE, "", "2022-04-01", ".....#.................." },
    { "2022", "март", "", STATUS_PLANNED, "", "2022-04-01", "....!!.................." },
    { "2022", "до 1 июня", "", STATUS_PLANNED, "", "2022-01-01", "..........]............." },
    { "2022", "с 1 октября", "", STATUS_PLANNED, "", "2022-01-01", "..................======" },
    { "2022", "в течение года", "", STATUS_PLANNED, "", "2022-01-01", "------------------------" },
    { "2022", "Январь - декабрь", "", STATUS_PLANNED, "", "2022-01-01", "------------------------" },
    { "2022", "Февраль - декабрь", "", STATUS_PLANNED, "", "2022-01-01", "..======================" },
    { "2022-09-01/2023-08-31", "в течение года", "", STATUS_PLANNED, "", "2022-01-01", "................--------" },
    /* occurrences, each at its last day */
    { "2022", "апрель; сентябрь", "", STATUS_PLANNED, "", "2022-01-01", ".......o.........o......" },
    { "2022", "апрель; сентябрь", "", STATUS_PLANNED, "", "2022-05-01", ".......!.........o......" },
    { "2022", "апрель; сентябрь", "", STATUS_PLANNED, "2022-04=done", "2022-05-01", ".......x.........o......" },
    { "2022", "апрель; сентябрь", "", STATUS_PLANNED, "2022-04=in-progress", "2022-05-01", ".......!.........o......" },
    { "2022", "апрель; сентябрь", "", STATUS_CANCELLED, "", "2022-12-01", ".......x.........x......" },
    { "2022", "ежемесячно", "", STATUS_PLANNED, "", "2022-01-01", ".o.o.o.o.o.o.o.o.o.o.o.o" },
    { "2022", "не более 2 раз в год", "", STATUS_PLANNED, "", "2023-02-01", ".......................o" },
    /* partly or wholly outside */
    { "2021/2023", "", "2021-11/2022-02", STATUS_PLANNED, "", "2021-01-01", "====...................." },
    { "2021/2023", "", "2022-11/2023-02", STATUS_PLANNED, "", "2021-01-01", "....................====" },
    { "2021/2023", "", "2021-11/2023-02", STATUS_PLANNED, "", "2021-01-01", "========================" },
    { "2021/2023", "", "2021-11", STATUS_PLANNED, "", "2021-01-01", "........................" },
    { "2021/2023", "", "2023-01", STATUS_PLANNED, "", "2021-01-01", "........................" },
    { "2021/2023", "", "2021-12-31", STATUS_PLANNED, "", "2021-01-01", "........................" },
    { "2021/2023", "", "../2023-01-01", STATUS_PLANNED, "", "2021-01-01", "........................" },
    { "2021/2023", "", "{2021-12,2022-01,2023-01}", STATUS_PLANNED, "", "2021-01-01", ".o......................" },
    { "2022", "с 1 февраля 2023", "", STATUS_PLANNED, "", "2022-01-01", "........................" },
    { "", "", "2021-11/2023-02", STATUS_PLANNED, "", "2021-01-01", "========================" }, /* of no period, not all */
    { "", "с 1 октября 2022", "", STATUS_PLANNED, "", "2022-01-01", "..................======" },
    /* without dates: its phrase stands there */
    { "2022", "по запросу", "", STATUS_PLANNED, "", "2022-01-01", NULL },
    { "2022", "", "", STATUS_DONE, "", "2022-01-01", NULL },
};

static char glyph_of(const TimelineCell *cell)
{
    static const char glyphs[] = { [TIMELINE_EMPTY] = '.', [TIMELINE_BAR] = '=',        [TIMELINE_DAY] = '#',
                                   [TIMELINE_EDGE] = ']',  [TIMELINE_OCCURRENCE] = 'o', [TIMELINE_LINE] = '-' };
    _Static_assert(COUNTOF(glyphs) == TIMELINE_MARK_COUNT, "every mark has a glyph");
    bool is_closed = cell->mark == TIMELINE_OCCURRENCE && status_info(cell->status)->is_closed;
    return cell->mark != TIMELINE_EMPTY && cell->is_late ? '!' : is_closed ? 'x' : glyphs[cell->mark];
}

static void a_row_shows_when_the_event_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(row_cases); i++) {
        const RowCase *c = &row_cases[i];
        Str status = str_of(c->marks);
        Mark mark = { .at = str_cut(&status, '=') };
        assert_true(*c->marks == '\0' || status_parse_name(status, &mark.status));
        Plan plan = plan_of_one(c->period, (Event){ .when = str_of(c->when),
                                                    .dates = str_of(c->dates),
                                                    .status = c->status,
                                                    .marks = &mark,
                                                    .n_marks = *c->marks != '\0' });
        TimelineScale scale = scale_of(TIMELINE_BY_MONTH, "2022-01-01", 12, 2);
        TimelineCell cells[MOST_COLS];
        char row[MOST_COLS + 1] = { 0 };
        bool has_dates = timeline_row(&plan, &plan.events.at[0], &scale, day_at(c->today), SIZE_MAX, cells);
        for (int col = 0; col < timeline_cols(&scale); col++) {
            row[col] = glyph_of(&cells[col]);
        }
        if (has_dates != (c->row != NULL) || !str_eq(str_of(row), str_of(c->row != NULL ? c->row : "........................"))) {
            fail_msg("«%s» %s: %s", c->when, c->dates, row);
        }
        plan_done(&plan);
    }
}

/* At other scales; the signs are those above. */
typedef struct ScaleCase {
    TimelineUnit unit;
    const char *first;
    int n_units, unit_cols;
    const char *period, *dates, *row;
} ScaleCase;

static const ScaleCase scale_cases[] = {
    /* weeks from 27 December 2021 */
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 7, "2022", "2022-01-01", ".....#......................" },
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 7, "2022", "2022-01-01/2022-01-03", ".....===...................." },
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 7, "2021/2023", "2021-06/2022-12", "============================" },
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 7, "2022", "../2022-01-23", "...........................]" },
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 3, "2022", "../2022-01-10", "......]....." },
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 3, "2022", "R/2022/P1W", ".....o..o..o" },
    { TIMELINE_BY_WEEK, "2021-12-27", 4, 3, "2022", "2022", "..----------" },
    { TIMELINE_BY_WEEK, "2021-12-27", 2, 14, "2022", "2022-01-03", "..............#............." },
    { TIMELINE_BY_WEEK, "2021-12-27", 2, 14, "2022", "../2022-01-03",
      "...............]............" }, /* the end of its columns */
    { TIMELINE_BY_WEEK, "2021-12-27", 2, 14, "2022", "2022-01-03/2022-01-04", "..............====.........." },
    /* days */
    { TIMELINE_BY_DAY, "2024-02-24", 8, 1, "2024", "2024-02-29", ".....#.." },
    { TIMELINE_BY_DAY, "2024-02-24", 8, 1, "2024", "2024-02-29/2024-03-01", ".....==." },
    { TIMELINE_BY_DAY, "2024-02-24", 8, 1, "2024", "2024-02", "======.." },
    { TIMELINE_BY_DAY, "2023-02-24", 8, 1, "2023", "2023-02", "=====..." },
    { TIMELINE_BY_DAY, "2024-02-24", 8, 1, "2024", "../2024-03-02", ".......]" },
    { TIMELINE_BY_DAY, "2024-02-24", 8, 1, "2024", "../2024-03-03", "........" },
    { TIMELINE_BY_DAY, "2024-02-24", 8, 1, "2024", "R/2024/P1D", "oooooooo" },
    { TIMELINE_BY_DAY, "2024-02-24", 4, 3, "2024", "2024-02-25/2024-02-26", "...======..." },
    { TIMELINE_BY_DAY, "2024-02-24", 4, 3, "2024", "2024-02-25", "...#........" },
    { TIMELINE_BY_DAY, "2024-02-24", 4, 3, "2024", "../2024-02-25", ".....]......" },
    { TIMELINE_BY_DAY, "2024-02-24", 4, 3, "2024", "{2024-02-24,2024-02-26}", "o.....o....." },
    { TIMELINE_BY_DAY, "2024-02-24", 4, 3, "2024", "2024", "------------" },
    /* three years in view of one, and a month wider than its days */
    { TIMELINE_BY_MONTH, "2022-01-01", 12, 1, "2021/2023", "2021/2023", "------------" },
    { TIMELINE_BY_MONTH, "2022-01-01", 12, 1, "2021/2023", "2021-02/2023-11", "============" },
    { TIMELINE_BY_MONTH, "2022-02-01", 1, 56, "2022", "2022-02-02/2022-02-03",
      "..====.................................................." },
    /* the ends of the calendar */
    { TIMELINE_BY_DAY, "9999-12-30", 4, 1, "9999", "9999-12-31", ".#.." },
    { TIMELINE_BY_DAY, "9999-12-30", 4, 2, "9999", "9999-12-30/9999-12-31", "====...." },
    { TIMELINE_BY_MONTH, "0001-01-01", 4, 1, "0001", "0001-01-01", "#..." },
};

static void a_row_is_the_same_at_every_scale(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(scale_cases); i++) {
        const ScaleCase *c = &scale_cases[i];
        Plan plan = plan_of_one(c->period, (Event){ .dates = str_of(c->dates) });
        TimelineScale scale = scale_of(c->unit, c->first, c->n_units, c->unit_cols);
        TimelineCell cells[MOST_COLS];
        char row[MOST_COLS + 1] = { 0 };
        assert_true(timeline_row(&plan, &plan.events.at[0], &scale, 1, SIZE_MAX, cells));
        for (int col = 0; col < timeline_cols(&scale); col++) {
            row[col] = glyph_of(&cells[col]);
        }
        if (!str_eq(str_of(row), str_of(c->row))) {
            fail_msg("%s from %s: %s", c->dates, c->first, row);
        }
        plan_done(&plan);
    }
}

static void a_cell_tells_the_status_of_the_event_or_of_the_occurrence(void **state)
{
    (void)state;
    const Mark mark = { .at = STR("2022-04"), .status = STATUS_CONFIRMED };
    Plan plan = plan_of_one("2022", (Event){ .when = STR("апрель; сентябрь"), .marks = &mark, .n_marks = 1 });
    TimelineScale scale = scale_of(TIMELINE_BY_MONTH, "2022-01-01", 12, 2);
    TimelineCell cells[MOST_COLS];
    assert_true(timeline_row(&plan, &plan.events.at[0], &scale, day_at("2022-05-01"), SIZE_MAX, cells));
    assert_int_equal(cells[7].status, STATUS_CONFIRMED);
    assert_int_equal(cells[17].status, STATUS_PLANNED);
    plan_done(&plan);
    plan = plan_of_one("2022", (Event){ .when = STR("апрель"), .status = STATUS_POSTPONED });
    assert_true(timeline_row(&plan, &plan.events.at[0], &scale, day_at("2022-05-01"), SIZE_MAX, cells));
    assert_int_equal(cells[7].status, STATUS_POSTPONED);
    assert_true(cells[7].is_late);
    plan_done(&plan);
}

/* Two weeks of days in one column: what most wants to be seen, and of equals the earliest. */
static void of_several_occurrences_in_a_column_the_worst_is_shown(void **state)
{
    (void)state;
    static const Status order[] = { STATUS_CANCELLED,   STATUS_CONFIRMED, STATUS_DONE,
                                    STATUS_IN_PROGRESS, STATUS_POSTPONED, STATUS_PLANNED };
    static const Str days[] = { STR_INIT("2022-03-01"), STR_INIT("2022-03-02"), STR_INIT("2022-03-03"),
                                STR_INIT("2022-03-04"), STR_INIT("2022-03-05"), STR_INIT("2022-03-06") };
    TimelineScale scale = scale_of(TIMELINE_BY_MONTH, "2022-03-01", 1, 3);
    TimelineCell cells[MOST_COLS];
    for (size_t n = 1; n <= COUNTOF(order); n++) {
        Mark marks[COUNTOF(order)];
        for (size_t i = 0; i < COUNTOF(order); i++) {
            marks[i] = (Mark){ .at = days[i], .status = order[i < n ? i : 0] };
        }
        Plan plan = plan_of_one(
            "2022", (Event){ .dates = STR("R/2022-03-01/2022-03-06/P1D"), .marks = marks, .n_marks = COUNTOF(marks) });
        assert_true(timeline_row(&plan, &plan.events.at[0], &scale, 1, SIZE_MAX, cells));
        assert_int_equal(cells[0].status, order[n - 1]);
        assert_int_equal(cells[0].occurrence, n == 1 ? 0 : n - 1);
        /* and late before all: the first that is not closed */
        assert_true(timeline_row(&plan, &plan.events.at[0], &scale, day_at("2022-04-01"), SIZE_MAX, cells));
        assert_int_equal(cells[0].is_late, n > 3);
        assert_int_equal(cells[0].occurrence, n == 1 ? 0 : n > 3 ? 3 : n - 1);
        plan_done(&plan);
    }
}

static void the_chosen_occurrence_is_shown_in_any_case(void **state)
{
    (void)state;
    const Mark mark = { .at = STR("2022-03-02"), .status = STATUS_DONE };
    Plan plan = plan_of_one("2022", (Event){ .dates = STR("R/2022/P1D"), .marks = &mark, .n_marks = 1 });
    const Event *event = &plan.events.at[0];
    TimelineScale scale = scale_of(TIMELINE_BY_MONTH, "2022-03-01", 1, 3);
    TimelineCell cells[MOST_COLS];
    size_t done = 31 + 28 + 1;
    assert_true(timeline_row(&plan, event, &scale, day_at("2022-05-01"), done, cells));
    assert_int_equal(cells[0].occurrence, done);
    assert_int_equal(cells[0].status, STATUS_DONE);
    assert_false(cells[0].is_late);
    assert_true(timeline_row(&plan, event, &scale, day_at("2022-05-01"), 0, cells)); /* it is not in March */
    assert_int_equal(cells[0].occurrence, done - 1);
    assert_true(timeline_row(&plan, event, &scale, day_at("2022-05-01"), 100000, cells)); /* nor in the year */
    plan_done(&plan);
    plan = plan_of_one("2022", (Event){ .dates = STR("2022-03-05") });
    assert_true(timeline_row(&plan, &plan.events.at[0], &scale, 1, 0, cells));
    assert_true(cells[0].mark == TIMELINE_DAY && cells[0].occurrence == SIZE_MAX);
    plan_done(&plan);
}

/* A daily event of eleven years with a mark a day and as many that are of nothing; a screen of such rows at each zoom. */
static void thousands_of_marked_occurrences_are_drawn_in_milliseconds(void **state)
{
    (void)state;
    enum { MARKS = 20000, ROWS = 50 };
    Plan plan = plan_of("2015-01-01/2025-12-31");
    Mark *marks = arena_alloc(&plan.arena, MARKS * sizeof *marks);
    StrBuf at = { 0 };
    for (int i = 0; i < MARKS; i++) {
        strbuf_clear(&at);
        day_add_iso(&at, plan.period.first + MARKS - 1 - i);
        marks[i] = (Mark){ .at = arena_copy(&plan.arena, strbuf_str(&at)), .status = STATUS_DONE };
    }
    strbuf_done(&at);
    vec_push(&plan.events, (Event){ .when = STR("ежедневно"), .marks = marks, .n_marks = MARKS, .section = -1 });
    plan_resolve(&plan);
    long long begin = clock_ms();
    for (int i = 0; i < ROWS * ZOOM_COUNT; i++) {
        TimelineZoom zoom = (TimelineZoom)(i % ZOOM_COUNT);
        Day first = timeline_first_for(zoom, day_at("2024-05-10"), plan.period);
        TimelineScale scale =
            timeline_scale(timeline_zoom_unit(zoom), first, timeline_units(zoom, first, plan.period), MOST_COLS);
        TimelineCell cells[MOST_COLS];
        assert_true(timeline_row(&plan, &plan.events.at[0], &scale, day_at("2024-05-10"), 3000, cells));
        assert_int_equal(cells[0].status, STATUS_DONE);
    }
    assert_in_range(clock_ms() - begin, 0, 1000);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_zoom_begins_where_its_part_of_the_plan_does),
        cmocka_unit_test(the_day_around_which_a_zoom_is_chosen_is_in_it),
        cmocka_unit_test(a_narrow_scale_moves_no_more_than_it_takes),
        cmocka_unit_test(a_step_is_a_month_or_a_week),
        cmocka_unit_test(as_many_units_as_fit_stand_side_by_side),
        cmocka_unit_test(a_day_has_its_column_and_units_are_equally_wide),
        cmocka_unit_test(no_day_is_out_of_the_calendar_s_reach),
        cmocka_unit_test(a_row_shows_when_the_event_is),
        cmocka_unit_test(a_row_is_the_same_at_every_scale),
        cmocka_unit_test(a_cell_tells_the_status_of_the_event_or_of_the_occurrence),
        cmocka_unit_test(of_several_occurrences_in_a_column_the_worst_is_shown),
        cmocka_unit_test(the_chosen_occurrence_is_shown_in_any_case),
        cmocka_unit_test(thousands_of_marked_occurrences_are_drawn_in_milliseconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
