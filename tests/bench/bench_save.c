/* bench_save FILE ROW BOUND: a mark made and saved, against the same bytes written by hand as safely, in turn, by the clock on
 * the wall. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "vekha/base/file.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/store.h"

enum { N_RUNS = 25, FILE_MAX = 1 << 30, TODAY = 738000 };

static double wall_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* A temporary file, fsync, rename, fsync of the folder: nothing that would keep a file whole is less. */
static double time_floor(Str text, const char *folder)
{
    StrBuf temporary = { 0 };
    StrBuf path = { 0 };
    double begin = wall_ms();
    strbuf_addf(&temporary, "%s/.floor-XXXXXX", folder);
    strbuf_addf(&path, "%s/floor", folder);
    int fd = mkstemp(temporary.at);
    int dir = open(folder, O_RDONLY | O_DIRECTORY);
    bool ok = fd >= 0 && dir >= 0 && write(fd, text.at, text.n_bytes) == (ssize_t)text.n_bytes && fsync(fd) == 0 &&
              rename(temporary.at, path.at) == 0 && fsync(dir) == 0;
    (void)close(fd);
    (void)close(dir);
    if (!ok) {
        exit(2);
    }
    double end = wall_ms();
    strbuf_done(&temporary);
    strbuf_done(&path);
    return end - begin;
}

/* Events all over the file, there and back again, so that each is a change. */
static double time_ours(Store *store, size_t run)
{
    Arena arena = { 0 };
    Change change;
    const Plan *plan = store_file(store, 0)->plan;
    size_t event = plan->events.n * (run * 7 % N_RUNS) / N_RUNS;
    MarkRequest request = { .status = STATUS_DONE, .on = TODAY + (Day)run, .by = STR("Методист") };
    double begin = wall_ms();
    if (!change_mark(plan, event, &request, &arena, &change, NULL) || !store_apply(store, 0, &change, NULL, NULL)) {
        exit(2);
    }
    double end = wall_ms();
    arena_done(&arena);
    return end - begin;
}

int main(int argc, char **argv)
{
    StrBuf text = { 0 };
    StrBuf folder = { 0 };
    double floor[N_RUNS];
    double ours[N_RUNS];
    char detail[128];
    if (argc != 4 || !file_read(argv[1], FILE_MAX, &text, NULL, NULL)) {
        return 2;
    }
    Store *store = store_open(argv[1], NULL);
    path_add_folder(&folder, str_of(argv[1]));
    for (size_t i = 0; i < N_RUNS; i++) {
        floor[i] = time_floor(strbuf_str(&text), folder.at);
        ours[i] = time_ours(store, i);
    }
    double floor_ms = bench_percentile(floor, N_RUNS, 50);
    double ours_ms = bench_percentile(ours, N_RUNS, 50);
    (void)snprintf(detail, sizeof detail, "%.2f ms, floor %.2f ms", ours_ms, floor_ms);
    strbuf_done(&text);
    strbuf_done(&folder);
    store_free(store);
    return bench_row(argv[2], ours_ms / floor_ms, strtod(argv[3], NULL), "times", detail);
}
