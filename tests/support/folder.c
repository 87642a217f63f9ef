#include "folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void give_up(const char *what)
{
    perror(what);
    exit(1);
}

static char *path_of(const char *folder, const char *name)
{
    StrBuf path = { 0 };
    strbuf_addf(&path, "%s/%s", folder, name);
    return strbuf_take(&path);
}

static void read_path(const char *path, StrBuf *out)
{
    char bytes[4096];
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        give_up(path);
    }
    for (size_t n; (n = fread(bytes, 1, sizeof bytes, file)) > 0;) {
        strbuf_add(out, (Str){ bytes, n });
    }
    (void)fclose(file);
}

static void write_path(const char *path, Str text)
{
    FILE *file = fopen(path, "wb");
    if (file == NULL || (text.n_bytes > 0 && fwrite(text.at, 1, text.n_bytes, file) != text.n_bytes) || fclose(file) != 0) {
        give_up(path);
    }
}

void folder_make(Folder *folder)
{
    (void)strcpy(folder->path, "/tmp/vekha-test-XXXXXX");
    if (mkdtemp(folder->path) == NULL) {
        give_up(folder->path);
    }
}

/* Calls with the path of each file in the folder. */
static void each_file(const char *folder, void (*call)(const char *path, const char *name, const void *arg), const void *arg)
{
    DIR *dir = opendir(folder);
    if (dir == NULL) {
        give_up(folder);
    }
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            char *path = path_of(folder, entry->d_name);
            call(path, entry->d_name, arg);
            free(path);
        }
    }
    (void)closedir(dir);
}

static void remove_one(const char *path, const char *name, const void *arg)
{
    (void)name;
    (void)arg;
    (void)unlink(path);
}

void folder_remove(Folder *folder)
{
    if (folder->path[0] != '\0') {
        each_file(folder->path, remove_one, NULL);
        (void)rmdir(folder->path);
        folder->path[0] = '\0';
    }
}

static void copy_one(const char *path, const char *name, const void *arg)
{
    const Folder *to = arg;
    StrBuf text = { 0 };
    char *target = path_of(to->path, name);
    read_path(path, &text);
    write_path(target, strbuf_str(&text));
    strbuf_done(&text);
    free(target);
}

void folder_copy(const Folder *folder, const char *from)
{
    each_file(from, copy_one, folder);
}

void folder_write(const Folder *folder, const char *name, const char *text)
{
    char *path = path_of(folder->path, name);
    write_path(path, str_of(text));
    free(path);
}

void folder_delete(const Folder *folder, const char *name)
{
    char *path = path_of(folder->path, name);
    if (unlink(path) != 0) {
        give_up(path);
    }
    free(path);
}

void folder_read(const Folder *folder, const char *name, StrBuf *out)
{
    char *path = path_of(folder->path, name);
    read_path(path, out);
    free(path);
}
