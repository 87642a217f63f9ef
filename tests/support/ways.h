#ifndef VEKHA_TESTS_SUPPORT_WAYS_H
#define VEKHA_TESTS_SUPPORT_WAYS_H

#include <stdbool.h>

#include "trace.h"

enum { WAY_MAX_ERRORS = 10 };

/** How a call of the system can fail. */
typedef struct Way {
    const char *name;
    long numbers[3]; /* what the library makes of it on one machine or another */
    int errors[WAY_MAX_ERRORS];
    bool may_be_short, may_be_untrue, may_leave; /* may_leave: what it should have taken away is still there */
} Way;

/** NULL: a call that has no way to fail which a save would notice. */
const Way *way_of(long number);

/** Is it what its row is about? fcntl() for something else than a lock is not. */
bool way_is_for(const TraceCall *call);

#endif
