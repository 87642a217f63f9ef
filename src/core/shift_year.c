#include "vekha/core/shift_year.h"

enum { LONG_YEAR = 4, SHORT_YEAR = 2, CENTURY = 100, FIRST_YEAR = 1900, LAST_YEAR = 2099 };

typedef struct Shifter {
    Str text;
    int first, last; /* years that are shifted */
    int n_years;
    StrBuf *out;
    size_t done; /* text up to there is in out */
    bool is_shifted;
} Shifter;

static bool is_digit(Str text, size_t at)
{
    return at < text.n_bytes && text.at[at] >= '0' && text.at[at] <= '9';
}

static size_t digits_end(Str text, size_t at)
{
    while (is_digit(text, at)) {
        at++;
    }
    return at;
}

static int value_of(Str text, size_t from, size_t end)
{
    int value = 0;
    return str_to_uint(str_sub(text, from, end), &value) ? value : -1;
}

/* The digits there are that year, of so many digits, and become another. */
static void put_year(Shifter *s, size_t from, size_t end, int year)
{
    bool is_short = end - from == SHORT_YEAR;
    strbuf_add(s->out, str_sub(s->text, s->done, from));
    strbuf_addf(s->out, is_short ? "%02d" : "%04d", is_short ? year % CENTURY : year);
    s->done = end;
    s->is_shifted = true;
}

/* «2022/23», «2022-23»: the short one behind a year, if it is the next; not the day of «01.03.2022-23.06.2022». */
static size_t take_tail(Shifter *s, size_t at, int year)
{
    bool is_joined = at < s->text.n_bytes && (s->text.at[at] == '/' || s->text.at[at] == '-');
    size_t end = is_joined ? digits_end(s->text, at + 1) : at;
    bool is_day = end < s->text.n_bytes && (s->text.at[end] == '.' || s->text.at[end] == '-') && is_digit(s->text, end + 1);
    if (!is_joined || is_day || end - at - 1 != SHORT_YEAR || value_of(s->text, at + 1, end) != (year + 1) % CENTURY) {
        return at;
    }
    put_year(s, at + 1, end, year + 1 + s->n_years);
    return end;
}

/* Is it the year of «19.10.22»: behind two numbers of a day and a month, with nothing more behind it? */
static bool is_of_date(Str text, size_t from, size_t end)
{
    size_t at = from;
    for (int part = 0; part < 2; part++) {
        if (at == 0 || text.at[at - 1] != '.') {
            return false;
        }
        size_t part_end = --at;
        while (at > 0 && is_digit(text, at - 1)) {
            at--;
        }
        int value = value_of(text, at, part_end);
        if (part_end - at > 2 || value < 1 || value > (part == 0 ? DATE_MONTHS_PER_YEAR : 31)) {
            return false;
        }
    }
    return !(end < text.n_bytes && text.at[end] == '.' && is_digit(text, end + 1)); /* «1.2.22.4» */
}

/* Takes the digits from..end; returns where to go on. */
static size_t take_digits(Shifter *s, size_t from, size_t end)
{
    int year = value_of(s->text, from, end);
    bool is_long = end - from == LONG_YEAR && year >= FIRST_YEAR && year <= LAST_YEAR;
    bool is_short = end - from == SHORT_YEAR && is_of_date(s->text, from, end);
    year += is_short ? s->first / CENTURY * CENTURY : 0;
    if ((!is_long && !is_short) || year < s->first || year > s->last) {
        return end;
    }
    put_year(s, from, end, year + s->n_years);
    return is_long ? take_tail(s, end, year) : end;
}

bool year_shift(Str text, Span period, int n_years, StrBuf *out)
{
    Shifter s = { .text = text, .n_years = n_years, .out = out };
    if (period.first == 0 || period.last == 0 || n_years == 0) {
        strbuf_add(out, text);
        return false;
    }
    s.first = day_civil(period.first).year - 1;
    s.last = day_civil(period.last).year + 1;
    for (size_t at = 0; at < text.n_bytes;) {
        at = is_digit(text, at) ? take_digits(&s, at, digits_end(text, at)) : at + 1;
    }
    strbuf_add(out, str_from(text, s.done));
    return s.is_shifted;
}
