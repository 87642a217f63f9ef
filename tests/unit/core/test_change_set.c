#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/change_build.h"
#include "vekha/core/change_set.h"

static Arena arena;

static int set_up(void **state)
{
    (void)state;
    arena = (Arena){ 0 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

static void add_event(Plan *plan, int section, const char *id, const char *no, const char *title)
{
    vec_push(&plan->events, (Event){ .id = str_of(id), .no = str_of(no), .title = str_of(title), .section = section });
}

/* «Сбор» of the plan itself; «Раз», «Два», «Три» of the first section; «Четыре» of the second; the third has none. */
static Plan plan_of_four(void)
{
    Plan plan = plan_of("2022");
    plan.title = STR("План");
    vec_push(&plan.sections, (Section){ .title = STR("Первый"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Второй"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Глубже"), .parent = 1, .depth = 1 });
    add_event(&plan, -1, "s0bb", "0", "Сбор");
    add_event(&plan, 0, "a1aa", "1", "Раз");
    add_event(&plan, 0, "b2bb", "2", "Два");
    add_event(&plan, 0, "c3cc", "3", "Три");
    add_event(&plan, 1, "d4dd", "4", "Четыре");
    return plan;
}

static void remove_event(Plan *plan, size_t index)
{
    for (size_t i = index; i + 1 < plan->events.n; i++) {
        plan->events.at[i] = plan->events.at[i + 1];
    }
    plan->events.n--;
}

/* "-1: Сбор 0: Раз Два": each section's index where it begins. */
static void assert_order(const Plan *plan, const char *wanted)
{
    StrBuf is = { 0 };
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        if (i == 0 || plan->events.at[i - 1].section != event->section) {
            strbuf_addf(&is, "%s%d:", i > 0 ? " " : "", event->section);
        }
        strbuf_addf(&is, " %.*s", STR_ARG(event->title));
    }
    assert_string_equal(strbuf_z(&is), wanted);
    strbuf_done(&is);
}

/* All found and made on the plan that they were made for. */
static void assert_makes(const Plan *plan, const Change *changes, size_t n, const char *order)
{
    ChangeTarget targets[8];
    Plan out;
    ChangeSet set = { changes, n };
    assert_true(n <= COUNTOF(targets));
    assert_true(changes_find(set, NULL, plan, targets, NULL));
    assert_true(changes_make(set, targets, plan, &out, NULL));
    assert_order(&out, order);
    plan_done(&out);
}

static void assert_refuses(const Plan *plan, const Change *changes, size_t n, ErrKind kind, TextId text)
{
    ChangeTarget targets[8];
    Plan out;
    Err err = { 0 };
    ChangeSet set = { changes, n };
    assert_true(n <= COUNTOF(targets));
    assert_true(changes_find(set, NULL, plan, targets, NULL));
    assert_false(changes_make(set, targets, plan, &out, &err));
    assert_int_equal(err.kind, kind);
    assert_int_equal(err.text, text);
    plan_done(&out);
}

static Change insert_after(const Plan *plan, size_t event, const char *id, const char *title)
{
    EventPlace place = place_after(plan, event, &arena);
    return change_insert(&(Event){ .id = str_of(id), .title = str_of(title) }, &place, &arena);
}

static Change move_after(const Plan *plan, size_t event, size_t after)
{
    EventPlace place = place_after(plan, after, &arena);
    return change_move(plan, event, &place, &arena);
}

static Change edit_of(const Plan *plan, size_t event, const char *key, const char *value)
{
    Change change = change_of(plan, event, &arena);
    assert_true(change_edit(&change, plan, event, str_of(key), str_of(value), &arena, NULL));
    return change;
}

static Change header_of(const Plan *plan, int section, const char *key, const char *value)
{
    Change change = { 0 };
    assert_true(change_edit_header(&change, plan, section, str_of(key), str_of(value), &arena, NULL));
    return change;
}

static void an_event_is_found_where_others_came_before_it(void **state)
{
    (void)state;
    Plan before = plan_of_four();
    Plan now = plan_of_four();
    ChangeTarget target;
    Change change = edit_of(&before, 4, "note", "новое");
    remove_event(&now, 1);
    assert_true(change_find(&change, &before, &now, &target, NULL));
    assert_int_equal(target.event, 3);
    change = header_of(&before, 2, "goal", "Цель");
    now.sections.at[0] = now.sections.at[1];
    now.sections.at[1] = now.sections.at[2];
    now.sections.at[1].parent = 0;
    now.sections.n = 2;
    assert_true(change_find(&change, &before, &now, &target, NULL));
    assert_int_equal(target.section, 1);
    plan_done(&before);
    plan_done(&now);
}

static void what_is_gone_is_a_conflict_that_names_it(void **state)
{
    (void)state;
    Plan before = plan_of_four();
    Plan now = plan_of_four();
    ChangeTarget target;
    Err err = { 0 };
    Change changes[] = { edit_of(&before, 2, "note", "новое"), change_delete(&before, 2, &arena), move_after(&before, 2, 3) };
    remove_event(&now, 2);
    for (size_t i = 0; i < COUNTOF(changes); i++) {
        assert_false(change_find(&changes[i], &before, &now, &target, &err));
        assert_int_equal(err.kind, ERR_CONFLICT);
        assert_int_equal(err.text, T_CHANGE_NO_EVENT);
        assert_true(str_eq(err.args[1].str, STR("Два")));
    }
    now.sections.n = 2;
    EventPlace place = place_at_end(&before, 2, &arena);
    Change into_section[] = { header_of(&before, 2, "goal", "Цель"),
                              change_insert(&(Event){ .title = STR("Новое") }, &place, &arena) };
    for (size_t i = 0; i < COUNTOF(into_section); i++) {
        assert_false(change_find(&into_section[i], &before, &now, &target, &err));
        assert_int_equal(err.kind, ERR_CONFLICT);
        assert_int_equal(err.text, T_CHANGE_NO_SECTION);
    }
    plan_done(&before);
    plan_done(&now);
}

static void a_number_that_became_another_events_is_not_it(void **state)
{
    (void)state;
    Plan before = plan_of("");
    Plan now = plan_of("");
    ChangeTarget target;
    add_event(&before, -1, "", "5", "Сбор");
    add_event(&before, -1, "", "6", "Поход");
    add_event(&now, -1, "", "5", "Поход");
    Change change = edit_of(&before, 0, "note", "новое");
    assert_true(change_find(&change, NULL, &now, &target, NULL));
    assert_false(change_find(&change, &before, &now, &target, NULL));
    plan_done(&before);
    plan_done(&now);
}

static void a_place_without_its_neighbour_is_the_end_of_the_section(void **state)
{
    (void)state;
    Plan before = plan_of_four();
    Plan now = plan_of_four();
    ChangeTarget target;
    Change after_one = insert_after(&before, 1, "z9zz", "Новое");
    assert_true(change_find(&after_one, &before, &now, &target, NULL));
    assert_int_equal(target.section, 0);
    assert_int_equal(target.after, 1);
    remove_event(&now, 1);
    assert_true(change_find(&after_one, &before, &now, &target, NULL));
    assert_int_equal(target.section, 0);
    assert_int_equal(target.after, 2); /* behind «Три» */
    Change after_four = insert_after(&before, 4, "z9zz", "Новое");
    now.events.at[3].section = 2; /* «Четыре» stands deeper now */
    assert_true(change_find(&after_four, &before, &now, &target, NULL));
    assert_int_equal(target.section, 1);
    assert_true(target.after == SIZE_MAX);
    plan_done(&before);
    plan_done(&now);
}

static void the_first_place_is_the_first_whoever_stands_there_now(void **state)
{
    (void)state;
    Plan before = plan_of_four();
    Plan now = plan_of_four();
    ChangeTarget target;
    EventPlace place = event_place(&before, 1, &arena);
    Change change = change_insert(&(Event){ .title = STR("Новое") }, &place, &arena);
    remove_event(&now, 1);
    assert_true(change_find(&change, &before, &now, &target, NULL));
    assert_int_equal(target.section, 0);
    assert_true(target.after == SIZE_MAX);
    assert_makes(&now, &change, 1, "-1: Сбор 0: Новое Два Три 1: Четыре");
    plan_done(&before);
    plan_done(&now);
}

static void events_come_go_and_move(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    EventPlace ends[] = { place_at_end(&plan, -1, &arena), place_at_end(&plan, 0, &arena), place_at_end(&plan, 2, &arena) };
    EventPlace first = event_place(&plan, 1, &arena);
    Event event = { .title = STR("Новое") };
    struct {
        Change change;
        const char *order;
    } cases[] = {
        { insert_after(&plan, 1, "z9zz", "Новое"), "-1: Сбор 0: Раз Новое Два Три 1: Четыре" },
        { change_insert(&event, &first, &arena), "-1: Сбор 0: Новое Раз Два Три 1: Четыре" },
        { change_insert(&event, &ends[0], &arena), "-1: Сбор Новое 0: Раз Два Три 1: Четыре" },
        { change_insert(&event, &ends[1], &arena), "-1: Сбор 0: Раз Два Три Новое 1: Четыре" },
        { change_insert(&event, &ends[2], &arena), "-1: Сбор 0: Раз Два Три 1: Четыре 2: Новое" },
        { change_delete(&plan, 0, &arena), "0: Раз Два Три 1: Четыре" },
        { change_delete(&plan, 2, &arena), "-1: Сбор 0: Раз Три 1: Четыре" },
        { change_delete(&plan, 4, &arena), "-1: Сбор 0: Раз Два Три" },
        { move_after(&plan, 1, 3), "-1: Сбор 0: Два Три Раз 1: Четыре" },
        { change_move(&plan, 3, &first, &arena), "-1: Сбор 0: Три Раз Два 1: Четыре" },
        { move_after(&plan, 4, 0), "-1: Сбор Четыре 0: Раз Два Три" },
        { change_move(&plan, 0, &ends[2], &arena), "0: Раз Два Три 1: Четыре 2: Сбор" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_makes(&plan, &cases[i].change, 1, cases[i].order);
    }
    assert_order(&plan, "-1: Сбор 0: Раз Два Три 1: Четыре");
    plan_done(&plan);
}

static void several_changes_are_made_on_the_same_reading(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    Change changes[] = {
        change_delete(&plan, 1, &arena),
        insert_after(&plan, 1, "z9zz", "Новое"), /* behind one that goes */
        move_after(&plan, 4, 2),
        edit_of(&plan, 4, "title", "Пять"), /* of one that moves */
        edit_of(&plan, 3, "title", "Шесть"),
        header_of(&plan, 0, "title", "Начало"),
        header_of(&plan, -1, "title", "Новый план"),
    };
    ChangeTarget targets[COUNTOF(changes)];
    ChangeSet set = { changes, COUNTOF(changes) };
    Plan out;
    assert_true(changes_find(set, NULL, &plan, targets, NULL));
    assert_true(changes_make(set, targets, &plan, &out, NULL));
    assert_order(&out, "-1: Сбор 0: Новое Два Пять Шесть");
    assert_true(str_eq(out.sections.at[0].title, STR("Начало")));
    assert_true(str_eq(out.title, STR("Новый план")));
    assert_true(str_eq(plan.sections.at[0].title, STR("Первый")));
    assert_true(str_eq(plan.events.at[3].title, STR("Три")));
    plan_done(&out);
    plan_done(&plan);
}

static void of_several_at_one_place_the_first_said_is_the_first(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    Change changes[] = { insert_after(&plan, 2, "z1zz", "Альфа"), move_after(&plan, 1, 2),
                         insert_after(&plan, 2, "z2zz", "Бета") };
    assert_makes(&plan, changes, COUNTOF(changes), "-1: Сбор 0: Два Альфа Раз Бета Три 1: Четыре");
    /* The end of a section and the beginning of the next are the same gap. */
    EventPlace deeper = place_at_end(&plan, 2, &arena);
    Change ends[] = { change_insert(&(Event){ .title = STR("Глубокое") }, &deeper, &arena),
                      insert_after(&plan, 4, "z3zz", "Пять") };
    assert_makes(&plan, ends, COUNTOF(ends), "-1: Сбор 0: Раз Два Три 1: Четыре Пять 2: Глубокое");
    plan_done(&plan);
}

static void what_does_not_start_from_what_the_plan_has_is_a_conflict(void **state)
{
    (void)state;
    Plan before = plan_of_four();
    Plan plan = plan_of_four();
    plan.events.at[1].title = STR("Раз и ещё");
    plan.title = STR("Их план");
    plan.sections.at[1].goal = STR("Их цель");
    Change edit = edit_of(&before, 1, "title", "Моё");
    Change gone = change_delete(&before, 1, &arena);
    Change title = header_of(&before, -1, "title", "Мой план");
    Change goal = header_of(&before, 1, "goal", "Моя цель");
    Change moved = move_after(&before, 1, 3);
    assert_refuses(&plan, &edit, 1, ERR_CONFLICT, T_CHANGE_CONFLICT);
    assert_refuses(&plan, &gone, 1, ERR_CONFLICT, T_CHANGE_DELETED);
    assert_refuses(&plan, &title, 1, ERR_CONFLICT, T_CHANGE_CONFLICT);
    assert_refuses(&plan, &goal, 1, ERR_CONFLICT, T_CHANGE_CONFLICT);
    assert_makes(&plan, &moved, 1, "-1: Сбор 0: Два Три Раз и ещё 1: Четыре"); /* what is moved may say what it likes */
    Change both[] = { edit_of(&plan, 3, "note", "новое"), edit };
    assert_refuses(&plan, both, 2, ERR_CONFLICT, T_CHANGE_CONFLICT);
    plan_done(&before);
    plan_done(&plan);
}

static void a_text_that_a_section_does_not_have_is_refused(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    FieldEdit edit = { .key = STR("goal"), .after = STR("Цель") };
    Change change = { .kind = CHANGE_HEADER, .section = { .index = -1 }, .edits = &edit, .n_edits = 1 };
    assert_refuses(&plan, &change, 1, ERR_REFUSED, T_CHANGE_NOT_ITS_KEY);
    plan_done(&plan);
}

static void a_period_is_the_same_however_it_is_written(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    Plan out;
    FieldEdit edit = { .key = STR("period"), .before = STR("2022-01/2022-12"), .after = STR("2023") };
    Change change = { .kind = CHANGE_HEADER, .section = { .index = -1 }, .edits = &edit, .n_edits = 1 };
    ChangeTarget target = { .event = SIZE_MAX, .section = -1, .after = SIZE_MAX };
    assert_true(changes_make((ChangeSet){ &change, 1 }, &target, &plan, &out, NULL));
    assert_int_equal(out.period.first, day_at("2023-01-01"));
    assert_int_equal(out.period.last, day_at("2023-12-31"));
    plan_done(&out);
    plan_done(&plan);
}

static void an_id_belongs_to_one_event(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    Change taken = insert_after(&plan, 1, "d4dd", "Новое");
    assert_refuses(&plan, &taken, 1, ERR_CONFLICT, T_CHANGE_ID_TAKEN);
    Change instead[] = { change_delete(&plan, 4, &arena), taken };
    assert_makes(&plan, instead, COUNTOF(instead), "-1: Сбор 0: Раз Новое Два Три");
    Change beside_moved[] = { move_after(&plan, 4, 0), taken };
    assert_refuses(&plan, beside_moved, COUNTOF(beside_moved), ERR_CONFLICT, T_CHANGE_ID_TAKEN);
    Change twice[] = { insert_after(&plan, 1, "z9zz", "Альфа"), insert_after(&plan, 2, "z9zz", "Бета") };
    assert_refuses(&plan, twice, COUNTOF(twice), ERR_CONFLICT, T_CHANGE_ID_TAKEN);
    Change without[] = { insert_after(&plan, 1, "", "Альфа"), insert_after(&plan, 1, "", "Бета") };
    assert_makes(&plan, without, COUNTOF(without), "-1: Сбор 0: Раз Альфа Бета Два Три 1: Четыре");
    plan_done(&plan);
}

static void an_event_goes_or_moves_once(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    Change moved_twice[] = { move_after(&plan, 1, 2), move_after(&plan, 1, 3) };
    Change gone_and_moved[] = { change_delete(&plan, 1, &arena), move_after(&plan, 1, 3) };
    Change gone_twice[] = { change_delete(&plan, 1, &arena), change_delete(&plan, 1, &arena) };
    assert_refuses(&plan, moved_twice, 2, ERR_CONFLICT, T_CHANGE_NO_EVENT);
    assert_refuses(&plan, gone_and_moved, 2, ERR_CONFLICT, T_CHANGE_NO_EVENT);
    assert_refuses(&plan, gone_twice, 2, ERR_CONFLICT, T_CHANGE_NO_EVENT);
    plan_done(&plan);
}

/* Makes it on the plan as it stands; what comes out takes its place. */
static void make(Plan *plan, const Change *change)
{
    ChangeTarget target;
    Plan out;
    assert_true(change_find(change, NULL, plan, &target, NULL));
    assert_true(changes_make((ChangeSet){ change, 1 }, &target, plan, &out, NULL));
    *plan = out; /* the texts are those of the plan that was: its owner releases it */
}

static Change change_of_kind(const Plan *plan, size_t i)
{
    EventPlace place = i % 2 == 0 ? place_at_end(plan, 0, &arena) : event_place(plan, 0, &arena);
    Change change = { 0 };
    switch (i) {
    case 0:
    case 1:
        return change_insert(&(Event){ .id = STR("z9zz"), .title = STR("Новое") }, &place, &arena);
    case 2:
    case 3:
        return change_move(plan, 1, &place, &arena);
    case 4:
    case 5:
    case 6:
        return change_delete(plan, i - 4, &arena);
    case 7:
        assert_true(change_edit_header(&change, plan, 0, STR("title"), STR("Другой / новый"), &arena, NULL));
        return change;
    case 8:
        assert_true(change_edit_header(&change, plan, -1, STR("title"), STR("Другой"), &arena, NULL));
        assert_true(change_edit_header(&change, plan, -1, STR("period"), STR("2023"), &arena, NULL));
        return change;
    default:
        change = change_of(plan, 1, &arena);
        assert_true(change_edit(&change, plan, 1, STR("title"), STR("Иначе"), &arena, NULL));
        assert_true(change_edit(&change, plan, 1, STR("cost"), STR("5 руб."), &arena, NULL));
        return change;
    }
}

static void every_kind_of_change_is_taken_back_by_its_inverse(void **state)
{
    (void)state;
    enum { N_CHANGES = 10 };
    for (size_t i = 0; i < N_CHANGES; i++) {
        Plan plan = plan_of("2022");
        plan.title = STR("План");
        vec_push(&plan.headings, (Heading){ STR("cost"), STR("Цена") });
        vec_push(&plan.sections, (Section){ .title = STR("Первый"), .parent = -1 });
        vec_push(&plan.events, (Event){ .no = STR("1"), .title = STR("Раз"), .section = -1 });
        vec_push(&plan.events, (Event){ .id = STR("b2bb"), .no = STR("2"), .title = STR("Два"), .section = -1 });
        vec_push(&plan.events, (Event){ .no = STR("3"), .title = STR("Три"), .section = 0 });
        Change change = change_of_kind(&plan, i);
        Change inverse = change_inverse(&change, &arena);
        Change again = change_inverse(&inverse, &arena);
        Plan done = plan;
        make(&done, &change);
        assert_false(plan_eq(&done, &plan));
        Plan back = done;
        make(&back, &inverse);
        assert_true(plan_eq(&back, &plan));
        Plan redone = back;
        make(&redone, &again);
        assert_true(plan_eq(&redone, &done));
        plan_done(&redone);
        plan_done(&back);
        plan_done(&done);
        plan_done(&plan);
    }
}

static void nothing_to_change_leaves_an_equal_plan(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    Plan empty = { 0 };
    Plan out;
    assert_true(changes_make((ChangeSet){ 0 }, NULL, &plan, &out, NULL));
    assert_true(plan_eq(&plan, &out));
    plan_done(&out);
    assert_true(changes_make((ChangeSet){ 0 }, NULL, &empty, &out, NULL));
    assert_true(plan_eq(&empty, &out));
    plan_done(&out);
    plan_done(&plan);
}

static void plans_are_equal_only_in_every_text_section_and_event(void **state)
{
    (void)state;
    Plan plan = plan_of_four();
    assert_true(plan_eq(&plan, &plan));
    for (int i = 0;; i++) {
        Plan other = plan_of_four();
        Str *texts[] = { &other.title,
                         &other.short_name,
                         &other.organization,
                         &other.basis,
                         &other.preamble,
                         &other.sections.at[1].no,
                         &other.sections.at[1].title,
                         &other.sections.at[1].goal,
                         &other.events.at[4].title };
        int n_texts = (int)COUNTOF(texts);
        bool is_end = i == n_texts + 7;
        if (i < n_texts) {
            *texts[i] = STR("другое");
        }
        other.format += i == n_texts;
        other.period.first += i == n_texts + 1;
        other.period.last += i == n_texts + 2;
        other.sections.at[2].parent -= i == n_texts + 3;
        other.sections.n -= i == n_texts + 4;
        other.events.n -= i == n_texts + 5;
        other.events.at[4].section += i == n_texts + 6;
        assert_int_equal(plan_eq(&plan, &other), is_end);
        assert_int_equal(plan_eq(&other, &plan), is_end);
        plan_done(&other);
        if (is_end) {
            break;
        }
    }
    plan_done(&plan);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(an_event_is_found_where_others_came_before_it),
        TEST(what_is_gone_is_a_conflict_that_names_it),
        TEST(a_number_that_became_another_events_is_not_it),
        TEST(a_place_without_its_neighbour_is_the_end_of_the_section),
        TEST(the_first_place_is_the_first_whoever_stands_there_now),
        TEST(events_come_go_and_move),
        TEST(several_changes_are_made_on_the_same_reading),
        TEST(of_several_at_one_place_the_first_said_is_the_first),
        TEST(what_does_not_start_from_what_the_plan_has_is_a_conflict),
        TEST(a_text_that_a_section_does_not_have_is_refused),
        TEST(a_period_is_the_same_however_it_is_written),
        TEST(an_id_belongs_to_one_event),
        TEST(an_event_goes_or_moves_once),
        TEST(every_kind_of_change_is_taken_back_by_its_inverse),
        TEST(nothing_to_change_leaves_an_equal_plan),
        TEST(plans_are_equal_only_in_every_text_section_and_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
