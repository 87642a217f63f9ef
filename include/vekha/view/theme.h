#ifndef VEKHA_VIEW_THEME_H
#define VEKHA_VIEW_THEME_H

#include <stdbool.h>

/** What a piece of text is; the theme says how that looks. Zero is plain text. */
typedef enum Style {
    STYLE_TEXT,
    STYLE_DIM,     /* beside the point: phrases without a date, hints */
    STYLE_STRONG,  /* a name that stands out */
    STYLE_TITLE,   /* the title line */
    STYLE_COLUMNS, /* heads of columns */
    STYLE_HEADING, /* a section */
    STYLE_CURSOR,  /* the selected row, the whole of it: one change of attributes there, one back */
    STYLE_GOOD,
    STYLE_WARN,
    STYLE_BAD,
    STYLE_ACCENT,
    STYLE_TODAY,
    STYLE_MATCH, /* what the search found */
    STYLE_FIELD, /* where text is typed */
    STYLE_MENU,  /* menus, lists and the palette, above the view */
    STYLE_MENU_CURSOR,
    STYLE_MENU_DIM, /* what the view in hand cannot do */
    STYLE_KEYBAR_KEY,
    STYLE_KEYBAR_TEXT,
    STYLE_MESSAGE,
    STYLE_ERROR,
    STYLE_COUNT
} Style;

enum { THEME_BOLD = 1, THEME_DIM = 2, THEME_REVERSE = 4, THEME_UNDERLINE = 8 };

/** The eight colours that every terminal with colours has, in their order. */
typedef enum ThemeColor {
    THEME_DEFAULT_COLOR = -1,
    THEME_BLACK,
    THEME_RED,
    THEME_GREEN,
    THEME_YELLOW,
    THEME_BLUE,
    THEME_MAGENTA,
    THEME_CYAN,
    THEME_WHITE
} ThemeColor;

typedef struct ThemeLook {
    unsigned attrs; /* THEME_BOLD and others, or'ed */
    ThemeColor color;
} ThemeLook;

/** How a style looks, on a terminal with or without colours. The background is always the terminal's own. */
ThemeLook theme_look(Style style, bool with_color);

#endif
