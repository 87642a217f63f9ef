#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/plans.h"
#include "vekha/store/journal_say.h"

static void assert_words(const char *field, const char *was, const char *became, const char *ru, const char *en)
{
    Plan plan = plan_of("2022");
    vec_push(&plan.headings, (Heading){ STR("place"), STR("Место") });
    StrBuf words = { 0 };
    journal_add_words(&words, LANG_RU, &plan, str_of(field), str_of(was), str_of(became));
    assert_string_equal(words.at, ru);
    strbuf_clear(&words);
    journal_add_words(&words, LANG_EN, &plan, str_of(field), str_of(was), str_of(became));
    assert_string_equal(words.at, en);
    strbuf_done(&words);
    plan_done(&plan);
}

static void a_field_is_said_from_what_to_what(void **state)
{
    (void)state;
    assert_words("when", "март 2022", "апрель 2022", "Срок: «март 2022» → «апрель 2022»",
                 "Deadline: “март 2022” → “апрель 2022”");
    assert_words("note", "", "да", "Примечание: «да»", "Note: “да”");
    assert_words("note", "да", "", "Примечание: «да» → нет", "Note: “да” → none");
    assert_words("responsible", "А", "А\nБ, зам", "Исполнитель: «А» → «А», «Б, зам»", "Responsible: “А” → “А”, “Б, зам”");
    assert_words("place", "", "зал", "Место: «зал»", "Место: “зал”");
    assert_words("@", "", "", "переставлено", "moved to another place");
    assert_words("hall", "", "зал", "hall: «зал»", "hall: “зал”");
}

static void an_event_is_called_by_its_number_but_not_by_its_id(void **state)
{
    StrBuf words = { 0 };
    (void)state;
    journal_add_event(&words, LANG_RU, STR("5."), STR("Педсовет"));
    strbuf_add_char(&words, '|');
    journal_add_event(&words, LANG_RU, STR("k3f9"), STR("Педсовет"));
    strbuf_add_char(&words, '|');
    journal_add_event(&words, LANG_EN, (Str){ 0 }, STR("Педсовет"));
    assert_string_equal(strbuf_z(&words), "№ 5. «Педсовет»|«Педсовет»|“Педсовет”");
    strbuf_done(&words);
}

static void statuses_and_days_are_words(void **state)
{
    (void)state;
    assert_words("status", "", "in-progress", "Состояние: запланировано → в работе", "Status: planned → in progress");
    assert_words("status", "done", "", "Состояние: исполнено → запланировано", "Status: done → planned");
    assert_words("status", "что?", "done", "Состояние: что? → исполнено", "Status: что? → done");
    assert_words("done", "", "2022-05-10", "Исполнено: 10.05.2022", "Done: 2022-05-10");
    assert_words("done", "", "вчера", "Исполнено: вчера", "Done: вчера");
    assert_words("was", "", "май\t\t2022-05-10\t\tприказ № 1", "Прежний срок: май, 10.05.2022, приказ № 1",
                 "Earlier deadline: май, 2022-05-10, приказ № 1");
    assert_words("marks[2022-03].status", "", "done", "март 2022 г. · Состояние: запланировано → исполнено",
                 "March 2022 · Status: planned → done");
    assert_words("marks[.status", "", "x", "marks[.status: «x»", "marks[.status: “x”");
}

static void assert_brief(const JournalEntry *entries, size_t n, const char *wanted)
{
    Plan plan = plan_of("2022");
    StrBuf words = { 0 };
    journal_add_brief(&words, LANG_RU, &plan, entries, n, false);
    assert_string_equal(words.at, wanted);
    strbuf_done(&words);
    plan_done(&plan);
}

static void a_mark_is_said_in_short_by_its_status(void **state)
{
    (void)state;
    const JournalEntry done[] = { { .field = STR("status"), .became = STR("done") },
                                  { .field = STR("done"), .became = STR("2022-05-10") },
                                  { .field = STR("by"), .became = STR("Я") } };
    assert_brief(done, COUNTOF(done), "исполнено");
    const JournalEntry moved[] = { { .field = STR("status"), .became = STR("postponed") },
                                   { .field = STR("when"), .was = STR("май"), .became = STR("июнь") },
                                   { .field = STR("was"), .became = STR("май\t\t\t\t") } };
    assert_brief(moved, COUNTOF(moved), "перенесено → «июнь»");
    const JournalEntry time[] = { { .field = STR("marks[2022-03].status"), .became = STR("done") },
                                  { .field = STR("marks[2022-03].by"), .became = STR("Я") } };
    assert_brief(time, COUNTOF(time), "март 2022 г.: исполнено");
    assert_brief(done, 1, "Состояние: запланировано → исполнено");
    assert_brief(&done[1], 1, "Исполнено: 10.05.2022");
}

