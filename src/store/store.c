#include "vekha/store/store.h"

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_priv.h"
#include "vekha/base/utf8.h"

static bool is_plan_name(Str name)
{
    bool is_yaml = str_ends(name, STR(".yaml")) || str_ends(name, STR(".yml"));
    return is_yaml && name.at[0] != '.' && !str_eq(name, STR("vekha.yaml"));
}

static int by_path(const void *left, const void *right)
{
    char *const *a = left;
    char *const *b = right;
    return utf8_collate(str_of(*a), str_of(*b));
}

/* Paths of the plans in the folder, in order; the caller frees each. */
static bool list_folder(const char *folder, PathVec *out, Err *err)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        return err_errno(err, T_FILE_CANNOT_READ, folder);
    }
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (is_plan_name(str_of(entry->d_name))) {
            StrBuf path = { 0 };
            strbuf_addf(&path, "%s/%s", folder, entry->d_name);
            vec_push(out, strbuf_take(&path));
        }
    }
    (void)closedir(dir);
    if (out->n > 1) {
        qsort(out->at, out->n, sizeof *out->at, by_path);
    }
    return true;
}

static bool add_folder(Store *store, char *folder, Err *err)
{
    PathVec paths = { 0 };
    if (!list_folder(folder, &paths, err)) {
        free(folder);
        return false;
    }
    vec_push(&store->folders, folder);
    for (size_t i = 0; i < paths.n; i++) {
        vec_push(&store->files, open_file_new(store, paths.at[i]));
    }
    vec_done(&paths);
    return true;
}

static char *without_slashes(const char *path)
{
    Str text = str_of(path);
    while (text.n_bytes > 1 && str_ends(text, STR("/"))) {
        text.n_bytes--;
    }
    StrBuf copy = { 0 };
    strbuf_add(&copy, text);
    return strbuf_take(&copy);
}

bool store_add(Store *store, const char *path, Err *err)
{
    char *clean = without_slashes(path);
    if (file_is_folder(clean)) {
        return add_folder(store, clean, err);
    }
    OpenFile *file = open_file_new(store, clean);
    if (file->doc == NULL) { /* it was asked for by name: say why it cannot be had */
        if (err != NULL) {
            err_copy(err, &file->face.why);
        }
        open_file_free(file);
        return false;
    }
    file->is_named = true;
    vec_push(&store->files, file);
    return true;
}

Store *store_new(void)
{
    return mem_new(sizeof(Store));
}

Store *store_open(const char *path, Err *err)
{
    Store *store = store_new();
    if (!store_add(store, path, err)) {
        store_free(store);
        return NULL;
    }
    return store;
}

void store_free(Store *store)
{
    if (store == NULL) {
        return;
    }
    for (size_t i = 0; i < store->files.n; i++) {
        open_file_free(store->files.at[i]);
    }
    vec_done(&store->files);
    for (size_t i = 0; i < store->folders.n; i++) {
        free(store->folders.at[i]);
    }
    vec_done(&store->folders);
    for (size_t i = 0; i < store->settings.n; i++) {
        settings_free(store->settings.at[i]);
    }
    vec_done(&store->settings);
    strbuf_done(&store->pen.who);
    free(store);
}

Str store_folder(const Store *store)
{
    return store->folders.n > 0 ? str_of(store->folders.at[0]) : (Str){ 0 };
}

bool store_is_single(const Store *store)
{
    return store->folders.n == 0 && store->files.n == 1;
}

size_t store_count(const Store *store)
{
    return store->files.n;
}

const PlanFile *store_file(const Store *store, size_t file)
{
    return &store->files.at[file]->face;
}

static OpenFile *take_file(FileVec *files, const char *path)
{
    for (size_t i = 0; i < files->n; i++) {
        OpenFile *file = files->at[i];
        if (file != NULL && strcmp(file->path, path) == 0) {
            files->at[i] = NULL;
            return file;
        }
    }
    return NULL;
}

/* The paths of all files as they should be open now; false if a folder cannot be read: then all stays as it is. */
static bool list_all(const Store *store, PathVec *out)
{
    bool ok = true;
    for (size_t i = 0; i < store->folders.n && ok; i++) {
        PathVec paths = { 0 };
        ok = list_folder(store->folders.at[i], &paths, NULL);
        for (size_t k = 0; k < paths.n; k++) {
            vec_push(out, paths.at[k]);
        }
        vec_done(&paths);
    }
    for (size_t i = 0; i < store->files.n && ok; i++) {
        if (store->files.at[i]->is_named) {
            vec_push(out, without_slashes(store->files.at[i]->path));
        }
    }
    return ok;
}

