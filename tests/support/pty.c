#include "pty.h"

#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include <vterm.h>

#include "vekha/base/mem.h"
#include "vekha/base/utf8.h"

struct Pty {
    int fd; /* -1: hung up, or the program closed its end */
    pid_t pid;
    int status; /* as pty_wait_exit() gives it */
    VTerm *vterm;
    VTermScreen *screen;
    bool cursor_is_shown, is_on_alternate, was_cooked; /* was: when the link ended */
    StrBuf output;
    size_t n_read; /* of it, by the emulator, which is given whole characters only */
    size_t n_counted;
};

static long long now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int on_property(VTermProp property, VTermValue *value, void *user)
{
    Pty *pty = user;
    if (property == VTERM_PROP_CURSORVISIBLE) {
        pty->cursor_is_shown = value->boolean != 0;
    } else if (property == VTERM_PROP_ALTSCREEN) {
        pty->is_on_alternate = value->boolean != 0;
    }
    return 1;
}

static const VTermScreenCallbacks callbacks = { .settermprop = on_property };

/* Runs in the child, with an environment of its own; never comes back. */
static void become(const PtyOptions *options, const char *const argv[])
{
    const char *const kept[] = { "PATH", "ASAN_OPTIONS", "LLVM_PROFILE_FILE" };
    char *values[COUNTOF(kept)];
    for (size_t i = 0; i < COUNTOF(kept); i++) {
        values[i] = getenv(kept[i]) != NULL ? strdup(getenv(kept[i])) : NULL;
    }
    (void)clearenv();
    for (size_t i = 0; i < COUNTOF(kept); i++) {
        if (values[i] != NULL) {
            (void)setenv(kept[i], values[i], 1);
        }
    }
    (void)setenv("TERM", options->term != NULL ? options->term : "xterm-256color", 1);
    (void)setenv("LANG", "C.UTF-8", 1);
    (void)setenv("HOME", "/nonexistent", 1);
    for (size_t i = 0; options->env != NULL && options->env[i] != NULL; i++) {
        (void)putenv(strdup(options->env[i])); /* without a "=": taken out */
    }
    uid_t user = options->user;
    bool is_user = user == 0 || (setgroups(0, NULL) == 0 && setgid(user) == 0 && setuid(user) == 0);
    if (is_user && (options->folder == NULL || chdir(options->folder) == 0)) {
        (void)execv(argv[0], (char *const *)(uintptr_t)argv);
    }
    _exit(127);
}

Pty *pty_start(const PtyOptions *options, const char *const argv[])
{
    int n_rows = options->n_rows > 0 ? options->n_rows : 24;
    int n_cols = options->n_cols > 0 ? options->n_cols : 80;
    struct winsize size = { .ws_row = (unsigned short)n_rows, .ws_col = (unsigned short)n_cols };
    Pty *pty = mem_new(sizeof *pty);
    pty->status = PTY_STILL_RUNNING;
    pty->pid = forkpty(&pty->fd, NULL, NULL, &size);
    if (pty->pid < 0) {
        perror("forkpty");
        exit(1);
    }
    if (pty->pid == 0) {
        become(options, argv);
    }
    pty->vterm = vterm_new(n_rows, n_cols);
    vterm_set_utf8(pty->vterm, 1);
    pty->screen = vterm_obtain_screen(pty->vterm);
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
    return pty;
}

bool pty_is_cooked(const Pty *pty)
{
    struct termios modes;
    if (pty->fd < 0) {
        return pty->was_cooked;
    }
    return tcgetattr(pty->fd, &modes) == 0 && (modes.c_lflag & (ICANON | ECHO)) == (ICANON | ECHO);
}

void pty_hang_up(Pty *pty)
{
    if (pty->fd >= 0) {
        pty->was_cooked = pty_is_cooked(pty);
        (void)close(pty->fd);
    }
    pty->fd = -1;
}

void pty_end(Pty *pty)
{
    pty_hang_up(pty);
    if (pty->status == PTY_STILL_RUNNING) {
        (void)kill(pty->pid, SIGKILL);
        (void)waitpid(pty->pid, NULL, 0);
    }
    vterm_free(pty->vterm);
    strbuf_done(&pty->output);
    free(pty);
}

/* Where the last character that is whole ends: a read may cut one in two. */
static size_t whole_end(const Pty *pty)
{
    enum { MAX_BYTES = 4 };
    Str all = strbuf_str(&pty->output);
    for (size_t n = 1; n < MAX_BYTES && n <= all.n_bytes - pty->n_read; n++) {
        unsigned char byte = (unsigned char)all.at[all.n_bytes - n];
        size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1;
        if (byte < 0x80 || byte >= 0xC0) {
            return length > n ? all.n_bytes - n : all.n_bytes;
        }
    }
    return all.n_bytes;
}

