#ifndef VEKHA_CORE_STATUS_H
#define VEKHA_CORE_STATUS_H

#include <stdbool.h>

#include "vekha/base/text.h"

/** What a person said of an event. */
typedef enum Status {
    STATUS_PLANNED,
    STATUS_IN_PROGRESS,
    STATUS_DONE,
    STATUS_CONFIRMED,
    STATUS_POSTPONED,
    STATUS_CANCELLED,
    STATUS_COUNT
} Status;

typedef struct StatusInfo {
    Str name;           /* in the file: "in-progress" */
    TextId word, brief; /* «в работе»; brief fits nine columns */
    Str glyph;          /* one column, WGL4 */
    bool is_closed;     /* nothing more is expected of the event */
} StatusInfo;

const StatusInfo *status_info(Status status);
/** The name in the file, or the Russian or English word (case ignored, ё as е). */
bool status_parse(Str word, Status *out) MUST_USE;
/** The name of the file alone, as a plan must have it. */
bool status_parse_name(Str name, Status *out) MUST_USE;
/** The status whose name is nearest to a mistyped one, for «возможно, done»; false if none is near. */
bool status_nearest(Str name, Status *out);

/** What the dates and the marks make of it on a given day; the first that fits. */
typedef enum State { STATE_CLOSED, STATE_UNDATED, STATE_LATE, STATE_SOON, STATE_CURRENT, STATE_AHEAD, STATE_COUNT } State;

enum { STATE_SOON_DAYS = 14 };

typedef struct StateInfo {
    Str name;           /* in JSON: "late" */
    TextId word, brief; /* «просрочено»; brief fits nine columns */
    Str glyph;          /* stands in place of the status's own; empty: the status's stays */
} StateInfo;

const StateInfo *state_info(State state);
/** One column: late and soon before the status's own sign, current before that of what is planned. */
Str state_glyph(State state, Status status);

#endif
