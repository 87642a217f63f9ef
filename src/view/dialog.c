#include <stdint.h>

#include "vekha/app/editing.h"
#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* TOLD_ROWS: of a prompt, below its line; it grows by one where they are not enough. BESIDE_TOLD_ROWS: its rule, line and keys.
 */
enum { NARROW = 60, STATUS_COLS = 30, OCCURRENCE_COLS = 56, TOLD_ROWS = 2, BESIDE_TOLD_ROWS = 3 };
/* rule, line and keys of a prompt */

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

/* In at most n_lines lines; returns how many. */
static int draw_wrapped(int y, int n_lines, Style style, Str text, Canvas *canvas)
{
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, text);
    Str rest = strbuf_str(&visible);
    int line = 0;
    for (; line < n_lines && rest.n_bytes > 0; line++) {
        Str part = line == n_lines - 1 ? rest : utf8_wrap(&rest, canvas->n_cols - 2);
        canvas_field(canvas, y + line, 1, canvas->n_cols - 2, style, part);
        rest = line == n_lines - 1 ? (Str){ 0 } : rest;
    }
    strbuf_done(&visible);
    return line;
}

/* Lines that the text needs, at most that many. */
static int wrapped_lines(Str text, int most, int n_cols)
{
    StrBuf visible = { 0 };
    int n_lines = 0;
    utf8_add_visible(&visible, text);
    for (Str rest = strbuf_str(&visible); rest.n_bytes > 0 && n_lines < most; n_lines++) {
        (void)utf8_wrap(&rest, n_cols);
    }
    strbuf_done(&visible);
    return n_lines;
}

/* How the deadline is understood as it stands: seen before it is written. Returns how many lines it took. */
static int draw_understood(const Session *session, int y, int n_lines, Canvas *canvas)
{
    const Plan *plan = session_prompt_plan(session);
    if (plan == NULL) {
        return 0;
    }
    DeadlineContext context = plan_context(plan);
    Arena arena = { 0 };
    Due due;
    StrBuf words = { 0 };
    due_read(strbuf_str(&session->line.text), (Str){ 0 }, &context, &arena, &due);
    strbuf_add(&words, STR("→ "));
    deadline_add_words(&words, session->lang, &due.deadline, &context, (Str){ 0 });
    int used = draw_wrapped(y, n_lines, STYLE_ACCENT, strbuf_str(&words), canvas);
    strbuf_done(&words);
    arena_done(&arena);
    return used;
}

typedef struct PromptRow {
    TextId label, keys;
} PromptRow;

static const PromptRow prompts[] = {
    [PROMPT_WHEN] = { T_ASK_WHEN, T_ASK_KEYS_WHEN },
    [PROMPT_REASON] = { T_ASK_REASON, T_ASK_KEYS },
    [PROMPT_CANCELLED] = { T_ASK_REASON, T_ASK_KEYS_CANCELLED },
    [PROMPT_SEARCH] = { T_ASK_SEARCH, T_ASK_KEYS_SEARCH },
    [PROMPT_WORD] = { T_ASK_WORD, T_ASK_KEYS_WORD },
    [PROMPT_SINCE] = { T_ASK_SINCE, T_ASK_KEYS_SINCE },
    [PROMPT_DEADLINE] = { T_ASK_DEADLINE, T_ASK_KEYS_EDIT },
    [PROMPT_FIELD] = { T_NONE, T_ASK_KEYS_EDIT }, /* called as what is edited */
    [PROMPT_ADD] = { T_ASK_ADD, T_ASK_KEYS_ADD },
    [PROMPT_HEADER] = { T_NONE, T_ASK_KEYS_EDIT },
};
_Static_assert(COUNTOF(prompts) == PROMPT_COUNT, "every prompt has a row");

TextId prompt_label(Prompt prompt)
{
    return prompts[prompt].label;
}

void prompt_add_label(StrBuf *out, const Session *session, Prompt prompt, Str field)
{
    if (prompts[prompt].label != T_NONE) {
        strbuf_add(out, text_get(session->lang, prompts[prompt].label));
    } else {
        session_add_draft_label(out, session, prompt, field);
    }
}

