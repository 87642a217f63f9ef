#include "vekha/store/store_new.h"

#include <dirent.h>
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

/* Before the lock: its file is not to be made where nothing else will be. */
static bool may_make(const char *path, const char *folder, Err *err)
{
    struct stat info;
    return file_find_folder(folder, T_NEW_NO_FOLDER, err) &&
           (access(folder, W_OK) == 0 || err_errno(err, T_FILE_CANNOT_WRITE, path)) &&
           (lstat(path, &info) != 0 || err_set(err, ERR_USAGE, T_NEW_EXISTS, TEXT_STR(str_of(path))));
}

bool store_create(const char *path, Str text, Err *err)
{
    FileLock lock = { 0 };
    StrBuf folder = { 0 };
    struct stat neighbour;
    bool is_there = false;
    path_add_folder(&folder, str_of(path));
    bool ok = may_make(path, strbuf_z(&folder), err) && file_lock(path, STR(".vekha.lock"), LOCK_WAIT_MS, &lock, err);
    if (ok) {
        bool has_neighbour = find_neighbour(strbuf_z(&folder), &neighbour);
        ok = file_create(path, text, has_neighbour ? &neighbour : NULL, &is_there, err);
    }
    if (is_there) {
        (void)err_set(err, ERR_USAGE, T_NEW_EXISTS, TEXT_STR(str_of(path)));
    }
    file_unlock(&lock);
    strbuf_done(&folder);
    return ok;
}
