#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/change_build.h"
#include "vekha/core/change_mark.h"

/* "status:planned>done done:>2022-05-20": the edits of a change, in order. */
static void add_edits(StrBuf *out, const Change *change)
{
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        strbuf_addf(out, "%s%.*s", i > 0 ? " " : "", STR_ARG(field_info(edit->field)->name));
        strbuf_addf(out, "%s%.*s", edit->at.n_bytes > 0 ? "@" : "", STR_ARG(edit->at));
        strbuf_addf(out, ":%.*s>%.*s", STR_ARG(edit->before), STR_ARG(edit->after));
    }
}

static void assert_edits(const Change *change, const char *wanted)
{
    StrBuf got = { 0 };
    add_edits(&got, change);
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static Event event_with(Status status)
{
    Event event = { .no = STR("5"), .title = STR("Совещание"), .when = STR("март"), .status = status };
    event.evidence = STR("приказ");
    if (status == STATUS_DONE || status == STATUS_CONFIRMED) {
        event.done = day_at("2022-03-01");
        event.by = STR("Я");
    }
    if (status == STATUS_CONFIRMED) {
        event.confirmed = day_at("2022-03-02");
        event.confirmed_by = STR("Он");
    }
    if (status == STATUS_CANCELLED) {
        event.cancelled = day_at("2022-03-03");
        event.reason = STR("пожар");
    }
    return event;
}

typedef struct MarkCase {
    Status from, to;
    const char *edits;
} MarkCase;

/* All on 2022-05-20, by «Ты», a postponed one to «май». */
static const MarkCase mark_cases[] = {
    { STATUS_PLANNED, STATUS_PLANNED, "" },
    { STATUS_PLANNED, STATUS_IN_PROGRESS, "status:>in-progress" },
    { STATUS_PLANNED, STATUS_DONE, "status:>done done:>2022-05-20 by:>Ты" },
    { STATUS_PLANNED, STATUS_CONFIRMED, "status:>confirmed confirmed:>2022-05-20 confirmed-by:>Ты" },
    { STATUS_PLANNED, STATUS_POSTPONED, "status:>postponed when:март>май was:>март\t\t2022-05-20\tТы\t" },
    { STATUS_PLANNED, STATUS_CANCELLED, "status:>cancelled cancelled:>2022-05-20" },
    { STATUS_IN_PROGRESS, STATUS_PLANNED, "status:in-progress>planned" },
    { STATUS_IN_PROGRESS, STATUS_IN_PROGRESS, "" },
    { STATUS_IN_PROGRESS, STATUS_DONE, "status:in-progress>done done:>2022-05-20 by:>Ты" },
    { STATUS_IN_PROGRESS, STATUS_CONFIRMED, "status:in-progress>confirmed confirmed:>2022-05-20 confirmed-by:>Ты" },
    { STATUS_IN_PROGRESS, STATUS_POSTPONED, "status:in-progress>postponed when:март>май was:>март\t\t2022-05-20\tТы\t" },
    { STATUS_IN_PROGRESS, STATUS_CANCELLED, "status:in-progress>cancelled cancelled:>2022-05-20" },
    { STATUS_DONE, STATUS_PLANNED, "status:done>planned done:2022-03-01> by:Я>" },
    { STATUS_DONE, STATUS_IN_PROGRESS, "status:done>in-progress done:2022-03-01> by:Я>" },
    { STATUS_DONE, STATUS_DONE, "" },
    { STATUS_DONE, STATUS_CONFIRMED, "status:done>confirmed confirmed:>2022-05-20 confirmed-by:>Ты" },
    { STATUS_DONE, STATUS_POSTPONED, "status:done>postponed when:март>май was:>март\t\t2022-05-20\tТы\t done:2022-03-01> by:Я>" },
    { STATUS_DONE, STATUS_CANCELLED, "status:done>cancelled cancelled:>2022-05-20" },
    { STATUS_CONFIRMED, STATUS_PLANNED,
      "status:confirmed>planned done:2022-03-01> by:Я> confirmed:2022-03-02> confirmed-by:Он>" },
    { STATUS_CONFIRMED, STATUS_IN_PROGRESS,
      "status:confirmed>in-progress done:2022-03-01> by:Я> confirmed:2022-03-02> confirmed-by:Он>" },
    { STATUS_CONFIRMED, STATUS_DONE,
      "status:confirmed>done done:2022-03-01>2022-05-20 by:Я>Ты confirmed:2022-03-02> confirmed-by:Он>" },
    { STATUS_CONFIRMED, STATUS_CONFIRMED, "" },
    { STATUS_CONFIRMED, STATUS_POSTPONED,
      "status:confirmed>postponed when:март>май was:>март\t\t2022-05-20\tТы\t done:2022-03-01> by:Я> confirmed:2022-03-02> "
      "confirmed-by:Он>" },
    { STATUS_CONFIRMED, STATUS_CANCELLED, "status:confirmed>cancelled cancelled:>2022-05-20" },
    { STATUS_POSTPONED, STATUS_PLANNED, "status:postponed>planned" },
    { STATUS_POSTPONED, STATUS_DONE, "status:postponed>done done:>2022-05-20 by:>Ты" },
    { STATUS_POSTPONED, STATUS_POSTPONED, "when:март>май was:>март\t\t2022-05-20\tТы\t" },
    { STATUS_CANCELLED, STATUS_PLANNED, "status:cancelled>planned cancelled:2022-03-03> reason:пожар>" },
    { STATUS_CANCELLED, STATUS_DONE, "status:cancelled>done done:>2022-05-20 by:>Ты cancelled:2022-03-03> reason:пожар>" },
    { STATUS_CANCELLED, STATUS_CONFIRMED,
      "status:cancelled>confirmed confirmed:>2022-05-20 confirmed-by:>Ты cancelled:2022-03-03> reason:пожар>" },
    { STATUS_CANCELLED, STATUS_CANCELLED, "" },
};

static MarkRequest request_for(Status status)
{
    return (MarkRequest){ .status = status,
                          .today = day_at("2022-05-20"),
                          .who = STR("Ты"),
                          .when = status == STATUS_POSTPONED ? STR("май") : (Str){ 0 } };
}

static void a_status_brings_its_own_marks_and_drops_those_that_contradict_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(mark_cases); i++) {
        const MarkCase *c = &mark_cases[i];
        Arena arena = { 0 };
        Plan plan = plan_of_one("2022", event_with(c->from));
        MarkRequest request = request_for(c->to);
        StrBuf got = { 0 };
        Change change;
        Err err = { 0 };
        assert_true(change_mark(&plan, 0, &request, &arena, &change, &err));
        add_edits(&got, &change);
        if (!str_eq(strbuf_str(&got), str_of(c->edits))) {
            fail_msg("%.*s to %.*s: «%s», not «%s»", STR_ARG(status_info(c->from)->name), STR_ARG(status_info(c->to)->name),
                     strbuf_z(&got), c->edits);
        }
        Event marked = plan.events.at[0];
        assert_true(change_fits(&change, &marked, NULL));
        change_apply(&change, &marked, &arena);
        assert_int_equal(marked.status, c->to);
        assert_true(str_eq(marked.evidence, STR("приказ")));
        strbuf_done(&got);
        plan_done(&plan);
        arena_done(&arena);
    }
}

