#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/timeline.h"

enum { MOST_COLS = 64 };

static int month_of(const char *iso)
{
    return day_month_index(day_at(iso));
}

static void as_many_months_as_fit_stand_side_by_side(void **state)
{
    (void)state;
    static const struct {
        int month_cols, n_cols, n_months;
    } cases[] = { { 3, 39, 13 }, { 3, 41, 13 }, { 4, 48, 12 }, { 10, 9, 1 }, { 1, 0, 1 } };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        TimelineScale scale = timeline_scale(24264, cases[i].month_cols, cases[i].n_cols);
        assert_int_equal(scale.n_months, cases[i].n_months);
        assert_int_equal(timeline_cols(&scale), cases[i].n_months * cases[i].month_cols);
    }
}

static void a_day_has_its_column_and_months_are_equally_wide(void **state)
{
    (void)state;
    TimelineScale scale = timeline_scale(month_of("2022-01-01"), 3, 36);
    static const struct {
        const char *day;
        int col;
    } cases[] = {
        { "2022-01-01", 0 },  { "2022-01-11", 0 },  { "2022-01-12", 1 },  { "2022-01-22", 2 },
        { "2022-01-31", 2 },  { "2022-02-01", 3 },  { "2022-02-28", 5 },  { "2022-12-31", 35 },
        { "2023-01-01", 36 }, { "2021-12-31", -1 }, { "2021-12-01", -3 }, { "0001-01-01", -72756 },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_int_equal(timeline_col(&scale, day_at(cases[i].day)), cases[i].col);
    }
    /* A column a day: every day of every month has its own. */
    scale = timeline_scale(month_of("2022-01-01"), 31, 31 * 12);
    for (Day day = day_at("2022-01-02"); day <= day_at("2022-12-31"); day++) {
        assert_true(timeline_col(&scale, day) > timeline_col(&scale, day - 1));
    }
}

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
        TimelineScale scale = timeline_scale(month_of("2022-01-01"), 2, 24);
        TimelineCell cells[MOST_COLS];
        char row[MOST_COLS + 1] = { 0 };
        bool has_dates = timeline_row(&plan, &plan.events.at[0], &scale, day_at(c->today), cells);
        for (int col = 0; col < timeline_cols(&scale); col++) {
            row[col] = glyph_of(&cells[col]);
        }
        if (has_dates != (c->row != NULL) || !str_eq(str_of(row), str_of(c->row != NULL ? c->row : "........................"))) {
            fail_msg("«%s» %s: %s", c->when, c->dates, row);
        }
        plan_done(&plan);
    }
}

static void a_cell_tells_the_status_of_the_event_or_of_the_occurrence(void **state)
{
    (void)state;
    const Mark mark = { .at = STR("2022-04"), .status = STATUS_CONFIRMED };
    Plan plan = plan_of_one("2022", (Event){ .when = STR("апрель; сентябрь"), .marks = &mark, .n_marks = 1 });
    TimelineScale scale = timeline_scale(month_of("2022-01-01"), 2, 24);
    TimelineCell cells[MOST_COLS];
    assert_true(timeline_row(&plan, &plan.events.at[0], &scale, day_at("2022-05-01"), cells));
    assert_int_equal(cells[7].status, STATUS_CONFIRMED);
    assert_int_equal(cells[17].status, STATUS_PLANNED);
    plan_done(&plan);
    plan = plan_of_one("2022", (Event){ .when = STR("апрель"), .status = STATUS_POSTPONED });
    assert_true(timeline_row(&plan, &plan.events.at[0], &scale, day_at("2022-05-01"), cells));
    assert_int_equal(cells[7].status, STATUS_POSTPONED);
    assert_true(cells[7].is_late);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(as_many_months_as_fit_stand_side_by_side),
        cmocka_unit_test(a_day_has_its_column_and_months_are_equally_wide),
        cmocka_unit_test(a_row_shows_when_the_event_is),
        cmocka_unit_test(a_cell_tells_the_status_of_the_event_or_of_the_occurrence),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
