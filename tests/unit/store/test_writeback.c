/* Changes as diffs: the lines that should change do, every other byte is the same. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "../../support/patch.h"
#include "../../support/plans.h"
#include "../../support/reading.h"
#include "../../support/temp.h"
#include "vekha/core/change_mark.h"
#include "vekha/store/writeback.h"

/* Makes the change; the new text goes to out. */
static bool mark(const Read *read, size_t event, const MarkRequest *request, StrBuf *out, Err *err)
{
    Arena arena = { 0 };
    Change change;
    Patch patch;
    assert_true(change_mark(&read->reading.plan, event, request, &arena, &change, NULL));
    bool ok = patch_one(read->doc, &read->reading, event, &change, &patch, err);
    if (ok) {
        strbuf_add(out, patch_text(read->doc, &patch));
        patch_done(&patch);
    } else {
        assert_int_equal(patch.pieces[0].after.n_bytes, 0);
    }
    arena_done(&arena);
    return ok;
}

/* "-old line\n+new line\n" of the lines between the common beginning and the common end. */
static void add_diff(StrBuf *out, Str before, Str after)
{
    size_t from = 0;
    size_t same_end = 0;
    size_t least = before.n_bytes < after.n_bytes ? before.n_bytes : after.n_bytes;
    for (size_t i = 0; i < least && before.at[i] == after.at[i]; i++) {
        from = before.at[i] == '\n' ? i + 1 : from;
    }
    for (size_t i = 0; i < least - from && before.at[before.n_bytes - 1 - i] == after.at[after.n_bytes - 1 - i]; i++) {
        bool at_start = i + 1 == before.n_bytes - from || before.at[before.n_bytes - 2 - i] == '\n';
        bool both = i + 1 == after.n_bytes - from || after.at[after.n_bytes - 2 - i] == '\n';
        same_end = at_start && both ? i + 1 : same_end;
    }
    Str parts[] = { str_sub(before, from, before.n_bytes - same_end), str_sub(after, from, after.n_bytes - same_end) };
    for (size_t i = 0; i < COUNTOF(parts); i++) {
        while (parts[i].n_bytes > 0) {
            Str line = str_cut(&parts[i], '\n');
            strbuf_addf(out, "%c%.*s\n", i == 0 ? '-' : '+', STR_ARG(line));
        }
    }
}

static MarkRequest done_by_me(void)
{
    return (MarkRequest){ .status = STATUS_DONE, .today = day_at("2022-05-20"), .who = STR("Методист") };
}

static void assert_diff(const char *text, size_t event, MarkRequest request, const char *wanted)
{
    Read read = read_text(str_of(text));
    StrBuf after = { 0 };
    StrBuf got = { 0 };
    Err err = { 0 };
    if (!mark(&read, event, &request, &after, &err)) {
        StrBuf words = { 0 };
        err_words(&words, LANG_RU, &err);
        fail_msg("of\n%s\n%s", text, strbuf_z(&words));
    }
    add_diff(&got, str_of(text), strbuf_str(&after));
    if (!str_eq(strbuf_str(&got), str_of(wanted))) {
        fail_msg("of\n%s\n%s\nnot\n%s", text, strbuf_z(&got), wanted);
    }
    strbuf_done(&after);
    strbuf_done(&got);
    read_done(&read);
}

static void assert_refused(const char *text, size_t event, MarkRequest request, ErrKind kind, TextId why, int line)
{
    Read read = read_text(str_of(text));
    StrBuf after = { 0 };
    Err err = { 0 };
    assert_false(mark(&read, event, &request, &after, &err));
    assert_int_equal(err.kind, kind);
    if (err.text != why || err.line != line) {
        StrBuf words = { 0 };
        err_words(&words, LANG_RU, &err);
        fail_msg("of\n%s\n%s", text, strbuf_z(&words));
    }
    strbuf_done(&after);
    read_done(&read);
}

#define HEAD "vekha: 1\ntitle: П\nperiod: 2022\n"

/* ---- What changes ---- */

static void a_status_line_is_changed_and_each_new_key_is_a_line_of_its_own(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "events:\n  - title: А  # главное\n    status: planned  # пока\n    note: да\n\n  - title: Б\n";
    assert_diff(text, 0, done_by_me(),
                "-    status: planned  # пока\n+    status: done  # пока\n+    done: 2022-05-20\n+    by: Методист\n");
    assert_diff(text, 1, done_by_me(), "+    status: done\n+    done: 2022-05-20\n+    by: Методист\n");
}

static void a_mark_is_taken_back_and_evidence_and_note_stay(void **state)
{
    (void)state;
    static const char text[] =
        HEAD "events:\n- title: А\n  status: done\n  done: 2022-05-20\n  by: Я\n  evidence: приказ\n  note: да\n";
    assert_diff(text, 0, (MarkRequest){ .status = STATUS_PLANNED },
                "-  status: done\n-  done: 2022-05-20\n-  by: Я\n+  status: planned\n");
}

