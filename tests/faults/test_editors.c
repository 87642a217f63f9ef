#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"

/*
 * An editor, which knows no lock, saves the plan while vekha does: before each single system call of a save once. What it
 * saves is what lies there at that moment, with a word of its own; then both changes are in the file.
 */

enum { EVENTS = 4 };

static const char *const set[] = { "set", "plan.yaml", "1", "done", "--on", "2021-10-20", "--as", "Методист", NULL };
static const char mark[] = "    status: done\n    done: 2021-10-20\n    by: Методист\n";

typedef struct Editor {
    const char *name;
    void (*save)(const struct Editor *editor, Str text);
    const Temp *temp;
    int n_saves;
} Editor;

static Temp new_plan(void)
{
    Temp temp = temp_new();
    StrBuf plan = { 0 };
    mark_add_plan(&plan, EVENTS);
    temp_write(&temp, "plan.yaml", strbuf_str(&plan));
    strbuf_done(&plan);
    return temp;
}

static void write_new(const Temp *temp, const char *name, Str text, int flags)
{
    int fd = open(temp_path(temp, name), O_WRONLY | O_CREAT | flags, 0644);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, text.at, text.n_bytes), text.n_bytes);
    assert_int_equal(fsync(fd), 0);
    assert_int_equal(close(fd), 0);
}

static void by_rename(const Editor *editor, Str text)
{
    write_new(editor->temp, "plan.yaml.part", text, O_TRUNC);
    assert_int_equal(rename(temp_path(editor->temp, "plan.yaml.part"), temp_path(editor->temp, "plan.yaml")), 0);
}

/* As vim does: the old one gets another name, a new one is written, the old one goes. */
static void with_backup(const Editor *editor, Str text)
{
    assert_int_equal(rename(temp_path(editor->temp, "plan.yaml"), temp_path(editor->temp, "plan.yaml~")), 0);
    write_new(editor->temp, "plan.yaml", text, O_EXCL);
    assert_int_equal(unlink(temp_path(editor->temp, "plan.yaml~")), 0);
}

/* As git does: away with it, then a new one. */
static void by_unlink(const Editor *editor, Str text)
{
    assert_int_equal(unlink(temp_path(editor->temp, "plan.yaml")), 0);
    write_new(editor->temp, "plan.yaml", text, O_EXCL);
}

/* As nano does. */
static void in_place(const Editor *editor, Str text)
{
    write_new(editor->temp, "plan.yaml", text, O_TRUNC);
}

/* One byte becomes another: the length is what it was. */
static void a_byte_in_place(const Editor *editor, Str text)
{
    write_new(editor->temp, "plan.yaml", text, 0);
}

/* Before the number in the third title a digit stands for the blank, the next time the next one; as many bytes as before. */
static void put_digit(Editor *editor, StrBuf *text)
{
    size_t at = str_find(strbuf_str(text), STR("№ 3 # от руки"), 0) - 1;
    assert_true(at < text->n_bytes);
    char digit = (char)('0' + ++editor->n_saves % 10);
    strbuf_splice(text, at, at + 1, (Str){ &digit, 1 });
    editor->save(editor, strbuf_str(text));
}

static void edit(void *context)
{
    Editor *editor = context;
    StrBuf text = { 0 };
    temp_read(temp_path(editor->temp, "plan.yaml"), &text);
    put_digit(editor, &text);
    strbuf_done(&text);
}

/* One who never looks at what others wrote. */
static void insist(void *context)
{
    StrBuf text = { 0 };
    mark_add_plan(&text, EVENTS);
    put_digit(context, &text);
    strbuf_done(&text);
}

/* Is his word there, and nothing of the rest lost? */
static void check(const Temp *temp, const Editor *editor, size_t call, const TraceResult *result)
{
    StrBuf text = { 0 };
    StrBuf wanted = { 0 };
    bool is_done = result->status == 0;
    temp_read(temp_path(temp, "plan.yaml"), &text);
    mark_add_plan(&wanted, EVENTS);
    size_t at = str_find(strbuf_str(&wanted), STR(" № 3 # от руки"), 0);
    strbuf_splice(&wanted, at, at + 1, STR("1"));
    if (is_done) {
        at = str_find(strbuf_str(&wanted), STR("  - no: 2\n"), 0);
        strbuf_splice(&wanted, at, at, str_of(mark));
    }
    bool is_litter = temp_count(temp) != 2 + mark_has(temp->path, ".journal");
    if (!is_done || is_litter || !str_eq(strbuf_str(&text), strbuf_str(&wanted))) {
        fail_msg("%s before call %zu: status %x%s, %s\n%s", editor->name, call, (unsigned)result->status,
                 is_litter ? ", litter" : "", strbuf_z(&result->err), strbuf_z(&text));
    }
    strbuf_done(&wanted);
    strbuf_done(&text);
}

static void only_with_tracing(void)
{
    if (!trace_is_allowed()) {
        (void)fprintf(stderr, "no tracing here: skipped\n");
        skip();
    }
}

