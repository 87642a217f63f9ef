#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/temp.h"
#include "vekha/core/change_build.h"
#include "vekha/store/restore.h"
#include "vekha/store/store.h"

/* What was is had again from the journal: each moment of a plan that was changed in every way. */

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
                                "    when: ежемесячно\n"
                                "    was:\n"
                                "      - {when: январь, on: 2022-01-10}\n"
                                "    responsible: [Иванов И.И., Петров П.П.]\n"
                                "    marks:\n"
                                "      - {at: 2022-03, status: done, done: 2022-03-20}\n"
                                "\n"
                                "  # два\n"
                                "  - id: b2bb\n"
                                "    no: 2\n"
                                "    title: Два\n"
                                "    when: май\n"
                                "\n"
                                "  - no: 3\n"
                                "    title: Три # важно\n"
                                "    cost: 100\n"
                                "    note: |\n"
                                "      строка\n"
                                "      вторая\n"
                                "- title: Второй\n"
                                "  goal: Цель\n"
                                "  sections:\n"
                                "    - title: Глубже\n"
                                "      events:\n"
                                "          - no: 4\n"
                                "            title: Четыре\n"
                                "          - no: 5\n"
                                "            title: Пять\n";

typedef struct Fixture {
    Temp folder;
    Store *store;
    Arena arena;
    long long now;
    Journal journal; /* what was restored last has views of it */
} Fixture;

static Fixture fixture_of(const char *text)
{
    Fixture fixture = { .folder = temp_new(), .now = 1000 };
    temp_write(&fixture.folder, "a.yaml", str_of(text));
    fixture.store = store_open(fixture.folder.path, NULL);
    assert_non_null(fixture.store);
    store_set_author(fixture.store, STR("Завуч"));
    return fixture;
}

static void fixture_done(Fixture *fixture)
{
    store_free(fixture->store);
    journal_done(&fixture->journal);
    temp_done(&fixture->folder);
    arena_done(&fixture->arena);
}

static const Plan *plan_of(const Fixture *fixture)
{
    return store_file(fixture->store, 0)->plan;
}

static size_t event_called(const Fixture *fixture, const char *no)
{
    IndexVec found = { 0 };
    plan_find(plan_of(fixture), str_of(no), &found);
    assert_int_equal(found.n, 1);
    size_t event = found.at[0];
    vec_done(&found);
    return event;
}

static bool apply(Fixture *fixture, const Change *changes, size_t n)
{
    Err err = { 0 };
    store_set_now(fixture->store, fixture->now);
    fixture->now += 1000;
    return store_apply_all(fixture->store, 0, (ChangeSet){ changes, n }, NULL, &err);
}

static void edit(Fixture *fixture, const char *no, const char *key, const char *value)
{
    Change change = change_of(plan_of(fixture), event_called(fixture, no), &fixture->arena);
    assert_true(
        change_edit(&change, plan_of(fixture), event_called(fixture, no), str_of(key), str_of(value), &fixture->arena, NULL));
    assert_true(apply(fixture, &change, 1));
}

static void restore(Fixture *fixture, RestoreAsk ask, Restore *out)
{
    journal_done(&fixture->journal);
    assert_true(journal_read(temp_path(&fixture->folder, "a.yaml"), &fixture->journal, NULL));
    restore_make(&fixture->journal, plan_of(fixture), &ask, out);
    if (out->changes.n > 0) {
        Err err = { 0 };
        StrBuf why = { 0 };
        store_set_now(fixture->store, fixture->now);
        fixture->now += 1000;
        if (!store_apply_all(fixture->store, 0, (ChangeSet){ out->changes.at, out->changes.n }, NULL, &err)) {
            err_words(&why, LANG_RU, &err);
            fail_msg("%s", strbuf_z(&why));
        }
    }
}

static Plan *plan_kept(Fixture *fixture)
{
    Plan *copy = ARENA_NEW(&fixture->arena, Plan);
    const Plan *plan = plan_of(fixture);
    *copy = (Plan){ .format = plan->format, .period = plan->period };
    copy->title = arena_copy(&fixture->arena, plan->title);
    copy->short_name = arena_copy(&fixture->arena, plan->short_name);
    copy->organization = arena_copy(&fixture->arena, plan->organization);
    copy->basis = arena_copy(&fixture->arena, plan->basis);
    copy->preamble = arena_copy(&fixture->arena, plan->preamble);
    for (size_t i = 0; i < plan->sections.n; i++) {
        Section section = plan->sections.at[i];
        section.no = arena_copy(&fixture->arena, section.no);
        section.title = arena_copy(&fixture->arena, section.title);
        section.goal = arena_copy(&fixture->arena, section.goal);
        vec_push(&copy->sections, section);
    }
    for (size_t i = 0; i < plan->events.n; i++) {
        vec_push(&copy->events, *event_copy(&plan->events.at[i], &fixture->arena));
    }
    return copy;
}

