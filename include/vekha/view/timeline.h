#ifndef VEKHA_VIEW_TIMELINE_H
#define VEKHA_VIEW_TIMELINE_H

#include "vekha/core/timeline.h"
#include "vekha/view/canvas.h"

/** How Лента is drawn: labels at the left, months, weeks or days beside them. */
typedef struct TimelineLayout {
    int label_cols;  /* glyph, number and title; the rule stands behind them */
    int n_head_rows; /* months: 1; weeks: 2; days: 2, or 3 where there is room for the weekday */
    TimelineScale scale;
} TimelineLayout;

/** From that day on in n_cols columns; as many of the units wanted as there is room for. */
TimelineLayout timeline_layout(TimelineZoom zoom, Day first, int n_wanted, int n_cols);
/** The names of months, days, weekdays in n_head_rows rows from y on; the unit of today stands out, days off stand back. */
void timeline_draw_head(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang, const Calendar *calendar, Day today);
void timeline_draw_section(Canvas *canvas, int y, const TimelineLayout *layout, const Section *section, Day today);
/**
 * @is_cursor  the event is the selected one
 * @chosen     the occurrence of it that is selected by itself: its cell is that of the cursor; SIZE_MAX: none
 */
void timeline_draw_event(Canvas *canvas, int y, const TimelineLayout *layout, const Plan *plan, const Event *event, Day today,
                         bool is_cursor, size_t chosen);

#endif
