#include <stdint.h>

#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* Columns of the folder's table, right of the name. */
enum { NAME_X = 3, PERIOD_COLS = 9, BAR_COLS = 8, COUNT_COLS = 7, LATE_COLS = 9, NEXT_COLS = 13 };

/* Narrower screens do without some of them, so that names that begin alike can be told apart. */
enum { NEXT_FROM = 60, PERIOD_FROM = 70, BAR_FROM = 78 };

/* From TITLE_FROM columns on the plan's title stands behind its name. */
enum { TITLE_FROM = 110, NAME_COLS = 40, COUNT_SPILL = 3 };

static int tail_cols(const Canvas *canvas)
{
    int cols = COUNT_COLS + LATE_COLS;
    cols += canvas->n_cols >= NEXT_FROM ? NEXT_COLS : 0;
    cols += canvas->n_cols >= PERIOD_FROM ? PERIOD_COLS : 0;
    return canvas->n_cols >= BAR_FROM ? cols + BAR_COLS + 1 : cols;
}

/* «2022», «2022/23», «2021–25», «03–05.22» */
static void add_period(StrBuf *out, Span period)
{
    Civil from = day_civil(period.first);
    Civil to = day_civil(period.last);
    if (period.first == 0) {
        return;
    }
    bool is_whole = from.month == 1 && to.month == 12;
    if (from.year == to.year && is_whole) {
        strbuf_addf(out, "%d", from.year);
    } else if (to.year == from.year + 1 && from.month > 6 && from.month < 11) {
        strbuf_addf(out, "%d/%02d", from.year, to.year % 100);
    } else if (from.year == to.year) {
        strbuf_addf(out, "%02d–%02d.%02d", from.month, to.month, to.year % 100);
    } else {
        strbuf_addf(out, "%d–%02d", from.year, to.year % 100);
    }
}

/* «31.08 № 1», of another year «31.01.23 № 4»; plan: NULL of several, where the day alone is named. */
static void add_next(StrBuf *out, const Plan *plan, const PlanSummary *sum, Day today)
{
    if (sum->next_day == 0) {
        return;
    }
    Civil last = day_civil(sum->next_day);
    strbuf_addf(out, "%02d.%02d", last.day, last.month);
    if (last.year != day_civil(today).year) {
        strbuf_addf(out, ".%02d", last.year % 100);
    }
    if (plan != NULL && plan->events.at[sum->next].no.n_bytes > 0) {
        strbuf_addf(out, " № %.*s", STR_ARG(plan->events.at[sum->next].no));
    }
}

static void draw_bar(Canvas *canvas, int y, int x, Style style, const PlanSummary *sum)
{
    int filled = sum->n_events > 0 ? (int)(sum->n_done * BAR_COLS / sum->n_events) : 0;
    filled = filled == 0 && sum->n_done > 0 ? 1 : filled;
    canvas_repeat(canvas, y, x, filled, style, STR("█"));
    canvas_repeat(canvas, y, x + filled, BAR_COLS - filled, style, STR("░"));
}

static void draw_right(Canvas *canvas, int y, int x, int n_cols, Style style, size_t number)
{
    StrBuf text = { 0 };
    strbuf_addf(&text, "%zu", number);
    canvas_text(canvas, y, x + n_cols - (int)text.n_bytes, n_cols, style, strbuf_str(&text));
    strbuf_done(&text);
}

static void draw_head(const Session *session, Canvas *canvas)
{
    int x = canvas->n_cols - tail_cols(canvas);
    canvas_fill(canvas, 0, 0, 1, canvas->n_cols, STYLE_COLUMNS);
    canvas_text(canvas, 0, NAME_X, x - NAME_X, STYLE_COLUMNS, text_get(session->lang, T_HEAD_PLAN));
    if (canvas->n_cols >= PERIOD_FROM) {
        canvas_text(canvas, 0, x, PERIOD_COLS - 1, STYLE_COLUMNS, text_get(session->lang, T_HEAD_PERIOD));
        x += PERIOD_COLS;
    }
    if (canvas->n_cols >= BAR_FROM) {
        canvas_text(canvas, 0, x, BAR_COLS + 1 + COUNT_COLS - 1, STYLE_COLUMNS, text_get(session->lang, T_HEAD_DONE));
        x += BAR_COLS + 1;
    } else {
        canvas_text(canvas, 0, x, COUNT_COLS - 1, STYLE_COLUMNS, text_get(session->lang, T_HEAD_DONE_BRIEF));
    }
    x += COUNT_COLS;
    canvas_text(canvas, 0, x, LATE_COLS - 1, STYLE_COLUMNS, text_get(session->lang, T_HEAD_LATE));
    if (canvas->n_cols >= NEXT_FROM) {
        canvas_text(canvas, 0, x + LATE_COLS, NEXT_COLS - 1, STYLE_COLUMNS, text_get(session->lang, T_HEAD_NEXT));
    }
}

