#include <stdlib.h>

#include "store/rewind_priv.h"

/* The journal turned back, line by line: what each one changed is again what it was. */

enum { STEPS = 20000000, MAX_NOTES = 1000 };

void rewind_note(Rewind *rewind, RestoreNoteKind kind, size_t node, Str field)
{
    bool is_event = node < rewind->nodes.n;
    const RewindNode *one = is_event ? &rewind->nodes.at[node] : NULL;
    RestoreNote note = { .kind = kind, .event = is_event ? one->event : SIZE_MAX, .field = field };
    note.name = is_event && one->event == SIZE_MAX ? (one->no.n_bytes > 0 ? one->no : one->title) : (Str){ 0 };
    if (rewind->notes.n < MAX_NOTES) {
        vec_push(&rewind->notes, note);
    }
}

/* Which of the names that an event is called by the value is; NULL: none. */
static Str *name_of(RewindNode *node, const RewindSlot *slot)
{
    bool is_own = slot->is_known && slot->edit.at.n_bytes == 0 && slot->edit.key.n_bytes == 0;
    return !is_own                           ? NULL
           : slot->edit.field == FIELD_ID    ? &node->id
           : slot->edit.field == FIELD_NO    ? &node->no
           : slot->edit.field == FIELD_TITLE ? &node->title
                                             : NULL;
}

static void turn_event(Rewind *rewind, const JournalEntry *entry, size_t node)
{
    bool is_there = rewind->nodes.at[node].is_there || rewind_is_awaiting(rewind, node);
    if (str_eq(entry->field, STR(JOURNAL_INSERTED))) {
        rewind_unlink(rewind, node);
        rewind_forget(rewind, node);
        rewind->n_unexplained += !is_there;
    } else if (str_eq(entry->field, STR(JOURNAL_DELETED))) {
        rewind->n_unexplained += is_there;
        if (!is_there) {
            rewind_await(rewind, node, entry->was);
        }
    } else if (str_eq(entry->field, STR(JOURNAL_MOVED))) {
        rewind->n_unexplained += !is_there;
        if (is_there) {
            rewind_await(rewind, node, entry->was);
        }
    } else if (!str_eq(entry->field, STR(JOURNAL_REST))) {
        const RewindSlot *slot = rewind_value(rewind, node, entry->field, entry->was, entry->became);
        Str *name = name_of(&rewind->nodes.at[node], slot);
        if (name != NULL) {
            *name = entry->was;
        }
    }
}

/* The section of a line; a title's path has the last title as it was before, and now it is what it became. */
static int section_of(Rewind *rewind, const JournalEntry *entry, Str path, Str key)
{
    if (!str_eq(key, STR("title"))) {
        return rewind_section(rewind, path);
    }
    if (!str_ends(path, entry->was)) {
        return -2;
    }
    StrBuf now = { 0 };
    strbuf_add(&now, str_sub(path, 0, path.n_bytes - entry->was.n_bytes));
    strbuf_add(&now, entry->became);
    int section = rewind_section(rewind, strbuf_str(&now));
    strbuf_done(&now);
    return section;
}

/* "sections[Первый / Глубже].title", of the plan itself "title". False: there is no such section (yet). */
static bool turn_header(Rewind *rewind, const JournalEntry *entry)
{
    Str key = entry->field;
    int section = -1;
    if (str_starts(key, STR("sections["))) {
        size_t end = key.n_bytes;
        while (end > 0 && !str_starts(str_from(key, end), STR("]."))) {
            end--;
        }
        Str path = str_sub(key, STR("sections[").n_bytes, end);
        key = str_from(key, end + STR("].").n_bytes);
        section = end == 0 ? -2 : section_of(rewind, entry, path, key);
    }
    if (section == -2 || (section == -1 && key.n_bytes < entry->field.n_bytes)) {
        return false;
    }
    const RewindSlot *slot = rewind_value(rewind, rewind_header(section), key, entry->was, entry->became);
    if (section >= 0 && slot->is_known && str_eq(key, STR("title"))) {
        rewind->model.sections.at[section].title = entry->was;
    }
    return true;
}

