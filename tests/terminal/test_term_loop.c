/* The loop on a real terminal. The program that it runs is this one, called with the word "client". */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "vekha/app/layout.h"
#include "vekha/term/loop.h"

enum { LIST_ROWS = 20, PATIENCE = PTY_PATIENCE_MS, REST_MS = 40 };

/* The client */

typedef struct Client {
    int n_cols, n_rows, cursor, top, n_idle;
    bool has_pane, is_quiet, is_odd; /* quiet: the list alone */
    StrBuf said;                     /* the last keys, by name */
} Client;

static void client_resize(void *state, int n_cols, int n_rows)
{
    Client *client = state;
    client->n_cols = n_cols;
    client->n_rows = n_rows;
}

static bool client_key(void *state, Key key)
{
    Client *client = state;
    Key command = layout_command_key(key);
    if (key_eq(command, KEY_CHAR('!'))) {
        abort();
    }
    if (key_eq(command, KEY_CHAR('$'))) {
        exit(7);
    }
    client->top += command.kind == K_PGDN ? 1 : 0;
    client->has_pane = client->has_pane != (command.kind == K_TAB);
    client->cursor += command.kind == K_DOWN ? 1 : command.kind == K_UP ? -1 : 0;
    client->cursor = (client->cursor + LIST_ROWS) % LIST_ROWS;
    if (key_eq(command, KEY_CHAR('c'))) {
        strbuf_clear(&client->said);
    } else {
        key_add_name(&client->said, LANG_RU, key);
        strbuf_add_char(&client->said, '=');
        key_add_name(&client->said, LANG_RU, command);
        strbuf_add_char(&client->said, ' ');
    }
    return !key_eq(command, KEY_CHAR('q'));
}

static bool client_idle(void *state)
{
    Client *client = state;
    client->n_idle++;
    return false;
}

static void client_draw(void *state, Canvas *canvas)
{
    Client *client = state;
    StrBuf line = { 0 };
    strbuf_addf(&line, "размер %d×%d, строка %d, бар ", client->n_cols, client->n_rows, client->cursor);
    strbuf_cut(&line, client->is_quiet ? 0 : line.n_bytes);
    int used = canvas_text(canvas, 0, 0, CANVAS_TO_EDGE, STYLE_TITLE, strbuf_str(&line));
    canvas_repeat(canvas, 0, used, 8, STYLE_GOOD, STR("█"));
    for (int y = 0; y < LIST_ROWS; y++) {
        bool selected = y == client->cursor;
        strbuf_clear(&line);
        strbuf_addf(&line, "%-3d Организация и проведение школьного этапа олимпиады    март 2022  Кураторы", client->top + y);
        canvas_field(canvas, y + 1, 4, canvas->n_cols - 4, selected ? STYLE_CURSOR : STYLE_TEXT, strbuf_str(&line));
        canvas_field(canvas, y + 1, 0, 4, selected ? STYLE_CURSOR : STYLE_GOOD, STR(" ●"));
        if (client->has_pane && y >= LIST_ROWS - 7) {
            strbuf_clear(&line);
            strbuf_addf(&line, "Полный текст мероприятия № %d, строка %d: заполнение сведений", client->cursor * 37, y);
            canvas_field(canvas, y + 1, 0, canvas->n_cols, STYLE_TEXT, strbuf_str(&line));
        }
    }
    canvas_field(canvas, LIST_ROWS + 2, 0, client->is_quiet ? 0 : canvas->n_cols, STYLE_MESSAGE, strbuf_str(&client->said));
    if (client->is_odd) {
        canvas_field(canvas, 5, 0, canvas->n_cols, STYLE_TEXT, STR("漢字|е\u0301|🙂|🇷🇺|x\u202E|\U0010FFFD|"));
    }
    canvas_cursor(canvas, client->cursor + 1, 0);
    strbuf_done(&line);
}

static bool has_word(Str mode, Str word)
{
    return str_find(mode, word, 0) != SIZE_MAX;
}

