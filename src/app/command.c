#include "vekha/app/command.h"

#include <limits.h>

#include "app/app_priv.h"
#include "vekha/app/drafting.h"
#include "vekha/app/keymap.h"
#include "vekha/base/file.h"

/* A command that changes the selected event. */
#define FIELD_ROW(name, title, run, arg)                                                                          \
    {                                                                                                             \
        STR_INIT(name), title, T_NONE, GROUP_EDIT, NEEDS_ROWS | NEEDS_EVENT | NEEDS_WRITE | OPENS_FIELD, run, arg \
    }

#define EDIT_ROW(name, title, run, arg)                                                             \
    {                                                                                               \
        STR_INIT(name), title, T_NONE, GROUP_EDIT, NEEDS_ROWS | NEEDS_EVENT | NEEDS_WRITE, run, arg \
    }

static const Command commands[] = {
    { STR_INIT("view-plans"), T_CMD_PLANS, T_BAR_PLANS, GROUP_VIEWS, 0, cmd_view, VIEW_PLANS },
    { STR_INIT("view-events"), T_CMD_EVENTS, T_BAR_EVENTS, GROUP_VIEWS, 0, cmd_view, VIEW_EVENTS },
    { STR_INIT("view-timeline"), T_CMD_TIMELINE, T_BAR_TIMELINE, GROUP_VIEWS, 0, cmd_view, VIEW_TIMELINE },
    { STR_INIT("view-card"), T_CMD_CARD, T_NONE, GROUP_VIEWS, NEEDS_EVENT, cmd_view, VIEW_CARD },
    { STR_INIT("view-month"), T_CMD_MONTH, T_BAR_MONTH, GROUP_VIEWS, 0, cmd_view, VIEW_MONTH },
    { STR_INIT("view-journal"), T_CMD_JOURNAL, T_NONE, GROUP_VIEWS, 0, cmd_view, VIEW_JOURNAL },
    { STR_INIT("open"), T_CMD_OPEN, T_NONE, GROUP_VIEWS, 0, cmd_view, VIEW_EVENTS },
    { STR_INIT("back"), T_CMD_BACK, T_NONE, GROUP_VIEWS, 0, cmd_back, 0 },
    { STR_INIT("leave"), T_CMD_LEAVE, T_NONE, GROUP_VIEWS, 0, cmd_leave, 0 },

    { STR_INIT("up"), T_CMD_UP, T_NONE, GROUP_MOVE, 0, cmd_move, MOVE_UP },
    { STR_INIT("down"), T_CMD_DOWN, T_NONE, GROUP_MOVE, 0, cmd_move, MOVE_DOWN },
    { STR_INIT("page-up"), T_CMD_PAGE_UP, T_NONE, GROUP_MOVE, 0, cmd_move, MOVE_PAGE_UP },
    { STR_INIT("page-down"), T_CMD_PAGE_DOWN, T_NONE, GROUP_MOVE, 0, cmd_move, MOVE_PAGE_DOWN },
    { STR_INIT("first"), T_CMD_FIRST, T_NONE, GROUP_MOVE, 0, cmd_move, MOVE_FIRST },
    { STR_INIT("last"), T_CMD_LAST, T_NONE, GROUP_MOVE, 0, cmd_move, MOVE_LAST },
    { STR_INIT("section-up"), T_CMD_SECTION_UP, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_move, MOVE_SECTION_UP },
    { STR_INIT("section-down"), T_CMD_SECTION_DOWN, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_move, MOVE_SECTION_DOWN },
    { STR_INIT("scroll-left"), T_CMD_SCROLL_LEFT, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_scroll, -1 },
    { STR_INIT("scroll-right"), T_CMD_SCROLL_RIGHT, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_scroll, 1 },
    { STR_INIT("previous-event"), T_CMD_PREVIOUS_EVENT, T_NONE, GROUP_MOVE, NEEDS_ROWS | NEEDS_EVENT, cmd_step, 0 },
    { STR_INIT("next-event"), T_CMD_NEXT_EVENT, T_NONE, GROUP_MOVE, NEEDS_ROWS | NEEDS_EVENT, cmd_step, 1 },
    { STR_INIT("go-today"), T_CMD_GO_TODAY, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_go_today, 0 },

    { STR_INIT("zoom-in"), T_CMD_ZOOM_IN, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_zoom, 1 },
    { STR_INIT("zoom-out"), T_CMD_ZOOM_OUT, T_NONE, GROUP_MOVE, NEEDS_ROWS, cmd_zoom, -1 },
    { STR_INIT("occurrence-previous"), T_CMD_OCCURRENCE_PREVIOUS, T_NONE, GROUP_MOVE, NEEDS_ROWS | NEEDS_EVENT,
      cmd_step_occurrence, -1 },
    { STR_INIT("occurrence-next"), T_CMD_OCCURRENCE_NEXT, T_NONE, GROUP_MOVE, NEEDS_ROWS | NEEDS_EVENT, cmd_step_occurrence, 1 },

    { STR_INIT("mark"), T_CMD_MARK, T_NONE, GROUP_MARK, NEEDS_ROWS | NEEDS_EVENT | NEEDS_WRITE, cmd_mark, 0 },
    { STR_INIT("status"), T_CMD_STATUS, T_BAR_STATUS, GROUP_MARK, NEEDS_ROWS | NEEDS_EVENT | NEEDS_WRITE, cmd_open_status, 0 },

    { STR_INIT("undo"), T_CMD_UNDO, T_NONE, GROUP_MARK, 0, cmd_undo, 0 },
    { STR_INIT("redo"), T_CMD_REDO, T_NONE, GROUP_MARK, 0, cmd_redo, 0 },

    FIELD_ROW("edit-title", T_CMD_EDIT_TITLE, cmd_edit_field, FIELD_TITLE),
    FIELD_ROW("edit-deadline", T_CMD_EDIT_WHEN, cmd_edit_field, FIELD_WHEN),
    FIELD_ROW("edit-responsible", T_CMD_EDIT_RESPONSIBLE, cmd_edit_field, FIELD_RESPONSIBLE),
    FIELD_ROW("edit-result", T_CMD_EDIT_RESULT, cmd_edit_field, FIELD_RESULT),
    FIELD_ROW("edit-number", T_CMD_EDIT_NO, cmd_edit_field, FIELD_NO),
    FIELD_ROW("edit-evidence", T_CMD_EDIT_EVIDENCE, cmd_edit_field, FIELD_EVIDENCE),
    FIELD_ROW("edit-note", T_CMD_EDIT_NOTE, cmd_edit_field, FIELD_NOTE),
    FIELD_ROW("edit-column", T_CMD_EDIT_OWN, cmd_edit_own, 0),
    FIELD_ROW("edit-section", T_CMD_EDIT_SECTION, cmd_edit_section, 0),
    { STR_INIT("edit-plan"), T_CMD_EDIT_PLAN, T_NONE, GROUP_EDIT, NEEDS_PLANS | NEEDS_WRITE | OPENS_FIELD, cmd_edit_plan, 0 },
    { STR_INIT("edit"), T_CMD_EDIT, T_BAR_EDIT, GROUP_EDIT, NEEDS_ROWS | NEEDS_EVENT | NEEDS_WRITE | OPENS_FIELD, cmd_edit_event,
      0 },
    { STR_INIT("add"), T_CMD_ADD, T_NONE, GROUP_EDIT, NEEDS_ROWS | NEEDS_PLANS | NEEDS_WRITE | OPENS_FIELD, cmd_add_event, 0 },
    { STR_INIT("add-to-section"), T_CMD_ADD_TO_SECTION, T_NONE, GROUP_EDIT, NEEDS_ROWS | NEEDS_PLANS | NEEDS_WRITE | OPENS_FIELD,
      cmd_add_to_section, 0 },
    EDIT_ROW("copy", T_CMD_COPY, cmd_copy, 0),
    { STR_INIT("delete"), T_CMD_DELETE, T_BAR_DELETE, GROUP_EDIT, NEEDS_ROWS | NEEDS_EVENT | NEEDS_WRITE, cmd_delete_event, 0 },
    EDIT_ROW("move-down", T_CMD_MOVE_DOWN, cmd_move_event, 1),
    EDIT_ROW("move-up", T_CMD_MOVE_UP, cmd_move_event, 0),
    EDIT_ROW("move-to-section", T_CMD_TO_SECTION, cmd_to_section, 0),
    EDIT_ROW("settle", T_CMD_SETTLE, cmd_settle, 0),
    { STR_INIT("renumber"), T_CMD_RENUMBER, T_NONE, GROUP_EDIT, NEEDS_PLANS | NEEDS_WRITE, cmd_renumber_plan, 0 },

    { STR_INIT("only-late"), T_CMD_ONLY_LATE, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_state, STATE_LATE },
    { STR_INIT("only-soon"), T_CMD_ONLY_SOON, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_state, STATE_SOON },
    { STR_INIT("this-month"), T_CMD_THIS_MONTH, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_this_month, 0 },
    { STR_INIT("any-month"), T_CMD_ANY_MONTH, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_month, 0 },
    { STR_INIT("whose"), T_CMD_WHOSE, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_who, 0 },
    { STR_INIT("waiting"), T_CMD_WAITING, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_waiting, 0 },
    { STR_INIT("by-status"), T_CMD_BY_STATUS, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_status, 0 },
    { STR_INIT("by-section"), T_CMD_BY_SECTION, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_section, 0 },
    { STR_INIT("by-word"), T_CMD_BY_WORD, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filter_word, 0 },
    { STR_INIT("filter"), T_CMD_FILTER, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_filters, 0 },
    { STR_INIT("no-filter"), T_CMD_NO_FILTER, T_NONE, GROUP_FILTER, NEEDS_PLANS, cmd_no_filter, 0 },

    { STR_INIT("search"), T_CMD_SEARCH, T_BAR_SEARCH, GROUP_SHOW, NEEDS_PLANS, cmd_search, 0 },
    { STR_INIT("search-next"), T_CMD_SEARCH_NEXT, T_NONE, GROUP_SHOW, NEEDS_PLANS, cmd_search_next, 1 },
    { STR_INIT("search-previous"), T_CMD_SEARCH_PREVIOUS, T_NONE, GROUP_SHOW, NEEDS_PLANS, cmd_search_next, 0 },
    { STR_INIT("journal-open"), T_CMD_JOURNAL_OPEN, T_NONE, GROUP_SHOW, 0, cmd_journal_open, 0 },
    { STR_INIT("journal-event"), T_CMD_JOURNAL_EVENT, T_NONE, GROUP_SHOW, 0, cmd_journal_event, 0 },
    { STR_INIT("journal-since"), T_CMD_JOURNAL_SINCE, T_NONE, GROUP_SHOW, 0, cmd_journal_since, 0 },
    { STR_INIT("journal-restore"), T_CMD_JOURNAL_RESTORE, T_NONE, GROUP_SHOW, 0, cmd_journal_restore, 0 },
    { STR_INIT("journal-all"), T_CMD_JOURNAL_ALL, T_NONE, GROUP_SHOW, 0, cmd_journal_all, 0 },
    { STR_INIT("pane"), T_CMD_PANE, T_NONE, GROUP_SHOW, 0, cmd_pane, 0 },
    { STR_INIT("wrap"), T_CMD_WRAP, T_NONE, GROUP_SHOW, 0, cmd_wrap, 0 },

    { STR_INIT("menu"), T_CMD_MENU, T_BAR_MENU, GROUP_PROGRAM, 0, cmd_menu, 0 },
    { STR_INIT("palette"), T_CMD_PALETTE, T_NONE, GROUP_PROGRAM, 0, cmd_palette, 0 },
    { STR_INIT("help"), T_CMD_HELP, T_BAR_HELP, GROUP_PROGRAM, 0, cmd_help, 0 },
    { STR_INIT("redraw"), T_CMD_REDRAW, T_NONE, GROUP_PROGRAM, 0, cmd_redraw, 0 },
    { STR_INIT("quit"), T_CMD_QUIT, T_BAR_QUIT, GROUP_PROGRAM, 0, cmd_quit, 0 },

    { STR_INIT("dialog-up"), T_CMD_UP, T_NONE, GROUP_DIALOG, 0, cmd_dialog_move, -1 },
    { STR_INIT("dialog-down"), T_CMD_DOWN, T_NONE, GROUP_DIALOG, 0, cmd_dialog_move, 1 },
    { STR_INIT("dialog-page-up"), T_CMD_PAGE_UP, T_NONE, GROUP_DIALOG, 0, cmd_dialog_move, -10 },
    { STR_INIT("dialog-page-down"), T_CMD_PAGE_DOWN, T_NONE, GROUP_DIALOG, 0, cmd_dialog_move, 10 },
    { STR_INIT("dialog-first"), T_CMD_FIRST, T_NONE, GROUP_DIALOG, 0, cmd_dialog_move, -INT_MAX },
    { STR_INIT("dialog-last"), T_CMD_LAST, T_NONE, GROUP_DIALOG, 0, cmd_dialog_move, INT_MAX },
    { STR_INIT("dialog-agree"), T_CMD_AGREE, T_BAR_AGREE, GROUP_DIALOG, 0, cmd_dialog_agree, 0 },
    { STR_INIT("dialog-close"), T_CMD_CLOSE, T_BAR_CLOSE, GROUP_DIALOG, 0, cmd_dialog_close, 0 },
    { STR_INIT("draft-continue"), T_CMD_DRAFT_CONTINUE, T_NONE, GROUP_DIALOG, 0, cmd_draft, DRAFT_CONTINUE },
    { STR_INIT("draft-later"), T_CMD_DRAFT_LATER, T_NONE, GROUP_DIALOG, 0, cmd_draft, DRAFT_LATER },
    { STR_INIT("draft-drop"), T_CMD_DRAFT_DROP, T_NONE, GROUP_DIALOG, 0, cmd_draft, DRAFT_DROP },
    { STR_INIT("answer-1"), T_CMD_ASK_1, T_NONE, GROUP_DIALOG, 0, cmd_ask, 0 },
    { STR_INIT("answer-2"), T_CMD_ASK_2, T_NONE, GROUP_DIALOG, 0, cmd_ask, 1 },
    { STR_INIT("answer-3"), T_CMD_ASK_3, T_NONE, GROUP_DIALOG, 0, cmd_ask, 2 },
    { STR_INIT("typed-before"), T_CMD_OLDER, T_NONE, GROUP_DIALOG, 0, cmd_typed, -1 },
    { STR_INIT("typed-after"), T_CMD_NEWER, T_NONE, GROUP_DIALOG, 0, cmd_typed, 1 },
    { STR_INIT("menu-left"), T_CMD_MENU_LEFT, T_NONE, GROUP_DIALOG, 0, cmd_menu_step, -1 },
    { STR_INIT("menu-right"), T_CMD_MENU_RIGHT, T_NONE, GROUP_DIALOG, 0, cmd_menu_step, 1 },
    { STR_INIT("status-planned"), T_STATUS_PLANNED, T_NONE, GROUP_DIALOG, NEEDS_EVENT | NEEDS_WRITE, cmd_set_status,
      STATUS_PLANNED },
    { STR_INIT("status-in-progress"), T_STATUS_IN_PROGRESS, T_NONE, GROUP_DIALOG, NEEDS_EVENT | NEEDS_WRITE, cmd_set_status,
      STATUS_IN_PROGRESS },
    { STR_INIT("status-done"), T_STATUS_DONE, T_NONE, GROUP_DIALOG, NEEDS_EVENT | NEEDS_WRITE, cmd_set_status, STATUS_DONE },
    { STR_INIT("status-confirmed"), T_STATUS_CONFIRMED, T_NONE, GROUP_DIALOG, NEEDS_EVENT | NEEDS_WRITE, cmd_set_status,
      STATUS_CONFIRMED },
    { STR_INIT("status-postponed"), T_STATUS_POSTPONED, T_NONE, GROUP_DIALOG, NEEDS_EVENT | NEEDS_WRITE, cmd_set_status,
      STATUS_POSTPONED },
    { STR_INIT("status-cancelled"), T_STATUS_CANCELLED, T_NONE, GROUP_DIALOG, NEEDS_EVENT | NEEDS_WRITE, cmd_set_status,
      STATUS_CANCELLED },
};

