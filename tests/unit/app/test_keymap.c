#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "vekha/app/keymap.h"
#include "vekha/app/layout.h"

static Keymap *keymap;

static int begin(void **state)
{
    (void)state;
    keymap = keymap_new();
    return 0;
}

static int end(void **state)
{
    (void)state;
    keymap_free(keymap);
    return 0;
}

static Key key_named(Str name)
{
    Key key = { 0 };
    if (!key_parse(name, &key)) {
        fail_msg("%.*s is no key", STR_ARG(name));
    }
    return key;
}

/* What a key runs there: the name of the command, "-" for none. */
static const char *runs(ViewId view, Overlay overlay, Key key)
{
    Session session = { .view = view, .overlay = overlay };
    const Command *command = keymap_find(keymap, &session, key);
    return command == NULL ? "-" : command->name.at;
}

static void every_binding_names_a_key_and_a_command(void **state)
{
    (void)state;
    for (size_t i = 0; i < binding_count(); i++) {
        (void)key_named(binding_at(i)->key);
        if (command_find(binding_at(i)->command) == NULL) {
            fail_msg("%.*s is no command", STR_ARG(binding_at(i)->command));
        }
    }
}

static void no_key_is_bound_twice_in_one_chain_in_either_layout(void **state)
{
    (void)state;
    for (size_t i = 0; i < binding_count(); i++) {
        for (size_t k = 0; k < i; k++) {
            Scope a = binding_at(i)->scope;
            Scope b = binding_at(k)->scope;
            bool is_view[SCOPE_COUNT] = {
                [SCOPE_PLANS] = true, [SCOPE_EVENTS] = true, [SCOPE_TIMELINE] = true, [SCOPE_CARD] = true
            };
            bool is_chain = a == b || (a == SCOPE_GLOBAL && is_view[b]) || (b == SCOPE_GLOBAL && is_view[a]);
            Key one = layout_command_key(key_named(binding_at(i)->key));
            Key other = layout_command_key(key_named(binding_at(k)->key));
            if (is_chain && key_eq(one, other)) {
                fail_msg("%.*s is bound twice", STR_ARG(binding_at(i)->key));
            }
        }
    }
}

static void no_binding_is_a_cyrillic_letter_or_lies_on_a_stop_or_a_comma(void **state)
{
    (void)state;
    for (size_t i = 0; i < binding_count(); i++) {
        Key key = key_named(binding_at(i)->key);
        assert_true(key_eq(layout_command_key(key), key)); /* what the layout turns into another would never be found */
        assert_false(key.kind == K_CHAR && (key.code == '.' || key.code == ',' || key.code >= 0x80));
    }
}

static void f11_f12_and_shifted_function_keys_run_nothing(void **state)
{
    (void)state;
    for (int overlay = OVERLAY_NONE; overlay <= OVERLAY_MENU; overlay++) {
        for (int view = 0; view < VIEW_COUNT; view++) {
            for (uint32_t number = 1; number <= KEY_MAX_F; number++) {
                Key shifted = KEY_FN(number);
                shifted.shift = true;
                assert_string_equal(runs((ViewId)view, (Overlay)overlay, shifted), "-");
                if (number > 10) {
                    assert_string_equal(runs((ViewId)view, (Overlay)overlay, KEY_FN(number)), "-");
                }
            }
        }
    }
}

static void the_russian_letter_of_a_key_does_what_the_latin_one_does(void **state)
{
    (void)state;
    for (int overlay = OVERLAY_NONE; overlay <= OVERLAY_STATUS; overlay++) {
        for (int view = 0; view < VIEW_COUNT; view++) {
            for (uint32_t code = '!'; code < 0x7F; code++) {
                uint32_t russian = layout_russian(code);
                bool means_itself = code == '.' || code == ',' || russian == 0;
                Key latin_key = KEY_CHAR(code);
                Key russian_key = KEY_CHAR(russian);
                const char *wanted = runs((ViewId)view, (Overlay)overlay, latin_key);
                if (!means_itself) {
                    assert_string_equal(runs((ViewId)view, (Overlay)overlay, russian_key), wanted);
                }
            }
        }
    }
}

