#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "../support/scene.h"
#include "../support/ways.h"
#include "vekha/base/err.h"
#include "vekha/store/journal.h"

/*
 * One save of a mark by the real program, again and again: killed before each of its system calls, and each call that
 * can fail failing in each way it can. After each of these runs the plan is the old or the new one to the byte, exit
 * code and message say which, nothing lies about but the lock, and the next mark works.
 *
 * A save that was killed may leave a copy, and in a file that is rewritten in place even a mixture of old and new: then
 * the program must read the old plan or the new one out of that, and the next save must clear it up.
 */

#if defined(__SANITIZE_ADDRESS__)
enum { HAS_SANITIZER = 1 };
#else
enum { HAS_SANITIZER = 0 };
#endif

enum { NOBODY = 65534, MAX_SAID = 25, WORKERS = 2 };

/* A folder with a plan in it, and how it is changed. */
typedef struct Scene {
    const char *name;
    void (*arrange)(const Temp *temp, uid_t user);
    const char *file;      /* where the text truly lies */
    const char *others[3]; /* what else may lie in the folder in the end */
    const char *const *words;
    bool as_nobody, is_littered; /* there are leftovers that only a save that gets so far takes away */
    bool has_no_copies;          /* there is nowhere to put them */
    bool is_torn;                /* to begin with */
} Scene;

typedef struct Texts {
    StrBuf before, after;           /* the save */
    StrBuf before_next, after_next; /* and then the next one */
    StrBuf list_before, list_after; /* what is read out of the first two */
} Texts;

typedef struct Tally {
    size_t n_kills, n_errors, n_others, n_wrong;
} Tally;

typedef struct Trial {
    const Scene *scene;
    const Texts *texts;
    Tally *tally;
    Fault fault;
    const Way *way; /* NULL: a call that is only killed */
    size_t n_wrong;
    TraceResult result;
} Trial;

static const char *const grow[] = { "set", "plan.yaml", "1", "done", "--on", "2021-09-30", "--as", "Методист", NULL };
static const char *const shrink[] = { "set", "plan.yaml", "2", "planned", NULL };
static const char *const next_words[] = { "set", "plan.yaml", "3", "done", "--on", "2021-10-03", "--as", "Методист", NULL };
static const char *const list_words[] = { "list", "plan.yaml", "--format", "json", "--today", "2021-10-01", NULL };

static uid_t user_of(const Scene *scene)
{
    return scene->as_nobody && geteuid() == 0 ? NOBODY : 0;
}

static Temp new_scene(const Scene *scene)
{
    Temp temp = temp_new();
    scene_write_plan(&temp);
    scene->arrange(&temp, user_of(scene));
    return temp;
}

static void run(const Scene *scene, const Temp *temp, const char *const *words, TraceResult *result)
{
    mark_run(temp->path, user_of(scene), words, result);
}

static void run_well(const Scene *scene, const Temp *temp, const char *const *words, StrBuf *said)
{
    TraceResult result;
    run(scene, temp, words, &result);
    if (result.status != 0) {
        fail_msg("%s: without a fault: status %x: %s", scene->name, (unsigned)result.status, strbuf_z(&result.err));
    }
    if (said != NULL) {
        strbuf_add(said, strbuf_str(&result.out));
    }
    trace_result_done(&result);
}

static void learn_texts(const Scene *scene, Texts *texts)
{
    Scene plain = *scene;
    plain.arrange = scene_plain;
    plain.as_nobody = false;
    Temp temp = new_scene(&plain);
    const char *path = temp_path(&temp, "plan.yaml");
    temp_read(path, &texts->before);
    run_well(&plain, &temp, list_words, &texts->list_before);
    run_well(&plain, &temp, next_words, NULL);
    temp_read(path, &texts->before_next);
    temp_write(&temp, "plan.yaml", strbuf_str(&texts->before));
    run_well(&plain, &temp, scene->words, NULL);
    temp_read(temp_path(&temp, "plan.yaml"), &texts->after);
    run_well(&plain, &temp, list_words, &texts->list_after);
    run_well(&plain, &temp, next_words, NULL);
    temp_read(temp_path(&temp, "plan.yaml"), &texts->after_next);
    temp_done(&temp);
}

static void texts_done(Texts *texts)
{
    StrBuf *all[] = { &texts->before,     &texts->after,       &texts->before_next,
                      &texts->after_next, &texts->list_before, &texts->list_after };
    for (size_t i = 0; i < COUNTOF(all); i++) {
        strbuf_done(all[i]);
    }
}

