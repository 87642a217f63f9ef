#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/store.h"

static const char block[] = "vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз # первое\n  when: ежемесячно\n"
                            "- no: 2\n  title: Два\n  status: planned\n";
/* No entry of it can be read alone: another reads what stands in it. */
static const char named[] = "vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: &t Раз\n- no: 2\n  title: *t\n";

typedef struct Fixture {
    Temp folder;
    Store *store;
} Fixture;

static Fixture fixture_of(const char *text)
{
    Fixture fixture = { 0 };
    fixture.folder = temp_new();
    temp_write(&fixture.folder, "a.yaml", str_of(text));
    fixture.store = store_open(fixture.folder.path, NULL);
    assert_non_null(fixture.store);
    return fixture;
}

static void fixture_done(Fixture *fixture)
{
    store_free(fixture->store);
    temp_done(&fixture->folder);
}

static void assert_file(const Fixture *fixture, const char *text)
{
    StrBuf is = { 0 };
    temp_read(temp_path(&fixture->folder, "a.yaml"), &is);
    assert_string_equal(strbuf_z(&is), text);
    strbuf_done(&is);
}

/* What somebody else makes of the file: from becomes to. */
static void edit_file(const Fixture *fixture, const char *from, const char *to)
{
    StrBuf text = { 0 };
    temp_read(temp_path(&fixture->folder, "a.yaml"), &text);
    size_t at = str_find(strbuf_str(&text), str_of(from), 0);
    assert_true(at != SIZE_MAX);
    strbuf_splice(&text, at, at + strlen(from), str_of(to));
    temp_write(&fixture->folder, "a.yaml", strbuf_str(&text));
    strbuf_done(&text);
}

static Undo *mark(const Fixture *fixture, size_t event, MarkRequest request)
{
    Arena arena = { 0 };
    Change change;
    Undo *undo = NULL;
    Err err = { 0 };
    request.on = 738000;
    assert_true(change_mark(store_file(fixture->store, 0)->plan, event, &request, &arena, &change, &err));
    assert_true(store_apply(fixture->store, 0, &change, &undo, &err));
    assert_non_null(undo);
    assert_true(str_eq(undo_path(undo), store_file(fixture->store, 0)->path));
    assert_int_equal(undo_change(undo)->n_edits, change.n_edits);
    arena_done(&arena);
    return undo;
}

static const MarkRequest done = { .status = STATUS_DONE, .by = STR_INIT("Методист") };

static Status status_of(const Fixture *fixture, size_t event)
{
    return store_file(fixture->store, 0)->plan->events.at[event].status;
}

static void check_there_and_back(const char *text, size_t event, MarkRequest request)
{
    Fixture fixture = fixture_of(text);
    StrBuf marked = { 0 };
    Undo *undo = mark(&fixture, event, request);
    temp_read(temp_path(&fixture.folder, "a.yaml"), &marked);
    assert_string_not_equal(strbuf_z(&marked), text);
    for (int i = 0; i < 2; i++) {
        assert_true(store_undo(fixture.store, undo, NULL));
        assert_file(&fixture, text);
        assert_true(store_redo(fixture.store, undo, NULL));
        assert_file(&fixture, strbuf_z(&marked));
    }
    strbuf_done(&marked);
    undo_free(undo);
    fixture_done(&fixture);
}

static void a_mark_is_taken_back_and_made_again_to_the_byte(void **state)
{
    (void)state;
    const MarkRequest postponed = { .status = STATUS_POSTPONED, .when = STR("июнь"), .reason = STR("приказ") };
    const MarkRequest occurrence = { .status = STATUS_DONE, .at = STR("2022-03") };
    check_there_and_back(block, 1, done);
    check_there_and_back(block, 1, postponed);
    check_there_and_back(block, 0, occurrence);
    check_there_and_back(named, 0, done);
    check_there_and_back(named, 1, postponed);
}

static void what_others_wrote_elsewhere_stays_when_a_mark_is_taken_back(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(block);
    StrBuf expected = { 0 };
    Undo *undo = mark(&fixture, 1, done);
    edit_file(&fixture, "title: Раз", "note: новое\n  title: Раз");
    assert_true(store_undo(fixture.store, undo, NULL));
    strbuf_add(&expected, str_of(block));
    size_t at = str_find(strbuf_str(&expected), STR("title: Раз"), 0);
    strbuf_splice(&expected, at, at, STR("note: новое\n  "));
    assert_file(&fixture, strbuf_z(&expected));
    strbuf_done(&expected);
    undo_free(undo);
    fixture_done(&fixture);
}

