#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "term/term_priv.h"

enum { ESC_MS = 40 };

static Input input;

static int empty_input(void **state)
{
    (void)state;
    memset(&input, 0, sizeof input);
    input.esc_ms = ESC_MS;
    return 0;
}

static void feed(const char *bytes)
{
    assert_int_equal(input_feed(&input, bytes, strlen(bytes)), strlen(bytes));
}

/* Everything at hand, as names with blanks between. */
static void assert_keys(const char *bytes, bool waited, const char *wanted)
{
    StrBuf got = { 0 };
    Key key;
    feed(bytes);
    while (input_take(&input, waited, &key)) {
        waited = false;
        strbuf_add(&got, got.n_bytes > 0 ? STR(" ") : STR(""));
        key_add_name(&got, LANG_EN, key);
    }
    assert_string_equal(strbuf_z(&got), wanted);
    strbuf_done(&got);
}

static void characters_are_keys(void **state)
{
    (void)state;
    assert_keys("jЖ漢 ", false, "j Ж 漢 Space");
    assert_keys("\r\n\t\b\x7f", false, "Enter Enter Tab Backspace Backspace");
    assert_keys("\x12\x1c\x1f\x01\x1a", false, "Ctrl-R Ctrl-\\ Ctrl-_ Ctrl-A Ctrl-Z");
}

static void a_character_may_come_in_pieces(void **state)
{
    (void)state;
    assert_keys("\xD0", false, "");
    assert_int_equal(input_wait_ms(&input), 500);
    assert_keys("\x96", false, "Ж");
    assert_int_equal(input_wait_ms(&input), -1);
}

static void wrong_bytes_are_no_keys(void **state)
{
    (void)state;
    assert_keys("a\xFF\xC0\x80\xED\xA0\x80"
                "b\xF8\x88\x80\x80\x80",
                false, "a b");
    assert_keys("\xD0"
                "c\xE2\x82"
                "d",
                false, "c d");
    assert_keys("\xE2\x82", true, "");
    assert_int_equal(input.n_bytes, 0);
}

static void a_lone_escape_waits_for_a_short_time(void **state)
{
    (void)state;
    assert_keys("\x1b", false, "");
    assert_int_equal(input_wait_ms(&input), ESC_MS);
    assert_keys("", true, "Esc");
}

static void a_sequence_begun_waits_longer(void **state)
{
    (void)state;
    assert_keys("\x1b[", false, "");
    assert_int_equal(input_wait_ms(&input), 500);
    assert_keys("A", false, "↑");
    assert_keys("\x1b[1", false, "");
    assert_keys(";5", false, "");
    assert_keys("B", false, "Ctrl-↓");
    assert_keys("\x1bO", false, "");
    assert_keys("P", false, "F1");
    assert_keys("\x1b[[", false, "");
    assert_keys("E", false, "F5");
}

static void a_sequence_that_is_not_finished_is_what_it_is(void **state)
{
    (void)state;
    assert_keys("\x1b[", true, "Alt-[");
    assert_keys("\x1bO", true, "Alt-O");
    assert_keys("\x1b[1;", true, "");
    assert_int_equal(input.n_bytes, 0);
}

/* Everything at hand: how many keys of it are of a pasted text. */
static int count_pasted(const char *bytes)
{
    Key key;
    int n_pasted = 0;
    feed(bytes);
    while (input_take(&input, false, &key)) {
        n_pasted += key.is_pasted;
    }
    return n_pasted;
}

static void what_is_pasted_is_told_from_what_is_typed(void **state)
{
    Key key;
    (void)state;
    assert_int_equal(count_pasted("d\r\x1b[200~вz\r\x1b[A\x1b[201~d\r"), 4);
    assert_int_equal(count_pasted("d\x1b[20"), 0); /* the mark may come in pieces */
    assert_int_equal(count_pasted("0~d\r"), 2);
    assert_int_equal(count_pasted("\r"), 1);
    assert_int_equal(count_pasted("\x1b[201"), 0);
    assert_int_equal(count_pasted("~\r"), 0);
    assert_int_equal(input_wait_ms(&input), -1);

    feed("\x1b"); /* cut behind Esc, on a link so slow that it was taken for a lone one */
    assert_true(input_take(&input, true, &key));
    assert_int_equal(count_pasted("[200~d\r"), 2);
    assert_true(input_wait_ms(&input) > 0); /* no mark of its end came: typing goes on all the same */
    assert_false(input_take(&input, true, &key));
    assert_int_equal(count_pasted("d\r"), 0);
}

