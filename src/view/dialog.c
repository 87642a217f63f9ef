#include <stdint.h>

#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { STATUS_COLS = 30, OCCURRENCE_COLS = 56 };

/* «октябрь 2022 г.»; a name that none of the occurrences has is said as it is. */
static void add_name(StrBuf *out, const Session *session, const Event *event, Str at)
{
    DeadlineContext context = plan_context(session_file(session)->plan);
    size_t index = occurrence_find(event->due->occurrences, event->due->n_occurrences, at);
    if (index != SIZE_MAX) {
        occurrence_add_words(out, session->lang, &event->due->occurrences[index], &context);
    } else {
        occurrence_add_name(out, session->lang, at, &context);
    }
}

/* Which event, and which time of it, a list is about: it may hide its row. */
static void draw_list_title(const Session *session, TextId row, int y, int x, int n_cols, Canvas *canvas)
{
    const Event *event = session_event(session, NULL);
    StrBuf label = { 0 };
    StrBuf title = { 0 };
    if (event != NULL) {
        event_add_label(&label, event);
    }
    if (event != NULL && session->at.n_bytes > 0) {
        strbuf_add(&label, STR(", "));
        add_name(&label, session, event, strbuf_str(&session->at));
    }
    text_put(&title, session->lang, row, TEXT_STR(strbuf_str(&label)));
    canvas_field(canvas, y, x + 1, n_cols - 2, STYLE_MENU, strbuf_str(&title));
    strbuf_done(&label);
    strbuf_done(&title);
}

/* «октябрь 2022 г.», and how it stands. */
static void add_occurrence(StrBuf *out, const Session *session, const Event *event, size_t index)
{
    DeadlineContext context = plan_context(session_file(session)->plan);
    OccurrenceState now = event_occurrence_state(event, index, session->today);
    Str glyph = now.is_late ? state_info(STATE_LATE)->glyph : status_info(now.status)->glyph;
    strbuf_addf(out, " %.*s  ", STR_ARG(glyph));
    occurrence_add_words(out, session->lang, &event->due->occurrences[index], &context);
    strbuf_add(out, STR(" · "));
    strbuf_add(out, text_get(session->lang, now.is_late ? state_info(STATE_LATE)->word : status_info(now.status)->word));
}

void occurrence_draw(const Session *session, Canvas *canvas)
{
    const Event *event = session_event(session, NULL);
    int n_cols = canvas->n_cols < OCCURRENCE_COLS ? canvas->n_cols : OCCURRENCE_COLS;
    int n_all = (int)event->due->n_occurrences + 1;
    int n_rows = n_all < canvas->n_rows - 1 ? n_all : canvas->n_rows - 1;
    int x = (canvas->n_cols - n_cols) / 2;
    int y = (canvas->n_rows - n_rows - 1) / 2;
    int n_row_cols = n_all > n_rows ? n_cols - 1 : n_cols; /* beside them the signs that there are more */
    size_t top = 0;
    view_scroll(&top, (size_t)session->overlay_row, (size_t)n_all, n_rows);
    canvas_fill(canvas, y, x, n_rows + 1, n_cols, STYLE_MENU);
    draw_list_title(session, T_ASK_OCCURRENCE, y, x, n_cols, canvas);
    view_draw_more(canvas, y + 1, x + n_cols - 1, n_rows, top > 0, (int)top + n_rows < n_all);
    for (int i = 0; i < n_rows; i++) {
        int row = (int)top + i;
        bool is_cursor = row == session->overlay_row;
        StrBuf line = { 0 };
        if (row == 0) {
            strbuf_add(&line, STR("    "));
            strbuf_add(&line, text_get(session->lang, T_WHOLE_EVENT));
        } else {
            add_occurrence(&line, session, event, (size_t)row - 1);
        }
        canvas_field(canvas, y + 1 + i, x, n_row_cols, is_cursor ? STYLE_MENU_CURSOR : STYLE_MENU, strbuf_str(&line));
        if (is_cursor) {
            canvas_cursor(canvas, y + 1 + i, x + 1);
        }
        strbuf_done(&line);
    }
}

