#include "vekha/doc/doc_scalar.h"

#include <stdint.h>
#include <string.h>

#include "vekha/base/utf8.h"

enum { CP_NEL = 0x85, CP_LS = 0x2028, CP_PS = 0x2029, CP_DEL = 0x7F };

/* The words that YAML 1.1 or 1.2 reads as something else than text. */
static const Str typed_words[] = {
    STR_INIT("~"),     STR_INIT("null"),  STR_INIT("Null"),  STR_INIT("NULL"),  STR_INIT("="),     STR_INIT("<<"),
    STR_INIT("y"),     STR_INIT("Y"),     STR_INIT("n"),     STR_INIT("N"),     STR_INIT("yes"),   STR_INIT("Yes"),
    STR_INIT("YES"),   STR_INIT("no"),    STR_INIT("No"),    STR_INIT("NO"),    STR_INIT("true"),  STR_INIT("True"),
    STR_INIT("TRUE"),  STR_INIT("false"), STR_INIT("False"), STR_INIT("FALSE"), STR_INIT("on"),    STR_INIT("On"),
    STR_INIT("ON"),    STR_INIT("off"),   STR_INIT("Off"),   STR_INIT("OFF"),   STR_INIT(".inf"),  STR_INIT(".Inf"),
    STR_INIT(".INF"),  STR_INIT("+.inf"), STR_INIT("+.Inf"), STR_INIT("+.INF"), STR_INIT("-.inf"), STR_INIT("-.Inf"),
    STR_INIT("-.INF"), STR_INIT(".nan"),  STR_INIT(".NaN"),  STR_INIT(".NAN"),
};

static bool is_typed_word(Str s)
{
    for (size_t i = 0; i < COUNTOF(typed_words); i++) {
        if (str_eq(s, typed_words[i])) {
            return true;
        }
    }
    return false;
}

/* Takes up to max characters of the set off s; returns how many. */
static size_t take(Str *s, const char *set, size_t max)
{
    size_t n = 0;
    while (n < max && n < s->n_bytes && s->at[n] != '\0' && strchr(set, s->at[n]) != NULL) {
        n++;
    }
    *s = str_from(*s, n);
    return n;
}

static const char digits[] = "0123456789";
static const char digits_[] = "0123456789_";

/* Digits of another base: 0x1F, 0o17, 0b11, and the octal 017 of YAML 1.1. */
static bool is_based_int(Str s)
{
    static const struct {
        Str prefix;
        const char *digits;
    } bases[] = {
        { STR_INIT("0x"), "0123456789abcdefABCDEF_" },
        { STR_INIT("0o"), "01234567" },
        { STR_INIT("0b"), "01_" },
        { STR_INIT("0"), "01234567_" },
    };
    for (size_t i = 0; i < COUNTOF(bases); i++) {
        Str rest = str_from(s, bases[i].prefix.n_bytes);
        if (str_starts(s, bases[i].prefix) && take(&rest, bases[i].digits, SIZE_MAX) > 0 && rest.n_bytes == 0) {
            return true;
        }
    }
    return false;
}

/* 190:20:30 and 14:00 count in sixties in YAML 1.1: 14:00 is 840. A first zero makes it text, unless a full stop follows. */
static bool is_sexagesimal(Str s)
{
    bool begins_with_zero = str_starts(s, STR("0"));
    size_t n_groups = 0;
    if (take(&s, digits, 1) == 0) {
        return false;
    }
    (void)take(&s, digits_, SIZE_MAX);
    while (take(&s, ":", 1) > 0) {
        size_t n_tens = take(&s, "012345", 1);
        if (take(&s, digits, 1) + n_tens == 0) {
            return false;
        }
        n_groups++;
    }
    bool is_float = take(&s, ".", 1) > 0;
    (void)take(&s, digits_, is_float ? SIZE_MAX : 0);
    return n_groups > 0 && s.n_bytes == 0 && (is_float || !begins_with_zero);
}

static bool is_decimal(Str s)
{
    size_t n_digits = take(&s, digits, 1);
    n_digits += take(&s, digits_, n_digits > 0 ? SIZE_MAX : 0);
    if (take(&s, ".", 1) > 0) {
        n_digits += take(&s, n_digits > 0 ? digits_ : digits, SIZE_MAX);
        (void)take(&s, digits_, SIZE_MAX);
    }
    if (n_digits > 0 && take(&s, "eE", 1) > 0) {
        (void)take(&s, "+-", 1);
        n_digits = take(&s, digits, SIZE_MAX);
    }
    return n_digits > 0 && s.n_bytes == 0;
}

static bool is_number(Str s)
{
    (void)take(&s, "+-", 1);
    return is_decimal(s) || is_based_int(s) || is_sexagesimal(s);
}

/* 2022-03-29, and with one or two digits if a time follows: 2022-3-9 8:30:00.0 +3:00. */
static bool is_timestamp(Str s)
{
    Str year = str_sub(s, 0, 4);
    s = str_from(s, 4);
    if (take(&year, digits, 4) != 4 || take(&s, "-", 1) == 0) {
        return false;
    }
    size_t n_month = take(&s, digits, 2);
    size_t n_dash = take(&s, "-", 1);
    size_t n_day = take(&s, digits, 2);
    if (n_month == 0 || n_dash == 0 || n_day == 0) {
        return false;
    }
    if (s.n_bytes == 0) {
        return n_month == 2 && n_day == 2;
    }
    if (take(&s, "Tt", 1) == 0 && take(&s, " \t", SIZE_MAX) == 0) {
        return false;
    }
    return take(&s, digits, 2) > 0 && take(&s, ":", 1) > 0 && take(&s, digits, 2) == 2 && take(&s, ":", 1) > 0 &&
           take(&s, digits, 2) == 2; /* what may follow, fractions and zones, is not worth a look: no text goes on so */
}

