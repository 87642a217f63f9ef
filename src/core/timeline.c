#include "vekha/core/timeline.h"

enum { MONTHS_PER_HALF = 6, MONTHS_PER_QUARTER = 3, WEEKS_PER_QUARTER = 14, PLAN_MONTHS_MAX = 13 };

typedef struct ZoomRow {
    TimelineUnit unit;
    int n_months; /* the plan is cut into pieces of so many, from its own first month on */
} ZoomRow;

static const ZoomRow zooms[] = {
    [ZOOM_YEAR] = { TIMELINE_BY_MONTH, DATE_MONTHS_PER_YEAR },
    [ZOOM_HALF] = { TIMELINE_BY_MONTH, MONTHS_PER_HALF },
    [ZOOM_QUARTER] = { TIMELINE_BY_WEEK, MONTHS_PER_QUARTER },
    [ZOOM_MONTH] = { TIMELINE_BY_DAY, 1 },
};
_Static_assert(COUNTOF(zooms) == ZOOM_COUNT, "every zoom has a row");

/* Columns that a unit needs for its head to be read: a month's name, a day's number and a gap, a digit. */
static const int least_cols[] = { [TIMELINE_BY_MONTH] = 3, [TIMELINE_BY_WEEK] = 3, [TIMELINE_BY_DAY] = 1 };
_Static_assert(COUNTOF(least_cols) == TIMELINE_UNIT_COUNT, "every unit has a width");

static Day calendar_end(void)
{
    return day_of(DATE_MAX_YEAR, DATE_MONTHS_PER_YEAR, 31);
}

static Day in_calendar(Day day)
{
    return day < 1 ? 1 : day > calendar_end() ? calendar_end() : day;
}

static int floor_div(int a, int b)
{
    return a / b - (a % b < 0);
}

TimelineUnit timeline_zoom_unit(TimelineZoom zoom)
{
    return zooms[zoom].unit;
}

/* ---- Which days a zoom shows ---- */

/* 0: it is none. */
static int period_months(Span period)
{
    return period.first == 0 ? 0 : day_month_index(period.last) - day_month_index(period.first) + 1;
}

/* A plan of a year and a month is seen whole. */
static bool has_thirteen(Span period)
{
    return period_months(period) == PLAN_MONTHS_MAX;
}

static Day first_of_month(int month)
{
    return in_calendar(month_span(month < DATE_MONTHS_PER_YEAR ? DATE_MONTHS_PER_YEAR : month).first);
}

Day timeline_first_for(TimelineZoom zoom, Day around, Span period)
{
    const ZoomRow *row = &zooms[zoom];
    int month = day_month_index(in_calendar(around));
    int begin = period.first != 0 ? day_month_index(period.first) : 0;
    int n_in = month - begin;
    bool is_thirteenth = zoom == ZOOM_YEAR && n_in == PLAN_MONTHS_MAX - 1 && has_thirteen(period);
    int first = is_thirteenth ? begin : begin + floor_div(n_in, row->n_months) * row->n_months;
    Day day = first_of_month(first);
    return row->unit == TIMELINE_BY_WEEK ? in_calendar(day - day_weekday(day) + 1) : day;
}

int timeline_units(TimelineZoom zoom, Day first, Span period)
{
    Span days = month_span(day_month_index(in_calendar(first)));
    switch (zooms[zoom].unit) {
    case TIMELINE_BY_WEEK:
        return WEEKS_PER_QUARTER;
    case TIMELINE_BY_DAY:
        return days.last - days.first + 1;
    case TIMELINE_BY_MONTH:
    case TIMELINE_UNIT_COUNT:
        break;
    }
    return zoom == ZOOM_YEAR && has_thirteen(period) ? PLAN_MONTHS_MAX : zooms[zoom].n_months;
}

