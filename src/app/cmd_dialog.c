#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/app/command.h"
#include "vekha/app/drafting.h"
#include "vekha/core/change_mark.h"

static int list_rows(const Session *session)
{
    const Event *event = session_event(session, NULL);
    if (session->overlay == OVERLAY_MENU) {
        return (int)command_group_count((CommandGroup)session->menu_group);
    }
    if (session->overlay == OVERLAY_DRAFT) {
        return DRAFT_CHOICE_COUNT;
    }
    if (session->overlay == OVERLAY_ASK) {
        return session->editing->n_choices;
    }
    return session->overlay == OVERLAY_OCCURRENCE && event != NULL ? (int)event->due->n_occurrences + 1 : STATUS_COUNT;
}

void cmd_dialog_move(Session *session, int n_rows)
{
    enum { HELP_MAX = 10000 };
    if (session->overlay == OVERLAY_HELP) {
        session->overlay_top += n_rows > HELP_MAX    ? HELP_MAX
                                : n_rows < -HELP_MAX ? -HELP_MAX
                                                     : n_rows; /* the help itself knows where its end is */
        session->overlay_top = session->overlay_top < 0 ? 0 : session->overlay_top;
        return;
    }
    const DraftOffer *offer = session_offer(session);
    if ((offer != NULL || session->overlay == OVERLAY_ASK) &&
        (n_rows < -1 || n_rows > 1)) { /* leafs through the text; where it ends the view knows */
        session->overlay_top += n_rows < 0 ? -1 : 1;
        session->overlay_top = session->overlay_top < 0 ? 0 : session->overlay_top;
        return;
    }
    if (session->overlay == OVERLAY_CHOOSER) {
        chooser_move(&session->chooser, n_rows);
        return;
    }
    int first = offer != NULL && !draft_can_continue(offer) ? DRAFT_LATER : 0;
    int last = list_rows(session) - 1;
    int row = n_rows > last ? last : n_rows < -last ? first : session->overlay_row + n_rows;
    session->overlay_row = row < first ? first : row > last ? last : row;
}

/* Has the phrase no date where the event had one? Then it would drop out of all that is late or due. */
static bool loses_date(const Session *session, Str when)
{
    const Event *event = session_event(session, NULL);
    DeadlineContext context = plan_context(session_file(session)->plan);
    Arena arena = { 0 };
    Due due;
    due_read(when, (Str){ 0 }, &context, &arena, &due);
    arena_done(&arena);
    bool has_date = due.days.first != 0 || due.days.last != 0;
    return !has_date && (event->due->days.first != 0 || event->due->days.last != 0);
}

static void ask_reason(Session *session)
{
    Str when = str_trim(strbuf_str(&session->line.text));
    if (when.n_bytes == 0) {
        session_say(session, T_SAID_WHEN_NEEDED, TEXT_NUM(0));
        return;
    }
    if (!session->is_doubtful && loses_date(session, when)) {
        session->is_doubtful = true;
        session_say(session, T_SAID_NO_DATE, TEXT_STR(when));
        return;
    }
    strbuf_clear(&session->new_when);
    strbuf_add(&session->new_when, when);
    session_open_prompt(session, PROMPT_REASON, FIELD_WHEN, (Str){ 0 });
}

/* All is answered. */
static void mark_as_asked(Session *session)
{
    MarkRequest request = {
        .status = session->asked,
        .today = session->today,
        .who = session->who,
        .when = session->asked == STATUS_POSTPONED ? strbuf_str(&session->new_when) : (Str){ 0 },
        .reason = str_trim(strbuf_str(&session->line.text)),
    };
    session->overlay = OVERLAY_NONE;
    (void)session_keep_draft(session); /* the file may be another's for a while: who waits may be killed */
    bool is_asked = session->asked == STATUS_POSTPONED || request.reason.n_bytes > 0;
    session_settle_prompt(session, !is_asked || session_mark(session, &request));
}

static void answer(Session *session)
{
    Str typed = str_trim(strbuf_str(&session->line.text));
    switch (session->prompt) {
    case PROMPT_WHEN:
        ask_reason(session);
        break;
    case PROMPT_REASON:
    case PROMPT_CANCELLED:
        mark_as_asked(session);
        break;
    case PROMPT_SEARCH:
        session->overlay = OVERLAY_NONE;
        session_answer_search(session, typed);
        break;
    case PROMPT_WORD:
        session->overlay = OVERLAY_NONE;
        session_set_word(session, typed);
        break;
    case PROMPT_SINCE:
        session_answer_since(session, typed);
        break;
    case PROMPT_DEADLINE:
    case PROMPT_FIELD:
    case PROMPT_ADD:
    case PROMPT_HEADER:
        session_answer_edit(session);
        break;
    case PROMPT_COUNT:
        break;
    }
}

