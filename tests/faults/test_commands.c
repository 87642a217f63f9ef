#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "../support/ways.h"
#include "vekha/base/err.h"

/*
 * Subcommands that write whole files: merge -o, merge --install, new, renumber. Killed before each of their system calls, and
 * each call failing: what they write is then as it was, or whole, exit code and message say which, and when the same command
 * is run again all is there and nothing lies about. Marks: test_save.c; other changes of a plan: test_changes.c.
 */

#if defined(__SANITIZE_ADDRESS__)
enum { STEP = 7 };
#else
enum { STEP = 1 };
#endif

enum { EVENTS = 4, N_FILES = 3, EXIT_USAGE = 2, EXIT_SYSTEM = 5 };

static const int errors[] = { ENOSPC, EIO, EACCES, EINTR };

typedef struct Scene {
    const char *name;
    void (*arrange)(const Temp *temp);
    const char *const *words;
    const char *files[N_FILES]; /* what is written */
    int code_again;             /* of the same command once more, when all is done */
    size_t step;                /* every so many-th call; git takes its time */
    bool is_git;
} Scene;

/* What the files hold before and after; which files there are when all is done. */
typedef struct Texts {
    StrBuf before[N_FILES], after[N_FILES];
    bool was_there[N_FILES];
    StrBuf names;
} Texts;

static void write_plan(const Temp *temp, const char *name, const char *old, const char *new)
{
    StrBuf plan = { 0 };
    mark_add_plan(&plan, EVENTS);
    size_t at = str_find(strbuf_str(&plan), str_of(old), 0);
    assert_int_not_equal(at, SIZE_MAX);
    strbuf_splice(&plan, at, at + strlen(old), str_of(new));
    temp_write(temp, name, strbuf_str(&plan));
    strbuf_done(&plan);
}

static void arrange_plan(const Temp *temp)
{
    write_plan(temp, "plan.yaml", "", "");
}

static void arrange_three(const Temp *temp)
{
    arrange_plan(temp);
    assert_int_equal(rename(temp_path(temp, "plan.yaml"), temp_path(temp, "base.yaml")), 0);
    write_plan(temp, "ours.yaml", "до 2 октября", "до 20 октября");
    write_plan(temp, "theirs.yaml", "до 5 октября", "до 25 октября");
}

static void arrange_three_and_old(const Temp *temp)
{
    arrange_three(temp);
    temp_write(temp, "out.yaml", STR("title: Прежний\nperiod: 2022\nevents: []\n"));
}

/* What git hands over: hidden names that no lock is for. */
static void arrange_for_git(const Temp *temp)
{
    arrange_three(temp);
    assert_int_equal(rename(temp_path(temp, "ours.yaml"), temp_path(temp, ".merge_file_a")), 0);
}

static void arrange_linked(const Temp *temp)
{
    arrange_three(temp);
    assert_int_equal(link(temp_path(temp, "ours.yaml"), temp_path(temp, "far.txt")), 0);
}

static void arrange_numbers(const Temp *temp)
{
    write_plan(temp, "plan.yaml", "no: 4", "no: 7");
}

static void arrange_repository(const Temp *temp)
{
    static const char *const folders[] = { ".git", ".git/objects", ".git/refs" };
    for (size_t i = 0; i < COUNTOF(folders); i++) {
        assert_int_equal(mkdir(temp_path(temp, folders[i]), 0755), 0);
    }
    temp_write(temp, ".git/HEAD", STR("ref: refs/heads/main\n"));
    temp_write(temp, ".git/config", STR("[core]\n\trepositoryformatversion = 0\n[user]\n\tname = Завуч\n"));
}

static const char own_lines[] = "# наше\n*.docx binary\n*.odt filter=odt";

static void arrange_attributes(const Temp *temp)
{
    arrange_repository(temp);
    temp_write(temp, ".gitattributes", str_of(own_lines));
    temp_write(temp, ".gitignore", STR("*.tmp\n"));
}

static void arrange_linked_attributes(const Temp *temp)
{
    arrange_attributes(temp);
    assert_int_equal(link(temp_path(temp, ".gitattributes"), temp_path(temp, "far.txt")), 0);
}

