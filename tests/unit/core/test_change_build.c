#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/change_build.h"

static Arena arena;

static int set_up(void **state)
{
    (void)state;
    arena = (Arena){ 0 };
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_done(&arena);
    return 0;
}

/* One event, with an own column «cost»; a heading «mark» as the document has it for the status. */
static Plan plan_with_columns(void)
{
    static const OwnText own[] = { { STR_INIT("cost"), STR_INIT("100 руб.") } };
    Event event = { .id = STR("a1aa"),
                    .no = STR("1"),
                    .title = STR("Сбор"),
                    .when = STR("27.03"),
                    .dates = STR("2022-03-27"),
                    .own = own,
                    .n_own = 1 };
    Plan plan = plan_of_one("2022", event);
    plan.title = STR("План");
    vec_push(&plan.headings, (Heading){ STR("cost"), STR("Цена") });
    vec_push(&plan.headings, (Heading){ STR("mark"), STR("Отметка") });
    vec_push(&plan.sections, (Section){ .title = STR("Первый"), .goal = STR("Цель"), .parent = -1 });
    return plan;
}

static void assert_one_edit(const Change *change, const char *before, const char *after)
{
    assert_int_equal(change->n_edits, 1);
    assert_true(str_eq(change->edits[0].before, str_of(before)));
    assert_true(str_eq(change->edits[0].after, str_of(after)));
}

static void a_value_that_is_none_is_refused_with_the_way_out(void **state)
{
    (void)state;
    static const struct {
        const char *key, *value;
        TextId text;
    } cases[] = {
        { "id", "b2bb", T_EDIT_ID_STAYS },
        { "id", "", T_EDIT_ID_STAYS },
        { "status", "done", T_EDIT_STATUS_BY_SET },
        { "was", "март\t\t2022-05-20\t\t", T_EDIT_WAS_BY_SET },
        { "marks", "2022-03", T_EDIT_MARKS_BY_SET },
        { "conflict", "title\tРаз\tДва", T_EDIT_CONFLICT_GOES },
        { "title", "", T_EDIT_NO_TITLE },
        { "title", " \t", T_EDIT_NO_TITLE },
        { "done", "вчера", T_VALUE_NOT_DAY },
        { "confirmed", "2022-02-30", T_VALUE_NOT_DAY },
        { "cancelled", "29.03.2022", T_VALUE_NOT_DAY },
        { "mark", "выполнено", T_EDIT_NO_FIELD_NEAR }, /* a heading of the document, but no own column */
        { "donne", "2022-03-29", T_EDIT_NO_FIELD_NEAR },
        { "ghj", "1", T_EDIT_NO_FIELD },
        { "срок", "май", T_EDIT_NO_FIELD },
        { "", "1", T_EDIT_NO_FIELD },
    };
    Plan plan = plan_with_columns();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Err err = { 0 };
        Change change = change_of(&plan, 0, &arena);
        if (change_edit(&change, &plan, 0, str_of(cases[i].key), str_of(cases[i].value), &arena, &err) || err.kind != ERR_USAGE ||
            err.text != cases[i].text) {
            fail_msg("«%s» = «%s»: %d", cases[i].key, cases[i].value, (int)err.text);
        }
        assert_int_equal(change.n_edits, 0);
    }
    plan_done(&plan);
}

static void an_unknown_key_is_told_the_nearest_one(void **state)
{
    (void)state;
    static const struct {
        const char *key, *nearest;
    } cases[] = { { "titel", "title" }, { "donne", "done" }, { "resul", "result" }, { "wen", "when" }, { "marcs", "marks" } };
    Plan plan = plan_with_columns();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Err err = { 0 };
        Change change = change_of(&plan, 0, &arena);
        assert_false(change_edit(&change, &plan, 0, str_of(cases[i].key), STR("1"), &arena, &err));
        assert_int_equal(err.text, T_EDIT_NO_FIELD_NEAR);
        assert_true(str_eq(err.args[0].str, str_of(cases[i].key)));
        assert_true(str_eq(err.args[1].str, str_of(cases[i].nearest)));
    }
    plan_done(&plan);
}

