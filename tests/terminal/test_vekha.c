/* The program itself on a real terminal, over a copy of the plans, on 10 May 2022. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"
#include "vekha/base/clock.h"

enum { PATIENCE = PTY_PATIENCE_MS, REST_MS = 40 };

#define DOWN "\x1b[B"
#define END "\x1b[F"
#define HOME "\x1b[H"
#define F1 "\x1bOP"
#define F2 "\x1bOQ"

static const char sayansk[] = "sayansk-500-2022.yaml";
static Temp temp;
static Pty *pty;

static void add_program(StrBuf *out)
{
    const char *build = getenv("BUILD");
    strbuf_addf(out, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
}

static void start(const char *path)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", NULL };
    StrBuf program = { 0 };
    add_program(&program);
    const char *const argv[] = { strbuf_z(&program), "--as", "Тест", path, NULL };
    PtyOptions options = { .env = env };
    pty = pty_start(&options, argv);
    strbuf_done(&program);
}

static void assert_text(const char *text)
{
    if (!pty_wait_text(pty, text, PATIENCE)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", text, strbuf_z(&screen));
    }
}

static void assert_gone(const char *text)
{
    if (!pty_wait_gone(pty, text, PATIENCE)) {
        fail_msg("«%s» is still on the screen", text);
    }
}

static int open_program(void **state)
{
    (void)state;
    temp = temp_new();
    temp_copy(&temp, "plans");
    start(temp.path);
    return pty_wait_text(pty, "10Выход", PATIENCE) ? 0 : -1;
}

static int close_program(void **state)
{
    (void)state;
    pty_end(pty);
    temp_done(&temp);
    return 0;
}

/* The plan of Саянск, the last of the folder, with its first late event selected. */
static void open_sayansk(void)
{
    pty_send(pty, END "\r");
    assert_text("№ 2 · запланировано");
}

static void assert_cursor(int y, int x)
{
    int has_y, has_x;
    (void)pty_wait_cursor(pty, y, x, PATIENCE);
    pty_get_cursor(pty, &has_y, &has_x);
    assert_int_equal(has_y, y);
    assert_int_equal(has_x, x);
    assert_true(pty_cursor_is_shown(pty));
}

static void assert_restored(void)
{
    assert_true(pty_is_cooked(pty));
    assert_false(pty_is_on_alternate(pty));
    assert_true(pty_cursor_is_shown(pty));
}

static void it_opens_at_the_first_plan_with_something_late(void **state)
{
    (void)state;
    assert_text("Веха · Планы");
    assert_text("сегодня 10.05.2022");
    assert_text("Все мероприятия");
    assert_cursor(3, 1);
    assert_true(pty_is_reverse(pty, 3, 10));
    assert_false(pty_is_reverse(pty, 4, 10));
    pty_send(pty, "\r"); /* and the plan at its first late event */
    assert_text("· Мероприятия");
    assert_text("· просрочено на");
}

static void both_layouts_are_the_same_keys(void **state)
{
    (void)state;
    pty_send(pty, "jо"); /* the same key twice */
    assert_cursor(5, 1);
    pty_send(pty, "лk");
    assert_cursor(3, 1);
    pty_send(pty, END "\rщ");
    assert_text("только просроченные");
    pty_send(pty, "o");
    assert_gone("только просроченные");
    pty_send(pty, ","); /* the question mark lies there */
    assert_text("Веха · Помощь");
    pty_send(pty, "й");
    assert_gone("Веха · Помощь");
    pty_send(pty, "йй");
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    assert_restored();
}

static void f2_opens_the_list_of_statuses(void **state)
{
    (void)state;
    open_sayansk();
    pty_send(pty, F2);
    assert_text("Состояние: № 2");
    pty_send(pty, "\x1b");
    assert_gone("Состояние: № 2");
    pty_send(pty, F2 "2");
    assert_text("№ 2: в работе, записано в файл");
    pty_send(pty, "ы6"); /* s, and a digit */
    assert_text("№ 2: отменено, записано в файл");
}

static void the_help_opens_scrolls_and_closes(void **state)
{
    (void)state;
    pty_send(pty, F1);
    assert_text("Перемещение");
    pty_send(pty, "\x1b[F");
    assert_text("Раскладка не важна");
    pty_send(pty, "\x1b");
    assert_text("Просроч.");
}

static void escape_and_a_digit_are_a_function_key(void **state)
{
    (void)state;
    pty_send(pty, "\x1b");
    assert_text("Esc –");
    pty_send(pty, "1");
    assert_text("Веха · Помощь");
}

