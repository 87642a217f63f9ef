#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/reading.h"
#include "../../support/same.h"
#include "vekha/core/change_build.h"
#include "vekha/store/writeback.h"

/* Events that come, go and move by reading their neighbours alone: the same bytes as the whole way makes, at every place. */

typedef struct Layout {
    const char *name, *text;
} Layout;

/* Five events each, all directly in the plan or in its two sections. */
static const Layout layouts[] = {
    { "flush", "vekha: 1\ntitle: План\nevents:\n"
               "- title: Раз\n  no: 1\n- title: Два\n- title: Три\n- title: Четыре\n- title: Пять\n" },
    { "indented, behind it other keys",
      "vekha: 1\ntitle: План\nevents:\n"
      "    - title: Раз\n    - title: Два\n      note: |\n        строка\n\n        ещё\n    - title: Три\n"
      "    - title: Четыре\n    - title: Пять\nbasis: приказ № 5\n" },
    { "blank lines between", "vekha: 1\ntitle: План\nevents:\n\n"
                             "- title: Раз\n\n- title: Два\n\n- title: Три\n\n- title: Четыре\n\n- title: Пять\n" },
    { "blank lines here and there", "vekha: 1\ntitle: План\nevents:\n"
                                    "- title: Раз\n- title: Два\n\n\n- title: Три\n- title: Четыре\n\n- title: Пять\n\n" },
    { "comments above", "vekha: 1\ntitle: План\nevents:\n"
                        "# раз\n- title: Раз # важно\n# два\n- title: Два\n\n# ещё\n\n# три\n- title: Три\n- title: Четыре\n"
                        "  # внутри\n  no: 4\n# пять\n- title: Пять\n# конец\n" },
    { "in braces", "vekha: 1\ntitle: План\nevents:\n"
                   "- {title: Раз, no: 1}\n- {title: Два}\n- {title: Три,\n   no: 3}\n- {title: Четыре}\n- {title: Пять}\n" },
    { "in brackets",
      "vekha: 1\ntitle: План\nevents: [{title: Раз}, {title: Два},\n  {title: Три}, {title: Четыре}, {title: Пять}]\n" },
    { "two sections", "vekha: 1\ntitle: План\nsections:\n- title: Первый\n  events:\n"
                      "  # раз\n  - title: Раз\n\n  - title: Два\n    no: 2\n  - {title: Три}\n"
                      "- title: Второй\n  goal: Цель\n  events:\n      - title: Четыре\n\n      # пять\n      - title: Пять\n" },
    { "windows line ends", "vekha: 1\r\ntitle: План\r\nevents:\r\n"
                           "- title: Раз\r\n# два\r\n- title: Два\r\n\r\n- title: Три\r\n- title: Четыре\r\n- title: Пять\r\n" },
    { "no line break at the end", "vekha: 1\ntitle: План\nevents:\n"
                                  "- title: Раз\n- title: Два\n- title: Три\n- title: Четыре\n- title: Пять" },
};

enum { N_EVENTS = 5 };

/* How often the neighbours were enough, of how many changes that could be made. */
typedef struct Count {
    size_t n_made, n_local;
} Count;

static void check(Read *plain, const Layout *layout, const char *what, size_t at, const Change *change, Count *count)
{
    ChangeTarget target;
    ChangeSet set = { change, 1 };
    Patch local;
    Patch whole;
    assert_true(change_find(change, NULL, &plain->reading.plan, &target, NULL));
    bool ok = patch_changes_whole(plain->doc, &plain->reading, set, &target, &whole, NULL);
    if (patch_changes(plain->doc, &plain->reading, set, &target, &local, NULL) != ok) {
        fail_msg("%s: %s %zu: only one way does it", layout->name, what, at);
    }
    count->n_made += ok;
    count->n_local += local.n_runs > 0;
    StrBuf wanted = { 0 };
    StrBuf is = { 0 };
    strbuf_add(&wanted, ok ? patch_text(plain->doc, &whole) : (Str){ 0 });
    strbuf_add(&is, ok ? patch_text(plain->doc, &local) : (Str){ 0 });
    if (!str_eq(strbuf_str(&is), strbuf_str(&wanted))) {
        fail_msg("%s: %s %zu:\n%s--- the whole way\n%s", layout->name, what, at, strbuf_z(&is), strbuf_z(&wanted));
    }
    patch_done(&whole);
    if (ok) {
        patch_put(&plain->doc, &plain->reading, target.event == SIZE_MAX ? 0 : target.event, &local);
        assert_true(same_as_anew(plain->doc, &plain->reading));
    }
    patch_done(&local);
    strbuf_done(&wanted);
    strbuf_done(&is);
}

static void assert_counts(const Layout *layout, Count count, size_t n_made, bool is_local)
{
    if (count.n_made != n_made || (count.n_local > 0) != is_local) {
        fail_msg("%s: %zu made, %zu of them locally", layout->name, count.n_made, count.n_local);
    }
}

static bool is_in_brackets(const Layout *layout)
{
    return str_eq(str_of(layout->name), STR("in brackets"));
}

static void an_event_that_comes_is_written_as_the_whole_way_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(layouts); i++) {
        Count count = { 0 };
        for (size_t at = 0; at <= N_EVENTS; at++) {
            Read plain = read_resolved(str_of(layouts[i].text));
            const Plan *plan = &plain.reading.plan;
            assert_int_equal(plan->events.n, N_EVENTS);
            EventPlace place = at < N_EVENTS ? place_after(plan, at, &plain.arena) : event_place(plan, 0, &plain.arena);
            Event event = { .id = STR("z9zz"), .title = STR("Новое: раз"), .when = STR("27.03"), .note = STR("а\nб") };
            Change change = change_insert(&event, &place, &plain.arena);
            check(&plain, &layouts[i], "insert", at, &change, &count);
            read_done(&plain);
        }
        assert_counts(&layouts[i], count, N_EVENTS + 1, !is_in_brackets(&layouts[i]));
    }
}