static void assert_restored(Fixture *fixture, long long at_ms, Plan *then)
{
    Restore done;
    restore(fixture, (RestoreAsk){ .what = RESTORE_PLAN, .at_ms = at_ms }, &done);
    assert_true(plan_eq(plan_of(fixture), then));
    restore_done(&done);
}

static void an_event_is_what_it_was_field_by_field(void **state)
{
    (void)state;
    Restore done;
    Fixture fixture = fixture_of(plan_text);
    edit(&fixture, "1", "when", "апрель");
    edit(&fixture, "3", "cost", "200");
    edit(&fixture, "3", "cost", "");
    edit(&fixture, "3", "result", "есть");
    restore(&fixture, (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 1500, .event = 2 }, &done);
    assert_int_equal(done.n_edits, 2);
    assert_int_equal(done.notes.n, 0);
    assert_true(str_eq(plan_of(&fixture)->events.at[2].own[0].text, STR("100")));
    assert_int_equal(plan_of(&fixture)->events.at[2].result.n_bytes, 0);
    assert_true(str_eq(plan_of(&fixture)->events.at[0].when, STR("апрель")));
    restore_done(&done);
    fixture_done(&fixture);
}

static void a_deleted_event_comes_back_with_its_marks_and_earlier_deadlines(void **state)
{
    (void)state;
    Restore done;
    Fixture fixture = fixture_of(plan_text);
    Plan *then = plan_kept(&fixture);
    Change change = change_delete(plan_of(&fixture), 0, &fixture.arena);
    assert_true(apply(&fixture, &change, 1));
    restore(&fixture,
            (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 500, .event = SIZE_MAX, .name = STR("a1aa"), .title = STR("Раз") },
            &done);
    assert_false(done.is_there);
    assert_int_equal(done.notes.n, 0);
    assert_true(plan_eq(plan_of(&fixture), then));
    restore_done(&done);
    plan_done(then);
    fixture_done(&fixture);
}

static void an_event_that_came_later_was_not_there(void **state)
{
    (void)state;
    Restore done;
    Fixture fixture = fixture_of(plan_text);
    Plan *then = plan_kept(&fixture);
    Event event = { .id = STR("z9zz"), .no = STR("9"), .title = STR("Девять") };
    EventPlace place = place_after(plan_of(&fixture), 1, &fixture.arena);
    Change change = change_insert(&event, &place, &fixture.arena);
    assert_true(apply(&fixture, &change, 1));
    restore(&fixture, (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 500, .event = 2 }, &done);
    assert_true(done.was_not_there && done.is_there);
    assert_int_equal(done.changes.n, 0);
    restore_done(&done);
    assert_restored(&fixture, 500, then);
    plan_done(then);
    fixture_done(&fixture);
}

static void what_was_changed_outside_goes_back_and_is_told(void **state)
{
    (void)state;
    Restore done;
    Fixture fixture = fixture_of("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз\n  note: а\n");
    edit(&fixture, "1", "note", "б");
    temp_write(&fixture.folder, "a.yaml",
               STR("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз\n  note: рукой\n"));
    (void)store_refresh(fixture.store);
    restore(&fixture, (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 500 }, &done);
    assert_int_equal(done.notes.n, 1);
    assert_int_equal(done.notes.at[0].kind, RESTORE_OUTSIDE);
    assert_true(str_eq(done.notes.at[0].field, STR("note")));
    assert_true(str_eq(plan_of(&fixture)->events.at[0].note, STR("а")));
    restore_done(&done);
    fixture_done(&fixture);
}

static void the_longest_value_comes_back_whole(void **state)
{
    (void)state;
    Restore done;
    static char text[1 << 16];
    memset(text, 'a', sizeof text - 1);
    Fixture fixture = fixture_of("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз\n");
    edit(&fixture, "1", "note", text);
    edit(&fixture, "1", "note", "кратко");
    restore(&fixture, (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 1500 }, &done);
    assert_int_equal(done.notes.n, 0);
    assert_int_equal(plan_of(&fixture)->events.at[0].note.n_bytes, sizeof text - 1);
    restore_done(&done);
    fixture_done(&fixture);
}

