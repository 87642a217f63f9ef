#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

/* One row of the report. Bounds are of ratios and counts, so that the machine's mood does not decide. */
static inline int bench_row(const char *what, double value, double bound, const char *unit, const char *detail)
{
    printf("%-54s %9.2f %-6s bound %8.2f  %-5s %s\n", what, value, unit, bound, value <= bound ? "ok" : "OVER", detail);
    return value <= bound ? 0 : 1;
}

static inline double bench_now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

/* The processor time of a running program: whole, from the system. */
static inline double bench_cpu_ms(int pid)
{
    char path[64];
    unsigned long long ns = 0;
    (void)snprintf(path, sizeof path, "/proc/%d/schedstat", pid);
    FILE *file = fopen(path, "r");
    if (file != NULL) {
        if (fscanf(file, "%llu", &ns) != 1) {
            ns = 0;
        }
        (void)fclose(file);
    }
    return (double)ns / 1e6;
}

static inline int bench_order(const void *left, const void *right)
{
    const double *a = left;
    const double *b = right;
    return (*a > *b) - (*a < *b);
}

static inline double bench_percentile(double *values, size_t n, size_t percent)
{
    qsort(values, n, sizeof *values, bench_order);
    size_t at = n * percent / 100;
    return values[at < n ? at : n - 1];
}

#endif
