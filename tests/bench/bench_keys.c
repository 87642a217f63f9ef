/*
 * bench_keys PROGRAM PLAN LARGE-PLAN: the real program on a real pty. Bytes a key, against the text of
 * the rows that it moves between; processor time a key (from /proc, so whole: decoding, drawing,
 * sending); idle; memory.
 */
#include <string.h>
#include <unistd.h>

#include "../support/pty.h"
#include "bench.h"
#include "vekha/base/file.h"

enum { N_KEYS = 45, N_LARGE_KEYS = 300, QUIET_MS = 12, ROW_COST = 80 };

static long peak_kib(const Pty *pty)
{
    char path[64];
    char line[256];
    long kib = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/status", pty_pid(pty));
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "VmHWM:", 6) == 0) {
            kib = strtol(line + 6, NULL, 10);
        }
    }
    if (file != NULL) {
        (void)fclose(file);
    }
    return kib;
}

static Pty *start(const char *program, const char *plan, const char *keys)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", NULL };
    const char *const argv[] = { program, plan, NULL };
    PtyOptions options = { .env = env };
    Pty *pty = pty_start(&options, argv);
    pty_settle(pty, 400);
    pty_send(pty, keys);
    pty_settle(pty, 100);
    (void)pty_take_count(pty);
    return pty;
}

static size_t row_bytes(const Pty *pty, int y)
{
    StrBuf row = { 0 };
    pty_add_row(pty, y, &row);
    size_t n = str_trim(strbuf_str(&row)).n_bytes;
    strbuf_done(&row);
    return n;
}

/* Down through the first page without the pane: each key moves the bar between two rows that stay. */
static int bench_rows(const char *program, const char *plan)
{
    Pty *pty = start(program, plan, "gii\t\t");
    double over = 0;
    double most = 0;
    for (int i = 0; i < 14; i++) {
        int y;
        int x;
        pty_get_cursor(pty, &y, &x);
        size_t rows = row_bytes(pty, y);
        pty_send(pty, "j");
        pty_settle(pty, QUIET_MS);
        pty_get_cursor(pty, &y, &x);
        rows += row_bytes(pty, y);
        double n = (double)pty_take_count(pty);
        over = n - (double)rows > over ? n - (double)rows : over;
        most = n > most ? n : most;
    }
    pty_end(pty);
    return bench_row("cursor down, bytes over those of the two rows", over, ROW_COST, "bytes", "") |
           bench_row("cursor down, bytes at most", most, 400, "bytes", "");
}

static int bench_pane(const char *program, const char *plan)
{
    Pty *pty = start(program, plan, "g");
    double bytes[N_KEYS];
    for (int i = 0; i < N_KEYS; i++) {
        pty_send(pty, "j");
        pty_settle(pty, QUIET_MS);
        bytes[i] = (double)pty_take_count(pty);
    }
    pty_end(pty);
    double median = bench_percentile(bytes, N_KEYS, 50);
    return bench_row("cursor down with the pane, median", median, 1000, "bytes", "") |
           bench_row("cursor down with the pane, at most", bytes[N_KEYS - 1], 1400, "bytes", "");
}

static int bench_large(const char *program, const char *plan)
{
    static const char *const keys[] = { "j", "j", "\x1b[6~", "k", "3", "j", "l", "2", "o", "0", "\x1b[5~", "G", "g", "i", "i" };
    double ms[N_LARGE_KEYS];
    char detail[128];
    FileMark mark = file_mark(plan);
    Pty *pty = start(program, plan, "g");
    for (int i = 0; i < N_LARGE_KEYS; i++) {
        double begin = bench_cpu_ms(pty_pid(pty));
        pty_send(pty, keys[(size_t)i % (sizeof keys / sizeof *keys)]);
        pty_settle(pty, QUIET_MS);
        ms[i] = bench_cpu_ms(pty_pid(pty)) - begin;
    }
    double times = (double)peak_kib(pty) * 1024 / (double)mark.n_bytes;
    (void)snprintf(detail, sizeof detail, "peak %ld KiB, file %ld KiB", peak_kib(pty), (long)(mark.n_bytes / 1024));
    pty_end(pty);
    double p99 = bench_percentile(ms, N_LARGE_KEYS, 99);
    char most[64];
    (void)snprintf(most, sizeof most, "median %.2f, most %.2f ms", ms[N_LARGE_KEYS / 2], ms[N_LARGE_KEYS - 1]);
    return bench_row("any key, 10,000 events, processor time, p99", p99, 5, "ms", most) |
           bench_row("memory at 10,000 events, against the file", times, 8, "times", detail);
}

static int bench_idle(const char *program, const char *plan)
{
    Pty *pty = start(program, plan, "j");
    double begin = bench_cpu_ms(pty_pid(pty));
    for (int i = 0; i < 30; i++) {
        pty_settle(pty, 100);
    }
    double ms = bench_cpu_ms(pty_pid(pty)) - begin;
    double bytes = (double)pty_take_count(pty);
    pty_end(pty);
    return bench_row("three idle seconds, bytes", bytes, 0, "bytes", "") |
           bench_row("three idle seconds, processor time (looking at files)", ms, 3, "ms", "");
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        return 2;
    }
    return bench_rows(argv[1], argv[2]) | bench_pane(argv[1], argv[2]) | bench_idle(argv[1], argv[2]) |
           bench_large(argv[1], argv[3]);
}
