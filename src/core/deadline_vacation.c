#include "core/deadline_parse_priv.h"
#include "core/deadline_place_priv.h"

/* «каникулы» without a season: all of them that lie in the plan, as its calendar has them. */

enum { MAX_YEARS = 10 };

bool is_any_vacation(const Moment *moment)
{
    return moment->unit == UNIT_VACATION && moment->n == 0;
}

int vacation_ahead(const Cursor *cursor, int ahead)
{
    int n = is_word(cursor, ahead, WORD_UNKNOWN) && str_starts(peek(cursor, ahead)->text, STR("школьн")) ? 1 : 0;
    if (!is_word(cursor, ahead + n, WORD_VACATION)) {
        return 0;
    }
    bool is_adjective = peek(cursor, ahead + n)->value == VACATION_ADJECTIVE;
    bool has_noun = is_word(cursor, ahead + n + 1, WORD_PERIOD) || is_unit(cursor, ahead + n + 1, UNIT_DAY);
    return is_adjective ? has_noun ? n + 2 : 0 : n + 1;
}

bool parse_any_vacation(Cursor *cursor, Moment *out)
{
    int n = vacation_ahead(cursor, 0);
    if (n == 0) {
        return false;
    }
    cursor->at += n;
    out->unit = UNIT_VACATION;
    out->is_label = is_kind(cursor, 0, TOKEN_COLON) || is_kind(cursor, 0, TOKEN_OPEN) || is_kind(cursor, 0, TOKEN_DASH);
    parse_years_of_unit(cursor, out);
    return true;
}

/* The years in which they may begin: those of the phrase, or of the plan; false if nothing tells, or too many do. */
static bool find_years(const Moment *moment, Span period, int *first, int *last)
{
    *first = moment->year != 0 ? moment->year : day_civil(period.first).year - 1;
    *last = moment->year2 != 0 ? moment->year2 : moment->year != 0 ? moment->year : day_civil(period.last).year;
    return (moment->year != 0 || period.first != 0) && *last - *first <= MAX_YEARS;
}

/* One vacation of that year: does it lie in the plan, by half at least, or in the years that the phrase names? */
static bool place_one(const Moment *moment, int season, int year, const DeadlineContext *context, Placed *out)
{
    Placed whole;
    Moment named = *moment;
    named.n = (int8_t)(season + 1);
    named.part = PART_WHOLE;
    bool counts = moment_place(&named, year, context, &whole) &&
                  (moment->year != 0 ? moment_own_year(&named, context) == year : frame_counts(whole.days, context->period));
    named.part = moment->part;
    return counts && moment_place(&named, year, context, out) && out->is_valid_day;
}

int vacation_spans(const Moment *moment, const DeadlineContext *context, DeadlineItem *out, int n)
{
    int first;
    int last;
    int n_found = 0;
    if (!find_years(moment, context->period, &first, &last)) {
        return 0;
    }
    for (int year = first; year <= last; year++) {
        for (int season = 0; season < SEASON_COUNT && n_found < n; season++) {
            Placed placed;
            if (place_one(moment, season, year, context, &placed)) {
                out[n_found++] = (DeadlineItem){ .from = placed.from, .to = placed.to };
            }
        }
    }
    return n_found;
}

int vacation_moments(const Moment *moment, const DeadlineContext *context, Moment *out)
{
    int first;
    int last;
    int n_found = 0;
    bool is_known = find_years(moment, context->period, &first, &last);
    for (int season = 0; season < SEASON_COUNT && is_known; season++) {
        bool is_in = false;
        for (int year = first; year <= last && !is_in; year++) {
            Placed placed;
            is_in = place_one(moment, season, year, context, &placed);
        }
        if (is_in) {
            out[n_found] = *moment;
            out[n_found++].n = (int8_t)(season + 1);
        }
    }
    return n_found;
}
