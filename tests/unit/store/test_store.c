#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "../../support/temp.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/store.h"

#define HEAD "vekha: 1\ntitle: П\nperiod: 2022\n"
#define TWO_EVENTS HEAD "events:\n- no: 1\n  title: А\n- no: 2\n  title: Б\n"

static Store *open_store(const Temp *temp)
{
    Err err = { 0 };
    Store *store = store_open(temp->path, &err);
    assert_non_null(store);
    return store;
}

/* Marks as done on 2022-05-20. */
static bool mark_done(Store *store, size_t file, size_t event, Err *err)
{
    Arena arena = { 0 };
    Change change;
    MarkRequest request = { .status = STATUS_DONE, .on = day_at("2022-05-20") };
    assert_true(change_mark(store_file(store, file)->plan, event, &request, &arena, &change, NULL));
    bool ok = store_apply(store, file, &change, NULL, err);
    arena_done(&arena);
    return ok;
}

/* ---- A folder ---- */

static void plans_stand_in_russian_order_and_other_files_are_none(void **state)
{
    (void)state;
    Temp temp = temp_new();
    static const char *const names[] = { "я.yaml",      "ёлка.yml",  "Елена.yaml", "план 10.yaml",
                                         "план 2.yaml", "Zeta.yaml", "alpha.yaml" };
    static const char *const others[] = { "vekha.yaml", ".hidden.yaml", ".vekha.lock", "notes.txt", "x.yaml~", "yaml", ".yaml" };
    for (size_t i = 0; i < COUNTOF(names); i++) {
        temp_write(&temp, names[i], STR(HEAD));
    }
    for (size_t i = 0; i < COUNTOF(others); i++) {
        temp_write(&temp, others[i], STR(HEAD));
    }
    assert_int_equal(mkdir(temp_path(&temp, ".journal"), 0755), 0);
    Store *store = open_store(&temp);
    static const char *const wanted[] = { "alpha", "Zeta", "Елена", "ёлка", "план 2", "план 10", "я" };
    assert_int_equal(store_count(store), COUNTOF(wanted));
    for (size_t i = 0; i < COUNTOF(wanted); i++) {
        assert_true(str_eq(store_file(store, i)->name, str_of(wanted[i])));
        assert_false(store_file(store, i)->is_broken);
    }
    assert_false(store_is_single(store));
    assert_true(str_eq(store_folder(store), str_of(temp.path)));
    store_free(store);
    temp_done(&temp);
}

static void add_text(StrBuf *out, const char *text, int times)
{
    for (int i = 0; i < times; i++) {
        strbuf_add(out, str_of(text));
    }
}

/* A folder with everything that can be wrong with a file. */
static void fill_with_trouble(const Temp *temp)
{
    temp_write(temp, "00-good.yaml", STR(TWO_EVENTS));
    assert_int_equal(mkdir(temp_path(temp, "01-folder.yaml"), 0755), 0);
    temp_write(temp, "02-empty.yaml", (Str){ 0 });
    temp_write(temp, "03-koi8.yaml", STR("vekha: 1\ntitle: \xF0\xCC\xC1\xCE\n"));
    temp_write(temp, "04-utf16.yaml", (Str){ "\xFF\xFEv\0e\0k\0h\0a\0", 12 });
    temp_write(temp, "05-binary.yaml",
               (Str){ "\x7F"
                      "ELF\0\0\1\2",
                      8 });
    StrBuf text = { 0 };
    strbuf_add(&text, STR(HEAD "x: "));
    add_text(&text, "[", 10000);
    temp_write(temp, "06-deep.yaml", strbuf_str(&text));
    strbuf_clear(&text);
    strbuf_add(&text, STR(HEAD "a: &a [x,x,x,x,x,x,x,x,x,x]\n"));
    for (char c = 'b'; c < 'l'; c++) {
        strbuf_addf(&text, "%c: &%c [*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c,*%c]\n", c, c, c - 1, c - 1, c - 1, c - 1, c - 1, c - 1,
                    c - 1, c - 1, c - 1);
    }
    temp_write(temp, "07-bomb.yaml", strbuf_str(&text));
    temp_write(temp, "08-half.yaml", STR(TWO_EVENTS "- no: [\n"));
    temp_write(temp, "09-list.yaml", STR("- а\n- б\n"));
    assert_int_equal(mkfifo(temp_path(temp, "10-fifo.yaml"), 0644), 0);
    assert_int_equal(symlink("nowhere", temp_path(temp, "11-dangling.yaml")), 0);
    temp_write(temp, "12-newer.yaml", STR("vekha: 2\ntitle: П\nperiod: 2022\nevents: [{title: А}]\n"));
    strbuf_clear(&text);
    strbuf_add(&text, STR(HEAD "preamble: "));
    add_text(&text, "x", 70 * 1024);
    temp_write(temp, "13-long.yaml", strbuf_str(&text));
    temp_write(temp, "14-good.yaml", STR(TWO_EVENTS));
    strbuf_done(&text);
}

