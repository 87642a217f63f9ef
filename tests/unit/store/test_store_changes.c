#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/core/change_build.h"
#include "vekha/store/store.h"

/* Events come, go and move, fields of all kinds change: through the file, and back to the byte. Covers splices.c as well. */

static const char plan_text[] = "vekha: 1\n"
                                "title: План # рабочий\n"
                                "period: 2022\n"
                                "headings: {no: №, title: Событие, when: Срок, cost: Цена}\n"
                                "sections:\n"
                                "- title: Первый\n"
                                "  events:\n"
                                "  # раз\n"
                                "  - id: a1aa\n"
                                "    no: 1\n"
                                "    title: Раз\n"
                                "    when: март\n"
                                "    responsible: [Иванов И.И.]\n"
                                "\n"
                                "  # два\n"
                                "  - {id: b2bb, no: 2, title: Два, when: май}\n"
                                "\n"
                                "  - id: c3cc\n"
                                "    no: 3\n"
                                "    title: Три # важно\n"
                                "    note: |\n"
                                "      строка\n"
                                "      вторая\n"
                                "- title: Второй\n"
                                "  goal: Цель\n"
                                "  sections:\n"
                                "    - title: Глубже\n"
                                "      events:\n"
                                "          - no: 4\n"
                                "            title: Четыре\n";

typedef struct Fixture {
    Temp folder;
    Store *store;
    Arena arena;
} Fixture;

static Fixture fixture_new(void)
{
    Fixture fixture = { .folder = temp_new() };
    temp_write(&fixture.folder, "a.yaml", str_of(plan_text));
    fixture.store = store_open(fixture.folder.path, NULL);
    assert_non_null(fixture.store);
    return fixture;
}

static void fixture_done(Fixture *fixture)
{
    store_free(fixture->store);
    temp_done(&fixture->folder);
    arena_done(&fixture->arena);
}

static const Plan *plan_of(const Fixture *fixture)
{
    return store_file(fixture->store, 0)->plan;
}

static void assert_file(const Fixture *fixture, const char *text)
{
    StrBuf is = { 0 };
    temp_read(temp_path(&fixture->folder, "a.yaml"), &is);
    assert_string_equal(strbuf_z(&is), text);
    strbuf_done(&is);
}

static void assert_line(const Fixture *fixture, const char *line, bool is_there)
{
    StrBuf is = { 0 };
    temp_read(temp_path(&fixture->folder, "a.yaml"), &is);
    if ((strstr(strbuf_z(&is), line) != NULL) != is_there) {
        fail_msg("«%s» %s\n%s", line, is_there ? "is not there" : "is there", strbuf_z(&is));
    }
    strbuf_done(&is);
}

/* "Раз Два Три / Четыре": titles in order, a slash before another section. */
static void assert_order(const Fixture *fixture, const char *wanted)
{
    StrBuf order = { 0 };
    const Plan *plan = plan_of(fixture);
    for (size_t i = 0; i < plan->events.n; i++) {
        bool is_other = i > 0 && plan->events.at[i].section != plan->events.at[i - 1].section;
        strbuf_add(&order, i == 0 ? (Str){ 0 } : is_other ? STR(" / ") : STR(" "));
        strbuf_add(&order, plan->events.at[i].title);
    }
    assert_string_equal(strbuf_z(&order), wanted);
    strbuf_done(&order);
}

static void fail_because(const Err *err)
{
    StrBuf words = { 0 };
    err_words(&words, LANG_RU, err);
    fail_msg("%s", strbuf_z(&words));
}

static Undo *apply(const Fixture *fixture, ChangeSet set)
{
    Undo *undo = NULL;
    Err err = { 0 };
    if (!store_apply_all(fixture->store, 0, set, &undo, &err)) {
        fail_because(&err);
    }
    return undo;
}

/* Back to the bytes that were, forth to those that are, and back. */
static void assert_undone(const Fixture *fixture, Undo *undo)
{
    StrBuf done = { 0 };
    Err err = { 0 };
    temp_read(temp_path(&fixture->folder, "a.yaml"), &done);
    if (!store_undo(fixture->store, undo, &err)) {
        fail_because(&err);
    }
    assert_file(fixture, plan_text);
    assert_true(store_redo(fixture->store, undo, NULL));
    assert_file(fixture, strbuf_z(&done));
    assert_true(store_undo(fixture->store, undo, NULL));
    assert_file(fixture, plan_text);
    strbuf_done(&done);
    undo_free(undo);
}