static void what_is_so_already_changes_no_byte(void **state)
{
    (void)state;
    assert_diff(HEAD "events: [{title: А}]\n", 0, (MarkRequest){ .status = STATUS_PLANNED }, "");
    assert_diff(HEAD "events: [{title: А, status: done, done: 2022-01-01, by: Я}]\n", 0, done_by_me(), "");
}

static void a_postponed_event_gets_its_earlier_deadline_as_an_entry(void **state)
{
    (void)state;
    MarkRequest request = { .status = STATUS_POSTPONED, .when = STR("до 1 июня"), .reason = STR("карантин: школа") };
    request.today = day_at("2022-05-20");
    request.who = STR("Я");
    assert_diff(HEAD "events:\n  - title: А\n    when: март\n    result: акт\n", 0, request,
                "-    when: март\n-    result: акт\n"
                "+    when: до 1 июня\n+    was:\n+      - {when: март, on: 2022-05-20, by: Я, reason: \"карантин: школа\"}\n"
                "+    result: акт\n+    status: postponed\n");
    request = (MarkRequest){ .status = STATUS_POSTPONED, .when = STR("май") };
    assert_diff(HEAD "events:\n- title: А\n  when: март\n  dates: 2022-03\n  was:\n  - февраль\n", 0, request,
                "-  when: март\n-  dates: 2022-03\n-  was:\n-  - февраль\n"
                "+  when: май\n+  was:\n+  - февраль\n+  - {when: март, dates: 2022-03}\n+  status: postponed\n");
}

static void an_occurrence_is_marked_in_an_entry_of_its_own(void **state)
{
    (void)state;
    MarkRequest request = done_by_me();
    request.at = STR("2022-03");
    assert_diff(HEAD "events:\n- title: А\n  when: ежемесячно\n- title: Б\n", 0, request,
                "+  marks:\n+  - {at: 2022-03, status: done, done: 2022-05-20, by: Методист}\n");
    assert_diff(HEAD "events:\n- title: А\n  when: ежемесячно\n  marks:\n    - {at: 2022-02, status: done}\n", 0, request,
                "+    - {at: 2022-03, status: done, done: 2022-05-20, by: Методист}\n");
    assert_diff(HEAD "events:\n- title: А\n  when: ежемесячно\n  marks:\n    - {at: 2022-03, status: planned}\n", 0, request,
                "-    - {at: 2022-03, status: planned}\n+    - {at: 2022-03, status: done, done: 2022-05-20, by: Методист}\n");
    request = (MarkRequest){ .status = STATUS_PLANNED, .at = STR("2022-03") };
    assert_diff(
        HEAD "events:\n- title: А\n  when: ежемесячно\n  marks:\n    - at: 2022-03\n      status: done\n      done: 2022-03-05\n",
        0, request, "-      status: done\n-      done: 2022-03-05\n+      status: planned\n");
}

static void values_are_quoted_where_they_must_be(void **state)
{
    (void)state;
    MarkRequest request = done_by_me();
    request.by = STR("No");
    request.evidence = STR("27.03");
    request.note = STR("раз: два #3");
    assert_diff(HEAD "events:\n- title: А\n", 0, request,
                "+  status: done\n+  done: 2022-05-20\n+  by: \"No\"\n+  evidence: \"27.03\"\n+  note: \"раз: два #3\"\n");
}

/* ---- However it is written ---- */

static void flow_json_and_foreign_line_ends_stay_as_they_are(void **state)
{
    (void)state;
    assert_diff(HEAD "events: [{title: А, status: planned}, {title: Б}]\n", 1, done_by_me(),
                "-events: [{title: А, status: planned}, {title: Б}]\n"
                "+events: [{title: А, status: planned}, {title: Б, status: done, done: 2022-05-20, by: Методист}]\n");
    assert_diff("{\"vekha\": 1, \"title\": \"П\", \"period\": \"2022\", \"events\": [{\"title\": \"А\"}]}", 0, done_by_me(),
                "-{\"vekha\": 1, \"title\": \"П\", \"period\": \"2022\", \"events\": [{\"title\": \"А\"}]}\n"
                "+{\"vekha\": 1, \"title\": \"П\", \"period\": \"2022\", \"events\": [{\"title\": \"А\", \"status\": \"done\", "
                "\"done\": \"2022-05-20\", \"by\": \"Методист\"}]}\n");
    assert_diff("\xEF\xBB\xBFvekha: 1\r\ntitle: П\r\nperiod: 2022\r\nevents:\r\n- title: А\r\n  status: planned\r\n", 0,
                done_by_me(), "-  status: planned\r\n+  status: done\r\n+  done: 2022-05-20\r\n+  by: Методист\r\n");
    assert_diff(HEAD "events:\n- title: А\n  status: planned", 0, (MarkRequest){ .status = STATUS_IN_PROGRESS },
                "-  status: planned\n+  status: in-progress\n");
}

