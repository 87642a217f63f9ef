#include "vekha/base/utf8.h"
#include "view/view_priv.h"

enum { MARGIN = 1, GAP_COLS = 2, DIGITS = 10, DIGIT_COLS = 2, SCROLL_COLS = 2, MORE_COLS = 1 + MARGIN };

static Str group_name(const Session *session, int group)
{
    return text_get(session->lang, command_group_title((CommandGroup)group));
}

/* Columns from that group to the end of the other. */
static int groups_cols(const Session *session, int first, int last)
{
    int cols = 0;
    for (int group = first; group <= last; group++) {
        cols += utf8_cols(group_name(session, group)) + 2 * MARGIN;
    }
    return cols;
}

/* The names of the groups, as many as there is room for, whole; returns where the chosen one's begins. */
static int draw_groups(const Session *session, Canvas *canvas)
{
    int first = 0;
    int n_cols = canvas->n_cols - SCROLL_COLS;
    int chosen_x = 0;
    while (first < session->menu_group && groups_cols(session, first, session->menu_group) > n_cols - SCROLL_COLS) {
        first++;
    }
    canvas_fill(canvas, 0, 0, 1, canvas->n_cols, STYLE_MENU);
    int x = first > 0 ? SCROLL_COLS : 0;
    canvas_text(canvas, 0, 0, x, STYLE_MENU, first > 0 ? STR("◄") : (Str){ 0 });
    for (int group = first; group < GROUP_DIALOG; group++) {
        Str name = group_name(session, group);
        int cols = utf8_cols(name) + 2 * MARGIN;
        if (x + cols > n_cols + (group == GROUP_DIALOG - 1 ? SCROLL_COLS : 0)) {
            canvas_text(canvas, 0, canvas->n_cols - 1, 1, STYLE_MENU, STR("►"));
            break;
        }
        Style style = group == session->menu_group ? STYLE_MENU_CURSOR : STYLE_MENU;
        canvas_fill(canvas, 0, x, 1, cols, style);
        canvas_text(canvas, 0, x + MARGIN, cols, style, name);
        chosen_x = group == session->menu_group ? x : chosen_x;
        x += cols;
    }
    return chosen_x;
}

/* A command of the group, and how many rows it needs: its keys go below where they do not fit beside it. */
typedef struct MenuItem {
    const Command *command;
    StrBuf keys;
    int n_rows;
} MenuItem;

typedef VEC(MenuItem) MenuItems;

static int title_cols(const Session *session, const Command *command)
{
    return utf8_cols(text_get(session->lang, command->title));
}

/* Returns the columns of the widest. */
static int add_items(MenuItems *items, const Session *session, int most_cols)
{
    CommandGroup group = (CommandGroup)session->menu_group;
    int widest = 0;
    for (size_t i = 0; i < command_group_count(group); i++) {
        MenuItem item = { .command = command_in_group(group, i), .n_rows = 1 };
        keymap_add_keys(&item.keys, session->lang, item.command->name);
        int title = MARGIN + DIGIT_COLS + title_cols(session, item.command) + MARGIN;
        int cols = title + GAP_COLS + utf8_cols(strbuf_str(&item.keys));
        if (cols > most_cols) {
            item.n_rows = 2;
            cols = title < most_cols ? title : most_cols;
        }
        widest = cols > widest ? cols : widest;
        vec_push(items, item);
    }
    return widest;
}

static void items_done(MenuItems *items)
{
    for (size_t i = 0; i < items->n; i++) {
        strbuf_done(&items->at[i].keys);
    }
    vec_done(items);
}

/* The same; where not all have room below one another, room is left for the signs that there are more. */
static int add_items_beside_signs(MenuItems *items, const Session *session, const Canvas *area, bool *scrolls)
{
    int widest = add_items(items, session, area->n_cols);
    int n_rows = 0;
    for (size_t i = 0; i < items->n; i++) {
        n_rows += items->at[i].n_rows;
    }
    *scrolls = n_rows > area->n_rows;
    if (*scrolls && widest > area->n_cols - MORE_COLS) {
        items_done(items);
        widest = add_items(items, session, area->n_cols - MORE_COLS);
    }
    return widest;
}

/* The first item shown, so that the cursor's is shown whole. */
static size_t first_shown(const MenuItems *items, size_t cursor, int n_rows)
{
    int used = 0;
    size_t first = cursor + 1;
    while (first > 0 && used + items->at[first - 1].n_rows <= n_rows) {
        used += items->at[--first].n_rows;
    }
    return first;
}

static void draw_item(const Session *session, const MenuItem *item, size_t index, int y, Canvas *canvas)
{
    bool is_cursor = (int)index == session->overlay_row;
    bool is_possible = command_is_possible(session, item->command);
    Style style = is_cursor ? STYLE_MENU_CURSOR : is_possible ? STYLE_MENU : STYLE_MENU_DIM;
    int keys_cols = utf8_cols(strbuf_str(&item->keys));
    StrBuf digit = { 0 };
    canvas_fill(canvas, y, 0, item->n_rows, canvas->n_cols, style);
    if (index < DIGITS) {
        strbuf_addf(&digit, "%zu", (index + 1) % DIGITS);
        canvas_text(canvas, y, MARGIN, 1, style, strbuf_str(&digit));
    }
    canvas_text(canvas, y, MARGIN + DIGIT_COLS, canvas->n_cols, style, text_get(session->lang, item->command->title));
    canvas_text(canvas, y + item->n_rows - 1, canvas->n_cols - MARGIN - keys_cols, keys_cols, style, strbuf_str(&item->keys));
    if (is_cursor) {
        canvas_cursor(canvas, y, MARGIN);
    }
    strbuf_done(&digit);
}

void menu_draw(const Session *session, Canvas *screen, Canvas *area)
{
    MenuItems items = { 0 };
    int x = draw_groups(session, screen);
    bool scrolls;
    int n_cols = add_items_beside_signs(&items, session, area, &scrolls);
    int n_box_cols = scrolls ? n_cols + MORE_COLS : n_cols;
    int y = 0;
    x = x + n_box_cols > area->n_cols ? area->n_cols - n_box_cols : x;
    Canvas box = canvas_area(area, 0, x, area->n_rows, n_cols);
    size_t first = first_shown(&items, (size_t)session->overlay_row, box.n_rows);
    size_t i = first;
    for (; i < items.n && y + items.at[i].n_rows <= box.n_rows; i++) {
        draw_item(session, &items.at[i], i, y, &box);
        y += items.at[i].n_rows;
    }
    if (scrolls) {
        canvas_fill(area, 0, x + n_cols, y, MORE_COLS, STYLE_MENU);
        view_draw_more(area, 0, x + n_cols, y, first > 0, i < items.n);
    }
    items_done(&items);
}
