#include "vekha/view/frame.h"

#include <stdint.h>
#include <stdlib.h>

#include "vekha/app/session_journal.h"
#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* Rows of the screen that are not the view's: title line above, message line and key bar below. */
enum { TITLE_ROWS = 1, MESSAGE_ROWS = 1, BAR_ROWS = 1, BAR_KEYS = 10, BAR_COLS_MIN = 8, TITLE_NARROW = 60 };

static const ViewOps *const views[] = {
    [VIEW_PLANS] = &plans_view, [VIEW_EVENTS] = &events_view, [VIEW_TIMELINE] = &timeline_view,
    [VIEW_CARD] = &card_view,   [VIEW_MONTH] = &month_view,   [VIEW_JOURNAL] = &journal_view,
};
_Static_assert(COUNTOF(views) == VIEW_COUNT, "every view has its operations");

struct Frame {
    Session *session;
    Keymap *keymap;
    ViewState states[VIEW_COUNT];
    size_t hand; /* whose rows the states scroll through: a file, or SIZE_MAX for all */
};

static size_t hand_of(const Session *session)
{
    return session->is_all ? SIZE_MAX : session->file;
}

Frame *frame_new(Session *session)
{
    Frame *frame = mem_new(sizeof *frame);
    frame->session = session;
    frame->keymap = keymap_new();
    frame->hand = hand_of(session);
    return frame;
}

void frame_free(Frame *frame)
{
    if (frame != NULL) {
        keymap_free(frame->keymap);
        card_done(&frame->states[VIEW_CARD]);
        free(frame);
    }
}

/* A key that means nothing here says so; one of another view says of which. */
static void say_no_command(Frame *frame, Key key)
{
    const Command *elsewhere = keymap_find_elsewhere(frame->keymap, key);
    if (elsewhere != NULL) {
        command_run(frame->session, elsewhere); /* which refuses, and names the view */
        return;
    }
    StrBuf name = { 0 };
    key_add_name(&name, frame->session->lang, key);
    session_say(frame->session, T_SAID_NO_KEY, TEXT_STR(strbuf_str(&name)));
    strbuf_done(&name);
}

bool frame_key(Frame *frame, Key key)
{
    Session *session = frame->session;
    if (key.is_pasted) {
        session_paste(session, key);
        return true;
    }
    key = session_take_key(session, key);
    const Command *command = keymap_find(frame->keymap, session, key);
    if (command != NULL) {
        if (!str_eq(command->name, STR("redraw"))) { /* which shows the same once more */
            session_say_nothing(session);
        }
        command_run(session, command);
    } else if (session->overlay == OVERLAY_PROMPT || session->overlay == OVERLAY_CHOOSER || session->overlay == OVERLAY_MENU) {
        session_say_nothing(session);
        (void)session_type(session, key);
    } else if (session->overlay == OVERLAY_NONE && key.kind != K_NONE) {
        say_no_command(frame, key);
    }
    (void)session_say_warning(session);
    if (frame->hand != hand_of(session)) { /* another plan begins at its own top */
        frame->states[VIEW_EVENTS] = frame->states[VIEW_TIMELINE] = frame->states[VIEW_MONTH] = (ViewState){ 0 };
        frame->hand = hand_of(session);
    }
    return !session->is_done;
}

static void add_plan_name(StrBuf *out, const Session *session)
{
    const PlanFile *file = session_file(session);
    if (file != NULL && session->view != VIEW_PLANS && session->overlay != OVERLAY_HELP) {
        bool is_all = session->is_all || (session->view == VIEW_JOURNAL && session_journal_has_all(session));
        if (!is_all && !file->is_broken && (file->is_read_only || !file->may_write)) {
            strbuf_add(out, text_get(session->lang, T_TITLE_READ_ONLY)); /* in front, where nothing cuts it */
        }
        utf8_add_visible(out, is_all ? text_get(session->lang, T_ALL_EVENTS) : session_plan_name(file));
    }
}

/* The view; of Лента what it shows too, since its heads may name the months alone: «Лента 2022/23», «Лента, квартал». */
static void add_view(StrBuf *out, const Session *session)
{
    static const TextId zooms[] = {
        [ZOOM_YEAR] = T_NONE, [ZOOM_HALF] = T_ZOOM_HALF, [ZOOM_QUARTER] = T_ZOOM_QUARTER, [ZOOM_MONTH] = T_ZOOM_MONTH
    };
    bool is_help = session->overlay == OVERLAY_HELP;
    strbuf_add(out, text_get(session->lang, is_help ? T_CMD_HELP : views[session->view]->title));
    if (session->view != VIEW_TIMELINE || is_help) {
        return;
    }
    if (session->zoom != ZOOM_YEAR) {
        strbuf_add(out, STR(", "));
        strbuf_add(out, text_get(session->lang, zooms[session->zoom]));
        return;
    }
    int first = day_month_index(session_line_first(session));
    int year = first / DATE_MONTHS_PER_YEAR;
    int last_year = (first + DATE_MONTHS_PER_YEAR - 1) / DATE_MONTHS_PER_YEAR;
    strbuf_addf(out, " %d", year);
    if (last_year > year) {
        strbuf_addf(out, "/%02d", last_year % 100);
    }
}

