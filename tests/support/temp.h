#ifndef VEKHA_TESTS_SUPPORT_TEMP_H
#define VEKHA_TESTS_SUPPORT_TEMP_H

#include <stdbool.h>

#include "vekha/base/str.h"

/* A folder of a test's own, which everybody may enter. Its path is at most TEMP_PATH_SIZE - 1 bytes. */
enum { TEMP_PATH_SIZE = 256 };

typedef struct Temp {
    char path[TEMP_PATH_SIZE];
} Temp;

/** Makes it, or fails the test. */
Temp temp_new(void);
/** Removes it with all that is in it. */
void temp_done(const Temp *temp);
/** The path of an entry; valid until the eighth call after this one. */
const char *temp_path(const Temp *temp, const char *name);
/** Writes an entry without any care for what was there; fails the test where it cannot. */
void temp_write(const Temp *temp, const char *name, Str content);
/** Copies all files of a folder into it. */
void temp_copy(const Temp *temp, const char *from);
/** Removes an entry, which is there. */
void temp_delete(const Temp *temp, const char *name);
/** Appends the whole content. */
void temp_read(const char *path, StrBuf *out);
/** Is exactly this in the file? */
bool temp_holds(const char *path, Str content);
/** Entries of the folder, hidden ones too. */
int temp_count(const Temp *temp);
/** Appends their names, a line each. */
void temp_names(const Temp *temp, StrBuf *out);

/**
 * Runs check in a process of its own, as a user without rights where this one has all of them. True
 * if check said so; check must not use assertions.
 */
bool temp_as_nobody(bool (*check)(const Temp *temp), const Temp *temp);

#endif
