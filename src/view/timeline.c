#include "vekha/view/timeline.h"

#include <stdint.h>
#include <stdlib.h>

#include "view/view_priv.h"

enum { MONTH_COLS_MIN = 3, MONTHS_MIN = 12, MONTHS_MAX = 13, LABEL_MIN = 14, LABEL_MAX = 60, NUMBER_X = 3, TITLE_X = 8 };

static const Str mark_glyphs[] = {
    [TIMELINE_EMPTY] = STR_INIT(" "), [TIMELINE_BAR] = STR_INIT("█"),        [TIMELINE_DAY] = STR_INIT("■"),
    [TIMELINE_EDGE] = STR_INIT("▐"),  [TIMELINE_OCCURRENCE] = STR_INIT("•"), [TIMELINE_LINE] = STR_INIT("─"),
};
_Static_assert(COUNTOF(mark_glyphs) == TIMELINE_MARK_COUNT, "every mark has a glyph");

int timeline_months(Span period)
{
    int n = day_month_index(period.last) - day_month_index(period.first) + 1;
    return period.first == 0 || n < MONTHS_MIN ? MONTHS_MIN : n > MONTHS_MAX ? MONTHS_MAX : n;
}

TimelineLayout timeline_layout(int first_month, int n_months, int n_cols)
{
    int label = n_cols * 2 / 5 - 1;
    label = label < LABEL_MIN ? LABEL_MIN : label > LABEL_MAX ? LABEL_MAX : label;
    int month_cols = (n_cols - label - 1) / n_months;
    month_cols = month_cols < MONTH_COLS_MIN ? MONTH_COLS_MIN : month_cols; /* then fewer months rather than no words */
    TimelineScale scale = timeline_scale(first_month, month_cols, n_cols - label - 1);
    return (TimelineLayout){ n_cols - 1 - timeline_cols(&scale), scale };
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
        return mark_glyphs[cell->mark];
    }
    if (cell->is_late) {
        return state_info(STATE_LATE)->glyph;
    }
    return cell->status == STATUS_PLANNED ? mark_glyphs[TIMELINE_OCCURRENCE] : status_info(cell->status)->glyph;
}

static void draw_today(Canvas *canvas, int y, const TimelineLayout *layout, Day today, Style style)
{
    int col = timeline_col(&layout->scale, today);
    if (col >= 0 && col < timeline_cols(&layout->scale)) {
        canvas_text(canvas, y, layout->label_cols + 1 + col, 1, style, STR("│"));
    }
}

