#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/utf8.h"
#include "view/view_priv.h"

/* The line of a prompt in n_cols columns, the cursor in front of that byte; the cursor's cell in brackets. */
static void assert_line(const char *text, size_t at, int n_cols, bool ascii, const char *wanted)
{
    Canvas *canvas = canvas_new(1, n_cols + 2, ascii);
    LineEdit line = { 0 };
    StrBuf shown = { 0 };
    lineedit_set(&line, str_of(text));
    lineedit_set_cursor(&line, at);
    int cursor = dialog_draw_line(canvas, 0, 1, n_cols, &line);
    assert_in_range(cursor, 0, n_cols - 1);
    for (int x = 0; x < n_cols; x++) {
        const Cell *cell = canvas_cell(canvas, 0, 1 + x);
        strbuf_add(&shown, x == cursor ? STR("[") : (Str){ 0 });
        strbuf_add(&shown, (Str){ cell->bytes, cell->n_bytes });
        strbuf_add(&shown, x == cursor ? STR("]") : (Str){ 0 });
    }
    assert_string_equal(strbuf_z(&shown), wanted);
    assert_int_equal(canvas_cell(canvas, 0, 0)->style, STYLE_TEXT); /* nothing outside */
    assert_int_equal(canvas_cell(canvas, 0, n_cols + 1)->style, STYLE_TEXT);
    strbuf_done(&shown);
    lineedit_done(&line);
    canvas_free(canvas);
}

static void a_line_too_long_says_at_which_side_there_is_more(void **state)
{
    (void)state;
    assert_line("abcdefghi", 9, 10, false, "abcdefghi[ ]");
    assert_line("abcdefghij", 9, 10, false, "abcdefghi[j]"); /* all of it is there */
    assert_line("abcdefghij", 10, 10, false, "…cdefghij[ ]");
    assert_line("abcdefghijklmnop", 16, 10, false, "…ijklmnop[ ]");
    assert_line("abcdefghijklmnop", 0, 10, false, "[a]bcdefghi…");
    assert_line("abcdefghijklmnop", 8, 10, false, "abcdefgh[i]…");
    assert_line("abcdefghijklmnop", 9, 10, false, "…cdefghi[j]…");
    assert_line("abcdefghijklmnop", 14, 10, false, "…hijklmn[o]p");
}

static void in_ascii_the_sign_is_two_points(void **state)
{
    (void)state;
    assert_line("abcdefghijklmnop", 16, 10, true, "..jklmnop[ ]");
    assert_line("abcdefghijklmnop", 10, 10, true, "..fghij[k]..");
    assert_line("abcdefghijklmnop", 0, 10, true, "[a]bcdefgh..");
}

static void wide_and_combining_characters_stay_whole(void **state)
{
    (void)state;
    assert_line("漢字漢字漢字", 18, 8, false, "…字漢字[ ]");
    assert_line("漢字漢字漢字", 0, 7, false, "[漢]字漢…");
    assert_line("漢字漢字漢字", 9, 8, false, "…字漢[字]…");
    assert_line("e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301e\u0301", 21, 6, false, "…e\u0301e\u0301e\u0301e\u0301[ ]");
    assert_line("a\u202Ebcdefgh", 0, 10, false, "[a]<202E>bc…");
}

static void where_signs_have_no_room_the_cursor_has(void **state)
{
    (void)state;
    assert_line("abcdef", 6, 3, false, "ef[ ]");
    assert_line("abcdef", 0, 1, false, "[a]");
    assert_line("abcdef", 6, 1, false, "[ ]");
}

/* The cursor stands on the character before which it is, whatever the text, the width and the place. */
static void the_cursor_is_on_its_character(void **state)
{
    static const char *const parts[] = { "а", "漢", "e\u0301", " ", "\u202E", "\u0301", "z", "№" };
    (void)state;
    srand(7);
    for (int i = 0; i < 20000; i++) {
        StrBuf text = { 0 };
        LineEdit line = { 0 };
        int n_cols = 4 + rand() % 20;
        Canvas *canvas = canvas_new(1, n_cols, i % 2 == 0);
        for (int n = rand() % 30; n > 0; n--) {
            strbuf_add(&text, str_of(parts[(size_t)rand() % COUNTOF(parts)]));
        }
        lineedit_set(&line, strbuf_str(&text));
        lineedit_set_cursor(&line, (size_t)rand() % (text.n_bytes + 1));
        int cursor = dialog_draw_line(canvas, 0, 0, n_cols, &line);
        assert_in_range(cursor, 0, n_cols - 1);
        StrBuf visible = { 0 };
        utf8_add_visible(&visible, str_from(strbuf_str(&text), line.cursor));
        Str rest = strbuf_str(&visible);
        int cols = 1;
        Str wanted = rest.n_bytes > 0 ? utf8_next_char(&rest, &cols) : STR(" ");
        const Cell *cell = canvas_cell(canvas, 0, cursor);
        bool is_sign = wanted.n_bytes > 1 && cell->n_bytes == 1; /* in ascii another one stands for it */
        if (cols > 0 && !is_sign) {
            assert_true(str_eq((Str){ cell->bytes, cell->n_bytes }, wanted));
        }
        strbuf_done(&visible);
        strbuf_done(&text);
        lineedit_done(&line);
        canvas_free(canvas);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_too_long_says_at_which_side_there_is_more),
        cmocka_unit_test(in_ascii_the_sign_is_two_points),
        cmocka_unit_test(wide_and_combining_characters_stay_whole),
        cmocka_unit_test(where_signs_have_no_room_the_cursor_has),
        cmocka_unit_test(the_cursor_is_on_its_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
