#include "mark.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

void mark_add_plan(StrBuf *out, int n_events)
{
    strbuf_add(out, STR("vekha: 1\ntitle: План работы методического объединения\nperiod: 2021-09-01/2022-08-31\nevents:\n"));
    for (int i = 1; i <= n_events; i++) {
        strbuf_addf(out, "  - no: %d\n    title: Заседание № %d # от руки\n    when: до %d октября\n    responsible: Методист\n",
                    i, i, 1 + i % 30);
        if (i == 2) {
            strbuf_add(out, STR("    status: done\n    done: 2021-10-02\n    by: Методист\n"));
        }
    }
}

static char *program_path(void)
{
    const char *build = getenv("BUILD");
    StrBuf path = { 0 };
    strbuf_addf(&path, "%s/vekha", build != NULL ? build : "build");
    char *program = realpath(path.at, NULL);
    assert_non_null(program);
    strbuf_done(&path);
    return program;
}

static void run(TraceRun *how, const char *const *words, TraceResult *out)
{
    char *program = program_path();
    const char *argv[MARK_MAX_WORDS + 2] = { program };
    for (size_t i = 0; words[i] != NULL; i++) {
        assert_true(i < MARK_MAX_WORDS);
        argv[i + 1] = words[i];
    }
    how->argv = argv;
    trace_run(how, out);
    free(program);
}

void mark_run(const char *folder, uid_t user, const char *const *words, TraceResult *out)
{
    run(&(TraceRun){ .folder = folder, .user = user, .is_free = true }, words, out);
}

void mark_run_faulty(const char *folder, uid_t user, const char *const *words, const char *from, const Fault *fault,
                     TraceResult *out)
{
    run(&(TraceRun){ .folder = folder, .user = user, .from = from, .fault = *fault }, words, out);
}

void mark_run_meanwhile(const char *folder, const char *const *words, const char *from, const Fault *fault,
                        void (*meanwhile)(void *context), void *context, TraceResult *out)
{
    run(&(TraceRun){ .folder = folder, .from = from, .fault = *fault, .meanwhile = meanwhile, .context = context }, words, out);
}

bool mark_done(const char *folder, uid_t user, const char *plan, int no)
{
    char number[16];
    TraceResult result;
    (void)snprintf(number, sizeof number, "%d", no);
    mark_run(folder, user, (const char *[]){ "set", plan, number, "done", "--on", "2021-10-20", "--as", "Методист", NULL },
             &result);
    bool ok = WIFEXITED(result.status) && WEXITSTATUS(result.status) == 0;
    if (!ok) {
        (void)fprintf(stderr, "set %s %d: status %x: %s", plan, no, (unsigned)result.status, strbuf_z(&result.err));
    }
    trace_result_done(&result);
    return ok;
}

size_t mark_count(Str text, Str needle)
{
    size_t n = 0;
    for (size_t at = str_find(text, needle, 0); at != SIZE_MAX; at = str_find(text, needle, at + needle.n_bytes)) {
        n++;
    }
    return n;
}

bool mark_has(const char *folder, const char *name)
{
    struct stat info;
    StrBuf path = { 0 };
    strbuf_addf(&path, "%s/%s", folder, name);
    bool has = lstat(path.at, &info) == 0;
    strbuf_done(&path);
    return has;
}
