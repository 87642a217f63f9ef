#ifndef VEKHA_VIEW_TIMELINE_H
#define VEKHA_VIEW_TIMELINE_H

#include "vekha/core/timeline.h"
#include "vekha/view/canvas.h"

/** How Лента is drawn: labels at the left, months beside them. */
typedef struct TimelineLayout {
    int label_cols; /* glyph, number and title; the rule stands behind them */
    TimelineScale scale;
} TimelineLayout;

/** How many months are wanted side by side: the period's own if that is a year or a little more, else a year. */
int timeline_months(Span period);
/** Months from that one on in n_cols columns, each an equal whole number of them; as many as there is room for. */
TimelineLayout timeline_layout(int first_month, int n_months, int n_cols);
/** The names of the months, and a rule below today. */
void timeline_draw_head(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang, Day today);
void timeline_draw_section(Canvas *canvas, int y, const TimelineLayout *layout, const Section *section, Day today);
void timeline_draw_event(Canvas *canvas, int y, const TimelineLayout *layout, const Plan *plan, const Event *event, Day today,
                         bool is_cursor);

#endif