static void add_fault(StrBuf *out, const Trial *trial)
{
    static const char *const kinds[] = {
        [FAULT_NONE] = "no fault",
        [FAULT_KILL] = "killed before",
        [FAULT_ERROR] = "fails:",
        [FAULT_ERROR_ON] = "fails from here on:",
        [FAULT_UNTRUE] = "is said to fail:",
        [FAULT_SHORT] = "half of",
        [FAULT_SHORT_KILL] = "killed after half of",
        [FAULT_MEANWHILE] = "meanwhile",
        [FAULT_MEANWHILE_ON] = "meanwhile, from here on",
    };
    strbuf_addf(out, "%s: call %zu, %s %s %s", trial->scene->name, trial->fault.at, trial->way != NULL ? trial->way->name : "?",
                kinds[trial->fault.kind], trial->fault.error != 0 ? strerror(trial->fault.error) : "");
}

static void wrong(Trial *trial, const char *what, const char *detail)
{
    StrBuf line = { 0 };
    add_fault(&line, trial);
    trial->n_wrong++;
    if (trial->tally->n_wrong + trial->n_wrong <= MAX_SAID) {
        (void)fprintf(stderr, "%s: %s\n    %s\n    exit %x, out: %s    err: %s\n", line.at, what, detail,
                      (unsigned)trial->result.status, strbuf_z(&trial->result.out), strbuf_z(&trial->result.err));
    }
    strbuf_done(&line);
}

typedef enum FileState { OLD, NEW, TORN } FileState;

static FileState state_of(const Trial *trial, const Temp *temp)
{
    StrBuf text = { 0 };
    temp_read(temp_path(temp, trial->scene->file), &text);
    Str now = strbuf_str(&text);
    FileState state = str_eq(now, strbuf_str(&trial->texts->before))  ? OLD
                      : str_eq(now, strbuf_str(&trial->texts->after)) ? NEW
                                                                      : TORN;
    /* Without a copy, a text that gets shorter is followed by empty lines until it is cut. */
    if (state == TORN && trial->scene->has_no_copies && str_starts(now, strbuf_str(&trial->texts->after)) &&
        str_is_blank(str_from(now, trial->texts->after.n_bytes))) {
        state = NEW;
    }
    strbuf_done(&text);
    return state;
}

static bool says(const StrBuf *text, const char *what)
{
    return str_find(strbuf_str(text), str_of(what), 0) != SIZE_MAX;
}

/* The change is made, its journal could not be written: that is said, and no failure. */
static const char no_journal[] = "записано, но не в журнал";

/* Does the message name a file, and what the system said? */
static void check_message(Trial *trial)
{
    const StrBuf *err = &trial->result.err;
    static const char *const names[] = { "plan.yaml", "real.yaml", ".vekha.lock", "stdout", "out of memory" };
    bool has_name = false;
    for (size_t i = 0; i < COUNTOF(names); i++) {
        has_name = has_name || says(err, names[i]);
    }
    TextArg why = err_why(trial->fault.error);
    bool has_words = trial->fault.error == ENOMEM ||
                     says(err, why.row != T_NONE ? text_get(LANG_RU, why.row).at : strerror(trial->fault.error));
    if (!has_name || !has_words) {
        wrong(trial, "the message names no file or no reason", "");
    }
}

/* Exit code and words against what is on disk. */
static void check_truth(Trial *trial, FileState state)
{
    const TraceResult *result = &trial->result;
    bool is_done = result->status == 0;
    bool is_stdout = says(&result->err, "stdout");
    if (is_done && state != NEW) {
        wrong(trial, "it says that it was done, but the file has no new text", state == OLD ? "old" : "torn");
    }
    if (is_done && (result->out.n_bytes == 0 || (result->err.n_bytes > 0 && !says(&result->err, no_journal)))) {
        wrong(trial, "it was done, but not said so", "");
    }
    if (!is_done && trial->fault.error == EINTR) {
        wrong(trial, "an interrupted call made the save fail", "");
    }
    if (!is_done && !is_stdout && result->out.n_bytes > 0) {
        wrong(trial, "it failed, but says that it was done", "");
    }
    if (!is_done && trial->fault.error != 0) {
        check_message(trial);
    }
    bool says_new = is_stdout || says(&result->err, "записан, но");
    bool may_be_torn = trial->scene->is_torn || says(&result->err, ".plan.yaml.saved") || says(&result->err, "испорчен");
    FileState wanted = says_new ? NEW : OLD;
    if (!is_done && state != wanted && !(state == TORN && may_be_torn)) {
        wrong(trial, "it failed, but the file says otherwise", state == OLD ? "old" : state == NEW ? "new" : "torn");
    }
}

