#ifndef VEKHA_APP_EDIT_PRIV_H
#define VEKHA_APP_EDIT_PRIV_H

#include "vekha/app/editing.h"

/* session_edit.c: what is edited in a prompt, from its opening to its answer */

enum { ADD_AFTER_SELECTED = -2 };

Editing *editing_new(void);
void editing_free(Editing *editing);
bool prompt_is_edit(Prompt prompt);
/* The file that is edited; SIZE_MAX: it is not there now. */
size_t editing_file(const Session *session);
/* Of the selected event, of the plan in hand: what session->editing says from now on. False: there is no such text; or it is said
 * why. */
bool editing_prepare_field(Session *session, Str key);
bool editing_prepare_header(Session *session, int section, Str key);
/* Into that section, -1 the plan itself, or ADD_AFTER_SELECTED. */
void editing_prepare_add(Session *session, int section);
/* What was typed, as the file has it. */
Str editing_value(const Editing *editing, Str typed, Arena *arena);
/* Its name in a draft. */
Str editing_draft_field(const Editing *editing, Arena *arena);
/* For a draft: the selected event is the one that it is of. False: it cannot go on. */
bool session_resume_edit(Session *session, Prompt prompt, Str field);
/* What is in the line is not written: it can be had again in the next prompt. */
void editing_keep_typed(Session *session);

/* session_answer.c */

/* The answer to a prompt of an edit. */
void session_answer_edit(Session *session);
/* What the value is called with its event, in messages. */
void editing_add_label(StrBuf *out, const Session *session);
/* Back into the prompt, with what is said. */
void ask_again(Session *session);

/* session_ask.c: what is asked where others were faster, and before something goes */

/* Others changed what the change starts from. The plan is read anew already. Back into the prompt if nothing is to be decided. */
void session_ask_conflict(Session *session, size_t file, const Change *change);
/* The same for a mark: what was asked for is made anew if that is chosen. */
void session_ask_mark(Session *session, const MarkRequest *request, const Change *change);
/*
 * A question with its answers, whose words are the caller's to add; the cursor is on that row. One that comes by itself takes no
 * key at first: what was typed ahead was not meant for it.
 */
Editing *ask_open(Session *session, AskKind asking, const TextId *choices, int n_choices, int row);

/* session_gone.c */

/* The event that was edited is gone. */
void session_ask_gone(Session *session);
void ask_add_again(Session *session);

/* session_delete.c */
void session_ask_delete(Session *session);
void ask_delete_it(Session *session);
void ask_keep_it(Session *session);

/* session_watch.c */

/* «Иванова Т. В., 10.05.2022 12:30»: who gave the field that value, by the plan's journal; «кто-то». */
void session_add_author(StrBuf *out, const Session *session, size_t file, const EventRef *event, Str field, Str became);

#endif