static void add_keys(StrBuf *out, const Session *session)
{
    const Editing *editing = session->editing;
    TextId row = prompts[session->prompt].keys;
    bool is_title = prompts[session->prompt].label == T_NONE && str_eq(editing->key, STR("title"));
    bool is_period = session->prompt == PROMPT_HEADER && str_eq(editing->key, STR("period"));
    bool is_no = session->prompt == PROMPT_FIELD && editing->field == FIELD_NO;
    char separator = session->prompt == PROMPT_FIELD ? editing->separator : '\0';
    row = is_title            ? T_ASK_KEYS_TITLE
          : is_period         ? T_ASK_KEYS_PERIOD
          : is_no             ? T_ASK_KEYS_NO
          : separator != '\0' ? T_ASK_KEYS_PARTIES
                              : row;
    text_put(out, session->lang, row, TEXT_STR(((Str){ &separator, 1 })));
}

/*
 * What there is to say of what is typed, and the lines it takes: what others did, what just happened, and how a deadline is
 * understood, which always has a line, since it changes with each key. Zero: nothing.
 */
typedef struct Told {
    StrBuf notice;
    int n_notice, n_message, n_understood;
} Told;

static Told told_of(const Session *session, int n_cols)
{
    Told told = { 0 };
    bool is_when = session->prompt == PROMPT_WHEN || session->prompt == PROMPT_DEADLINE;
    bool has_message = session->message.n_bytes > 0; /* its own line is hidden */
    int most = n_cols < NARROW && !has_message ? TOLD_ROWS : 1;
    if (!session->message_is_error) {
        session_add_notice(&told.notice, session);
    }
    told.n_notice = wrapped_lines(strbuf_str(&told.notice), most, n_cols - 2);
    told.n_message = wrapped_lines(strbuf_str(&session->message), TOLD_ROWS - told.n_notice, n_cols - 2);
    int n_left = TOLD_ROWS - told.n_notice - told.n_message;
    told.n_understood = !is_when ? 0 : n_left > 0 ? n_left : 1;
    return told;
}

/* Returns how many lines it took. */
static int draw_told(const Session *session, const Told *told, int y, Canvas *canvas)
{
    Style style = session->message_is_error ? STYLE_ERROR : STYLE_MESSAGE;
    int used = draw_wrapped(y, told->n_notice, STYLE_WARN, strbuf_str(&told->notice), canvas);
    used += draw_wrapped(y + used, told->n_message, style, strbuf_str(&session->message), canvas);
    return used + (told->n_understood > 0 ? draw_understood(session, y + used, told->n_understood, canvas) : 0);
}

/* At the bottom; upwards into the lines that nothing is told in, where one line cannot hold it. */
static void draw_keys(const Session *session, int y, int n_free, Canvas *canvas)
{
    StrBuf keys = { 0 };
    add_keys(&keys, session);
    Str text = strbuf_str(&keys);
    int n_lines = utf8_cols(text) > canvas->n_cols - 2 && n_free > 0 ? 2 : 1;
    (void)draw_wrapped(y + 1 - n_lines, n_lines, STYLE_DIM, text, canvas);
    strbuf_done(&keys);
}

void prompt_draw(const Session *session, Canvas *canvas)
{
    Told told = told_of(session, canvas->n_cols);
    int n_told = told.n_notice + told.n_message + told.n_understood;
    int n_room = n_told > TOLD_ROWS ? n_told : TOLD_ROWS;
    int y = canvas->n_rows - BESIDE_TOLD_ROWS - n_room - 1;
    StrBuf label = { 0 };
    canvas_fill(canvas, y, 0, BESIDE_TOLD_ROWS + n_room, canvas->n_cols, STYLE_TEXT);
    canvas_repeat(canvas, y, 0, canvas->n_cols, STYLE_DIM, STR("─"));
    if (prompts[session->prompt].label == T_NONE) {
        utf8_add_visible(&label, session->editing->heading);
        strbuf_add_char(&label, ':');
    } else {
        strbuf_add(&label, text_get(session->lang, prompts[session->prompt].label));
    }
    int x = 1 + canvas_text(canvas, y + 1, 1, canvas->n_cols / 2, STYLE_STRONG, strbuf_str(&label)) + 1;
    int cursor = dialog_draw_line(canvas, y + 1, x, canvas->n_cols - x - 1, &session->line);
    canvas_cursor(canvas, y + 1, x + cursor);
    int used = draw_told(session, &told, y + 2, canvas);
    draw_keys(session, y + 2 + n_room, n_room - used, canvas);
    strbuf_done(&label);
    strbuf_done(&told.notice);
}
