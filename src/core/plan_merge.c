#include "vekha/core/plan_merge.h"

#include <stdint.h>

#include "core/plan_merge_priv.h"
#include "vekha/core/header.h"

void plan_merge_done(PlanMerge *merge)
{
    vec_done(&merge->changes);
    vec_done(&merge->sources);
    vec_done(&merge->conflicts);
    vec_done(&merge->same);
    vec_done(&merge->moved_apart);
    vec_done(&merge->missing);
    arena_done(&merge->arena);
}

/* Has that side left the event as it was? Then the other one may delete it. */
static bool is_untouched(Merger *m, size_t base, size_t event, bool in_theirs)
{
    const Plan *plan = in_theirs ? m->theirs : m->ours;
    return event_eq(&m->base->events.at[base], &plan->events.at[event]) &&
           (m->rest == NULL || !m->rest->is_changed(m->rest->context, base, event, in_theirs));
}

static void merge_deleted(Merger *m, size_t base, size_t ours)
{
    if (is_untouched(m, base, ours, false)) {
        Change change = change_of(m->ours, ours, &m->out->arena);
        change.kind = CHANGE_DELETE;
        change.content = &m->ours->events.at[ours];
        merger_push(m, change, ours, SIZE_MAX);
    } else {
        vec_push(&m->out->conflicts, (MergeConflict){ .ours = ours, .theirs = SIZE_MAX, .section = -1 });
    }
}

static void insert_theirs(Merger *m, size_t theirs)
{
    const Event *event = &m->theirs->events.at[theirs];
    EventPlace place;
    if (!merger_place(m, theirs, &place)) {
        m->out->lost = true;
        return;
    }
    merger_push(m, (Change){ .kind = CHANGE_INSERT, .event = event_ref(m->theirs, theirs), .content = event, .to = place },
                SIZE_MAX, theirs);
}

static void merge_moved(Merger *m, size_t base, size_t ours, size_t theirs)
{
    Change change = change_of(m->ours, ours, &m->out->arena);
    if (!m->moved_theirs[base]) {
        return;
    }
    if (m->moved_ours[base]) {
        vec_push(&m->out->moved_apart, ours);
        return;
    }
    change.kind = CHANGE_MOVE;
    if (merger_place(m, theirs, &change.to)) {
        merger_push(m, change, ours, theirs);
    } else {
        m->out->lost = true;
    }
}

/* One event of theirs: of base, or new there. */
static void merge_one(Merger *m, size_t theirs)
{
    size_t base = m->theirs_base.events[theirs];
    size_t ours = m->theirs_ours.events[theirs];
    if (base == SIZE_MAX && ours == SIZE_MAX) {
        insert_theirs(m, theirs);
    } else if (base == SIZE_MAX) {
        merger_event(m, &(Event){ .id = m->theirs->events.at[theirs].id }, ours, theirs);
    } else if (ours != SIZE_MAX) {
        merger_event(m, &m->base->events.at[base], ours, theirs);
        merge_moved(m, base, ours, theirs);
    } else if (!is_untouched(m, base, theirs, true)) {
        vec_push(&m->out->conflicts, (MergeConflict){ .ours = SIZE_MAX, .theirs = theirs, .section = -1 });
        insert_theirs(m, theirs);
    }
}

static Str header_value(Merger *m, const Plan *plan, int section, const HeaderField *field)
{
    StrBuf value = { 0 };
    header_add_value(&value, plan, section, field);
    Str kept = arena_copy(&m->out->arena, strbuf_str(&value));
    strbuf_done(&value);
    return kept;
}

/* The texts of the plan (-1) or of a section of base. */
static void merge_header(Merger *m, int base, int ours, int theirs)
{
    size_t n;
    const HeaderField *fields = header_fields(&n);
    Change change = { .kind = CHANGE_HEADER };
    for (size_t i = 0; i < n; i++) {
        if (header_find(fields[i].name, ours) == NULL) {
            continue;
        }
        Str was = header_value(m, m->base, base, &fields[i]);
        Str now = header_value(m, m->ours, ours, &fields[i]);
        Str other = header_value(m, m->theirs, theirs, &fields[i]);
        if (header_same(&fields[i], was, other) || header_same(&fields[i], now, other)) {
            continue;
        }
        if (header_same(&fields[i], was, now)) {
            change_push(&change, (FieldEdit){ .key = fields[i].name, .before = now, .after = other }, &m->out->arena);
        } else {
            FieldEdit edit = { .key = fields[i].name, .before = now, .after = other };
            vec_push(&m->out->conflicts, (MergeConflict){ SIZE_MAX, SIZE_MAX, ours, fields[i].name, edit, was });
        }
    }
    if (change.n_edits > 0) {
        change.section = merger_section(m, ours);
        merger_push(m, change, SIZE_MAX, SIZE_MAX);
    }
}

static bool has_header_edit(Merger *m, int base, int theirs)
{
    size_t n;
    const HeaderField *fields = header_fields(&n);
    bool is_same = true;
    for (size_t i = 0; i < n && is_same; i++) {
        is_same = header_find(fields[i].name, base) == NULL || header_same(&fields[i], header_value(m, m->base, base, &fields[i]),
                                                                           header_value(m, m->theirs, theirs, &fields[i]));
    }
    return !is_same;
}

/* Texts of sections that all have; sections that came, went or stand elsewhere are only told. */
static void merge_sections(Merger *m)
{
    int next = 0;
    merge_header(m, -1, -1, -1);
    for (size_t i = 0; i < m->base->sections.n; i++) {
        int theirs = m->base_theirs.sections[i];
        int ours = m->base_ours.sections[i];
        int parent = m->base->sections.at[i].parent;
        m->out->has_sections =
            m->out->has_sections || theirs < next ||
            !merger_same_section(&m->base_theirs, parent, theirs < 0 ? -1 : m->theirs->sections.at[theirs].parent);
        next = theirs >= 0 ? theirs + 1 : next;
        if (theirs >= 0 && ours >= 0) {
            merge_header(m, (int)i, ours, theirs);
        } else if (theirs >= 0) { /* ours has taken it away; events of theirs in it say so themselves */
            m->out->lost = m->out->lost || has_header_edit(m, (int)i, theirs);
        }
    }
    m->out->has_sections = m->out->has_sections || m->theirs->sections.n != m->base->sections.n;
    m->out->has_sections = m->out->has_sections && !plan_sections_eq(m->ours, m->theirs);
    for (size_t i = 0; i < m->theirs->sections.n; i++) {
        if (m->theirs_ours.sections[i] < 0) {
            vec_push(&m->out->missing, i);
        }
    }
}

void plan_merge(const Plan *base, const Plan *ours, const Plan *theirs, PlanMerge *out)
{
    plan_merge_beside(base, ours, theirs, NULL, out);
}

void plan_merge_beside(const Plan *base, const Plan *ours, const Plan *theirs, const MergeRest *rest, PlanMerge *out)
{
    *out = (PlanMerge){ 0 };
    Merger m = { .base = base, .ours = ours, .theirs = theirs, .rest = rest, .out = out };
    merger_init(&m);
    merge_sections(&m);
    for (size_t i = 0; i < base->events.n; i++) {
        if (m.base_theirs.events[i] == SIZE_MAX && m.base_ours.events[i] != SIZE_MAX) {
            merge_deleted(&m, i, m.base_ours.events[i]);
        }
    }
    for (size_t i = 0; i < theirs->events.n; i++) {
        merge_one(&m, i);
    }
    merger_done(&m);
}
