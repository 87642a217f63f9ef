#ifndef VEKHA_BASE_PRIV_H
#define VEKHA_BASE_PRIV_H

#include <stdbool.h>
#include <sys/stat.h>

#include "vekha/base/err.h"
#include "vekha/base/file.h"
#include "vekha/base/str.h"

/** open(), closed at exec, until it is no longer interrupted. */
int file_open(const char *path, int flags, mode_t mode);

/**
 * The path of a helper of that file, in its folder: `.NAME` and the suffix. Always the same for one file: whoever has
 * the file's lock may take what lies there for his own. A name that would get too long for the system gives way to the file's
 * number.
 */
void file_add_beside(StrBuf *out, const char *path, const char *suffix);

/** The suffixes: the text before a change in place, and the one after it. */
#define FILE_SAVED ".saved"
#define FILE_NEW ".new"

/** A file that is to be written. */
typedef struct FileTarget {
    char *path;    /* symlinks resolved: the link stays a link */
    int fd;        /* for writing; -1: there is no such file yet */
    int folder_fd; /* -1: the folder may not be read */
    struct stat info;
    const FileMark *known; /* the file that is to be replaced, and no other; NULL: any */
    bool is_other;         /* it was another one: nothing was written */
} FileTarget;

/** A new file of our own at path; what lay there goes. -1 with errno. */
int file_make(const char *path);
/** Gives a new file mode, owner, group and attributes of the old one. False with errno: something would be lost. */
bool file_dress(int fd, const FileTarget *target);
/** Is what lies there not the file that the target is known to be? Then the target says so. */
bool file_is_other(FileTarget *target);
/** Is it the open file that has that name? Network file systems may lose a reply, and call failed what was done. Keeps errno. */
bool file_is_at(int fd, const char *path);
/** The mark of an open file; zero if there is none to be had. */
FileMark file_mark_of(int fd);
/** False with errno; true also where the system cannot do so. */
bool file_sync_folder(const FileTarget *target);
/** Removes it; that there is none is fine. False with errno. */
bool file_drop(const char *path);

/** Overwrites the target, with copies beside it meanwhile where the folder can be written. */
bool file_replace_in_place(FileTarget *target, Str content, Err *err) MUST_USE;

#endif
