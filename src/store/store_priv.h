#ifndef VEKHA_STORE_PRIV_H
#define VEKHA_STORE_PRIV_H

#include "vekha/base/file.h"
#include "vekha/store/schema.h"
#include "vekha/store/store.h"
#include "vekha/store/writeback.h"
#include <stdint.h>

/* schema_reader.c: values out of nodes, by tables of keys */

typedef enum KeyType {
    KEY_TEXT,
    KEY_TEXTS,
    KEY_DAY,
    KEY_STATUS,
    KEY_PERIOD,
    KEY_ELSEWHERE /* known, but read by a function of its own */
} KeyType;

typedef struct KeyRow {
    Str name;
    KeyType type;
    size_t offset; /* of the member in its record */
} KeyRow;

typedef enum PlaceKind { PLACE_PROBLEM, PLACE_ARGUMENT, PLACE_EVENT, PLACE_SECTION } PlaceKind;

/* What is to be told the line of a byte (a problem, its column too), once all is read. */
typedef struct Place {
    PlaceKind kind;
    uint32_t byte;
    size_t index;
} Place;

typedef struct Reader {
    const Doc *doc;
    Reading *out;
    KeyRow event_keys[FIELD_COUNT];
    KeyRow mark_keys[FIELD_COUNT + 1];
    size_t n_mark_keys;
    const Str *columns; /* the keys of the plan's own columns, sorted */
    size_t n_columns;
    bool is_aliased; /* what is read now is reached through an alias */
    VEC(Place) places;
} Reader;

/** What is in a mapping, and what becomes of keys that are not in the table (NULL: an `unknown-key`). */
typedef struct RecordType {
    Str name; /* the key under which it stands; empty: the plan itself */
    const KeyRow *rows;
    size_t n_rows;
    bool (*own)(Reader *r, const Node *key, void *record); /* true: the key was taken */
} RecordType;

void reader_init(Reader *r);
/** Fills record's members from the map's keys; problems go to the reading. NULL where all keys are KEY_ELSEWHERE. */
void reader_record(Reader *r, const Node *item, const RecordType *type, void *record);
/** A text, or a problem and false. Nothing (null) is an empty text. */
bool reader_text(Reader *r, Str key, const Node *value, Str *out);
/** Reads each item of a list, or the one value that stands in its place; nothing (null) has none. */
void reader_each(Reader *r, const Node *value, void (*read)(Reader *r, const Node *item, void *into), void *into);
/** An `error` for each key that stands in the map before. */
void reader_duplicates(Reader *r, const Node *map);
/** The event or section of that index gets the line of the node when all is read. */
void reader_line(Reader *r, const Node *node, bool is_section, size_t index);
/** The problem of that index gets the line and column of the node when all is read. */
void reader_place(Reader *r, const Node *node, size_t problem);
/** Fills in all places; in time in proportion to the file, however long its lines are. */
void reader_done(Reader *r);
void reader_problem(Reader *r, Rule rule, const Node *at, TextId text, TextArg first, TextArg second);
void reader_wrong_type(Reader *r, Str key, const Node *at, TextId wanted);
/** A failure of the layer below, as a problem. */
void reader_err(Reader *r, Rule rule, const Err *err);

/* schema_event.c */
/** Which keys of events are own columns, by the plan's headings. */
void reader_columns(Reader *r);
void reader_event(Reader *r, const Node *item, int section);

void problems_sort(ProblemVec *problems);

/* schema_calendar.c */
/** Reads the mapping over what the reading's calendar has already; wrong values leave what was. */
void reader_calendar(Reader *r, const Node *value);
/** Reads vekha.yaml: the reading has a calendar, unless it is broken, and problems, but no plan. */
void schema_read_settings(const Doc *doc, Reading *out);

/* schema.c */

/** Reads the one event that map is, of that section, into out, whose plan's headings and arena are used. */
void schema_read_event(const Doc *doc, const Node *map, int section, Reading *out);

/* writeback_put.c */

/** Makes the event's entry, as the patch has it, part of the document and of its reading. */
void put_entry(Doc *doc, Reading *reading, size_t event, Patch *patch);
/** The same for runs of events. */
void put_runs(Doc *doc, Reading *reading, Patch *patch);

