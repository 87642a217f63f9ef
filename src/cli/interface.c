#include <stdlib.h>

#include "cli/cli_priv.h"
#include "vekha/base/clock.h"
#include "vekha/term/loop.h"
#include "vekha/view/frame.h"

enum { LOOK_AT_FILES_MS = 1000 };

/* What the terminal's loop drives. */
typedef struct Interface {
    Session *session;
    Frame *frame;
} Interface;

static void resize(void *state, int n_cols, int n_rows)
{
    (void)state, (void)n_cols, (void)n_rows; /* the frame draws in whatever size the canvas has */
}

static bool press(void *state, Key key)
{
    Interface *interface = state;
    return frame_key(interface->frame, key);
}

static bool look(void *state)
{
    Interface *interface = state;
    return session_tick(interface->session);
}

static void draw(void *state, Canvas *canvas)
{
    Interface *interface = state;
    frame_draw(interface->frame, canvas);
}

/* A day that was asked for stays; the clock's goes on at midnight. */
static Day fixed_day(const Cli *cli)
{
    ClockDay now = clock_today();
    return cli->options.today == day_of(now.year, now.month, now.day) ? 0 : cli->options.today;
}

void interface_run(Cli *cli)
{
    static const TermColor colors[] = {
        [COLOR_AUTO] = TERM_COLOR_AUTO,
        [COLOR_ALWAYS] = TERM_COLOR_ALWAYS,
        [COLOR_NEVER] = TERM_COLOR_NEVER,
    };
    Err err = { 0 };
    SessionOptions options = { .lang = cli_lang(cli), .today = fixed_day(cli), .who = cli_who(cli) };
    Interface interface = { .session = session_new(cli->store, &options) };
    cli->store = NULL; /* the session's now */
    interface.frame = frame_new(interface.session);
    TermClient client = { &interface, resize, press, look, draw };
    TermOptions term = {
        .ascii = cli->options.ascii,
        .color = cli->options.plain ? TERM_COLOR_NEVER : colors[cli->options.color],
        .idle_ms = LOOK_AT_FILES_MS,
    };
    if (!term_run(&client, &term, &err)) {
        (void)cli_fail(cli, &err);
    }
    frame_free(interface.frame);
    session_free(interface.session);
}