static void every_other_field_is_edited_and_taken_away(void **state)
{
    (void)state;
    static const FieldId by_others[] = { FIELD_ID, FIELD_STATUS, FIELD_WAS, FIELD_MARKS, FIELD_CONFLICT };
    Plan plan = plan_with_columns();
    for (int i = 0; i < FIELD_COUNT; i++) {
        const FieldInfo *info = field_info((FieldId)i);
        bool is_by_others = false;
        for (size_t k = 0; k < COUNTOF(by_others); k++) {
            is_by_others = is_by_others || by_others[k] == (FieldId)i;
        }
        if (is_by_others) {
            continue;
        }
        Str value = info->type == FIELD_TYPE_DAY ? STR("2022-03-29") : STR("новое");
        Change change = change_of(&plan, 0, &arena);
        assert_true(change_edit(&change, &plan, 0, info->name, value, &arena, NULL));
        assert_true(change.n_edits > 0);
        assert_int_equal(change.edits[0].field, i);
        assert_true(str_eq(change.edits[0].after, value));
        Event *event = event_copy(&plan.events.at[0], &arena);
        change_apply(&change, event, &arena);
        assert_false(event_eq(event, &plan.events.at[0]));
        change = change_of(&plan, 0, &arena);
        assert_int_equal(change_edit(&change, &plan, 0, info->name, (Str){ 0 }, &arena, NULL), i != FIELD_TITLE);
    }
    plan_done(&plan);
}

static void what_is_so_already_is_no_edit(void **state)
{
    (void)state;
    Plan plan = plan_with_columns();
    Change change = change_of(&plan, 0, &arena);
    assert_true(change_edit(&change, &plan, 0, STR("title"), STR("Сбор"), &arena, NULL));
    assert_true(change_edit(&change, &plan, 0, STR("when"), STR("27.03"), &arena, NULL)); /* nor do its dates go */
    assert_true(change_edit(&change, &plan, 0, STR("cost"), STR("100 руб."), &arena, NULL));
    assert_true(change_edit(&change, &plan, 0, STR("note"), (Str){ 0 }, &arena, NULL));
    assert_true(change_edit(&change, &plan, 0, STR("conflict"), (Str){ 0 }, &arena, NULL));
    assert_true(change_is_empty(&change));
    plan_done(&plan);
}

static void own_columns_are_edited_by_their_keys(void **state)
{
    (void)state;
    Plan plan = plan_with_columns();
    Change change = change_of(&plan, 0, &arena);
    assert_true(change_edit(&change, &plan, 0, STR("cost"), STR("200 руб."), &arena, NULL));
    assert_one_edit(&change, "100 руб.", "200 руб.");
    assert_true(str_eq(change.edits[0].key, STR("cost")));
    change = change_of(&plan, 0, &arena);
    assert_true(change_edit(&change, &plan, 0, STR("cost"), (Str){ 0 }, &arena, NULL));
    assert_one_edit(&change, "100 руб.", "");
    plan_done(&plan);
}

static void a_new_deadline_takes_the_dates_of_the_old_one_away(void **state)
{
    (void)state;
    Plan plan = plan_with_columns();
    Change change = change_of(&plan, 0, &arena);
    assert_true(change_edit(&change, &plan, 0, STR("when"), STR("май"), &arena, NULL));
    assert_int_equal(change.n_edits, 2);
    assert_int_equal(change.edits[1].field, FIELD_DATES);
    assert_true(str_eq(change.edits[1].before, STR("2022-03-27")));
    assert_int_equal(change.edits[1].after.n_bytes, 0);
    plan_done(&plan);
}

