#include <stdint.h>

#include "vekha/base/utf8.h"
#include "vekha/core/field.h"
#include "view/view_priv.h"

/* How the list is laid out: its height, and the widths of its columns; 0: not shown. The title takes the rest. */
typedef struct Columns {
    int n_lines; /* of the list on the screen */
    int pane;    /* of the pane below it */
    int title_x, title_cols;
    int when_cols, who_cols, result_cols, state_cols;
    bool is_full_state;
} Columns;

enum { NARROW = 60, WITH_PARTIES = 72, ROOMY = 90, WIDE = 110, WIDEST = 150, FIRST_X = 8, WHO_COLS = 12, WHO_COLS_WRAPPED = 16 };

static Columns columns_of(const Session *session, int n_cols)
{
    Columns columns = { .title_x = FIRST_X };
    if (n_cols < NARROW) {
        columns.when_cols = 8;
    } else if (n_cols < WIDE) {
        int who_cols = session->wraps ? WHO_COLS_WRAPPED : WHO_COLS; /* wrapped, a column holds the long words of documents */
        who_cols = n_cols >= ROOMY ? n_cols / 5 : who_cols;          /* parties of one town begin alike */
        who_cols = n_cols < WITH_PARTIES ? 0 : who_cols;             /* below that the title would be a word a line */
        columns = (Columns){ .title_x = FIRST_X, .when_cols = 16, .who_cols = who_cols, .state_cols = 9 };
    } else {
        columns =
            (Columns){ .title_x = FIRST_X, .when_cols = 17, .who_cols = n_cols / 5, .state_cols = 24, .is_full_state = true };
        columns.result_cols = n_cols >= WIDEST ? n_cols / 6 : 0;
    }
    int used = 0;
    const int others[] = { columns.when_cols, columns.who_cols, columns.result_cols, columns.state_cols };
    for (size_t i = 0; i < COUNTOF(others); i++) {
        used += others[i] > 0 ? others[i] + 1 : 0;
    }
    columns.title_cols = n_cols - FIRST_X - used;
    return columns;
}

/* Where a narrow screen shows only the last day: «до 23.06». */
static void add_last_day(StrBuf *out, const Session *session, const Event *event)
{
    Day last = event_days(event).last;
    if (last != 0) {
        Civil civil = day_civil(last);
        strbuf_add(out, text_get(session->lang, T_UNTIL));
        strbuf_addf(out, " %02d.%02d", civil.day, civil.month);
    }
}

/* The phrase if the column holds it, else the dates, unless they are longer still. */
static void add_when(StrBuf *out, const Session *session, const Event *event, const Columns *columns)
{
    if (columns->state_cols == 0) {
        add_last_day(out, session, event);
    }
    int phrase_cols = utf8_cols(event->when);
    if (out->n_bytes == 0 && phrase_cols > columns->when_cols) {
        deadline_add_compact(out, session->lang, &event->due->deadline);
        strbuf_cut(out, utf8_cols(strbuf_str(out)) < phrase_cols ? out->n_bytes : 0);
    }
    if (out->n_bytes == 0) {
        strbuf_add(out, event->when);
    }
}

static void add_state(StrBuf *out, const Session *session, const Event *event, const Columns *columns)
{
    State state = event_state(event, session->today).state;
    if (columns->is_full_state && (state == STATE_LATE || state == STATE_SOON)) {
        event_add_state(out, session->lang, event, session->today);
    } else if (columns->is_full_state && event_status(event) != STATUS_PLANNED) {
        event_add_status(out, session->lang, event);
    } else {
        event_add_brief(out, session->lang, event, session->today);
    }
}

/* In as many lines as the row is high; what is left over is cut off the last. */
static void draw_lines(Canvas *canvas, int y, int x, int n_cols, int n_lines, Style style, Str text)
{
    if (n_lines <= 1) {
        canvas_field(canvas, y, x, n_cols, style, text);
        return;
    }
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, text);
    Str rest = strbuf_str(&visible);
    for (int line = 0; line < n_lines && rest.n_bytes > 0; line++) {
        Str part = line == n_lines - 1 ? rest : utf8_wrap(&rest, n_cols);
        canvas_field(canvas, y + line, x, n_cols, style, part);
    }
    strbuf_done(&visible);
}

