/* The edits themselves are tested by their diffs, in tests/golden/. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "vekha/base/mem.h"
#include "vekha/doc/doc.h"
#include "vekha/doc/doc_edit.h"

static const char plan[] =
    "events:\n- id: a1\n  title: Раз\n  status: planned\n  marks: [{at: 2022-03}]\n- &e {id: b2}\nother: *e\n";

/* Is after what the edit of the first event makes of plan? */
static bool is_exactly(const char *after, DocEdit edit)
{
    Err err = { 0 };
    Doc *old = doc_new(str_of(plan));
    Doc *new = doc_new(str_of(after));
    edit.map = node_get(old, doc_root(old), STR("events"))->child;
    bool ok = doc_edit_check(old, new, &edit, 1, &err);
    assert_int_equal(err.kind, ok ? ERR_NONE : ERR_REFUSED);
    doc_free(old);
    doc_free(new);
    return ok;
}

static void the_guard_takes_exactly_the_wished_change(void **state)
{
    (void)state;
    DocEdit edit = { .kind = DOC_SET, .key = STR("status"), .value = STR("done"), .is_plain = true };
    static const char rest[] = "  marks: [{at: 2022-03}]\n- &e {id: b2}\nother: *e\n";
    StrBuf text = { 0 };
    strbuf_addf(&text, "events:\n- id: a1\n  title: Раз\n  status: done\n%s", rest);
    assert_true(is_exactly(strbuf_z(&text), edit));
    assert_false(is_exactly(plan, edit)); /* not done */
    static const char *const wrong[] = {
        "events:\n- id: a1\n  title: Два\n  status: done\n",                 /* another value, too */
        "events:\n- id: a1\n  title: Раз\n  status: done\n  more: x\n",      /* a key too many */
        "events:\n- id: a1\n  status: done\n",                               /* a key too few */
        "events:\n- id: a1\n  status: done\n  title: Раз\n",                 /* another order */
        "events:\n- id: a1\n  title: Раз\n  status: done\n  status: done\n", /* twice */
        "events:\n- id: a1\n  title: Раз\n  status: !!int done\n",           /* of another type */
        "events:\n- id: a1\n  title: Раз\n  status: [done]\n",               /* of another kind */
        "events:\n- id: a1\n  title: \"Раз\"\n  status: done\n",             /* other bytes */
        "events:\n- id: a1\n  title: Раз\n  status: done\n  ",               /* broken */
        "events:\n- id: a1\n  title: Раз\n  status: done\n- {id: c3}\n",     /* an item too many */
    };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        strbuf_clear(&text);
        strbuf_add(&text, str_of(wrong[i]));
        strbuf_add(&text, str_of(rest));
        assert_false(is_exactly(strbuf_z(&text), edit));
    }
    strbuf_done(&text);
}

static void the_guard_wants_a_text_to_be_a_string_for_everybody(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "events:\n- id: a1\n  title: 2023\n  status: planned\n  marks: [{at: 2022-03}]\n- &e {id: b2}\nother: *e\n",
        "events:\n- id: a1\n  title: \"2023\"\n  status: planned\n  marks: [{at: 2022-03}]\n- &e {id: b2}\nother: *e\n",
    };
    DocEdit edit = { .kind = DOC_SET, .key = STR("title"), .value = STR("2023") };
    assert_false(is_exactly(texts[0], edit));
    assert_true(is_exactly(texts[1], edit));
    edit.is_plain = true;
    assert_true(is_exactly(texts[0], edit));
}

