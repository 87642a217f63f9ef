#ifndef VEKHA_APP_DRAFTING_H
#define VEKHA_APP_DRAFTING_H

#include "vekha/app/session.h"
#include "vekha/store/draft.h"

/*
 * What is typed into a prompt whose answer would change a plan is kept as a draft while it is typed, and offered at the next
 * start. A prompt has drafts when it has a row in the table of session_draft.c and is opened by session_open_prompt().
 */

/** What to do with a draft that is offered; the rows of its list. */
typedef enum DraftChoice { DRAFT_CONTINUE, DRAFT_LATER, DRAFT_DROP, DRAFT_CHOICE_COUNT } DraftChoice;

/** The draft that OVERLAY_DRAFT offers. */
typedef struct DraftOffer {
    Draft draft;
    Prompt prompt;      /* PROMPT_COUNT: one that this version does not know */
    FieldId field;      /* FIELD_COUNT: none */
    size_t file, event; /* where it would go on; SIZE_MAX: the plan, the event is not there any more */
    bool is_changed;    /* the field has another value than when typing began */
    StrBuf now;         /* that value */
    TextId closed_as;   /* a new deadline is asked for, and the event is closed: «исполнено»; T_NONE: no */
    long long age_s;
    size_t n_more; /* that wait behind it */
} DraftOffer;

/** NULL: none is offered now. It lives until the next key or tick. */
const DraftOffer *session_offer(const Session *session);
/** Can it go on where it ended? */
bool draft_can_continue(const DraftOffer *offer);

/**
 * Offers the drafts of what is open, and those whose plans are nowhere any more: the newest first. For deaf_ms after it
 * appears an offer takes no key: what was typed ahead was not meant for it.
 */
void session_offer_drafts(Session *session, int deaf_ms);
/** Has on disk what is typed now: the program may end. True if the message line says that it could not. */
bool session_keep_draft(Session *session);
/** In how many milliseconds session_tick() has to be called, so that what is typed is kept; -1: whenever. */
int session_draft_wait_ms(const Session *session);

/** What a draft's answer is of, where that is the plan or a section: «план», «раздел «Первый»»; of an event's nothing is added.
 */
void session_add_draft_owner(StrBuf *out, const Session *session, const DraftOffer *offer);

#endif
