#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "../../support/screen.h"
#include "vekha/base/utf8.h"

static Screen screen;

static int open_plans(void **state)
{
    (void)state;
    screen.fixture.temp = temp_new();
    temp_copy(&screen.fixture.temp, "plans");
    screen_open(&screen);
    return 0;
}

static int close_frame(void **state)
{
    (void)state;
    screen_close(&screen);
    return 0;
}

typedef struct Range {
    uint32_t first, last;
} Range;

/* Windows Glyph List 4: what the fonts of PuTTY and of the Windows console have. */
static const Range wgl4[] = {
    /* clang-format off */
    { 0x20, 0x7E }, { 0xA0, 0x17F }, { 0x192, 0x192 }, { 0x1FA, 0x1FF }, { 0x2C6, 0x2C7 }, { 0x2C9, 0x2C9 }, { 0x2D8, 0x2DD },
    { 0x384, 0x38A }, { 0x38C, 0x38C }, { 0x38E, 0x3A1 }, { 0x3A3, 0x3CE }, { 0x401, 0x40C }, { 0x40E, 0x44F }, { 0x451, 0x45C },
    { 0x45E, 0x45F }, { 0x490, 0x491 }, { 0x1E80, 0x1E85 }, { 0x1EF2, 0x1EF3 }, { 0x2013, 0x2015 }, { 0x2017, 0x201E },
    { 0x2020, 0x2022 }, { 0x2026, 0x2026 }, { 0x2030, 0x2030 }, { 0x2032, 0x2033 }, { 0x2039, 0x203A }, { 0x203C, 0x203C },
    { 0x203E, 0x203E }, { 0x2044, 0x2044 }, { 0x207F, 0x207F }, { 0x20A3, 0x20A4 }, { 0x20A7, 0x20A7 }, { 0x20AC, 0x20AC },
    { 0x2105, 0x2105 }, { 0x2113, 0x2113 }, { 0x2116, 0x2116 }, { 0x2122, 0x2122 }, { 0x2126, 0x2126 }, { 0x212E, 0x212E },
    { 0x215B, 0x215E }, { 0x2190, 0x2195 }, { 0x21A8, 0x21A8 }, { 0x2202, 0x2202 }, { 0x2206, 0x2206 }, { 0x220F, 0x220F },
    { 0x2211, 0x2212 }, { 0x2215, 0x2215 }, { 0x2219, 0x221A }, { 0x221E, 0x221F }, { 0x2229, 0x2229 }, { 0x222B, 0x222B },
    { 0x2248, 0x2248 }, { 0x2260, 0x2261 }, { 0x2264, 0x2265 }, { 0x2302, 0x2302 }, { 0x2310, 0x2310 }, { 0x2320, 0x2321 },
    { 0x2500, 0x2500 }, { 0x2502, 0x2502 }, { 0x250C, 0x250C }, { 0x2510, 0x2510 }, { 0x2514, 0x2514 }, { 0x2518, 0x2518 },
    { 0x251C, 0x251C }, { 0x2524, 0x2524 }, { 0x252C, 0x252C }, { 0x2534, 0x2534 }, { 0x253C, 0x253C }, { 0x2550, 0x256C },
    { 0x2580, 0x2580 }, { 0x2584, 0x2584 }, { 0x2588, 0x2588 }, { 0x258C, 0x258C }, { 0x2590, 0x2593 }, { 0x25A0, 0x25A1 },
    { 0x25AA, 0x25AC }, { 0x25B2, 0x25B2 }, { 0x25BA, 0x25BA }, { 0x25BC, 0x25BC }, { 0x25C4, 0x25C4 }, { 0x25CA, 0x25CB },
    { 0x25CF, 0x25CF }, { 0x25D8, 0x25D9 }, { 0x25E6, 0x25E6 }, { 0x263A, 0x263C }, { 0x2640, 0x2640 }, { 0x2642, 0x2642 },
    { 0x2660, 0x2660 }, { 0x2663, 0x2663 }, { 0x2665, 0x2666 }, { 0x266A, 0x266B }, { 0xFB01, 0xFB02 },
    /* clang-format on */
};

