#include "vekha/app/history.h"

#include <stdlib.h>

#include "vekha/core/field.h"

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

/* What the value is called where people read it. */
static TextArg value_arg(const Err *err)
{
    Status status;
    bool is_status = err->args[0].row == field_info(FIELD_STATUS)->heading && status_parse_name(err->args[1].str, &status);
    return is_status ? TEXT_ROW(status_info(status)->word) : err->args[1].str.n_bytes > 0 ? err->args[1] : TEXT_ROW(T_ASK_EMPTY);
}

/* The step is forgotten: «try again», which a change is told, would take back the one before it. */
static void say_conflict(Err *err, Str label, bool is_undo)
{
    Err why;
    err_copy(&why, err);
    if (why.text == T_CHANGE_CONFLICT) {
        (void)err_set(err, ERR_CONFLICT, is_undo ? T_SAID_NOT_UNDONE : T_SAID_NOT_REDONE, TEXT_STR(label), why.args[0],
                      value_arg(&why));
    } else {
        (void)err_set(err, ERR_CONFLICT, is_undo ? T_SAID_NOT_UNDONE_ELSE : T_SAID_NOT_REDONE_ELSE, TEXT_STR(label));
    }
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
            say_conflict(err, str_of(step.label), run == store_undo);
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
