#ifndef TESTS_UNIT_CORE_DEADLINE_CASE_H
#define TESTS_UNIT_CORE_DEADLINE_CASE_H

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

/* The phrases of the corpus and those by rule, as tests take them to change. */

enum { MAX_TEXT = 1024 };

typedef struct Case {
    char phrase[MAX_TEXT], canonical[MAX_TEXT], form[64];
    DeadlineWarnings warnings;
    Span period;
    bool is_said_twice; /* its date is: by a weekday, or by a unit of the year */
} Case;

static inline bool put(char *text, size_t at, size_t n_old, const char *with)
{
    size_t n_new = strlen(with);
    size_t n = strlen(text);
    if (n - n_old + n_new >= MAX_TEXT) {
        return false;
    }
    memmove(text + at + n_new, text + at + n_old, n - at - n_old + 1);
    memcpy(text + at, with, n_new);
    return true;
}

static inline DeadlineWarnings warnings_of(Str codes)
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

static inline void keep(char *to, size_t size, Str text)
{
    assert_true(text.n_bytes < size);
    memcpy(to, text.at, text.n_bytes);
    to[text.n_bytes] = '\0';
}

/* Any of the words between bars? */
static inline bool has_any(const char *text, const char *words)
{
    Str rest = str_of(words);
    bool is_found = false;
    while (rest.n_bytes > 0) {
        is_found = str_find(str_of(text), str_cut(&rest, '|'), 0) != SIZE_MAX || is_found;
    }
    return is_found;
}

static inline void take_rest(Str row, Case *out)
{
    keep(out->phrase, sizeof out->phrase, str_cut(&row, '\t'));
    keep(out->canonical, sizeof out->canonical, str_cut(&row, '\t'));
    out->warnings = warnings_of(str_cut(&row, '\t'));
    keep(out->form, sizeof out->form, str_cut(&row, '\t'));
    out->is_said_twice = has_any(out->phrase, "пн|онед|торн|вт|сред|ср,|ср)|етверг|чт|ятниц|пт|уббот|сб|оскрес|чебн");
}

typedef void (*CaseTest)(const Case *it, void *data);

/* One row of the corpus: id, first and last day, and the rest. */
static inline void take_corpus_row(Str row, Case *out)
{
    (void)str_cut(&row, '\t');
    assert_true(day_parse(str_cut(&row, '\t'), &out->period.first));
    assert_true(day_parse(str_cut(&row, '\t'), &out->period.last));
    take_rest(row, out);
}

/* One of the phrases by rule: the period, and the rest. */
static inline void take_rule_row(Str row, Case *out)
{
    assert_true(span_parse(str_cut(&row, '\t'), &out->period));
    take_rest(row, out);
}

static inline void for_each_row(const char *path, void (*take)(Str, Case *), CaseTest run, void *data)
{
    char *line = NULL;
    size_t n_alloc = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_true(getline(&line, &n_alloc, file) > 0);
    while (getline(&line, &n_alloc, file) > 0) {
        Case it;
        take(str_trim(str_of(line)), &it);
        run(&it, data);
    }
    free(line);
    (void)fclose(file);
}

static inline void for_each_case(CaseTest run, void *data)
{
    for_each_row("tests/data/deadlines.tsv", take_corpus_row, run, data);
    for_each_row("tests/cases/deadlines_by_rule.tsv", take_rule_row, run, data);
}

static inline DeadlineWarnings read_case(const Case *it, StrBuf *canonical)
{
    Arena arena = { 0 };
    Deadline deadline;
    const DeadlineContext context = { .period = it->period };
    deadline_read(str_of(it->phrase), &context, &arena, &deadline);
    strbuf_clear(canonical);
    deadline_add_canonical(canonical, &deadline);
    arena_done(&arena);
    return deadline.warnings;
}

#endif
