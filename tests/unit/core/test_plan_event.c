#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/base/utf8.h"

static void an_occurrence_stands_as_its_mark_says_and_a_closed_event_leaves_none_open(void **state)
{
    (void)state;
    static const struct {
        const char *when;
        Status event, mark;
        const char *today;
        Status status;
        State state;
    } cases[] = {
        { "ежемесячно", STATUS_PLANNED, STATUS_PLANNED, "2022-04-01", STATUS_PLANNED, STATE_LATE },
        { "ежемесячно", STATUS_PLANNED, STATUS_POSTPONED, "2022-04-01", STATUS_POSTPONED, STATE_LATE },
        { "ежемесячно", STATUS_PLANNED, STATUS_DONE, "2022-04-01", STATUS_DONE, STATE_CLOSED },
        { "ежемесячно", STATUS_CANCELLED, STATUS_DONE, "2022-04-01", STATUS_DONE, STATE_CLOSED },
        { "ежемесячно", STATUS_CANCELLED, STATUS_IN_PROGRESS, "2022-04-01", STATUS_CANCELLED, STATE_CLOSED },
        { "ежемесячно", STATUS_CONFIRMED, STATUS_PLANNED, "2022-01-01", STATUS_CONFIRMED, STATE_CLOSED },
        { "не более 1 раза в месяц", STATUS_PLANNED, STATUS_PLANNED, "2022-04-01", STATUS_PLANNED, STATE_CLOSED },
        { "ежемесячно", STATUS_PLANNED, STATUS_PLANNED, "2022-03-31", STATUS_PLANNED, STATE_SOON },
        { "ежемесячно", STATUS_PLANNED, STATUS_PLANNED, "2022-03-01", STATUS_PLANNED, STATE_CURRENT },
        { "ежемесячно", STATUS_PLANNED, STATUS_PLANNED, "2022-01-01", STATUS_PLANNED, STATE_AHEAD },
    };
    enum { MARCH = 2 };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Mark mark = { .at = STR("2022-03"), .status = cases[i].mark };
        Plan plan =
            plan_of_one("2022", (Event){ .when = str_of(cases[i].when), .status = cases[i].event, .marks = &mark, .n_marks = 1 });
        OccurrenceState now = event_occurrence_state(&plan.events.at[0], MARCH, day_at(cases[i].today));
        assert_int_equal(now.status, cases[i].status);
        assert_int_equal(now.state, cases[i].state);
        assert_int_equal(now.is_late, cases[i].state == STATE_LATE);
        plan_done(&plan);
    }
}

static void an_event_is_called_by_its_number_else_by_its_title(void **state)
{
    (void)state;
    StrBuf out = { 0 };
    event_add_label(&out, &(Event){ .no = STR("5а"), .title = STR("Совещание") });
    strbuf_add(&out, STR("|"));
    event_add_label(&out, &(Event){ .title = STR("Совещание") });
    strbuf_add(&out, STR("|"));
    event_add_label(&out, &(Event){ .title = STR("Разработка и утверждение муниципальной карты") });
    assert_string_equal(strbuf_z(&out), "№ 5а|«Совещание»|«Разработка и утверждение муниц…»");
    strbuf_done(&out);
}

static void parties_are_joined_with_commas(void **state)
{
    (void)state;
    const Str parties[] = { STR("Томашевская И.В., заместитель"), STR("МОУ СОШ №6") };
    StrBuf out = { 0 };
    event_add_responsible(&out, &(Event){ .responsible = { parties, 2 } });
    event_add_responsible(&out, &(Event){ 0 });
    assert_string_equal(strbuf_z(&out), "Томашевская И.В., заместитель, МОУ СОШ №6");
    strbuf_done(&out);
}

typedef struct StateCase {
    const char *period, *when, *dates;
    Status status;
    const char *today;
    State state;
    int days;
} StateCase;