void timeline_draw_head(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang, Day today)
{
    canvas_fill(canvas, y, 0, 1, canvas->n_cols, STYLE_COLUMNS);
    canvas_text(canvas, y, NUMBER_X, TITLE_X - NUMBER_X - 1, STYLE_COLUMNS, text_get(lang, T_FIELD_NO));
    canvas_field(canvas, y, TITLE_X, layout->label_cols - TITLE_X, STYLE_COLUMNS, text_get(lang, T_FIELD_TITLE));
    canvas_text(canvas, y, layout->label_cols, 1, STYLE_COLUMNS, STR("│"));
    for (int i = 0; i < layout->scale.n_months; i++) {
        int month = layout->scale.first_month + i;
        bool is_now = month == day_month_index(today);
        Str name = text_get(lang, (TextId)(T_MONTH_1 + month % DATE_MONTHS_PER_YEAR));
        int x = layout->label_cols + 1 + i * layout->scale.month_cols;
        int used = canvas_text(canvas, y, x, layout->scale.month_cols, is_now ? STYLE_TODAY : STYLE_COLUMNS, name);
        if (layout->scale.month_cols >= 6 && (i == 0 || month % DATE_MONTHS_PER_YEAR == 0)) {
            StrBuf year = { 0 };
            strbuf_addf(&year, "%02d", month / DATE_MONTHS_PER_YEAR % 100);
            canvas_text(canvas, y, x + used + 1, 2, STYLE_COLUMNS, strbuf_str(&year));
            strbuf_done(&year);
        }
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
    canvas_field(canvas, y, 1, layout->label_cols - 1, STYLE_STRONG, view_plan_name(file));
    canvas_text(canvas, y, layout->label_cols, 1, STYLE_DIM, STR("│"));
    draw_today(canvas, y, layout, today, STYLE_TODAY);
}

/* Nothing of it is in the months shown: where it is. */
static void draw_outside(Canvas *canvas, int y, const TimelineLayout *layout, const Event *event, Style style)
{
    bool is_before = event->due->days.last != 0 && timeline_col(&layout->scale, event->due->days.last) < 0;
    int col = is_before ? 0 : timeline_cols(&layout->scale) - 1;
    canvas_text(canvas, y, layout->label_cols + 1 + col, 1, style, is_before ? STR("◄") : STR("►"));
}

static void draw_cells(Canvas *canvas, int y, const TimelineLayout *layout, const Plan *plan, const Event *event, Day today,
                       bool is_cursor)
{
    int n_cols = timeline_cols(&layout->scale);
    TimelineCell *cells = mem_new((size_t)n_cols * sizeof *cells);
    bool has_dates = timeline_row(plan, event, &layout->scale, today, cells);
    if (!has_dates) {
        canvas_field(canvas, y, layout->label_cols + 1, n_cols, is_cursor ? STYLE_CURSOR : STYLE_DIM, event->when);
    }
    bool is_seen = false;
    int today_col = timeline_col(&layout->scale, today);
    for (int col = 0; col < n_cols && has_dates; col++) {
        const TimelineCell *cell = &cells[col];
        is_seen = is_seen || cell->mark != TIMELINE_EMPTY;
        bool is_under_today = cell->mark == TIMELINE_EMPTY || cell->mark == TIMELINE_BAR || cell->mark == TIMELINE_LINE;
        if (col == today_col && is_under_today) {
            Str sign = cell->mark == TIMELINE_LINE ? STR("┼") : STR("│");
            canvas_text(canvas, y, layout->label_cols + 1 + col, 1, STYLE_TODAY, sign);
        } else if (cell->mark != TIMELINE_EMPTY) {
            canvas_text(canvas, y, layout->label_cols + 1 + col, 1, cell_style(cell), cell_glyph(cell));
        }
    }
    if (has_dates && !is_seen) {
        draw_outside(canvas, y, layout, event, cell_style(&cells[0]));
    }
    free(cells);
}

void timeline_draw_event(Canvas *canvas, int y, const TimelineLayout *layout, const Plan *plan, const Event *event, Day today,
                         bool is_cursor)
{
    Style style = is_cursor ? STYLE_CURSOR : STYLE_TEXT;
    if (is_cursor) {
        canvas_fill(canvas, y, 0, 1, layout->label_cols, STYLE_CURSOR);
        canvas_cursor(canvas, y, 1);
    }
    int title_x = view_draw_number(canvas, y, style, event, today);
    canvas_field(canvas, y, title_x, layout->label_cols - title_x, style, event->title);
    canvas_text(canvas, y, layout->label_cols, 1, STYLE_DIM, STR("│"));
    draw_cells(canvas, y, layout, plan, event, today, is_cursor);
}

static void timeline_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    size_t cursor = session_row(session);
    (void)n_cols;
    session->page_rows = n_rows - 1;
    state->n_shown = (size_t)session->page_rows;
    cursor = cursor == SIZE_MAX ? 0 : cursor;
    view_show_headings(&state->top, cursor, &session->rows, session->page_rows);
    view_scroll(&state->top, cursor, session->rows.n, session->page_rows);
}

static void timeline_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    const Event *selected = session_event(session, NULL);
    TimelineLayout layout =
        timeline_layout(session_first_month(session), timeline_months(session_period(session)), canvas->n_cols);
    timeline_draw_head(canvas, 0, &layout, session->lang, session->today);
    int y = 1;
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
            timeline_draw_event(canvas, y, &layout, plan, event, session->today, event == selected);
        }
    }
    for (; y < canvas->n_rows; y++) {
        canvas_text(canvas, y, layout.label_cols, 1, STYLE_DIM, STR("│"));
        draw_today(canvas, y, &layout, session->today, STYLE_TODAY);
    }
}

const ViewOps timeline_view = { T_VIEW_TIMELINE, timeline_update, timeline_draw, view_add_event_counts };
