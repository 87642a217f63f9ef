#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/base/clock.h"

static Plan plan_marked(const char *period, Str when, const Mark *marks, unsigned n)
{
    return plan_of_one(period, (Event){ .when = when, .marks = marks, .n_marks = n });
}

static void each_mark_is_of_the_occurrence_that_it_names(void **state)
{
    (void)state;
    const Mark marks[] = { { .at = STR("2022-11"), .status = STATUS_DONE },
                           { .at = STR("2022-05-01"), .status = STATUS_CONFIRMED },
                           { .at = STR("2022-02"), .status = STATUS_CANCELLED } };
    Plan plan = plan_marked("2022", STR("ежемесячно"), marks, COUNTOF(marks));
    const Event *event = &plan.events.at[0];
    assert_int_equal(event->n_matched, 2);
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        const Mark *expected = i == 1 ? &marks[2] : i == 10 ? &marks[0] : NULL;
        assert_ptr_equal(event_mark(event, &event->due->occurrences[i]), expected);
    }
    plan_done(&plan);
}

static void of_two_marks_of_one_occurrence_the_first_counts(void **state)
{
    (void)state;
    const Mark marks[] = { { .at = STR("2022-09"), .status = STATUS_DONE },
                           { .at = STR("2022-04"), .status = STATUS_IN_PROGRESS },
                           { .at = STR("2022-04"), .status = STATUS_DONE } };
    Plan plan = plan_marked("2022", STR("апрель; сентябрь"), marks, COUNTOF(marks));
    const Event *event = &plan.events.at[0];
    assert_int_equal(event_mark(event, &event->due->occurrences[0])->status, STATUS_IN_PROGRESS);
    assert_int_equal(event_progress(event).n_closed, 1);
    plan_done(&plan);
}

/* «Ежедневно», and Mondays besides: a Monday is there twice, under one name. */
static void occurrences_of_one_name_have_one_mark(void **state)
{
    (void)state;
    const Mark mark = { .at = STR("2022-04-04"), .status = STATUS_DONE };
    Plan plan = plan_of("2022-04");
    vec_push(
        &plan.events,
        (Event){ .dates = STR("{R/2022-04-01/2022-04-30/P1D,R/2022-04-01/2022-04-30/P1W/-W-1}"), .marks = &mark, .n_marks = 1 });
    plan_resolve(&plan);
    const Event *event = &plan.events.at[0];
    size_t n_marked = 0;
    for (size_t i = 0; i < event->due->n_occurrences; i++) {
        n_marked += event_mark(event, &event->due->occurrences[i]) != NULL;
    }
    assert_int_equal(event->due->n_occurrences, 30 + 4);
    assert_int_equal(n_marked, 2);
    plan_done(&plan);
}

static void events_with_one_phrase_have_marks_of_their_own(void **state)
{
    (void)state;
    const Mark april = { .at = STR("2022-04"), .status = STATUS_DONE };
    const Mark september = { .at = STR("2022-09"), .status = STATUS_DONE };
    Plan plan = plan_of("2022");
    vec_push(&plan.events, (Event){ .when = STR("апрель; сентябрь"), .marks = &april, .n_marks = 1 });
    vec_push(&plan.events, (Event){ .when = STR("апрель; сентябрь") });
    vec_push(&plan.events, (Event){ .when = STR("апрель; сентябрь"), .marks = &september, .n_marks = 1 });
    plan_resolve(&plan);
    assert_int_equal(event_next_occurrence(&plan.events.at[0]), 1);
    assert_int_equal(event_next_occurrence(&plan.events.at[1]), 0);
    assert_int_equal(event_mark(&plan.events.at[2], &plan.events.at[2].due->occurrences[1])->status, STATUS_DONE);
    plan_done(&plan);
}

static void marks_follow_when_they_or_the_deadline_change(void **state)
{
    (void)state;
    const Mark marks[] = { { .at = STR("2022-04"), .status = STATUS_DONE }, { .at = STR("2022-10"), .status = STATUS_DONE } };
    Plan plan = plan_marked("2022", STR("апрель; сентябрь"), marks, 1);
    Event *event = &plan.events.at[0];
    event->n_marks = 2;
    plan_resolve_marks(&plan, 0);
    assert_int_equal(event_progress(event).n_closed, 1);
    event->when = STR("апрель; октябрь");
    plan_resolve_event(&plan, 0);
    assert_int_equal(event_progress(event).n_closed, 2);
    event->n_marks = 0;
    plan_resolve_marks(&plan, 0);
    assert_int_equal(event_progress(event).n_closed, 0);
    plan_done(&plan);
}

/* A daily event of eleven years, marked day by day and beyond what is listed. */
static void thousands_of_marks_are_found_in_milliseconds(void **state)
{
    (void)state;
    enum { MARKS = 20000, LOOKS = 100 };
    Plan plan = plan_of("2015-01-01/2025-12-31");
    Mark *marks = arena_alloc(&plan.arena, MARKS * sizeof *marks);
    StrBuf at = { 0 };
    for (int i = 0; i < MARKS; i++) {
        strbuf_clear(&at);
        day_add_iso(&at, plan.period.first + i);
        marks[(i * 7919) % MARKS] = (Mark){ .at = arena_copy(&plan.arena, strbuf_str(&at)), .status = STATUS_DONE };
    }
    strbuf_done(&at);
    vec_push(&plan.events, (Event){ .when = STR("ежедневно"), .marks = marks, .n_marks = MARKS, .section = -1 });
    plan_resolve(&plan);
    const Event *event = &plan.events.at[0];
    long long begin = clock_ms();
    for (int i = 0; i < LOOKS; i++) {
        assert_int_equal(event_status(event), STATUS_DONE);
        assert_true(event_next_occurrence(event) == SIZE_MAX);
    }
    assert_in_range(clock_ms() - begin, 0, 1000);
    assert_int_equal(event_progress(event).n_closed, event->due->n_occurrences);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_mark_is_of_the_occurrence_that_it_names),
        cmocka_unit_test(of_two_marks_of_one_occurrence_the_first_counts),
        cmocka_unit_test(occurrences_of_one_name_have_one_mark),
        cmocka_unit_test(events_with_one_phrase_have_marks_of_their_own),
        cmocka_unit_test(marks_follow_when_they_or_the_deadline_change),
        cmocka_unit_test(thousands_of_marks_are_found_in_milliseconds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
