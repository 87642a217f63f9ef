#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* The field in that many rows and columns, a row a line, the cursor's cell in brackets. */
static void add_field(StrBuf *out, Str text, size_t at, int n_rows, int n_cols)
{
    Canvas *canvas = canvas_new(n_rows + 2, n_cols + 2, false);
    LineEdit line = { 0 };
    int cursor_y = -1;
    int cursor_x = -1;
    lineedit_set(&line, text);
    lineedit_set_cursor(&line, at);
    prompt_draw_field(canvas, 1, 1, n_rows, n_cols, &line);
    assert_true(canvas_get_cursor(canvas, &cursor_y, &cursor_x));
    assert_in_range(cursor_y, 1, n_rows);
    assert_in_range(cursor_x, 1, n_cols);
    for (int y = 1; y <= n_rows; y++) {
        for (int x = 1; x <= n_cols; x++) {
            const Cell *cell = canvas_cell(canvas, y, x);
            bool is_cursor = y == cursor_y && x == cursor_x;
            strbuf_add(out, is_cursor ? STR("[") : (Str){ 0 });
            strbuf_add(out, (Str){ cell->bytes, cell->n_bytes });
            strbuf_add(out, is_cursor ? STR("]") : (Str){ 0 });
        }
        strbuf_add_char(out, '\n');
    }
    for (int x = 0; x < n_cols + 2; x++) { /* nothing outside */
        assert_int_equal(canvas_cell(canvas, 0, x)->style, STYLE_TEXT);
        assert_int_equal(canvas_cell(canvas, n_rows + 1, x)->style, STYLE_TEXT);
    }
    lineedit_done(&line);
    canvas_free(canvas);
}

static void assert_field(const char *text, size_t at, int n_rows, const char *wanted)
{
    StrBuf shown = { 0 };
    add_field(&shown, str_of(text), at, n_rows, 10);
    assert_string_equal(strbuf_z(&shown), wanted);
    strbuf_done(&shown);
}

static void a_long_text_is_wrapped_at_its_blanks(void **state)
{
    (void)state;
    assert_field("one two three", 0, 2, "[o]ne two   \nthree     \n");
    assert_field("one two three", 13, 2, "one two   \nthree[ ]    \n");
    assert_field("one two three", 8, 2, "one two   \n[t]hree     \n");
    assert_field("onetwothree", 8, 2, "onetwoth  \n[r]ee       \n");
}

static void the_cursor_stays_in_view_between_what_is_above_and_below(void **state)
{
    (void)state;
    const char *text = "first second third fourth fifth sixth";
    assert_field(text, 0, 3, "[f]irst     \nsecond    \nthird    ▼\n");
    assert_field(text, 20, 3, "third    ▲\nf[o]urth    \nfifth    ▼\n");
    assert_field(text, 37, 3, "fourth   ▲\nfifth     \nsixth[ ]    \n");
}

static void on_the_blanks_where_a_line_is_wrapped_it_stands_behind_the_line(void **state)
{
    (void)state;
    assert_field("one two   three", 8, 2, "one two [ ] \nthree     \n");
    assert_field("one two   three", 9, 2, "one two [ ] \nthree     \n");
    assert_field("first one      ", 15, 2, "first     \none     [ ] \n");
    assert_field("firstone    ", 12, 2, "firstone[ ] \n          \n");
}

/* Whatever the text, the sizes and the place: the cursor is on the character before which it stands, or behind its line. */
static void the_cursor_is_on_its_character(void **state)
{
    static const char *const parts[] = { "а", "漢", "e\u0301", " ", "  ", "\u202E", "z-", "слово", "№" };
    (void)state;
    srand(11);
    for (int i = 0; i < 20000; i++) {
        StrBuf text = { 0 };
        StrBuf shown = { 0 };
        StrBuf wanted = { 0 };
        for (int n = rand() % 60; n > 0; n--) {
            strbuf_add(&text, str_of(parts[(size_t)rand() % COUNTOF(parts)]));
        }
        LineEdit line = { 0 };
        lineedit_set(&line, strbuf_str(&text));
        lineedit_set_cursor(&line, (size_t)rand() % (text.n_bytes + 1));
        add_field(&shown, strbuf_str(&text), line.cursor, 2 + rand() % 5, 12 + rand() % 20);
        utf8_add_visible(&wanted, str_from(strbuf_str(&text), line.cursor));
        Str rest = strbuf_str(&wanted);
        int cols;
        Str character = rest.n_bytes > 0 ? utf8_next_char(&rest, &cols) : STR(" ");
        size_t at = str_find_char(strbuf_str(&shown), '[', 0);
        Str got = str_from(strbuf_str(&shown), at + 1);
        assert_true(str_starts(got, character) || str_starts(got, STR(" ]")));
        assert_true(str_starts(got, character) || str_eq(character, STR(" ")));
        strbuf_done(&wanted);
        strbuf_done(&shown);
        strbuf_done(&text);
        lineedit_done(&line);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_text_is_wrapped_at_its_blanks),
        cmocka_unit_test(the_cursor_stays_in_view_between_what_is_above_and_below),
        cmocka_unit_test(on_the_blanks_where_a_line_is_wrapped_it_stands_behind_the_line),
        cmocka_unit_test(the_cursor_is_on_its_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
