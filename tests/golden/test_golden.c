/*
 * Lossless editing, a case a folder: before.yaml, change, after.yaml. A line of change is one of
 *
 *   set PATH [after KEY] = TEXT      set PATH [after KEY] := PLAIN      list PATH [after KEY] = TEXT | TEXT
 *   remove PATH                      append PATH [after KEY] = KEY = TEXT | KEY := PLAIN
 *   insert PATH behind N = KEY = TEXT | KEY := PLAIN | KEY [= TEXT / TEXT
 *   delete PATH                      move PATH to PATH behind N                maps PATH [after KEY] = PAIRS ;; PAIRS
 *   refused LINE WORDS               instead of after.yaml: the place, and words of the English message
 *
 * UPDATE=1 in the environment writes after.yaml anew, to be read in the diff. PATH is keys and indices with full stops between
 * them; in TEXT \n is a line break. N is an index, or - for the first place.
 */
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "vekha/base/mem.h"
#include "vekha/doc/doc.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/doc/doc_entry.h"
#include "vekha/doc/doc_item.h"

enum { MAX_EDITS = 16, MAX_PARTS = 8, MAX_CASES = 256, MAX_RUN = 4, MIN_ALONE = 90, MIN_RUNS = 400 };

static int n_alone; /* edits that could be made on an entry alone */
static int n_runs;  /* of them, on neighbouring items */

typedef struct Case {
    Arena arena;
    Doc *doc;
    const Node *root; /* that the paths begin at */
    DocEdit edits[MAX_EDITS];
    size_t n_edits;
    int refused_line; /* 0: it is not to be refused */
    Str refused_words;
} Case;

static bool read_file(Arena *arena, const char *folder, const char *name, Str *out)
{
    char path[512];
    char bytes[65536];
    (void)snprintf(path, sizeof path, "tests/golden/%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        return false;
    }
    size_t n = fread(bytes, 1, sizeof bytes, file);
    (void)fclose(file);
    assert_true(n < sizeof bytes);
    *out = arena_copy(arena, (Str){ bytes, n });
    return true;
}

