#ifndef TESTS_SUPPORT_FOLDER_H
#define TESTS_SUPPORT_FOLDER_H

#include "vekha/base/str.h"

/** A temporary folder for the files of a test, made anew; removed with all that is in it. Zero: none. */
typedef struct Folder {
    char path[64];
} Folder;

/** The functions end the test program when the system refuses. */
void folder_make(Folder *folder);
void folder_remove(Folder *folder);
/** Copies all files of another folder into it. */
void folder_copy(const Folder *folder, const char *from);
/** Writes a file whole, as another program would. */
void folder_write(const Folder *folder, const char *name, const char *text);
void folder_delete(const Folder *folder, const char *name);
/** Appends what the file holds. */
void folder_read(const Folder *folder, const char *name, StrBuf *out);

#endif
