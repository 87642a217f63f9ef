#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/change_build.h"

/* Texts that the plan lends lie in `lent`, and are overwritten before the copy is looked at. */
typedef struct Lender {
    char lent[2048];
    size_t n;
} Lender;

static Str lend(Lender *lender, const char *text)
{
    size_t n_bytes = strlen(text);
    assert_true(lender->n + n_bytes <= sizeof lender->lent);
    Str s = { memcpy(lender->lent + lender->n, text, n_bytes), n_bytes };
    lender->n += n_bytes;
    return s;
}

/* An event of the lender's texts that has a value of every kind; its lists are the caller's, once they are lent too. */
typedef struct Lists {
    Was was;
    Mark mark;
    Conflict conflict;
    OwnText own;
    Str party;
} Lists;

static Event lent_event(Lender *lender, Lists *lists)
{
    Event event = { .status = STATUS_DONE, .section = 0 };
    for (int field = 0; field < FIELD_COUNT; field++) {
        const FieldInfo *info = field_info((FieldId)field);
        if (info->type == FIELD_TYPE_TEXT) {
            *(Str *)((char *)&event + info->offset) = lend(lender, info->name.at);
        }
    }
    *lists = (Lists){
        .was = { lend(lender, "март"), lend(lender, "2022-03"), lend(lender, "Ия"), lend(lender, "пожар"), 5 },
        .mark = { .at = lend(lender, "2022-04"),
                  .by = lend(lender, "Он"),
                  .evidence = lend(lender, "приказ"),
                  .note = lend(lender, "сдано"),
                  .confirmed_by = lend(lender, "Она"),
                  .status = STATUS_CONFIRMED },
        .conflict = { lend(lender, "title"), lend(lender, "Раз"), lend(lender, "Два") },
        .own = { lend(lender, "cost"), lend(lender, "100 руб.") },
        .party = lend(lender, "Иванов И.И."),
    };
    event.was = &lists->was;
    event.marks = &lists->mark;
    event.conflicts = &lists->conflict;
    event.own = &lists->own;
    event.responsible = (StrList){ &lists->party, 1 };
    event.n_was = event.n_marks = event.n_conflicts = event.n_own = 1;
    return event;
}

static void a_copied_event_outlives_all_that_it_was_copied_from(void **state)
{
    (void)state;
    Lender lender = { .n = 0 };
    Lender twin_lender = { .n = 0 };
    Lists lists;
    Lists twin_lists;
    Arena arena = { 0 };
    Event event = lent_event(&lender, &lists);
    Event twin = lent_event(&twin_lender, &twin_lists);
    Event *copy = event_copy(&event, &arena);
    assert_true(event_eq(copy, &twin));
    memset(lender.lent, '#', sizeof lender.lent);
    memset(&lists, 0, sizeof lists);
    assert_false(event_eq(&event, &twin));
    assert_true(event_eq(copy, &twin));
    arena_done(&arena);
}

static void a_copied_event_has_no_deadline_understood(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Plan plan = plan_of_one("2022", (Event){ .title = STR("Раз"), .when = STR("март") });
    Event *copy = event_copy(&plan.events.at[0], &arena);
    plan_done(&plan);
    assert_null(copy->due);
    assert_null(copy->matched);
    assert_int_equal(copy->n_matched, 0);
    arena_done(&arena);
}

/* Each text of a change, for all kinds at once. */
static Change lent_change(Lender *lender, FieldEdit *edit, Event *content, Lists *lists)
{
    *edit = (FieldEdit){ .field = FIELD_NOTE,
                         .key = lend(lender, "cost"),
                         .at = lend(lender, "2022-03"),
                         .before = lend(lender, "было"),
                         .after = lend(lender, "стало") };
    *content = lent_event(lender, lists);
    EventRef ref = { lend(lender, "a1aa"), lend(lender, "1"), lend(lender, "Раз"), 4 };
    EventRef after = { lend(lender, "b2bb"), lend(lender, "2"), lend(lender, "Два"), 5 };
    return (Change){ .kind = CHANGE_MOVE,
                     .event = ref,
                     .edits = edit,
                     .n_edits = 1,
                     .n_room = 1,
                     .content = content,
                     .from = { .section = { lend(lender, "Первый"), 0 }, .after = after },
                     .to = { .section = { lend(lender, "Второй"), 1 }, .after = ref, .is_first = true },
                     .section = { lend(lender, "Третий"), 2 },
                     .bytes = lend(lender, "- title: Раз\n") };
}

