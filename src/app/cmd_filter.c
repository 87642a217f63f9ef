#include <stdint.h>
#include <stdlib.h>

#include "app/app_priv.h"
#include "app/tally_priv.h"
#include "vekha/app/command.h"
#include "vekha/app/keymap.h"
#include "vekha/base/utf8.h"

/* Rows under the filter as it is now; from the list of plans, or of changes, it opens what the cursor stands on. */
static void apply(Session *session)
{
    session_filter(session);
    if (session->view == VIEW_PLANS || session->view == VIEW_JOURNAL) {
        cmd_view(session, VIEW_EVENTS);
    }
    if (session->view != VIEW_PLANS && session->rows.n == 0) {
        session_say(session, session_no_rows(session), TEXT_NUM(0));
    }
}

void cmd_filter_state(Session *session, int state)
{
    unsigned bit = 1u << state;
    bool is_on = (session->filter.query.states & bit) != 0;
    session->filter.query.states =
        is_on && session->view != VIEW_PLANS ? session->filter.query.states & ~bit : session->filter.query.states | bit;
    apply(session);
}

void cmd_filter_this_month(Session *session, int arg)
{
    (void)arg;
    Span now = month_span(day_month_index(session->today));
    Span *days = &session->filter.query.days;
    bool is_on = days->first == now.first && days->last == now.last && session->view != VIEW_PLANS;
    *days = is_on ? (Span){ 0 } : now;
    apply(session);
}

void cmd_filter_waiting(Session *session, int arg)
{
    (void)arg;
    session->filter.query.is_waiting = !session->filter.query.is_waiting || session->view == VIEW_PLANS;
    apply(session);
}

void cmd_no_filter(Session *session, int arg)
{
    (void)arg;
    filter_clear(&session->filter);
    session_filter(session);
}

static void open_list(Session *session, Choosing what, TextId title, bool narrows)
{
    chooser_open(&session->chooser, title, narrows);
    session->choosing = what;
    session->overlay = OVERLAY_CHOOSER;
}

static void add_count(Session *session, Str label, size_t count, size_t value, bool is_on)
{
    StrBuf hint = { 0 };
    strbuf_addf(&hint, "%zu", count);
    chooser_add(&session->chooser, label, strbuf_str(&hint), value, is_on);
    strbuf_done(&hint);
}

/* Calls take with each event in hand, whatever the filter. */
static void each_event(Session *session, void (*take)(void *state, const Plan *plan, const Event *event), void *state)
{
    for (size_t i = 0; i < store_count(session->store); i++) {
        const Plan *plan = store_file(session->store, i)->plan;
        for (size_t e = 0; (session->is_all || i == session->file) && e < plan->events.n; e++) {
            take(state, plan, &plan->events.at[e]);
        }
    }
}

static void count_parties(void *state, const Plan *plan, const Event *event)
{
    (void)plan;
    for (size_t i = 0; i < event->responsible.n; i++) {
        tally_add(state, event->responsible.at[i]);
    }
}

/* The cursor begins at the party that has the surname of whoever sits here. */
static void find_oneself(Session *session)
{
    Str name = session->who;
    StrBuf surname = { 0 };
    utf8_add_folded(&surname, str_cut(&name, ' '));
    for (size_t i = 0; surname.n_bytes > 0 && i < session->chooser.all.n; i++) {
        if (utf8_contains_folded(session->chooser.all.at[i].label, strbuf_str(&surname))) {
            session->chooser.row = i;
            break;
        }
    }
    strbuf_done(&surname);
}

void cmd_filter_who(Session *session, int arg)
{
    (void)arg;
    Tally tally = { 0 };
    open_list(session, CHOOSE_PARTY, T_CHOOSE_PARTY, true);
    session->chooser.takes_typed = true;
    each_event(session, count_parties, &tally);
    tally_finish(&tally, query_add_party);
    for (size_t i = 0; i < tally.rows.n; i++) {
        const TallyRow *one = &tally.rows.at[i];
        if (one->key.n_bytes > 0) { /* else it is blanks and full stops alone */
            add_count(session, one->text, one->n, i, str_eq(one->key, session->filter.query.party));
        }
    }
    find_oneself(session);
    tally_done(&tally);
}

/* Those above come first: the list is in the document's order. */
static void count_section(Tally *tally, const Plan *plan, int section)
{
    if (section >= 0) {
        count_section(tally, plan, plan->sections.at[section].parent);
        if (plan->sections.at[section].title.n_bytes > 0) {
            tally_add(tally, plan->sections.at[section].title);
        }
    }
}

static void count_sections(void *state, const Plan *plan, const Event *event)
{
    count_section(state, plan, event->section);
}

void cmd_filter_section(Session *session, int arg)
{
    (void)arg;
    Tally tally = { 0 };
    open_list(session, CHOOSE_SECTION, T_CHOOSE_SECTION, true);
    each_event(session, count_sections, &tally);
    for (size_t i = 0; i < tally.rows.n; i++) {
        const TallyRow *one = &tally.rows.at[i];
        add_count(session, one->text, one->n, i, str_eq(one->text, strbuf_str(&session->filter.said[FILTER_SECTION])));
    }
    tally_done(&tally);
}