/* mode: the words "client", "quiet", "deaf", "ascii", "odd" */
static int run_client(Str mode)
{
    Client client = { .is_quiet = has_word(mode, STR("quiet")), .is_odd = has_word(mode, STR("odd")) };
    Err err = { 0 };
    StrBuf words = { 0 };
    TermClient calls = { &client, client_resize, client_key, client_idle, client_draw, NULL, NULL };
    TermOptions options = { .ascii = has_word(mode, STR("ascii")), .idle_ms = has_word(mode, STR("deaf")) ? 0 : 10 };
    if (!term_run(&calls, &options, &err)) {
        err_words(&words, LANG_RU, &err);
        (void)printf("%s\n", strbuf_z(&words));
        strbuf_done(&words);
        return 5;
    }
    (void)printf("пока\n");
    strbuf_done(&client.said);
    return 0;
}

/* The tests */

static Pty *pty;

static int start(const char *term, const char *const *env, const char *mode)
{
    const char *const argv[] = { "/proc/self/exe", mode, NULL };
    PtyOptions options = { .term = term, .env = env };
    pty = pty_start(&options, argv);
    return 0;
}

static int open_client(void **state)
{
    (void)state;
    (void)start(NULL, NULL, "client");
    return pty_wait_text(pty, "размер 80×24", PATIENCE) ? 0 : -1;
}

static int close_client(void **state)
{
    (void)state;
    pty_end(pty);
    return 0;
}

static void restart(const char *term, const char *const *env, const char *mode)
{
    pty_end(pty);
    (void)start(term, env, mode);
}

static void assert_text(const char *text)
{
    if (!pty_wait_text(pty, text, PATIENCE)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", text, strbuf_z(&screen));
    }
}

static void keys_arrive_in_both_layouts(void **state)
{
    (void)state;
    pty_send(pty, "jоЖ.,\x12");
    assert_text("j=j о=j Ж=: .=/ ,=? Ctrl-R=Ctrl-R");
    pty_send(pty, "c\x1b[B\x1bOB\x1b[15~\x1b[[A\x1b"
                  "2\xFF\x1b[24~ \r");
    assert_text("↓=↓ ↓=↓ F5=F5 F1=F1 F2=F2 F12=F12 Пробел=Пробел Enter=Enter");
}

static void a_sequence_in_pieces_is_one_key(void **state)
{
    (void)state;
    pty_send(pty, "\x1b[");
    pty_settle(pty, 150); /* far longer than a lone Esc is awaited */
    pty_send(pty, "6~");
    assert_text("PgDn=PgDn");
    pty_send(pty, "c\xD0");
    pty_settle(pty, 150);
    pty_send(pty, "\x96");
    assert_text("Ж=:");
    pty_send(pty, "c\x1b");
    assert_text("Esc=Esc");
    pty_send(pty, "[B");
    assert_text("Esc=Esc ↓=↓");
}

static long long now_ms(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (long long)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void a_lone_escape_answers_soon(void **state)
{
    (void)state;
    enum { BOUND_MS = 50, TRIES = 20 };
    for (int i = 0; i < TRIES; i++) { /* the machine may be busy; once in time shows what the program waits */
        long long start_ms = now_ms();
        pty_send(pty, "\x1b");
        assert_text("Esc=Esc");
        if (now_ms() - start_ms <= BOUND_MS) {
            return;
        }
        pty_send(pty, "c");
        assert_true(pty_wait_gone(pty, "Esc=Esc", PATIENCE));
    }
    fail_msg("an Esc always took longer than %d ms", BOUND_MS);
}

static void a_resize_is_told_and_drawn(void **state)
{
    (void)state;
    pty_resize(pty, 30, 100);
    assert_text("размер 100×30");
    pty_resize(pty, 10, 40);
    assert_text("размер 40×10");
    pty_resize(pty, 60, 200);
    assert_text("размер 200×60");
    assert_text("19  Организация");
    pty_resize(pty, 1, 1);
    assert_true(pty_wait_rest(pty, REST_MS));
    pty_resize(pty, 24, 80);
    assert_text("размер 80×24");
}

static void assert_restored(void)
{
    assert_true(pty_is_cooked(pty));
    assert_false(pty_is_on_alternate(pty));
    assert_true(pty_cursor_is_shown(pty));
}

static void the_end_gives_the_terminal_back(void **state)
{
    (void)state;
    assert_true(pty_is_on_alternate(pty));
    assert_false(pty_is_cooked(pty));
    pty_send(pty, "й");
    assert_text("пока");
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    assert_restored();
}

static void a_crash_and_an_exit_give_the_terminal_back(void **state)
{
    (void)state;
    pty_send(pty, "!");
    assert_int_not_equal(pty_wait_exit(pty, PATIENCE), PTY_STILL_RUNNING);
    assert_restored();
    pty_end(pty);
    assert_int_equal(open_client(state), 0);
    pty_send(pty, "$");
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 7);
    assert_restored();
    pty_end(pty);
    assert_int_equal(open_client(state), 0);
    pty_signal(pty, SIGSEGV);
    assert_int_not_equal(pty_wait_exit(pty, PATIENCE), PTY_STILL_RUNNING);
    assert_restored();
}

