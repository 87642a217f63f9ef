#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base_priv.h"
#include "vekha/base/file.h"

/*
 * Writing in place, and what is left of it when it is broken off. Before the first byte is changed two copies are on
 * disk, one after the other: `.NAME.saved` of the old text, `.NAME.new` of the new one. They go in that order when all
 * is done. So:
 *
 *     no saved                  nothing was begun, or all is done
 *     saved without new         only preparing was begun: the file is as it was
 *     saved and new             the file is the old text, or the new one, or a mixture of the two byte by byte, and
 *                               then both copies are whole; or a person has changed it since
 */

enum { COPY_MAX = 1 << 30 };

static bool write_at(int fd, Str bytes)
{
    for (off_t at = 0; bytes.n_bytes > 0;) {
        ssize_t n = pwrite(fd, bytes.at, bytes.n_bytes, at);
        if (n < 0 && errno == EINTR) {
            continue;
        }
        if (n <= 0) {
            return false;
        }
        bytes = str_from(bytes, (size_t)n);
        at += n;
    }
    return true;
}

static bool cut_file(int fd, size_t n_bytes)
{
    int result;
    do {
        result = ftruncate(fd, (off_t)n_bytes);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

/* The whole of the file becomes content, which is on disk then. False with errno: it may be a mixture now. */
static bool overwrite(int fd, Str content)
{
    struct stat info;
    StrBuf bytes = { 0 };
    if (fstat(fd, &info) != 0) {
        return false;
    }
    /* The bytes first, the length after: a full disk then leaves no hole. Line ends stand in for what is to be cut. */
    strbuf_add(&bytes, content);
    bool gets_shorter = (size_t)info.st_size > content.n_bytes;
    if (gets_shorter) {
        strbuf_add_chars(&bytes, '\n', (size_t)info.st_size - content.n_bytes);
    }
    bool ok = write_at(fd, strbuf_str(&bytes)) && (!gets_shorter || cut_file(fd, content.n_bytes)) && file_sync(fd);
    strbuf_done(&bytes);
    return ok;
}

typedef struct Copies {
    StrBuf saved, new; /* their paths */
} Copies;

static Copies copies_of(const char *path)
{
    Copies copies = { 0 };
    file_add_beside(&copies.saved, path, FILE_SAVED);
    file_add_beside(&copies.new, path, FILE_NEW);
    return copies;
}

static void copies_done(Copies *copies)
{
    strbuf_done(&copies->saved);
    strbuf_done(&copies->new);
}

/* The saved one first: what it would say without the other is not true any more. */
static bool drop_copies(const Copies *copies, Err *err)
{
    return (file_drop(copies->saved.at) && file_drop(copies->new.at)) || err_errno(err, T_FILE_CANNOT_WRITE, copies->saved.at);
}

static bool make_copy(const FileTarget *target, int fd, Str content)
{
    if (fd < 0) {
        return false;
    }
    if (!file_dress(fd, target)) {
        (void)fchmod(fd, 0600); /* whoever cannot be told apart may not read it */
    }
    bool ok = file_fill(fd, content) && file_sync_folder(target);
    int why = errno;
    (void)close(fd);
    errno = why;
    return ok;
}

typedef enum Copying { COPIED, CANNOT_COPY, COPY_FAILED } Copying;

static bool is_of_rights(int error)
{
    return error == EACCES || error == EPERM || error == EROFS;
}

/* Of the old text never over one that is there: it may be the only whole one. */
static Copying make_copies(const FileTarget *target, const Copies *copies, Str old, Str new)
{
    const int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW;
    int fd = file_drop(copies->new.at) ? file_open(copies->saved.at, flags, 0600) : -1;
    if (fd < 0) {
        return is_of_rights(errno) ? CANNOT_COPY : COPY_FAILED;
    }
    bool ok = make_copy(target, fd, old) && make_copy(target, file_make(copies->new.at), new);
    int why = errno;
    if (!ok) {
        (void)drop_copies(copies, NULL); /* already failing: the first error is the one to report */
    }
    errno = why;
    return ok ? COPIED : COPY_FAILED;
}

/* The new text, or the old one again. What it was that failed stands in errno and in err. */
static bool write_or_restore(const FileTarget *target, Str old, Str new, bool *is_whole, Err *err)
{
    bool ok = overwrite(target->fd, new);
    *is_whole = ok;
    if (!ok) {
        int why = errno;
        (void)err_errno(err, T_FILE_CANNOT_WRITE, target->path);
        *is_whole = overwrite(target->fd, old);
        errno = why;
    }
    return ok;
}

static void say_broken(const FileTarget *target, const Copies *copies, bool has_copies, Err *err)
{
    if (has_copies) {
        TextArg why = err_why(errno);
        (void)err_set(err, ERR_SYSTEM, T_FILE_HALF_WRITTEN, TEXT_STR(str_of(target->path)), why,
                      TEXT_STR(strbuf_str(&copies->saved)));
    } else {
        (void)err_errno(err, T_FILE_TORN, target->path);
    }
}

bool file_replace_in_place(FileTarget *target, Str content, Err *err)
{
    bool ok = false;
    bool is_whole = false;
    StrBuf old = { 0 };
    Copies copies = copies_of(target->path);
    if (!file_read(target->path, COPY_MAX, &old, NULL, err)) {
        goto out;
    }
    Copying copying = make_copies(target, &copies, strbuf_str(&old), content);
    if (copying == COPY_FAILED) {
        (void)err_errno(err, T_FILE_CANNOT_WRITE, copies.saved.at);
        goto out;
    }
    if (file_is_other(target)) {
        if (copying == COPIED) {
            (void)drop_copies(&copies, NULL); /* what stays says nothing: the file is neither text nor a mixture of them */
        }
        goto out;
    }
    ok = write_or_restore(target, strbuf_str(&old), content, &is_whole, err);
    if (!is_whole) {
        say_broken(target, &copies, copying == COPIED, err);
    } else if (copying == COPIED) {
        (void)drop_copies(&copies, NULL); /* what stays goes with the next change */
    }
out:
    copies_done(&copies);
    strbuf_done(&old);
    return ok;
}

static bool fits(Str text, size_t at, char c)
{
    return c == (at < text.n_bytes ? text.at[at] : '\n');
}

/* Can the text have come about while one of the two was being overwritten with the other? */
static bool is_mixture(Str text, Str old, Str new)
{
    for (size_t i = 0; i < text.n_bytes; i++) {
        char c = text.at[i];
        if (!fits(old, i, c) && !fits(new, i, c) && c != '\0') { /* zeros: a power cut before the bytes were on disk */
            return false;
        }
    }
    return text.n_bytes >= old.n_bytes || text.n_bytes >= new.n_bytes;
}

typedef enum Remains {
    REMAINS_NONE,
    REMAINS_WHOLE,   /* the file is whole, the copies can go */
    REMAINS_MIXED,   /* the saved text is the one that counts */
    REMAINS_UNCLEAR, /* somebody has changed the file since */
    REMAINS_FAILED,  /* a copy cannot be read */
} Remains;

static Remains read_copy(const char *path, StrBuf *out, Err *err)
{
    int fd = file_open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY, 0);
    if (fd < 0) {
        bool is_none = errno == ENOENT;
        (void)err_errno(err, T_FILE_CANNOT_READ, path);
        return is_none ? REMAINS_NONE : REMAINS_FAILED;
    }
    (void)close(fd);
    return file_read(path, COPY_MAX, out, NULL, err) ? REMAINS_WHOLE : REMAINS_FAILED;
}

/* Appends the old text to saved. */
static Remains look(const Copies *copies, Str text, StrBuf *saved, Err *err)
{
    StrBuf new = { 0 };
    Remains remains = read_copy(copies->saved.at, saved, err);
    if (remains == REMAINS_WHOLE) {
        Remains second = read_copy(copies->new.at, &new, err);
        bool is_whole = second == REMAINS_NONE || str_eq(text, strbuf_str(saved)) || str_eq(text, strbuf_str(&new));
        remains = second == REMAINS_FAILED                                ? REMAINS_FAILED
                  : is_whole                                              ? REMAINS_WHOLE
                  : is_mixture(text, strbuf_str(saved), strbuf_str(&new)) ? REMAINS_MIXED
                                                                          : REMAINS_UNCLEAR;
    }
    strbuf_done(&new);
    return remains;
}

bool file_read_settled(const char *path, size_t max_bytes, StrBuf *out, FileMark *mark, Err *err)
{
    size_t begin = out->n_bytes;
    StrBuf saved = { 0 };
    Copies copies = { 0 };
    char *file = file_resolve(path);
    bool ok = (file != NULL || err_errno(err, T_FILE_CANNOT_READ, path)) && file_read(path, max_bytes, out, mark, err);
    if (ok) {
        copies = copies_of(file);
        Remains remains = look(&copies, str_from(strbuf_str(out), begin), &saved, err);
        ok = remains != REMAINS_FAILED;
        if (!ok || remains == REMAINS_MIXED) {
            strbuf_cut(out, begin);
            strbuf_add(out, ok ? strbuf_str(&saved) : (Str){ 0 });
        }
    }
    if (ok && err != NULL) {
        *err = (Err){ 0 };
    }
    copies_done(&copies);
    strbuf_done(&saved);
    free(file);
    return ok;
}

static bool put_back(const char *path, Str text, Err *err)
{
    int fd = file_open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK, 0);
    bool ok = (fd >= 0 && overwrite(fd, text)) || err_errno(err, T_FILE_CANNOT_WRITE, path);
    if (fd >= 0) {
        (void)close(fd);
    }
    return ok;
}

