#include "vekha/core/timeline.h"

TimelineScale timeline_scale(int first_month, int month_cols, int n_cols)
{
    int n_months = n_cols / month_cols;
    return (TimelineScale){ first_month, n_months > 0 ? n_months : 1, month_cols };
}

int timeline_cols(const TimelineScale *scale)
{
    return scale->n_months * scale->month_cols;
}

int timeline_col(const TimelineScale *scale, Day day)
{
    Civil civil = day_civil(day);
    int month = civil.year * DATE_MONTHS_PER_YEAR + civil.month - 1 - scale->first_month;
    return month * scale->month_cols + (civil.day - 1) * scale->month_cols / month_days(civil.year, civil.month);
}

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
    int to = days.last == 0 ? n_cols - 1 : timeline_col(scale, days.last);
    from = from < 0 ? 0 : from;
    for (int col = from; col <= to && col < n_cols; col++) {
        cells[col] = cell;
    }
}

static void put_occurrences(const Event *event, const TimelineScale *scale, Day today, TimelineCell *cells)
{
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        const Occurrence *occurrence = &event->due->occurrences[i];
        const Mark *mark = event_mark(event, occurrence);
        Status status = mark != NULL ? mark->status : STATUS_PLANNED;
        bool is_closed = status_info(status)->is_closed || status_info(event->status)->is_closed;
        bool is_late = !is_closed && occurrence->is_required && occurrence->days.last < today;
        TimelineCell cell = { TIMELINE_OCCURRENCE, status, is_late };
        if (mark == NULL && status_info(event->status)->is_closed) {
            cell.status = event->status;
        }
        put(cells, timeline_cols(scale), timeline_col(scale, occurrence->days.last), cell);
    }
}

bool timeline_row(const Plan *plan, const Event *event, const TimelineScale *scale, Day today, TimelineCell *cells)
{
    int n_cols = timeline_cols(scale);
    const Due *due = event->due;
    TimelineCell cell = { TIMELINE_EMPTY, event_status(event), event_state(event, today).state == STATE_LATE };
    for (int col = 0; col < n_cols; col++) {
        cells[col] = cell;
    }
    if (due->days.first == 0 && due->days.last == 0) {
        return false;
    }
    if (due->n_occurrences > 0) {
        put_occurrences(event, scale, today, cells);
    } else if (deadline_is_until(&due->deadline)) {
        cell.mark = TIMELINE_EDGE;
        put(cells, n_cols, timeline_col(scale, due->days.last), cell);
    } else if (due->days.first == due->days.last) {
        cell.mark = TIMELINE_DAY;
        put(cells, n_cols, timeline_col(scale, due->days.first), cell);
    } else {
        bool is_whole = due->days.first <= plan->period.first && due->days.last >= plan->period.last;
        cell.mark = is_whole ? TIMELINE_LINE : TIMELINE_BAR;
        put_span(scale, due->days, cell, cells);
    }
    return true;
}
