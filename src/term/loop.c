#include "vekha/term/loop.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "term/term_priv.h"
#include "vekha/base/clock.h"

enum { MAX_READS = 16 }; /* at most so many before a screen: an endless paste is seen to run */

typedef struct Loop {
    const TermClient *client;
    Term *term;
    int idle_ms;
    long long rest_due_ms; /* when the beginning of a key is taken for all of it; -1: none is begun */
    bool ended, must_draw;
} Loop;

/* Also where the size is what it was: between two looks it may have been another, and what was shown is lost. */
static void take_size(Loop *loop)
{
    (void)term_measure(loop->term);
    paint_forget(loop->term);
    const Canvas *canvas = term_canvas(loop->term);
    loop->client->resize(loop->client->state, canvas->n_cols, canvas->n_rows);
    loop->must_draw = true;
}

/* Before anything that may block: the terminal may be one that nobody reads. */
static void keep(const Loop *loop)
{
    if (loop->client->keep != NULL) {
        loop->client->keep(loop->client->state);
    }
}

static void stop_and_go_on(Loop *loop, bool whole_group)
{
    keep(loop);
    term_pause(loop->term);
    signals_stop_here(whole_group);
    term_resume(loop->term);
    take_size(loop);
}

static void take_signals(Loop *loop)
{
    unsigned woken = signals_take();
    if ((woken & SIGNALS_END) != 0) {
        loop->ended = true;
        return;
    }
    if ((woken & SIGNALS_STOP) != 0) {
        stop_and_go_on(loop, false);
    } else if ((woken & SIGNALS_CONTINUED) != 0) { /* after SIGSTOP, which asks nobody */
        term_resume(loop->term);
        loop->must_draw = true;
    }
    if ((woken & SIGNALS_RESIZED) != 0) {
        take_size(loop);
    }
}

static void take_key(Loop *loop, Key key)
{
    if (key_eq(key, KEY_CTRL('z')) && !key.is_pasted) {
        stop_and_go_on(loop, true);
        return;
    }
    if (key_eq(key, KEY_CTRL('l'))) {
        paint_forget(loop->term);
    }
    loop->ended = !loop->client->key(loop->client->state, key);
    loop->must_draw = true;
}

static void take_keys(Loop *loop, bool waited)
{
    Key key;
    while (!loop->ended && input_take(term_input(loop->term), waited, &key)) {
        waited = false;
        take_key(loop, key);
    }
    int rest_ms = input_wait_ms(term_input(loop->term));
    loop->rest_due_ms = rest_ms < 0 ? -1 : clock_ms() + rest_ms;
}

static bool has_more(int fd)
{
    struct pollfd one = { .fd = fd, .events = POLLIN };
    return poll(&one, 1, 0) > 0 && (one.revents & POLLIN) != 0;
}

/* All that was typed so far, before anything is drawn. A terminal that is gone ends the loop. */
static void take_input(Loop *loop)
{
    char bytes[INPUT_SIZE / 2];
    for (int i = 0; i < MAX_READS && !loop->ended; i++) {
        ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);
        if (n <= 0) {
            loop->ended = n == 0 || (errno != EINTR && errno != EAGAIN);
            return;
        }
        (void)input_feed(term_input(loop->term), bytes, (size_t)n);
        take_keys(loop, false);
        if (!has_more(STDIN_FILENO)) {
            return;
        }
    }
}

static int timeout_ms(const Loop *loop)
{
    int idle_ms = loop->idle_ms > 0 ? loop->idle_ms : -1;
    int wanted_ms = loop->client->wait_ms != NULL ? loop->client->wait_ms(loop->client->state) : -1;
    idle_ms = wanted_ms >= 0 && (idle_ms < 0 || wanted_ms < idle_ms) ? wanted_ms : idle_ms;
    if (loop->rest_due_ms < 0) {
        return idle_ms;
    }
    long long left_ms = loop->rest_due_ms - clock_ms();
    int rest_ms = left_ms < 0 ? 0 : (int)left_ms;
    return idle_ms < 0 || rest_ms < idle_ms ? rest_ms : idle_ms;
}

/* Waits for the first of a key, a signal, the rest of a key or idle_ms, and takes what came. */
static void wait_and_take(Loop *loop)
{
    struct pollfd fds[] = { { .fd = STDIN_FILENO, .events = POLLIN }, { .fd = signals_fd(), .events = POLLIN } };
    int n = poll(fds, COUNTOF(fds), timeout_ms(loop));
    if (n < 0) {
        loop->ended = errno != EINTR && errno != EAGAIN;
        return;
    }
    if ((fds[1].revents & POLLIN) != 0) {
        take_signals(loop);
    }
    if (!loop->ended && loop->client->idle(loop->client->state)) {
        loop->must_draw = true;
    }
    if (!loop->ended && (fds[0].revents & POLLIN) != 0) {
        take_input(loop);
    } else if ((fds[0].revents & (POLLHUP | POLLERR | POLLNVAL)) != 0) {
        loop->ended = true;
    } else if (loop->rest_due_ms >= 0 && clock_ms() >= loop->rest_due_ms) {
        take_keys(loop, true);
    }
}

static void draw(Loop *loop)
{
    Canvas *canvas = term_canvas(loop->term);
    canvas_clear(canvas);
    loop->client->draw(loop->client->state, canvas);
    loop->ended = !paint_canvas(loop->term);
    loop->must_draw = false;
}

bool term_run(const TermClient *client, const TermOptions *options, Err *err)
{
    Loop loop = {
        .client = client, .term = term_start(options, err), .idle_ms = options->idle_ms, .rest_due_ms = -1, .must_draw = true
    };
    if (loop.term == NULL) {
        return false;
    }
    const Canvas *canvas = term_canvas(loop.term);
    client->resize(client->state, canvas->n_cols, canvas->n_rows);
    while (!loop.ended) {
        if (loop.must_draw) {
            draw(&loop);
        } else {
            wait_and_take(&loop);
        }
    }
    keep(&loop);
    term_stop(loop.term);
    return true;
}
