#include "vekha/store/store_new.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/store_priv.h"
#include "vekha/core/change_build.h"

enum { LOCK_WAIT_MS = 3000 };

/* What a plan needs, to be replaced by what was said. */
static const char skeleton[] = "vekha: 1\ntitle: .\nperiod: 2000\nevents: []\n";

bool plan_text_with(Str plan, const NewText *texts, size_t n_texts, StrBuf *out, Err *err)
{
    Arena arena = { 0 };
    Reading reading = { 0 };
    Change change = { 0 };
    Patch patch = { 0 };
    Doc *doc = doc_new(plan);
    bool ok = true;
    schema_read(doc, &reading);
    for (size_t i = 0; i < n_texts && ok; i++) {
        ok = change_edit_header(&change, &reading.plan, -1, texts[i].key, texts[i].value, &arena, err);
    }
    if (ok && change.n_edits > 0) {
        ChangeTarget target = { .event = SIZE_MAX, .section = -1, .after = SIZE_MAX };
        ok = patch_changes(doc, &reading, (ChangeSet){ &change, 1 }, &target, &patch, err);
    }
    if (ok) {
        strbuf_add(out, patch.doc != NULL ? patch_text(doc, &patch) : doc_text(doc));
    }
    patch_done(&patch);
    reading_done(&reading);
    doc_free(doc);
    arena_done(&arena);
    return ok;
}

bool new_plan_text(const NewText *texts, size_t n_texts, StrBuf *out, Err *err)
{
    return plan_text_with(str_of(skeleton), texts, n_texts, out, err);
}

/* A plan of the folder, to take mode and group from; false: there is none. */
static bool find_neighbour(const char *folder, struct stat *out)
{
    DIR *dir = opendir(folder);
    bool is_found = false;
    StrBuf path = { 0 };
    for (const struct dirent *entry = dir != NULL ? readdir(dir) : NULL; entry != NULL && !is_found; entry = readdir(dir)) {
        Str name = str_of(entry->d_name);
        strbuf_clear(&path);
        strbuf_addf(&path, "%s/%s", folder, entry->d_name);
        is_found = name.at[0] != '.' && (str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"))) &&
                   stat(strbuf_z(&path), out) == 0 && S_ISREG(out->st_mode);
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    strbuf_done(&path);
    return is_found;
}

/* Those who share the folder's plans share the new one, as far as the system lets us. */
static void dress_as(int fd, const struct stat *neighbour)
{
    const mode_t readable = 0666; /* a plan is never a program */
    if (fchown(fd, (uid_t)-1, neighbour->st_gid) == 0 || geteuid() == 0) {
        (void)fchmod(fd, neighbour->st_mode & readable);
    } else { /* a group that is not theirs gets no more than others do */
        mode_t others = neighbour->st_mode & 0006;
        (void)fchmod(fd, (neighbour->st_mode & 0600) | (others << 3) | others);
    }
}

/* An empty file that was not there; it takes mode and group before it has content, which file_replace() then keeps. */
static bool make_empty(const char *path, Err *err)
{
    StrBuf folder = { 0 };
    struct stat neighbour;
    path_add_folder(&folder, str_of(path));
    bool has_neighbour = find_neighbour(strbuf_z(&folder), &neighbour);
    strbuf_done(&folder);
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0) {
        return errno == EEXIST ? err_set(err, ERR_USAGE, T_NEW_EXISTS, TEXT_STR(str_of(path)))
                               : err_errno(err, T_FILE_CANNOT_WRITE, path);
    }
    if (has_neighbour) {
        dress_as(fd, &neighbour);
    }
    (void)close(fd);
    return true;
}

/* Before the lock: its file is not to be made where nothing else will be. */
static bool may_make(const char *path, Err *err)
{
    struct stat info;
    StrBuf folder = { 0 };
    path_add_folder(&folder, str_of(path));
    bool ok = file_is_folder(strbuf_z(&folder)) || err_set(err, ERR_USAGE, T_NEW_NO_FOLDER, TEXT_STR(strbuf_str(&folder)));
    ok = ok && (access(strbuf_z(&folder), W_OK) == 0 || err_errno(err, T_FILE_CANNOT_WRITE, path));
    strbuf_done(&folder);
    return ok && (lstat(path, &info) != 0 || err_set(err, ERR_USAGE, T_NEW_EXISTS, TEXT_STR(str_of(path))));
}

bool store_create(const char *path, Str text, Err *err)
{
    FileLock lock = { 0 };
    bool ok = may_make(path, err) && file_lock(path, STR(".vekha.lock"), LOCK_WAIT_MS, &lock, err) && make_empty(path, err);
    if (ok && !file_replace(path, text, NULL, err)) {
        (void)unlink(path); /* already failing: the first error is the one to report */
        ok = false;
    }
    file_unlock(&lock);
    return ok;
}