/* By an earlier version, at a kibibyte. */
static void a_value_that_the_journal_cut_stays_and_is_told(void **state)
{
    (void)state;
    Restore done;
    StrBuf cut = { 0 };
    strbuf_add_chars(&cut, 'a', JOURNAL_VALUE_CUT_AT_LEAST);
    strbuf_add(&cut, STR("…#0123456789abcdef"));
    Fixture fixture = fixture_of("vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз\n");
    edit(&fixture, "1", "note", strbuf_z(&cut));
    strbuf_done(&cut);
    edit(&fixture, "1", "note", "кратко");
    restore(&fixture, (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 1500 }, &done);
    assert_int_equal(done.changes.n, 0);
    assert_int_equal(done.notes.n, 1);
    assert_int_equal(done.notes.at[0].kind, RESTORE_CUT);
    restore_done(&done);
    restore(&fixture, (RestoreAsk){ .what = RESTORE_EVENT, .at_ms = 500 }, &done);
    assert_int_equal(done.notes.n, 0);
    assert_int_equal(plan_of(&fixture)->events.at[0].note.n_bytes, 0);
    restore_done(&done);
    fixture_done(&fixture);
}

#define LINE(time, field, was, became) "2022-05-10T" time "Z\tЯ\t1\tРаз\t" field "\t" was "\t" became "\n"

static void assert_note(const char *journal_text, const char *at, const char *wanted, size_t n_notes)
{
    Journal journal;
    Restore done;
    RestoreAsk ask = { .what = RESTORE_EVENT };
    Plan plan = { .format = PLAN_FORMAT };
    vec_push(&plan.events, (Event){ .no = STR("1"), .title = STR("Раз"), .note = STR("в"), .section = -1 });
    assert_true(journal_parse_time(str_of(at), &ask.at_ms));
    journal_read_text(str_of(journal_text), &journal);
    restore_make(&journal, &plan, &ask, &done);
    assert_int_equal(done.notes.n, n_notes);
    if (wanted == NULL) {
        assert_int_equal(done.changes.n, 0);
    } else {
        assert_int_equal(done.changes.n, 1);
        assert_true(str_eq(done.changes.at[0].edits[0].after, str_of(wanted)));
    }
    restore_done(&done);
    journal_done(&journal);
    plan_done(&plan);
}

static void of_one_moment_the_line_below_is_the_later_one(void **state)
{
    (void)state;
    const char *text = LINE("10:00:00", "note", "а", "б") LINE("10:00:00", "note", "б", "в");
    assert_note(text, "2022-05-10T09:59:59Z", "а", 0);
    assert_note(text, "2022-05-10T10:00:00Z", NULL, 0);
}

static void a_moment_between_two_changes_is_behind_the_first(void **state)
{
    (void)state;
    assert_note(LINE("10:00:00", "note", "а", "б") LINE("11:00:00", "note", "б", "в"), "2022-05-10T10:30:00Z", "б", 0);
}

static void where_a_clock_was_set_back_the_lines_tell_the_order(void **state)
{
    (void)state;
    assert_note(LINE("10:00:00", "note", "а", "б") LINE("09:00:00", "note", "б", "в"), "2022-05-10T08:00:00Z", "а", 0);
}

static void in_a_merged_journal_the_times_tell_the_order(void **state)
{
    (void)state;
    assert_note(LINE("11:00:00", "note", "б", "в") LINE("10:00:00", "note", "а", "б"), "2022-05-10T09:00:00Z", "а", 0);
}

static void a_torn_line_is_as_if_it_were_not_there(void **state)
{
    (void)state;
    assert_note(LINE("10:00:00", "note", "а", "в") "2022-05-10T11:00:00Z\tЯ\t1\tРаз\tnot", "2022-05-10T09:00:00Z", "а", 0);
}

static void what_is_no_value_of_the_field_is_told(void **state)
{
    (void)state;
    assert_note(LINE("10:00:00", "done", "вчера", ""), "2022-05-10T09:00:00Z", NULL, 1);
    assert_note(LINE("10:00:00", "nonsense", "а", "б"), "2022-05-10T09:00:00Z", NULL, 1);
}

