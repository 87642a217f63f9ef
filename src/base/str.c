#include "vekha/base/str.h"

#include <assert.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vekha/base/mem.h"

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_of(const char *text)
{
    return text == NULL ? (Str){ 0 } : (Str){ text, strlen(text) };
}

bool str_is_blank(Str s)
{
    return str_trim(s).n_bytes == 0;
}

bool str_eq(Str a, Str b)
{
    return a.n_bytes == b.n_bytes && (a.n_bytes == 0 || memcmp(a.at, b.at, a.n_bytes) == 0);
}

int str_cmp(Str a, Str b)
{
    size_t n = a.n_bytes < b.n_bytes ? a.n_bytes : b.n_bytes;
    int order = n == 0 ? 0 : memcmp(a.at, b.at, n);
    if (order != 0) {
        return order;
    }
    return (a.n_bytes > b.n_bytes) - (a.n_bytes < b.n_bytes);
}

bool str_starts(Str s, Str prefix)
{
    return s.n_bytes >= prefix.n_bytes && str_eq(str_sub(s, 0, prefix.n_bytes), prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.n_bytes >= suffix.n_bytes && str_eq(str_from(s, s.n_bytes - suffix.n_bytes), suffix);
}

Str str_sub(Str s, size_t from, size_t to)
{
    to = to > s.n_bytes ? s.n_bytes : to;
    from = from > to ? to : from;
    return from == to ? (Str){ s.at, 0 } : (Str){ s.at + from, to - from };
}

Str str_from(Str s, size_t from)
{
    return str_sub(s, from, s.n_bytes);
}

Str str_trim(Str s)
{
    size_t from = 0;
    size_t to = s.n_bytes;
    while (from < to && is_space(s.at[from])) {
        from++;
    }
    while (to > from && is_space(s.at[to - 1])) {
        to--;
    }
    return str_sub(s, from, to);
}

Str str_cut(Str *rest, char sep)
{
    size_t at = str_find_char(*rest, sep, 0);
    Str part = str_sub(*rest, 0, at);
    *rest = at == SIZE_MAX ? (Str){ 0 } : str_from(*rest, at + 1);
    return part;
}

size_t str_find(Str hay, Str needle, size_t from)
{
    if (from > hay.n_bytes || needle.n_bytes > hay.n_bytes - from) {
        return SIZE_MAX;
    }
    if (needle.n_bytes == 0) {
        return from;
    }
    const char *found = memmem(hay.at + from, hay.n_bytes - from, needle.at, needle.n_bytes);
    return found == NULL ? SIZE_MAX : (size_t)(found - hay.at);
}

size_t str_find_char(Str hay, char c, size_t from)
{
    if (from >= hay.n_bytes) {
        return SIZE_MAX;
    }
    const char *found = memchr(hay.at + from, c, hay.n_bytes - from);
    return found == NULL ? SIZE_MAX : (size_t)(found - hay.at);
}

bool str_to_uint(Str s, int *out)
{
    enum { STR_UINT_MAX = 1000000000 };
    long long value = 0;
    if (s.n_bytes == 0) {
        return false;
    }
    for (size_t i = 0; i < s.n_bytes; i++) {
        if (s.at[i] < '0' || s.at[i] > '9') {
            return false;
        }
        value = value * 10 + (s.at[i] - '0');
        if (value > STR_UINT_MAX) {
            return false;
        }
    }
    *out = (int)value;
    return true;
}

size_t str_distance(Str a, Str b, size_t bound)
{
    enum { WORD_MAX = 64 };
    size_t row[WORD_MAX + 1];
    if (a.n_bytes > WORD_MAX || b.n_bytes > WORD_MAX) {
        return bound;
    }
    for (size_t j = 0; j <= b.n_bytes; j++) {
        row[j] = j;
    }
    for (size_t i = 0; i < a.n_bytes; i++) {
        size_t diagonal = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < b.n_bytes; j++) {
            size_t replaced = diagonal + (a.at[i] != b.at[j]);
            diagonal = row[j + 1];
            size_t shorter = row[j] < diagonal ? row[j] : diagonal;
            row[j + 1] = shorter + 1 < replaced ? shorter + 1 : replaced;
        }
    }
    return row[b.n_bytes] < bound ? row[b.n_bytes] : bound;
}