static void the_keys_do_what_the_help_says(void **state)
{
    static const struct {
        const char *key, *plans, *events, *timeline, *card;
    } rows[] = {
        { "1", "view-plans", "view-plans", "view-plans", "view-plans" },
        { "2", "view-events", "view-events", "view-events", "view-events" },
        { "3", "view-timeline", "view-timeline", "view-timeline", "view-timeline" },
        { "4", "view-card", "view-card", "view-card", "view-card" },
        { "F9", "menu", "menu", "menu", "menu" },
        { "F3", "view-timeline", "view-timeline", "view-timeline", "view-timeline" },
        { "Up", "up", "up", "up", "up" },
        { "Down", "down", "down", "down", "down" },
        { "j", "down", "down", "down", "down" },
        { "k", "up", "up", "up", "up" },
        { "PgUp", "page-up", "page-up", "page-up", "page-up" },
        { "PgDn", "page-down", "page-down", "page-down", "page-down" },
        { "Home", "first", "first", "first", "first" },
        { "End", "last", "last", "last", "last" },
        { "g", "first", "first", "first", "first" },
        { "G", "last", "last", "last", "last" },
        { "Left", "-", "-", "scroll-left", "previous-event" },
        { "Right", "-", "-", "scroll-right", "next-event" },
        { "h", "-", "-", "scroll-left", "previous-event" },
        { "l", "-", "-", "scroll-right", "next-event" },
        { "{", "section-up", "section-up", "section-up", "section-up" },
        { "}", "section-down", "section-down", "section-down", "section-down" },
        { "Enter", "open", "view-card", "view-card", "-" },
        { "Esc", "back", "back", "back", "back" },
        { "q", "leave", "leave", "leave", "leave" },
        { "Space", "mark", "mark", "mark", "mark" },
        { "s", "status", "status", "status", "status" },
        { "F2", "status", "status", "status", "status" },
        { "o", "only-late", "only-late", "only-late", "only-late" },
        { "0", "no-filter", "no-filter", "no-filter", "no-filter" },
        { "?", "help", "help", "help", "help" },
        { ",", "help", "help", "help", "help" },
        { "/", "search", "search", "search", "search" },
        { ".", "search", "search", "search", "search" },
        { "F7", "search", "search", "search", "search" },
        { "n", "search-next", "search-next", "search-next", "search-next" },
        { "N", "search-previous", "search-previous", "search-previous", "search-previous" },
        { "m", "this-month", "this-month", "this-month", "this-month" },
        { "w", "whose", "whose", "whose", "whose" },
        { "f", "filter", "filter", "filter", "filter" },
        { ":", "palette", "palette", "palette", "palette" },
        { "Ж", "palette", "palette", "palette", "palette" },
        { "Ctrl-P", "palette", "palette", "palette", "palette" },
        { "F1", "help", "help", "help", "help" },
        { "Tab", "-", "pane", "-", "-" },
        { "i", "-", "wrap", "-", "-" },
        { "c", "-", "-", "go-today", "-" },
        { "Ctrl-L", "redraw", "redraw", "redraw", "redraw" },
        { "F10", "quit", "quit", "quit", "quit" },
        { "y", "-", "-", "-", "-" },
        { "t", "edit-deadline", "edit-deadline", "edit-deadline", "edit-deadline" },
        { "е", "edit-deadline", "edit-deadline", "edit-deadline", "edit-deadline" },
        { "ф", "add", "add", "add", "add" },
        { "в", "delete", "delete", "delete", "delete" },
        { "Del", "delete", "delete", "delete", "delete" },
        { "О", "-", "move-down", "move-down", "-" },
        { "Л", "-", "move-up", "move-up", "-" },
        { "з", "edit-note", "edit-note", "edit-note", "edit-note" },
        { "у", "edit", "edit", "edit", "edit" },
        { "н", "-", "-", "-", "-" },
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        Key key = key_named(str_of(rows[i].key));
        assert_string_equal(runs(VIEW_PLANS, OVERLAY_NONE, key), rows[i].plans);
        assert_string_equal(runs(VIEW_EVENTS, OVERLAY_NONE, key), rows[i].events);
        assert_string_equal(runs(VIEW_TIMELINE, OVERLAY_NONE, key), rows[i].timeline);
        assert_string_equal(runs(VIEW_CARD, OVERLAY_NONE, key), rows[i].card);
    }
}

static void the_list_of_statuses_takes_digits_and_hides_the_view(void **state)
{
    (void)state;
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_STATUS, KEY_CHAR('1')), "status-planned");
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_STATUS, KEY_CHAR('6')), "status-cancelled");
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_STATUS, KEY_CHAR('7')), "-");
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_STATUS, KEY_CHAR(' ')), "-");
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_STATUS, KEY_CHAR('o')), "-");
}

static void the_prompt_takes_letters_as_text(void **state)
{
    (void)state;
    for (uint32_t code = ' '; code < 0x460; code++) {
        assert_string_equal(runs(VIEW_EVENTS, OVERLAY_PROMPT, KEY_CHAR(code)), "-");
    }
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_PROMPT, KEY_OF(K_ENTER)), "dialog-agree");
    assert_string_equal(runs(VIEW_EVENTS, OVERLAY_PROMPT, KEY_OF(K_ESC)), "dialog-close");
}

