#include "cli/cli_priv.h"
#include "vekha/base/utf8.h"

Canvas *paint_row(Cli *cli, int n_cols)
{
    if (cli->row == NULL) {
        cli->row = canvas_new(1, n_cols, cli->options.ascii);
    } else if (cli->row->n_cols < n_cols) {
        canvas_resize(cli->row, 1, n_cols);
    } else {
        canvas_fill(cli->row, 0, 0, 1, n_cols, STYLE_TEXT);
    }
    return cli->row;
}

/* Select Graphic Rendition (ECMA-48): attributes and colour of a style. */
static void add_style(StrBuf *out, Style style)
{
    static const struct {
        unsigned attr;
        int code;
    } codes[] = { { THEME_BOLD, 1 }, { THEME_DIM, 2 }, { THEME_UNDERLINE, 4 }, { THEME_REVERSE, 7 } };
    enum { FOREGROUND = 30 };
    ThemeLook look = theme_look(style, true);
    strbuf_add(out, STR("\033[0"));
    for (size_t i = 0; i < COUNTOF(codes); i++) {
        if ((look.attrs & codes[i].attr) != 0) {
            strbuf_addf(out, ";%d", codes[i].code);
        }
    }
    if (look.color != THEME_DEFAULT_COLOR) {
        strbuf_addf(out, ";%d", FOREGROUND + (int)look.color);
    }
    strbuf_add_char(out, 'm');
}

static bool is_blank(const Cell *cell)
{
    return cell->n_bytes == 1 && cell->bytes[0] == ' ';
}

static void add_cells(Cli *cli, int n_cols)
{
    int style = STYLE_TEXT;
    for (int x = 0; x < n_cols; x++) {
        const Cell *cell = canvas_cell(cli->row, 0, x);
        if (cli->has_color && cell->style != style && !is_blank(cell)) {
            style = cell->style;
            add_style(&cli->out, (Style)style);
        }
        strbuf_add(&cli->out, (Str){ cell->bytes, cell->n_bytes });
    }
    if (style != STYLE_TEXT) {
        add_style(&cli->out, STYLE_TEXT);
    }
}

void paint_row_out(Cli *cli, int n_cols)
{
    while (n_cols > 0 && is_blank(canvas_cell(cli->row, 0, n_cols - 1))) {
        n_cols--;
    }
    add_cells(cli, n_cols);
    strbuf_add_char(&cli->out, '\n');
}

int paint_cols(Str text, int max)
{
    enum { BYTES_PER_COL = 16 };
    StrBuf visible = { 0 };
    if (text.n_bytes > (size_t)max * BYTES_PER_COL) {
        text = utf8_cut(text, (size_t)max * BYTES_PER_COL);
    }
    utf8_add_visible(&visible, text);
    int cols = utf8_cols(strbuf_str(&visible));
    strbuf_done(&visible);
    return cols < max ? cols : max;
}

void paint_text(Cli *cli, Style style, Str text)
{
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, text);
    int n_cols = utf8_cols(strbuf_str(&visible));
    if (n_cols > 0) {
        Canvas *row = paint_row(cli, n_cols);
        (void)canvas_text(row, 0, 0, n_cols, style, strbuf_str(&visible));
        add_cells(cli, n_cols);
    }
    strbuf_done(&visible);
}

void paint_line(Cli *cli, Style style, Str text)
{
    paint_text(cli, style, text);
    strbuf_add_char(&cli->out, '\n');
}

Str paint_glyph(const Cli *cli, const Event *event)
{
    StateOn now = event_state(event, cli->options.today);
    Str glyph = state_info(now.state)->glyph;
    if (cli->options.plain) {
        return (Str){ 0 };
    }
    return glyph.n_bytes > 0 ? glyph : status_info(event_status(event))->glyph;
}

Style paint_style(const Cli *cli, const Event *event)
{
    static const Style styles[] = {
        [STATE_CLOSED] = STYLE_DIM, [STATE_UNDATED] = STYLE_TEXT, [STATE_LATE] = STYLE_BAD,
        [STATE_SOON] = STYLE_WARN,  [STATE_CURRENT] = STYLE_TEXT, [STATE_AHEAD] = STYLE_TEXT,
    };
    _Static_assert(COUNTOF(styles) == STATE_COUNT, "every state has a style");
    return styles[event_state(event, cli->options.today).state];
}

void paint_add_state(StrBuf *out, const Cli *cli, const Event *event, bool is_brief)
{
    Lang lang = cli_lang(cli);
    size_t begin = out->n_bytes;
    Status status = event_status(event);
    const StatusInfo *info = status_info(status);
    Progress progress = event_progress(event);
    State state = event_state(event, cli->options.today).state;
    if (info->is_closed) {
        strbuf_add(out, text_get(lang, is_brief ? info->brief : info->word));
        return;
    }
    if (progress.n_required > 0 && !(is_brief && state == STATE_LATE)) {
        text_put(out, lang, T_STATE_OCCURRENCES, TEXT_NUM(progress.n_closed), TEXT_NUM(progress.n_required));
    } else if (status != STATUS_PLANNED && !(is_brief && state == STATE_LATE)) {
        strbuf_add(out, text_get(lang, is_brief ? info->brief : info->word));
    }
    if (is_brief && out->n_bytes == begin) {
        strbuf_add(out, text_get(lang, state_info(state)->brief));
    } else if (!is_brief) {
        strbuf_add(out, out->n_bytes > begin ? STR(", ") : (Str){ 0 });
        event_add_state(out, lang, event, cli->options.today);
    }
}
