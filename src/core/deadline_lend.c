#include "core/deadline_phrase_priv.h"

/* What a neighbour says holds for the member that left it out: «1, 3 квартал», «5 и 8 мая 2023», «22.12 10.00, 12.00». */

static bool is_part_only(const Moment *moment)
{
    return moment->unit == UNIT_NONE && moment->part != PART_WHOLE;
}

static void take_part(Moment *moment, const Moment *from)
{
    moment->part = from->part;
    moment->part_n = from->part_n;
    moment->part_weekday = from->part_weekday;
}

/* A number takes the noun of its neighbour. */
static bool lend_noun(Moment *moment, const Moment *from)
{
    int number = moment->number;
    Moment made = *from;
    if (from->unit == UNIT_WEEKDAY || from->unit == UNIT_TIME) {
        return false; /* a number among weekdays or times is none: «1-я ср 2 и 2 ср 1» */
    }
    made.weekday = 0;
    made.is_every = made.is_every || moment->is_every;
    if (from->unit == UNIT_DAY) {
        made.day = (int8_t)number;
        made.year_inherited = made.is_lent = true;
    } else if (moment->part == PART_WHOLE && from->part >= PART_HALF && number != 0 && number <= part_count((Part)from->part)) {
        made.part_n = (int8_t)number;
    } else if (from->unit >= UNIT_QUARTER && from->unit <= UNIT_TRIMESTER && from->n != 0 && number >= 1 &&
               number <= unit_count((Unit)from->unit)) {
        made.n = (int8_t)number;
        if (moment->part != PART_WHOLE) {
            take_part(&made, moment);
        }
    } else if (from->unit == UNIT_MONTH && from->part == PART_WHOLE && from->year != 0 && number >= 1 &&
               number <= DATE_MONTHS_PER_YEAR) {
        made.n = (int8_t)number;
    } else {
        return false;
    }
    *moment = made;
    return true;
}

static bool has_parts(Unit unit)
{
    return (unit >= UNIT_MONTH && unit <= UNIT_YEAR) || unit == UNIT_SEASON || unit == UNIT_VACATION;
}

static void lend(Moment *moment, const Moment *from)
{
    if (moment->unit == UNIT_NUMBER) {
        (void)lend_noun(moment, from);
    } else if (is_part_only(moment) && has_parts((Unit)from->unit)) {
        Moment made = *from;
        take_part(&made, moment);
        *moment = made;
    } else if (is_nameless_season(moment) && (from->unit == UNIT_SEASON || from->unit == UNIT_VACATION) &&
               !is_nameless_season(from)) {
        moment->unit = from->unit;
        moment->part = PART_WHOLE;
        moment->year = moment->year == 0 ? from->year : moment->year;
    } else if (moment->unit == UNIT_WEEKDAY && from->unit == UNIT_WEEKDAY && moment->time == 0) {
        moment->time = from->time;
        moment->time2 = from->time2;
    }
}

/* «конец 1, 2, 3 четверти»: the part holds for all that share the noun. */
static void spread_parts(Phrase *phrase)
{
    for (int i = 1; i < phrase->n; i++) {
        const Clause *before = &phrase->clauses[i - 1];
        Clause *clause = &phrase->clauses[i];
        bool are_both = before->kind == CLAUSE_SPAN && clause->kind == CLAUSE_SPAN && !clause->is_range && !before->is_range;
        if (are_both && clause->mode == MODE_IN && clause->from.is_genitive && is_bare_month(&clause->from) &&
            before->from.is_genitive && before->from.part != PART_WHOLE && clause->joint <= JOINT_AND) {
            take_part(&clause->from, &before->from); /* «конец октября, декабря, марта» */
        }
        if (are_both && before->from.unit == UNIT_NUMBER && before->from.part != PART_WHOLE && clause->from.part == PART_WHOLE) {
            take_part(&clause->from, &before->from);
        }
    }
}

/* «2022-2023 и 2023-2024 учебные годы» */
static void make_school_years(Clause *clause, const Moment *next)
{
    bool is_pair = clause->is_range && clause->from.unit == UNIT_YEAR && clause->to.unit == UNIT_YEAR &&
                   clause->to.year == clause->from.year + 1;
    if (is_pair && next->unit == UNIT_SCHOOL_YEAR) {
        Moment made = *next;
        made.year = clause->from.year;
        made.year2 = clause->to.year;
        *clause = (Clause){ .joint = clause->joint, .from = made };
    }
}

static void lend_backward(Phrase *phrase)
{
    const Moment *next = NULL;
    for (int i = phrase->n - 1; i >= 0; i--) {
        Clause *clause = &phrase->clauses[i];
        if (clause->kind != CLAUSE_SPAN) {
            continue;
        }
        if (next != NULL) {
            make_school_years(clause, next);
        }
        if (clause->is_range) {
            if (next != NULL) {
                lend(&clause->to, next);
            }
            next = &clause->to;
        }
        if (next != NULL) {
            lend(&clause->from, next);
        }
        next = &clause->from;
    }
}

