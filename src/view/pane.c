#include "vekha/base/utf8.h"
#include "vekha/core/field.h"
#include "view/view_priv.h"

enum { PANE_ROWS = 7, PANE_MAX = 14, PANE_MAX_WIDE = 9, WIDE = 110, PANE_FROM_ROWS = 15, TITLE_LINES = 4 };

int pane_height(const Session *session, int n_rows, int n_cols)
{
    if (session->pane == PANE_OFF || n_rows < PANE_FROM_ROWS) {
        return 0;
    }
    if (session->pane == PANE_HALF) {
        return n_rows / 2;
    }
    int height = n_rows / 4;
    int most = n_cols < WIDE ? PANE_MAX : PANE_MAX_WIDE; /* long lines are few */
    return height < PANE_ROWS ? PANE_ROWS : height > most ? most : height;
}

int pane_grown(int height, int n_blank, int n_rows)
{
    int most = n_rows / 2;
    int grown = n_blank > 0 ? height + n_blank : height;
    return grown < most ? grown : height > most ? height : most;
}

/* A labelled text wrapped into at most max_lines lines, the last of which is cut; returns the next row. */
static int draw_text(Canvas *canvas, int y, int max_lines, Style style, Str label, Str text)
{
    StrBuf visible = { 0 };
    int n_cols = canvas->n_cols - 2;
    if (label.n_bytes > 0) {
        strbuf_add(&visible, label);
        strbuf_add(&visible, STR(": "));
    }
    utf8_add_visible(&visible, text);
    Str rest = strbuf_str(&visible);
    for (int line = 0; line < max_lines && rest.n_bytes > 0 && y < canvas->n_rows && n_cols > 0; line++, y++) {
        bool is_last = line == max_lines - 1 || y == canvas->n_rows - 1;
        Str part = is_last ? rest : utf8_wrap(&rest, n_cols);
        canvas_field(canvas, y, 1, n_cols, style, part);
    }
    strbuf_done(&visible);
    return y;
}

static int lines_of(Str text, int n_cols)
{
    int n = 0;
    while (text.n_bytes > 0 && n_cols > 0 && n < PANE_MAX) {
        (void)utf8_wrap(&text, n_cols);
        n++;
    }
    return n;
}

/* Day and person, or reason, of the mark that goes with a status: said beside it. */
typedef struct MarkFields {
    bool has;
    FieldId day, who;
} MarkFields;

static const MarkFields mark_fields[] = {
    [STATUS_DONE] = { true, FIELD_DONE, FIELD_BY },
    [STATUS_CONFIRMED] = { true, FIELD_CONFIRMED, FIELD_CONFIRMED_BY },
    [STATUS_CANCELLED] = { true, FIELD_CANCELLED, FIELD_REASON },
};
_Static_assert(COUNTOF(mark_fields) == STATUS_COUNT, "every status is in the table");

static void add_field(StrBuf *out, const Event *event, FieldId field)
{
    const FieldInfo *info = field_info(field);
    if (info->type == FIELD_TYPE_DAY) {
        day_add_ru(out, *(const Day *)(const void *)((const char *)event + info->offset));
    } else {
        field_add_value(out, event, field);
    }
}

static void draw_status(const Session *session, const Event *event, Canvas *canvas)
{
    StrBuf text = { 0 };
    if (event->no.n_bytes > 0) {
        strbuf_addf(&text, "№ %.*s · ", STR_ARG(event->no));
    }
    event_add_status(&text, session->lang, event);
    if (!status_info(event_status(event))->is_closed) {
        strbuf_add(&text, STR(" · "));
        event_add_state(&text, session->lang, event, session->today);
    }
    const MarkFields *mark = &mark_fields[event->status];
    if (mark->has && field_is_set(event, mark->day)) {
        strbuf_add_char(&text, ' ');
        add_field(&text, event, mark->day);
    }
    if (mark->has && field_is_set(event, mark->who)) {
        strbuf_add(&text, STR(", "));
        add_field(&text, event, mark->who);
    }
    canvas_field(canvas, 0, 1, canvas->n_cols - 2, view_event_style(event, session->today), strbuf_str(&text));
    strbuf_done(&text);
}

