#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/reading.h"
#include "vekha/core/change_build.h"
#include "vekha/store/writeback.h"

/* An event that moves and is edited in one set; each kind of change by itself is in test_store_changes.c. */

#define HEAD "vekha: 1\ntitle: План\nevents:\n"

typedef struct Case {
    const char *before;
    size_t event, after;
    const char *key, *value, *wanted;
} Case;

static const Case cases[] = {
    { HEAD "# раз\n- title: Раз # важно\n  zz: 1\n- title: Два\n- title: Три\n", 0, 2, "title", "Иначе",
      HEAD "- title: Два\n- title: Три\n# раз\n- title: Иначе # важно\n  zz: 1\n" },
    { HEAD "- {title: Раз, no: 1}\n- title: Два\n- title: Три\n", 0, 1, "no", "2",
      HEAD "- title: Два\n- {title: Раз, no: 2}\n- title: Три\n" },
    { HEAD "- title: Раз\n- title: Два\n- title: Три\n", 2, 0, "note", "новое",
      HEAD "- title: Раз\n- title: Три\n  note: новое\n- title: Два\n" },
    { HEAD "- title: Раз\n- title: Два\n  note: |\n    а\n    б\n- title: Три\n", 1, 2, "note", "",
      HEAD "- title: Раз\n- title: Три\n- title: Два\n" },
};

static bool patch_both(Read *plain, const Case *c, bool edit_first, Patch *out, Err *err)
{
    const Plan *plan = &plain->reading.plan;
    ChangeTarget targets[2];
    Change changes[2];
    EventPlace place = place_after(plan, c->after, &plain->arena);
    Change *edit = &changes[edit_first ? 0 : 1];
    changes[edit_first ? 1 : 0] = change_move(plan, c->event, &place, &plain->arena);
    *edit = change_of(plan, c->event, &plain->arena);
    assert_true(change_edit(edit, plan, c->event, str_of(c->key), str_of(c->value), &plain->arena, NULL));
    ChangeSet set = { changes, 2 };
    assert_true(changes_find(set, NULL, plan, targets, NULL));
    return patch_changes(plain->doc, &plain->reading, set, targets, out, err);
}

static void an_event_is_edited_where_it_goes(void **state)
{
    (void)state;
    for (size_t i = 0; i < 2 * COUNTOF(cases); i++) {
        const Case *c = &cases[i / 2];
        Read plain = read_resolved(str_of(c->before));
        Patch patch;
        Err err = { 0 };
        if (!patch_both(&plain, c, i % 2 == 0, &patch, &err)) {
            fail_msg("%s: %d", c->before, (int)err.text);
        }
        Str is = patch_text(plain.doc, &patch);
        if (!str_eq(is, str_of(c->wanted))) {
            fail_msg("%.*s--- wanted\n%s", STR_ARG(is), c->wanted);
        }
        patch_done(&patch);
        read_done(&plain);
    }
}

/* What an alias refers to cannot be taken out and read alone. */
static void an_event_with_an_anchor_is_not_edited_and_moved_at_once(void **state)
{
    (void)state;
    static const Case c = { HEAD "- title: &x Раз\n- title: *x\n", 0, 1, "note", "новое", "" };
    Read plain = read_resolved(str_of(c.before));
    Patch patch;
    Err err = { 0 };
    assert_false(patch_both(&plain, &c, true, &patch, &err));
    assert_int_equal(err.kind, ERR_REFUSED);
    assert_int_equal(err.text, T_WRITE_CANNOT_MOVE);
    assert_int_equal(err.line, 4);
    patch_done(&patch);
    read_done(&plain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_is_edited_where_it_goes),
        cmocka_unit_test(an_event_with_an_anchor_is_not_edited_and_moved_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