static void of_what_came_or_went_no_field_is_said_in_short(void **state)
{
    (void)state;
    const JournalEntry came[] = { { .field = STR("+") }, { .field = STR("title"), .became = STR("A") } };
    assert_brief(came, COUNTOF(came), "добавлено");
    const JournalEntry went[] = { { .field = STR("title"), .was = STR("A") }, { .field = STR("-") } };
    assert_brief(went, COUNTOF(went), "удалено");
}

static void assert_entry(const JournalEntry *entry, const char *ru, const char *en)
{
    Plan plan = plan_of("2022");
    StrBuf words = { 0 };
    journal_add_entry(&words, LANG_RU, &plan, entry);
    assert_string_equal(words.at, ru);
    strbuf_clear(&words);
    journal_add_entry(&words, LANG_EN, &plan, entry);
    assert_string_equal(words.at, en);
    strbuf_done(&words);
    plan_done(&plan);
}

static void a_text_of_the_plan_or_of_a_section_is_not_called_a_field_of_an_event(void **state)
{
    (void)state;
    JournalEntry entry = { .field = STR("title"), .was = STR("А"), .became = STR("Б") };
    assert_entry(&entry, "Название: «А» → «Б»", "Title: “А” → “Б”");
    assert_brief(&entry, 1, "Название: «А» → «Б»");
    entry.title = STR("А");
    assert_entry(&entry, "Мероприятие: «А» → «Б»", "Event: “А” → “Б”");
    entry = (JournalEntry){ .event = STR("k3f9"), .field = STR("no"), .became = STR("5") };
    assert_entry(&entry, "№: «5»", "No.: “5”");
    entry = (JournalEntry){ .field = STR("sections[Первый [а]. б / Глубже].goal"), .was = STR("цель") };
    assert_entry(&entry, "Раздел «Первый [а]. б / Глубже» · Цель: «цель» → нет",
                 "Section “Первый [а]. б / Глубже” · Goal: “цель” → none");
    entry = (JournalEntry){ .field = STR("sections[Первый].when"), .became = STR("май") };
    assert_entry(&entry, "sections[Первый].when: «май»", "sections[Первый].when: “май”");
    entry = (JournalEntry){ .field = STR("+"), .became = STR("Первый") };
    assert_entry(&entry, "добавлено", "added");
}

static void assert_owner(const JournalEntry *entry, const char *ru, const char *en)
{
    const char *const wanted[] = { [LANG_RU] = ru, [LANG_EN] = en };
    for (Lang lang = 0; lang < LANG_COUNT; lang++) {
        StrBuf words = { 0 };
        journal_add_owner(&words, lang, entry);
        assert_string_equal(strbuf_z(&words), wanted[lang]);
        strbuf_done(&words);
    }
}

static void what_is_of_no_event_is_of_the_plan_or_of_a_section(void **state)
{
    (void)state;
    Plan plan = plan_of("2022");
    StrBuf words = { 0 };
    const JournalEntry entries[] = { { .field = STR("sections[Первый].goal"), .became = STR("цель") },
                                     { .field = STR("sections[Первый].no"), .became = STR("1") },
                                     { .field = STR("sections[Другой].no"), .became = STR("2") } };
    assert_owner(&(JournalEntry){ .field = STR("period") }, "план", "plan");
    assert_owner(&entries[0], "Первый", "Первый");
    assert_owner(&(JournalEntry){ .field = STR("title"), .title = STR("А") }, "", "");
    assert_owner(&(JournalEntry){ .field = STR("when") }, "", "");
    journal_add_brief(&words, LANG_RU, &plan, entries, COUNTOF(entries), true); /* the first one's name stands beside it */
    assert_string_equal(words.at, "Цель: «цель» · №: «1» · Раздел «Другой» · №: «2»");
    strbuf_done(&words);
    plan_done(&plan);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_field_is_said_from_what_to_what),
        cmocka_unit_test(an_event_is_called_by_its_number_but_not_by_its_id),
        cmocka_unit_test(statuses_and_days_are_words),
        cmocka_unit_test(a_mark_is_said_in_short_by_its_status),
        cmocka_unit_test(of_what_came_or_went_no_field_is_said_in_short),
        cmocka_unit_test(what_is_of_no_event_is_of_the_plan_or_of_a_section),
        cmocka_unit_test(a_text_of_the_plan_or_of_a_section_is_not_called_a_field_of_an_event),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