static const StateCase state_cases[] = {
    /* a day */
    { "2022", "29.03.2022", "", STATUS_PLANNED, "2022-03-14", STATE_AHEAD, 0 },
    { "2022", "29.03.2022", "", STATUS_PLANNED, "2022-03-15", STATE_SOON, 14 },
    { "2022", "29.03.2022", "", STATUS_PLANNED, "2022-03-29", STATE_SOON, 0 },
    { "2022", "29.03.2022", "", STATUS_PLANNED, "2022-03-30", STATE_LATE, 1 },
    { "2022", "29.03.2022", "", STATUS_PLANNED, "2023-03-29", STATE_LATE, 365 },
    /* everything is by the day: at 18:00 today is late tomorrow */
    { "2022", "20.05.2022 18:00", "", STATUS_PLANNED, "2022-05-20", STATE_SOON, 0 },
    { "2022", "20.05.2022 18:00", "", STATUS_PLANNED, "2022-05-21", STATE_LATE, 1 },
    /* a month, a range */
    { "2022", "март", "", STATUS_PLANNED, "2022-02-28", STATE_AHEAD, 0 },
    { "2022", "март", "", STATUS_PLANNED, "2022-03-01", STATE_CURRENT, 0 },
    { "2022", "март", "", STATUS_PLANNED, "2022-03-16", STATE_CURRENT, 0 },
    { "2022", "март", "", STATUS_PLANNED, "2022-03-17", STATE_SOON, 14 },
    { "2022", "март", "", STATUS_PLANNED, "2022-04-12", STATE_LATE, 12 },
    { "2022", "10.03.2022- 23.06.2022", "", STATUS_PLANNED, "2022-03-10", STATE_CURRENT, 0 },
    { "2022", "март 2022 согласно плану", "", STATUS_PLANNED, "2022-04-01", STATE_LATE, 1 },
    { "2022", "в течение года", "", STATUS_PLANNED, "2021-12-31", STATE_AHEAD, 0 },
    { "2022", "в течение года", "", STATUS_PLANNED, "2022-01-01", STATE_CURRENT, 0 },
    { "2022", "в течение года", "", STATUS_PLANNED, "2023-01-01", STATE_LATE, 1 },
    /* ../D is never current */
    { "2022", "до 1 июня", "", STATUS_PLANNED, "2022-03-01", STATE_AHEAD, 0 },
    { "2022", "до 1 июня", "", STATUS_PLANNED, "2022-05-18", STATE_SOON, 14 },
    { "2022", "до 1 июня", "", STATUS_PLANNED, "2022-06-02", STATE_LATE, 1 },
    /* D/.. ends with the plan; never, if D is after it */
    { "2022", "с 1 октября", "", STATUS_PLANNED, "2022-09-30", STATE_AHEAD, 0 },
    { "2022", "с 1 октября", "", STATUS_PLANNED, "2022-10-01", STATE_CURRENT, 0 },
    { "2022", "с 1 октября", "", STATUS_PLANNED, "2022-12-17", STATE_SOON, 14 },
    { "2022", "с 1 октября", "", STATUS_PLANNED, "2023-01-01", STATE_LATE, 1 },
    { "2022", "с 1 февраля 2023", "", STATUS_PLANNED, "2023-01-31", STATE_AHEAD, 0 },
    { "2022", "с 1 февраля 2023", "", STATUS_PLANNED, "2033-01-31", STATE_CURRENT, 0 },
    /* a choice: earliest, latest */
    { "2022", "x", "[2022-03,2022-05]", STATUS_PLANNED, "2022-02-28", STATE_AHEAD, 0 },
    { "2022", "x", "[2022-03,2022-05]", STATUS_PLANNED, "2022-04-10", STATE_CURRENT, 0 },
    { "2022", "x", "[2022-03,2022-05]", STATUS_PLANNED, "2022-06-01", STATE_LATE, 1 },
    /* undated */
    { "2022", "по мере необходимости", "", STATUS_PLANNED, "2022-03-01", STATE_UNDATED, 0 },
    { "2022", "", "", STATUS_IN_PROGRESS, "2022-03-01", STATE_UNDATED, 0 },
    { "2022", "через 5 дней после конкурса", "", STATUS_PLANNED, "2030-03-01", STATE_UNDATED, 0 },
    { "", "март", "", STATUS_PLANNED, "2022-03-01", STATE_UNDATED, 0 },
    { "", "29.03.2022", "", STATUS_PLANNED, "2022-03-30", STATE_LATE, 1 },
    /* a person's dates */
    { "2022", "по графику", "2022-05-20", STATUS_PLANNED, "2022-05-21", STATE_LATE, 1 },
    /* closed is closed, open is open */
    { "2022", "март", "", STATUS_DONE, "2022-12-01", STATE_CLOSED, 0 },
    { "2022", "март", "", STATUS_CONFIRMED, "2022-12-01", STATE_CLOSED, 0 },
    { "2022", "март", "", STATUS_CANCELLED, "2022-01-01", STATE_CLOSED, 0 },
    { "2022", "", "", STATUS_DONE, "2022-01-01", STATE_CLOSED, 0 },
    { "2022", "март", "", STATUS_IN_PROGRESS, "2022-04-01", STATE_LATE, 1 },
    { "2022", "март", "", STATUS_POSTPONED, "2022-04-01", STATE_LATE, 1 },
    /* occurrences: late if one is, else the first that is not closed */
    { "2022", "ежемесячно", "", STATUS_PLANNED, "2022-01-10", STATE_CURRENT, 0 },
    { "2022", "ежемесячно", "", STATUS_PLANNED, "2022-01-20", STATE_SOON, 11 },
    { "2022", "ежемесячно", "", STATUS_PLANNED, "2022-02-05", STATE_LATE, 5 },
    { "2022", "ежемесячно", "", STATUS_DONE, "2022-02-05", STATE_CLOSED, 0 },
    { "2022", "апрель; сентябрь", "", STATUS_PLANNED, "2022-03-31", STATE_AHEAD, 0 },
    { "2022", "апрель; сентябрь", "", STATUS_PLANNED, "2022-05-03", STATE_LATE, 3 },
    { "2022", "x", "{../2022-12-20,2022-03}", STATUS_PLANNED, "2022-04-05", STATE_LATE, 5 },
    { "2021", "x", "{../2021-11-01,2021-11-01/2021-12-31}", STATUS_PLANNED, "2021-05-01", STATE_AHEAD, 0 },
    { "2021", "В срок до 01.11.2021 далее - в течение года", "", STATUS_PLANNED, "2021-05-01", STATE_AHEAD, 0 },
};