static void a_broken_file_is_a_row_with_its_reason_and_stops_no_other(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        TextId why; /* T_NONE: not broken */
        int line;
        size_t n_events;
    } rows[] = {
        { "00-good", T_NONE, 0, 2 },
        { "01-folder", T_FILE_IS_FOLDER, 0, 0 },
        { "02-empty", T_PLAN_EMPTY, 0, 0 },
        { "03-koi8", T_DOC_NOT_UTF8_BUT, 2, 0 },
        { "04-utf16", T_DOC_UTF16, 1, 0 },
        { "05-binary", T_NONE + 1, 1, 0 }, /* any reason */
        { "06-deep", T_DOC_TOO_DEEP, 4, 0 },
        { "07-bomb", T_DOC_ALIASES_TOO_LARGE, 0, 0 },
        { "08-half", T_NONE + 1, 0, 3 },
        { "09-list", T_PLAN_NOT_MAP, 0, 0 },
        { "10-fifo", T_FILE_NOT_REGULAR, 0, 0 },
        { "11-dangling", T_FILE_CANNOT_READ, 0, 0 },
        { "12-newer", T_NONE, 0, 1 },
        { "13-long", T_DOC_VALUE_TOO_LONG, 4, 0 },
        { "14-good", T_NONE, 0, 2 },
    };
    Temp temp = temp_new();
    fill_with_trouble(&temp);
    long long begin = clock_ms();
    Store *store = open_store(&temp);
    assert_in_range(clock_ms() - begin, 0, 3000);
    assert_int_equal(store_count(store), COUNTOF(rows));
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        const PlanFile *file = store_file(store, i);
        StrBuf words = { 0 };
        err_words(&words, LANG_RU, &file->why);
        assert_true(str_eq(file->name, str_of(rows[i].name)));
        bool is_as_told = file->is_broken == (rows[i].why != T_NONE) &&
                          (rows[i].why <= T_NONE + 1 || file->why.text == rows[i].why) &&
                          (rows[i].line == 0 || file->why.line == rows[i].line) && file->plan->events.n == rows[i].n_events;
        if (!is_as_told) {
            fail_msg("%s: %d events, %s", rows[i].name, (int)file->plan->events.n, strbuf_z(&words));
        }
        assert_true(!file->is_broken || str_starts(strbuf_str(&words), file->path));
        assert_int_equal(file->is_read_only, str_eq(file->name, STR("12-newer")));
        strbuf_done(&words);
    }
    store_free(store);
    temp_done(&temp);
}

