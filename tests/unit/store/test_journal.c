#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../support/temp.h"
#include "vekha/store/journal.h"

static const char *const moment = "2022-05-10T09:30:15.250Z";

static long long ms_of(const char *text)
{
    long long ms = 0;
    assert_true(journal_parse_time(str_of(text), &ms));
    return ms;
}

static JournalEntry entry_of(const char *time, const char *event, const char *field, const char *became)
{
    return (JournalEntry){ .time = ms_of(time),
                           .who = STR("Я"),
                           .event = str_of(event),
                           .title = STR("Сбор"),
                           .field = str_of(field),
                           .became = str_of(became) };
}

static void assert_line(const JournalEntry *entry, const char *wanted)
{
    StrBuf line = { 0 };
    journal_add_line(&line, entry);
    assert_string_equal(line.at, wanted);
    strbuf_done(&line);
}

static void a_moment_is_utc_to_the_millisecond(void **state)
{
    (void)state;
    static const char *const same[] = { "2022-05-10T09:30:15.250Z", "0001-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z",
                                        "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00.000Z" };
    StrBuf text = { 0 };
    for (size_t i = 0; i < COUNTOF(same); i++) {
        strbuf_clear(&text);
        journal_add_time(&text, ms_of(same[i]));
        assert_string_equal(text.at, same[i]);
    }
    strbuf_done(&text);
    assert_int_equal(ms_of("1970-01-01T00:00:01Z"), 1000);
    assert_int_equal(ms_of("1970-01-01T00:00:01.2345678Z"), 1234);
    static const char *const none[] = { "",
                                        "2022-05-10",
                                        "2022-05-10T09:30:15",
                                        "2022-05-10T09:30Z",
                                        "2022-02-30T09:30:15Z",
                                        "2022-05-10T24:30:15Z",
                                        "2022-05-10T09:60:15Z",
                                        "9999-12-31T23:59:60Z",
                                        "2022-05-10T09:30:1xZ",
                                        "2022-05-10T09:30:15.x5Z",
                                        "2022-05-10T09:30:15,5Z",
                                        "12022-05-10T09:30:15Z",
                                        "2022-05-10 09:30:15Z",
                                        "2022-05-10T-9:30:15Z" };
    long long ms;
    for (size_t i = 0; i < COUNTOF(none); i++) {
        assert_false(journal_parse_time(str_of(none[i]), &ms));
    }
}

static void an_entry_is_one_line_whatever_it_holds(void **state)
{
    (void)state;
    JournalEntry entry = entry_of(moment, "5", "note", "a\tb\nc\rd\\e");
    entry.was = STR("\x1b[0m\xC2\x9B\xFF\xE2\x80\xAE");
    assert_line(&entry,
                "2022-05-10T09:30:15.250Z\tЯ\t5\tСбор\tnote\t\\x1B[0m\\xC2\\x9B\\xFF\\xE2\\x80\\xAE\ta\\tb\\nc\\rd\\\\e\n");
    Arena arena = { 0 };
    StrBuf line = { 0 };
    JournalEntry again;
    journal_add_line(&line, &entry);
    assert_true(journal_parse_line(str_sub(strbuf_str(&line), 0, line.n_bytes - 1), &arena, &again));
    assert_true(str_eq(again.was, entry.was));
    assert_true(str_eq(again.became, entry.became));
    assert_int_equal(again.time, entry.time);
    strbuf_done(&line);
    arena_done(&arena);
}

