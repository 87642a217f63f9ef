#include "vekha/store/journal_track.h"

#include <stdlib.h>

#include "vekha/core/field.h"

enum { SLOTS_MIN = 64 };

/* A letter, a digit, then 2 to 6 of a-z0-9. */
bool journal_is_id(Str name)
{
    enum { ID_MIN = 4, ID_MAX = 8 };
    bool ok = name.n_bytes >= ID_MIN && name.n_bytes <= ID_MAX && name.at[0] >= 'a' && name.at[0] <= 'z' && name.at[1] >= '0' &&
              name.at[1] <= '9';
    for (size_t i = 2; i < name.n_bytes && ok; i++) {
        ok = (name.at[i] >= 'a' && name.at[i] <= 'z') || (name.at[i] >= '0' && name.at[i] <= '9');
    }
    return ok;
}

static unsigned long long hash_of(Str event, Str title)
{
    unsigned long long hash = str_hash(event);
    return journal_is_id(event) ? hash : hash * 31 + str_hash(title);
}

static bool is_named(const JournalName *name, Str event, Str title)
{
    return str_eq(name->event, event) && (journal_is_id(event) || str_eq(name->title, title));
}

/* The slot of that name, or the free one for it; there is one. */
static size_t slot_of(const JournalTracks *tracks, Str event, Str title)
{
    size_t mask = tracks->slots.n - 1;
    size_t slot = (size_t)hash_of(event, title) & mask;
    while (tracks->slots.at[slot] != 0 && !is_named(&tracks->names.at[tracks->slots.at[slot] - 1], event, title)) {
        slot = (slot + 1) & mask;
    }
    return slot;
}

/* At most half of the slots are taken. */
static void grow(JournalTracks *tracks)
{
    size_t n_slots = tracks->slots.n < SLOTS_MIN ? SLOTS_MIN : tracks->slots.n * 2;
    vec_clear(&tracks->slots);
    for (size_t i = 0; i < n_slots; i++) {
        vec_push(&tracks->slots, 0);
    }
    for (size_t i = 0; i < tracks->names.n; i++) {
        tracks->slots.at[slot_of(tracks, tracks->names.at[i].event, tracks->names.at[i].title)] = (uint32_t)i + 1;
    }
}

/* From now on that is what the track's event is called. */
static void set_name(JournalTracks *tracks, Str event, Str title, size_t track)
{
    if (tracks->names.n * 2 >= tracks->slots.n) {
        grow(tracks);
    }
    size_t slot = slot_of(tracks, event, title);
    if (tracks->slots.at[slot] == 0) {
        vec_push(&tracks->names, (JournalName){ event, title, track });
        tracks->slots.at[slot] = (uint32_t)tracks->names.n;
    }
    tracks->names.at[tracks->slots.at[slot] - 1].track = track;
    tracks->tracks.at[track].event = event;
    tracks->tracks.at[track].title = title;
}

size_t journal_track_named(const JournalTracks *tracks, Str event, Str title)
{
    if (tracks->slots.n == 0) {
        return SIZE_MAX;
    }
    uint32_t name = tracks->slots.at[slot_of(tracks, event, title)];
    return name == 0 ? SIZE_MAX : tracks->names.at[name - 1].track;
}

size_t journal_track_of(const JournalTracks *tracks, const Event *event)
{
    Str title = journal_title(event->title);
    size_t track = event->id.n_bytes > 0 ? journal_track_named(tracks, event->id, title) : SIZE_MAX;
    if (track != SIZE_MAX) {
        return track;
    }
    track = journal_track_named(tracks, event->no, title);
    bool is_now =
        track != SIZE_MAX && str_eq(tracks->tracks.at[track].event, event->no) && str_eq(tracks->tracks.at[track].title, title);
    return is_now ? track : SIZE_MAX; /* else another one was called so before */
}

/* What the change makes of the event's name. */
static void follow(JournalTracks *tracks, const JournalEntry *entries, size_t n, size_t track)
{
    Str event = entries[0].event;
    Str title = entries[0].title;
    bool is_named_by_id = journal_is_id(event);
    for (size_t i = 0; i < n; i++) {
        Str field = entries[i].field;
        bool is_name =
            str_eq(field, field_info(FIELD_ID)->name) || (str_eq(field, field_info(FIELD_NO)->name) && !is_named_by_id);
        event = is_name && entries[i].became.n_bytes > 0 ? entries[i].became : event;
        title = str_eq(field, field_info(FIELD_TITLE)->name) && entries[i].became.n_bytes > 0 ? journal_title(entries[i].became)
                                                                                              : title;
        bool is_end = str_eq(field, STR(JOURNAL_DELETED));
        tracks->tracks.at[track].is_gone = is_end || (tracks->tracks.at[track].is_gone && !str_eq(field, STR(JOURNAL_INSERTED)));
        if (is_end || str_eq(field, STR(JOURNAL_INSERTED))) { /* the lines of its fields are no changes of its name */
            event = entries[0].event;
            title = entries[0].title;
        }
    }
    bool is_renamed = !str_eq(event, entries[0].event) || !str_eq(title, entries[0].title);
    if (is_renamed) { /* else it may have been called so before: a clock was set back */
        set_name(tracks, event, title, track);
    }
}

