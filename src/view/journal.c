#include <stdint.h>

#include "vekha/app/session_journal.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal_say.h"
#include "view/view_priv.h"

enum { NARROW = 60, WITH_PLAN = 90, TIME_X = 1, TIME_COLS = 5, NUMBER_COLS = 4, FIRST_X = 7 };

/* Columns of a change, each with a blank behind it; 0: not shown. What was changed takes the rest. */
typedef struct Columns {
    int who_cols, plan_cols, title_cols;
} Columns;

static Columns columns_of(const Session *session, int n_cols)
{
    enum { WHO_MIN = 10, WHO_MAX = 24 };
    int who = n_cols / 6;
    Columns columns = { .who_cols = who < WHO_MIN ? WHO_MIN : who > WHO_MAX ? WHO_MAX : who };
    if (session_journal_has_all(session) && n_cols >= WITH_PLAN) {
        columns.plan_cols = n_cols / 7;
    }
    int rest = n_cols - FIRST_X - columns.who_cols - columns.plan_cols - NUMBER_COLS - 3;
    columns.title_cols = n_cols >= NARROW ? rest * 2 / 5 : 0;
    return columns;
}

static int list_rows(const Session *session, int n_rows, int n_cols)
{
    int pane = pane_height(session, n_rows, n_cols);
    return n_rows - (pane > 0 ? pane + 1 : 0);
}

static void journal_update(ViewState *state, Session *session, int n_rows, int n_cols)
{
    const JournalState *journal = session->journal;
    int n_lines = list_rows(session, n_rows, n_cols);
    session->page_rows = n_lines;
    state->n_shown = (size_t)n_lines;
    view_scroll(&state->top, journal->cursor, journal->rows.n, n_lines);
    bool is_first = journal->cursor > 0 && journal->rows.at[journal->cursor - 1].step == SIZE_MAX;
    if (is_first && journal->cursor == state->top && n_lines > 1) {
        state->top--; /* its day comes with it */
    }
}

/* «10.05.2022, вторник» */
static void draw_day(const Session *session, Day day, int y, Canvas *canvas)
{
    StrBuf text = { 0 };
    if (day != 0) {
        (session->lang == LANG_RU ? day_add_ru : day_add_iso)(&text, day);
        strbuf_add(&text, STR(", "));
        strbuf_add(&text, text_get(session->lang, (TextId)(T_WEEKDAY_LONG_1 + day_weekday(day) - 1)));
    }
    canvas_field(canvas, y, TIME_X, canvas->n_cols - TIME_X, STYLE_HEADING, strbuf_str(&text));
    strbuf_done(&text);
}

static void draw_cell(Canvas *canvas, int y, int *x, int n_cols, Style style, Str text)
{
    if (n_cols > 0) {
        canvas_field(canvas, y, *x, n_cols, style, text);
        *x += n_cols + 1;
    }
}

/* Which event, by number and title; else whose text, the plan's in the first of the columns if there is no other. */
static void draw_name(const Session *session, const JournalEntry *entry, const Event *now, int y, int *x, int title_cols,
                      Style style, Canvas *canvas)
{
    StrBuf owner = { 0 };
    journal_add_owner(&owner, session->lang, entry);
    Str name = strbuf_str(&owner);
    bool is_of_plan = str_eq(name, text_get(session->lang, T_JOURNAL_PLAN));
    bool is_id = journal_is_id(entry->event); /* four columns of an id name nothing */
    Str number = now != NULL ? now->no : title_cols == 0 && is_of_plan ? name : is_id ? (Str){ 0 } : entry->event;
    Str title = now != NULL ? now->title : name.n_bytes > 0 ? name : entry->title;
    draw_cell(canvas, y, x, NUMBER_COLS, style, number);
    draw_cell(canvas, y, x, title_cols, style, title);
    strbuf_done(&owner);
}

static void draw_change(const Session *session, const JournalRow *row, int y, Canvas *canvas)
{
    enum { HOUR_MINUTES = 60 };
    bool is_cursor = row == session_journal_row(session);
    Style style = is_cursor ? STYLE_CURSOR : STYLE_TEXT;
    Style dim = is_cursor ? STYLE_CURSOR : STYLE_DIM;
    Columns columns = columns_of(session, canvas->n_cols);
    size_t event;
    size_t n;
    size_t index = session_journal_event(session, row, &event);
    const PlanFile *file = store_file(session->store, index);
    const JournalEntry *entries = session_journal_entries(session, row, &n);
    const Event *now = event < file->plan->events.n ? &file->plan->events.at[event] : NULL;
    StrBuf text = { 0 };
    int x = FIRST_X;
    if (is_cursor) {
        canvas_fill(canvas, y, 0, 1, canvas->n_cols, STYLE_CURSOR);
        canvas_cursor(canvas, y, TIME_X);
    }
    strbuf_addf(&text, "%02d:%02d", row->minute / HOUR_MINUTES, row->minute % HOUR_MINUTES);
    canvas_text(canvas, y, TIME_X, TIME_COLS, dim, strbuf_str(&text));
    draw_cell(canvas, y, &x, columns.who_cols, style, entries->who);
    draw_cell(canvas, y, &x, columns.plan_cols, dim, session_plan_name(file));
    bool is_gone = now == NULL && entries->title.n_bytes > 0;
    draw_name(session, entries, now, y, &x, columns.title_cols, is_gone ? dim : style, canvas);
    strbuf_clear(&text);
    journal_add_brief(&text, session->lang, file->plan, entries, n, columns.title_cols > 0);
    bool has_number = now != NULL ? now->no.n_bytes > 0 : entries->event.n_bytes > 0 && !journal_is_id(entries->event);
    Str title = now != NULL ? now->title : entries->title;
    if (columns.title_cols == 0 && !has_number && title.n_bytes > 0) { /* nothing else says which event */
        strbuf_add(&text, STR(": "));
        strbuf_add(&text, title);
    }
    draw_cell(canvas, y, &x, canvas->n_cols - x, style, strbuf_str(&text));
    strbuf_done(&text);
}

