#include "vekha/core/plan_finder.h"

#include <stdint.h>
#include <stdlib.h>

enum { N_ONE_BY_ONE = 8 }; /* lookups that are cheaper than to sort all names */

void finder_done(PlanFinder *finder)
{
    for (size_t i = 0; i < FINDER_KEYS; i++) {
        vec_done(&finder->names[i]);
    }
}

static int by_hash(const void *left, const void *right)
{
    const FinderName *a = left;
    const FinderName *b = right;
    if (a->hash != b->hash) {
        return a->hash < b->hash ? -1 : 1;
    }
    return (a->index > b->index) - (a->index < b->index);
}

static Str path_of(const Plan *plan, size_t section, StrBuf *buf)
{
    strbuf_clear(buf);
    plan_add_section(buf, plan, &(Event){ .section = (int)section });
    return strbuf_str(buf);
}

static unsigned long long event_hash(FinderKey key, Str id, Str no, Str title)
{
    switch (key) {
    case FINDER_ID:
        return str_hash(id);
    case FINDER_NO_AND_TITLE:
        return str_hash(no) * 31 + str_hash(title);
    case FINDER_TITLE:
        return str_hash(title);
    case FINDER_NO:
        return str_hash(no);
    case FINDER_PATH:
    case FINDER_KEYS:
        break;
    }
    return 0;
}

static bool is_same(const Event *event, FinderKey key, const EventRef *ref)
{
    bool has_no = key == FINDER_NO || key == FINDER_NO_AND_TITLE;
    bool has_title = key == FINDER_TITLE || key == FINDER_NO_AND_TITLE;
    return (key != FINDER_ID || str_eq(event->id, ref->id)) && (!has_no || str_eq(event->no, ref->no)) &&
           (!has_title || str_eq(event->title, ref->title));
}

unsigned long long *plan_path_hashes(const Plan *plan)
{
    size_t n = plan->sections.n;
    unsigned long long *hashes = mem_new((n + 1) * sizeof *hashes);
    bool *is_empty = mem_new(n + 1);
    for (size_t i = 0; i < n; i++) {
        const Section *section = &plan->sections.at[i];
        bool is_first = section->parent < 0 || is_empty[section->parent];
        unsigned long long above = is_first ? str_hash((Str){ 0 }) : str_hash_on(hashes[section->parent], STR(" / "));
        hashes[i] = str_hash_on(above, section->title);
        is_empty[i] = is_first && section->title.n_bytes == 0;
    }
    free(is_empty);
    return hashes;
}

static void sort_names(PlanFinder *finder, FinderKey key)
{
    const Plan *plan = finder->plan;
    unsigned long long *paths = key == FINDER_PATH && !finder->is_sorted[key] ? plan_path_hashes(plan) : NULL;
    size_t n = key == FINDER_PATH ? plan->sections.n : plan->events.n;
    for (size_t i = 0; i < n && !finder->is_sorted[key]; i++) {
        const Event *event = key == FINDER_PATH ? NULL : &plan->events.at[i];
        unsigned long long hash = event == NULL ? paths[i] : event_hash(key, event->id, event->no, event->title);
        vec_push(&finder->names[key], (FinderName){ hash, i });
    }
    if (finder->names[key].n > 1 && !finder->is_sorted[key]) {
        qsort(finder->names[key].at, finder->names[key].n, sizeof *finder->names[key].at, by_hash);
    }
    finder->is_sorted[key] = true;
    free(paths);
}