static void what_is_said_with_a_mark_is_written_with_it(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = plan_of_one("2022", event_with(STATUS_PLANNED));
    MarkRequest request = request_for(STATUS_CANCELLED);
    Change change;
    request.evidence = STR("отчёт");
    request.note = STR("на сайте");
    request.reason = STR("приказ № 3");
    assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
    assert_edits(&change, "status:>cancelled cancelled:>2022-05-20 reason:>приказ № 3 evidence:приказ>отчёт note:>на сайте");
    request = (MarkRequest){ .status = STATUS_DONE };
    assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL)); /* neither day nor person known */
    assert_edits(&change, "status:>done");
    plan_done(&plan);
    arena_done(&arena);
}

static void a_postponed_event_keeps_its_earlier_deadline(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Event event = event_with(STATUS_PLANNED);
    const Was earlier = { .when = STR("февраль") };
    event.was = &earlier;
    event.n_was = 1;
    event.dates = STR("2022-03-10");
    Plan plan = plan_of_one("2022", event);
    MarkRequest request = request_for(STATUS_POSTPONED);
    request.reason = STR("карантин");
    Change change;
    assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
    assert_edits(&change, "status:>postponed when:март>май dates:2022-03-10> was:февраль\t\t\t\t>"
                          "февраль\t\t\t\t\nмарт\t2022-03-10\t2022-05-20\tТы\tкарантин");
    Event moved = plan.events.at[0];
    change_apply(&change, &moved, &arena);
    assert_int_equal(moved.n_was, 2);
    assert_true(str_eq(moved.was[0].when, STR("февраль")));
    assert_true(str_eq(moved.was[1].when, STR("март")));
    assert_true(str_eq(moved.was[1].dates, STR("2022-03-10")));
    assert_true(str_eq(moved.was[1].by, STR("Ты")));
    assert_true(str_eq(moved.was[1].reason, STR("карантин")));
    assert_int_equal(moved.was[1].on, day_at("2022-05-20"));
    assert_true(str_eq(moved.when, STR("май")));
    assert_int_equal(moved.dates.n_bytes, 0);
    assert_int_equal(plan.events.at[0].n_was, 1); /* the plan's own event is as it was */
    plan_done(&plan);
    arena_done(&arena);
}