static void write_file(const char *folder, const char *name, Str text)
{
    char path[512];
    (void)snprintf(path, sizeof path, "tests/golden/%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(text.at, 1, text.n_bytes, file), text.n_bytes);
    assert_int_equal(fclose(file), 0);
}

static Str unescape(Arena *arena, Str s)
{
    StrBuf buf = { 0 };
    for (size_t i = 0; i < s.n_bytes; i++) {
        bool is_break = s.at[i] == '\\' && i + 1 < s.n_bytes && s.at[i + 1] == 'n';
        strbuf_add_char(&buf, is_break ? '\n' : s.at[i]);
        i += is_break;
    }
    Str kept = arena_copy(arena, strbuf_str(&buf));
    strbuf_done(&buf);
    return kept;
}

/* The part before sep, which must be there, without blanks around it. */
static Str cut_at(Str *rest, Str sep)
{
    size_t at = str_find(*rest, sep, 0);
    Str part = str_trim(str_sub(*rest, 0, at));
    *rest = at == SIZE_MAX ? (Str){ 0 } : str_from(*rest, at + sep.n_bytes);
    return part;
}

static const Str *split_items(Case *test, Str rest, Str sep, size_t *n_items)
{
    Str *items = arena_alloc(&test->arena, MAX_PARTS * sizeof *items);
    while (rest.n_bytes > 0 && *n_items < MAX_PARTS) {
        items[(*n_items)++] = cut_at(&rest, sep);
    }
    return items;
}

/* "PATH = TEXT" or "PATH := PLAIN" */
static Str take_value(Case *test, Str *rest, bool *is_plain)
{
    size_t plain = str_find(*rest, STR(":= "), 0);
    *is_plain = plain != SIZE_MAX && plain < str_find(*rest, STR(" = "), 0);
    Str left = cut_at(rest, *is_plain ? STR(":= ") : STR("= "));
    *rest = unescape(&test->arena, *rest);
    return left;
}

static const Node *child_at(const Doc *doc, const Node *node, Str step)
{
    int index;
    if (node->kind == NODE_LIST && str_to_uint(step, &index)) {
        const Node *item = node->child;
        while (item != NULL && index-- > 0) {
            item = item->next;
        }
        return item;
    }
    const Node *key = node_own_key(doc, node, step);
    return key == NULL ? NULL : key->next;
}

static void find_place(Case *test, DocEdit *edit, Str place)
{
    size_t after = str_find(place, STR(" after "), 0);
    edit->after = after == SIZE_MAX ? (Str){ 0 } : str_from(place, after + 7);
    Str path = str_sub(place, 0, after);
    edit->map = test->root;
    edit->key = str_cut(&path, '.');
    while (path.n_bytes > 0) {
        edit->map = child_at(test->doc, edit->map, edit->key);
        assert_non_null(edit->map);
        edit->key = str_cut(&path, '.');
    }
}

static const DocPair *read_pairs(Case *test, Str rest, size_t *n_pairs)
{
    DocPair *pairs = arena_alloc(&test->arena, MAX_PARTS * sizeof *pairs);
    while (rest.n_bytes > 0 && *n_pairs < MAX_PARTS) {
        Str pair = cut_at(&rest, STR("|"));
        DocPair *to = &pairs[(*n_pairs)++];
        if (str_find(pair, STR(" [="), 0) < str_find(pair, STR("= "), 0)) {
            to->key = cut_at(&pair, STR("[="));
            to->items = split_items(test, pair, STR("/"), &to->n_items);
        } else {
            to->key = take_value(test, &pair, &to->is_plain);
            to->value = pair;
        }
    }
    return pairs;
}

static void read_maps(Case *test, DocEdit *edit, Str rest)
{
    DocMap *maps = arena_alloc(&test->arena, MAX_PARTS * sizeof *maps);
    while (rest.n_bytes > 0 && edit->n_maps < MAX_PARTS) {
        DocMap *map = &maps[edit->n_maps++];
        map->pairs = read_pairs(test, cut_at(&rest, STR(";;")), &map->n_pairs);
    }
    edit->maps = maps;
}

static const Node *find_node(const Case *test, Str path)
{
    const Node *node = test->root;
    while (path.n_bytes > 0) {
        node = child_at(test->doc, node, str_cut(&path, '.'));
        assert_non_null(node);
    }
    return node;
}

/* "PATH behind N"; the path . is the root. */
static void find_gap(Case *test, DocEdit *edit, Str place)
{
    Str path = cut_at(&place, STR(" behind "));
    bool is_root = str_eq(path, STR("."));
    bool is_first = str_eq(place, STR("-"));
    edit->kind = DOC_INSERT;
    if (is_root) {
        edit->map = test->root;
    } else {
        find_place(test, edit, path);
    }
    edit->item = is_first ? NULL : child_at(test->doc, is_root ? test->root : find_node(test, path), place);
    assert_true(is_first || edit->item != NULL);
}

static void read_move(Case *test, Str line)
{
    DocEdit *edit = &test->edits[test->n_edits++];
    size_t from;
    size_t to;
    edit->kind = DOC_DELETE;
    edit->map = find_node(test, cut_at(&line, STR(" to ")));
    assert_true(doc_item_extent(test->doc, edit->map, &from, &to));
    assert_true(test->n_edits < MAX_EDITS);
    edit = &test->edits[test->n_edits++];
    find_gap(test, edit, line);
    edit->bytes = str_sub(doc_text(test->doc), from, to);
}

static void read_change(Case *test, Str line)
{
    Str verb = str_cut(&line, ' ');
    if (str_eq(verb, STR("refused"))) {
        assert_true(str_to_uint(str_cut(&line, ' '), &test->refused_line));
        test->refused_words = line;
        return;
    }
    assert_true(test->n_edits < MAX_EDITS);
    if (str_eq(verb, STR("move"))) {
        read_move(test, line);
        return;
    }
    DocEdit *edit = &test->edits[test->n_edits++];
    if (str_eq(verb, STR("delete"))) {
        edit->kind = DOC_DELETE;
        edit->map = find_node(test, line);
    } else if (str_eq(verb, STR("insert"))) {
        find_gap(test, edit, cut_at(&line, STR("= ")));
        edit->pairs = read_pairs(test, line, &edit->n_pairs);
    } else if (str_eq(verb, STR("maps"))) {
        find_place(test, edit, cut_at(&line, STR("= ")));
        read_maps(test, edit, line);
    } else if (str_eq(verb, STR("remove"))) {
        edit->kind = DOC_REMOVE;
        find_place(test, edit, line);
    } else if (str_eq(verb, STR("append"))) {
        edit->kind = DOC_APPEND;
        find_place(test, edit, cut_at(&line, STR("= ")));
        edit->pairs = read_pairs(test, line, &edit->n_pairs);
    } else if (str_eq(verb, STR("list"))) {
        find_place(test, edit, cut_at(&line, STR("= ")));
        edit->items = split_items(test, line, STR("|"), &edit->n_items);
    } else {
        assert_true(str_eq(verb, STR("set")));
        find_place(test, edit, take_value(test, &line, &edit->is_plain));
        edit->value = line;
    }
}

static void check_refused(const Case *test, const Err *err)
{
    StrBuf words = { 0 };
    err_text(&words, LANG_EN, err);
    if (test->refused_line == 0 || test->refused_line != err->line ||
        str_find(strbuf_str(&words), test->refused_words, 0) == SIZE_MAX) {
        fail_msg("refused in line %d: %s", err->line, strbuf_z(&words));
    }
    assert_int_equal(err->kind, ERR_REFUSED);
    strbuf_done(&words);
}

static void check_result(Case *test, const char *folder, Str got)
{
    Str expected = { 0 };
    Err err = { 0 };
    if (getenv("UPDATE") != NULL) {
        write_file(folder, "after.yaml", got);
    }
    assert_true(read_file(&test->arena, folder, "after.yaml", &expected));
    if (!str_eq(got, expected)) {
        fail_msg("got:\n%.*s\nnot:\n%.*s", STR_ARG(got), STR_ARG(expected));
    }
    Doc *after = doc_new(got);
    if (!doc_edit_check(test->doc, after, test->edits, test->n_edits, &err)) {
        fail_msg("the guard takes it for another change, line %d", err.line);
    }
    doc_free(after);
}

/* The node of the entry alone that stands for one of the file. */
static const Node *find_alone(const Node *node, const Node *wanted, size_t from)
{
    for (; node != NULL; node = node->next) {
        bool is_there = node->start + from == wanted->start && node->end + from == wanted->end && node->kind == wanted->kind;
        const Node *found = is_there ? node : find_alone(node->child, wanted, from);
        if (found != NULL) {
            return found;
        }
    }
    return NULL;
}

/* Does it insert into that list? */
static bool inserts_into(const Case *test, const DocEdit *edit, const Node *list)
{
    const Node *key = edit->map->kind == NODE_MAP ? node_own_key(test->doc, edit->map, edit->key) : NULL;
    return edit->kind == DOC_INSERT && (edit->map == list || (key != NULL && key->next == list));
}

/* The same edit of what stands alone; false: it is of something else. list: of a run; else NULL. */
static bool make_alone(const Case *test, const DocEntry *entry, const Node *list, const DocEdit *edit, DocEdit *out)
{
    const Node *first = doc_entry_map(entry);
    size_t from = doc_entry_from(entry);
    *out = *edit;
    out->item = edit->item == NULL ? NULL : find_alone(first, edit->item, from);
    if (list != NULL && inserts_into(test, edit, list)) {
        out->map = doc_entry_list(entry);
    } else {
        out->map = find_alone(first, edit->map, from);
    }
    return out->map != NULL && (out->item == NULL) == (edit->item == NULL);
}

/* The same edits of the entry alone come to the same text, or are refused, too. NULL: the whole was refused. */
static void check_entry(const Case *test, DocEntry *entry, const Node *list, const Str *whole)
{
    DocEdit edits[MAX_EDITS];
    for (size_t i = 0; i < test->n_edits; i++) {
        if (!make_alone(test, entry, list, &test->edits[i], &edits[i])) {
            return;
        }
    }
    bool ok = doc_entry_edit(entry, edits, test->n_edits, NULL);
    assert_true(whole != NULL || !ok);
    if (ok) {
        Str got = doc_entry_compose(test->doc, entry);
        if (!str_eq(got, *whole)) {
            fail_msg("alone:\n%.*s\nwhole:\n%.*s", STR_ARG(got), STR_ARG(*whole));
        }
        n_alone++;
        n_runs += list != NULL;
    }
}

static void check_runs(const Case *test, const Node *list, const Str *whole)
{
    for (const Node *item = list->child; item != NULL; item = item->next) {
        for (size_t n = 1; n <= MAX_RUN; n++) {
            DocEntry *entry = doc_entry_new_run(test->doc, item, n);
            if (entry != NULL) {
                check_entry(test, entry, list, whole);
            }
            doc_entry_free(entry);
        }
    }
}

static void check_entries(const Case *test, const Node *node, const Str *whole)
{
    for (; node != NULL; node = node->next) {
        DocEntry *entry = doc_entry_new(test->doc, node);
        if (entry != NULL) {
            check_entry(test, entry, NULL, whole);
        }
        doc_entry_free(entry);
        if (node->kind == NODE_LIST) {
            check_runs(test, node, whole);
        }
        check_entries(test, node->child, whole);
    }
}

/* The file as the first of two items of a list. */
static void make_entry(StrBuf *out, Str text)
{
    bool is_first = true;
    while (text.n_bytes > 0) {
        Str line = str_cut(&text, '\n');
        strbuf_add(out, is_first ? STR("- ") : str_is_blank(line) ? (Str){ 0 } : STR("  "));
        strbuf_add(out, line);
        strbuf_add_char(out, '\n');
        is_first = false;
    }
    strbuf_add(out, STR("- last: 1\n"));
}

/* The case again, its file being one entry of a longer one, if that can be read so. */
static void check_as_entry(Str before, Str change)
{
    Case test = { 0 };
    StrBuf text = { 0 };
    StrBuf whole = { 0 };
    make_entry(&text, before);
    test.doc = doc_new(strbuf_str(&text));
    const Node *list = doc_root(test.doc);
    if (!doc_is_broken(test.doc, NULL) && list->kind == NODE_LIST && list->child->next != NULL) {
        test.root = list->child;
        while (change.n_bytes > 0) {
            read_change(&test, str_cut(&change, '\n'));
        }
        bool ok = doc_edit(test.doc, test.edits, test.n_edits, &whole, NULL);
        Doc *after = doc_new(strbuf_str(&whole));
        ok = ok && doc_edit_check(test.doc, after, test.edits, test.n_edits, NULL);
        Str got = strbuf_str(&whole);
        check_entries(&test, list, ok ? &got : NULL);
        doc_free(after);
    }
    strbuf_done(&text);
    strbuf_done(&whole);
    doc_free(test.doc);
    arena_done(&test.arena);
}

static void run_case(void **state)
{
    const char *folder = *state;
    Case test = { 0 };
    Str before = { 0 };
    Str change = { 0 };
    StrBuf out = { 0 };
    Err err = { 0 };
    assert_true(read_file(&test.arena, folder, "before.yaml", &before));
    assert_true(read_file(&test.arena, folder, "change", &change));
    test.doc = doc_new(before);
    test.root = doc_root(test.doc);
    check_as_entry(before, change);
    while (change.n_bytes > 0) {
        read_change(&test, str_cut(&change, '\n'));
    }
    bool ok = doc_edit(test.doc, test.edits, test.n_edits, &out, &err);
    if (ok && test.refused_line > 0) { /* the guard is the last to refuse */
        Doc *after = doc_new(strbuf_str(&out));
        ok = doc_edit_check(test.doc, after, test.edits, test.n_edits, &err);
        doc_free(after);
    }
    if (ok) {
        assert_int_equal(test.refused_line, 0);
        check_result(&test, folder, strbuf_str(&out));
    } else {
        check_refused(&test, &err);
    }
    Str whole = strbuf_str(&out);
    check_entries(&test, doc_root(test.doc), ok ? &whole : NULL);
    strbuf_done(&out);
    doc_free(test.doc);
    arena_done(&test.arena);
}

static int is_case(const struct dirent *entry)
{
    char path[512];
    struct stat info;
    (void)snprintf(path, sizeof path, "tests/golden/%s/change", entry->d_name);
    return stat(path, &info) == 0;
}

int main(void)
{
    struct CMUnitTest tests[MAX_CASES] = { 0 };
    struct dirent **folders = NULL;
    int n = scandir("tests/golden", &folders, is_case, alphasort);
    if (n <= 0 || n > MAX_CASES) {
        return 1;
    }
    for (int i = 0; i < n; i++) {
        tests[i] = (struct CMUnitTest){ .name = folders[i]->d_name, .test_func = run_case, .initial_state = folders[i]->d_name };
    }
    int failed = _cmocka_run_group_tests("golden", tests, (size_t)n, NULL, NULL);
    for (int i = 0; i < n; i++) {
        free(folders[i]);
    }
    free(folders);
    bool is_enough = n_alone - n_runs >= MIN_ALONE && n_runs >= MIN_RUNS;
    if (!is_enough) {
        (void)printf("only %d cases were made on an entry alone, %d on a run\n", n_alone - n_runs, n_runs);
    }
    return failed != 0 || !is_enough;
}
