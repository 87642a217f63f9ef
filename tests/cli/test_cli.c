#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "vekha/base/file.h"
#include "vekha/base/str.h"
#include "vekha/base/vec.h"

/*
 * Runs the cases of tests/cli/NAME.case, each file in a folder of its own that holds a copy of tests/cli/plans as plans, and of
 * the plans that come with the program as real:
 *
 *     # words
 *     $ command for the shell
 *     its standard output, line by line
 *     2> a line of its standard error
 *     [exit 0]
 *
 * With VEKHA_TEST_UPDATE=1 in the environment the files are written anew with what comes out: look at the difference.
 */

enum { FILE_MAX_BYTES = 1 << 24 };

typedef struct CaseFile {
    const char *path;
    const char *program; /* absolute */
} CaseFile;

static Str take_line(Str *rest)
{
    return str_cut(rest, '\n');
}

/* One step to a program of the system's, which must work out. */
static void must_run(const char *command)
{
    if (system(command) != 0) {
        fail_msg("%s", command);
    }
}

static char *new_folder(const CaseFile *file)
{
    const char *tmp = getenv("TMPDIR");
    StrBuf command = { 0 };
    StrBuf path = { 0 };
    strbuf_addf(&path, "%s/vekha-cli-XXXXXX", tmp != NULL ? tmp : "/tmp");
    assert_non_null(mkdtemp(path.at));
    strbuf_addf(&command,
                "cp -R tests/cli/plans '%s/plans' && cp -R plans '%s/real' && mkdir '%s/bin' && ln -s '%s' '%s/bin/vekha'",
                path.at, path.at, path.at, file->program, path.at);
    must_run(command.at);
    strbuf_done(&command);
    return strbuf_take(&path);
}

static void drop_folder(char *folder)
{
    StrBuf command = { 0 };
    strbuf_addf(&command, "rm -rf '%s'", folder);
    must_run(command.at);
    strbuf_done(&command);
    free(folder);
}

/* The shell in the folder, with nothing of our own environment. */
static _Noreturn void become(const char *folder, const char *command)
{
    StrBuf path = { 0 };
    strbuf_addf(&path, "%s/bin:/usr/bin:/bin", folder);
    bool ok = chdir(folder) == 0 && freopen("out", "w", stdout) != NULL && freopen("err", "w", stderr) != NULL &&
              freopen("/dev/null", "r", stdin) != NULL && clearenv() == 0 && setenv("PATH", path.at, 1) == 0 &&
              setenv("HOME", ".", 1) == 0 && setenv("TZ", "UTC", 1) == 0;
    if (ok) {
        (void)execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    }
    _exit(127);
}

/* What the program said on one of its outputs, each line behind a prefix. */
static void add_output(StrBuf *out, const char *folder, const char *name, Str prefix)
{
    StrBuf path = { 0 };
    StrBuf text = { 0 };
    strbuf_addf(&path, "%s/%s", folder, name);
    assert_true(file_read(path.at, FILE_MAX_BYTES, &text, NULL, NULL));
    Str rest = strbuf_str(&text);
    bool is_whole = rest.n_bytes == 0 || str_ends(rest, STR("\n"));
    while (rest.n_bytes > 0) {
        strbuf_add(out, prefix);
        strbuf_add(out, take_line(&rest));
        strbuf_add_char(out, '\n');
    }
    strbuf_add(out, is_whole ? STR("") : STR("[no end of line]\n"));
    strbuf_done(&path);
    strbuf_done(&text);
}

/* The block that stands below the command when all is as it was. */
static void run_command(const char *folder, Str command, StrBuf *out)
{
    StrBuf words = { 0 };
    int status = 0;
    strbuf_add(&words, command);
    pid_t child = fork();
    if (child == 0) {
        become(folder, strbuf_z(&words));
    }
    assert_true(child > 0 && waitpid(child, &status, 0) == child);
    add_output(out, folder, "out", STR(""));
    add_output(out, folder, "err", STR("2> "));
    strbuf_addf(out, "[exit %d]\n", WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
    strbuf_done(&words);
}

/* The lines up to the exit code, and that one. */
static Str take_block(Str *rest)
{
    Str begin = *rest;
    while (rest->n_bytes > 0) {
        Str line = take_line(rest);
        if (str_starts(line, STR("[exit "))) {
            break;
        }
    }
    return str_sub(begin, 0, begin.n_bytes - rest->n_bytes);
}

static size_t compare(const CaseFile *file, Str command, Str wanted, Str got)
{
    if (str_eq(wanted, got)) {
        return 0;
    }
    (void)fprintf(stderr, "%s:\n$ %.*s\n--- wanted\n%.*s--- got\n%.*s", file->path, STR_ARG(command), STR_ARG(wanted),
                  STR_ARG(got));
    return 1;
}

/* Runs what stands in text; what would stand there with these outputs goes to out. Returns how many differ. */
static size_t run_cases(const CaseFile *file, const char *folder, Str text, StrBuf *out)
{
    StrBuf got = { 0 };
    size_t n_wrong = 0;
    while (text.n_bytes > 0) {
        Str line = take_line(&text);
        strbuf_add(out, line);
        strbuf_add_char(out, '\n');
        if (str_starts(line, STR("$ "))) {
            strbuf_clear(&got);
            run_command(folder, str_from(line, 2), &got);
            n_wrong += compare(file, str_from(line, 2), take_block(&text), strbuf_str(&got));
            strbuf_add(out, strbuf_str(&got));
        }
    }
    strbuf_done(&got);
    return n_wrong;
}

static void write_file(const char *path, Str text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.n_bytes, file), text.n_bytes);
    assert_int_equal(fclose(file), 0);
}

static void the_outputs_are_as_the_case_file_says(void **state)
{
    const CaseFile *file = *state;
    StrBuf text = { 0 };
    StrBuf now = { 0 };
    assert_true(file_read(file->path, FILE_MAX_BYTES, &text, NULL, NULL));
    char *folder = new_folder(file);
    size_t n_wrong = run_cases(file, folder, strbuf_str(&text), &now);
    drop_folder(folder);
    if (n_wrong > 0 && getenv("VEKHA_TEST_UPDATE") != NULL) {
        write_file(file->path, strbuf_str(&now));
    }
    strbuf_done(&text);
    strbuf_done(&now);
    assert_int_equal(n_wrong, 0);
}

typedef VEC(struct CMUnitTest) TestVec;

int main(void)
{
    const char *build = getenv("BUILD");
    StrBuf path = { 0 };
    glob_t found = { 0 };
    TestVec tests = { 0 };
    strbuf_addf(&path, "%s/vekha", build != NULL ? build : "build");
    char *program = realpath(path.at, NULL);
    if (program == NULL || glob("tests/cli/*.case", 0, NULL, &found) != 0) {
        (void)fprintf(stderr, "no %s, or no tests/cli/*.case\n", path.at);
        return 1;
    }
    CaseFile *files = mem_new(found.gl_pathc * sizeof *files);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        files[i] = (CaseFile){ found.gl_pathv[i], program };
        vec_push(&tests, (struct CMUnitTest){ .name = found.gl_pathv[i],
                                              .test_func = the_outputs_are_as_the_case_file_says,
                                              .initial_state = &files[i] });
    }
    int n_failed = _cmocka_run_group_tests("cli", tests.at, tests.n, NULL, NULL);
    vec_done(&tests);
    globfree(&found);
    free(files);
    free(program);
    strbuf_done(&path);
    return n_failed;
}