static void signals_that_end_are_obeyed(void **state)
{
    static const int numbers[] = { SIGTERM, SIGHUP, SIGINT };
    (void)state;
    for (size_t i = 0; i < COUNTOF(numbers); i++) {
        pty_signal(pty, numbers[i]);
        assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
        assert_restored();
        pty_end(pty);
        assert_int_equal(open_client(state), 0);
    }
}

static void a_dropped_link_ends_the_program(void **state)
{
    (void)state;
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    pty_end(pty);
    /* Also where nobody sends a signal. */
    assert_int_equal(start(NULL, NULL, "deaf client"), 0);
    assert_text("размер 80×24");
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
}

static size_t row_bytes(int y)
{
    StrBuf row = { 0 };
    pty_add_row(pty, y, &row);
    size_t n = row.n_bytes;
    strbuf_done(&row);
    return n;
}

static size_t cost_of(const char *keys, const char *shows)
{
    assert_true(pty_wait_rest(pty, REST_MS));
    (void)pty_take_count(pty);
    pty_send(pty, keys);
    assert_text(shows);
    assert_true(pty_wait_rest(pty, REST_MS));
    return pty_take_count(pty);
}

static void a_step_of_the_cursor_costs_two_rows(void **state)
{
    (void)state;
    pty_end(pty);
    (void)start(NULL, NULL, "quiet client");
    assert_text("19  Организация");
    for (int cursor = 1; cursor < LIST_ROWS; cursor++) {
        assert_true(pty_wait_rest(pty, REST_MS));
        (void)pty_take_count(pty);
        pty_send(pty, "\x1b[B");
        assert_true(pty_wait_cursor(pty, cursor + 1, 0, PATIENCE));
        assert_true(pty_wait_rest(pty, REST_MS));
        size_t n_bytes = pty_take_count(pty);
        size_t rows = row_bytes(cursor) + row_bytes(cursor + 1);
        if (n_bytes > rows + 80 || n_bytes > 400) {
            fail_msg("%zu bytes for two rows of %zu", n_bytes, rows);
        }
        assert_true(pty_is_reverse(pty, cursor + 1, 40));
        assert_true(pty_is_reverse(pty, cursor + 1, 79));
        assert_false(pty_is_reverse(pty, cursor, 40));
    }
}

static void a_scroll_by_a_row_sends_no_screen(void **state)
{
    (void)state;
    restart(NULL, NULL, "quiet client");
    assert_text("19  Организация");
    size_t n_bytes = cost_of("\x1b[6~", "20  Организация");
    assert_in_range(n_bytes, 80, 800);
    StrBuf row = { 0 };
    pty_add_row(pty, 1, &row);
    assert_true(str_starts(strbuf_str(&row), STR(" ●  1   Организация")));
    strbuf_done(&row);
}

static void the_terminals_cursor_stands_on_the_row(void **state)
{
    int y, x;
    (void)state;
    pty_send(pty, "\x1b[B\x1b[B\x1b[B");
    assert_text("строка 3,");
    assert_true(pty_wait_rest(pty, REST_MS));
    pty_get_cursor(pty, &y, &x);
    assert_int_equal(y, 4);
    assert_int_equal(x, 0);
    assert_true(pty_cursor_is_shown(pty));
}

