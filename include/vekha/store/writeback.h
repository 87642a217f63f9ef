#ifndef VEKHA_STORE_WRITEBACK_H
#define VEKHA_STORE_WRITEBACK_H

#include "vekha/base/err.h"
#include "vekha/core/change.h"
#include "vekha/store/schema.h"

/**
 * The text that the change makes of doc, proven: read again, it is the old plan with exactly this
 * change. ERR_CONFLICT where a `before` no longer holds, ERR_REFUSED where it cannot be done safely;
 * then nothing is handed over.
 *
 * @event        index of the event in reading
 * @out_doc      the new document; the caller's to free
 * @out_reading  its reading; the caller's, reading_done()
 */
bool writeback(const Doc *doc, const Reading *reading, size_t event, const Change *change, Doc **out_doc, Reading *out_reading,
               Err *err) MUST_USE;

#endif
