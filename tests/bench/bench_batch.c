/* bench_batch FILE ROW BOUND: all numbers of a plan changed and saved as one step, against one text of the plan, for which
 * the whole file is read anew as well; in turn, by the clock on the wall. */
#include <string.h>

#include "bench.h"
#include "vekha/core/change_build.h"
#include "vekha/core/renumber.h"
#include "vekha/store/store.h"

enum { N_RUNS = 11 };

static double wall_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static double time_set(Store *store, ChangeSet set)
{
    double begin = wall_ms();
    if (set.n == 0 || !store_apply_all(store, 0, set, NULL, NULL)) {
        exit(2);
    }
    return wall_ms() - begin;
}

static double time_one(Store *store, size_t run)
{
    Arena arena = { 0 };
    Change change = { 0 };
    Str title = run % 2 == 0 ? STR("План") : STR("План работы");
    if (!change_edit_header(&change, store_file(store, 0)->plan, -1, STR("title"), title, &arena, NULL)) {
        exit(2);
    }
    double took = time_set(store, (ChangeSet){ &change, 1 });
    arena_done(&arena);
    return took;
}

static double time_all(Store *store, size_t run)
{
    Arena arena = { 0 };
    ChangeVec changes = { 0 };
    NumberStyle style;
    if (!plan_renumber(store_file(store, 0)->plan, 2 + (int)run, &arena, &changes, &style, NULL)) {
        exit(2);
    }
    double took = time_set(store, (ChangeSet){ changes.at, changes.n });
    vec_done(&changes);
    arena_done(&arena);
    return took;
}

int main(int argc, char **argv)
{
    double one[N_RUNS];
    double all[N_RUNS];
    char detail[128];
    Store *store = argc == 4 ? store_open(argv[1], NULL) : NULL;
    if (store == NULL || store_count(store) != 1) {
        return 2;
    }
    for (size_t i = 0; i < N_RUNS; i++) {
        one[i] = time_one(store, i);
        all[i] = time_all(store, i);
    }
    double one_ms = bench_percentile(one, N_RUNS, 50);
    double all_ms = bench_percentile(all, N_RUNS, 50);
    (void)snprintf(detail, sizeof detail, "%.2f ms, one %.2f ms", all_ms, one_ms);
    store_free(store);
    return bench_row(argv[2], all_ms / one_ms, strtod(argv[3], NULL), "times", detail);
}
