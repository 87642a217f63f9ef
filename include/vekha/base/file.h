#ifndef VEKHA_BASE_FILE_H
#define VEKHA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "vekha/base/err.h"
#include "vekha/base/str.h"

/** Tells one state of a file from another without reading it. Zero: no file. */
typedef struct FileMark {
    dev_t device;
    ino_t inode;
    off_t n_bytes;
    struct timespec changed, modified;
} FileMark;

/** The mark of the file at path, symlinks followed; zero if there is none that can be seen. */
FileMark file_mark(const char *path);
bool file_mark_eq(const FileMark *a, const FileMark *b);

/**
 * Appends the whole file to out; the mark (may be NULL) is of what was read. A folder or a device is
 * an ERR_SYSTEM, a file over max_bytes an ERR_PLAN; out then is as before.
 */
bool file_read(const char *path, size_t max_bytes, StrBuf *out, FileMark *mark, Err *err) MUST_USE;

/**
 * The one function that writes plan files: replaces the content so that a reader, or a power cut,
 * finds the old or the new one whole. Temporary file in the same folder, fsync, rename, fsync of the
 * folder. A symlink is followed; mode, owner, group and extended attributes (ACL) are kept. Where the
 * rename would lose the group or another name of the file (hard link), or the folder cannot be
 * written, the file is rewritten in place, after a copy `.NAME.saved` is on disk, which goes when
 * all is done. On failure the file is as it was, or the copy stays and the message says where.
 *
 * @mark  written on success: the new file's mark
 */
bool file_replace(const char *path, Str content, FileMark *mark, Err *err) MUST_USE;

/** An advisory lock that dies with the process (fcntl, so that it works over NFS). Zero: not held. */
typedef struct FileLock {
    int fd;
    bool is_held;
} FileLock;

/** Waits up to wait_ms for the lock on path, which is made if it is not there, for all who may write in its folder. */
bool file_lock(const char *path, int wait_ms, FileLock *out, Err *err) MUST_USE;
void file_unlock(FileLock *lock);

bool file_is_folder(const char *path);
/** Last part of a path, a view into it. */
Str path_base(Str path);
/** All before the last '/', "." if there is none. */
void path_add_folder(StrBuf *out, Str path);

#endif
