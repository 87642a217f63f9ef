#ifndef VEKHA_TERM_PRIV_H
#define VEKHA_TERM_PRIV_H

#include <stdbool.h>
#include <stddef.h>
#include <termios.h>

#include "vekha/app/key.h"
#include "vekha/base/err.h"
#include "vekha/term/loop.h"
#include "vekha/view/canvas.h"

/* input.c: bytes to keys. It knows no clock and no terminal. */

enum { INPUT_SIZE = 4096, INPUT_MAX_SEQUENCES = 40, INPUT_SEQUENCE_SIZE = 12 };

typedef struct InputSequence {
    char bytes[INPUT_SEQUENCE_SIZE];
    size_t n_bytes;
    Key key;
} InputSequence;

/** Bytes that came and are no key yet. Zero is empty; esc_ms must be set. */
typedef struct Input {
    unsigned char bytes[INPUT_SIZE];
    size_t n_bytes;
    int esc_ms;      /* how long a lone Esc waits for what may follow it */
    bool after_esc;  /* that time passed and Esc was taken; its rest may still come */
    bool is_pasting; /* between the marks that the terminal sets around what is pasted */
    InputSequence sequences[INPUT_MAX_SEQUENCES];
    size_t n_sequences;
} Input;

/** A sequence that this terminal sends for a key (NULL: none); it goes before the built-in ones. */
void input_add_sequence(Input *input, const char *sequence, Key key);
/** Appends what fits; returns how much that is. */
size_t input_feed(Input *input, const char *bytes, size_t n_bytes);
/**
 * Takes the next key; false when there is none, or only the beginning of one. With waited the
 * time input_wait_ms() has passed: the beginning is all there will be.
 */
bool input_take(Input *input, bool waited, Key *out) MUST_USE;
/** How long to wait for the rest of a key; -1 when nothing is begun. */
int input_wait_ms(const Input *input);

/* caps.c: what the description of the terminal says. */

/** Is there a description of that name? Asked before newterm(), which loses memory when there is none. */
bool caps_exist(const char *terminal);
/* The others hold between newterm() and delscreen(). */
bool caps_can_move(void);
bool caps_has_reverse(void);
/** Is the cursor said to stand in the next row as soon as the last column is written, and not with the next character? */
bool caps_wraps_at_once(void);
/** Appends the move to a place by its numbers, wherever the cursor is. */
void caps_add_move(StrBuf *out, int y, int x);
void caps_add_keys(Input *input);
/** Asks for marks around what is pasted, or for none; nothing where the terminal does not speak so. */
void caps_add_paste_marks(StrBuf *out, bool wanted);
/** The bytes that bring the terminal back to the shell's state. */
void caps_add_restore(StrBuf *out);

/* signals.c: signals become bytes in a pipe; those that kill give the terminal back first. */

enum { SIGNALS_RESIZED = 1, SIGNALS_STOP = 2, SIGNALS_CONTINUED = 4, SIGNALS_END = 8 };

/** Before curses looks for handlers to replace. modes is what the terminal gets back; false with errno set. */
bool signals_start(int fd, const struct termios *modes) MUST_USE;
/** The bytes that a fatal signal brings the terminal back with. */
void signals_set_restore(Str restore);
void signals_stop(void);
/** To poll for reading. */
int signals_fd(void);
/** What came since, or'ed. */
unsigned signals_take(void);
/** Did a signal come that ends the program? True from then on, whether it was taken or not. */
bool signals_must_end(void);
/** Stops the process as SIGTSTP does (whole_group: all of its job); returns when it goes on. */
void signals_stop_here(bool whole_group);

/* term.c: start and restore. */

typedef struct Term Term;

Term *term_start(const TermOptions *options, Err *err) MUST_USE; /* NULL on failure */
void term_stop(Term *term);
/** Leaves the screen to the shell, until term_resume(). */
void term_pause(Term *term);
void term_resume(Term *term);
/** Asks the size; true if it changed. The canvas is new then. */
bool term_measure(Term *term);
Canvas *term_canvas(Term *term);
Input *term_input(Term *term);

/* paint.c */

/** The canvas onto the screen: what differs from the last one. False when the terminal is gone. */
bool paint_canvas(Term *term) MUST_USE;
/** Whatever the screen shows: the next paint_canvas() sends everything. */
void paint_forget(Term *term);

#endif
