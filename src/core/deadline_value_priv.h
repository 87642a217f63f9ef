#ifndef VEKHA_CORE_DEADLINE_VALUE_PRIV_H
#define VEKHA_CORE_DEADLINE_VALUE_PRIV_H

#include <stdint.h>

#include "vekha/core/deadline.h"

/* What is kept of a deadline: its items, which Deadline points to. They lie in the arena that deadline_read() was given. */

typedef enum BoundKind { BOUND_NONE, BOUND_OPEN, BOUND_YEAR, BOUND_MONTH, BOUND_DAY, BOUND_TIME, BOUND_EVENT } BoundKind;

/* One end of a span, in the precision in which it is written. Compared as memory, so it has no padding. */
typedef struct Bound {
    uint8_t kind;
    char unit;   /* BOUND_EVENT: D W M Y B H */
    int8_t sign; /* BOUND_EVENT: before or after it; 0 is the event itself */
    bool is_approx;
    int16_t time;   /* minutes + 1; 0 is none */
    int16_t unused; /* always 0: the place that the compiler would leave unset */
    int32_t value;  /* the first day of the year, month or day; BOUND_EVENT: how many units */
} Bound;
_Static_assert(sizeof(Bound) == 4 + 2 * sizeof(int16_t) + sizeof(int32_t), "no padding");

typedef enum SelectorKind {
    SEL_NONE,
    SEL_OPEN,
    SEL_MONTH,
    SEL_MONTH_DAY,
    SEL_DAY,
    SEL_DAY_FROM_END,
    SEL_WEEKDAY,
    SEL_TIME,
    SEL_START,
    SEL_MIDDLE,
    SEL_END
} SelectorKind;

enum { NTH_LAST = -1 };

typedef struct SelectorPoint {
    uint8_t kind;
    int8_t month, day; /* day: of the month, or of the week */
    int8_t nth;        /* of a weekday in its month; NTH_LAST */
    int16_t time;      /* minutes + 1 */
} SelectorPoint;

typedef struct Selector {
    SelectorPoint from, to; /* to is SEL_NONE: one point */
} Selector;

enum { MAX_SELECTORS = 16, MAX_COUNT = 9999, MAX_FRAME = 999 };

typedef struct Recurrence {
    int16_t min, max; /* a frame; 0, 0: not said; min = max: exactly; 0: open at that side */
    int16_t frame_n;
    char frame; /* D W M Y Q T */
    uint8_t n_selectors;
    const Selector *selectors;
} Recurrence;

typedef struct DeadlineItem {
    Bound from, to;          /* to is BOUND_NONE: one point */
    const Recurrence *recur; /* NULL: a span */
} DeadlineItem;

/* An end that is left open, and one day. */
Bound open_bound(void);
Bound day_bound(Day day);

/* The days that a bound covers; 0, 0 for what has none. */
Span bound_days(const Bound *bound);
/* From the first day of its from to the last of its end; 0 for what has none. */
Span item_span(const DeadlineItem *item);
/* The order of members as they are written: open starts first, then by first and last day. */
int item_order(const DeadlineItem *a, const DeadlineItem *b);
bool item_equal(const DeadlineItem *a, const DeadlineItem *b);
/* The plan's own period in the shortest exact form. */
void period_bounds(Span period, Bound *from, Bound *to);
const Calendar *context_calendar(const DeadlineContext *context);

#endif
