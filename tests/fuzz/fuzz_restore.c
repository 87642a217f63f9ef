#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "vekha/doc/doc.h"
#include "vekha/store/restore.h"
#include "vekha/store/schema.h"
#include "vekha/store/writeback.h"

/*
 * A journal of any bytes, and a plan that it may speak of: as it was at each of its moments. What comes out can be made, or is
 * refused with a reason; behind the last moment nothing is to be made; what is noted is of the plan.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char plan_text[] = "vekha: 1\ntitle: P\nperiod: 2022\nheadings: {no: N, title: T, cost: C}\nevents:\n"
                                "- id: k3f9\n  no: 5\n  title: T\n  note: a\n  marks:\n  - {at: 2022-03, status: done}\n"
                                "- no: 6\n  title: U\n- no: 6\n  title: U\n"
                                "sections:\n- title: S\n  events:\n  - no: 7\n    title: V\n  - no: 8\n    title: W\n"
                                "- title: R\n  sections:\n  - title: S\n    goal: g\n";

static void demand(bool is_so, const char *what)
{
    if (!is_so) {
        (void)fprintf(stderr, "%s\n", what);
        abort();
    }
}

static void check_made(const Doc *doc, const Reading *reading, const Restore *answer)
{
    Err err = { 0 };
    Arena arena = { 0 };
    Patch patch = { 0 };
    ChangeSet set = { answer->changes.at, answer->changes.n };
    ChangeTarget *targets = arena_alloc(&arena, set.n * sizeof *targets);
    bool ok = true;
    for (size_t i = 0; i < set.n && ok; i++) {
        ok = change_find(&set.at[i], NULL, &reading->plan, &targets[i], &err);
        demand(ok, "a change of what is not there");
    }
    ok = set.n == 0 || patch_changes(doc, reading, set, targets, &patch, &err);
    demand(ok || err.kind != ERR_NONE, "refused in silence");
    demand(ok || err.kind != ERR_CONFLICT || err.text == T_CHANGE_ID_TAKEN, "it does not start from what there is");
    patch_done(&patch);
    arena_done(&arena);
}

static void check(const Doc *doc, const Reading *reading, const Journal *journal, const RestoreAsk *ask)
{
    Restore answer;
    StrBuf words = { 0 };
    restore_make(journal, &reading->plan, ask, &answer);
    demand(ask->at_ms < LLONG_MAX || answer.changes.n == 0, "changes behind the last moment");
    for (size_t i = 0; i < answer.notes.n; i++) {
        restore_add_note(&words, LANG_RU, &reading->plan, &answer.notes.at[i]);
        demand(words.n_bytes > 0, "no words");
        strbuf_clear(&words);
    }
    check_made(doc, reading, &answer);
    restore_done(&answer);
    strbuf_done(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    enum { MOMENTS = 4 };
    Journal journal;
    Reading reading;
    Doc *doc = doc_new((Str){ plan_text, sizeof plan_text - 1 });
    schema_read(doc, &reading);
    reading_resolve(&reading, NULL);
    journal_read_text((Str){ (const char *)data, size }, &journal);
    RestoreAsk ask = { .what = RESTORE_PLAN, .at_ms = LLONG_MAX, .event = SIZE_MAX };
    check(doc, &reading, &journal, &ask);
    for (size_t i = 0; i < journal.entries.n && i < MOMENTS; i++) {
        const JournalEntry *entry = &journal.entries.at[i];
        ask = (RestoreAsk){ .what = RESTORE_PLAN, .at_ms = entry->time - 1, .event = SIZE_MAX };
        check(doc, &reading, &journal, &ask);
        ask = (RestoreAsk){ RESTORE_EVENT, entry->time - 1, SIZE_MAX, entry->event, entry->title };
        check(doc, &reading, &journal, &ask);
        ask.event = i;
        check(doc, &reading, &journal, &ask);
    }
    journal_done(&journal);
    reading_done(&reading);
    doc_free(doc);
    return 0;
}