/* «сентябрь, 10-20», «октябрь (до 15 числа)», «ноябрь (2-3 декада)»: days and parts of the month before them. */
bool take_month(Moment *moment, const Moment *month)
{
    bool is_number = moment->unit == UNIT_NUMBER && moment->number >= 1 && moment->number <= MAX_DAY;
    bool is_day = moment->unit == UNIT_MONTH && moment->n == 0 && moment->part == PART_DAY && !moment->is_every;
    bool is_of_month = moment->unit == UNIT_MONTH && moment->n == 0 && moment->part != PART_WHOLE; /* «(конец месяца)» */
    bool is_part = (is_part_only(moment) || is_of_month) && !is_day && !moment->is_every;
    if (!is_bare_month(month) || (!is_number && !is_day && !is_part)) {
        return false;
    }
    Moment made = *month;
    made.part = is_part ? moment->part : (uint8_t)PART_WHOLE;
    made.part_n = is_part ? moment->part_n : 0;
    made.part_weekday = moment->part_weekday;
    if (!is_part) {
        made.unit = UNIT_DAY;
        made.day = (int8_t)(is_number ? moment->number : moment->part_n);
    }
    *moment = made;
    return true;
}

/* «май 2022, 2023, 2024»: the same month of another year. */
static bool take_month_of_year(Moment *moment, const Moment *before)
{
    if (moment->unit != UNIT_YEAR || moment->part != PART_WHOLE || !is_bare_month(before) || before->year == 0 ||
        before->year2 != 0) {
        return false;
    }
    int16_t year = moment->year;
    *moment = *before;
    moment->year = year;
    return true;
}

/* «20 октября, января, апреля» */
static bool take_day(Clause *clause, const Moment *before)
{
    Moment *moment = &clause->from;
    bool is_next = !clause->is_range && clause->mode == MODE_IN && clause->joint <= JOINT_AND;
    if (!is_next || !is_bare_month(moment) || !moment->is_genitive || before->unit != UNIT_DAY) {
        return false;
    }
    moment->unit = UNIT_DAY;
    moment->day = before->day;
    return true;
}

static bool take_from_before(Moment *moment, const Moment *before)
{
    if (moment->unit == UNIT_TIME && before->unit == UNIT_DAY && before->time != 0) {
        Moment made = *before;
        made.time = moment->time;
        made.time2 = moment->time2;
        *moment = made;
        return false;
    }
    if (moment->unit == UNIT_NUMBER && moment->is_label) {
        return false;
    }
    if (take_month(moment, before)) {
        return true;
    }
    if (is_nameless_season(moment) && before->unit == UNIT_VACATION) {
        lend(moment, before); /* «каникулы осенние, зимние» */
    }
    if (moment->unit == UNIT_NUMBER && lend_noun(moment, before)) {
        moment->time = moment->time2 = 0;
    }
    return false;
}

/* «октябрь, декабрь, май (конец месяца)»: the part holds for the months before the last, too. */
static void spread_part_back(Phrase *phrase, int at, const Moment *part)
{
    for (int i = at - 2; i >= 0; i--) {
        Clause *clause = &phrase->clauses[i];
        if (clause->kind != CLAUSE_SPAN || clause->is_range || clause->mode != MODE_IN || !is_bare_month(&clause->from)) {
            return;
        }
        take_part(&clause->from, part);
    }
}

/* «март – май 2022, 2023 гг.»: the clause is what the one before it is, in another year. */
static bool is_month_again(Phrase *phrase, int at, const Moment *before)
{
    Clause *clause = &phrase->clauses[at];
    const Clause *last = &phrase->clauses[at - 1];
    if (clause->mode != MODE_IN || clause->is_range || !take_month_of_year(&clause->from, before)) {
        return false;
    }
    if (last->is_range && is_bare_month(&last->from)) {
        clause->to = clause->from;
        clause->from = last->from;
        clause->from.year = 0;
        clause->is_range = true;
    }
    return true;
}

/* «5 октября – 10», «22.12 10.00, 12.00»: what is still missing comes from before. */
static void lend_forward(Phrase *phrase)
{
    const Moment *before = NULL;
    Clause *month = NULL; /* that may have meant no more than to name the month of what follows */
    for (int i = 0; i < phrase->n; i++) {
        Clause *clause = &phrase->clauses[i];
        if (clause->kind != CLAUSE_SPAN) {
            before = NULL;
            month = NULL;
            continue;
        }
        if (before != NULL && is_month_again(phrase, i, before)) {
            before = clause->is_range ? &clause->to : &clause->from;
            month = NULL;
            continue;
        }
        if (before != NULL && i > 0 && !phrase->clauses[i - 1].is_range) {
            (void)take_day(clause, before);
        }
        const Moment *named = month != NULL ? &month->from : before;
        bool is_of_month = clause->from.unit == UNIT_MONTH && clause->from.n == 0 && clause->mode == MODE_IN;
        bool is_behind_range =
            i > 0 && phrase->clauses[i - 1].is_range && named != NULL && is_bare_month(named); /* of which month? */
        bool has_taken = named != NULL && !is_behind_range && take_from_before(&clause->from, named);
        if (has_taken && clause->is_range) {
            (void)take_from_before(&clause->to, named);
        }
        if (!has_taken) {
            (void)(before != NULL && named != before && take_from_before(&clause->from, before));
            (void)(clause->is_range && take_from_before(&clause->to, &clause->from));
            month = is_bare_month(&clause->from) && !clause->is_range && clause->mode == MODE_IN ? clause : NULL;
        } else if (month != NULL && clause->mode == MODE_IN) {
            month->is_given = true;
            if (is_of_month) {
                spread_part_back(phrase, i, &clause->from);
            }
        }
        before = clause->is_range ? &clause->to : &clause->from;
    }
}

void phrase_lend(Phrase *phrase)
{
    spread_parts(phrase);
    lend_backward(phrase);
    lend_forward(phrase);
}
