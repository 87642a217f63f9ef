#include "vekha/base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_priv.h"

enum { ALL_MAY = 0777, ALL_MAY_RW = 0666, STICKY = 01000 };

static void add_folder(StrBuf *out, const LogPlace *place)
{
    path_add_folder(out, str_of(place->beside));
    strbuf_addf(out, "/%s", place->folder);
}

static void add_path(StrBuf *out, const LogPlace *place)
{
    add_folder(out, place);
    strbuf_addf(out, "/%s", place->name);
}

static int open_at(int folder, const char *name, int flags, mode_t mode)
{
    int fd;
    do {
        fd = openat(folder, name, flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

/* Gives what is ours to those who have the like of it: neither umask nor being killed half way shuts colleagues out. */
static void share(int fd, const struct stat *like, mode_t bits)
{
    struct stat info;
    if (fstat(fd, &info) != 0 || info.st_uid != geteuid()) {
        return;
    }
    if (info.st_gid != like->st_gid && fchown(fd, (uid_t)-1, like->st_gid) != 0) {
        bits &= 07; /* a group that we are not in: what it may do ours must not; what all may do, all may */
    }
    if ((like->st_mode & bits & ~info.st_mode) != 0) {
        (void)fchmod(fd, (info.st_mode | (like->st_mode & bits)) & 07777);
    }
}

/* -1 with errno; where it is made, it is on disk. */
static int open_folder(const LogPlace *place, bool makes)
{
    struct stat above;
    StrBuf path = { 0 };
    path_add_folder(&path, str_of(place->beside));
    int outer = file_open(strbuf_z(&path), O_RDONLY | O_DIRECTORY, 0);
    strbuf_done(&path);
    if (outer < 0) { /* it may be entered, perhaps, but not read */
        StrBuf inner = { 0 };
        add_folder(&inner, place);
        int fd = file_open(strbuf_z(&inner), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0);
        strbuf_done(&inner);
        return fd;
    }
    bool is_new = makes && mkdirat(outer, place->folder, 0700) == 0;
    int unmade = makes && !is_new ? errno : ENOENT;
    int fd = open_at(outer, place->folder, O_RDONLY | O_DIRECTORY, 0);
    int why = fd < 0 && errno == ENOENT ? unmade : errno; /* that it is not there is no reason: why was it not made? */
    if (fd >= 0 && makes && fstat(outer, &above) == 0) {
        share(fd, &above, ALL_MAY | STICKY);
    }
    if (is_new) {
        (void)file_sync(outer); /* some network file systems cannot; the log itself is synced */
    }
    (void)close(outer);
    errno = why;
    return fd;
}

/* What took the name of the folder or of the log is neither. */
static bool say_refused(TextId text, const char *path, Err *err)
{
    bool is_other = errno == ELOOP || errno == ENOTDIR || errno == ENXIO || errno == EISDIR;
    return is_other ? err_set(err, ERR_SYSTEM, T_FILE_NOT_REGULAR, TEXT_STR(str_of(path))) : err_errno(err, text, path);
}

/* Is it a file, and no pipe or device that took its name? */
static bool check_kind(int fd, struct stat *info, const char *path, Err *err)
{
    if (fstat(fd, info) != 0) {
        return err_errno(err, T_FILE_CANNOT_READ, path);
    }
    return S_ISREG(info->st_mode) || err_set(err, ERR_SYSTEM, T_FILE_NOT_REGULAR, TEXT_STR(str_of(path)));
}

static bool ends_within_line(int fd, const struct stat *info)
{
    char last = '\n';
    return info->st_size > 0 && pread(fd, &last, 1, info->st_size - 1) == 1 && last != '\n';
}

/* One write: what others append at the same time comes before it or behind it. */
static bool write_once(int fd, Str lines)
{
    ssize_t n;
    do {
        n = write(fd, lines.at, lines.n_bytes);
    } while (n < 0 && errno == EINTR);
    if (n >= 0 && (size_t)n < lines.n_bytes) {
        errno = ENOSPC; /* the rest would be a write of its own: what is torn gets its line feed from the next one */
        return false;
    }
    return n >= 0;
}

static bool append(int fd, const LogPlace *place, Str lines, const char *path, Err *err)
{
    struct stat info;
    struct stat like;
    StrBuf bytes = { 0 };
    if (!check_kind(fd, &info, path, err)) {
        return false;
    }
    if (stat(place->beside, &like) == 0) {
        share(fd, &like, ALL_MAY_RW);
    }
    strbuf_add(&bytes, ends_within_line(fd, &info) ? STR("\n") : (Str){ 0 });
    strbuf_add(&bytes, lines);
    bool ok = write_once(fd, strbuf_str(&bytes)) || err_errno(err, T_FILE_CANNOT_WRITE, path);
    strbuf_done(&bytes);
    return ok;
}

bool log_append(const LogPlace *place, Str lines, Err *err)
{
    bool ok = false;
    StrBuf path = { 0 };
    add_path(&path, place);
    int folder = open_folder(place, true);
    int fd = folder < 0 ? -1 : open_at(folder, place->name, O_RDWR | O_APPEND, 0);
    bool is_new = folder >= 0 && fd < 0 && errno == ENOENT;
    if (is_new) {
        fd = open_at(folder, place->name, O_RDWR | O_APPEND | O_CREAT, 0600);
    }
    if (fd < 0) {
        (void)say_refused(T_FILE_CANNOT_WRITE, strbuf_z(&path), err);
        goto out;
    }
    ok = append(fd, place, lines, strbuf_z(&path), err);
    if (is_new) {
        (void)file_sync(folder);
    }
out:
    if (fd >= 0) {
        (void)close(fd);
    }
    if (folder >= 0) {
        (void)close(folder);
    }
    strbuf_done(&path);
    return ok;
}

bool log_sync(const LogPlace *place, Err *err)
{
    StrBuf path = { 0 };
    add_path(&path, place);
    int folder = open_folder(place, false);
    int fd = folder < 0 ? -1 : open_at(folder, place->name, O_RDONLY, 0);
    bool ok = fd >= 0 ? file_sync(fd) : errno == ENOENT || errno == EACCES; /* gone; or may be written, but not read */
    if (!ok) {
        (void)say_refused(T_FILE_CANNOT_WRITE, strbuf_z(&path), err);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    if (folder >= 0) {
        (void)close(folder);
    }
    strbuf_done(&path);
    return ok;
}

static bool read_from(int fd, off_t at, size_t max_bytes, StrBuf *out)
{
    size_t begin = out->n_bytes;
    while (out->n_bytes - begin < max_bytes) {
        enum { CHUNK = 1 << 16 };
        size_t room = max_bytes - (out->n_bytes - begin);
        strbuf_reserve(out, CHUNK);
        ssize_t n = pread(fd, out->at + out->n_bytes, room < CHUNK ? room : CHUNK, at);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return n == 0;
        }
        out->n_bytes += (size_t)n;
        out->at[out->n_bytes] = '\0';
        at += n;
    }
    return true;
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

/* What lies before the first line feed may be the end of a line. */
static void drop_partial_line(StrBuf *out, size_t begin)
{
    size_t end = str_find_char(strbuf_str(out), '\n', begin);
    strbuf_splice(out, begin, end < out->n_bytes ? end + 1 : out->n_bytes, (Str){ 0 });
}

bool log_read(const LogPlace *place, size_t max_bytes, StrBuf *out, bool *is_cut, FileMark *mark, Err *err)
{
    bool ok = false;
    struct stat info = { 0 };
    size_t begin = out->n_bytes;
    StrBuf path = { 0 };
    *is_cut = false;
    *mark = (FileMark){ 0 };
    add_path(&path, place);
    int folder = open_folder(place, false);
    int fd = folder < 0 ? -1 : open_at(folder, place->name, O_RDONLY, 0);
    if (fd < 0) {
        ok = errno == ENOENT || say_refused(T_FILE_CANNOT_READ, strbuf_z(&path), err);
        goto out;
    }
    if (!check_kind(fd, &info, strbuf_z(&path), err)) {
        goto out;
    }
    *is_cut = (unsigned long long)info.st_size > max_bytes;
    off_t from = *is_cut ? info.st_size - (off_t)max_bytes : 0;
    ok = read_from(fd, from, max_bytes, out) || err_errno(err, T_FILE_CANNOT_READ, strbuf_z(&path));
    if (*is_cut) {
        drop_partial_line(out, begin);
    }
    *mark = mark_of(&info);
out:
    if (fd >= 0) {
        (void)close(fd);
    }
    if (folder >= 0) {
        (void)close(folder);
    }
    strbuf_done(&path);
    return ok;
}

FileMark log_mark(const LogPlace *place)
{
    StrBuf path = { 0 };
    add_path(&path, place);
    FileMark mark = file_mark(strbuf_z(&path));
    strbuf_done(&path);
    return mark;
}
