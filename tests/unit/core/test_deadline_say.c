#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/core/deadline.h"

typedef struct SayRow {
    const char *period, *phrase, *words, *english, *compact;
} SayRow;

static const SayRow rows[] = {
    { "2022-09-01/2023-08-31", "20.10.-01.11.22", "20 октября – 1 ноября 2022 г., 13 дней",
      "20 October – 1 November 2022, 13 days", "20.10–01.11.22" },
    { "2022-09-01/2023-08-31", "10-15.10.2022", "10–15 октября 2022 г., 6 дней", "10–15 October 2022, 6 days", "10–15.10.22" },
    { "2022-09-01/2023-08-31", "25 декабря - 8 января", "25 декабря 2022 г. – 8 января 2023 г., 15 дней",
      "25 December 2022 – 8 January 2023, 15 days", "25.12.22–08.01.23" },
    { "2022-09-01/2023-08-31", "март", "март 2023 г.", "March 2023", "март 23" },
    { "2022-09-01/2023-08-31", "Октябрь 2022 - Май 2023", "октябрь 2022 г. – май 2023 г.", "October 2022 – May 2023",
      "окт 22–май 23" },
    { "2021", "До 20.08.2021", "не позднее 20 августа 2021 г.", "no later than 20 August 2021", "до 20.08.21" },
    { "2022-09-01/2023-08-31", "не позднее мая", "не позднее мая 2023 г. (включительно)", "no later than May 2023 (included)",
      "до мая 23" },
    { "2022-09-01/2023-08-31", "не позднее 18:00 20.01.2023", "не позднее 18:00 20 января 2023 г.",
      "no later than 18:00 on 20 January 2023", "до 20.01.23 18:00" },
    { "2022-09-01/2023-08-31", "с 1 октября", "с 1 октября 2022 г.", "from 1 October 2022", "с 01.10.22" },
    { "2022-09-01/2023-08-31", "ежемесячно", "каждый месяц с сентября 2022 по август 2023 г., 12 раз",
      "every month, September 2022 to August 2023, 12 times", "каждый месяц" },
    { "2023", "2 раза в год", "2 раза в год, 2023 г.", "2 times a year, 2023", "2 р. в год" },
    { "2023", "не реже 1 раза в квартал", "не реже 1 раза в квартал, 2023 г.", "at least 1 time a quarter of the year, 2023",
      "≥1 р. в квартал" },
    { "2023", "1-2 раза в месяц", "от 1 до 2 раз в месяц, 2023 г.", "1 to 2 times a month, 2023", "от 1 до 2 раз в месяц" },
    { "2022-09-01/2023-08-31", "по вторникам и четвергам",
      "по вторникам, по четвергам с сентября 2022 по август 2023 г., 105 раз",
      "on Tuesdays, on Thursdays, September 2022 to August 2023, 105 times", "по вторникам, по четвергам" },
    { "2023", "рабочие дни", "с понедельника по пятницу, 2023 г., 52 раза", "Monday to Friday, 2023, 52 times",
      "с понедельника по пятницу" },
    { "2023", "ежемесячно до 5 числа", "каждый месяц, до 5-го числа, 2023 г., 12 раз", "every month, by day 5, 2023, 12 times",
      "каждый месяц, до 5-го числа" },
    { "2023", "третья декада каждого месяца", "каждый месяц, с 21-го по последнее число, 2023 г., 12 раз",
      "every month, from day 21 to the last, 2023, 12 times", "каждый месяц, с 21-го по последнее число" },
    { "2023", "последняя пятница каждого месяца", "каждый месяц, последняя пятница, 2023 г., 12 раз",
      "every month, the last Friday, 2023, 12 times", "каждый месяц, последняя пятница" },
    { "2022/2024", "май ежегодно", "каждый год, в мае, 2022–2024 гг., 3 раза", "every year, in May, 2022–2024, 3 times",
      "каждый год, в мае" },
    { "2023", "раз в две недели", "раз в 2 недели, 2023 г., 27 раз", "once in 2 weeks, 2023, 27 times", "раз в 2 недели" },
    { "2022-09-01/2023-08-31", "по отдельному графику", "дата не определена: «по отдельному графику»",
      "no date: “по отдельному графику”", "" },
    { "2022-09-01/2023-08-31", "в течение года по плану",
      "весь период плана: 1 сентября 2022 г. – 31 августа 2023 г.; остальное — словами",
      "the whole period of the plan: 1 September 2022 – 31 August 2023; the rest is in words", "01.09.22–31.08.23" },
    { "2022-09-01/2023-08-31", "октябрь или ноябрь", "октябрь 2022 г. или ноябрь 2022 г.", "October 2022 or November 2022",
      "октябрь 22 или ноябрь 22" },
    { "2022-09-01/2023-08-31", "примерно 15 мая", "примерно: 15 мая 2023 г.", "about: 15 May 2023", "15.05.23" },
    { "2022-09-01/2023-08-31", "15 марта 2023 г. 10.00-12.00", "15 марта 2023 г., 10:00–12:00", "15 March 2023, 10:00–12:00",
      "15.03.23 10:00–12:00" },
    { "2022-09-01/2023-08-31", "14.00", "в 14:00, день не указан", "at 14:00, no day given", "14:00" },
    { "2022-09-01/2023-08-31", "в течение 3 дней после экзамена", "в течение 3 дней после события",
      "within 3 days after the event", "в течение 3 дней после события" },
    { "2022-09-01/2023-08-31", "за 10 дней до экзамена", "за 10 дней до события", "10 days before the event",
      "за 10 дней до события" },
    { "2022-09-01/2023-08-31", "не позднее 5 рабочих дней после экзамена", "не позднее чем через 5 рабочих дней после события",
      "no later than 5 working days after the event", "не позднее чем через 5 рабочих дней после события" },
    { "2022-09-01/2023-08-31", "после экзамена", "после события", "after the event", "после события" },
};

static void what_is_said_reads_well(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Arena arena = { 0 };
        StrBuf got = { 0 };
        Deadline deadline;
        DeadlineContext context = { 0 };
        Str phrase = str_of(rows[i].phrase);
        assert_true(span_parse(str_of(rows[i].period), &context.period));
        deadline_read(phrase, &context, &arena, &deadline);
        deadline_add_words(&got, LANG_RU, &deadline, &context, phrase);
        assert_string_equal(strbuf_z(&got), rows[i].words);
        strbuf_clear(&got);
        deadline_add_words(&got, LANG_EN, &deadline, &context, phrase);
        assert_string_equal(strbuf_z(&got), rows[i].english);
        strbuf_clear(&got);
        deadline_add_compact(&got, LANG_RU, &deadline);
        assert_string_equal(strbuf_z(&got), rows[i].compact);
        strbuf_done(&got);
        arena_done(&arena);
    }
}

static void a_quoted_phrase_cannot_reach_the_terminal_as_a_command(void **state)
{
    (void)state;
    StrBuf got = { 0 };
    const Deadline nothing = { 0 };
    const DeadlineContext context = { 0 };
    deadline_add_words(&got, LANG_RU, &nothing, &context, STR("по \033[2Jплану"));
    assert_string_equal(strbuf_z(&got), "дата не определена: «по ^[[2Jплану»");
    strbuf_done(&got);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_reads_well),
        cmocka_unit_test(a_quoted_phrase_cannot_reach_the_terminal_as_a_command),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
