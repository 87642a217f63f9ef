#ifndef VEKHA_STORE_DRAFT_FILE_H
#define VEKHA_STORE_DRAFT_FILE_H

#include <stdbool.h>

#include "vekha/base/vec.h"
#include "vekha/store/draft.h"

enum { DRAFT_NAME_SIZE = 64, DRAFT_MAX_CLAIMED = 20 };

/**
 * The file of one draft in the folder of them. While it is held it is locked for the open file: no other run takes it. The lock
 * dies with the process, so neither a restart of the machine nor another process of that number matters, and it holds over NFS;
 * on a file system without locks the file counts as nobody's. Zero: no file.
 */
typedef struct DraftFile {
    char name[DRAFT_NAME_SIZE]; /* in the folder; empty: none is written yet */
    int fd;
    bool is_held;
} DraftFile;

/** Appends where this account's drafts lie: by XDG_STATE_HOME, else in the home folder. Nothing if there is neither. */
void draft_add_folder(StrBuf *out);
/** Appends the path of a plan as drafts have it: absolute, symlinks resolved where it can be found. */
void draft_add_plan(StrBuf *out, Str path);

/**
 * Writes the draft and has it on disk: 0600, in the folder, which is made (0700) if need be; a new file at first, then in
 * place of the one before. Failing, that one stays as it was; err's {0} is the path, {1} what the system says.
 */
bool draft_file_write(const char *folder, DraftFile *file, const Draft *draft, Err *err) MUST_USE;
/** It is answered or thrown away: the file goes. Without a file nothing happens. */
void draft_file_remove(const char *folder, DraftFile *file);
/** Lets go of it: it lies there for the next run. */
void draft_file_release(DraftFile *file);

/** A draft that no run holds but this one now. */
typedef struct FoundDraft {
    Draft draft;
    DraftFile file;
} FoundDraft;

typedef VEC(FoundDraft) FoundDraftVec;

/**
 * Takes hold of the drafts that no run holds and that are wanted; texts are in arena. The newest come last; of more than
 * DRAFT_MAX_CLAIMED the oldest are left for later. What is no draft, or torn, lies where it is. Without a folder: none.
 */
void draft_files_claim(const char *folder, bool (*is_wanted)(void *context, const Draft *draft), void *context, Arena *arena,
                       FoundDraftVec *out);

#endif
