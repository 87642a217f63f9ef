#include <string.h>

#include "core/deadline_value_priv.h"

/* Reading canonical notation. Stricter than it need be: what is read is written back the same. */

enum { MAX_ITEMS = 256, HOURS = 24, MINUTES = 60, LEAP_YEAR = 2000, YEAR_DIGITS = 4 };

typedef struct Reader {
    Str rest;
    Arena *arena;
} Reader;

static bool take(Reader *reader, Str text)
{
    if (!str_starts(reader->rest, text)) {
        return false;
    }
    reader->rest = str_from(reader->rest, text.n_bytes);
    return true;
}

static bool take_char(Reader *reader, char c)
{
    return take(reader, (Str){ &c, 1 });
}

/* A number without a leading zero, from 1 to most. */
static bool take_number(Reader *reader, int most, int *out)
{
    size_t n = 0;
    while (n < reader->rest.n_bytes && n < 5 && reader->rest.at[n] >= '0' && reader->rest.at[n] <= '9') {
        n++;
    }
    if (n == 0 || reader->rest.at[0] == '0' || !str_to_uint(str_sub(reader->rest, 0, n), out) || *out > most) {
        return false;
    }
    reader->rest = str_from(reader->rest, n);
    return true;
}

static bool take_digits(Reader *reader, size_t n, int *out)
{
    if (reader->rest.n_bytes < n || !str_to_uint(str_sub(reader->rest, 0, n), out)) {
        return false;
    }
    reader->rest = str_from(reader->rest, n);
    return true;
}

/* "T11:00" */
static bool take_time(Reader *reader, int16_t *out)
{
    int hours;
    int minutes;
    if (!take_char(reader, 'T') || !take_digits(reader, 2, &hours) || !take_char(reader, ':') ||
        !take_digits(reader, 2, &minutes) || hours >= HOURS || minutes >= MINUTES) {
        return false;
    }
    *out = (int16_t)(hours * MINUTES + minutes + 1);
    return true;
}

static bool at_time(const Reader *reader)
{
    return str_starts(reader->rest, STR("T"));
}

static bool take_date(Reader *reader, Bound *out)
{
    int year;
    int month = 1;
    int day = 1;
    out->kind = BOUND_YEAR;
    if (!take_digits(reader, YEAR_DIGITS, &year)) {
        return false;
    }
    if (take_char(reader, '-')) {
        out->kind = BOUND_MONTH;
        if (!take_digits(reader, 2, &month)) {
            return false;
        }
        if (take_char(reader, '-')) {
            out->kind = BOUND_DAY;
            if (!take_digits(reader, 2, &day)) {
                return false;
            }
        }
    }
    out->value = day_of(year, month, day);
    out->is_approx = take_char(reader, '~');
    return out->value != 0 && (out->is_approx || out->kind != BOUND_DAY || !at_time(reader) || take_time(reader, &out->time));
}

/* "@", "@+P3D", "@-PT2H" */
static bool take_event(Reader *reader, Bound *out)
{
    int n;
    out->kind = BOUND_EVENT;
    out->unit = 'D';
    out->sign = str_starts(reader->rest, STR("+P")) ? 1 : str_starts(reader->rest, STR("-P")) ? -1 : 0; /* "@+text" */
    if (out->sign == 0) {
        return true;
    }
    reader->rest = str_from(reader->rest, 1);
    bool is_hours = take(reader, STR("PT"));
    if ((!is_hours && !take_char(reader, 'P')) || !take_number(reader, MAX_COUNT, &n) || reader->rest.n_bytes == 0) {
        return false;
    }
    out->value = n;
    out->unit = reader->rest.at[0];
    reader->rest = str_from(reader->rest, 1);
    return is_hours ? out->unit == 'H' : memchr("DWMYB", out->unit, 5) != NULL;
}