static void texts_of_plan_and_section_start_from_what_they_are(void **state)
{
    (void)state;
    Plan plan = plan_with_columns();
    Change change = { 0 };
    assert_true(change_edit_header(&change, &plan, -1, STR("title"), STR("Другой"), &arena, NULL));
    assert_true(change_edit_header(&change, &plan, -1, STR("period"), STR("2022-09/2023-05"), &arena, NULL));
    assert_true(change_edit_header(&change, &plan, -1, STR("basis"), STR("приказ № 5"), &arena, NULL));
    assert_int_equal(change.kind, CHANGE_HEADER);
    assert_int_equal(change.section.index, -1);
    assert_int_equal(change.n_edits, 3);
    assert_true(str_eq(change.edits[0].before, STR("План")));
    assert_true(str_eq(change.edits[1].before, STR("2022-01-01/2022-12-31")));
    assert_true(str_eq(change.edits[2].before, (Str){ 0 }));
    change = (Change){ 0 };
    assert_true(change_edit_header(&change, &plan, 0, STR("goal"), (Str){ 0 }, &arena, NULL));
    assert_one_edit(&change, "Цель", "");
    assert_int_equal(change.section.index, 0);
    assert_true(str_eq(change.section.path, STR("Первый")));
    change = (Change){ 0 };
    assert_true(change_edit_header(&change, &plan, -1, STR("period"), STR("2022"), &arena, NULL));
    assert_true(change_edit_header(&change, &plan, -1, STR("title"), STR("План"), &arena, NULL));
    assert_true(change_is_empty(&change));
    plan_done(&plan);
}

