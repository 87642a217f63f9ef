#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_theirs_alone_did_is_done),         cmocka_unit_test(what_ours_did_or_both_alike_stays),
        cmocka_unit_test(of_two_at_one_place_ours_is_first),     cmocka_unit_test(what_both_changed_is_a_conflict),
        cmocka_unit_test(moved_by_both_stays_where_ours_has_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