static bool take_bound(Reader *reader, Bound *out)
{
    *out = (Bound){ 0 };
    if (take(reader, STR(".."))) {
        out->kind = BOUND_OPEN;
        return true;
    }
    if (at_time(reader)) {
        out->kind = BOUND_TIME;
        return take_time(reader, &out->time);
    }
    return take_char(reader, '@') ? take_event(reader, out) : take_date(reader, out);
}

static bool is_date(const Bound *bound)
{
    return bound->kind >= BOUND_YEAR && bound->kind <= BOUND_DAY;
}

/* Open at one end at most, both of one sort, not backwards. */
static bool is_sound(const DeadlineItem *item)
{
    const Bound *from = &item->from;
    const Bound *to = &item->to;
    bool is_open = from->kind == BOUND_OPEN || to->kind == BOUND_OPEN;
    if (is_open) {
        return from->kind != to->kind && to->kind != BOUND_NONE;
    }
    if (to->kind == BOUND_NONE) {
        return true;
    }
    bool is_dated = is_date(from) && is_date(to);
    return is_dated ? bound_days(from).first <= bound_days(to).last : from->kind == to->kind;
}

/* "/" before a frame ("/P1M") is not the span's. */
static bool take_span(Reader *reader, DeadlineItem *out)
{
    *out = (DeadlineItem){ 0 };
    if (!take_bound(reader, &out->from)) {
        return false;
    }
    if (!str_starts(reader->rest, STR("/P")) && take_char(reader, '/') && !take_bound(reader, &out->to)) {
        return false;
    }
    return is_sound(out);
}

/* ---- Recurrences ---- */

/* "", "2", "2..", "1..2", "..2" */
static bool take_count(Reader *reader, Recurrence *out)
{
    int min = 0;
    int max = 0;
    bool has_min = take_number(reader, MAX_COUNT, &min);
    bool is_open = take(reader, STR(".."));
    bool has_max = is_open && take_number(reader, MAX_COUNT, &max);
    if ((is_open && !has_min && !has_max) || (has_min && has_max && max <= min)) {
        return false;
    }
    out->min = (int16_t)min;
    out->max = (int16_t)(is_open ? max : min);
    return true;
}

static bool take_weekday(Reader *reader, SelectorPoint *out)
{
    int n;
    if (!take_number(reader, DATE_DAYS_PER_WEEK, &n)) {
        return false;
    }
    *out = (SelectorPoint){ .kind = SEL_WEEKDAY, .day = (int8_t)n };
    if (take(reader, STR("#L"))) {
        out->nth = NTH_LAST;
    } else if (take_char(reader, '#')) {
        if (!take_number(reader, 5, &n)) {
            return false;
        }
        out->nth = (int8_t)n;
    }
    return !at_time(reader) || take_time(reader, &out->time);
}

static bool take_month_day(Reader *reader, SelectorPoint *out)
{
    int month;
    int day = 1;
    if (!take_digits(reader, 2, &month)) {
        return false;
    }
    *out = (SelectorPoint){ .kind = SEL_MONTH, .month = (int8_t)month };
    if (take_char(reader, '-')) {
        out->kind = SEL_MONTH_DAY;
        if (!take_digits(reader, 2, &day)) {
            return false;
        }
        out->day = (int8_t)day;
    }
    return day_of(LEAP_YEAR, month, day) != 0;
}

static bool take_day(Reader *reader, SelectorPoint *out)
{
    enum { MAX_DAY = 31 };
    int day;
    out->kind = take_char(reader, 'L') ? SEL_DAY_FROM_END : SEL_DAY;
    if (!take_digits(reader, 2, &day) || day < 1 || day > MAX_DAY) {
        return false;
    }
    out->day = (int8_t)day;
    return true;
}