Day timeline_step(TimelineZoom zoom, Day first, int n)
{
    enum { MOST_STEPS = 1 << 20 }; /* more than the calendar has */
    Day from = in_calendar(first);
    n = n < -MOST_STEPS ? -MOST_STEPS : n > MOST_STEPS ? MOST_STEPS : n;
    if (zooms[zoom].unit != TIMELINE_BY_MONTH) {
        Day to = from + n * DATE_DAYS_PER_WEEK;
        return to < 1 || to > calendar_end() ? from : to;
    }
    int month = day_month_index(from) + n;
    bool is_in = month >= DATE_MONTHS_PER_YEAR && month <= day_month_index(calendar_end());
    return is_in ? first_of_month(month) : first_of_month(day_month_index(from));
}

/* ---- Columns ---- */

int timeline_unit(TimelineUnit unit, Day day)
{
    day = in_calendar(day);
    switch (unit) {
    case TIMELINE_BY_MONTH:
        return day_month_index(day);
    case TIMELINE_BY_WEEK:
        return (day - 1) / DATE_DAYS_PER_WEEK; /* 0001-01-01 is a Monday */
    case TIMELINE_BY_DAY:
    case TIMELINE_UNIT_COUNT:
        break;
    }
    return day;
}

TimelineScale timeline_scale(TimelineUnit unit, Day first, int n_wanted, int n_cols)
{
    int n = n_wanted > 0 ? n_wanted : 1;
    int cols = n_cols / n > least_cols[unit] ? n_cols / n : least_cols[unit];
    int n_fit = n_cols / cols;
    return (TimelineScale){ unit, timeline_unit(unit, first), n_fit < 1 ? 1 : n_fit < n ? n_fit : n, cols };
}

Span timeline_unit_days(const TimelineScale *scale, int i)
{
    int number = scale->first_unit + i;
    Span days = { number, number };
    if (scale->unit == TIMELINE_BY_MONTH) {
        bool is_in = number >= DATE_MONTHS_PER_YEAR && number <= day_month_index(calendar_end());
        return is_in ? month_span(number) : (Span){ 0 };
    }
    if (scale->unit == TIMELINE_BY_WEEK) {
        days = (Span){ number * DATE_DAYS_PER_WEEK + 1, (number + 1) * DATE_DAYS_PER_WEEK };
    }
    days.last = days.last > calendar_end() ? calendar_end() : days.last;
    return days.first < 1 || days.first > days.last ? (Span){ 0 } : days;
}

Day timeline_first_with(const TimelineScale *scale, Day around)
{
    int unit = timeline_unit(scale->unit, around);
    int last = scale->first_unit + scale->n_units - 1;
    TimelineScale moved = *scale;
    moved.first_unit = unit < scale->first_unit ? unit : unit > last ? unit - scale->n_units + 1 : scale->first_unit;
    return in_calendar(timeline_unit_days(&moved, 0).first);
}

int timeline_cols(const TimelineScale *scale)
{
    return scale->n_units * scale->unit_cols;
}

/* Where in which of the units shown a day lies: n_before of its n_days come before it. */
typedef struct Place {
    int unit, n_before, n_days;
} Place;

static Place place_of(const TimelineScale *scale, Day day)
{
    Place place = { timeline_unit(scale->unit, day) - scale->first_unit, 0, 1 };
    if (scale->unit == TIMELINE_BY_MONTH) {
        Civil civil = day_civil(day);
        place.n_before = civil.day - 1;
        place.n_days = month_days(civil.year, civil.month);
    } else if (scale->unit == TIMELINE_BY_WEEK) {
        place.n_before = day_weekday(day) - 1;
        place.n_days = DATE_DAYS_PER_WEEK;
    }
    return place;
}

int timeline_col(const TimelineScale *scale, Day day)
{
    if (day < 1 || day > calendar_end()) {
        return day < 1 ? -1 : timeline_cols(scale);
    }
    Place place = place_of(scale, day);
    if (place.unit < 0 || place.unit >= scale->n_units) {
        return place.unit < 0 ? -1 : timeline_cols(scale);
    }
    return place.unit * scale->unit_cols + place.n_before * scale->unit_cols / place.n_days;
}

