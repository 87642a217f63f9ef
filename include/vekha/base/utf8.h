#ifndef VEKHA_BASE_UTF8_H
#define VEKHA_BASE_UTF8_H

#include <stdbool.h>
#include <stdint.h>

#include "vekha/base/str.h"

/* Widths are terminal columns (Unicode, UAX #11, ambiguous = 1), characters are extended grapheme clusters (UAX #29). */

enum { UTF8_REPLACEMENT = 0xFFFD, UTF8_BOM = 0xFEFF };

/** Valid UTF-8 (RFC 3629)? If not, *bad_at (may be NULL) is the first wrong byte. */
bool utf8_valid(Str s, size_t *bad_at);
/** Takes one code point off rest, which must not be empty; a wrong byte is taken alone, as U+FFFD. */
uint32_t utf8_next(Str *rest);
/** What is no code point (a surrogate, above U+10FFFF) is added as U+FFFD. */
void utf8_add(StrBuf *out, uint32_t code_point);
size_t utf8_count(Str s);
/** The longest prefix of whole code points in n_bytes. */
Str utf8_cut(Str s, size_t n_bytes);

/** Takes one character off rest, which must not be empty; *cols is its width, 0 to 2. */
Str utf8_next_char(Str *rest, int *cols);
int utf8_cols(Str s);
/** The longest prefix of whole characters in cols columns. */
Str utf8_fit(Str s, int cols);
/**
 * One line of text wrapped at blanks into cols columns: takes it (and the blanks behind it) off
 * rest. A word longer than the line is cut, behind a hyphen or a slash if that leaves enough; a line break in the text ends the
 * line. cols > 0.
 */
Str utf8_wrap(Str *rest, int cols);

/** Would a terminal act on it or hide it: controls, bidirectional and zero-width characters, U+FEFF, soft hyphen? */
bool utf8_is_hidden(uint32_t code_point);
/**
 * Appends s with what utf8_is_hidden() names shown: ESC is `^[`, U+202E is `<202E>`, a wrong byte
 * `<FF>`; a tab or a line break is one blank. The result is one line that a terminal can be sent.
 */
void utf8_add_visible(StrBuf *out, Str s);
/** The same, but line breaks stay. */
void utf8_add_visible_lines(StrBuf *out, Str s);

/** Appends s for comparison: lower case, ё as е, no-break spaces as blanks. */
void utf8_add_folded(StrBuf *out, Str s);
/** Is needle (folded already) in hay, once that is folded? An empty needle is in everything. */
bool utf8_contains_folded(Str hay, Str needle);
/** The first part of hay that is needle (folded already, not empty) once it is folded; nothing (at NULL): there is none. */
Str utf8_find_folded(Str hay, Str needle);
/** Russian dictionary order: letters without case, ё as е (behind it where nothing else differs), digits as numbers. Like
 * strcmp(). */
int utf8_collate(Str a, Str b);

#endif
