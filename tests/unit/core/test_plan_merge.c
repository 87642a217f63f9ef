#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/plan_merge.h"

/* Events as "id=title", with blanks between. */
static Plan plan_from(const char *events)
{
    Plan plan = plan_of("2022");
    Str rest = str_of(events);
    while (rest.n_bytes > 0) {
        Str one = str_cut(&rest, ' ');
        Event event = { .section = -1 };
        event.id = str_cut(&one, '=');
        event.title = one;
        vec_push(&plan.events, event);
    }
    return plan;
}

/* What the merge would do: "edit a1 title=А", "insert b2 after a1", "delete c3", "move d4 first", then "conflict e5 title". */
static void add_change(StrBuf *out, const Change *change)
{
    static const char *kinds[] = { "edit", "insert", "delete", "move", "header" };
    strbuf_addf(out, "%s%s %.*s", out->n_bytes > 0 ? "; " : "", kinds[change->kind], STR_ARG(change->event.id));
    for (size_t i = 0; i < change->n_edits && change->kind == CHANGE_EDIT; i++) {
        strbuf_addf(out, " %.*s=%.*s", STR_ARG(field_info(change->edits[i].field)->name), STR_ARG(change->edits[i].after));
    }
    if (change->kind == CHANGE_INSERT || change->kind == CHANGE_MOVE) {
        strbuf_addf(out, change->to.is_first ? " first" : " after %.*s", STR_ARG(change->to.after.id));
    }
}

static void assert_merge(const char *base, const char *ours, const char *theirs, const char *wanted)
{
    Plan plans[] = { plan_from(base), plan_from(ours), plan_from(theirs) };
    PlanMerge merge;
    StrBuf got = { 0 };
    plan_merge(&plans[0], &plans[1], &plans[2], &merge);
    for (size_t i = 0; i < merge.changes.n; i++) {
        add_change(&got, &merge.changes.at[i]);
    }
    for (size_t i = 0; i < merge.conflicts.n; i++) {
        const MergeConflict *conflict = &merge.conflicts.at[i];
        const Event *event =
            conflict->ours != SIZE_MAX ? &plans[1].events.at[conflict->ours] : &plans[2].events.at[conflict->theirs];
        strbuf_addf(&got, "%sconflict %.*s %.*s", got.n_bytes > 0 ? "; " : "", STR_ARG(event->id), STR_ARG(conflict->name));
    }
    for (size_t i = 0; i < merge.moved_apart.n; i++) {
        strbuf_addf(&got, "%sapart %.*s", got.n_bytes > 0 ? "; " : "", STR_ARG(plans[1].events.at[merge.moved_apart.at[i]].id));
    }
    if (!str_eq(strbuf_str(&got), str_of(wanted))) {
        fail_msg("%s | %s | %s: %s, not %s", base, ours, theirs, strbuf_z(&got), wanted);
    }
    strbuf_done(&got);
    plan_merge_done(&merge);
    for (size_t i = 0; i < COUNTOF(plans); i++) {
        plan_done(&plans[i]);
    }
}

static void what_theirs_alone_did_is_done(void **state)
{
    (void)state;
    assert_merge("a1=А b2=Б", "a1=А b2=Б", "a1=Х b2=Б", "edit a1 title=Х");
    assert_merge("a1=А b2=Б", "a1=А b2=Б", "a1=А c3=В b2=Б", "insert c3 after a1");
    assert_merge("a1=А", "a1=А", "c3=В a1=А", "insert c3 first");
    assert_merge("a1=А b2=Б", "a1=А b2=Б", "a1=А", "delete b2");
    assert_merge("a1=А b2=Б c3=В", "a1=А b2=Б c3=В", "b2=Б c3=В a1=А", "move a1 after c3");
}

static void what_ours_did_or_both_alike_stays(void **state)
{
    (void)state;
    assert_merge("a1=А", "a1=Х b2=Б", "a1=А", "");
    assert_merge("a1=А", "a1=Х", "a1=Х", "");
    assert_merge("a1=А b2=Б", "b2=Б", "b2=Б", "");
    assert_merge("", "a1=А", "a1=А", "");
}

static void of_two_at_one_place_ours_is_first(void **state)
{
    (void)state;
    assert_merge("a1=А", "a1=А b2=Б", "a1=А c3=В", "insert c3 after b2");
    assert_merge("a1=А", "b2=Б a1=А", "c3=В a1=А", "insert c3 after b2");
}

static void what_both_changed_is_a_conflict(void **state)
{
    (void)state;
    assert_merge("a1=А", "a1=Х", "a1=У", "conflict a1 title");
    assert_merge("a1=А", "a1=Х", "", "conflict a1 ");
    assert_merge("a1=А", "", "a1=У", "insert a1 first; conflict a1 ");
    assert_merge("", "a1=Х", "a1=У", "conflict a1 title");
}

