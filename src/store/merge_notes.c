#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/base/utf8.h"
#include "vekha/core/field_list.h"
#include "vekha/core/plan_finder.h"

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

/* Ours, which has left its rest alone, has that of theirs once the change has written values where there were none of their
 * field. */
static bool is_mended(Merge *merge, size_t ours, const Change *change, Str theirs)
{
    StrBuf rest = { 0 };
    rest_add_of_event(&rest, &merge->ours, ours, change);
    bool ok = str_eq(strbuf_str(&rest), theirs);
    strbuf_done(&rest);
    return ok;
}

/* change: what theirs did to the event's values; NULL: nothing. */
static void note_rest_of_event(Merge *merge, const MergeSource *one, const Change *change)
{
    bool is_new = one->base == SIZE_MAX; /* both added it */
    if (!is_new && str_eq(rest_entry(&merge->base, one->base), rest_entry(&merge->theirs, one->theirs))) {
        return;
    }
    StrBuf rests[3] = { 0 };
    EventRef event = kept_ref(merge, &merge->ours, one->ours);
    if (!is_new) {
        rest_add_of_event(&rests[0], &merge->base, one->base, NULL);
    }
    rest_add_of_event(&rests[1], &merge->ours, one->ours, NULL);
    rest_add_of_event(&rests[2], &merge->theirs, one->theirs, NULL);
    Str base = strbuf_str(&rests[0]);
    Str ours = strbuf_str(&rests[1]);
    Str theirs = strbuf_str(&rests[2]);
    if (change == NULL || !str_eq(base, ours) || !is_mended(merge, one->ours, change, theirs)) {
        note_rest(merge, &event, base, ours, theirs);
    }
    for (size_t k = 0; k < COUNTOF(rests); k++) {
        strbuf_done(&rests[k]);
    }
}

/* Of each event once: one that was moved has been edited as well, or is the same. */
static void note_rest_of_events(Merge *merge, const bool *is_replaced)
{
    const PlanMerge *plan = &merge->plan;
    for (size_t i = 0; i < plan->sources.n; i++) {
        const MergeSource *one = &plan->sources.at[i];
        const Change *change = &plan->changes.at[i];
        if (change->kind == CHANGE_EDIT && one->theirs != SIZE_MAX && !is_replaced[one->ours]) {
            note_rest_of_event(merge, one, change);
        }
    }
    for (size_t i = 0; i < plan->same.n; i++) {
        const MergeSource *one = &plan->same.at[i];
        if (!is_replaced[one->ours]) {
            note_rest_of_event(merge, one, NULL);
        }
    }
}

/* Their sections that ours has not got: the path of each on a line, then the titles of its events. */
static Str missing_sections(Merge *merge)
{
    const Plan *theirs = &merge->theirs.reading.plan;
    const IndexVec *missing = &merge->plan.missing;
    StrBuf lines = { 0 };
    size_t event = 0; /* both in the order of the sections */
    for (size_t i = 0; i < missing->n && lines.n_bytes <= (size_t)DOC_MAX_VALUE_KIB * 1024; i++) { /* no more is written: cut() */
        int section = (int)missing->at[i];
        strbuf_add(&lines, i > 0 ? STR("\n") : (Str){ 0 });
        plan_add_section(&lines, theirs, &(Event){ .section = section });
        for (; event < theirs->events.n && theirs->events.at[event].section <= section; event++) {
            if (theirs->events.at[event].section == section) {
                strbuf_add(&lines, STR("\n- "));
                strbuf_add(&lines, theirs->events.at[event].title);
            }
        }
    }
    Str kept = arena_copy(&merge->out->arena, strbuf_str(&lines));
    strbuf_done(&lines);
    return kept;
}

void merge_add_notes(Merge *merge, const ReplacementVec *replacements)
{
    const PlanMerge *plan = &merge->plan;
    bool *is_replaced = mem_new(merge->ours.reading.plan.events.n + 1);
    for (size_t i = 0; i < replacements->n; i++) {
        is_replaced[replacements->at[i].ours] = true;
    }
    for (size_t i = 0; i < plan->conflicts.n; i++) {
        note_conflict(merge, &plan->conflicts.at[i]);
    }
    for (size_t i = 0; i < plan->moved_apart.n; i++) {
        EventRef event = kept_ref(merge, &merge->ours, plan->moved_apart.at[i]);
        add_note(merge, (MergeNote){ .kind = MERGE_MOVED_APART, .event = event });
    }
    note_rest_of_events(merge, is_replaced);
    free(is_replaced);
    if (!str_eq(rest_of_plan(&merge->base), rest_of_plan(&merge->theirs))) {
        note_rest(merge, NULL, rest_of_plan(&merge->base), rest_of_plan(&merge->ours), rest_of_plan(&merge->theirs));
    }
    if (plan->has_sections || plan->lost) {
        add_note(merge, (MergeNote){ .kind = MERGE_SECTIONS, .theirs = missing_sections(merge) });
    }
}

