#ifndef VEKHA_CORE_PLAN_H
#define VEKHA_CORE_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/mem.h"
#include "vekha/base/vec.h"
#include "vekha/core/date.h"
#include "vekha/core/deadline.h"
#include "vekha/core/occurrence.h"
#include "vekha/core/status.h"

/*
 * A plan as it was read: events in file order, sections as a flat list in that same order. Texts are views
 * into the document that it was read from, or lie in the plan's arena: they live as long as both. A missing
 * text is empty, a missing day 0.
 */

typedef struct StrList {
    const Str *at;
    size_t n;
} StrList;

/** A mark of one occurrence of a recurring event. */
typedef struct Mark {
    Str at; /* which occurrence, in canonical notation */
    Status status;
    Day done, confirmed;
    Str by, evidence, note, confirmed_by;
} Mark;

/** A mark, and which of the event's occurrences it is of. */
typedef struct MatchedMark {
    const Mark *mark;
    unsigned occurrence;
} MatchedMark;

/** An earlier deadline of an event that was moved. */
typedef struct Was {
    Str when, dates, by, reason;
    Day on;
} Was;

/** What a merge could not decide: the event has the one value, the other side wanted that one. */
typedef struct Conflict {
    Str field, base, theirs; /* the key of the field; what it was; what the others made of it */
} Conflict;

/** A text under a key of the plan's own columns. */
typedef struct OwnText {
    Str key, text;
} OwnText;

/** A deadline, understood: shared by all events of the plan that have the same phrase. */
typedef struct Due {
    Deadline deadline;
    Span days; /* 0: open or unknown */
    const Occurrence *occurrences;
    size_t n_occurrences, n_required;
    int longest; /* days from the first to the last of the longest occurrence */
} Due;

typedef struct Event {
    Str id, no, title, when, dates, result;
    StrList responsible;
    Status status;
    Day done, confirmed, cancelled;
    Str by, evidence, note, confirmed_by, reason;
    const Was *was;
    const Mark *marks;
    const Conflict *conflicts;
    const OwnText *own;
    const MatchedMark *matched; /* the marks that are of an occurrence, in the order of those; set by plan_resolve() */
    unsigned n_was, n_marks, n_conflicts, n_own, n_matched;
    int section;    /* index in the plan's sections; -1: directly in the plan */
    int line;       /* where it begins in its file, from 1 */
    const Due *due; /* set by plan_resolve() */
} Event;

typedef struct Section {
    Str no, title, goal;
    int parent; /* index, -1: top */
    int depth;  /* 0: top */
    int line;
} Section;

typedef struct Approval {
    Str stamp, post, organization, name, document, date;
} Approval;

typedef struct Signature {
    Str post, name, date;
} Signature;

/** A column of the document, in its order: a key of the events and the heading above it. */
typedef struct Heading {
    Str key, text;
} Heading;

typedef struct Plan {
    Arena arena;
    Str title, short_name, organization, basis, preamble;
    int format; /* of the file; 0: not said */
    Span period;
    const Calendar *calendar; /* NULL: the default one */
    VEC(Approval) approvals;
    VEC(Heading) headings;
    VEC(Section) sections;
    VEC(Event) events;
    VEC(Signature) signatures;
} Plan;

enum {
    PLAN_FORMAT = 1,
    PLAN_MAX_OCCURRENCES = 1 << 20 /* of all phrases together; what recurs beyond that has the days of the whole only */
};

/** Releases all that the plan holds; a zero plan is fine. */
void plan_done(Plan *plan);

/** Are those days the plan's own, or more? Never where the plan's period is not known. */
bool plan_fills(const Plan *plan, Span days);
/** The context in which the plan's deadlines are read. */
DeadlineContext plan_context(const Plan *plan);
/** Understands every deadline, once per distinct phrase, and finds the marks of its occurrences. Until then `due` is NULL. */
void plan_resolve(Plan *plan);
/** The same for one event that changed, when all others are understood. */
void plan_resolve_event(Plan *plan, size_t event);
/** The same for one event whose marks alone are others: its deadline is understood. */
void plan_resolve_marks(Plan *plan, size_t event);
/** What one phrase means; dates, where they are given and canonical, instead of the phrase. Items lie in the arena. */
void due_read(Str when, Str dates, const DeadlineContext *context, Arena *arena, Due *out);

/** The document's own heading of a column; empty if it has none. */
Str plan_heading(const Plan *plan, Str key);
/** Titles of the event's sections from the top, joined by « / ». */
void plan_add_section(StrBuf *out, const Plan *plan, const Event *event);

/**
 * Which event "5", "5.", "id:k3f9" or "+7" (the seventh of the file) names. Appends the index of each
 * that it fits to found; none or more than one is for the caller to say.
 */
typedef VEC(size_t) IndexVec;
void plan_find(const Plan *plan, Str name, IndexVec *found);

/** How far an event's occurrences are; all zero without required ones. */
typedef struct Progress {
    size_t n_required, n_closed, n_confirmed, n_marked;
} Progress;

Progress event_progress(const Event *event);
/** The status that counts: of required occurrences unless a person closed the whole event. */
Status event_status(const Event *event);
/** The mark of that occurrence, which is one of event->due, or NULL. */
const Mark *event_mark(const Event *event, const Occurrence *occurrence);
/** The same by its name. */
const Mark *event_mark_at(const Event *event, Str at);
/** Index of the earliest required occurrence that is not closed, or SIZE_MAX. */
size_t event_next_occurrence(const Event *event);
/** The days that count today: of the next open occurrence, else of the whole deadline. */
Span event_days(const Event *event);
/** Its nearest last day from today on, of occurrences that are not closed where it has them; 0: none. */
Day event_next_day(const Event *event, Day today);

typedef struct StateOn {
    State state;
    int days; /* late: since the last day; soon: until it */
} StateOn;

/** Needs plan_resolve(). */
StateOn event_state(const Event *event, Day today);
/** How one occurrence stands: its own mark counts, but where a person closed the whole event nothing is open any more. */
typedef struct OccurrenceState {
    Status status;
    State state;
    bool is_late;
} OccurrenceState;

/** Of the occurrence of that index in event->due. Needs plan_resolve(). */
OccurrenceState event_occurrence_state(const Event *event, size_t index, Day today);
/** «просрочено на 12 дней» */
void event_add_state(StrBuf *out, Lang lang, const Event *event, Day today);
/** What to call it in a message: «№ 5», or the beginning of its title. */
void event_add_label(StrBuf *out, const Event *event);
/** One column: state_glyph(). */
Str event_glyph(const Event *event, Day today);
/** So many days late, in nine columns at most: «проср. 40», of long ago years alone. */
void event_add_late_brief(StrBuf *out, Lang lang, int days);
/** Nine columns at most: «проср. 40» (days), «7 из 12», «в работе», «близко». */
void event_add_brief(StrBuf *out, Lang lang, const Event *event, Day today);
/** The status in words, and with required occurrences how many are closed: «в работе, 7 из 12». */
void event_add_status(StrBuf *out, Lang lang, const Event *event);
/** Parties joined with « , » as exports have them. */
void event_add_responsible(StrBuf *out, const Event *event);

#endif
