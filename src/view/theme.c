#include "vekha/view/theme.h"

#include "vekha/base/str.h"

typedef struct ThemeRow {
    ThemeLook colored;
    unsigned plain_attrs; /* without colours */
} ThemeRow;

static const ThemeRow theme[] = {
    [STYLE_TEXT] = { { 0, THEME_DEFAULT_COLOR }, 0 },
    [STYLE_DIM] = { { THEME_DIM, THEME_DEFAULT_COLOR }, THEME_DIM },
    [STYLE_STRONG] = { { THEME_BOLD, THEME_DEFAULT_COLOR }, THEME_BOLD },
    [STYLE_TITLE] = { { THEME_BOLD, THEME_DEFAULT_COLOR }, THEME_BOLD },
    [STYLE_COLUMNS] = { { THEME_UNDERLINE, THEME_DEFAULT_COLOR }, THEME_UNDERLINE },
    [STYLE_HEADING] = { { THEME_BOLD, THEME_CYAN }, THEME_BOLD },
    [STYLE_CURSOR] = { { THEME_REVERSE, THEME_DEFAULT_COLOR }, THEME_REVERSE },
    [STYLE_GOOD] = { { 0, THEME_GREEN }, 0 },
    [STYLE_WARN] = { { 0, THEME_YELLOW }, THEME_BOLD },
    [STYLE_BAD] = { { THEME_BOLD, THEME_RED }, THEME_BOLD },
    [STYLE_ACCENT] = { { 0, THEME_CYAN }, 0 },
    [STYLE_TODAY] = { { THEME_BOLD, THEME_MAGENTA }, THEME_BOLD },
    [STYLE_MATCH] = { { THEME_BOLD | THEME_UNDERLINE, THEME_DEFAULT_COLOR }, THEME_BOLD | THEME_UNDERLINE },
    [STYLE_FIELD] = { { THEME_UNDERLINE, THEME_DEFAULT_COLOR }, THEME_UNDERLINE },
    [STYLE_MENU] = { { THEME_REVERSE, THEME_CYAN }, THEME_REVERSE },
    [STYLE_MENU_CURSOR] = { { THEME_BOLD, THEME_DEFAULT_COLOR }, THEME_BOLD },
    [STYLE_MENU_DIM] = { { THEME_REVERSE | THEME_DIM, THEME_CYAN }, THEME_REVERSE | THEME_DIM },
    [STYLE_KEYBAR_KEY] = { { 0, THEME_DEFAULT_COLOR }, 0 },
    [STYLE_KEYBAR_TEXT] = { { THEME_REVERSE, THEME_DEFAULT_COLOR }, THEME_REVERSE },
    [STYLE_MESSAGE] = { { 0, THEME_DEFAULT_COLOR }, 0 },
    [STYLE_ERROR] = { { THEME_BOLD, THEME_RED }, THEME_BOLD | THEME_REVERSE },
};
_Static_assert(COUNTOF(theme) == STYLE_COUNT, "every style has a row");

ThemeLook theme_look(Style style, bool with_color)
{
    const ThemeRow *row = &theme[style];
    return with_color ? row->colored : (ThemeLook){ row->plain_attrs, THEME_DEFAULT_COLOR };
}
