#ifndef VEKHA_APP_WATCH_PRIV_H
#define VEKHA_APP_WATCH_PRIV_H

#include "vekha/app/session.h"

/* session_watch.c: what others did to the files, and who it was */

struct Watch *watch_new(void);
void watch_free(struct Watch *watch);
/* All is as it was read. */
void watch_start(Session *session);
/* At each tick, before the store looks at the files. */
void watch_begin(Session *session);
/* The store has read them anew: says what is other than before. */
void watch_say_news(Session *session);
/* The file was written by this run. */
void watch_own_change(Session *session, size_t file);
void watch_own_path(Session *session, Str path);
/* Who it was that changed the file of which that was not known yet; true if it is said now. */
bool watch_say_who_now(Session *session);

#endif
