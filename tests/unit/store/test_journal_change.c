#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../support/temp.h"
#include "vekha/base/clock.h"
#include "vekha/core/change_build.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/journal.h"
#include "vekha/store/store.h"

static const char plan_text[] = "vekha: 1\ntitle: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз\n  when: ежемесячно\n"
                                "- id: k3f9\n  no: 2\n  title: Два\n  when: май\n";

static Temp temp;
static Store *store;
static Arena arena;

static int open_store(void **state)
{
    (void)state;
    temp = temp_new();
    temp_write(&temp, "a.yaml", str_of(plan_text));
    store = store_open(temp.path, NULL);
    arena = (Arena){ 0 };
    store_set_author(store, STR("Завуч"));
    store_set_now(store, 1000);
    return store == NULL;
}

static int close_store(void **state)
{
    (void)state;
    store_free(store);
    arena_done(&arena);
    temp_done(&temp);
    return 0;
}

static Change marked(size_t event, MarkRequest request)
{
    Change change;
    request.on = day_of(2022, 5, 10);
    assert_true(change_mark(store_file(store, 0)->plan, event, &request, &arena, &change, NULL));
    return change;
}

static const MarkRequest postponed = { .status = STATUS_POSTPONED, .when = STR_INIT("июнь"), .reason = STR_INIT("приказ") };

static void assert_journal(const char *text)
{
    StrBuf is = { 0 };
    temp_read(temp_path(&temp, ".journal/a.tsv"), &is);
    assert_string_equal(strbuf_z(&is), text);
    strbuf_done(&is);
}

#define AT "1970-01-01T00:00:01.000Z\tЗавуч\t"

static void each_field_of_a_change_is_a_line_and_the_earlier_deadline_too(void **state)
{
    (void)state;
    Change change = marked(1, postponed);
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    assert_journal(AT "k3f9\tДва\tstatus\t\tpostponed\n" AT "k3f9\tДва\twhen\tмай\tиюнь\n" AT
                      "k3f9\tДва\twas\t\tмай\\t\\t2022-05-10\\t\\tприказ\n");
}

static void of_an_occurrence_the_field_names_its_mark(void **state)
{
    (void)state;
    Change change = marked(0, (MarkRequest){ .status = STATUS_DONE, .at = STR("2022-03") });
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    assert_journal(AT "1\tРаз\tmarks[2022-03].status\t\tdone\n" AT "1\tРаз\tmarks[2022-03].done\t\t2022-05-10\n");
}

static void undo_and_redo_are_lines_too(void **state)
{
    (void)state;
    Undo *undo = NULL;
    Change change = marked(0, (MarkRequest){ .status = STATUS_IN_PROGRESS });
    assert_true(store_apply(store, 0, &change, &undo, NULL));
    assert_true(store_undo(store, undo, NULL));
    assert_true(store_redo(store, undo, NULL));
    assert_journal(AT "1\tРаз\tstatus\t\tin-progress\n" AT "1\tРаз\tstatus\tin-progress\t\n" AT
                      "1\tРаз\tstatus\t\tin-progress\n");
    undo_free(undo);
}