static void beside_broken_files_the_others_can_be_changed(void **state)
{
    (void)state;
    Temp temp = temp_new();
    fill_with_trouble(&temp);
    Store *store = open_store(&temp);
    assert_true(mark_done(store, 0, 1, NULL));
    assert_true(mark_done(store, 14, 0, NULL));
    assert_true(temp_holds(temp_path(&temp, "00-good.yaml"), STR(TWO_EVENTS "  status: done\n  done: 2022-05-20\n")));
    assert_int_equal(store_file(store, 0)->plan->events.at[1].status, STATUS_DONE);
    Err err = { 0 };
    assert_false(mark_done(store, 8, 0, &err));
    assert_int_equal(err.kind, ERR_PLAN);
    assert_true(temp_holds(temp_path(&temp, "08-half.yaml"), STR(TWO_EVENTS "- no: [\n")));
    assert_false(mark_done(store, 12, 0, &err));
    assert_int_equal(err.kind, ERR_REFUSED);
    assert_int_equal(err.text, T_WRITE_READ_ONLY);
    store_free(store);
    temp_done(&temp);
}

static bool sees_a_locked_file(const Temp *temp)
{
    Store *store = store_open(temp->path, NULL);
    bool ok = store != NULL && store_count(store) == 2 && store_file(store, 0)->is_broken &&
              store_file(store, 0)->why.kind == ERR_SYSTEM && store_file(store, 0)->why.text == T_FILE_CANNOT_READ &&
              !store_file(store, 1)->is_broken && store_file(store, 1)->plan->events.n == 2;
    store_free(store);
    return ok;
}

static void a_file_that_may_not_be_read_is_a_broken_row(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    temp_write(&temp, "b.yaml", STR(TWO_EVENTS));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0), 0);
    assert_true(temp_as_nobody(sees_a_locked_file, &temp));
    temp_done(&temp);
}

static bool may_only_look(const Temp *temp)
{
    Err err = { 0 };
    Store *store = store_open(temp->path, NULL);
    bool refused = store != NULL && !mark_done(store, 0, 0, &err);
    store_free(store);
    return refused && err.kind == ERR_SYSTEM;
}

static void who_may_not_write_may_read(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    assert_int_equal(chmod(temp_path(&temp, "a.yaml"), 0444), 0);
    assert_int_equal(chmod(temp.path, 0555), 0);
    assert_true(temp_as_nobody(may_only_look, &temp));
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), STR(TWO_EVENTS)));
    assert_int_equal(chmod(temp.path, 0755), 0);
    temp_done(&temp);
}

static void what_is_not_there_cannot_be_opened(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Err err = { 0 };
    assert_null(store_open(temp_path(&temp, "none"), &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_null(store_open(temp_path(&temp, "none.yaml"), NULL));
    Store *store = open_store(&temp);
    assert_int_equal(store_count(store), 0);
    assert_false(store_refresh(store));
    store_free(store);
    store_free(NULL);
    temp_done(&temp);
}

static void a_single_file_may_have_any_name(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "plan.txt", STR(TWO_EVENTS));
    Store *store = store_open(temp_path(&temp, "plan.txt"), NULL);
    assert_non_null(store);
    assert_true(store_is_single(store));
    assert_int_equal(store_count(store), 1);
    assert_int_equal(store_file(store, 0)->plan->events.n, 2);
    assert_true(mark_done(store, 0, 0, NULL));
    assert_true(file_is_folder(temp.path) && access(temp_path(&temp, ".vekha.lock"), F_OK) == 0);
    store_free(store);
    temp_done(&temp);
}

static void what_others_changed_is_kept_when_a_mark_is_written(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    Store *store = open_store(&temp);
    /* An event before it, a note on it. */
    temp_write(&temp, "a.yaml",
               STR(HEAD "events:\n- no: 0\n  title: Новое\n- no: 1\n  title: А\n- no: 2\n  title: Б\n  note: да\n"));
    assert_true(mark_done(store, 0, 1, NULL));
    assert_true(temp_holds(temp_path(&temp, "a.yaml"),
                           STR(HEAD "events:\n- no: 0\n  title: Новое\n- no: 1\n  title: А\n"
                                    "- no: 2\n  title: Б\n  status: done\n  done: 2022-05-20\n  note: да\n")));
    assert_int_equal(store_file(store, 0)->plan->events.n, 3);
    assert_int_equal(store_file(store, 0)->plan->events.at[2].status, STATUS_DONE);
    assert_false(store_refresh(store)); /* what it wrote itself is no news */
    store_free(store);
    temp_done(&temp);
}

static void a_mark_on_what_others_marked_is_a_conflict_and_shows_theirs(void **state)
{
    (void)state;
    static const char theirs[] = HEAD "events:\n- no: 1\n  title: А\n  status: cancelled\n";
    Temp temp = temp_new();
    Err err = { 0 };
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    Store *store = open_store(&temp);
    temp_write(&temp, "a.yaml", str_of(theirs));
    assert_false(mark_done(store, 0, 0, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), str_of(theirs)));
    assert_int_equal(store_file(store, 0)->plan->events.at[0].status, STATUS_CANCELLED);
    store_free(store);
    temp_done(&temp);
}

