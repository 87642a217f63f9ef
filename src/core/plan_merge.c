#include "vekha/core/plan_merge.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "vekha/core/header.h"
#include "vekha/core/plan_match.h"

/* Which event and section of one reading are which of another. */
typedef struct Map {
    size_t *events; /* SIZE_MAX: none */
    int *sections;  /* -1: none */
} Map;

typedef struct Merger {
    const Plan *base, *ours, *theirs;
    Map base_ours, base_theirs, theirs_ours, theirs_base, ours_base;
    bool *moved_ours, *moved_theirs; /* one an event of base: it stands elsewhere there */
    PlanMerge *out;
} Merger;

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

static Map match(const Plan *a, const Plan *b, Arena *arena)
{
    Map map = { arena_alloc(arena, a->events.n * sizeof *map.events), arena_alloc(arena, a->sections.n * sizeof *map.sections) };
    plan_match_events(a, b, map.events);
    plan_match_sections(a, b, map.sections);
    return map;
}

static Map turned(const Map *map, const Plan *a, const Plan *b, Arena *arena)
{
    Map back = { arena_alloc(arena, b->events.n * sizeof *back.events),
                 arena_alloc(arena, b->sections.n * sizeof *back.sections) };
    for (size_t i = 0; i < b->events.n; i++) {
        back.events[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < b->sections.n; i++) {
        back.sections[i] = -1;
    }
    for (size_t i = 0; i < a->events.n; i++) {
        if (map->events[i] != SIZE_MAX) {
            back.events[map->events[i]] = i;
        }
    }
    for (size_t i = 0; i < a->sections.n; i++) {
        if (map->sections[i] >= 0) {
            back.sections[map->sections[i]] = (int)i;
        }
    }
    return back;
}

/* The same through base; what base does not have by the two of them themselves: both may have added the same. */
static Map theirs_to_ours(const Merger *m, Arena *arena)
{
    Map map = match(m->theirs, m->ours, arena);
    for (size_t i = 0; i < m->theirs->events.n; i++) {
        size_t base = m->theirs_base.events[i];
        size_t ours = map.events[i];
        bool is_new = ours != SIZE_MAX && m->ours_base.events[ours] == SIZE_MAX &&
                      (m->theirs->events.at[i].id.n_bytes > 0 || event_eq(&m->theirs->events.at[i], &m->ours->events.at[ours]));
        map.events[i] = base != SIZE_MAX ? m->base_ours.events[base] : is_new ? ours : SIZE_MAX;
    }
    for (size_t i = 0; i < m->theirs->sections.n; i++) {
        int base = m->theirs_base.sections[i];
        int ours = map.sections[i];
        bool is_new = ours >= 0 && m->ours_base.sections[ours] < 0 &&
                      str_eq(m->theirs->sections.at[i].title, m->ours->sections.at[ours].title);
        map.sections[i] = base >= 0 ? m->base_ours.sections[base] : is_new ? ours : -1;
    }
    return map;
}

static int section_in(const Map *map, int section)
{
    return section < 0 ? -1 : map->sections[section];
}

/* Same section in both, -1 being the plan itself? */
static bool same_section(const Map *map, int a, int b)
{
    return a < 0 ? b < 0 : b >= 0 && map->sections[a] == b;
}

/* Marks the events of base that stand elsewhere in the other: as few as explain its order. */
static bool *find_moved(const Plan *base, const Plan *other, const Map *map, Arena *arena)
{
    size_t n = base->events.n;
    bool *moved = arena_alloc(arena, n * sizeof *moved);
    size_t *before = mem_new((n + 1) * sizeof *before);
    IndexVec tops = { 0 }; /* of each length, the event whose place in other is the least that a rising row ends with */
    for (size_t i = 0; i < n; i++) {
        size_t at = map->events[i];
        moved[i] = at != SIZE_MAX;
        if (at == SIZE_MAX || !same_section(map, base->events.at[i].section, other->events.at[at].section)) {
            continue;
        }
        size_t low = 0;
        size_t high = tops.n;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (map->events[tops.at[middle]] < at) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        before[i] = low > 0 ? tops.at[low - 1] : SIZE_MAX;
        if (low == tops.n) {
            vec_push(&tops, i);
        } else {
            tops.at[low] = i;
        }
    }
    for (size_t i = tops.n > 0 ? tops.at[tops.n - 1] : SIZE_MAX; i != SIZE_MAX; i = before[i]) {
        moved[i] = false;
    }
    free(before);
    vec_done(&tops);
    return moved;
}

static void push(Merger *m, Change change, size_t ours, size_t theirs)
{
    size_t base = theirs != SIZE_MAX ? m->theirs_base.events[theirs] : SIZE_MAX;
    vec_push(&m->out->changes, change);
    vec_push(&m->out->sources, (MergeSource){ base, ours, theirs });
}

/* «when», «marks[2022-03].status», or the key of an own column */
static Str edit_name(Merger *m, const FieldEdit *edit)
{
    Str key = edit->key.n_bytes > 0 ? edit->key : field_info(edit->field)->name;
    if (edit->at.n_bytes == 0) {
        return key;
    }
    StrBuf name = { 0 };
    strbuf_addf(&name, "marks[%.*s].%.*s", STR_ARG(edit->at), STR_ARG(key));
    Str kept = arena_copy(&m->out->arena, strbuf_str(&name));
    strbuf_done(&name);
    return kept;
}

/* Takes the edit of theirs over, if ours has left the value alone. */
static void merge_edit(Merger *m, Change *change, size_t ours, size_t theirs, FieldEdit edit)
{
    const Event *event = &m->ours->events.at[ours];
    Str now = change_value(event, &edit, &m->out->arena);
    if (change_same_value(&edit, now, edit.before)) {
        edit.before = now;
        change_push(change, edit, &m->out->arena);
    } else if (!change_same_value(&edit, now, edit.after)) {
        MergeConflict conflict = { ours, theirs, -1, edit_name(m, &edit), edit, edit.before };
        conflict.edit.before = now;
        vec_push(&m->out->conflicts, conflict);
    }
}

static void diff_value(Merger *m, Change *change, const Event *from, const Event *to, size_t ours, size_t theirs, FieldEdit edit)
{
    edit.before = change_value(from, &edit, &m->out->arena);
    edit.after = change_value(to, &edit, &m->out->arena);
    if (!change_same_value(&edit, edit.before, edit.after)) {
        merge_edit(m, change, ours, theirs, edit);
    }
}

static void diff_mark(Merger *m, Change *change, const Event *from, const Event *to, size_t ours, size_t theirs, Str at)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (field_info((FieldId)field)->mark_offset != SIZE_MAX) {
            diff_value(m, change, from, to, ours, theirs, (FieldEdit){ .field = (FieldId)field, .at = at });
        }
    }
}

