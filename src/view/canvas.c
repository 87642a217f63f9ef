#include "vekha/view/canvas.h"

#include <stdlib.h>
#include <string.h>

#include "vekha/base/mem.h"
#include "vekha/base/utf8.h"

typedef struct CanvasGrid {
    int n_rows, n_cols;
    int cursor_row, cursor_col; /* -1: hidden */
    bool ascii;
    Cell *cells; /* row after row */
} CanvasGrid;

typedef struct AsciiRow {
    Str sign;
    char ascii;
} AsciiRow;

/*
 * Signs that a terminal's font may lack, and what stands for them, one column each. Those that tell
 * something apart in one place (glyphs of states, marks of Лента) have each their own.
 */
static const AsciiRow ascii_signs[] = {
    /* clang-format off */
    { STR_INIT("○"), '.' }, { STR_INIT("►"), '>' }, { STR_INIT("●"), '*' }, { STR_INIT("√"), 'v' }, { STR_INIT("→"), '>' },
    { STR_INIT("×"), 'x' }, { STR_INIT("←"), '<' }, { STR_INIT("↑"), '^' }, { STR_INIT("↓"), 'v' }, { STR_INIT("▲"), '^' },
    { STR_INIT("▼"), 'v' }, { STR_INIT("◄"), '<' }, { STR_INIT("•"), ':' }, { STR_INIT("·"), '|' }, { STR_INIT("∙"), '.' },
    { STR_INIT("■"), '@' }, { STR_INIT("□"), 'o' }, { STR_INIT("▪"), '#' }, { STR_INIT("▫"), 'o' }, { STR_INIT("▬"), '=' },
    { STR_INIT("█"), '#' }, { STR_INIT("▓"), '#' }, { STR_INIT("▒"), ':' }, { STR_INIT("░"), '.' }, { STR_INIT("▀"), '#' },
    { STR_INIT("▄"), '#' }, { STR_INIT("▌"), '#' }, { STR_INIT("▐"), ']' }, { STR_INIT("─"), '-' }, { STR_INIT("│"), '|' },
    { STR_INIT("┌"), '+' }, { STR_INIT("┐"), '+' }, { STR_INIT("└"), '+' }, { STR_INIT("┘"), '+' }, { STR_INIT("├"), '+' },
    { STR_INIT("┤"), '+' }, { STR_INIT("┬"), '+' }, { STR_INIT("┴"), '+' }, { STR_INIT("┼"), '+' }, { STR_INIT("═"), '=' },
    { STR_INIT("║"), '|' }, { STR_INIT("…"), '.' }, { STR_INIT("«"), '"' }, { STR_INIT("»"), '"' }, { STR_INIT("“"), '"' },
    { STR_INIT("”"), '"' }, { STR_INIT("„"), '"' }, { STR_INIT("‘"), '\'' }, { STR_INIT("’"), '\'' }, { STR_INIT("—"), '-' },
    { STR_INIT("–"), '-' }, { STR_INIT("‑"), '-' }, { STR_INIT("−"), '-' }, { STR_INIT("№"), 'N' }, { STR_INIT("\u00A0"), ' ' },
    { STR_INIT("\u202F"), ' ' }, { STR_INIT("◊"), 'o' }, { STR_INIT("≤"), '<' }, { STR_INIT("≥"), '>' },
    /* clang-format on */
};

static Cell cell_of(Str character, int cols, Style style)
{
    Cell cell = { .n_bytes = (uint8_t)character.n_bytes, .cols = (uint8_t)cols, .style = (uint8_t)style };
    memcpy(cell.bytes, character.at, character.n_bytes);
    return cell;
}

static Cell blank_of(Style style)
{
    return cell_of(STR(" "), 1, style);
}

static void set_size(Canvas *canvas, int n_rows, int n_cols)
{
    CanvasGrid *grid = canvas->grid;
    grid->n_rows = n_rows < 0 ? 0 : n_rows;
    grid->n_cols = n_cols < 0 ? 0 : n_cols;
    free(grid->cells);
    grid->cells = mem_new((size_t)grid->n_rows * (size_t)grid->n_cols * sizeof *grid->cells);
    *canvas = (Canvas){ .n_rows = grid->n_rows, .n_cols = grid->n_cols, .grid = grid };
    canvas_clear(canvas);
}

Canvas *canvas_new(int n_rows, int n_cols, bool ascii)
{
    Canvas *canvas = mem_new(sizeof *canvas);
    canvas->grid = mem_new(sizeof *canvas->grid);
    canvas->grid->ascii = ascii;
    set_size(canvas, n_rows, n_cols);
    return canvas;
}