static void draw_none(const Session *session, Canvas *canvas)
{
    const JournalState *journal = session->journal;
    TextId words = journal->is_of_one ? T_JOURNAL_NONE_OF_IT : journal->since != 0 ? T_JOURNAL_NONE_HERE : T_JOURNAL_EMPTY;
    Str rest = text_get(session->lang, words);
    for (int y = 0; y < canvas->n_rows && rest.n_bytes > 0; y++) {
        canvas_text(canvas, y, TIME_X, canvas->n_cols - 2, STYLE_DIM, utf8_wrap(&rest, canvas->n_cols - 2));
    }
    canvas_cursor(canvas, 0, TIME_X);
}

static int draw_text(Canvas *canvas, int y, int max_lines, Style style, Str text)
{
    StrBuf visible = { 0 };
    int n_cols = canvas->n_cols - 2;
    utf8_add_visible(&visible, text);
    Str rest = strbuf_str(&visible);
    for (int line = 0; line < max_lines && rest.n_bytes > 0 && y < canvas->n_rows; line++, y++) {
        bool is_last = line == max_lines - 1 || y == canvas->n_rows - 1;
        canvas_field(canvas, y, 1, n_cols, style, is_last ? rest : utf8_wrap(&rest, n_cols));
    }
    strbuf_done(&visible);
    return y;
}

/* The whole change: who, of which event, each field from what to what. */
static void draw_pane(const Session *session, const JournalRow *row, Canvas *canvas)
{
    enum { TITLE_LINES = 2, FIELD_LINES = 3 };
    size_t event;
    size_t n;
    const PlanFile *file = store_file(session->store, session_journal_event(session, row, &event));
    const JournalEntry *entries = session_journal_entries(session, row, &n);
    const Event *now = event < file->plan->events.n ? &file->plan->events.at[event] : NULL;
    StrBuf text = { 0 };
    strbuf_add(&text, entries->who);
    if (session_journal_has_all(session)) {
        strbuf_add_part(&text, session_plan_name(file));
    }
    int y = draw_text(canvas, 0, 1, STYLE_DIM, strbuf_str(&text));
    strbuf_clear(&text);
    strbuf_addf(&text, "%.*s  ", STR_ARG(now != NULL ? now->no : entries->event));
    strbuf_add(&text, now != NULL ? now->title : entries->title);
    journal_add_owner(&text, session->lang, entries);
    y = draw_text(canvas, y, TITLE_LINES, STYLE_STRONG, str_trim(strbuf_str(&text)));
    for (size_t i = 0; i < n && y < canvas->n_rows; i++) {
        strbuf_clear(&text);
        journal_add_entry_beside(&text, session->lang, file->plan, &entries[i], entries);
        y = draw_text(canvas, y, FIELD_LINES, STYLE_TEXT, strbuf_str(&text));
    }
    strbuf_done(&text);
}

static void journal_draw(const ViewState *state, const Session *session, Canvas *canvas)
{
    const JournalState *journal = session->journal;
    int pane = pane_height(session, canvas->n_rows, canvas->n_cols);
    int n_lines = list_rows(session, canvas->n_rows, canvas->n_cols);
    const JournalRow *cursor = session_journal_row(session);
    if (journal->rows.n == 0) {
        draw_none(session, canvas);
        return;
    }
    for (int y = 0; y < n_lines && state->top + (size_t)y < journal->rows.n; y++) {
        const JournalRow *row = &journal->rows.at[state->top + (size_t)y];
        if (row->step == SIZE_MAX) {
            draw_day(session, row->day, y, canvas);
        } else {
            draw_change(session, row, y, canvas);
        }
    }
    if (pane > 0) {
        canvas_repeat(canvas, n_lines, 0, canvas->n_cols, STYLE_DIM, STR("─"));
        Canvas area = canvas_area(canvas, n_lines + 1, 0, pane, canvas->n_cols);
        draw_pane(session, cursor, &area);
    }
}

static size_t changes_before(const JournalState *journal, size_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < journal->rows.n && i < end; i++) {
        n += journal->rows.at[i].step != SIZE_MAX;
    }
    return n;
}

static void journal_counts(StrBuf *out, const ViewState *state, const Session *session, bool is_brief)
{
    const JournalState *journal = session->journal;
    bool is_cut = false;
    for (size_t i = 0; i < journal->plans.n; i++) {
        is_cut = is_cut || journal->plans.at[i].journal.is_cut;
    }
    text_put(out, session->lang, T_COUNT_CHANGES, TEXT_NUM(journal->n_changes));
    strbuf_add(out, is_cut ? text_get(session->lang, T_COUNT_CHANGES_CUT) : (Str){ 0 });
    if (!is_brief && journal->rows.n > 0 && journal->rows.n <= state->n_shown) {
        strbuf_add(out, text_get(session->lang, T_COUNT_CHANGES_KEYS));
    } else if (!is_brief && journal->rows.n > state->n_shown) {
        size_t first = changes_before(journal, state->top) + 1;
        size_t last = changes_before(journal, state->top + state->n_shown);
        text_put(out, session->lang, first < last ? T_COUNT_ROWS : T_COUNT_ROW, TEXT_NUM(first),
                 TEXT_NUM(first < last ? last : journal->n_changes), TEXT_NUM(journal->n_changes));
    }
}

const ViewOps journal_view = { T_VIEW_JOURNAL, journal_update, journal_draw, journal_counts };
