#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/base/diff3.h"

enum {
    MAX_ATTEMPTS = 40, /* to find the bytes that do not fit */
    N_ONE_BY_ONE = 64  /* places of events that are found sooner than those of all */
};

static void find_extents(Side *side)
{
    size_t n = side->reading.bindings.n;
    const Node **maps = mem_new((n + 1) * sizeof *maps);
    for (size_t i = 0; i < n; i++) {
        maps[i] = side->reading.bindings.at[i].map;
    }
    side->extents = mem_new((n + 1) * sizeof *side->extents);
    doc_item_extents(side->doc, maps, n, side->extents);
    free((void *)maps);
}

Str side_extent(Side *side, size_t event)
{
    DocExtent at = { 0 };
    if (side->extents == NULL && side->n_extents_asked < N_ONE_BY_ONE) {
        side->n_extents_asked++;
        at.is_known = doc_item_extent(side->doc, side->reading.bindings.at[event].map, &at.from, &at.to);
    } else {
        if (side->extents == NULL) {
            find_extents(side);
        }
        at = side->extents[event];
    }
    return at.is_known ? str_sub(doc_text(side->doc), at.from, at.to) : (Str){ 0 };
}

/* The bytes of an event that theirs changed: theirs, if ours left it alone; else of both, line by line; empty: there are none. */
static Str merged_bytes(Merge *merge, const MergeSource *source)
{
    bool is_whole = source->base != SIZE_MAX && source->ours != SIZE_MAX && source->theirs != SIZE_MAX;
    Str ours = is_whole ? rest_entry(&merge->ours, source->ours) : (Str){ 0 };
    Str base = is_whole ? rest_entry(&merge->base, source->base) : (Str){ 0 };
    Str theirs = is_whole ? rest_entry(&merge->theirs, source->theirs) : (Str){ 0 };
    StrBuf both = { 0 };
    Str bytes = { 0 };
    if (!is_whole || str_eq(base, theirs) || str_eq(ours, theirs)) {
        return bytes;
    }
    if (str_eq(ours, base)) {
        return side_extent(&merge->theirs, source->theirs);
    }
    if (diff3_merge(side_extent(&merge->base, source->base), side_extent(&merge->ours, source->ours),
                    side_extent(&merge->theirs, source->theirs), &both, NULL)) {
        bytes = arena_copy(&merge->out->arena, strbuf_str(&both));
    }
    strbuf_done(&both);
    return bytes;
}

/* Which events of ours have a value that both changed; to be freed. */
static bool *find_disputed(const Merge *merge)
{
    bool *is_disputed = mem_new(merge->ours.reading.plan.events.n + 1);
    for (size_t i = 0; i < merge->plan.conflicts.n; i++) {
        size_t ours = merge->plan.conflicts.at[i].ours;
        is_disputed[ours != SIZE_MAX ? ours : merge->ours.reading.plan.events.n] = true;
    }
    return is_disputed;
}

void merge_find_replacements(Merge *merge, ReplacementVec *out)
{
    const PlanMerge *plan = &merge->plan;
    bool *is_disputed = find_disputed(merge);
    for (size_t i = 0; i < plan->changes.n; i++) {
        const MergeSource *source = &plan->sources.at[i];
        bool is_edit = plan->changes.at[i].kind == CHANGE_EDIT && !is_disputed[source->ours];
        Str bytes = is_edit ? merged_bytes(merge, source) : (Str){ 0 };
        if (bytes.n_bytes > 0) {
            vec_push(out, (Replacement){ source->ours, i, bytes });
        }
    }
    for (size_t i = 0; i < plan->same.n; i++) {
        Str bytes = !is_disputed[plan->same.at[i].ours] ? merged_bytes(merge, &plan->same.at[i]) : (Str){ 0 };
        if (bytes.n_bytes > 0) {
            vec_push(out, (Replacement){ plan->same.at[i].ours, SIZE_MAX, bytes });
        }
    }
    free(is_disputed);
}

/* Reads the text, which is what the changes are to make of a side. */
bool side_read_as(Str text, const Plan *model, Side *out, Err *err)
{
    return side_read((Str){ 0 }, text, out, err) &&
           (plan_eq(model, &out->reading.plan) || err_plain(err, ERR_REFUSED, T_MERGE_NOT_AS_MEANT));
}

void side_become(Side *side, Side *next)
{
    side_done(side);
    *side = *next;
    *next = (Side){ 0 };
}

static bool is_editable(const Side *side, size_t event)
{
    return event == SIZE_MAX ||
           (!side->reading.bindings.at[event].is_aliased && side->reading.bindings.at[event].map->kind == NODE_MAP);
}

/* splices_add(), which asks of each move alone where the event stands. */
static bool add_change(Side *side, const Change *change, const ChangeTarget *target, Splices *out, Err *err)
{
    bool is_known = change->kind == CHANGE_MOVE && is_editable(side, target->event) && is_editable(side, target->after);
    Str bytes = is_known ? side_extent(side, target->event) : (Str){ 0 };
    if (bytes.n_bytes == 0) {
        return splices_add(out, side->doc, &side->reading, change, target, err);
    }
    splices_move(out, side->doc, &side->reading, target, bytes);
    return true;
}