static void draw_cell(Canvas *canvas, int y, int *x, int n_cols, int n_lines, Style style, StrBuf *text)
{
    if (n_cols > 0) {
        draw_lines(canvas, y, *x, n_cols, n_lines, style, strbuf_str(text));
        *x += n_cols + 1;
    }
    strbuf_clear(text);
}

static int wrapped_lines(const Columns *columns, Str title, int most)
{
    int n = 0;
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, title);
    Str rest = strbuf_str(&visible);
    while (rest.n_bytes > 0 && n < most && columns->title_cols > 0) {
        (void)utf8_wrap(&rest, columns->title_cols);
        n++;
    }
    strbuf_done(&visible);
    return n > 0 ? n : 1;
}

/* Titles are shown whole as far as the page goes; the other columns use the lines that this makes. */
static int row_height(const Session *session, const Columns *columns, size_t row)
{
    const Row *at = &session->rows.at[row];
    if (!session->wraps || at->kind != ROW_EVENT) {
        return 1;
    }
    return wrapped_lines(columns, view_plan(session, at)->events.at[at->index].title, columns->n_lines);
}

/* How many lines all rows are high together; counted no further than most. */
static int all_lines(const Session *session, const Columns *columns, int most)
{
    int n = 0;
    for (size_t i = 0; i < session->rows.n && n < most; i++) {
        n += row_height(session, columns, i);
    }
    return n < most ? n : most;
}

/* The pane takes lines that the list would leave blank. */
static Columns layout_of(const Session *session, int n_rows, int n_cols)
{
    Columns columns = columns_of(session, n_cols);
    columns.n_lines = n_rows - 1;
    columns.pane = pane_height(session, n_rows, n_cols);
    if (columns.pane > 0) {
        int n_blank = n_rows - 2 - columns.pane - all_lines(session, &columns, n_rows);
        columns.pane = pane_grown(columns.pane, n_blank, n_rows);
        columns.n_lines -= columns.pane + 1;
    }
    return columns;
}

static void draw_event(const Session *session, const Event *event, const Columns *columns, int y, int height, bool is_cursor,
                       Canvas *canvas)
{
    Style style = is_cursor ? STYLE_CURSOR : STYLE_TEXT;
    Style state_style = is_cursor ? STYLE_CURSOR : view_event_style(event, session->today);
    StrBuf text = { 0 };
    if (is_cursor) {
        canvas_fill(canvas, y, 0, height, canvas->n_cols, STYLE_CURSOR);
        canvas_cursor(canvas, y, 1);
    }
    (void)view_draw_number(canvas, y, style, event, session->today);
    draw_lines(canvas, y, columns->title_x, columns->title_cols, height, style, event->title);
    if (height == 1) {
        view_show_found(session, canvas, y, columns->title_x, columns->title_cols, event->title);
    }
    int x = columns->title_x + columns->title_cols + 1;
    add_when(&text, session, event, columns);
    draw_cell(canvas, y, &x, columns->when_cols, height, style, &text);
    event_add_responsible(&text, event);
    draw_cell(canvas, y, &x, columns->who_cols, height, style, &text);
    strbuf_add(&text, event->result);
    draw_cell(canvas, y, &x, columns->result_cols, height, style, &text);
    add_state(&text, session, event, columns);
    draw_cell(canvas, y, &x, columns->state_cols, 1, state_style, &text);
    strbuf_done(&text);
}

/* The document's own heading if the column holds it or a telling beginning of it, else ours. */
static void draw_heading(const Session *session, FieldId field, int *x, int n_cols, Canvas *canvas)
{
    enum { TELLING_COLS = 8 };
    Str heading = view_heading(session, field);
    bool is_told = utf8_cols(heading) <= n_cols || n_cols > TELLING_COLS;
    StrBuf text = { 0 };
    strbuf_add(&text, is_told ? heading : text_get(session->lang, field_info(field)->heading));
    draw_cell(canvas, 0, x, n_cols, 1, STYLE_COLUMNS, &text);
    strbuf_done(&text);
}