static bool is_expected(const Scene *scene, Str name)
{
    bool found = str_eq(name, STR("plan.yaml")) || str_eq(name, STR(".vekha.lock")) || str_eq(name, STR(".journal"));
    for (size_t i = 0; i < COUNTOF(scene->others) && !found; i++) {
        found = scene->others[i] != NULL && str_eq(name, str_of(scene->others[i]));
    }
    return found;
}

static void check_leftovers(Trial *trial, const Temp *temp, const char *when)
{
    StrBuf names = { 0 };
    temp_names(temp, &names);
    Str rest = strbuf_str(&names);
    while (rest.n_bytes > 0) {
        Str name = str_cut(&rest, '\n');
        if (!is_expected(trial->scene, name)) {
            StrBuf detail = { 0 };
            strbuf_addf(&detail, "%s: %.*s", when, STR_ARG(name));
            wrong(trial, "something was left behind", detail.at);
            strbuf_done(&detail);
        }
    }
    strbuf_done(&names);
}

/* Of the old plan, or of the new one. */
static void check_reading(Trial *trial, const Temp *temp)
{
    TraceResult read;
    run(trial->scene, temp, list_words, &read);
    Str list = strbuf_str(&read.out);
    if (read.status != 0 ||
        !(str_eq(list, strbuf_str(&trial->texts->list_before)) || str_eq(list, strbuf_str(&trial->texts->list_after)))) {
        wrong(trial, "what is read then is neither the old plan nor the new one", strbuf_z(&read.err));
    }
    trace_result_done(&read);
}

static Str without_lines(Str text)
{
    while (str_ends(text, STR("\n"))) {
        text.n_bytes--;
    }
    return text;
}

static bool is_text(const Scene *scene, const StrBuf *now, const StrBuf *wanted)
{
    return str_eq(strbuf_str(now), strbuf_str(wanted)) ||
           (scene->has_no_copies && str_starts(strbuf_str(now), without_lines(strbuf_str(wanted))));
}

/* Unless it is said that it could not be written, the journal has the mark of that event as a line of its own, torn by nothing.
 */
static void check_journal(Trial *trial, const Temp *temp, const char *when, const StrBuf *err, const char *event)
{
    Journal journal;
    bool found = false;
    bool ok = journal_read(temp_path(temp, trial->scene->file), &journal, NULL);
    for (size_t i = 0; i < journal.entries.n; i++) {
        found =
            found || (str_eq(journal.entries.at[i].event, str_of(event)) && str_eq(journal.entries.at[i].field, STR("status")));
    }
    bool may_be_none = trial->scene->has_no_copies || says(err, no_journal); /* there is nowhere to put it */
    if (!may_be_none && !(ok && found)) {
        wrong(trial, "the journal does not have the mark", when);
    }
    journal_done(&journal);
}

static void check_next(Trial *trial, const Temp *temp, FileState state)
{
    TraceResult next;
    StrBuf now = { 0 };
    run(trial->scene, temp, next_words, &next);
    temp_read(temp_path(temp, trial->scene->file), &now);
    bool ok = next.status == 0 && ((state != NEW && is_text(trial->scene, &now, &trial->texts->before_next)) ||
                                   (state != OLD && is_text(trial->scene, &now, &trial->texts->after_next)));
    if (!ok) {
        wrong(trial, "the next mark did not work", strbuf_z(&next.err));
    }
    check_journal(trial, temp, "after the next mark", &next.err, "3");
    trace_result_done(&next);
    strbuf_done(&now);
    check_leftovers(trial, temp, "after the next mark");
}

static bool same_face(const struct stat *a, const struct stat *b)
{
    return a->st_mode == b->st_mode && a->st_uid == b->st_uid && a->st_gid == b->st_gid && a->st_nlink == b->st_nlink;
}

/* What may lie there still: what the call should have taken away, or made and was said not to have made. */
static bool may_leave(const Trial *trial)
{
    bool is_killed = WIFSIGNALED(trial->result.status);
    return is_killed || (trial->scene->is_littered && trial->result.status != 0) || trial->fault.kind == FAULT_ERROR_ON ||
           trial->fault.kind == FAULT_UNTRUE || (trial->way != NULL && trial->way->may_leave) ||
           says(&trial->result.err, ".saved");
}

