#include "vekha/base/utf8.h"

#include <utf8proc.h>

enum { YO_SMALL = 0x0451, YE_SMALL = 0x0435 };

/* utf8proc_iterate() refuses surrogates, overlong forms and what lies above U+10FFFF. */
static size_t decode(Str s, uint32_t *code_point)
{
    unsigned char first = (unsigned char)s.at[0];
    if (first < 0x80) {
        *code_point = first;
        return 1;
    }
    utf8proc_int32_t got = 0;
    utf8proc_ssize_t room = s.n_bytes > 4 ? 4 : (utf8proc_ssize_t)s.n_bytes;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.at, room, &got);
    if (n <= 0) {
        *code_point = UTF8_REPLACEMENT;
        return 0;
    }
    *code_point = (uint32_t)got;
    return (size_t)n;
}

bool utf8_valid(Str s, size_t *bad_at)
{
    Str rest = s;
    while (rest.n_bytes > 0) {
        uint32_t code_point;
        size_t n = decode(rest, &code_point);
        if (n == 0) {
            if (bad_at != NULL) {
                *bad_at = s.n_bytes - rest.n_bytes;
            }
            return false;
        }
        rest = str_from(rest, n);
    }
    return true;
}

uint32_t utf8_next(Str *rest)
{
    uint32_t code_point;
    size_t n = decode(*rest, &code_point);
    *rest = str_from(*rest, n == 0 ? 1 : n);
    return code_point;
}

void utf8_add(StrBuf *out, uint32_t code_point)
{
    utf8proc_uint8_t bytes[4];
    if (!utf8proc_codepoint_valid((utf8proc_int32_t)code_point)) {
        code_point = UTF8_REPLACEMENT;
    }
    utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)code_point, bytes);
    strbuf_add(out, (Str){ (const char *)bytes, (size_t)n });
}

size_t utf8_count(Str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.n_bytes; i++) {
        count += ((unsigned char)s.at[i] & 0xC0) != 0x80;
    }
    return count;
}

Str utf8_cut(Str s, size_t n_bytes)
{
    if (n_bytes >= s.n_bytes) {
        return s;
    }
    while (n_bytes > 0 && ((unsigned char)s.at[n_bytes] & 0xC0) == 0x80) {
        n_bytes--;
    }
    return str_sub(s, 0, n_bytes);
}

static int width_of(uint32_t code_point)
{
    if (code_point < 0x300) {
        return code_point >= 0x20 && code_point != 0x7F ? 1 : 0;
    }
    if (code_point >= 0x400 && code_point < 0x483) {
        return 1; /* Cyrillic letters, nearly all that there is: no table look-up */
    }
    int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
    return width < 0 ? 0 : width > 2 ? 2 : width;
}

Str utf8_next_char(Str *rest, int *cols)
{
    Str whole = *rest;
    utf8proc_int32_t state = 0;
    uint32_t before = utf8_next(rest);
    *cols = width_of(before);
    while (rest->n_bytes > 0 && ((unsigned char)rest->at[0] >= 0xCC || before == '\r')) {
        Str ahead = *rest; /* nothing below U+0300 joins what stands before it, but LF a CR */
        uint32_t next = utf8_next(&ahead);
        if (next < 0x300 && next != '\n') {
            break;
        }
        if (utf8proc_grapheme_break_stateful((utf8proc_int32_t)before, (utf8proc_int32_t)next, &state)) {
            break;
        }
        int width = width_of(next);
        *cols = width > *cols ? width : *cols;
        before = next;
        *rest = ahead;
    }
    return str_sub(whole, 0, whole.n_bytes - rest->n_bytes);
}

int utf8_cols(Str s)
{
    int sum = 0;
    while (s.n_bytes > 0) {
        int cols;
        (void)utf8_next_char(&s, &cols);
        sum += cols;
    }
    return sum;
}

Str utf8_fit(Str s, int cols)
{
    Str rest = s;
    int used = 0;
    while (rest.n_bytes > 0) {
        Str before = rest;
        int width;
        (void)utf8_next_char(&rest, &width);
        if (used + width > cols) {
            return str_sub(s, 0, s.n_bytes - before.n_bytes);
        }
        used += width;
    }
    return s;
}

static Str skip_blanks(Str s)
{
    while (s.n_bytes > 0 && s.at[0] == ' ') {
        s = str_from(s, 1);
    }
    return s;
}

