#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "vekha/base/mem.h"
#include "vekha/core/deadline.h"

/* The corpus of real phrases: how many are read right, by form; none of the five documents' may be wrong. */

enum { RIGHT_ROWS = 576, MAX_FORMS = 100 };

typedef struct Row {
    Str id, phrase, canonical, warnings, form;
    DeadlineContext context;
} Row;

typedef struct FormCount {
    char name[32];
    int n, n_right;
} FormCount;

typedef void (*RowTest)(const Row *row, void *data);

static void for_each_row(RowTest run, void *data)
{
    char *line = NULL;
    size_t n_alloc = 0;
    FILE *file = fopen("tests/data/deadlines.tsv", "r");
    assert_non_null(file);
    assert_true(getline(&line, &n_alloc, file) > 0); /* the headings */
    while (getline(&line, &n_alloc, file) > 0) {
        Row row = { 0 };
        Str rest = str_trim(str_of(line));
        row.id = str_cut(&rest, '\t');
        assert_true(day_parse(str_cut(&rest, '\t'), &row.context.period.first));
        assert_true(day_parse(str_cut(&rest, '\t'), &row.context.period.last));
        row.phrase = str_cut(&rest, '\t');
        row.canonical = str_cut(&rest, '\t');
        row.warnings = str_cut(&rest, '\t');
        row.form = str_cut(&rest, '\t');
        run(&row, data);
    }
    free(line);
    (void)fclose(file);
}

static DeadlineWarnings warnings_of(Str codes)
{
    DeadlineWarnings warnings = 0;
    while (codes.n_bytes > 0) {
        Str code = str_cut(&codes, ',');
        for (int i = 0; i < DEADLINE_WARNING_COUNT; i++) {
            warnings |= str_eq(code, deadline_warning_code((DeadlineWarning)i)) ? 1U << i : 0;
        }
    }
    return warnings;
}

typedef struct Tally {
    FormCount forms[MAX_FORMS];
    int n_forms, n, n_right, n_wrong_in_documents;
} Tally;

static FormCount *form_of(Tally *tally, Str name)
{
    int i = 0;
    while (i < tally->n_forms && !str_eq(str_of(tally->forms[i].name), name)) {
        i++;
    }
    if (i == tally->n_forms) {
        assert_true(i < MAX_FORMS && name.n_bytes < sizeof tally->forms[i].name);
        memcpy(tally->forms[i].name, name.at, name.n_bytes);
        tally->n_forms++;
    }
    return &tally->forms[i];
}

static void count_row(const Row *row, void *data)
{
    Tally *tally = data;
    Arena arena = { 0 };
    StrBuf got = { 0 };
    Deadline deadline;
    deadline_read(row->phrase, &row->context, &arena, &deadline);
    deadline_add_canonical(&got, &deadline);
    bool is_right = str_eq(strbuf_str(&got), row->canonical) && deadline.warnings == warnings_of(row->warnings);
    FormCount *form = form_of(tally, row->form);
    form->n++;
    form->n_right += is_right ? 1 : 0;
    tally->n++;
    tally->n_right += is_right ? 1 : 0;
    if (!is_right) {
        tally->n_wrong_in_documents += row->id.at[0] == 's' ? 1 : 0;
        StrBuf codes = { 0 };
        deadline_add_warnings(&codes, deadline.warnings);
        print_message("%.*s «%.*s»: %s %s, not %.*s %.*s\n", STR_ARG(row->id), STR_ARG(row->phrase), strbuf_z(&got),
                      strbuf_z(&codes), STR_ARG(row->canonical), STR_ARG(row->warnings));
        strbuf_done(&codes);
    }
    strbuf_done(&got);
    arena_done(&arena);
}

static void the_corpus_is_read_as_it_should_be(void **state)
{
    (void)state;
    Tally tally = { 0 };
    for_each_row(count_row, &tally);
    for (int i = 0; i < tally.n_forms; i++) {
        print_message("%-20s %3d of %3d\n", tally.forms[i].name, tally.forms[i].n_right, tally.forms[i].n);
    }
    print_message("%d of %d phrases\n", tally.n_right, tally.n);
    assert_int_equal(tally.n_wrong_in_documents, 0);
    assert_true(tally.n_right >= RIGHT_ROWS);
}

static void check_round_trip(const Row *row, void *data)
{
    (void)data;
    Arena arena = { 0 };
    StrBuf once = { 0 };
    StrBuf twice = { 0 };
    Deadline deadline;
    Deadline again;
    deadline_read(row->phrase, &row->context, &arena, &deadline);
    deadline_add_canonical(&once, &deadline);
    assert_true(deadline_parse_canonical(strbuf_str(&once), &arena, &again));
    deadline_add_canonical(&twice, &again);
    assert_string_equal(strbuf_z(&once), strbuf_z(&twice));
    assert_true(deadline_parse_canonical(row->canonical, &arena, &again));
    strbuf_clear(&twice);
    deadline_add_canonical(&twice, &again);
    assert_true(str_eq(strbuf_str(&twice), row->canonical));
    strbuf_done(&once);
    strbuf_done(&twice);
    arena_done(&arena);
}

static void canonical_notation_is_read_and_written_back_the_same(void **state)
{
    (void)state;
    for_each_row(check_round_trip, NULL);
}

static void check_words(const Row *row, void *data)
{
    (void)data;
    Arena arena = { 0 };
    StrBuf words = { 0 };
    Deadline deadline;
    deadline_read(row->phrase, &row->context, &arena, &deadline);
    for (int lang = 0; lang < LANG_COUNT; lang++) {
        strbuf_clear(&words);
        deadline_add_words(&words, (Lang)lang, &deadline, &row->context, row->phrase);
        assert_true(words.n_bytes > 0);
        assert_int_equal(str_find(strbuf_str(&words), STR("  "), 0), SIZE_MAX);
        strbuf_clear(&words);
        deadline_add_compact(&words, (Lang)lang, &deadline);
        assert_int_equal(words.n_bytes == 0, str_eq(row->canonical, STR("text")));
    }
    Span days = deadline_days(&deadline, &row->context);
    assert_true(days.first == 0 || days.last == 0 || days.first <= days.last);
    strbuf_done(&words);
    arena_done(&arena);
}

static void every_phrase_can_be_said_and_has_ordered_days(void **state)
{
    (void)state;
    for_each_row(check_words, NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(canonical_notation_is_read_and_written_back_the_same),
        cmocka_unit_test(every_phrase_can_be_said_and_has_ordered_days),
        cmocka_unit_test(the_corpus_is_read_as_it_should_be),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
