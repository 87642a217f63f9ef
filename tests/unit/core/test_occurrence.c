#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/core/occurrence.h"

typedef struct Listed {
    Arena arena;
    DeadlineContext context;
    Deadline deadline;
    Occurrence *list;
    size_t n;
} Listed;

static void setup(Listed *listed, Str phrase, Str period)
{
    *listed = (Listed){ 0 };
    assert_true(span_parse(period, &listed->context.period));
    deadline_read(phrase, &listed->context, &listed->arena, &listed->deadline);
    listed->n = occurrence_list(&listed->deadline, &listed->context, &listed->arena, &listed->list);
}

/* Phrase, period: the names of the occurrences; "…" stands for those between the first two and the last. */
static void assert_names(Str phrase, Str period, const char *expected)
{
    Listed listed;
    StrBuf names = { 0 };
    setup(&listed, phrase, period);
    for (size_t i = 0; i < listed.n; i++) {
        if (i >= 2 && i + 1 < listed.n && listed.n > 6) {
            continue;
        }
        if (i + 1 == listed.n && listed.n > 6) {
            strbuf_addf(&names, " …%zu", listed.n);
        }
        strbuf_add(&names, i > 0 ? STR(" ") : STR(""));
        occurrence_add_at(&names, &listed.list[i]);
    }
    assert_string_equal(strbuf_z(&names), expected);
    strbuf_done(&names);
    arena_done(&listed.arena);
}

#define SCHOOL STR("2022-09-01/2023-08-31")

static void a_span_and_a_choice_have_none(void **state)
{
    (void)state;
    assert_names(STR("10-15.10.2022"), SCHOOL, "");
    assert_names(STR("в течение года"), SCHOOL, "");
    assert_names(STR("октябрь или март"), SCHOOL, "");
    assert_names(STR("по графику"), SCHOOL, "");
    assert_names(STR("до 1 мая"), SCHOOL, "");
}

static void a_set_has_its_members(void **state)
{
    (void)state;
    assert_names(STR("октябрь, апрель"), SCHOOL, "2022-10 2023-04");
    assert_names(STR("10-16.03.2023; 5 мая"), SCHOOL, "2023-03-10/2023-03-16 2023-05-05");
}

static void members_that_adjoin_are_one(void **state)
{
    (void)state;
    assert_names(STR("октябрь, ноябрь, март"), SCHOOL, "2022-10/2022-11 2023-03");
    assert_names(STR("октябрь, ноябрь"), SCHOOL, "");
}

static void a_deadline_ends_the_span_that_it_lies_in(void **state)
{
    (void)state;
    Listed listed;
    setup(&listed, STR("Ноябрь-декабрь, до 20 декабря"), SCHOOL);
    Span days = deadline_days(&listed.deadline, &listed.context);
    assert_int_equal(listed.n, 0);
    assert_int_equal(days.first, day_of(2022, 11, 1));
    assert_int_equal(days.last, day_of(2022, 12, 20));
    arena_done(&listed.arena);
    assert_names(STR("В срок до 01.11.2021 далее - в течение года"), STR("2021"), "../2021-11-01 2021-11-01/2021-12-31");
}

static void frames_are_named_by_their_own_days(void **state)
{
    (void)state;
    assert_names(STR("ежемесячно"), SCHOOL, "2022-09 2022-10 …12 2023-08");
    assert_names(STR("1 раз в четверть"), SCHOOL, "2022-09/2022-10 2022-11/2022-12 2023-01/2023-03 2023-04/2023-05");
    assert_names(STR("1 раз в полугодие"), SCHOOL, "2022-09/2022-12 2023-01/2023-05");
    assert_names(STR("1 раз в полугодие"), STR("2023"), "2023-01/2023-06 2023-07/2023-12");
    assert_names(STR("ежегодно"), STR("2022/2024"), "2022 2023 2024");
    assert_names(STR("еженедельно"), STR("2022-10"),
                 "2022-10-03/2022-10-09 2022-10-10/2022-10-16 2022-10-17/2022-10-23 2022-10-24/2022-10-30");
}

