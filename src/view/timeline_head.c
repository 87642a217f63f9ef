#include "vekha/base/utf8.h"
#include "vekha/view/timeline.h"

/* The label's columns as view_draw_number() lays them out; a month's name, two digits of its year, the gaps. */
enum { NUMBER_X = 3, TITLE_X = 8, MONTH_YEAR_COLS = 7, WEEKDAY_COLS = 2 };

static int unit_x(const TimelineLayout *layout, int i)
{
    return layout->label_cols + 1 + i * layout->scale.unit_cols;
}

static int month_of(const TimelineLayout *layout, int i)
{
    Day first = timeline_unit_days(&layout->scale, i).first;
    return first != 0 ? day_month_index(first) : -1;
}

/* «2022», «2022/23» */
static void add_years(StrBuf *out, const TimelineScale *scale)
{
    int n = scale->n_units;
    Span first = timeline_unit_days(scale, 0);
    while (n > 1 && timeline_unit_days(scale, n - 1).first == 0) {
        n--;
    }
    if (first.first != 0) {
        int year = day_civil(first.first).year;
        int last_year = day_civil(timeline_unit_days(scale, n - 1).last).year;
        strbuf_addf(out, "%d", year);
        if (last_year > year) {
            strbuf_addf(out, "/%02d", last_year % 100);
        }
    }
}

/* Over the labels: what they are; the years too, where there is no room for them at the months. A heading is whole or not there.
 */
static void draw_label(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang)
{
    StrBuf years = { 0 };
    Str title = text_get(lang, T_FIELD_TITLE);
    int room = layout->label_cols - TITLE_X;
    bool has_title = utf8_cols(title) <= room;
    bool wants_years = !has_title || (layout->scale.unit == TIMELINE_BY_MONTH && layout->scale.unit_cols < MONTH_YEAR_COLS);
    if (wants_years) {
        add_years(&years, &layout->scale);
    }
    int years_cols = utf8_cols(strbuf_str(&years));
    canvas_text(canvas, y, NUMBER_X, TITLE_X - NUMBER_X - 1, STYLE_COLUMNS, text_get(lang, T_FIELD_NO));
    if (has_title) {
        canvas_text(canvas, y, TITLE_X, room, STYLE_COLUMNS, title);
    }
    if (years_cols + (has_title ? utf8_cols(title) + 1 : 0) <= room) {
        canvas_text(canvas, y, layout->label_cols - years_cols, years_cols, STYLE_COLUMNS, strbuf_str(&years));
    }
    strbuf_done(&years);
}

/* The name of a month with as much of its year as fits; true if that was some of it. */
static bool add_month(StrBuf *out, Lang lang, int month, bool wants_year, int room)
{
    static const char *const formats[] = { " %04d", " %02d" };
    int year = month / DATE_MONTHS_PER_YEAR;
    Str name = text_get(lang, (TextId)(T_MONTH_1 + month % DATE_MONTHS_PER_YEAR));
    strbuf_add(out, name);
    for (size_t i = 0; i < COUNTOF(formats) && wants_year; i++) {
        strbuf_addf(out, formats[i], i == 0 ? year : year % 100);
        if (utf8_cols(strbuf_str(out)) <= room) {
            return true;
        }
        strbuf_cut(out, name.n_bytes);
    }
    return false;
}

/* Names as wide as their columns would touch: then it is every other month's, among them this one's. */
static bool is_named(const TimelineLayout *layout, int month, Day today)
{
    enum { NAME_COLS = 3 };
    int now = day_month_index(today);
    int n = layout->scale.n_units;
    bool is_now_shown = n > 0 && now >= month_of(layout, 0) && now < month_of(layout, 0) + n;
    int shown = is_now_shown ? now : month_of(layout, 0);
    bool is_tight = layout->scale.unit == TIMELINE_BY_MONTH && layout->scale.unit_cols <= NAME_COLS;
    return !is_tight || (month - shown) % 2 == 0;
}

/* Where a month begins, its name; the year where it changes. What would touch the next name is left out. */
static void draw_months(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang, Style style, Day today)
{
    const TimelineScale *scale = &layout->scale;
    bool is_by_month = scale->unit == TIMELINE_BY_MONTH;
    int year_shown = -1;
    for (int i = 0, next; i < scale->n_units; i = next) {
        int month = month_of(layout, i);
        next = i + 1;
        while (next < scale->n_units && month_of(layout, next) == month) {
            next++;
        }
        if (month < 0 || !is_named(layout, month, today)) {
            continue;
        }
        int gap = is_by_month || next < scale->n_units ? 1 : 0;
        int room = (next - i) * scale->unit_cols;
        bool is_now = is_by_month && month == day_month_index(today);
        StrBuf name = { 0 };
        if (add_month(&name, lang, month, month / DATE_MONTHS_PER_YEAR != year_shown, room - gap)) {
            year_shown = month / DATE_MONTHS_PER_YEAR;
        }
        if (utf8_cols(strbuf_str(&name)) <= (is_by_month ? room : room - gap)) {
            canvas_text(canvas, y, unit_x(layout, i), room, is_now ? STYLE_TODAY : style, strbuf_str(&name));
        }
        strbuf_done(&name);
    }
}

