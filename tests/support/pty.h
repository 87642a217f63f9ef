#ifndef TESTS_SUPPORT_PTY_H
#define TESTS_SUPPORT_PTY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "vekha/base/str.h"

/**
 * A program on a real pseudo-terminal whose output a terminal emulator reads. Nothing here sleeps but
 * pty_idle(): what is waited for is named, and the time given is only when to give up.
 */
typedef struct Pty Pty;

typedef struct PtyOptions {
    int n_rows, n_cols;     /* 0: 24 and 80 */
    const char *term;       /* NULL: xterm-256color */
    const char *folder;     /* to run in; NULL: here */
    const char *const *env; /* "NAME=value", or "NAME" to be without, up to NULL; besides TERM, LANG, PATH, HOME; may be NULL */
    uid_t user;             /* 0: as this process; else this user and group, without others */
} PtyOptions;

enum { PTY_PATIENCE_MS = 10000, PTY_STILL_RUNNING = -1, PTY_BY_SIGNAL = 128 };

/** argv ends in NULL; argv[0] is a path. Ends the test program if there is no pseudo-terminal. */
Pty *pty_start(const PtyOptions *options, const char *const argv[]);
/** Kills what still runs. */
void pty_end(Pty *pty);

void pty_send(Pty *pty, const char *keys);
/** Reads until text is on the screen, within one row; false after ms. */
bool pty_wait_text(Pty *pty, const char *text, int ms);
/** Reads until text is nowhere on the screen. */
bool pty_wait_gone(Pty *pty, const char *text, int ms);
/** Reads until the terminal's cursor stands there. */
bool pty_wait_cursor(Pty *pty, int y, int x, int ms);
/** Reads until anything comes at all; false after ms. */
bool pty_wait_output(Pty *pty, int ms);
/** Reads until nothing has come for quiet_ms. A program that has not got to its answer yet is quiet too: see pty_wait_rest(). */
void pty_settle(Pty *pty, int quiet_ms);
/**
 * Reads until nothing has come for quiet_ms in which the program was asleep whenever looked at: on a busy machine one that
 * waits for the processor is not at rest. False after PTY_PATIENCE_MS.
 */
bool pty_wait_rest(Pty *pty, int quiet_ms);
/** Without reading, until the program has used no processor for quiet_ms: it hangs on what nobody takes from it. */
bool pty_wait_stalled(Pty *pty, int quiet_ms);
/** Lets time pass without reading: a link that stalls. */
void pty_idle(int ms);
/** The exit code, PTY_BY_SIGNAL + its number, or PTY_STILL_RUNNING after ms. */
int pty_wait_exit(Pty *pty, int ms);
/** The same, but nothing is read until it has ended. */
int pty_wait_exit_unread(Pty *pty, int ms);
/** Processor time of the program, which runs. */
uint64_t pty_used_ns(const Pty *pty);

/** Appends the screen: rows without the blanks at their ends, each with a line feed. */
void pty_add_screen(const Pty *pty, StrBuf *out);
/** Appends one row, with its blanks. */
void pty_add_row(const Pty *pty, int y, StrBuf *out);
void pty_get_cursor(const Pty *pty, int *y, int *x);
bool pty_cursor_is_shown(const Pty *pty);
bool pty_is_reverse(const Pty *pty, int y, int x);
/** What the place looks like: characters, attributes and colours; equal numbers look the same. */
uint64_t pty_look(const Pty *pty, int y, int x);
/** Is the program on the terminal's second screen, and so the shell's untouched? */
bool pty_is_on_alternate(const Pty *pty);
/** Bytes that came since the last call. */
size_t pty_take_count(Pty *pty);
/** The bytes themselves, from the start. */
Str pty_output(const Pty *pty);

void pty_resize(Pty *pty, int n_rows, int n_cols);
void pty_signal(Pty *pty, int number);
/** The link drops: our end is closed. What is on the screen can still be read. */
void pty_hang_up(Pty *pty);
int pty_pid(const Pty *pty);
/** Has the terminal echo and lines, as a shell wants it? After the end of the link: had it then? */
bool pty_is_cooked(const Pty *pty);

#endif