static const char *const merge_out[] = { "merge", "-o", "out.yaml", "base.yaml", "ours.yaml", "theirs.yaml", NULL };
static const char *const merge_ours[] = { "merge", "-o", "ours.yaml", "base.yaml", "ours.yaml", "theirs.yaml", NULL };
static const char *const merge_for_git[] = { "merge",       "-o", ".merge_file_a", "--", "base.yaml", ".merge_file_a",
                                             "theirs.yaml", NULL };
static const char *const new_plan[] = { "new", "./next.yaml", "--title", "Новый план", "--period", "2022-09/2023-05", NULL };
static const char *const new_from[] = { "new", "./next.yaml", "--from", "./plan.yaml", "--period", "2022-09/2023-05", NULL };
static const char *const renumber[] = { "renumber", "./plan.yaml", "--as", "Методист", NULL };
static const char *const install[] = { "merge", "--install", "--dir", ".", NULL };

static const Scene scenes[] = {
    { "merge -o a file that is not there", arrange_three, merge_out, { "out.yaml" }, 0, 1, false },
    { "merge -o a file that is there", arrange_three_and_old, merge_out, { "out.yaml" }, 0, 1, false },
    { "merge in place", arrange_three, merge_ours, { "ours.yaml" }, 0, 1, false },
    { "merge in place, a hard link", arrange_linked, merge_ours, { "ours.yaml" }, 0, 1, false },
    { "merge as git's driver", arrange_for_git, merge_for_git, { ".merge_file_a" }, 0, 1, false },
    { "new", arrange_plan, new_plan, { "next.yaml" }, EXIT_USAGE, 1, false },
    { "new --from", arrange_plan, new_from, { "next.yaml" }, EXIT_USAGE, 1, false },
    { "renumber", arrange_numbers, renumber, { "plan.yaml" }, 0, 1, false },
    { "merge --install", arrange_repository, install, { ".gitattributes", ".gitignore", ".git/config" }, 0, 3, true },
    { "merge --install beside own lines",
      arrange_attributes,
      install,
      { ".gitattributes", ".gitignore", ".git/config" },
      0,
      1,
      true },
    { "merge --install, a hard link",
      arrange_linked_attributes,
      install,
      { ".gitattributes", ".gitignore", ".git/config" },
      0,
      5,
      true },
};

/* With the processes that it started and did not wait for. */
static void run(const Scene *scene, const Temp *temp, const Fault *fault, TraceResult *out)
{
    if (fault != NULL) {
        mark_run_faulty(temp->path, 0, scene->words, "/UTC", fault, out);
    } else {
        mark_run(temp->path, 0, scene->words, out);
    }
    while (waitpid(-1, NULL, 0) > 0) {
    }
}

static Temp new_scene(const Scene *scene)
{
    Temp temp = temp_new();
    scene->arrange(&temp);
    return temp;
}

static void read_files(const Scene *scene, const Temp *temp, StrBuf *texts, bool *is_there)
{
    for (size_t i = 0; i < N_FILES && scene->files[i] != NULL; i++) {
        bool has = mark_has(temp->path, scene->files[i]);
        strbuf_clear(&texts[i]);
        if (has) {
            temp_read(temp_path(temp, scene->files[i]), &texts[i]);
        }
        if (is_there != NULL) {
            is_there[i] = has;
        }
    }
}

static void learn(const Scene *scene, Texts *texts, TraceResult *whole)
{
    Temp temp = new_scene(scene);
    read_files(scene, &temp, texts->before, texts->was_there);
    run(scene, &temp, &(Fault){ 0 }, whole);
    if (whole->status != 0) {
        fail_msg("%s: status %x: %s", scene->name, (unsigned)whole->status, strbuf_z(&whole->err));
    }
    read_files(scene, &temp, texts->after, NULL);
    for (size_t i = 0; i < N_FILES && scene->files[i] != NULL; i++) {
        assert_false(str_eq(strbuf_str(&texts->before[i]), strbuf_str(&texts->after[i])));
    }
    temp_names(&temp, &texts->names);
    temp_done(&temp);
}

