#ifndef VEKHA_CORE_TIMELINE_H
#define VEKHA_CORE_TIMELINE_H

#include "vekha/core/plan.h"

/** Months side by side, each an equal whole number of columns. */
typedef struct TimelineScale {
    int first_month; /* as day_month_index() counts */
    int n_months;
    int month_cols;
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
} TimelineCell;

/** The most months that fit into n_cols columns at that width, at least one. */
TimelineScale timeline_scale(int first_month, int month_cols, int n_cols);
int timeline_cols(const TimelineScale *scale);
/** The column of a day; below 0 or past the last column when it is outside. */
int timeline_col(const TimelineScale *scale, Day day);
/** Fills timeline_cols() cells; false if the event has no dates: then its phrase goes there. Needs plan_resolve(). */
bool timeline_row(const Plan *plan, const Event *event, const TimelineScale *scale, Day today, TimelineCell *cells);

#endif
