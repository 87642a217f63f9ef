#include <stdint.h>

#include "app/app_priv.h"
#include "vekha/app/session_journal.h"
#include "vekha/store/journal_say.h"

void cmd_journal_open(Session *session, int arg)
{
    const JournalRow *row = session_journal_row(session);
    size_t event;
    size_t n;
    (void)arg;
    if (row == NULL) {
        session_say(session, T_JOURNAL_EMPTY, TEXT_NUM(0));
        return;
    }
    (void)session_journal_event(session, row, &event);
    if (event == SIZE_MAX) {
        const JournalEntry *entry = session_journal_entries(session, row, &n);
        StrBuf label = { 0 };
        journal_add_event(&label, session->lang, entry->event, entry->title);
        session_say(session, T_SAID_JOURNAL_GONE, TEXT_STR(strbuf_str(&label)));
        strbuf_done(&label);
        return;
    }
    session->journal->is_moved = true;
    session_set_view(session, VIEW_EVENTS);
}

static void limit_to_selected(Session *session)
{
    const JournalState *state = session->journal;
    size_t index;
    const Event *event = session_event(session, &index);
    Str path = session_file(session)->path;
    for (size_t i = 0; i < state->plans.n; i++) {
        const PlanJournal *one = &state->plans.at[i];
        for (size_t track = 0; track < one->tracks.tracks.n && one->file == session->file; track++) {
            if (one->events[track] == index) {
                const JournalTrack *found = &one->tracks.tracks.at[track];
                session_journal_limit_to(session, path, found->event, found->title);
                return;
            }
        }
    }
    session_journal_limit_to(session, path, event->id.n_bytes > 0 ? event->id : event->no, journal_title(event->title));
}

/* Of the row's event, where the cursor was moved; else of the one that was selected before the view was opened. */
void cmd_journal_event(Session *session, int arg)
{
    JournalState *state = session->journal;
    const JournalRow *row = session_journal_row(session);
    const Event *selected = session_event(session, NULL);
    (void)arg;
    if (state->is_of_one) {
        session_journal_limit_to(session, (Str){ 0 }, (Str){ 0 }, (Str){ 0 });
    } else if (row != NULL && (state->is_moved || selected == NULL || state->is_folder)) {
        size_t n;
        const JournalEntry *entry = session_journal_entries(session, row, &n);
        session_journal_limit_to(session, str_of(state->plans.at[row->plan].path), entry->event, entry->title);
    } else if (selected != NULL) {
        limit_to_selected(session);
    }
}

void cmd_journal_all(Session *session, int arg)
{
    (void)arg;
    session->journal->since = 0;
    session_journal_limit_to(session, (Str){ 0 }, (Str){ 0 }, (Str){ 0 });
}

static void add_since(Session *session, TextId label, Day day)
{
    StrBuf hint = { 0 };
    if (day != 0) {
        (session->lang == LANG_RU ? day_add_ru : day_add_iso)(&hint, day);
    }
    bool is_on = session->journal->since == day;
    chooser_add(&session->chooser, text_get(session->lang, label), strbuf_str(&hint), (size_t)day, is_on);
    strbuf_done(&hint);
}

void cmd_journal_since(Session *session, int arg)
{
    (void)arg;
    Day today = session->today;
    chooser_open(&session->chooser, T_CHOOSE_SINCE, false);
    session->choosing = CHOOSE_SINCE;
    session->overlay = OVERLAY_CHOOSER;
    add_since(session, T_SINCE_TODAY, today);
    add_since(session, T_SINCE_WEEK, today - day_weekday(today) + 1);
    add_since(session, T_SINCE_MONTH, month_span(day_month_index(today)).first);
    add_since(session, T_SINCE_ALL, 0);
    chooser_add(&session->chooser, text_get(session->lang, T_SINCE_OTHER), (Str){ 0 }, SIZE_MAX, false);
}

void session_choose_since(Session *session, size_t day)
{
    if (day != SIZE_MAX) {
        session_journal_limit_since(session, (Day)day);
        return;
    }
    session->overlay = OVERLAY_PROMPT;
    session->prompt = PROMPT_SINCE;
    lineedit_set(&session->line, (Str){ 0 });
}

/* "10.05.2022", "10.05" of this year, "2022-05-10" */
static bool parse_day(Str text, Day today, Day *out)
{
    int part[3] = { 0, 0, day_civil(today).year };
    if (day_parse(text, out)) {
        return true;
    }
    for (int i = 0; i < 3 && (i < 2 || text.n_bytes > 0); i++) {
        if (!str_to_uint(str_cut(&text, '.'), &part[i])) {
            return false;
        }
    }
    *out = text.n_bytes == 0 ? day_of(part[2], part[1], part[0]) : 0;
    return *out != 0;
}

void session_answer_since(Session *session, Str typed)
{
    Day day;
    if (!parse_day(typed, session->today, &day)) {
        session_say(session, T_SAID_NOT_A_DAY, TEXT_STR(typed));
        return;
    }
    session->overlay = OVERLAY_NONE;
    session_journal_limit_since(session, day);
}

bool session_say_warning(Session *session)
{
    Err err = { 0 };
    bool has_one = store_take_warning(session->store, &err);
    if (has_one) {
        StrBuf why = { 0 };
        StrBuf said = { 0 };
        err_text(&why, session->lang, &err);
        text_put(&said, session->lang, T_JOURNAL_NOT_WRITTEN, TEXT_STR(strbuf_str(&why)));
        strbuf_add_part(&session->message, strbuf_str(&said));
        strbuf_done(&why);
        strbuf_done(&said);
    }
    return has_one;
}
