#include "vekha/app/history.h"

#include <stdlib.h>

static void drop_steps(HistorySteps *steps)
{
    for (size_t i = 0; i < steps->n; i++) {
        undo_free(steps->at[i].undo);
        free(steps->at[i].label);
    }
    vec_clear(steps);
}

void history_push(History *history, Undo *undo, Str label)
{
    StrBuf copy = { 0 };
    strbuf_add(&copy, label);
    drop_steps(&history->undone);
    vec_push(&history->done, (HistoryStep){ undo, strbuf_take(&copy) });
}

/* Moves the last step of one list to the other, once it has been carried out. */
static const HistoryStep *carry_out(HistorySteps *from, HistorySteps *to, Store *store, bool (*run)(Store *, Undo *, Err *),
                                    Err *err)
{
    if (from->n == 0) {
        return NULL;
    }
    HistoryStep step = from->at[from->n - 1];
    if (!run(store, step.undo, err)) {
        if (err->kind == ERR_CONFLICT) { /* others changed it for good: it must not bar the way to those before it */
            undo_free(step.undo);
            free(step.label);
            from->n--;
        }
        return NULL;
    }
    from->n--;
    vec_push(to, step);
    return &to->at[to->n - 1];
}

const HistoryStep *history_undo(History *history, Store *store, Err *err)
{
    return carry_out(&history->done, &history->undone, store, store_undo, err);
}

const HistoryStep *history_redo(History *history, Store *store, Err *err)
{
    return carry_out(&history->undone, &history->done, store, store_redo, err);
}

void history_done(History *history)
{
    drop_steps(&history->done);
    drop_steps(&history->undone);
    vec_done(&history->done);
    vec_done(&history->undone);
}
