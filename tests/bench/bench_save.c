/* bench_save KIND FILE ROW BOUND: a change (mark, add, delete, move) made and saved, against the same bytes written by hand as safely, in turn, by the clock on
 * the wall. */
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "bench.h"
#include "vekha/base/file.h"
#include "vekha/core/change_build.h"
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

static Change mark_event(const Plan *plan, size_t event, size_t run, Arena *arena)
{
    Change change;
    MarkRequest request = { .status = STATUS_DONE, .on = TODAY + (Day)run, .by = STR("Методист") };
    if (!change_mark(plan, event, &request, arena, &change, NULL)) {
        exit(2);
    }
    return change;
}

static Change add_event(const Plan *plan, size_t event, size_t run, Arena *arena)
{
    Event content = { .id = plan_new_id(plan, run, arena), .title = STR("Совещание при директоре"), .when = STR("март") };
    EventPlace place = place_after(plan, event, arena);
    return change_insert(&content, &place, arena);
}

static Change delete_event(const Plan *plan, size_t event, size_t run, Arena *arena)
{
    (void)run;
    return change_delete(plan, event, arena);
}

/* Every second time to the neighbour, else far away. */
static Change move_event(const Plan *plan, size_t event, size_t run, Arena *arena)
{
    size_t to = run % 2 == 0 ? event + 1 : (event + plan->events.n / 2) % plan->events.n;
    EventPlace place = place_after(plan, to, arena);
    return change_move(plan, event, &place, arena);
}

typedef struct Kind {
    const char *name;
    Change (*make)(const Plan *plan, size_t event, size_t run, Arena *arena);
} Kind;

static const Kind kinds[] = { { "mark", mark_event }, { "add", add_event }, { "delete", delete_event }, { "move", move_event } };

/* Events all over the file, there and back again, so that each is a change. */
static double time_ours(Store *store, const Kind *kind, size_t run)
{
    Arena arena = { 0 };
    const Plan *plan = store_file(store, 0)->plan;
    size_t event = plan->events.n * (run * 7 % N_RUNS) / N_RUNS;
    double begin = wall_ms();
    Change change = kind->make(plan, event, run, &arena);
    if (!store_apply(store, 0, &change, NULL, NULL)) {
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
    size_t kind = 0;
    while (argc == 5 && kind < COUNTOF(kinds) && strcmp(kinds[kind].name, argv[1]) != 0) {
        kind++;
    }
    if (argc != 5 || kind == COUNTOF(kinds) || !file_read(argv[2], FILE_MAX, &text, NULL, NULL)) {
        return 2;
    }
    Store *store = store_open(argv[2], NULL);
    path_add_folder(&folder, str_of(argv[2]));
    for (size_t i = 0; i < N_RUNS; i++) {
        floor[i] = time_floor(strbuf_str(&text), folder.at);
        ours[i] = time_ours(store, &kinds[kind], i);
    }
    double floor_ms = bench_percentile(floor, N_RUNS, 50);
    double ours_ms = bench_percentile(ours, N_RUNS, 50);
    (void)snprintf(detail, sizeof detail, "%.2f ms, floor %.2f ms", ours_ms, floor_ms);
    strbuf_done(&text);
    strbuf_done(&folder);
    store_free(store);
    return bench_row(argv[3], ours_ms / floor_ms, strtod(argv[4], NULL), "times", detail);
}
