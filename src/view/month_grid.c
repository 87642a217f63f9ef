#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* A day takes four columns: a gap, two digits, the sign of what is due. Of today the gaps at both sides are brackets: «[10]!». */
enum { CELL_COLS = 4, NUMBER_AT = 1, SIGN_AT = 3, HEAD_ROWS = 2, STRIP_X = 7, STRIP_STEP = 5 };

static Day day_of_month(int month, int number)
{
    return month_span(month).first + number - 1;
}

static int days_of_month(int month)
{
    Span days = month_span(month);
    return days.last - days.first + 1;
}

static Day cursor_day(const Session *session)
{
    const AgendaEntry *entry = session_entry(session);
    return entry != NULL && agenda_has_day(entry) ? entry->day : 0;
}

static bool is_day_off(const Session *session, Day day)
{
    return calendar_day_kind(view_calendar(session), day) != DAY_WORKING;
}

/* Days with something due stand out even where nothing is urgent. */
static Style day_style(const Session *session, int number, Day day)
{
    const DayDue *due = &session->month.days[number];
    if (due->n > 0) {
        Style style = view_state_style(due->worst.state, due->worst.status);
        return style == STYLE_TEXT ? STYLE_STRONG : style;
    }
    return day == session->today ? STYLE_TODAY : is_day_off(session, day) ? STYLE_DIM : STYLE_TEXT;
}

static void draw_head(const Session *session, Canvas *canvas)
{
    StrBuf name = { 0 };
    strbuf_add(&name, STR("◄ "));
    deadline_add_month(&name, session->lang, session->month.shown);
    strbuf_add(&name, STR(" ►"));
    int cols = utf8_cols(strbuf_str(&name));
    canvas_text(canvas, 0, (canvas->n_cols - cols) / 2, cols, STYLE_STRONG, strbuf_str(&name));
    canvas_fill(canvas, 1, 0, 1, canvas->n_cols, STYLE_COLUMNS);
    for (int i = 0; i < DATE_DAYS_PER_WEEK; i++) {
        canvas_text(canvas, 1, i * CELL_COLS + NUMBER_AT, 2, STYLE_COLUMNS, text_get(session->lang, (TextId)(T_WEEKDAY_1 + i)));
    }
    strbuf_done(&name);
}

static void draw_day(const Session *session, int number, Day day, int y, int x, Canvas *canvas)
{
    const DayDue *due = &session->month.days[number];
    Style style = day_style(session, number, day);
    StrBuf text = { 0 };
    strbuf_addf(&text, "%2d", number);
    canvas_text(canvas, y, x + NUMBER_AT, 2, style, strbuf_str(&text));
    int is_today = day == session->today;
    if (is_today) {
        canvas_text(canvas, y, x, 1, STYLE_TODAY, STR("["));
        canvas_text(canvas, y, x + SIGN_AT, 1, STYLE_TODAY, STR("]"));
    }
    if (due->n > 0) {
        canvas_text(canvas, y, x + SIGN_AT + is_today, 1, style, agenda_glyph(&due->worst));
    }
    if (day == cursor_day(session)) {
        canvas_restyle(canvas, y, x + NUMBER_AT, CELL_COLS - NUMBER_AT + is_today, STYLE_CURSOR);
    }
    strbuf_done(&text);
}

int month_grid_draw(const Session *session, Canvas *canvas)
{
    int y = HEAD_ROWS;
    draw_head(session, canvas);
    for (int number = 1; number <= days_of_month(session->month.shown); number++) {
        Day day = day_of_month(session->month.shown, number);
        int weekday = day_weekday(day);
        y += weekday == 1 && number > 1;
        draw_day(session, number, day, y, (weekday - 1) * CELL_COLS, canvas);
    }
    return y + 1;
}

/* What a sign means, and how many have it: the sign's state if it is one, else the status. */
typedef struct Legend {
    AgendaEntry sample;
    size_t n;
} Legend;

enum { LEGEND_MAX = STATE_COUNT + STATUS_COUNT };

static size_t count_signs(const AgendaVec *entries, Legend *legend)
{
    size_t n = 0;
    for (size_t i = 0; i < entries->n; i++) {
        const AgendaEntry *entry = &entries->at[i];
        size_t at = 0;
        while (at < n && !str_eq(agenda_glyph(&legend[at].sample), agenda_glyph(entry))) {
            at++;
        }
        if (at == n) {
            legend[n++] = (Legend){ .sample = *entry };
        }
        legend[at].n++;
    }
    return n;
}

static int by_urgency(const void *left, const void *right)
{
    const Legend *a = left;
    const Legend *b = right;
    return agenda_is_worse(&a->sample, &b->sample) ? -1 : agenda_is_worse(&b->sample, &a->sample);
}

void month_legend_draw(const Session *session, int y, Canvas *canvas)
{
    enum { WORD_X = 3, WORD_COLS = 18, COUNT_COLS = 4 };
    Legend legend[LEGEND_MAX];
    size_t n = count_signs(&session->month.entries, legend);
    qsort(legend, n, sizeof *legend, by_urgency);
    for (size_t i = 0; i < n && y < canvas->n_rows; i++, y++) {
        const AgendaEntry *entry = &legend[i].sample;
        const StateInfo *state = state_info(entry->state);
        bool is_state = str_eq(agenda_glyph(entry), state->glyph);
        Style style = view_state_style(entry->state, entry->status);
        StrBuf number = { 0 };
        strbuf_addf(&number, "%*zu", COUNT_COLS, legend[i].n);
        canvas_text(canvas, y, NUMBER_AT, 1, style, agenda_glyph(entry));
        canvas_text(canvas, y, WORD_X, WORD_COLS, style,
                    text_get(session->lang, is_state ? state->word : status_info(entry->status)->word));
        canvas_text(canvas, y, WORD_X + WORD_COLS, COUNT_COLS + 2, style, strbuf_str(&number));
        strbuf_done(&number);
    }
}

/* One column a day, below a scale of every fifth. */
void month_strip_draw(const Session *session, Canvas *canvas)
{
    int month = session->month.shown;
    StrBuf text = { 0 };
    canvas_text(canvas, 0, 1, STRIP_X - 2, STYLE_STRONG,
                text_get(session->lang, (TextId)(T_MONTH_1 + month % DATE_MONTHS_PER_YEAR)));
    strbuf_addf(&text, "%d", month / DATE_MONTHS_PER_YEAR);
    canvas_text(canvas, 1, 1, STRIP_X - 2, STYLE_STRONG, strbuf_str(&text));
    for (int number = 1; number <= days_of_month(month); number++) {
        const DayDue *due = &session->month.days[number];
        Day day = day_of_month(month, number);
        Style style = day == session->today ? STYLE_TODAY : day_style(session, number, day);
        int x = STRIP_X + number - 1;
        if (number == 1 || number % STRIP_STEP == 0) {
            strbuf_clear(&text);
            strbuf_addf(&text, "%d", number);
            canvas_text(canvas, 0, x + 1 - (int)text.n_bytes, 2, STYLE_DIM, strbuf_str(&text));
        }
        canvas_text(canvas, 1, x, 1, style, due->n > 0 ? agenda_glyph(&due->worst) : STR("·"));
        if (day == cursor_day(session)) {
            canvas_restyle(canvas, 1, x, 1, STYLE_CURSOR);
        }
    }
    strbuf_done(&text);
}
