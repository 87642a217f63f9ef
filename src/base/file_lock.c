#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_priv.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"

/*
 * Two locks for one change. The lock file keeps out whoever saves in the same folder. The lock on the file itself keeps
 * out those who reach it by another way: by a second hard link in another folder, or without the right to write in
 * this one, so that they cannot open the lock file. It lies behind the end of the text, since some systems refuse to
 * read what another has locked, and it belongs to the open file, so that reading the file does not let it go.
 */

enum { LOCK_RETRY_MS = 20, BEHIND_THE_TEXT = 1 << 30 };

/* How one of the two is asked for. */
typedef struct LockKind {
    int set, get;
    off_t begin, n_bytes;
} LockKind;

static const LockKind whole = { F_SETLK, F_GETLK, 0, 0 };
static const LockKind behind = { F_OFD_SETLK, F_OFD_GETLK, BEHIND_THE_TEXT, 1 };

static struct flock request_of(const LockKind *kind)
{
    return (struct flock){ .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = kind->begin, .l_len = kind->n_bytes };
}

static bool say_busy(int fd, const LockKind *kind, const char *path, Err *err)
{
    struct flock other = request_of(kind);
    bool is_known = fcntl(fd, kind->get, &other) == 0 && other.l_type != F_UNLCK && other.l_pid > 0;
    return is_known ? err_set(err, ERR_SYSTEM, T_FILE_BUSY_BY, TEXT_STR(str_of(path)), TEXT_NUM((size_t)other.l_pid))
                    : err_set(err, ERR_SYSTEM, T_FILE_BUSY, TEXT_STR(str_of(path)));
}

static bool say_refused(const char *path, Err *err)
{
    bool has_none = errno == ENOLCK || errno == ENOSYS || errno == ENOTSUP || errno == EINVAL;
    return err_errno(err, has_none ? T_FILE_NO_LOCKS : T_FILE_CANNOT_LOCK, path);
}

/* path is for the message: what the person wants to write. */
static bool wait_for(int fd, const LockKind *kind, long long end, const char *path, Err *err)
{
    struct flock request = request_of(kind);
    while (fcntl(fd, kind->set, &request) != 0) {
        if (errno == EINTR) {
            continue;
        }
        if (errno != EACCES && errno != EAGAIN) {
            return say_refused(path, err);
        }
        if (clock_ms() >= end) {
            return say_busy(fd, kind, path, err);
        }
        clock_pause(LOCK_RETRY_MS);
    }
    return true;
}

/* Who may write in the folder may lock it, whatever the umask of the one who was first, and if he was killed half way. */
static void share(int fd, const char *path)
{
    struct stat file;
    struct stat folder;
    StrBuf name = { 0 };
    path_add_folder(&name, str_of(path));
    if (fstat(fd, &file) == 0 && file.st_uid == geteuid() && stat(name.at, &folder) == 0 &&
        (folder.st_mode & 0666 & ~file.st_mode) != 0) {
        (void)fchmod(fd, (file.st_mode | folder.st_mode) & 0666);
    }
    strbuf_done(&name);
}

/* Made only where there is none: in a folder for all (sticky) the system lets nobody "make" another's file. */
static int open_lock(const char *path)
{
    const int flags = O_RDWR | O_NOFOLLOW | O_NONBLOCK;
    int fd = file_open(path, flags, 0);
    if (fd < 0 && errno == ENOENT) {
        fd = file_open(path, flags | O_CREAT | O_EXCL, 0600);
        fd = fd < 0 && errno == EEXIST ? file_open(path, flags, 0) : fd;
    }
    if (fd >= 0) {
        share(fd, path);
    }
    return fd;
}

static bool is_of_rights(int error)
{
    return error == EACCES || error == EPERM || error == EROFS;
}

/* False with err set: not to be had. -1 in *fd: the rights are missing, the file's own lock has to do. */
static bool lock_folder(const char *file, Str name, long long end, int *fd, Err *err)
{
    StrBuf path = { 0 };
    path_add_folder(&path, str_of(file));
    strbuf_addf(&path, "/%.*s", STR_ARG(name));
    *fd = open_lock(path.at);
    bool ok = *fd >= 0 || is_of_rights(errno);
    if (*fd < 0) {
        (void)err_errno(err, T_FILE_CANNOT_LOCK, path.at);
    } else {
        ok = wait_for(*fd, &whole, end, file, err);
    }
    strbuf_done(&path);
    return ok;
}

typedef enum Found { LOCKED, REPLACED, NOT_LOCKED } Found;

/* The lock of the file that is at path now, unless it was replaced while we waited. */
static Found lock_now(int fd, const char *path, long long end, Err *err)
{
    struct stat held;
    struct stat now;
    if (!wait_for(fd, &behind, end, path, err)) {
        return NOT_LOCKED;
    }
    if (fstat(fd, &held) != 0 || stat(path, &now) != 0) {
        (void)err_errno(err, T_FILE_CANNOT_LOCK, path);
        return NOT_LOCKED;
    }
    return held.st_dev == now.st_dev && held.st_ino == now.st_ino ? LOCKED : REPLACED;
}

static bool lock_file(const char *path, long long end, FileLock *lock, Err *err)
{
    Found found = REPLACED;
    while (found == REPLACED) {
        int fd = file_open(path, O_RDWR | O_NOCTTY | O_NONBLOCK, 0);
        if (fd < 0 && errno == ENOENT) {
            return lock->fd >= 0; /* it is to be made; err says why there is no other lock */
        }
        if (fd < 0) {
            return err_errno(err, T_FILE_CANNOT_WRITE, path);
        }
        found = lock_now(fd, path, end, err);
        if (found == LOCKED) {
            lock->own_fd = fd;
        } else {
            (void)close(fd);
        }
    }
    return found == LOCKED;
}

static void close_if_open(int fd)
{
    if (fd >= 0) {
        (void)close(fd); /* closing drops the lock */
    }
}

bool file_lock(const char *path, Str name, int wait_ms, FileLock *out, Err *err)
{
    long long end = clock_ms() + wait_ms;
    FileLock lock = { .fd = -1, .own_fd = -1, .is_held = true };
    char *file = file_resolve(path);
    bool ok = (file != NULL || err_errno(err, T_FILE_CANNOT_LOCK, path)) && lock_folder(file, name, end, &lock.fd, err) &&
              lock_file(file, end, &lock, err);
    if (!ok) {
        file_unlock(&lock);
    } else if (err != NULL) {
        *err = (Err){ 0 }; /* a lock that was not needed is nobody's concern */
    }
    *out = lock;
    free(file);
    return ok;
}

void file_unlock(FileLock *lock)
{
    if (lock->is_held) {
        close_if_open(lock->own_fd);
        close_if_open(lock->fd);
    }
    *lock = (FileLock){ 0 };
}