/* The file may be read anew, and its old text be gone, while the change is under way. */
static void a_change_needs_neither_the_plan_nor_the_request_any_more(void **state)
{
    (void)state;
    char texts[] = "5|title|march|dates|may|me|why|2022-03";
    Str all = str_of(texts);
    Str parts[8];
    Str rest = all;
    Arena arena = { 0 };
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        parts[i] = str_cut(&rest, '|');
    }
    Plan plan = plan_of_one("2022", (Event){ .no = parts[0], .title = parts[1], .when = parts[2], .dates = parts[3] });
    MarkRequest request = { .status = STATUS_POSTPONED, .when = parts[4], .by = parts[5], .reason = parts[6] };
    MarkRequest of_march = { .status = STATUS_DONE, .who = parts[5], .at = parts[7] };
    Change moved;
    Change marked;
    assert_true(change_mark(&plan, 0, &request, &arena, &moved, NULL));
    assert_true(change_mark(&plan, 0, &of_march, &arena, &marked, NULL));
    memset(texts, '#', all.n_bytes);
    assert_edits(&moved, "status:>postponed when:march>may dates:dates> was:>march\tdates\t\tme\twhy");
    assert_true(str_eq(moved.event.no, STR("5")) && str_eq(moved.event.title, STR("title")));
    assert_edits(&marked, "status@2022-03:>done by@2022-03:>me");
    plan_done(&plan);
    arena_done(&arena);
}

static void a_request_that_lacks_what_its_status_needs_is_refused(void **state)
{
    (void)state;
    const struct {
        MarkRequest request;
        bool has_conflict;
        ErrKind kind;
        TextId text;
    } cases[] = {
        { { .status = STATUS_POSTPONED }, false, ERR_USAGE, T_MARK_NEEDS_WHEN },
        { { .status = STATUS_POSTPONED, .when = STR(" \t") }, false, ERR_USAGE, T_MARK_NEEDS_WHEN },
        { { .status = STATUS_POSTPONED, .when = STR("май"), .at = STR("2022-03") },
          false,
          ERR_USAGE,
          T_MARK_OCCURRENCE_NOT_MOVED },
        { { .status = STATUS_DONE, .when = STR("май") }, false, ERR_USAGE, T_MARK_WHEN_ONLY_POSTPONED },
        { { .status = STATUS_DONE, .reason = STR("так") }, false, ERR_USAGE, T_MARK_REASON_ONLY_CANCELLED },
        { { .status = STATUS_DONE }, true, ERR_CONFLICT, T_MARK_EVENT_IN_CONFLICT },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Arena arena = { 0 };
        Event event = event_with(STATUS_PLANNED);
        event.n_conflicts = cases[i].has_conflict ? 1 : 0;
        Plan plan = plan_of_one("2022", event);
        Change change;
        Err err = { 0 };
        assert_false(change_mark(&plan, 0, &cases[i].request, &arena, &change, &err));
        assert_int_equal(err.kind, cases[i].kind);
        assert_int_equal(err.text, cases[i].text);
        plan_done(&plan);
        arena_done(&arena);
    }
}

/* ---- Occurrences ---- */

static const Mark march_done = { .at = STR_INIT("2022-03"), .status = STATUS_DONE, .done = 738000, .by = STR_INIT("Я") };

static Plan recurring_plan(void)
{
    Event event = { .no = STR("8"), .title = STR("Заседания"), .when = STR("ежемесячно"), .marks = &march_done, .n_marks = 1 };
    return plan_of_one("2022", event);
}

