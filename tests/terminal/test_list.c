/* What a person at a terminal is told by `list` besides the table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "vekha/base/str.h"

enum { MOST_ARGS = 8 };

static void assert_says(const char *options, int code, const char *words)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", NULL };
    const char *build = getenv("BUILD");
    const char *argv[MOST_ARGS] = { NULL, "list", "plans/sayansk-500-2022.yaml", "--grep", options };
    StrBuf program = { 0 };
    strbuf_addf(&program, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
    argv[0] = strbuf_z(&program);
    PtyOptions with = { .env = env };
    Pty *pty = pty_start(&with, argv);
    if (!pty_wait_text(pty, words, PTY_PATIENCE_MS)) {
        StrBuf screen = { 0 };
        pty_add_screen(pty, &screen);
        fail_msg("«%s» is not on the screen:\n%s", words, strbuf_z(&screen));
    }
    assert_int_equal(pty_wait_exit(pty, PTY_PATIENCE_MS), code);
    pty_end(pty);
    strbuf_done(&program);
}

static void what_was_found_is_counted(void **state)
{
    (void)state;
    assert_says("Участие в ежемесячном", 0, "2 мероприятия: исполнено 0, просрочено 0");
}

static void that_nothing_was_found_is_said(void **state)
{
    (void)state;
    assert_says("нет такого", 1, "ничего не нашлось");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_found_is_counted),
        cmocka_unit_test(that_nothing_was_found_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