static void draw_head(const Session *session, const Columns *columns, Canvas *canvas)
{
    int x = columns->title_x;
    canvas_fill(canvas, 0, 0, 1, canvas->n_cols, STYLE_COLUMNS);
    canvas_text(canvas, 0, 3, FIRST_X - 4, STYLE_COLUMNS, text_get(session->lang, T_FIELD_NO));
    draw_heading(session, FIELD_TITLE, &x, columns->title_cols, canvas);
    draw_heading(session, FIELD_WHEN, &x, columns->when_cols, canvas);
    draw_heading(session, FIELD_RESPONSIBLE, &x, columns->who_cols, canvas);
    draw_heading(session, FIELD_RESULT, &x, columns->result_cols, canvas);
    draw_heading(session, FIELD_STATUS, &x, columns->state_cols, canvas);
}

/* Rows may be several lines high: top is moved until the cursor's row ends on the page. */
static void scroll_wrapped(ViewState *state, const Session *session, const Columns *columns, size_t cursor)
{
    int height = 0;
    size_t first = cursor;
    state->top = state->top > cursor ? cursor : state->top;
    for (;;) {
        height += row_height(session, columns, first);
        if (height > columns->n_lines) {
            first++;
            break;
        }
        if (first == 0 || first == state->top) {
            break;
        }
        first--;
    }
    first = first > cursor ? cursor : first;
    state->top = state->top < first ? first : state->top;
}

/* How many rows from top on the page holds whole. */
static size_t count_shown(const ViewState *state, const Session *session, const Columns *columns)
{
    int height = 0;
    size_t n = 0;
    for (size_t i = state->top; i < session->rows.n; i++, n++) {
        height += row_height(session, columns, i);
        if (height > columns->n_lines) {
            break;
        }
    }
    return n;
}

static void events_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    size_t cursor = session_row(session);
    Columns columns = layout_of(session, n_rows, n_cols);
    cursor = cursor == SIZE_MAX ? 0 : cursor;
    view_show_headings(&state->top, cursor, &session->rows, columns.n_lines);
    if (session->wraps && session->rows.n > 0) {
        scroll_wrapped(state, session, &columns, cursor);
    } else {
        view_scroll(&state->top, cursor, session->rows.n, columns.n_lines);
    }
    state->n_shown = count_shown(state, session, &columns);
    session->page_rows = session->wraps ? (int)state->n_shown : columns.n_lines; /* a page is what is seen of it */
}

static void events_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    const Event *selected = session_event(session, NULL);
    Columns columns = layout_of(session, canvas->n_rows, canvas->n_cols);
    Canvas list = canvas_area(canvas, 1, 0, columns.n_lines, canvas->n_cols);
    int y = 0;
    draw_head(session, &columns, canvas);
    if (session->rows.n == 0) {
        view_draw_no_rows(session, &list, 0);
    }
    for (size_t i = state->top; i < session->rows.n && y < list.n_rows; i++) {
        const Row *row = &session->rows.at[i];
        int height = row_height(session, &columns, i);
        const Plan *plan = view_plan(session, row);
        if (row->kind != ROW_EVENT) {
            view_draw_heading(session, &list, y, row);
        } else {
            const Event *event = &plan->events.at[row->index];
            draw_event(session, event, &columns, y, height, event == selected, &list);
        }
        y += height;
    }
    if (columns.pane > 0) {
        Canvas area = canvas_area(canvas, canvas->n_rows - columns.pane, 0, columns.pane, canvas->n_cols);
        canvas_repeat(canvas, canvas->n_rows - columns.pane - 1, 0, canvas->n_cols, STYLE_DIM, STR("─"));
        pane_draw(session, selected, &area);
    }
}

const ViewOps events_view = { T_VIEW_EVENTS, events_update, events_draw, view_add_event_counts };
