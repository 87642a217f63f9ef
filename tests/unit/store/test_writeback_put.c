#include <malloc.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/patch.h"
#include "../../support/same.h"
#include "vekha/base/file.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/writeback.h"

enum { DAY_OF_MARK = 738000, MAX_STEPS = 8, FILE_MAX = 1 << 24 };

static const char *const plans[] = { "plans/khabarovsk-dvizh-2022.yaml", "plans/magadan-2023.yaml", "plans/megion-2021.yaml",
                                     "plans/minsk-2022.yaml", "plans/sayansk-500-2022.yaml" };

static const Status walk[] = { STATUS_IN_PROGRESS, STATUS_DONE,      STATUS_CONFIRMED,
                               STATUS_POSTPONED,   STATUS_CANCELLED, STATUS_PLANNED };

typedef struct Plain {
    Doc *doc;
    Reading reading;
} Plain;

/* What was done to one event, the last on top. */
typedef struct Steps {
    Change change[MAX_STEPS];
    Str before[MAX_STEPS], after[MAX_STEPS];
    size_t n;
} Steps;

static Plain plain_of(Str text)
{
    Plain plain = { .doc = doc_new(text) };
    schema_read(plain.doc, &plain.reading);
    plan_resolve(&plain.reading.plan);
    return plain;
}

static void plain_done(Plain *plain)
{
    reading_done(&plain->reading);
    doc_free(plain->doc);
}

static bool make_change(const Plain *plain, size_t event, Status status, Arena *arena, Change *out)
{
    MarkRequest request = { .status = status, .on = DAY_OF_MARK, .by = STR("Методист: 2-й"), .note = STR("раз # два") };
    bool is_first = !str_eq(plain->reading.plan.events.at[event].when, STR("до 1 июня"));
    request.when = status != STATUS_POSTPONED ? (Str){ 0 } : is_first ? STR("до 1 июня") : STR("до 2 июня");
    Change change;
    if (!change_mark(&plain->reading.plan, event, &request, arena, &change, NULL)) {
        return false;
    }
    *out = change_copy(&change, arena);
    return true;
}

/* Marks the event, and proves that it is what the whole way does as well. */
static void mark(Plain *plain, size_t event, Status status, Steps *steps, Arena *arena)
{
    Patch local;
    Patch whole;
    Change *change = &steps->change[steps->n];
    assert_true(make_change(plain, event, status, arena, change));
    assert_true(patch_one(plain->doc, &plain->reading, event, change, &local, NULL));
    assert_non_null(local.entry);
    assert_true(patch_one_whole(plain->doc, &plain->reading, event, change, &whole, NULL));
    assert_true(str_eq(patch_text(plain->doc, &local), patch_text(plain->doc, &whole)));
    patch_done(&whole);
    steps->before[steps->n] = arena_copy(arena, local.pieces[0].before);
    steps->after[steps->n++] = arena_copy(arena, local.pieces[0].after);
    patch_put(&plain->doc, &plain->reading, event, &local);
}

static void take_back(Plain *plain, size_t event, Steps *steps)
{
    Patch patch;
    size_t last = --steps->n;
    PatchBytes bytes = { &steps->change[last], steps->before[last], steps->after[last], true };
    assert_true(patch_entry_bytes(plain->doc, &plain->reading, event, &bytes, &patch));
    patch_put(&plain->doc, &plain->reading, event, &patch);
}

/* All events marked several times, then all taken back, in an order that only keeps to each event's own. */
static void check_plan(const char *path)
{
    StrBuf text = { 0 };
    Arena arena = { 0 };
    unsigned order = 1;
    assert_true(file_read(path, FILE_MAX, &text, NULL, NULL));
    Plain plain = plain_of(strbuf_str(&text));
    size_t n = plain.reading.plan.events.n;
    Steps *steps = mem_new(n * sizeof *steps);
    assert_true(n > 0);
    for (size_t i = 0; i < n * COUNTOF(walk); i++) {
        mark(&plain, i % n, walk[(i / n + i) % COUNTOF(walk)], &steps[i % n], &arena);
        assert_true(i % 7 != 0 || same_as_anew(plain.doc, &plain.reading));
    }
    assert_true(same_as_anew(plain.doc, &plain.reading));
    assert_false(str_eq(doc_text(plain.doc), strbuf_str(&text)));
    for (size_t left = n * COUNTOF(walk); left > 0; left--) {
        order = order * 1664525 + 1013904223;
        size_t event = order / 1000 % n;
        while (steps[event].n == 0) {
            event = (event + 1) % n;
        }
        take_back(&plain, event, &steps[event]);
        assert_true(left % 7 != 0 || same_as_anew(plain.doc, &plain.reading));
    }
    assert_true(same_as_anew(plain.doc, &plain.reading));
    assert_true(str_eq(doc_text(plain.doc), strbuf_str(&text)));
    free(steps);
    plain_done(&plain);
    strbuf_done(&text);
    arena_done(&arena);
}

static void every_event_of_the_plans_is_marked_and_taken_back_to_the_byte(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(plans); i++) {
        check_plan(plans[i]);
    }
}

