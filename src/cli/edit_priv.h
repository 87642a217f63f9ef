#ifndef VEKHA_CLI_EDIT_PRIV_H
#define VEKHA_CLI_EDIT_PRIV_H

#include "cli/cli_priv.h"
#include "vekha/core/change.h"
#include "vekha/store/store_next.h"

/* What the subcommands share that change a plan otherwise than by a mark. */

/* fields.c: FIELD=VALUE */

typedef enum FieldOwner { OWNER_EVENT, OWNER_PLAN, OWNER_SECTION } FieldOwner;

/** A field that was given, once: of a list the parties, one a line. */
typedef struct FieldSaid {
    Str key, value;
    bool is_added; /* += : to what there is */
} FieldSaid;
typedef VEC(FieldSaid) FieldSaidVec;

/** The key under which an event's section is given; it is no key of events. */
#define FIELDS_SECTION STR("section")

/** Is it written as FIELD=VALUE? */
bool fields_is_one(Str arg);
/**
 * Reads the arguments from `first` on: keys in English, by their Russian or English headings or by the document's own. False,
 * said already: a field that its owner does not have, or a value that cannot be one.
 */
bool fields_read(Cli *cli, const Plan *plan, FieldOwner owner, size_t first, FieldSaidVec *out) MUST_USE;
/** Takes the value of that key off the list; false: it was not given. */
bool fields_take(FieldSaidVec *fields, Str key, Str *value);
/** The change of an event by what was given, for change_of(). False, said already: a value is none. */
bool fields_edit(Cli *cli, const Plan *plan, size_t event, const FieldSaidVec *fields, Change *change) MUST_USE;

/* place.c: where an event is to stand */

/** The section that the text means: a title, a number, a path with « / », else the only one that has it in its title; empty: the
 * plan itself (-1). False, said already: none or several. */
bool place_section(Cli *cli, const Plan *plan, Str text, int *out) MUST_USE;

/** --after, --first and --section (or section=), as they were given. */
typedef struct PlaceSaid {
    Str after, section; /* at NULL: not given */
    bool is_first;
} PlaceSaid;

bool place_is_said(const PlaceSaid *said);
/** The place, where one is given; of what is not said the section of the event `near` counts (SIZE_MAX: the plan's last one). */
bool place_read(Cli *cli, const PlanFile *file, const PlaceSaid *said, size_t near, EventPlace *out) MUST_USE;

/* said.c: what is told of a change */

/** «Саянск, 5» */
Str said_name(Cli *cli, const PlanFile *file, size_t event);
/** The row, its {0} the name, {1} a text. */
void said_line(Cli *cli, TextId row, Str name, Str text);
/** A line a value: «Срок: «март» → «апрель»»; of a new deadline also how it is understood. event: as it is now. */
void said_edits(Cli *cli, const Plan *plan, size_t event, const Change *change);
/** How the event's deadline is understood, with warnings, and a warning where it has no date. */
void said_deadline(Cli *cli, const Plan *plan, size_t event);
/**
 * Says why a change was not made. Of a value that somebody changed meanwhile: which, what it is now, was and should have been,
 * and by the journal who did it and when. Returns false.
 */
bool said_failure(Cli *cli, const PlanFile *file, const Change *change, const Err *err);
/** The last entry of the journal that is of that event and field and led to that value; NULL: none, it was a hand. */
const JournalEntry *said_who(const Journal *journal, const JournalTracks *tracks, const Event *event, Str field, Str now);

/** The entry by which that event went; NULL: it was a hand, or it is there. */
const JournalEntry *said_who_deleted(const Journal *journal, const JournalTracks *tracks, const EventRef *event);
/** The last entry of what makes the event what it is instead of what it was (NULL: it was a hand); false: it is the same. */
bool said_who_changed(const Journal *journal, const JournalTracks *tracks, const Event *was, const Event *is,
                      const JournalEntry **out) MUST_USE;

/* said_next.c */

/** What a plan for the next year, which was made of the one that is open, has other than that, and what a person has to look at.
 */
void said_next_year(Cli *cli, const char *path, const NextYear *next);

#endif
