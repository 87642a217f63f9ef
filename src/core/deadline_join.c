#include "core/deadline_place_priv.h"

/* Clauses that are one, that say it better, or that take the year, the «до» or the time of their neighbours. */

/* «до 25-го»: a day of every month, where no neighbour has named one. */
static void make_days_of_month(Phrase *phrase)
{
    for (int i = 0; i < phrase->n; i++) {
        Clause *clause = &phrase->clauses[i];
        Moment *moment = &clause->from;
        bool is_bound = clause->mode == MODE_UNTIL || clause->mode == MODE_UNTIL_DISPUTED || clause->mode == MODE_BY;
        if (clause->kind == CLAUSE_SPAN && moment->unit == UNIT_NUMBER && moment->is_suffixed && is_bound &&
            moment->number <= MAX_DAY) {
            *moment = (Moment){ .unit = UNIT_MONTH, .part = PART_DAY, .part_n = (int8_t)moment->number };
        }
    }
}

/* «до 15 числа (октябрь)» */
static void take_month_behind(Phrase *phrase)
{
    Moment *day = &phrase->clauses[0].from;
    const Clause *month = &phrase->clauses[1];
    bool are_two = phrase->n == 2 && phrase->clauses[0].kind == CLAUSE_SPAN && month->kind == CLAUSE_SPAN;
    bool is_day_of_any = day->unit == UNIT_MONTH && day->n == 0 && day->part == PART_DAY && !day->is_every;
    if (are_two && is_day_of_any && !month->is_range && month->mode == MODE_IN && take_month(day, &month->from)) {
        phrase->n = 1;
    }
}

/* «не ранее 1 октября и не позднее 15 октября»: both ends of one span. */
static void join_bounds(Phrase *phrase)
{
    Clause *from = &phrase->clauses[0];
    const Clause *to = &phrase->clauses[1];
    bool are_two = phrase->n == 2 && from->kind == CLAUSE_SPAN && to->kind == CLAUSE_SPAN && !from->is_range && !to->is_range;
    bool are_dates = are_two && (from->from.unit == UNIT_DAY || is_bare_month(&from->from)) &&
                     (to->from.unit == UNIT_DAY || is_bare_month(&to->from));
    bool is_until = to->mode == MODE_UNTIL || to->mode == MODE_UNTIL_DISPUTED;
    if (are_dates && from->mode == MODE_FROM && is_until && to->joint <= JOINT_AND) {
        from->to = to->from;
        from->is_range = true;
        from->mode = MODE_IN;
        phrase->n = 1;
    }
}

static bool has_year(const Clause *clause)
{
    return clause->from.year != 0 || (clause->is_range && clause->to.year != 0);
}

static bool takes_year(const Clause *clause)
{
    return clause->kind == CLAUSE_SPAN && !has_year(clause) && clause->from.unit != UNIT_WEEKDAY &&
           clause->from.unit != UNIT_TIME && !moment_recurs(&clause->from);
}

/* A year at the end of a list holds for the members before it that have none. */
static void lend_years(Phrase *phrase)
{
    const Moment *carrier = NULL;
    for (int i = phrase->n - 1; i >= 0; i--) {
        Clause *clause = &phrase->clauses[i];
        if (clause->kind == CLAUSE_RECURS || clause->kind == CLAUSE_PLAN) {
            carrier = NULL;
        } else if (carrier != NULL && takes_year(clause)) {
            Moment *end = clause->is_range ? &clause->to : &clause->from;
            end->year = carrier->year;
            end->year2 = carrier->is_school ? carrier->year2 : 0;
            end->is_school = end->is_school || carrier->is_school;
            end->year_inherited = true;
        } else if (clause->kind == CLAUSE_SPAN && has_year(clause) && clause->from.unit != UNIT_YEAR &&
                   clause->from.unit != UNIT_SCHOOL_YEAR) {
            carrier = clause->from.year != 0 ? &clause->from : &clause->to;
        }
    }
}

/* «осенние – с 31 октября по 6 ноября», «постоянно (2013-2015 гг.)»: the dates say it better. */
static bool is_outdone(const Clause *clause, const Clause *next)
{
    bool is_name = clause->kind == CLAUSE_SPAN && !clause->is_range &&
                   (clause->from.unit == UNIT_VACATION || is_nameless_season(&clause->from));
    bool is_dated = next->kind == CLAUSE_SPAN && next->is_range && next->from.unit == UNIT_DAY;
    return (is_name && is_dated) ||
           (clause->kind == CLAUSE_PLAN && clause->gives_way && (next->kind == CLAUSE_SPAN || next->kind == CLAUSE_PLAN));
}

/* «ноябрь (весь месяц)», «с 1 октября постоянно» */
static bool is_said_before(const Clause *clause, const Clause *before)
{
    bool is_month = clause->is_campaign && is_bare_month(&before->from);
    bool is_since = clause->gives_way && before->mode == MODE_FROM;
    return clause->kind == CLAUSE_PLAN && before->kind == CLAUSE_SPAN && (is_month || is_since);
}

