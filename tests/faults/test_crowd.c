#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "../support/mark.h"
#include "vekha/core/change_build.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/journal.h"
#include "vekha/store/store.h"

/*
 * Eight who change one plan at once, fifty times each: values, numbers, marks of occurrences, events that come, move and go,
 * and a text of the plan that all of them add to. Seven are sessions that opened the plan at the start; one is the real program,
 * started anew for each mark. Nothing is lost, and the journal has it all.
 */

enum { WRITERS = 8, EDITS = 50, OWN_EVENTS = 5, TRIES = 200, PROGRAM = WRITERS - 1, FIRST_MONTH = 9, PROGRAM_NO = 100 };

/* What the n-th edit of a writer is; his events are a1e1 to a1e5, b1e1 … */
typedef enum Kind { KIND_VALUE, KIND_INSERT, KIND_MOVE, KIND_NUMBER, KIND_MARK, KIND_HEADER, KIND_DELETE, KIND_COUNT } Kind;

typedef struct Writer {
    Store *store;
    Arena arena;
    char letter;
} Writer;

static void add_id(StrBuf *out, char letter, int event)
{
    strbuf_addf(out, "%c1e%d", letter, event);
}

/* The one that comes in that round of the kinds. */
static void add_new_id(StrBuf *out, char letter, int round)
{
    strbuf_addf(out, "%c2n%02d", letter, round);
}

static void add_plan(StrBuf *out)
{
    strbuf_add(out, STR("vekha: 1 # формат\ntitle: План\nbasis: все\nperiod: 2021-09-01/2022-08-31\nsections:\n"
                        "  # первый раздел\n  - title: Общее\n    events:\n"));
    for (int writer = 0; writer < WRITERS; writer++) {
        for (int event = 1; event <= OWN_EVENTS; event++) {
            StrBuf id = { 0 };
            add_id(&id, (char)('a' + writer), event);
            strbuf_addf(out, "      # над %s\n      - id: %s # при id\n        no: %d.%d\n", id.at, id.at, writer + 1, event);
            strbuf_addf(out, "        title: Дело %s   # от руки\n        when: ежемесячно\n\n", id.at);
            strbuf_done(&id);
        }
    }
    strbuf_add(out, STR("  # второй раздел\n  - title: Прочее\n    events:\n      - id: z9z9\n        title: Последнее\n"));
    for (int i = 0; i < EDITS; i++) { /* those of the real program */
        strbuf_addf(out, "      - {id: h3p%02d, no: %d, title: Дело программы, when: май} # в строку\n", i, PROGRAM_NO + i);
    }
    strbuf_add(out, STR("# конец\n"));
}

static size_t find(const Plan *plan, const StrBuf *id)
{
    EventRef ref = { .id = strbuf_str(id), .index = SIZE_MAX };
    return plan_match(plan, &ref);
}

static bool make_insert(Writer *writer, const Plan *plan, int round, Change *out)
{
    StrBuf id = { 0 };
    StrBuf after = { 0 };
    add_new_id(&id, writer->letter, round);
    add_id(&after, writer->letter, 2);
    size_t neighbour = find(plan, &after);
    Event event = { .id = strbuf_str(&id), .title = STR("Новое дело: #1"), .section = -1 };
    event.when = STR("до 1 мая");
    if (neighbour != SIZE_MAX) {
        EventPlace place = place_after(plan, neighbour, &writer->arena);
        *out = change_insert(&event, &place, &writer->arena);
    }
    strbuf_done(&after);
    strbuf_done(&id);
    return neighbour != SIZE_MAX;
}

static bool make_on_event(Writer *writer, const Plan *plan, Kind kind, int round, Change *out)
{
    StrBuf id = { 0 };
    StrBuf value = { 0 };
    bool ok = true;
    if (kind == KIND_MOVE || kind == KIND_DELETE) {
        add_new_id(&id, writer->letter, round);
    } else {
        add_id(&id, writer->letter, kind == KIND_VALUE ? 1 : kind == KIND_NUMBER ? 3 : 4);
    }
    size_t event = find(plan, &id);
    strbuf_addf(&value, "%c.%d", writer->letter, round);
    if (event == SIZE_MAX) {
        ok = false;
    } else if (kind == KIND_MOVE) {
        EventPlace place = place_at_end(plan, 1, &writer->arena);
        *out = change_move(plan, event, &place, &writer->arena);
    } else if (kind == KIND_DELETE) {
        *out = change_delete(plan, event, &writer->arena);
    } else if (kind == KIND_MARK) {
        int month = FIRST_MONTH + round;
        strbuf_clear(&value);
        strbuf_addf(&value, "%d-%02d", 2021 + (month - 1) / 12, (month - 1) % 12 + 1);
        MarkRequest request = { .status = STATUS_DONE, .on = 19000, .today = 19000, .by = STR("Я"), .at = strbuf_str(&value) };
        ok = change_mark(plan, event, &request, &writer->arena, out, NULL);
    } else {
        *out = change_of(plan, event, &writer->arena);
        change_add(out, &plan->events.at[event], kind == KIND_VALUE ? FIELD_NOTE : FIELD_NO, (Str){ 0 },
                   arena_copy(&writer->arena, strbuf_str(&value)), &writer->arena);
    }
    strbuf_done(&value);
    strbuf_done(&id);
    return ok;
}