static bool is_wgl4(uint32_t code)
{
    for (size_t i = 0; i < COUNTOF(wgl4); i++) {
        if (code >= wgl4[i].first && code <= wgl4[i].last) {
            return true;
        }
    }
    return false;
}

static void assert_wgl4(Str text)
{
    for (Str rest = text; rest.n_bytes > 0;) {
        uint32_t code = utf8_next(&rest);
        if (code != '\n' && !is_wgl4(code)) {
            fail_msg("U+%04X is in no such font: %.*s", (unsigned)code, STR_ARG(text));
        }
    }
}

static void the_programs_own_texts_need_no_rare_font(void **state)
{
    (void)state;
    for (int id = T_NONE + 1; id < TEXT_COUNT; id++) {
        assert_wgl4(text_get(LANG_RU, (TextId)id));
        assert_wgl4(text_get(LANG_EN, (TextId)id));
    }
}

static void the_programs_own_signs_need_no_rare_font(void **state)
{
    static const char *const walks[] = { "1",     "2",  "2 i",           "3", "2 s", "Esc 2 s 5", "Enter",
                                         "Enter", "F1", "3 Right Right", "o", "4",   "F9",        "Right Right" };
    static const int sizes[][2] = { { 24, 80 }, { 10, 40 }, { 60, 200 } };
    (void)state;
    screen_leave(&screen);
    temp_copy(&screen.fixture.temp, "tests/data/states");
    screen_open(&screen);
    for (size_t i = 0; i < COUNTOF(walks); i++) {
        screen_press(&screen, walks[i]);
        for (size_t k = 0; k < COUNTOF(sizes); k++) {
            screen_draw(&screen, sizes[k][0], sizes[k][1]);
            for (int y = 0; y < screen.canvas->n_rows; y++) {
                for (int x = 0; x < screen.canvas->n_cols; x++) {
                    const Cell *cell = canvas_cell(screen.canvas, y, x);
                    assert_wgl4((Str){ cell->bytes, cell->n_bytes });
                }
            }
        }
    }
}

static void a_long_message_takes_the_lines_that_it_needs(void **state)
{
    (void)state;
    Err err = { 0 };
    (void)err_set(&err, ERR_CONFLICT, T_CHANGE_CONFLICT, TEXT_ROW(T_FIELD_STATUS), TEXT_STR(STR("исполнено")),
                  TEXT_STR(STR("в работе")), TEXT_STR(STR("отменено")));
    session_say_err(screen.fixture.session, &err);
    screen_draw(&screen, 24, 40);
    screen_assert(&screen, "посмотрите и");
    screen_assert(&screen, "повторите");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "посмотрите и повторите");
}

static void the_cursor_of_a_field_stands_behind_hidden_text_as_it_is_shown(void **state)
{
    int y, x;
    (void)state;
    screen_press(&screen, "2 s 5 Ctrl-U");
    fixture_type(&screen.fixture, "а\u202Eб");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "Новый срок: а<202E>б");
    assert_true(canvas_get_cursor(screen.canvas, &y, &x));
    assert_int_equal(x, 1 + 12 + 8);
    for (int i = 0; i < 100; i++) {
        fixture_type(&screen.fixture, "слово ");
    }
    screen_draw(&screen, 24, 80);
    assert_true(canvas_get_cursor(screen.canvas, &y, &x));
    const Cell *last = canvas_cell(screen.canvas, y, x - 2); /* the end of what is typed stays in sight */
    assert_true(str_eq((Str){ last->bytes, last->n_bytes }, STR("о")));
}

