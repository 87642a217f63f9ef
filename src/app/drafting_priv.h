#ifndef VEKHA_APP_DRAFTING_PRIV_H
#define VEKHA_APP_DRAFTING_PRIV_H

#include "vekha/app/drafting.h"
#include "vekha/store/draft_file.h"

/* The draft of the prompt that is open (session_draft.c), and those that are offered (session_offer.c). */
struct Drafting {
    StrBuf folder; /* empty: none are kept */
    int deaf_ms;
    bool has_failed; /* it was said that none can be kept */

    bool is_open;     /* a question with a draft is being answered */
    bool has_answers; /* there is something to keep, though nothing is typed into this question */
    bool is_unsaved;
    long long unsaved_ms; /* since when, by clock_ms() */
    Arena arena;          /* of the texts of draft */
    Draft draft;          /* all but what the session itself has */
    Str status;           /* of the event when the question was opened */
    Str path;             /* of its plan here; the draft's own is where that led to then */
    StrBuf begun_with;    /* what the line held at first */
    DraftFile file;

    Arena found_arena;
    FoundDraftVec found; /* the last is the one offered */
    DraftOffer offer;
    long long deaf_until_ms;
};

/* The value of the field; of an occurrence, if `at` names one: that of its mark. FIELD_COUNT has none. */
void draft_add_value(StrBuf *out, const Event *event, FieldId field, Str at);
/* The prompt that drafts call so; PROMPT_COUNT: none. */
Prompt draft_find_prompt(Str name);

#endif
