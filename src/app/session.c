#include "vekha/app/session.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "app/lost_priv.h"
#include "app/watch_priv.h"
#include "vekha/app/drafting.h"
#include "vekha/base/clock.h"

Day session_clock_day(void)
{
    ClockDay now = clock_today();
    return day_of(now.year, now.month, now.day);
}

Str session_plan_name(const PlanFile *file)
{
    const Plan *plan = file->plan;
    return plan->short_name.n_bytes > 0 ? plan->short_name : plan->title.n_bytes > 0 ? plan->title : file->name;
}

const PlanFile *session_file(const Session *session)
{
    return session->file < store_count(session->store) ? store_file(session->store, session->file) : NULL;
}

/* Where the cursor opens: at what is late, else at what comes next. */
static size_t first_selected(const PlanSummary *summary)
{
    return summary->first_late != SIZE_MAX ? summary->first_late : summary->next != SIZE_MAX ? summary->next : 0;
}

static void summarize(Session *session, size_t file)
{
    PlanState *state = &session->plans.at[file];
    state->summary = plan_summary(store_file(session->store, file)->plan, session->today);
    if (state->selected == SIZE_MAX && state->summary.n_events > 0) {
        state->selected = first_selected(&state->summary);
    }
}

/* All that is derived from store and day. */
void session_derive(Session *session)
{
    session->version++;
    while (session->plans.n < store_count(session->store)) {
        vec_push(&session->plans, (PlanState){ .selected = SIZE_MAX });
    }
    session->plans.n = store_count(session->store);
    for (size_t i = 0; i < session->plans.n; i++) {
        summarize(session, i);
    }
    session_make_rows(session);
    session_find_offered(session);
    session_look_outside(session);
}

static size_t first_late_file(const Session *session)
{
    for (size_t i = 0; i < session->plans.n; i++) {
        if (session->plans.at[i].summary.n_late > 0) {
            return i;
        }
    }
    return 0;
}

Session *session_new(Store *store, const SessionOptions *options)
{
    Session *session = mem_new(sizeof *session);
    session->store = store;
    session->lang = options->lang;
    session->is_today_fixed = options->today != 0;
    session->today = session->is_today_fixed ? options->today : session_clock_day();
    session->who = options->who;
    if (options->who.n_bytes > 0) {
        store_set_author(store, options->who);
    }
    session->page_rows = 1;
    session->occurrence = SIZE_MAX;
    session->drafting = drafting_new(options->drafts);
    session->editing = editing_new();
    session->watch = watch_new();
    watch_start(session);
    session_derive(session);
    if (store_is_single(store)) {
        session->view = VIEW_EVENTS;
    }
    session_select_file(session, first_late_file(session));
    return session;
}

void session_free(Session *session)
{
    if (session == NULL) {
        return;
    }
    (void)session_keep_draft(session);
    drafting_free(session->drafting);
    editing_free(session->editing);
    watch_free(session->watch);
    session_lost_free(session);
    vec_done(&session->plans);
    vec_done(&session->rows);
    vec_done(&session->month.entries);
    strbuf_done(&session->message);
    session_journal_free(session);
    history_done(&session->history);
    strbuf_done(&session->new_when);
    strbuf_done(&session->at);
    lineedit_done(&session->line);
    chooser_done(&session->chooser);
    filter_done(&session->filter);
    strbuf_done(&session->searched);
    strbuf_done(&session->typed_otherwise);
    strbuf_done(&session->wanted);
    vec_done(&session->matches);
    store_free(session->store);
    free(session);
}

/* The list of plans counts all events: a filter kept in silence would surprise in the next plan. */
static void forget_filter(Session *session)
{
    if (filter_is_set(&session->filter)) {
        StrBuf words = { 0 };
        filter_add_words(&words, session->lang, &session->filter);
        filter_clear(&session->filter);
        session_filter(session);
        session_say(session, T_SAID_FILTER_GONE, TEXT_STR(strbuf_str(&words)));
        strbuf_done(&words);
    }
}

/* Месяц begins with the month of the filter. */
static void show_filtered_month(Session *session)
{
    Day first = session->filter.query.days.first;
    if (first != 0 && session->month.shown != day_month_index(first)) {
        session_step_month(session, day_month_index(first) - session->month.shown);
    }
}

