#include "core/deadline_parse_priv.h"
#include "core/deadline_place_priv.h"

/* How often: «2 раза в месяц», «каждую четверть», «по чётным неделям». */

char unit_frame(Unit unit, int *frame_n)
{
    static const struct {
        char letter;
        uint8_t n;
    } frames[] = {
        [UNIT_DAY] = { 'D', 1 },
        [UNIT_WEEK] = { 'W', 1 },
        [UNIT_DECADE] = { 'D', 10 },
        [UNIT_MONTH] = { 'M', 1 },
        [UNIT_QUARTER] = { 'M', 3 },
        [UNIT_HALF] = { 'M', 6 },
        [UNIT_SCHOOL_QUARTER] = { 'Q', 1 },
        [UNIT_TRIMESTER] = { 'T', 1 },
        [UNIT_SCHOOL_YEAR] = { 'Y', 1 },
        [UNIT_YEAR] = { 'Y', 1 },
    };
    if (unit == UNIT_NONE || unit >= COUNTOF(frames)) {
        return '\0';
    }
    *frame_n = frames[unit].n;
    return frames[unit].letter;
}

bool parse_count(Cursor *cursor, int *out)
{
    const Token *token = peek(cursor, 0);
    bool is_digits = token->kind == TOKEN_NUMBER && token->n_digits <= 3 && token->value > 0;
    if (!is_digits && !is_word(cursor, 0, WORD_CARDINAL)) {
        return false;
    }
    *out = token->value;
    cursor->at++;
    return true;
}

static bool set_frame(Unit unit, int n, Clause *out)
{
    int frame_n = 0;
    char frame = unit_frame(unit, &frame_n);
    if (frame == '\0' || n * frame_n > MAX_FRAME) {
        return false;
    }
    out->kind = CLAUSE_RECURS;
    out->frame = frame;
    out->frame_n = (int16_t)(n * frame_n);
    return true;
}

/* «месяц», «2 недели», «учебную четверть» */
static bool parse_frame(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    int n = 1;
    (void)parse_count(cursor, &n);
    (void)(accept_word(cursor, WORD_SCHOOL) || accept_word(cursor, WORD_IGNORED));
    bool is_unit = is_word(cursor, 0, WORD_UNIT) || is_word(cursor, 0, WORD_YEAR_ABBR);
    Unit unit = is_word(cursor, 0, WORD_YEAR_ABBR) ? UNIT_YEAR : (Unit)peek(cursor, 0)->value;
    if (!is_unit || !set_frame(unit, n, out)) {
        *cursor = saved;
        return false;
    }
    cursor->at++;
    return true;
}

/* The frame that a count is of: «в месяц», «за год», «в течение года», «/ месяц», «ежемесячно», «каждый месяц». */
static bool parse_per(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    if (is_word(cursor, 0, WORD_EACH_UNIT)) {
        return set_frame((Unit)peek(cursor, 0)->value, 1, out) && accept_word(cursor, WORD_EACH_UNIT);
    }
    bool leads = accept_word(cursor, WORD_IN) || accept_word(cursor, WORD_FOR) || accept_word(cursor, WORD_ON) ||
                 accept(cursor, TOKEN_SLASH) || is_word(cursor, 0, WORD_EVERY);
    (void)accept_word(cursor, WORD_DURING);
    (void)accept_word(cursor, WORD_EVERY);
    if (leads && parse_frame(cursor, out)) {
        return true;
    }
    *cursor = saved;
    return false;
}

void skip_than(Cursor *cursor)
{
    cursor->at += is_kind(cursor, 0, TOKEN_COMMA) && is_word(cursor, 1, WORD_THAN) ? 1 : 0;
    (void)accept_word(cursor, WORD_THAN);
}

/* «не реже», «минимум» → at least; «не чаще», «не более» → at most. 0 if nothing is said. */
static int parse_limit(Cursor *cursor)
{
    int sign = 0;
    bool is_up_to = is_word(cursor, 0, WORD_UNTIL) && is_word(cursor, 2, WORD_TIMES);
    if (is_up_to) {
        cursor->at++; /* «до 5 раз» */
        return -1;
    }
    int negated = is_word(cursor, 0, WORD_NOT) ? 1 : 0;
    const Token *token = peek(cursor, negated);
    bool is_limit =
        token->kind == TOKEN_WORD && (token->word == WORD_AT_LEAST || token->word == WORD_AT_MOST) && negated != token->value;
    if (is_limit) {
        sign = token->word == WORD_AT_LEAST ? 1 : -1;
        cursor->at += negated + 1;
        skip_than(cursor);
    }
    return sign;
}