void cmd_filter_month(Session *session, int arg)
{
    enum { MONTHS_MAX = 120 };
    (void)arg;
    Span period = session_period(session);
    period = period.first == 0 ? (Span){ session->today, session->today } : period;
    int first = day_month_index(period.first);
    int last = day_month_index(period.last);
    last = last > first + MONTHS_MAX ? first + MONTHS_MAX : last;
    open_list(session, CHOOSE_MONTH, T_CHOOSE_MONTH, true);
    for (int month = first; month <= last; month++) {
        StrBuf label = { 0 };
        deadline_add_month(&label, session->lang, month);
        bool is_on = month_span(month).first == session->filter.query.days.first;
        chooser_add(&session->chooser, strbuf_str(&label), (Str){ 0 }, (size_t)month, is_on);
        session->chooser.row = month == day_month_index(session->today) ? (size_t)(month - first) : session->chooser.row;
        strbuf_done(&label);
    }
}

void cmd_filter_status(Session *session, int arg)
{
    (void)arg;
    open_list(session, CHOOSE_STATUS, T_CHOOSE_STATUS, false);
    for (int status = 0; status < STATUS_COUNT; status++) {
        bool is_on = (session->filter.query.statuses >> status & 1) != 0;
        chooser_add(&session->chooser, text_get(session->lang, status_info((Status)status)->word), (Str){ 0 }, (size_t)status,
                    is_on);
    }
}

void cmd_filter_word(Session *session, int arg)
{
    (void)arg;
    session->overlay = OVERLAY_PROMPT;
    session->prompt = PROMPT_WORD;
    lineedit_set(&session->line, strbuf_str(&session->filter.said[FILTER_WORD]));
}

/* Is what the command would do in force? */
static bool is_in_force(const Session *session, const Command *command)
{
    const Filter *filter = &session->filter;
    const Query *query = &filter->query;
    return (command->run == cmd_filter_state && (query->states >> command->arg & 1) != 0) ||
           (command->run == cmd_filter_this_month && query->days.first == month_span(day_month_index(session->today)).first) ||
           (command->run == cmd_filter_month && query->days.first != 0) ||
           (command->run == cmd_filter_waiting && query->is_waiting) ||
           (command->run == cmd_filter_status && query->statuses != 0) ||
           (command->run == cmd_filter_who && (query->party.n_bytes > 0 || query->who.n_bytes > 0)) ||
           (command->run == cmd_filter_section && query->section.n_bytes > 0) ||
           (command->run == cmd_filter_word && query->grep.n_bytes > 0);
}

static void add_command(Session *session, size_t index)
{
    const Command *command = command_at(index);
    StrBuf keys = { 0 };
    keymap_add_keys(&keys, session->lang, command->name);
    chooser_add(&session->chooser, text_get(session->lang, command->title), strbuf_str(&keys), index,
                is_in_force(session, command));
    strbuf_done(&keys);
}

void cmd_filters(Session *session, int arg)
{
    (void)arg;
    open_list(session, CHOOSE_COMMAND, T_CHOOSE_FILTER, false);
    for (size_t i = 0; i < command_count(); i++) {
        if (command_at(i)->group == GROUP_FILTER && command_at(i)->run != cmd_filters) {
            add_command(session, i);
        }
    }
}

void cmd_palette(Session *session, int arg)
{
    (void)arg;
    open_list(session, CHOOSE_COMMAND, T_CHOOSE_COMMAND, true);
    for (size_t i = 0; i < command_count(); i++) {
        if (command_at(i)->group != GROUP_DIALOG) {
            add_command(session, i);
        }
    }
}

/* Whoever has it in a name. */
static void choose_typed(Session *session)
{
    Str typed = str_trim(chooser_typed(&session->chooser));
    if (session->choosing == CHOOSE_PARTY && typed.n_bytes > 0) {
        filter_set_text(&session->filter, FILTER_WHO, typed);
        apply(session);
    }
}

void session_choose(Session *session, const Choice *choice)
{
    session->overlay = OVERLAY_NONE;
    if (choice == NULL) {
        choose_typed(session);
        return;
    }
    switch (session->choosing) {
    case CHOOSE_COMMAND:
        command_run(session, command_at(choice->value));
        return;
    case CHOOSE_SINCE:
        session_choose_since(session, choice->value);
        return;
    case CHOOSE_FIELD:
    case CHOOSE_OWN:
    case CHOOSE_PLAN_TEXT:
    case CHOOSE_SECTION_TEXT:
        session_choose_edit(session, choice);
        return;
    case CHOOSE_ADD_SECTION:
    case CHOOSE_TO_SECTION:
        session_choose_place(session, choice);
        return;
    case CHOOSE_RESTORE:
        session_choose_restore(session);
        return;
    case CHOOSE_PARTY:
        filter_set_text(&session->filter, FILTER_PARTY, choice->label);
        break;
    case CHOOSE_SECTION:
        filter_set_text(&session->filter, FILTER_SECTION, choice->label);
        break;
    case CHOOSE_MONTH:
        session->filter.query.days = month_span((int)choice->value);
        break;
    case CHOOSE_STATUS:
        session->filter.query.statuses ^= 1u << choice->value;
        break;
    }
    apply(session);
}

void session_set_word(Session *session, Str word)
{
    filter_set_text(&session->filter, FILTER_WORD, word);
    apply(session);
}