static void add_filter(StrBuf *out, const Session *session)
{
    if (session->overlay != OVERLAY_HELP && session->view == VIEW_JOURNAL) { /* whose rows no filter of events limits */
        StrBuf limits = { 0 };
        session_journal_add_limits(&limits, session);
        utf8_add_visible(out, strbuf_str(&limits));
        strbuf_done(&limits);
    } else if (session->overlay != OVERLAY_HELP) {
        filter_add_words(out, session->lang, &session->filter);
    }
}

/*
 * Of what does not fit beside a filter, the program's name goes first, then the view, which is seen anyway; last the plan's
 * name is cut, so that the filter is always there.
 */
static void add_title(StrBuf *out, const Session *session, int n_cols)
{
    enum { NAME_MIN = 8, NAME_GOOD = 20, SEPARATOR_COLS = 3 };
    Str program = text_get(session->lang, T_PROGRAM);
    StrBuf filter = { 0 };
    StrBuf view = { 0 };
    StrBuf name = { 0 };
    add_filter(&filter, session);
    add_view(&view, session);
    add_plan_name(&name, session);
    int room = n_cols - utf8_cols(program) - utf8_cols(strbuf_str(&view)) - utf8_cols(strbuf_str(&filter)) - 3 * SEPARATOR_COLS;
    int wanted = utf8_cols(strbuf_str(&name)) < NAME_GOOD ? utf8_cols(strbuf_str(&name)) : NAME_GOOD;
    if (filter.n_bytes > 0 && room < wanted) {
        room += utf8_cols(program) + SEPARATOR_COLS;
        program = (Str){ 0 };
    }
    if (filter.n_bytes > 0 && room < wanted) {
        room += utf8_cols(strbuf_str(&view)) + SEPARATOR_COLS;
        strbuf_clear(&view);
    }
    room = room > NAME_MIN ? room : NAME_MIN;
    if (utf8_cols(strbuf_str(&name)) > room) {
        strbuf_cut(&name, utf8_fit(strbuf_str(&name), room - 1).n_bytes);
        strbuf_add(&name, STR("…"));
    }
    strbuf_add_part(out, program);
    strbuf_add_part(out, strbuf_str(&name));
    strbuf_add_part(out, strbuf_str(&view));
    strbuf_add_part(out, strbuf_str(&filter));
    strbuf_done(&filter);
    strbuf_done(&view);
    strbuf_done(&name);
}

/* Where there is no room for all: what is shown, then of which plan. */
static void add_narrow_title(StrBuf *out, const Session *session)
{
    StrBuf filter = { 0 };
    StrBuf view = { 0 };
    StrBuf name = { 0 };
    add_filter(&filter, session);
    add_view(&view, session);
    add_plan_name(&name, session);
    strbuf_add_part(out, strbuf_str(filter.n_bytes > 0 ? &filter : &view));
    strbuf_add_part(out, strbuf_str(&name));
    strbuf_done(&filter);
    strbuf_done(&view);
    strbuf_done(&name);
}

static void draw_title(const Session *session, Canvas *canvas)
{
    bool is_narrow = canvas->n_cols < TITLE_NARROW;
    StrBuf today = { 0 };
    StrBuf title = { 0 };
    strbuf_add(&today, is_narrow ? (Str){ 0 } : text_get(session->lang, T_TODAY));
    day_add_ru(&today, session->today);
    int cols = utf8_cols(strbuf_str(&today));
    int room = canvas->n_cols - cols - 3;
    if (is_narrow) {
        add_narrow_title(&title, session);
    } else {
        add_title(&title, session, room);
    }
    canvas_field(canvas, 0, 1, room, STYLE_TITLE, strbuf_str(&title));
    canvas_text(canvas, 0, canvas->n_cols - cols - 1, cols, STYLE_TEXT, strbuf_str(&today));
    strbuf_done(&today);
    strbuf_done(&title);
}

/* Lines of what there is to say, at most four. */
static int said_lines(const Session *session, int n_cols)
{
    enum { MAX_LINES = 4 };
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, strbuf_str(&session->message));
    int n_lines = 0;
    for (Str rest = strbuf_str(&visible); rest.n_bytes > 0 && n_lines < MAX_LINES; n_lines++) {
        (void)utf8_wrap(&rest, n_cols - 2);
    }
    strbuf_done(&visible);
    return n_lines;
}

/* It may be long: an error names file and place. It takes the view's last rows then. */
static void draw_said(const Session *session, Canvas *canvas)
{
    Style style = session->message_is_error ? STYLE_ERROR : STYLE_MESSAGE;
    int n_cols = canvas->n_cols - 2;
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, strbuf_str(&session->message));
    int n_lines = said_lines(session, canvas->n_cols);
    int y = canvas->n_rows - MESSAGE_ROWS - BAR_ROWS - n_lines + 1;
    canvas_fill(canvas, y, 0, n_lines, canvas->n_cols, STYLE_TEXT);
    Str rest = strbuf_str(&visible);
    for (int line = 0; line < n_lines; line++) {
        Str part = line == n_lines - 1 ? rest : utf8_wrap(&rest, n_cols);
        canvas_field(canvas, y + line, 1, n_cols, style, part);
    }
    strbuf_done(&visible);
}