/* What is written into the file is a value of it. */
static Str cut(Str value, Arena *arena)
{
    const Str sign = STR("…");
    size_t most = (size_t)DOC_MAX_VALUE_KIB * 1024;
    if (value.n_bytes <= most) {
        return value;
    }
    StrBuf shorter = { 0 };
    strbuf_add(&shorter, utf8_cut(value, most - sign.n_bytes));
    strbuf_add(&shorter, sign);
    Str kept = arena_copy(arena, strbuf_str(&shorter));
    strbuf_done(&shorter);
    return kept;
}

static Conflict conflict_of(const MergeNote *note, Arena *arena)
{
    switch (note->kind) {
    case MERGE_DELETED_BY_US:
        return (Conflict){ .field = STR("event"), .theirs = STR("changed") };
    case MERGE_DELETED_BY_THEM:
        return (Conflict){ .field = STR("event"), .theirs = STR("deleted") };
    case MERGE_VALUE:
        return (Conflict){ cut(note->field, arena), cut(note->base, arena), cut(note->theirs, arena) };
    case MERGE_REST:
        return (Conflict){ STR("#"), cut(note->base, arena), cut(note->theirs, arena) };
    case MERGE_SECTIONS:
        return (Conflict){ .field = STR("sections"), .theirs = cut(note->theirs, arena) };
    case MERGE_MOVED_APART:
        break;
    }
    return (Conflict){ 0 };
}

static bool is_of_event(const MergeNote *note)
{
    return note->event.id.n_bytes + note->event.no.n_bytes + note->event.title.n_bytes > 0;
}

/* The conflicts of one event, behind those that it has: n notes. */
static void add_marks(Merge *merge, ChangeVec *changes, const MergeNote *notes, size_t n)
{
    const Plan *plan = &merge->ours.reading.plan;
    Arena *arena = &merge->plan.arena;
    size_t event = notes->event.index;
    FieldEdit edit = { .field = FIELD_CONFLICT };
    StrBuf value = { 0 };
    edit.before = change_value(&plan->events.at[event], &edit, arena);
    strbuf_add(&value, edit.before);
    for (size_t i = 0; i < n; i++) {
        Conflict conflict = conflict_of(&notes[i], arena);
        if (conflict.field.n_bytes > 0) {
            strbuf_add(&value, value.n_bytes > 0 ? STR("\n") : (Str){ 0 });
            conflict_add(&value, &conflict, 1);
        }
    }
    edit.after = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    if (edit.after.n_bytes > edit.before.n_bytes) {
        Change change = change_of(plan, event, arena);
        change_push(&change, edit, arena);
        vec_push(changes, change);
    }
}

static int by_event(const void *left, const void *right)
{
    const MergeNote *a = left;
    const MergeNote *b = right;
    return (a->event.index > b->event.index) - (a->event.index < b->event.index);
}

void merge_find_marks(Merge *merge, ChangeVec *out)
{
    PlanFinder finder = { .plan = &merge->ours.reading.plan };
    for (size_t i = 0; i < merge->out->notes.n; i++) {
        MergeNote *note = &merge->out->notes.at[i];
        note->event.index = is_of_event(note) ? finder_match(&finder, &note->event) : SIZE_MAX;
    }
    finder_done(&finder);
    if (merge->out->notes.n > 1) {
        qsort(merge->out->notes.at, merge->out->notes.n, sizeof *merge->out->notes.at, by_event);
    }
    for (size_t i = 0, n = 0; i < merge->out->notes.n; i += n) {
        const MergeNote *first = &merge->out->notes.at[i];
        n = 1;
        while (i + n < merge->out->notes.n && first[n].event.index == first->event.index) {
            n++;
        }
        if (first->event.index != SIZE_MAX) {
            add_marks(merge, out, first, n);
        }
    }
}

void merge_mark_plan(Merge *merge, Splices *out)
{
    for (size_t i = 0; i < merge->out->notes.n; i++) {
        const MergeNote *note = &merge->out->notes.at[i];
        Conflict conflict = conflict_of(note, &merge->plan.arena);
        if (note->event.index == SIZE_MAX && conflict.field.n_bytes > 0) {
            splices_conflict(out, merge->ours.doc, &conflict);
        }
    }
}
