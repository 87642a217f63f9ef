#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/core/field_list.h"

static EventRef kept_ref(Merge *merge, const Side *side, size_t event)
{
    return event_ref_copy(&side->reading.plan, event, &merge->out->arena);
}

/* "sections[Первый].title" */
static Str note_name(Merge *merge, const MergeConflict *conflict)
{
    Arena *arena = &merge->out->arena;
    if (conflict->ours != SIZE_MAX || conflict->theirs != SIZE_MAX || conflict->section < 0) {
        return arena_copy(arena, conflict->name);
    }
    StrBuf name = { 0 };
    strbuf_add(&name, STR("sections["));
    strbuf_add(&name, section_ref(&merge->ours.reading.plan, conflict->section, arena).path);
    strbuf_addf(&name, "].%.*s", STR_ARG(conflict->name));
    Str kept = arena_copy(arena, strbuf_str(&name));
    strbuf_done(&name);
    return kept;
}

static void add_note(Merge *merge, MergeNote note)
{
    vec_push(&merge->out->notes, note);
    merge->out->n_conflicts += note.kind != MERGE_MOVED_APART;
}

static void note_conflict(Merge *merge, const MergeConflict *conflict)
{
    bool turned = merge->is_turned;
    MergeNote note = { .kind = MERGE_VALUE };
    if (conflict->ours != SIZE_MAX) {
        note.event = kept_ref(merge, &merge->ours, conflict->ours);
    } else if (conflict->theirs != SIZE_MAX) {
        note.event = kept_ref(merge, &merge->theirs, conflict->theirs);
    }
    if (conflict->name.n_bytes == 0) {
        note.kind = (conflict->ours == SIZE_MAX) != turned ? MERGE_DELETED_BY_US : MERGE_DELETED_BY_THEM;
    } else {
        Arena *arena = &merge->out->arena;
        note.field = note_name(merge, conflict);
        note.base = arena_copy(arena, conflict->base);
        note.ours = arena_copy(arena, turned ? conflict->edit.after : conflict->edit.before);
        note.theirs = arena_copy(arena, turned ? conflict->edit.before : conflict->edit.after);
    }
    add_note(merge, note);
}

/* Says so where theirs changed comments or unknown keys, and the result has not got them. */
static void note_rest(Merge *merge, const EventRef *event, Str base, Str ours, Str theirs)
{
    if (!str_eq(base, theirs) && !str_eq(ours, theirs)) {
        MergeNote note = { .kind = MERGE_REST };
        note.event = event != NULL ? *event : note.event;
        note.base = arena_copy(&merge->out->arena, base);
        note.theirs = arena_copy(&merge->out->arena, theirs);
        add_note(merge, note);
    }
}

static bool is_replaced(const ReplacementVec *replacements, size_t ours)
{
    for (size_t i = 0; i < replacements->n; i++) {
        if (replacements->at[i].ours == ours) {
            return true;
        }
    }
    return false;
}

static void note_rest_of_events(Merge *merge, const MergeSource *sources, size_t n, const ReplacementVec *replacements)
{
    for (size_t i = 0; i < n; i++) {
        const MergeSource *one = &sources[i];
        bool is_everywhere = one->base != SIZE_MAX && one->ours != SIZE_MAX && one->theirs != SIZE_MAX;
        if (is_everywhere && !str_eq(rest_entry(&merge->base, one->base), rest_entry(&merge->theirs, one->theirs)) &&
            !is_replaced(replacements, one->ours)) {
            StrBuf rests[3] = { 0 };
            EventRef event = kept_ref(merge, &merge->ours, one->ours);
            rest_add_of_event(&rests[0], &merge->base, one->base);
            rest_add_of_event(&rests[1], &merge->ours, one->ours);
            rest_add_of_event(&rests[2], &merge->theirs, one->theirs);
            note_rest(merge, &event, strbuf_str(&rests[0]), strbuf_str(&rests[1]), strbuf_str(&rests[2]));
            for (size_t k = 0; k < COUNTOF(rests); k++) {
                strbuf_done(&rests[k]);
            }
        }
    }
}