static void a_frame_cut_to_less_than_half_does_not_count(void **state)
{
    (void)state;
    assert_names(STR("ежеквартально"), SCHOOL, "2022-10/2022-12 2023-01/2023-03 2023-04/2023-06 2023-07/2023-09");
    assert_names(STR("ежеквартально"), STR("2022-10-01/2022-10-31"), "2022-10/2022-12");
}

static void days_that_a_selector_names_are_each_one(void **state)
{
    (void)state;
    assert_names(STR("по пятницам"), SCHOOL, "2022-09-02 2022-09-09 …52 2023-08-25");
    assert_names(STR("ежедневно"), STR("2022-10"), "2022-10-01 2022-10-02 …31 2022-10-31");
    assert_names(STR("третья декада каждого месяца"), STR("2022-10/2022-11"), "2022-10-21/2022-10-31 2022-11-21/2022-11-30");
    assert_names(STR("последняя пятница каждого месяца"), STR("2022-10/2022-11"), "2022-10-28 2022-11-25");
    assert_names(STR("рабочие дни"), STR("2022-10-03/2022-10-16"), "2022-10-03/2022-10-07 2022-10-10/2022-10-14");
}

static void a_deadline_in_each_frame_is_named_by_its_day(void **state)
{
    (void)state;
    Listed listed;
    assert_names(STR("ежемесячно до 5 числа"), SCHOOL, "2022-09-05 2022-10-05 …12 2023-08-05");
    assert_names(STR("ежеквартально до 15 числа"), STR("2023"), "2023-01-15 2023-04-15 2023-07-15 2023-10-15");
    setup(&listed, STR("ежемесячно до 5 числа"), SCHOOL);
    assert_int_equal(listed.list[1].days.first, day_of(2022, 10, 1));
    assert_int_equal(listed.list[1].days.last, day_of(2022, 10, 5));
    arena_done(&listed.arena);
}

static void parts_of_frames_are_named_by_themselves(void **state)
{
    (void)state;
    assert_names(STR("в конце каждой четверти"), SCHOOL,
                 "2022-10-21/2022-10-31 2022-12-21/2022-12-31 2023-03-21/2023-03-31 2023-05-21/2023-05-31");
    assert_names(STR("май ежегодно"), STR("2022/2024"), "2022-05 2023-05 2024-05");
}

static void a_quota_has_numbered_places_with_the_frames_last_day(void **state)
{
    (void)state;
    Listed listed;
    assert_names(STR("2 раза в год"), STR("2023"), "2023#1 2023#2");
    assert_names(STR("не реже 2 раз в месяц"), STR("2023-01/2023-02"), "2023-01#1 2023-01#2 2023-02#1 2023-02#2");
    setup(&listed, STR("2 раза в год"), STR("2023"));
    assert_int_equal(listed.list[0].days.last, day_of(2023, 12, 31));
    assert_true(listed.list[0].is_required);
    arena_done(&listed.arena);
}

static void what_may_be_left_out_is_not_required(void **state)
{
    (void)state;
    Listed listed;
    setup(&listed, STR("не чаще 1 раза в неделю"), STR("2022-10-03/2022-10-16"));
    assert_int_equal(listed.n, 2);
    assert_false(listed.list[0].is_required);
    arena_done(&listed.arena);
}

static void there_are_never_more_than_the_bound(void **state)
{
    (void)state;
    Listed listed;
    setup(&listed, STR("ежедневно"), STR("0001/9999"));
    assert_int_equal(listed.n, OCCURRENCE_MAX);
    arena_done(&listed.arena);
}

static size_t find(Str phrase, Str at)
{
    Listed listed;
    setup(&listed, phrase, SCHOOL);
    size_t found = occurrence_find(listed.list, listed.n, at);
    arena_done(&listed.arena);
    return found;
}

