#ifndef VEKHA_STORE_JOURNAL_H
#define VEKHA_STORE_JOURNAL_H

#include "vekha/base/file.h"
#include "vekha/base/vec.h"
#include "vekha/core/change.h"
#include "vekha/doc/doc.h"

/*
 * Who changed what and when: `.journal/NAME.tsv` beside the plan NAME.yaml (of NAME.yml: NAME.yml.tsv). One line a
 * field, seven columns: time, who, event, title, field, was, became. vekha(5) says how they are written.
 */

enum { JOURNAL_MAX_MIB = 64, JOURNAL_MAX_LINES = 500000, JOURNAL_TITLE_COLS = 40 };

/* In bytes: the longest value that a plan can hold is kept whole. Journals of earlier versions have values cut at less. */
enum { JOURNAL_VALUE_MAX = DOC_MAX_VALUE_KIB * 1024, JOURNAL_VALUE_CUT_AT_LEAST = 1024 };

/** What stands in the column of fields where it is no field that was changed. */
#define JOURNAL_INSERTED "+" /* the event came, to that place; a line for each of its fields follows */
#define JOURNAL_DELETED "-"  /* the event went, from that place; a line for each of its fields comes before it */
/* It stands elsewhere. A sign, since a plan may have a column of any name. Was and became: */
#define JOURNAL_MOVED "@" /* a section by its titles, a line feed, and behind which event; else as the first */
#define JOURNAL_REST "#"  /* comments and unknown keys that went with the event; nobody but people reads them */

/** One line. */
typedef struct JournalEntry {
    long long time; /* as clock_utc_ms() counts */
    Str who;        /* may be empty */
    Str event;      /* its id, else its number, as it was called before the change; empty: of no event */
    Str title;      /* cut to JOURNAL_TITLE_COLS */
    Str field;      /* its key in the file; of an occurrence's mark "marks[2022-03].status" */
    Str was, became;
    size_t line; /* in the part that was read, from 1 */
} JournalEntry;

typedef VEC(JournalEntry) JournalEntryVec;

/** Appends the entry as a line, with its line feed: whatever its texts hold, one line of valid UTF-8 without control characters.
 */
void journal_add_line(StrBuf *out, const JournalEntry *entry);
/** The other way round; false: it is none. Texts are views into the line, or lie in the arena. */
bool journal_parse_line(Str line, Arena *arena, JournalEntry *out) MUST_USE;
/** "2022-05-10T09:30:00.000Z" */
void journal_add_time(StrBuf *out, long long utc_ms);
/** The same, also without a fraction; false if it is no such moment of the years 1 to 9999. */
bool journal_parse_time(Str text, long long *out) MUST_USE;
/** The value as a line holds it: one over JOURNAL_VALUE_MAX bytes is cut at a character, and "…#" with its hash follows. */
void journal_add_value(StrBuf *out, Str value);
/** The title as a line holds it. */
Str journal_title(Str title);
/** Is what an entry calls its event an id, which stays when title and number change? */
bool journal_is_id(Str name);

/** What a change did, as entries without time and person. Their texts are the change's, or lie in arena. */
void journal_add_change(JournalEntryVec *out, Arena *arena, const Change *change);

/**
 * Appends all entries to the journal of the plan with that path, with one write. Nothing is said of no entries. They are
 * written, but perhaps not on disk before journal_sync().
 */
bool journal_append(const char *plan, const JournalEntry *entries, size_t n_entries, Err *err) MUST_USE;
bool journal_sync(const char *plan, Err *err) MUST_USE;

/** A journal as it was read. Zero is an empty one; release with journal_done(). */
typedef struct Journal {
    StrBuf text;
    Arena arena;
    JournalEntryVec entries; /* by time, as they stand where that is the same */
    size_t n_skipped;        /* lines that are none: torn, or of somebody else */
    bool is_cut;             /* the journal is so long that only its end was read */
    FileMark mark;
} Journal;

/** Reads what there is; false, with the reason, if it cannot be read: then it is empty. No journal is an empty one. */
bool journal_read(const char *plan, Journal *out, Err *err) MUST_USE;
/** The same from a text, which is copied. */
void journal_read_text(Str text, Journal *out);
/** Another one whenever the journal of that plan is. */
FileMark journal_mark(const char *plan);
void journal_done(Journal *journal);

/** How many entries from `from` on are of one change: at once, by one person, of one event, no field twice. */
size_t journal_change_size(const JournalEntryVec *entries, size_t from);

#endif
