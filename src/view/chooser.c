#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { MAX_COLS = 64, GAP_COLS = 2, DIGITS = 10, SHORT_HINT_COLS = 5, FRAMED_FROM = 60, FRAMED_FROM_ROWS = 15 };

/* Title, what is typed, rows: as many as there is room for. */
typedef struct Box {
    int y, x, n_cols, n_head, n_rows;
    bool scrolls; /* not all rows have room */
} Box;

static Box box_of(const Chooser *chooser, const Canvas *canvas)
{
    Box box = { .n_cols = canvas->n_cols < MAX_COLS ? canvas->n_cols : MAX_COLS, .n_head = chooser->narrows ? 2 : 1 };
    box.n_cols -= box.n_cols > FRAMED_FROM ? 2 : 0;                   /* its sides: what lies behind must not run on in it */
    int n_all = (int)chooser->all.n + (chooser->takes_typed ? 1 : 0); /* as large while one types: nothing jumps */
    int room = canvas->n_rows - box.n_head - (canvas->n_rows >= FRAMED_FROM_ROWS ? 2 : 0);
    box.n_rows = n_all < 1 ? 1 : n_all < room ? n_all : room;
    box.scrolls = n_all > box.n_rows;
    box.y = (canvas->n_rows - box.n_head - box.n_rows) / 2;
    box.x = (canvas->n_cols - box.n_cols) / 2;
    box.n_cols -= box.scrolls && box.x == 0 ? 1 : 0; /* for the signs that there is more, where it has no side */
    return box;
}

/*
 * Columns of the hint. A short one (a count, a key) stands there always, and the label is cut; 0: the label needs them,
 * then the hint stands in the head while the cursor is on it.
 */
static int hint_beside(const Box *box, const Choice *choice)
{
    enum { BEFORE_COLS = 5 };
    int hint_cols = utf8_cols(choice->hint);
    bool is_beside = BEFORE_COLS + utf8_cols(choice->label) + GAP_COLS + hint_cols + 1 <= box->n_cols;
    return is_beside || hint_cols <= SHORT_HINT_COLS ? hint_cols : 0;
}

static void draw_row(const Session *session, const Box *box, int y, size_t row, Canvas *canvas)
{
    const Chooser *chooser = &session->chooser;
    bool is_cursor = row == chooser->row;
    Style style = is_cursor ? STYLE_MENU_CURSOR : STYLE_MENU;
    StrBuf line = { 0 };
    int hint_cols = 0;
    canvas_fill(canvas, y, box->x, 1, box->n_cols, style);
    if (row < chooser->shown.n) {
        const Choice *choice = &chooser->all.at[chooser->shown.at[row]];
        if (!chooser->narrows && row < DIGITS) {
            strbuf_addf(&line, " %zu ", (row + 1) % DIGITS);
        } else {
            strbuf_add(&line, chooser->narrows ? STR(" ") : STR("   "));
        }
        strbuf_add(&line, choice->is_on ? STR("√ ") : STR("  "));
        utf8_add_visible(&line, choice->label);
        hint_cols = hint_beside(box, choice);
        canvas_text(canvas, y, box->x + box->n_cols - hint_cols - 1, hint_cols, style, choice->hint);
    } else if (row < chooser_rows(chooser)) {
        strbuf_add(&line, STR("   "));
        text_put(&line, session->lang, T_CHOOSE_TYPED, TEXT_STR(chooser_typed(chooser)));
    } else if (row == 0) {
        strbuf_add(&line, STR("   "));
        strbuf_add(&line, text_get(session->lang, T_CHOOSE_NOTHING));
    }
    canvas_field(canvas, y, box->x, box->n_cols - (hint_cols > 0 ? hint_cols + GAP_COLS : 1), style, strbuf_str(&line));
    if (is_cursor && !chooser->narrows) {
        canvas_cursor(canvas, y, box->x + 1);
    }
    strbuf_done(&line);
}

static void draw_head(const Session *session, const Box *box, Canvas *canvas)
{
    const Chooser *chooser = &session->chooser;
    StrBuf title = { 0 };
    strbuf_add(&title, STR(" "));
    strbuf_add(&title, text_get(session->lang, chooser->title));
    if (chooser->other.n_bytes > 0) { /* what was typed is that in the other layout */
        strbuf_add(&title, STR(" → "));
        strbuf_add(&title, strbuf_str(&chooser->other));
    }
    canvas_field(canvas, box->y, box->x, box->n_cols, STYLE_MENU, strbuf_str(&title));
    const Choice *choice = chooser_choice(chooser);
    if (choice != NULL && choice->hint.n_bytes > 0 && hint_beside(box, choice) == 0) {
        int hint_cols = utf8_cols(choice->hint) + 2; /* in brackets: it is the row's, not the title's */
        int x = box->x + box->n_cols - hint_cols - 1;
        x += canvas_text(canvas, box->y, x, 1, STYLE_MENU, STR("["));
        x += canvas_text(canvas, box->y, x, hint_cols - 2, STYLE_MENU, choice->hint);
        canvas_text(canvas, box->y, x, 1, STYLE_MENU, STR("]"));
    }
    if (chooser->narrows) {
        canvas_fill(canvas, box->y + 1, box->x, 1, box->n_cols, STYLE_MENU);
        int cursor = dialog_draw_line(canvas, box->y + 1, box->x + 2, box->n_cols - 3, &chooser->typed);
        canvas_cursor(canvas, box->y + 1, box->x + 2 + cursor);
    }
    strbuf_done(&title);
}

/* Around the box where there is room beside and above it: without colours nothing else sets it off. */
static void draw_frame(const Box *box, Canvas *canvas)
{
    int right = box->x + box->n_cols;
    int below = box->y + box->n_head + box->n_rows;
    if (box->x == 0) {
        return;
    }
    for (int y = box->y; y < below; y++) {
        canvas_text(canvas, y, box->x - 1, 1, STYLE_MENU, STR("│"));
        canvas_text(canvas, y, right, 1, STYLE_MENU, STR("│"));
    }
    if (box->y > 0 && below < canvas->n_rows) {
        canvas_repeat(canvas, box->y - 1, box->x, box->n_cols, STYLE_MENU, STR("─"));
        canvas_text(canvas, box->y - 1, box->x - 1, 1, STYLE_MENU, STR("┌"));
        canvas_text(canvas, box->y - 1, right, 1, STYLE_MENU, STR("┐"));
        canvas_repeat(canvas, below, box->x, box->n_cols, STYLE_MENU, STR("─"));
        canvas_text(canvas, below, box->x - 1, 1, STYLE_MENU, STR("└"));
        canvas_text(canvas, below, right, 1, STYLE_MENU, STR("┘"));
    }
}

void chooser_draw(const Session *session, Canvas *canvas)
{
    const Chooser *chooser = &session->chooser;
    Box box = box_of(chooser, canvas);
    size_t top = 0;
    view_scroll(&top, chooser->row, chooser_rows(chooser), box.n_rows);
    draw_frame(&box, canvas);
    if (box.x == 0) {
        canvas_fill(canvas, box.y, box.n_cols, box.n_head + box.n_rows, canvas->n_cols - box.n_cols, STYLE_MENU);
    }
    draw_head(session, &box, canvas);
    for (int i = 0; i < box.n_rows; i++) {
        draw_row(session, &box, box.y + box.n_head + i, top + (size_t)i, canvas);
    }
    if (box.scrolls) {
        bool is_below = top + (size_t)box.n_rows < chooser_rows(chooser);
        view_draw_more(canvas, box.y + box.n_head, box.x + box.n_cols, box.n_rows, top > 0, is_below);
    }
}
