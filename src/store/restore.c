#include "vekha/store/restore.h"

#include <stdlib.h>

#include "store/restore_priv.h"

static int by_line(const void *left, const void *right)
{
    size_t a = ((const JournalEntry *)left)->line;
    size_t b = ((const JournalEntry *)right)->line;
    return a < b ? -1 : a > b;
}

/* The same entries as they stand in the file; false: that is their order already. */
static bool as_written(const Journal *journal, Journal *out)
{
    bool is_other = false;
    *out = (Journal){ 0 };
    for (size_t i = 0; i < journal->entries.n; i++) {
        is_other = is_other || (i > 0 && journal->entries.at[i].line < journal->entries.at[i - 1].line);
    }
    for (size_t i = 0; i < journal->entries.n && is_other; i++) {
        vec_push(&out->entries, journal->entries.at[i]);
    }
    if (is_other) {
        qsort(out->entries.at, out->entries.n, sizeof *out->entries.at, by_line);
    }
    return is_other;
}

void restore_make(const Journal *journal, const Plan *plan, const RestoreAsk *ask, Restore *out)
{
    Rewind by_time;
    Rewind by_file;
    Journal written;
    *out = (Restore){ 0 };
    bool has_other = as_written(journal, &written);
    rewind_begin(&by_time, plan, journal, &out->arena);
    rewind_run(&by_time, ask->at_ms);
    if (has_other) {
        rewind_begin(&by_file, plan, &written, &out->arena);
        rewind_run(&by_file, ask->at_ms);
    }
    bool is_by_file = has_other && by_file.n_unexplained < by_time.n_unexplained;
    maker_make(is_by_file ? &by_file : &by_time, ask, out);
    if (has_other) {
        rewind_done(&by_file);
    }
    rewind_done(&by_time);
    vec_done(&written.entries);
}

void restore_done(Restore *restore)
{
    vec_done(&restore->changes);
    vec_done(&restore->notes);
    arena_done(&restore->arena);
    *restore = (Restore){ 0 };
}