unsigned long long str_hash_on(unsigned long long hash, Str s)
{
    for (size_t i = 0; i < s.n_bytes; i++) {
        hash = (hash ^ (unsigned char)s.at[i]) * 1099511628211ULL;
    }
    return hash;
}

unsigned long long str_hash(Str s)
{
    return str_hash_on(14695981039346656037ULL, s);
}

void strbuf_done(StrBuf *buf)
{
    free(buf->at);
    *buf = (StrBuf){ 0 };
}

void strbuf_clear(StrBuf *buf)
{
    strbuf_cut(buf, 0);
}

void strbuf_cut(StrBuf *buf, size_t n_bytes)
{
    assert(n_bytes <= buf->n_bytes);
    buf->n_bytes = n_bytes;
    if (buf->at != NULL) {
        buf->at[n_bytes] = '\0';
    }
}

void strbuf_reserve(StrBuf *buf, size_t n_more)
{
    size_t needed = buf->n_bytes + n_more + 1;
    if (needed <= buf->n_alloc) {
        return;
    }
    size_t grown = buf->n_alloc * 2;
    buf->n_alloc = needed > grown ? needed : grown;
    buf->at = mem_resize(buf->at, buf->n_alloc);
    buf->at[buf->n_bytes] = '\0';
}

void strbuf_add(StrBuf *buf, Str s)
{
    if (s.n_bytes == 0) {
        return;
    }
    strbuf_reserve(buf, s.n_bytes);
    memcpy(buf->at + buf->n_bytes, s.at, s.n_bytes);
    buf->n_bytes += s.n_bytes;
    buf->at[buf->n_bytes] = '\0';
}

void strbuf_add_char(StrBuf *buf, char c)
{
    strbuf_add(buf, (Str){ &c, 1 });
}

void strbuf_add_chars(StrBuf *buf, char c, size_t count)
{
    if (count == 0) {
        return;
    }
    strbuf_reserve(buf, count);
    memset(buf->at + buf->n_bytes, c, count);
    buf->n_bytes += count;
    buf->at[buf->n_bytes] = '\0';
}

void strbuf_add_part(StrBuf *buf, Str part)
{
    if (part.n_bytes > 0) {
        strbuf_add(buf, buf->n_bytes > 0 ? STR(" · ") : (Str){ 0 });
        strbuf_add(buf, part);
    }
}

void strbuf_addf(StrBuf *buf, const char *format, ...)
{
    va_list args;
    va_list again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    assert(n >= 0);
    strbuf_reserve(buf, (size_t)n);
    (void)vsnprintf(buf->at + buf->n_bytes, (size_t)n + 1, format, again);
    buf->n_bytes += (size_t)n;
    va_end(again);
    va_end(args);
}

void strbuf_splice(StrBuf *buf, size_t from, size_t to, Str s)
{
    assert(from <= to && to <= buf->n_bytes);
    strbuf_reserve(buf, s.n_bytes);
    memmove(buf->at + from + s.n_bytes, buf->at + to, buf->n_bytes - to);
    if (s.n_bytes > 0) {
        memcpy(buf->at + from, s.at, s.n_bytes);
    }
    buf->n_bytes += s.n_bytes - (to - from);
    buf->at[buf->n_bytes] = '\0';
}

Str strbuf_str(const StrBuf *buf)
{
    return (Str){ buf->at, buf->n_bytes };
}

const char *strbuf_z(const StrBuf *buf)
{
    return buf->at == NULL ? "" : buf->at;
}

char *strbuf_take(StrBuf *buf)
{
    strbuf_reserve(buf, 0);
    char *taken = buf->at;
    *buf = (StrBuf){ 0 };
    return taken;
}