static void the_guard_knows_removals_and_new_items(void **state)
{
    (void)state;
    DocPair pairs[] = { { .key = STR("at"), .value = STR("2022-04"), .is_plain = true } };
    DocEdit gone = { .kind = DOC_REMOVE, .key = STR("title") };
    DocEdit more = { .kind = DOC_APPEND, .key = STR("marks"), .pairs = pairs, .n_pairs = 1 };
    static const char without[] = "events:\n- id: a1\n  status: planned\n  marks: [{at: 2022-03}]\n- &e {id: b2}\nother: *e\n";
    static const char with[] =
        "events:\n- id: a1\n  title: Раз\n  status: planned\n  marks: [{at: 2022-03}, {at: 2022-04}]\n- &e {id: b2}\nother: *e\n";
    static const char twice[] =
        "events:\n- id: a1\n  title: Раз\n  status: planned\n  marks: [{at: 2022-03}, {at: 2022-04}, {at: "
        "2022-04}]\n- &e {id: b2}\nother: *e\n";
    assert_true(is_exactly(without, gone));
    assert_false(is_exactly(plan, gone));
    assert_true(is_exactly(with, more));
    assert_false(is_exactly(twice, more));
    assert_false(is_exactly(plan, more));
    assert_false(is_exactly(with, gone));
}

static const char list[] = "events:\n- {id: a1}\n- {id: b2}\n- {id: c3}\nz: 1\n";

/* Is after what the edits make of list? items: for each of them the one that goes, or that it comes behind (-1: in front). */
static bool is_list(const char *after, const DocEdit *edits, const int *items, size_t n_edits)
{
    DocEdit made[4];
    Doc *old = doc_new(str_of(list));
    Doc *new = doc_new(str_of(after));
    for (size_t i = 0; i < n_edits; i++) {
        const Node *item = NULL;
        for (int k = 0; k <= items[i]; k++) {
            item = item == NULL ? node_get(old, doc_root(old), STR("events"))->child : item->next;
        }
        made[i] = edits[i];
        made[i].map = edits[i].kind == DOC_DELETE ? item : doc_root(old);
        made[i].item = edits[i].kind == DOC_DELETE ? NULL : item;
    }
    bool ok = doc_edit_check(old, new, made, n_edits, NULL);
    doc_free(old);
    doc_free(new);
    return ok;
}

static void the_guard_knows_which_items_come_and_go_and_where(void **state)
{
    (void)state;
    static const Str names[] = { STR_INIT("А"), STR_INIT("Б") };
    static const DocPair pairs[] = { { .key = STR_INIT("id"), .value = STR_INIT("n4") },
                                     { .key = STR_INIT("by"), .items = names, .n_items = COUNTOF(names) } };
    const DocEdit gone = { .kind = DOC_DELETE };
    const DocEdit more = { .kind = DOC_INSERT, .key = STR("events"), .pairs = pairs, .n_pairs = 2 };
    const DocEdit moved = { .kind = DOC_INSERT, .key = STR("events"), .bytes = STR("- {id: a1}\n") };
    static const char without[] = "events:\n- {id: a1}\n- {id: c3}\nz: 1\n";
    static const char with[] = "events:\n- {id: a1}\n- {id: n4, by: [А, Б]}\n- {id: b2}\n- {id: c3}\nz: 1\n";
    static const char swapped[] = "events:\n- {id: b2}\n- {id: a1}\n- {id: c3}\nz: 1\n";
    assert_true(is_list(without, &gone, (const int[]){ 1 }, 1));
    assert_false(is_list(without, &gone, (const int[]){ 0 }, 1));
    assert_false(is_list(list, &gone, (const int[]){ 1 }, 1));
    assert_true(is_list(with, &more, (const int[]){ 0 }, 1));
    assert_false(is_list(with, &more, (const int[]){ 1 }, 1)); /* elsewhere */
    assert_false(is_list(with, &more, (const int[]){ -1 }, 1));
    assert_false(is_list(list, &more, (const int[]){ 0 }, 1));
    assert_true(is_list(swapped, (const DocEdit[]){ gone, moved }, (const int[]){ 0, 1 }, 2));
    assert_false(is_list(swapped, (const DocEdit[]){ gone, moved }, (const int[]){ 0, 2 }, 2));
    assert_false(is_list(swapped, (const DocEdit[]){ gone, more }, (const int[]){ 0, 1 }, 2));
    static const char *const wrong[] = {
        "events:\n- {id: a1}\n- {id: n4, by: [А]}\n- {id: b2}\n- {id: c3}\nz: 1\n",       /* a text too few */
        "events:\n- {id: a1}\n- {id: n4, by: [А, Б, В]}\n- {id: b2}\n- {id: c3}\nz: 1\n", /* too many */
        "events:\n- {id: a1}\n- {id: n4, by: А}\n- {id: b2}\n- {id: c3}\nz: 1\n",         /* no list */
        "events:\n- {id: a1}\n- {by: [А, Б], id: n4}\n- {id: b2}\n- {id: c3}\nz: 1\n",    /* another order */
        "events:\n- {id: a1}\n- &x {id: n4, by: [А, Б]}\n- {id: b2}\n- {id: c3}\nz: 1\n", /* named */
        "events:\n- {id: a1}\n- {id: n4, by: [А, Б]}\n- {id: b2}\nz: 1\n",                /* one has gone */
        "events: [{id: a1}, {id: n4, by: [А, Б]}, {id: b2}, {id: c3}]\nz: 1\n",           /* in brackets */
    };
    for (size_t i = 0; i < COUNTOF(wrong); i++) {
        assert_false(is_list(wrong[i], &more, (const int[]){ 0 }, 1));
    }
    const DocEdit all[] = { gone, gone, gone };
    assert_true(is_list("events: []\nz: 1\n", all, (const int[]){ 2, 1, 0 }, 3));
    assert_false(is_list("events:\nz: 1\n", all, (const int[]){ 2, 1, 0 }, 3));
}

