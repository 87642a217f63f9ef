#ifndef TESTS_SUPPORT_READING_H
#define TESTS_SUPPORT_READING_H

#include "vekha/store/schema.h"

/** A text read: doc and reading, released together, with an arena for what a test makes of them. */
typedef struct Read {
    Doc *doc;
    Reading reading;
    Arena arena;
} Read;

Read read_text(Str text);
/** The same, its deadlines understood. */
Read read_resolved(Str text);
void read_done(Read *read);
/** "3:5 bad-value", one a line. */
void add_problems(StrBuf *out, const Reading *reading);
/** The test fails unless the text has these problems. */
void assert_problems(const char *text, const char *wanted);
void assert_text(Str got, const char *wanted);

#endif
