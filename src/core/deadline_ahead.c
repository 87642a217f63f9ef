#include "core/deadline_parse_priv.h"
#include "core/deadline_resolve_priv.h"

/*
 * So long before or after a day that is known: «за 10 дней до 1 сентября», «не позднее чем за 5 рабочих дней до конца I
 * четверти», «в течение 10 дней после 15 мая».
 */

static bool is_known_day(const Moment *moment)
{
    bool is_end = moment->part == PART_START || moment->part == PART_END;
    bool is_named = moment->n != 0 && moment->unit != UNIT_NUMBER && moment->unit != UNIT_NONE;
    bool is_school_year = moment->unit == UNIT_SCHOOL_YEAR;
    if (moment_recurs(moment) || moment->is_every || moment->time != 0) {
        return false;
    }
    if (moment->unit == UNIT_DAY) {
        return moment->day != 0 && moment->part == PART_WHOLE;
    }
    return (is_end && (is_named || is_school_year)) || (is_named && moment->part == PART_WHOLE);
}

bool parse_ahead_of_day(Cursor *cursor, int n, char unit, ClauseMode mode, Clause *out)
{
    Cursor saved = *cursor;
    Moment moment;
    bool leads = accept_word(cursor, WORD_UNTIL) || accept_word(cursor, WORD_BEFORE);
    bool is_counted = unit == 'D' || unit == 'W' || unit == 'M' || unit == 'B';
    if (!leads || !is_counted || !parse_known_moment(cursor, &moment) || !is_known_day(&moment)) {
        *cursor = saved;
        return false;
    }
    *out = (Clause){ .kind = CLAUSE_AHEAD, .mode = (uint8_t)mode, .from = moment, .ahead_n = (int16_t)n, .ahead_unit = unit };
    return true;
}

bool parse_behind_day(Cursor *cursor, int n, char unit, ClauseMode mode, Clause *out)
{
    Cursor saved = *cursor;
    Moment moment;
    bool leads = accept_word(cursor, WORD_AFTER) || accept_word(cursor, WORD_FROM);
    bool is_counted = unit == 'D' || unit == 'W' || unit == 'M' || unit == 'B';
    bool is_day = leads && is_counted && parse_known_moment(cursor, &moment) && is_known_day(&moment);
    bool goes_on = is_word(cursor, 0, WORD_TO) || is_word(cursor, 0, WORD_UNTIL) || is_kind(cursor, 0, TOKEN_DASH);
    if (!is_day || goes_on) {
        *cursor = saved;
        return false;
    }
    *out = (Clause){ .kind = CLAUSE_AHEAD, .mode = (uint8_t)mode, .from = moment, .ahead_n = (int16_t)-n, .ahead_unit = unit };
    return true;
}

/* Or after, if n is negative. */
static Day months_before(Day day, int n)
{
    Civil civil = day_civil(day);
    Span month = month_span(day_month_index(day) - n);
    Day same = month.first + civil.day - 1;
    return month.first == 0 ? 0 : same < month.last ? same : month.last;
}

static Day days_before(const Clause *clause, int n, Day day, const DeadlineContext *context)
{
    switch (clause->ahead_unit) {
    case 'M':
        return months_before(day, n);
    case 'B':
        for (int i = 0; i < (n < 0 ? -n : n) && day > 0; i++) {
            day = calendar_next_working(context_calendar(context), day, n < 0 ? 1 : -1);
        }
        return day;
    default:
        day -= clause->ahead_unit == 'W' ? n * DATE_DAYS_PER_WEEK : n;
        return day > 0 && day_civil(day).year <= DATE_MAX_YEAR ? day : 0;
    }
}

/* With the named day in that year; 0 if there is none. */
static Day day_in_year(const Clause *clause, int year, const DeadlineContext *context, bool *is_valid, Day *start)
{
    Placed placed;
    if (!moment_place(&clause->from, year, context, &placed)) {
        return 0;
    }
    *is_valid = placed.is_valid_day;
    bool is_behind = clause->ahead_n < 0;
    bool is_last = clause->from.part == PART_END || (is_behind && clause->from.part == PART_WHOLE);
    Day day = clause->from.unit == UNIT_DAY ? placed.days.first : is_last ? placed.whole.last : placed.whole.first;
    *start = day;
    return days_before(clause, clause->ahead_n, day, context);
}

static int distance(Day day, Span period)
{
    return day < period.first ? period.first - day : day > period.last ? day - period.last : 0;
}

/* In the year that is written, or in that which brings it into the plan, or nearest to it. */
bool resolve_ahead(Resolver *resolver, const Clause *clause, DeadlineItem *out)
{
    enum { MAX_YEARS_TRIED = 10 };
    const DeadlineContext *context = resolver->context;
    Span period = context->period;
    int year = moment_own_year(&clause->from, context);
    bool is_valid = true;
    int n_in = 0;
    Day start = 0; /* the day that is named */
    Day day = year != 0 ? day_in_year(clause, year, context, &is_valid, &start) : 0;
    if (year == 0 && resolver_has_period(resolver)) {
        int first = day_civil(period.first).year - 1;
        for (int i = 0; i < MAX_YEARS_TRIED && first + i <= day_civil(period.last).year + 1; i++) {
            bool is_valid_here = true;
            Day start_here = 0;
            Day here = day_in_year(clause, first + i, context, &is_valid_here, &start_here);
            n_in += here != 0 && distance(here, period) == 0 ? 1 : 0;
            if (here != 0 && (day == 0 || distance(here, period) < distance(day, period))) {
                day = here;
                start = start_here;
                is_valid = is_valid_here;
            }
        }
        resolver->phrase->is_year_inferred = true;
    }
    if (day == 0) {
        return false;
    }
    if (n_in > 1) {
        warn(&resolver->phrase->warnings, DEADLINE_AMBIGUOUS);
    }
    if (!is_valid) {
        warn(&resolver->phrase->warnings, DEADLINE_INVALID_DAY);
    }
    *out = (DeadlineItem){ .from = day_bound(day) };
    if (clause->ahead_last != 0) {
        out->to = day_bound(days_before(clause, clause->ahead_last, start, context));
    } else if (clause->is_within) {
        *out = (DeadlineItem){ .from = day_bound(start), .to = day_bound(day) };
    } else if (clause->mode == MODE_UNTIL) {
        *out = (DeadlineItem){ .from = open_bound(), .to = day_bound(day) };
    } else if (clause->mode == MODE_FROM) {
        out->to = open_bound();
    }
    return true;
}
