#include "vekha/store/journal_track.h"

#include "vekha/core/field.h"

enum { SLOTS_MIN = 64 };

/* A letter, a digit, then 2 to 6 of a-z0-9: such a name stays when the title changes. */
static bool is_id(Str name)
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
    return is_id(event) ? hash : hash * 31 + str_hash(title);
}

static bool is_named(const JournalName *name, Str event, Str title)
{
    return str_eq(name->event, event) && (is_id(event) || str_eq(name->title, title));
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
    bool is_named_by_id = is_id(event);
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
