#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/query.h"

static const Str parties[] = { STR_INIT("Томашевская И.В., заместитель директора"), STR_INIT("МОУ СОШ №6") };
static const OwnText own[] = { { STR_INIT("cost"), STR_INIT("Сто рублей") } };
static const Mark marks[] = { { .at = STR_INIT("2022-04"), .status = STATUS_DONE, .note = STR_INIT("на площадке") } };

/* Today is 10 May 2022. */
static Plan sample_plan(void)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .no = STR("1"), .title = STR("Учёба наставников"), .when = STR("март") });
    vec_push(&plan.events,
             (Event){ .no = STR("2"), .title = STR("Совещание"), .when = STR("12.05.2022"), .responsible = { parties, 2 } });
    vec_push(&plan.events, (Event){ .no = STR("3"),
                                    .title = STR("Отчёт"),
                                    .when = STR("март"),
                                    .status = STATUS_DONE,
                                    .evidence = STR("приказ № 116"),
                                    .own = own,
                                    .n_own = 1 });
    vec_push(&plan.events,
             (Event){ .no = STR("4"), .title = STR("Смотр"), .when = STR("апрель; сентябрь"), .marks = marks, .n_marks = 1 });
    vec_push(&plan.events, (Event){ .no = STR("5"), .title = STR("Без срока"), .when = STR("по запросу") });
    vec_push(&plan.events, (Event){ .no = STR("6"), .title = STR("Сбор"), .when = STR("апрель"), .status = STATUS_CANCELLED });
    vec_push(&plan.events,
             (Event){ .no = STR("7"), .title = STR("Итоги"), .when = STR("до 1 июня"), .status = STATUS_POSTPONED });
    vec_push(&plan.events,
             (Event){ .no = STR("8"), .title = STR("Всегда"), .when = STR("в течение года"), .status = STATUS_CONFIRMED });
    plan_resolve(&plan);
    return plan;
}

/* The numbers of the events that fit, run together. */
static void assert_fits(const Query *query, const char *wanted)
{
    Plan plan = sample_plan();
    StrBuf got = { 0 };
    for (size_t i = 0; i < plan.events.n; i++) {
        if (query_fits(query, &plan, &plan.events.at[i], day_at("2022-05-10"))) {
            strbuf_add(&got, plan.events.at[i].no);
        }
    }
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
    plan_done(&plan);
}

static Span days_of(const char *iso)
{
    Span span;
    assert_true(span_parse(str_of(iso), &span));
    return span;
}

static void an_empty_query_wants_all(void **state)
{
    (void)state;
    assert_fits(&(Query){ 0 }, "12345678");
}

static void events_are_chosen_by_the_status_that_counts(void **state)
{
    (void)state;
    assert_fits(&(Query){ .statuses = 1U << STATUS_PLANNED }, "125");
    assert_fits(&(Query){ .statuses = 1U << STATUS_IN_PROGRESS }, "4"); /* by its mark */
    assert_fits(&(Query){ .statuses = 1U << STATUS_DONE | 1U << STATUS_CONFIRMED }, "38");
    assert_fits(&(Query){ .is_open = true }, "12457");
}

static void events_are_chosen_by_their_state_today(void **state)
{
    (void)state;
    assert_fits(&(Query){ .states = 1U << STATE_LATE }, "1");
    assert_fits(&(Query){ .states = 1U << STATE_SOON }, "2");
    assert_fits(&(Query){ .states = 1U << STATE_CLOSED }, "368");
    assert_fits(&(Query){ .states = 1U << STATE_UNDATED }, "5");
    assert_fits(&(Query){ .states = 1U << STATE_AHEAD }, "47");
}

static void events_are_chosen_by_a_day_in_common(void **state)
{
    (void)state;
    assert_fits(&(Query){ .days = days_of("2022-03") }, "138"); /* not 7: its deadline is a matter of June */
    assert_fits(&(Query){ .days = days_of("2022-04") }, "468");
    assert_fits(&(Query){ .days = days_of("2022-06") }, "78"); /* not 4, though it lies between its occurrences */
    assert_fits(&(Query){ .days = days_of("2022-09") }, "48");
    assert_fits(&(Query){ .days = { .first = day_at("2022-12-01") } }, "8");
    assert_fits(&(Query){ .days = { .last = day_at("2022-02-01") } }, "8");
    assert_fits(&(Query){ .days = days_of("2023") }, "");
}

static void events_are_chosen_by_party(void **state)
{
    (void)state;
    assert_fits(&(Query){ .who = STR("томашевская") }, "2");
    assert_fits(&(Query){ .who = STR("сош №6") }, "2");
    assert_fits(&(Query){ .who = STR("иванов") }, "");
}

