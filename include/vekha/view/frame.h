#ifndef VEKHA_VIEW_FRAME_H
#define VEKHA_VIEW_FRAME_H

#include <stdbool.h>

#include "vekha/app/key.h"
#include "vekha/app/session.h"
#include "vekha/view/canvas.h"

/** The whole screen: title line, the view in hand, message line, key bar, and what lies above them. */
typedef struct Frame Frame;

enum { FRAME_MIN_COLS = 40, FRAME_MIN_ROWS = 10 };

/** Borrows the session for its life. Release with frame_free(). */
Frame *frame_new(Session *session) MUST_USE;
void frame_free(Frame *frame); /* NULL is fine */

/** False when the program is to end. */
bool frame_key(Frame *frame, Key key);
/** Draws the state of now, in the size of the canvas. */
void frame_draw(Frame *frame, Canvas *canvas);

#endif