static bool settle(const char *path, const Copies *copies, Err *err)
{
    bool ok = false;
    StrBuf text = { 0 };
    StrBuf saved = { 0 };
    if (!file_read(path, COPY_MAX, &text, NULL, err)) {
        goto out;
    }
    switch (look(copies, strbuf_str(&text), &saved, err)) {
    case REMAINS_NONE:
        ok = true;
        break;
    case REMAINS_WHOLE:
        ok = drop_copies(copies, err);
        break;
    case REMAINS_MIXED:
        ok = put_back(path, strbuf_str(&saved), err) && drop_copies(copies, err);
        break;
    case REMAINS_UNCLEAR:
        ok = err_set(err, ERR_REFUSED, T_FILE_UNCLEAR, TEXT_STR(str_of(path)), TEXT_STR(strbuf_str(&copies->saved)));
        break;
    case REMAINS_FAILED: /* err says why */
        break;
    }
out:
    strbuf_done(&text);
    strbuf_done(&saved);
    return ok;
}

bool file_settle(const char *path, Err *err)
{
    char *file = file_resolve(path);
    if (file == NULL) {
        return err_errno(err, T_FILE_CANNOT_READ, path);
    }
    struct stat info;
    Copies copies = copies_of(file);
    bool ok = false;
    if (lstat(copies.saved.at, &info) == 0) {
        ok = settle(file, &copies, err);
    } else if (errno == ENOENT) {
        (void)file_drop(copies.new.at); /* of a rename that was never made, or the text before one: nobody's any more */
        ok = true;
    } else {
        (void)err_errno(err, T_FILE_CANNOT_READ, copies.saved.at);
    }
    copies_done(&copies);
    free(file);
    return ok;
}
