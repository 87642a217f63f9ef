#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <stdlib.h>

#include "../../support/plans.h"
#include "vekha/store/journal_track.h"

static Journal journal;
static JournalTracks tracks;

/* Lines of time (a day of May), event, title, field, was, became: blanks part them, "." is empty. */
static void read_lines(const char *lines)
{
    StrBuf text = { 0 };
    for (Str rest = str_of(lines); rest.n_bytes > 0;) {
        Str line = str_cut(&rest, '\n');
        Str day = str_cut(&line, ' ');
        strbuf_addf(&text, "2022-05-%.*sT10:00:00Z\tЯ", STR_ARG(day));
        for (int i = 0; i < 5; i++) {
            Str word = str_cut(&line, ' ');
            strbuf_addf(&text, "\t%.*s", STR_ARG(str_eq(word, STR(".")) ? (Str){ 0 } : word));
        }
        strbuf_add_char(&text, '\n');
    }
    journal_read_text(strbuf_str(&text), &journal);
    assert_int_equal(journal.n_skipped, 0);
    journal_track(&journal, &tracks);
    strbuf_done(&text);
}

static int forget(void **state)
{
    (void)state;
    journal_tracks_done(&tracks);
    journal_done(&journal);
    return 0;
}

static Event event_of(const char *id, const char *no, const char *title)
{
    return (Event){ .id = str_of(id), .no = str_of(no), .title = str_of(title), .section = -1 };
}

static size_t track_of(const char *id, const char *no, const char *title)
{
    Event event = event_of(id, no, title);
    return journal_track_of(&tracks, &event);
}

static void entries_written_at_once_of_one_event_are_one_change(void **state)
{
    (void)state;
    read_lines("01 1 A status . done\n01 1 A done . 2022-05-01\n01 2 A status . done\n02 2 A note . x\n02 2 A note x y\n");
    assert_int_equal(tracks.steps.n, 4); /* one field twice is two changes */
    assert_int_equal(tracks.steps.at[0].n, 2);
    assert_int_equal(tracks.steps.at[1].track, tracks.steps.at[2].track);
}

static void an_event_is_followed_through_its_numbers_and_titles(void **state)
{
    (void)state;
    read_lines("01 5 A status . done\n02 5 A no 5 6\n03 6 A title A B\n03 6 A note . x\n04 6 B status done .\n05 5 A note . y\n");
    size_t track = track_of("", "6", "B");
    assert_int_equal(tracks.steps.at[0].track, track);
    assert_int_equal(tracks.steps.at[3].track, track);
    assert_int_equal(track_of("", "6", "A"), SIZE_MAX); /* that is not what it is called now */
    assert_int_equal(journal_track_named(&tracks, STR("6"), STR("A")), track);
    assert_int_equal(track_of("", "7", "A"), SIZE_MAX);
}

static void an_id_stays_whatever_becomes_of_the_rest(void **state)
{
    (void)state;
    read_lines("01 k3f9 A no 5 6\n02 k3f9 B status . done\n03 7 C id . b7mm\n04 b7mm C note . x\n");
    assert_int_equal(track_of("k3f9", "9", "Z"), 0);
    assert_int_equal(track_of("b7mm", "7", "C"), 1);
    assert_int_equal(tracks.tracks.n, 2);
}

static void one_that_came_anew_with_the_number_of_another_is_another(void **state)
{
    (void)state;
    read_lines("01 5 A no 5 6\n02 5 B status . done\n");
    assert_int_equal(tracks.tracks.n, 2);
    assert_int_equal(track_of("", "6", "A"), 0);
    assert_int_equal(track_of("", "5", "B"), 1);
}

static void a_journal_may_be_empty_or_of_no_event(void **state)
{
    (void)state;
    assert_int_equal(journal_track_named(&tracks, STR("1"), STR("A")), SIZE_MAX);
    read_lines("01 . . meeting . .\n");
    assert_int_equal(tracks.steps.at[0].track, SIZE_MAX);
    assert_int_equal(tracks.tracks.n, 0);
}

static long long since_day(const char *day)
{
    StrBuf text = { 0 };
    long long ms;
    strbuf_addf(&text, "2022-05-%sT00:00:00Z", day);
    assert_true(journal_parse_time(strbuf_str(&text), &ms));
    strbuf_done(&text);
    return ms;
}