static void drop_outdone(Phrase *phrase)
{
    int kept = 0;
    for (int i = 0; i < phrase->n; i++) {
        bool is_said = phrase->clauses[i].is_given || (i > 0 && is_said_before(&phrase->clauses[i], &phrase->clauses[i - 1])) ||
                       (i + 1 < phrase->n && is_outdone(&phrase->clauses[i], &phrase->clauses[i + 1]));
        if (!is_said) {
            phrase->clauses[kept++] = phrase->clauses[i];
        } else if (is_any_vacation(&phrase->clauses[i].from) && !phrase->clauses[i].from.is_label) {
            phrase->has_text = true; /* «каникулы 10–15 октября»: are they these days? */
        }
    }
    phrase->n = kept;
}

/* «15 октября до 12:00» */
static void join_times(Phrase *phrase)
{
    int kept = 0;
    for (int i = 0; i < phrase->n; i++) {
        const Clause *clause = &phrase->clauses[i];
        Clause *before = kept > 0 ? &phrase->clauses[kept - 1] : NULL;
        bool is_limit = clause->kind == CLAUSE_SPAN && clause->from.unit == UNIT_TIME && !clause->is_range &&
                        clause->from.time2 == 0 && clause->mode != MODE_IN;
        bool is_day = before != NULL && before->kind == CLAUSE_SPAN && before->from.unit == UNIT_DAY && before->from.time == 0 &&
                      !before->is_range;
        if (is_limit && is_day && (before->mode == MODE_IN || before->mode == clause->mode)) {
            before->mode = clause->mode;
            before->from.time = clause->from.time;
        } else {
            phrase->clauses[kept++] = *clause;
        }
    }
    phrase->n = kept;
}

static bool is_day(const Moment *moment)
{
    return moment->unit == UNIT_DAY || moment->part == PART_DAY;
}

/* Nothing but single days, of which the first alone may be a bound: «до 20.10, 20.01, 20.04». */
static bool are_only_days(const Phrase *phrase)
{
    for (int i = 0; i < phrase->n; i++) {
        const Clause *clause = &phrase->clauses[i];
        if (clause->kind != CLAUSE_SPAN || clause->is_range || !is_day(&clause->from) || (i > 0 && clause->joint == JOINT_THEN)) {
            return false;
        }
    }
    return !phrase->has_text;
}

/* «до 20 сентября и 20 января»: one «до» for both days. */
static void lend_modes(Phrase *phrase)
{
    for (int i = 1; i < phrase->n; i++) {
        const Clause *before = &phrase->clauses[i - 1];
        Clause *clause = &phrase->clauses[i];
        bool are_days = before->kind == CLAUSE_SPAN && clause->kind == CLAUSE_SPAN && is_day(&before->from) &&
                        is_day(&clause->from) && !clause->is_range;
        bool is_until = before->mode == MODE_UNTIL || before->mode == MODE_UNTIL_DISPUTED || before->mode == MODE_BY;
        if ((clause->joint == JOINT_AND || are_only_days(phrase)) && are_days && is_until && clause->mode == MODE_IN) {
            clause->mode = before->mode;
        }
    }
}

static void note_regular(Phrase *phrase)
{
    for (int i = 0; i < phrase->n; i++) {
        if (phrase->clauses[i].kind == CLAUSE_RECURS) {
            return;
        }
    }
    phrase->has_text = true;
}

/* «еженедельно, по чётным неделям»: which weeks, says more than that it is weekly. */
static void drop_plain_weeks(Phrase *phrase)
{
    bool has_parity = false;
    int kept = 0;
    for (int i = 0; i < phrase->n; i++) {
        has_parity = has_parity || (phrase->clauses[i].kind == CLAUSE_RECURS && phrase->clauses[i].parity != 0);
    }
    for (int i = 0; i < phrase->n && has_parity; i++) {
        const Clause *clause = &phrase->clauses[i];
        bool is_plain = clause->kind == CLAUSE_RECURS && clause->frame == 'W' && clause->parity == 0 && clause->frame_n <= 2 &&
                        clause->min == 0 && clause->max == 0;
        if (!is_plain) {
            phrase->clauses[kept++] = phrase->clauses[i];
        }
    }
    phrase->n = has_parity ? kept : phrase->n;
}

void deadline_join(Phrase *phrase)
{
    if (phrase->is_regular) {
        note_regular(phrase);
    }
    if (phrase->n == 0) {
        return;
    }
    drop_plain_weeks(phrase);
    join_times(phrase);
    phrase_lend(phrase);
    make_days_of_month(phrase);
    take_month_behind(phrase);
    join_bounds(phrase);
    lend_modes(phrase);
    drop_outdone(phrase);
    lend_years(phrase);
}