static void the_state_follows_from_the_days(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(state_cases); i++) {
        const StateCase *c = &state_cases[i];
        Plan plan = plan_of_one(c->period, (Event){ .when = str_of(c->when), .dates = str_of(c->dates), .status = c->status });
        StateOn got = event_state(&plan.events.at[0], day_at(c->today));
        if (got.state != c->state || got.days != c->days) {
            fail_msg("«%s» %s on %s: %.*s %d, not %.*s %d", c->when, c->dates, c->today, STR_ARG(state_info(got.state)->name),
                     got.days, STR_ARG(state_info(c->state)->name), c->days);
        }
        plan_done(&plan);
    }
}

/* ---- Occurrences ---- */

typedef struct MarkedCase {
    const char *when;
    Status own;
    const char *marked; /* "at=status" separated by blanks */
    const char *today;
    Status status;
    State state;
    const char *brief, *words;
} MarkedCase;

static const MarkedCase marked_cases[] = {
    { "апрель; сентябрь", STATUS_PLANNED, "", "2022-04-10", STATUS_PLANNED, STATE_CURRENT, "0 из 2", "запланировано, 0 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-04=done", "2022-05-03", STATUS_IN_PROGRESS, STATE_AHEAD, "1 из 2",
      "в работе, 1 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-04=in-progress", "2022-05-03", STATUS_IN_PROGRESS, STATE_LATE, "проср. 3",
      "в работе, 0 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-09=done", "2022-05-03", STATUS_IN_PROGRESS, STATE_LATE, "проср. 3",
      "в работе, 1 из 2" },
    { "апрель; сентябрь", STATUS_POSTPONED, "", "2022-03-03", STATUS_POSTPONED, STATE_AHEAD, "0 из 2", "перенесено, 0 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-04=planned", "2022-03-03", STATUS_PLANNED, STATE_AHEAD, "0 из 2",
      "запланировано, 0 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-04=done 2022-09=confirmed", "2022-12-03", STATUS_DONE, STATE_CLOSED, "исполн.",
      "исполнено, 2 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-04=done 2022-09=cancelled", "2022-12-03", STATUS_DONE, STATE_CLOSED, "исполн.",
      "исполнено, 2 из 2" },
    { "апрель; сентябрь", STATUS_PLANNED, "2022-04=confirmed 2022-09=confirmed", "2022-12-03", STATUS_CONFIRMED, STATE_CLOSED,
      "подтв.", "подтверждено, 2 из 2" },
    /* a person closed the whole event */
    { "апрель; сентябрь", STATUS_CANCELLED, "2022-04=done", "2022-12-03", STATUS_CANCELLED, STATE_CLOSED, "отмен.",
      "отменено, 1 из 2" },
    { "апрель; сентябрь", STATUS_IN_PROGRESS, "2022-04=done 2022-09=done", "2022-12-03", STATUS_DONE, STATE_CLOSED, "исполн.",
      "исполнено, 2 из 2" },
    /* a mark of something else counts for nothing */
    { "апрель; сентябрь", STATUS_PLANNED, "2022-05=done 2022-04-01=done", "2022-04-10", STATUS_PLANNED, STATE_CURRENT, "0 из 2",
      "запланировано, 0 из 2" },
    { "2 раза в год", STATUS_PLANNED, "2022#1=done", "2022-04-10", STATUS_IN_PROGRESS, STATE_CURRENT, "1 из 2",
      "в работе, 1 из 2" },
    { "2 раза в год", STATUS_PLANNED, "2022#2=done 2022#1=done", "2022-04-10", STATUS_DONE, STATE_CLOSED, "исполн.",
      "исполнено, 2 из 2" },
    { "март", STATUS_PLANNED, "2022-03=done", "2022-03-03", STATUS_PLANNED, STATE_CURRENT, "идёт", "запланировано" },
};

