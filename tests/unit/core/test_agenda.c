#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/agenda.h"

typedef struct AgendaCase {
    const char *period, *when, *dates;
    const char *entries; /* as add_entry() writes them */
} AgendaCase;

/* On March 2022: D day, ≤ deadline, o occurrence, ~ span, = whole, ? undated; the day or month and day; #occurrence. */
static const AgendaCase cases[] = {
    { "2022", "15.03.2022", "", "D15" },
    { "2022", "15.04.2022", "", "" },
    { "2022", "до 15 марта", "", "<15" },
    { "2022", "до 15 мая", "", "" }, /* a matter of May, not of every month before it */
    { "2022", "10.03.2022- 23.03.2022", "", "<23" },
    { "2022", "10.02.2022- 01.03.2022", "", "<1" },
    { "2022", "10.03.2022- 23.06.2022", "", "~0623" },
    { "2022", "10.02.2022- 23.06.2022", "", "~0623" },
    { "2022", "10.02.2022- 28.02.2022", "", "" },
    { "2022", "март", "", "<31" },
    { "2022", "с 1 февраля", "", "~1231" },
    { "", "с 1 февраля 2022", "", "~" }, /* open: no period says until when */
    { "2022", "в течение года", "", "=" },
    { "2022", "Январь - декабрь", "", "=" },
    { "2021", "в течение года", "", "" },
    { "2022-09-01/2023-08-31", "в течение года", "", "" },
    { "2022-03-15", "15.03.2022", "", "D15" }, /* a plan of one day: still a day */
    { "2022", "март; сентябрь", "", "o31#0" },
    { "2022", "апрель; сентябрь", "", "" },
    { "2022", "ежемесячно", "", "o31#2" },
    { "2022", "ежеквартально", "", "o31#0" },
    { "2022", "", "{2022-03-05,2022-03-20,2022-04-01}", "o5#0 o20#1" },
    { "2022", "", "{2022-02/2022-04,2022-09}", "~0430#0" },
    { "2022", "2 раза в год", "", "=" }, /* both take the whole plan: one entry */
    { "2022", "не более 3 раз в год", "", "=" },
    { "2022", "по запросу", "", "?" },
    { "2022", "", "", "?" },
};

static void add_entry(StrBuf *out, const AgendaEntry *entry)
{
    static const char kinds[] = { [AGENDA_DAY] = 'D',  [AGENDA_DEADLINE] = '<', [AGENDA_OCCURRENCE] = 'o',
                                  [AGENDA_SPAN] = '~', [AGENDA_WHOLE] = '=',    [AGENDA_UNDATED] = '?' };
    Civil civil = entry->day != 0 ? day_civil(entry->day) : (Civil){ 0 };
    strbuf_add(out, out->n_bytes > 0 ? STR(" ") : (Str){ 0 });
    strbuf_add_char(out, kinds[entry->kind]);
    if (agenda_has_day(entry)) {
        strbuf_addf(out, "%d", civil.day);
    } else if (entry->day != 0) {
        strbuf_addf(out, "%02d%02d", civil.month, civil.day);
    }
    if (entry->occurrence != SIZE_MAX) {
        strbuf_addf(out, "#%zu", entry->occurrence);
    }
}

static Span march(void)
{
    return (Span){ day_at("2022-03-01"), day_at("2022-03-31") };
}

static void an_event_falls_on_a_month_by_its_last_day_or_is_under_way(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        const AgendaCase *c = &cases[i];
        Plan plan = plan_of_one(c->period, (Event){ .when = str_of(c->when), .dates = str_of(c->dates) });
        AgendaVec agenda = { 0 };
        StrBuf entries = { 0 };
        agenda_add_event(&agenda, &plan, 0, 0, march(), day_at("2022-01-01"));
        for (size_t k = 0; k < agenda.n; k++) {
            add_entry(&entries, &agenda.at[k]);
        }
        if (!str_eq(strbuf_str(&entries), str_of(c->entries))) {
            fail_msg("«%s» %s of %s: «%s», not «%s»", c->when, c->dates, c->period, strbuf_z(&entries), c->entries);
        }
        strbuf_done(&entries);
        vec_done(&agenda);
        plan_done(&plan);
    }
}

static void days_come_first_then_spans_then_what_has_no_day(void **state)
{
    (void)state;
    static const char *const whens[] = { "по запросу", "в течение года", "март - июнь", "20.03.2022",
                                         "до 5 марта", "20.03.2022",     "март - май" };
    Plan plan = plan_of("2022");
    AgendaVec agenda = { 0 };
    for (size_t i = 0; i < COUNTOF(whens); i++) {
        vec_push(&plan.events, (Event){ .when = str_of(whens[i]), .section = -1 });
    }
    plan_resolve(&plan);
    for (size_t file = 2; file > 0; file--) { /* a plan that was added later, and is before */
        for (size_t i = 0; i < plan.events.n; i++) {
            agenda_add_event(&agenda, &plan, file, i, march(), day_at("2022-01-01"));
        }
    }
    agenda_sort(&agenda);
    static const size_t files[] = { 1, 2, 1, 1, 2, 2, 1, 2, 1, 2, 1, 2, 1, 2 };
    static const size_t events[] = { 4, 4, 3, 5, 3, 5, 6, 6, 2, 2, 1, 1, 0, 0 };
    assert_int_equal(agenda.n, COUNTOF(events));
    for (size_t i = 0; i < agenda.n; i++) {
        assert_int_equal(agenda.at[i].file, files[i]);
        assert_int_equal(agenda.at[i].event, events[i]);
    }
    vec_done(&agenda);
    plan_done(&plan);
}

