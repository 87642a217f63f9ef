#include "canvas.h"

void canvas_add_text(StrBuf *out, const Canvas *canvas)
{
    for (int y = 0; y < canvas->n_rows; y++) {
        size_t end = out->n_bytes;
        for (int x = 0; x < canvas->n_cols; x++) {
            const Cell *cell = canvas_cell(canvas, y, x);
            strbuf_add(out, (Str){ cell->bytes, cell->n_bytes });
            if (cell->n_bytes != 1 || cell->bytes[0] != ' ') {
                end = out->n_bytes;
            }
        }
        strbuf_cut(out, end);
        strbuf_add_char(out, '\n');
    }
}
