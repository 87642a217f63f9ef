/*
 * bench_peers PROGRAM PLAN FOLDER: the cursor goes down through the same events in vekha and in its peers, at 80x24. vit
 * is held to bytes a key; calcurse, whose list is a part of the screen, to bytes a column that looks otherwise after the
 * key. FOLDER has their data: calcurse/, task/ with taskrc, vit/ with config.ini. What is not installed is left out.
 */
#include <string.h>
#include <unistd.h>

#include "../support/pty.h"
#include "bench.h"

enum { N_ROWS = 24, N_COLS = 80, N_KEYS = 30, QUIET_MS = 80, START_MS = 700 };

typedef struct Peer {
    const char *name;
    const char *argv[4];
    const char *env[4];
    const char *keys[8]; /* to the list, one by one; then down */
    const char *down;
} Peer;

typedef struct Cost {
    double bytes, bytes_a_column; /* medians */
} Cost;

static void look_at(const Pty *pty, uint64_t looks[N_ROWS][N_COLS])
{
    for (int y = 0; y < N_ROWS; y++) {
        for (int x = 0; x < N_COLS; x++) {
            looks[y][x] = pty_look(pty, y, x);
        }
    }
}

static Cost cost_of(const Peer *peer)
{
    uint64_t before[N_ROWS][N_COLS];
    uint64_t after[N_ROWS][N_COLS];
    double bytes[N_KEYS];
    double columns[N_KEYS];
    PtyOptions options = { .n_rows = N_ROWS, .n_cols = N_COLS, .env = peer->env };
    Pty *pty = pty_start(&options, peer->argv);
    pty_settle(pty, START_MS);
    for (size_t i = 0; i < sizeof peer->keys / sizeof *peer->keys && peer->keys[i] != NULL; i++) {
        pty_send(pty, peer->keys[i]);
        pty_settle(pty, QUIET_MS);
    }
    for (int i = 0; i < N_KEYS; i++) {
        look_at(pty, before);
        (void)pty_take_count(pty);
        pty_send(pty, peer->down);
        pty_settle(pty, QUIET_MS);
        bytes[i] = (double)pty_take_count(pty);
        look_at(pty, after);
        int n_changed = 0;
        for (int y = 0; y < N_ROWS; y++) {
            for (int x = 0; x < N_COLS; x++) {
                n_changed += before[y][x] != after[y][x];
            }
        }
        columns[i] = bytes[i] / (n_changed > 0 ? n_changed : 1);
    }
    pty_end(pty);
    return (Cost){ bench_percentile(bytes, N_KEYS, 50), bench_percentile(columns, N_KEYS, 50) };
}

static bool is_installed(const char *path, const char *what)
{
    bool is_there = access(path, X_OK) == 0;
    if (!is_there) {
        printf("%-54s   not measured: %s is not installed\n", what, path);
    }
    return is_there;
}

int main(int argc, char **argv)
{
    static const char vit_path[] = "/usr/bin/vit";
    static const char calcurse_path[] = "/usr/bin/calcurse";
    static const char vit_row[] = "cursor down, bytes, against vit";
    static const char calcurse_row[] = "cursor down, bytes a changed column, against calcurse";
    char home[512], taskrc[512], vit_dir[512], calcurse_dir[512];
    int failed = 0;
    char detail[96];
    if (argc != 4) {
        return 2;
    }
    (void)snprintf(home, sizeof home, "HOME=%s", argv[3]);
    (void)snprintf(taskrc, sizeof taskrc, "TASKRC=%s/task/taskrc", argv[3]);
    (void)snprintf(vit_dir, sizeof vit_dir, "VIT_DIR=%s/vit", argv[3]);
    (void)snprintf(calcurse_dir, sizeof calcurse_dir, "%s/calcurse", argv[3]);
    const Peer vekha = { "vekha", { argv[1], argv[2] }, { "VEKHA_TODAY=2022-05-10" }, { "2", "g" }, "j" };
    const Peer vit = { "vit", { vit_path }, { home, taskrc, vit_dir }, { NULL }, "j" };
    const Peer calcurse = { "calcurse", { calcurse_path, "-D", calcurse_dir }, { home }, { "\t", "\t" }, "j" };
    Cost ours = cost_of(&vekha);
    if (is_installed(vit_path, vit_row)) {
        Cost theirs = cost_of(&vit);
        (void)snprintf(detail, sizeof detail, "%.0f bytes, vit %.0f", ours.bytes, theirs.bytes);
        failed |= bench_row(vit_row, ours.bytes / theirs.bytes, 1, "times", detail);
    }
    if (is_installed(calcurse_path, calcurse_row)) {
        Cost theirs = cost_of(&calcurse);
        (void)snprintf(detail, sizeof detail, "%.2f bytes, calcurse %.2f (%.0f bytes a key)", ours.bytes_a_column,
                       theirs.bytes_a_column, theirs.bytes);
        failed |= bench_row(calcurse_row, ours.bytes_a_column / theirs.bytes_a_column, 1, "times", detail);
    }
    return failed;
}