static void text_is_sought_in_every_field_of_an_event(void **state)
{
    (void)state;
    static const struct {
        Str needle;
        const char *found;
    } cases[] = {
        { STR_INIT("учеба"), "1" }, /* е for ё */
        { STR_INIT("март"), "13" },     { STR_INIT("томашевская"), "2" }, { STR_INIT("приказ № 116"), "3" },
        { STR_INIT("рублей"), "3" },    { STR_INIT("площадке"), "4" },    { STR_INIT("7"), "7" },
        { STR_INIT("такого нет"), "" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        assert_fits(&(Query){ .grep = cases[i].needle }, cases[i].found);
    }
}

static void a_party_is_the_same_whatever_its_blanks_stops_and_case(void **state)
{
    (void)state;
    StrBuf key = { 0 };
    query_add_party(&key, STR("моу сош № 6."));
    assert_fits(&(Query){ .party = strbuf_str(&key) }, "2");
    strbuf_clear(&key);
    query_add_party(&key, STR("МОУ СОШ"));
    assert_fits(&(Query){ .party = strbuf_str(&key) }, "");
    strbuf_done(&key);
}

static void what_is_reported_and_not_confirmed_waits(void **state)
{
    (void)state;
    assert_fits(&(Query){ .is_waiting = true }, "34"); /* the whole event, and one time of a recurring one */
}

static void a_section_has_what_stands_in_those_below_it(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    vec_push(&plan.sections, (Section){ .title = STR("Ёлки и палки"), .parent = -1 });
    vec_push(&plan.sections, (Section){ .title = STR("Вложенный"), .parent = 0, .depth = 1 });
    vec_push(&plan.events, (Event){ .title = STR("а"), .section = 1 });
    vec_push(&plan.events, (Event){ .title = STR("б"), .section = -1 });
    plan_resolve(&plan);
    Query query = { .section = STR("елки и") };
    assert_true(query_fits(&query, &plan, &plan.events.at[0], day_at("2022-05-10")));
    assert_false(query_fits(&query, &plan, &plan.events.at[1], day_at("2022-05-10")));
    plan_done(&plan);
}

static void all_that_is_said_must_hold(void **state)
{
    (void)state;
    assert_fits(&(Query){ .is_open = true, .days = days_of("2022-03"), .grep = STR("март") }, "1");
    assert_fits(&(Query){ .statuses = 1U << STATUS_DONE, .states = 1U << STATE_LATE }, "");
}

static void a_plan_is_summed_up(void **state)
{
    (void)state;
    Plan plan = sample_plan();
    PlanSummary sum = plan_summary(&plan, day_at("2022-05-10"));
    assert_int_equal(sum.n_events, 8);
    assert_int_equal(sum.n_closed, 3);
    assert_int_equal(sum.n_done, 2);
    assert_int_equal(sum.n_cancelled, 1);
    assert_int_equal(sum.n_late, 1);
    assert_int_equal(sum.n_soon, 1);
    assert_int_equal(sum.first_late, 0);
    assert_int_equal(sum.next, 1);
    sum = plan_summary(&plan, day_at("2022-05-13"));
    assert_int_equal(sum.n_late, 2);
    assert_int_equal(sum.next, 6);
    sum = plan_summary(&plan, day_at("2023-05-13"));
    assert_true(sum.next == SIZE_MAX);
    assert_int_equal(sum.n_late, 4);
    plan_done(&plan);
}

/* The missed March of a monthly event does not hide that its May comes next. */
static void the_next_deadline_may_be_that_of_a_late_event(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .when = STR("декабрь") });
    vec_push(&plan.events, (Event){ .when = STR("ежемесячно") });
    plan_resolve(&plan);
    PlanSummary sum = plan_summary(&plan, day_at("2022-05-10"));
    assert_int_equal(sum.first_late, 1);
    assert_int_equal(sum.next, 1);
    plan_done(&plan);
}

static void an_empty_plan_comes_to_nothing(void **state)
{
    (void)state;
    PlanSummary sum = plan_summary(&(Plan){ 0 }, day_at("2022-05-10"));
    assert_int_equal(sum.n_events, 0);
    assert_true(sum.next == SIZE_MAX && sum.first_late == SIZE_MAX);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_query_wants_all),
        cmocka_unit_test(events_are_chosen_by_the_status_that_counts),
        cmocka_unit_test(events_are_chosen_by_their_state_today),
        cmocka_unit_test(events_are_chosen_by_a_day_in_common),
        cmocka_unit_test(events_are_chosen_by_party),
        cmocka_unit_test(text_is_sought_in_every_field_of_an_event),
        cmocka_unit_test(a_party_is_the_same_whatever_its_blanks_stops_and_case),
        cmocka_unit_test(what_is_reported_and_not_confirmed_waits),
        cmocka_unit_test(a_section_has_what_stands_in_those_below_it),
        cmocka_unit_test(all_that_is_said_must_hold),
        cmocka_unit_test(a_plan_is_summed_up),
        cmocka_unit_test(the_next_deadline_may_be_that_of_a_late_event),
        cmocka_unit_test(an_empty_plan_comes_to_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
