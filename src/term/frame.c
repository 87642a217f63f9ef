#include "term/paint_priv.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/*
 * Curses writes a row at a time. It is given a file in memory, and what it wrote there goes to the
 * terminal as one write a frame: no half-drawn screens, and one packet over the network.
 */
FILE *frame_open(void)
{
    int fd = memfd_create("frame", MFD_CLOEXEC);
    return fd < 0 ? NULL : fdopen(fd, "w+");
}

static void add_bytes(Term *term, StrBuf *bytes)
{
    ssize_t ignored = write(fileno(term->frame), bytes->at, bytes->n_bytes); /* in memory */
    (void)ignored;
    strbuf_done(bytes);
}

void frame_move(Term *term, int y, int x)
{
    StrBuf move = { 0 };
    caps_add_move(&move, y, x);
    add_bytes(term, &move);
}

void frame_mark_pastes(Term *term, bool wanted)
{
    StrBuf marks = { 0 };
    caps_add_paste_marks(&marks, wanted);
    add_bytes(term, &marks);
}

static bool is_writable(int ms)
{
    struct pollfd one = { .fd = STDOUT_FILENO, .events = POLLOUT };
    return poll(&one, 1, ms) > 0;
}

/*
 * False when the terminal is gone. If nobody reads and the program is told to end, what waits is given up:
 * the rest of this frame, and then, for the bytes that give the terminal back, what was sent before.
 */
static bool write_all(Str bytes)
{
    enum { LAST_CHANCE_MS = 100 };
    if (signals_must_end() && !is_writable(LAST_CHANCE_MS)) {
        (void)tcflush(STDOUT_FILENO, TCOFLUSH);
    }
    while (bytes.n_bytes > 0) {
        ssize_t n = write(STDOUT_FILENO, bytes.at, bytes.n_bytes);
        if (n < 0 && errno == EAGAIN) {
            (void)is_writable(-1);
        } else if (n < 0 && errno != EINTR) {
            return false;
        }
        bytes = str_from(bytes, n < 0 ? 0 : (size_t)n);
        if (bytes.n_bytes > 0 && signals_must_end()) {
            return false;
        }
    }
    return true;
}

static void replace_all(StrBuf *buf, Str from, Str to)
{
    size_t written = 0;
    size_t read = 0;
    for (size_t at; (at = str_find(strbuf_str(buf), from, read)) != SIZE_MAX; read = at + from.n_bytes) {
        memmove(buf->at + written, buf->at + read, at - read);
        written += at - read;
        memcpy(buf->at + written, to.at, to.n_bytes);
        written += to.n_bytes;
    }
    memmove(buf->at + written, buf->at + read, buf->n_bytes - read);
    strbuf_cut(buf, written + buf->n_bytes - read);
}

/*
 * At each change of style curses also ends the line-drawing set, which is never begun here, and
 * takes colours back before it takes everything back: up to eleven bytes that do nothing.
 */
static void shorten(StrBuf *frame)
{
    static const struct {
        Str from, to; /* to is never longer */
    } rows[] = {
        { STR_INIT("\033(B"), STR_INIT("") },
        { STR_INIT("\017"), STR_INIT("") },
        { STR_INIT("\033[39m\033[m"), STR_INIT("\033[m") },
        { STR_INIT("\033[39;49m\033[m"), STR_INIT("\033[m") },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        replace_all(frame, rows[i].from, rows[i].to);
    }
}

bool frame_send(Term *term)
{
    int fd = fileno(term->frame);
    off_t size = lseek(fd, 0, SEEK_CUR);
    if (size <= 0) {
        return true;
    }
    strbuf_clear(&term->sent);
    strbuf_reserve(&term->sent, (size_t)size);
    ssize_t n = pread(fd, term->sent.at, (size_t)size, 0);
    if (n != size || lseek(fd, 0, SEEK_SET) != 0 || ftruncate(fd, 0) != 0) {
        return false;
    }
    term->sent.n_bytes = (size_t)n;
    if (term->is_entered) { /* the first frame ends whatever the program before us left on */
        shorten(&term->sent);
    }
    term->is_entered = true;
    return write_all(strbuf_str(&term->sent));
}