Str utf8_wrap(Str *rest, int cols)
{
    Str text = *rest;
    size_t line_end = str_find_char(text, '\n', 0);
    Str line = utf8_fit(str_sub(text, 0, line_end), cols);
    if (line.n_bytes == text.n_bytes || line.n_bytes == line_end) {
        *rest = str_from(text, line.n_bytes + 1);
        return line;
    }
    size_t cut = line.n_bytes;
    if (text.at[cut] != ' ') {
        while (cut > 0 && text.at[cut - 1] != ' ') {
            cut--;
        }
    }
    if (cut == 0) { /* one word longer than the line: behind a hyphen or a slash, else anywhere */
        cut = line.n_bytes;
        while (cut > 0 && text.at[cut - 1] != '-' && text.at[cut - 1] != '/') {
            cut--;
        }
        cut = cut > line.n_bytes / 3 ? cut : line.n_bytes;
    }
    if (cut == 0) { /* not even one wide character fits: take it all the same, or we never end */
        int width;
        Str one = text;
        cut = utf8_next_char(&one, &width).n_bytes;
    }
    *rest = skip_blanks(str_from(text, cut));
    if (rest->n_bytes > 0 && rest->at[0] == '\n') {
        *rest = str_from(*rest, 1); /* only blanks were left of this line */
    }
    line = str_sub(text, 0, cut);
    while (line.n_bytes > 0 && line.at[line.n_bytes - 1] == ' ') {
        line.n_bytes--;
    }
    return line;
}

bool utf8_is_hidden(uint32_t c)
{
    if (c < 0x300) {
        return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xAD;
    }
    return c == 0x061C || (c >= 0x180B && c <= 0x180F) || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || c == UTF8_BOM || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF) ||
           c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0;
}

static void add_visible(StrBuf *out, Str s, bool keep_lines)
{
    while (s.n_bytes > 0) {
        Str here = s;
        uint32_t c = utf8_next(&s);
        Str bytes = str_sub(here, 0, here.n_bytes - s.n_bytes);
        if (c == '\n' && keep_lines) {
            strbuf_add_char(out, '\n');
        } else if (c == '\t' || c == '\n' || c == '\r') {
            strbuf_add_char(out, ' ');
        } else if (c < 0x20 || c == 0x7F) {
            strbuf_add_char(out, '^');
            strbuf_add_char(out, (char)(c ^ 0x40));
        } else if (c == UTF8_REPLACEMENT && bytes.n_bytes == 1) {
            strbuf_addf(out, "<%02X>", (unsigned char)bytes.at[0]);
        } else if (utf8_is_hidden(c)) {
            strbuf_addf(out, "<%04X>", (unsigned)c);
        } else {
            strbuf_add(out, bytes);
        }
    }
}

void utf8_add_visible(StrBuf *out, Str s)
{
    add_visible(out, s, false);
}

void utf8_add_visible_lines(StrBuf *out, Str s)
{
    add_visible(out, s, true);
}

static uint32_t fold(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
    }
    if (c == 0xA0 || c == 0x202F) {
        return ' ';
    }
    c = (uint32_t)utf8proc_tolower((utf8proc_int32_t)c);
    return c == YO_SMALL ? YE_SMALL : c;
}

void utf8_add_folded(StrBuf *out, Str s)
{
    while (s.n_bytes > 0) {
        uint32_t c = fold(utf8_next(&s));
        utf8_add(out, c);
    }
}

/* Bytes of hay that fold to needle; SIZE_MAX: it does not begin with them. */
static size_t starts_folded(Str hay, Str needle)
{
    size_t n_bytes = hay.n_bytes;
    while (needle.n_bytes > 0) {
        if (hay.n_bytes == 0 || fold(utf8_next(&hay)) != utf8_next(&needle)) {
            return SIZE_MAX;
        }
    }
    return n_bytes - hay.n_bytes;
}

Str utf8_find_folded(Str hay, Str needle)
{
    while (hay.n_bytes > 0) {
        size_t n_bytes = starts_folded(hay, needle);
        if (n_bytes != SIZE_MAX) {
            return str_sub(hay, 0, n_bytes);
        }
        (void)utf8_next(&hay);
    }
    return (Str){ 0 };
}

bool utf8_contains_folded(Str hay, Str needle)
{
    return needle.n_bytes == 0 || utf8_find_folded(hay, needle).at != NULL;
}

static bool is_digit(Str s)
{
    return s.n_bytes > 0 && s.at[0] >= '0' && s.at[0] <= '9';
}

static Str take_number(Str *rest)
{
    while (rest->n_bytes > 1 && rest->at[0] == '0' && is_digit(str_from(*rest, 1))) {
        *rest = str_from(*rest, 1);
    }
    size_t n = 0;
    while (is_digit(str_from(*rest, n))) {
        n++;
    }
    Str number = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return number;
}

static int number_order(Str *a, Str *b)
{
    Str x = take_number(a);
    Str y = take_number(b);
    return x.n_bytes != y.n_bytes ? (x.n_bytes < y.n_bytes ? -1 : 1) : str_cmp(x, y);
}

int utf8_collate(Str a, Str b)
{
    Str x = a;
    Str y = b;
    while (x.n_bytes > 0 && y.n_bytes > 0) {
        if (is_digit(x) && is_digit(y)) {
            int order = number_order(&x, &y);
            if (order != 0) {
                return order;
            }
            continue;
        }
        uint32_t wx = fold(utf8_next(&x));
        uint32_t wy = fold(utf8_next(&y));
        if (wx != wy) {
            return wx < wy ? -1 : 1;
        }
    }
    if (x.n_bytes != y.n_bytes) {
        return x.n_bytes < y.n_bytes ? -1 : 1;
    }
    return str_cmp(a, b);
}