static void an_event_comes_behind_another(void **state)
{
    (void)state;
    static const struct {
        size_t after;
        const char *order;
    } cases[] = {
        { 0, "Раз Новое Два Три / Четыре" },
        { 1, "Раз Два Новое Три / Четыре" },
        { 2, "Раз Два Три Новое / Четыре" },
        { 3, "Раз Два Три / Четыре Новое" },
    };
    Fixture fixture = fixture_new();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Str parties[] = { STR("Иванов И.И."), STR("Петров: П.П.") };
        Event event = { .no = STR("2"), .title = STR("Новое"), .when = STR("27.03"), .responsible = { parties, 2 } };
        event.id = plan_new_id(plan_of(&fixture), i, &fixture.arena);
        EventPlace place = place_after(plan_of(&fixture), cases[i].after, &fixture.arena);
        Change change = change_insert(&event, &place, &fixture.arena);
        Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
        assert_order(&fixture, cases[i].order);
        assert_line(&fixture, "# раз\n", true);
        assert_undone(&fixture, undo);
    }
    fixture_done(&fixture);
}

static void an_event_comes_into_a_section_without_any(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    Event event = { .id = STR("z9zz"), .title = STR("Новое") };
    EventPlace place = place_at_end(plan_of(&fixture), 1, &fixture.arena);
    Change change = change_insert(&event, &place, &fixture.arena);
    Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
    assert_order(&fixture, "Раз Два Три / Новое / Четыре");
    assert_undone(&fixture, undo);
    place = place_at_end(plan_of(&fixture), -1, &fixture.arena);
    change = change_insert(&event, &place, &fixture.arena);
    undo = apply(&fixture, (ChangeSet){ &change, 1 });
    assert_order(&fixture, "Новое / Раз Два Три / Четыре");
    assert_undone(&fixture, undo);
    fixture_done(&fixture);
}

static void an_event_goes_with_the_comment_above_it(void **state)
{
    (void)state;
    static const struct {
        size_t event;
        const char *order, *gone;
    } cases[] = {
        { 0, "Два Три / Четыре", "# раз" },
        { 1, "Раз Три / Четыре", "# два" },
        { 2, "Раз Два / Четыре", "# важно" },
        { 3, "Раз Два Три", "Четыре" },
    };
    Fixture fixture = fixture_new();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Change change = change_delete(plan_of(&fixture), cases[i].event, &fixture.arena);
        Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
        assert_order(&fixture, cases[i].order);
        assert_line(&fixture, cases[i].gone, false);
        assert_undone(&fixture, undo);
    }
    fixture_done(&fixture);
}

static void an_event_moves_up_and_down_and_between_sections(void **state)
{
    (void)state;
    static const struct {
        size_t event, after; /* SIZE_MAX: first of the section of the event 0 */
        const char *order;
    } cases[] = {
        { 0, 1, "Два Раз Три / Четыре" }, { 2, 0, "Раз Три Два / Четыре" }, { 2, SIZE_MAX, "Три Раз Два / Четыре" },
        { 0, 3, "Два Три / Четыре Раз" }, { 2, 3, "Раз Два / Четыре Три" }, { 3, 0, "Раз Четыре Два Три" },
    };
    Fixture fixture = fixture_new();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        const Plan *plan = plan_of(&fixture);
        EventPlace place =
            cases[i].after == SIZE_MAX ? event_place(plan, 0, &fixture.arena) : place_after(plan, cases[i].after, &fixture.arena);
        Change change = change_move(plan, cases[i].event, &place, &fixture.arena);
        Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
        assert_order(&fixture, cases[i].order);
        assert_line(&fixture, "# раз\n", true);
        assert_undone(&fixture, undo);
    }
    fixture_done(&fixture);
}

static void every_field_is_edited_in_one_line(void **state)
{
    (void)state;
    static const struct {
        size_t event;
        const char *key, *value, *line;
    } cases[] = {
        { 0, "title", "Раз: и ещё", "    title: \"Раз: и ещё\"\n" },
        { 0, "when", "27.03", "    when: \"27.03\"\n" },
        { 0, "no", "12", "    no: 12\n" },
        { 0, "no", "1.10", "    no: \"1.10\"\n" },
        { 0, "responsible", "Иванов И.И.\nПетров П.П.", "    responsible: [Иванов И.И., Петров П.П.]\n" },
        { 0, "cost", "100 руб.", "    cost: 100 руб.\n" },
        { 0, "result", "Приказ", "    result: Приказ\n" },
        { 1, "title", "Два, или три", "  - {id: b2bb, no: 2, title: \"Два, или три\", when: май}\n" },
        { 2, "note", "одна", "    note: одна\n" },
    };
    Fixture fixture = fixture_new();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Change change = change_of(plan_of(&fixture), cases[i].event, &fixture.arena);
        assert_true(change_edit(&change, plan_of(&fixture), cases[i].event, str_of(cases[i].key), str_of(cases[i].value),
                                &fixture.arena, NULL));
        Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
        assert_line(&fixture, cases[i].line, true);
        assert_undone(&fixture, undo);
    }
    fixture_done(&fixture);
}

