#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/edit_priv.h"

static const char journal_text[] = "2022-05-10T09:30:00.000Z\tИванова И.И.\tk3f9\tРаз\twhen\tмарт\tапрель\n"
                                   "2022-05-11T09:30:00.000Z\tПетров П.П.\tk3f9\tРаз\tnote\t\tслово\n"
                                   "2022-05-12T09:30:00.000Z\tПетров П.П.\tb7mm\tДва\twhen\tмарт\tапрель\n"
                                   "2022-05-12T10:30:00.000Z\tСидоров С.С.\tc5cc\tТри\ttitle\tТри\t\n"
                                   "2022-05-12T10:30:00.000Z\tСидоров С.С.\tc5cc\tТри\t-\t\\nb7mm\t\n"
                                   "2022-05-13T09:30:00.000Z\tСидоров С.С.\t\t\ttitle\tБыл\tСтал\n";

typedef struct Fixture {
    Journal journal;
    JournalTracks tracks;
} Fixture;

static Fixture fixture_new(void)
{
    Fixture fixture = { 0 };
    journal_read_text(str_of(journal_text), &fixture.journal);
    journal_track(&fixture.journal, &fixture.tracks);
    return fixture;
}

static void fixture_done(Fixture *fixture)
{
    journal_tracks_done(&fixture->tracks);
    journal_done(&fixture->journal);
}

static const char *who(const Fixture *fixture, const Event *event, const char *field, const char *now)
{
    const JournalEntry *entry = said_who(&fixture->journal, &fixture->tracks, event, str_of(field), str_of(now));
    static char name[64];
    if (entry == NULL) {
        return NULL;
    }
    Str text = str_sub(entry->who, 0, sizeof name - 1);
    for (size_t i = 0; i < text.n_bytes; i++) {
        name[i] = text.at[i];
    }
    name[text.n_bytes] = '\0';
    return name;
}

static void the_last_who_changed_the_field_of_that_event_is_named(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    Event first = { .id = STR("k3f9"), .title = STR("Раз") };
    Event second = { .id = STR("b7mm"), .title = STR("Два") };
    assert_string_equal(who(&fixture, &first, "when", "апрель"), "Иванова И.И.");
    assert_string_equal(who(&fixture, &second, "when", "апрель"), "Петров П.П.");
    assert_string_equal(who(&fixture, &first, "note", "слово"), "Петров П.П.");
    assert_string_equal(who(&fixture, NULL, "title", "Стал"), "Сидоров С.С.");
    fixture_done(&fixture);
}

static void a_value_that_the_journal_does_not_lead_to_was_a_hand(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    Event first = { .id = STR("k3f9"), .title = STR("Раз") };
    assert_null(who(&fixture, &first, "when", "май"));
    assert_null(who(&fixture, &first, "result", "х"));
    assert_null(who(&fixture, NULL, "when", "апрель"));
    fixture_done(&fixture);
}

static void who_deleted_an_event_is_named_while_it_is_gone(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    EventRef gone = { .id = STR("c5cc"), .title = STR("Три") };
    EventRef there = { .id = STR("k3f9"), .title = STR("Раз") };
    EventRef unknown = { .id = STR("z9zz"), .title = STR("Девять") };
    const JournalEntry *entry = said_who_deleted(&fixture.journal, &fixture.tracks, &gone);
    assert_non_null(entry);
    assert_true(str_eq(entry->who, STR("Сидоров С.С.")));
    assert_null(said_who_deleted(&fixture.journal, &fixture.tracks, &there));
    assert_null(said_who_deleted(&fixture.journal, &fixture.tracks, &unknown));
    fixture_done(&fixture);
}

static void who_changed_an_event_is_the_last_of_what_is_not_as_it_was(void **state)
{
    (void)state;
    Fixture fixture = fixture_new();
    const JournalEntry *entry;
    Event was = { .id = STR("k3f9"), .title = STR("Раз"), .when = STR("март"), .note = STR("слово") };
    Event is = was;
    assert_false(said_who_changed(&fixture.journal, &fixture.tracks, &was, &is, &entry));
    is.when = STR("апрель");
    assert_true(said_who_changed(&fixture.journal, &fixture.tracks, &was, &is, &entry));
    assert_true(str_eq(entry->who, STR("Иванова И.И.")));
    was.note = (Str){ 0 };
    assert_true(said_who_changed(&fixture.journal, &fixture.tracks, &was, &is, &entry));
    assert_true(str_eq(entry->who, STR("Петров П.П.")));
    is.note = STR("другое"); /* by hand */
    is.when = was.when;
    assert_true(said_who_changed(&fixture.journal, &fixture.tracks, &was, &is, &entry));
    assert_null(entry);
    fixture_done(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_last_who_changed_the_field_of_that_event_is_named),
        cmocka_unit_test(a_value_that_the_journal_does_not_lead_to_was_a_hand),
        cmocka_unit_test(who_deleted_an_event_is_named_while_it_is_gone),
        cmocka_unit_test(who_changed_an_event_is_the_last_of_what_is_not_as_it_was),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
