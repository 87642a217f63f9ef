#ifndef VEKHA_BASE_FILE_H
#define VEKHA_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include <time.h>

#include "vekha/base/err.h"
#include "vekha/base/str.h"

struct stat;

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
/** The same file with the same content, whatever became of its name and rights. */
bool file_mark_same_content(const FileMark *a, const FileMark *b);

/**
 * Appends the whole file to out; the mark (may be NULL) is of what was read. A folder or a device is
 * an ERR_SYSTEM, a file over max_bytes an ERR_PLAN; out then is as before.
 */
bool file_read(const char *path, size_t max_bytes, StrBuf *out, FileMark *mark, Err *err) MUST_USE;

/**
 * The same for a file that file_replace() writes: if that was broken off in the middle of writing in place, the text
 * is the one before it, out of the copy. A mark is of the file as it lies there.
 */
bool file_read_settled(const char *path, size_t max_bytes, StrBuf *out, FileMark *mark, Err *err) MUST_USE;

/**
 * False, with the reason, if the rights as they are would refuse to write the file. One look, so that it can be said before a
 * person types; only the save itself decides.
 */
bool file_may_write(const char *path, Err *err) MUST_USE;

/**
 * The one function that writes plan files that are there: replaces the content so that a reader, or a power cut,
 * finds the old or the new one whole. Temporary file `.NAME.new` in the same folder, fsync, rename, fsync of the
 * folder. A symlink is followed; mode, owner, group and extended attributes (ACL) are kept. The file itself must be
 * one that may be written. Where the rename would lose the group or another name of the file (hard link), or the folder cannot be
 * written, the file is rewritten in place, after copies `.NAME.saved` and `.NAME.new` are on disk, which go when
 * all is done; where there cannot be any, without. The caller holds the file's lock (file_lock) and has called file_settle().
 *
 * On failure the file is as it was, with two exceptions, which the message tells: T_FILE_NOT_SYNCED, the new text is
 * there, but a power cut could still undo it; T_FILE_HALF_WRITTEN, T_FILE_TORN, the disk failed and took neither text.
 *
 * @mark  written on success: the new file's mark
 */
bool file_replace(const char *path, Str content, FileMark *mark, Err *err) MUST_USE;

/**
 * The same where the file may be saved meanwhile by somebody who knows no locks, an editor or git: only the file that
 * *mark is of is replaced. False with is_other, without a word in err: it is another one by now; nothing was written. What is
 * saved between the last look and the rename is seen too, and stays, where the file system can exchange two files; where it
 * cannot, or the file is written in place, that moment remains.
 */
bool file_replace_known(const char *path, Str content, FileMark *mark, bool *is_other, Err *err) MUST_USE;

/**
 * Makes a file that was not there: whole and on disk when it returns true, not at all when it returns false, also where it is
 * killed or the power goes. Under the file's lock. Never over anything: false with is_there, without a word in err.
 *
 * @like  whose mode and group it gets, as far as the system lets us; NULL: those that new files get here
 */
bool file_create(const char *path, Str content, const struct stat *like, bool *is_there, Err *err) MUST_USE;

/**
 * Under the file's lock: puts right what a file_replace() left that was killed. Puts the old text back into a file
 * that is half written, and removes the copies. False: it cannot be done, or a person has changed the file since and has to
 * decide.
 */
bool file_settle(const char *path, Err *err) MUST_USE;

/** Locks that die with the process (fcntl, so that they work over NFS). Zero: not held. */
typedef struct FileLock {
    int fd, own_fd; /* of the lock file, of the file itself; -1: that one was not needed */
    bool is_held;
} FileLock;

/**
 * Locks a file for a change, waiting up to wait_ms: by the lock file of that name in the folder where it truly lies
 * (symlinks followed), made if it is not there, for all who may write in the folder; and by the file itself.
 * Who may not open the lock file has the file's own lock alone. A file that is not there is locked by its folder.
 */
bool file_lock(const char *path, Str name, int wait_ms, FileLock *out, Err *err) MUST_USE;
void file_unlock(FileLock *lock);

/** Writes all, and has it on disk; or has on disk what was written, or is in that folder. False with errno. */
bool file_fill(int fd, Str content) MUST_USE;
bool file_sync(int fd);

bool file_is_folder(const char *path);
/** The same; if not, err says so with that row, whose {0} is path (ERR_USAGE), or why it cannot be known (ERR_SYSTEM). */
bool file_find_folder(const char *path, TextId none, Err *err) MUST_USE;
/** The file that a path leads to: a symlink's target, else the path itself. Release with free(); NULL with errno. */
char *file_resolve(const char *path);
/** Last part of a path, a view into it. */
Str path_base(Str path);
/** All before the last '/', "." if there is none. */
void path_add_folder(StrBuf *out, Str path);

#endif