void journal_track(const Journal *journal, JournalTracks *out)
{
    *out = (JournalTracks){ 0 };
    const JournalEntryVec *entries = &journal->entries;
    for (size_t at = 0, n; at < entries->n; at += n) {
        const JournalEntry *first = &entries->at[at];
        n = journal_change_size(entries, at);
        size_t track = SIZE_MAX;
        if (first->event.n_bytes > 0 || first->title.n_bytes > 0) {
            track = journal_track_named(out, first->event, first->title);
            if (track == SIZE_MAX) {
                track = out->tracks.n;
                vec_push(&out->tracks, (JournalTrack){ 0 });
                set_name(out, first->event, first->title, track);
            }
            follow(out, first, n, track);
        }
        vec_push(&out->steps, (JournalStep){ at, n, track });
    }
}

void journal_tracks_done(JournalTracks *tracks)
{
    vec_done(&tracks->steps);
    vec_done(&tracks->tracks);
    vec_done(&tracks->names);
    vec_done(&tracks->slots);
}

/* What a pass of journal_match() compares of what has no partner yet. */
typedef struct Loose {
    size_t index;
    Str key;
} Loose;

typedef VEC(Loose) LooseVec;

static int by_key(const void *left, const void *right)
{
    return str_cmp(((const Loose *)left)->key, ((const Loose *)right)->key);
}

static void sort_loose(LooseVec *loose)
{
    if (loose->n > 1) {
        qsort(loose->at, loose->n, sizeof *loose->at, by_key);
    }
}

/* The end of those with the key of the one at begin. */
static size_t end_of_key(const LooseVec *loose, size_t begin)
{
    size_t end = begin + 1;
    while (end < loose->n && str_eq(loose->at[end].key, loose->at[begin].key)) {
        end++;
    }
    return end;
}

static void join_unique(const LooseVec *tracks, const LooseVec *events, size_t *matched, bool *is_taken)
{
    for (size_t t = 0, e = 0; t < tracks->n && e < events->n;) {
        int order = str_cmp(tracks->at[t].key, events->at[e].key);
        size_t t_end = end_of_key(tracks, t);
        size_t e_end = end_of_key(events, e);
        if (order == 0 && t_end == t + 1 && e_end == e + 1 && tracks->at[t].key.n_bytes > 0) {
            matched[tracks->at[t].index] = events->at[e].index;
            is_taken[events->at[e].index] = true;
        }
        t = order <= 0 ? t_end : t;
        e = order >= 0 ? e_end : e;
    }
}

static void match_loose(const JournalTracks *tracks, const Plan *plan, bool by_title, size_t *matched, bool *is_taken)
{
    LooseVec loose_tracks = { 0 };
    LooseVec loose_events = { 0 };
    for (size_t i = 0; i < tracks->tracks.n; i++) {
        const JournalTrack *track = &tracks->tracks.at[i];
        if (matched[i] == SIZE_MAX && !track->is_gone && !journal_is_id(track->event)) {
            vec_push(&loose_tracks, (Loose){ i, by_title ? track->title : track->event });
        }
    }
    for (size_t i = 0; i < plan->events.n && loose_tracks.n > 0; i++) {
        const Event *event = &plan->events.at[i];
        if (!is_taken[i]) {
            vec_push(&loose_events, (Loose){ i, by_title ? journal_title(event->title) : event->no });
        }
    }
    sort_loose(&loose_tracks);
    sort_loose(&loose_events);
    join_unique(&loose_tracks, &loose_events, matched, is_taken);
    vec_done(&loose_tracks);
    vec_done(&loose_events);
}

size_t *journal_match(const JournalTracks *tracks, const Plan *plan)
{
    size_t *matched = mem_new((tracks->tracks.n + 1) * sizeof *matched);
    bool *is_taken = mem_new((plan->events.n + 1) * sizeof *is_taken);
    for (size_t i = 0; i < tracks->tracks.n; i++) {
        matched[i] = SIZE_MAX;
    }
    for (size_t i = 0; i < plan->events.n && tracks->tracks.n > 0; i++) {
        size_t track = journal_track_of(tracks, &plan->events.at[i]);
        if (track != SIZE_MAX && matched[track] == SIZE_MAX) {
            matched[track] = i;
            is_taken[i] = true;
        }
    }
    match_loose(tracks, plan, true, matched, is_taken);
    match_loose(tracks, plan, false, matched, is_taken);
    free(is_taken);
    return matched;
}