static void the_title_line_names_plan_view_and_filter_at_any_width(void **state)
{
    (void)state;
    screen_press(&screen, "End Enter o");
    screen_draw(&screen, 10, 40);
    screen_assert(&screen, "только просроченные");
    screen_assert(&screen, "10.05.2022");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "Веха · «500+», Саянск · Мероприятия · только просроченные");
    screen_draw(&screen, 24, 62); /* the filter matters more than what is seen anyway */
    screen_assert(&screen, "«500+», Саянск · только просроченные");
}

static void a_key_that_means_nothing_here_says_so(void **state)
{
    (void)state;
    screen_press(&screen, "End Enter");
    screen_press(&screen, "+");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "это делается в другом виде: Лента");
    screen_press(&screen, "F6");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "F6: такой команды здесь нет · F1 — помощь");
}

static void the_counts_are_of_events_and_of_what_is_shown(void **state)
{
    (void)state;
    screen_press(&screen, "End Enter Home");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "50 мероприятий: исполнено 0, просрочено 14 · 1–11 из 50");
    screen_press(&screen, "i");
    screen_draw(&screen, 28, 80);
    screen_assert(&screen, "· 1–3 из 50");
    screen_press(&screen, "i Tab Tab");
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "· 1–19 из 50");
    screen_draw(&screen, 70, 80);
    assert_false(screen_shows(&screen, " из 50"));
    screen_draw(&screen, 10, 40);
    screen_assert(&screen, "исполнено 0 из 50, просрочено 14");
}

static void a_page_of_high_rows_is_no_more_than_was_shown(void **state)
{
    int y, x;
    (void)state;
    screen_press(&screen, "End Enter Home i");
    screen_draw(&screen, 28, 80);
    screen_press(&screen, "PgDn");
    screen_draw(&screen, 28, 80);
    assert_true(str_eq(session_event(screen.fixture.session, NULL)->no, STR("4"))); /* 1 to 3 were shown */
    screen_press(&screen, "Up");
    screen_draw(&screen, 28, 80);
    assert_true(canvas_get_cursor(screen.canvas, &y, &x));
    assert_true(y > 4); /* a step within the page does not scroll it */
}

static void every_section_above_comes_with_its_first_event(void **state)
{
    (void)state;
    screen_press(&screen, "End Enter End");
    screen_draw(&screen, 12, 80);
    while (!str_eq(session_event(screen.fixture.session, NULL)->no, STR("30"))) { /* up into a section that stands in another */
        screen_press(&screen, "Up");
        screen_draw(&screen, 12, 80);
    }
    screen_assert(&screen, "Научно-методическое сопровождение");
    screen_assert(&screen, "Наличие муниципальных методических");
}

static void large_counts_are_not_cut_into_others(void **state)
{
    StrBuf text = { 0 };
    (void)state;
    screen_leave(&screen);
    strbuf_add(&text, STR("vekha: 1\ntitle: Большой\nperiod: 2021-03/2022-02\nevents:\n"));
    for (int i = 0; i < 2345; i++) {
        strbuf_add(&text, STR("  - {title: я, status: done}\n"));
    }
    temp_write(&screen.fixture.temp, "a.yaml", strbuf_str(&text));
    strbuf_done(&text);
    screen_open(&screen);
    screen_draw(&screen, 24, 80);
    screen_assert(&screen, "2345/2345");
    screen_assert(&screen, "2021–22");
    screen_draw(&screen, 10, 40);
    screen_assert(&screen, "2345/2345");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_programs_own_texts_need_no_rare_font),
        cmocka_unit_test_setup_teardown(the_programs_own_signs_need_no_rare_font, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(a_long_message_takes_the_lines_that_it_needs, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(the_cursor_of_a_field_stands_behind_hidden_text_as_it_is_shown, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(the_title_line_names_plan_view_and_filter_at_any_width, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(a_key_that_means_nothing_here_says_so, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(the_counts_are_of_events_and_of_what_is_shown, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(a_page_of_high_rows_is_no_more_than_was_shown, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(every_section_above_comes_with_its_first_event, open_plans, close_frame),
        cmocka_unit_test_setup_teardown(large_counts_are_not_cut_into_others, open_plans, close_frame),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
