#include "cli/cli_priv.h"

#include "vekha/core/deadline.h"

/* A month as --month names it: «октябрь», «окт. 2022», by the words that deadlines know. */

static Span year_of(Day day)
{
    int year = day_civil(day).year;
    return (Span){ day_of(year, 1, 1), day_of(year, DATE_MONTHS_PER_YEAR, 31) };
}

/* A whole month and nothing else, without a doubt which word that is. */
static bool read_month(Str words, Span period, Span *out, bool *is_year_inferred)
{
    const DeadlineWarnings harmless = 1U << DEADLINE_OUTSIDE_PERIOD | 1U << DEADLINE_TWO_DIGIT_YEAR | 1U << DEADLINE_AMBIGUOUS;
    Arena arena = { 0 };
    StrBuf notation = { 0 };
    Deadline deadline;
    deadline_read(words, &(DeadlineContext){ .period = period }, &arena, &deadline);
    deadline_add_canonical(&notation, &deadline);
    *is_year_inferred = deadline.is_year_inferred;
    bool ok = !deadline.has_text && (deadline.warnings & ~harmless) == 0 && month_parse(strbuf_str(&notation), out);
    strbuf_done(&notation);
    arena_done(&arena);
    return ok;
}

bool month_parse(Str text, Span *out)
{
    return text.n_bytes == STR("2022-03").n_bytes && span_parse(text, out);
}

bool month_said(Str words, Span period, Day today, Span *out)
{
    enum { YEAR_DAYS = 366 };
    bool is_year_inferred;
    Span this_year = year_of(today);
    if (!read_month(words, period.first != 0 ? period : this_year, out, &is_year_inferred)) {
        return false;
    }
    bool has_years = period.first != 0 && period.last - period.first >= YEAR_DAYS;
    bool is_among = this_year.first <= period.last && this_year.last >= period.first;
    return !is_year_inferred || !has_years || !is_among || read_month(words, this_year, out, &is_year_inferred);
}