static void check_after(Trial *trial, const Temp *temp, const struct stat *before)
{
    struct stat after;
    FileState state = state_of(trial, temp);
    bool is_dead = WIFSIGNALED(trial->result.status);
    if (is_dead && trial->fault.kind != FAULT_KILL && trial->fault.kind != FAULT_SHORT_KILL && trial->fault.error != ENOMEM) {
        wrong(trial, "it died", "");
    }
    if (!is_dead) {
        check_truth(trial, state);
    }
    if (!is_dead && trial->result.status == 0) {
        check_journal(trial, temp, "at once", &trial->result.err, trial->scene->words[2]);
    }
    if (!may_leave(trial)) {
        check_leftovers(trial, temp, "at once");
    }
    if (state == TORN) {
        check_reading(trial, temp);
    }
    if (trial->fault.kind != FAULT_ERROR_ON &&
        (stat(temp_path(temp, trial->scene->file), &after) != 0 || !same_face(before, &after))) {
        wrong(trial, "mode, owner or links of the file have changed", "");
    }
    check_next(trial, temp, state);
}

static void make_trial(const Scene *scene, const Texts *texts, Tally *tally, Fault fault, const Way *way)
{
    Trial trial = { .scene = scene, .texts = texts, .tally = tally, .fault = fault, .way = way };
    Temp temp = new_scene(scene);
    struct stat before;
    assert_int_equal(stat(temp_path(&temp, scene->file), &before), 0);
    mark_run_faulty(temp.path, user_of(scene), scene->words, "plan.yaml", &fault, &trial.result);
    check_after(&trial, &temp, &before);
    tally->n_wrong += trial.n_wrong;
    trace_result_done(&trial.result);
    (void)chmod(temp.path, 0755);
    temp_done(&temp);
}

static void fail_call(const Scene *scene, const Texts *texts, Tally *tally, size_t at, const Way *way)
{
    for (size_t i = 0; i < WAY_MAX_ERRORS && way->errors[i] != 0; i++) {
        int error = way->errors[i];
        if (HAS_SANITIZER && error == ENOMEM) {
            continue; /* that is not ours to survive */
        }
        make_trial(scene, texts, tally, (Fault){ FAULT_ERROR, at, error }, way);
        tally->n_errors++;
        if (i == 0 && error != ENOMEM) { /* and may stay so */
            make_trial(scene, texts, tally, (Fault){ FAULT_ERROR_ON, at, error }, way);
            tally->n_errors++;
        }
    }
    if (way->may_be_untrue) {
        make_trial(scene, texts, tally, (Fault){ FAULT_UNTRUE, at, EIO }, way);
        tally->n_others++;
    }
    if (way->may_be_short) {
        make_trial(scene, texts, tally, (Fault){ FAULT_SHORT, at, 0 }, way);
        tally->n_others++;
    }
    if (way->may_be_short && !scene->has_no_copies) { /* there is no help for half a text without a copy */
        make_trial(scene, texts, tally, (Fault){ FAULT_SHORT_KILL, at, 0 }, way);
        tally->n_others++;
    }
}

/* The calls of the save as it goes when nothing fails. */
static void record(const Scene *scene, const Texts *texts, TraceResult *out)
{
    Temp temp = new_scene(scene);
    mark_run_faulty(temp.path, user_of(scene), scene->words, "plan.yaml", &(Fault){ 0 }, out);
    assert_int_equal(out->status, 0);
    assert_true(temp_holds(temp_path(&temp, scene->file), strbuf_str(&texts->after)));
    (void)chmod(temp.path, 0755);
    temp_done(&temp);
}

static bool is_possible(const Scene *scene)
{
    if (scene->arrange == scene_group && geteuid() != 0) {
        (void)fprintf(stderr, "%s: only root can make such a file: skipped\n", scene->name);
        return false;
    }
    return true;
}

/* Every so many-th call, beginning with the worker's own. With sanitizers all would take minutes. */
static void work(const Scene *scene, const Texts *texts, const TraceCallVec *calls, size_t worker, Tally *tally)
{
    for (size_t i = worker; i < calls->n; i += HAS_SANITIZER ? 3 * WORKERS : WORKERS) {
        const Way *way = way_of(calls->at[i].number);
        make_trial(scene, texts, tally, (Fault){ FAULT_KILL, i, 0 }, way);
        tally->n_kills++;
        if (way != NULL && way_is_for(&calls->at[i])) {
            fail_call(scene, texts, tally, i, way);
        }
    }
}

