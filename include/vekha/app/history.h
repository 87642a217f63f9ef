#ifndef VEKHA_APP_HISTORY_H
#define VEKHA_APP_HISTORY_H

#include "vekha/base/vec.h"
#include "vekha/store/store.h"

/** One change of this run: how to take it back, and what it is called in a message. Both owned. */
typedef struct HistoryStep {
    Undo *undo;
    char *label; /* «№ 5: исполнено» */
} HistoryStep;

typedef VEC(HistoryStep) HistorySteps;

/** The changes of a run, the latest last; those taken back wait to be made again until a new one comes. Zero is empty. */
typedef struct History {
    HistorySteps done, undone;
} History;

/** Takes over undo; the label is copied. What was taken back is forgotten. */
void history_push(History *history, Undo *undo, Str label);
/**
 * Takes the latest change back, or makes the one taken back last again. NULL: there is none, or it failed,
 * then err (not NULL) says why; after a conflict the step is forgotten. The step is borrowed until the next call.
 */
const HistoryStep *history_undo(History *history, Store *store, Err *err);
const HistoryStep *history_redo(History *history, Store *store, Err *err);
void history_done(History *history);

#endif