static int draw_when(const Session *session, const Event *event, int y, Canvas *canvas)
{
    DeadlineContext context = plan_context(session_file(session)->plan);
    StrBuf words = { 0 };
    StrBuf text = { 0 };
    deadline_add_words(&words, session->lang, &event->due->deadline, &context, (Str){ 0 });
    if (event->n_was > 0) {
        text_put(&text, session->lang, T_WHEN_MOVED, TEXT_STR(event->was[event->n_was - 1].when), TEXT_STR(event->when),
                 TEXT_STR(strbuf_str(&words)));
    } else {
        strbuf_add(&text, event->when);
        strbuf_add(&text, event->when.n_bytes > 0 ? STR(" → ") : (Str){ 0 });
        strbuf_add(&text, strbuf_str(&words));
    }
    y = draw_text(canvas, y, 2, STYLE_TEXT, view_heading(session, FIELD_WHEN), strbuf_str(&text));
    strbuf_done(&words);
    strbuf_done(&text);
    return y;
}

/* What a large pane has room for besides. */
static int draw_marks(const Session *session, const Event *event, int y, Canvas *canvas)
{
    static const FieldId more[] = { FIELD_DONE,      FIELD_BY,     FIELD_CONFIRMED, FIELD_CONFIRMED_BY,
                                    FIELD_CANCELLED, FIELD_REASON, FIELD_EVIDENCE,  FIELD_NOTE };
    const Plan *plan = session_file(session)->plan;
    const MarkFields *said = &mark_fields[event->status];
    StrBuf text = { 0 };
    for (size_t i = 0; i < COUNTOF(more) && y < canvas->n_rows; i++) {
        bool is_said = said->has && (more[i] == said->day || more[i] == said->who);
        strbuf_clear(&text);
        if (!is_said && field_is_set(event, more[i])) {
            add_field(&text, event, more[i]);
            y = draw_text(canvas, y, 2, STYLE_TEXT, text_get(session->lang, field_info(more[i])->heading), strbuf_str(&text));
        }
    }
    for (unsigned i = 0; i < event->n_own && y < canvas->n_rows; i++) {
        Str heading = plan_heading(plan, event->own[i].key);
        y = draw_text(canvas, y, 2, STYLE_TEXT, heading.n_bytes > 0 ? heading : event->own[i].key, event->own[i].text);
    }
    for (unsigned i = 0; i < event->n_was && y < canvas->n_rows; i++) {
        y = draw_text(canvas, y, 1, STYLE_TEXT, text_get(session->lang, T_FIELD_WAS), event->was[i].when);
    }
    strbuf_done(&text);
    return y;
}

void pane_draw(const Session *session, const Event *event, Canvas *canvas)
{
    if (event == NULL) {
        return;
    }
    StrBuf who = { 0 };
    event_add_responsible(&who, event);
    int n_below = (who.n_bytes > 0) + (event->result.n_bytes > 0);
    draw_status(session, event, canvas);
    int y = draw_when(session, event, 1, canvas);
    int room = canvas->n_rows - y - n_below;
    int n_title = canvas->n_rows > PANE_ROWS ? room : room < TITLE_LINES ? room : TITLE_LINES;
    y = draw_text(canvas, y, n_title, STYLE_STRONG, (Str){ 0 }, event->title);
    int n_result = lines_of(event->result, canvas->n_cols - 14);
    int room_for_who =
        canvas->n_rows - y - (event->result.n_bytes > 0 ? (n_result < 2 || canvas->n_rows <= PANE_ROWS ? 1 : 2) : 0);
    if (who.n_bytes > 0) {
        y = draw_text(canvas, y, room_for_who, STYLE_TEXT, view_heading(session, FIELD_RESPONSIBLE), strbuf_str(&who));
    }
    y = event->result.n_bytes > 0
            ? draw_text(canvas, y, canvas->n_rows - y, STYLE_TEXT, view_heading(session, FIELD_RESULT), event->result)
            : y;
    (void)draw_marks(session, event, y, canvas);
    strbuf_done(&who);
}