static void every_size_is_drawn(void **state)
{
    static const struct {
        int n_rows, n_cols;
        const char *shows;
    } sizes[] = { { 10, 40, "исполнено 0 из 50, просрочено 14" },
                  { 60, 200, "Показатель реализации" },
                  { 1, 1, "Н" },
                  { 9, 39, "Нужно хотя бы 40×10" },
                  { 24, 80, "50 мероприятий: исполнено 0, просрочено 14 · 1–11 из 50" } };
    (void)state;
    open_sayansk();
    for (size_t i = 0; i < COUNTOF(sizes); i++) {
        pty_resize(pty, sizes[i].n_rows, sizes[i].n_cols);
        assert_text(sizes[i].shows);
    }
    assert_text("№ 2 · запланировано");
    assert_cursor(4, 1);
}

/* What is in after and not in before, line by line; nothing else may differ. */
static void assert_only_added(const StrBuf *before, const StrBuf *after, const char *const *lines)
{
    Str old = strbuf_str(before);
    Str new = strbuf_str(after);
    while (new.n_bytes > 0) {
        Str rest = old;
        Str line = str_cut(&new, '\n');
        if (old.n_bytes > 0 && str_eq(line, str_cut(&rest, '\n'))) {
            old = rest;
            continue;
        }
        if (*lines == NULL || !str_eq(line, str_of(*lines))) {
            fail_msg("«%.*s» was not there before", STR_ARG(line));
        }
        lines++;
    }
    assert_int_equal(old.n_bytes, 0);
    assert_null(*lines);
}

static void the_space_bar_changes_three_lines_of_the_file(void **state)
{
    static const char *const mark[] = { "        status: done", "        done: 2022-05-10", "        by: Тест", NULL };
    StrBuf before = { 0 };
    StrBuf after = { 0 };
    (void)state;
    temp_read(temp_path(&temp, sayansk), &before);
    open_sayansk();
    pty_send(pty, " ");
    assert_text("№ 2: исполнено, записано в файл · u — взять назад");
    temp_read(temp_path(&temp, sayansk), &after); /* on disk before the screen says so */
    assert_only_added(&before, &after, mark);
    pty_send(pty, " ");
    assert_text("взято назад: № 2: исполнено");
    strbuf_clear(&after);
    temp_read(temp_path(&temp, sayansk), &after);
    assert_string_equal(strbuf_z(&after), strbuf_z(&before));
    strbuf_done(&before);
    strbuf_done(&after);
}

static void what_others_change_appears_by_itself(void **state)
{
    enum { SOON_MS = 2500 };
    StrBuf text = { 0 };
    (void)state;
    open_sayansk();
    temp_read(temp_path(&temp, sayansk), &text);
    size_t at = str_find(strbuf_str(&text), STR("      - id: j5tq"), 0);
    assert_int_not_equal(at, SIZE_MAX);
    strbuf_splice(&text, at, at, STR("      - title: Вписано другими\n        when: июнь\n"));
    long long start_ms = clock_ms();
    temp_write(&temp, sayansk, strbuf_str(&text));
    assert_text("Вписано другими");
    assert_true(clock_ms() - start_ms <= SOON_MS);
    assert_text("файл sayansk-500-2022.yaml изменён");
    assert_text("№ 2 · запланировано"); /* the selection went with its event */
    assert_cursor(5, 1);
    strbuf_done(&text);
}

static double children_seconds(void)
{
    struct rusage used;
    (void)getrusage(RUSAGE_CHILDREN, &used);
    return (double)(used.ru_utime.tv_sec + used.ru_stime.tv_sec) + (double)(used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1e6;
}

static void a_dropped_link_ends_it_at_once(void **state)
{
    enum { AT_ONCE_MS = 1000 };
    (void)state;
    open_sayansk();
    double before = children_seconds();
    long long start_ms = clock_ms();
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    assert_true(clock_ms() - start_ms < AT_ONCE_MS);
    assert_true(children_seconds() - before < 0.9); /* its whole life: it did not spin */
}

static void a_request_to_end_gives_the_terminal_back(void **state)
{
    (void)state;
    open_sayansk();
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit(pty, PATIENCE), 0);
    assert_restored();
}

static void nothing_is_sent_while_nothing_changes(void **state)
{
    enum { OVER_A_SECOND_MS = 1200 };
    (void)state;
    open_sayansk();
    assert_true(pty_wait_rest(pty, REST_MS));
    (void)pty_take_count(pty);
    pty_settle(pty, OVER_A_SECOND_MS);
    assert_int_equal(pty_take_count(pty), 0);
}