static void other_fields_of_the_event_stay_when_its_mark_is_taken_back(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(block);
    Undo *undo = mark(&fixture, 1, done);
    edit_file(&fixture, "title: Два", "title: Два\n  note: новое");
    assert_true(store_undo(fixture.store, undo, NULL));
    assert_int_equal(status_of(&fixture, 1), STATUS_PLANNED);
    assert_true(str_eq(store_file(fixture.store, 0)->plan->events.at[1].note, STR("новое")));
    assert_int_equal(store_file(fixture.store, 0)->plan->events.at[1].done, 0);
    assert_true(store_redo(fixture.store, undo, NULL));
    assert_int_equal(status_of(&fixture, 1), STATUS_DONE);
    undo_free(undo);
    fixture_done(&fixture);
}

static void assert_conflict(const Fixture *fixture, Undo *undo, TextId text)
{
    StrBuf before = { 0 };
    Err err = { 0 };
    temp_read(temp_path(&fixture->folder, "a.yaml"), &before);
    assert_false(store_undo(fixture->store, undo, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_int_equal(err.text, text);
    assert_file(fixture, strbuf_z(&before));
    strbuf_done(&before);
}

static void a_field_that_somebody_changed_since_is_not_taken_back(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(block);
    Undo *undo = mark(&fixture, 1, done);
    edit_file(&fixture, "status: done", "status: confirmed");
    assert_conflict(&fixture, undo, T_CHANGE_CONFLICT);
    undo_free(undo);
    fixture_done(&fixture);
}

static void an_earlier_deadline_and_a_new_mark_go_when_something_else_of_the_event_changed(void **state)
{
    (void)state;
    const MarkRequest postponed = { .status = STATUS_POSTPONED, .when = STR("июнь") };
    const MarkRequest occurrence = { .status = STATUS_DONE, .at = STR("2022-03") };
    Fixture fixture = fixture_of(block);
    Undo *moved = mark(&fixture, 1, postponed);
    Undo *marked = mark(&fixture, 0, occurrence);
    edit_file(&fixture, "title: Два", "title: Два\n  note: новое");
    edit_file(&fixture, "title: Раз", "note: новое\n  title: Раз");
    assert_true(store_undo(fixture.store, moved, NULL));
    assert_true(store_undo(fixture.store, marked, NULL));
    assert_file(&fixture, "vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  note: новое\n  title: Раз # первое\n"
                          "  when: ежемесячно\n- no: 2\n  title: Два\n  note: новое\n");
    undo_free(moved);
    undo_free(marked);
    fixture_done(&fixture);
}

static void an_event_that_is_gone_is_not_taken_back(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(block);
    Undo *undo = mark(&fixture, 0, done);
    temp_write(&fixture.folder, "a.yaml", str_of("vekha: 1\ntitle: П\nperiod: 2022\nevents: []\n"));
    assert_conflict(&fixture, undo, T_CHANGE_NO_EVENT);
    temp_delete(&fixture.folder, "a.yaml");
    temp_write(&fixture.folder, "b.yaml", str_of(block));
    (void)store_refresh(fixture.store);
    Err err = { 0 };
    assert_false(store_undo(fixture.store, undo, &err));
    assert_int_equal(err.text, T_UNDO_NO_FILE);
    undo_free(undo);
    fixture_done(&fixture);
}

/* Its strings are views of the plan that the refresh inside replaces. */
static void a_change_outlives_the_plan_that_it_was_made_for(void **state)
{
    (void)state;
    const MarkRequest postponed = { .status = STATUS_POSTPONED, .when = STR("июнь"), .on = 738000 };
    Fixture fixture = fixture_of(block);
    Arena arena = { 0 };
    Change change;
    assert_true(change_mark(store_file(fixture.store, 0)->plan, 0, &postponed, &arena, &change, NULL));
    edit_file(&fixture, "title: Два", "title: Три");
    assert_true(store_apply(fixture.store, 0, &change, NULL, NULL));
    const Event *event = &store_file(fixture.store, 0)->plan->events.at[0];
    assert_int_equal(event->status, STATUS_POSTPONED);
    assert_true(str_eq(event->was[0].when, STR("ежемесячно")));
    arena_done(&arena);
    fixture_done(&fixture);
}

static void many_marks_of_a_small_file_are_all_right(void **state)
{
    (void)state;
    enum { N_MARKS = 300 };
    Fixture fixture = fixture_of(block);
    Undo *undo[N_MARKS];
    for (size_t i = 0; i < N_MARKS; i++) {
        MarkRequest request = { .status = i % 4 < 2 ? STATUS_DONE : STATUS_IN_PROGRESS };
        undo[i] = mark(&fixture, i % 2, request);
    }
    for (size_t i = N_MARKS; i > 0; i--) {
        assert_true(store_undo(fixture.store, undo[i - 1], NULL));
        undo_free(undo[i - 1]);
    }
    assert_file(&fixture, block);
    fixture_done(&fixture);
}

static void the_list_of_marks_goes_with_the_last_of_them(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(block);
    Arena arena = { 0 };
    for (int i = 0; i < 2; i++) {
        MarkRequest request = { .status = STATUS_DONE, .by = STR("Я"), .at = i == 0 ? STR("2022-03") : STR("2022-04") };
        undo_free(mark(&fixture, 0, request));
    }
    const Event *event = &store_file(fixture.store, 0)->plan->events.at[0];
    assert_int_equal(event->n_marks, 2);
    Change change = change_of(store_file(fixture.store, 0)->plan, 0, &arena);
    for (unsigned i = 0; i < event->n_marks; i++) {
        change_add(&change, event, FIELD_STATUS, event->marks[i].at, (Str){ 0 }, &arena);
        change_add(&change, event, FIELD_DONE, event->marks[i].at, (Str){ 0 }, &arena);
        change_add(&change, event, FIELD_BY, event->marks[i].at, (Str){ 0 }, &arena);
    }
    assert_true(store_apply(fixture.store, 0, &change, NULL, NULL));
    assert_file(&fixture, block);
    arena_done(&arena);
    fixture_done(&fixture);
}

/* A child writes the file in place, in two halves; the lines between them are no plan. */
static pid_t write_by_halves(const Fixture *fixture, const char *half, const char *whole)
{
    temp_write(&fixture->folder, "a.yaml", str_of(half));
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        const struct timespec pause = { .tv_nsec = 60 * 1000000L };
        (void)nanosleep(&pause, NULL);
        temp_write(&fixture->folder, "a.yaml", str_of(whole));
        _exit(0);
    }
    return child;
}

static void a_file_that_is_half_written_is_waited_for(void **state)
{
    (void)state;
    static const char half[] = "vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: \"Раз";
    Fixture fixture = fixture_of(block);
    Arena arena = { 0 };
    Change change;
    Err err = { 0 };
    assert_true(change_mark(store_file(fixture.store, 0)->plan, 1, &done, &arena, &change, &err));
    pid_t child = write_by_halves(&fixture, half, block);
    assert_true(store_apply(fixture.store, 0, &change, NULL, &err));
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(status_of(&fixture, 1), STATUS_DONE);
    temp_write(&fixture.folder, "a.yaml", str_of(half));
    assert_true(change_mark(store_file(fixture.store, 0)->plan, 0, &done, &arena, &change, &err));
    assert_false(store_apply(fixture.store, 0, &change, NULL, &err));
    assert_int_equal(err.kind, ERR_PLAN);
    assert_file(&fixture, half);
    arena_done(&arena);
    fixture_done(&fixture);
}

static void a_plan_opened_half_written_is_whole_a_moment_later(void **state)
{
    (void)state;
    Fixture fixture = fixture_of("title: \"П");
    assert_true(store_file(fixture.store, 0)->is_broken);
    assert_false(store_wait_whole(fixture.store, 0));
    pid_t child = write_by_halves(&fixture, "title: \"Пл", block);
    assert_true(store_wait_whole(fixture.store, 0));
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_int_equal(store_file(fixture.store, 0)->plan->events.n, 2);
    fixture_done(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_is_taken_back_and_made_again_to_the_byte),
        cmocka_unit_test(what_others_wrote_elsewhere_stays_when_a_mark_is_taken_back),
        cmocka_unit_test(other_fields_of_the_event_stay_when_its_mark_is_taken_back),
        cmocka_unit_test(a_field_that_somebody_changed_since_is_not_taken_back),
        cmocka_unit_test(an_earlier_deadline_and_a_new_mark_go_when_something_else_of_the_event_changed),
        cmocka_unit_test(an_event_that_is_gone_is_not_taken_back),
        cmocka_unit_test(a_change_outlives_the_plan_that_it_was_made_for),
        cmocka_unit_test(many_marks_of_a_small_file_are_all_right),
        cmocka_unit_test(the_list_of_marks_goes_with_the_last_of_them),
        cmocka_unit_test(a_file_that_is_half_written_is_waited_for),
        cmocka_unit_test(a_plan_opened_half_written_is_whole_a_moment_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
