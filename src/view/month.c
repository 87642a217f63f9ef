#include <stdint.h>

#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { NARROW = 60, GRID_COLS = 29, GRID_ROWS = 8, STRIP_ROWS = 2 };
enum { DAY_X = 1, DAY_COLS = 6, NUMBER_COLS = 4, FULL_STATE_COLS = 24 };

/* The calendar stands at the left; where there is no room for it, two lines above the list do. */
typedef struct Layout {
    bool has_grid;
    int list_y, list_x, n_lines;
    int n_above; /* of the pane and its rule */
    int pane;
    int day_cols, glyph_x, number_x, title_x;
    int title_cols, when_cols, who_cols, plan_cols, state_cols; /* 0: not shown */
} Layout;

static void set_columns(Layout *layout, const Session *session, int n_cols)
{
    enum { WITH_STATE = 46, WITH_WHO = 80, WITH_PLAN = 90, WIDE = 110, UNTIL_COLS = 8 };
    layout->day_cols = n_cols >= WITH_STATE ? UNTIL_COLS : DAY_COLS;
    layout->glyph_x = DAY_X + layout->day_cols + 1;
    layout->number_x = layout->glyph_x + 2;
    layout->title_x = layout->number_x + NUMBER_COLS + 1;
    layout->state_cols = n_cols >= WIDE ? FULL_STATE_COLS : n_cols >= WITH_STATE ? 9 : 0;
    layout->when_cols = n_cols >= WIDE ? 17 : 0;
    layout->who_cols = n_cols >= WITH_WHO ? n_cols / 5 : 0;
    layout->plan_cols = session->is_all && n_cols >= WITH_PLAN ? n_cols / 7 : 0;
    const int others[] = { layout->state_cols, layout->when_cols, layout->who_cols, layout->plan_cols };
    layout->title_cols = n_cols - layout->title_x;
    for (size_t i = 0; i < COUNTOF(others); i++) {
        layout->title_cols -= others[i] > 0 ? others[i] + 1 : 0;
    }
}

static Layout layout_of(const Session *session, int n_rows, int n_cols)
{
    Layout layout = { .pane = pane_height(session, n_rows, n_cols) };
    layout.n_above = n_rows - (layout.pane > 0 ? layout.pane + 1 : 0);
    layout.has_grid = n_cols >= NARROW && layout.n_above >= GRID_ROWS;
    layout.list_x = layout.has_grid ? GRID_COLS + 1 : 0;
    layout.list_y = layout.has_grid ? 0 : STRIP_ROWS;
    layout.n_lines = layout.n_above - layout.list_y;
    set_columns(&layout, session, n_cols - layout.list_x);
    return layout;
}

/* A line of the list: an entry, or how many have no day of their own. */
typedef struct Line {
    size_t entry;  /* SIZE_MAX: none */
    TextId counts; /* then: what */
    size_t n;
} Line;

static size_t count_lines(const MonthState *month)
{
    return month->entries.n + (month->n_whole > 0) + (month->n_undated > 0);
}

/* Entries; the count of AGENDA_WHOLE before the one of them that is listed; the same of AGENDA_UNDATED. */
static size_t line_of(const MonthState *month, size_t index)
{
    AgendaKind kind = month->entries.at[index].kind;
    return index + (kind >= AGENDA_WHOLE && month->n_whole > 0) + (kind >= AGENDA_UNDATED && month->n_undated > 0);
}

static Line line_at(const MonthState *month, size_t line)
{
    const AgendaVec *entries = &month->entries;
    bool has_undated = entries->n > 0 && entries->at[entries->n - 1].kind == AGENDA_UNDATED;
    size_t n_before = entries->n - has_undated; /* with a day, spans, and the one AGENDA_WHOLE */
    bool has_whole = n_before > 0 && entries->at[n_before - 1].kind == AGENDA_WHOLE;
    size_t n_plain = n_before - has_whole;
    size_t n_counts = 0;
    if (month->n_whole > 0 && line >= n_plain) {
        if (line == n_plain) {
            return (Line){ SIZE_MAX, T_MONTH_WHOLE, month->n_whole };
        }
        n_counts = 1;
    }
    if (month->n_undated > 0 && line - n_counts >= n_before) {
        if (line - n_counts == n_before) {
            return (Line){ SIZE_MAX, T_MONTH_UNDATED, month->n_undated };
        }
        n_counts++;
    }
    return (Line){ line - n_counts, T_NONE, 0 };
}

static void month_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    const MonthState *month = &session->month;
    Layout layout = layout_of(session, n_rows, n_cols);
    size_t n_lines = count_lines(month);
    session->page_rows = layout.n_lines;
    state->n_shown = (size_t)layout.n_lines;
    if (month->entries.n == 0) {
        state->top = 0;
        return;
    }
    if (month->cursor == month->entries.n - 1) { /* the counts below the last entry come with it */
        view_scroll(&state->top, n_lines - 1, n_lines, layout.n_lines);
    }
    view_scroll(&state->top, line_of(month, month->cursor), n_lines, layout.n_lines);
}