static Plan three_events(void)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.events, event_of("", "1", "A"));
    vec_push(&plan.events, event_of("k3f9", "2", "B"));
    vec_push(&plan.events, event_of("", "3", "C"));
    plan.events.at[0].status = STATUS_DONE;
    plan.events.at[1].note = STR("z");
    plan_resolve(&plan);
    return plan;
}

static void of_what_changed_since_each_field_stands_once_from_then_to_now(void **state)
{
    (void)state;
    Plan plan = three_events();
    JournalSince since;
    read_lines("01 k3f9 B note . a\n03 k3f9 B note a b\n04 k3f9 B note b c\n03 1 A status . in-progress\n"
               "05 1 A status in-progress done\n03 3 C note . x\n04 3 C note x .\n02 3 C result . y\n");
    journal_since(&journal, &tracks, &plan, since_day("03"), &since);
    assert_int_equal(since.events.n, 2); /* C was changed and changed back */
    assert_int_equal(since.events.at[0].event, 0);
    assert_int_equal(since.events.at[1].event, 1);
    const JournalDiff *diff = &since.diffs.at[since.events.at[1].first_diff];
    assert_int_equal(since.events.at[1].n_diffs, 1);
    assert_true(str_eq(diff->was, STR("a")));
    assert_true(str_eq(diff->became, STR("z"))); /* what the plan says: somebody edited it by hand */
    assert_int_equal(since.events.at[0].last->time, since_day("05") + 10LL * 3600 * 1000);
    journal_since_done(&since);
    journal_since(&journal, &tracks, &plan, since_day("06"), &since);
    assert_int_equal(since.events.n, 0);
    journal_since_done(&since);
    plan_done(&plan);
}

static void what_was_renamed_by_hand_is_found_where_it_can_only_be_that(void **state)
{
    (void)state;
    Plan plan = three_events();
    read_lines("01 7 A note . x\n01 k3f9 Z note . x\n01 3 D note . x\n01 9 Q note . x\n01 8 C title C .\n01 8 C - . .\n");
    size_t *matched = journal_match(&tracks, &plan);
    assert_int_equal(matched[0], 0); /* by title */
    assert_int_equal(matched[1], 1); /* by id */
    assert_int_equal(matched[2], 2); /* by number: what was deleted is not asked */
    assert_int_equal(matched[3], SIZE_MAX);
    assert_int_equal(matched[4], SIZE_MAX);
    free(matched);
    plan_done(&plan);
}

static void one_of_two_alike_is_not_guessed(void **state)
{
    (void)state;
    Plan plan = three_events();
    read_lines("01 7 A note . x\n01 8 A note . x\n");
    size_t *matched = journal_match(&tracks, &plan);
    assert_int_equal(matched[0], SIZE_MAX);
    assert_int_equal(matched[1], SIZE_MAX);
    free(matched);
    plan_done(&plan);
}

static void what_came_went_or_was_placed_is_told_as_such(void **state)
{
    (void)state;
    Plan plan = three_events();
    JournalSince since;
    read_lines(
        "03 k3f9 B + . .\n03 k3f9 B title . B\n04 9 X title X .\n04 9 X - . .\n05 8 Y + . .\n06 8 Y - . .\n05 1 A @ . .\n");
    journal_since(&journal, &tracks, &plan, LLONG_MIN, &since);
    assert_int_equal(since.events.n, 3); /* Y came and went */
    assert_true(since.events.at[0].is_placed);
    assert_true(since.events.at[1].is_new);
    assert_int_equal(since.events.at[1].n_diffs, 0);
    assert_int_equal(since.events.at[2].event, SIZE_MAX);
    assert_true(str_eq(since.events.at[2].name, STR("9")));
    journal_since_done(&since);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(entries_written_at_once_of_one_event_are_one_change, forget),
        cmocka_unit_test_teardown(an_event_is_followed_through_its_numbers_and_titles, forget),
        cmocka_unit_test_teardown(an_id_stays_whatever_becomes_of_the_rest, forget),
        cmocka_unit_test_teardown(one_that_came_anew_with_the_number_of_another_is_another, forget),
        cmocka_unit_test_teardown(a_journal_may_be_empty_or_of_no_event, forget),
        cmocka_unit_test_teardown(of_what_changed_since_each_field_stands_once_from_then_to_now, forget),
        cmocka_unit_test_teardown(what_was_renamed_by_hand_is_found_where_it_can_only_be_that, forget),
        cmocka_unit_test_teardown(one_of_two_alike_is_not_guessed, forget),
        cmocka_unit_test_teardown(what_came_went_or_was_placed_is_told_as_such, forget),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