static void texts_done(Texts *texts)
{
    for (size_t i = 0; i < N_FILES; i++) {
        strbuf_done(&texts->before[i]);
        strbuf_done(&texts->after[i]);
    }
    strbuf_done(&texts->names);
}

static bool says(const TraceResult *result, const char *what)
{
    return str_find(strbuf_str(&result->err), str_of(what), 0) != SIZE_MAX;
}

typedef struct Trial {
    const Scene *scene;
    const Texts *texts;
    Fault fault;
    const Way *way; /* NULL: a call that is only killed */
    const Temp *temp;
    TraceResult result;
} Trial;

static void wrong(const Trial *trial, const char *what)
{
    StrBuf names = { 0 };
    temp_names(trial->temp, &names);
    const TraceCallVec *calls = &trial->result.calls;
    fail_msg("%s: call %zu (%ld) %s %s: %s\nstatus %x, out: %s, err: %s\n%s", trial->scene->name, trial->fault.at,
             trial->fault.at < calls->n ? calls->at[trial->fault.at].number : -1,
             trial->fault.kind == FAULT_KILL ? "killed" : "fails", strerror(trial->fault.error), what,
             (unsigned)trial->result.status, strbuf_z(&trial->result.out), strbuf_z(&trial->result.err), strbuf_z(&names));
}

/* A file that is rewritten in place may be torn when the program was killed: both texts are in its copies then. */
static bool is_torn_in_place(const Trial *trial, const char *file)
{
    StrBuf saved = { 0 };
    struct stat info;
    strbuf_addf(&saved, ".%s.saved", file);
    bool is = WIFSIGNALED(trial->result.status) && stat(temp_path(trial->temp, file), &info) == 0 && info.st_nlink > 1 &&
              mark_has(trial->temp->path, strbuf_z(&saved));
    strbuf_done(&saved);
    return is;
}

/* git's own, which git writes whole; a driver's name alone would make it refuse every merge. */
static bool is_good_config(const char *file, Str text, Str before)
{
    bool has_name = str_find(text, STR("name = Веха"), 0) != SIZE_MAX;
    bool has_driver = str_find(text, STR("driver = "), 0) != SIZE_MAX;
    return str_eq(str_of(file), STR(".git/config")) && str_starts(text, before) && (has_driver || !has_name);
}

enum { OLD = 1, NEW = 2 };

static void check_files(const Trial *trial, unsigned wanted)
{
    const Scene *scene = trial->scene;
    StrBuf now[N_FILES] = { 0 };
    bool is_there[N_FILES];
    read_files(scene, trial->temp, now, is_there);
    for (size_t i = 0; i < N_FILES && scene->files[i] != NULL; i++) {
        Str text = strbuf_str(&now[i]);
        bool is_old = is_there[i] == trial->texts->was_there[i] && str_eq(text, strbuf_str(&trial->texts->before[i]));
        bool is_new = is_there[i] && str_eq(text, strbuf_str(&trial->texts->after[i]));
        bool is_either = ((wanted & OLD) != 0 && is_old) || ((wanted & NEW) != 0 && is_new);
        is_either =
            is_either || (wanted == (OLD | NEW) && is_good_config(scene->files[i], text, strbuf_str(&trial->texts->before[i])));
        if (!is_either && !is_torn_in_place(trial, scene->files[i])) {
            StrBuf words = { 0 };
            strbuf_addf(&words, "%s is neither what it was nor what it should be:\n%s", scene->files[i], strbuf_z(&now[i]));
            wrong(trial, strbuf_z(&words));
        }
        strbuf_done(&now[i]);
    }
}

/* Exit code and words against what is in the files. */
static void check_truth(const Trial *trial)
{
    const TraceResult *result = &trial->result;
    bool is_done = result->status == 0;
    bool says_new = says(result, "stdout") || says(result, "записан, но") ||
                    str_find(strbuf_str(&result->out), STR("создан"), 0) != SIZE_MAX; /* and then it cannot tell of it */
    bool may_be_either = trial->scene->is_git || says(result, "записано, но");
    if (!WIFEXITED(result->status)) {
        wrong(trial, "it died");
    }
    if (!is_done && trial->fault.error == EINTR) {
        wrong(trial, "an interrupted call made it fail");
    }
    if (!is_done && WEXITSTATUS(result->status) != EXIT_SYSTEM) {
        wrong(trial, "another exit code than that of a system that refuses");
    }
    TextArg why = err_why(trial->fault.error);
    if (!is_done && !says(result, why.row != T_NONE ? text_get(LANG_RU, why.row).at : strerror(trial->fault.error))) {
        wrong(trial, "the message does not say why");
    }
    check_files(trial, is_done ? NEW : may_be_either ? OLD | NEW : says_new ? NEW : OLD);
}

