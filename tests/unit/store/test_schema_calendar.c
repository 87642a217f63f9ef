#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "store/store_priv.h"

#define HEAD "vekha: 1\ntitle: П\nperiod: 2022-09-01/2023-08-31\n"

typedef struct Read {
    Doc *doc;
    Reading reading;
} Read;

static Read read_plan(const char *text, const Calendar *folder)
{
    Read read = { .doc = doc_new(str_of(text)) };
    schema_read(read.doc, &read.reading);
    reading_resolve(&read.reading, folder);
    return read;
}

static Read read_settings(const char *text)
{
    Read read = { .doc = doc_new(str_of(text)) };
    schema_read_settings(read.doc, &read.reading);
    return read;
}

static void read_done(Read *read)
{
    reading_done(&read->reading);
    doc_free(read->doc);
}

/* The first event's deadline, canonical. */
static void assert_due(const Read *read, const char *wanted)
{
    StrBuf got = { 0 };
    assert_true(read->reading.plan.events.n > 0);
    deadline_add_canonical(&got, &read->reading.plan.events.at[0].due->deadline);
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static void assert_problems(const Read *read, const char *wanted)
{
    StrBuf got = { 0 };
    for (size_t i = 0; i < read->reading.problems.n; i++) {
        const Problem *problem = &read->reading.problems.at[i];
        strbuf_addf(&got, "%s%d:%d %.*s", i > 0 ? ", " : "", problem->line, problem->col,
                    STR_ARG(rule_info(problem->rule)->code));
    }
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static void deadlines_follow_the_calendar_of_the_plan(void **state)
{
    (void)state;
    static const struct {
        const char *when, *usual, *calendar, *own;
    } rows[] = {
        { "осенние каникулы", "2022-10-28/2022-11-05", "vacations: {autumn: 10-31/11-08}", "2022-10-31/2022-11-08" },
        { "I четверть", "2022-09/2022-10", "quarters: [09-01/10-27, 11-06/12-28, 01-09/03-22, 04-01/05-24]",
          "2022-09-01/2022-10-27" },
        { "2 триместр", "2022-12/2023-02", "trimesters: [09-01/11-15, 11-20/02-22, 03-01/05-31]", "2022-11-20/2023-02-22" },
        { "до конца I полугодия", "../2022-12-31", "halves: [09-01/12-28, 01-09/05-31]", "../2022-12-28" },
        { "2 неделя марта", "2023-03-08/2023-03-14", "weeks: monday", "2023-03-06/2023-03-12" },
        { "в течение учебного года", "2022-09/2023-05", "school-year: 09-01/06-30", "2022-09/2023-06" },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, HEAD "events: [{title: Т, when: %s}]\n", rows[i].when);
        Read usual = read_plan(strbuf_z(&text), NULL);
        assert_due(&usual, rows[i].usual);
        strbuf_addf(&text, "calendar:\n  %s\n", rows[i].calendar);
        Read own = read_plan(strbuf_z(&text), NULL);
        assert_problems(&own, "");
        assert_due(&own, rows[i].own);
        read_done(&usual);
        read_done(&own);
        strbuf_done(&text);
    }
}

static void occurrences_follow_the_calendar(void **state)
{
    (void)state;
    Read read = read_plan(HEAD "calendar: {quarters: [09-01/10-27, 11-06/12-28, 01-09/03-22, 04-01/05-24]}\n"
                               "events: [{title: Т, when: 1 раз в четверть}]\n",
                          NULL);
    const Due *due = read.reading.plan.events.at[0].due;
    assert_int_equal(due->n_occurrences, 4);
    assert_int_equal(due->occurrences[0].days.last, day_at("2022-10-27"));
    assert_int_equal(due->occurrences[2].days.first, day_at("2023-01-09"));
    read_done(&read);
}

static void a_wrong_value_is_a_problem_with_its_place_and_the_default_stays(void **state)
{
    (void)state;
    static const struct {
        const char *calendar, *problems;
    } rows[] = {
        { "{vacations: {autumn: 10-31}}", "4:32 bad-value" },
        { "{vacations: {autumn: [10-31/11-08]}}", "4:32 bad-value" },
        { "{vacations: осень}", "4:23 bad-value" },
        { "{vacations: {osen: 10-31/11-08}}", "4:24 unknown-key" },
        { "{quarters: [09-01/10-27, 11-06/12-28]}", "4:22 bad-value" },
        { "{quarters: [09-01/10-27, 11-06/12-28, 01-09/03-22, 04-31/05-24]}", "4:62 bad-value" },
        { "{quarters: [09-01/10-27, 10-06/12-28, 01-09/03-22, 04-01/05-24]}", "4:22 bad-value" },
        { "{quarters: [~, ~, ~, ~]}", "4:22 bad-value" },
        { "{quarters: 09-01/10-27}", "4:22 bad-value" },
        { "{weeks: tuesday}", "4:19 bad-value" },
        { "{holidays: [2023-02-30]}", "4:23 bad-value" },
        { "{holidays: {a: b}}", "4:22 bad-value" },
        { "{school-year: 2022-09-01/2023-05-31}", "4:25 bad-value" },
        { "school", "4:11 bad-value" },
        { "", "" },
        { "{quarters: , vacations: , weeks: , holidays: , school-year: }", "" },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, HEAD "calendar: %s\nevents: [{title: Т, when: осенние каникулы}, {title: Т, when: I четверть}]\n",
                    rows[i].calendar);
        Read read = read_plan(strbuf_z(&text), NULL);
        assert_problems(&read, rows[i].problems);
        assert_due(&read, "2022-10-28/2022-11-05");
        assert_int_equal(read.reading.plan.events.at[1].due->days.last, day_at("2022-10-31"));
        read_done(&read);
        strbuf_done(&text);
    }
}

