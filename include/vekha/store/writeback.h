#ifndef VEKHA_STORE_WRITEBACK_H
#define VEKHA_STORE_WRITEBACK_H

#include "vekha/base/err.h"
#include "vekha/core/change_set.h"
#include "vekha/doc/doc_entry.h"
#include "vekha/store/schema.h"

/** Bytes of the old text that became others. */
typedef struct PatchPiece {
    size_t from; /* in the old text */
    Str before, after;
} PatchPiece;

/** Neighbouring events that were read again alone, and how many they were. */
typedef struct PatchRun {
    DocEntry *entry;
    size_t first, n_old;
} PatchRun;

enum { PATCH_MAX_RUNS = 2 };

/**
 * Changes of a plan, made in the text and proven: read again, it is the old plan with exactly
 * these changes. Neither on disk yet, nor part of the document. Zero is none; release with patch_done().
 */
typedef struct Patch {
    PatchPiece pieces[PATCH_MAX_RUNS]; /* in the order of the text; the views die when the patch is put or released */
    size_t n_pieces;
    DocEntry *entry; /* what was read again: one event's entry alone, */
    PatchRun runs[PATCH_MAX_RUNS]; /* or the neighbours of an event that came, went or moved; in the order of the text, */
    size_t n_runs;
    Doc *doc; /* or, where they cannot be read alone, the whole new text, with its reading */
    Reading reading;
} Patch;

void patch_done(Patch *patch);

/**
 * Makes the changes, all or none, at their targets in reading. ERR_CONFLICT where what they start from no longer
 * holds, ERR_REFUSED where it cannot be done safely; then out is empty.
 */
bool patch_changes(const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets, Patch *out,
                   Err *err) MUST_USE;
/** The same, and the whole file is read again, whatever they are: slower, the judge of the other way. */
bool patch_changes_whole(const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets, Patch *out,
                         Err *err) MUST_USE;

/** Bytes that a change made of others. */
typedef struct PatchBytes {
    const Change *change; /* of an entry: the edits of its event */
    Str before, after;
    bool is_back; /* after becomes before again */
} PatchBytes;

/** Puts the event's entry back as it was before the change, or makes it what it was after it. False: it is not as it was left. */
bool patch_entry_bytes(const Doc *doc, const Reading *reading, size_t event, const PatchBytes *bytes, Patch *out) MUST_USE;
/** The same of all that the changes did, where it stands in the whole text; is_back: the changes go. */
bool patch_text_bytes(const Doc *doc, const Reading *reading, ChangeSet set, const PatchPiece *pieces, size_t n_pieces,
                      bool is_back, Patch *out) MUST_USE;

/** The whole new text, for the file. It lies in the patch or in doc, which is as it was, until another patch's is asked for. */
Str patch_text(Doc *doc, Patch *patch);
/**
 * Makes the patch part of the document and the reading, deadlines understood; empties it. What was read
 * again whole is new; else nodes, events and texts of all other entries stay where they are.
 */
void patch_put(Doc **doc, Reading *reading, size_t event, Patch *patch);

#endif