/* Does it stand raw in a file: no control character, nothing that some reader takes for a line break or for a mark? */
static bool is_printable(uint32_t c)
{
    return c >= 0x20 && !(c >= CP_DEL && c < 0xA0) && c != CP_LS && c != CP_PS && c != UTF8_BOM && c != 0xFFFE && c != 0xFFFF;
}

static bool all_printable(Str s)
{
    while (s.n_bytes > 0) {
        if (!is_printable(utf8_next(&s))) {
            return false;
        }
    }
    return true;
}

bool doc_scalar_can_be_plain(Str value, bool in_flow)
{
    static const char leading[] = "-?:,[]{}#&*!|>'\"%@` ";
    static const char in_brackets[] = ",[]{}:?";
    if (value.n_bytes == 0 || !all_printable(value) || str_ends(value, STR(" ")) || str_ends(value, STR(":"))) {
        return false;
    }
    Str number = value; /* the one sign that may lead, as it leads nothing but a number */
    bool is_negative = take(&number, "-", 1) > 0 && (is_number(number) || is_typed_word(value));
    if ((strchr(leading, value.at[0]) != NULL && !is_negative) || str_starts(value, STR("...")) ||
        str_find(value, STR(": "), 0) != SIZE_MAX || str_find(value, STR(" #"), 0) != SIZE_MAX) {
        return false;
    }
    for (size_t i = 0; in_flow && i < value.n_bytes; i++) {
        if (strchr(in_brackets, value.at[i]) != NULL) {
            return false;
        }
    }
    return true;
}

bool doc_scalar_is_plain_string(Str value, bool in_flow)
{
    return doc_scalar_can_be_plain(value, in_flow) && !is_typed_word(value) && !is_number(value) && !is_timestamp(value);
}

static void add_single(StrBuf *out, Str value)
{
    strbuf_add_char(out, '\'');
    for (size_t i = 0; i < value.n_bytes; i++) {
        strbuf_add_chars(out, value.at[i], value.at[i] == '\'' ? 2 : 1);
    }
    strbuf_add_char(out, '\'');
}

/* Only escapes that JSON has as well: a file that was JSON stays JSON. */
static void add_double(StrBuf *out, Str value)
{
    static const char escaped[] = "\"\\\b\f\n\r\t";
    static const char letters[] = "\"\\bfnrt";
    strbuf_add_char(out, '"');
    while (value.n_bytes > 0) {
        Str here = value;
        uint32_t c = utf8_next(&value);
        const char *found = c != 0 && c < CP_DEL ? strchr(escaped, (int)c) : NULL;
        if (found != NULL) {
            strbuf_add_char(out, '\\');
            strbuf_add_char(out, letters[found - escaped]);
        } else if (is_printable(c)) {
            strbuf_add(out, str_sub(here, 0, here.n_bytes - value.n_bytes));
        } else {
            strbuf_addf(out, "\\u%04X", c);
        }
    }
    strbuf_add_char(out, '"');
}

/* Not what would need an indentation indicator, or blank lines kept at its end: that is double-quoted. */
static bool can_be_literal(Str value, const ScalarPlace *place)
{
    if (place->in_flow || place->indent <= 0 || str_find_char(value, '\n', 0) == SIZE_MAX || str_ends(value, STR("\n\n"))) {
        return false;
    }
    bool has_content = false;
    while (value.n_bytes > 0) {
        Str line = str_cut(&value, '\n');
        if (!all_printable(line) || (line.n_bytes > 0 && !has_content && line.at[0] == ' ')) {
            return false;
        }
        has_content = has_content || line.n_bytes > 0;
    }
    return has_content;
}

static void add_literal(StrBuf *out, Str value, const ScalarPlace *place)
{
    Str line_break = place->line_break.n_bytes > 0 ? place->line_break : STR("\n");
    bool ends_with_break = str_ends(value, STR("\n"));
    strbuf_add(out, ends_with_break ? STR("|") : STR("|-"));
    while (value.n_bytes > 0) {
        Str line = str_cut(&value, '\n');
        strbuf_add(out, line_break);
        strbuf_add_chars(out, ' ', line.n_bytes > 0 ? (size_t)place->indent : 0);
        strbuf_add(out, line);
    }
    if (ends_with_break && place->is_last) {
        strbuf_add(out, line_break);
    }
}

void doc_scalar_add(StrBuf *out, Str value, const ScalarPlace *place)
{
    bool wants_literal = place->style == NODE_LITERAL || place->style == NODE_FOLDED;
    bool wants_quotes = place->style == NODE_SINGLE || place->style == NODE_DOUBLE;
    NodeStyle quotes = wants_quotes ? place->style : place->quotes;
    if (wants_literal && can_be_literal(value, place)) {
        add_literal(out, value, place);
    } else if (!wants_quotes && doc_scalar_is_plain_string(value, place->in_flow)) {
        strbuf_add(out, value);
    } else if (quotes == NODE_SINGLE && all_printable(value)) {
        add_single(out, value);
    } else {
        add_double(out, value);
    }
}
