#ifndef VEKHA_APP_PRIV_H
#define VEKHA_APP_PRIV_H

#include "vekha/app/session.h"
#include "vekha/core/field.h"

/* session_rows.c */

/* Rows of what is in hand, from its events and the query; the selection goes to one of them. */
void session_make_rows(Session *session);

/* session_month.c: nothing happens there while another view is shown */

/* Месяц opens: at the selected event if the view before was one of events. */
void session_open_month(Session *session, bool is_from_events);
/* The entries anew, when rows are; the cursor stays with the selected event if that is the one that was, else in its place. */
void session_make_month(Session *session, bool is_kept);
/* To the month in which the selected event is. */
void session_follow_month(Session *session);
/** The row of a plain list of n (at least one) that the move leads to from at; sections are the caller's, and stay. */
size_t session_step_row(const Session *session, Move move, size_t at, size_t n);
void session_move_month(Session *session, Move move);

/* session_journal.c: nothing happens there while another view is shown */

/* Журнал opens, with all that there is. */
void session_open_journal(Session *session, bool is_from_plans);
/* Another view is shown now. */
void session_leave_journal(Session *session);
void session_make_journal(Session *session);
void session_move_journal(Session *session, Move move);
/* True if a journal has changed: its rows are new then. */
bool session_tick_journal(Session *session);
void session_journal_free(Session *session);
/* To one event, by its plan's path and what the journal calls it; empty: to all. */
void session_journal_limit_to(Session *session, Str path, Str event, Str title);
void session_journal_limit_since(Session *session, Day since);

/* session.c */

/* All that follows from store and day: counts, rows, a selection for each plan. */
void session_derive(Session *session);
Day session_clock_day(void);
/* True if an Esc was waiting for its digit, and has waited long enough. */
bool session_forget_escape(Session *session);
/* An Esc with nothing to close: says so, and makes a digit that follows soon a function key. */
void session_await_digit(Session *session);

/* session_draft.c: drafting.h */

struct Drafting *drafting_new(Str folder);
void drafting_free(struct Drafting *drafting);
/*
 * Asks for a text, with that one in the line. If the prompt has drafts, what is typed is kept from here on: for the selected
 * event, and as a value of that field of it (of its occurrence session->at; FIELD_COUNT: of none that is there). Where a question
 * follows another that is not ended, it goes on with its draft: event and field stay those of the first.
 */
void session_open_prompt(Session *session, Prompt prompt, FieldId field, Str text);
/* Something was typed into a prompt. */
void session_note_typing(Session *session);
/* The prompt was answered, and that is on disk; or it was declined. The next draft is offered, if one waits. */
void session_end_draft(Session *session);
/* The prompt is gone without an answer; the draft lies there for the next run. True if there is one. */
bool session_part_draft(Session *session);
/*
 * After the last answer, with the overlay closed: it is on disk, the draft ends; or it could not be written, then back into the
 * prompt with what is said of that, and if its event is not the selected one any more, the draft is left for the next run.
 */
void session_settle_prompt(Session *session, bool is_written);
/* As session_keep_draft(), if it is time. */
bool session_keep_due_draft(Session *session);
/* Under what name the draft says what it is a value of, where that is no field of an event. */
void session_name_draft(Session *session, Str field);
/* So long a question that comes by itself takes no key. */
int session_deaf_ms(const Session *session);
/* A field was asked for and did not open: who typed on without looking must not run commands by it. */
void session_await_pause(Session *session);
/* The value of that field when the prompt was opened; false: no prompt with a draft is open, or it is of no field. */
bool session_draft_before(const Session *session, FieldId field, Str *out);

/* session_offer.c */

/* The plans are others: where the draft that is offered would go on. */
void session_find_offered(Session *session);
/* The next one, if one waits and nothing else is open. */
void session_open_offer(Session *session);
/* Does a DraftChoice. */
void cmd_draft(Session *session, int choice);

/* session_change.c */

/*
 * Makes the change in that file. Then the event is selected, and shown whatever the filter; label is what undo calls it. False:
 * err says why; on a conflict the plan was read anew.
 */
bool session_apply(Session *session, size_t file, const Change *change, Str label, Err *err);
/*
 * Makes the changes, all or none, as one step back of that name; selections are kept by identity. False, with the reason:
 * nothing was written.
 */
bool session_make_changes(Session *session, size_t file, ChangeSet set, Str label, Err *err) MUST_USE;
/* The occurrence as people say it. */
void session_add_occurrence(StrBuf *out, const Session *session, const Occurrence *occurrence);

/* session_edit.c: editing.h */