/* All of them add a word to one text: who does not see another's takes it away. */
static bool make_header(Writer *writer, const Plan *plan, int round, Change *out)
{
    StrBuf value = { 0 };
    strbuf_addf(&value, "%.*s %c.%d", STR_ARG(plan->basis), writer->letter, round);
    *out = (Change){ 0 };
    bool ok = change_edit_header(out, plan, -1, STR("basis"), strbuf_str(&value), &writer->arena, NULL);
    strbuf_done(&value);
    return ok;
}

static bool try_edit(Writer *writer, int number, ErrKind *why)
{
    Kind kind = (Kind)(number % KIND_COUNT);
    int round = number / KIND_COUNT;
    const Plan *plan = store_file(writer->store, 0)->plan;
    Change change;
    Err err = { 0 };
    bool ok = kind == KIND_INSERT   ? make_insert(writer, plan, round, &change)
              : kind == KIND_HEADER ? make_header(writer, plan, round, &change)
                                    : make_on_event(writer, plan, kind, round, &change);
    if (!ok) {
        (void)fprintf(stderr, "%c, edit %d: cannot be built\n", writer->letter, number);
        return false;
    }
    ok = store_apply(writer->store, 0, &change, NULL, &err);
    *why = err.kind;
    if (!ok && err.kind != ERR_SYSTEM && !(kind == KIND_HEADER && err.kind == ERR_CONFLICT)) {
        StrBuf words = { 0 };
        err_words(&words, LANG_RU, &err);
        (void)fprintf(stderr, "%c, edit %d: %s\n", writer->letter, number, strbuf_z(&words));
        strbuf_done(&words);
        return false;
    }
    if (ok && store_take_warning(writer->store, &err)) {
        (void)fprintf(stderr, "%c, edit %d: not in the journal\n", writer->letter, number);
        return false;
    }
    return ok;
}

/* A lock that comes too late, and a text that another changed meanwhile, are no loss: they are said, and it is tried again. */
static bool edit_until_done(Writer *writer, int number)
{
    for (int i = 0; i < TRIES; i++) {
        ErrKind why = ERR_NONE;
        if (try_edit(writer, number, &why)) {
            return true;
        }
        if (why != ERR_SYSTEM && why != ERR_CONFLICT) {
            return false;
        }
    }
    return false;
}

static _Noreturn void write_all(const Temp *temp, int number)
{
    char who[] = { (char)('a' + number), '\0' };
    Writer writer = { .store = store_open(temp_path(temp, "plan.yaml"), NULL), .letter = who[0] };
    bool ok = writer.store != NULL;
    if (ok) {
        store_set_author(writer.store, str_of(who));
    }
    for (int i = 0; ok && i < EDITS; i++) {
        ok = edit_until_done(&writer, i);
    }
    store_free(writer.store);
    arena_done(&writer.arena);
    _exit(ok ? 0 : 1);
}

static _Noreturn void mark_all(const Temp *temp)
{
    bool ok = true;
    (void)setenv("CMOCKA_TEST_ABORT", "1", 1);
    for (int i = 0; ok && i < EDITS; i++) {
        char no[16];
        TraceResult result = { .status = -1 };
        (void)snprintf(no, sizeof no, "%d", PROGRAM_NO + i);
        for (int k = 0; k < TRIES && result.status != 0; k++) {
            trace_result_done(&result);
            mark_run(temp->path, 0, (const char *[]){ "set", "plan.yaml", no, "done", "--on", "2022-01-08", "--as", "h", NULL },
                     &result);
        }
        ok = result.status == 0 && result.err.n_bytes == 0;
        if (!ok) {
            (void)fprintf(stderr, "set %s: status %x: %s", no, (unsigned)result.status, strbuf_z(&result.err));
        }
        trace_result_done(&result);
    }
    _exit(ok ? 0 : 1);
}

static void run_all(const Temp *temp)
{
    pid_t children[WRITERS];
    int n_failed = 0;
    for (int i = 0; i < WRITERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0 && i == PROGRAM) {
            mark_all(temp);
        } else if (children[i] == 0) {
            write_all(temp, i);
        }
    }
    for (int i = 0; i < WRITERS; i++) {
        int status = -1;
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        n_failed += status != 0;
    }
    assert_int_equal(n_failed, 0);
}

static int last_round(Kind kind)
{
    return (EDITS - 1 - (int)kind) / KIND_COUNT;
}

static void assert_value(const Plan *plan, char letter, int number, FieldId field, int round)
{
    StrBuf id = { 0 };
    StrBuf wanted = { 0 };
    StrBuf value = { 0 };
    add_id(&id, letter, number);
    strbuf_addf(&wanted, "%c.%d", letter, round);
    size_t event = find(plan, &id);
    assert_int_not_equal(event, SIZE_MAX);
    field_add_value(&value, &plan->events.at[event], field);
    assert_string_equal(strbuf_z(&value), wanted.at);
    strbuf_done(&id);
    strbuf_done(&wanted);
    strbuf_done(&value);
}

