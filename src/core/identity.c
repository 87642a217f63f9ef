#include "vekha/core/identity.h"

#include <stdint.h>

EventRef event_ref(const Plan *plan, size_t index)
{
    const Event *event = &plan->events.at[index];
    return (EventRef){ event->id, event->no, event->title, index };
}

EventRef event_ref_copy(const Plan *plan, size_t index, Arena *arena)
{
    EventRef ref = event_ref(plan, index);
    return (EventRef){ arena_copy(arena, ref.id), arena_copy(arena, ref.no), arena_copy(arena, ref.title), index };
}

/* The one event whose id (or number, or title) is the wanted one; SIZE_MAX: none, or several. */
static size_t only_match(const Plan *plan, const EventRef *ref, bool by_id, bool by_no, bool by_title)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < plan->events.n; i++) {
        const Event *event = &plan->events.at[i];
        if ((!by_id || str_eq(event->id, ref->id)) && (!by_no || str_eq(event->no, ref->no)) &&
            (!by_title || str_eq(event->title, ref->title))) {
            if (found != SIZE_MAX) {
                return SIZE_MAX;
            }
            found = i;
        }
    }
    return found;
}

size_t plan_match(const Plan *plan, const EventRef *ref)
{
    const Event *same_place = ref->index < plan->events.n ? &plan->events.at[ref->index] : NULL;
    if (same_place != NULL && str_eq(same_place->id, ref->id) && str_eq(same_place->no, ref->no) &&
        str_eq(same_place->title, ref->title)) {
        return ref->index; /* twins, without an id or with the same one by mistake: the one at the old place */
    }
    if (ref->id.n_bytes > 0) {
        return only_match(plan, ref, true, false, false);
    }
    size_t found = only_match(plan, ref, false, true, true);
    found = found == SIZE_MAX && ref->title.n_bytes > 0 ? only_match(plan, ref, false, false, true) : found;
    return found == SIZE_MAX && ref->no.n_bytes > 0 ? only_match(plan, ref, false, true, false) : found;
}

size_t plan_match_since(const Plan *before, const Plan *now, const EventRef *ref)
{
    size_t found = plan_match(now, ref);
    if (found == SIZE_MAX || ref->id.n_bytes > 0) {
        return found;
    }
    EventRef back = event_ref(now, found);
    back.id = (Str){ 0 }; /* it may have been given one meanwhile */
    size_t was = plan_match(before, &back);
    bool is_same =
        was != SIZE_MAX && str_eq(before->events.at[was].no, ref->no) && str_eq(before->events.at[was].title, ref->title);
    return is_same ? found : SIZE_MAX;
}

static void add_path(StrBuf *out, const Plan *plan, int section)
{
    plan_add_section(out, plan, &(Event){ .section = section });
}

static bool has_path(const Plan *plan, int section, Str path)
{
    StrBuf is = { 0 };
    add_path(&is, plan, section);
    bool same = str_eq(strbuf_str(&is), path);
    strbuf_done(&is);
    return same;
}

SectionRef section_ref(const Plan *plan, int section, Arena *arena)
{
    StrBuf path = { 0 };
    add_path(&path, plan, section);
    SectionRef ref = { arena_copy(arena, strbuf_str(&path)), section };
    strbuf_done(&path);
    return ref;
}

bool plan_match_section(const Plan *plan, const SectionRef *ref, int *out)
{
    int n = (int)plan->sections.n;
    int found = -2;
    *out = ref->index;
    if (ref->index < 0 || (ref->index < n && has_path(plan, ref->index, ref->path))) {
        return true;
    }
    for (int i = 0; i < n; i++) {
        if (has_path(plan, i, ref->path)) {
            found = found == -2 ? i : -3;
        }
    }
    *out = found;
    return found >= 0;
}

EventPlace event_place(const Plan *plan, size_t index, Arena *arena)
{
    int section = plan->events.at[index].section;
    EventPlace place = { .section = section_ref(plan, section, arena), .is_first = true };
    if (index > 0 && plan->events.at[index - 1].section == section) {
        place.is_first = false;
        place.after = event_ref_copy(plan, index - 1, arena);
    }
    return place;
}
