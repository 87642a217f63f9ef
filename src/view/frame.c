#include "vekha/view/frame.h"

#include <stdlib.h>

#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* Rows of the screen that are not the view's: title line above, message line and key bar below. */
enum { TITLE_ROWS = 1, MESSAGE_ROWS = 1, BAR_ROWS = 1, BAR_KEYS = 10, BAR_COLS_MIN = 8 };

static const ViewOps *const views[] = {
    [VIEW_PLANS] = &plans_view,
    [VIEW_EVENTS] = &events_view,
    [VIEW_TIMELINE] = &timeline_view,
};
_Static_assert(COUNTOF(views) == VIEW_COUNT, "every view has its operations");

struct Frame {
    Session *session;
    Keymap *keymap;
    ViewState states[VIEW_COUNT];
    size_t file; /* whose rows the states scroll through */
};

Frame *frame_new(Session *session)
{
    Frame *frame = mem_new(sizeof *frame);
    frame->session = session;
    frame->keymap = keymap_new();
    frame->file = session->file;
    return frame;
}

void frame_free(Frame *frame)
{
    if (frame != NULL) {
        keymap_free(frame->keymap);
        free(frame);
    }
}

bool frame_key(Frame *frame, Key key)
{
    Session *session = frame->session;
    key = session_take_key(session, key);
    const Command *command = keymap_find(frame->keymap, session, key);
    if (command != NULL) {
        session_say_nothing(session);
        command_run(session, command);
    } else if (session->overlay == OVERLAY_PROMPT) {
        (void)lineedit_key(&session->line, key);
    }
    if (frame->file != session->file) { /* another plan begins at its own top */
        frame->states[VIEW_EVENTS] = frame->states[VIEW_TIMELINE] = (ViewState){ 0 };
        frame->file = session->file;
    }
    return !session->is_done;
}

static void add_title(StrBuf *out, const Session *session)
{
    const PlanFile *file = session_file(session);
    strbuf_add(out, text_get(session->lang, T_PROGRAM));
    if (session->view != VIEW_PLANS && file != NULL) {
        strbuf_add(out, STR(" · "));
        utf8_add_visible(out, file->plan->short_name.n_bytes > 0 ? file->plan->short_name : file->name);
    }
    strbuf_add(out, STR(" · "));
    strbuf_add(out, text_get(session->lang, views[session->view]->title));
    if ((session->query.states >> STATE_LATE & 1) != 0) {
        strbuf_add(out, STR(" · "));
        strbuf_add(out, text_get(session->lang, T_FILTER_LATE));
    }
}

static void draw_title(const Session *session, Canvas *canvas)
{
    StrBuf today = { 0 };
    StrBuf title = { 0 };
    text_put(&today, session->lang, T_TODAY, TEXT_NUM(0));
    day_add_ru(&today, session->today);
    int cols = utf8_cols(strbuf_str(&today));
    add_title(&title, session);
    canvas_field(canvas, 0, 1, canvas->n_cols - cols - 3, STYLE_TITLE, strbuf_str(&title));
    canvas_text(canvas, 0, canvas->n_cols - cols - 1, cols, STYLE_TEXT, strbuf_str(&today));
    strbuf_done(&today);
    strbuf_done(&title);
}

static void draw_message(const Frame *frame, Canvas *canvas)
{
    const Session *session = frame->session;
    int y = canvas->n_rows - MESSAGE_ROWS - BAR_ROWS;
    StrBuf text = { 0 };
    if (session->message.n_bytes > 0) {
        strbuf_add(&text, strbuf_str(&session->message));
    } else {
        views[session->view]->counts(&text, &frame->states[session->view], session);
    }
    canvas_field(canvas, y, 1, canvas->n_cols - 2, session->message_is_error ? STYLE_ERROR : STYLE_MESSAGE, strbuf_str(&text));
    strbuf_done(&text);
}

static void draw_bar_key(const Session *session, const Command *command, int number, int y, int x, int n_cols, Canvas *canvas)
{
    StrBuf text = { 0 };
    strbuf_addf(&text, "%2d", number);
    canvas_text(canvas, y, x, 2, STYLE_KEYBAR_KEY, strbuf_str(&text));
    canvas_fill(canvas, y, x + 2, 1, n_cols - 2, STYLE_KEYBAR_TEXT);
    if (command != NULL && command->bar != T_NONE) {
        canvas_text(canvas, y, x + 2, n_cols - 2, STYLE_KEYBAR_TEXT, text_get(session->lang, command->bar));
    }
    strbuf_done(&text);
}

/* Eight columns a key, as in mc, or more; where ten do not fit, only the keys that mean something. */
static void draw_key_bar(const Frame *frame, Canvas *canvas)
{
    int key_cols = canvas->n_cols / BAR_KEYS;
    bool has_room = key_cols >= BAR_COLS_MIN;
    int x = 0;
    for (int number = 1; number <= BAR_KEYS; number++) {
        const Command *command = keymap_f_key(frame->keymap, frame->session, number);
        if (has_room || command != NULL) {
            int n_cols = has_room ? key_cols : BAR_COLS_MIN;
            draw_bar_key(frame->session, command, number, canvas->n_rows - 1, x, n_cols, canvas);
            x += n_cols;
        }
    }
}

static void draw_overlay(Frame *frame, Canvas *canvas, Canvas *area)
{
    Session *session = frame->session;
    switch (session->overlay) {
    case OVERLAY_NONE:
        break;
    case OVERLAY_HELP:
        help_draw(session, area);
        break;
    case OVERLAY_STATUS:
        status_draw(session, area);
        break;
    case OVERLAY_PROMPT:
        prompt_draw(session, canvas);
        break;
    }
}

void frame_draw(Frame *frame, Canvas *canvas)
{
    Session *session = frame->session;
    canvas_clear(canvas);
    if (canvas->n_rows < FRAME_MIN_ROWS || canvas->n_cols < FRAME_MIN_COLS) {
        canvas_text(canvas, 0, 0, canvas->n_cols, STYLE_TEXT, text_get(session->lang, T_SCREEN_TOO_SMALL));
        return;
    }
    int n_rows = canvas->n_rows - TITLE_ROWS - MESSAGE_ROWS - BAR_ROWS;
    Canvas area = canvas_area(canvas, TITLE_ROWS, 0, n_rows, canvas->n_cols);
    ViewState *state = &frame->states[session->view];
    views[session->view]->update(state, session, n_rows, canvas->n_cols);
    draw_title(session, canvas);
    views[session->view]->draw(state, session, &area);
    draw_message(frame, canvas);
    draw_key_bar(frame, canvas);
    draw_overlay(frame, canvas, &area);
}
