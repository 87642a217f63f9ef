#include "vekha/store/draft_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "vekha/base/clock.h"
#include "vekha/base/file.h"

/*
 * The lock is on the draft's own file. A new text is a new file, which is locked before it takes the old one's name: there
 * is no moment at which the name is there and free. Who has locked a file looks whether the name still means it.
 */

enum { OWN_FOLDERS = 4 /* .local/state/vekha/drafts: what lies above them has to be there */, STALE_S = 60 };

static const Str suffix = STR_INIT(".draft");
static const Str new_suffix = STR_INIT(".draft.new");

void draft_add_folder(StrBuf *out)
{
    Str state = str_of(getenv("XDG_STATE_HOME"));
    Str home = str_of(getenv("HOME"));
    if (str_starts(state, STR("/"))) {
        strbuf_addf(out, "%.*s/vekha/drafts", STR_ARG(state));
        return;
    }
    if (!str_starts(home, STR("/"))) {
        const struct passwd *account = getpwuid(getuid());
        home = str_of(account != NULL ? account->pw_dir : NULL);
    }
    if (str_starts(home, STR("/"))) {
        strbuf_addf(out, "%.*s/.local/state/vekha/drafts", STR_ARG(home));
    }
}

void draft_add_plan(StrBuf *out, Str path)
{
    StrBuf given = { 0 };
    strbuf_add(&given, path);
    char *resolved = realpath(strbuf_z(&given), NULL);
    char *here = str_starts(path, STR("/")) ? NULL : getcwd(NULL, 0);
    if (resolved != NULL) {
        strbuf_add(out, str_of(resolved));
    } else {
        strbuf_add(out, str_of(here));
        strbuf_add(out, here != NULL ? STR("/") : (Str){ 0 });
        strbuf_add(out, path);
    }
    free(here);
    free(resolved);
    strbuf_done(&given);
}

static bool make_folders(const char *path, int n_left)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST) {
        return true;
    }
    if (errno != ENOENT || n_left <= 1) {
        return false;
    }
    StrBuf above = { 0 };
    path_add_folder(&above, str_of(path));
    bool ok = make_folders(strbuf_z(&above), n_left - 1) && (mkdir(path, 0700) == 0 || errno == EEXIST);
    strbuf_done(&above);
    return ok;
}

static int open_in(int folder, const char *name, int flags, mode_t mode)
{
    int fd;
    do {
        fd = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC, mode);
    } while (fd < 0 && errno == EINTR);
    return fd;
}

