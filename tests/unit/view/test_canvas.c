#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/canvas.h"

enum { ROWS = 3, COLS = 10 };

static Canvas *canvas;

static int open_canvas(void **state)
{
    (void)state;
    canvas = canvas_new(ROWS, COLS, false);
    return 0;
}

static int close_canvas(void **state)
{
    (void)state;
    canvas_free(canvas);
    return 0;
}

static void assert_canvas(const Canvas *drawn, const char *wanted)
{
    StrBuf text = { 0 };
    canvas_add_text(&text, drawn);
    assert_string_equal(strbuf_z(&text), wanted);
    strbuf_done(&text);
}

static void a_new_canvas_is_blank(void **state)
{
    (void)state;
    int y, x;
    assert_canvas(canvas, "\n\n\n");
    assert_false(canvas_get_cursor(canvas, &y, &x));
}

static void text_tells_the_columns_it_took(void **state)
{
    (void)state;
    assert_int_equal(canvas_text(canvas, 0, 1, CANVAS_TO_EDGE, STYLE_TEXT, STR("Веха")), 4);
    assert_int_equal(canvas_text(canvas, 1, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("漢字")), 4);
    assert_int_equal(canvas_text(canvas, 2, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("и\u0306о\u0301")), 2);
    assert_canvas(canvas, " Веха\n漢字\nи\u0306о\u0301\n");
}

static void text_is_cut_at_its_columns_and_at_the_edge(void **state)
{
    (void)state;
    assert_int_equal(canvas_text(canvas, 0, 0, 3, STYLE_TEXT, STR("мероприятие")), 3);
    assert_int_equal(canvas_text(canvas, 1, 7, CANVAS_TO_EDGE, STYLE_TEXT, STR("мероприятие")), 3);
    assert_int_equal(canvas_text(canvas, 2, 0, 3, STYLE_TEXT, STR("漢字")), 2);
    assert_canvas(canvas, "мер\n       мер\n漢\n");
}

static void text_outside_is_not_drawn(void **state)
{
    (void)state;
    assert_int_equal(canvas_text(canvas, -1, 0, 5, STYLE_TEXT, STR("a")), 0);
    assert_int_equal(canvas_text(canvas, ROWS, 0, 5, STYLE_TEXT, STR("a")), 0);
    assert_int_equal(canvas_text(canvas, 0, COLS, 5, STYLE_TEXT, STR("a")), 0);
    assert_int_equal(canvas_text(canvas, 0, -3, 5, STYLE_TEXT, STR("a")), 0);
    assert_int_equal(canvas_text(canvas, 0, 0, -5, STYLE_TEXT, STR("a")), 0);
    assert_canvas(canvas, "\n\n\n");
}

static void hidden_characters_are_shown(void **state)
{
    (void)state;
    (void)canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("a\x1b[1m"));
    (void)canvas_text(canvas, 1, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("a\u202Eb"));
    (void)canvas_text(canvas, 2, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("\xFF\tx"));
    assert_canvas(canvas, "a^[[1m\na<202E>b\n<FF> x\n");
}

static void a_mark_upon_nothing_takes_no_room(void **state)
{
    (void)state;
    assert_int_equal(canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("\u0301ab")), 2);
    assert_canvas(canvas, "ab\n\n\n");
}

static void a_heap_of_marks_is_cut_at_a_whole_one(void **state)
{
    (void)state;
    StrBuf zalgo = { 0 };
    strbuf_add_char(&zalgo, 'a');
    for (int i = 0; i < 1000; i++) {
        strbuf_add(&zalgo, STR("\u0301"));
    }
    strbuf_add_char(&zalgo, 'b');
    assert_int_equal(canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, strbuf_str(&zalgo)), 2);
    assert_canvas(canvas, "a\u0301\u0301\u0301\u0301b\n\n\n");
    strbuf_done(&zalgo);
}

static void half_a_wide_character_becomes_a_blank(void **state)
{
    (void)state;
    (void)canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("漢字"));
    (void)canvas_text(canvas, 0, 1, 1, STYLE_TEXT, STR("x"));
    (void)canvas_text(canvas, 1, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("漢字"));
    canvas_repeat(canvas, 1, 1, 2, STYLE_TEXT, STR("─"));
    (void)canvas_text(canvas, 2, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("a漢b"));
    (void)canvas_text(canvas, 2, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("字"));
    assert_canvas(canvas, " x字\n ──\n字 b\n");
}

static void a_field_is_padded_and_its_cut_is_marked(void **state)
{
    (void)state;
    (void)canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("##########"));
    canvas_field(canvas, 0, 1, 6, STYLE_CURSOR, STR("мероприятие"));
    canvas_field(canvas, 1, 1, 6, STYLE_CURSOR, STR("план"));
    canvas_field(canvas, 2, 0, 4, STYLE_CURSOR, STR("a漢字漢"));
    assert_canvas(canvas, "#мероп…###\n план\na漢…\n");
    assert_int_equal(canvas_cell(canvas, 1, 6)->style, STYLE_CURSOR);
    assert_int_equal(canvas_cell(canvas, 1, 7)->style, STYLE_TEXT);
}

