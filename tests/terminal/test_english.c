/*
 * In English nothing is left in Russian: over plans in Latin letters every screen, every message, the help of every
 * subcommand is free of Cyrillic. Two things stay: the Russian letters of keys in the help, and examples of deadlines,
 * which are Russian phrases in any language.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "../support/pty.h"
#include "../support/temp.h"
#include "cli/cli_priv.h"
#include "vekha/app/keymap.h"
#include "vekha/base/utf8.h"

enum { PATIENCE = PTY_PATIENCE_MS, REST_MS = 10, LAST_REST_MS = 300 };

static const char plan[] = "vekha: 1\n"
                           "title: Work of the school in 2022\n"
                           "short: School 2022\n"
                           "period: 2022-01-01/2022-12-31\n"
                           "sections:\n"
                           "  - title: Autumn and winter\n"
                           "    events:\n"
                           "      - no: 1\n"
                           "        title: Meeting of the teachers\n"
                           "        when: 2022-03-29\n"
                           "        responsible: [Ann Smith, Bob Brown]\n"
                           "        result: Minutes\n"
                           "      - no: 2\n"
                           "        title: Lessons in the open\n"
                           "        when: monthly\n"
                           "        dates: R/2022/P1M\n"
                           "        responsible: Ann Smith\n"
                           "        marks: [{ at: 2022-01, status: done, done: 2022-01-20, by: Ann }]\n"
                           "      - no: 3\n"
                           "        title: Reports that were moved\n"
                           "        when: 2022-05\n"
                           "        status: postponed\n"
                           "        was: [{ when: 2022-04, on: 2022-04-20, by: Ann, reason: illness }]\n"
                           "      - no: 4\n"
                           "        title: Done and confirmed\n"
                           "        when: 2022-02-01/2022-02-20\n"
                           "        status: confirmed\n"
                           "        done: 2022-02-19\n"
                           "        by: Ann\n"
                           "        confirmed: 2022-02-21\n"
                           "        confirmed-by: Office\n"
                           "        evidence: order 1\n"
                           "        note: in time\n"
                           "      - no: 5\n"
                           "        title: Cancelled\n"
                           "        when: ../2022-05-20\n"
                           "        status: cancelled\n"
                           "      - no: 7\n"
                           "        title: Without a date (unclosed\n"
                           "        when: 2022-11-31\n"
                           "      - no: 7\n"
                           "        title: A choice\n"
                           "        when: 2022-09..2022-10\n"
                           "        status: donne\n"
                           "        color: red\n";

static const char broken[] = "vekha: 1\ntitle: [unclosed\nperiod: 2022\n";
static const char unknown[] = "title: Only a title\nevents:\n  - when: 2022\n";

static Temp temp;
static Pty *pty;
static size_t n_looked_at; /* of what it sent */

static void add_program(StrBuf *out)
{
    const char *build = getenv("BUILD");
    strbuf_addf(out, "%s/vekha", build != NULL && build[0] != '\0' ? build : "build");
}

static bool is_cyrillic(uint32_t code)
{
    return code >= 0x400 && code <= 0x52F;
}

static bool is_at(Str text, size_t at, const char *words)
{
    return str_starts(str_from(text, at), str_of(words));
}

/* Where the first Cyrillic letter is that may not be there; SIZE_MAX: nowhere. With letters, one alone is the name of a key. */
static size_t find_russian(Str text, bool letters)
{
    static const char *const examples[] = { "до 20 августа", "до 15 мая" };
    bool was_cyrillic = false;
    for (size_t at = 0; at < text.n_bytes;) {
        Str rest = str_from(text, at);
        size_t n_left = rest.n_bytes;
        bool now = is_cyrillic(utf8_next(&rest));
        size_t n = n_left - rest.n_bytes;
        for (size_t i = 0; now && i < COUNTOF(examples); i++) {
            if (is_at(text, at, examples[i])) {
                n = strlen(examples[i]);
                now = false;
            }
        }
        Str after = str_from(text, at + n);
        bool is_alone = letters && !was_cyrillic && !is_cyrillic(utf8_next(&after));
        if (now && !is_alone) {
            return at;
        }
        was_cyrillic = now;
        at += n;
    }
    return SIZE_MAX;
}