static void a_title_is_cut_to_forty_columns_and_a_value_that_no_plan_can_hold_gets_its_hash(void **state)
{
    (void)state;
    enum { MANY = 40000 };
    StrBuf value = { 0 };
    StrBuf cut = { 0 };
    StrBuf wanted = { 0 };
    strbuf_add_char(&value, 'x');
    for (int i = 0; i < MANY; i++) {
        strbuf_add(&value, STR("ж"));
    }
    journal_add_value(&cut, strbuf_str(&value));
    strbuf_add(&wanted, str_sub(strbuf_str(&value), 0, JOURNAL_VALUE_MAX - 1)); /* not half of a letter */
    strbuf_addf(&wanted, "…#%016llx", str_hash(strbuf_str(&value)));
    assert_string_equal(cut.at, wanted.at);
    assert_int_equal(journal_title(strbuf_str(&value)).n_bytes, 1 + 39 * 2);
    strbuf_clear(&cut);
    journal_add_value(&cut, str_sub(strbuf_str(&value), 0, JOURNAL_VALUE_MAX));
    assert_int_equal(cut.n_bytes, JOURNAL_VALUE_MAX);
    strbuf_done(&value);
    strbuf_done(&cut);
    strbuf_done(&wanted);
}

static void lines_may_have_been_given_other_ends(void **state)
{
    (void)state;
    Journal journal;
    journal_read_text(
        STR("2022-05-10T09:30:15Z\tЯ\t5\tСбор\tstatus\t\tdone\r\n2022-05-10T09:30:16Z\tЯ\t5\tСбор\tnote\tда\\r\t\r\n"), &journal);
    assert_int_equal(journal.entries.n, 2);
    assert_true(str_eq(journal.entries.at[0].became, STR("done")));
    assert_true(str_eq(journal.entries.at[1].was, STR("да\r")));
    assert_int_equal(journal.entries.at[1].became.n_bytes, 0);
    journal_done(&journal);
}

static void what_is_no_line_hides_no_other(void **state)
{
    (void)state;
    static const char text[] = "2022-05-10T09:30:15Z\tЯ\t5\tСбор\tnote\t\tраз\n"
                               "\n"
                               "<<<<<<< HEAD\n"
                               "2022-05-10T09:30:15Z\tЯ\t5\tСбор\tnote\t\n"
                               "2022-05-10T09:30:15Z\tЯ\t5\tСбор\tnote\t\tраз\tдва\n"
                               "2022-13-10T09:30:15Z\tЯ\t5\tСбор\tnote\t\tраз\n"
                               "2022-05-10T09:30:15Z\tЯ\t5\tСбор\t\t\tраз\n"
                               "2022-05-10T09:30:15Z\tЯ\t\t\tmeeting\t\t\\q\\";
    Journal journal;
    journal_read_text(str_of(text), &journal);
    assert_int_equal(journal.entries.n, 2);
    assert_int_equal(journal.n_skipped, 5);
    assert_true(str_eq(journal.entries.at[1].became, STR("\\q\\")));
    journal_done(&journal);
}

static void entries_stand_by_time_and_those_of_one_moment_as_they_were_written(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    static const char *const times[] = { "2022-05-10T09:30:16Z", "2022-05-10T09:30:15Z", "2022-05-10T09:30:15Z",
                                         "0001-01-01T00:00:00Z", "2022-05-10T09:30:15Z" };
    for (size_t i = 0; i < COUNTOF(times); i++) {
        char no[2] = { (char)('0' + i), '\0' };
        JournalEntry entry = entry_of(times[i], no, "note", "");
        journal_add_line(&text, &entry);
    }
    Journal journal;
    journal_read_text(strbuf_str(&text), &journal);
    const char wanted[] = "31240";
    for (size_t i = 0; i < COUNTOF(times); i++) {
        assert_int_equal(journal.entries.at[i].event.at[0], wanted[i]);
    }
    journal_done(&journal);
    strbuf_done(&text);
}

static void of_too_many_lines_the_last_ones_are_read(void **state)
{
    (void)state;
    StrBuf text = { 0 };
    JournalEntry entry = entry_of(moment, "old", "note", "");
    journal_add_line(&text, &entry);
    entry.event = STR("n");
    StrBuf line = { 0 };
    journal_add_line(&line, &entry);
    for (int i = 0; i < JOURNAL_MAX_LINES; i++) {
        strbuf_add(&text, strbuf_str(&line));
    }
    Journal journal;
    journal_read_text(strbuf_str(&text), &journal);
    assert_true(journal.is_cut);
    assert_int_equal(journal.entries.n, JOURNAL_MAX_LINES);
    assert_true(str_eq(journal.entries.at[0].event, STR("n")));
    journal_done(&journal);
    strbuf_done(&line);
    strbuf_done(&text);
}

