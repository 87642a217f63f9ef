#include <stdlib.h>

#include "cli/cli_priv.h"
#include "vekha/app/drafting.h"
#include "vekha/base/clock.h"
#include "vekha/store/draft_file.h"
#include "vekha/term/loop.h"
#include "vekha/view/frame.h"

/* What others change is seen within a second: at the next look, and at the one after it, when the file has rested. */
enum { LOOK_AT_FILES_MS = 600, REST_OF_FILES_MS = 150, TYPED_AHEAD_MS = 500 };

/* What the terminal's loop drives. */
typedef struct Interface {
    Session *session;
    Frame *frame;
    bool has_offered; /* drafts: looked for once the first screen is there */
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
    bool is_first = !interface->has_offered;
    if (is_first) {
        interface->has_offered = true;
        session_offer_drafts(interface->session, TYPED_AHEAD_MS);
    }
    bool is_changed = session_tick(interface->session);
    return is_changed || (is_first && session_offer(interface->session) != NULL);
}

static int wait_ms(void *state)
{
    const Interface *interface = state;
    int files_ms = store_wait_ms(interface->session->store);
    int draft_ms = interface->has_offered ? session_draft_wait_ms(interface->session) : 0;
    return files_ms < 0 || (draft_ms >= 0 && draft_ms < files_ms) ? draft_ms : files_ms;
}

static void keep(void *state)
{
    Interface *interface = state;
    (void)session_keep_draft(interface->session);
    store_sync(interface->session->store);
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
    StrBuf drafts = { 0 };
    draft_add_folder(&drafts);
    SessionOptions options = {
        .lang = cli_lang(cli), .today = fixed_day(cli), .who = cli_who(cli), .drafts = strbuf_str(&drafts)
    };
    cli_sign(cli);
    store_set_rest(cli->store, REST_OF_FILES_MS);
    Interface interface = { .session = session_new(cli->store, &options) };
    cli->store = NULL; /* the session's now */
    interface.frame = frame_new(interface.session);
    TermClient client = { &interface, resize, press, look, draw, wait_ms, keep };
    TermOptions term = {
        .ascii = cli->options.ascii,
        .color = cli->options.plain ? TERM_COLOR_NEVER : colors[cli->options.color],
        .idle_ms = LOOK_AT_FILES_MS,
    };
    if (!term_run(&client, &term, &err)) {
        (void)cli_fail(cli, &err);
    }
    cli_say_warning(cli, interface.session->store); /* of a change right before the end, which no screen has shown */
    frame_free(interface.frame);
    session_free(interface.session);
    strbuf_done(&drafts);
}