void status_draw(const Session *session, Canvas *canvas)
{
    int wanted = session->at.n_bytes > 0 ? OCCURRENCE_COLS : STATUS_COLS; /* the name of a time has to be read whole */
    int n_cols = canvas->n_cols < wanted ? canvas->n_cols : wanted;
    int x = (canvas->n_cols - n_cols) / 2;
    int y = (canvas->n_rows - STATUS_COUNT - 1) / 2;
    y = y < 0 ? 0 : y;
    canvas_fill(canvas, y, x, STATUS_COUNT + 1, n_cols, STYLE_MENU);
    draw_list_title(session, T_ASK_STATUS, y, x, n_cols, canvas);
    for (int i = 0; i < STATUS_COUNT; i++) {
        const StatusInfo *info = status_info((Status)i);
        Style style = i == session->overlay_row ? STYLE_MENU_CURSOR : STYLE_MENU;
        StrBuf line = { 0 };
        strbuf_addf(&line, " %d  %.*s  ", i + 1, STR_ARG(info->glyph));
        strbuf_add(&line, text_get(session->lang, info->word));
        canvas_field(canvas, y + 1 + i, x, n_cols, style, strbuf_str(&line));
        if (i == session->overlay_row) {
            canvas_cursor(canvas, y + 1 + i, x + 1);
        }
        strbuf_done(&line);
    }
}

static int first_cols(Str text)
{
    int cols = 0;
    if (text.n_bytes > 0) {
        (void)utf8_next_char(&text, &cols);
    }
    return cols;
}

/* The longest end of whole characters in n_cols columns. */
static Str fit_end(Str text, int n_cols)
{
    int used = utf8_cols(text);
    while (used > n_cols && text.n_bytes > 0) {
        int cols;
        (void)utf8_next_char(&text, &cols);
        used -= cols;
    }
    return text;
}

/* Where the line is too long: what is hidden before the cursor, or behind, has a sign at that side, if there is room for signs.
 */
static int draw_part(Canvas *canvas, int y, int x, int n_cols, Str before, Str after)
{
    enum { WIDEST_COLS = 2 };
    Str sign = canvas_ellipsis(canvas);
    int sign_cols = n_cols > 2 * utf8_cols(sign) + WIDEST_COLS ? utf8_cols(sign) : 0;
    int at_cursor = first_cols(after) > 1 ? WIDEST_COLS : 1; /* the cursor's own place: a character, or the blank at the end */
    int behind = utf8_cols(after) - at_cursor;
    int needed = at_cursor + (behind > sign_cols ? sign_cols : behind > 0 ? behind : 0);
    bool is_hidden = utf8_cols(before) + needed > n_cols;
    Str shown = is_hidden ? fit_end(before, n_cols - needed - sign_cols) : before;
    int used = is_hidden && sign_cols > 0 ? canvas_text(canvas, y, x, n_cols, STYLE_FIELD, sign) : 0;
    used += canvas_text(canvas, y, x + used, n_cols - used, STYLE_FIELD, shown);
    if (sign_cols > 0) {
        canvas_field(canvas, y, x + used, n_cols - used, STYLE_FIELD, after);
    } else {
        canvas_text(canvas, y, x + used, n_cols - used, STYLE_FIELD, after);
    }
    return used;
}

/* The part of the line around the cursor that fits; returns the column of the cursor in it. */
int dialog_draw_line(Canvas *canvas, int y, int x, int n_cols, const LineEdit *line)
{
    StrBuf before = { 0 };
    StrBuf after = { 0 };
    Str text = strbuf_str(&line->text);
    utf8_add_visible(&before, str_sub(text, 0, line->cursor));
    utf8_add_visible(&after, str_from(text, line->cursor));
    canvas_fill(canvas, y, x, 1, n_cols, STYLE_FIELD);
    int used = draw_part(canvas, y, x, n_cols, strbuf_str(&before), strbuf_str(&after));
    strbuf_done(&before);
    strbuf_done(&after);
    return used;
}
