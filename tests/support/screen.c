#include "screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "canvas.h"

void screen_open(Screen *screen)
{
    enum { N_ROWS = 24, N_COLS = 80 };
    fixture_open(&screen->fixture, NULL);
    screen->frame = frame_new(screen->fixture.session);
    screen->canvas = canvas_new(N_ROWS, N_COLS, false);
}

void screen_close(Screen *screen)
{
    frame_free(screen->frame);
    canvas_free(screen->canvas);
    fixture_close(&screen->fixture);
    *screen = (Screen){ 0 };
}

void screen_leave(Screen *screen)
{
    frame_free(screen->frame);
    session_free(screen->fixture.session);
    canvas_free(screen->canvas);
    temp_done(&screen->fixture.temp);
    screen->fixture.temp = temp_new();
}

void screen_draw(Screen *screen, int n_rows, int n_cols)
{
    canvas_free(screen->canvas);
    screen->canvas = canvas_new(n_rows, n_cols, false);
    frame_draw(screen->frame, screen->canvas);
}

void screen_press(Screen *screen, const char *names)
{
    for (Str rest = str_of(names); rest.n_bytes > 0;) {
        Key key;
        assert_true(key_parse(str_cut(&rest, ' '), &key));
        (void)frame_key(screen->frame, key);
    }
}

bool screen_shows(const Screen *screen, const char *words)
{
    StrBuf text = { 0 };
    canvas_add_text(&text, screen->canvas);
    bool found = str_find(strbuf_str(&text), str_of(words), 0) != SIZE_MAX;
    strbuf_done(&text);
    return found;
}

void screen_assert(const Screen *screen, const char *words)
{
    if (!screen_shows(screen, words)) {
        StrBuf text = { 0 };
        canvas_add_text(&text, screen->canvas);
        fail_msg("«%s» is not on the screen:\n%s", words, strbuf_z(&text));
    }
}
