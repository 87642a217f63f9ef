#ifndef VEKHA_BASE_STR_H
#define VEKHA_BASE_STR_H

#include <stdbool.h>
#include <stddef.h>

/** The result must be looked at. */
#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF_LIKE(at, first) __attribute__((__format__(__printf__, at, first)))
#define COUNTOF(array) (sizeof(array) / sizeof((array)[0]))

/**
 * A borrowed view of bytes: no ownership, no NUL. Zero is the empty string.
 * A view lives as long as what it was taken from.
 */
typedef struct Str {
    const char *at;
    size_t n_bytes;
} Str;

#define STR(literal) ((Str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal)               \
    {                                   \
        "" literal, sizeof(literal) - 1 \
    }                                                                /* for static tables */
#define STR_ARG(s) (int)(s).n_bytes, ((s).n_bytes > 0 ? (s).at : "") /* for "%.*s" */

/** View of a NUL-terminated string; NULL gives the empty one. */
Str str_of(const char *text);
/** Only blanks, tabs and line breaks (ASCII), or nothing. */
bool str_is_blank(Str s);
bool str_eq(Str a, Str b);
/** Byte order, as strcmp(). */
int str_cmp(Str a, Str b);
bool str_starts(Str s, Str prefix);
bool str_ends(Str s, Str suffix);
/** Bytes from..to, to excluded; both are cut to the length. */
Str str_sub(Str s, size_t from, size_t to);
Str str_from(Str s, size_t from);
/** Without ASCII white space at either end. */
Str str_trim(Str s);
/** Takes the part before sep off rest (all of it when there is no sep). */
Str str_cut(Str *rest, char sep);
/** Byte offset of the first needle at or after from, or SIZE_MAX. */
size_t str_find(Str hay, Str needle, size_t from);
size_t str_find_char(Str hay, char c, size_t from);
/** A decimal number of digits only; false on anything else or above 10^9. */
bool str_to_uint(Str s, int *out) MUST_USE;
/** Levenshtein distance in bytes, or bound as soon as it is not less than that; words of over 64 bytes are far from all. */
size_t str_distance(Str a, Str b, size_t bound);
/** FNV-1a, 64 bits. Not for hostile keys in tables without a bound. */
unsigned long long str_hash(Str s);
/** Of a text and what follows it: str_hash() of the first, and the second. */
unsigned long long str_hash_on(unsigned long long hash, Str s);

/** A growing string that owns its bytes; always NUL-terminated once written to. Zero is empty. */
typedef struct StrBuf {
    char *at;
    size_t n_bytes, n_alloc;
} StrBuf;

void strbuf_done(StrBuf *buf);
/** Empties, keeps the memory. */
void strbuf_clear(StrBuf *buf);
void strbuf_cut(StrBuf *buf, size_t n_bytes);
void strbuf_reserve(StrBuf *buf, size_t n_more);
void strbuf_add(StrBuf *buf, Str s);
void strbuf_add_char(StrBuf *buf, char c);
void strbuf_add_chars(StrBuf *buf, char c, size_t count);
/** Behind « · » where there is something before it; an empty part adds nothing. */
void strbuf_add_part(StrBuf *buf, Str part);
void strbuf_addf(StrBuf *buf, const char *format, ...) PRINTF_LIKE(2, 3);
/** Replaces from..to by s; the rest moves. */
void strbuf_splice(StrBuf *buf, size_t from, size_t to, Str s);
/** The content; dies at the next change. */
Str strbuf_str(const StrBuf *buf);
/** The content, NUL-terminated; never NULL. */
const char *strbuf_z(const StrBuf *buf);
/** Hands the memory over (release with free()); the buffer is empty then. Never NULL. */
char *strbuf_take(StrBuf *buf);

#endif