static void diff_own(Merger *m, Change *change, const Event *from, const Event *to, size_t ours, size_t theirs)
{
    for (unsigned i = 0; i < to->n_own; i++) {
        diff_value(m, change, from, to, ours, theirs, (FieldEdit){ .key = to->own[i].key });
    }
    for (unsigned i = 0; i < from->n_own; i++) {
        FieldEdit edit = { .key = from->own[i].key };
        if (change_value(to, &edit, &m->out->arena).n_bytes == 0) {
            diff_value(m, change, from, to, ours, theirs, edit);
        }
    }
}

static void diff_event(Merger *m, Change *change, const Event *from, const Event *to, size_t ours, size_t theirs)
{
    for (int field = 0; field < FIELD_COUNT; field++) {
        if (field != FIELD_MARKS) {
            diff_value(m, change, from, to, ours, theirs, (FieldEdit){ .field = (FieldId)field });
        }
    }
    diff_own(m, change, from, to, ours, theirs);
    for (unsigned i = 0; i < to->n_marks; i++) {
        diff_mark(m, change, from, to, ours, theirs, to->marks[i].at);
    }
    for (unsigned i = 0; i < from->n_marks; i++) {
        if (event_mark_at(to, from->marks[i].at) == NULL) {
            diff_mark(m, change, from, to, ours, theirs, from->marks[i].at);
        }
    }
}

/* What theirs made of the event's values, on ours. */
static void merge_event(Merger *m, const Event *from, size_t ours, size_t theirs)
{
    const Event *to = &m->theirs->events.at[theirs];
    Change change = { 0 };
    if (!event_eq(from, to)) {
        change = change_of(m->ours, ours, &m->out->arena);
        diff_event(m, &change, from, to, ours, theirs);
    }
    if (change.n_edits > 0) {
        push(m, change, ours, theirs);
    } else {
        vec_push(&m->out->same, (MergeSource){ m->theirs_base.events[theirs], ours, theirs });
    }
}

/* Is that event of ours one of which others know where it stands: of base, and not moved? */
static bool is_anchor(const Merger *m, size_t ours, int section)
{
    size_t base = ours != SIZE_MAX ? m->ours_base.events[ours] : SIZE_MAX;
    return base != SIZE_MAX && !m->moved_ours[base] && !m->moved_theirs[base] && m->ours->events.at[ours].section == section;
}

static bool is_ours_alone(const Merger *m, size_t ours, int section)
{
    return ours < m->ours->events.n && m->ours->events.at[ours].section == section && m->ours_base.events[ours] == SIZE_MAX;
}