static void what_is_refused_leaves_no_line(void **state)
{
    (void)state;
    Err err = { 0 };
    Change change = marked(0, (MarkRequest){ .status = STATUS_IN_PROGRESS });
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    FieldEdit edit = { .field = FIELD_STATUS, .before = STR("done"), .after = STR("planned") };
    Change late = { .event = change.event, .edits = &edit, .n_edits = 1 };
    assert_false(store_apply(store, 0, &late, NULL, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_journal(AT "1\tРаз\tstatus\t\tin-progress\n");
}

static void a_journal_that_cannot_be_written_stops_no_change_and_is_told_once(void **state)
{
    (void)state;
    Err err = { 0 };
    temp_write(&temp, ".journal", STR("no folder"));
    Change change = marked(0, (MarkRequest){ .status = STATUS_IN_PROGRESS });
    assert_false(store_take_warning(store, &err));
    assert_true(store_apply(store, 0, &change, NULL, &err));
    assert_int_equal(store_file(store, 0)->plan->events.at[0].status, STATUS_IN_PROGRESS);
    assert_true(store_take_warning(store, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_false(store_take_warning(store, &err));
}

static void lines_wait_for_the_disk_until_they_are_asked_for(void **state)
{
    (void)state;
    Err err = { 0 };
    Change change = marked(0, (MarkRequest){ .status = STATUS_IN_PROGRESS });
    assert_int_equal(store_wait_ms(store), -1);
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    assert_int_equal(store_wait_ms(store), 0);
    store_sync(store);
    assert_int_equal(store_wait_ms(store), -1);
    assert_false(store_take_warning(store, &err));
}

static void lines_that_cannot_be_brought_to_disk_are_told_and_not_tried_again(void **state)
{
    (void)state;
    Err err = { 0 };
    Change change = marked(0, (MarkRequest){ .status = STATUS_IN_PROGRESS });
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    temp_delete(&temp, ".journal/a.tsv");
    assert_int_equal(mkfifo(temp_path(&temp, ".journal/a.tsv"), 0666), 0);
    store_sync(store);
    assert_true(store_take_warning(store, &err));
    assert_int_equal(err.kind, ERR_SYSTEM);
    assert_int_equal(store_wait_ms(store), -1);
}

static void a_change_of_the_name_is_told_by_the_name_before_and_undone_by_the_one_after(void **state)
{
    (void)state;
    JournalEntryVec entries = { 0 };
    FieldEdit edits[] = { { .field = FIELD_NO, .before = STR("1"), .after = STR("5") },
                          { .field = FIELD_TITLE, .before = STR("Раз"), .after = STR("Пять") } };
    Change change = { .event = { .no = STR("1"), .title = STR("Раз") }, .edits = edits, .n_edits = 2 };
    Change inverse = change_inverse(&change, &arena);
    journal_add_change(&entries, &arena, &change);
    journal_add_change(&entries, &arena, &inverse);
    assert_int_equal(entries.n, 4);
    assert_true(str_eq(entries.at[0].event, STR("1")) && str_eq(entries.at[0].title, STR("Раз")));
    assert_true(str_eq(entries.at[2].event, STR("5")) && str_eq(entries.at[2].title, STR("Пять")));
    assert_true(str_eq(entries.at[2].was, STR("5")) && str_eq(entries.at[2].became, STR("1")));
    vec_done(&entries);
}

static void an_event_that_comes_or_goes_is_told_value_by_value(void **state)
{
    (void)state;
    const Plan *plan = store_file(store, 0)->plan;
    EventPlace place = place_after(plan, 1, &arena);
    Change come = change_insert(&(Event){ .id = STR("z9zz"), .title = STR("Три") }, &place, &arena);
    Change go = change_delete(plan, 1, &arena);
    assert_true(store_apply(store, 0, &come, NULL, NULL));
    assert_true(store_apply(store, 0, &go, NULL, NULL));
    assert_journal(AT "z9zz\tТри\t+\t\t\\nk3f9\n" AT "z9zz\tТри\tid\t\tz9zz\n" AT "z9zz\tТри\ttitle\t\tТри\n" AT
                      "k3f9\tДва\tid\tk3f9\t\n" AT "k3f9\tДва\tno\t2\t\n" AT "k3f9\tДва\ttitle\tДва\t\n" AT
                      "k3f9\tДва\twhen\tмай\t\n" AT "k3f9\tДва\t-\t\\n1\t\n");
}

static void comments_and_unknown_keys_that_go_with_an_event_are_told(void **state)
{
    Undo *undo;
    (void)state;
    temp_write(&temp, "a.yaml",
               STR("title: П\nperiod: 2022\nevents:\n- no: 1\n  title: Раз\n# над\n- {no: 2, title: Два, zz: 5} # рядом\n"));
    (void)store_refresh(store);
    Change change =
        change_insert(&(Event){ .title = STR("Три") }, &(EventPlace){ .is_first = true, .section.index = -1 }, &arena);
    assert_true(store_apply(store, 0, &change, &undo, NULL));
    StrBuf text = { 0 };
    temp_read(temp_path(&temp, "a.yaml"), &text);
    size_t at = str_find(strbuf_str(&text), STR("title: Три\n"), 0) + STR("title: Три").n_bytes;
    strbuf_splice(&text, at, at, STR(" # чужое")); /* unseen by who takes his event back */
    temp_write(&temp, "a.yaml", strbuf_str(&text));
    strbuf_done(&text);
    assert_true(store_undo(store, undo, NULL));
    change = change_delete(store_file(store, 0)->plan, 1, &arena);
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    assert_journal(AT "\tТри\t+\t\t\n" AT "\tТри\ttitle\t\tТри\n" AT "\tТри\t#\t# чужое\t\n" AT "\tТри\ttitle\tТри\t\n" AT
                      "\tТри\t-\t\t\n" AT "2\tДва\t#\t# над\\nzz: 5 # рядом\t\n" AT "2\tДва\tno\t2\t\n" AT
                      "2\tДва\ttitle\tДва\t\n" AT "2\tДва\t-\t\\n1\t\n");
    undo_free(undo);
}

static void a_move_is_told_by_its_places_and_a_text_of_the_plan_by_its_key(void **state)
{
    (void)state;
    const Plan *plan = store_file(store, 0)->plan;
    EventPlace place = event_place(plan, 0, &arena);
    Change move = change_move(plan, 1, &place, &arena);
    Change title = { 0 };
    assert_true(change_edit_header(&title, plan, -1, STR("title"), STR("Другой"), &arena, NULL));
    assert_true(store_apply(store, 0, &move, NULL, NULL));
    assert_true(store_apply(store, 0, &title, NULL, NULL));
    assert_journal(AT "k3f9\tДва\t@\t\\n1\t\n" AT "\t\ttitle\tП\tДругой\n");
}

static void without_a_moment_said_it_is_the_clocks(void **state)
{
    (void)state;
    Journal journal;
    store_set_now(store, 0);
    Change change = marked(0, (MarkRequest){ .status = STATUS_IN_PROGRESS });
    long long before = clock_utc_ms();
    assert_true(store_apply(store, 0, &change, NULL, NULL));
    assert_true(journal_read(temp_path(&temp, "a.yaml"), &journal, NULL));
    assert_int_equal(journal.entries.n, 1);
    assert_true(journal.entries.at[0].time >= before && journal.entries.at[0].time <= clock_utc_ms());
    journal_done(&journal);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_field_of_a_change_is_a_line_and_the_earlier_deadline_too, open_store, close_store),
        cmocka_unit_test_setup_teardown(of_an_occurrence_the_field_names_its_mark, open_store, close_store),
        cmocka_unit_test_setup_teardown(an_event_that_comes_or_goes_is_told_value_by_value, open_store, close_store),
        cmocka_unit_test_setup_teardown(comments_and_unknown_keys_that_go_with_an_event_are_told, open_store, close_store),
        cmocka_unit_test_setup_teardown(a_move_is_told_by_its_places_and_a_text_of_the_plan_by_its_key, open_store, close_store),
        cmocka_unit_test_setup_teardown(undo_and_redo_are_lines_too, open_store, close_store),
        cmocka_unit_test_setup_teardown(what_is_refused_leaves_no_line, open_store, close_store),
        cmocka_unit_test_setup_teardown(a_journal_that_cannot_be_written_stops_no_change_and_is_told_once, open_store,
                                        close_store),
        cmocka_unit_test_setup_teardown(lines_wait_for_the_disk_until_they_are_asked_for, open_store, close_store),
        cmocka_unit_test_setup_teardown(lines_that_cannot_be_brought_to_disk_are_told_and_not_tried_again, open_store,
                                        close_store),
        cmocka_unit_test_setup_teardown(a_change_of_the_name_is_told_by_the_name_before_and_undone_by_the_one_after, open_store,
                                        close_store),
        cmocka_unit_test_setup_teardown(without_a_moment_said_it_is_the_clocks, open_store, close_store),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