void cmd_dialog_agree(Session *session, int arg)
{
    (void)arg;
    switch (session->overlay) {
    case OVERLAY_NONE:
        break;
    case OVERLAY_HELP:
        session->overlay = OVERLAY_NONE;
        break;
    case OVERLAY_OCCURRENCE:
        cmd_choose_occurrence(session, session->overlay_row);
        break;
    case OVERLAY_STATUS:
        cmd_set_status(session, session->overlay_row);
        break;
    case OVERLAY_CHOOSER:
        session_choose(session, chooser_choice(&session->chooser));
        break;
    case OVERLAY_PROMPT:
        answer(session);
        break;
    case OVERLAY_DRAFT:
        cmd_draft(session, session->overlay_row);
        break;
    case OVERLAY_ASK:
        cmd_ask(session, session->overlay_row);
        break;
    case OVERLAY_MENU:
        cmd_menu_choose(session, session->overlay_row);
        break;
    }
}

/* A digit runs a command of the menu: 1 the first, 0 the tenth. */
static bool choose_in_menu(Session *session, Key key)
{
    enum { DIGITS = 10 };
    int digit = key_is_text(key) && key.code >= '0' && key.code <= '9' ? (int)(key.code - '0') : -1;
    int row = digit == 0 ? DIGITS - 1 : digit - 1;
    bool is_row = digit >= 0 && row < list_rows(session);
    if (is_row) {
        cmd_menu_choose(session, row);
    }
    return is_row;
}

bool session_type(Session *session, Key key)
{
    if (session->overlay == OVERLAY_MENU) {
        return choose_in_menu(session, key);
    }
    if (session->overlay == OVERLAY_PROMPT) {
        session->is_doubtful = false;
        session_note_typing(session);
        if (key_is_text(key) && lineedit_is_full(&session->line)) { /* or who pastes would not see that the end is missing */
            session_say(session, T_SAID_LINE_FULL, TEXT_NUM(0));
        }
        return lineedit_key(&session->line, key);
    }
    if (session->overlay != OVERLAY_CHOOSER) {
        return false;
    }
    Chooser *chooser = &session->chooser;
    if (chooser->narrows) {
        bool is_typed = lineedit_key(&chooser->typed, key);
        if (is_typed) {
            chooser_narrow(chooser);
        }
        return is_typed;
    }
    bool is_digit = session->choosing != CHOOSE_RESTORE && key_is_text(key) && key.code >= '0' && key.code <= '9';
    const Choice *choice = is_digit ? chooser_digit(chooser, (int)(key.code - '0')) : NULL;
    if (choice != NULL) {
        session_choose(session, choice);
    }
    return choice != NULL;
}

/* Lines of a document become one: their ends must not agree to anything, nor what follows them be commands. */
void session_paste(Session *session, Key key)
{
    bool is_list = session->overlay == OVERLAY_CHOOSER && session->chooser.narrows;
    if (session->overlay != OVERLAY_PROMPT && !is_list) {
        session_say(session, T_SAID_PASTED_NOWHERE, TEXT_NUM(0));
        return;
    }
    const LineEdit *line = is_list ? &session->chooser.typed : &session->line;
    Str before = str_sub(strbuf_str(&line->text), 0, line->cursor);
    session_say_nothing(session);
    if (key_is_text(key)) {
        (void)session_type(session, (Key){ .kind = K_CHAR, .code = key.code });
    } else if (before.n_bytes > 0 && !str_ends(before, STR(" "))) {
        (void)session_type(session, KEY_CHAR(' '));
    }
}

void cmd_dialog_close(Session *session, int arg)
{
    (void)arg;
    if (session->overlay == OVERLAY_DRAFT) {
        cmd_draft(session, DRAFT_LATER);
        return;
    }
    if (session->overlay == OVERLAY_ASK) {
        cmd_ask_nothing(session);
        return;
    }
    bool is_prompt = session->overlay == OVERLAY_PROMPT;
    if (is_prompt && prompt_is_edit(session->prompt)) {
        editing_keep_typed(session);
    }
    session_look_outside(session);
    bool is_kept = is_prompt && prompt_is_edit(session->prompt) && session->editing->is_file_gone && session_part_draft(session);
    session->overlay = OVERLAY_NONE;
    if (is_kept) { /* as it was promised: the plan may come back, and this was meant for it */
        session_say(session, T_SAID_DRAFT_LATER, TEXT_NUM(0));
    } else if (is_prompt) {
        session_end_draft(session);
    }
}
