#include <stdint.h>

#include "doc/doc_priv.h"
#include "vekha/base/utf8.h"

enum { GUESS_BYTES = 4096 };

static bool is_utf16_or_32(Str text)
{
    return str_starts(text, STR("\xFF\xFE")) || str_starts(text, STR("\xFE\xFF")) || str_starts(text, STR("\0\0\xFE\xFF")) ||
           (text.n_bytes >= 4 && (text.at[0] == 0) != (text.at[1] == 0) && (text.at[2] == 0) != (text.at[3] == 0));
}

/* libyaml compares each directive of a document with each: a file of nothing else would take it hours. */
static size_t excess_directive(Str text)
{
    int n_directives = 0;
    size_t at = span_bom(text);
    while (at < text.n_bytes && (text.at[at] == '%' || str_is_blank(str_sub(text, at, at + 1)) || text.at[at] == '#')) {
        n_directives += text.at[at] == '%';
        if (n_directives > DOC_MAX_DIRECTIVES) {
            return at;
        }
        at = span_next_line(text, at);
    }
    return SIZE_MAX;
}

bool doc_check_start(Doc *doc)
{
    if (is_utf16_or_32(doc->text)) {
        doc_break(doc, 0, T_DOC_UTF16, NULL, 0);
        return false;
    }
    size_t at = excess_directive(doc->text);
    if (at != SIZE_MAX) {
        doc_break(doc, at, T_DOC_TOO_MANY_DIRECTIVES, (const TextArg[]){ TEXT_NUM(DOC_MAX_DIRECTIVES) }, 1);
        return false;
    }
    return true;
}

/*
 * The single-byte Cyrillic that the bytes look like; empty if none. Small letters are the bulk of any
 * text: E0–FF in CP1251, C0–DF in KOI8-R, A0–AF (and E0–EF) in CP866.
 */
static Str guess_encoding(Str bytes)
{
    int n_of_sixteen[16] = { 0 };
    int n_high = 0;
    for (size_t i = 0; i < bytes.n_bytes && i < GUESS_BYTES; i++) {
        unsigned char c = (unsigned char)bytes.at[i];
        n_of_sixteen[c >> 4]++;
        n_high += c >= 0x80;
    }
    int cp1251 = n_of_sixteen[0xE] + n_of_sixteen[0xF];
    int koi8 = n_of_sixteen[0xC] + n_of_sixteen[0xD];
    int cp866 = n_of_sixteen[0x8] + n_of_sixteen[0x9] + n_of_sixteen[0xA];
    if (cp866 * 2 > n_high) {
        return STR("CP866");
    }
    if ((cp1251 + koi8) * 10 < n_high * 9) {
        return (Str){ 0 };
    }
    return cp1251 > koi8 ? STR("CP1251") : STR("KOI8-R");
}

static bool is_ascii(Str s)
{
    for (size_t i = 0; i < s.n_bytes; i++) {
        if ((unsigned char)s.at[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

static void break_not_utf8(Doc *doc, size_t at)
{
    Str guess = { 0 };
    if (is_ascii(str_sub(doc->text, 0, at))) { /* else it is UTF-8 with a broken byte in it */
        guess = guess_encoding(str_from(doc->text, at));
    }
    if (guess.n_bytes > 0) {
        doc_break(doc, at, T_DOC_NOT_UTF8_BUT, (const TextArg[]){ TEXT_STR(guess) }, 1);
    } else {
        doc_break(doc, at, T_DOC_NOT_UTF8, NULL, 0);
    }
}

/* What libyaml takes: YAML 1.1's printable characters. */
static bool is_taken(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7E) || c == 0x85 ||
           (c >= 0xA0 && c < 0xFFFE && c != UTF8_BOM) || c >= 0x10000;
}

static void break_control(Doc *doc, size_t at, uint32_t c)
{
    if (c == 0) {
        doc_break(doc, at, T_DOC_BINARY, NULL, 0);
        return;
    }
    StrBuf name = { 0 };
    strbuf_addf(&name, "U+%04X", c);
    doc_break(doc, at, T_DOC_CONTROL, (const TextArg[]){ TEXT_STR(strbuf_str(&name)) }, 1);
    strbuf_done(&name);
}

size_t doc_find_bad_byte(Doc *doc)
{
    size_t bad = doc->text.n_bytes;
    (void)utf8_valid(doc->text, &bad);
    Str rest = str_sub(doc->text, span_bom(doc->text), bad);
    while (rest.n_bytes > 0) {
        Str here = rest;
        uint32_t c = utf8_next(&rest);
        if (!is_taken(c)) {
            size_t at = (size_t)(here.at - doc->text.at);
            break_control(doc, at, c);
            return at;
        }
    }
    break_not_utf8(doc, bad);
    return bad;
}