static Plan marked_plan(const MarkedCase *c)
{
    Plan plan = plan_of("2022");
    VEC(Mark) marks = { 0 };
    Str rest = str_of(c->marked);
    while (rest.n_bytes > 0) {
        Str status = str_cut(&rest, ' ');
        Mark mark = { .at = str_cut(&status, '=') };
        assert_true(status_parse_name(status, &mark.status));
        vec_push(&marks, mark);
    }
    Mark *kept = arena_alloc(&plan.arena, (marks.n + 1) * sizeof *kept);
    for (size_t i = 0; i < marks.n; i++) {
        kept[i] = marks.at[i];
    }
    vec_push(&plan.events,
             (Event){ .when = str_of(c->when), .status = c->own, .marks = kept, .n_marks = (unsigned)marks.n, .section = -1 });
    vec_done(&marks);
    plan_resolve(&plan);
    return plan;
}

static void an_event_takes_its_status_from_its_required_occurrences(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(marked_cases); i++) {
        const MarkedCase *c = &marked_cases[i];
        Plan plan = marked_plan(c);
        const Event *event = &plan.events.at[0];
        StrBuf brief = { 0 };
        StrBuf words = { 0 };
        event_add_brief(&brief, LANG_RU, event, day_at(c->today));
        event_add_status(&words, LANG_RU, event);
        if (event_status(event) != c->status || event_state(event, day_at(c->today)).state != c->state ||
            !str_eq(strbuf_str(&brief), str_of(c->brief)) || !str_eq(strbuf_str(&words), str_of(c->words))) {
            fail_msg("«%s» with «%s»: %.*s, %.*s, «%s», «%s»", c->when, c->marked,
                     STR_ARG(status_info(event_status(event))->name),
                     STR_ARG(state_info(event_state(event, day_at(c->today)).state)->name), strbuf_z(&brief), strbuf_z(&words));
        }
        strbuf_done(&brief);
        strbuf_done(&words);
        plan_done(&plan);
    }
}

