#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "term/term_priv.h"

typedef struct SignalRow {
    int number;
    unsigned wake; /* 0: it kills, once the terminal is given back */
} SignalRow;

static const SignalRow rows[] = {
    { SIGWINCH, SIGNALS_RESIZED },
    { SIGTSTP, SIGNALS_STOP },
    { SIGCONT, SIGNALS_CONTINUED },
    { SIGHUP, SIGNALS_END },
    { SIGTERM, SIGNALS_END },
    { SIGINT, SIGNALS_END },
    { SIGQUIT, SIGNALS_END },
    { SIGSEGV, 0 },
    { SIGBUS, 0 },
    { SIGILL, 0 },
    { SIGFPE, 0 },
    { SIGABRT, 0 },
};

enum { N_ROWS = COUNTOF(rows), RESTORE_SIZE = 256 };

/* The one thing in this program that changes and belongs to nobody: a signal handler is given no argument. */
static struct {
    volatile sig_atomic_t is_on, must_end;
    int pipe_out, pipe_in;
    int fd;
    struct termios modes;
    char restore[RESTORE_SIZE];
    size_t n_restore;
    struct sigaction before[N_ROWS];
    bool has_exit_hook;
} shared;

static void give_back(void)
{
    if (shared.is_on) {
        shared.is_on = 0;
        ssize_t ignored = write(shared.fd, shared.restore, shared.n_restore);
        (void)ignored; /* nobody is left to be told */
        (void)tcsetattr(shared.fd, TCSANOW, &shared.modes);
    }
}

static void on_wake(int number)
{
    int kept = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t ignored = write(shared.pipe_in, &byte, 1);
    (void)ignored; /* full: the loop will wake without it */
    for (size_t i = 0; i < N_ROWS; i++) {
        shared.must_end |= rows[i].number == number && rows[i].wake == SIGNALS_END;
    }
    errno = kept;
}

/* As if we had never been there: what handled the signal before handles it now. */
static void on_fatal(int number)
{
    give_back();
    for (size_t i = 0; i < N_ROWS; i++) {
        if (rows[i].number == number) {
            (void)sigaction(number, &shared.before[i], NULL);
        }
    }
    (void)raise(number);
}

/* A write that waits for a terminal nobody reads goes on after any signal but one that ends. */
static void handle(int number, void (*handler)(int), bool ends)
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    action.sa_flags = ends ? 0 : SA_RESTART;
    (void)sigemptyset(&action.sa_mask);
    (void)sigaction(number, &action, NULL);
}

bool signals_start(int fd, const struct termios *modes)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0) {
        return false;
    }
    shared.pipe_out = ends[0];
    shared.pipe_in = ends[1];
    shared.fd = fd;
    shared.modes = *modes;
    shared.n_restore = 0;
    shared.must_end = 0;
    if (!shared.has_exit_hook) {
        shared.has_exit_hook = atexit(give_back) == 0;
    }
    shared.is_on = 1;
    for (size_t i = 0; i < N_ROWS; i++) {
        (void)sigaction(rows[i].number, NULL, &shared.before[i]);
        handle(rows[i].number, rows[i].wake == 0 ? on_fatal : on_wake, rows[i].wake == SIGNALS_END);
    }
    return true;
}

void signals_set_restore(Str restore)
{
    size_t n_bytes = restore.n_bytes < RESTORE_SIZE ? restore.n_bytes : 0;
    memcpy(shared.restore, restore.at, n_bytes);
    shared.n_restore = n_bytes;
}

void signals_stop(void)
{
    for (size_t i = 0; i < N_ROWS; i++) {
        (void)sigaction(rows[i].number, &shared.before[i], NULL);
    }
    shared.is_on = 0;
    (void)close(shared.pipe_in);
    (void)close(shared.pipe_out);
}

int signals_fd(void)
{
    return shared.pipe_out;
}

bool signals_must_end(void)
{
    return shared.must_end != 0;
}

unsigned signals_take(void)
{
    unsigned char bytes[64];
    unsigned woken = 0;
    ssize_t n;
    while ((n = read(shared.pipe_out, bytes, sizeof bytes)) > 0) {
        for (size_t i = 0; i < (size_t)n; i++) {
            for (size_t k = 0; k < N_ROWS; k++) {
                woken |= rows[k].number == bytes[i] ? rows[k].wake : 0;
            }
        }
    }
    return woken;
}

void signals_stop_here(bool whole_group)
{
    shared.is_on = 0; /* stopped, the terminal is the shell's: whoever kills us now finds it in order */
    handle(SIGTSTP, SIG_DFL, false);
    (void)kill(whole_group ? 0 : getpid(), SIGTSTP); /* the shell waits for all of its job, a script around us too */
    handle(SIGTSTP, on_wake, false);
    shared.is_on = 1;
}
