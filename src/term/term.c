#include "term/paint_priv.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vekha/base/mem.h"

enum {
    MIN_SIZE = 1,
    MAX_ROWS = 500,
    MAX_COLS = 1000,
    DEFAULT_ROWS = 24,
    DEFAULT_COLS = 80,
    DEFAULT_ESC_MS = 40,
    MAX_ESC_MS = 2000
};

/* Curses counts columns by the locale; a server without LANG has one that knows ASCII only. */
static bool find_locale(void)
{
    static const char *const names[] = { "", "C.UTF-8", "C.utf8", "en_US.UTF-8", "ru_RU.UTF-8" };
    for (size_t i = 0; i < COUNTOF(names); i++) {
        if (setlocale(LC_CTYPE, names[i]) != NULL && strcmp(nl_langinfo(CODESET), "UTF-8") == 0) {
            return true;
        }
    }
    return false;
}

static const char *name_of_terminal(void)
{
    const char *name = getenv("TERM");
    return name == NULL ? "" : name;
}

static int within(int value, int fallback, int max)
{
    return value < MIN_SIZE ? fallback : value > max ? max : value;
}

static void ask_size(int *n_rows, int *n_cols)
{
    struct winsize size = { 0 };
    (void)ioctl(STDOUT_FILENO, TIOCGWINSZ, &size);
    *n_rows = within(size.ws_row, DEFAULT_ROWS, MAX_ROWS);
    *n_cols = within(size.ws_col, DEFAULT_COLS, MAX_COLS);
}

/* Sets it, and returns what it was; NULL: nothing. To be freed. */
static char *exchange_environment(const char *name, const char *value)
{
    const char *now = getenv(name);
    char *before = now == NULL ? NULL : strdup(now);
    (void)(value == NULL ? unsetenv(name) : setenv(name, value, 1));
    return before;
}

/*
 * The file that curses writes to is no terminal, whose size it could ask: it would set the terminal's scroll region to
 * the 24 rows of the description, and what is inserted or deleted in a row below has no effect on some terminals.
 */
static SCREEN *open_sized(const char *name, FILE *frame)
{
    static const char *const names[] = { "LINES", "COLUMNS" };
    int sizes[COUNTOF(names)];
    char *before[COUNTOF(names)];
    StrBuf value = { 0 };
    ask_size(&sizes[0], &sizes[1]);
    for (size_t i = 0; i < COUNTOF(names); i++) {
        strbuf_clear(&value);
        strbuf_addf(&value, "%d", sizes[i]);
        before[i] = exchange_environment(names[i], strbuf_z(&value));
    }
    SCREEN *screen = newterm(name, frame, stdin);
    for (size_t i = 0; i < COUNTOF(names); i++) {
        free(exchange_environment(names[i], before[i]));
        free(before[i]);
    }
    strbuf_done(&value);
    return screen;
}

/* A terminal without a description here is most probably much like xterm. */
static SCREEN *open_screen(FILE *frame)
{
    const char *name = name_of_terminal();
    const char *const names[] = { name, str_ends(str_of(name), STR("256color")) ? "xterm-256color" : "xterm", "xterm", "vt100" };
    SCREEN *screen = NULL;
    for (size_t i = 0; i < COUNTOF(names) && screen == NULL; i++) {
        screen = names[i][0] != '\0' && caps_exist(names[i]) ? open_sized(names[i], frame) : NULL;
    }
    return screen;
}

static int esc_ms_of_environment(void)
{
    const char *text = getenv("ESCDELAY");
    int ms = 0;
    if (text == NULL || !str_to_uint(str_of(text), &ms)) {
        return DEFAULT_ESC_MS;
    }
    return ms < MAX_ESC_MS ? ms : MAX_ESC_MS;
}

static bool wants_color(TermColor color)
{
    const char *no_color = getenv("NO_COLOR");
    bool asked = color == TERM_COLOR_ALWAYS || (color == TERM_COLOR_AUTO && (no_color == NULL || no_color[0] == '\0'));
    return asked && has_colors() && tigetnum("colors") >= 8;
}

static attr_t attrs_of(unsigned flags)
{
    return ((flags & THEME_BOLD) != 0 ? A_BOLD : A_NORMAL) | ((flags & THEME_DIM) != 0 ? A_DIM : A_NORMAL) |
           ((flags & THEME_REVERSE) != 0 ? A_REVERSE : A_NORMAL) | ((flags & THEME_UNDERLINE) != 0 ? A_UNDERLINE : A_NORMAL);
}