static void one_is_found_by_its_name_or_by_a_date_in_it(void **state)
{
    (void)state;
    assert_int_equal(find(STR("ежемесячно"), STR("2022-10")), 1);
    assert_int_equal(find(STR("ежемесячно"), STR("2022-10-17")), 1);
    assert_int_equal(find(STR("ежеквартально"), STR("2022-11")), 0);
    assert_int_equal(find(STR("ежемесячно до 5 числа"), STR("2022-11")), 2);
    assert_int_equal(find(STR("2 раза в месяц"), STR("2022-09#2")), 1);
    assert_int_equal(find(STR("2 раза в месяц"), STR("2022-09")), SIZE_MAX);
    assert_int_equal(find(STR("ежемесячно"), STR("2021-10")), SIZE_MAX);
    assert_int_equal(find(STR("ежемесячно"), STR("октябрь")), SIZE_MAX);
}

static void assert_days(Str phrase, Str period, const char *expected)
{
    Listed listed;
    StrBuf got = { 0 };
    setup(&listed, phrase, period);
    Span days = deadline_days(&listed.deadline, &listed.context);
    if (days.first != 0) {
        day_add_iso(&got, days.first);
    }
    strbuf_add_char(&got, ' ');
    if (days.last != 0) {
        day_add_iso(&got, days.last);
    }
    assert_string_equal(strbuf_z(&got), expected);
    strbuf_done(&got);
    arena_done(&listed.arena);
}

static void the_days_of_a_deadline_are_those_of_its_value(void **state)
{
    (void)state;
    assert_days(STR("15 марта 2023 г., 15:30"), SCHOOL, "2023-03-15 2023-03-15");
    assert_days(STR("март"), SCHOOL, "2023-03-01 2023-03-31");
    assert_days(STR("до 1 октября"), SCHOOL, "2022-09-01 2022-10-01");
    assert_days(STR("с 1 октября"), SCHOOL, "2022-10-01 2023-08-31");
    assert_days(STR("с 01.10.2023"), SCHOOL, "2023-10-01 ");
    assert_days(STR("октябрь или март"), SCHOOL, "2022-10-01 2023-03-31");
    assert_days(STR("октябрь, март"), SCHOOL, "2022-10-01 2023-03-31");
    assert_days(STR("по пятницам"), SCHOOL, "2022-09-02 2023-08-25");
    assert_days(STR("по графику"), SCHOOL, " ");
    assert_days(STR("через 5 дней после экзамена"), SCHOOL, " ");
    assert_days(STR("14.00"), SCHOOL, " ");
}

static void only_a_lone_deadline_is_until(void **state)
{
    (void)state;
    Listed listed;
    setup(&listed, STR("до 1 октября"), SCHOOL);
    assert_true(deadline_is_until(&listed.deadline));
    arena_done(&listed.arena);
    setup(&listed, STR("с 1 по 5 октября"), SCHOOL);
    assert_false(deadline_is_until(&listed.deadline));
    arena_done(&listed.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_span_and_a_choice_have_none),
        cmocka_unit_test(a_set_has_its_members),
        cmocka_unit_test(members_that_adjoin_are_one),
        cmocka_unit_test(a_deadline_ends_the_span_that_it_lies_in),
        cmocka_unit_test(frames_are_named_by_their_own_days),
        cmocka_unit_test(a_frame_cut_to_less_than_half_does_not_count),
        cmocka_unit_test(days_that_a_selector_names_are_each_one),
        cmocka_unit_test(a_deadline_in_each_frame_is_named_by_its_day),
        cmocka_unit_test(parts_of_frames_are_named_by_themselves),
        cmocka_unit_test(a_quota_has_numbered_places_with_the_frames_last_day),
        cmocka_unit_test(what_may_be_left_out_is_not_required),
        cmocka_unit_test(there_are_never_more_than_the_bound),
        cmocka_unit_test(one_is_found_by_its_name_or_by_a_date_in_it),
        cmocka_unit_test(the_days_of_a_deadline_are_those_of_its_value),
        cmocka_unit_test(only_a_lone_deadline_is_until),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