void canvas_free(Canvas *canvas)
{
    if (canvas != NULL) {
        free(canvas->grid->cells);
        free(canvas->grid);
        free(canvas);
    }
}

void canvas_resize(Canvas *canvas, int n_rows, int n_cols)
{
    set_size(canvas, n_rows, n_cols);
}

void canvas_clear(Canvas *canvas)
{
    canvas_fill(canvas, 0, 0, canvas->n_rows, canvas->n_cols, STYLE_TEXT);
    canvas->grid->cursor_row = -1;
    canvas->grid->cursor_col = -1;
}

/* Cuts from..from+count to 0..end. */
static void clip(int *from, int *count, int end)
{
    if (*from < 0) {
        *count = *count == CANVAS_TO_EDGE ? *count : *count + *from;
        *from = 0;
    }
    if (*count > end - *from) {
        *count = end - *from;
    }
    *count = *count < 0 ? 0 : *count;
}

Canvas canvas_area(const Canvas *canvas, int y, int x, int n_rows, int n_cols)
{
    clip(&y, &n_rows, canvas->n_rows);
    clip(&x, &n_cols, canvas->n_cols);
    return (Canvas){ n_rows, n_cols, canvas->top + y, canvas->left + x, canvas->grid };
}

static Cell *row_of(const Canvas *canvas, int y)
{
    const CanvasGrid *grid = canvas->grid;
    return &grid->cells[(size_t)(canvas->top + y) * (size_t)grid->n_cols];
}

/* A wide character loses its other half when one half is drawn over. */
static void split_wide(const Canvas *canvas, int y, int x)
{
    int n_cols = canvas->grid->n_cols;
    Cell *row = row_of(canvas, y);
    int at = canvas->left + x;
    if (at > 0 && at < n_cols && row[at].n_bytes == 0) {
        row[at - 1] = blank_of((Style)row[at - 1].style);
        row[at] = blank_of((Style)row[at].style);
    }
}

/* What of a character goes into a cell: its base and the marks upon it, as far as they fit. */
static Str fit_cell(Str character)
{
    enum { MAX_MARKS = 4 };
    Str rest = character;
    size_t kept = 0;
    for (int i = 0; rest.n_bytes > 0 && i <= MAX_MARKS; i++) {
        Str before = rest;
        (void)utf8_next(&rest);
        size_t end = character.n_bytes - rest.n_bytes;
        if (end > CELL_MAX_BYTES || (i > 0 && utf8_cols(str_sub(before, 0, before.n_bytes - rest.n_bytes)) > 0)) {
            break;
        }
        kept = end;
    }
    return str_sub(character, 0, kept);
}

/*
 * An arrow is «→» between words and the name of a key, but also the glyph of "postponed", which in
 * ASCII is a sign of its own. The glyph stands alone or, behind no more than a number, two blanks before its words.
 */
static bool is_postponed(Str before, Str behind)
{
    while (before.n_bytes > 0 && (before.at[0] == ' ' || (before.at[0] >= '0' && before.at[0] <= '9'))) {
        before = str_from(before, 1);
    }
    return before.n_bytes == 0 && (behind.n_bytes == 0 || str_starts(behind, STR("  ")));
}

static Cell ascii_cell(Cell cell)
{
    Str sign = { cell.bytes, cell.n_bytes };
    for (size_t i = 0; i < COUNTOF(ascii_signs); i++) {
        if (str_eq(ascii_signs[i].sign, sign)) {
            return cell_of((Str){ &ascii_signs[i].ascii, 1 }, 1, (Style)cell.style);
        }
    }
    return cell;
}

/* Text without anything hidden. */
static int put_text(Canvas *canvas, int y, int x, int max_cols, Style style, Str text)
{
    Cell *cells = row_of(canvas, y) + canvas->left + x;
    bool ascii = canvas->grid->ascii;
    int used = 0;
    Str all = text;
    split_wide(canvas, y, x);
    while (text.n_bytes > 0) {
        int cols;
        Str before = str_sub(all, 0, all.n_bytes - text.n_bytes);
        Str character = utf8_next_char(&text, &cols);
        if (used + cols > max_cols) {
            break;
        }
        if (cols == 0) {
            continue; /* a mark upon nothing */
        }
        split_wide(canvas, y, x + used + cols);
        Cell cell = cell_of(character.n_bytes == 1 ? character : fit_cell(character), cols, style);
        if (ascii && str_eq(character, STR("→")) && is_postponed(before, text)) {
            cell = cell_of(STR("~"), 1, style);
        }
        cells[used] = ascii && cell.n_bytes > 1 ? ascii_cell(cell) : cell;
        if (cols == 2) {
            cells[used + 1] = (Cell){ .style = (uint8_t)style };
        }
        used += cols;
    }
    return used;
}