/* Reads what there is, waiting up to ms for it; false when nothing came. */
static bool pump(Pty *pty, int ms)
{
    char bytes[65536];
    struct pollfd one = { .fd = pty->fd, .events = POLLIN };
    int n_ready = poll(&one, 1, ms < 0 ? 0 : ms); /* a negative descriptor is waited for in vain */
    if (n_ready <= 0 || pty->fd < 0) {
        return false;
    }
    ssize_t n = read(pty->fd, bytes, sizeof bytes);
    if (n <= 0) {
        pty_hang_up(pty); /* the program has closed its end */
        return false;
    }
    strbuf_add(&pty->output, (Str){ bytes, (size_t)n });
    size_t end = whole_end(pty);
    (void)vterm_input_write(pty->vterm, pty->output.at + pty->n_read, end - pty->n_read);
    pty->n_read = end;
    return true;
}

void pty_send(Pty *pty, const char *keys)
{
    size_t n = strlen(keys);
    while (n > 0 && pty->fd >= 0) {
        ssize_t written = write(pty->fd, keys, n);
        if (written < 0 && errno != EINTR) {
            return;
        }
        keys += written < 0 ? 0 : written;
        n -= written < 0 ? 0 : (size_t)written;
    }
}

static bool is_on_screen(const Pty *pty, const char *text)
{
    StrBuf screen = { 0 };
    pty_add_screen(pty, &screen);
    bool found = str_find(strbuf_str(&screen), str_of(text), 0) != SIZE_MAX;
    strbuf_done(&screen);
    return found;
}

static bool wait_for(Pty *pty, const char *text, bool wanted, int ms)
{
    long long end = now_ms() + ms;
    while (is_on_screen(pty, text) != wanted) {
        long long left = end - now_ms();
        if (left <= 0 || (!pump(pty, (int)left) && pty->fd < 0)) {
            return is_on_screen(pty, text) == wanted;
        }
    }
    return true;
}

bool pty_wait_text(Pty *pty, const char *text, int ms)
{
    return wait_for(pty, text, true, ms);
}

bool pty_wait_gone(Pty *pty, const char *text, int ms)
{
    return wait_for(pty, text, false, ms);
}

bool pty_wait_cursor(Pty *pty, int y, int x, int ms)
{
    long long end = now_ms() + ms;
    for (;;) {
        int now_y, now_x;
        pty_get_cursor(pty, &now_y, &now_x);
        long long left = end - now_ms();
        if (now_y == y && now_x == x) {
            return true;
        }
        if (left <= 0 || (!pump(pty, (int)left) && pty->fd < 0)) {
            return false;
        }
    }
}

bool pty_wait_output(Pty *pty, int ms)
{
    return pump(pty, ms);
}

void pty_settle(Pty *pty, int quiet_ms)
{
    while (pump(pty, quiet_ms)) {
    }
}

void pty_idle(int ms)
{
    (void)poll(NULL, 0, ms);
}

uint64_t pty_used_ns(const Pty *pty)
{
    clockid_t clock;
    struct timespec used;
    if (clock_getcpuclockid(pty->pid, &clock) != 0 || clock_gettime(clock, &used) != 0) {
        return 0;
    }
    return (uint64_t)used.tv_sec * 1000000000 + (uint64_t)used.tv_nsec;
}

/* Neither on the processor, nor waiting for it, nor for a disk. */
static bool is_asleep(const Pty *pty)
{
    char path[64];
    char line[512]; /* "pid (name) state …" */
    (void)snprintf(path, sizeof path, "/proc/%d/stat", (int)pty->pid);
    FILE *file = fopen(path, "r");
    bool has_line = file != NULL && fgets(line, sizeof line, file) != NULL;
    const char *name_end = has_line ? strrchr(line, ')') : NULL;
    if (file != NULL) {
        (void)fclose(file);
    }
    return name_end == NULL || (name_end[2] != 'R' && name_end[2] != 'D');
}

static bool wait_rest(Pty *pty, int quiet_ms, bool reads)
{
    enum { STEP_MS = 4 };
    long long since = now_ms();
    long long end = since + PTY_PATIENCE_MS;
    uint64_t used_ns = pty_used_ns(pty);
    do {
        bool came = reads && pump(pty, STEP_MS);
        if (!reads) {
            pty_idle(STEP_MS);
        }
        bool has_run = !reads && pty_used_ns(pty) != used_ns;
        if (came || has_run || !is_asleep(pty)) {
            used_ns = pty_used_ns(pty);
            since = now_ms();
        } else if (now_ms() - since >= quiet_ms) {
            return true;
        }
    } while (now_ms() < end);
    return false;
}

bool pty_wait_rest(Pty *pty, int quiet_ms)
{
    return wait_rest(pty, quiet_ms, true);
}

bool pty_wait_stalled(Pty *pty, int quiet_ms)
{
    return wait_rest(pty, quiet_ms, false);
}

