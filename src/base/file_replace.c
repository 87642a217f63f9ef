#include "vekha/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "base/base_priv.h"

/*
 * Ways to write, safest first. A rename gives all or nothing, but makes a new file: it would drop a
 * hard link's other name, may not keep a foreign group, and needs the right to write in the
 * folder. In those cases the old file is overwritten (file_place.c).
 */

static void target_done(FileTarget *target)
{
    free(target->path);
    if (target->fd >= 0) {
        (void)close(target->fd);
    }
    if (target->folder_fd >= 0) {
        (void)close(target->folder_fd);
    }
}

/* What the system refuses is to be known before anything is written. The rights of the file count, not those of its folder alone.
 */
static bool open_target(FileTarget *target, Err *err)
{
    StrBuf folder = { 0 };
    target->fd = file_open(target->path, O_WRONLY | O_NONBLOCK | O_NOCTTY, 0);
    bool ok = target->fd >= 0 ? fstat(target->fd, &target->info) == 0 : errno == ENOENT;
    if (ok) {
        path_add_folder(&folder, str_of(target->path));
        target->folder_fd = file_open(strbuf_z(&folder), O_RDONLY | O_DIRECTORY, 0);
        ok = target->folder_fd >= 0 || errno == EACCES;
    }
    if (!ok) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
    } else if (target->fd >= 0 && !S_ISREG(target->info.st_mode)) {
        ok = err_set(err, ERR_SYSTEM, T_FILE_NOT_REGULAR, TEXT_STR(str_of(target->path)));
    }
    strbuf_done(&folder);
    return ok;
}