/* Colour pair n + 1 is colour n on the terminal's own background. */
static void set_looks(Term *term, bool with_color)
{
    if (with_color) {
        (void)start_color();
        (void)use_default_colors();
        for (short color = THEME_BLACK; color <= THEME_WHITE; color++) {
            (void)init_pair((short)(color + 1), color, -1);
        }
    }
    for (Style style = 0; style < STYLE_COUNT; style++) {
        ThemeLook look = theme_look(style, with_color);
        term->attrs[style] = attrs_of(look.attrs);
        term->pairs[style] = (short)(look.color + 1);
    }
}

/* Every byte as it is typed, none acted upon; what is written goes out as it is. */
static void set_raw(const Term *term)
{
    struct termios raw = term->modes;
    cfmakeraw(&raw);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    (void)tcsetattr(STDOUT_FILENO, TCSADRAIN, &raw);
}

static void set_curses(void)
{
    (void)raw(); /* these three tell curses how the terminal is; it cannot set it */
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1); /* we read the keys, curses must not look for them */
    (void)idlok(stdscr, TRUE);
    (void)leaveok(stdscr, FALSE);
}

/* The terminal as the shell had it. */
static void leave_screen(Term *term)
{
    if (term->screen != NULL) {
        (void)endwin();
        frame_mark_pastes(term, false);
        (void)frame_send(term);
    }
    (void)tcsetattr(STDOUT_FILENO, TCSADRAIN, &term->modes);
}

static void use_description(Term *term)
{
    StrBuf restore = { 0 };
    caps_add_restore(&restore);
    signals_set_restore(strbuf_str(&restore));
    strbuf_done(&restore);
    caps_add_keys(&term->input);
    term->wraps_at_once = caps_wraps_at_once();
    term->has_reverse = caps_has_reverse();
}

static bool take_screen(Term *term, const TermOptions *options, Err *err)
{
    const char *name = name_of_terminal();
    term->frame = frame_open();
    if (term->frame == NULL || tcgetattr(STDOUT_FILENO, &term->modes) != 0 || !signals_start(STDOUT_FILENO, &term->modes)) {
        return err_errno(err, T_TERM_CANNOT_TAKE, name);
    }
    term->has_signals = true;
    term->screen = open_screen(term->frame);
    if (term->screen == NULL) {
        return err_set(err, ERR_SYSTEM, T_TERM_UNKNOWN, TEXT_STR(str_of(name)));
    }
    if (!caps_can_move()) {
        return err_set(err, ERR_SYSTEM, T_TERM_CANNOT_MOVE, TEXT_STR(str_of(name)));
    }
    use_description(term);
    set_looks(term, wants_color(options->color));
    set_raw(term);
    set_curses();
    frame_mark_pastes(term, true);
    return true;
}

Term *term_start(const TermOptions *options, Err *err)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
        (void)err_plain(err, ERR_USAGE, T_TERM_NONE);
        return NULL;
    }
    Term *term = mem_new(sizeof *term);
    bool is_utf8 = find_locale();
    term->canvas = canvas_new(0, 0, options->ascii || !is_utf8);
    term->input.esc_ms = esc_ms_of_environment();
    term->cursor_is_shown = true;
    if (!take_screen(term, options, err)) {
        term_stop(term);
        return NULL;
    }
    (void)term_measure(term);
    return term;
}

void term_stop(Term *term)
{
    if (term->has_signals) {
        leave_screen(term);
        signals_stop();
    }
    if (term->screen != NULL) {
        delscreen(term->screen);
    }
    if (term->frame != NULL) {
        (void)fclose(term->frame);
    }
    canvas_free(term->canvas);
    strbuf_done(&term->sent);
    free(term->shown);
    free(term->line);
    free(term);
}

void term_pause(Term *term)
{
    (void)curs_set(1);
    term->cursor_is_shown = true;
    leave_screen(term);
    term->is_entered = false;
}

void term_resume(Term *term)
{
    set_raw(term); /* a shell that stopped us has set its own */
    frame_mark_pastes(term, true);
    paint_forget(term);
    (void)term_measure(term);
}

bool term_measure(Term *term)
{
    int n_rows;
    int n_cols;
    ask_size(&n_rows, &n_cols);
    if (n_rows == term->canvas->n_rows && n_cols == term->canvas->n_cols) {
        return false;
    }
    if (n_rows != LINES || n_cols != COLS) {
        (void)resizeterm(n_rows, n_cols);
    }
    canvas_resize(term->canvas, n_rows, n_cols);
    paint_forget(term);
    return true;
}

Canvas *term_canvas(Term *term)
{
    return term->canvas;
}

Input *term_input(Term *term)
{
    return &term->input;
}