static bool collect(Side *side, const Batch *batch, const ChangeTarget *targets, Splices *out, Err *err)
{
    bool ok = true;
    size_t next = 0; /* the replacements that have a change come first, in its order */
    for (size_t i = 0; i < batch->set.n && ok; i++) {
        bool is_by_bytes = next < batch->n_replacements && batch->replacements[next].change == i;
        next += is_by_bytes;
        ok = is_by_bytes || add_change(side, &batch->set.at[i], &targets[i], out, err);
    }
    for (size_t i = 0; i < batch->n_replacements && ok; i++) {
        ok = splices_replace(out, side->doc, &side->reading, batch->replacements[i].ours, batch->replacements[i].bytes, err);
    }
    return ok;
}

/* What the changes make of the side, proven. False: out may hold something all the same. */
bool merge_make_batch(Side *side, const Batch *batch, Side *out, Err *err)
{
    Splices splices = { 0 };
    StrBuf text = { 0 };
    Plan model = { 0 };
    ChangeTarget *targets = mem_new((batch->set.n + 1) * sizeof *targets);
    bool ok =
        changes_find(batch->set, NULL, &side->reading.plan, targets, err) &&
        changes_make(batch->set, targets, &side->reading.plan, &model, err) && collect(side, batch, targets, &splices, err) &&
        doc_edit(side->doc, splices.edits.at, splices.edits.n, &text, err) && side_read_as(strbuf_str(&text), &model, out, err);
    free(targets);
    plan_done(&model);
    splices_done(&splices);
    strbuf_done(&text);
    return ok;
}

/* The changes of theirs in the order in which they are made. */
typedef struct Order {
    ChangeVec still;
    ChangeVec moves; /* made last: what moves may change as well */
    ReplacementVec replacements;
} Order;

static void order_done(Order *order)
{
    vec_done(&order->still);
    vec_done(&order->moves);
    vec_done(&order->replacements);
}

static void put_in_order(Merge *merge, const ReplacementVec *replacements, Order *out)
{
    const PlanMerge *plan = &merge->plan;
    size_t next = 0; /* the replacements that have a change come first, in its order */
    for (size_t i = 0; i < plan->changes.n; i++) {
        Change change = plan->changes.at[i];
        if (change.kind == CHANGE_INSERT) {
            change.bytes = side_extent(&merge->theirs, plan->sources.at[i].theirs);
        }
        if (next < replacements->n && replacements->at[next].change == i) {
            Replacement one = replacements->at[next++];
            one.change = out->still.n;
            vec_push(&out->replacements, one);
        }
        if (change.kind == CHANGE_MOVE) {
            vec_push(&out->moves, change);
        } else {
            vec_push(&out->still, change);
        }
    }
    for (; next < replacements->n; next++) {
        vec_push(&out->replacements, replacements->at[next]);
    }
}

/* The changes of theirs, those that come with the bytes of theirs among them. */
bool merge_make(Merge *merge, const ReplacementVec *replacements, Side *out, Err *err)
{
    Order order = { 0 };
    put_in_order(merge, replacements, &order);
    Batch first = { { order.still.at, order.still.n }, order.replacements.at, order.replacements.n };
    Batch second = { { order.moves.at, order.moves.n }, NULL, 0 };
    bool ok = merge_make_batch(&merge->ours, &first, out, err);
    if (ok && second.set.n > 0) {
        Side moved = { 0 };
        ok = merge_make_batch(out, &second, &moved, err);
        side_become(out, &moved);
    }
    order_done(&order);
    return ok;
}

static bool can_be_made(Merge *merge, const ReplacementVec *replacements)
{
    Side result = { 0 };
    bool ok = merge_make(merge, replacements, &result, NULL);
    side_done(&result);
    return ok;
}

/* Adds those of the candidates that fit to those that are known to, by halves; each attempt reads the whole plan. */
static void add_fitting(Merge *merge, const ReplacementVec *all, size_t from, size_t n, ReplacementVec *fitting, int *n_left)
{
    size_t n_before = fitting->n;
    if (n == 0 || *n_left == 0) {
        return;
    }
    --*n_left;
    for (size_t i = 0; i < n; i++) {
        vec_push(fitting, all->at[from + i]);
    }
    if (!can_be_made(merge, fitting)) {
        fitting->n = n_before;
        if (n > 1) {
            add_fitting(merge, all, from, n / 2, fitting, n_left);
            add_fitting(merge, all, from + n / 2, n - n / 2, fitting, n_left);
        }
    }
}

/* Leaves those whose bytes can stand where they are to stand; the others are made value by value. */
void merge_drop_unfit(Merge *merge, ReplacementVec *replacements)
{
    ReplacementVec fitting = { 0 };
    int n_left = MAX_ATTEMPTS;
    add_fitting(merge, replacements, 0, replacements->n / 2, &fitting, &n_left); /* of all of them it is known */
    add_fitting(merge, replacements, replacements->n / 2, replacements->n - replacements->n / 2, &fitting, &n_left);
    vec_done(replacements);
    *replacements = fitting;
}
