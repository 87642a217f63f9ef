#ifndef VEKHA_TERM_PAINT_PRIV_H
#define VEKHA_TERM_PAINT_PRIV_H

#include <curses.h>

#include "term/term_priv.h"

/* What term.c and paint.c share: all that knows curses. */
struct Term {
    SCREEN *screen;
    Input input;
    Canvas *canvas;
    Cell *shown; /* the canvas as it was sent last; NULL: send everything */
    cchar_t *line;
    bool has_reverse, cursor_is_shown;
    attr_t attrs[STYLE_COUNT];
    short pairs[STYLE_COUNT];
};

#endif
