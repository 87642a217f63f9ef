#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/header.h"

static Plan plan_with_section(void)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.sections, (Section){ .title = STR("Первый"), .parent = -1 });
    return plan;
}

static void assert_value(const Plan *plan, int section, const HeaderField *field, const char *wanted)
{
    StrBuf is = { 0 };
    header_add_value(&is, plan, section, field);
    assert_string_equal(strbuf_z(&is), wanted);
    strbuf_done(&is);
}

static void a_plan_and_a_section_have_their_own_fields(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        bool in_plan, in_section;
    } cases[] = {
        { "no", false, true },      { "title", true, true },         { "short", true, false },    { "period", true, false },
        { "basis", true, false },   { "organization", true, false }, { "preamble", true, false }, { "goal", false, true },
        { "events", false, false }, { "sections", false, false },    { "", false, false },        { "Title", false, false },
    };
    size_t n;
    size_t n_known = 0;
    (void)header_fields(&n);
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Str name = str_of(cases[i].name);
        assert_int_equal(header_find(name, -1) != NULL, cases[i].in_plan);
        assert_int_equal(header_find(name, 0) != NULL, cases[i].in_section);
        n_known += cases[i].in_plan || cases[i].in_section;
    }
    assert_int_equal(n_known, n);
}

static void each_field_is_set_alone_and_read_as_it_was_set(void **state)
{
    (void)state;
    size_t n;
    const HeaderField *fields = header_fields(&n);
    for (int section = -1; section < 1; section++) {
        Plan plan = plan_with_section();
        for (size_t i = 0; i < n; i++) {
            if (header_find(fields[i].name, section) == NULL) {
                continue;
            }
            Str value = fields[i].is_period ? STR("2022-09-01/2023-08-31") : fields[i].name;
            header_set(&plan, section, &fields[i], value);
        }
        for (size_t i = 0; i < n; i++) {
            if (header_find(fields[i].name, section) != NULL) {
                assert_value(&plan, section, &fields[i], fields[i].is_period ? "2022-09-01/2023-08-31" : fields[i].name.at);
            }
        }
        assert_true(section >= 0 || str_eq(plan.sections.at[0].title, STR("Первый")));
        assert_true(section < 0 || plan.title.n_bytes == 0);
        plan_done(&plan);
    }
}

static void a_period_is_two_days_however_it_is_written(void **state)
{
    (void)state;
    const HeaderField *period = header_find(STR("period"), -1);
    Plan plan = plan_with_section();
    assert_value(&plan, -1, period, "2022-01-01/2022-12-31");
    assert_true(header_same(period, STR("2022"), STR("2022-01/2022-12")));
    assert_false(header_same(period, STR("2022"), STR("2022-01/2022-11")));
    assert_true(header_same(period, STR("когда-то"), STR("когда-то")));
    assert_false(header_same(period, STR("когда-то"), STR("2022")));
    assert_false(header_same(header_find(STR("title"), -1), STR("2022"), STR("2022-01/2022-12")));
    assert_true(header_is_value(period, STR("2022-09/2023-05")));
    assert_false(header_is_value(period, STR("май")));
    assert_true(header_is_value(header_find(STR("title"), -1), STR("май")));
    plan_done(&plan);
}

static void a_period_that_is_none_is_not_known(void **state)
{
    (void)state;
    const HeaderField *period = header_find(STR("period"), -1);
    static const Str none[] = { STR_INIT(""), STR_INIT("когда-то"), STR_INIT("2022-09/") };
    for (size_t i = 0; i < COUNTOF(none); i++) {
        Plan plan = plan_with_section();
        header_set(&plan, -1, period, none[i]);
        assert_int_equal(plan.period.first, 0);
        assert_int_equal(plan.period.last, 0);
        assert_value(&plan, -1, period, "");
        plan_done(&plan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plan_and_a_section_have_their_own_fields),
        cmocka_unit_test(each_field_is_set_alone_and_read_as_it_was_set),
        cmocka_unit_test(a_period_is_two_days_however_it_is_written),
        cmocka_unit_test(a_period_that_is_none_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
