#ifndef VEKHA_CORE_TIMELINE_H
#define VEKHA_CORE_TIMELINE_H

#include <stdint.h>

#include "vekha/core/plan.h"

/** What stands side by side. A week is Monday to Sunday. */
typedef enum TimelineUnit { TIMELINE_BY_MONTH, TIMELINE_BY_WEEK, TIMELINE_BY_DAY, TIMELINE_UNIT_COUNT } TimelineUnit;

/** How much of a plan is seen at once, from far to near. */
typedef enum TimelineZoom { ZOOM_YEAR, ZOOM_HALF, ZOOM_QUARTER, ZOOM_MONTH, ZOOM_COUNT } TimelineZoom;

/** Months, weeks or days side by side, each an equal whole number of columns. */
typedef struct TimelineScale {
    TimelineUnit unit;
    int first_unit; /* as timeline_unit() counts */
    int n_units;
    int unit_cols;
} TimelineScale;

typedef enum TimelineMark {
    TIMELINE_EMPTY,
    TIMELINE_BAR,        /* a column of a span */
    TIMELINE_DAY,        /* one day */
    TIMELINE_EDGE,       /* the last day of «до …» */
    TIMELINE_OCCURRENCE, /* one time of a recurring event, at its last day */
    TIMELINE_LINE,       /* a span of the whole plan: a bar would drown the rest */
    TIMELINE_MARK_COUNT
} TimelineMark;

typedef struct TimelineCell {
    TimelineMark mark;
    Status status; /* of the event, or of the occurrence */
    bool is_late;
    size_t occurrence; /* the one that is shown: index in the event's due; SIZE_MAX: none */
} TimelineCell;

TimelineUnit timeline_zoom_unit(TimelineZoom zoom);
/** The day that a zoom of plans of that period begins with, for `around` to be in it: the month, or the plan's own quarter, half
 * or year. */
Day timeline_first_for(TimelineZoom zoom, Day around, Span period);
/** How many units the zoom is to show from that day on: 28–31 days, 14 weeks, 6 months, or the plan's 12 or 13. */
int timeline_units(TimelineZoom zoom, Day first, Span period);
/** The first day after n scroll steps: of a month, or of a week where weeks or days stand side by side. */
Day timeline_step(TimelineZoom zoom, Day first, int n);

/** The number of the unit that the day is in, one more for each that follows. A day out of the calendar counts as its end. */
int timeline_unit(TimelineUnit unit, Day day);
/** From the unit with that day on as many of those wanted as there is room for, as wide as they can be; at least one. */
TimelineScale timeline_scale(TimelineUnit unit, Day first, int n_wanted, int n_cols);
/** The days of the i-th unit shown; 0, 0 when it is not in the calendar. */
Span timeline_unit_days(const TimelineScale *scale, int i);
/** Where few units fit, the day may be behind the last: the first day of a scale of that size, moved no more than it takes. */
Day timeline_first_with(const TimelineScale *scale, Day around);
int timeline_cols(const TimelineScale *scale);
/** The first column of a day; below 0 or past the last column when it is outside. Any number is a day here. */
int timeline_col(const TimelineScale *scale, Day day);

/** How one occurrence of the event stands, wherever it is. */
TimelineCell timeline_occurrence(const Event *event, size_t occurrence, Day today);
/**
 * Fills timeline_cols() cells; false if the event has no dates: then its phrase goes there. Of several occurrences in one column
 * the worst is shown: late, then planned, postponed, in progress, done, confirmed, cancelled; of equals the earliest. The chosen
 * one (SIZE_MAX: none) is shown in any case. Needs plan_resolve().
 */
bool timeline_row(const Plan *plan, const Event *event, const TimelineScale *scale, Day today, size_t chosen,
                  TimelineCell *cells);

#endif