static void assert_no_russian(const char *where, Str text, bool letters)
{
    enum { AROUND = 60 };
    size_t at = find_russian(text, letters);
    if (at != SIZE_MAX) {
        Str before = str_sub(text, at > AROUND ? at - AROUND : 0, at);
        Str after = utf8_cut(str_from(text, at), AROUND);
        fail_msg("%s: …%.*s[here]%.*s…", where, STR_ARG(before), STR_ARG(after));
    }
}

static void the_check_finds_what_it_should(void **state)
{
    (void)state;
    assert_int_equal(find_russian(STR("Space, j \xD0\xBE"), true), SIZE_MAX);
    assert_int_equal(find_russian(STR("Space, j \xD0\xBE"), false), 9);
    assert_int_equal(find_russian(STR("a да"), true), 2);
    assert_int_equal(find_russian(STR("vekha when до 20 августа."), false), SIZE_MAX);
}

/* The commands */

static void assert_command(const char *words)
{
    StrBuf command = { 0 };
    StrBuf said = { 0 };
    char bytes[4096];
    size_t n;
    strbuf_addf(&command, "cd '%s' && VEKHA_TODAY=2022-05-10 LANG=ru_RU.UTF-8 '%s' --lang en %s 2>&1 </dev/null", temp.path,
                getenv("VEKHA_PROGRAM"), words);
    FILE *pipe = popen(strbuf_z(&command), "r");
    assert_non_null(pipe);
    while ((n = fread(bytes, 1, sizeof bytes, pipe)) > 0) {
        strbuf_add(&said, (Str){ bytes, n });
    }
    int code = pclose(pipe);
    assert_true(WIFEXITED(code) && WEXITSTATUS(code) <= 5);
    if (said.n_bytes == 0) {
        fail_msg("vekha %s says nothing", words);
    }
    assert_no_russian(words, strbuf_str(&said), false);
    strbuf_done(&said);
    strbuf_done(&command);
}

static void the_help_of_every_subcommand_is_english(void **state)
{
    (void)state;
    assert_command("--help");
    assert_command("--version");
    for (const Subcommand *command = subcommands(); command->name.n_bytes > 0; command++) {
        StrBuf words = { 0 };
        strbuf_addf(&words, "%.*s --help", STR_ARG(command->name));
        assert_command(strbuf_z(&words));
        strbuf_done(&words);
    }
}

static void what_the_commands_print_is_english(void **state)
{
    static const char *const commands[] = {
        "good.yaml",
        ".",
        "list ./good.yaml",
        "list",
        "list --late",
        "list --format json ./good.yaml",
        "list --format tsv ./good.yaml",
        "list --grep zzzz",
        "list --status donne",
        "list --month 2022-13",
        "list --within x",
        "list --who Nobody",
        "show ./good.yaml 1",
        "show ./good.yaml 2",
        "show ./good.yaml 3",
        "show ./good.yaml 4",
        "show ./good.yaml 7",
        "show ./good.yaml 99",
        "show ./good.yaml",
        "show ./none.yaml 1",
        "show ./broken.yaml 1",
        "show ./unknown.yaml 1",
        "check",
        "check ./good.yaml",
        "check ./broken.yaml",
        "check ./unknown.yaml",
        "check --format json",
        "timeline ./good.yaml",
        "timeline ./good.yaml --width 20",
        "timeline ./good.yaml --from x",
        "when 2022-03",
        "when R/2022/P1M",
        "when 2022-02-30",
        "when zzz",
        "when ../2022-05",
        "when 2022-05/..",
        "when",
        "when 2022-01 --period x",
        "when 2022-01-01/2022-02-03 --format json",
        "set ./good.yaml 1 done --by Ann",
        "set ./good.yaml 1 planned",
        "set ./good.yaml 1 postponed",
        "set ./good.yaml 1 postponed --when 2022-10 --reason why",
        "set ./good.yaml 2 done --occurrence 2022-03",
        "set ./good.yaml 2 done --occurrence 2023-03",
        "set ./good.yaml 3 donne",
        "set ./good.yaml 3 done --on 2022-99-99",
        "set ./good.yaml 7 done",
        "set ./broken.yaml 1 done",
        "set ./good.yaml 3",
        "liszt",
        "--lng en",
        "--today x list",
        "--color sometimes list",
        "list --bogus",
        "list --format",
        "list ./none",
        "/dev/null",
        "/dev/full/x.yaml",
    };
    (void)state;
    for (size_t i = 0; i < COUNTOF(commands); i++) {
        assert_command(commands[i]);
    }
}

