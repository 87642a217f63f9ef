#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/app/lineedit.h"
#include "vekha/base/utf8.h"

static LineEdit line;

static int begin(void **state)
{
    (void)state;
    line = (LineEdit){ 0 };
    return 0;
}

static int end(void **state)
{
    (void)state;
    lineedit_done(&line);
    return 0;
}

static void press(Key key)
{
    assert_true(lineedit_key(&line, key));
}

static void type(const char *words)
{
    for (Str rest = str_of(words); rest.n_bytes > 0;) {
        press(KEY_CHAR(utf8_next(&rest)));
    }
}

/* wanted has a | where the cursor stands */
static void assert_line(const char *wanted)
{
    StrBuf shown = { 0 };
    strbuf_add(&shown, strbuf_str(&line.text));
    strbuf_splice(&shown, line.cursor, line.cursor, STR("|"));
    assert_string_equal(strbuf_z(&shown), wanted);
    strbuf_done(&shown);
}

static void letters_are_text(void **state)
{
    (void)state;
    type("до 15 мая, q./");
    assert_line("до 15 мая, q./|");
}

static void the_cursor_moves_and_types_there(void **state)
{
    (void)state;
    type("мая");
    press(KEY_OF(K_HOME));
    type("15 ");
    assert_line("15 |мая");
    press(KEY_OF(K_RIGHT));
    press(KEY_OF(K_RIGHT));
    press(KEY_OF(K_LEFT));
    assert_line("15 м|ая");
    press(KEY_OF(K_END));
    assert_line("15 мая|");
}

static void keys_at_the_ends_stay_there(void **state)
{
    (void)state;
    press(KEY_OF(K_BACKSPACE));
    press(KEY_OF(K_DELETE));
    press(KEY_OF(K_LEFT));
    press(KEY_OF(K_RIGHT));
    press(KEY_CTRL('w'));
    assert_line("|");
    type("я");
    press(KEY_OF(K_RIGHT));
    press(KEY_OF(K_DELETE));
    assert_line("я|");
}

static void characters_are_deleted_whole(void **state)
{
    (void)state;
    type("ае\u0301б"); /* а, е with an accent, б */
    press(KEY_OF(K_LEFT));
    press(KEY_OF(K_BACKSPACE));
    assert_line("а|б");
    press(KEY_OF(K_DELETE));
    assert_line("а|");
}

static void words_and_halves_are_deleted_by_control(void **state)
{
    (void)state;
    type("до 15  июня");
    press(KEY_CTRL('w'));
    assert_line("до 15  |");
    press(KEY_CTRL('w'));
    assert_line("до |");
    type("мая года");
    press(KEY_CTRL('a'));
    press(KEY_OF(K_RIGHT));
    press(KEY_CTRL('k'));
    assert_line("д|");
    press(KEY_CTRL('e'));
    press(KEY_CTRL('u'));
    assert_line("|");
}

static void other_keys_mean_nothing(void **state)
{
    (void)state;
    type("я");
    assert_false(lineedit_key(&line, KEY_OF(K_UP)));
    assert_false(lineedit_key(&line, KEY_FN(5)));
    assert_false(lineedit_key(&line, KEY_CTRL('x')));
    assert_false(lineedit_key(&line, (Key){ .kind = K_CHAR, .code = 'a', .alt = true }));
    assert_line("я|");
}

static void an_endless_paste_ends(void **state)
{
    (void)state;
    for (int i = 0; i < 10000; i++) {
        press(KEY_CHAR(U'ж'));
    }
    assert_in_range(line.text.n_bytes, 1000, 5000);
    assert_true(utf8_valid(strbuf_str(&line.text), NULL));
}

static bool is_between_characters(const LineEdit *edit)
{
    Str rest = strbuf_str(&edit->text);
    while (rest.n_bytes > 0 && edit->text.n_bytes - rest.n_bytes < edit->cursor) {
        int cols;
        (void)utf8_next_char(&rest, &cols);
    }
    return edit->text.n_bytes - rest.n_bytes == edit->cursor;
}

static void the_cursor_is_always_between_whole_characters(void **state)
{
    static const uint32_t codes[] = { 'a',     ' ',     U'ж',   0x301,  0x200D, 0x1F1F7, 0x1F1FA,
                                      0x1F600, 0x1F3FD, 0x6F22, 0x202E, 0x1100, 0x1161 };
    static const KeyKind kinds[] = { K_LEFT, K_LEFT, K_RIGHT, K_HOME, K_END, K_BACKSPACE, K_DELETE };
    (void)state;
    srand(20220510);
    for (int i = 0; i < 20000; i++) {
        bool is_text = rand() % 3 != 0;
        Key key = is_text ? KEY_CHAR(codes[(size_t)rand() % COUNTOF(codes)]) : KEY_OF(kinds[(size_t)rand() % COUNTOF(kinds)]);
        key = rand() % 200 == 0 ? KEY_CTRL('u') : rand() % 50 == 0 ? KEY_CTRL('w') : key;
        (void)lineedit_key(&line, key);
        assert_true(line.cursor <= line.text.n_bytes);
        if (!is_between_characters(&line)) {
            fail_msg("after %d keys the cursor is within a character", i + 1);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(letters_are_text, begin, end),
        cmocka_unit_test_setup_teardown(the_cursor_moves_and_types_there, begin, end),
        cmocka_unit_test_setup_teardown(keys_at_the_ends_stay_there, begin, end),
        cmocka_unit_test_setup_teardown(characters_are_deleted_whole, begin, end),
        cmocka_unit_test_setup_teardown(words_and_halves_are_deleted_by_control, begin, end),
        cmocka_unit_test_setup_teardown(other_keys_mean_nothing, begin, end),
        cmocka_unit_test_setup_teardown(an_endless_paste_ends, begin, end),
        cmocka_unit_test_setup_teardown(the_cursor_is_always_between_whole_characters, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