static void nothing_is_sent_while_nothing_happens(void **state)
{
    (void)state;
    assert_true(pty_wait_rest(pty, REST_MS));
    (void)pty_take_count(pty);
    pty_settle(pty, 300); /* with an idle call each 10 ms */
    assert_int_equal(pty_take_count(pty), 0);
    pty_send(pty, "x"); /* a key that changes one word costs about that word */
    assert_text("x=x");
    assert_true(pty_wait_rest(pty, REST_MS));
    assert_in_range(pty_take_count(pty), 3, 40);
}

static void ctrl_l_sends_everything(void **state)
{
    (void)state;
    size_t n_bytes = cost_of("\x0c", "Ctrl-L");
    assert_true(n_bytes > 1500);
    assert_text("19  Организация");
}

static void no_character_shifts_the_rest_of_its_row(void **state)
{
    (void)state;
    restart(NULL, NULL, "odd client");
    assert_text("размер 80×24");
    assert_text("漢字|е\u0301|🙂|🇷|x<202E>|");
    StrBuf rows[2] = { 0 };
    assert_true(pty_wait_rest(pty, REST_MS));
    pty_add_row(pty, 5, &rows[0]);
    pty_send(pty, "\x0c"); /* painted whole, it is the same as painted in parts */
    assert_text("Ctrl-L");
    pty_add_row(pty, 5, &rows[1]);
    assert_string_equal(strbuf_z(&rows[0]), strbuf_z(&rows[1]));
    strbuf_done(&rows[0]);
    strbuf_done(&rows[1]);
}

static void a_bar_is_reverse_blanks(void **state)
{
    (void)state;
    StrBuf row = { 0 };
    pty_add_row(pty, 0, &row);
    assert_true(str_find(strbuf_str(&row), STR("█"), 0) == SIZE_MAX);
    assert_true(str_find(strbuf_str(&row), STR("бар "), 0) != SIZE_MAX);
    assert_true(pty_is_reverse(pty, 0, 32));
    strbuf_done(&row);
}

static void keys_typed_ahead_are_drawn_once(void **state)
{
    (void)state;
    StrBuf keys = { 0 };
    for (int i = 0; i < 201; i++) {
        strbuf_add(&keys, STR("\x1b[B"));
    }
    strbuf_add_char(&keys, 'c');
    assert_true(pty_wait_rest(pty, REST_MS));
    (void)pty_take_count(pty);
    pty_send(pty, strbuf_z(&keys));
    assert_text("строка 1,");
    assert_true(pty_wait_rest(pty, REST_MS));
    assert_true(pty_take_count(pty) < 201 * 20);
    strbuf_done(&keys);
}

static void it_starts_wherever_it_finds_itself(void **state)
{
    static const char *const no_lang[] = { "LANG", NULL };
    static const char *const c_locale[] = { "LANG=C", "LC_ALL=C", NULL };
    static const char *const lost_locale[] = { "LANG=ru_RU.KOI8-R", "LC_ALL=xx_XX", NULL };
    static const char *const no_term[] = { "TERM", NULL };
    (void)state;
    const struct {
        const char *term;
        const char *const *env;
    } places[] = {
        { "xterm-256color", no_lang }, { "xterm", c_locale },         { "linux", lost_locale }, { "putty-256color", NULL },
        { "no-such-terminal", NULL },  { "xterm-256color", no_term }, { "screen", NULL },       { "vt100", NULL }
    };
    for (size_t i = 0; i < COUNTOF(places); i++) {
        restart(places[i].term, places[i].env, "client");
        assert_text("размер 80×24");
        assert_text(" ●  19  Организация и проведение школьного этапа олимпиады    март 2022  Курато…");
        pty_send(pty, "й");
        assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    }
}

static void a_terminal_without_a_movable_cursor_is_refused(void **state)
{
    (void)state;
    restart("dumb", NULL, "client");
    assert_text("терминал «dumb» не умеет двигать курсор");
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 5);
    assert_true(pty_is_cooked(pty));
}

static bool has_sent(const char *bytes)
{
    return str_find(pty_output(pty), str_of(bytes), 0) != SIZE_MAX;
}

static void colours_are_left_out_on_request(void **state)
{
    static const char *const no_color[] = { "NO_COLOR=1", NULL };
    (void)state;
    assert_true(has_sent("\x1b[32m"));
    restart(NULL, no_color, "client");
    assert_text("размер 80×24");
    assert_false(has_sent("\x1b[32m"));
}