static void the_guard_knows_a_list_of_maps(void **state)
{
    (void)state;
    static const DocPair pairs[] = { { .key = STR_INIT("when"), .value = STR_INIT("май") } };
    static const DocMap maps[] = { { pairs, 1 }, { pairs, 1 } };
    const DocEdit set = { .kind = DOC_SET, .key = STR("marks"), .maps = maps, .n_maps = 2 };
    static const char rest[] = "- &e {id: b2}\nother: *e\n";
    static const struct {
        const char *marks;
        bool is_right;
    } cases[] = {
        { "[{when: май}, {when: май}]", true },
        { "\n  - when: май\n  - {when: 'май'}", true },
        { "[{when: май}]", false },
        { "[{when: май}, {when: май}, {when: май}]", false },
        { "[{when: май}, {when: июнь}]", false },
        { "[{when: май}, май]", false },
        { "!x [{when: май}, {when: май}]", false },
        { "{when: май}", false },
    };
    for (size_t i = 0; i < COUNTOF(cases); i++) {
        StrBuf text = { 0 };
        strbuf_addf(&text, "events:\n- id: a1\n  title: Раз\n  status: planned\n  marks: %s\n%s", cases[i].marks, rest);
        assert_int_equal(is_exactly(strbuf_z(&text), set), cases[i].is_right);
        strbuf_done(&text);
    }
}

static void a_refused_edit_leaves_the_buffer_alone(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("a: &x 1\nb: *x\n"));
    DocEdit edits[] = { { .kind = DOC_SET, .map = doc_root(doc), .key = STR("c"), .value = STR("new") },
                        { .kind = DOC_SET, .map = doc_root(doc), .key = STR("a"), .value = STR("new") } };
    StrBuf out = { 0 };
    strbuf_add(&out, STR("before"));
    assert_false(doc_edit(doc, edits, COUNTOF(edits), &out, NULL));
    assert_string_equal(strbuf_z(&out), "before");
    strbuf_done(&out);
    doc_free(doc);
}

static void a_text_that_is_not_utf8_or_too_long_is_refused(void **state)
{
    (void)state;
    Doc *doc = doc_new(STR("a: 1\n"));
    StrBuf out = { 0 };
    StrBuf text = { 0 };
    Err err = { 0 };
    DocEdit edit = { .kind = DOC_SET, .map = doc_root(doc), .key = STR("a"), .value = STR("\xFF") };
    assert_false(doc_edit(doc, &edit, 1, &out, &err));
    assert_int_equal(err.text, T_DOC_EDIT_NOT_UTF8);
    strbuf_add_chars(&text, 'x', DOC_MAX_VALUE_KIB * 1024 + 1);
    edit.value = strbuf_str(&text);
    assert_false(doc_edit(doc, &edit, 1, &out, &err));
    assert_int_equal(err.text, T_DOC_EDIT_TOO_LONG);
    strbuf_done(&text);
    strbuf_done(&out);
    doc_free(doc);
}

