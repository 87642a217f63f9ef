#ifndef TESTS_SUPPORT_CANVAS_H
#define TESTS_SUPPORT_CANVAS_H

#include "vekha/view/canvas.h"

/** Appends the rows, each without the blanks at its end and with a line feed. */
void canvas_add_text(StrBuf *out, const Canvas *canvas);

#endif
