#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/core/plan_match.h"

/* Events as "id/no/title", the three of them maybe empty, with blanks between. */
static Plan plan_from(const char *events)
{
    Plan plan = plan_of("2022");
    Str rest = str_of(events);
    while (rest.n_bytes > 0) {
        Str one = str_cut(&rest, ' ');
        Event event = { .section = -1 };
        event.id = str_cut(&one, '/');
        event.no = str_cut(&one, '/');
        event.title = one;
        vec_push(&plan.events, event);
    }
    return plan;
}

/* wanted: of each event of a the index in b as a digit, or '-'. */
static void assert_match(const char *a, const char *b, const char *wanted)
{
    enum { MAX = 16 };
    Plan x = plan_from(a);
    Plan y = plan_from(b);
    size_t out[MAX];
    char got[MAX + 1] = { 0 };
    assert_true(x.events.n < MAX);
    plan_match_events(&x, &y, out);
    for (size_t i = 0; i < x.events.n; i++) {
        got[i] = out[i] == SIZE_MAX ? '-' : (char)('0' + out[i]);
    }
    if (!str_eq(str_of(got), str_of(wanted))) {
        fail_msg("%s | %s: %s, not %s", a, b, got, wanted);
    }
    plan_done(&x);
    plan_done(&y);
}

static void the_id_says_which_it_is_wherever_it_stands(void **state)
{
    (void)state;
    assert_match("a1/1/А b2/2/Б", "b2/1/Х a1/9/У", "10");
    assert_match("a1/1/А", "b2/1/А", "-");
}

static void without_an_id_number_and_title_then_title_then_number_count(void **state)
{
    (void)state;
    assert_match("/1/А /2/А", "/2/А /1/А", "10");
    assert_match("/1/А /2/Б", "/7/Б /8/А", "10");
    assert_match("/1/А /2/Б", "/2/Х /1/У", "10");
    assert_match("/1/А", "c3/1/А", "0");
}

static void what_is_not_unique_is_not_guessed(void **state)
{
    (void)state;
    assert_match("//А //А", "//Б //А //А //А", "-1"); /* but those that are equal, and side by side */
    assert_match("/5/А /5/Б", "/5/В", "--");
}

static void a_copy_with_the_id_of_its_original_does_not_take_its_place(void **state)
{
    (void)state;
    assert_match("a1/1/А", "a1/2/Копия a1/1/А", "1");
    assert_match("a1/1/А b2/2/Б", "a1/1/А a1/9/Копия b2/2/Б", "02");
}

static void one_between_two_that_are_known_is_known(void **state)
{
    (void)state;
    assert_match("a1//А //Б c3//В", "a1//А //Х c3//В", "012");
    assert_match("a1//А b2//Б c3//В", "a1//А d4//Х c3//В", "0-2");
}

static void sections_are_the_same_by_title_else_by_place(void **state)
{
    (void)state;
    int out[3];
    Plan a = plan_of("2022");
    Plan b = plan_of("2022");
    const char *titles[2][3] = { { "А", "Б", "В" }, { "А", "Х", "В" } };
    for (size_t i = 0; i < 3; i++) {
        vec_push(&a.sections, (Section){ .title = str_of(titles[0][i]), .parent = -1 });
        vec_push(&b.sections, (Section){ .title = str_of(titles[1][i]), .parent = -1 });
    }
    plan_match_sections(&a, &b, out);
    assert_int_equal(out[0], 0);
    assert_int_equal(out[1], 1);
    assert_int_equal(out[2], 2);
    b.sections.n = 2; /* one less: the one that was renamed may be any */
    plan_match_sections(&a, &b, out);
    assert_int_equal(out[0], 0);
    assert_int_equal(out[1], -1);
    assert_int_equal(out[2], -1);
    plan_done(&a);
    plan_done(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_id_says_which_it_is_wherever_it_stands),
        cmocka_unit_test(without_an_id_number_and_title_then_title_then_number_count),
        cmocka_unit_test(what_is_not_unique_is_not_guessed),
        cmocka_unit_test(a_copy_with_the_id_of_its_original_does_not_take_its_place),
        cmocka_unit_test(one_between_two_that_are_known_is_known),
        cmocka_unit_test(sections_are_the_same_by_title_else_by_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
