#ifndef VEKHA_APP_PRIV_H
#define VEKHA_APP_PRIV_H

#include "vekha/app/session.h"

/* session.c */

/* Rows of the plan in hand, from its events and the query. */
void session_make_rows(Session *session);
/* All that follows from store and day: counts, rows, a selection for each plan. */
void session_derive(Session *session);
Day session_clock_day(void);
/* True if an Esc was waiting for its digit, and has waited long enough. */
bool session_forget_escape(Session *session);
/* An Esc with nothing to close: says so, and makes a digit that follows soon a function key. */
void session_await_digit(Session *session);

/* cmd_view.c */
void cmd_view(Session *session, int view);
void cmd_back(Session *session, int arg);
void cmd_leave(Session *session, int arg);
void cmd_move(Session *session, int move);
void cmd_scroll(Session *session, int n_months);
void cmd_go_today(Session *session, int arg);
void cmd_only_late(Session *session, int arg);
void cmd_no_filter(Session *session, int arg);
void cmd_pane(Session *session, int arg);
void cmd_wrap(Session *session, int arg);
void cmd_help(Session *session, int arg);
void cmd_redraw(Session *session, int arg);
void cmd_quit(Session *session, int arg);

/* cmd_mark.c */
void cmd_mark(Session *session, int arg);
void cmd_open_status(Session *session, int arg);
void cmd_undo(Session *session, int arg);
void cmd_redo(Session *session, int arg);
/** Row 0 is the whole event, then its occurrences. */
void cmd_choose_occurrence(Session *session, int row);
void cmd_set_status(Session *session, int status);

/* cmd_dialog.c */
void cmd_dialog_move(Session *session, int n_rows);
void cmd_dialog_agree(Session *session, int arg);
void cmd_dialog_close(Session *session, int arg);

#endif
