#include "core/deadline_place_priv.h"

/* Frames of a recurrence: the weeks, months, quarters … of its span. */

static int year_of(Day day)
{
    return day_civil(day).year;
}

/* The day so many months on, or the last one of a shorter month. */
static Day add_months(Day day, int n)
{
    Civil civil = day_civil(day);
    Span month = month_span(day_month_index(day) + n);
    Day last = month.last - month.first + 1 < civil.day ? month.last : month.first + civil.day - 1;
    return month.first == 0 ? 0 : last;
}

/* The first of the windows of a school calendar that ends on or after the day. */
static Span window_from(const MonthDays *windows, int n, Day day)
{
    Span best = { 0 };
    for (int year = year_of(day) - 1; year <= year_of(day) + 1; year++) {
        for (int i = 0; i < n; i++) {
            Span days = calendar_window(windows[i], year);
            if (days.first != 0 && days.last >= day && (best.first == 0 || days.first < best.first)) {
                best = days;
            }
        }
    }
    return best;
}

static Span months_from(Day day, int n_months)
{
    int index = day_month_index(day) / n_months * n_months;
    return (Span){ month_span(index).first, month_span(index + n_months - 1).last };
}

static Span half_from(Day day, const DeadlineContext *context)
{
    if (calendar_is_school_year(context->period)) {
        return window_from(context_calendar(context)->halves, CALENDAR_HALVES, day);
    }
    return months_from(day, 6);
}

/* Frames without a place in the calendar are counted from the first day of the span; weeks from its Monday. */
static Span counted_from(const Recurrence *recur, Day start, int k)
{
    int n = recur->frame_n;
    switch (recur->frame) {
    case 'D':
        return (Span){ start + k * n, start + (k + 1) * n - 1 };
    case 'W': {
        Day monday = start - (day_weekday(start) - 1);
        return (Span){ monday + k * n * DATE_DAYS_PER_WEEK, monday + (k + 1) * n * DATE_DAYS_PER_WEEK - 1 };
    }
    default: {
        int months = recur->frame == 'Y' ? n * DATE_MONTHS_PER_YEAR : n;
        Day next = add_months(start, (k + 1) * months);
        return (Span){ add_months(start, k * months), next == 0 ? 0 : next - 1 };
    }
    }
}

Span frame_at(const Recurrence *recur, Span span, const DeadlineContext *context, int k, Day from)
{
    const Calendar *calendar = context_calendar(context);
    bool is_one = recur->frame_n == 1;
    if (recur->frame == 'M' && (is_one || recur->frame_n == 3)) {
        return months_from(from, recur->frame_n);
    }
    if (recur->frame == 'M' && recur->frame_n == 6) {
        return half_from(from, context);
    }
    if (recur->frame == 'Q') {
        return window_from(calendar->quarters, CALENDAR_QUARTERS, from);
    }
    if (recur->frame == 'T') {
        return window_from(calendar->trimesters, CALENDAR_TRIMESTERS, from);
    }
    return counted_from(recur, span.first, k);
}

bool frame_counts(Span frame, Span span)
{
    Day first = frame.first > span.first ? frame.first : span.first;
    Day last = frame.last < span.last ? frame.last : span.last;
    return 2 * (last - first + 1) >= frame.last - frame.first + 1;
}