static void append_to(const Temp *temp, const char *plan)
{
    Err err = { 0 };
    JournalEntry entry = entry_of(moment, "5", "note", plan);
    assert_true(journal_append(temp_path(temp, plan), &entry, 1, &err));
}

static void each_plan_has_its_own_journal_whatever_its_name(void **state)
{
    (void)state;
    static const char *const plans[] = { "a.yaml", "a.yml", "a\nb\xFF.yaml", "any", "..yaml", "far.yaml" };
    static const char *const journals[] = { ".journal/a.tsv",   ".journal/a.yml.tsv", ".journal/a\nb\xFF.tsv",
                                            ".journal/any.tsv", ".journal/..tsv",     "there/.journal/real.tsv" };
    Temp temp = temp_new();
    assert_int_equal(mkdir(temp_path(&temp, "there"), 0755), 0);
    temp_write(&temp, "there/real.yaml", STR(""));
    assert_int_equal(symlink("there/real.yaml", temp_path(&temp, "far.yaml")), 0);
    for (size_t i = 0; i < COUNTOF(plans); i++) {
        Journal journal;
        append_to(&temp, plans[i]);
        assert_int_equal(access(temp_path(&temp, journals[i]), F_OK), 0);
        assert_true(journal_read(temp_path(&temp, plans[i]), &journal, NULL));
        assert_int_equal(journal.entries.n, 1);
        assert_true(str_eq(journal.entries.at[0].became, str_of(plans[i])));
        FileMark now = journal_mark(temp_path(&temp, plans[i]));
        assert_true(file_mark_eq(&now, &journal.mark));
        journal_done(&journal);
    }
    temp_done(&temp);
}

static void a_name_that_leaves_no_room_for_a_suffix_has_a_journal_too(void **state)
{
    (void)state;
    Temp temp = temp_new();
    StrBuf name = { 0 };
    Journal journal;
    strbuf_add_chars(&name, 'n', 251);
    strbuf_add(&name, STR(".yml"));
    append_to(&temp, name.at);
    assert_true(journal_read(temp_path(&temp, name.at), &journal, NULL));
    assert_int_equal(journal.entries.n, 1);
    journal_done(&journal);
    name.at[0] = 'm'; /* another one */
    assert_true(journal_read(temp_path(&temp, name.at), &journal, NULL));
    assert_int_equal(journal.entries.n, 0);
    journal_done(&journal);
    strbuf_done(&name);
    temp_done(&temp);
}

static void a_plan_without_a_journal_has_an_empty_one(void **state)
{
    (void)state;
    Temp temp = temp_new();
    Journal journal;
    assert_true(journal_read(temp_path(&temp, "a.yaml"), &journal, NULL));
    assert_int_equal(journal.entries.n, 0);
    journal_done(&journal);
    assert_true(journal_append(temp_path(&temp, "a.yaml"), NULL, 0, NULL));
    assert_int_equal(temp_count(&temp), 0);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_moment_is_utc_to_the_millisecond),
        cmocka_unit_test(an_entry_is_one_line_whatever_it_holds),
        cmocka_unit_test(a_title_is_cut_to_forty_columns_and_a_value_that_no_plan_can_hold_gets_its_hash),
        cmocka_unit_test(lines_may_have_been_given_other_ends),
        cmocka_unit_test(what_is_no_line_hides_no_other),
        cmocka_unit_test(entries_stand_by_time_and_those_of_one_moment_as_they_were_written),
        cmocka_unit_test(of_too_many_lines_the_last_ones_are_read),
        cmocka_unit_test(each_plan_has_its_own_journal_whatever_its_name),
        cmocka_unit_test(a_name_that_leaves_no_room_for_a_suffix_has_a_journal_too),
        cmocka_unit_test(a_plan_without_a_journal_has_an_empty_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
