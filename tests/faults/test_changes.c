#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "../support/ways.h"
#include "vekha/core/change_build.h"
#include "vekha/store/draft_file.h"
#include "vekha/store/journal.h"
#include "vekha/store/store.h"

/*
 * An event that comes, goes or moves, a text of the plan, and a draft: killed before each system call of theirs, and each call
 * failing. This program runs itself for that: `test_changes NAME` makes the one change. test_save.c has marks, in each kind of
 * folder and with each way of failing.
 */

#if defined(__SANITIZE_ADDRESS__)
enum { STEP = 5 };
#else
enum { STEP = 1 };
#endif

enum { EVENTS = 4 };

static const int errors[] = { ENOSPC, EIO, EROFS, EINTR, EDQUOT };

typedef struct Scene {
    const char *name, *from;
    bool (*make)(Arena *arena);
    bool is_draft;
} Scene;

static bool apply(const Change *change)
{
    Store *store = store_open("plan.yaml", NULL);
    bool ok = store != NULL && store_apply(store, 0, change, NULL, NULL);
    store_free(store);
    return ok;
}

static Store *open_plan(const Plan **plan)
{
    Store *store = store_open("plan.yaml", NULL);
    *plan = store != NULL ? store_file(store, 0)->plan : NULL;
    return store;
}

static bool insert(Arena *arena)
{
    const Plan *plan;
    Store *store = open_plan(&plan);
    Event event = { .id = STR("n3w3"), .title = STR("Новое"), .when = STR("май"), .section = -1 };
    bool ok = store != NULL;
    if (ok) {
        EventPlace place = place_after(plan, 0, arena);
        Change change = change_insert(&event, &place, arena);
        ok = apply(&change);
    }
    store_free(store);
    return ok;
}

static bool delete (Arena *arena)
{
    const Plan *plan;
    Store *store = open_plan(&plan);
    bool ok = store != NULL;
    if (ok) {
        Change change = change_delete(plan, 1, arena);
        ok = apply(&change);
    }
    store_free(store);
    return ok;
}

static bool move(Arena *arena)
{
    const Plan *plan;
    Store *store = open_plan(&plan);
    bool ok = store != NULL;
    if (ok) {
        EventPlace place = place_at_end(plan, -1, arena);
        Change change = change_move(plan, 0, &place, arena);
        ok = apply(&change);
    }
    store_free(store);
    return ok;
}

static bool entitle(Arena *arena)
{
    const Plan *plan;
    Store *store = open_plan(&plan);
    Change change = { 0 };
    bool ok = store != NULL && change_edit_header(&change, plan, -1, STR("title"), STR("Другой план"), arena, NULL);
    ok = ok && apply(&change);
    store_free(store);
    return ok;
}

static const char old_words[] = "до 15", new_words[] = "до 15 июня";

static Draft draft_of(const char *words)
{
    return (Draft){ .plan = STR("/plan.yaml"), .prompt = STR("when"), .text = str_of(words), .typed_s = 1 };
}

/* A draft that is there already is written anew. */
static bool draft(Arena *arena)
{
    char folder[4096];
    DraftFile file = { 0 };
    Draft older = draft_of(old_words);
    Draft newer = draft_of(new_words);
    (void)arena;
    bool ok = getcwd(folder, sizeof folder - 8) != NULL;
    (void)strcat(folder, "/drafts");
    ok = ok && draft_file_write(folder, &file, &older, NULL);
    ok = draft_file_write(folder, &file, &newer, NULL) && ok;
    draft_file_release(&file);
    return ok;
}

static const Scene scenes[] = {
    { "insert", ".vekha.lock", insert, false }, { "delete", ".vekha.lock", delete, false },
    { "move", ".vekha.lock", move, false },     { "title", ".vekha.lock", entitle, false },
    { "draft", "drafts", draft, true },
};

static int run_scene(const char *name)
{
    for (size_t i = 0; i < COUNTOF(scenes); i++) {
        if (strcmp(scenes[i].name, name) == 0) {
            Arena arena = { 0 };
            bool ok = scenes[i].make(&arena);
            arena_done(&arena);
            return ok ? 0 : 1;
        }
    }
    return 2;
}

static Temp new_plan(void)
{
    Temp temp = temp_new();
    StrBuf plan = { 0 };
    mark_add_plan(&plan, EVENTS);
    temp_write(&temp, "plan.yaml", strbuf_str(&plan));
    strbuf_done(&plan);
    return temp;
}

static void run(const Scene *scene, const Temp *temp, const Fault *fault, TraceResult *out)
{
    char *self = realpath("/proc/self/exe", NULL);
    const char *const argv[] = { self, scene->name, NULL };
    trace_run(&(TraceRun){ .argv = argv, .folder = temp->path, .from = scene->from, .fault = *fault }, out);
    free(self);
}

static bool wants_any(void *context, const Draft *one)
{
    (void)context, (void)one;
    return true;
}

/* The draft that is offered then is one of the two, whole; none only where the first was never written. */
static bool check_draft(const Temp *temp, bool is_done)
{
    FoundDraftVec found = { 0 };
    Arena arena = { 0 };
    draft_files_claim(temp_path(temp, "drafts"), wants_any, NULL, &arena, &found);
    bool ok = found.n <= 1 && (found.n == 1 || !is_done);
    for (size_t i = 0; i < found.n; i++) {
        Str text = found.at[i].draft.text;
        ok = ok && (str_eq(text, str_of(new_words)) || (!is_done && str_eq(text, str_of(old_words))));
        draft_file_release(&found.at[i].file);
    }
    vec_done(&found);
    arena_done(&arena);
    return ok;
}

