#include <stdint.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/core/change_build.h"

/* Commands by which events come and change their places. */

static Str label_of(const Session *session, StrBuf *out)
{
    event_add_label(out, session_event(session, NULL));
    return strbuf_str(out);
}

/* The selected event, without what became of it, once more; its title is then to be corrected. */
void cmd_copy(Session *session, int arg)
{
    size_t index;
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    StrBuf said = { 0 };
    (void)arg;
    const Event *event = session_event(session, &index);
    const Plan *plan = session_file(session)->plan;
    Event copy = {
        .id = session_new_id(plan, &arena),
        .title = event->title,
        .when = event->when,
        .dates = event->dates,
        .responsible = event->responsible,
        .result = event->result,
        .own = event->own,
        .n_own = event->n_own,
        .section = event->section,
    };
    EventPlace place = place_after(plan, index, &arena);
    Change change = change_insert(&copy, &place, &arena);
    Str of = arena_copy(&arena, label_of(session, &label));
    text_put(&said, session->lang, T_LABEL_COPIED, TEXT_STR(of));
    if (!session_apply(session, session->file, &change, strbuf_str(&said), &err)) {
        session_say_err(session, &err);
    } else {
        cmd_edit_field(session, FIELD_TITLE);
        session_say(session, T_SAID_COPIED, TEXT_STR(of));
    }
    strbuf_done(&label);
    strbuf_done(&said);
    arena_done(&arena);
}

/* A section that is there to have events of its own, not to hold other sections. */
static bool may_have_events(const Plan *plan, int section)
{
    bool has_children = section < 0 && plan->sections.n > 0;
    for (size_t i = 0; i < plan->sections.n; i++) {
        has_children = has_children || plan->sections.at[i].parent == section;
    }
    for (size_t i = 0; i < plan->events.n && has_children; i++) {
        has_children = plan->events.at[i].section != section;
    }
    return !has_children;
}

/* The nearest such section before or behind it; -2: none. */
static int neighbour(const Plan *plan, int section, bool is_down)
{
    int n = (int)plan->sections.n;
    for (int i = is_down ? section + 1 : section - 1; i >= -1 && i < n; i = is_down ? i + 1 : i - 1) {
        if (may_have_events(plan, i)) {
            return i;
        }
    }
    return -2;
}

/* Where it stands one place further; false: nowhere. Into another section: that one in *section. */
static bool find_place(const Plan *plan, size_t event, bool is_down, int *section, EventPlace *out, Arena *arena)
{
    int own = plan->events.at[event].section;
    bool has_next = event + 1 < plan->events.n && plan->events.at[event + 1].section == own;
    bool has_previous = event > 0 && plan->events.at[event - 1].section == own;
    *section = own;
    if (is_down && has_next) {
        *out = place_after(plan, event + 1, arena);
        return true;
    }
    if (!is_down && has_previous) {
        *out = event_place(plan, event - 1, arena);
        return true;
    }
    *section = neighbour(plan, own, is_down);
    if (*section < -1) {
        return false;
    }
    *out = is_down ? (EventPlace){ .section = section_ref(plan, *section, arena), .is_first = true }
                   : place_at_end(plan, *section, arena);
    return true;
}

/* The title of the section, of the plan itself where it is none. */
static void add_section(StrBuf *out, const Session *session, const Plan *plan, int section)
{
    Str title = section < 0 ? text_get(session->lang, T_CHOOSE_NO_SECTION) : plan->sections.at[section].title;
    session_add_cut(out, title, SESSION_BRIEF_COLS);
}

static void move_to(Session *session, const EventPlace *place, int section)
{
    size_t index;
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    StrBuf title = { 0 };
    StrBuf history = { 0 };
    const Event *event = session_event(session, &index);
    const Plan *plan = session_file(session)->plan;
    bool is_other = event->section != section;
    Change change = change_move(plan, index, place, &arena);
    add_section(&title, session, plan, section);
    (void)label_of(session, &label);
    text_put(&history, session->lang, T_LABEL_MOVED, TEXT_STR(strbuf_str(&label)));
    if (session_apply(session, session->file, &change, strbuf_str(&history), &err)) {
        session_say(session, is_other ? T_SAID_MOVED_TO : T_SAID_MOVED, TEXT_STR(strbuf_str(&label)),
                    TEXT_STR(strbuf_str(&title)));
    } else {
        session_say_err(session, &err);
    }
    strbuf_done(&label);
    strbuf_done(&title);
    strbuf_done(&history);
    arena_done(&arena);
}

