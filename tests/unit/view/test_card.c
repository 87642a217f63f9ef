#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

#include "../../support/canvas.h"
#include "../../support/screen.h"
#include "vekha/base/utf8.h"

static Screen screen;

static void open_plan(const char *text)
{
    screen.fixture.temp = temp_new();
    temp_write(&screen.fixture.temp, "a.yaml", str_of(text));
    screen_open(&screen);
    fixture_run(&screen.fixture, "view-card");
}

static int close_plan(void **state)
{
    (void)state;
    screen_close(&screen);
    return 0;
}

static const char full[] =
    "vekha: 1\ntitle: План\nperiod: 2022\n"
    "headings: {title: Содержание деятельности, when: Сроки, note: Что вышло, place: Где}\n"
    "sections:\n  - title: Первый\n    sections:\n      - title: Вложенный\n        events:\n"
    "          - no: 7\n            id: k3f9\n            title: Провести семинар\n            when: 1 раз в месяц\n"
    "            responsible: [Иванова, Петров]\n            result: протокол\n            note: всё хорошо\n"
    "            place: актовый зал\n"
    "            was:\n              - {when: март, on: 2022-03-28, by: Иванова, reason: приказ № 5}\n"
    "              - {when: до 15 июня}\n"
    "            marks:\n"
    "              - {at: 2022-01, status: done, done: 2022-01-20, by: Иванова, evidence: отчёт, note: вовремя}\n"
    "              - {at: 2022-02, status: confirmed, done: 2022-02-17, confirmed: 2022-03-01, confirmed-by: Петров}\n"
    "              - {at: 2021-12, status: done}\n"
    "          - {no: 8, title: Второе, when: 31.02.2022, conflict: [{field: when, theirs: март}]}\n";

static void everything_about_an_event_is_there(void **state)
{
    static const char *const wanted[] = { "№                    7",
                                          "Содержание           Провести семинар",
                                          "деятельности",
                                          "!  в работе, 2 из 12 · просрочено на 40 дней",
                                          "Сроки                1 раз в месяц",
                                          "  понято             каждый месяц, 2022 г., 12 раз",
                                          "  по дням            01.01.2022 – 31.12.2022",
                                          "«март» → «до 15 июня» · 28.03.2022, Иванова · приказ № 5",
                                          "«до 15 июня» → «1 раз в месяц»",
                                          "Исполнитель          Иванова",
                                          "                     Петров",
                                          "Результат            протокол",
                                          "Что вышло            всё хорошо",
                                          "Где                  актовый зал",
                                          "Раздел               Первый / Вложенный",
                                          "a.yaml:10",
                                          "Код                  k3f9",
                                          "По срокам            ●  январь 2022 г. · исполнено 20.01.2022, Иванова · отчёт",
                                          "√  февраль 2022 г. · подтверждено 01.03.2022, Петров ·",
                                          "исполнено 17.02.2022",
                                          "!  март 2022 г. · просрочено",
                                          "○  май 2022 г. · запланировано",
                                          "Прочие отметки       ●  декабрь 2021 г. · исполнено" };
    (void)state;
    open_plan(full);
    screen_draw(&screen, 50, 80);
    for (size_t i = 0; i < COUNTOF(wanted); i++) {
        screen_assert(&screen, wanted[i]);
    }
}

static void warnings_and_a_conflict_are_said_in_words(void **state)
{
    (void)state;
    open_plan(full);
    screen_press(&screen, "Right");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "внимание");
    screen_assert(&screen, "Противоречие         у них — Срок: «март»");
    screen_assert(&screen, "слияние не решило");
}

