#include "vekha/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_priv.h"

enum { READ_CHUNK = 64 * 1024, MIB = 1024 * 1024 };

int file_open(const char *path, int flags, mode_t mode)
{
    int fd;
    do {
        fd = open(path, flags | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

char *file_resolve(const char *path)
{
    struct stat info;
    StrBuf copy = { 0 };
    bool is_there = lstat(path, &info) == 0;
    if (!is_there && errno != ENOENT) {
        return NULL;
    }
    if (is_there && S_ISLNK(info.st_mode)) {
        return realpath(path, NULL);
    }
    strbuf_add(&copy, str_of(path));
    return strbuf_take(&copy);
}

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

FileMark file_mark_of(int fd)
{
    struct stat info;
    return fstat(fd, &info) == 0 ? mark_of(&info) : (FileMark){ 0 };
}

static bool same_time(struct timespec a, struct timespec b)
{
    return a.tv_sec == b.tv_sec && a.tv_nsec == b.tv_nsec;
}

bool file_mark_eq(const FileMark *a, const FileMark *b)
{
    return file_mark_same_content(a, b) && same_time(a->changed, b->changed);
}

bool file_mark_same_content(const FileMark *a, const FileMark *b)
{
    return a->device == b->device && a->inode == b->inode && a->n_bytes == b->n_bytes && same_time(a->modified, b->modified);
}

bool file_may_write(const char *path, Err *err)
{
    if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 || (errno != EACCES && errno != EPERM && errno != EROFS)) {
        return true;
    }
    return errno == EROFS ? err_errno(err, T_FILE_CANNOT_WRITE, path)
                          : err_set(err, ERR_SYSTEM, T_FILE_MAY_NOT_WRITE, TEXT_STR(str_of(path)));
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
    int fd = file_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
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

bool file_find_folder(const char *path, TextId none, Err *err)
{
    struct stat info;
    bool is_there = stat(path, &info) == 0;
    if (!is_there && errno != ENOENT && errno != ENOTDIR) {
        return err_errno(err, T_FILE_CANNOT_READ, path);
    }
    return (is_there && S_ISDIR(info.st_mode)) || err_set(err, ERR_USAGE, none, TEXT_STR(str_of(path)));
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