/* Where an event of theirs belongs in ours: behind the one that it follows there, and what ours added at that place. */
static bool place_in_ours(Merger *m, size_t theirs, EventPlace *out)
{
    const Event *event = &m->theirs->events.at[theirs];
    int section = section_in(&m->theirs_ours, event->section);
    size_t after = SIZE_MAX;
    if (event->section >= 0 && section < 0) {
        return false;
    }
    for (size_t i = theirs; i > 0 && m->theirs->events.at[i - 1].section == event->section && after == SIZE_MAX; i--) {
        after = is_anchor(m, m->theirs_ours.events[i - 1], section) ? m->theirs_ours.events[i - 1] : SIZE_MAX;
    }
    size_t next = after + 1; /* of none, 0 */
    while (after == SIZE_MAX && next < m->ours->events.n && m->ours->events.at[next].section < section) {
        next++;
    }
    for (; is_ours_alone(m, next, section); next++) {
        after = next;
    }
    *out = (EventPlace){ .section = section_ref(m->ours, section, &m->out->arena), .is_first = after == SIZE_MAX };
    if (after != SIZE_MAX) {
        out->after = event_ref_copy(m->ours, after, &m->out->arena);
    }
    return true;
}

static void merge_deleted(Merger *m, size_t base, size_t ours)
{
    const Event *event = &m->base->events.at[base];
    if (event_eq(event, &m->ours->events.at[ours])) {
        Change change = change_of(m->ours, ours, &m->out->arena);
        change.kind = CHANGE_DELETE;
        change.content = &m->ours->events.at[ours];
        push(m, change, ours, SIZE_MAX);
    } else {
        vec_push(&m->out->conflicts, (MergeConflict){ .ours = ours, .theirs = SIZE_MAX, .section = -1 });
    }
}

static void insert_theirs(Merger *m, size_t theirs)
{
    const Event *event = &m->theirs->events.at[theirs];
    EventPlace place;
    if (!place_in_ours(m, theirs, &place)) {
        m->out->lost = true;
        return;
    }
    push(m, (Change){ .kind = CHANGE_INSERT, .event = event_ref(m->theirs, theirs), .content = event, .to = place }, SIZE_MAX,
         theirs);
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
    if (place_in_ours(m, theirs, &change.to)) {
        push(m, change, ours, theirs);
    } else {
        m->out->lost = true;
    }
}

/* One event of theirs: of base, or new there. */
static void merge_one(Merger *m, size_t theirs)
{
    size_t base = m->theirs_base.events[theirs];
    size_t ours = m->theirs_ours.events[theirs];
    const Event *event = &m->theirs->events.at[theirs];
    if (base == SIZE_MAX && ours == SIZE_MAX) {
        insert_theirs(m, theirs);
    } else if (base == SIZE_MAX) {
        merge_event(m, &(Event){ .id = event->id }, ours, theirs);
    } else if (ours != SIZE_MAX) {
        merge_event(m, &m->base->events.at[base], ours, theirs);
        merge_moved(m, base, ours, theirs);
    } else if (!event_eq(&m->base->events.at[base], event)) {
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
    Change change = { .kind = CHANGE_HEADER, .section = section_ref(m->ours, ours, &m->out->arena) };
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
        push(m, change, SIZE_MAX, SIZE_MAX);
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
        m->out->has_sections = m->out->has_sections || theirs < next ||
                               !same_section(&m->base_theirs, parent, theirs < 0 ? -1 : m->theirs->sections.at[theirs].parent);
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
    Arena arena = { 0 };
    *out = (PlanMerge){ 0 };
    Merger m = { .base = base, .ours = ours, .theirs = theirs, .out = out };
    m.base_ours = match(base, ours, &arena);
    m.base_theirs = match(base, theirs, &arena);
    m.ours_base = turned(&m.base_ours, base, ours, &arena);
    m.theirs_base = turned(&m.base_theirs, base, theirs, &arena);
    m.theirs_ours = theirs_to_ours(&m, &arena);
    m.moved_ours = find_moved(base, ours, &m.base_ours, &arena);
    m.moved_theirs = find_moved(base, theirs, &m.base_theirs, &arena);
    merge_sections(&m);
    for (size_t i = 0; i < base->events.n; i++) {
        if (m.base_theirs.events[i] == SIZE_MAX && m.base_ours.events[i] != SIZE_MAX) {
            merge_deleted(&m, i, m.base_ours.events[i]);
        }
    }
    for (size_t i = 0; i < theirs->events.n; i++) {
        merge_one(&m, i);
    }
    arena_done(&arena);
}