static void progress_counts_required_occurrences(void **state)
{
    (void)state;
    Plan plan = marked_plan(&(MarkedCase){
        .when = "ежемесячно", .marked = "2022-01=confirmed 2022-02=done 2022-03=cancelled 2022-05=in-progress 2022-06=planned" });
    Progress progress = event_progress(&plan.events.at[0]);
    assert_int_equal(progress.n_required, 12);
    assert_int_equal(progress.n_closed, 3);
    assert_int_equal(progress.n_confirmed, 1);
    assert_int_equal(progress.n_marked, 4);
    plan_done(&plan);
}

static void the_next_occurrence_is_the_earliest_that_is_not_closed(void **state)
{
    (void)state;
    Plan plan = marked_plan(&(MarkedCase){ .when = "ежемесячно", .marked = "2022-01=done 2022-03=done 2022-02=in-progress" });
    const Event *event = &plan.events.at[0];
    assert_int_equal(event_next_occurrence(event), 1);
    assert_int_equal(event_days(event).last, day_at("2022-02-28"));
    plan_done(&plan);
    plan = marked_plan(&(MarkedCase){ .when = "апрель; сентябрь", .marked = "2022-04=done 2022-09=done" });
    assert_true(event_next_occurrence(&plan.events.at[0]) == SIZE_MAX);
    assert_int_equal(event_days(&plan.events.at[0]).first, day_at("2022-04-01"));
    assert_int_equal(event_days(&plan.events.at[0]).last, day_at("2022-09-30"));
    plan_done(&plan);
}

/* «Не чаще 2 раз в год»: such a time may be marked, and nobody waits for it. */
static void occurrences_that_are_not_required_leave_the_event_its_own_status(void **state)
{
    (void)state;
    Plan plan = marked_plan(&(MarkedCase){ .when = "не более 2 раз в год", .marked = "2022#1=done" });
    const Event *event = &plan.events.at[0];
    assert_int_equal(event->due->n_required, 0);
    assert_int_equal(event_progress(event).n_required, 0);
    assert_int_equal(event_status(event), STATUS_PLANNED);
    assert_true(event_next_occurrence(event) == SIZE_MAX);
    assert_int_equal(event_state(event, day_at("2022-05-01")).state, STATE_CURRENT);
    plan_done(&plan);
}

/* ---- Words ---- */

