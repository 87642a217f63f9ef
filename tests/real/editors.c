/* nano and vim, each on a terminal of its own, save beside an open interface, and it under them: neither loses anything. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "../support/opened.h"

enum { MAX_WORDS = 8 };

typedef struct Editor {
    const char *name;
    const char *words[MAX_WORDS]; /* how it is started; the plan's name comes behind */
    const char *insert;           /* a line «# правка» comes at the top */
    const char *save, *saved;     /* keys; what it says then */
    const char *warns, *refuse;   /* the same keys again, when the file is another one; what leaves it alone */
    const char *beside;           /* a file of its own that it keeps meanwhile; NULL: none */
} Editor;

#define VIM "/usr/bin/env", "vim", "-u", "NONE", "-N", "-c"
#define VIM_KEYS "ggO# правка\x1b", ":w\r", "written", "WARNING", "n\r", "." OPENED_PLAN ".swp"
#define NANO_KEYS "# правка\r", "\x0f\r", "Wrote", "continue saving", "n"

static const Editor editors[] = {
    { "nano", { "/usr/bin/env", "nano", "-I" }, NANO_KEYS, NULL },
    { "nano with a copy and a lock", { "/usr/bin/env", "nano", "-I", "-B", "-G" }, NANO_KEYS, "." OPENED_PLAN ".swp" },
    { "vim", { VIM, "set backupcopy=auto" }, VIM_KEYS },
    { "vim, in place", { VIM, "set backupcopy=yes" }, VIM_KEYS },
    { "vim, by rename, with a copy", { VIM, "set backupcopy=no backup backupdir=." }, VIM_KEYS },
};

static Opened opened;
static Opened editing; /* of it the terminal only */

static int set_up(void **state)
{
    const Editor *editor = *state;
    const char *argv[MAX_WORDS + 2] = { NULL };
    size_t n = 0;
    opened_new(&opened);
    opened_start(&opened);
    for (; editor->words[n] != NULL; n++) {
        argv[n] = editor->words[n];
    }
    argv[n] = OPENED_PLAN;
    editing.pty = pty_start(&(PtyOptions){ .folder = opened.temp.path }, argv);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    pty_end(editing.pty);
    opened_done(&opened);
    return 0;
}

static size_t count_edits(void)
{
    StrBuf text = { 0 };
    temp_read(opened_path(&opened), &text);
    size_t n = mark_count(strbuf_str(&text), STR("# правка\n"));
    strbuf_done(&text);
    return n;
}

static void both_save_and_nothing_is_lost(void **state)
{
    const Editor *editor = *state;
    opened_assert(&editing, "vekha: 1");
    if (editor->beside != NULL && !mark_has(opened.temp.path, editor->beside)) {
        opened_fail(&editing, editor->beside);
    }
    opened_type_half(&opened);
    pty_send(editing.pty, editor->insert);
    pty_send(editing.pty, editor->save);
    opened_assert(&editing, editor->saved);
    opened_assert(&opened, "файл " OPENED_PLAN " изменён"); /* and none has come: copies and locks are no plans */
    opened_type_rest(&opened);
    assert_int_equal(count_edits(), 1);
    pty_send(editing.pty, editor->insert);
    pty_send(editing.pty, editor->save);
    opened_assert(&editing, editor->warns);
    pty_send(editing.pty, editor->refuse);
    assert_true(pty_wait_rest(editing.pty, 200));
    assert_int_equal(count_edits(), 1);
    assert_true(opened_holds(&opened, "when: до 15 июня\n"));
    pty_send(opened.pty, "u"); /* and it goes on: the edit stays, what the interface did goes */
    opened_assert(&opened, "взято назад");
    assert_false(opened_holds(&opened, "до 15 июня"));
    assert_int_equal(count_edits(), 1);
}

int main(void)
{
    struct CMUnitTest tests[COUNTOF(editors)];
    for (size_t i = 0; i < COUNTOF(editors); i++) {
        tests[i] = (struct CMUnitTest){ editors[i].name, both_save_and_nothing_is_lost, set_up, tear_down,
                                        (void *)(uintptr_t)&editors[i] };
    }
    return cmocka_run_group_tests_name("editors", tests, NULL, NULL);
}
