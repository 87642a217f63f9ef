#ifndef VEKHA_APP_PRIV_H
#define VEKHA_APP_PRIV_H

#include "vekha/app/session.h"

/* session.c: rows of the plan in hand, from its events and the query; counts of a plan. */
void session_make_rows(Session *session);
void session_summarize(Session *session, size_t file);

/* cmd_view.c */
void cmd_view(Session *session, int view);
void cmd_back(Session *session, int arg);
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
void cmd_set_status(Session *session, int status);

/* cmd_dialog.c */
void cmd_dialog_move(Session *session, int n_rows);
void cmd_dialog_agree(Session *session, int arg);
void cmd_dialog_close(Session *session, int arg);

#endif