/* What it is called, and why it cannot be read. */
static void draw_broken(const Session *session, const PlanFile *file, int y, Style style, Canvas *canvas)
{
    Str name = session_plan_name(file);
    Style error = style == STYLE_CURSOR ? style : STYLE_ERROR;
    int name_cols = utf8_cols(name) < canvas->n_cols / 3 ? utf8_cols(name) : canvas->n_cols / 3;
    int x = NAME_X + name_cols + 2;
    StrBuf why = { 0 };
    strbuf_add(&why, text_get(session->lang, T_PLAN_BROKEN));
    if (file->why.line > 0) {
        strbuf_addf(&why, ", %d:%d", file->why.line, file->why.col);
    }
    strbuf_add(&why, STR(": "));
    err_text(&why, session->lang, &file->why);
    canvas_text(canvas, y, 1, 1, error, STR("?"));
    canvas_field(canvas, y, NAME_X, name_cols, style, name);
    canvas_field(canvas, y, x, canvas->n_cols - x, error, strbuf_str(&why));
    strbuf_done(&why);
}

static void draw_name(const PlanFile *file, int y, int n_cols, Style style, Canvas *canvas)
{
    const Plan *plan = file->plan;
    if (canvas->n_cols < TITLE_FROM || plan->short_name.n_bytes == 0) {
        canvas_field(canvas, y, NAME_X, n_cols, style, session_plan_name(file));
        return;
    }
    canvas_field(canvas, y, NAME_X, NAME_COLS, style, plan->short_name);
    canvas_field(canvas, y, NAME_X + NAME_COLS + 1, n_cols - NAME_COLS - 1, style == STYLE_CURSOR ? style : STYLE_DIM,
                 plan->title);
}

/* Period to next deadline; sum.next names no event of several plans. */
static void draw_tail(const PlanSummary *sum, const Plan *plan, Day today, int y, Style style, Canvas *canvas)
{
    int x = canvas->n_cols - tail_cols(canvas);
    Style late = sum->n_late == 0 || style == STYLE_CURSOR ? style : STYLE_BAD;
    StrBuf text = { 0 };
    canvas_text(canvas, y, 1, 1, late, sum->n_late > 0 ? state_info(STATE_LATE)->glyph : STR(" "));
    if (canvas->n_cols >= PERIOD_FROM) {
        if (plan != NULL) {
            add_period(&text, plan->period);
            canvas_text(canvas, y, x, PERIOD_COLS - 1, style, strbuf_str(&text));
        }
        x += PERIOD_COLS;
    }
    if (canvas->n_cols >= BAR_FROM) {
        draw_bar(canvas, y, x, style, sum);
        x += BAR_COLS + 1;
    }
    strbuf_clear(&text);
    strbuf_addf(&text, "%zu/%zu", sum->n_done, sum->n_events);
    canvas_field(canvas, y, x, COUNT_COLS + COUNT_SPILL, style, strbuf_str(&text));
    x += COUNT_COLS;
    if (sum->n_late > 0) {
        draw_right(canvas, y, x, LATE_COLS - 1, late, sum->n_late);
    }
    if (canvas->n_cols >= NEXT_FROM) {
        strbuf_clear(&text);
        add_next(&text, plan, sum, today);
        canvas_field(canvas, y, x + LATE_COLS, NEXT_COLS, style, strbuf_str(&text));
    }
    strbuf_done(&text);
}

static void draw_file(const Session *session, size_t index, int y, Style style, Canvas *canvas)
{
    const PlanFile *file = store_file(session->store, index);
    if (file->is_broken) {
        draw_broken(session, file, y, style, canvas);
        return;
    }
    draw_name(file, y, canvas->n_cols - tail_cols(canvas) - NAME_X - 1, style, canvas);
    draw_tail(&session->plans.at[index].summary, file->plan, session->today, y, style, canvas);
}

