#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>

#include "../../support/plans.h"
#include "vekha/store/journal_heads.h"

/* Lines of day (of May), event, field, was, became: '|' parts them. Tells what has changed in a plan «Новый» with a section
 * «Раз».
 */
static void assert_heads(const char *lines, long long since_ms, const char *expected)
{
    Arena arena = { 0 };
    Journal journal = { 0 };
    HeadSinceVec heads = { 0 };
    StrBuf text = { 0 };
    StrBuf said = { 0 };
    for (Str rest = str_of(lines); rest.n_bytes > 0;) {
        Str line = str_cut(&rest, '\n');
        Str day = str_cut(&line, '|');
        Str event = str_cut(&line, '|');
        strbuf_addf(&text, "2022-05-%.*sT10:00:00Z\tЯ\t%.*s\t", STR_ARG(day), STR_ARG(event));
        for (int i = 0; i < 3; i++) {
            Str word = str_cut(&line, '|');
            strbuf_addf(&text, "\t%.*s", STR_ARG(word));
        }
        strbuf_add_char(&text, '\n');
    }
    journal_read_text(strbuf_str(&text), &journal);
    assert_int_equal(journal.n_skipped, 0);
    Plan plan = plan_of("2022");
    plan.title = STR("Новый");
    vec_push(&plan.sections, ((Section){ .title = STR("Раз"), .goal = STR("цель"), .parent = -1 }));
    journal_heads(&journal, &plan, since_ms, &arena, &heads);
    for (size_t i = 0; i < heads.n; i++) {
        strbuf_addf(&said, "%.*s: %.*s → %.*s\n", STR_ARG(heads.at[i].field), STR_ARG(heads.at[i].was), STR_ARG(heads.at[i].now));
    }
    assert_string_equal(strbuf_z(&said), expected);
    vec_done(&heads);
    journal_done(&journal);
    plan_done(&plan);
    arena_done(&arena);
    strbuf_done(&text);
    strbuf_done(&said);
}

static void a_text_is_told_once_from_what_it_was_to_what_the_plan_has(void **state)
{
    (void)state;
    assert_heads("01||title|Старый|Средний\n02||title|Средний|Другой\n03||sections[Раз].goal||цель\n", LLONG_MIN,
                 "title: Старый → Новый\nsections[Раз].goal:  → цель\n");
}

static void what_is_the_same_again_or_of_an_event_is_not_told(void **state)
{
    (void)state;
    assert_heads("01||title|Новый|Средний\n02||title|Средний|Новый\n03|k3f9|title|Старый|Иной\n04||period|2022|2022/2022\n"
                 "05||unknown|a|b\n",
                 LLONG_MIN, "");
}

static void of_a_section_that_is_called_otherwise_the_journal_is_believed(void **state)
{
    (void)state;
    assert_heads("01||sections[Два].title|Два|Раз\n02||sections[Два].goal|а|б\n", LLONG_MIN,
                 "sections[Два].title: Два → Раз\nsections[Два].goal: а → б\n");
}

static void what_was_before_is_not_told(void **state)
{
    (void)state;
    long long second_of_may = 1651449600000; /* 2022-05-02T00:00:00Z */
    assert_heads("01||title|Первый|Средний\n02||title|Средний|Новый\n", second_of_may, "title: Средний → Новый\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_text_is_told_once_from_what_it_was_to_what_the_plan_has),
        cmocka_unit_test(what_is_the_same_again_or_of_an_event_is_not_told),
        cmocka_unit_test(of_a_section_that_is_called_otherwise_the_journal_is_believed),
        cmocka_unit_test(what_was_before_is_not_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