static void check_names(const Trial *trial, const char *what)
{
    StrBuf names = { 0 };
    temp_names(trial->temp, &names);
    Str rest = strbuf_str(&names);
    while (rest.n_bytes > 0) {
        StrBuf line = { 0 };
        Str name = str_cut(&rest, '\n');
        strbuf_add(&line, name);
        strbuf_add_char(&line, '\n');
        if (str_find(strbuf_str(&trial->texts->names), strbuf_str(&line), 0) == SIZE_MAX) {
            wrong(trial, what);
        }
        strbuf_done(&line);
    }
    strbuf_done(&names);
}

/* The same command once more: all is there, and nothing else. */
static void check_again(Trial *trial)
{
    const Scene *scene = trial->scene;
    bool has_all = true;
    TraceResult again;
    for (size_t i = 0; i < N_FILES && scene->files[i] != NULL; i++) {
        has_all = has_all && mark_has(trial->temp->path, scene->files[i]);
    }
    run(scene, trial->temp, NULL, &again);
    int code = WIFEXITED(again.status) ? WEXITSTATUS(again.status) : -1;
    trace_result_done(&trial->result);
    trial->result = again;
    if (code != 0 && !(code == scene->code_again && has_all)) {
        wrong(trial, "the same command does not work then");
    }
    check_files(trial, NEW);
    if (scene->words == renumber && !mark_done(trial->temp->path, 0, "plan.yaml", 3)) { /* of a plan the next change clears up */
        wrong(trial, "a mark does not work then");
    }
    check_names(trial, "something is left behind after it was run again");
}

static void try(const Scene *scene, const Texts *texts, Fault fault, const Way *way)
{
    Temp temp = new_scene(scene);
    Trial trial = { .scene = scene, .texts = texts, .fault = fault, .way = way, .temp = &temp };
    run(scene, &temp, &fault, &trial.result);
    if (fault.kind == FAULT_KILL) {
        check_files(&trial, OLD | NEW);
    } else {
        check_truth(&trial);
        if (!way->may_leave) {
            check_names(&trial, "something is left behind");
        }
    }
    check_again(&trial);
    trace_result_done(&trial.result);
    temp_done(&temp);
}

/* By turns one of those that it can fail with: test_save.c has each error at each call. 0: it cannot. */
static int error_of(const Way *way, size_t turn)
{
    int can[COUNTOF(errors)];
    size_t n = 0;
    for (size_t i = 0; i < COUNTOF(errors); i++) {
        for (size_t k = 0; k < COUNTOF(way->errors); k++) {
            if (way->errors[k] == errors[i]) {
                can[n++] = errors[i];
                break;
            }
        }
    }
    return n > 0 ? can[turn % n] : 0;
}

static void only_where_it_can_be(const Scene *scene)
{
    bool is_possible = trace_is_allowed() && (!scene->is_git || system("command -v git >/dev/null 2>&1") == 0);
    if (!is_possible) {
        (void)fprintf(stderr, "%s: no tracing or no git here: skipped\n", scene->name);
        skip();
    }
}

static void whatever_goes_wrong_what_is_written_is_whole(void **state)
{
    const Scene *scene = *state;
    Texts texts = { 0 };
    TraceResult whole;
    size_t n_kills = 0;
    size_t n_errors = 0;
    only_where_it_can_be(scene);
    learn(scene, &texts, &whole);
    for (size_t call = 0; call < whole.calls.n; call += STEP * scene->step) {
        const Way *way = way_of(whole.calls.at[call].number);
        bool may_fail = way != NULL && way_is_for(&whole.calls.at[call]) && way->errors[0] != ENOMEM;
        int error = may_fail ? error_of(way, n_kills) : 0;
        try(scene, &texts, (Fault){ FAULT_KILL, call, 0 }, way);
        n_kills++;
        if (error != 0) {
            try(scene, &texts, (Fault){ FAULT_ERROR, call, error }, way);
            n_errors++;
        }
    }
    (void)fprintf(stderr, "%s: %zu calls, %zu kills, %zu errors\n", scene->name, whole.calls.n, n_kills, n_errors);
    assert_true(whole.calls.n > 20);
    trace_result_done(&whole);
    texts_done(&texts);
}