/* No letter answers a question: «н» lies on the key of y. */
static void no_letter_agrees(void **state)
{
    static const Str answers[] = { STR_INIT("dialog-agree"), STR_INIT("status-planned"), STR_INIT("status-done") };
    (void)state;
    for (size_t i = 0; i < binding_count(); i++) {
        for (size_t k = 0; k < COUNTOF(answers); k++) {
            Key key = key_named(binding_at(i)->key);
            bool is_digit = key.code >= '1' && key.code <= '9';
            assert_false(str_eq(binding_at(i)->command, answers[k]) && key_is_text(key) && !is_digit);
        }
    }
}

static void the_help_shows_the_letters_of_both_layouts(void **state)
{
    static const struct {
        Str command;
        const char *shown;
    } rows[] = {
        { STR_INIT("down"), "↓, j о" },          { STR_INIT("status"), "F2, s ы" },     { STR_INIT("section-up"), "{ Х" },
        { STR_INIT("mark"), "Пробел" },          { STR_INIT("help"), "F1, ?" }, /* its key's comma would be taken for one */
        { STR_INIT("page-up"), "PgUp, Ctrl-B" }, { STR_INIT("view-card"), "4, Enter" }, /* Enter in more than one view */
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        StrBuf keys = { 0 };
        keymap_add_keys(&keys, LANG_RU, rows[i].command);
        assert_string_equal(strbuf_z(&keys), rows[i].shown);
        strbuf_done(&keys);
    }
}

static void a_command_is_meant_for_the_views_that_have_keys_for_it(void **state)
{
    static const struct {
        const char *command;
        bool plans, events, timeline, card;
    } rows[] = {
        { "pane", false, true, false, false },
        { "scroll-left", false, false, true, false },
        { "next-event", false, false, false, true },
        { "open", true, false, false, false },
        { "view-card", true, true, true, true },
        { "waiting", true, true, true, true }, /* bound nowhere */
        { "up", true, true, true, true },
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        const bool wanted[] = { rows[i].plans, rows[i].events, rows[i].timeline, rows[i].card };
        for (int view = 0; view < (int)COUNTOF(wanted); view++) {
            Session session = { .view = (ViewId)view, .overlay = OVERLAY_MENU };
            assert_int_equal(keymap_is_here(&session, str_of(rows[i].command)), wanted[view]);
        }
    }
    Session session = { .view = VIEW_CARD };
    assert_true(keymap_is_own(&session, STR("next-event")));
    assert_false(keymap_is_own(&session, STR("up")));
}

static void the_key_bar_follows_what_is_on_the_screen(void **state)
{
    Session session = { .view = VIEW_EVENTS };
    (void)state;
    assert_ptr_equal(keymap_f_key(keymap, &session, 2), command_find(STR("status")));
    assert_ptr_equal(keymap_f_key(keymap, &session, 9), command_find(STR("menu")));
    assert_ptr_equal(keymap_f_key(keymap, &session, 8), command_find(STR("delete")));
    assert_null(keymap_f_key(keymap, &session, 6));
    session.view = VIEW_PLANS; /* there is no event to mark */
    assert_null(keymap_f_key(keymap, &session, 2));
    session.overlay = OVERLAY_STATUS;
    assert_ptr_equal(keymap_f_key(keymap, &session, 2), command_find(STR("dialog-close")));
    session.overlay = OVERLAY_PROMPT;
    assert_null(keymap_f_key(keymap, &session, 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_binding_names_a_key_and_a_command),
        cmocka_unit_test(no_key_is_bound_twice_in_one_chain_in_either_layout),
        cmocka_unit_test(no_binding_is_a_cyrillic_letter_or_lies_on_a_stop_or_a_comma),
        cmocka_unit_test(a_command_is_meant_for_the_views_that_have_keys_for_it),
        cmocka_unit_test_setup_teardown(f11_f12_and_shifted_function_keys_run_nothing, begin, end),
        cmocka_unit_test_setup_teardown(the_russian_letter_of_a_key_does_what_the_latin_one_does, begin, end),
        cmocka_unit_test_setup_teardown(the_keys_do_what_the_help_says, begin, end),
        cmocka_unit_test_setup_teardown(the_list_of_statuses_takes_digits_and_hides_the_view, begin, end),
        cmocka_unit_test_setup_teardown(the_prompt_takes_letters_as_text, begin, end),
        cmocka_unit_test(no_letter_agrees),
        cmocka_unit_test(the_help_shows_the_letters_of_both_layouts),
        cmocka_unit_test_setup_teardown(the_key_bar_follows_what_is_on_the_screen, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
