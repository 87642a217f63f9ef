#include "vekha/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vekha/base/clock.h"

enum { READ_CHUNK = 64 * 1024, LOCK_RETRY_MS = 20, MIB = 1024 * 1024 };

static FileMark mark_of(const struct stat *info)
{
    return (FileMark){
        .device = info->st_dev,
        .inode = info->st_ino,
        .n_bytes = info->st_size,
        .changed = info->st_ctim,
        .modified = info->st_mtim,
    };
}

FileMark file_mark(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 ? mark_of(&info) : (FileMark){ 0 };
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool file_mark_eq(const FileMark *a, const FileMark *b)
{
    return a->device == b->device && a->inode == b->inode && a->n_bytes == b->n_bytes && same_time(a->changed, b->changed) &&
           same_time(a->modified, b->modified);
}

static bool read_all(int fd, const char *path, size_t max_bytes, StrBuf *out, Err *err)
{
    size_t begin = out->n_bytes;
    for (;;) {
        strbuf_reserve(out, READ_CHUNK);
        ssize_t n = read(fd, out->at + out->n_bytes, out->n_alloc - out->n_bytes - 1);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n < 0) {
            return err_errno(err, T_FILE_CANNOT_READ, path);
        }
        out->n_bytes += (size_t)n;
        out->at[out->n_bytes] = '\0';
        if (out->n_bytes - begin > max_bytes) {
            return err_set(err, ERR_PLAN, T_FILE_TOO_LARGE, TEXT_STR(str_of(path)), TEXT_NUM(max_bytes / MIB));
        }
        if (n == 0) {
            return true;
        }
    }
}

/* Not a FIFO that would block, not a device that never ends. */
static bool check_kind(const struct stat *info, const char *path, size_t max_bytes, Err *err)
{
    if (S_ISDIR(info->st_mode)) {
        return err_set(err, ERR_SYSTEM, T_FILE_IS_FOLDER, TEXT_STR(str_of(path)));
    }
    if (!S_ISREG(info->st_mode)) {
        return err_set(err, ERR_SYSTEM, T_FILE_NOT_REGULAR, TEXT_STR(str_of(path)));
    }
    if ((unsigned long long)info->st_size > max_bytes) {
        return err_set(err, ERR_PLAN, T_FILE_TOO_LARGE, TEXT_STR(str_of(path)), TEXT_NUM(max_bytes / MIB));
    }
    return true;
}

bool file_read(const char *path, size_t max_bytes, StrBuf *out, FileMark *mark, Err *err)
{
    bool ok = false;
    size_t begin = out->n_bytes;
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 || fstat(fd, &info) != 0) {
        (void)err_errno(err, T_FILE_CANNOT_READ, path);
        goto out;
    }
    if (!check_kind(&info, path, max_bytes, err)) {
        goto out;
    }
    strbuf_reserve(out, (size_t)info.st_size + 1);
    ok = read_all(fd, path, max_bytes, out, err);
    if (ok && mark != NULL) {
        *mark = mark_of(&info);
    }
out:
    if (fd >= 0) {
        (void)close(fd);
    }
    if (!ok && out->n_bytes > begin) {
        strbuf_cut(out, begin);
    }
    return ok;
}

bool file_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

Str path_base(Str path)
{
    size_t begin = path.n_bytes;
    while (begin > 0 && path.at[begin - 1] != '/') {
        begin--;
    }
    return str_from(path, begin);
}

void path_add_folder(StrBuf *out, Str path)
{
    size_t n = path.n_bytes - path_base(path).n_bytes;
    strbuf_add(out, n == 0 ? STR(".") : n == 1 ? STR("/") : str_sub(path, 0, n - 1));
}

static bool try_lock(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    return fcntl(fd, F_SETLK, &whole) == 0;
}

/* Who may write in the folder may lock it, whatever the umask of the one who was first. */
static void share(int fd, const char *path)
{
    struct stat info;
    StrBuf folder = { 0 };
    path_add_folder(&folder, str_of(path));
    if (stat(folder.at, &info) == 0) {
        (void)fchmod(fd, info.st_mode & 0666);
    }
    strbuf_done(&folder);
}

static int open_lock(const char *path)
{
    const int flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW;
    int fd = open(path, flags | O_EXCL, 0666);
    if (fd >= 0) {
        share(fd, path);
    }
    return fd < 0 && errno == EEXIST ? open(path, flags, 0666) : fd;
}

bool file_lock(const char *path, int wait_ms, FileLock *out, Err *err)
{
    long long end = clock_ms() + wait_ms;
    int fd = open_lock(path);
    if (fd < 0) {
        return err_errno(err, T_FILE_CANNOT_LOCK, path);
    }
    while (!try_lock(fd)) {
        bool is_busy = errno == EACCES || errno == EAGAIN || errno == EINTR;
        if (!is_busy || clock_ms() >= end) {
            (void)err_errno(err, T_FILE_CANNOT_LOCK, path);
            (void)close(fd);
            return false;
        }
        const struct timespec pause = { .tv_nsec = LOCK_RETRY_MS * 1000000L };
        (void)nanosleep(&pause, NULL);
    }
    *out = (FileLock){ fd, true };
    return true;
}

void file_unlock(FileLock *lock)
{
    if (lock->is_held) {
        (void)close(lock->fd); /* closing drops the lock */
    }
    *lock = (FileLock){ 0 };
}