static void it_goes_back_to_where_it_was_opened(void **state)
{
    static const char *const ways[] = { "1 4", "2 Enter", "3 Enter" };
    static const ViewId views[] = { VIEW_PLANS, VIEW_EVENTS, VIEW_TIMELINE };
    (void)state;
    open_plan(full);
    for (size_t i = 0; i < COUNTOF(ways); i++) {
        screen_press(&screen, ways[i]);
        assert_int_equal(screen.fixture.session->view, VIEW_CARD);
        screen_press(&screen, "4 Right");
        screen_press(&screen, i % 2 == 0 ? "Esc" : "q");
        assert_int_equal(screen.fixture.session->view, views[i]);
    }
}

static void the_arrows_go_to_the_next_event_which_is_read_from_its_beginning(void **state)
{
    (void)state;
    open_plan(full);
    screen_draw(&screen, 12, 80);
    screen_press(&screen, "End");
    screen_draw(&screen, 12, 80);
    screen_assert(&screen, "Прочие отметки");
    screen_press(&screen, "l");
    screen_draw(&screen, 12, 80);
    screen_assert(&screen, "№                    8");
    screen_press(&screen, "l");
    assert_string_equal(fixture_said(&screen.fixture), "это последнее мероприятие");
    screen_press(&screen, "h");
    assert_string_equal(fixture_selected(&screen.fixture), "Провести семинар");
    screen_press(&screen, "h");
    assert_string_equal(fixture_said(&screen.fixture), "это первое мероприятие");
}

static void a_mark_is_seen_at_once_and_the_text_stays_where_it_is(void **state)
{
    (void)state;
    open_plan(full);
    screen_draw(&screen, 12, 80);
    screen_press(&screen, "Down Down");
    screen_draw(&screen, 12, 80);
    screen_assert(&screen, "!  в работе, 2 из 12");
    screen_press(&screen, "Space");
    screen_draw(&screen, 12, 80);
    screen_assert(&screen, "!  в работе, 3 из 12 · просрочено на 10 дней");
    assert_false(screen_shows(&screen, "№                    7")); /* still two lines down */
    screen_press(&screen, "u");
    screen_draw(&screen, 12, 80);
    screen_assert(&screen, "!  в работе, 2 из 12");
}

static void parties_stand_one_a_line_and_a_long_one_goes_on_indented(void **state)
{
    (void)state;
    open_plan("vekha: 1\ntitle: План\nperiod: 2022\nheadings: {responsible: Ответственные исполнители}\nevents:\n"
              "  - title: a\n    responsible: [Биличенко И.В. заведующий методическим отделом дворца творчества, Петров, "
              "Сидоров]\n");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, " Ответственные        Биличенко И.В. заведующий методическим отделом дворца\n"
                           " исполнители            творчества\n"
                           "                      Петров\n"
                           "                      Сидоров\n");
    screen_draw(&screen, 24, 40);
    screen_assert(&screen, " Биличенко И.В. заведующий методическим\n   отделом дворца творчества\n Петров\n Сидоров\n");
}

static void scrolling_ends_with_the_text(void **state)
{
    (void)state;
    open_plan(full);
    screen_draw(&screen, 12, 80);
    screen_press(&screen, "End");
    screen_draw(&screen, 12, 80);
    screen_assert(&screen, "Прочие отметки");
    size_t last = screen.fixture.session->card_top;
    screen_press(&screen, "Down PgDn");
    screen_draw(&screen, 12, 80);
    assert_int_equal(screen.fixture.session->card_top, last);
    screen_press(&screen, "PgUp Up Home");
    screen_draw(&screen, 12, 80);
    assert_int_equal(screen.fixture.session->card_top, 0);
    screen_press(&screen, "PgDn");
    screen_draw(&screen, 12, 80);
    assert_int_equal(screen.fixture.session->card_top, 8); /* one line of the page before stays */
}

/* All that the card shows, from its beginning to its end. */
static void add_whole_card(StrBuf *out, int n_rows, int n_cols)
{
    screen_press(&screen, "Home");
    for (size_t top = SIZE_MAX;;) {
        screen_draw(&screen, n_rows, n_cols);
        if (screen.fixture.session->card_top == top) {
            return;
        }
        top = screen.fixture.session->card_top;
        canvas_add_text(out, screen.canvas);
        screen_press(&screen, "PgDn");
    }
}

