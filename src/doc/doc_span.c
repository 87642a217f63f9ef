#include "doc/doc_priv.h"

#include <stdint.h>
#include <string.h>

static bool is_break(char c)
{
    return c == '\n' || c == '\r';
}

static bool is_white(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_lead(char c)
{
    return ((unsigned char)c & 0xC0) != 0x80;
}

/* How many of eight bytes begin a code point. */
static size_t count_leads(const char *at)
{
    const uint64_t ones = 0x0101010101010101;
    uint64_t word;
    memcpy(&word, at, sizeof word);
    uint64_t inner = (word >> 7) & (~word >> 6) & ones; /* the two top bits are 10 */
    return 8 - (size_t)((inner * ones) >> 56);
}

size_t span_bom(Str text)
{
    return str_starts(text, STR("\xEF\xBB\xBF")) ? 3 : 0;
}

/* libyaml's marks go back a little at times: at empty values, and at the ends of blocks. */
size_t cursor_move(Cursor *cursor, Str text, size_t n_chars)
{
    size_t byte = cursor->byte;
    size_t at = cursor->n_chars;
    while (at > n_chars) {
        do {
            byte--;
        } while (!is_lead(text.at[byte]));
        at--;
    }
    while (n_chars - at >= 8 && text.n_bytes - byte >= 8) {
        at += count_leads(text.at + byte);
        byte += 8;
    }
    while (byte < text.n_bytes && (at < n_chars || !is_lead(text.at[byte]))) {
        at += is_lead(text.at[byte]);
        byte++;
    }
    *cursor = (Cursor){ byte, at };
    return byte;
}

size_t span_line_start(Str text, size_t at)
{
    while (at > 0 && !is_break(text.at[at - 1])) {
        at--;
    }
    return at;
}

size_t span_line_end(Str text, size_t at)
{
    while (at < text.n_bytes && !is_break(text.at[at])) {
        at++;
    }
    return at;
}

size_t span_next_line(Str text, size_t at)
{
    at = span_line_end(text, at);
    if (at < text.n_bytes) {
        at += str_starts(str_from(text, at), STR("\r\n")) ? 2 : 1;
    }
    return at;
}

bool span_is_blank_line(Str text, size_t line)
{
    return line < text.n_bytes && str_is_blank(str_sub(text, line, span_line_end(text, line)));
}

/* Bytes of the NEL, LS or PS at that place, which libyaml takes for line breaks; 0: none of them. */
static size_t wide_break(Str text, size_t at)
{
    if ((unsigned char)text.at[at] != 0xC2 && (unsigned char)text.at[at] != 0xE2) {
        return 0;
    }
    Str rest = str_from(text, at);
    bool is_separator = str_starts(rest, STR("\u2028")) || str_starts(rest, STR("\u2029"));
    return is_separator ? 3 : str_starts(rest, STR("\xC2\x85")) ? 2 : 0;
}

size_t span_skip_blanks(Str text, size_t at)
{
    while (at < text.n_bytes && text.at[at] == ' ') {
        at++;
    }
    return at;
}

static size_t comment_end(Str text, size_t at, size_t to)
{
    while (at < to && !is_break(text.at[at]) && wide_break(text, at) == 0) {
        at++;
    }
    return at;
}

size_t span_skip_gap(Str text, size_t at, size_t to)
{
    while (at < to) {
        char c = text.at[at];
        if (c == '#') {
            at = comment_end(text, at, to);
        } else if (is_white(c) || is_break(c)) {
            at++;
        } else if (wide_break(text, at) > 0) {
            at += wide_break(text, at);
        } else {
            break;
        }
    }
    return at < to ? at : to;
}

static size_t skip_property(Str text, size_t at, size_t to)
{
    if (str_starts(str_from(text, at), STR("!<"))) {
        size_t close = str_find_char(text, '>', at);
        return close < to ? close + 1 : to;
    }
    while (at < to && !is_white(text.at[at]) && !is_break(text.at[at]) && strchr(",[]{}", text.at[at]) == NULL &&
           wide_break(text, at) == 0) {
        at++;
    }
    return at;
}

size_t span_skip_properties(Str text, size_t from, size_t to, bool has_anchor, bool has_tag)
{
    size_t at = from;
    while (at < to && ((has_anchor && text.at[at] == '&') || (has_tag && text.at[at] == '!'))) {
        has_anchor = has_anchor && text.at[at] != '&';
        has_tag = has_tag && text.at[at] != '!';
        at = span_skip_gap(text, skip_property(text, at, to), to);
    }
    return at;
}

size_t span_after_colon(Str text, size_t key_end, size_t to)
{
    size_t at = span_skip_gap(text, key_end, to);
    return at < to && text.at[at] == ':' ? at + 1 : SIZE_MAX;
}

/* Blanks at the beginning of the first line from..to that has more than blanks. */
static size_t content_indent(Str text, size_t from, size_t to)
{
    while (from < to) {
        size_t at = from;
        while (at < to && text.at[at] == ' ') {
            at++;
        }
        if (at < to && !is_break(text.at[at])) {
            return at - from;
        }
        from = span_next_line(text, at);
    }
    return SIZE_MAX;
}

/* In front of the line break that ends at at, if one does. */
static size_t before_break(Str text, size_t at)
{
    at -= at > 0 && text.at[at - 1] == '\n';
    at -= at > 0 && text.at[at - 1] == '\r';
    return at;
}

int span_content_indent(Str text, size_t body, size_t end)
{
    size_t indent = content_indent(text, span_next_line(text, body), end);
    return indent < DOC_MAX_VALUE_KIB * 1024 ? (int)indent : 0;
}

/* What a header states (`|2`), without what is around it; SIZE_MAX: nothing. */
static size_t stated_indent(Str header)
{
    for (size_t i = 1; i < header.n_bytes && i < 3; i++) {
        if (header.at[i] >= '1' && header.at[i] <= '9') {
            return (size_t)(header.at[i] - '0');
        }
    }
    return SIZE_MAX;
}

size_t span_content_end(Str text, size_t body, size_t end)
{
    size_t header_end = span_line_end(text, body);
    if (header_end >= end) {
        return end;
    }
    size_t indent = content_indent(text, span_next_line(text, body), end);
    size_t stated = stated_indent(str_sub(text, body, header_end));
    indent = stated < indent ? stated : indent; /* then blanks behind it may be its text */
    size_t line_end = before_break(text, end);
    while (line_end > header_end) {
        size_t line = span_line_start(text, line_end);
        size_t at = line;
        while (at < line_end && text.at[at] == ' ') {
            at++;
        }
        if (at < line_end || at - line > indent) {
            return line_end;
        }
        line_end = before_break(text, line);
    }
    return header_end;
}

size_t span_block_scalar_end(Str text, size_t body, size_t end)
{
    Str header = str_sub(text, body, span_line_end(text, body));
    bool keeps_blank_lines = str_find_char(str_cut(&header, '#'), '+', 0) != SIZE_MAX;
    return keeps_blank_lines ? end : span_content_end(text, body, end);
}

bool span_has_odd_white(Str text)
{
    static const Str odd[] = { STR_INIT("\xC2\x85"), STR_INIT("\xE2\x80\xA8"), STR_INIT("\xE2\x80\xA9"),
                               STR_INIT("\xEF\xBB\xBF") };
    for (size_t i = 0; i < COUNTOF(odd); i++) {
        if (str_find(text, odd[i], 0) != SIZE_MAX) {
            return true;
        }
    }
    bool is_indentation = true; /* only blanks so far in this line */
    for (size_t at = 0; at < text.n_bytes; at++) {
        char c = text.at[at];
        if (c == '\t' && is_indentation) {
            return true;
        }
        is_indentation = c == '\n' || c == '\r' || (is_indentation && c == ' ');
    }
    return false;
}