void cmd_move_event(Session *session, int is_down)
{
    size_t index;
    int section;
    Arena arena = { 0 };
    EventPlace place;
    (void)session_event(session, &index);
    if (filter_is_set(&session->filter)) {
        session_say(session, T_SAID_MOVE_FILTERED, TEXT_NUM(0));
    } else if (find_place(session_file(session)->plan, index, is_down != 0, &section, &place, &arena)) {
        move_to(session, &place, section);
    } else {
        session_say(session, is_down != 0 ? T_SAID_BOTTOM : T_SAID_TOP, TEXT_NUM(0));
    }
    arena_done(&arena);
}

static void add_indented(StrBuf *out, const Section *section)
{
    enum { INDENT_COLS = 2 };
    strbuf_add_chars(out, ' ', (size_t)(section->depth < 0 ? 0 : section->depth) * INDENT_COLS);
    if (section->no.n_bytes > 0) {
        strbuf_add(out, section->no);
        strbuf_add_char(out, ' ');
    }
    strbuf_add(out, section->title);
}

/* All sections, also those without events; the value is one more than the index: 0 is the plan itself. */
static void open_sections(Session *session, Choosing what, TextId title)
{
    const Plan *plan = session_file(session)->plan;
    const Event *event = session_event(session, NULL);
    if (plan->sections.n == 0) {
        session_say(session, T_SAID_NO_SECTIONS, TEXT_NUM(0));
        return;
    }
    chooser_open(&session->chooser, title, true);
    session->choosing = what;
    session->overlay = OVERLAY_CHOOSER;
    for (int i = may_have_events(plan, -1) ? -1 : 0; i < (int)plan->sections.n; i++) {
        StrBuf label = { 0 };
        bool is_own = event != NULL && event->section == i;
        if (i < 0) {
            strbuf_add(&label, text_get(session->lang, T_CHOOSE_NO_SECTION));
        } else {
            add_indented(&label, &plan->sections.at[i]);
        }
        chooser_add(&session->chooser, strbuf_str(&label), (Str){ 0 }, (size_t)(i + 1), is_own);
        session->chooser.row = is_own ? session->chooser.all.n - 1 : session->chooser.row;
        strbuf_done(&label);
    }
}

void cmd_to_section(Session *session, int arg)
{
    (void)arg;
    open_sections(session, CHOOSE_TO_SECTION, T_CHOOSE_TO_SECTION);
}

void cmd_add_to_section(Session *session, int arg)
{
    (void)arg;
    open_sections(session, CHOOSE_ADD_SECTION, T_CHOOSE_ADD_SECTION);
}

/* Is the section still the one that was shown? */
static bool is_shown(const Plan *plan, const Choice *choice)
{
    StrBuf label = { 0 };
    bool same = choice->value <= plan->sections.n;
    if (same && choice->value > 0) {
        add_indented(&label, &plan->sections.at[choice->value - 1]);
        same = str_eq(strbuf_str(&label), choice->label);
    }
    strbuf_done(&label);
    return same;
}

void session_choose_place(Session *session, const Choice *choice)
{
    const PlanFile *file = session_file(session);
    const Event *event = session_event(session, NULL);
    int section = (int)choice->value - 1;
    if (file == NULL || !is_shown(file->plan, choice)) {
        session_say(session, T_SAID_SECTIONS_CHANGED, TEXT_NUM(0));
    } else if (session->choosing == CHOOSE_ADD_SECTION) {
        session_add_into(session, section);
    } else if (event != NULL && event->section == section) {
        StrBuf label = { 0 };
        session_say(session, T_SAID_THERE_ALREADY, TEXT_STR(label_of(session, &label)));
        strbuf_done(&label);
    } else if (event != NULL) {
        Arena arena = { 0 };
        EventPlace place = place_at_end(file->plan, section, &arena);
        move_to(session, &place, section);
        arena_done(&arena);
    }
}
