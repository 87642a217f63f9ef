#ifndef VEKHA_STORE_WRITEBACK_H
#define VEKHA_STORE_WRITEBACK_H

#include "vekha/base/err.h"
#include "vekha/core/change_set.h"
#include "vekha/doc/doc_entry.h"
#include "vekha/store/schema.h"

/**
 * A change of one event, made in the text and proven: read again, it is the old plan with exactly
 * this change. Neither on disk yet, nor part of the document. Zero is none; release with patch_done().
 */
typedef struct Patch {
    size_t from;       /* where the text differs from the old one: */
    Str before, after; /* these bytes became those; the views die when the patch is put or released */
    DocEntry *entry;   /* what was read again: the event's entry alone, */
    Doc *doc;          /* or, if it has none that can be, the whole new text, with its reading */
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
/** The same of all that the changes did, with bytes of the whole text that stand at from. */
bool patch_text_bytes(const Doc *doc, const Reading *reading, ChangeSet set, size_t from, const PatchBytes *bytes,
                      Patch *out) MUST_USE;

/** The whole new text, for the file. It lies in the patch or in doc, which is as it was, until another patch's is asked for. */
Str patch_text(Doc *doc, Patch *patch);
/**
 * Makes the patch part of the document and the reading, deadlines understood; empties it. What was read
 * again whole is new; else nodes, events and texts of all other entries stay where they are.
 */
void patch_put(Doc **doc, Reading *reading, size_t event, Patch *patch);

#endif