static void texts_of_plan_and_section_are_edited(void **state)
{
    (void)state;
    static const struct {
        int section;
        const char *key, *value, *line;
    } cases[] = {
        { -1, "title", "Другой", "title: Другой # рабочий\n" },
        { -1, "period", "2022-09/2023-05", "period: 2022-09/2023-05\n" },
        { -1, "basis", "приказ № 5", "basis: приказ № 5\n" },
        { 1, "goal", "", "- title: Второй\n  sections:\n" },
        { 2, "title", "Ещё глубже", "    - title: Ещё глубже\n" },
        { 1, "no", "2", "- title: Второй\n  no: 2\n  goal:" }, /* not behind the section's events */
    };
    Fixture fixture = fixture_new();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Change change = { 0 };
        assert_true(change_edit_header(&change, plan_of(&fixture), cases[i].section, str_of(cases[i].key), str_of(cases[i].value),
                                       &fixture.arena, NULL));
        Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
        assert_line(&fixture, cases[i].line, true);
        assert_undone(&fixture, undo);
    }
    fixture_done(&fixture);
}

static void several_changes_are_one_step(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    Change changes[4];
    for (size_t i = 0; i < COUNTOF(changes); i++) {
        StrBuf no = { 0 };
        strbuf_addf(&no, "%zu", i + 10);
        changes[i] = change_of(plan_of(&fixture), i, &fixture.arena);
        assert_true(change_edit(&changes[i], plan_of(&fixture), i, STR("no"), strbuf_str(&no), &fixture.arena, NULL));
        strbuf_done(&no);
    }
    Undo *undo = apply(&fixture, (ChangeSet){ changes, COUNTOF(changes) });
    assert_line(&fixture, "no: 10\n", true);
    assert_line(&fixture, "no: 11,", true);
    assert_line(&fixture, "no: 13\n", true);
    assert_undone(&fixture, undo);
    fixture_done(&fixture);
}

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

static void an_event_that_somebody_edited_is_not_deleted(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    Err err = { 0 };
    Change change = change_delete(plan_of(&fixture), 0, &fixture.arena);
    edit_file(&fixture, "when: март", "when: апрель");
    assert_false(store_apply(fixture.store, 0, &change, NULL, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_int_equal(err.text, T_CHANGE_DELETED);
    assert_order(&fixture, "Раз Два Три / Четыре");
    fixture_done(&fixture);
}

/* What was done is taken back event by event, where others have changed the file elsewhere. */
static void a_change_is_taken_back_from_a_file_that_others_changed(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    EventPlace place = place_after(plan_of(&fixture), 3, &fixture.arena);
    Change changes[] = {
        change_delete(plan_of(&fixture), 1, &fixture.arena),
        change_move(plan_of(&fixture), 2, &place, &fixture.arena),
    };
    Undo *undo = apply(&fixture, (ChangeSet){ changes, COUNTOF(changes) });
    assert_order(&fixture, "Раз / Четыре Три");
    edit_file(&fixture, "title: Четыре", "title: Четыре\n            note: их слово");
    assert_true(store_undo(fixture.store, undo, NULL));
    assert_order(&fixture, "Раз Два Три / Четыре");
    assert_line(&fixture, "note: их слово", true);
    assert_line(&fixture, "  # два\n  - {id: b2bb, no: 2, title: Два, when: май}\n", true);
    undo_free(undo);
    fixture_done(&fixture);
}

static void an_event_follows_the_last_one_where_its_neighbour_is_gone(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    Event event = { .id = STR("z9zz"), .title = STR("Новое") };
    EventPlace place = place_after(plan_of(&fixture), 1, &fixture.arena);
    Change change = change_insert(&event, &place, &fixture.arena);
    edit_file(&fixture, "  - {id: b2bb, no: 2, title: Два, when: май}\n", "");
    Undo *undo = apply(&fixture, (ChangeSet){ &change, 1 });
    assert_order(&fixture, "Раз Три Новое / Четыре");
    undo_free(undo);
    fixture_done(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_comes_behind_another),
        cmocka_unit_test(an_event_comes_into_a_section_without_any),
        cmocka_unit_test(an_event_goes_with_the_comment_above_it),
        cmocka_unit_test(an_event_moves_up_and_down_and_between_sections),
        cmocka_unit_test(every_field_is_edited_in_one_line),
        cmocka_unit_test(texts_of_plan_and_section_are_edited),
        cmocka_unit_test(several_changes_are_one_step),
        cmocka_unit_test(an_event_that_somebody_edited_is_not_deleted),
        cmocka_unit_test(a_change_is_taken_back_from_a_file_that_others_changed),
        cmocka_unit_test(an_event_follows_the_last_one_where_its_neighbour_is_gone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
