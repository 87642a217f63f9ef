#include "vekha/view/timeline.h"

#include <stdint.h>
#include <stdlib.h>

#include "view/view_priv.h"

enum { LABEL_MIN = 14, LABEL_MAX = 60, WEEKDAY_COLS_MIN = 2 };

static const TimelineSign mark_signs[] = {
    [TIMELINE_EMPTY] = { STR_INIT(" "), T_NONE },
    [TIMELINE_BAR] = { STR_INIT("█"), T_SIGN_BAR },
    [TIMELINE_DAY] = { STR_INIT("■"), T_SIGN_DAY },
    [TIMELINE_EDGE] = { STR_INIT("▐"), T_SIGN_EDGE },
    [TIMELINE_OCCURRENCE] = { STR_INIT("•"), T_SIGN_OCCURRENCE },
    [TIMELINE_LINE] = { STR_INIT("─"), T_SIGN_LINE },
};
_Static_assert(COUNTOF(mark_signs) == TIMELINE_MARK_COUNT, "every mark has a sign");

const TimelineSign *timeline_sign(TimelineMark mark)
{
    return &mark_signs[mark];
}

static int head_rows(const TimelineScale *scale)
{
    switch (scale->unit) {
    case TIMELINE_BY_WEEK:
        return 2;
    case TIMELINE_BY_DAY:
        return scale->unit_cols < WEEKDAY_COLS_MIN ? 2 : 3;
    case TIMELINE_BY_MONTH:
    case TIMELINE_UNIT_COUNT:
        break;
    }
    return 1;
}

TimelineLayout timeline_layout(TimelineZoom zoom, Day first, int n_wanted, int n_cols)
{
    int label = n_cols * 2 / 5 - 1;
    label = label < LABEL_MIN ? LABEL_MIN : label > LABEL_MAX ? LABEL_MAX : label;
    TimelineScale scale = timeline_scale(timeline_zoom_unit(zoom), first, n_wanted, n_cols - label - 1);
    return (TimelineLayout){ n_cols - 1 - timeline_cols(&scale), head_rows(&scale), scale };
}

static Style cell_style(const TimelineCell *cell)
{
    if (cell->is_late) {
        return STYLE_BAD;
    }
    switch (cell->status) {
    case STATUS_DONE:
    case STATUS_CONFIRMED:
        return STYLE_GOOD;
    case STATUS_IN_PROGRESS:
        return STYLE_ACCENT;
    case STATUS_CANCELLED:
        return STYLE_DIM;
    case STATUS_PLANNED:
    case STATUS_POSTPONED:
    case STATUS_COUNT:
        break;
    }
    return STYLE_TEXT;
}

static Str cell_glyph(const TimelineCell *cell)
{
    if (cell->mark != TIMELINE_OCCURRENCE) {
        return mark_signs[cell->mark].glyph;
    }
    if (cell->is_late) {
        return state_info(STATE_LATE)->glyph;
    }
    return cell->status == STATUS_PLANNED ? mark_signs[TIMELINE_OCCURRENCE].glyph : status_info(cell->status)->glyph;
}

static void draw_today(Canvas *canvas, int y, const TimelineLayout *layout, Day today, Style style)
{
    int col = timeline_col(&layout->scale, today);
    if (col >= 0 && col < timeline_cols(&layout->scale)) {
        canvas_text(canvas, y, layout->label_cols + 1 + col, 1, style, STR("│"));
    }
}

void timeline_draw_section(Canvas *canvas, int y, const TimelineLayout *layout, const Section *section, Day today)
{
    Canvas label = canvas_area(canvas, y, 0, 1, layout->label_cols);
    view_draw_section(&label, 0, section);
    canvas_text(canvas, y, layout->label_cols, 1, STYLE_DIM, STR("│"));
    draw_today(canvas, y, layout, today, STYLE_TODAY);
}

static void timeline_draw_plan(Canvas *canvas, int y, const TimelineLayout *layout, const PlanFile *file, Day today)
{
    canvas_field(canvas, y, 1, layout->label_cols - 1, STYLE_STRONG, session_plan_name(file));
    canvas_text(canvas, y, layout->label_cols, 1, STYLE_DIM, STR("│"));
    draw_today(canvas, y, layout, today, STYLE_TODAY);
}

static void draw_mark(Canvas *canvas, int y, const TimelineLayout *layout, int col, Style style, Str glyph)
{
    canvas_text(canvas, y, layout->label_cols + 1 + col, 1, style, glyph);
    if (style == STYLE_CURSOR) {
        canvas_cursor(canvas, y, layout->label_cols + 1 + col);
    }
}

/* Nothing of it is in the days shown: where it is; times of it may be on both sides. */
static void draw_outside(Canvas *canvas, int y, const TimelineLayout *layout, const Event *event, Style style)
{
    const Due *due = event->due;
    Day earliest = due->n_occurrences > 0 ? due->occurrences[0].days.last : due->days.last;
    bool is_before = earliest != 0 && timeline_col(&layout->scale, earliest) < 0;
    bool is_after = !is_before || (due->n_occurrences > 0 && timeline_col(&layout->scale, due->days.last) >= 0);
    if (is_before) {
        draw_mark(canvas, y, layout, 0, style, STR("◄"));
    }
    if (is_after) {
        draw_mark(canvas, y, layout, timeline_cols(&layout->scale) - 1, style, STR("►"));
    }
}

/* The cursor is on a time that is not in the days shown: on which side it is. */
static void draw_chosen_outside(Canvas *canvas, int y, const TimelineLayout *layout, const Event *event, size_t chosen)
{
    int col = timeline_col(&layout->scale, event->due->occurrences[chosen].days.last);
    if (col < 0) {
        draw_mark(canvas, y, layout, 0, STYLE_CURSOR, STR("◄"));
    } else if (col >= timeline_cols(&layout->scale)) {
        draw_mark(canvas, y, layout, timeline_cols(&layout->scale) - 1, STYLE_CURSOR, STR("►"));
    }
}