static bool take_point(Reader *reader, SelectorPoint *out)
{
    static const struct {
        Str name;
        uint8_t kind;
    } names[] = { { STR_INIT(".."), SEL_OPEN },
                  { STR_INIT("#start"), SEL_START },
                  { STR_INIT("#mid"), SEL_MIDDLE },
                  { STR_INIT("#end"), SEL_END } };
    *out = (SelectorPoint){ 0 };
    for (size_t i = 0; i < COUNTOF(names); i++) {
        if (take(reader, names[i].name)) {
            out->kind = names[i].kind;
            return true;
        }
    }
    if (at_time(reader)) {
        out->kind = SEL_TIME;
        return take_time(reader, &out->time);
    }
    if (take(reader, STR("-W-"))) {
        return take_weekday(reader, out);
    }
    return take(reader, STR("---")) ? take_day(reader, out) : take(reader, STR("--")) && take_month_day(reader, out);
}

static bool take_selector(Reader *reader, Selector *out)
{
    *out = (Selector){ 0 };
    if (!take_point(reader, &out->from) || (take_char(reader, '/') && !take_point(reader, &out->to))) {
        return false;
    }
    bool is_open = out->from.kind == SEL_OPEN;
    return !(is_open && (out->to.kind == SEL_OPEN || out->to.kind == SEL_NONE));
}

static bool take_selectors(Reader *reader, Recurrence *out)
{
    Selector found[MAX_SELECTORS];
    size_t n = 0;
    bool is_set = take_char(reader, '{');
    do {
        if (n == MAX_SELECTORS || !take_selector(reader, &found[n])) {
            return false;
        }
        n++;
    } while (is_set && take_char(reader, ','));
    if (is_set && (n < 2 || !take_char(reader, '}'))) {
        return false;
    }
    Selector *kept = arena_alloc(reader->arena, n * sizeof *kept);
    memcpy(kept, found, n * sizeof *kept);
    out->selectors = kept;
    out->n_selectors = (uint8_t)n;
    return true;
}

static bool take_recurrence(Reader *reader, DeadlineItem *out)
{
    int n;
    Recurrence *recur = ARENA_NEW(reader->arena, Recurrence);
    if (!take_count(reader, recur) || !take_char(reader, '/') || !take_span(reader, out) || !take(reader, STR("/P")) ||
        !take_number(reader, MAX_FRAME, &n) || reader->rest.n_bytes == 0) {
        return false;
    }
    const Bound *last = out->to.kind == BOUND_NONE ? &out->from : &out->to;
    recur->frame_n = (int16_t)n;
    recur->frame = reader->rest.at[0];
    reader->rest = str_from(reader->rest, 1);
    out->recur = recur;
    bool is_frame = memchr("DWMYQT", recur->frame, 6) != NULL && is_date(&out->from) && is_date(last);
    return is_frame && (!take_char(reader, '/') || take_selectors(reader, recur));
}

/* ---- The whole ---- */

static bool take_items(Reader *reader, Deadline *out)
{
    DeadlineItem found[MAX_ITEMS];
    size_t n = 0;
    bool is_set = take_char(reader, '{');
    out->is_choice = !is_set && take_char(reader, '[');
    bool is_many = is_set || out->is_choice;
    do {
        if (n == MAX_ITEMS || !(take_char(reader, 'R') ? take_recurrence(reader, &found[n]) : take_span(reader, &found[n]))) {
            return false;
        }
        n++;
    } while (is_many && take_char(reader, ','));
    if (is_many && (n < 2 || !take_char(reader, is_set ? '}' : ']'))) {
        return false;
    }
    DeadlineItem *kept = arena_alloc(reader->arena, n * sizeof *kept);
    memcpy(kept, found, n * sizeof *kept);
    out->items = kept;
    out->n_items = (uint16_t)n;
    return true;
}

bool deadline_parse_canonical(Str text, Arena *arena, Deadline *out)
{
    Reader reader = { .rest = str_trim(text), .arena = arena };
    *out = (Deadline){ .has_text = true };
    if (str_eq(reader.rest, STR("text"))) {
        return true;
    }
    Deadline read = { 0 };
    if (!take_items(&reader, &read)) {
        return false;
    }
    read.has_text = take(&reader, STR("+text"));
    if (reader.rest.n_bytes > 0) {
        return false;
    }
    *out = read;
    return true;
}
