#ifndef VEKHA_TESTS_PATCH_H
#define VEKHA_TESTS_PATCH_H

#include "vekha/store/writeback.h"

/* The patch of one change of that event, the way that comes first, and with the whole file read again. */

static inline bool patch_one(const Doc *doc, const Reading *reading, size_t event, const Change *change, Patch *out, Err *err)
{
    const ChangeTarget target = { .event = event, .section = -1, .after = SIZE_MAX };
    return patch_changes(doc, reading, (ChangeSet){ change, 1 }, &target, out, err);
}

static inline bool patch_one_whole(const Doc *doc, const Reading *reading, size_t event, const Change *change, Patch *out,
                                   Err *err)
{
    const ChangeTarget target = { .event = event, .section = -1, .after = SIZE_MAX };
    return patch_changes_whole(doc, reading, (ChangeSet){ change, 1 }, &target, out, err);
}

#endif