static void an_event_that_was_deleted_is_not_marked_in_its_neighbour(void **state)
{
    (void)state;
    static const struct {
        const char *before, *after;
        TextId why; /* T_NONE: the first event is still there, and marked */
    } cases[] = {
        { "- {no: 1, title: А}\n- {no: 2, title: Б}\n", "- {no: 2, title: Б}\n", T_CHANGE_NO_EVENT },
        { "- {no: 1, title: А}\n- {no: 2, title: Б}\n", "- {no: 1, title: Б}\n", T_CHANGE_NO_EVENT }, /* renumbered */
        { "- {no: 1, title: А}\n- {no: 2, title: А}\n", "- {no: 2, title: А}\n", T_CHANGE_NO_EVENT },
        { "- {id: k3f9, title: А}\n- {id: b7mm, title: А}\n", "- {id: b7mm, title: А}\n", T_CHANGE_NO_EVENT },
        { "- {no: 1, title: А}\n- {no: 2, title: Б}\n", "- {no: 2, title: Б}\n- {no: 1, title: А}\n", T_NONE },
        { "- {no: 1, title: А}\n- {no: 2, title: Б}\n", "- {no: 7, title: А}\n- {no: 8, title: Б}\n", T_NONE },
        { "- {no: 1, title: А}\n- {no: 2, title: Б}\n", "- {no: 1, title: Аа}\n- {no: 2, title: Б}\n", T_NONE },
        { "- {id: k3f9, no: 1, title: А}\n", "- {id: k3f9, no: 5, title: Аа}\n", T_NONE },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Temp temp = temp_new();
        Err err = { 0 };
        StrBuf text = { 0 };
        StrBuf after = { 0 };
        strbuf_addf(&text, HEAD "events:\n%s", cases[i].before);
        strbuf_addf(&after, HEAD "events:\n%s", cases[i].after);
        temp_write(&temp, "a.yaml", strbuf_str(&text));
        Store *store = open_store(&temp);
        temp_write(&temp, "a.yaml", strbuf_str(&after));
        bool ok = mark_done(store, 0, 0, &err);
        if (ok != (cases[i].why == T_NONE) || err.text != cases[i].why) {
            fail_msg("case %zu: %d", i, ok);
        }
        assert_int_equal(temp_holds(temp_path(&temp, "a.yaml"), strbuf_str(&after)), !ok);
        store_free(store);
        strbuf_done(&text);
        strbuf_done(&after);
        temp_done(&temp);
    }
}

static void a_file_that_is_gone_is_not_made_again_by_a_mark(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Err err = { 0 };
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    Store *store = open_store(&temp);
    assert_int_equal(unlink(temp_path(&temp, "a.yaml")), 0);
    assert_false(mark_done(store, 0, 0, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(access(temp_path(&temp, "a.yaml"), F_OK), -1);
    assert_true(store_file(store, 0)->is_broken);
    assert_true(store_refresh(store));
    assert_int_equal(store_count(store), 0);
    store_free(store);
    temp_done(&temp);
}

static void a_file_that_others_broke_is_left_alone_until_it_is_mended(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Err err = { 0 };
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    Store *store = open_store(&temp);
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS "  note: [\n"));
    assert_false(mark_done(store, 0, 0, &err));
    assert_int_equal(err.kind, ERR_PLAN);
    assert_true(temp_holds(temp_path(&temp, "a.yaml"), STR(TWO_EVENTS "  note: [\n")));
    assert_true(store_file(store, 0)->is_broken);
    assert_int_equal(store_file(store, 0)->plan->events.n, 2); /* what was read before stays in view */
    temp_write(&temp, "a.yaml", STR("vekha: 1\ntitle: \"П"));
    assert_true(store_refresh(store));
    assert_true(store_file(store, 0)->is_broken);
    assert_int_equal(store_file(store, 0)->plan->events.n, 2);
    assert_false(store_refresh(store));
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS "  note: да\n"));
    assert_true(store_refresh(store));
    assert_false(store_file(store, 0)->is_broken);
    assert_true(mark_done(store, 0, 0, NULL));
    store_free(store);
    temp_done(&temp);
}