static void a_mark_of_an_occurrence_never_touches_the_event(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = recurring_plan();
    MarkRequest request = request_for(STATUS_DONE);
    Change change;
    request.at = STR("2022-01");
    assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
    assert_edits(&change, "status@2022-01:>done done@2022-01:>2022-05-20 by@2022-01:>Ты");
    Event marked = plan.events.at[0];
    assert_true(change_fits(&change, &marked, NULL));
    change_apply(&change, &marked, &arena);
    assert_int_equal(marked.status, STATUS_PLANNED);
    assert_int_equal(marked.done, 0);
    assert_int_equal(marked.n_marks, 2);
    assert_true(str_eq(marked.marks[1].at, STR("2022-01")));
    assert_int_equal(marked.marks[1].done, day_at("2022-05-20"));
    assert_int_equal(marked.marks[0].done, march_done.done);
    assert_int_equal(plan.events.at[0].n_marks, 1);
    assert_false(change_fits(&change, &marked, NULL)); /* it is no longer what it was */
    plan_done(&plan);
    arena_done(&arena);
}

static void the_mark_of_an_occurrence_changes_as_that_of_an_event(void **state)
{
    (void)state;
    static const MarkCase cases[] = {
        { STATUS_DONE, STATUS_PLANNED, "status@2022-03:done>planned done@2022-03:2021-07-29> by@2022-03:Я>" },
        { STATUS_DONE, STATUS_IN_PROGRESS, "status@2022-03:done>in-progress done@2022-03:2021-07-29> by@2022-03:Я>" },
        { STATUS_DONE, STATUS_DONE, "" },
        { STATUS_DONE, STATUS_CONFIRMED, "status@2022-03:done>confirmed confirmed@2022-03:>2022-05-20 confirmed-by@2022-03:>Ты" },
        { STATUS_DONE, STATUS_CANCELLED, "status@2022-03:done>cancelled" },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Arena arena = { 0 };
        Plan plan = recurring_plan();
        MarkRequest request = request_for(cases[i].to);
        Change change;
        request.at = STR("2022-03");
        assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
        assert_edits(&change, cases[i].edits);
        Event marked = plan.events.at[0];
        change_apply(&change, &marked, &arena);
        assert_int_equal(marked.n_marks, 1);
        assert_int_equal(marked.marks[0].status, cases[i].to);
        plan_done(&plan);
        arena_done(&arena);
    }
}

static void an_occurrence_without_a_mark_is_planned_already(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = recurring_plan();
    MarkRequest request = request_for(STATUS_PLANNED);
    Change change;
    request.at = STR("2022-01");
    assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
    assert_edits(&change, "");
    plan_done(&plan);
    arena_done(&arena);
}

static void a_field_that_there_is_not_leads_to_the_help(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = plan_of_one("2022", event_with(STATUS_PLANNED));
    Change change = change_of(&plan, 0, &arena);
    Err err = { 0 };
    StrBuf words = { 0 };
    assert_false(change_edit(&change, &plan, 0, STR("xyzzy"), STR("1"), &arena, &err));
    err_text(&words, LANG_RU, &err);
    assert_non_null(strstr(words.at, "vekha edit --help"));
    strbuf_clear(&words);
    assert_false(change_edit(&change, &plan, 0, STR("titel"), STR("1"), &arena, &err));
    err_text(&words, LANG_RU, &err);
    assert_non_null(strstr(words.at, "возможно, title"));
    strbuf_done(&words);
    plan_done(&plan);
    arena_done(&arena);
}

/* ---- Compare and set ---- */

