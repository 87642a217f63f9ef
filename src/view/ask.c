#include "vekha/app/editing.h"
#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { BOX_COLS = 72 };

typedef VEC(Str) LineVec;

static void wrap(LineVec *lines, Str text, int n_cols)
{
    while (text.n_bytes > 0) {
        vec_push(lines, utf8_wrap(&text, n_cols));
    }
}

static void draw_line(Canvas *box, int y, Style style, Str text)
{
    canvas_field(box, y, 1, box->n_cols - 2, style, text);
}

static void draw_choices(const Session *session, int y, Canvas *box)
{
    const Editing *editing = session->editing;
    for (int i = 0; i < editing->n_choices; i++) {
        bool is_cursor = i == session->overlay_row;
        StrBuf line = { 0 };
        strbuf_addf(&line, " %d  ", i + 1);
        strbuf_add(&line, text_get(session->lang, editing->choices[i]));
        canvas_field(box, y + i, 0, box->n_cols, is_cursor ? STYLE_MENU_CURSOR : STYLE_MENU, strbuf_str(&line));
        if (is_cursor) {
            canvas_cursor(box, y + i, 1);
        }
        strbuf_done(&line);
    }
}

/* What is longer than there is room for is leafed through; returns where the page begins. */
static size_t turn_page(Session *session, size_t n_lines, int n_rows, StrBuf *said)
{
    int n_pages = n_rows > 0 ? ((int)n_lines + n_rows - 1) / n_rows : 1;
    session->overlay_top = session->overlay_top < n_pages ? session->overlay_top : n_pages > 0 ? n_pages - 1 : 0;
    if (n_pages > 1) {
        key_add_name(said, session->lang, KEY_OF(K_PGDN));
        strbuf_addf(said, " %d/%d", session->overlay_top + 1, n_pages);
    }
    return (size_t)(session->overlay_top * n_rows);
}

void ask_add_keys(StrBuf *out, const Session *session, int n_cols)
{
    static const TextId escapes[] = {
        [ASK_NOTHING] = T_NONE,          [ASK_DELETE] = T_ASK_ESC_DELETE, [ASK_DELETE_CHANGED] = T_ASK_ESC_DELETE,
        [ASK_CONFLICT] = T_ASK_ESC_EDIT, [ASK_MARK] = T_ASK_ESC_MARK,     [ASK_GONE] = T_ASK_ESC_EDIT,
    };
    Str keys = text_get(session->lang, T_ASK_KEYS_ANSWER);
    Str escape = text_get(session->lang, escapes[session->editing->asking]);
    if (utf8_cols(keys) + 2 + utf8_cols(escape) <= n_cols) {
        strbuf_add(out, keys);
        strbuf_add(out, STR("; "));
    }
    strbuf_add(out, escape);
}

void ask_draw(Session *session, Canvas *canvas)
{
    const Editing *editing = session->editing;
    int n_cols = canvas->n_cols < BOX_COLS ? canvas->n_cols : BOX_COLS;
    StrBuf title = { 0 };
    StrBuf text = { 0 };
    StrBuf page = { 0 };
    LineVec lines = { 0 };
    utf8_add_visible_lines(&title, strbuf_str(&editing->title));
    utf8_add_visible_lines(&text, strbuf_str(&editing->text));
    wrap(&lines, strbuf_str(&title), n_cols - 2);
    int n_title = (int)lines.n < 2 ? (int)lines.n : 2;
    lines.n = (size_t)n_title;
    wrap(&lines, strbuf_str(&text), n_cols - 2);
    int n_all = (int)lines.n - n_title;
    int room = canvas->n_rows - n_title - editing->n_choices;
    int n_text = n_all < room ? n_all : room;
    int n_rows = n_title + n_text + editing->n_choices;
    int y = (canvas->n_rows - n_rows) / 2;
    canvas_fill(canvas, y, 0, n_rows, canvas->n_cols, STYLE_TEXT); /* what lies behind must not run on beside it */
    Canvas box = canvas_area(canvas, y, (canvas->n_cols - n_cols) / 2, n_rows, n_cols);
    canvas_fill(&box, 0, 0, n_rows, n_cols, STYLE_MENU);
    size_t top = turn_page(session, (size_t)n_all, n_text, &page);
    int page_cols = utf8_cols(strbuf_str(&page));
    for (int i = 0; i < n_title; i++) {
        int taken = i == 0 && page_cols > 0 ? page_cols + 1 : 0; /* the page stands at the end of the first line */
        canvas_field(&box, i, 1, n_cols - 2 - taken, STYLE_MENU, lines.at[i]);
    }
    for (int i = 0; i < n_text && top + (size_t)i < (size_t)n_all; i++) {
        draw_line(&box, n_title + i, STYLE_MENU, lines.at[(size_t)n_title + top + (size_t)i]);
    }
    canvas_field(&box, 0, n_cols - page_cols - 1, page_cols, STYLE_MENU, strbuf_str(&page));
    draw_choices(session, n_title + n_text, &box);
    vec_done(&lines);
    strbuf_done(&title);
    strbuf_done(&text);
    strbuf_done(&page);
}