static void long_words_go_on_in_the_next_line_at_every_width(void **state)
{
    StrBuf text = { 0 };
    (void)state;
    strbuf_add(&text, STR("vekha: 1\ntitle: План\nperiod: 2022\nevents:\n  - title: "));
    for (int i = 0; i < 300; i++) {
        strbuf_addf(&text, "%c%c", 'a' + i % 26, 'a' + i / 26);
    }
    strbuf_add(&text, STR("\n"));
    open_plan(strbuf_z(&text));
    Str title = session_event(screen.fixture.session, NULL)->title;
    for (int n_cols = FRAME_MIN_COLS; n_cols < 210; n_cols += 10) {
        StrBuf shown = { 0 };
        StrBuf joined = { 0 };
        screen_draw(&screen, 40, n_cols);
        add_whole_card(&shown, 40, n_cols);
        for (Str rest = strbuf_str(&shown); rest.n_bytes > 0;) {
            int cols;
            Str one = utf8_next_char(&rest, &cols);
            strbuf_add(&joined, one.at[0] == ' ' || one.at[0] == '\n' ? (Str){ 0 } : one);
        }
        bool is_whole = str_find(strbuf_str(&joined), title, 0) != SIZE_MAX;
        assert_true(is_whole || n_cols >= 120); /* in two columns the other one stands between the lines */
        strbuf_done(&shown);
        strbuf_done(&joined);
    }
    strbuf_done(&text);
}

static double draw_ms(const char *keys)
{
    struct timespec from, to;
    screen_press(&screen, keys);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
    screen_draw(&screen, 24, 80);
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
    return (double)(to.tv_sec - from.tv_sec) * 1e3 + (double)(to.tv_nsec - from.tv_nsec) / 1e6;
}

static void a_key_costs_as_little_with_thousands_of_occurrences_and_long_texts(void **state)
{
    StrBuf text = { 0 };
    (void)state;
    strbuf_add(&text, STR("vekha: 1\ntitle: План\nperiod: 2015/2025\nevents:\n  - title: a\n    when: ежедневно\n    result: "));
    for (int i = 0; i < 4000; i++) {
        strbuf_add(&text, STR("образование "));
    }
    strbuf_add(&text, STR("\n"));
    open_plan(strbuf_z(&text));
    assert_in_range(session_event(screen.fixture.session, NULL)->due->n_occurrences, 3000, 4096);
    double all = draw_ms("End"); /* lays out all of it */
    double most = 0;
    for (int i = 0; i < 20; i++) {
        double ms = draw_ms(i % 2 == 0 ? "PgUp" : "End");
        most = ms > most ? ms : most;
    }
    assert_true(most < all / 2 + 1); /* laid out once, not again with each key */
    strbuf_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(everything_about_an_event_is_there, close_plan),
        cmocka_unit_test_teardown(warnings_and_a_conflict_are_said_in_words, close_plan),
        cmocka_unit_test_teardown(it_goes_back_to_where_it_was_opened, close_plan),
        cmocka_unit_test_teardown(the_arrows_go_to_the_next_event_which_is_read_from_its_beginning, close_plan),
        cmocka_unit_test_teardown(a_mark_is_seen_at_once_and_the_text_stays_where_it_is, close_plan),
        cmocka_unit_test_teardown(parties_stand_one_a_line_and_a_long_one_goes_on_indented, close_plan),
        cmocka_unit_test_teardown(scrolling_ends_with_the_text, close_plan),
        cmocka_unit_test_teardown(long_words_go_on_in_the_next_line_at_every_width, close_plan),
        cmocka_unit_test_teardown(a_key_costs_as_little_with_thousands_of_occurrences_and_long_texts, close_plan),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
