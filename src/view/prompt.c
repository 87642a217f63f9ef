#include <stdint.h>

#include "vekha/app/editing.h"
#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/*
 * TOLD_ROWS: of a prompt, below its field; it grows by one where they are not enough. BESIDE_ROWS: its rule and its keys. A field
 * that is too long for a line may have one part in SCREEN_PART of the screen.
 */
enum { NARROW = 60, TOLD_ROWS = 2, BESIDE_ROWS = 2, BAR_ROWS = 1, SCREEN_PART = 6, FIELD_ROWS_MAX = 8, FIELD_COLS_MIN = 12 };

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

/* Of a field that is too long for one line. */
typedef struct Lines {
    int n, of_cursor;
} Lines;

static Lines count_lines(Str text, size_t cursor, int n_cols)
{
    Lines lines = { 0 };
    for (Str rest = text; lines.n == 0 || rest.n_bytes > 0; lines.n++) {
        lines.of_cursor = text.n_bytes - rest.n_bytes <= cursor ? lines.n : lines.of_cursor;
        (void)utf8_wrap(&rest, n_cols);
    }
    return lines;
}

/* The lines from top on; the cursor is in front of that byte of the text. */
static void draw_lines(Str text, size_t cursor, int top, int y, int x, int n_rows, int n_cols, Canvas *canvas)
{
    Str rest = text;
    for (int line = 0; line < top + n_rows && (line == 0 || rest.n_bytes > 0); line++) {
        size_t from = text.n_bytes - rest.n_bytes;
        Str part = utf8_wrap(&rest, n_cols);
        if (line < top) {
            continue;
        }
        canvas_text(canvas, y + line - top, x, n_cols, STYLE_FIELD, part);
        if (cursor >= from) { /* the blanks that a wrapped line ends with are not drawn */
            int at = utf8_cols(str_sub(text, from, cursor));
            canvas_cursor(canvas, y + line - top, x + (at < n_cols ? at : n_cols));
        }
    }
}

void prompt_draw_field(Canvas *canvas, int y, int x, int n_rows, int n_cols, const LineEdit *line)
{
    if (n_rows == 1) {
        canvas_cursor(canvas, y, x + dialog_draw_line(canvas, y, x, n_cols, line));
        return;
    }
    StrBuf visible = { 0 };
    Str text = strbuf_str(&line->text);
    utf8_add_visible(&visible, str_sub(text, 0, line->cursor));
    size_t cursor = visible.n_bytes;
    utf8_add_visible(&visible, str_from(text, line->cursor));
    int room = n_cols - 2; /* the cursor, and the signs that there is more */
    Lines lines = count_lines(strbuf_str(&visible), cursor, room);
    int top = lines.of_cursor - n_rows / 2;
    top = top > lines.n - n_rows ? lines.n - n_rows : top;
    top = top < 0 ? 0 : top;
    canvas_fill(canvas, y, x, n_rows, n_cols, STYLE_FIELD);
    draw_lines(strbuf_str(&visible), cursor, top, y, x, n_rows, room, canvas);
    view_draw_more(canvas, y, x + n_cols - 1, n_rows, top > 0, top + n_rows < lines.n);
    strbuf_done(&visible);
}

static int field_rows(const LineEdit *line, int n_cols, int n_rows)
{
    int most = n_rows / SCREEN_PART < FIELD_ROWS_MAX ? n_rows / SCREEN_PART : FIELD_ROWS_MAX;
    bool is_one = most < 2 || n_cols < FIELD_COLS_MIN || utf8_cols(strbuf_str(&line->text)) < n_cols;
    return is_one ? 1 : wrapped_lines(strbuf_str(&line->text), most, n_cols - 2);
}

static void add_field_label(StrBuf *out, const Session *session)
{
    if (prompts[session->prompt].label == T_NONE) {
        utf8_add_visible(out, session->editing->heading);
        strbuf_add_char(out, ':');
    } else {
        strbuf_add(out, text_get(session->lang, prompts[session->prompt].label));
    }
}

void prompt_draw(const Session *session, Canvas *canvas)
{
    Told told = told_of(session, canvas->n_cols);
    int n_told = told.n_notice + told.n_message + told.n_understood;
    int n_room = n_told > TOLD_ROWS ? n_told : TOLD_ROWS;
    StrBuf label = { 0 };
    add_field_label(&label, session);
    int label_cols = utf8_cols(strbuf_str(&label));
    label_cols = label_cols < canvas->n_cols / 2 ? label_cols : canvas->n_cols / 2;
    int x = 1 + label_cols + 1;
    int n_cols = canvas->n_cols - x - 1;
    int n_rows = field_rows(&session->line, n_cols, canvas->n_rows);
    int y = canvas->n_rows - BAR_ROWS - BESIDE_ROWS - n_room - n_rows;
    canvas_fill(canvas, y, 0, BESIDE_ROWS + n_room + n_rows, canvas->n_cols, STYLE_TEXT);
    canvas_repeat(canvas, y, 0, canvas->n_cols, STYLE_DIM, STR("─"));
    canvas_text(canvas, y + 1, 1, label_cols, STYLE_STRONG, strbuf_str(&label));
    prompt_draw_field(canvas, y + 1, x, n_rows, n_cols, &session->line);
    int used = draw_told(session, &told, y + 1 + n_rows, canvas);
    draw_keys(session, y + 1 + n_rows + n_room, n_room - used, canvas);
    strbuf_done(&label);
    strbuf_done(&told.notice);
}