static void a_text_that_plan_or_section_cannot_have_is_refused(void **state)
{
    (void)state;
    static const struct {
        int section;
        const char *key, *value;
        TextId text;
    } cases[] = {
        { -1, "goal", "Цель", T_CHANGE_NOT_ITS_KEY },
        { -1, "no", "1", T_CHANGE_NOT_ITS_KEY },
        { 0, "period", "2022", T_CHANGE_NOT_ITS_KEY },
        { 0, "basis", "приказ", T_CHANGE_NOT_ITS_KEY },
        { -1, "events", "1", T_CHANGE_NOT_ITS_KEY },
        { -1, "", "1", T_CHANGE_NOT_ITS_KEY },
        { -1, "title", " ", T_EDIT_NO_TITLE },
        { 0, "title", "", T_EDIT_NO_TITLE },
        { -1, "period", "когда-то", T_VALUE_NOT_PERIOD },
        { -1, "period", "2023/2022", T_VALUE_NOT_PERIOD },
    };
    Plan plan = plan_with_columns();
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Err err = { 0 };
        Change change = { 0 };
        assert_false(
            change_edit_header(&change, &plan, cases[i].section, str_of(cases[i].key), str_of(cases[i].value), &arena, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        assert_int_equal(err.text, cases[i].text);
        assert_int_equal(change.n_edits, 0);
    }
    plan_done(&plan);
}

static bool is_id(Str id)
{
    static const char letters[] = "abcdefghjkmnpqrstuvwxyz";
    static const char digits[] = "23456789";
    bool ok = id.n_bytes == 5 && strchr(letters, id.at[0]) != NULL && strchr(digits, id.at[1]) != NULL;
    for (size_t i = 2; i < id.n_bytes && ok; i++) {
        ok = strchr(letters, id.at[i]) != NULL || strchr(digits, id.at[i]) != NULL;
    }
    return ok;
}

static void a_new_id_is_short_and_no_other_events(void **state)
{
    (void)state;
    enum { N_IDS = 500, FAR = 100000 };
    Plan plan = { 0 };
    bool has_letter_in_tail = false;
    bool has_digit_in_tail = false;
    for (unsigned long long i = 0; i < N_IDS; i++) {
        Str id = plan_new_id(&plan, i % 2 == 0 ? i : 7, &arena); /* every second time the same seed */
        assert_true(is_id(id));
        for (size_t k = 0; k < plan.events.n; k++) {
            assert_false(str_eq(plan.events.at[k].id, id));
        }
        has_digit_in_tail = has_digit_in_tail || id.at[4] <= '9';
        has_letter_in_tail = has_letter_in_tail || id.at[4] >= 'a';
        vec_push(&plan.events, (Event){ .id = id });
    }
    assert_true(has_letter_in_tail && has_digit_in_tail);
    assert_true(str_eq(plan_new_id(&plan, FAR, &arena), plan_new_id(&plan, FAR, &arena)));
    assert_false(str_eq(plan_new_id(&plan, FAR, &arena), plan_new_id(&plan, FAR + 1, &arena)));
    plan_done(&plan);
}

static void places_name_section_and_neighbour(void **state)
{
    (void)state;
    Plan plan = plan_with_columns();
    vec_push(&plan.events, (Event){ .id = STR("b2bb"), .title = STR("Раз"), .section = 0 });
    vec_push(&plan.events, (Event){ .id = STR("c3cc"), .title = STR("Два"), .section = 0 });
    vec_push(&plan.sections, (Section){ .title = STR("Глубже"), .parent = 0, .depth = 1 });
    EventPlace place = place_after(&plan, 1, &arena);
    assert_false(place.is_first);
    assert_int_equal(place.section.index, 0);
    assert_true(str_eq(place.after.id, STR("b2bb")));
    place = place_at_end(&plan, 0, &arena);
    assert_false(place.is_first);
    assert_true(str_eq(place.after.id, STR("c3cc")));
    place = place_at_end(&plan, -1, &arena);
    assert_true(str_eq(place.after.id, STR("a1aa")));
    assert_int_equal(place.section.index, -1);
    assert_int_equal(place.section.path.n_bytes, 0);
    place = place_at_end(&plan, 1, &arena);
    assert_true(place.is_first);
    assert_true(str_eq(place.section.path, STR("Первый / Глубже")));
    plan_done(&plan);
}

static void what_goes_or_moves_knows_where_it_stood(void **state)
{
    (void)state;
    Plan plan = plan_with_columns();
    vec_push(&plan.events, (Event){ .id = STR("b2bb"), .no = STR("2"), .title = STR("Раз"), .section = -1 });
    Change gone = change_delete(&plan, 1, &arena);
    assert_int_equal(gone.kind, CHANGE_DELETE);
    assert_true(event_eq(gone.content, &plan.events.at[1]));
    assert_false(gone.from.is_first);
    assert_true(str_eq(gone.from.after.id, STR("a1aa")));
    EventPlace to = event_place(&plan, 0, &arena);
    Change moved = change_move(&plan, 1, &to, &arena);
    assert_int_equal(moved.kind, CHANGE_MOVE);
    assert_true(str_eq(moved.from.after.id, STR("a1aa")));
    assert_true(moved.to.is_first);
    Change comes = change_insert(&plan.events.at[0], &to, &arena);
    assert_true(str_eq(comes.event.id, STR("a1aa")));
    assert_true(event_eq(comes.content, &plan.events.at[0]));
    assert_true(comes.content != &plan.events.at[0]);
    plan_done(&plan);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_value_that_is_none_is_refused_with_the_way_out),
        TEST(an_unknown_key_is_told_the_nearest_one),
        TEST(every_other_field_is_edited_and_taken_away),
        TEST(what_is_so_already_is_no_edit),
        TEST(own_columns_are_edited_by_their_keys),
        TEST(a_new_deadline_takes_the_dates_of_the_old_one_away),
        TEST(texts_of_plan_and_section_start_from_what_they_are),
        TEST(a_text_that_plan_or_section_cannot_have_is_refused),
        TEST(a_new_id_is_short_and_no_other_events),
        TEST(places_name_section_and_neighbour),
        TEST(what_goes_or_moves_knows_where_it_stood),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