static void the_plans_keys_go_before_those_of_its_folder(void **state)
{
    (void)state;
    Read folder = read_settings("vacations: {autumn: 10-24/10-30, spring: 04-03/04-09}\nweeks: monday\npeople: []\n");
    assert_problems(&folder, "");
    const Calendar *calendar = folder.reading.plan.calendar;
    Read read = read_plan(HEAD "events: [{title: Т, when: осенние каникулы}]\n", calendar);
    assert_due(&read, "2022-10-24/2022-10-30");
    read_done(&read);
    read = read_plan(HEAD "calendar: {vacations: {autumn: 10-31/11-08}}\nevents: [{title: Т, when: осенние каникулы}, "
                          "{title: Т, when: весенние каникулы}, {title: Т, when: 2 неделя марта}]\n",
                     calendar);
    assert_due(&read, "2022-10-31/2022-11-08");
    assert_int_equal(read.reading.plan.events.at[1].due->days.first, day_at("2023-04-03"));
    assert_int_equal(read.reading.plan.events.at[2].due->days.first, day_at("2023-03-06"));
    read_done(&read);
    read_done(&folder);
}

static void settings_have_the_keys_alone_or_under_calendar(void **state)
{
    (void)state;
    static const char *const texts[] = { "vacations: {autumn: 10-24/10-30}\n",
                                         "calendar:\n  vacations: {autumn: 10-24/10-30}\n" };
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        Read folder = read_settings(texts[i]);
        assert_problems(&folder, "");
        assert_int_equal(folder.reading.plan.calendar->vacations[VACATION_AUTUMN].first, 1024);
        read_done(&folder);
    }
}

static void broken_settings_are_one_problem_and_no_calendar(void **state)
{
    (void)state;
    static const struct {
        const char *text, *problems;
    } rows[] = {
        { "", "" },
        { "# nothing\n", "" },
        { "weeks: [\n", "1:8 yaml" },
        { "- weeks\n", "1:1 bad-value" },
        { "weaks: monday\n", "1:1 unknown-key" },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Read folder = read_settings(rows[i].text);
        assert_problems(&folder, rows[i].problems);
        Read read = read_plan(HEAD "events: [{title: Т, when: 2 неделя марта}]\n", folder.reading.plan.calendar);
        assert_due(&read, "2023-03-08/2023-03-14");
        read_done(&read);
        read_done(&folder);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(deadlines_follow_the_calendar_of_the_plan),
        cmocka_unit_test(occurrences_follow_the_calendar),
        cmocka_unit_test(a_wrong_value_is_a_problem_with_its_place_and_the_default_stays),
        cmocka_unit_test(the_plans_keys_go_before_those_of_its_folder),
        cmocka_unit_test(settings_have_the_keys_alone_or_under_calendar),
        cmocka_unit_test(broken_settings_are_one_problem_and_no_calendar),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
