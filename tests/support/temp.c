#include "temp.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { NOBODY = 65534 };

Temp temp_new(void)
{
    Temp temp;
    const char *base = getenv("TMPDIR");
    (void)snprintf(temp.path, sizeof temp.path, "%.200s/vekha-test-XXXXXX", base != NULL ? base : "/tmp");
    assert_non_null(mkdtemp(temp.path));
    assert_int_equal(chmod(temp.path, 0755), 0);
    return temp;
}

static void remove_tree(const char *path)
{
    DIR *dir = opendir(path);
    for (const struct dirent *entry = dir == NULL ? NULL : readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            StrBuf inner = { 0 };
            strbuf_addf(&inner, "%s/%s", path, entry->d_name);
            if (unlink(inner.at) != 0) {
                remove_tree(inner.at);
            }
            strbuf_done(&inner);
        }
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    (void)rmdir(path);
}

void temp_done(const Temp *temp)
{
    remove_tree(temp->path);
}

const char *temp_path(const Temp *temp, const char *name)
{
    enum { KEPT = 8 };
    static char paths[KEPT][2 * TEMP_PATH_SIZE];
    static int next;
    char *path = paths[next++ % KEPT];
    (void)snprintf(path, sizeof paths[0], "%s/%s", temp->path, name);
    return path;
}

void temp_write(const Temp *temp, const char *name, Str content)
{
    FILE *file = fopen(temp_path(temp, name), "wb");
    assert_non_null(file);
    if (content.n_bytes > 0) {
        assert_int_equal(fwrite(content.at, 1, content.n_bytes, file), content.n_bytes);
    }
    assert_int_equal(fclose(file), 0);
}

void temp_read(const char *path, StrBuf *out)
{
    FILE *file = fopen(path, "rb");
    char part[4096];
    for (size_t n = 1; file != NULL && n > 0;) {
        n = fread(part, 1, sizeof part, file);
        strbuf_add(out, (Str){ part, n });
    }
    if (file != NULL) {
        (void)fclose(file);
    }
}

void temp_copy(const Temp *temp, const char *from)
{
    DIR *dir = opendir(from);
    assert_non_null(dir);
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (entry->d_name[0] != '.') {
            StrBuf path = { 0 };
            StrBuf content = { 0 };
            strbuf_addf(&path, "%s/%s", from, entry->d_name);
            temp_read(path.at, &content);
            temp_write(temp, entry->d_name, strbuf_str(&content));
            strbuf_done(&path);
            strbuf_done(&content);
        }
    }
    (void)closedir(dir);
}

void temp_delete(const Temp *temp, const char *name)
{
    assert_int_equal(unlink(temp_path(temp, name)), 0);
}

bool temp_holds(const char *path, Str content)
{
    StrBuf has = { 0 };
    temp_read(path, &has);
    bool same = access(path, F_OK) == 0 && str_eq(strbuf_str(&has), content);
    strbuf_done(&has);
    return same;
}

void temp_names(const Temp *temp, StrBuf *out)
{
    DIR *dir = opendir(temp->path);
    assert_non_null(dir);
    for (const struct dirent *entry = readdir(dir); entry != NULL; entry = readdir(dir)) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            strbuf_addf(out, "%s\n", entry->d_name);
        }
    }
    (void)closedir(dir);
}

int temp_count(const Temp *temp)
{
    int count = 0;
    StrBuf names = { 0 };
    temp_names(temp, &names);
    for (size_t i = 0; i < names.n_bytes; i++) {
        count += names.at[i] == '\n'; /* a name with one in it counts as two */
    }
    strbuf_done(&names);
    return count;
}

bool temp_as_nobody(bool (*check)(const Temp *temp), const Temp *temp)
{
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        bool is_nobody = geteuid() != 0 || (setgid(NOBODY) == 0 && setuid(NOBODY) == 0);
        _exit(is_nobody && check(temp) ? 0 : 1);
    }
    int status = -1;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