/* The plans are others: what of them is being edited. */
void session_look_outside(Session *session);
/* What was typed before, and not written: the one before or after that in the line. */
void cmd_typed(Session *session, int step);

/* session_answer.c */

enum { SESSION_BRIEF_COLS = 40 };

/* So many columns of a text, for a message. */
void session_add_cut(StrBuf *out, Str text, int n_cols);
Str session_new_id(const Plan *plan, Arena *arena);

/* session_ask.c */
/* Gives that answer. */
void cmd_ask(Session *session, int choice);
/* The one that changes nothing. */
void cmd_ask_nothing(Session *session);

/* cmd_edit.c */
void cmd_edit_field(Session *session, int field);
void cmd_edit_event(Session *session, int arg);
void cmd_edit_own(Session *session, int arg);
void cmd_edit_section(Session *session, int arg);
void cmd_edit_plan(Session *session, int arg);
void cmd_add_event(Session *session, int arg);
void cmd_delete_event(Session *session, int arg);
/** Of one of its lists. */
void session_choose_edit(Session *session, const Choice *choice);
/** Asks for the title of an event that comes to the end of that section; -1: of the plan's own. */
void session_add_into(Session *session, int section);

/* cmd_place.c */
void cmd_copy(Session *session, int arg);
void cmd_move_event(Session *session, int is_down);
void cmd_to_section(Session *session, int arg);
void cmd_add_to_section(Session *session, int arg);
/** Of one of its lists. */
void session_choose_place(Session *session, const Choice *choice);

/* cmd_settle.c */
void cmd_settle(Session *session, int arg);

/* cmd_renumber.c */
void cmd_renumber_plan(Session *session, int arg);

/* cmd_view.c */
void cmd_view(Session *session, int view);
void cmd_back(Session *session, int arg);
void cmd_leave(Session *session, int arg);
void cmd_move(Session *session, int move);
void cmd_step(Session *session, int is_down);
void cmd_pane(Session *session, int arg);
void cmd_wrap(Session *session, int arg);
void cmd_help(Session *session, int arg);
void cmd_redraw(Session *session, int arg);
void cmd_quit(Session *session, int arg);

/* cmd_timeline.c */
void cmd_scroll(Session *session, int n_steps);
void cmd_go_today(Session *session, int arg);
void cmd_zoom(Session *session, int step);
void cmd_step_occurrence(Session *session, int step);

/* cmd_filter.c */
void cmd_filter_state(Session *session, int state);
void cmd_filter_this_month(Session *session, int arg);
void cmd_filter_month(Session *session, int arg);
void cmd_filter_waiting(Session *session, int arg);
void cmd_filter_status(Session *session, int arg);
void cmd_filter_who(Session *session, int arg);
void cmd_filter_section(Session *session, int arg);
void cmd_filter_word(Session *session, int arg);
void cmd_filters(Session *session, int arg);
void cmd_palette(Session *session, int arg);
void cmd_no_filter(Session *session, int arg);
/** The answer to cmd_filter_word(). */
void session_set_word(Session *session, Str word);

/* cmd_search.c */
void cmd_search(Session *session, int arg);
void cmd_search_next(Session *session, int is_down);
/** The answer to cmd_search(). */
void session_answer_search(Session *session, Str words);

/* cmd_mark.c */
void cmd_mark(Session *session, int arg);
void cmd_open_status(Session *session, int arg);
void cmd_undo(Session *session, int arg);
void cmd_redo(Session *session, int arg);
/** Row 0 is the whole event, then its occurrences. */
void cmd_choose_occurrence(Session *session, int row);
void cmd_set_status(Session *session, int status);

/* cmd_journal.c */
void cmd_journal_open(Session *session, int arg);
void cmd_journal_event(Session *session, int arg);
void cmd_journal_since(Session *session, int arg);
void cmd_journal_all(Session *session, int arg);
/** The answers to cmd_journal_since(): a day of its list (SIZE_MAX: it is to be typed), what was typed. */
void session_choose_since(Session *session, size_t day);
void session_answer_since(Session *session, Str typed);

/* cmd_restore.c */
void cmd_journal_restore(Session *session, int arg);
/** Enter agreed to what it showed. */
void session_choose_restore(Session *session);
void session_restore_free(Session *session);

/* cmd_menu.c */
void cmd_menu(Session *session, int arg);
void cmd_menu_step(Session *session, int n_groups);
/** Runs the command on that row of the group. */
void cmd_menu_choose(Session *session, int row);

/* cmd_dialog.c */
void cmd_dialog_move(Session *session, int n_rows);
void cmd_dialog_agree(Session *session, int arg);
void cmd_dialog_close(Session *session, int arg);

#endif