static void a_refresh_tells_what_came_changed_or_went(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "b.yaml", STR(TWO_EVENTS));
    temp_write(&temp, "d.yaml", STR(TWO_EVENTS));
    Store *store = open_store(&temp);
    assert_false(store_refresh(store));
    temp_write(&temp, "notes.txt", STR("x"));
    assert_false(store_refresh(store));
    temp_write(&temp, "c.yaml", STR(HEAD "events: [{title: В}]\n"));
    assert_true(store_refresh(store));
    assert_int_equal(store_count(store), 3);
    assert_true(str_eq(store_file(store, 1)->name, STR("c")));
    assert_int_equal(store_file(store, 1)->plan->events.n, 1);
    temp_write(&temp, "d.yaml", STR(HEAD));
    assert_true(store_refresh(store));
    assert_int_equal(store_file(store, 2)->plan->events.n, 0);
    assert_int_equal(unlink(temp_path(&temp, "b.yaml")), 0);
    assert_true(store_refresh(store));
    assert_int_equal(store_count(store), 2);
    assert_int_equal(rename(temp_path(&temp, "c.yaml"), temp_path(&temp, "e.yaml")), 0);
    assert_true(store_refresh(store));
    assert_true(str_eq(store_file(store, 1)->name, STR("e")));
    assert_false(store_refresh(store));
    store_free(store);
    temp_done(&temp);
}

static void a_named_file_that_goes_stays_as_a_broken_row_and_comes_back(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    Store *store = store_open(temp_path(&temp, "a.yaml"), NULL);
    assert_int_equal(unlink(temp_path(&temp, "a.yaml")), 0);
    assert_true(store_refresh(store));
    assert_true(store_file(store, 0)->is_broken);
    assert_false(store_refresh(store));
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    assert_true(store_refresh(store));
    assert_int_equal(store_file(store, 0)->plan->events.n, 2);
    store_free(store);
    temp_done(&temp);
}

static void two_who_mark_different_events_lose_nothing(void **state)
{
    (void)state;
    Temp temp = temp_new();
    temp_write(&temp, "a.yaml", STR(TWO_EVENTS));
    Store *mine = open_store(&temp);
    Store *theirs = open_store(&temp);
    assert_true(mark_done(mine, 0, 0, NULL));
    assert_true(mark_done(theirs, 0, 1, NULL));
    assert_true(
        temp_holds(temp_path(&temp, "a.yaml"), STR(HEAD "events:\n- no: 1\n  title: А\n  status: done\n  done: 2022-05-20\n"
                                                        "- no: 2\n  title: Б\n  status: done\n  done: 2022-05-20\n")));
    assert_true(store_refresh(mine));
    assert_int_equal(store_file(mine, 0)->plan->events.at[1].status, STATUS_DONE);
    store_free(mine);
    store_free(theirs);
    temp_done(&temp);
}

enum { WRITERS = 4, EVENTS_EACH = 12 };

/* Marks its own events, in a process of its own. */
static void run_writer(const Temp *temp, int writer)
{
    bool ok = true;
    Store *store = store_open(temp->path, NULL);
    for (int i = 0; store != NULL && i < EVENTS_EACH && ok; i++) {
        ok = mark_done(store, 0, (size_t)(i * WRITERS + writer), NULL);
    }
    store_free(store);
    _exit(store != NULL && ok ? 0 : 1);
}