/* The keys of what lies over the view; T_NONE: nothing does, or it says so itself. */
static TextId overlay_keys(const Session *session)
{
    switch (session->overlay) {
    case OVERLAY_HELP:
        return T_HELP_KEYS;
    case OVERLAY_MENU:
        return T_MENU_KEYS;
    case OVERLAY_DRAFT:
        return T_DRAFT_KEYS;
    case OVERLAY_OCCURRENCE:
        return T_LIST_KEYS;
    case OVERLAY_STATUS:
        return T_LIST_KEYS_DIGIT;
    case OVERLAY_CHOOSER:
        return session->chooser.narrows ? T_LIST_KEYS_TYPE : T_LIST_KEYS_DIGIT;
    case OVERLAY_ASK:
    case OVERLAY_PROMPT:
    case OVERLAY_NONE:
        break;
    }
    return T_NONE;
}

static void draw_message(const Frame *frame, Canvas *canvas)
{
    const Session *session = frame->session;
    const ViewState *state = &frame->states[session->view];
    int n_cols = canvas->n_cols - 2;
    bool is_counts = false;
    StrBuf text = { 0 };
    if (session->message.n_bytes > 0) {
        draw_said(session, canvas);
        return;
    }
    if (session->overlay == OVERLAY_ASK) {
        ask_add_keys(&text, session, n_cols);
    } else if (overlay_keys(session) != T_NONE) {
        strbuf_add(&text, text_get(session->lang, overlay_keys(session)));
    } else {
        views[session->view]->counts(&text, state, session, false);
        is_counts = true;
    }
    if (is_counts && utf8_cols(strbuf_str(&text)) > n_cols) {
        strbuf_clear(&text);
        views[session->view]->counts(&text, state, session, true);
    }
    canvas_field(canvas, canvas->n_rows - MESSAGE_ROWS - BAR_ROWS, 1, n_cols, STYLE_MESSAGE, strbuf_str(&text));
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

/* Eight columns a key, as in mc, or more; where ten do not fit, only keys that mean something, the last two before the rest. */
static void draw_key_bar(const Frame *frame, Canvas *canvas)
{
    int key_cols = canvas->n_cols / BAR_KEYS;
    int n_fit = canvas->n_cols / BAR_COLS_MIN;
    int n = 0;
    int numbers[BAR_KEYS];
    for (int number = 1; number <= BAR_KEYS; number++) {
        bool is_shown = key_cols >= BAR_COLS_MIN || keymap_f_key(frame->keymap, frame->session, number) != NULL;
        numbers[n] = number;
        n += is_shown;
    }
    for (; n > n_fit && n > 2; n--) {
        numbers[n - 3] = numbers[n - 2];
        numbers[n - 2] = numbers[n - 1];
    }
    int n_cols = key_cols >= BAR_COLS_MIN ? key_cols : BAR_COLS_MIN;
    for (int i = 0; i < n; i++) {
        const Command *command = keymap_f_key(frame->keymap, frame->session, numbers[i]);
        draw_bar_key(frame->session, command, numbers[i], canvas->n_rows - 1, i * n_cols, n_cols, canvas);
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
    case OVERLAY_OCCURRENCE:
        occurrence_draw(session, area);
        break;
    case OVERLAY_STATUS:
        status_draw(session, area);
        break;
    case OVERLAY_CHOOSER:
        chooser_draw(session, area);
        break;
    case OVERLAY_PROMPT:
        prompt_draw(session, canvas);
        break;
    case OVERLAY_DRAFT:
        draft_draw(session, area);
        break;
    case OVERLAY_ASK:
        ask_draw(session, area);
        break;
    case OVERLAY_MENU:
        menu_draw(session, canvas, area);
        break;
    }
}

static void draw_view(Frame *frame, Canvas *area)
{
    Session *session = frame->session;
    ViewState *state = &frame->states[session->view];
    views[session->view]->update(state, session, area->n_rows, area->n_cols);
    views[session->view]->draw(state, session, area);
}

/* Would what is said lie upon the row of the cursor? */
static bool hides_cursor(const Session *session, const Canvas *canvas)
{
    int y, x;
    int n_lines = said_lines(session, canvas->n_cols);
    return n_lines > MESSAGE_ROWS && canvas_get_cursor(canvas, &y, &x) && y >= canvas->n_rows - BAR_ROWS - n_lines;
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
    draw_view(frame, &area);
    if (hides_cursor(session, canvas)) {
        canvas_clear(canvas);
        Canvas rest =
            canvas_area(canvas, TITLE_ROWS, 0, n_rows + MESSAGE_ROWS - said_lines(session, canvas->n_cols), canvas->n_cols);
        draw_view(frame, &rest);
    }
    draw_title(session, canvas);
    draw_message(frame, canvas);
    draw_key_bar(frame, canvas);
    draw_overlay(frame, canvas, &area);
}
