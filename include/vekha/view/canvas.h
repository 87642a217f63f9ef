#ifndef VEKHA_VIEW_CANVAS_H
#define VEKHA_VIEW_CANVAS_H

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>

#include "vekha/base/str.h"
#include "vekha/view/theme.h"

enum { CELL_MAX_BYTES = 12, CANVAS_TO_EDGE = INT_MAX };

/** One column of one row. Zero is never in a canvas: a blank is the character ' '. */
typedef struct Cell {
    char bytes[CELL_MAX_BYTES]; /* one character, UTF-8, zeroes behind it: cells compare as memory */
    uint8_t n_bytes;            /* 0: the right half of a wide character */
    uint8_t cols;               /* 1 or 2; 0 in the right half */
    uint8_t style;              /* enum Style */
    uint8_t unused;
} Cell;

/**
 * A rectangle of cells to draw on: the whole of a screen, or an area of one. Rows and columns count
 * from 0 at its own upper left corner; what falls outside is not drawn.
 */
typedef struct Canvas {
    int n_rows, n_cols;
    int top, left; /* where the area lies in its grid */
    struct CanvasGrid *grid;
} Canvas;

/** Blank, cursor hidden. In ascii, what is drawn is replaced by ASCII where it is a sign and no letter. */
Canvas *canvas_new(int n_rows, int n_cols, bool ascii) MUST_USE;
void canvas_free(Canvas *canvas); /* NULL is fine */
/** Only of a whole canvas; leaves it blank. Areas taken from it before are void. */
void canvas_resize(Canvas *canvas, int n_rows, int n_cols);
/** Blank, cursor hidden. */
void canvas_clear(Canvas *canvas);
/** A part of canvas, cut to what there is; it borrows, release nothing. */
Canvas canvas_area(const Canvas *canvas, int y, int x, int n_rows, int n_cols);

/**
 * Draws text (any bytes) in one line from y, x, at most max_cols columns (CANVAS_TO_EDGE: up to the edge).
 * What utf8_is_hidden() names is drawn as utf8_add_visible() writes it; a character that is
 * wider than the room left is not drawn. Returns the columns used.
 */
int canvas_text(Canvas *canvas, int y, int x, int max_cols, Style style, Str text);
/** As canvas_text(), but what does not fit ends in "…" (in ascii ".."), and the rest of the columns is blank in that style. */
void canvas_field(Canvas *canvas, int y, int x, int n_cols, Style style, Str text);
/** What says that there is more: "…", in ascii "..". */
Str canvas_ellipsis(const Canvas *canvas);
/** Blanks. */
void canvas_fill(Canvas *canvas, int y, int x, int n_rows, int n_cols, Style style);
/** A character of one column again and again: rules, bars. */
void canvas_repeat(Canvas *canvas, int y, int x, int n_cols, Style style, Str character);
/** Another style for what is drawn there already. */
void canvas_restyle(Canvas *canvas, int y, int x, int n_cols, Style style);
/** Where the terminal's own cursor stands; outside the area: hidden. */
void canvas_cursor(Canvas *canvas, int y, int x);

/** The cell, or NULL outside. */
const Cell *canvas_cell(const Canvas *canvas, int y, int x);
/** False if it is hidden; else where it stands in this area. */
bool canvas_get_cursor(const Canvas *canvas, int *y, int *x);

#endif
