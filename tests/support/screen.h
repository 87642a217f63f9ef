#ifndef TESTS_SUPPORT_SCREEN_H
#define TESTS_SUPPORT_SCREEN_H

#include "session.h"
#include "vekha/view/frame.h"

/** A session with its screen, 80 columns by 24 rows at first. Zero: none is open. */
typedef struct Screen {
    SessionFixture fixture;
    Frame *frame;
    Canvas *canvas;
} Screen;

/** Opens the fixture's folder, which is made if it is not there. */
void screen_open(Screen *screen);
void screen_close(Screen *screen);
/** Closes it over a new folder, for other files; screen_open() opens that. */
void screen_leave(Screen *screen);
/** Draws what is to be seen now, at that size. */
void screen_draw(Screen *screen, int n_rows, int n_cols);
/** Keys by their names, a blank between them. */
void screen_press(Screen *screen, const char *names);
/** Do the words stand in what was drawn last? */
bool screen_shows(const Screen *screen, const char *words);
/** The same; else the test fails with the screen. */
void screen_assert(const Screen *screen, const char *words);

#endif
