#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { KEYS_COLS = 20, KEYS_COLS_NARROW = 12, NARROW = 60, COLUMN_COLS = 60, MAX_COLUMNS = 3 };

/* A line of the help: keys, or a sign, and what they mean; a heading has no text, an explanation no keys. */
typedef struct HelpLine {
    Str keys, text;
    Style style; /* of the keys */
} HelpLine;

typedef struct Help {
    const Session *session;
    Arena arena;
    int n_cols, keys_cols; /* of a column */
    VEC(HelpLine) lines;
} Help;

static void add_heading(Help *help, Str title)
{
    if (help->lines.n > 0) {
        vec_push(&help->lines, (HelpLine){ 0 });
    }
    vec_push(&help->lines, (HelpLine){ title, { 0 }, STYLE_HEADING });
}

/* Both wrapped, side by side. */
static void add_lines(Help *help, Str keys, Str text)
{
    int text_cols = help->n_cols - help->keys_cols - 1;
    while (keys.n_bytes > 0 || text.n_bytes > 0) {
        Str key_line = keys.n_bytes > 0 ? utf8_wrap(&keys, help->keys_cols) : (Str){ 0 };
        Str text_line = text.n_bytes > 0 ? utf8_wrap(&text, text_cols) : (Str){ 0 };
        vec_push(&help->lines, (HelpLine){ key_line, text_line, STYLE_ACCENT });
    }
}

static void add_command(Help *help, const Command *command)
{
    StrBuf keys = { 0 };
    keymap_add_keys(&keys, help->session->lang, command->name);
    add_lines(help, arena_copy(&help->arena, strbuf_str(&keys)), text_get(help->session->lang, command->title));
    strbuf_done(&keys);
}

/* Where the help has a command: with the view, with its group, or at the end. */
typedef enum Chapter { CHAPTER_NONE, CHAPTER_VIEW, CHAPTER_GROUP, CHAPTER_ELSEWHERE } Chapter;

static Chapter chapter_of(const Session *session, const Command *command)
{
    bool needs_rows = (command->needs & NEEDS_ROWS) != 0;
    if (command->group == GROUP_DIALOG) {
        return CHAPTER_NONE;
    }
    if (keymap_is_own(session, command->name)) {
        return CHAPTER_VIEW;
    }
    bool writes = (command->needs & NEEDS_WRITE) != 0;
    bool is_here = keymap_is_here(session, command->name) && !(needs_rows && session->view == VIEW_PLANS) &&
                   !(writes && session->view == VIEW_JOURNAL);
    return is_here ? CHAPTER_GROUP : CHAPTER_ELSEWHERE;
}

static void add_chapter(Help *help, Chapter chapter, TextId title)
{
    int last_group = -1;
    for (size_t i = 0; i < command_count(); i++) {
        const Command *command = command_at(i);
        if (chapter_of(help->session, command) != chapter) {
            continue;
        }
        bool is_new = last_group < 0 || (chapter == CHAPTER_GROUP && last_group != (int)command->group);
        if (is_new) {
            TextId heading = chapter == CHAPTER_GROUP ? command_group_title(command->group) : title;
            add_heading(help, text_get(help->session->lang, heading));
        }
        last_group = (int)command->group;
        add_command(help, command);
    }
}

static void add_signs(Help *help)
{
    Lang lang = help->session->lang;
    add_heading(help, text_get(lang, T_HELP_SIGNS));
    for (int i = 0; i < STATUS_COUNT; i++) {
        const StatusInfo *info = status_info((Status)i);
        add_lines(help, info->glyph, text_get(lang, info->word));
    }
    for (int i = 0; i < STATE_COUNT; i++) {
        const StateInfo *info = state_info((State)i);
        if (info->glyph.n_bytes > 0) {
            add_lines(help, info->glyph, text_get(lang, info->word));
        }
    }
}

/* What stands between the days of Лента. */
static void add_timeline_signs(Help *help)
{
    Lang lang = help->session->lang;
    add_heading(help, text_get(lang, T_HELP_TIMELINE_SIGNS));
    for (int mark = 0; mark < TIMELINE_MARK_COUNT; mark++) {
        const TimelineSign *sign = timeline_sign((TimelineMark)mark);
        if (sign->words != T_NONE) {
            add_lines(help, sign->glyph, text_get(lang, sign->words));
        }
    }
    add_lines(help, STR("│"), text_get(lang, T_SIGN_TODAY));
    add_lines(help, STR("◄ ►"), text_get(lang, T_SIGN_OUTSIDE));
}

static void add_explanation(Help *help, TextId id)
{
    for (Str rest = text_get(help->session->lang, id); rest.n_bytes > 0;) {
        Str line = utf8_wrap(&rest, help->n_cols);
        vec_push(&help->lines, (HelpLine){ line, { 0 }, STYLE_TEXT });
    }
}

static void add_all(Help *help)
{
    add_chapter(help, CHAPTER_VIEW, keymap_view_title(help->session->view));
    add_chapter(help, CHAPTER_GROUP, T_NONE);
    add_chapter(help, CHAPTER_ELSEWHERE, T_HELP_ELSEWHERE);
    if (help->session->view == VIEW_TIMELINE) {
        add_timeline_signs(help);
    }
    add_signs(help);
    add_heading(help, text_get(help->session->lang, T_HELP_KEYBOARD));
    add_explanation(help, T_HELP_LAYOUT);
    add_explanation(help, T_HELP_ESC);
}

static void draw_line(const Help *help, const HelpLine *line, int y, int x, Canvas *canvas)
{
    canvas_text(canvas, y, x, help->n_cols, line->style, line->keys);
    canvas_text(canvas, y, x + help->keys_cols + 1, help->n_cols - help->keys_cols - 1, STYLE_TEXT, line->text);
}

void help_draw(Session *session, Canvas *canvas)
{
    int n_columns = canvas->n_cols / COLUMN_COLS;
    n_columns = n_columns < 1 ? 1 : n_columns > MAX_COLUMNS ? MAX_COLUMNS : n_columns;
    Help help = { .session = session, .n_cols = canvas->n_cols / n_columns - 2 };
    help.keys_cols = canvas->n_cols < NARROW ? KEYS_COLS_NARROW : KEYS_COLS;
    add_all(&help);
    int n_lines = (int)help.lines.n;
    int page = canvas->n_rows * n_columns;
    int last_top = n_lines > page ? n_lines - page : 0;
    session->overlay_top = session->overlay_top > last_top ? last_top : session->overlay_top;
    canvas_fill(canvas, 0, 0, canvas->n_rows, canvas->n_cols, STYLE_TEXT);
    canvas_cursor(canvas, 0, 0);
    for (int i = 0; i < page && session->overlay_top + i < n_lines; i++) {
        int x = 1 + i / canvas->n_rows * (canvas->n_cols / n_columns);
        draw_line(&help, &help.lines.at[session->overlay_top + i], i % canvas->n_rows, x, canvas);
    }
    vec_done(&help.lines);
    arena_done(&help.arena);
}