static void moved_by_both_stays_where_ours_has_it(void **state)
{
    (void)state;
    assert_merge("a1=А b2=Б c3=В d4=Г", "b2=Б c3=В a1=А d4=Г", "b2=Б c3=В d4=Г a1=А", "apart a1");
}

/* With the square of this number a test would never end. */
enum { MANY = 100000 };

static Str numbered(Plan *plan, const char *prefix, unsigned i)
{
    char name[16];
    (void)snprintf(name, sizeof name, "%s%u", prefix, i);
    return arena_copy(&plan->arena, str_of(name));
}

/* An event with many marks, and as many own columns, that say so. */
static Plan plan_of_marks(Str note, bool is_turned)
{
    Plan plan = plan_of("2022");
    Mark *marks = arena_alloc(&plan.arena, MANY * sizeof *marks);
    OwnText *own = arena_alloc(&plan.arena, MANY * sizeof *own);
    for (unsigned i = 0; i < MANY; i++) {
        Str key = numbered(&plan, "k", is_turned ? MANY - 1 - i : i);
        marks[i] = (Mark){ .at = key, .note = note };
        own[i] = (OwnText){ key, note };
    }
    vec_push(&plan.events,
             (Event){ .title = STR("А"), .section = -1, .marks = marks, .n_marks = MANY, .own = own, .n_own = MANY });
    return plan;
}

static void marks_and_columns_of_one_event_may_be_many(void **state)
{
    (void)state;
    Plan base = plan_of_marks(STR("a"), false);
    Plan theirs = plan_of_marks(STR("b"), true);
    PlanMerge merge;
    plan_merge(&base, &base, &theirs, &merge);
    assert_int_equal(merge.changes.n, 1);
    assert_int_equal(merge.changes.at[0].n_edits, 2 * MANY);
    assert_int_equal(merge.conflicts.n, 0);
    plan_merge_done(&merge);
    plan_done(&base);
    plan_done(&theirs);
}

static Plan plan_of_new(const char *prefix, unsigned n)
{
    Plan plan = plan_from("a1=А");
    for (unsigned i = 0; i < n; i++) {
        vec_push(&plan.events, (Event){ .title = numbered(&plan, prefix, i), .section = -1 });
    }
    return plan;
}

static void both_may_add_many_at_one_place(void **state)
{
    (void)state;
    enum { OURS = 2 * MANY };
    Plan base = plan_from("a1=А");
    Plan ours = plan_of_new("o", OURS);
    Plan theirs = plan_of_new("t", MANY);
    PlanMerge merge;
    plan_merge(&base, &ours, &theirs, &merge);
    assert_int_equal(merge.changes.n, MANY);
    assert_int_equal(merge.changes.at[0].to.after.index, OURS);
    assert_int_equal(merge.changes.at[MANY - 1].to.after.index, OURS);
    plan_merge_done(&merge);
    plan_done(&base);
    plan_done(&ours);
    plan_done(&theirs);
}

/* Sections with long titles, each in the one before, and many in the last of them. */
static Plan plan_of_long_paths(char *title, size_t n_bytes, Str goal)
{
    enum { N_LEVELS = 30 };
    Plan plan = plan_of("2022");
    for (int i = 0; i < N_LEVELS; i++) {
        vec_push(&plan.sections, (Section){ .title = { title, n_bytes }, .parent = i - 1 });
    }
    for (unsigned i = 0; i < MANY; i++) {
        vec_push(&plan.sections, (Section){ .title = numbered(&plan, "s", i), .goal = goal, .parent = N_LEVELS - 1 });
    }
    return plan;
}

static void paths_of_sections_may_be_long(void **state)
{
    (void)state;
    enum { LONG = 60000 }; /* all paths together would be 180 GB */
    static char title[LONG];
    Plan base = plan_of_long_paths(title, LONG, STR("a"));
    Plan theirs = plan_of_long_paths(title, LONG, STR("a"));
    theirs.sections.at[theirs.sections.n - 1].goal = STR("b");
    PlanMerge merge;
    plan_merge(&base, &base, &theirs, &merge);
    assert_int_equal(merge.changes.n, 1);
    assert_int_equal(merge.changes.at[0].section.index, (int)base.sections.n - 1);
    assert_false(merge.has_sections);
    plan_merge_done(&merge);
    plan_done(&base);
    plan_done(&theirs);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_theirs_alone_did_is_done),         cmocka_unit_test(what_ours_did_or_both_alike_stays),
        cmocka_unit_test(of_two_at_one_place_ours_is_first),     cmocka_unit_test(what_both_changed_is_a_conflict),
        cmocka_unit_test(moved_by_both_stays_where_ours_has_it), cmocka_unit_test(marks_and_columns_of_one_event_may_be_many),
        cmocka_unit_test(both_may_add_many_at_one_place),        cmocka_unit_test(paths_of_sections_may_be_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