/* ---- What is refused ---- */

static void an_event_that_stands_in_two_places_is_not_changed(void **state)
{
    (void)state;
    static const char text[] = HEAD "events:\n- &e {title: А}\n- *e\n- {title: В}\n";
    assert_refused(text, 1, done_by_me(), ERR_REFUSED, T_WRITE_ALIASED, 5);
    assert_refused(text, 0, done_by_me(), ERR_REFUSED, T_DOC_EDIT_NAMED, 5);
    assert_diff(text, 2, done_by_me(), "-- {title: В}\n+- {title: В, status: done, done: 2022-05-20, by: Методист}\n");
    assert_refused(HEAD "sections:\n- &s {title: Р, events: [{title: А}]}\n- *s\n", 1, done_by_me(), ERR_REFUSED, T_WRITE_ALIASED,
                   5);
}

static void an_event_that_is_no_mapping_is_not_changed(void **state)
{
    (void)state;
    assert_refused(HEAD "events:\n- А\n", 0, done_by_me(), ERR_REFUSED, T_WRITE_NOT_MAP, 5);
}

static void what_comes_from_elsewhere_is_not_taken_away_here(void **state)
{
    (void)state;
    static const char text[] = HEAD "events:\n- &e {title: А, status: done, done: 2022-03-01}\n- <<: *e\n  title: Б\n";
    assert_refused(text, 1, (MarkRequest){ .status = STATUS_PLANNED }, ERR_REFUSED, T_DOC_EDIT_MERGED, 6);
    assert_diff(text, 1, (MarkRequest){ .status = STATUS_CONFIRMED }, "+  status: confirmed\n");
}

static void marks_that_are_not_a_list_or_come_by_an_alias_are_not_changed(void **state)
{
    (void)state;
    MarkRequest request = done_by_me();
    request.at = STR("2022-03");
    assert_refused(HEAD "events:\n- title: А\n  marks: {at: 2022-02}\n", 0, request, ERR_REFUSED, T_DOC_EDIT_NO_LIST, 6);
    assert_refused(HEAD "events:\n- title: А\n  marks: [&m {at: 2022-02}]\n- title: Б\n  marks:\n    - *m\n", 1,
                   (MarkRequest){ .status = STATUS_DONE, .at = STR("2022-02") }, ERR_REFUSED, T_WRITE_NOT_AS_MEANT, 7);
}

static void a_key_that_is_there_twice_is_not_changed(void **state)
{
    (void)state;
    Read read = read_text(STR(HEAD "events:\n- title: А\n  status: planned\n  status: planned\n"));
    StrBuf after = { 0 };
    Err err = { 0 };
    MarkRequest request = done_by_me();
    assert_false(mark(&read, 0, &request, &after, &err));
    assert_int_equal(err.kind, ERR_REFUSED);
    assert_int_equal(err.text, T_DOC_EDIT_DUPLICATE);
    strbuf_done(&after);
    read_done(&read);
}

static void a_change_that_no_longer_fits_is_a_conflict(void **state)
{
    (void)state;
    Arena arena = { 0 };
    Read mine = read_text(STR(HEAD "events: [{title: А}]\n"));
    Read theirs = read_text(STR(HEAD "events: [{title: А, status: cancelled}]\n"));
    MarkRequest request = done_by_me();
    Change change;
    Patch patch;
    Err err = { 0 };
    assert_true(change_mark(&mine.reading.plan, 0, &request, &arena, &change, NULL));
    assert_false(patch_one(theirs.doc, &theirs.reading, 0, &change, &patch, &err));
    assert_int_equal(err.kind, ERR_CONFLICT);
    read_done(&mine);
    read_done(&theirs);
    arena_done(&arena);
}

/* ---- The five plans ---- */

static const char *const plans[] = { "plans/khabarovsk-dvizh-2022.yaml", "plans/magadan-2023.yaml", "plans/megion-2021.yaml",
                                     "plans/minsk-2022.yaml", "plans/sayansk-500-2022.yaml" };

/* Lines of before that are not in after, in order, and the other way round: the length of what a diff would show. */
static void assert_only_added(Str before, Str after, size_t n_added)
{
    size_t n = 0;
    while (after.n_bytes > 0) {
        Str line = str_cut(&after, '\n');
        Str rest = before;
        if (before.n_bytes > 0 && str_eq(line, str_cut(&rest, '\n'))) {
            before = rest;
        } else {
            n++;
        }
    }
    assert_int_equal(before.n_bytes, 0);
    assert_int_equal(n, n_added);
}