static int wait_exit(Pty *pty, int ms, bool reads)
{
    enum { STEP_MS = 5 };
    long long end = now_ms() + ms;
    while (pty->status == PTY_STILL_RUNNING) {
        int status;
        pid_t got = waitpid(pty->pid, &status, WNOHANG);
        if (got == pty->pid) {
            pty->status = WIFEXITED(status) ? WEXITSTATUS(status) : PTY_BY_SIGNAL + WTERMSIG(status);
        } else if (now_ms() >= end) {
            break;
        } else if (!reads || pty->fd < 0) {
            pty_idle(STEP_MS); /* nothing to wait on but the time */
        } else {
            (void)pump(pty, STEP_MS);
        }
    }
    while (pty->status != PTY_STILL_RUNNING && pty->fd >= 0 && pump(pty, 0)) {
    }
    return pty->status;
}

int pty_wait_exit(Pty *pty, int ms)
{
    return wait_exit(pty, ms, true);
}

int pty_wait_exit_unread(Pty *pty, int ms)
{
    return wait_exit(pty, ms, false);
}

static void get_size(const Pty *pty, int *n_rows, int *n_cols)
{
    vterm_get_size(pty->vterm, n_rows, n_cols);
}

void pty_add_row(const Pty *pty, int y, StrBuf *out)
{
    int n_rows, n_cols;
    get_size(pty, &n_rows, &n_cols);
    for (int x = 0; x < n_cols; x++) {
        VTermScreenCell cell;
        (void)vterm_screen_get_cell(pty->screen, (VTermPos){ y, x }, &cell);
        if (cell.chars[0] == 0) {
            strbuf_add_char(out, ' ');
        }
        for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0 && cell.chars[i] != (uint32_t)-1; i++) {
            utf8_add(out, cell.chars[i]);
        }
    }
}

void pty_add_screen(const Pty *pty, StrBuf *out)
{
    int n_rows, n_cols;
    get_size(pty, &n_rows, &n_cols);
    for (int y = 0; y < n_rows; y++) {
        size_t start = out->n_bytes;
        pty_add_row(pty, y, out);
        while (out->n_bytes > start && out->at[out->n_bytes - 1] == ' ') {
            strbuf_cut(out, out->n_bytes - 1);
        }
        strbuf_add_char(out, '\n');
    }
}

void pty_get_cursor(const Pty *pty, int *y, int *x)
{
    VTermPos at;
    vterm_state_get_cursorpos(vterm_obtain_state(pty->vterm), &at);
    *y = at.row;
    *x = at.col;
}

bool pty_cursor_is_shown(const Pty *pty)
{
    return pty->cursor_is_shown;
}

bool pty_is_reverse(const Pty *pty, int y, int x)
{
    VTermScreenCell cell;
    return vterm_screen_get_cell(pty->screen, (VTermPos){ y, x }, &cell) != 0 && cell.attrs.reverse != 0;
}

static uint64_t mixed(uint64_t hash, uint64_t value)
{
    return (hash ^ value) * 0x100000001B3; /* FNV-1a, a value at a time */
}

static uint64_t color_of(VTermColor color)
{
    if (VTERM_COLOR_IS_DEFAULT_FG(&color) || VTERM_COLOR_IS_DEFAULT_BG(&color)) {
        return 1;
    }
    return VTERM_COLOR_IS_INDEXED(&color)
               ? 2U + color.indexed.idx
               : 1U << 24 | (uint64_t)color.rgb.red << 16 | (uint64_t)color.rgb.green << 8 | color.rgb.blue;
}

uint64_t pty_look(const Pty *pty, int y, int x)
{
    VTermScreenCell cell;
    uint64_t hash = 0xCBF29CE484222325;
    if (vterm_screen_get_cell(pty->screen, (VTermPos){ y, x }, &cell) == 0) {
        return 0;
    }
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell.chars[i] != 0; i++) {
        hash = mixed(hash, cell.chars[i] == ' ' ? 0 : cell.chars[i]);
    }
    hash = cell.chars[0] == 0 ? mixed(hash, 0) : hash; /* nothing was ever there: a blank */
    hash = mixed(hash, cell.attrs.bold);
    hash = mixed(hash, cell.attrs.underline);
    hash = mixed(hash, cell.attrs.reverse);
    return mixed(mixed(hash, color_of(cell.fg)), color_of(cell.bg));
}

bool pty_is_on_alternate(const Pty *pty)
{
    return pty->is_on_alternate;
}

size_t pty_take_count(Pty *pty)
{
    size_t n = pty->output.n_bytes - pty->n_counted;
    pty->n_counted = pty->output.n_bytes;
    return n;
}

Str pty_output(const Pty *pty)
{
    return strbuf_str(&pty->output);
}

void pty_resize(Pty *pty, int n_rows, int n_cols)
{
    struct winsize size = { .ws_row = (unsigned short)n_rows, .ws_col = (unsigned short)n_cols };
    vterm_set_size(pty->vterm, n_rows, n_cols);
    (void)ioctl(pty->fd, TIOCSWINSZ, &size);
}

void pty_signal(Pty *pty, int number)
{
    (void)kill(pty->pid, number);
}

int pty_pid(const Pty *pty)
{
    return pty->pid;
}
