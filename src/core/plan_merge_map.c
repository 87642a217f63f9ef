#include <stdint.h>
#include <stdlib.h>

#include "core/plan_merge_priv.h"
#include "vekha/core/plan_match.h"

static Map new_map(const Plan *a, Arena *arena)
{
    return (Map){ arena_alloc(arena, a->events.n * sizeof(size_t)), arena_alloc(arena, a->sections.n * sizeof(int)) };
}

static Map match(const Plan *a, const Plan *b, Arena *arena)
{
    Map map = new_map(a, arena);
    plan_match_events(a, b, map.events);
    plan_match_sections(a, b, map.sections);
    return map;
}

static Map turned(const Map *map, const Plan *a, const Plan *b, Arena *arena)
{
    Map back = new_map(b, arena);
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

/* Has theirs anything that is not in base? */
static bool has_new(const Merger *m)
{
    bool found = false;
    for (size_t i = 0; i < m->theirs->events.n && !found; i++) {
        found = m->theirs_base.events[i] == SIZE_MAX;
    }
    for (size_t i = 0; i < m->theirs->sections.n && !found; i++) {
        found = m->theirs_base.sections[i] < 0;
    }
    return found;
}

/* The same through base; what base does not have by the two of them themselves: both may have added the same. */
static Map theirs_to_ours(const Merger *m, Arena *arena)
{
    Map map = has_new(m) ? match(m->theirs, m->ours, arena) : new_map(m->theirs, arena);
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

bool merger_same_section(const Map *map, int a, int b)
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
        if (at == SIZE_MAX || !merger_same_section(map, base->events.at[i].section, other->events.at[at].section)) {
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

/* Is that event of ours one of which others know where it stands: of base, and not moved? */
static bool is_anchor(const Merger *m, size_t ours, int section)
{
    size_t base = ours != SIZE_MAX ? m->ours_base.events[ours] : SIZE_MAX;
    return base != SIZE_MAX && !m->moved_ours[base] && !m->moved_theirs[base] && m->ours->events.at[ours].section == section;
}

static size_t *find_anchors(const Merger *m, Arena *arena)
{
    const Plan *theirs = m->theirs;
    size_t *anchors = arena_alloc(arena, theirs->events.n * sizeof *anchors);
    for (size_t i = 0; i < theirs->events.n; i++) {
        bool goes_on = i > 0 && theirs->events.at[i - 1].section == theirs->events.at[i].section;
        size_t before = goes_on ? m->theirs_ours.events[i - 1] : SIZE_MAX;
        bool is_it = is_anchor(m, before, section_in(&m->theirs_ours, theirs->events.at[i].section));
        anchors[i] = is_it ? before : goes_on ? anchors[i - 1] : SIZE_MAX;
    }
    return anchors;
}

static size_t *find_alone(const Merger *m, Arena *arena)
{
    const Plan *ours = m->ours;
    size_t *alone = arena_alloc(arena, ours->events.n * sizeof *alone);
    for (size_t i = ours->events.n; i-- > 0;) {
        bool goes_on = i + 1 < ours->events.n && ours->events.at[i + 1].section == ours->events.at[i].section;
        alone[i] = m->ours_base.events[i] != SIZE_MAX ? i : goes_on ? alone[i + 1] : i + 1;
    }
    return alone;
}

static size_t *find_firsts(const Plan *ours, Arena *arena)
{
    size_t *firsts = arena_alloc(arena, (ours->sections.n + 1) * sizeof *firsts);
    size_t next = 0;
    for (size_t i = 0; i <= ours->sections.n; i++) {
        while (next < ours->events.n && ours->events.at[next].section < (int)i - 1) {
            next++;
        }
        firsts[i] = next;
    }
    return firsts;
}

SectionRef merger_section(Merger *m, int section)
{
    SectionRef *ref = &m->refs[section + 1];
    if (ref->path.at == NULL) {
        *ref = section_ref(m->ours, section, &m->out->arena);
    }
    return *ref;
}

bool merger_place(Merger *m, size_t theirs, EventPlace *out)
{
    const Event *event = &m->theirs->events.at[theirs];
    int section = section_in(&m->theirs_ours, event->section);
    if (event->section >= 0 && section < 0) {
        return false;
    }
    size_t after = m->anchors[theirs];
    size_t next = after != SIZE_MAX ? after + 1 : m->firsts[section + 1];
    bool is_here = next < m->ours->events.n && m->ours->events.at[next].section == section;
    after = is_here && m->alone[next] > next ? m->alone[next] - 1 : after;
    *out = (EventPlace){ .section = merger_section(m, section), .is_first = after == SIZE_MAX };
    if (after != SIZE_MAX) {
        out->after = event_ref_copy(m->ours, after, &m->out->arena);
    }
    return true;
}

void merger_init(Merger *m)
{
    Arena *arena = &m->arena;
    m->base_ours = match(m->base, m->ours, arena);
    m->base_theirs = match(m->base, m->theirs, arena);
    m->ours_base = turned(&m->base_ours, m->base, m->ours, arena);
    m->theirs_base = turned(&m->base_theirs, m->base, m->theirs, arena);
    m->theirs_ours = theirs_to_ours(m, arena);
    m->moved_ours = find_moved(m->base, m->ours, &m->base_ours, arena);
    m->moved_theirs = find_moved(m->base, m->theirs, &m->base_theirs, arena);
    m->anchors = find_anchors(m, arena);
    m->alone = find_alone(m, arena);
    m->firsts = find_firsts(m->ours, arena);
    m->refs = arena_alloc(arena, (m->ours->sections.n + 1) * sizeof *m->refs);
}

void merger_done(Merger *m)
{
    arena_done(&m->arena);
}
