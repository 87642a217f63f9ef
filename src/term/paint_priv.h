#ifndef VEKHA_TERM_PAINT_PRIV_H
#define VEKHA_TERM_PAINT_PRIV_H

#include <curses.h>

#include "term/term_priv.h"

/* What term.c, paint.c and frame.c share: all that knows curses. */
struct Term {
    SCREEN *screen;
    FILE *frame;          /* what curses writes into */
    StrBuf sent;          /* the last frame */
    struct termios modes; /* the terminal's before us */
    bool has_signals, is_entered;
    Input input;
    Canvas *canvas;
    Cell *shown; /* the canvas as it was sent last; NULL: send everything */
    cchar_t *line;
    bool has_reverse, wraps_at_once, cursor_is_shown;
    attr_t attrs[STYLE_COUNT];
    short pairs[STYLE_COUNT];
};

/* frame.c */

/** What curses is to write into; NULL with errno set. Release with fclose(). */
FILE *frame_open(void) MUST_USE;
/** Puts the cursor there behind what curses wrote so far; curses is not told. */
void frame_move(Term *term, int y, int x);
/** Asks the terminal to tell what is pasted from what is typed, or no longer to. */
void frame_mark_pastes(Term *term, bool wanted);
/** Sends what curses wrote, in one piece; false when the terminal is gone. */
bool frame_send(Term *term);

#endif
