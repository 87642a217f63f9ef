#include <stdint.h>
#include <string.h>

#include "cli/cli_priv.h"

enum { GAP_COLS = 2, TABLE_MAX_COLUMNS = 16 };

TableCell *table_add(Table *table)
{
    size_t first = table->cells.n;
    vec_reserve(&table->cells, table->n_columns);
    table->cells.n += table->n_columns;
    for (size_t i = first; i < table->cells.n; i++) {
        table->cells.at[i] = (TableCell){ 0 };
    }
    vec_push(&table->rows, (TableRow){ .cell = first });
    return &table->cells.at[first];
}

void table_add_line(Table *table, Style style, Str text)
{
    vec_push(&table->rows, (TableRow){ SIZE_MAX, { .text = text, .style = style } });
}

void table_done(Table *table)
{
    vec_done(&table->cells);
    vec_done(&table->rows);
}

/* Each column as wide as its widest text, in bounds; one without any text is left out. */
static void natural_widths(const Table *table, Lang lang, int *widths)
{
    for (size_t i = 0; i < table->n_columns; i++) {
        widths[i] = 0;
    }
    for (size_t i = 0; i < table->cells.n; i++) {
        size_t column = i % table->n_columns;
        int max = table->columns[column].max_cols;
        if (widths[column] < max) {
            int cols = paint_cols(table->cells.at[i].text, max);
            widths[column] = cols > widths[column] ? cols : widths[column];
        }
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        int heading = paint_cols(text_get(lang, table->columns[i].heading), table->columns[i].max_cols);
        widths[i] = widths[i] > 0 && widths[i] < heading ? heading : widths[i];
    }
}

static int total_width(const Table *table, const int *widths)
{
    int sum = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        sum += widths[i] > 0 ? widths[i] + GAP_COLS : 0;
    }
    return sum > GAP_COLS ? sum - GAP_COLS : 0;
}

/* The column that can best spare some of its width; SIZE_MAX: none can. */
static size_t widest_column(const Table *table, const int *widths)
{
    size_t widest = SIZE_MAX;
    for (size_t i = 0; i < table->n_columns; i++) {
        const TableColumn *column = &table->columns[i];
        bool can_spare = column->min_cols > 0 && widths[i] > column->min_cols;
        if (can_spare && (widest == SIZE_MAX || widths[i] * table->columns[widest].weight > widths[widest] * column->weight)) {
            widest = i;
        }
    }
    return widest;
}

static bool drop_spare(const Table *table, int *widths)
{
    for (size_t i = table->n_columns; i-- > 0;) {
        if (table->columns[i].is_spare && widths[i] > 0) {
            widths[i] = 0;
            return true;
        }
    }
    return false;
}

/* Cuts until the row fits; what does not fit even then the edge of the terminal cuts. */
static void shrink_to(const Table *table, const int *natural, int *widths, int n_cols)
{
    while (total_width(table, widths) > n_cols) {
        size_t widest = widest_column(table, widths);
        if (widest != SIZE_MAX) {
            widths[widest]--;
        } else if (drop_spare(table, widths)) {
            for (size_t i = 0; i < table->n_columns; i++) {
                widths[i] = widths[i] > 0 ? natural[i] : 0; /* the others share what it had */
            }
        } else {
            return;
        }
    }
}

static void draw_cell(Canvas *row, int x, int width, bool is_right, TableCell cell)
{
    int cols = paint_cols(cell.text, width + 1);
    if (cols > width && cell.brief.n_bytes > 0) {
        cell.text = cell.brief;
        cols = paint_cols(cell.text, width + 1);
    }
    int indent = is_right && cols < width ? width - cols : 0;
    canvas_field(row, 0, x + indent, width - indent, cell.style, cell.text);
}

static void print_row(Cli *cli, const Table *table, const int *widths, int n_cols, const TableCell *cells)
{
    Canvas *row = paint_row(cli, n_cols);
    int x = 0;
    for (size_t i = 0; i < table->n_columns; i++) {
        if (widths[i] > 0) {
            draw_cell(row, x, widths[i], table->columns[i].is_right, cells[i]);
            x += widths[i] + GAP_COLS;
        }
    }
    paint_row_out(cli, n_cols);
}

static void print_headings(Cli *cli, const Table *table, const int *widths, int n_cols)
{
    TableCell cells[TABLE_MAX_COLUMNS] = { 0 };
    for (size_t i = 0; i < table->n_columns; i++) {
        cells[i] = (TableCell){ .text = text_get(cli_lang(cli), table->columns[i].heading), .style = STYLE_STRONG };
    }
    print_row(cli, table, widths, n_cols, cells);
}

void table_print(Cli *cli, const Table *table)
{
    int natural[TABLE_MAX_COLUMNS] = { 0 };
    int widths[TABLE_MAX_COLUMNS];
    natural_widths(table, cli_lang(cli), natural);
    memcpy(widths, natural, sizeof widths);
    if (cli->n_cols > 0) {
        shrink_to(table, natural, widths, cli->n_cols);
    }
    int n_cols = total_width(table, widths);
    n_cols = cli->n_cols > 0 && n_cols > cli->n_cols ? cli->n_cols : n_cols;
    if (table->cells.n > 0) {
        print_headings(cli, table, widths, n_cols);
    }
    for (size_t i = 0; i < table->rows.n; i++) {
        const TableRow *row = &table->rows.at[i];
        if (row->cell == SIZE_MAX) {
            paint_line(cli, row->line.style, row->line.text);
        } else {
            print_row(cli, table, widths, n_cols, &table->cells.at[row->cell]);
        }
    }
}
