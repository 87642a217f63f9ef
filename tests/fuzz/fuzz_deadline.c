#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "vekha/core/deadline.h"
#include "vekha/core/occurrence.h"

/*
 * A phrase: the first byte chooses the period, the rest is the text; and the same text as canonical notation. What is read can
 * be written, what is written can be read and comes out the same, days are in order, nothing is longer than its bound.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool is_so, const char *what, const StrBuf *value)
{
    if (!is_so) {
        (void)fprintf(stderr, "%s: %s\n", what, strbuf_z(value));
        abort();
    }
}

static void check(const Deadline *deadline, const DeadlineContext *context, Arena *arena, Str phrase)
{
    StrBuf once = { 0 };
    StrBuf twice = { 0 };
    StrBuf words = { 0 };
    Deadline again;
    Occurrence *list;
    deadline_add_canonical(&once, deadline);
    demand(deadline_parse_canonical(strbuf_str(&once), arena, &again), "not read back", &once);
    deadline_add_canonical(&twice, &again);
    demand(str_eq(strbuf_str(&once), strbuf_str(&twice)), "not the same", &once);
    Span days = deadline_days(deadline, context);
    demand(days.first == 0 || days.last == 0 || days.first <= days.last, "days out of order", &once);
    size_t n = occurrence_list(deadline, context, arena, &list);
    demand(n <= OCCURRENCE_MAX, "too many occurrences", &once);
    for (size_t i = 0; i < n; i++) {
        demand(list[i].days.first > 0 && list[i].days.first <= list[i].days.last, "an occurrence out of order", &once);
        demand(i == 0 || list[i - 1].days.first <= list[i].days.first, "occurrences not sorted", &once);
    }
    for (size_t i = 0; i < n && i < 3; i++) {
        strbuf_clear(&twice);
        occurrence_add_at(&twice, &list[i]);
        demand(occurrence_find(list, n, strbuf_str(&twice)) <= i, "an occurrence not found by its name", &twice);
    }
    deadline_add_words(&words, LANG_RU, deadline, context, phrase);
    deadline_add_words(&words, LANG_EN, deadline, context, phrase);
    deadline_add_compact(&words, LANG_RU, deadline);
    demand(words.n_bytes > 0, "no words", &once);
    strbuf_done(&once);
    strbuf_done(&twice);
    strbuf_done(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const Str periods[] = { STR_INIT("2022-09-01/2023-08-31"),
                                   STR_INIT("2023"),
                                   STR_INIT("2022/2024"),
                                   STR_INIT("0001/9999"),
                                   STR_INIT("2022-01-21/2022-02-23"),
                                   STR_INIT("9999-12-01/9999-12-31"),
                                   STR_INIT("") };
    if (size == 0) {
        return 0;
    }
    DeadlineContext context = { 0 };
    Str text = { (const char *)data + 1, size - 1 };
    if (!span_parse(periods[data[0] % COUNTOF(periods)], &context.period)) {
        context.period = (Span){ 0 };
    }
    Arena arena = { 0 };
    Deadline deadline;
    deadline_read(text, &context, &arena, &deadline);
    check(&deadline, &context, &arena, text);
    if (deadline_parse_canonical(text, &arena, &deadline)) {
        check(&deadline, &context, &arena, text);
    }
    arena_done(&arena);
    return 0;
}