static void assert_same_ref(const EventRef *a, const EventRef *b)
{
    assert_true(str_eq(a->id, b->id) && str_eq(a->no, b->no) && str_eq(a->title, b->title));
    assert_int_equal(a->index, b->index);
}

static void assert_same_place(const EventPlace *a, const EventPlace *b)
{
    assert_true(str_eq(a->section.path, b->section.path));
    assert_int_equal(a->section.index, b->section.index);
    assert_int_equal(a->is_first, b->is_first);
    assert_same_ref(&a->after, &b->after);
}

static void a_copied_change_outlives_the_plan_and_the_first_one(void **state)
{
    (void)state;
    Lender lenders[2] = { { .n = 0 }, { .n = 0 } };
    FieldEdit edits[2];
    Event contents[2];
    Lists lists[2];
    Arena arena = { 0 };
    Change change = lent_change(&lenders[0], &edits[0], &contents[0], &lists[0]);
    Change twin = lent_change(&lenders[1], &edits[1], &contents[1], &lists[1]);
    Change copy = change_copy(&change, &arena);
    memset(&lenders[0], '#', sizeof lenders[0]);
    memset(&edits[0], 0, sizeof edits[0]);
    memset(&contents[0], 0, sizeof contents[0]);
    memset(&lists[0], 0, sizeof lists[0]);
    assert_int_equal(copy.kind, twin.kind);
    assert_same_ref(&copy.event, &twin.event);
    assert_same_place(&copy.from, &twin.from);
    assert_same_place(&copy.to, &twin.to);
    assert_true(str_eq(copy.section.path, twin.section.path));
    assert_true(str_eq(copy.bytes, twin.bytes));
    assert_true(event_eq(copy.content, &contents[1]));
    assert_int_equal(copy.n_edits, 1);
    assert_true(str_eq(copy.edits[0].key, edits[1].key) && str_eq(copy.edits[0].at, edits[1].at));
    assert_true(str_eq(copy.edits[0].before, edits[1].before) && str_eq(copy.edits[0].after, edits[1].after));
    assert_int_equal(copy.edits[0].field, edits[1].field);
    arena_done(&arena);
}

static void a_copy_takes_edits_of_its_own(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Change change = { .kind = CHANGE_EDIT };
    change_push(&change, (FieldEdit){ .field = FIELD_NOTE, .after = STR("раз") }, &arena);
    Change copy = change_copy(&change, &arena);
    Str behind = arena_copy(&arena, STR("что лежит за правками копии, то и должно там лежать"));
    change_push(&copy, (FieldEdit){ .field = FIELD_TITLE, .after = STR("два") }, &arena);
    change_push(&change, (FieldEdit){ .field = FIELD_NO, .after = STR("три") }, &arena);
    copy.edits[0].after = STR("другое");
    assert_true(str_eq(behind, STR("что лежит за правками копии, то и должно там лежать")));
    assert_int_equal(copy.n_edits, 2);
    assert_int_equal(copy.edits[1].field, FIELD_TITLE);
    assert_int_equal(change.edits[1].field, FIELD_NO);
    assert_true(str_eq(change.edits[0].after, STR("раз")));
    arena_done(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copied_event_outlives_all_that_it_was_copied_from),
        cmocka_unit_test(a_copied_event_has_no_deadline_understood),
        cmocka_unit_test(a_copied_change_outlives_the_plan_and_the_first_one),
        cmocka_unit_test(a_copy_takes_edits_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