static void many_who_write_at_once_lose_nothing(void **state)
{
    (void)state;
    Temp temp = temp_new();
    StrBuf text = { 0 };
    pid_t writers[WRITERS];
    strbuf_add(&text, STR(HEAD "events:\n"));
    for (int i = 0; i < WRITERS * EVENTS_EACH; i++) {
        strbuf_addf(&text, "- {no: %d, title: Мероприятие}\n", i);
    }
    temp_write(&temp, "a.yaml", strbuf_str(&text));
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = fork();
        assert_true(writers[i] >= 0);
        if (writers[i] == 0) {
            run_writer(&temp, i);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(writers[i], &status, 0), writers[i]);
        assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    Store *store = open_store(&temp);
    const Plan *plan = store_file(store, 0)->plan;
    assert_int_equal(plan->events.n, WRITERS * EVENTS_EACH);
    for (size_t i = 0; i < plan->events.n; i++) {
        assert_int_equal(plan->events.at[i].status, STATUS_DONE);
    }
    assert_int_equal(temp_count(&temp), 3); /* the plan, the lock and the journals */
    store_free(store);
    strbuf_done(&text);
    temp_done(&temp);
}

/* ---- What is wrong in a file ---- */

static void a_check_has_the_findings_of_reading_and_of_the_rules_in_file_order(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Arena arena = { 0 };
    ProblemVec problems = { 0 };
    StrBuf got = { 0 };
    temp_write(&temp, "a.yaml",
               STR(HEAD "headings: {no: №, title: Т}\nevents:\n- no: 2\n  title: А\n  when: март\n- title: Б\n  no: 2\n"
                        "  when: май\n  status: нет\n- colour: x\n  title: В\n  no: 5\n  when: ийюн\n"));
    Store *store = open_store(&temp);
    store_check(store, 0, 0, LANG_RU, &arena, &problems);
    for (size_t i = 0; i < problems.n; i++) {
        strbuf_addf(&got, "%d:%d %.*s\n", problems.at[i].line, problems.at[i].col, STR_ARG(rule_info(problems.at[i].rule)->code));
    }
    assert_string_equal(strbuf_z(&got), "4:11 no-responsible\n10:7 number-repeats\n12:11 bad-value\n13:3 unknown-key\n"
                                        "15:7 number-skips\n16:9 not-understood\n");
    strbuf_done(&got);
    vec_done(&problems);
    arena_done(&arena);
    store_free(store);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plans_stand_in_russian_order_and_other_files_are_none),
        cmocka_unit_test(a_broken_file_is_a_row_with_its_reason_and_stops_no_other),
        cmocka_unit_test(beside_broken_files_the_others_can_be_changed),
        cmocka_unit_test(a_file_that_may_not_be_read_is_a_broken_row),
        cmocka_unit_test(who_may_not_write_may_read),
        cmocka_unit_test(what_is_not_there_cannot_be_opened),
        cmocka_unit_test(a_single_file_may_have_any_name),
        cmocka_unit_test(what_others_changed_is_kept_when_a_mark_is_written),
        cmocka_unit_test(a_mark_on_what_others_marked_is_a_conflict_and_shows_theirs),
        cmocka_unit_test(an_event_that_was_deleted_is_not_marked_in_its_neighbour),
        cmocka_unit_test(a_file_that_is_gone_is_not_made_again_by_a_mark),
        cmocka_unit_test(a_file_that_others_broke_is_left_alone_until_it_is_mended),
        cmocka_unit_test(a_refresh_tells_what_came_changed_or_went),
        cmocka_unit_test(a_named_file_that_goes_stays_as_a_broken_row_and_comes_back),
        cmocka_unit_test(two_who_mark_different_events_lose_nothing),
        cmocka_unit_test(many_who_write_at_once_lose_nothing),
        cmocka_unit_test(a_check_has_the_findings_of_reading_and_of_the_rules_in_file_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
