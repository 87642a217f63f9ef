#include <stdint.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/app/command.h"
#include "vekha/base/utf8.h"
#include "vekha/core/header.h"

static void open_prompt(Session *session, Prompt prompt)
{
    Editing *editing = session->editing;
    Str shown = editing->shown;
    FieldId field = editing->kind == EDIT_FIELD ? editing->field : FIELD_COUNT;
    session_open_prompt(session, prompt, field, shown);
    session_name_draft(session, editing_draft_field(editing, &editing->arena));
}

static void edit_key(Session *session, Str key)
{
    if (editing_prepare_field(session, key)) {
        open_prompt(session, str_eq(key, field_info(FIELD_WHEN)->name) ? PROMPT_DEADLINE : PROMPT_FIELD);
    }
}

void cmd_edit_field(Session *session, int field)
{
    edit_key(session, field_info((FieldId)field)->name);
}

static void open_list(Session *session, Choosing what, TextId title)
{
    chooser_open(&session->chooser, title, false);
    session->choosing = what;
    session->overlay = OVERLAY_CHOOSER;
}

/* A value stands beside its name as far as there is room. */
static void add_choice(Session *session, Str label, Str value, size_t index)
{
    enum { HINT_COLS = 34 };
    StrBuf visible = { 0 };
    StrBuf hint = { 0 };
    utf8_add_visible(&visible, value);
    Str shown = utf8_fit(strbuf_str(&visible), HINT_COLS);
    strbuf_add(&hint, shown);
    strbuf_add(&hint, shown.n_bytes < visible.n_bytes ? STR("…") : (Str){ 0 });
    chooser_add(&session->chooser, label, strbuf_str(&hint), index, false);
    strbuf_done(&visible);
    strbuf_done(&hint);
}

static void add_command(Session *session, const Event *event, size_t index)
{
    const Command *command = command_in_group(GROUP_EDIT, index);
    Arena arena = { 0 };
    Str value = { 0 };
    if (command->run == cmd_edit_field) {
        value = change_value(event, &(FieldEdit){ .field = (FieldId)command->arg }, &arena);
    }
    add_choice(session, text_get(session->lang, command->title), value, index);
    arena_done(&arena);
}

void cmd_edit_event(Session *session, int arg)
{
    (void)arg;
    open_list(session, CHOOSE_FIELD, T_CHOOSE_FIELD);
    for (size_t i = 0; i < COMMAND_LISTED_EDITS; i++) {
        add_command(session, session_event(session, NULL), i);
    }
}

static bool is_own(Str key)
{
    FieldId field;
    return !field_find(key, &field) && !str_eq(key, STR("mark")); /* which is a column of boxes to tick */
}

void cmd_edit_own(Session *session, int arg)
{
    const Plan *plan = session_file(session)->plan;
    const Event *event = session_event(session, NULL);
    (void)arg;
    Arena arena = { 0 };
    open_list(session, CHOOSE_OWN, T_CHOOSE_OWN);
    for (size_t i = 0; i < plan->headings.n; i++) {
        const Heading *heading = &plan->headings.at[i];
        if (is_own(heading->key)) {
            add_choice(session, heading->text, change_value(event, &(FieldEdit){ .key = heading->key }, &arena), i);
        }
    }
    if (session->chooser.all.n == 0) {
        session->overlay = OVERLAY_NONE;
        session_say(session, T_SAID_NO_OWN, TEXT_NUM(0));
    }
    arena_done(&arena);
}

static void open_header(Session *session, Choosing what, TextId title, int section)
{
    const Plan *plan = session_file(session)->plan;
    size_t n;
    const HeaderField *fields = header_fields(&n);
    open_list(session, what, title);
    for (size_t i = 0; i < n; i++) {
        if (header_find(fields[i].name, section) != NULL) {
            StrBuf value = { 0 };
            header_add_value(&value, plan, section, &fields[i]);
            add_choice(session, text_get(session->lang, fields[i].heading), strbuf_str(&value), i);
            strbuf_done(&value);
        }
    }
}

void cmd_edit_plan(Session *session, int arg)
{
    (void)arg;
    if (session->view == VIEW_PLANS && session->is_all) {
        session_say(session, T_SAID_CHOOSE_PLAN, TEXT_NUM(0));
        return;
    }
    open_header(session, CHOOSE_PLAN_TEXT, T_CHOOSE_PLAN_TEXT, -1);
}

void cmd_edit_section(Session *session, int arg)
{
    const Event *event = session_event(session, NULL);
    (void)arg;
    if (event->section < 0) {
        session_say(session, T_SAID_NOT_IN_SECTION, TEXT_NUM(0));
        return;
    }
    open_header(session, CHOOSE_SECTION_TEXT, T_CHOOSE_SECTION_TEXT, event->section);
}

static void edit_header(Session *session, int section, size_t field)
{
    size_t n;
    const HeaderField *fields = header_fields(&n);
    if (field < n && editing_prepare_header(session, section, fields[field].name)) {
        open_prompt(session, PROMPT_HEADER);
    }
}

void session_choose_edit(Session *session, const Choice *choice)
{
    const Event *event = session_event(session, NULL);
    const PlanFile *file = session_file(session);
    if (file == NULL || (event == NULL && session->choosing != CHOOSE_PLAN_TEXT)) {
        return;
    }
    if (session->choosing == CHOOSE_FIELD) {
        command_run(session, command_in_group(GROUP_EDIT, choice->value));
    } else if (session->choosing == CHOOSE_OWN && choice->value < file->plan->headings.n) {
        edit_key(session, file->plan->headings.at[choice->value].key);
    } else if (session->choosing != CHOOSE_OWN) {
        edit_header(session, session->choosing == CHOOSE_PLAN_TEXT ? -1 : event->section, choice->value);
    }
}

/* An event that comes */

static void ask_title(Session *session, int section)
{
    editing_prepare_add(session, section);
    open_prompt(session, PROMPT_ADD);
}

void cmd_add_event(Session *session, int arg)
{
    const Plan *plan = session_file(session)->plan;
    (void)arg;
    if (session_event(session, NULL) == NULL && plan->sections.n > 0) {
        cmd_add_to_section(session, 0);
        return;
    }
    ask_title(session, ADD_AFTER_SELECTED);
}

void session_add_into(Session *session, int section)
{
    ask_title(session, section);
}

void cmd_delete_event(Session *session, int arg)
{
    (void)arg;
    session_ask_delete(session);
}