static const TextId group_titles[] = {
    [GROUP_VIEWS] = T_GROUP_VIEWS,   [GROUP_MOVE] = T_GROUP_MOVE, [GROUP_MARK] = T_GROUP_MARK,
    [GROUP_FILTER] = T_GROUP_FILTER, [GROUP_SHOW] = T_GROUP_SHOW, [GROUP_PROGRAM] = T_GROUP_PROGRAM,
    [GROUP_DIALOG] = T_GROUP_DIALOG, [GROUP_EDIT] = T_GROUP_EDIT,
};
_Static_assert(COUNTOF(group_titles) == GROUP_COUNT, "every group has a title");

size_t command_count(void)
{
    return COUNTOF(commands);
}

const Command *command_at(size_t index)
{
    return &commands[index];
}

const Command *command_find(Str name)
{
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        if (str_eq(commands[i].name, name)) {
            return &commands[i];
        }
    }
    return NULL;
}

TextId command_group_title(CommandGroup group)
{
    return group_titles[group];
}

size_t command_group_count(CommandGroup group)
{
    size_t n = 0;
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        n += commands[i].group == group;
    }
    return n;
}

const Command *command_in_group(CommandGroup group, size_t index)
{
    size_t i = 0;
    while (commands[i].group != group) {
        i++;
    }
    return &commands[i + index]; /* a group stands together */
}

