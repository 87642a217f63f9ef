#include "vekha/core/identity.h"

#include "vekha/core/plan_finder.h"

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

size_t plan_match(const Plan *plan, const EventRef *ref)
{
    PlanFinder finder = { .plan = plan };
    size_t found = finder_match(&finder, ref);
    finder_done(&finder);
    return found;
}

static void add_path(StrBuf *out, const Plan *plan, int section)
{
    plan_add_section(out, plan, &(Event){ .section = section });
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
    PlanFinder finder = { .plan = plan };
    bool ok = finder_match_section(&finder, ref, out);
    finder_done(&finder);
    return ok;
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
