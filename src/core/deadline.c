#include "vekha/core/deadline.h"

#include <string.h>

#include "core/deadline_parse_priv.h"
#include "core/deadline_resolve_priv.h"

/*
 * A phrase goes through four hands: bytes → tokens (lex, words, tidy, repair: deadline_lex_priv.h) → clauses whose dates
 * may lack their year (parse, number, frequency and others: deadline_parse_priv.h) → clauses made whole by their neighbours
 * (join) → items with days (resolve, place: deadline_resolve_priv.h). What is kept is in deadline_value_priv.h; it is told in
 * words by deadline_say_priv.h. Tokens and clauses lie on the stack and are bounded.
 */

typedef struct WarningRow {
    Str code;
    TextId text;
} WarningRow;

static const WarningRow warning_rows[] = {
    [DEADLINE_OUTSIDE_PERIOD] = { STR_INIT("outside-period"), T_DEADLINE_OUTSIDE_PERIOD },
    [DEADLINE_REVERSED_RANGE] = { STR_INIT("reversed-range"), T_DEADLINE_REVERSED_RANGE },
    [DEADLINE_TRUNCATED] = { STR_INIT("truncated"), T_DEADLINE_TRUNCATED },
    [DEADLINE_TWO_DIGIT_YEAR] = { STR_INIT("two-digit-year"), T_DEADLINE_TWO_DIGIT_YEAR },
    [DEADLINE_INVALID_DAY] = { STR_INIT("invalid-day"), T_DEADLINE_INVALID_DAY },
    [DEADLINE_WEEKDAY_MISMATCH] = { STR_INIT("weekday-mismatch"), T_DEADLINE_WEEKDAY_MISMATCH },
    [DEADLINE_MIXED_SCRIPT] = { STR_INIT("mixed-script"), T_DEADLINE_MIXED_SCRIPT },
    [DEADLINE_NOISE] = { STR_INIT("noise"), T_DEADLINE_NOISE },
    [DEADLINE_UNKNOWN_WORDS] = { STR_INIT("unknown-words"), T_DEADLINE_UNKNOWN_WORDS },
    [DEADLINE_AMBIGUOUS] = { STR_INIT("ambiguous"), T_DEADLINE_AMBIGUOUS },
};
_Static_assert(COUNTOF(warning_rows) == DEADLINE_WARNING_COUNT, "every warning has a row");

Str deadline_warning_code(DeadlineWarning warning)
{
    return warning_rows[warning].code;
}

TextId deadline_warning_text(DeadlineWarning warning)
{
    return warning_rows[warning].text;
}

void deadline_add_warnings(StrBuf *out, DeadlineWarnings warnings)
{
    bool is_first = true;
    for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
        if (warnings & (1U << i)) {
            if (!is_first) {
                strbuf_add_char(out, ',');
            }
            strbuf_add(out, warning_rows[i].code);
            is_first = false;
        }
    }
    if (is_first) {
        strbuf_add_char(out, '-');
    }
}

bool item_equal(const DeadlineItem *a, const DeadlineItem *b)
{
    return memcmp(&a->from, &b->from, sizeof a->from) == 0 && memcmp(&a->to, &b->to, sizeof a->to) == 0 && a->recur == b->recur;
}

/* First and last day to sort by: an open start is before, an open end after everything; what has no days comes last. */
static Span sort_days(const DeadlineItem *item)
{
    Span days = item_span(item);
    bool is_dated = days.first != 0 || days.last != 0;
    if (!is_dated) {
        return (Span){ INT32_MAX, INT32_MAX };
    }
    return (Span){ days.first, days.last == 0 ? INT32_MAX : days.last };
}

static int compare(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

int item_order(const DeadlineItem *a, const DeadlineItem *b)
{
    Span x = sort_days(a);
    Span y = sort_days(b);
    int order = compare(x.first, y.first);
    order = order != 0 ? order : compare(x.last, y.last);
    order = order != 0 ? order : compare(a->from.time, b->from.time);
    order = order != 0 ? order : compare(a->to.time, b->to.time);
    return order != 0 ? order : memcmp(a, b, 2 * sizeof(Bound));
}

void deadline_read(Str phrase, const DeadlineContext *context, Arena *arena, Deadline *out)
{
    Lexed lexed;
    Phrase read;
    deadline_lex(phrase, &lexed);
    deadline_parse(&lexed, &read);
    deadline_join(&read);
    deadline_resolve(&read, context, arena, out);
}