static void a_state_is_told_in_words(void **state)
{
    (void)state;
    static const struct {
        const char *when;
        Status status;
        const char *today, *ru, *en, *glyph;
    } cases[] = {
        { "29.03.2022", STATUS_PLANNED, "2022-04-10", "просрочено на 12 дней", "late by 12 days", "!" },
        { "29.03.2022", STATUS_POSTPONED, "2022-03-30", "просрочено на 1 день", "late by 1 day", "!" },
        { "29.03.2022", STATUS_PLANNED, "2022-03-26", "срок близко: 3 дня", "due in 3 days", "▲" },
        { "29.03.2022", STATUS_PLANNED, "2022-03-29", "срок сегодня", "due today", "▲" },
        { "29.03.2022", STATUS_PLANNED, "2022-01-29", "впереди", "ahead", "○" },
        { "29.03.2022", STATUS_DONE, "2023-01-29", "закрыто", "closed", "●" },
        { "март", STATUS_PLANNED, "2022-03-02", "идёт", "current", "◊" },
        { "март", STATUS_IN_PROGRESS, "2022-03-02", "идёт", "current", "►" },
        { "", STATUS_PLANNED, "2022-03-02", "без даты", "undated", "○" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Plan plan = plan_of_one("2022", (Event){ .when = str_of(cases[i].when), .status = cases[i].status });
        const Event *event = &plan.events.at[0];
        Day today = day_at(cases[i].today);
        StrBuf ru = { 0 };
        StrBuf en = { 0 };
        event_add_state(&ru, LANG_RU, event, today);
        event_add_state(&en, LANG_EN, event, today);
        assert_string_equal(strbuf_z(&ru), cases[i].ru);
        assert_string_equal(strbuf_z(&en), cases[i].en);
        assert_true(str_eq(event_glyph(event, today), str_of(cases[i].glyph)));
        strbuf_done(&ru);
        strbuf_done(&en);
        plan_done(&plan);
    }
}

static void how_late_an_event_is_fits_nine_columns_too(void **state)
{
    static const struct {
        const char *today, *ru, *en;
    } cases[] = {
        { "2022-05-11", "проср. 1", "late 1" },    { "2022-08-17", "проср. 99", "late 99" },
        { "2022-08-18", "проср.100", "late 100" }, { "2025-02-02", "проср.999", "late 999" },
        { "2025-02-03", "проср. 2г", "late 2 y" }, { "2032-05-04", "проср. 9г", "late 9 y" },
        { "2032-05-07", "просроч.", "late" },      { "9999-12-31", "просроч.", "late" },
    };
    Plan plan = plan_of_one("2022", (Event){ .when = STR("10.05.2022") });
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf ru = { 0 };
        StrBuf en = { 0 };
        event_add_brief(&ru, LANG_RU, &plan.events.at[0], day_at(cases[i].today));
        event_add_brief(&en, LANG_EN, &plan.events.at[0], day_at(cases[i].today));
        assert_string_equal(strbuf_z(&ru), cases[i].ru);
        assert_string_equal(strbuf_z(&en), cases[i].en);
        assert_in_range(utf8_cols(strbuf_str(&ru)), 1, 9);
        strbuf_done(&ru);
        strbuf_done(&en);
    }
    plan_done(&plan);
}

static void a_brief_state_fits_nine_columns(void **state)
{
    (void)state;
    static const char *const phrases[] = { "март", "", "ежедневно", "апрель; сентябрь", "2 раза в год" };
    static const char *const days[] = { "2021-01-01", "2022-03-02", "2022-03-31", "2030-01-01" };
    for (size_t p = 0; p < COUNTOF(phrases); p++) {
        for (Status status = 0; status < STATUS_COUNT; status++) {
            Plan plan = plan_of_one("2022", (Event){ .when = str_of(phrases[p]), .status = status });
            for (size_t d = 0; d < COUNTOF(days) * LANG_COUNT; d++) {
                StrBuf brief = { 0 };
                event_add_brief(&brief, (Lang)(d % LANG_COUNT), &plan.events.at[0], day_at(days[d / LANG_COUNT]));
                assert_in_range(utf8_cols(strbuf_str(&brief)), 1, 9);
                strbuf_done(&brief);
            }
            plan_done(&plan);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_occurrence_stands_as_its_mark_says_and_a_closed_event_leaves_none_open),
        cmocka_unit_test(an_event_is_called_by_its_number_else_by_its_title),
        cmocka_unit_test(parties_are_joined_with_commas),
        cmocka_unit_test(the_state_follows_from_the_days),
        cmocka_unit_test(an_event_takes_its_status_from_its_required_occurrences),
        cmocka_unit_test(progress_counts_required_occurrences),
        cmocka_unit_test(the_next_occurrence_is_the_earliest_that_is_not_closed),
        cmocka_unit_test(occurrences_that_are_not_required_leave_the_event_its_own_status),
        cmocka_unit_test(a_state_is_told_in_words),
        cmocka_unit_test(how_late_an_event_is_fits_nine_columns_too),
        cmocka_unit_test(a_brief_state_fits_nine_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