/* All that one of them did is in the plan: what came last, where there is one place for it, else each. */
static void assert_done_by(const Plan *plan, char letter)
{
    StrBuf text = { 0 };
    assert_value(plan, letter, 1, FIELD_NOTE, last_round(KIND_VALUE));
    assert_value(plan, letter, 3, FIELD_NO, last_round(KIND_NUMBER));
    add_id(&text, letter, 4);
    assert_int_equal(plan->events.at[find(plan, &text)].n_marks, last_round(KIND_MARK) + 1);
    for (int round = 0; round <= last_round(KIND_INSERT); round++) {
        strbuf_clear(&text);
        add_new_id(&text, letter, round);
        size_t event = find(plan, &text);
        assert_true(round <= last_round(KIND_DELETE) ? event == SIZE_MAX : event != SIZE_MAX);
    }
    for (int round = 0; round <= last_round(KIND_HEADER); round++) {
        strbuf_clear(&text);
        strbuf_addf(&text, " %c.%d", letter, round);
        assert_int_equal(mark_count(plan->basis, strbuf_str(&text)), 1);
    }
    strbuf_done(&text);
}

static int count_entries(const Journal *journal, char letter, Str field)
{
    int n = 0;
    for (size_t i = 0; i < journal->entries.n; i++) {
        const JournalEntry *entry = &journal->entries.at[i];
        n += str_eq(entry->who, (Str){ &letter, 1 }) && str_starts(entry->field, field);
    }
    return n;
}

static void assert_journal(const Temp *temp)
{
    Journal journal;
    assert_true(journal_read(temp_path(temp, "plan.yaml"), &journal, NULL));
    assert_int_equal(journal.n_skipped, 0);
    for (char letter = 'a'; letter < 'a' + PROGRAM; letter++) {
        assert_int_equal(count_entries(&journal, letter, STR("note")), last_round(KIND_VALUE) + 1);
        assert_int_equal(count_entries(&journal, letter, STR(JOURNAL_INSERTED)), last_round(KIND_INSERT) + 1);
        assert_int_equal(count_entries(&journal, letter, STR(JOURNAL_MOVED)), last_round(KIND_MOVE) + 1);
        assert_int_equal(count_entries(&journal, letter, STR("no")), last_round(KIND_VALUE) + last_round(KIND_NUMBER) + 2);
        assert_int_equal(count_entries(&journal, letter, STR("marks[")), 3 * (last_round(KIND_MARK) + 1));
        assert_int_equal(count_entries(&journal, letter, STR("basis")), last_round(KIND_HEADER) + 1);
        assert_int_equal(count_entries(&journal, letter, STR(JOURNAL_DELETED)), last_round(KIND_DELETE) + 1);
    }
    assert_int_equal(count_entries(&journal, 'a' + PROGRAM, STR("status")), EDITS);
    journal_done(&journal);
}

/* Comments are what they were, in number and words. */
static void assert_comments(Str before, Str after)
{
    static const Str comments[] = { STR_INIT("# над "),
                                    STR_INIT("# при id"),
                                    STR_INIT("   # от руки"),
                                    STR_INIT("# формат"),
                                    STR_INIT("  # первый раздел"),
                                    STR_INIT("  # второй раздел"),
                                    STR_INIT(" # в строку"),
                                    STR_INIT("# конец") };
    for (size_t i = 0; i < COUNTOF(comments); i++) {
        assert_int_equal(mark_count(after, comments[i]), mark_count(before, comments[i]));
    }
    assert_true(str_ends(after, STR("# конец\n")));
}

static void eight_make_fifty_changes_of_every_kind_and_none_is_lost(void **state)
{
    (void)state;
    Temp temp = temp_new();
    StrBuf before = { 0 };
    StrBuf after = { 0 };
    add_plan(&before);
    temp_write(&temp, "plan.yaml", strbuf_str(&before));
    run_all(&temp);
    Store *store = store_open(temp_path(&temp, "plan.yaml"), NULL);
    assert_non_null(store);
    const PlanFile *file = store_file(store, 0);
    assert_false(file->is_broken);
    assert_int_equal(file->problems->n, 0);
    for (char letter = 'a'; letter < 'a' + PROGRAM; letter++) {
        assert_done_by(file->plan, letter);
    }
    int n_kept = last_round(KIND_INSERT) - last_round(KIND_DELETE);
    assert_int_equal(file->plan->events.n, WRITERS * OWN_EVENTS + 1 + EDITS + PROGRAM * n_kept);
    temp_read(temp_path(&temp, "plan.yaml"), &after);
    assert_int_equal(mark_count(strbuf_str(&after), STR("done: 2022-01-08, by: h")), EDITS);
    assert_comments(strbuf_str(&before), strbuf_str(&after));
    assert_journal(&temp);
    assert_int_equal(temp_count(&temp), 3); /* with the lock and the journals */
    store_free(store);
    strbuf_done(&after);
    strbuf_done(&before);
    temp_done(&temp);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(eight_make_fifty_changes_of_every_kind_and_none_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
