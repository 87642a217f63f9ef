#include <stdlib.h>

#include "vekha/core/field.h"
#include "vekha/store/journal_track.h"

/* One entry that counts. */
typedef struct Item {
    size_t track;
    size_t rank, inner; /* of its field; of the field of an occurrence's mark */
    Str at;             /* that occurrence */
    const JournalEntry *entry;
} Item;

typedef VEC(Item) ItemVec;

typedef struct Collapse {
    const Plan *plan;
    JournalSince *out;
    size_t *events; /* of the plan, by track; SIZE_MAX: none */
    ItemVec items;
} Collapse;

static size_t rank_of(Str field)
{
    FieldId id;
    return field_find(field, &id) ? (size_t)id : FIELD_COUNT;
}

static Item item_of(size_t track, const JournalEntry *entry)
{
    Item item = { .track = track, .rank = rank_of(entry->field), .entry = entry };
    if (str_starts(entry->field, STR("marks["))) {
        Str rest = str_from(entry->field, STR("marks[").n_bytes);
        item.at = str_cut(&rest, ']');
        item.rank = FIELD_MARKS;
        item.inner = rank_of(str_from(rest, 1));
    }
    return item;
}

/* By event, then by field; of one field the oldest first. */
static int by_field(const void *left, const void *right)
{
    const Item *a = left;
    const Item *b = right;
    int order = a->track != b->track ? (a->track < b->track ? -1 : 1) : a->rank != b->rank ? (a->rank < b->rank ? -1 : 1) : 0;
    order = order != 0 ? order : str_cmp(a->at, b->at);
    order = order != 0 ? order : a->inner != b->inner ? (a->inner < b->inner ? -1 : 1) : 0;
    order = order != 0 ? order : str_cmp(a->entry->field, b->entry->field);
    return order != 0 ? order : a->entry < b->entry ? -1 : a->entry > b->entry;
}

static Str value_of(Arena *arena, StrBuf *value)
{
    StrBuf cut = { 0 };
    journal_add_value(&cut, strbuf_str(value));
    Str copy = arena_copy(arena, strbuf_str(&cut));
    strbuf_done(&cut);
    strbuf_done(value);
    return copy;
}

/* What the field is now: as the plan says; else as the journal does. */
static Str value_now(Collapse *all, size_t event, const JournalEntry *last)
{
    FieldId field;
    StrBuf value = { 0 };
    Str at = last->field;
    if (event == SIZE_MAX) {
        return last->became;
    }
    const Event *now = &all->plan->events.at[event];
    if (field_find(last->field, &field) && field_info(field)->type != FIELD_TYPE_LIST) {
        if (field_is_set(now, field)) {
            field_add_value(&value, now, field);
        }
        return value_of(&all->out->arena, &value);
    }
    if (str_starts(at, STR("marks["))) {
        at = str_from(at, STR("marks[").n_bytes);
        Str name = str_cut(&at, ']');
        const Mark *mark = event_mark_at(now, name);
        if (field_find(str_from(at, 1), &field) && field_info(field)->mark_offset != SIZE_MAX) {
            if (mark != NULL) {
                field_add_mark_value(&value, mark, field);
            }
            return value_of(&all->out->arena, &value);
        }
    }
    return last->became;
}

static bool is_same(Str field, Str a, Str b)
{
    Str planned = status_info(STATUS_PLANNED)->name;
    bool is_status = str_ends(field, field_info(FIELD_STATUS)->name);
    return str_eq(a, b) || (is_status && (a.n_bytes == 0 || str_eq(a, planned)) && (b.n_bytes == 0 || str_eq(b, planned)));
}

static bool is_no_value(Str field)
{
    return str_eq(field, STR(JOURNAL_INSERTED)) || str_eq(field, STR(JOURNAL_DELETED)) || str_eq(field, STR(JOURNAL_MOVED)) ||
           str_eq(field, STR(JOURNAL_REST));
}

/* The items from..to are one event's. */
static void add_event(Collapse *all, size_t from, size_t to)
{
    const Item *items = all->items.at;
    size_t event = all->events[items[from].track];
    EventSince one = { .event = event, .last = items[from].entry, .first_diff = all->out->diffs.n };
    const JournalEntry *came = NULL;
    for (size_t i = from; i < to; i++) {
        const JournalEntry *entry = items[i].entry;
        bool came_first = str_eq(entry->field, STR(JOURNAL_INSERTED)) && (came == NULL || entry < came);
        came = came_first || (str_eq(entry->field, STR(JOURNAL_DELETED)) && (came == NULL || entry < came)) ? entry : came;
        one.last = entry > one.last ? entry : one.last;
        one.is_placed = one.is_placed || str_eq(entry->field, STR(JOURNAL_MOVED));
    }
    one.is_new = came != NULL && str_eq(came->field, STR(JOURNAL_INSERTED));
    one.name = one.last->event;
    one.title = one.last->title;
    for (size_t i = from, end; i < to && event != SIZE_MAX && !one.is_new; i = end) {
        for (end = i + 1; end < to && str_eq(items[end].entry->field, items[i].entry->field);) {
            end++;
        }
        Str field = items[i].entry->field;
        Str now = is_no_value(field) ? (Str){ 0 } : value_now(all, event, items[end - 1].entry);
        if (!is_no_value(field) && !is_same(field, items[i].entry->was, now)) {
            vec_push(&all->out->diffs, (JournalDiff){ field, items[i].entry->was, now });
        }
    }
    one.n_diffs = all->out->diffs.n - one.first_diff;
    bool is_nothing = event == SIZE_MAX ? one.is_new : !one.is_new && !one.is_placed && one.n_diffs == 0;
    if (!is_nothing) {
        vec_push(&all->out->events, one);
    }
}

static int by_place(const void *left, const void *right)
{
    const EventSince *a = left;
    const EventSince *b = right;
    return a->event != b->event ? (a->event < b->event ? -1 : 1) : a->last < b->last ? -1 : a->last > b->last;
}

void journal_since(const Journal *journal, const JournalTracks *tracks, const Plan *plan, long long since_ms, JournalSince *out)
{
    *out = (JournalSince){ 0 };
    Collapse all = { .plan = plan, .out = out, .events = journal_match(tracks, plan) };
    for (size_t i = 0; i < tracks->steps.n; i++) {
        const JournalStep *step = &tracks->steps.at[i];
        for (size_t k = step->first; k < step->first + step->n && step->track != SIZE_MAX; k++) {
            const JournalEntry *entry = &journal->entries.at[k];
            if (entry->time >= since_ms) {
                vec_push(&all.items, item_of(step->track, entry));
            }
        }
    }
    if (all.items.n > 0) {
        qsort(all.items.at, all.items.n, sizeof *all.items.at, by_field);
    }
    for (size_t i = 0, end; i < all.items.n; i = end) {
        for (end = i + 1; end < all.items.n && all.items.at[end].track == all.items.at[i].track;) {
            end++;
        }
        add_event(&all, i, end);
    }
    if (out->events.n > 0) {
        qsort(out->events.at, out->events.n, sizeof *out->events.at, by_place);
    }
    vec_done(&all.items);
    free(all.events);
}

void journal_since_done(JournalSince *since)
{
    arena_done(&since->arena);
    vec_done(&since->diffs);
    vec_done(&since->events);
}
