#include "vekha/store/journal_heads.h"

#include <stdlib.h>

#include "vekha/core/header.h"
#include "vekha/core/plan_finder.h"
#include "vekha/store/journal_say.h"

/* The row of such a text, its section's path (empty: the plan's own); NULL: the entry is of an event, or of what is not known. */
static const HeaderField *header_of(const JournalEntry *entry, Str *path)
{
    Str key = entry->field;
    if (entry->event.n_bytes > 0 || entry->title.n_bytes > 0) {
        return NULL;
    }
    *path = journal_cut_section(&key);
    return header_find(key, path->n_bytes > 0 ? 0 : -1);
}

/* As the journal would write it. */
static Str value_now(PlanFinder *finder, const HeaderField *field, Str path, const JournalEntry *last, Arena *arena)
{
    int section = -1;
    StrBuf value = { 0 };
    StrBuf cut = { 0 };
    SectionRef ref = { .path = path, .index = path.n_bytes > 0 ? 0 : -1 };
    if (!finder_match_section(finder, &ref, &section)) {
        return last->became;
    }
    header_add_value(&value, finder->plan, section, field);
    journal_add_value(&cut, strbuf_str(&value));
    Str now = arena_copy(arena, strbuf_str(&cut));
    strbuf_done(&value);
    strbuf_done(&cut);
    return now;
}

typedef VEC(const JournalEntry *) EntryVec;

/* Of one field the oldest first. */
static int by_field(const void *left, const void *right)
{
    const JournalEntry *a = *(const JournalEntry *const *)left;
    const JournalEntry *b = *(const JournalEntry *const *)right;
    int order = str_cmp(a->field, b->field);
    return order != 0 ? order : a < b ? -1 : a > b;
}

static int by_time(const void *left, const void *right)
{
    const HeadSince *a = left;
    const HeadSince *b = right;
    return a->last < b->last ? -1 : a->last > b->last;
}

void journal_heads(const Journal *journal, const Plan *plan, long long since_ms, Arena *arena, HeadSinceVec *out)
{
    Str path;
    EntryVec entries = { 0 };
    PlanFinder finder = { .plan = plan };
    for (size_t i = 0; i < journal->entries.n; i++) {
        const JournalEntry *entry = &journal->entries.at[i];
        if (entry->time >= since_ms && header_of(entry, &path) != NULL) {
            vec_push(&entries, entry);
        }
    }
    if (entries.n > 0) {
        qsort(entries.at, entries.n, sizeof *entries.at, by_field);
    }
    for (size_t i = 0, end; i < entries.n; i = end) {
        for (end = i + 1; end < entries.n && str_eq(entries.at[end]->field, entries.at[i]->field);) {
            end++;
        }
        HeadSince head = { .field = entries.at[i]->field, .was = entries.at[i]->was, .last = entries.at[end - 1] };
        const HeaderField *field = header_of(head.last, &path);
        head.now = value_now(&finder, field, path, head.last, arena);
        if (!header_same(field, head.was, head.now)) {
            vec_push(out, head);
        }
    }
    if (out->n > 0) {
        qsort(out->at, out->n, sizeof *out->at, by_time);
    }
    finder_done(&finder);
    vec_done(&entries);
}