enum { N_MANY = 3000 };

/* A list of three thousand, in lines or in braces: each third item gets another number, goes, or has one more behind it. */
static void thousands_of_edits_are_made_at_once(void **state)
{
    (void)state;
    static const char *const items[] = { "- {no: %d, title: x}\n", "{no: %d, title: x}, " };
    static const DocPair pairs[] = { { .key = STR_INIT("no"), .value = STR_INIT("7"), .is_plain = true } };
    for (size_t shape = 0; shape < COUNTOF(items); shape++) {
        StrBuf text = { 0 };
        StrBuf wanted = { 0 };
        StrBuf out = { 0 };
        DocEdit *edits = mem_new(N_MANY * sizeof *edits);
        strbuf_add(&text, shape == 0 ? (Str){ 0 } : STR("["));
        strbuf_add(&wanted, strbuf_str(&text));
        for (int i = 0; i < N_MANY; i++) {
            strbuf_addf(&text, items[shape], i);
            if (i % 3 != 1) {
                strbuf_addf(&wanted, items[shape], i % 3 == 0 ? i + 1 : i);
            }
            if (i % 3 == 2) {
                strbuf_add(&wanted, shape == 0 ? STR("- {no: 7}\n") : STR("{no: 7}, "));
            }
        }
        strbuf_cut(&text, text.n_bytes - (shape == 0 ? 0 : 2));
        strbuf_cut(&wanted, wanted.n_bytes - (shape == 0 ? 0 : 2));
        strbuf_add(&text, shape == 0 ? (Str){ 0 } : STR("]\n"));
        strbuf_add(&wanted, shape == 0 ? (Str){ 0 } : STR("]\n"));
        Doc *doc = doc_new(strbuf_str(&text));
        size_t n = 0;
        for (const Node *item = doc_root(doc)->child; item != NULL; item = item->next, n++) {
            edits[N_MANY - 1 - n] =
                n % 3 == 0   ? (DocEdit){ .map = item, .key = STR("no"), .value = STR(""), .is_plain = true }
                : n % 3 == 1 ? (DocEdit){ .kind = DOC_DELETE, .map = item }
                             : (DocEdit){ .kind = DOC_INSERT, .map = doc_root(doc), .item = item, .pairs = pairs, .n_pairs = 1 };
        }
        char numbers[N_MANY][8];
        for (int i = 0; i < N_MANY; i += 3) {
            (void)snprintf(numbers[i], sizeof numbers[i], "%d", i + 1);
            edits[N_MANY - 1 - i].value = str_of(numbers[i]);
        }
        assert_true(doc_edit(doc, edits, N_MANY, &out, NULL));
        assert_string_equal(strbuf_z(&out), strbuf_z(&wanted));
        Doc *after = doc_new(strbuf_str(&out));
        assert_true(doc_edit_check(doc, after, edits, N_MANY, NULL));
        assert_false(doc_edit_check(doc, after, edits, N_MANY - 1, NULL));
        doc_free(after);
        doc_free(doc);
        strbuf_done(&text);
        strbuf_done(&wanted);
        strbuf_done(&out);
        free(edits);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_guard_takes_exactly_the_wished_change),
        cmocka_unit_test(the_guard_wants_a_text_to_be_a_string_for_everybody),
        cmocka_unit_test(the_guard_knows_removals_and_new_items),
        cmocka_unit_test(the_guard_knows_which_items_come_and_go_and_where),
        cmocka_unit_test(the_guard_knows_a_list_of_maps),
        cmocka_unit_test(a_refused_edit_leaves_the_buffer_alone),
        cmocka_unit_test(a_text_that_is_not_utf8_or_too_long_is_refused),
        cmocka_unit_test(thousands_of_edits_are_made_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