static void the_rest_of_an_escape_may_come_late(void **state)
{
    (void)state;
    assert_keys("\x1b", true, "Esc");
    assert_int_equal(input_wait_ms(&input), 500);
    assert_keys("[", false, "");
    assert_keys("A", false, "↑");
    assert_int_equal(input_wait_ms(&input), -1);

    feed("\x1b");
    Key key;
    assert_true(input_take(&input, true, &key));
    assert_false(input_take(&input, true, &key)); /* the time for a rest has passed */
    assert_keys("[A", false, "[ A");

    assert_keys("\x1b", true, "Esc");
    assert_keys("jOP", false, "j O P");
}

static void two_escapes_are_two_keys(void **state)
{
    (void)state;
    assert_keys("\x1b\x1b", false, "Esc");
    assert_keys("", true, "Esc");
    assert_keys("\x1b\x1b[A", false, "Esc ↑");
}

static void alt_and_a_digit_is_a_function_key(void **state)
{
    (void)state;
    assert_keys("\x1b"
                "1\x1b"
                "9\x1b"
                "0",
                false, "F1 F9 F10");
    assert_keys("\x1bx\x1bж\x1b\x7f\x1b\r", false, "Alt-x Alt-ж Alt-Backspace Alt-Enter");
}

/* F1 to F12 in each of the seven modes that PuTTY has. */
static void every_mode_of_putty_has_its_function_keys(void **state)
{
    static const struct {
        const char *mode, *keys[12];
    } rows[] = {
        /* clang-format off */
        { "ESC[n~",     { "[11~", "[12~", "[13~", "[14~", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~" } },
        { "Linux",      { "[[A", "[[B", "[[C", "[[D", "[[E", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~" } },
        { "Xterm R6",   { "OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~" } },
        { "VT400",      { "[11~", "[12~", "[13~", "[14~", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~" } },
        { "VT100+",     { "OP", "OQ", "OR", "OS", "OT", "OU", "OV", "OW", "OX", "OY", "OZ", "O[" } },
        { "SCO",        { "[M", "[N", "[O", "[P", "[Q", "[R", "[S", "[T", "[U", "[V", "[W", "[X" } },
        { "Xterm 216+", { "OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~", "[23~", "[24~" } },
        /* clang-format on */
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        for (int n = 1; n <= 12; n++) {
            StrBuf bytes = { 0 };
            StrBuf name = { 0 };
            strbuf_addf(&bytes, "\x1b%s", rows[i].keys[n - 1]);
            strbuf_addf(&name, "F%d", n);
            assert_keys(strbuf_z(&bytes), false, strbuf_z(&name));
            strbuf_done(&bytes);
            strbuf_done(&name);
        }
    }
    /* The top row of a keypad in VT400 mode, and Shift in the newest mode */
    assert_keys("\x1bOP\x1bOQ\x1bOR\x1bOS\x1b[1;2P\x1b[15;2~", false, "F1 F2 F3 F4 Shift-F1 Shift-F5");
}

static void cursor_keys_come_in_many_ways(void **state)
{
    (void)state;
    assert_keys("\x1b[A\x1b[B\x1b[C\x1b[D", false, "↑ ↓ → ←");
    assert_keys("\x1bOA\x1bOB\x1bOC\x1bOD", false, "↑ ↓ → ←");
    assert_keys("\x1b[H\x1bOH\x1b[1~\x1b[7~", false, "Home Home Home Home");
    assert_keys("\x1b[F\x1bOF\x1b[4~\x1b[8~\x1bOw", false, "End End End End End");
    assert_keys("\x1b[5~\x1b[6~\x1b[I\x1b[G", false, "PgUp PgDn PgUp PgDn");
    assert_keys("\x1b[2~\x1b[3~\x1b[L\x1b[Z", false, "Ins Del Ins Shift-Tab");
}

static void modifiers_are_kept(void **state)
{
    (void)state;
    assert_keys("\x1b[1;2A\x1b[1;3A\x1b[1;5H\x1b[3;5~\x1b[1;2P\x1b[15;2~", false,
                "Shift-↑ Alt-↑ Ctrl-Home Ctrl-Del Shift-F1 Shift-F5");
}

static void unknown_sequences_are_swallowed_whole(void **state)
{
    (void)state;
    assert_keys("\x1b[200~a\x1b[201~\x1b[?1;2c\x1b[99;99;99x\x1b[<0;1;1mb\x1b[[zc", false, "a b c");
    assert_keys("\x1b[99999999999999999999999~d", false, "d");
    assert_keys("\x1b[1\x1b[Ae", false, "↑ e");
}

static void an_endless_sequence_ends(void **state)
{
    char many[1000];
    (void)state;
    memset(many, '1', sizeof many - 1);
    many[0] = '\x1b';
    many[1] = '[';
    many[sizeof many - 1] = '\0';
    Key key;
    feed(many);
    while (input_take(&input, false, &key)) {
        assert_int_equal(key.kind, K_NONE + 1);
    }
    assert_int_equal(input.n_bytes, 0);
}

static void the_terminals_own_sequences_go_first(void **state)
{
    (void)state;
    input_add_sequence(&input,
                       "\x1b"
                       "h",
                       KEY_OF(K_HOME));
    input_add_sequence(&input, "\x1b|x\r", KEY_FN(2));
    input_add_sequence(&input, NULL, KEY_FN(3));
    input_add_sequence(&input, "x", KEY_FN(3));
    assert_int_equal(input.n_sequences, 2);
    assert_keys("\x1bh\x1b|x\r", false, "Home F2");
    assert_keys("\x1b|x", false, "");
    assert_keys("", true, "Alt-| x");
}

static void no_bytes_break_it(void **state)
{
    uint32_t seed = 1;
    (void)state;
    for (int round = 0; round < 20000; round++) {
        static const char likely[] = "\x1b\x1b[O;15~AM\xD0\x96\xFF";
        char bytes[8];
        for (size_t i = 0; i < sizeof bytes; i++) {
            seed = seed * 1664525 + 1013904223;
            bytes[i] = (seed >> 24) % 3 == 0 ? (char)(seed >> 16) : likely[(seed >> 16) % (sizeof likely - 1)];
        }
        Key key;
        (void)input_feed(&input, bytes, sizeof bytes);
        bool waited = round % 7 == 0;
        while (input_take(&input, waited, &key)) {
            assert_in_range(key.kind, K_NONE + 1, K_KIND_COUNT - 1);
        }
        assert_true(input.n_bytes < 64);
        assert_true(!waited || input.n_bytes == 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(characters_are_keys, empty_input),
        cmocka_unit_test_setup(a_character_may_come_in_pieces, empty_input),
        cmocka_unit_test_setup(wrong_bytes_are_no_keys, empty_input),
        cmocka_unit_test_setup(a_lone_escape_waits_for_a_short_time, empty_input),
        cmocka_unit_test_setup(a_sequence_begun_waits_longer, empty_input),
        cmocka_unit_test_setup(a_sequence_that_is_not_finished_is_what_it_is, empty_input),
        cmocka_unit_test_setup(what_is_pasted_is_told_from_what_is_typed, empty_input),
        cmocka_unit_test_setup(the_rest_of_an_escape_may_come_late, empty_input),
        cmocka_unit_test_setup(two_escapes_are_two_keys, empty_input),
        cmocka_unit_test_setup(alt_and_a_digit_is_a_function_key, empty_input),
        cmocka_unit_test_setup(every_mode_of_putty_has_its_function_keys, empty_input),
        cmocka_unit_test_setup(cursor_keys_come_in_many_ways, empty_input),
        cmocka_unit_test_setup(modifiers_are_kept, empty_input),
        cmocka_unit_test_setup(unknown_sequences_are_swallowed_whole, empty_input),
        cmocka_unit_test_setup(an_endless_sequence_ends, empty_input),
        cmocka_unit_test_setup(the_terminals_own_sequences_go_first, empty_input),
        cmocka_unit_test_setup(no_bytes_break_it, empty_input),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