static void ascii_has_no_sign_beyond(void **state)
{
    (void)state;
    restart(NULL, NULL, "ascii client");
    assert_text("размер 80x24, строка 0, бар ########");
    assert_text(" *  19  Организация и проведение школьного этапа олимпиады    март 2022  Курат..");
}

/* Only a shell with job control takes a stopped program on. */
static void ctrl_z_and_fg_come_back(void **state)
{
    static const char *const env[] = { "PS1=готов> ", "ENV=", NULL };
    const char *const argv[] = { "/bin/sh", "-i", NULL };
    PtyOptions options = { .env = env };
    StrBuf line = { 0 };
    (void)state;
    strbuf_addf(&line, "/proc/%d/exe client\n", (int)getpid());
    pty_end(pty);
    pty = pty_start(&options, argv);
    assert_text("готов>");
    pty_send(pty, strbuf_z(&line));
    assert_text("размер 80×24");
    pty_send(pty, "\x1b[B\x1a");
    assert_true(pty_wait_gone(pty, "размер", PATIENCE));
    assert_false(pty_is_on_alternate(pty));
    pty_resize(pty, 24, 70);
    pty_send(pty, "fg\n");
    assert_text("размер 70×24, строка 1,");
    pty_send(pty, "q");
    assert_true(pty_wait_gone(pty, "размер", PATIENCE));
    strbuf_done(&line);
}

static void waiting_takes_no_processor(void **state)
{
    struct timespec before, after;
    clockid_t clock;
    (void)state;
    restart(NULL, NULL, "deaf client");
    assert_text("размер 80×24");
    assert_true(pty_wait_rest(pty, REST_MS));
    assert_int_equal(clock_getcpuclockid(pty_pid(pty), &clock), 0);
    assert_int_equal(clock_gettime(clock, &before), 0);
    pty_settle(pty, 200);
    assert_int_equal(clock_gettime(clock, &after), 0);
    assert_int_equal(after.tv_sec, before.tv_sec);
    assert_int_equal(after.tv_nsec, before.tv_nsec);
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        (void)signal(SIGHUP, has_word(str_of(argv[1]), STR("deaf")) ? SIG_IGN : SIG_DFL);
        return run_client(str_of(argv[1]));
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keys_arrive_in_both_layouts, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_sequence_in_pieces_is_one_key, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_lone_escape_answers_soon, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_resize_is_told_and_drawn, open_client, close_client),
        cmocka_unit_test_setup_teardown(the_end_gives_the_terminal_back, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_crash_and_an_exit_give_the_terminal_back, open_client, close_client),
        cmocka_unit_test_setup_teardown(signals_that_end_are_obeyed, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_dropped_link_ends_the_program, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_step_of_the_cursor_costs_two_rows, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_scroll_by_a_row_sends_no_screen, open_client, close_client),
        cmocka_unit_test_setup_teardown(the_terminals_cursor_stands_on_the_row, open_client, close_client),
        cmocka_unit_test_setup_teardown(nothing_is_sent_while_nothing_happens, open_client, close_client),
        cmocka_unit_test_setup_teardown(ctrl_l_sends_everything, open_client, close_client),
        cmocka_unit_test_setup_teardown(no_character_shifts_the_rest_of_its_row, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_bar_is_reverse_blanks, open_client, close_client),
        cmocka_unit_test_setup_teardown(it_starts_wherever_it_finds_itself, open_client, close_client),
        cmocka_unit_test_setup_teardown(a_terminal_without_a_movable_cursor_is_refused, open_client, close_client),
        cmocka_unit_test_setup_teardown(colours_are_left_out_on_request, open_client, close_client),
        cmocka_unit_test_setup_teardown(ascii_has_no_sign_beyond, open_client, close_client),
        cmocka_unit_test_setup_teardown(ctrl_z_and_fg_come_back, open_client, close_client),
        cmocka_unit_test_setup_teardown(waiting_takes_no_processor, open_client, close_client),
        cmocka_unit_test_setup_teardown(keys_typed_ahead_are_drawn_once, open_client, close_client),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