/* A day may be several columns wide. */
static int last_col(const TimelineScale *scale, Day day)
{
    int col = timeline_col(scale, day);
    if (col < 0 || col >= timeline_cols(scale)) {
        return col;
    }
    Place place = place_of(scale, day);
    int next = place.unit * scale->unit_cols + (place.n_before + 1) * scale->unit_cols / place.n_days;
    return next - 1 > col ? next - 1 : col;
}

/* ---- Cells ---- */

static void put(TimelineCell *cells, int n_cols, int col, TimelineCell cell)
{
    if (col >= 0 && col < n_cols) {
        cells[col] = cell;
    }
}

static void put_span(const TimelineScale *scale, Span days, TimelineCell cell, TimelineCell *cells)
{
    int n_cols = timeline_cols(scale);
    int from = days.first == 0 ? 0 : timeline_col(scale, days.first);
    int to = days.last == 0 ? n_cols - 1 : last_col(scale, days.last);
    from = from < 0 ? 0 : from;
    for (int col = from; col <= to && col < n_cols; col++) {
        cells[col] = cell;
    }
}

TimelineCell timeline_occurrence(const Event *event, size_t index, Day today)
{
    OccurrenceState now = event_occurrence_state(event, index, today);
    return (TimelineCell){ TIMELINE_OCCURRENCE, now.status, now.is_late, index };
}

/* What most wants to be seen, first. */
static int rank_of(const TimelineCell *cell)
{
    static const int ranks[] = { [STATUS_PLANNED] = 1, [STATUS_POSTPONED] = 2, [STATUS_IN_PROGRESS] = 3,
                                 [STATUS_DONE] = 4,    [STATUS_CONFIRMED] = 5, [STATUS_CANCELLED] = 6 };
    _Static_assert(COUNTOF(ranks) == STATUS_COUNT, "every status has a rank");
    return cell->is_late ? 0 : ranks[cell->status];
}

static void put_occurrences(const Event *event, const TimelineScale *scale, Day today, size_t chosen, TimelineCell *cells)
{
    int n_cols = timeline_cols(scale);
    Day first = timeline_unit_days(scale, 0).first;
    Day last = timeline_unit_days(scale, scale->n_units - 1).last;
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        Day day = event->due->occurrences[i].days.last;
        if (day < first || (last != 0 && day > last)) {
            continue; /* before its column is worked out: there may be thousands */
        }
        int col = timeline_col(scale, day);
        TimelineCell cell = timeline_occurrence(event, i, today);
        bool is_empty = col >= 0 && col < n_cols && cells[col].mark == TIMELINE_EMPTY;
        if (is_empty || (col >= 0 && col < n_cols && rank_of(&cell) < rank_of(&cells[col]))) {
            cells[col] = cell;
        }
    }
    if (chosen < event->due->n_occurrences) {
        int col = timeline_col(scale, event->due->occurrences[chosen].days.last);
        put(cells, n_cols, col, timeline_occurrence(event, chosen, today));
    }
}

bool timeline_row(const Plan *plan, const Event *event, const TimelineScale *scale, Day today, size_t chosen, TimelineCell *cells)
{
    int n_cols = timeline_cols(scale);
    const Due *due = event->due;
    TimelineCell cell = { TIMELINE_EMPTY, event_status(event), event_state(event, today).state == STATE_LATE, SIZE_MAX };
    for (int col = 0; col < n_cols; col++) {
        cells[col] = cell;
    }
    if (due->days.first == 0 && due->days.last == 0) {
        return false;
    }
    if (due->n_occurrences > 0) {
        put_occurrences(event, scale, today, chosen, cells);
    } else if (deadline_is_until(&due->deadline)) {
        cell.mark = TIMELINE_EDGE;
        put(cells, n_cols, last_col(scale, due->days.last), cell);
    } else if (due->days.first == due->days.last) {
        cell.mark = TIMELINE_DAY;
        put(cells, n_cols, timeline_col(scale, due->days.first), cell);
    } else {
        cell.mark = plan_fills(plan, due->days) ? TIMELINE_LINE : TIMELINE_BAR;
        put_span(scale, due->days, cell, cells);
    }
    return true;
}
