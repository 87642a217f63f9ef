#ifndef VEKHA_APP_LOST_PRIV_H
#define VEKHA_APP_LOST_PRIV_H

#include "vekha/app/session.h"

/* session_lost.c: files that went, so that one that comes back (it was moved, or written anew) is as it was left */

typedef struct Lost {
    Arena arena;
    Str path;
    EventRef selected; /* its index SIZE_MAX: none */
    bool was_in_hand;  /* and no key was pressed since */
    ViewId view;
} Lost;

void lost_add(Session *session, Str path, const EventRef *selected, bool was_in_hand, ViewId view);
/* What is remembered of that file is handed over, to be released with lost_done(); false: nothing is. */
bool lost_take(Session *session, Str path, Lost *out);
void lost_done(Lost *lost);
/* A key was pressed: a person went on with something else. */
void lost_forget_hand(Session *session);
void session_lost_free(Session *session);

#endif
