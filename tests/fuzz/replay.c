/* Runs a fuzzer, built by any compiler, on every file of its corpus: tests/fuzz/corpus/<name of the program without fuzz_>/. */
#include <dirent.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { REPLAY_MAX_BYTES = 1 << 20 };

static bool replay(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *bytes = malloc(REPLAY_MAX_BYTES);
    bool ok = file != NULL && bytes != NULL;
    if (ok) {
        size_t n = fread(bytes, 1, REPLAY_MAX_BYTES, file);
        uint8_t *exact = malloc(n == 0 ? 1 : n); /* so that a sanitizer sees a read behind the end */
        if (exact != NULL) {
            memcpy(exact, bytes, n);
            (void)LLVMFuzzerTestOneInput(exact, n);
        }
        free(exact);
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    free(bytes);
    return ok;
}

int main(int n_args, char **args)
{
    static const char prefix[] = "fuzz_";
    const char *name = n_args > 0 && strrchr(args[0], '/') != NULL ? strrchr(args[0], '/') + 1 : "";
    name += strncmp(name, prefix, sizeof prefix - 1) == 0 ? sizeof prefix - 1 : 0;
    char folder[256];
    char path[1024];
    (void)snprintf(folder, sizeof folder, "tests/fuzz/corpus/%s", name);
    DIR *dir = opendir(folder);
    int n_files = 0;
    for (struct dirent *entry = dir == NULL ? NULL : readdir(dir); entry != NULL; entry = readdir(dir)) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        n_files += entry->d_name[0] != '.' && replay(path);
    }
    if (dir != NULL) {
        (void)closedir(dir);
    }
    printf("%d inputs\n", n_files);
    return n_files > 0 ? 0 : 1;
}