/* Only a shell with job control takes a stopped program on. */
static void ctrl_z_and_fg_come_back_to_the_same_event(void **state)
{
    static const char *const env[] = { "PS1=готов> ", "ENV=", "VEKHA_TODAY=2022-05-10", NULL };
    const char *const argv[] = { "/bin/sh", "-i", NULL };
    PtyOptions options = { .env = env };
    StrBuf line = { 0 };
    (void)state;
    pty_end(pty);
    pty = pty_start(&options, argv);
    assert_text("готов>");
    add_program(&line);
    strbuf_addf(&line, " --as Тест %s\n", temp.path);
    pty_send(pty, strbuf_z(&line));
    assert_text("Веха · Планы");
    open_sayansk();
    pty_send(pty, "\x1a");
    assert_gone("№ 2 · запланировано");
    assert_false(pty_is_on_alternate(pty));
    pty_send(pty, "fg\n");
    assert_text("№ 2 · запланировано");
    pty_send(pty, "qq");
    assert_gone("Веха");
    strbuf_done(&line);
}

static size_t row_bytes(int y)
{
    StrBuf row = { 0 };
    pty_add_row(pty, y, &row);
    size_t n = row.n_bytes;
    strbuf_done(&row);
    return n;
}

/* The bytes that a key costs, once the screen is at rest. */
static size_t cost_of(const char *key)
{
    assert_true(pty_wait_rest(pty, REST_MS));
    (void)pty_take_count(pty);
    pty_send(pty, key);
    assert_true(pty_wait_output(pty, PATIENCE));
    assert_true(pty_wait_rest(pty, REST_MS));
    return pty_take_count(pty);
}

static void a_step_without_the_pane_costs_its_two_rows(void **state)
{
    enum { EXTRA = 80, MOST = 400, STEPS = 17 };
    (void)state;
    open_sayansk();
    pty_send(pty, HOME "\t\t");
    assert_gone("· запланировано");
    assert_cursor(3, 1);
    for (int y = 3; y < 3 + STEPS; y++) {
        size_t n_bytes = cost_of(DOWN);
        assert_cursor(y + 1, 1);
        size_t rows = row_bytes(y) + row_bytes(y + 1);
        if (n_bytes > rows + EXTRA || n_bytes > MOST) {
            fail_msg("%zu bytes for two rows of %zu", n_bytes, rows);
        }
    }
}

static int by_size(const void *left, const void *right)
{
    const size_t *a = left;
    const size_t *b = right;
    return *a < *b ? -1 : *a > *b;
}

static void a_step_with_the_pane_costs_about_a_packet(void **state)
{
    enum { EVENTS = 50, MEDIAN = 1000, MOST = 1400 };
    size_t costs[EVENTS - 1];
    (void)state;
    open_sayansk();
    pty_send(pty, HOME);
    assert_text("№ 1 ·");
    for (size_t i = 0; i < COUNTOF(costs); i++) { /* also where the list scrolls */
        costs[i] = cost_of(DOWN);
        assert_true(costs[i] > 0);
    }
    assert_text("№ 50 ·");
    qsort(costs, COUNTOF(costs), sizeof costs[0], by_size);
    if (costs[COUNTOF(costs) / 2] > MEDIAN || costs[COUNTOF(costs) - 1] > MOST) {
        fail_msg("median %zu, most %zu bytes a step", costs[COUNTOF(costs) / 2], costs[COUNTOF(costs) - 1]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_opens_at_the_first_plan_with_something_late, open_program, close_program),
        cmocka_unit_test_setup_teardown(both_layouts_are_the_same_keys, open_program, close_program),
        cmocka_unit_test_setup_teardown(f2_opens_the_list_of_statuses, open_program, close_program),
        cmocka_unit_test_setup_teardown(the_help_opens_scrolls_and_closes, open_program, close_program),
        cmocka_unit_test_setup_teardown(escape_and_a_digit_are_a_function_key, open_program, close_program),
        cmocka_unit_test_setup_teardown(every_size_is_drawn, open_program, close_program),
        cmocka_unit_test_setup_teardown(the_space_bar_changes_three_lines_of_the_file, open_program, close_program),
        cmocka_unit_test_setup_teardown(what_others_change_appears_by_itself, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_dropped_link_ends_it_at_once, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_request_to_end_gives_the_terminal_back, open_program, close_program),
        cmocka_unit_test_setup_teardown(nothing_is_sent_while_nothing_changes, open_program, close_program),
        cmocka_unit_test_setup_teardown(ctrl_z_and_fg_come_back_to_the_same_event, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_step_without_the_pane_costs_its_two_rows, open_program, close_program),
        cmocka_unit_test_setup_teardown(a_step_with_the_pane_costs_about_a_packet, open_program, close_program),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