/* The interface */

static void open_plans(void)
{
    static const char *const env[] = { "VEKHA_TODAY=2022-05-10", "LANG=ru_RU.UTF-8", NULL };
    StrBuf program = { 0 };
    add_program(&program);
    const char *const argv[] = { strbuf_z(&program), "--lang", "en", "--as", "Ann", temp.path, NULL };
    PtyOptions options = { .env = env };
    pty = pty_start(&options, argv);
    n_looked_at = 0;
    strbuf_done(&program);
    assert_true(pty_wait_text(pty, "10.05.2022", PATIENCE));
}

static void press(const char *keys)
{
    pty_send(pty, keys);
    assert_true(pty_wait_rest(pty, REST_MS));
}

/* What was sent since the last look, whatever is on the screen now. */
static void assert_english(const char *where)
{
    Str sent = pty_output(pty);
    assert_no_russian(where, str_from(sent, n_looked_at), false);
    n_looked_at = sent.n_bytes;
}

/* All that was ever sent: also an answer that came too late for its key, or was cut in two, and that to the last key. */
static void assert_all_english(void)
{
    assert_true(pty_wait_rest(pty, LAST_REST_MS));
    assert_no_russian("all that was sent", pty_output(pty), false);
}

static bool add_key(StrBuf *out, Str name)
{
    static const char *const f_keys[] = { "OP", "OQ", "OR", "OS", "[15~", "[17~", "[18~", "[19~", "[20~", "[21~" };
    static const char *const others[K_KIND_COUNT] = {
        [K_ENTER] = "\r",       [K_ESC] = "\x1b",       [K_TAB] = "\t",       [K_BACKTAB] = "\x1b[Z", [K_BACKSPACE] = "\x7f",
        [K_DELETE] = "\x1b[3~", [K_INSERT] = "\x1b[2~", [K_UP] = "\x1b[A",    [K_DOWN] = "\x1b[B",    [K_LEFT] = "\x1b[D",
        [K_RIGHT] = "\x1b[C",   [K_PGUP] = "\x1b[5~",   [K_PGDN] = "\x1b[6~", [K_HOME] = "\x1b[H",    [K_END] = "\x1b[F",
    };
    Key key;
    if (!key_parse(name, &key)) {
        return false;
    }
    if (key.kind == K_CHAR) {
        utf8_add(out, key.ctrl ? key.code & 0x1F : key.code);
    } else if (key.kind == K_F && key.code <= COUNTOF(f_keys)) {
        strbuf_addf(out, "\x1b%s", f_keys[key.code - 1]);
    } else if (others[key.kind] != NULL) {
        strbuf_addf(out, "%s", others[key.kind]);
    }
    return out->n_bytes > 0;
}

/* What lists commands with their keys has a test of its own, and the end ends it. */
static bool is_tried(const BindingRow *row)
{
    static const char *const not_tried[] = { "help", "filter", "palette", "menu", "quit", "leave" };
    for (size_t i = 0; i < COUNTOF(not_tried); i++) {
        if (str_eq(row->command, str_of(not_tried[i]))) {
            return false;
        }
    }
    return row->scope < SCOPE_HELP;
}