void session_set_view(Session *session, ViewId view)
{
    ViewId before = session->view;
    if (view == before) {
        return;
    }
    if (view == VIEW_MONTH && session->stays) {
        session_filter(session); /* without the event that only stayed */
    }
    session->view = view;
    if (before == VIEW_JOURNAL) {
        session_leave_journal(session);
    }
    if (view == VIEW_CARD) {
        session->came_from = before;
        session->card_top = 0;
        return; /* of a recurring event, the time that was chosen stays so */
    }
    if (before == VIEW_CARD && session->came_from == view) {
        session_follow_month(session);
        session_make_journal(session);
        return;
    }
    if (view == VIEW_PLANS) {
        forget_filter(session);
    }
    if (view != VIEW_TIMELINE) {
        session_choose_occurrence(session, SIZE_MAX);
    }
    if (view == VIEW_MONTH) {
        session_open_month(session, before != VIEW_PLANS);
        show_filtered_month(session);
    }
    if (view == VIEW_JOURNAL) {
        session_open_journal(session, before == VIEW_PLANS);
    }
}

void session_select_file(Session *session, size_t file)
{
    session->is_all = false;
    session->file = file;
    session->line_first = 0;
    session->occurrence = SIZE_MAX;
    session_make_rows(session);
    session_follow_month(session);
}

void session_select_all(Session *session)
{
    session->is_all = true;
    session->line_first = 0;
    session->file = first_late_file(session);
    session->occurrence = SIZE_MAX;
    session_make_rows(session);
}

void session_filter(Session *session)
{
    session->stays = false;
    session_make_rows(session);
}

Day session_line_first(const Session *session)
{
    Span period = session_period(session);
    bool is_long = day_month_index(period.last) - day_month_index(period.first) > DATE_MONTHS_PER_YEAR;
    bool is_now = period.first == 0 || (is_long && span_has(period, session->today));
    Day around = is_now ? session->today : period.first;
    return session->line_first != 0 ? session->line_first : timeline_first_for(session->zoom, around, period);
}

bool session_forget_escape(Session *session)
{
    if (session->digit_until_ms == 0 || clock_ms() <= session->digit_until_ms) {
        return false;
    }
    session->digit_until_ms = 0;
    session_say_nothing(session);
    return true;
}

void session_await_digit(Session *session)
{
    enum { DIGIT_WAIT_MS = 2000 };
    session->digit_until_ms = clock_ms() + DIGIT_WAIT_MS;
    session_say(session, T_SAID_ESC, TEXT_NUM(0));
}

void session_await_pause(Session *session)
{
    session->deaf_until_ms = clock_ms() + session_deaf_ms(session);
}

/* Text, and what corrects and ends it; any other key is a command again. */
static bool is_typed_on(Session *session, Key key)
{
    bool is_text = key_is_text(key) || key.kind == K_ENTER || key.kind == K_BACKSPACE;
    bool is_on = is_text && session->overlay == OVERLAY_NONE && clock_ms() < session->deaf_until_ms;
    session->deaf_until_ms = 0;
    if (is_on) {
        session_await_pause(session);
    }
    return is_on;
}

Key session_take_key(Session *session, Key key)
{
    if (session->deaf_until_ms != 0 && is_typed_on(session, key)) {
        return (Key){ 0 };
    }
    bool is_awaited = session->digit_until_ms != 0 && clock_ms() <= session->digit_until_ms;
    if (session->digit_until_ms != 0) {
        session_say_nothing(session);
    }
    session->digit_until_ms = 0;
    lost_forget_hand(session);
    return is_awaited ? key_of_digit(key) : key;
}

void session_say_args(Session *session, TextId id, const TextArg *args, size_t n_args)
{
    strbuf_clear(&session->message);
    text_add(&session->message, session->lang, id, args, n_args);
    session->message_is_error = false;
}

void session_say_err(Session *session, const Err *err)
{
    strbuf_clear(&session->message);
    err_words(&session->message, session->lang, err);
    session->message_is_error = true;
}

void session_say_nothing(Session *session)
{
    strbuf_clear(&session->message);
    session->message_is_error = false;
}