void merge_add_notes(Merge *merge, const ReplacementVec *replacements)
{
    const PlanMerge *plan = &merge->plan;
    for (size_t i = 0; i < plan->conflicts.n; i++) {
        note_conflict(merge, &plan->conflicts.at[i]);
    }
    for (size_t i = 0; i < plan->moved_apart.n; i++) {
        EventRef event = kept_ref(merge, &merge->ours, plan->moved_apart.at[i]);
        add_note(merge, (MergeNote){ .kind = MERGE_MOVED_APART, .event = event });
    }
    note_rest_of_events(merge, plan->sources.at, plan->sources.n, replacements);
    note_rest_of_events(merge, plan->same.at, plan->same.n, replacements);
    note_rest(merge, NULL, rest_of_plan(&merge->base), rest_of_plan(&merge->ours), rest_of_plan(&merge->theirs));
    if (plan->has_sections || plan->lost) {
        add_note(merge, (MergeNote){ .kind = MERGE_SECTIONS });
    }
}

static Conflict conflict_of(const MergeNote *note)
{
    switch (note->kind) {
    case MERGE_DELETED_BY_US:
        return (Conflict){ .field = STR("event"), .theirs = STR("changed") };
    case MERGE_DELETED_BY_THEM:
        return (Conflict){ .field = STR("event"), .theirs = STR("deleted") };
    case MERGE_VALUE:
        return (Conflict){ note->field, note->base, note->theirs };
    case MERGE_REST:
        return (Conflict){ STR("#"), note->base, note->theirs };
    case MERGE_SECTIONS:
    case MERGE_MOVED_APART:
        break;
    }
    return (Conflict){ 0 };
}

static bool is_of_event(const MergeNote *note)
{
    return note->event.id.n_bytes + note->event.no.n_bytes + note->event.title.n_bytes > 0;
}

/* One more conflict of the event, behind those that it has: the changes of one event are one. */
static void add_mark(Merge *merge, ChangeVec *changes, const MergeNote *note)
{
    const Plan *plan = &merge->ours.reading.plan;
    Arena *arena = &merge->plan.arena;
    size_t event = note->event.index;
    Conflict conflict = conflict_of(note);
    StrBuf value = { 0 };
    Change *change = changes->n > 0 ? &changes->at[changes->n - 1] : NULL;
    if (change == NULL || change->event.index != event) {
        Change first = change_of(plan, event, arena);
        FieldEdit edit = { .field = FIELD_CONFLICT };
        edit.before = change_value(&plan->events.at[event], &edit, arena);
        edit.after = edit.before;
        change_push(&first, edit, arena);
        vec_push(changes, first);
        change = &changes->at[changes->n - 1];
    }
    strbuf_add(&value, change->edits[0].after);
    strbuf_add(&value, value.n_bytes > 0 ? STR("\n") : (Str){ 0 });
    conflict_add(&value, &conflict, 1);
    change->edits[0].after = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
}

static int by_event(const void *left, const void *right)
{
    const MergeNote *a = left;
    const MergeNote *b = right;
    return (a->event.index > b->event.index) - (a->event.index < b->event.index);
}

void merge_find_marks(Merge *merge, ChangeVec *out)
{
    for (size_t i = 0; i < merge->out->notes.n; i++) {
        MergeNote *note = &merge->out->notes.at[i];
        note->event.index = is_of_event(note) ? plan_match(&merge->ours.reading.plan, &note->event) : SIZE_MAX;
    }
    if (merge->out->notes.n > 1) {
        qsort(merge->out->notes.at, merge->out->notes.n, sizeof *merge->out->notes.at, by_event);
    }
    for (size_t i = 0; i < merge->out->notes.n; i++) {
        const MergeNote *note = &merge->out->notes.at[i];
        if (note->event.index != SIZE_MAX && note->kind != MERGE_MOVED_APART) {
            add_mark(merge, out, note);
        }
    }
}

void merge_mark_plan(Merge *merge, Splices *out)
{
    for (size_t i = 0; i < merge->out->notes.n; i++) {
        const MergeNote *note = &merge->out->notes.at[i];
        Conflict conflict = conflict_of(note);
        if (note->event.index == SIZE_MAX && conflict.field.n_bytes > 0) {
            splices_conflict(out, merge->ours.doc, &conflict);
        }
    }
}