static bool has_hidden(Str text)
{
    while (text.n_bytes > 0) {
        unsigned char byte = (unsigned char)text.at[0];
        if (byte >= 0x20 && byte < 0x7F) {
            text = str_from(text, 1);
            continue;
        }
        size_t n_before = text.n_bytes;
        uint32_t code = utf8_next(&text);
        if (utf8_is_hidden(code) || (code == UTF8_REPLACEMENT && n_before - text.n_bytes == 1)) {
            return true;
        }
    }
    return false;
}

int canvas_text(Canvas *canvas, int y, int x, int max_cols, Style style, Str text)
{
    if (y < 0 || y >= canvas->n_rows || x < 0 || x >= canvas->n_cols) {
        return 0;
    }
    clip(&x, &max_cols, canvas->n_cols);
    if (!has_hidden(text)) {
        return put_text(canvas, y, x, max_cols, style, text);
    }
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, text);
    int used = put_text(canvas, y, x, max_cols, style, strbuf_str(&visible));
    strbuf_done(&visible);
    return used;
}

Str canvas_ellipsis(const Canvas *canvas)
{
    return canvas->grid->ascii ? STR("..") : STR("…");
}

void canvas_field(Canvas *canvas, int y, int x, int n_cols, Style style, Str text)
{
    if (y < 0 || y >= canvas->n_rows || x < 0 || x >= canvas->n_cols) {
        return;
    }
    StrBuf visible = { 0 };
    clip(&x, &n_cols, canvas->n_cols);
    if (has_hidden(text)) {
        utf8_add_visible(&visible, text);
        text = strbuf_str(&visible);
    }
    Str shown = utf8_fit(text, n_cols);
    bool cut = shown.n_bytes < text.n_bytes && n_cols > 0;
    Str end = !cut ? (Str){ 0 } : n_cols > 1 ? canvas_ellipsis(canvas) : STR("…");
    int used = put_text(canvas, y, x, n_cols, style, cut ? utf8_fit(text, n_cols - utf8_cols(end)) : shown);
    used += put_text(canvas, y, x + used, n_cols - used, style, end);
    canvas_fill(canvas, y, x + used, 1, n_cols - used, style);
    strbuf_done(&visible);
}

void canvas_repeat(Canvas *canvas, int y, int x, int n_cols, Style style, Str character)
{
    int n_rows = 1;
    clip(&y, &n_rows, canvas->n_rows);
    clip(&x, &n_cols, canvas->n_cols);
    if (n_rows == 0 || n_cols == 0) {
        return;
    }
    Cell cell = cell_of(fit_cell(character), 1, style);
    Cell *cells = row_of(canvas, y) + canvas->left + x;
    split_wide(canvas, y, x);
    split_wide(canvas, y, x + n_cols);
    cell = canvas->grid->ascii ? ascii_cell(cell) : cell;
    for (int i = 0; i < n_cols; i++) {
        cells[i] = cell;
    }
}

void canvas_fill(Canvas *canvas, int y, int x, int n_rows, int n_cols, Style style)
{
    clip(&y, &n_rows, canvas->n_rows);
    for (int i = 0; i < n_rows; i++) {
        canvas_repeat(canvas, y + i, x, n_cols, style, STR(" "));
    }
}

void canvas_restyle(Canvas *canvas, int y, int x, int n_cols, Style style)
{
    int n_rows = 1;
    clip(&y, &n_rows, canvas->n_rows);
    clip(&x, &n_cols, canvas->n_cols);
    for (int i = 0; n_rows > 0 && i < n_cols; i++) {
        row_of(canvas, y)[canvas->left + x + i].style = (uint8_t)style;
    }
}

void canvas_cursor(Canvas *canvas, int y, int x)
{
    bool inside = y >= 0 && y < canvas->n_rows && x >= 0 && x < canvas->n_cols;
    canvas->grid->cursor_row = inside ? canvas->top + y : -1;
    canvas->grid->cursor_col = inside ? canvas->left + x : -1;
}

const Cell *canvas_cell(const Canvas *canvas, int y, int x)
{
    bool inside = y >= 0 && y < canvas->n_rows && x >= 0 && x < canvas->n_cols;
    return inside ? row_of(canvas, y) + canvas->left + x : NULL;
}

bool canvas_get_cursor(const Canvas *canvas, int *y, int *x)
{
    *y = canvas->grid->cursor_row - canvas->top;
    *x = canvas->grid->cursor_col - canvas->left;
    return canvas->grid->cursor_row >= 0 && canvas_cell(canvas, *y, *x) != NULL;
}
