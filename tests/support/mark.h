#ifndef VEKHA_TESTS_SUPPORT_MARK_H
#define VEKHA_TESTS_SUPPORT_MARK_H

#include "temp.h"
#include "trace.h"

/* Marks made by the real program on small plans of the test's own. */

enum { MARK_MAX_WORDS = 12 };

/** A plan of so many events, numbered from 1; event 2 is done, so that it can be made undone. */
void mark_add_plan(StrBuf *out, int n_events);

/** Runs vekha in the folder with these words (NULL ends them), as that user (0: this one), without faults. */
void mark_run(const char *folder, uid_t user, const char *const *words, TraceResult *out);

/** The same under a fault, counted from the first open of a file whose name ends like that. */
void mark_run_faulty(const char *folder, uid_t user, const char *const *words, const char *from, const Fault *fault,
                     TraceResult *out);

/** The same; before that call (and each later one of its kind) somebody else does something. */
void mark_run_meanwhile(const char *folder, const char *const *words, const char *from, const Fault *fault,
                        void (*meanwhile)(void *context), void *context, TraceResult *out);

/** Makes `set PLAN NO done`; true if that worked. */
bool mark_done(const char *folder, uid_t user, const char *plan, int no);

/** How often the needle is in the text. */
size_t mark_count(Str text, Str needle);

/** Is there an entry of that name in the folder? */
bool mark_has(const char *folder, const char *name);

#endif
