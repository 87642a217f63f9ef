#ifndef VEKHA_APP_EDITING_H
#define VEKHA_APP_EDITING_H

#include "vekha/app/session.h"

/** What the answer to a prompt changes. */
typedef enum EditKind {
    EDIT_NOTHING,
    EDIT_FIELD,  /* a value of an event */
    EDIT_HEADER, /* a text of the plan, or of a section */
    EDIT_ADD     /* an event comes */
} EditKind;

/** What OVERLAY_ASK asks. */
typedef enum AskKind {
    ASK_NOTHING,
    ASK_DELETE,
    ASK_DELETE_CHANGED, /* others changed it meanwhile */
    ASK_CONFLICT,       /* others changed the value that was typed */
    ASK_MARK,           /* the same of a mark */
    ASK_GONE            /* others deleted the event that was edited */
} AskKind;

enum { ASK_MAX_CHOICES = 3 };

/**
 * What is being edited in a prompt, as it was when the prompt was opened: others may change it, or take it away, while a person
 * types. And what is asked when they did.
 */
typedef struct Editing {
    EditKind kind;
    Arena arena;    /* of what follows */
    Str path;       /* of the plan */
    Str key;        /* in the file */
    Str heading;    /* what it is called */
    Str before;     /* its value, as the file has it */
    Str shown;      /* the same as the line has it */
    FieldId field;  /* FIELD_COUNT: none of an event's */
    char separator; /* between parties; 0: it is no list */
    EventRef event;
    EventPlace place;   /* where the event stood; ADD: where it comes */
    const Event *last;  /* FIELD: as it was when it was there last */
    const Event *base;  /* FIELD: the whole event */
    SectionRef section; /* HEADER */

    bool is_file_gone, is_broken, is_gone; /* the plan's file, the event: meanwhile */
    bool is_changed;
    StrBuf now; /* the value, if it is another one now */

    AskKind asking;
    Arena ask_arena; /* of the two below */
    Change change;
    MarkRequest request;
    StrBuf title, text;
    TextId choices[ASK_MAX_CHOICES];
    int n_choices;
    long long deaf_until_ms;

    VEC(char *) typed; /* what was typed and not written, the latest last; owned */
    size_t typed_at;   /* which of them is in the line; n: none */
} Editing;

/** What the prompt says of what others did meanwhile; nothing if they did not. */
void session_add_notice(StrBuf *out, const Session *session);
/** The plan that the prompt is about; NULL: it is not there now. */
const Plan *session_prompt_plan(const Session *session);
/** What a draft of an edit is of: «Примечание:». */
void session_add_draft_label(StrBuf *out, const Session *session, Prompt prompt, Str field);

#endif