static void every_key_in_every_view_answers_in_english(void **state)
{
    static const char *const views[] = { "1", "2", "3", "4", "5" };
    (void)state;
    open_plans();
    for (size_t view = 0; view < COUNTOF(views); view++) {
        for (size_t i = 0; i < binding_count(); i++) {
            StrBuf keys = { 0 };
            if (is_tried(binding_at(i)) && add_key(&keys, binding_at(i)->key)) {
                press(views[view]);
                press(strbuf_z(&keys));
                press("\x1b\x1b[B"); /* out of what it opened */
                assert_english(strbuf_z(&keys));
            }
            strbuf_done(&keys);
        }
    }
    assert_all_english();
}

static void marks_lists_and_prompts_are_english(void **state)
{
    static const char *const scripts[] = {
        "2g ",
        "u",
        "u",
        "\x12",
        "2gs1",
        "2gs2",
        "2gs3",
        "2gs4",
        "2gs6",
        "2gs5zzz",
        "\r",
        "\x1b",
        "2gs5\r",
        "\x1b",
        "2gs52022-10\r",
        "because\r",
        "u",
        "2gjs",
        "\r",
        "3",
        "2gjs",
        "\x1b[F\r2",
        "2gj ",
        "2gjj ",
        "2Gs3",
        "2G ",
        "ooo",
        "0",
        "\t",
        "\t",
        "\t",
        "iii",
        "1g\r ",
        "1gj\r s1",
        "1gjj\r s",
        "1gjjj\r s",
        "1G\r3l",
        "\x1b[6~\x1b[5~",
        "hhhhhhhhhhhhhh",
        "llllllllllllllllllllllllll",
        "c",
        "\x1b",
        "zx",
    };
    (void)state;
    open_plans();
    for (size_t i = 0; i < COUNTOF(scripts); i++) {
        press(scripts[i]);
        assert_english(scripts[i]);
    }
    pty_resize(pty, 10, 40);
    press("2");
    pty_resize(pty, 60, 200);
    press("2\t");
    pty_resize(pty, 5, 30);
    press("2");
    assert_all_english();
}

static void lists_of_commands_have_no_russian_but_the_letters_of_keys(void **state)
{
    static const struct {
        const char *keys, *title, *next, *close; /* next: to what is not seen yet */
    } lists[] = {
        { "?", "· Help", "\x1b[6~", "\x1b" },
        { ":", "Command", "\x1b[6~", "\x1b" },
        { "f", "Filter", "\x1b[6~", "\x1b" },
        { "\x1b[20~", "Views", "\x1b[C", "\x1b" },
    };
    (void)state;
    open_plans();
    for (size_t i = 0; i < COUNTOF(lists); i++) {
        press(lists[i].keys);
        if (!pty_wait_text(pty, lists[i].title, PATIENCE)) {
            fail_msg("%s is not shown", lists[i].title);
        }
        for (int page = 0; page < 8; page++) {
            StrBuf screen = { 0 };
            pty_add_screen(pty, &screen);
            assert_no_russian(lists[i].title, strbuf_str(&screen), true);
            strbuf_done(&screen);
            press(lists[i].next);
        }
        press(lists[i].close);
        assert_true(pty_wait_gone(pty, lists[i].title, PATIENCE));
    }
}

static int open_folder(void **state)
{
    StrBuf program = { 0 };
    char path[4096];
    (void)state;
    temp = temp_new();
    temp_write(&temp, "broken.yaml", str_of(broken));
    temp_write(&temp, "good.yaml", str_of(plan));
    temp_write(&temp, "unknown.yaml", str_of(unknown));
    add_program(&program);
    bool is_there = realpath(strbuf_z(&program), path) != NULL && setenv("VEKHA_PROGRAM", path, 1) == 0;
    strbuf_done(&program);
    return is_there ? 0 : -1;
}

static int close_folder(void **state)
{
    (void)state;
    if (pty != NULL) {
        pty_end(pty);
        pty = NULL;
    }
    temp_done(&temp);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_check_finds_what_it_should),
        cmocka_unit_test_setup_teardown(the_help_of_every_subcommand_is_english, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(what_the_commands_print_is_english, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(every_key_in_every_view_answers_in_english, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(marks_lists_and_prompts_are_english, open_folder, close_folder),
        cmocka_unit_test_setup_teardown(lists_of_commands_have_no_russian_but_the_letters_of_keys, open_folder, close_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