static void draw_all(const Session *session, int y, Style style, Canvas *canvas)
{
    PlanSummary sum = session_folder_summary(session);
    int n_cols = canvas->n_cols - tail_cols(canvas) - NAME_X - 1;
    canvas_field(canvas, y, NAME_X, n_cols, style == STYLE_CURSOR ? style : STYLE_STRONG, text_get(session->lang, T_ALL_EVENTS));
    draw_tail(&sum, NULL, session->today, y, style, canvas);
}

/* Where a plan is to be put. */
static void draw_empty(const Session *session, Canvas *canvas)
{
    StrBuf text = { 0 };
    StrBuf visible = { 0 };
    text_put(&text, session->lang, T_PLANS_EMPTY, TEXT_STR(store_folder(session->store)));
    utf8_add_visible(&visible, strbuf_str(&text));
    Str rest = strbuf_str(&visible);
    for (int y = 2; y < canvas->n_rows && rest.n_bytes > 0; y++) {
        int n_cols = canvas->n_cols - NAME_X - 1;
        canvas_text(canvas, y, NAME_X, n_cols, STYLE_TEXT, utf8_wrap(&rest, n_cols));
    }
    canvas_cursor(canvas, 2, NAME_X);
    strbuf_done(&visible);
    strbuf_done(&text);
}

/* Of the row in hand, below the rows where those leave room: the file's name and all of the reason that the row cuts. */
static void draw_reason(const Session *session, int y, Canvas *canvas)
{
    size_t n_before = session_has_all(session) ? 1 : 0;
    size_t row = session_plan_row(session);
    if (row < n_before || row - n_before >= store_count(session->store)) {
        return;
    }
    const PlanFile *file = store_file(session->store, row - n_before);
    StrBuf why = { 0 };
    StrBuf visible = { 0 };
    if (file->is_broken) {
        strbuf_add(&why, path_base(file->path));
        if (file->why.line > 0) {
            strbuf_addf(&why, ":%d:%d", file->why.line, file->why.col);
        }
        strbuf_add(&why, STR(": "));
        err_text(&why, session->lang, &file->why);
    }
    utf8_add_visible(&visible, strbuf_str(&why));
    for (Str rest = strbuf_str(&visible); y < canvas->n_rows && rest.n_bytes > 0; y++) {
        int n_cols = canvas->n_cols - NAME_X - 1;
        canvas_text(canvas, y, NAME_X, n_cols, STYLE_ERROR, utf8_wrap(&rest, n_cols));
    }
    strbuf_done(&visible);
    strbuf_done(&why);
}

static void plans_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    (void)n_cols;
    session->page_rows = n_rows - 1;
    size_t n = store_count(session->store) + (session_has_all(session) ? 1 : 0);
    view_scroll(&state->top, session_plan_row(session), n, session->page_rows);
}

static void plans_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    size_t n_before = session_has_all(session) ? 1 : 0;
    draw_head(session, canvas);
    if (store_count(session->store) == 0) {
        draw_empty(session, canvas);
    }
    for (int y = 1; y < canvas->n_rows; y++) {
        size_t row = state->top + (size_t)y - 1;
        if (row >= store_count(session->store) + n_before) {
            draw_reason(session, y + 1, canvas);
            break;
        }
        bool is_cursor = row == session_plan_row(session);
        Style style = is_cursor ? STYLE_CURSOR : STYLE_TEXT;
        if (is_cursor) {
            canvas_fill(canvas, y, 0, 1, canvas->n_cols, STYLE_CURSOR);
            canvas_cursor(canvas, y, 1);
        }
        if (row < n_before) {
            draw_all(session, y, style, canvas);
        } else {
            draw_file(session, row - n_before, y, style, canvas);
        }
    }
}

static size_t count_broken(const Store *store)
{
    size_t n = 0;
    for (size_t i = 0; i < store_count(store); i++) {
        n += store_file(store, i)->is_broken;
    }
    return n;
}

static void plans_counts(StrBuf *out, const ViewState *state, const Session *session, bool is_brief)
{
    PlanSummary sum = session_folder_summary(session);
    size_t n_broken = count_broken(session->store);
    (void)state;
    if (!is_brief) {
        text_put(out, session->lang, T_COUNT_PLANS, TEXT_NUM(session->plans.n));
    }
    if (!is_brief && n_broken > 0) {
        text_put(out, session->lang, T_COUNT_BROKEN, TEXT_NUM(n_broken));
    }
    view_add_counts(out, session->lang, &sum, is_brief);
}

const ViewOps plans_view = { T_VIEW_PLANS, plans_update, plans_draw, plans_counts };
