#include "term/paint_priv.h"

#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "vekha/base/mem.h"
#include "vekha/base/utf8.h"

static bool is_full_block(const Cell *cell)
{
    return str_eq((Str){ cell->bytes, cell->n_bytes }, STR("█"));
}

/*
 * A character that the C library gives another width than we do would shift the rest of the row.
 * Of such a one only its columns are shown.
 */
static void put_cell(const Term *term, const Cell *cell, cchar_t *out)
{
    wchar_t wide[CCHARW_MAX + 1] = { 0 };
    attr_t attrs = term->attrs[cell->style];
    Str rest = { cell->bytes, cell->n_bytes };
    for (size_t n = 0; rest.n_bytes > 0 && n < CCHARW_MAX; n++) {
        wide[n] = (wchar_t)utf8_next(&rest);
        if (n > 0 && wcwidth(wide[n]) != 0) {
            wide[n] = L'\0';
            break;
        }
    }
    if (is_full_block(cell) && term->has_reverse) { /* a bar is a blank in reverse: one byte, and no seams between */
        wcscpy(wide, L" ");
        attrs ^= A_REVERSE;
    } else if (wcwidth(wide[0]) != cell->cols) {
        wcscpy(wide, cell->cols == 2 ? L"\uFF1F" : L"?");
    }
    (void)setcchar(out, wide, attrs, term->pairs[cell->style], NULL);
}

static bool same_cell(const Cell *a, const Cell *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}

/* Columns first..last of a row. */
static void paint_range(Term *term, const Cell *row, int y, int first, int last)
{
    int n = 0;
    while (first > 0 && row[first].n_bytes == 0) {
        first--; /* a wide character goes as one */
    }
    for (int x = first; x <= last; x++) {
        if (row[x].n_bytes > 0) {
            put_cell(term, &row[x], &term->line[n++]);
        }
    }
    (void)mvadd_wchnstr(y, first, term->line, n);
}

/* True if anything was to be done. */
static bool paint_row(Term *term, const Cell *row, Cell *shown, int y)
{
    int n_cols = term->canvas->n_cols;
    int first = 0;
    int last = n_cols - 1;
    if (memcmp(row, shown, (size_t)n_cols * sizeof *row) == 0) {
        return false;
    }
    while (same_cell(&row[first], &shown[first])) {
        first++;
    }
    while (same_cell(&row[last], &shown[last])) {
        last--;
    }
    paint_range(term, row, y, first, last);
    memcpy(shown, row, (size_t)n_cols * sizeof *row);
    return true;
}

static void paint_cursor(Term *term)
{
    int y, x;
    bool wanted = canvas_get_cursor(term->canvas, &y, &x);
    if (wanted != term->cursor_is_shown) {
        (void)curs_set(wanted ? 1 : 0);
        term->cursor_is_shown = wanted;
    }
    (void)move(wanted ? y : 0, wanted ? x : 0);
}

/*
 * Of a terminal that is said to go on to the next row by itself curses relies on that, and moves on from
 * there. Most that are called so ("ansi") wait for the next character. So each row is sent by itself, and
 * after it the cursor is put where curses thinks it is.
 */
static void settle_row(Term *term, int y)
{
    if (term->wraps_at_once) {
        (void)move(y, 0);
        (void)refresh();
        frame_move(term, y, 0);
    }
}

/* Zeroed cells are in no canvas, so every row of a new copy differs. */
static void begin_anew(Term *term)
{
    size_t n_cols = (size_t)term->canvas->n_cols;
    term->shown = mem_new((size_t)term->canvas->n_rows * n_cols * sizeof *term->shown);
    free(term->line);
    term->line = mem_new(n_cols * sizeof *term->line);
    (void)erase();
    (void)clearok(curscr, TRUE);
}

bool paint_canvas(Term *term)
{
    size_t n_cols = (size_t)term->canvas->n_cols;
    if (term->shown == NULL) {
        begin_anew(term);
    }
    for (int y = 0; y < term->canvas->n_rows; y++) {
        if (paint_row(term, canvas_cell(term->canvas, y, 0), term->shown + (size_t)y * n_cols, y)) {
            settle_row(term, y);
        }
    }
    paint_cursor(term);
    (void)refresh();
    return frame_send(term);
}

void paint_forget(Term *term)
{
    free(term->shown);
    term->shown = NULL;
}
