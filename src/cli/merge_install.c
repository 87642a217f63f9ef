#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/cli_priv.h"
#include "vekha/base/file.h"

extern char **environ; /* GIT_DIR and the like are git's business */

enum { ATTRIBUTES_MAX = 1 << 20, PATH_BYTES = 4096 };

static const Str attributes[] = {
    STR_INIT("*.yaml merge=vekha"),
    STR_INIT("*.yml merge=vekha"),
    STR_INIT("vekha.yaml !merge"), /* settings, no plan: git's own way */
    STR_INIT(".journal/*.tsv merge=union"),
};
static const Str ignored[] = { STR_INIT(".vekha.lock"), STR_INIT(".*.saved"), STR_INIT(".*.new") };

/* Runs git in the folder with these words (NULL ends them), what it prints going nowhere. False: there is no git; else its exit
 * code. */
static bool run_git(const char *folder, const char *const *words, bool is_quiet, int *code, Err *err)
{
    enum { MAX_WORDS = 8 };
    StrBuf copies[MAX_WORDS + 4] = { 0 };
    char *argv[MAX_WORDS + 4] = { 0 };
    const char *const first[] = { "git", "-C", folder };
    posix_spawn_file_actions_t actions;
    pid_t child;
    int status = 0;
    for (size_t i = 0; i < COUNTOF(first) + MAX_WORDS && (i < COUNTOF(first) || words[i - COUNTOF(first)] != NULL); i++) {
        strbuf_add(&copies[i], str_of(i < COUNTOF(first) ? first[i] : words[i - COUNTOF(first)]));
        (void)strbuf_z(&copies[i]);
        argv[i] = copies[i].at; /* it takes no constants */
    }
    (void)posix_spawn_file_actions_init(&actions);
    (void)posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (is_quiet) {
        (void)posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    }
    int why = posix_spawnp(&child, "git", &actions, NULL, argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    for (size_t i = 0; i < COUNTOF(copies); i++) {
        strbuf_done(&copies[i]);
    }
    if (why != 0) {
        return err_set(err, ERR_SYSTEM, T_GIT_NOT_INSTALLED, err_why(why));
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    *code = WIFEXITED(status) ? WEXITSTATUS(status) : CLI_SYSTEM;
    return true;
}

/* For a shell: '…', and a quote in it as '\'' ; the percent sign is git's own. */
static void add_quoted(StrBuf *out, Str word)
{
    strbuf_add_char(out, '\'');
    for (size_t i = 0; i < word.n_bytes; i++) {
        if (word.at[i] == '\'') {
            strbuf_add(out, STR("'\\''"));
        } else {
            strbuf_add(out, word.at[i] == '%' ? STR("%%") : str_sub(word, i, i + 1));
        }
    }
    strbuf_add_char(out, '\'');
}

static bool add_driver(StrBuf *out, Err *err)
{
    char path[PATH_BYTES];
    ssize_t n = readlink("/proc/self/exe", path, sizeof path);
    if (n <= 0 || n == (ssize_t)sizeof path) {
        return err_errno(err, T_FILE_CANNOT_READ, "/proc/self/exe");
    }
    add_quoted(out, (Str){ path, (size_t)n });
    strbuf_add(out, STR(" merge -o %A -- %O %A %B"));
    return true;
}

static bool has_line(Str text, Str line)
{
    while (text.n_bytes > 0) {
        if (str_eq(str_trim(str_cut(&text, '\n')), line)) {
            return true;
        }
    }
    return false;
}

static void say(Cli *cli, TextId text, Str name, long n)
{
    StrBuf line = { 0 };
    text_put(&line, cli_lang(cli), text, TEXT_STR(name), TEXT_NUM(n));
    paint_line(cli, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&line);
}

/* Appends to a file's text those lines that it does not have; of lines for git the later one holds. Returns how many. */
static long add_missing(StrBuf *text, const Str *lines, size_t n_lines)
{
    long n_added = 0;
    for (size_t i = 0; i < n_lines; i++) {
        bool is_exception = n_added > 0 && str_ends(lines[i], STR(" !merge")); /* it has to stand behind what it is one of */
        if (!has_line(strbuf_str(text), lines[i]) || is_exception) {
            strbuf_add(text, text->n_bytes > 0 && text->at[text->n_bytes - 1] != '\n' ? STR("\n") : (Str){ 0 });
            strbuf_add(text, lines[i]);
            strbuf_add_char(text, '\n');
            n_added++;
        }
    }
    return n_added;
}

/* Once more, as somebody else saved it meanwhile: is_other. */
static bool add_once(const char *path, const Str *lines, size_t n_lines, long *n_added, bool *is_other, Err *err)
{
    StrBuf text = { 0 };
    FileMark mark = { 0 };
    struct stat info;
    bool is_there = lstat(path, &info) == 0;
    bool is_none = !is_there && errno == ENOENT;
    bool ok = is_none || (is_there && file_settle(path, err) && file_read(path, ATTRIBUTES_MAX, &text, &mark, err)) ||
              (!is_there && err_errno(err, T_FILE_CANNOT_READ, path));
    *is_other = false;
    if (ok) {
        *n_added = add_missing(&text, lines, n_lines);
        ok = *n_added == 0 || (is_none ? file_create(path, strbuf_str(&text), NULL, is_other, err)
                                       : file_replace_known(path, strbuf_str(&text), &mark, is_other, err));
    }
    strbuf_done(&text);
    return ok;
}

/* They are a person's files: what stands in them stays, also where it cannot be read, and whoever saves them meanwhile. */
static bool add_lines(Cli *cli, const char *folder, const char *name, const Str *lines, size_t n_lines, Err *err)
{
    enum { MOST_TRIES = 10, LOCK_WAIT_MS = 3000 };
    StrBuf path = { 0 };
    FileLock lock = { 0 };
    long n_added = 0;
    bool is_other = true;
    strbuf_addf(&path, "%s/%s", folder, name);
    bool ok = file_lock(strbuf_z(&path), STR(".vekha.lock"), LOCK_WAIT_MS, &lock, err);
    bool is_locked = ok;
    for (int i = 0; i < MOST_TRIES && is_locked && is_other; i++) {
        ok = add_once(strbuf_z(&path), lines, n_lines, &n_added, &is_other, err);
    }
    file_unlock(&lock);
    if (ok) {
        say(cli, n_added > 0 ? T_GIT_LINES_ADDED : T_GIT_LINES_THERE, strbuf_str(&path), n_added);
    } else if (is_locked && is_other) {
        (void)err_set(err, ERR_SYSTEM, T_FILE_BUSY, TEXT_STR(strbuf_str(&path)));
    }
    strbuf_done(&path);
    return ok;
}

static bool set_config(const char *folder, const char *key, const char *value, Err *err)
{
    int code = 0;
    const char *const words[] = { "config", key, value, NULL };
    return run_git(folder, words, false, &code, err) &&
           (code == 0 || err_set(err, ERR_SYSTEM, T_GIT_FAILED, TEXT_STR(str_of(key))));
}

static bool install(Cli *cli, const char *folder, Err *err)
{
    StrBuf driver = { 0 };
    StrBuf name = { 0 };
    int code = 0;
    const char *const asks[] = { "rev-parse", "--show-toplevel", NULL };
    bool ok = run_git(folder, asks, true, &code, err) &&
              (code == 0 || err_set(err, ERR_USAGE, T_GIT_NO_REPOSITORY, TEXT_STR(str_of(folder)))) && add_driver(&driver, err);
    strbuf_add(&name, text_get(cli_lang(cli), T_GIT_DRIVER_NAME));
    ok = ok && add_lines(cli, folder, ".gitattributes", attributes, COUNTOF(attributes), err) &&
         add_lines(cli, folder, ".gitignore", ignored, COUNTOF(ignored), err) &&
         set_config(folder, "merge.vekha.driver", strbuf_z(&driver), err) && /* first: with a name alone git refuses to merge */
         set_config(folder, "merge.vekha.name", strbuf_z(&name), err);
    if (ok) {
        say(cli, T_GIT_DRIVER_SET, strbuf_str(&driver), 0);
        paint_line(cli, STYLE_DIM, text_get(cli_lang(cli), T_GIT_EACH_CLONE));
    }
    strbuf_done(&driver);
    strbuf_done(&name);
    return ok;
}

/* The folder of --dir or VEKHA_DIR, else ./plans, else the current one; never the user's own: that is seldom in git. */
void merge_install(Cli *cli)
{
    Err err = { 0 };
    Str named = str_of(cli->options.dir);
    named = named.n_bytes > 0 ? named : str_of(getenv("VEKHA_DIR"));
    named = named.n_bytes > 0 ? named : file_is_folder("plans") ? STR("plans") : STR(".");
    StrBuf folder = { 0 };
    strbuf_add(&folder, named);
    bool ok = file_find_folder(strbuf_z(&folder), T_CLI_NO_FOLDER, &err);
    if (!ok || !install(cli, strbuf_z(&folder), &err)) {
        (void)cli_fail(cli, &err);
    }
    strbuf_done(&folder);
}