static bool is_list_open(const Store *store, const PathVec *paths)
{
    bool same = paths->n == store->files.n;
    for (size_t i = 0; i < paths->n && same; i++) {
        same = strcmp(paths->at[i], store->files.at[i]->path) == 0;
    }
    return same;
}

/* The open files become those: the same ones kept, new ones read, those that went dropped. */
static void open_list(Store *store, PathVec *paths)
{
    FileVec files = { 0 };
    for (size_t i = 0; i < paths->n; i++) {
        OpenFile *kept = take_file(&store->files, paths->at[i]);
        if (kept == NULL) {
            kept = open_file_new(store, paths->at[i]);
            paths->at[i] = NULL; /* the file owns it now */
        }
        vec_push(&files, kept);
    }
    for (size_t i = 0; i < store->files.n; i++) {
        if (store->files.at[i] != NULL) {
            open_file_free(store->files.at[i]);
        }
    }
    vec_done(&store->files);
    store->files = files;
}

static size_t find_path(const PathVec *paths, const char *path)
{
    size_t at = 0;
    while (at < paths->n && strcmp(paths->at[at], path) != 0) {
        at++;
    }
    return at < paths->n ? at : SIZE_MAX;
}

/* Those that are gone, but perhaps only for a moment, stay in the list, behind the one that they stood behind. */
static void keep_resting(const Store *store, PathVec *paths)
{
    for (size_t i = 0; i < store->files.n; i++) {
        OpenFile *file = store->files.at[i];
        if (!file->is_named && find_path(paths, file->path) == SIZE_MAX && open_file_is_resting(file, store->rest_ms)) {
            size_t at = i > 0 ? find_path(paths, store->files.at[i - 1]->path) + 1 : 0;
            vec_push(paths, without_slashes(file->path));
            char *added = paths->at[paths->n - 1];
            (void)memmove(paths->at + at + 1, paths->at + at, (paths->n - 1 - at) * sizeof *paths->at);
            paths->at[at] = added;
        }
    }
}

void store_set_rest(Store *store, int rest_ms)
{
    store->rest_ms = rest_ms;
}

int store_wait_ms(const Store *store)
{
    int wait_ms = -1;
    for (size_t i = 0; i < store->files.n; i++) {
        if (store->files.at[i]->has_wet_lines) {
            return 0;
        }
        wait_ms = store->files.at[i]->is_resting ? store->rest_ms : wait_ms;
    }
    return wait_ms;
}

static bool refresh_list(Store *store)
{
    PathVec paths = { 0 };
    bool changed = store->folders.n > 0 && list_all(store, &paths);
    if (changed) {
        keep_resting(store, &paths);
        changed = !is_list_open(store, &paths);
    }
    if (changed) {
        open_list(store, &paths);
    }
    for (size_t i = 0; i < paths.n; i++) {
        free(paths.at[i]);
    }
    vec_done(&paths);
    return changed;
}

/* A new reading of the same text, by another calendar. */
static void read_anew(OpenFile *file)
{
    if (file->doc != NULL) {
        reading_done(&file->reading);
        schema_read(file->doc, &file->reading);
        reading_resolve(&file->reading, file->settings->reading.plan.calendar);
    }
}

static bool refresh_settings(Store *store)
{
    bool changed = false;
    for (size_t i = 0; i < store->settings.n; i++) {
        bool is_new = settings_refresh(store->settings.at[i]);
        for (size_t k = 0; k < store->files.n && is_new; k++) {
            if (store->files.at[k]->settings == store->settings.at[i]) {
                read_anew(store->files.at[k]);
            }
        }
        changed = changed || is_new;
    }
    return changed;
}

bool store_refresh(Store *store)
{
    bool changed = refresh_settings(store);
    changed = refresh_list(store) || changed;
    for (size_t i = 0; i < store->files.n; i++) {
        OpenFile *file = store->files.at[i];
        if (!open_file_is_resting(file, store->rest_ms) && open_file_is_other(file, false)) {
            OpenFile old;
            open_file_reload(file, &old);
            open_file_drop(&old);
            changed = true;
        }
    }
    return changed;
}

void store_check(const Store *store, size_t index, Day today, Lang lang, Arena *arena, ProblemVec *out)
{
    const OpenFile *file = store->files.at[index];
    size_t begin = out->n;
    for (size_t i = 0; i < file->reading.problems.n; i++) {
        vec_push(out, file->reading.problems.at[i]);
    }
    if (!file->face.is_broken) { /* what is missing may stand behind the break */
        check_run(&(Check){ &file->reading.plan, today, lang, arena, out });
    }
    if (out->n > begin && file->doc != NULL) {
        schema_place(file->doc, &file->reading, out->at + begin, out->n - begin);
        problems_sort(&(ProblemVec){ out->at + begin, out->n - begin, out->n - begin });
    }
}
