#ifndef VEKHA_APP_KEPT_PRIV_H
#define VEKHA_APP_KEPT_PRIV_H

#include "vekha/app/session.h"

/* session_refresh.c: what is in hand, over a moment in which the store may read files anew */

/* The identities of all selected events, and the paths of their files, while the store reads anew. */
typedef struct Kept {
    Arena arena;
    Str *paths;
    EventRef *refs;
    size_t n;
    size_t file;   /* in hand */
    Str label;     /* of its selected event */
    Str chosen;    /* the name of its occurrence that is chosen by itself; empty: none */
    Str asked_row; /* that of the row of a list of occurrences */
} Kept;

/* Pair them: the second one releases what the first one kept. */
Kept session_remember(const Session *session);
/* Takes the selections over into what the store holds now. */
void session_recall(Session *session, Kept *kept);

#endif
