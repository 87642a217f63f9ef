#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/cli_priv.h"

static unsigned long long taken_by(const Subcommand *command)
{
    return OPTIONS_FOR_ALL | command->options;
}

static void every_option_is_taken_by_somebody(void **state)
{
    (void)state;
    unsigned long long taken = OPTIONS_FOR_ALL;
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        taken |= command->options;
    }
    assert_true(taken == (1ULL << OPTION_COUNT) - 1);
}

static void no_subcommand_takes_two_options_of_one_name(void **state)
{
    (void)state;
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        for (int a = 0; a < OPTION_COUNT; a++) {
            for (int b = 0; b < a; b++) {
                bool takes_both = (taken_by(command) >> a & 1) != 0 && (taken_by(command) >> b & 1) != 0;
                bool same = str_eq(option_info((OptionId)a)->name, option_info((OptionId)b)->name);
                assert_false(takes_both && same);
            }
        }
    }
}

static void options_of_one_name_agree_on_taking_a_value(void **state)
{
    (void)state;
    for (int a = 0; a < OPTION_COUNT; a++) {
        for (int b = 0; b < a; b++) {
            const OptionInfo *left = option_info((OptionId)a);
            const OptionInfo *right = option_info((OptionId)b);
            if (str_eq(left->name, right->name)) {
                assert_int_equal(left->take == NULL, right->take == NULL);
            }
        }
    }
}

static void every_option_with_a_value_says_of_what_kind(void **state)
{
    (void)state;
    StrBuf arg = { 0 };
    for (int i = 0; i < OPTION_COUNT; i++) {
        const OptionInfo *option = option_info((OptionId)i);
        strbuf_clear(&arg);
        option_add_arg(&arg, LANG_RU, option);
        assert_int_equal(option->take != NULL, arg.n_bytes > 0);
        assert_true(text_get(LANG_RU, option->help).n_bytes > 0);
    }
    strbuf_done(&arg);
}

static void every_subcommand_has_its_help(void **state)
{
    (void)state;
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        assert_true(command->help != T_NONE && command->details != T_NONE && command->args != T_NONE);
        assert_true(command->min_args <= command->max_args);
    }
}

/* Splits and reads "vekha list" with these arguments. */
static bool read_list(int argc, const char *const *argv, Options *out, StrVec *args, Err *err)
{
    GivenVec given = { 0 };
    bool ok = options_split(argc, argv, &given, args, err) &&
              options_read(&given, taken_by(&subcommands()[0]), subcommands()[0].name, out, err);
    vec_done(&given);
    return ok;
}

static void options_are_found_among_the_arguments(void **state)
{
    (void)state;
    const char *const argv[] = { "list", "--within", "2w", "a", "--status=done,отменено", "--late", "--", "--soon" };
    Options options = { 0 };
    StrVec args = { 0 };
    assert_true(read_list(COUNTOF(argv), argv, &options, &args, NULL));
    assert_int_equal(options.within_days, 14);
    assert_int_equal(options.statuses, 1U << STATUS_DONE | 1U << STATUS_CANCELLED);
    assert_true(options.late);
    assert_false(options.soon);
    assert_int_equal(args.n, 3);
    assert_true(str_eq(args.at[2], STR("--soon")));
    vec_done(&args);
}

static void a_value_may_look_like_an_option(void **state)
{
    (void)state;
    const char *const argv[] = { "--grep", "--late", "--who=a=b" };
    Options options = { 0 };
    StrVec args = { 0 };
    assert_true(read_list(COUNTOF(argv), argv, &options, &args, NULL));
    assert_true(str_eq(options.grep, STR("--late")));
    assert_true(str_eq(options.who, STR("a=b")));
    assert_false(options.late);
    vec_done(&args);
}

static void what_is_wrong_is_wrong_usage(void **state)
{
    (void)state;
    const char *const wrong[][2] = {
        { "--late=1", "a" },  { "--who", NULL },           { "--nosuch", "a" },     { "--on", "2022-01-01" },
        { "--within", "-5" }, { "--within", "99999999d" }, { "--month", "2022-3" }, { "--today", "29.02.2023" },
        { "--who", "\xD0" },  { "--format", "text" },      { "--=", "a" },          { "-late", "a" },
    };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        Options options = { 0 };
        StrVec args = { 0 };
        Err err = { 0 };
        assert_false(read_list(wrong[i][1] != NULL ? 2 : 1, wrong[i], &options, &args, &err));
        assert_int_equal(err.kind, ERR_USAGE);
        vec_done(&args);
    }
}

static void a_month_is_read_in_words_its_year_from_the_plan(void **state)
{
    static const struct {
        const char *words, *period, *month;
    } cases[] = {
        { "октябрь", "2022", "2022-10" },
        { "ОКТ", "2022-09-01/2023-08-31", "2022-10" },
        { "март", "2022-09-01/2023-08-31", "2023-03" },
        { "мая", "2021-01-01/2025-12-31", "2024-05" }, /* of several years today's */
        { "мая", "2010-01-01/2012-12-31", "2010-05" }, /* which is none of them */
        { "октябрь 2022", "2024", "2022-10" },         /* a year that is said counts */
        { "октябрь 2022 г.", "2021-01-01/2025-12-31", "2022-10" },
        { "сентябрь", NULL, "2024-09" },
    };
    static const char *const wrong[] = { "мартобрь",  "октебрь",    "осень", "до октября", "май-июнь",
                                         "конец мая", "каждый май", "10",    "",           "октябрь по графику" };
    const Day today = day_of(2024, 2, 29);
    Span days;
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Span period = { 0 };
        Span wanted;
        assert_true(cases[i].period == NULL || span_parse(str_of(cases[i].period), &period));
        assert_true(span_parse(str_of(cases[i].month), &wanted));
        if (!month_said(str_of(cases[i].words), period, today, &days) || days.first != wanted.first || days.last != wanted.last) {
            fail_msg("%s in %s is not %s", cases[i].words, cases[i].period, cases[i].month);
        }
    }
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        if (month_said(str_of(wrong[i]), (Span){ 0 }, today, &days)) {
            fail_msg("%s is a month", wrong[i]);
        }
    }
}

static void a_day_is_read_as_russians_write_it_too(void **state)
{
    (void)state;
    Day day;
    assert_true(option_parse_day(STR("29.03.2022"), &day));
    assert_int_equal(day, day_of(2022, 3, 29));
    assert_true(option_parse_day(STR("2022-03-29"), &day));
    assert_int_equal(day, day_of(2022, 3, 29));
    assert_false(option_parse_day(STR("29.03.22"), &day));
    assert_false(option_parse_day(STR("29.03.2022.1"), &day));
    assert_false(option_parse_day(STR("29.03"), &day));
    assert_false(option_parse_day(STR(""), &day));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_is_taken_by_somebody),
        cmocka_unit_test(no_subcommand_takes_two_options_of_one_name),
        cmocka_unit_test(options_of_one_name_agree_on_taking_a_value),
        cmocka_unit_test(every_option_with_a_value_says_of_what_kind),
        cmocka_unit_test(every_subcommand_has_its_help),
        cmocka_unit_test(options_are_found_among_the_arguments),
        cmocka_unit_test(a_value_may_look_like_an_option),
        cmocka_unit_test(what_is_wrong_is_wrong_usage),
        cmocka_unit_test(a_month_is_read_in_words_its_year_from_the_plan),
        cmocka_unit_test(a_day_is_read_as_russians_write_it_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
