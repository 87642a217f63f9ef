#ifndef VEKHA_STORE_JOURNAL_TRACK_H
#define VEKHA_STORE_JOURNAL_TRACK_H

#include <stdint.h>

#include "vekha/store/journal.h"

/** One event through all that its journal says of it: renumbered or given another title it stays the same. */
typedef struct JournalTrack {
    Str event, title; /* what it is called behind the last change */
    bool is_gone;     /* deleted, and not there again since */
} JournalTrack;

/** The entries of one change. */
typedef struct JournalStep {
    size_t first, n; /* in the journal's entries */
    size_t track;    /* SIZE_MAX: of no event */
} JournalStep;

typedef struct JournalName {
    Str event, title;
    size_t track;
} JournalName;

/** A journal by changes and events, both from the oldest on. Borrows the journal's texts. Zero is empty. */
typedef struct JournalTracks {
    VEC(JournalStep) steps;
    VEC(JournalTrack) tracks;
    VEC(JournalName) names;
    VEC(uint32_t) slots; /* of names */
} JournalTracks;

void journal_track(const Journal *journal, JournalTracks *out);
void journal_tracks_done(JournalTracks *tracks);
/** The track of what is or was called so; SIZE_MAX: none. */
size_t journal_track_named(const JournalTracks *tracks, Str event, Str title);
/** The track of an event as it is now: by id, else by number and title; SIZE_MAX: the journal says nothing of it. */
size_t journal_track_of(const JournalTracks *tracks, const Event *event);

/**
 * Which of the plan's events each track is, SIZE_MAX: none; as many as there are tracks, release with free(). By id; else by
 * number and title, by title, by number, each where unique on both sides: somebody may have edited the file by hand.
 */
size_t *journal_match(const JournalTracks *tracks, const Plan *plan) MUST_USE;

/** A field from what it was then to what it is now. */
typedef struct JournalDiff {
    Str field, was, became;
} JournalDiff;

/** What has become of one event since some moment; something has. */
typedef struct EventSince {
    size_t event;               /* in the plan; SIZE_MAX: it is not there any more */
    Str name, title;            /* its id or number, and its title, by the journal */
    const JournalEntry *last;   /* who was the last, and when */
    bool is_new, is_placed;     /* it came; it was moved to another place */
    size_t first_diff, n_diffs; /* each field once, in the order of fields; none of an event that is gone */
} EventSince;

typedef struct JournalSince {
    Arena arena;
    VEC(JournalDiff) diffs;
    VEC(EventSince) events; /* in the order of the plan, then those that are gone */
} JournalSince;

/**
 * What has changed from that moment on (clock_utc_ms()), by the journal; what fields are now the plan says. What was changed and
 * changed back, or came and went, is not among it. Borrows journal and plan.
 */
void journal_since(const Journal *journal, const JournalTracks *tracks, const Plan *plan, long long since_ms, JournalSince *out);
void journal_since_done(JournalSince *since);

#endif