bool file_sync(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

bool file_sync_folder(const FileTarget *target)
{
    if (target->folder_fd < 0 || file_sync(target->folder_fd)) {
        return true; /* a folder that may be written but not read cannot be synced; the file is */
    }
    return errno == EINVAL || errno == ENOTSUP; /* some network file systems know no such thing */
}

static bool write_all(int fd, Str content)
{
    while (content.n_bytes > 0) {
        ssize_t n = write(fd, content.at, content.n_bytes);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        content = str_from(content, (size_t)n);
    }
    return true;
}

bool file_fill(int fd, Str content)
{
    return write_all(fd, content) && file_sync(fd);
}

bool file_drop(const char *path)
{
    int result;
    do {
        result = unlink(path);
    } while (result != 0 && errno == EINTR);
    return result == 0 || errno == ENOENT;
}

int file_make(const char *path)
{
    const int flags = O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW;
    int fd = file_open(path, flags, 0600);
    if (fd < 0 && errno == EEXIST && file_drop(path)) {
        fd = file_open(path, flags, 0600);
    }
    return fd;
}

void file_add_beside(StrBuf *out, const char *path, const char *suffix)
{
    enum { LONGEST_NAME = 255 };
    struct stat info;
    Str base = path_base(str_of(path));
    path_add_folder(out, str_of(path));
    if (base.n_bytes + strlen(suffix) + 1 <= LONGEST_NAME) {
        strbuf_addf(out, "/.%.*s%s", STR_ARG(base), suffix);
    } else {
        strbuf_addf(out, "/.vekha-%llu%s", stat(path, &info) == 0 ? (unsigned long long)info.st_ino : 0, suffix);
    }
}

static bool is_access_list(Str name)
{
    return str_starts(name, STR("system.posix_acl_"));
}

/* The access control list is an extended attribute; so no library for it is needed. */
static bool copy_attributes(int from, int to)
{
    char names[4096];
    char value[8192];
    bool has_list = false;
    ssize_t n_names = flistxattr(from, names, sizeof names);
    for (ssize_t i = 0; i < n_names; i += (ssize_t)strlen(names + i) + 1) {
        Str name = str_of(names + i);
        if (is_access_list(name) || str_starts(name, STR("user."))) {
            ssize_t n = fgetxattr(from, name.at, value, sizeof value);
            if (n < 0 || fsetxattr(to, name.at, value, (size_t)n, 0) != 0) {
                return false;
            }
        }
        has_list = has_list || is_access_list(name);
    }
    if (n_names < 0) {
        return errno == ENOTSUP;
    }
    /* A folder may give its new files a list of its own. */
    return has_list || fremovexattr(to, "system.posix_acl_access") == 0 || errno == ENODATA || errno == ENOTSUP;
}

static bool change_mode(int fd, mode_t mode)
{
    int result;
    do {
        result = fchmod(fd, mode);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

static bool change_owner(int fd, uid_t user, gid_t group)
{
    int result;
    do {
        result = fchown(fd, user, group);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

/* The group must be kept, the owner only where the system allows it: it gives files away to nobody but root. */
static bool keep_owner(int fd, const struct stat *info)
{
    struct stat now;
    if (fstat(fd, &now) != 0) {
        return false;
    }
    if (now.st_uid == info->st_uid && now.st_gid == info->st_gid) {
        return true;
    }
    return change_owner(fd, info->st_uid, info->st_gid) ||
           ((errno == EPERM || errno == EINVAL) && (now.st_gid == info->st_gid || change_owner(fd, (uid_t)-1, info->st_gid)));
}

bool file_dress(int fd, const FileTarget *target)
{
    if (target->fd < 0) {
        mode_t mask = umask(0);
        (void)umask(mask);
        return change_mode(fd, 0666 & ~mask);
    }
    return keep_owner(fd, &target->info) && copy_attributes(target->fd, fd) && change_mode(fd, target->info.st_mode & 07777);
}

static FileMark mark_at(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0 ? (FileMark){ info.st_dev, info.st_ino, info.st_size, info.st_ctim, info.st_mtim }
                                   : (FileMark){ 0 };
}

bool file_is_other(FileTarget *target)
{
    FileMark now = mark_at(target->path);
    target->is_other = target->known != NULL && !file_mark_eq(&now, target->known);
    return target->is_other;
}

bool file_is_at(int fd, const char *path)
{
    int why = errno;
    FileMark made = file_mark_of(fd);
    FileMark there = mark_at(path);
    errno = why;
    return made.inode != 0 && made.device == there.device && made.inode == there.inode;
}

/* Network file systems may lose the reply, and call a rename failed that was made. */
static bool move_over(int fd, const char *from, const char *to)
{
    int result;
    do {
        result = rename(from, to);
    } while (result != 0 && errno == EINTR);
    return result == 0 || file_is_at(fd, to);
}

static bool exchange(const char *a, const char *b)
{
    int result;
    do {
        result = renameat2(AT_FDCWD, a, AT_FDCWD, b, RENAME_EXCHANGE);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

/* The file that lay there, now under the name beside it, is not the one we knew: it gets its place again. */
static void give_back(int fd, const char *beside, FileTarget *target)
{
    target->is_other = true;
    if (exchange(beside, target->path) && mark_at(beside).inode != 0 && !file_is_at(fd, beside)) {
        (void)exchange(beside, target->path); /* saved once more meanwhile: what came last stays */
    }
}

/*
 * Between a look at the file and a rename somebody may save it, and the rename would take that away. So both names are
 * exchanged, and what lay there is looked at before it goes. False: not here, or not with luck; the plain rename will tell.
 */
static bool exchange_known(int fd, const char *beside, FileTarget *target)
{
    if (target->known == NULL || !(exchange(beside, target->path) || file_is_at(fd, target->path))) {
        return false;
    }
    FileMark old = mark_at(beside);
    if (old.inode == 0 || file_mark_same_content(&old, target->known)) { /* one that cannot be seen: as with a plain rename */
        (void)file_drop(beside);                                         /* what stays goes with the next change */
    } else {
        give_back(fd, beside, target);
    }
    return true;
}

static bool put_in_place(int fd, const char *beside, FileTarget *target)
{
    return !file_is_other(target) && (exchange_known(fd, beside, target) || move_over(fd, beside, target->path)) &&
           !target->is_other;
}

typedef enum Outcome { WRITTEN, FAILED, NOT_THIS_WAY } Outcome;

/* Is it a rename that is impossible here, rather than the disk that fails? */
static bool is_of_the_way(int error)
{
    static const int errors[] = { EACCES, EPERM, EROFS, EBUSY, EXDEV, ENOTSUP, ERANGE, E2BIG };
    for (size_t i = 0; i < COUNTOF(errors); i++) {
        if (errors[i] == error) {
            return true;
        }
    }
    return false;
}

static Outcome replace_by_rename(FileTarget *target, Str content, FileMark *mark, Err *err)
{
    StrBuf temporary = { 0 };
    file_add_beside(&temporary, target->path, FILE_NEW);
    int fd = file_make(temporary.at);
    bool ok = fd >= 0 && file_dress(fd, target) && file_fill(fd, content) && put_in_place(fd, temporary.at, target);
    Outcome outcome = ok ? WRITTEN : !target->is_other && is_of_the_way(errno) && target->fd >= 0 ? NOT_THIS_WAY : FAILED;
    if (target->is_other) {
        /* which is no failure: the caller looks at it */
    } else if (!ok) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
    } else if (!file_sync_folder(target)) {
        (void)err_errno(err, T_FILE_NOT_SYNCED, target->path);
        outcome = FAILED;
    }
    if (fd >= 0) {
        *mark = file_mark_of(fd); /* by the open file: by its name it may be another one already */
        (void)close(fd);
    }
    if (!ok && fd >= 0) {
        (void)file_drop(temporary.at); /* already failing: the first error is the one to report */
    }
    strbuf_done(&temporary);
    return outcome;
}

static bool replace(FileTarget *target, Str content, FileMark *mark, Err *err)
{
    bool ok = open_target(target, err);
    if (ok) {
        bool is_linked = target->fd >= 0 && target->info.st_nlink > 1;
        Outcome outcome = is_linked ? NOT_THIS_WAY : replace_by_rename(target, content, mark, err);
        ok = outcome == WRITTEN;
        if (outcome == NOT_THIS_WAY) {
            ok = file_replace_in_place(target, content, err);
            *mark = file_mark_of(target->fd);
        }
    }
    if ((ok || target->is_other) && err != NULL) {
        *err = (Err){ 0 }; /* why it could not be done in the safer way is nobody's concern */
    }
    return ok;
}

bool file_replace(const char *path, Str content, FileMark *mark, Err *err)
{
    FileMark made = { 0 };
    FileTarget target = { .path = file_resolve(path), .fd = -1, .folder_fd = -1 };
    bool ok = (target.path != NULL || err_errno(err, T_FILE_CANNOT_WRITE, path)) && replace(&target, content, &made, err);
    if (ok && mark != NULL) {
        *mark = made;
    }
    target_done(&target);
    return ok;
}

bool file_replace_known(const char *path, Str content, FileMark *mark, bool *is_other, Err *err)
{
    FileMark made = { 0 };
    FileTarget target = { .path = file_resolve(path), .fd = -1, .folder_fd = -1, .known = mark };
    bool ok = (target.path != NULL || err_errno(err, T_FILE_CANNOT_WRITE, path)) && replace(&target, content, &made, err);
    *is_other = target.is_other;
    if (ok) {
        *mark = made;
    }
    target_done(&target);
    return ok;
}