static bool change_mode(int fd, mode_t mode)
{
    int result;
    do {
        result = fchmod(fd, mode);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

static bool rename_in(int folder, const char *from, const char *to)
{
    int result;
    do {
        result = renameat(folder, from, folder, to);
    } while (result != 0 && errno == EINTR);
    return result == 0;
}

/* The account's own, and for nobody else; no link. -1 with errno. */
static int open_folder(const char *path)
{
    struct stat info;
    int fd = open_in(AT_FDCWD, path, O_RDONLY | O_DIRECTORY, 0);
    if (fd < 0) {
        return -1;
    }
    bool ok = fstat(fd, &info) == 0;
    if (ok && info.st_uid != geteuid()) {
        errno = EPERM;
        ok = false;
    }
    ok = ok && ((info.st_mode & 0077) == 0 || change_mode(fd, 0700));
    if (!ok) {
        int error = errno;
        (void)close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

typedef enum Held { HELD_BY_US, HELD_BY_OTHER } Held;

static Held lock(int fd)
{
    struct flock whole = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
    int result;
    do {
        result = fcntl(fd, F_OFD_SETLK, &whole);
    } while (result != 0 && errno == EINTR);
    return result != 0 && (errno == EAGAIN || errno == EACCES) ? HELD_BY_OTHER : HELD_BY_US;
}

/* Of many runs, on several machines with one home: never two the same. */
static void make_name(char name[DRAFT_NAME_SIZE])
{
    unsigned long long chance = 0;
    if (getrandom(&chance, sizeof chance, GRND_NONBLOCK) != (ssize_t)sizeof chance) {
        chance = (unsigned long long)clock_ms();
    }
    (void)snprintf(name, DRAFT_NAME_SIZE, "%lld-%ld-%016llx%.*s", clock_utc_s(), (long)getpid(), chance, STR_ARG(suffix));
}

/* The new file under its own name, locked and on disk; -1 with errno. */
static int write_new(int folder, const char *name, Str content)
{
    (void)unlinkat(folder, name, 0); /* left by a write that failed */
    int fd = open_in(folder, name, O_RDWR | O_CREAT | O_EXCL, 0600);
    if (fd < 0) {
        return -1;
    }
    (void)lock(fd); /* without locks it is written all the same */
    if (change_mode(fd, 0600) && file_fill(fd, content)) {
        return fd;
    }
    int error = errno;
    (void)unlinkat(folder, name, 0);
    (void)close(fd);
    errno = error;
    return -1;
}

static bool replace(int folder, DraftFile *file, Str content)
{
    char name[DRAFT_NAME_SIZE];
    char new_name[DRAFT_NAME_SIZE + 8];
    (void)memcpy(name, file->name, sizeof name);
    if (name[0] == '\0') {
        make_name(name);
    }
    (void)snprintf(new_name, sizeof new_name, ".%s.new", name);
    int fd = write_new(folder, new_name, content);
    if (fd < 0) {
        return false;
    }
    if (!rename_in(folder, new_name, name)) {
        int error = errno;
        (void)unlinkat(folder, new_name, 0);
        (void)close(fd);
        errno = error;
        return false;
    }
    (void)file_sync(folder); /* some network file systems know no such thing */
    draft_file_release(file);
    (void)memcpy(file->name, name, sizeof name);
    file->fd = fd;
    file->is_held = true;
    return true;
}

bool draft_file_write(const char *folder, DraftFile *file, const Draft *draft, Err *err)
{
    StrBuf content = { 0 };
    bool ok = make_folders(folder, OWN_FOLDERS);
    int fd = ok ? open_folder(folder) : -1;
    draft_add(&content, draft);
    if (content.n_bytes > DRAFT_MAX_BYTES) {
        errno = EFBIG;
        ok = false;
    }
    ok = ok && fd >= 0 && replace(fd, file, strbuf_str(&content));
    if (!ok) {
        (void)err_errno(err, T_DRAFT_NOT_KEPT, folder);
    }
    if (fd >= 0) {
        (void)close(fd);
    }
    strbuf_done(&content);
    return ok;
}

void draft_file_release(DraftFile *file)
{
    if (file->is_held) {
        (void)close(file->fd); /* closing drops the lock */
    }
    *file = (DraftFile){ 0 };
}

void draft_file_remove(const char *folder, DraftFile *file)
{
    int fd = file->name[0] != '\0' ? open_folder(folder) : -1;
    if (fd >= 0) {
        (void)unlinkat(fd, file->name, 0); /* a power cut may bring it back: then it is offered once more, which does no harm */
        (void)close(fd);
    }
    draft_file_release(file);
}

static bool read_all(int fd, StrBuf *out)
{
    char part[4096];
    ssize_t n = 1;
    while (n > 0 && out->n_bytes <= DRAFT_MAX_BYTES) {
        n = read(fd, part, sizeof part);
        if (n < 0 && errno == EINTR) {
            n = 1;
            continue;
        }
        strbuf_add(out, (Str){ part, n > 0 ? (size_t)n : 0 });
    }
    return n == 0;
}

/* An own regular file that nobody holds, and that the name still means; now we hold it. */
static bool take(int folder, const char *name, DraftFile *file)
{
    struct stat held;
    struct stat now;
    int fd = open_in(folder, name, O_RDWR | O_NONBLOCK | O_NOCTTY, 0);
    bool ok = fd >= 0 && fstat(fd, &held) == 0 && S_ISREG(held.st_mode) && held.st_uid == geteuid() &&
              held.st_size <= DRAFT_MAX_BYTES && lock(fd) == HELD_BY_US &&
              fstatat(folder, name, &now, AT_SYMLINK_NOFOLLOW) == 0 && held.st_dev == now.st_dev && held.st_ino == now.st_ino;
    if (!ok && fd >= 0) {
        (void)close(fd);
    }
    *file = (DraftFile){ .fd = fd, .is_held = ok };
    size_t n = ok ? strnlen(name, sizeof file->name - 1) : 0;
    (void)memcpy(file->name, name, n);
    return ok;
}

/* Newest last; one too many: the oldest goes. */
static void put_in(FoundDraftVec *found, const FoundDraft *one)
{
    size_t at = found->n;
    vec_push(found, *one);
    for (; at > 0 && found->at[at - 1].draft.typed_s > one->draft.typed_s; at--) {
        found->at[at] = found->at[at - 1];
    }
    found->at[at] = *one;
    if (found->n > DRAFT_MAX_CLAIMED) {
        draft_file_release(&found->at[0].file);
        (void)memmove(found->at, found->at + 1, (found->n - 1) * sizeof *found->at);
        found->n--;
    }
}

/* What a run was writing when it was killed; one that is being written is younger. */
static void drop_stale(int folder, const char *name)
{
    struct stat info;
    if (fstatat(folder, name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(info.st_mode) &&
        clock_utc_s() - (long long)info.st_mtim.tv_sec > STALE_S) {
        (void)unlinkat(folder, name, 0);
    }
}

void draft_files_claim(const char *folder, bool (*is_wanted)(void *context, const Draft *draft), void *context, Arena *arena,
                       FoundDraftVec *out)
{
    enum { MAX_LOOKS = 10000 };
    int fd = folder[0] != '\0' ? open_folder(folder) : -1;
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (dir == NULL) {
        if (fd >= 0) {
            (void)close(fd);
        }
        return;
    }
    int n_looks = 0;
    for (const struct dirent *entry = readdir(dir); entry != NULL && n_looks < MAX_LOOKS; entry = readdir(dir), n_looks++) {
        FoundDraft one = { 0 };
        StrBuf content = { 0 };
        Str name = str_of(entry->d_name);
        if (str_ends(name, new_suffix) && name.at[0] == '.') {
            drop_stale(fd, entry->d_name);
        } else if (str_ends(name, suffix) && name.n_bytes < DRAFT_NAME_SIZE && take(fd, entry->d_name, &one.file)) {
            if (read_all(one.file.fd, &content) && draft_parse(strbuf_str(&content), arena, &one.draft) &&
                is_wanted(context, &one.draft)) {
                put_in(out, &one);
            } else {
                draft_file_release(&one.file);
            }
        }
        strbuf_done(&content);
    }
    (void)closedir(dir);
}