static void an_event_that_moved_and_was_edited_goes_back_at_once(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(plan_text);
    Plan *then = plan_kept(&fixture);
    EventPlace place = place_at_end(plan_of(&fixture), 2, &fixture.arena);
    Change change = change_move(plan_of(&fixture), 2, &place, &fixture.arena);
    assert_true(apply(&fixture, &change, 1));
    edit(&fixture, "3", "note", "другое");
    edit(&fixture, "3", "no", "6");
    assert_restored(&fixture, 500, then);
    plan_done(then);
    fixture_done(&fixture);
}

static void neighbours_that_went_in_one_change_stand_in_order_again(void **state)
{
    (void)state;
    for (int is_turned = 0; is_turned < 2; is_turned++) {
        Fixture fixture = fixture_of(plan_text);
        Plan *then = plan_kept(&fixture);
        Change changes[3];
        for (size_t i = 0; i < 3; i++) {
            changes[is_turned ? 2 - i : i] = change_delete(plan_of(&fixture), i, &fixture.arena);
        }
        assert_true(apply(&fixture, changes, 3));
        assert_restored(&fixture, 500, then);
        plan_done(then);
        fixture_done(&fixture);
    }
}

static void places_are_found_under_the_old_titles_of_sections(void **state)
{
    (void)state;
    Fixture fixture = fixture_of(plan_text);
    Plan *then = plan_kept(&fixture);
    Change change = change_delete(plan_of(&fixture), 3, &fixture.arena);
    assert_true(apply(&fixture, &change, 1));
    Change header = { 0 };
    assert_true(change_edit_header(&header, plan_of(&fixture), 1, STR("title"), STR("Иной"), &fixture.arena, NULL));
    assert_true(apply(&fixture, &header, 1));
    assert_restored(&fixture, 500, then);
    plan_done(then);
    fixture_done(&fixture);
}

/* The next of a row that is the same everywhere. */
static unsigned next(unsigned *seed, unsigned n)
{
    *seed = *seed * 1103515245U + 12345U;
    return (*seed >> 16) % n;
}

static Str some_text(Fixture *fixture, unsigned *seed)
{
    static const char *const texts[] = { "", "слово", "27.03", "две: части и «кавычки»", "строка\nвторая", "No", "а\tб\\в" };
    (void)fixture;
    return str_of(texts[next(seed, COUNTOF(texts))]);
}

static bool edit_some(Fixture *fixture, size_t event, unsigned *seed, Change *out)
{
    static const FieldId fields[] = { FIELD_NOTE, FIELD_RESULT, FIELD_EVIDENCE, FIELD_WHEN, FIELD_RESPONSIBLE };
    const Event *now = &plan_of(fixture)->events.at[event];
    Arena *arena = &fixture->arena;
    *out = change_of(plan_of(fixture), event, arena);
    unsigned what = next(seed, 8);
    if (what == 0) {
        change_add_own(out, now, STR("cost"), some_text(fixture, seed), arena);
    } else if (what == 1) {
        static const char *const states[] = { "", "done", "in-progress", "cancelled" };
        change_add(out, now, FIELD_STATUS, (Str){ 0 }, str_of(states[next(seed, 4)]), arena);
    } else if (what == 2) {
        static const char *const lists[] = { "", "март\t\t2022-01-10\t\t", "март\t\t\t\tп\nмай\t\t\tЯ\t" };
        change_add(out, now, FIELD_WAS, (Str){ 0 }, str_of(lists[next(seed, 3)]), arena);
    } else if (what == 3 && now->marks != NULL && now->n_marks > 0 && next(seed, 2) == 0) {
        for (int field = 0; field < FIELD_COUNT; field++) {
            change_add(out, now, (FieldId)field, now->marks[0].at, (Str){ 0 }, arena);
        }
    } else if (what == 3) {
        change_add(out, now, FIELD_STATUS, next(seed, 2) == 0 ? STR("2022-04") : STR("2022-05"), STR("done"), arena);
        change_add(out, now, FIELD_NOTE, out->n_edits > 0 ? out->edits[0].at : STR("2022-03"), STR("да"), arena);
        if (out->n_edits == 1 && out->edits[0].field == FIELD_NOTE && event_mark_at(now, out->edits[0].at) == NULL) {
            return false;
        }
    } else if (what == 4) {
        StrBuf title = { 0 };
        strbuf_addf(&title, "Название %u", next(seed, 100000));
        change_add(out, now, FIELD_TITLE, (Str){ 0 }, strbuf_str(&title), arena);
        strbuf_done(&title);
    } else {
        change_add(out, now, fields[next(seed, COUNTOF(fields))], (Str){ 0 }, some_text(fixture, seed), arena);
    }
    return out->n_edits > 0;
}

