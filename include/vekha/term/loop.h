#ifndef VEKHA_TERM_LOOP_H
#define VEKHA_TERM_LOOP_H

#include <stdbool.h>

#include "vekha/app/key.h"
#include "vekha/base/err.h"
#include "vekha/view/canvas.h"

/** What the loop drives; state is the caller's. All of them are called from term_run() alone. */
typedef struct TermClient {
    void *state;
    /** The size of the screen; called once before the first draw, then at each change. */
    void (*resize)(void *state, int n_cols, int n_rows);
    /** A key, as typed (no regard to the layout); false ends the loop. */
    bool (*key)(void *state, Key key);
    /** At each wake before its keys, and after idle_ms without one; true: something changed, draw. */
    bool (*idle)(void *state);
    /** Everything, onto a blank canvas; only what differs from the screen is sent. */
    void (*draw)(void *state, Canvas *canvas);
    /** In how many milliseconds idle is to be called at the latest; -1: after idle_ms. May be NULL. */
    int (*wait_ms)(void *state);
    /** The program ends or stops, perhaps for good: what is not on disk yet has to be, before the terminal is touched. May be
     * NULL. */
    void (*keep)(void *state);
} TermClient;

typedef enum TermColor {
    TERM_COLOR_AUTO, /* if the terminal has eight of them and NO_COLOR is not set */
    TERM_COLOR_ALWAYS,
    TERM_COLOR_NEVER
} TermColor;

typedef struct TermOptions {
    bool ascii;      /* no signs beyond ASCII */
    TermColor color; /* also with ALWAYS the terminal must have them */
    int idle_ms;     /* 0 or less: idle is called at wakes only */
} TermOptions;

/**
 * Takes the terminal, runs the client until a key ends it, and gives the terminal back as it was, by
 * whatever way the program leaves. SIGHUP, SIGTERM and a terminal that hangs up end the loop too.
 * Ctrl-Z stops the program and Ctrl-L paints the screen anew without the client's doing; of the two it
 * is told Ctrl-L only.
 *
 * False only if the terminal could not be had: none there, or one that cannot move its cursor.
 */
bool term_run(const TermClient *client, const TermOptions *options, Err *err) MUST_USE;

#endif