/* «10 вт», or of a span how long it lasts: «до 23.06», where that does not fit «–23.06». */
static void add_day(StrBuf *out, const Session *session, const AgendaEntry *entry, const Layout *layout)
{
    Civil civil = entry->day != 0 ? day_civil(entry->day) : (Civil){ 0 };
    if (agenda_has_day(entry)) {
        strbuf_addf(out, "%2d ", civil.day);
        strbuf_add(out, text_get(session->lang, (TextId)(T_WEEKDAY_1 + day_weekday(entry->day) - 1)));
    } else if (entry->kind == AGENDA_SPAN && entry->day != 0) {
        strbuf_add(out, layout->day_cols > DAY_COLS ? text_get(session->lang, T_MONTH_UNTIL) : STR("–"));
        strbuf_addf(out, "%02d.%02d", civil.day, civil.month);
    } else if (entry->kind == AGENDA_SPAN) {
        strbuf_add(out, STR("–…"));
    }
}

static void add_occurrence_state(StrBuf *out, Lang lang, const AgendaEntry *entry, Day today, bool is_full)
{
    const StateInfo *state = state_info(entry->state);
    const StatusInfo *status = status_info(entry->status);
    bool is_urgent = entry->state == STATE_LATE || entry->state == STATE_SOON;
    bool says_status = entry->status != STATUS_PLANNED || entry->state == STATE_CLOSED;
    if (is_full && entry->state == STATE_LATE) {
        text_put(out, lang, T_STATE_LATE_DAYS, TEXT_NUM(today - entry->day));
    } else if (is_full && entry->state == STATE_SOON && entry->day > today) {
        text_put(out, lang, T_STATE_SOON_DAYS, TEXT_NUM(entry->day - today));
    } else if (is_full && entry->state == STATE_SOON) {
        strbuf_add(out, text_get(lang, T_STATE_SOON_TODAY));
    } else if (entry->state == STATE_LATE) {
        event_add_late_brief(out, lang, today - entry->day);
    } else if (is_urgent || !says_status) {
        strbuf_add(out, text_get(lang, is_full ? state->word : state->brief));
    } else {
        strbuf_add(out, text_get(lang, is_full ? status->word : status->brief));
    }
}

static void add_state(StrBuf *out, const Session *session, const Event *event, const AgendaEntry *entry, const Layout *layout)
{
    bool is_full = layout->state_cols == FULL_STATE_COLS;
    bool is_urgent = entry->state == STATE_LATE || entry->state == STATE_SOON;
    if (entry->occurrence != SIZE_MAX) {
        add_occurrence_state(out, session->lang, entry, session->today, is_full);
    } else if (is_full && is_urgent) {
        event_add_state(out, session->lang, event, session->today);
    } else if (is_full && entry->status != STATUS_PLANNED) {
        event_add_status(out, session->lang, event);
    } else {
        event_add_brief(out, session->lang, event, session->today);
    }
}

/* As the plan says it; of several times in one month or year which one it is. */
static void add_when(StrBuf *out, Lang lang, const Plan *plan, const Event *event, size_t index)
{
    if (index != SIZE_MAX && event->due->occurrences[index].index > 0) {
        DeadlineContext context = plan_context(plan);
        occurrence_add_words(out, lang, &event->due->occurrences[index], &context);
    } else {
        deadline_add_compact(out, lang, &event->due->deadline);
    }
}

static void draw_cell(Canvas *canvas, int y, int *x, int n_cols, Style style, StrBuf *text)
{
    if (n_cols > 0) {
        canvas_field(canvas, y, *x, n_cols, style, strbuf_str(text));
        *x += n_cols + 1;
    }
    strbuf_clear(text);
}

static void draw_entry(const Session *session, const AgendaEntry *entry, const Layout *layout, int y, bool has_day,
                       Canvas *canvas)
{
    const PlanFile *file = store_file(session->store, entry->file);
    const Event *event = &file->plan->events.at[entry->event];
    bool is_cursor = entry == session_entry(session);
    Style style = is_cursor ? STYLE_CURSOR : STYLE_TEXT;
    Style state_style = is_cursor ? STYLE_CURSOR : view_state_style(entry->state, entry->status);
    Style day_style = is_cursor ? STYLE_CURSOR : !has_day ? STYLE_TEXT : agenda_has_day(entry) ? STYLE_STRONG : STYLE_DIM;
    StrBuf text = { 0 };
    int x = DAY_X;
    if (is_cursor) {
        canvas_fill(canvas, y, 0, 1, canvas->n_cols, STYLE_CURSOR);
        canvas_cursor(canvas, y, layout->glyph_x);
    }
    if (has_day) {
        add_day(&text, session, entry, layout);
    }
    draw_cell(canvas, y, &x, layout->day_cols, day_style, &text);
    canvas_text(canvas, y, layout->glyph_x, 1, state_style, agenda_glyph(entry));
    canvas_field(canvas, y, layout->number_x, NUMBER_COLS, style, event->no);
    x = layout->title_x;
    strbuf_add(&text, event->title);
    draw_cell(canvas, y, &x, layout->title_cols, style, &text);
    add_when(&text, session->lang, file->plan, event, entry->occurrence);
    draw_cell(canvas, y, &x, layout->when_cols, style, &text);
    event_add_responsible(&text, event);
    draw_cell(canvas, y, &x, layout->who_cols, style, &text);
    strbuf_add(&text, session_plan_name(file));
    draw_cell(canvas, y, &x, layout->plan_cols, style, &text);
    add_state(&text, session, event, entry, layout);
    draw_cell(canvas, y, &x, layout->state_cols, state_style, &text);
    strbuf_done(&text);
}

