/* bench_merge FILE: two edited copies merged, against reading one of them, in turn, processor time. */
#include <stdint.h>

#include "bench.h"
#include "vekha/base/file.h"
#include "vekha/store/merge.h"
#include "vekha/store/schema.h"

enum { N_RUNS = 9, FILE_MAX = 1 << 30, N_EDITS = 50 };

static double time_reading(Str text)
{
    double begin = bench_now_ms();
    Reading reading;
    Doc *doc = doc_new(text);
    schema_read(doc, &reading);
    double end = bench_now_ms();
    reading_done(&reading);
    doc_free(doc);
    return end - begin;
}

static double time_merge(Str base, Str ours, Str theirs)
{
    Merged merged;
    double begin = bench_now_ms();
    bool ok = merge_plans((MergeText){ STR("base"), base }, (MergeText){ STR("ours"), ours },
                          (MergeText){ STR("theirs"), theirs }, &merged, NULL);
    double end = bench_now_ms();
    if (!ok || merged.n_conflicts > 0) {
        (void)fprintf(stderr, "not merged, or not without conflicts\n");
        exit(1);
    }
    merged_done(&merged);
    return end - begin;
}

/* Fifty keys of the base, evenly spread from that one on, get one more letter in their quotes. */
static void edit(Str base, Str key, size_t first, StrBuf *out)
{
    size_t n_keys = 0;
    for (size_t at = str_find(base, key, 0); at != SIZE_MAX; at = str_find(base, key, at + 1)) {
        n_keys++;
    }
    size_t step = n_keys / (N_EDITS + 1);
    size_t from = 0;
    size_t n = 0;
    for (size_t at = str_find(base, key, 0); at != SIZE_MAX; at = str_find(base, key, at + 1), n++) {
        if (n % step == first) {
            size_t end = str_find_char(base, '\n', at) - 1; /* in front of the quote */
            strbuf_add(out, str_sub(base, from, end));
            strbuf_add(out, STR("а"));
            from = end;
        }
    }
    strbuf_add(out, str_from(base, from));
}

static int bench(Str base, Str key, size_t first, const char *what)
{
    StrBuf ours = { 0 };
    StrBuf theirs = { 0 };
    double floor[N_RUNS];
    double merge[N_RUNS];
    char detail[128];
    edit(base, STR("    title: "), 2, &ours);
    edit(base, key, first, &theirs);
    for (int i = 0; i < N_RUNS; i++) {
        floor[i] = time_reading(strbuf_str(&ours));
        merge[i] = time_merge(base, strbuf_str(&ours), strbuf_str(&theirs));
    }
    double floor_ms = bench_percentile(floor, N_RUNS, 50);
    double merge_ms = bench_percentile(merge, N_RUNS, 50);
    (void)snprintf(detail, sizeof detail, "%.1f ms, reading %.1f ms", merge_ms, floor_ms);
    strbuf_done(&ours);
    strbuf_done(&theirs);
    return bench_row(what, merge_ms / floor_ms, 5.0, "times", detail);
}

int main(int argc, char **argv)
{
    StrBuf base = { 0 };
    Err err = { 0 };
    if (argc != 2 || !file_read(argv[1], FILE_MAX, &base, NULL, &err)) {
        return 2;
    }
    int failed = bench(strbuf_str(&base), STR("    title: "), 5, "merging two edited copies by lines, against reading one") |
                 bench(strbuf_str(&base), STR("    when: "), 2, "the same by events: both edited neighbouring lines");
    strbuf_done(&base);
    return failed;
}
