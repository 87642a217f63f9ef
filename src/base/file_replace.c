#include "vekha/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

/*
 * Ways to write, safest first. A rename gives all or nothing, but makes a new file: it would drop a
 * hard link's other name, may not keep a foreign group, and needs the right to write in the
 * folder. In those cases the old file is overwritten, with its copy on disk beside it meanwhile.
 */

typedef struct Target {
    char *path; /* symlinks resolved: the link stays a link */
    char *folder;
    struct stat info;
    bool exists;
} Target;

static void target_done(Target *target)
{
    free(target->path);
    free(target->folder);
}

static bool target_init(Target *target, const char *path, Err *err)
{
    StrBuf folder = { 0 };
    target->path = realpath(path, NULL);
    target->exists = target->path != NULL;
    if (!target->exists && errno != ENOENT) {
        return err_errno(err, T_FILE_CANNOT_WRITE, path);
    }
    if (!target->exists) {
        target->path = strdup(path);
    } else if (stat(target->path, &target->info) != 0) {
        return err_errno(err, T_FILE_CANNOT_WRITE, path);
    }
    path_add_folder(&folder, str_of(target->path));
    target->folder = strbuf_take(&folder);
    return true;
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

static bool sync_fd(int fd)
{
    int result;
    do {
        result = fsync(fd);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

static bool sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return errno == EACCES; /* a folder that may be written but not read cannot be synced; the file is */
    }
    bool ok = sync_fd(fd) || errno == EINVAL; /* some network file systems know no such thing */
    (void)close(fd);
    return ok;
}

/* The access control list is an extended attribute; so no library for it is needed. */
static bool copy_attributes(const char *from, int to)
{
    char names[4096];
    char value[8192];
    ssize_t n_names = listxattr(from, names, sizeof names);
    for (ssize_t i = 0; i < n_names; i += (ssize_t)strlen(names + i) + 1) {
        ssize_t n = getxattr(from, names + i, value, sizeof value);
        bool is_ours = str_starts(str_of(names + i), STR("system.posix_acl_")) || str_starts(str_of(names + i), STR("user."));
        if (is_ours && (n < 0 || fsetxattr(to, names + i, value, (size_t)n, 0) != 0)) {
            return false;
        }
    }
    return n_names >= 0 || errno == ENOTSUP || errno == EOPNOTSUPP;
}

/* Makes the new file look like the old one. False: a rename would lose something. */
static bool dress(int fd, const Target *target)
{
    if (!target->exists) {
        return true;
    }
    struct stat now;
    if (fstat(fd, &now) != 0) {
        return false;
    }
    if (now.st_uid != target->info.st_uid || now.st_gid != target->info.st_gid) {
        if (fchown(fd, target->info.st_uid, target->info.st_gid) != 0 &&
            (now.st_gid != target->info.st_gid && fchown(fd, (uid_t)-1, target->info.st_gid) != 0)) {
            return false;
        }
    }
    return copy_attributes(target->path, fd) && fchmod(fd, target->info.st_mode & 07777) == 0;
}

static bool fill(int fd, Str content)
{
    return write_all(fd, content) && sync_fd(fd);
}

typedef enum Outcome { WRITTEN, FAILED, NOT_THIS_WAY } Outcome;

static Outcome replace_by_rename(const Target *target, Str content, Err *err)
{
    Outcome outcome = FAILED;
    StrBuf temporary = { 0 };
    strbuf_addf(&temporary, "%s/.vekha-XXXXXX", target->folder);
    int fd = mkostemp(temporary.at, O_CLOEXEC);
    if (fd < 0) {
        outcome = errno == EACCES || errno == EPERM ? NOT_THIS_WAY : FAILED;
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
        strbuf_done(&temporary);
        return outcome;
    }
    if (!target->exists) {
        mode_t mask = umask(0);
        (void)umask(mask);
        (void)fchmod(fd, 0666 & ~mask);
    }
    if (!dress(fd, target)) {
        outcome = NOT_THIS_WAY;
    } else if (fill(fd, content) && rename(temporary.at, target->path) == 0) {
        outcome = WRITTEN;
    }
    if (outcome != WRITTEN) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
        (void)unlink(temporary.at); /* already failing: the first error is the one to report */
    } else if (!sync_folder(target->folder)) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
        outcome = FAILED;
    }
    (void)close(fd);
    strbuf_done(&temporary);
    return outcome;
}

static bool write_new(const char *path, Str content)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return false;
    }
    bool ok = fill(fd, content);
    return close(fd) == 0 && ok;
}

static bool overwrite(const char *path, Str content)
{
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    /* The bytes first, the length after: a full disk then leaves no hole. */
    bool ok = write_all(fd, content) && ftruncate(fd, (off_t)content.n_bytes) == 0 && sync_fd(fd);
    return close(fd) == 0 && ok;
}

static bool replace_in_place(const Target *target, Str content, Err *err)
{
    enum { COPY_MAX = 1 << 30 };
    bool ok = false;
    StrBuf old = { 0 };
    StrBuf copy = { 0 };
    Str base = path_base(str_of(target->path));
    strbuf_addf(&copy, "%s/.%.*s.saved", target->folder, STR_ARG(base));
    if (!file_read(target->path, COPY_MAX, &old, NULL, err)) {
        goto out;
    }
    bool has_copy = write_new(copy.at, strbuf_str(&old)) && sync_folder(target->folder);
    if (!has_copy && errno != EACCES && errno != EPERM) { /* no right to write here: there is no safer way left */
        (void)err_errno(err, T_FILE_CANNOT_WRITE, copy.at);
        (void)unlink(copy.at);
        goto out;
    }
    ok = overwrite(target->path, content);
    bool is_whole = ok;
    if (!ok) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
        is_whole = overwrite(target->path, strbuf_str(&old));
    }
    if (has_copy && is_whole) { /* else the copy is the only whole text */
        (void)unlink(copy.at);
    }
out:
    strbuf_done(&old);
    strbuf_done(&copy);
    return ok;
}

bool file_replace(const char *path, Str content, FileMark *mark, Err *err)
{
    bool ok = false;
    Target target = { 0 };
    if (!target_init(&target, path, err)) {
        goto out;
    }
    Outcome outcome = target.exists && target.info.st_nlink > 1 ? NOT_THIS_WAY : replace_by_rename(&target, content, err);
    ok = outcome == WRITTEN || (outcome == NOT_THIS_WAY && target.exists && replace_in_place(&target, content, err));
    if (ok && mark != NULL) {
        *mark = file_mark(target.path);
    }
    if (ok && err != NULL) {
        *err = (Err){ 0 }; /* why it could not be done in the safer way is nobody's concern */
    }
out:
    target_done(&target);
    return ok;
}
