#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "vekha/base/utf8.h"
#include "vekha/store/journal_say.h"
#include "vekha/store/journal_track.h"

/*
 * A journal of any bytes. What is read can be written, as one line of clean UTF-8, and read again the same; entries are in order
 * of time; every change has a track that its names lead to; words and what has changed since can be had of all of it.
 */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void demand(bool is_so, const char *what)
{
    if (!is_so) {
        (void)fprintf(stderr, "%s\n", what);
        abort();
    }
}

static bool is_clean(Str line)
{
    bool ok = utf8_valid(line, NULL) && str_ends(line, STR("\n"));
    for (Str rest = str_sub(line, 0, line.n_bytes - 1); rest.n_bytes > 0 && ok;) {
        uint32_t code_point = utf8_next(&rest);
        ok = code_point == '\t' || !utf8_is_hidden(code_point);
    }
    return ok;
}

static void check_line(const JournalEntry *entry)
{
    StrBuf once = { 0 };
    StrBuf twice = { 0 };
    Arena arena = { 0 };
    JournalEntry again;
    journal_add_line(&once, entry);
    demand(is_clean(strbuf_str(&once)), "not one clean line");
    demand(journal_parse_line(str_sub(strbuf_str(&once), 0, once.n_bytes - 1), &arena, &again), "not read back");
    journal_add_line(&twice, &again);
    bool is_cut = entry->who.n_bytes + entry->field.n_bytes + entry->event.n_bytes > JOURNAL_VALUE_MAX ||
                  entry->was.n_bytes > JOURNAL_VALUE_MAX || entry->became.n_bytes > JOURNAL_VALUE_MAX;
    demand(is_cut || str_eq(strbuf_str(&once), strbuf_str(&twice)), "not the same");
    strbuf_done(&once);
    strbuf_done(&twice);
    arena_done(&arena);
}

static void check_tracks(const Journal *journal, const JournalTracks *tracks)
{
    size_t n = 0;
    for (size_t i = 0; i < tracks->steps.n; i++) {
        const JournalStep *step = &tracks->steps.at[i];
        demand(step->first == n && step->n > 0, "a change does not begin where the one before ends");
        n += step->n;
        demand(step->track == SIZE_MAX || step->track < tracks->tracks.n, "a track that is none");
    }
    demand(n == journal->entries.n, "entries in no change");
    for (size_t i = 0; i < tracks->names.n; i++) {
        const JournalName *name = &tracks->names.at[i];
        demand(journal_track_named(tracks, name->event, name->title) == name->track, "a name that is not found");
    }
}

static void check_words(const Journal *journal, const JournalTracks *tracks, const Plan *plan)
{
    StrBuf words = { 0 };
    JournalSince since;
    for (size_t i = 0; i < tracks->steps.n; i++) {
        const JournalEntry *first = &journal->entries.at[tracks->steps.at[i].first];
        journal_add_brief(&words, LANG_RU, plan, first, tracks->steps.at[i].n, i % 2 == 0);
        demand(words.n_bytes > 0, "no words");
        strbuf_clear(&words);
        journal_add_words(&words, LANG_EN, plan, first->field, first->was, first->became);
        demand(words.n_bytes > 0, "no words of a field");
        strbuf_clear(&words);
    }
    journal_since(journal, tracks, plan, 0, &since);
    for (size_t i = 0; i < since.events.n; i++) {
        const EventSince *one = &since.events.at[i];
        demand(one->last != NULL && one->first_diff + one->n_diffs <= since.diffs.n, "what has changed is out of bounds");
    }
    journal_since_done(&since);
    strbuf_done(&words);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    Journal journal;
    JournalTracks tracks;
    Plan plan = { .format = PLAN_FORMAT, .period = { day_of(2022, 1, 1), day_of(2022, 12, 31) } };
    vec_push(&plan.events, (Event){ .id = STR("k3f9"), .no = STR("5"), .title = STR("T"), .section = -1 });
    vec_push(&plan.events, (Event){ .no = STR("6"), .title = STR("U"), .section = -1 });
    plan_resolve(&plan);
    journal_read_text((Str){ (const char *)data, size }, &journal);
    for (size_t i = 0; i < journal.entries.n; i++) {
        check_line(&journal.entries.at[i]);
        demand(i == 0 || journal.entries.at[i - 1].time <= journal.entries.at[i].time, "not in order");
    }
    journal_track(&journal, &tracks);
    check_tracks(&journal, &tracks);
    check_words(&journal, &tracks, &plan);
    journal_tracks_done(&tracks);
    journal_done(&journal);
    plan_done(&plan);
    return 0;
}