/* Of one change: its lines call sections as they were called before it. */
static void turn_headers(Rewind *rewind)
{
    size_t n_left = rewind->headers.n;
    for (size_t n_before = n_left + 1; n_left > 0 && n_left < n_before;) {
        n_before = n_left;
        n_left = 0;
        for (size_t i = 0; i < n_before; i++) {
            const JournalEntry *entry = rewind->headers.at[i];
            if (!turn_header(rewind, entry)) {
                rewind->headers.at[n_left++] = entry;
            }
        }
    }
    for (size_t i = 0; i < n_left; i++) {
        rewind->n_unexplained++;
        rewind_note(rewind, RESTORE_BAD, SIZE_MAX, rewind->headers.at[i]->field);
    }
    vec_clear(&rewind->headers);
}

static void end_group(Rewind *rewind)
{
    turn_headers(rewind);
    rewind_put_back(rewind);
    rewind->group++;
}

static size_t node_of(Rewind *rewind, size_t track)
{
    if (rewind->nodes_of[track] == SIZE_MAX) {
        const JournalTrack *one = &rewind->tracks.tracks.at[track];
        rewind->nodes_of[track] = rewind->nodes.n;
        vec_push(&rewind->nodes, (RewindNode){ .event = SIZE_MAX, .no = one->event, .title = one->title, .section = -1 });
    }
    return rewind->nodes_of[track];
}

static bool is_of_group(const JournalEntry *a, const JournalEntry *b)
{
    return a->time == b->time && str_eq(a->who, b->who);
}

void rewind_run(Rewind *rewind, long long at_ms)
{
    const JournalEntry *later = NULL;
    for (size_t i = rewind->tracks.steps.n; i-- > 0;) {
        const JournalStep *one = &rewind->tracks.steps.at[i];
        for (size_t k = one->first + one->n; k-- > one->first;) {
            const JournalEntry *entry = &rewind->journal->entries.at[k];
            if (entry->time <= at_ms) {
                continue;
            }
            if (later != NULL && !is_of_group(later, entry)) {
                end_group(rewind);
            }
            later = entry;
            if (one->track == SIZE_MAX) {
                vec_push(&rewind->headers, entry);
            } else if (rewind->is_twin[one->track]) {
                rewind->n_unexplained++;
            } else {
                turn_event(rewind, entry, node_of(rewind, one->track));
            }
        }
    }
    end_group(rewind);
}

/* Events that the journal cannot tell apart share a track. */
static void find_twins(Rewind *rewind)
{
    size_t n = rewind->tracks.tracks.n;
    rewind->is_twin = arena_alloc(rewind->arena, n * sizeof *rewind->is_twin);
    for (size_t i = 0; i < rewind->plan->events.n && n > 0; i++) {
        size_t track = journal_track_of(&rewind->tracks, &rewind->plan->events.at[i]);
        if (track != SIZE_MAX && rewind->nodes_of[track] != i) {
            rewind->is_twin[track] = true;
        }
    }
}

void rewind_begin(Rewind *rewind, const Plan *plan, const Journal *journal, Arena *arena)
{
    *rewind = (Rewind){ .plan = plan, .journal = journal, .arena = arena, .group = 1, .n_left = STEPS };
    journal_track(journal, &rewind->tracks);
    rewind->nodes_of = journal_match(&rewind->tracks, plan);
    rewind_lists(rewind);
    find_twins(rewind);
}

void rewind_done(Rewind *rewind)
{
    journal_tracks_done(&rewind->tracks);
    free(rewind->nodes_of);
    vec_done(&rewind->slots);
    vec_done(&rewind->table);
    vec_done(&rewind->nodes);
    vec_done(&rewind->pending);
    vec_done(&rewind->headers);
    vec_done(&rewind->notes);
    plan_done(&rewind->model);
}
