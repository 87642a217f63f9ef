#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_priv.h"
#include "vekha/base/file.h"

/* Those who share the other file share the new one, as far as the system lets us. */
static void dress_like(int fd, const struct stat *like)
{
    const mode_t readable = 0666; /* what is made here is never a program */
    if (fchown(fd, (uid_t)-1, like->st_gid) == 0 || geteuid() == 0) {
        (void)fchmod(fd, like->st_mode & readable);
    } else { /* a group that is not theirs gets no more than others do */
        mode_t others = like->st_mode & 0006;
        (void)fchmod(fd, (like->st_mode & 0600) | (others << 3) | others);
    }
}

static bool is_unknown_here(int error)
{
    return error == EINVAL || error == ENOSYS || error == ENOTSUP || error == EPERM;
}

static bool move_to_free(const char *from, const char *to)
{
    int result;
    do {
        result = renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

/* Where there is neither such a rename nor a second name, an empty file keeps the place for a moment. */
static bool move_to_kept(const char *from, const char *to)
{
    int fd = file_open(to, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600);
    if (fd < 0) {
        return false;
    }
    (void)close(fd);
    bool ok = rename(from, to) == 0;
    int why = errno;
    if (!ok) {
        (void)file_drop(to);
    }
    errno = why;
    return ok;
}

/* False with errno; EEXIST: somebody has the name. */
static bool give_name(const char *from, const char *to)
{
    if (move_to_free(from, to)) {
        return true;
    }
    if (is_unknown_here(errno) && link(from, to) == 0) {
        (void)file_drop(from);
        return true;
    }
    return is_unknown_here(errno) && move_to_kept(from, to);
}

static bool sync_folder_of(const char *path)
{
    StrBuf folder = { 0 };
    path_add_folder(&folder, str_of(path));
    FileTarget target = { .fd = -1, .folder_fd = file_open(strbuf_z(&folder), O_RDONLY | O_DIRECTORY, 0) };
    bool ok = target.folder_fd >= 0 ? file_sync_folder(&target) : errno == EACCES;
    if (target.folder_fd >= 0) {
        int why = errno;
        (void)close(target.folder_fd);
        errno = why;
    }
    strbuf_done(&folder);
    return ok;
}

bool file_create(const char *path, Str content, const struct stat *like, bool *is_there, Err *err)
{
    StrBuf temporary = { 0 };
    file_add_beside(&temporary, path, FILE_NEW);
    *is_there = false;
    /* The rights that a new file gets here, by umask or the folder's access list, and no bytes in it before it has its own. */
    int fd = file_drop(temporary.at) ? file_open(temporary.at, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0666) : -1;
    if (fd >= 0 && like != NULL) {
        dress_like(fd, like);
    }
    bool is_filled = fd >= 0 && file_fill(fd, content);
    bool ok = is_filled && (give_name(temporary.at, path) || file_is_at(fd, path));
    if (is_filled && !ok && errno == EEXIST) {
        *is_there = true;
    } else if (!ok || !sync_folder_of(path)) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, path);
        if (ok) {
            (void)file_drop(path); /* what a power cut may take away is not said to be there */
        }
        ok = false;
    }
    if (fd >= 0) {
        (void)close(fd);
        (void)file_drop(temporary.at); /* its name went with it, if all is well */
    }
    strbuf_done(&temporary);
    return ok;
}