static void a_change_does_not_fit_when_somebody_was_faster(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = plan_of_one("2022", event_with(STATUS_PLANNED));
    MarkRequest request = request_for(STATUS_DONE);
    Change change;
    Err err = { 0 };
    assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
    Event theirs = plan.events.at[0];
    theirs.status = STATUS_CANCELLED;
    assert_false(change_fits(&change, &theirs, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    StrBuf words = { 0 };
    err_text(&words, LANG_RU, &err);
    assert_non_null(strstr(words.at, "поле «Состояние» уже изменили: теперь «cancelled», было «», вы меняли на «done»"));
    strbuf_done(&words);
    theirs = plan.events.at[0];
    theirs.by = STR("Другой");
    assert_false(change_fits(&change, &theirs, &err));
    theirs = plan.events.at[0];
    theirs.title = STR("Иначе названо"); /* other fields are nobody's business */
    theirs.note = STR("и отмечено");
    assert_true(change_fits(&change, &theirs, &err));
    plan_done(&plan);
    arena_done(&arena);
}

/* Undo is the change turned round; «planned», written or not, is one value. */
static void a_change_turned_round_takes_it_back(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(mark_cases); i++) {
        const MarkCase *c = &mark_cases[i];
        Arena arena = { 0 };
        Plan plan = plan_of_one("2022", event_with(c->from));
        MarkRequest request = request_for(c->to);
        Change change;
        assert_true(change_mark(&plan, 0, &request, &arena, &change, NULL));
        Event event = plan.events.at[0];
        change_apply(&change, &event, &arena);
        for (size_t k = 0; k < change.n_edits; k++) {
            Str before = change.edits[k].before;
            change.edits[k].before = change.edits[k].after;
            change.edits[k].after = before;
        }
        assert_true(change_fits(&change, &event, NULL));
        change_apply(&change, &event, &arena);
        assert_true(event_eq(&event, &plan.events.at[0]));
        plan_done(&plan);
        arena_done(&arena);
    }
}

static void own_columns_come_change_and_go(void **state)
{
    (void)state;
    static const struct {
        const char *key, *before, *after;
    } cases[] = { { "cost", "100", "200" }, { "cost", "100", "" }, { "room", "", "5 каб." }, { "hall", "актовый", "" } };
    static const OwnText own[] = { { STR_INIT("cost"), STR_INIT("100") }, { STR_INIT("hall"), STR_INIT("актовый") } };
    Arena arena = { 0 };
    Plan plan = plan_of_one("2022", (Event){ .title = STR("Раз"), .own = own, .n_own = 2 });
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Change change = change_of(&plan, 0, &arena);
        Event event = plan.events.at[0];
        change_add_own(&change, &event, str_of(cases[i].key), str_of(cases[i].after), &arena);
        assert_int_equal(change.n_edits, 1);
        assert_true(str_eq(change.edits[0].before, str_of(cases[i].before)));
        assert_true(change_fits(&change, &event, NULL));
        change_apply(&change, &event, &arena);
        assert_true(str_eq(change_value(&event, &change.edits[0], &arena), str_of(cases[i].after)));
        assert_int_equal(event.n_own, 2 + (*cases[i].before == '\0') - (*cases[i].after == '\0'));
        assert_false(change_fits(&change, &event, NULL)); /* it is another value now */
        Change inverse = change_inverse(&change, &arena);
        assert_true(change_fits(&inverse, &event, NULL));
        change_apply(&inverse, &event, &arena);
        assert_true(event_eq(&event, &plan.events.at[0])); /* in whatever order its keys are */
    }
    plan_done(&plan);
    arena_done(&arena);
}