static void a_row_can_change_its_style(void **state)
{
    (void)state;
    (void)canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_BAD, STR("ab"));
    canvas_restyle(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_CURSOR);
    for (int x = 0; x < COLS; x++) {
        assert_int_equal(canvas_cell(canvas, 0, x)->style, STYLE_CURSOR);
    }
    assert_int_equal(canvas_cell(canvas, 1, 0)->style, STYLE_TEXT);
    assert_canvas(canvas, "ab\n\n\n");
}

static void an_area_has_its_own_corner(void **state)
{
    (void)state;
    int y, x;
    Canvas area = canvas_area(canvas, 1, 2, 5, 4);
    assert_int_equal(area.n_rows, 2);
    assert_int_equal(area.n_cols, 4);
    (void)canvas_text(&area, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("событие"));
    canvas_cursor(&area, 0, 1);
    assert_canvas(&area, "собы\n\n");
    assert_canvas(canvas, "\n  собы\n\n");
    assert_true(canvas_get_cursor(canvas, &y, &x));
    assert_int_equal(y, 1);
    assert_int_equal(x, 3);
    canvas_cursor(&area, 0, 4);
    assert_false(canvas_get_cursor(canvas, &y, &x));
}

static void an_area_in_no_room_is_empty(void **state)
{
    (void)state;
    Canvas area = canvas_area(canvas, 7, 20, 5, 4);
    assert_int_equal(area.n_rows, 0);
    assert_int_equal(area.n_cols, 0);
    assert_int_equal(canvas_text(&area, 0, 0, 4, STYLE_TEXT, STR("a")), 0);
    canvas_fill(&area, 0, 0, 4, 4, STYLE_BAD);
    canvas_restyle(&area, 0, 0, 4, STYLE_BAD);
    assert_null(canvas_cell(&area, 0, 0));
}

static void resizing_leaves_a_blank_of_the_new_size(void **state)
{
    (void)state;
    (void)canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("a"));
    canvas_resize(canvas, 2, 200);
    assert_int_equal(canvas->n_rows, 2);
    assert_int_equal(canvas->n_cols, 200);
    assert_canvas(canvas, "\n\n");
    canvas_resize(canvas, 0, 0);
    assert_canvas(canvas, "");
}

static void in_ascii_no_sign_is_left(void **state)
{
    (void)state;
    Canvas *ascii = canvas_new(3, 16, true);
    (void)canvas_text(ascii, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("○►●√→×█░■│─┼…"));
    (void)canvas_text(ascii, 1, 0, CANVAS_TO_EDGE, STYLE_TEXT, STR("№ 3 «Событие» —"));
    canvas_repeat(ascii, 2, 0, 4, STYLE_TEXT, STR("─"));
    assert_canvas(ascii, ".>*v>x#.@|-+.\nN 3 \"Событие\" -\n----\n");
    canvas_free(ascii);
}

static void in_ascii_a_cut_is_no_sign_of_a_state(void **state)
{
    (void)state;
    Canvas *ascii = canvas_new(3, 8, true);
    canvas_field(ascii, 0, 0, 8, STYLE_TEXT, STR("Разработка"));
    canvas_field(ascii, 1, 0, 2, STYLE_TEXT, STR("Разработка"));
    canvas_field(ascii, 2, 0, 1, STYLE_TEXT, STR("Разработка"));
    assert_canvas(ascii, "Разраб..\n..\n.\n");
    canvas_free(ascii);
}

static void in_ascii_an_arrow_is_not_what_is_postponed(void **state)
{
    static const struct {
        const char *text, *shown;
    } cases[] = {
        { "→", "~\n" },
        { " 5  →  перенесено", " 5  ~  перенесено\n" },
        { "→  перенесено", "~  перенесено\n" },
        { "→ март", "> март\n" },
        { "→, l", ">, l\n" },
        { "«1» → «2»", "\"1\" > \"2\"\n" },
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        Canvas *ascii = canvas_new(1, 20, true);
        (void)canvas_text(ascii, 0, 0, CANVAS_TO_EDGE, STYLE_TEXT, str_of(cases[i].text));
        assert_canvas(ascii, cases[i].shown);
        canvas_free(ascii);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_new_canvas_is_blank, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(text_tells_the_columns_it_took, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(text_is_cut_at_its_columns_and_at_the_edge, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(text_outside_is_not_drawn, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(hidden_characters_are_shown, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(a_mark_upon_nothing_takes_no_room, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(a_heap_of_marks_is_cut_at_a_whole_one, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(half_a_wide_character_becomes_a_blank, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(a_field_is_padded_and_its_cut_is_marked, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(a_row_can_change_its_style, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(an_area_has_its_own_corner, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(an_area_in_no_room_is_empty, open_canvas, close_canvas),
        cmocka_unit_test_setup_teardown(resizing_leaves_a_blank_of_the_new_size, open_canvas, close_canvas),
        cmocka_unit_test(in_ascii_no_sign_is_left),
        cmocka_unit_test(in_ascii_a_cut_is_no_sign_of_a_state),
        cmocka_unit_test(in_ascii_an_arrow_is_not_what_is_postponed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