/* «2», «2-3», «от 2 до 3», «раз» by itself is one. */
static bool parse_times(Cursor *cursor, int *min, int *max)
{
    *min = 1;
    if (is_word(cursor, 0, WORD_N_TIMES)) {
        *min = *max = peek(cursor, 0)->value;
        cursor->at++;
        return true;
    }
    (void)accept_word(cursor, WORD_FROM);
    bool is_counted = parse_count(cursor, min);
    *max = *min;
    Cursor saved = *cursor;
    bool is_range = is_counted && (accept(cursor, TOKEN_DASH) || accept_word(cursor, WORD_UNTIL) || accept_word(cursor, WORD_OR));
    if (is_range && !parse_count(cursor, max)) {
        *cursor = saved;
    }
    return accept_word(cursor, WORD_TIMES);
}

/* A count of one without a limit says nothing: «1 раз в месяц» is every month. */
static void set_count(Clause *out, int limit, int min, int max)
{
    out->min = (int16_t)(limit < 0 ? 0 : min);
    out->max = (int16_t)(limit > 0 ? 0 : max);
    if (limit == 0 && min == 1 && max == 1) {
        out->min = out->max = 0;
    }
}

static bool parse_counted(Cursor *cursor, Clause *out)
{
    int min;
    int max;
    bool is_before = parse_per(cursor, out);
    (void)(accept(cursor, TOKEN_COMMA) || accept_word(cursor, WORD_TO));
    int limit = parse_limit(cursor);
    if (!parse_times(cursor, &min, &max) || max < min) {
        return false;
    }
    (void)accept(cursor, TOKEN_OPEN);
    Clause second = { 0 };
    if (is_before && out->frame == 'Y' && parse_per(cursor, &second)) {
        *out = second; /* «в течение года 1 раз в месяц» */
    }
    if (!is_before && !parse_per(cursor, out)) {
        return false;
    }
    set_count(out, limit, min, max);
    return true;
}

/* «ежемесячно», «каждый месяц», «каждые 2 недели»; not «каждый понедельник», which names its day. */
static bool parse_each(Cursor *cursor, Clause *out)
{
    if (is_word(cursor, 0, WORD_EACH_UNIT)) {
        return set_frame((Unit)peek(cursor, 0)->value, 1, out) && accept_word(cursor, WORD_EACH_UNIT);
    }
    const Token *noun = peek(cursor, 1);
    bool is_each = is_word(cursor, 0, WORD_TO) && is_word(cursor, 1, WORD_UNIT) &&
                   (str_ends(noun->text, STR("ам")) || str_ends(noun->text, STR("ям"))); /* «по четвертям» */
    if (is_each && set_frame((Unit)noun->value, 1, out)) {
        cursor->at += 2;
        return true;
    }
    (void)(accept_word(cursor, WORD_IN) || accept_word(cursor, WORD_ON));
    return accept_word(cursor, WORD_EVERY) && parse_frame(cursor, out);
}

/* «по вторникам через неделю», «через неделю по вторникам»; alone it is a week from now. */
static bool is_every_other_week(const Cursor *cursor)
{
    if (!is_word(cursor, 0, WORD_THROUGH) || !is_unit(cursor, 1, UNIT_WEEK) || is_word(cursor, 2, WORD_AFTER)) {
        return false;
    }
    int apart = is_kind(cursor, 2, TOKEN_COMMA) || is_kind(cursor, 2, TOKEN_OPEN) ? 1 : 0;
    bool is_behind = is_kind(cursor, -1, TOKEN_COMMA) || is_kind(cursor, -1, TOKEN_OPEN);
    return is_word(cursor, is_behind ? -2 : -1, WORD_WEEKDAY) ||
           (is_word(cursor, 2 + apart, WORD_TO) && is_word(cursor, 3 + apart, WORD_WEEKDAY));
}

bool parse_alternate_weeks(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    bool is_every_other = is_every_other_week(cursor);
    if (!is_every_other) {
        (void)(accept_word(cursor, WORD_TO) || accept_word(cursor, WORD_IN) || accept_word(cursor, WORD_ON));
        (void)accept_word(cursor, WORD_EVERY);
    }
    int parity = is_word(cursor, 0, WORD_PARITY) ? peek(cursor, 0)->value : 0;
    bool is_week = is_unit(cursor, 1, UNIT_WEEK) && !is_unit(cursor, 2, UNIT_MONTH); /* of the month: the second and the fourth */
    if (!is_every_other && (parity == 0 || !is_week)) {
        *cursor = saved;
        return false;
    }
    cursor->at += 2;
    *out = (Clause){ .kind = CLAUSE_RECURS, .frame = 'W', .frame_n = 2, .parity = (uint8_t)parity };
    return true;
}

bool parse_frequency(Cursor *cursor, Clause *out)
{
    Cursor saved = *cursor;
    *out = (Clause){ 0 };
    if (parse_alternate_weeks(cursor, out)) {
        return true;
    }
    if (parse_counted(cursor, out)) {
        return true;
    }
    *cursor = saved;
    *out = (Clause){ 0 };
    if (parse_each(cursor, out)) {
        return true;
    }
    *cursor = saved;
    return false;
}