/* The calls of a save that nothing disturbs. */
static void record(TraceResult *out)
{
    Temp temp = new_plan();
    mark_run_faulty(temp.path, 0, set, "plan.yaml", &(Fault){ 0 }, out);
    assert_int_equal(out->status, 0);
    temp_done(&temp);
}

static void whenever_an_editor_saves_neither_change_is_lost(void **state)
{
    (void)state;
    static const Editor editors[] = {
        { .name = "by rename", .save = by_rename },    { .name = "with a backup", .save = with_backup },
        { .name = "by unlink", .save = by_unlink },    { .name = "in place", .save = in_place },
        { .name = "a byte", .save = a_byte_in_place },
    };
    TraceResult whole;
    size_t n_tries = 0;
    only_with_tracing();
    record(&whole);
    for (size_t i = 0; i < COUNTOF(editors); i++) {
        for (size_t call = 0; call < whole.calls.n; call++) {
            Temp temp = new_plan();
            Editor editor = editors[i];
            TraceResult result;
            editor.temp = &temp;
            mark_run_meanwhile(temp.path, set, "plan.yaml", &(Fault){ FAULT_MEANWHILE, call, 0 }, edit, &editor, &result);
            assert_int_equal(editor.n_saves, 1);
            check(&temp, &editor, call, &result);
            trace_result_done(&result);
            temp_done(&temp);
            n_tries++;
        }
    }
    (void)fprintf(stderr, "%zu calls, %zu saves of an editor\n", whole.calls.n, n_tries);
    assert_true(whole.calls.n > 20);
    trace_result_done(&whole);
}

/* He marks the same event otherwise. */
static void rival(void *context)
{
    Editor *editor = context;
    StrBuf text = { 0 };
    temp_read(temp_path(editor->temp, "plan.yaml"), &text);
    size_t at = str_find(strbuf_str(&text), STR("  - no: 2\n"), 0);
    strbuf_splice(&text, at, at, STR("    status: cancelled\n"));
    editor->n_saves++;
    editor->save(editor, strbuf_str(&text));
    strbuf_done(&text);
}

static size_t find_rename(void)
{
    TraceResult whole;
    size_t call = 0;
    record(&whole);
    while (call < whole.calls.n && whole.calls.at[call].number != SYS_renameat2) {
        call++;
    }
    assert_true(call < whole.calls.n);
    trace_result_done(&whole);
    return call;
}

static void who_meanwhile_marks_the_same_event_is_not_overruled(void **state)
{
    (void)state;
    only_with_tracing();
    size_t last = find_rename();
    for (size_t back = 0; back < 4; back++) {
        Temp temp = new_plan();
        TraceResult result;
        StrBuf text = { 0 };
        Editor editor = { .name = "rival", .save = back % 2 == 0 ? by_rename : in_place, .temp = &temp };
        mark_run_meanwhile(temp.path, set, "plan.yaml", &(Fault){ FAULT_MEANWHILE, last - back, 0 }, rival, &editor, &result);
        assert_int_equal(editor.n_saves, 1);
        assert_true(WIFEXITED(result.status));
        assert_int_equal(WEXITSTATUS(result.status), 4);
        temp_read(temp_path(&temp, "plan.yaml"), &text);
        assert_int_equal(mark_count(strbuf_str(&text), STR("status: cancelled\n")), 1);
        assert_int_equal(mark_count(strbuf_str(&text), STR("2021-10-20")), 0);
        assert_int_equal(temp_count(&temp), 2);
        strbuf_done(&text);
        trace_result_done(&result);
        temp_done(&temp);
    }
}

/* Then it is better to say so than to go on for ever. */
static void beside_one_who_saves_all_the_time_it_gives_up(void **state)
{
    (void)state;
    TraceResult result;
    only_with_tracing();
    size_t call = find_rename();
    Temp temp = new_plan();
    Editor editor = { .name = "by rename", .save = by_rename, .temp = &temp };
    mark_run_meanwhile(temp.path, set, "plan.yaml", &(Fault){ FAULT_MEANWHILE_ON, call, 0 }, insist, &editor, &result);
    assert_true(WIFEXITED(result.status));
    assert_int_equal(WEXITSTATUS(result.status), 5);
    assert_int_equal(result.out.n_bytes, 0);
    assert_true(str_find(strbuf_str(&result.err), STR("его сейчас записывает другой; повторите"), 0) != SIZE_MAX);
    StrBuf text = { 0 };
    temp_read(temp_path(&temp, "plan.yaml"), &text);
    assert_int_equal(mark_count(strbuf_str(&text), STR("2021-10-20")), 0);
    assert_int_equal(mark_count(strbuf_str(&text), STR("№ 3")), 1);
    assert_int_equal(temp_count(&temp), 2);
    assert_true(mark_done(temp.path, 0, "plan.yaml", 1));
    strbuf_done(&text);
    trace_result_done(&result);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whenever_an_editor_saves_neither_change_is_lost),
        cmocka_unit_test(who_meanwhile_marks_the_same_event_is_not_overruled),
        cmocka_unit_test(beside_one_who_saves_all_the_time_it_gives_up),
    };
    if (access("/dev/shm", W_OK) == 0) {
        (void)setenv("TMPDIR", "/dev/shm", 0); /* several times as fast; the calls are the same */
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