/* writeback_run.c */

/** An event that comes, goes or moves, by reading its neighbours alone; false: that cannot be, the whole is to be read. */
bool patch_runs(const Doc *doc, const Reading *reading, const Change *change, const ChangeTarget *target, Patch *out) MUST_USE;

/* store_settings.c */

/** The vekha.yaml of a folder; there need not be any. */
typedef struct Settings {
    SettingsFile face;
    char *path;
    Doc *doc;
    Reading reading; /* with a calendar and problems alone */
    FileMark mark;
} Settings;

/** Those beside a plan, read when they are first asked for. They belong to the store. */
Settings *settings_beside(Store *store, const char *plan);
/** Reads them again if they changed: true. All readings with their calendar are then to be made anew. */
bool settings_refresh(Settings *settings);
void settings_free(Settings *settings);

/* journal_change.c */

/** Whoever changes the plans of a store, for their journals. */
typedef struct JournalPen {
    StrBuf who;
    long long now_ms; /* a clock that stands still; 0: the system's */
    Err warning;      /* why the last change is not in its journal */
} JournalPen;

/* store.c */

/** A file with all that was made of it. */
typedef struct OpenFile {
    PlanFile face; /* first: what others see */
    char *path;
    Doc *doc;
    Reading reading;
    FileMark mark;
    long long read_ms;              /* clock_ms() before it was read */
    int n_looks;                    /* how often it was compared since, byte by byte */
    unsigned long long broken_hash; /* of the text that could not be read whole, in whose place an older one may be open */
    bool is_resting;                /* its mark is another one, perhaps only for a moment */
    FileMark rest_mark;
    long long rest_ms, unrest_ms; /* clock_ms() since that is its mark; since it is not the one that was read */
    bool is_unread;               /* it lies there and could not be read; perhaps in a moment it can */
    Settings *settings;
    JournalPen *pen;    /* the store's */
    bool has_wet_lines; /* its journal has lines that may not be on disk yet */
    bool is_named;      /* asked for by itself: it stays when it is gone, as a broken row */
} OpenFile;

typedef VEC(OpenFile *) FileVec;

typedef VEC(char *) PathVec;

struct Store {
    PathVec folders;
    VEC(Settings *) settings;
    JournalPen pen;
    int rest_ms;
    FileVec files; /* those of the folders, then those that were named, as they were asked for */
};

/* store_file.c */

/** Takes the path, and reads the file; what cannot be read at all stands there empty, with the reason. */
OpenFile *open_file_new(Store *store, char *path);
void open_file_free(OpenFile *file);
/** Frees what was made of it. */
void open_file_drop(OpenFile *file);
/**
 * Reads a file that is open once more. Where it cannot be read now (somebody writes it in place, say), what was
 * read before stays in view, as that of a broken file: it cannot be changed. Else old gets the content that
 * was, to be dropped.
 */
void open_file_reload(OpenFile *file, OpenFile *old);
/** Its content lies on disk as it is open, and was seen with that mark now. */
void open_file_saw(OpenFile *file, FileMark mark);
/** Makes that document its content; the old one goes. */
void open_file_set(OpenFile *file, Doc *doc);

/* store_look.c */

/** How often, and in what steps, a file that is broken is looked at again: somebody may be writing it in place. */
enum { WHOLE_TRIES = 15, WHOLE_STEP_MS = 20 };

/** Is it another one than the one that was read? Before a save the looks that are not due yet are made too. */
bool open_file_is_other(OpenFile *file, bool before_save);
/** Has it changed so lately that it may be about to change again? Not after a second of it. */
bool open_file_is_resting(OpenFile *file, int rest_ms);

/* journal_change.c */

/**
 * The change is on disk (or taken back there): the same in the file's journal. What is open is still as it was before, with the
 * targets in it. What fails becomes the store's warning.
 */
void store_journal(OpenFile *file, ChangeSet set, const ChangeTarget *targets);
/** Has the lines on disk that it wrote. What fails becomes the store's warning. */
void store_journal_sync(OpenFile *file);

#endif
