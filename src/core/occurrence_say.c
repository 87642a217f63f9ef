#include "core/deadline_say_priv.h"
#include "vekha/core/occurrence.h"

/* What an occurrence is called by people. */

static Bound named_bound(Day day, bool is_month, bool is_year)
{
    return (Bound){ .kind = is_year ? BOUND_YEAR : is_month ? BOUND_MONTH : BOUND_DAY, .value = day };
}

static bool is_until(const Occurrence *occurrence)
{
    bool is_day = occurrence->is_point && !occurrence->from_is_month && !occurrence->is_year;
    return occurrence->at.first == 0 || (is_day && occurrence->days.first < occurrence->at.first);
}

/* «до 5 октября 2022 г.», «октябрь 2022 г.», «3–9 октября 2022 г.» */
static void add_days(StrBuf *out, Lang lang, const Occurrence *occurrence)
{
    Bound from = named_bound(occurrence->at.first, occurrence->from_is_month, occurrence->is_year);
    Bound to = named_bound(occurrence->at.last, occurrence->to_is_month, occurrence->is_year);
    if (is_until(occurrence)) {
        StrBuf date = { 0 };
        say_date_of(&date, lang, &to);
        text_put(out, lang, T_SAY_UNTIL_DATE, TEXT_STR(strbuf_str(&date)));
        strbuf_done(&date);
    } else {
        say_dates(out, lang, &from, occurrence->is_point ? &from : &to);
    }
}

/* «в октябре 2022 г.», «в 2023 г.»; false where a frame has no such name. */
static bool add_within(StrBuf *out, Lang lang, const Occurrence *occurrence)
{
    Civil first = day_civil(occurrence->at.first);
    bool is_month = occurrence->is_point && occurrence->from_is_month && !occurrence->is_year;
    if (!is_month && !occurrence->is_year) {
        return false;
    }
    if (is_month) {
        strbuf_add(out, say_nth(lang, T_SAY_MONTHS_IN, first.month));
        strbuf_add_char(out, ' ');
    }
    text_put(out, lang, T_SAY_YEAR, TEXT_NUM(first.year));
    return true;
}

void occurrence_add_words(StrBuf *out, Lang lang, const Occurrence *occurrence, const DeadlineContext *context)
{
    StrBuf frame = { 0 };
    bool is_plan =
        occurrence->at.first != 0 && occurrence->at.first == context->period.first && occurrence->at.last == context->period.last;
    if (occurrence->index == 0) {
        add_days(out, lang, occurrence);
    } else if (add_within(&frame, lang, occurrence)) {
        text_put(out, lang, T_SAY_NTH_TIME_IN, TEXT_NUM(occurrence->index), TEXT_STR(strbuf_str(&frame)));
    } else if (is_plan) {
        text_put(out, lang, T_SAY_NTH_TIME_OF_PLAN, TEXT_NUM(occurrence->index));
    } else {
        add_days(&frame, lang, occurrence);
        text_put(out, lang, T_SAY_NTH_TIME, TEXT_NUM(occurrence->index), TEXT_STR(strbuf_str(&frame)));
    }
    strbuf_done(&frame);
}

void occurrence_add_name(StrBuf *out, Lang lang, Str at, const DeadlineContext *context)
{
    Arena arena = { 0 };
    Deadline named;
    if (deadline_parse_canonical(at, &arena, &named)) {
        deadline_add_words(out, lang, &named, context, (Str){ 0 });
    } else { /* one of several in a frame: "2022#2" */
        strbuf_add(out, at);
    }
    arena_done(&arena);
}