typedef struct StateCase {
    const char *when;
    Status status;
    const char *at;
    Status marked;
    const char *today;
    State state;
    Status shown;
} StateCase;

static void an_occurrence_has_a_state_of_its_own(void **state)
{
    (void)state;
    static const StateCase states[] = {
        { "ежемесячно", STATUS_PLANNED, "", STATUS_PLANNED, "2022-01-10", STATE_AHEAD, STATUS_PLANNED },
        { "ежемесячно", STATUS_PLANNED, "", STATUS_PLANNED, "2022-03-10", STATE_CURRENT, STATUS_PLANNED },
        { "ежемесячно", STATUS_PLANNED, "", STATUS_PLANNED, "2022-03-17", STATE_SOON, STATUS_PLANNED },
        { "ежемесячно", STATUS_PLANNED, "", STATUS_PLANNED, "2022-04-01", STATE_LATE, STATUS_PLANNED },
        { "ежемесячно", STATUS_PLANNED, "2022-03", STATUS_IN_PROGRESS, "2022-04-01", STATE_LATE, STATUS_IN_PROGRESS },
        { "ежемесячно", STATUS_PLANNED, "2022-03", STATUS_DONE, "2022-04-01", STATE_CLOSED, STATUS_DONE },
        { "ежемесячно", STATUS_PLANNED, "2022-02", STATUS_DONE, "2022-04-01", STATE_LATE, STATUS_PLANNED },
        { "ежемесячно", STATUS_CANCELLED, "", STATUS_PLANNED, "2022-04-01", STATE_CLOSED, STATUS_CANCELLED },
        { "ежемесячно", STATUS_CANCELLED, "2022-03", STATUS_DONE, "2022-04-01", STATE_CLOSED, STATUS_DONE },
    };
    for (size_t i = 0; i < COUNTOF(states); i++) {
        const StateCase *c = &states[i];
        Mark mark = { .at = str_of(c->at), .status = c->marked };
        Plan plan = plan_of_one(
            "2022", (Event){ .when = str_of(c->when), .status = c->status, .marks = &mark, .n_marks = *c->at != '\0' });
        AgendaVec agenda = { 0 };
        agenda_add_event(&agenda, &plan, 0, 0, march(), day_at(c->today));
        assert_int_equal(agenda.n, 1);
        assert_int_equal(agenda.at[0].state, c->state);
        assert_int_equal(agenda.at[0].status, c->shown);
        vec_done(&agenda);
        plan_done(&plan);
    }
}

static void what_need_not_be_is_never_late(void **state)
{
    (void)state;
    Plan plan = plan_of_one("2022", (Event){ .when = STR("не более 2 раз в месяц") });
    AgendaVec agenda = { 0 };
    agenda_add_event(&agenda, &plan, 0, 0, (Span){ day_at("2022-12-01"), day_at("2022-12-31") }, day_at("2023-04-01"));
    assert_true(agenda.n > 0);
    for (size_t i = 0; i < agenda.n; i++) {
        assert_int_equal(agenda.at[i].state, STATE_CLOSED);
        assert_int_equal(agenda.at[i].status, STATUS_PLANNED);
    }
    vec_done(&agenda);
    plan_done(&plan);
}

static void late_wants_more_than_soon_and_open_more_than_closed(void **state)
{
    (void)state;
    static const AgendaEntry entries[] = {
        { .state = STATE_LATE, .status = STATUS_IN_PROGRESS }, { .state = STATE_SOON, .status = STATUS_PLANNED },
        { .state = STATE_AHEAD, .status = STATUS_PLANNED },    { .state = STATE_CLOSED, .status = STATUS_DONE },
        { .state = STATE_CLOSED, .status = STATUS_CONFIRMED },
    };
    for (size_t i = 1; i < COUNTOF(entries); i++) {
        assert_true(agenda_is_worse(&entries[i - 1], &entries[i]));
        assert_false(agenda_is_worse(&entries[i], &entries[i - 1]));
    }
    assert_true(str_eq(agenda_glyph(&entries[0]), STR("!")));
    assert_true(str_eq(agenda_glyph(&entries[3]), STR("●")));
}

static void a_daily_event_of_many_years_falls_on_a_month_once_a_day(void **state)
{
    (void)state;
    Plan plan = plan_of_one("2015/2025", (Event){ .when = STR("ежедневно") });
    AgendaVec agenda = { 0 };
    agenda_add_event(&agenda, &plan, 0, 0, march(), day_at("2022-03-10"));
    assert_in_range(agenda.n, 1, 31);
    vec_done(&agenda);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_falls_on_a_month_by_its_last_day_or_is_under_way),
        cmocka_unit_test(days_come_first_then_spans_then_what_has_no_day),
        cmocka_unit_test(an_occurrence_has_a_state_of_its_own),
        cmocka_unit_test(what_need_not_be_is_never_late),
        cmocka_unit_test(late_wants_more_than_soon_and_open_more_than_closed),
        cmocka_unit_test(a_daily_event_of_many_years_falls_on_a_month_once_a_day),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