static void run_trials(const Scene *scene, const Texts *texts, const TraceCallVec *calls, Tally *sum)
{
    pid_t workers[WORKERS];
    Tally *tallies = mmap(NULL, sizeof *tallies * WORKERS, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(tallies != MAP_FAILED);
    for (size_t i = 0; i < WORKERS; i++) {
        workers[i] = fork();
        assert_true(workers[i] >= 0);
        if (workers[i] == 0) {
            (void)setenv("CMOCKA_TEST_ABORT", "1", 1); /* an assertion ends the worker, not a test in it */
            work(scene, texts, calls, i, &tallies[i]);
            _exit(0);
        }
    }
    for (size_t i = 0; i < WORKERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(workers[i], &status, 0), workers[i]);
        assert_int_equal(status, 0);
        sum->n_kills += tallies[i].n_kills;
        sum->n_errors += tallies[i].n_errors;
        sum->n_others += tallies[i].n_others;
        sum->n_wrong += tallies[i].n_wrong;
    }
    (void)munmap(tallies, sizeof *tallies * WORKERS);
}

static void a_save_that_goes_wrong_anywhere_is_all_or_nothing(void **state)
{
    const Scene *scene = *state;
    Texts texts = { 0 };
    Tally tally = { 0 };
    TraceResult whole;
    if (!trace_is_allowed()) {
        (void)fprintf(stderr, "%s: no tracing here: skipped\n", scene->name);
        skip();
    }
    if (!is_possible(scene)) {
        skip();
    }
    learn_texts(scene, &texts);
    record(scene, &texts, &whole);
    run_trials(scene, &texts, &whole.calls, &tally);
    (void)fprintf(stderr, "%s: %zu calls, %zu kills, %zu errors, %zu other faults, %zu wrong\n", scene->name, whole.calls.n,
                  tally.n_kills, tally.n_errors, tally.n_others, tally.n_wrong);
    bool is_complete = (HAS_SANITIZER || tally.n_kills == whole.calls.n) && whole.calls.n > 20;
    trace_result_done(&whole);
    texts_done(&texts);
    assert_true(is_complete);
    assert_int_equal(tally.n_wrong, 0);
}

int main(void)
{
    static const Scene scenes[] = {
        { .name = "the first save in a folder", .arrange = scene_plain, .file = "plan.yaml", .words = grow },
        { .name = "beside what a killed save left, a text that gets shorter",
          .arrange = scene_leftovers,
          .file = "plan.yaml",
          .words = shrink,
          .is_littered = true },
        { .name = "a symlink", .arrange = scene_symlink, .file = "far/real.yaml", .others = { "far" }, .words = grow },
        { .name = "a hard link", .arrange = scene_link, .file = "plan.yaml", .others = { "other.yaml" }, .words = grow },
        { .name = "a hard link, a text that gets shorter",
          .arrange = scene_link,
          .file = "plan.yaml",
          .others = { "other.yaml" },
          .words = shrink },
        { .name = "a file that a killed save has torn",
          .arrange = scene_torn,
          .file = "plan.yaml",
          .others = { "other.yaml" },
          .words = grow,
          .is_littered = true,
          .is_torn = true },
        { .name = "a folder that cannot be written",
          .arrange = scene_closed,
          .file = "plan.yaml",
          .words = grow,
          .as_nobody = true,
          .has_no_copies = true },
        { .name = "such a folder, a text that gets shorter",
          .arrange = scene_closed,
          .file = "plan.yaml",
          .words = shrink,
          .as_nobody = true,
          .has_no_copies = true },
        { .name = "a foreign group", .arrange = scene_group, .file = "plan.yaml", .words = grow, .as_nobody = true },
    };
    struct CMUnitTest tests[COUNTOF(scenes)];
    if (access("/dev/shm", W_OK) == 0) {
        (void)setenv("TMPDIR", "/dev/shm", 0); /* several times as fast; the calls are the same */
    }
    for (size_t i = 0; i < COUNTOF(scenes); i++) {
        Scene *scene = mem_new(sizeof *scene);
        *scene = scenes[i];
        tests[i] = (struct CMUnitTest){ .name = scene->name,
                                        .test_func = a_save_that_goes_wrong_anywhere_is_all_or_nothing,
                                        .initial_state = scene };
    }
    int n_failed = cmocka_run_group_tests_name("save", tests, NULL, NULL);
    for (size_t i = 0; i < COUNTOF(scenes); i++) {
        free(tests[i].initial_state);
    }
    return n_failed;
}