static void problems_and_lines_behind_the_event_move_with_it(void **state)
{
    (void)state;
    static const char *const texts[] = {
        ("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- title: Раз\n  statu: x\n- title: Два\n  title: Три\n  room: 1\n"
         "sections:\n- title: С\n  x: 1\n  events:\n  - title: Пять\n    done: нет\n  title: Д\n"),
        "{vekha: 1, title: П, period: 2022, events: [{title: Раз, statu: x}, {title: Два, title: Три}, {room: 1}], x: 1}",
        "vekha: 1\rtitle: П\rperiod: 2022\revents:\r- title: Раз\r  statu: x\r- title: Два\r  room: 1\r",
    };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        Plain plain = plain_of(str_of(texts[i]));
        size_t n_problems = plain.reading.problems.n;
        Arena arena = { 0 };
        Steps steps = { 0 };
        assert_true(n_problems > 1);
        mark(&plain, 0, STATUS_DONE, &steps, &arena);
        assert_true(same_as_anew(plain.doc, &plain.reading));
        assert_int_equal(plain.reading.problems.n, n_problems);
        take_back(&plain, 0, &steps);
        assert_true(same_as_anew(plain.doc, &plain.reading));
        plain_done(&plain);
        arena_done(&arena);
    }
}

static void an_event_that_cannot_be_read_alone_is_changed_in_the_whole_file(void **state)
{
    (void)state;
    static const char text[] = "vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- title: Раз\n  by: &m Я\n- title: Два\n  by: *m\n";
    Plain plain = plain_of(str_of(text));
    Arena arena = { 0 };
    Change change;
    Patch patch;
    assert_true(make_change(&plain, 0, STATUS_CANCELLED, &arena, &change));
    assert_true(patch_one(plain.doc, &plain.reading, 0, &change, &patch, NULL));
    assert_null(patch.entry);
    Str before = arena_copy(&arena, patch.pieces[0].before);
    Str after = arena_copy(&arena, patch.pieces[0].after);
    size_t from = patch.pieces[0].from;
    patch_put(&plain.doc, &plain.reading, 0, &patch);
    assert_true(same_as_anew(plain.doc, &plain.reading));
    PatchBytes bytes = { &change, before, after, true };
    assert_false(patch_entry_bytes(plain.doc, &plain.reading, 0, &bytes, &patch));
    assert_true(patch_text_bytes(plain.doc, &plain.reading, (ChangeSet){ &change, 1 }, &(PatchPiece){ from, before, after }, 1, true, &patch));
    assert_true(str_eq(patch_text(plain.doc, &patch), str_of(text)));
    patch_done(&patch);
    plain_done(&plain);
    arena_done(&arena);
}

static void bytes_that_the_change_does_not_explain_are_not_put_back(void **state)
{
    (void)state;
    Plain plain = plain_of(STR("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- title: Раз\n  status: done\n- title: Два\n"));
    FieldEdit done = { .field = FIELD_STATUS, .after = STR("done") };
    Change change = { .n_edits = 1, .edits = &done };
    static const struct {
        const char *before;
        bool is_taken;
    } cases[] = {
        { "- title: Раз\n", true },
        { "- title: Три\n", false },                        /* another title, too */
        { "- title: Раз\n  status: in-progress\n", false }, /* not what the change found */
        { "- title: Раз\n  note: x\n", false },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Patch patch;
        PatchBytes bytes = { &change, str_of(cases[i].before), STR("- title: Раз\n  status: done\n"), true };
        assert_int_equal(patch_entry_bytes(plain.doc, &plain.reading, 0, &bytes, &patch), cases[i].is_taken);
        patch_done(&patch);
    }
    plain_done(&plain);
}

static size_t heap_bytes(void)
{
    struct mallinfo2 info = mallinfo2();
    return info.uordblks + info.hblkhd;
}

/* A sanitizer's heap tells nothing: the bound then holds of itself. */
static void a_thousand_marks_take_no_more_than_eight_times_the_file(void **state)
{
    (void)state;
    enum { N_EVENTS = 1000, N_MARKS = 1000, TIMES = 8 };
    StrBuf text = { 0 };
    strbuf_add(&text, STR("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n"));
    for (int i = 0; i < N_EVENTS; i++) {
        strbuf_addf(&text, "- no: %d\n  title: Совещание о подготовке школьного этапа всероссийской олимпиады, часть %d\n", i, i);
        strbuf_addf(&text, "  when: %d.%d.2022\n  responsible:\n  - Заместитель директора\n  - Методист\n", i % 28 + 1,
                    i % 12 + 1);
        strbuf_add(&text, STR("  result: Приказ по школе, справка по итогам, список участников и протокол\n  status: planned\n"));
    }
    size_t n_before = heap_bytes();
    size_t n_bytes = text.n_bytes;
    Plain plain = plain_of(strbuf_str(&text));
    for (size_t i = 0; i < N_MARKS; i++) {
        Arena arena = { 0 };
        Steps steps = { 0 };
        Patch patch;
        size_t event = i * 37 % N_EVENTS;
        assert_true(make_change(&plain, event, walk[i % COUNTOF(walk)], &arena, &steps.change[0]));
        assert_true(patch_one(plain.doc, &plain.reading, event, &steps.change[0], &patch, NULL));
        (void)patch_text(plain.doc, &patch);
        assert_true(heap_bytes() - n_before <= TIMES * n_bytes);
        patch_put(&plain.doc, &plain.reading, event, &patch);
        arena_done(&arena);
        if (doc_is_overgrown(plain.doc)) { /* as the store does */
            Plain anew = plain_of(doc_text(plain.doc));
            plain_done(&plain);
            plain = anew;
        }
    }
    assert_true(same_as_anew(plain.doc, &plain.reading));
    plain_done(&plain);
    strbuf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_event_of_the_plans_is_marked_and_taken_back_to_the_byte),
        cmocka_unit_test(problems_and_lines_behind_the_event_move_with_it),
        cmocka_unit_test(an_event_that_cannot_be_read_alone_is_changed_in_the_whole_file),
        cmocka_unit_test(bytes_that_the_change_does_not_explain_are_not_put_back),
        cmocka_unit_test(a_thousand_marks_take_no_more_than_eight_times_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