/* The first of that name from that index on, in the sorted names; their number: none. */
static size_t first_name(const PlanFinder *finder, FinderKey key, unsigned long long hash, size_t from)
{
    FinderName wanted = { hash, from };
    size_t low = 0;
    size_t high = finder->names[key].n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_hash(&finder->names[key].at[middle], &wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

/* The first event from there on. */
static size_t next_event(PlanFinder *finder, FinderKey key, const EventRef *ref, size_t from)
{
    const Plan *plan = finder->plan;
    if (finder->n_asked < N_ONE_BY_ONE) {
        while (from < plan->events.n && !is_same(&plan->events.at[from], key, ref)) {
            from++;
        }
        return from < plan->events.n ? from : SIZE_MAX;
    }
    sort_names(finder, key);
    unsigned long long hash = event_hash(key, ref->id, ref->no, ref->title);
    for (size_t i = first_name(finder, key, hash, from); i < finder->names[key].n && finder->names[key].at[i].hash == hash; i++) {
        size_t index = finder->names[key].at[i].index;
        if (is_same(&plan->events.at[index], key, ref)) {
            return index;
        }
    }
    return SIZE_MAX;
}

/* SIZE_MAX: none, or several. */
static size_t only_event(PlanFinder *finder, FinderKey key, const EventRef *ref)
{
    size_t found = next_event(finder, key, ref, 0);
    bool is_only = found != SIZE_MAX && next_event(finder, key, ref, found + 1) == SIZE_MAX;
    finder->n_asked++;
    return is_only ? found : SIZE_MAX;
}

/* Where several have the id, since somebody copied an event by its lines, the one of them that is called so. */
static size_t only_of_id(PlanFinder *finder, const EventRef *ref)
{
    size_t found = only_event(finder, FINDER_ID, ref);
    size_t called = found == SIZE_MAX ? only_event(finder, FINDER_NO_AND_TITLE, ref) : SIZE_MAX;
    return called != SIZE_MAX && str_eq(finder->plan->events.at[called].id, ref->id) ? called : found;
}

size_t finder_match(PlanFinder *now, const EventRef *ref)
{
    const Plan *plan = now->plan;
    const Event *same_place = ref->index < plan->events.n ? &plan->events.at[ref->index] : NULL;
    if (same_place != NULL && str_eq(same_place->id, ref->id) && str_eq(same_place->no, ref->no) &&
        str_eq(same_place->title, ref->title)) {
        return ref->index; /* twins, without an id or with the same one by mistake: the one at the old place */
    }
    if (ref->id.n_bytes > 0) {
        return only_of_id(now, ref);
    }
    size_t found = only_event(now, FINDER_NO_AND_TITLE, ref);
    found = found == SIZE_MAX && ref->title.n_bytes > 0 ? only_event(now, FINDER_TITLE, ref) : found;
    return found == SIZE_MAX && ref->no.n_bytes > 0 ? only_event(now, FINDER_NO, ref) : found;
}

size_t finder_match_since(PlanFinder *before, PlanFinder *now, const EventRef *ref)
{
    size_t found = finder_match(now, ref);
    if (found == SIZE_MAX || ref->id.n_bytes > 0) {
        return found;
    }
    EventRef back = event_ref(now->plan, found);
    back.id = (Str){ 0 }; /* it may have been given one meanwhile */
    size_t was = finder_match(before, &back);
    const Event *event = was == SIZE_MAX ? NULL : &before->plan->events.at[was];
    return event != NULL && str_eq(event->no, ref->no) && str_eq(event->title, ref->title) ? found : SIZE_MAX;
}

/* The first section from there on that has the path; SIZE_MAX: none. */
static size_t next_section(PlanFinder *finder, Str path, size_t from)
{
    StrBuf is = { 0 };
    size_t found = SIZE_MAX;
    unsigned long long hash = str_hash(path);
    sort_names(finder, FINDER_PATH);
    for (size_t i = first_name(finder, FINDER_PATH, hash, from);
         i < finder->names[FINDER_PATH].n && finder->names[FINDER_PATH].at[i].hash == hash && found == SIZE_MAX; i++) {
        size_t index = finder->names[FINDER_PATH].at[i].index;
        found = str_eq(path_of(finder->plan, index, &is), path) ? index : SIZE_MAX;
    }
    strbuf_done(&is);
    return found;
}

bool finder_match_section(PlanFinder *now, const SectionRef *ref, int *out)
{
    StrBuf is = { 0 };
    size_t n = now->plan->sections.n;
    *out = ref->index;
    bool is_there = ref->index < 0 || ((size_t)ref->index < n && str_eq(path_of(now->plan, (size_t)ref->index, &is), ref->path));
    strbuf_done(&is);
    if (is_there) {
        return true;
    }
    size_t found = next_section(now, ref->path, 0);
    bool is_only = found != SIZE_MAX && next_section(now, ref->path, found + 1) == SIZE_MAX;
    *out = is_only ? (int)found : -2;
    return is_only;
}

size_t finder_id(PlanFinder *finder, Str id, size_t from)
{
    finder->n_asked++;
    return next_event(finder, FINDER_ID, &(EventRef){ .id = id }, from);
}