/* What was marked is taken back, but not what somebody else said of it meanwhile. */
static void a_mark_that_somebody_added_to_does_not_go(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = plan_of_one("2022", (Event){ .title = STR("Раз"), .when = STR("ежемесячно") });
    Event event = plan.events.at[0];
    Change change = change_of(&plan, 0, &arena);
    Err err = { 0 };
    change_add(&change, &event, FIELD_STATUS, STR("2022-03"), STR("done"), &arena);
    change_add(&change, &event, FIELD_BY, STR("2022-03"), STR("Я"), &arena);
    change_apply(&change, &event, &arena);
    assert_int_equal(event.n_marks, 1);
    Change back = change_inverse(&change, &arena);
    assert_true(change_fits(&back, &event, NULL));
    Change theirs = change_of(&plan, 0, &arena);
    change_add(&theirs, &event, FIELD_NOTE, STR("2022-03"), STR("их слово"), &arena);
    change_apply(&theirs, &event, &arena);
    assert_false(change_fits(&back, &event, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    assert_true(str_eq(err.args[1].str, STR("их слово")));
    Change theirs_back = change_inverse(&theirs, &arena);
    change_apply(&theirs_back, &event, &arena);
    assert_true(change_fits(&back, &event, NULL));
    change_apply(&back, &event, &arena);
    assert_int_equal(event.n_marks, 0);
    plan_done(&plan);
    arena_done(&arena);
}

/* ---- Equality ---- */

static void events_are_equal_only_in_every_field(void **state)
{
    (void)state;
    Arena arena = { 0 };
    const Event base = event_with(STATUS_DONE);
    const Str one[] = { STR("А\nБ") };
    const Str two[] = { STR("А"), STR("Б") };
    const Was was = { .on = 1 };
    const Conflict open_question = { .field = STR("when") };
    const OwnText own = { STR("cost"), STR("100") };
    assert_true(event_eq(&base, &base));
    for (FieldId field = 0; field < FIELD_COUNT; field++) {
        Event other = base;
        Str value = field_info(field)->type == FIELD_TYPE_DAY      ? STR("2011-01-01")
                    : field_info(field)->type == FIELD_TYPE_STATUS ? STR("cancelled")
                                                                   : STR("другое");
        if (field_parse(&other, field, value, &arena)) {
            assert_false(event_eq(&base, &other));
        }
    }
    Event x = base;
    Event y = base;
    x.responsible = (StrList){ one, 1 };
    y.responsible = (StrList){ two, 2 };
    assert_false(event_eq(&x, &y));
    x = base;
    x.was = &was;
    x.n_was = 1;
    assert_false(event_eq(&x, &base));
    x = base;
    x.marks = &march_done;
    x.n_marks = 1;
    assert_false(event_eq(&x, &base));
    x = base;
    x.own = &own;
    x.n_own = 1;
    assert_false(event_eq(&x, &base));
    x = base;
    x.conflicts = &open_question;
    x.n_conflicts = 1;
    assert_false(event_eq(&x, &base));
    x = base;
    x.line = 7; /* its place is no field */
    x.section = 3;
    assert_true(event_eq(&x, &base));
    arena_done(&arena);
}

/* A hostile file may give one event any number of them. */
static void many_marks_of_one_change_take_memory_in_proportion(void **state)
{
    (void)state;
    enum { N = 1000, AT_MOST = 8 };
    Arena arena = { 0 };
    Arena made = { 0 };
    Mark *marks = arena_alloc(&arena, N * sizeof *marks);
    Event event = { .title = STR("Совещание"), .marks = marks, .n_marks = N };
    Event before = event;
    Change change = { 0 };
    for (size_t i = 0; i < N; i++) {
        StrBuf at = { 0 };
        strbuf_addf(&at, "x%zu", i);
        marks[i] = (Mark){ .at = arena_copy(&arena, strbuf_str(&at)), .status = STATUS_DONE };
        change_add(&change, &event, FIELD_STATUS, marks[i].at, i % 2 == 0 ? STR("confirmed") : (Str){ 0 }, &arena);
        strbuf_done(&at);
    }
    change_add(&change, &event, FIELD_STATUS, STR("new"), STR("done"), &arena);
    change_apply(&change, &event, &made);
    assert_int_equal(event.n_marks, N / 2 + 1);
    assert_int_equal(event_mark_at(&event, STR("x998"))->status, STATUS_CONFIRMED);
    assert_null(event_mark_at(&event, STR("x999")));
    assert_int_equal(event_mark_at(&event, STR("new"))->status, STATUS_DONE);
    assert_int_equal(before.marks[1].status, STATUS_DONE); /* the plan's own list is as it was */
    assert_in_range(arena_size(&made), 0, AT_MOST * N * sizeof *marks);
    arena_done(&made);
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_brings_its_own_marks_and_drops_those_that_contradict_it),
        cmocka_unit_test(what_is_said_with_a_mark_is_written_with_it),
        cmocka_unit_test(a_postponed_event_keeps_its_earlier_deadline),
        cmocka_unit_test(a_change_needs_neither_the_plan_nor_the_request_any_more),
        cmocka_unit_test(a_request_that_lacks_what_its_status_needs_is_refused),
        cmocka_unit_test(a_mark_of_an_occurrence_never_touches_the_event),
        cmocka_unit_test(the_mark_of_an_occurrence_changes_as_that_of_an_event),
        cmocka_unit_test(an_occurrence_without_a_mark_is_planned_already),
        cmocka_unit_test(a_field_that_there_is_not_leads_to_the_help),
        cmocka_unit_test(a_change_does_not_fit_when_somebody_was_faster),
        cmocka_unit_test(a_change_turned_round_takes_it_back),
        cmocka_unit_test(own_columns_come_change_and_go),
        cmocka_unit_test(a_mark_that_somebody_added_to_does_not_go),
        cmocka_unit_test(events_are_equal_only_in_every_field),
        cmocka_unit_test(many_marks_of_one_change_take_memory_in_proportion),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