/* Old or new, as was said; the next change works, with its line in the journal, and nothing is left lying about. */
static bool check_plan(const Temp *temp, const TraceResult *result, const StrBuf *before, const StrBuf *after)
{
    StrBuf text = { 0 };
    temp_read(temp_path(temp, "plan.yaml"), &text);
    bool is_old = str_eq(strbuf_str(&text), strbuf_str(before));
    bool is_new = str_eq(strbuf_str(&text), strbuf_str(after));
    bool ok = WIFSIGNALED(result->status) ? is_old || is_new : WEXITSTATUS(result->status) == 0 ? is_new : is_old || is_new;
    ok = mark_done(temp->path, 0, "plan.yaml", 3) && ok;
    Journal journal;
    ok = journal_read(temp_path(temp, "plan.yaml"), &journal, NULL) && ok && journal.n_skipped <= 1;
    bool is_there = false;
    for (size_t i = 0; i < journal.entries.n; i++) {
        is_there =
            is_there || (str_eq(journal.entries.at[i].field, STR("status")) && str_eq(journal.entries.at[i].event, STR("3")));
    }
    ok = ok && is_there && temp_count(temp) == 3;
    journal_done(&journal);
    strbuf_done(&text);
    return ok;
}

static void try(const Scene *scene, const Fault *fault, const StrBuf *before, const StrBuf *after)
{
    Temp temp = new_plan();
    TraceResult result;
    run(scene, &temp, fault, &result);
    bool is_done = WIFEXITED(result.status) && WEXITSTATUS(result.status) == 0;
    bool ok = (WIFEXITED(result.status) || fault->kind == FAULT_KILL) && (is_done || fault->error != EINTR);
    ok = ok && (scene->is_draft ? check_draft(&temp, is_done) : check_plan(&temp, &result, before, after));
    if (!ok) {
        StrBuf names = { 0 };
        StrBuf text = { 0 };
        temp_names(&temp, &names);
        temp_read(temp_path(&temp, "plan.yaml"), &text);
        fail_msg("%s, call %zu (%ld), %s %s: status %x\n%s%s", scene->name, fault->at, result.calls.at[fault->at].number,
                 fault->kind == FAULT_KILL ? "killed" : "fails", strerror(fault->error), (unsigned)result.status,
                 strbuf_z(&names), strbuf_z(&text));
    }
    trace_result_done(&result);
    temp_done(&temp);
}

static bool can_fail(const Way *way, int error)
{
    bool can = false;
    for (size_t i = 0; i < COUNTOF(way->errors); i++) {
        can = can || way->errors[i] == error;
    }
    return can;
}

static void whatever_is_broken_off_is_whole(void **state)
{
    const Scene *scene = *state;
    TraceResult whole;
    StrBuf before = { 0 };
    StrBuf after = { 0 };
    size_t n_kills = 0;
    size_t n_errors = 0;
    if (!trace_is_allowed()) {
        (void)fprintf(stderr, "no tracing here: skipped\n");
        skip();
    }
    Temp temp = new_plan();
    temp_read(temp_path(&temp, "plan.yaml"), &before);
    run(scene, &temp, &(Fault){ 0 }, &whole);
    assert_int_equal(whole.status, 0);
    temp_read(temp_path(&temp, "plan.yaml"), &after);
    assert_true(scene->is_draft || !str_eq(strbuf_str(&before), strbuf_str(&after)));
    temp_done(&temp);
    for (size_t call = 0; call < whole.calls.n; call += STEP) {
        const Way *way = way_of(whole.calls.at[call].number);
        try(scene, &(Fault){ FAULT_KILL, call, 0 }, &before, &after);
        n_kills++;
        bool may_fail = way != NULL && way_is_for(&whole.calls.at[call]) && way->errors[0] != ENOMEM;
        for (size_t i = 0; i < COUNTOF(errors) && may_fail; i++) {
            bool is_turn = errors[i] == EINTR || i == call % COUNTOF(errors); /* test_save.c has each error at each call */
            if (is_turn && can_fail(way, errors[i])) {
                try(scene, &(Fault){ FAULT_ERROR, call, errors[i] }, &before, &after);
                n_errors++;
            }
        }
    }
    (void)fprintf(stderr, "%s: %zu calls, %zu kills, %zu errors\n", scene->name, whole.calls.n, n_kills, n_errors);
    assert_true(whole.calls.n > 15);
    trace_result_done(&whole);
    strbuf_done(&before);
    strbuf_done(&after);
}

int main(int argc, char **argv)
{
    struct CMUnitTest tests[COUNTOF(scenes)];
    if (argc > 1) {
        return run_scene(argv[1]);
    }
    if (access("/dev/shm", W_OK) == 0) {
        (void)setenv("TMPDIR", "/dev/shm", 0); /* several times as fast; the calls are the same */
    }
    for (size_t i = 0; i < COUNTOF(scenes); i++) {
        tests[i] = (struct CMUnitTest){ .name = scenes[i].name,
                                        .test_func = whatever_is_broken_off_is_whole,
                                        .initial_state = (void *)(uintptr_t)&scenes[i] };
    }
    return cmocka_run_group_tests_name("changes", tests, NULL, NULL);
}