static void draw_counts(const Session *session, const Line *line, int x, int y, Canvas *canvas)
{
    StrBuf text = { 0 };
    text_put(&text, session->lang, line->counts, TEXT_NUM(line->n));
    canvas_field(canvas, y, x, canvas->n_cols - x, STYLE_DIM, strbuf_str(&text));
    strbuf_done(&text);
}

static void draw_list(const ViewState *state, const Session *session, const Layout *layout, Canvas *canvas)
{
    const MonthState *month = &session->month;
    Day day_above = 0;
    int x = layout->glyph_x;
    int y = 0;
    if (session->rows.n == 0) {
        view_draw_no_rows(session, canvas, y++);
    } else if (month->entries.n == 0) {
        canvas_field(canvas, y, x, canvas->n_cols - x, STYLE_DIM, text_get(session->lang, T_MONTH_EMPTY));
        canvas_cursor(canvas, y++, x);
    }
    for (size_t i = state->top; i < count_lines(month) && y < canvas->n_rows; i++, y++) {
        Line line = line_at(month, i);
        if (line.entry == SIZE_MAX) {
            draw_counts(session, &line, x, y, canvas);
            continue;
        }
        const AgendaEntry *entry = &month->entries.at[line.entry];
        draw_entry(session, entry, layout, y, !agenda_has_day(entry) || entry->day != day_above, canvas);
        day_above = entry->day;
    }
}

/* With several plans in hand the rule says which one the event below is of. */
static void draw_pane(const Session *session, const Layout *layout, Canvas *canvas)
{
    enum { NAME_X = 2 };
    const Event *event = session_event(session, NULL);
    int y = layout->n_above;
    Canvas area = canvas_area(canvas, y + 1, 0, layout->pane, canvas->n_cols);
    canvas_repeat(canvas, y, 0, canvas->n_cols, STYLE_DIM, STR("─"));
    if (layout->has_grid) {
        canvas_text(canvas, y, GRID_COLS, 1, STYLE_DIM, STR("┴"));
    }
    if (session->is_all && event != NULL) {
        StrBuf name = { 0 };
        strbuf_add_char(&name, ' ');
        utf8_add_visible(&name, session_plan_name(session_file(session)));
        strbuf_add_char(&name, ' ');
        canvas_text(canvas, y, NAME_X, canvas->n_cols - 2 * NAME_X, STYLE_DIM, strbuf_str(&name));
        strbuf_done(&name);
    }
    pane_draw(session, event, &area);
}

static void month_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    Layout layout = layout_of(session, canvas->n_rows, canvas->n_cols);
    Canvas list = canvas_area(canvas, layout.list_y, layout.list_x, layout.n_lines, canvas->n_cols - layout.list_x);
    if (layout.has_grid) {
        Canvas grid = canvas_area(canvas, 0, 0, layout.n_above, GRID_COLS);
        int y = month_grid_draw(session, &grid);
        month_legend_draw(session, y + 1, &grid);
        for (y = 0; y < layout.n_above; y++) {
            canvas_text(canvas, y, GRID_COLS, 1, STYLE_DIM, STR("│"));
        }
    } else {
        month_strip_draw(session, canvas);
    }
    draw_list(state, session, &layout, &list);
    if (layout.pane > 0) {
        draw_pane(session, &layout, canvas);
    }
}

static void month_counts(StrBuf *out, const ViewState *state, const Session *session, bool is_brief)
{
    const MonthState *month = &session->month;
    StrBuf name = { 0 };
    deadline_add_month(&name, session->lang, month->shown);
    text_put(out, session->lang, is_brief ? T_COUNT_MONTH_BRIEF : T_COUNT_MONTH, TEXT_STR(strbuf_str(&name)),
             TEXT_NUM(month->n_due));
    if (month->n_spans > 0) {
        text_put(out, session->lang, T_COUNT_MONTH_SPANS, TEXT_NUM(month->n_spans));
    }
    text_put(out, session->lang, T_COUNT_MONTH_LATE, TEXT_NUM(month->n_late));
    if (!is_brief && count_lines(month) > state->n_shown) {
        text_put(out, session->lang, T_COUNT_MONTH_ROW, TEXT_NUM(month->cursor + 1), TEXT_NUM(month->entries.n));
    }
    strbuf_done(&name);
}

const ViewOps month_view = { T_VIEW_MONTH, month_update, month_draw, month_counts };
