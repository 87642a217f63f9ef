#ifndef VEKHA_STORE_STORE_H
#define VEKHA_STORE_STORE_H

#include <stdbool.h>

#include "vekha/base/err.h"
#include "vekha/core/change_set.h"
#include "vekha/core/check.h"
#include "vekha/core/plan.h"

/**
 * The open plan files: those of the folders, each in the Russian order of its names, then those named singly. A file that cannot
 * be read is among them, with the reason; it never stops the rest.
 */
typedef struct Store Store;

/** One file. All of it dies when the file is read again: after store_apply() or store_refresh() said so. */
typedef struct PlanFile {
    Str path;
    Str name;                   /* without folder and suffix */
    const Plan *plan;           /* never NULL; of a broken file what was read before the break */
    const ProblemVec *problems; /* found in reading, in file order */
    bool is_broken;             /* cannot be read whole: why says where and why; not to be changed */
    bool is_read_only;          /* may be read, not changed: a newer format, too many events */
    bool may_write;             /* this account has the right to, as of the last look */
    Err why;
} PlanFile;

/** Without any file; release with store_free(). */
Store *store_new(void) MUST_USE;
/**
 * Opens the plans of a folder, or one file. False, with the reason, only when there is no such folder or
 * file, or it cannot be read; a folder without plans adds nothing.
 */
bool store_add(Store *store, const char *path, Err *err) MUST_USE;
/** A new store of that folder or file; NULL, with the reason, when it cannot be had. */
Store *store_open(const char *path, Err *err) MUST_USE;
void store_free(Store *store); /* NULL is fine */

/** The first folder that was opened; empty if none was. */
Str store_folder(const Store *store);
/** Was one file opened, and no folder? */
bool store_is_single(const Store *store);
size_t store_count(const Store *store);
const PlanFile *store_file(const Store *store, size_t file);
/** The vekha.yaml beside plans that are open; without problems if there is none. It dies as a file does. */
typedef struct SettingsFile {
    Str path;
    const ProblemVec *problems;
} SettingsFile;

size_t store_settings_count(const Store *store);
/** The school calendar that a folder sets for its plans, opened or not, with the defaults. Its lists live as long as store. */
Calendar store_calendar(Store *store, const char *folder);
const SettingsFile *store_settings(const Store *store, size_t index);

/** What one change did to a file, so that it can be taken back and made again. Owns all that it needs. */
typedef struct Undo Undo;

/**
 * Makes the change and has it on disk before it returns true. Under the folder's lock: reads the
 * file anew if it is no longer the one that was read, compares, splices, reads the result, and writes
 * only if that differs from the file by exactly this change. False: nothing was written, or the message says what
 * was (see file_replace()); the kind says why (ERR_CONFLICT: somebody changed it meanwhile, and the file was read anew).
 *
 * @out_undo  may be NULL; on success what was done, released with undo_free(); else NULL
 */
bool store_apply(Store *store, size_t file, const Change *change, Undo **out_undo, Err *err) MUST_USE;

/** The same for several changes of one plan: all or none, one step back. */
bool store_apply_all(Store *store, size_t file, ChangeSet set, Undo **out_undo, Err *err) MUST_USE;

/**
 * Takes the change back in the same way. If the event's bytes are as the change left them, they are
 * again what they were before it, to the byte; if something else of the event changed meanwhile, its
 * fields go back by compare-and-set. ERR_CONFLICT where neither can be: nothing is written.
 */
bool store_undo(Store *store, Undo *undo, Err *err) MUST_USE;
/** Makes it again after store_undo(), to the byte where the event is as that left it. */
bool store_redo(Store *store, Undo *undo, Err *err) MUST_USE;
/** The changes that were made (and the first of them), and the path of their file; they live as long as undo. */
ChangeSet undo_changes(const Undo *undo);
const Change *undo_change(const Undo *undo);
Str undo_path(const Undo *undo);
void undo_free(Undo *undo); /* NULL is fine */

/** Who makes the changes from now on, for the plans' journals; copied. */
void store_set_author(Store *store, Str who);
/** The moment that the journals are to have (clock_utc_ms()), for tests; 0: the clock's. */
void store_set_now(Store *store, long long utc_ms);
/**
 * Has the journals' lines on disk. A plan is there before store_apply() returns, its journal's line is written, but a power cut
 * may take it until this; whoever shows the change does so first, and calls this at once. Closing a store does it too.
 */
void store_sync(Store *store);
/** Why the last change, which is made, is not in its plan's journal; false: it is. It is told once. */
bool store_take_warning(Store *store, Err *err) MUST_USE;

/** Looks at the files and their settings, and reads again what changed, came or went. True if anything did. */
bool store_refresh(Store *store);
/**
 * How long a file that changed or went has to be left alone before store_refresh() believes it: editors take it away and put
 * a new one there, or write it piece by piece. At first 0; one that never rests is read within a second all the same.
 */
void store_set_rest(Store *store, int rest_ms);
/** Waits for a broken file, 0.3 s at most: somebody may just be writing it in place. True: it is whole. */
bool store_wait_whole(Store *store, size_t file);
/** In how many milliseconds store_sync() or store_refresh() has something to do again; -1: nothing that it knows of. */
int store_wait_ms(const Store *store);

/**
 * All problems of a file: of reading and, if it can be read whole, of the rules; with places, in file order. Strings live in
 * arena and file; words in them are of that language.
 */
void store_check(const Store *store, size_t file, Day today, Lang lang, Arena *arena, ProblemVec *out);

#endif