static void in_the_five_plans_each_event_can_be_marked_and_only_its_own_lines_change(void **state)
{
    (void)state;
    for (size_t p = 0; p < COUNTOF(plans); p++) {
        StrBuf text = { 0 };
        temp_read(plans[p], &text);
        Read read = read_text(strbuf_str(&text));
        assert_true(read.reading.plan.events.n > 0);
        for (size_t i = 0; i < read.reading.plan.events.n; i++) {
            StrBuf after = { 0 };
            StrBuf back = { 0 };
            MarkRequest request = done_by_me();
            assert_true(mark(&read, i, &request, &after, NULL));
            assert_only_added(strbuf_str(&text), strbuf_str(&after), 3);
            Read marked = read_text(strbuf_str(&after));
            request = (MarkRequest){ .status = STATUS_PLANNED };
            assert_true(mark(&marked, i, &request, &back, NULL));
            assert_only_added(strbuf_str(&text), strbuf_str(&back), 1);
            read_done(&marked);
            strbuf_done(&after);
            strbuf_done(&back);
        }
        read_done(&read);
        strbuf_done(&text);
    }
}

static void in_the_five_plans_each_occurrence_can_be_marked(void **state)
{
    (void)state;
    size_t n_marked = 0;
    for (size_t p = 0; p < COUNTOF(plans); p++) {
        StrBuf text = { 0 };
        temp_read(plans[p], &text);
        Read read = read_text(strbuf_str(&text));
        plan_resolve(&read.reading.plan);
        for (size_t i = 0; i < read.reading.plan.events.n; i++) {
            const Due *due = read.reading.plan.events.at[i].due;
            for (size_t k = 0; k < due->n_occurrences; k++) {
                StrBuf after = { 0 };
                StrBuf at = { 0 };
                occurrence_add_at(&at, &due->occurrences[k]);
                MarkRequest request = done_by_me();
                request.at = strbuf_str(&at);
                assert_true(mark(&read, i, &request, &after, NULL));
                assert_only_added(strbuf_str(&text), strbuf_str(&after), 2); /* marks: and its entry */
                n_marked++;
                strbuf_done(&after);
                strbuf_done(&at);
            }
        }
        read_done(&read);
        strbuf_done(&text);
    }
    assert_true(n_marked > 0);
}

static void marks_in_the_plans_with_foreign_line_ends_keep_them(void **state)
{
    (void)state;
    for (size_t p = 0; p < COUNTOF(plans); p++) {
        StrBuf text = { 0 };
        StrBuf crlf = { 0 };
        StrBuf after = { 0 };
        temp_read(plans[p], &text);
        strbuf_add(&crlf, STR("\xEF\xBB\xBF"));
        for (size_t i = 0; i < text.n_bytes; i++) {
            strbuf_add(&crlf, text.at[i] == '\n' ? STR("\r\n") : str_sub(strbuf_str(&text), i, i + 1));
        }
        Read read = read_text(strbuf_str(&crlf));
        MarkRequest request = done_by_me();
        assert_true(mark(&read, read.reading.plan.events.n / 2, &request, &after, NULL));
        assert_only_added(strbuf_str(&crlf), strbuf_str(&after), 3);
        for (size_t i = 0; i < after.n_bytes; i++) {
            assert_true(after.at[i] != '\n' || after.at[i - 1] == '\r');
        }
        read_done(&read);
        strbuf_done(&text);
        strbuf_done(&crlf);
        strbuf_done(&after);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_line_is_changed_and_each_new_key_is_a_line_of_its_own),
        cmocka_unit_test(a_mark_is_taken_back_and_evidence_and_note_stay),
        cmocka_unit_test(what_is_so_already_changes_no_byte),
        cmocka_unit_test(a_postponed_event_gets_its_earlier_deadline_as_an_entry),
        cmocka_unit_test(an_occurrence_is_marked_in_an_entry_of_its_own),
        cmocka_unit_test(values_are_quoted_where_they_must_be),
        cmocka_unit_test(flow_json_and_foreign_line_ends_stay_as_they_are),
        cmocka_unit_test(an_event_that_stands_in_two_places_is_not_changed),
        cmocka_unit_test(an_event_that_is_no_mapping_is_not_changed),
        cmocka_unit_test(what_comes_from_elsewhere_is_not_taken_away_here),
        cmocka_unit_test(marks_that_are_not_a_list_or_come_by_an_alias_are_not_changed),
        cmocka_unit_test(a_key_that_is_there_twice_is_not_changed),
        cmocka_unit_test(a_change_that_no_longer_fits_is_a_conflict),
        cmocka_unit_test(in_the_five_plans_each_event_can_be_marked_and_only_its_own_lines_change),
        cmocka_unit_test(in_the_five_plans_each_occurrence_can_be_marked),
        cmocka_unit_test(marks_in_the_plans_with_foreign_line_ends_keep_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
