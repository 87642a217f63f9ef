#ifndef VEKHA_BASE_LOG_H
#define VEKHA_BASE_LOG_H

#include "vekha/base/file.h"

/*
 * A log: a file in a folder of its own, beside the file that it tells of. Lines are only ever added to it. Neither
 * the folder nor the log is ever a symlink: what is written must not land elsewhere.
 */

/** Where it lies. All are borrowed, for one call. */
typedef struct LogPlace {
    const char *beside; /* the file that it tells of, symlinks resolved: whoever may write that may write the log */
    const char *folder; /* the name of the log's folder, beside that file */
    const char *name;   /* of the log, in its folder */
} LogPlace;

/**
 * Appends whole lines with one write: whoever reads the log has them, also if we are killed now; that a power cut leaves them
 * takes log_sync(). Folder and log are made where they are not there, for all who may
 * write in the file's folder and the file. What somebody left without a line feed at its end gets one first. It never waits for
 * anything but the disk.
 */
bool log_append(const LogPlace *place, Str lines, Err *err) MUST_USE;
/** Has on disk what was appended. A log that is not there any more has nothing to lose. */
bool log_sync(const LogPlace *place, Err *err) MUST_USE;
/**
 * Appends the last max_bytes of the log to out, from the beginning of a line on; *is_cut: there was more before them.
 * A log that is not there is empty. The mark is that of log_mark().
 */
bool log_read(const LogPlace *place, size_t max_bytes, StrBuf *out, bool *is_cut, FileMark *mark, Err *err) MUST_USE;
/** Another one whenever the log is; zero if it is not there. */
FileMark log_mark(const LogPlace *place);

#endif