static Style day_style(const Span *days, const Calendar *calendar, Day today)
{
    if (span_has(*days, today)) {
        return STYLE_TODAY;
    }
    bool is_off = days->first == days->last && calendar_day_kind(calendar, days->first) != DAY_WORKING;
    return is_off ? STYLE_DIM : STYLE_COLUMNS;
}

/* The day of the month on which each unit begins: the whole number, or its last digit. */
static void draw_numbers(Canvas *canvas, int y, const TimelineLayout *layout, const Calendar *calendar, Day today)
{
    const TimelineScale *scale = &layout->scale;
    StrBuf number = { 0 };
    for (int i = 0; i < scale->n_units; i++) {
        Span days = timeline_unit_days(scale, i);
        int day = days.first != 0 ? day_civil(days.first).day : 0;
        strbuf_clear(&number);
        strbuf_addf(&number, "%d", scale->unit_cols > WEEKDAY_COLS ? day : day % 10);
        if (day != 0) {
            canvas_text(canvas, y, unit_x(layout, i), scale->unit_cols, day_style(&days, calendar, today), strbuf_str(&number));
        }
    }
    strbuf_done(&number);
}

static bool is_blank(const Canvas *canvas, int y, int x)
{
    const Cell *cell = canvas_cell(canvas, y, x);
    return cell == NULL || (cell->n_bytes == 1 && cell->bytes[0] == ' ');
}

/* Above the last digits, the tens where they change, unless the name of a month stands there. */
static void draw_tens(Canvas *canvas, int y, const TimelineLayout *layout)
{
    for (int i = 0; i < layout->scale.n_units; i++) {
        Day first = timeline_unit_days(&layout->scale, i).first;
        int day = first != 0 ? day_civil(first).day : 0;
        int x = unit_x(layout, i);
        if (day >= 10 && day % 10 == 0 && is_blank(canvas, y, x - 1) && is_blank(canvas, y, x) && is_blank(canvas, y, x + 1)) {
            const char digit = (char)('0' + day / 10);
            canvas_text(canvas, y, x, 1, STYLE_TEXT, (Str){ &digit, 1 });
        }
    }
}

/* «Пн», or «П» */
static void draw_weekdays(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang, const Calendar *calendar, Day today)
{
    const TimelineScale *scale = &layout->scale;
    for (int i = 0; i < scale->n_units; i++) {
        Span days = timeline_unit_days(scale, i);
        if (days.first != 0) {
            Str name = text_get(lang, (TextId)(T_WEEKDAY_1 + day_weekday(days.first) - 1));
            int n_cols = scale->unit_cols > WEEKDAY_COLS ? WEEKDAY_COLS : 1;
            canvas_text(canvas, y, unit_x(layout, i), n_cols, day_style(&days, calendar, today), name);
        }
    }
}

void timeline_draw_head(Canvas *canvas, int y, const TimelineLayout *layout, Lang lang, const Calendar *calendar, Day today)
{
    int last = y + layout->n_head_rows - 1;
    for (int row = y; row <= last; row++) {
        Style style = row == last ? STYLE_COLUMNS : STYLE_TEXT;
        canvas_fill(canvas, row, 0, 1, canvas->n_cols, style);
        canvas_text(canvas, row, layout->label_cols, 1, row == last ? STYLE_COLUMNS : STYLE_DIM, STR("│"));
    }
    draw_label(canvas, last, layout, lang);
    draw_months(canvas, y, layout, lang, y == last ? STYLE_COLUMNS : STYLE_STRONG, today);
    if (layout->scale.unit != TIMELINE_BY_MONTH) {
        draw_numbers(canvas, y + 1, layout, calendar, today);
    }
    if (layout->scale.unit == TIMELINE_BY_DAY && layout->scale.unit_cols <= WEEKDAY_COLS) {
        draw_tens(canvas, y, layout);
    }
    if (layout->scale.unit == TIMELINE_BY_DAY && layout->scale.unit_cols >= WEEKDAY_COLS) {
        draw_weekdays(canvas, last, layout, lang, calendar, today);
    }
}