static void an_event_that_goes_goes_as_the_whole_way_does(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(layouts); i++) {
        Count count = { 0 };
        for (size_t at = 0; at < N_EVENTS; at++) {
            Read plain = read_resolved(str_of(layouts[i].text));
            Change change = change_delete(&plain.reading.plan, at, &plain.arena);
            check(&plain, &layouts[i], "delete", at, &change, &count);
            read_done(&plain);
        }
        assert_counts(&layouts[i], count, N_EVENTS, !is_in_brackets(&layouts[i]));
    }
}

static void an_event_that_moves_stands_as_the_whole_way_puts_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(layouts); i++) {
        Count count = { 0 };
        for (size_t at = 0; at < N_EVENTS * (N_EVENTS + 1); at++) {
            Read plain = read_resolved(str_of(layouts[i].text));
            const Plan *plan = &plain.reading.plan;
            size_t after = at % (N_EVENTS + 1);
            EventPlace place = after < N_EVENTS ? place_after(plan, after, &plain.arena) : event_place(plan, 0, &plain.arena);
            Change change = change_move(plan, at / (N_EVENTS + 1), &place, &plain.arena);
            if (at / (N_EVENTS + 1) != after) {
                check(&plain, &layouts[i], "move", at, &change, &count);
            }
            read_done(&plain);
        }
        if (count.n_made == 0 || (count.n_local > 0) == is_in_brackets(&layouts[i])) {
            fail_msg("%s: %zu moved, %zu of them locally", layouts[i].name, count.n_made, count.n_local);
        }
        if (i == 0) { /* the plainest one */
            assert_int_equal(count.n_made, N_EVENTS * N_EVENTS);
            assert_int_equal(count.n_local, N_EVENTS * (N_EVENTS - 1)); /* the others stand there already */
        }
    }
}

static void an_id_that_another_has_does_not_come_again(void **state)
{
    (void)state;
    Read plain = read_resolved(str_of("vekha: 1\ntitle: План\nevents:\n- id: a1aa\n  title: Раз\n- id: b2bb\n  title: Два\n"));
    EventPlace place = place_after(&plain.reading.plan, 0, &plain.arena);
    Change change = change_insert(&(Event){ .id = STR("b2bb"), .title = STR("Новое") }, &place, &plain.arena);
    ChangeTarget target;
    Patch patch;
    Err err = { 0 };
    assert_true(change_find(&change, NULL, &plain.reading.plan, &target, NULL));
    assert_false(patch_changes(plain.doc, &plain.reading, (ChangeSet){ &change, 1 }, &target, &patch, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_int_equal(err.text, T_CHANGE_ID_TAKEN);
    patch_done(&patch);
    read_done(&plain);
}

static void an_event_that_somebody_edited_does_not_go(void **state)
{
    (void)state;
    Read plain = read_resolved(str_of(layouts[0].text));
    Change change = change_delete(&plain.reading.plan, 1, &plain.arena);
    Event *content = event_copy(change.content, &plain.arena);
    content->note = STR("было");
    change.content = content;
    ChangeTarget target = { .event = 1, .section = -1, .after = SIZE_MAX };
    Patch patch;
    Err err = { 0 };
    assert_false(patch_changes(plain.doc, &plain.reading, (ChangeSet){ &change, 1 }, &target, &patch, &err));
    assert_int_equal(err.text, T_CHANGE_DELETED);
    patch_done(&patch);
    read_done(&plain);
}

/* The bytes that an event left come back with it: its comment, and keys that nobody knows. */
static void bytes_that_are_given_come_as_they_are(void **state)
{
    (void)state;
    static const char back[] = "# новое\n- title: Новое   # так\n  zz: 1\n";
    Read plain = read_resolved(str_of(layouts[0].text));
    EventPlace place = place_after(&plain.reading.plan, 1, &plain.arena);
    Change change = change_insert(&(Event){ .title = STR("Новое") }, &place, &plain.arena);
    Count count = { 0 };
    change.bytes = str_of(back);
    check(&plain, &layouts[0], "insert", 1, &change, &count);
    assert_true(str_find(doc_text(plain.doc), str_of(back), 0) != SIZE_MAX);
    read_done(&plain);
    /* Bytes that say something else than the event are not believed. */
    plain = read_resolved(str_of(layouts[0].text));
    place = place_after(&plain.reading.plan, 1, &plain.arena);
    change = change_insert(&(Event){ .title = STR("Новое") }, &place, &plain.arena);
    change.bytes = STR("- title: Другое\n");
    check(&plain, &layouts[0], "insert", 1, &change, &(Count){ 0 });
    assert_true(str_eq(doc_text(plain.doc), str_of(layouts[0].text)));
    read_done(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_that_comes_is_written_as_the_whole_way_does),
        cmocka_unit_test(an_event_that_goes_goes_as_the_whole_way_does),
        cmocka_unit_test(an_event_that_moves_stands_as_the_whole_way_puts_it),
        cmocka_unit_test(an_id_that_another_has_does_not_come_again),
        cmocka_unit_test(an_event_that_somebody_edited_does_not_go),
        cmocka_unit_test(bytes_that_are_given_come_as_they_are),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