static bool change_some(Fixture *fixture, unsigned *seed, unsigned serial, Change *out)
{
    const Plan *plan = plan_of(fixture);
    Arena *arena = &fixture->arena;
    unsigned what = plan->events.n == 0 ? 0 : next(seed, 10);
    size_t event = plan->events.n == 0 ? 0 : next(seed, (unsigned)plan->events.n);
    int section = (int)next(seed, (unsigned)plan->sections.n + 1) - 1;
    EventPlace place = place_at_end(plan, section, arena);
    if (plan->events.n > 0 && next(seed, 2) == 0) {
        place = place_after(plan, next(seed, (unsigned)plan->events.n), arena);
    } else if (next(seed, 3) == 0) {
        place.is_first = true;
    }
    if (what == 0) {
        StrBuf no = { 0 };
        strbuf_addf(&no, "%u", 100 + serial);
        Event comes = { .no = arena_copy(arena, strbuf_str(&no)), .title = STR("Новое"), .note = some_text(fixture, seed) };
        strbuf_done(&no);
        *out = change_insert(&comes, &place, arena);
    } else if (what == 1) {
        *out = change_delete(plan, event, arena);
    } else if (what == 2 || what == 3) {
        *out = change_move(plan, event, &place, arena);
    } else if (what == 4) {
        *out = (Change){ 0 };
        return change_edit_header(out, plan, section, section < 0 ? STR("preamble") : STR("goal"), some_text(fixture, seed),
                                  arena, NULL) &&
               out->n_edits > 0;
    } else {
        return edit_some(fixture, event, seed, out);
    }
    return true;
}

static void every_moment_of_a_plan_can_be_had_again(void **state)
{
    (void)state;
    enum { ROUNDS = 10, CHANGES = 14 };
    for (unsigned round = 1; round <= ROUNDS; round++) {
        Fixture fixture = fixture_of(plan_text);
        unsigned seed = round;
        Plan *moments[CHANGES + 1];
        long long times[CHANGES + 1];
        size_t n = 0;
        size_t n_made = 0;
        for (unsigned i = 0; i < CHANGES; i++) {
            Change change;
            moments[n] = plan_kept(&fixture);
            times[n++] = fixture.now - 500;
            n_made += change_some(&fixture, &seed, i, &change) && apply(&fixture, &change, 1);
        }
        assert_true(n_made > CHANGES / 2);
        for (size_t i = n; i-- > 0;) {
            assert_restored(&fixture, times[i], moments[i]); /* what restored it is in the journal by now as well */
        }
        for (size_t i = 0; i < n; i++) {
            assert_restored(&fixture, times[i], moments[i]);
            plan_done(moments[i]);
        }
        fixture_done(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_what_it_was_field_by_field),
        cmocka_unit_test(a_deleted_event_comes_back_with_its_marks_and_earlier_deadlines),
        cmocka_unit_test(an_event_that_came_later_was_not_there),
        cmocka_unit_test(what_was_changed_outside_goes_back_and_is_told),
        cmocka_unit_test(the_longest_value_comes_back_whole),
        cmocka_unit_test(a_value_that_the_journal_cut_stays_and_is_told),
        cmocka_unit_test(of_one_moment_the_line_below_is_the_later_one),
        cmocka_unit_test(a_moment_between_two_changes_is_behind_the_first),
        cmocka_unit_test(where_a_clock_was_set_back_the_lines_tell_the_order),
        cmocka_unit_test(in_a_merged_journal_the_times_tell_the_order),
        cmocka_unit_test(a_torn_line_is_as_if_it_were_not_there),
        cmocka_unit_test(what_is_no_value_of_the_field_is_told),
        cmocka_unit_test(an_event_that_moved_and_was_edited_goes_back_at_once),
        cmocka_unit_test(neighbours_that_went_in_one_change_stand_in_order_again),
        cmocka_unit_test(places_are_found_under_the_old_titles_of_sections),
        cmocka_unit_test(every_moment_of_a_plan_can_be_had_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