typedef struct Editor {
    const Temp *temp;
    bool is_by_rename;
} Editor;

static void edit_ours(void *context)
{
    const Editor *editor = context;
    StrBuf text = { 0 };
    temp_read(temp_path(editor->temp, "ours.yaml"), &text);
    size_t at = str_find(strbuf_str(&text), STR("№ 3 #"), 0);
    assert_int_not_equal(at, SIZE_MAX);
    strbuf_splice(&text, at, at, STR("[правка] "));
    temp_write(editor->temp, editor->is_by_rename ? "part" : "ours.yaml", strbuf_str(&text));
    assert_true(!editor->is_by_rename || rename(temp_path(editor->temp, "part"), temp_path(editor->temp, "ours.yaml")) == 0);
    strbuf_done(&text);
}

/* Saved long ago: else the step of the file's times may hide what is saved in place within it. */
static Temp new_old_three(void)
{
    Temp temp = temp_new();
    const struct timespec old[] = { { 1600000000, 0 }, { 1600000000, 0 } };
    arrange_three(&temp);
    assert_int_equal(utimensat(AT_FDCWD, temp_path(&temp, "ours.yaml"), old, 0), 0);
    return temp;
}

static void what_an_editor_saves_during_a_merge_in_place_is_not_lost(void **state)
{
    static const char *const words[] = { "[правка] № 3 #", "до 20 октября", "до 25 октября" };
    size_t n_calls = 1;
    (void)state;
    if (!trace_is_allowed()) {
        skip();
    }
    for (size_t i = 0; i < 2 * n_calls; i += STEP) {
        Temp temp = new_old_three();
        Editor editor = { &temp, i % 2 != 0 };
        StrBuf text = { 0 };
        TraceResult result;
        mark_run_meanwhile(temp.path, merge_ours, "/UTC", &(Fault){ FAULT_MEANWHILE, i / 2, 0 }, edit_ours, &editor, &result);
        n_calls = result.calls.n > n_calls ? result.calls.n : n_calls;
        temp_read(temp_path(&temp, "ours.yaml"), &text);
        for (size_t k = 0; k < COUNTOF(words) && i / 2 < result.calls.n; k++) {
            if (result.status != 0 || mark_count(strbuf_str(&text), str_of(words[k])) != 1) {
                fail_msg("before call %zu: status %x, «%s» is not there: %s\n%s", i / 2, (unsigned)result.status, words[k],
                         strbuf_z(&result.err), strbuf_z(&text));
            }
        }
        assert_int_equal(temp_count(&temp), 4); /* with the lock */
        strbuf_done(&text);
        trace_result_done(&result);
        temp_done(&temp);
    }
    assert_true(n_calls > 20);
}

int main(void)
{
    struct CMUnitTest tests[COUNTOF(scenes) + 1];
    if (access("/dev/shm", W_OK) == 0) {
        (void)setenv("TMPDIR", "/dev/shm", 0); /* several times as fast; the calls are the same */
    }
    (void)prctl(PR_SET_CHILD_SUBREAPER, 1); /* git goes on when vekha is killed: it is waited for */
    for (size_t i = 0; i < COUNTOF(scenes); i++) {
        tests[i] = (struct CMUnitTest){ .name = scenes[i].name,
                                        .test_func = whatever_goes_wrong_what_is_written_is_whole,
                                        .initial_state = (void *)(uintptr_t)&scenes[i] };
    }
    tests[COUNTOF(scenes)] = (struct CMUnitTest)cmocka_unit_test(what_an_editor_saves_during_a_merge_in_place_is_not_lost);
    return cmocka_run_group_tests_name("commands", tests, NULL, NULL);
}