int command_digit(const Command *command)
{
    enum { DIGITS = 10 };
    size_t limit = command->group == GROUP_EDIT ? COMMAND_LISTED_EDITS : command->group == GROUP_FILTER ? DIGITS : 0;
    for (size_t i = 0; i < limit && i < command_group_count(command->group); i++) {
        if (command_in_group(command->group, i) == command) {
            return (int)((i + 1) % DIGITS);
        }
    }
    return -1;
}

/* The first of its needs that is not met; T_NONE: none. */
static TextId missing(const Session *session, const Command *command)
{
    const PlanFile *file = session_file(session);
    if ((command->needs & NEEDS_ROWS) != 0 && session->view == VIEW_PLANS) {
        return store_count(session->store) == 0 ? T_SAID_NO_PLANS : T_SAID_OPEN_PLAN_FIRST;
    }
    if (!keymap_is_here(session, command->name)) {
        return T_SAID_OTHER_VIEW;
    }
    if ((command->needs & NEEDS_WRITE) != 0 && session->view == VIEW_JOURNAL) {
        return T_SAID_OPEN_EVENT_FIRST; /* the event of the cursor need not be the selected one, nor be there */
    }
    if ((command->needs & NEEDS_PLANS) != 0 && file == NULL) {
        return T_SAID_NO_PLANS;
    }
    if ((command->needs & NEEDS_EVENT) != 0 && session_event(session, NULL) == NULL) {
        return file == NULL ? T_SAID_NO_PLANS : T_SAID_NO_EVENT;
    }
    if ((command->needs & NEEDS_WRITE) != 0 && (file->is_broken || file->is_read_only)) {
        return T_WRITE_READ_ONLY;
    }
    return T_NONE;
}

bool command_is_possible(const Session *session, const Command *command)
{
    return missing(session, command) == T_NONE;
}

void command_run(Session *session, const Command *command)
{
    TextId what = missing(session, command);
    StrBuf views = { 0 };
    Err err = { 0 };
    if (what == T_NONE && (command->needs & NEEDS_WRITE) != 0 && !file_may_write(session_file(session)->path.at, &err)) {
        session_say_err(session, &err); /* before a person types what would then be refused */
    } else if (what == T_NONE) {
        command->run(session, command->arg);
    } else if (what == T_WRITE_READ_ONLY && session_file(session)->is_broken) {
        session_say_err(session, &session_file(session)->why);
    } else {
        keymap_add_views(&views, session->lang, command->name);
        session_say(session, what, TEXT_STR(strbuf_str(&views)));
    }
    if ((command->needs & OPENS_FIELD) != 0 && session->overlay == OVERLAY_NONE) {
        session_await_pause(session);
    }
    strbuf_done(&views);
}