/* One column of an event; the line of today goes through what is long. */
static void draw_cell(Canvas *canvas, int y, const TimelineLayout *layout, int col, const TimelineCell *cell, bool is_today,
                      bool is_chosen)
{
    bool is_under_today = cell->mark == TIMELINE_EMPTY || cell->mark == TIMELINE_BAR || cell->mark == TIMELINE_LINE;
    if (is_today && is_under_today) {
        draw_mark(canvas, y, layout, col, STYLE_TODAY, cell->mark == TIMELINE_LINE ? STR("┼") : STR("│"));
    } else if (cell->mark != TIMELINE_EMPTY) {
        draw_mark(canvas, y, layout, col, is_chosen ? STYLE_CURSOR : cell_style(cell), cell_glyph(cell));
    }
}

static void draw_cells(Canvas *canvas, int y, const TimelineLayout *layout, const Plan *plan, const Event *event, Day today,
                       size_t chosen)
{
    int n_cols = timeline_cols(&layout->scale);
    TimelineCell *cells = mem_new((size_t)n_cols * sizeof *cells);
    (void)timeline_row(plan, event, &layout->scale, today, chosen, cells);
    bool is_seen = false;
    int today_col = timeline_col(&layout->scale, today);
    for (int col = 0; col < n_cols; col++) {
        bool is_chosen = chosen != SIZE_MAX && cells[col].occurrence == chosen;
        is_seen = is_seen || cells[col].mark != TIMELINE_EMPTY;
        draw_cell(canvas, y, layout, col, &cells[col], col == today_col, is_chosen);
    }
    if (!is_seen) {
        draw_outside(canvas, y, layout, event, cell_style(&cells[0]));
    }
    if (chosen < event->due->n_occurrences) {
        draw_chosen_outside(canvas, y, layout, event, chosen);
    }
    free(cells);
}

void timeline_draw_event(Canvas *canvas, int y, const TimelineLayout *layout, const Plan *plan, const Event *event, Day today,
                         bool is_cursor, size_t chosen)
{
    Style style = is_cursor ? STYLE_CURSOR : STYLE_TEXT;
    bool has_dates = event->due->days.first != 0 || event->due->days.last != 0;
    if (is_cursor) {
        canvas_fill(canvas, y, 0, 1, layout->label_cols, STYLE_CURSOR);
        canvas_cursor(canvas, y, 1);
    }
    int title_x = view_draw_number(canvas, y, style, event, today);
    canvas_field(canvas, y, title_x, layout->label_cols - title_x, style, event->title);
    canvas_text(canvas, y, layout->label_cols, 1, STYLE_DIM, STR("│"));
    if (has_dates) {
        draw_cells(canvas, y, layout, plan, event, today, is_cursor ? chosen : SIZE_MAX);
    } else {
        canvas_field(canvas, y, layout->label_cols + 1, timeline_cols(&layout->scale), is_cursor ? STYLE_CURSOR : STYLE_DIM,
                     event->when);
    }
}

static TimelineLayout layout_of(const Session *session, int n_cols)
{
    Day first = session_line_first(session);
    int n_units = timeline_units(session->zoom, first, session_period(session));
    return timeline_layout(session->zoom, first, n_units, n_cols);
}

/* What is to be seen may lie behind what fits: the window moves no more than it must. */
static void show_around(Session *session, int n_cols)
{
    if (session->line_around != 0) {
        TimelineLayout layout = layout_of(session, n_cols);
        session->line_first = timeline_first_with(&layout.scale, session->line_around);
        session->line_around = 0;
    }
}

static void timeline_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    size_t cursor = session_row(session);
    show_around(session, n_cols);
    session->page_rows = n_rows - layout_of(session, n_cols).n_head_rows;
    state->n_shown = (size_t)session->page_rows;
    cursor = cursor == SIZE_MAX ? 0 : cursor;
    view_show_headings(&state->top, cursor, &session->rows, session->page_rows);
    view_scroll(&state->top, cursor, session->rows.n, session->page_rows);
}

static void timeline_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    const Event *selected = session_event(session, NULL);
    TimelineLayout layout = layout_of(session, canvas->n_cols);
    timeline_draw_head(canvas, 0, &layout, session->lang, view_calendar(session), session->today);
    int y = layout.n_head_rows;
    if (session->rows.n == 0) {
        view_draw_no_rows(session, canvas, y++);
    }
    for (size_t i = state->top; i < session->rows.n && y < canvas->n_rows; i++, y++) {
        const Row *row = &session->rows.at[i];
        const Plan *plan = view_plan(session, row);
        if (row->kind == ROW_PLAN) {
            timeline_draw_plan(canvas, y, &layout, store_file(session->store, row->file), session->today);
        } else if (row->kind == ROW_SECTION) {
            timeline_draw_section(canvas, y, &layout, &plan->sections.at[row->index], session->today);
        } else {
            const Event *event = &plan->events.at[row->index];
            timeline_draw_event(canvas, y, &layout, plan, event, session->today, event == selected, session->occurrence);
        }
    }
    for (; y < canvas->n_rows; y++) {
        canvas_text(canvas, y, layout.label_cols, 1, STYLE_DIM, STR("│"));
        draw_today(canvas, y, &layout, session->today, STYLE_TODAY);
    }
}

const ViewOps timeline_view = { T_VIEW_TIMELINE, timeline_update, timeline_draw, view_add_event_counts };
