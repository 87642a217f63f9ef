#include <stdint.h>

#include "store/splices_priv.h"
#include "store/store_priv.h"
#include "vekha/doc/doc_item.h"

/*
 * An event that comes, goes or moves, without reading the whole file: the neighbours that it comes between, or
 * goes from, are read alone, and so is what they become.
 */

/* Neighbours in one list, and the edits of them that are wanted. */
typedef struct Run {
    DocEntry *entry;
    size_t first, n_old;
    Splices splices;
    const Event *wanted[3]; /* what they are to read as */
    size_t n_wanted;
} Run;

static void run_done(Run *run)
{
    doc_entry_free(run->entry);
    splices_done(&run->splices);
    *run = (Run){ 0 };
}

static bool run_open(Run *run, const Doc *doc, const Reading *reading, size_t first, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        const Binding *binding = &reading->bindings.at[first + i];
        bool follows = i + 1 == n || binding->map->next == reading->bindings.at[first + i + 1].map;
        if (binding->is_aliased || binding->map->kind != NODE_MAP || !follows) {
            return false;
        }
    }
    run->first = first;
    run->n_old = n;
    run->entry = doc_entry_new_run(doc, reading->bindings.at[first].map, n);
    return run->entry != NULL;
}

static const Event *event_at(const Reading *reading, size_t index)
{
    return &reading->plan.events.at[index];
}

static bool are_neighbours(const Reading *reading, size_t first)
{
    return first + 1 < reading->plan.events.n && event_at(reading, first)->section == event_at(reading, first + 1)->section &&
           reading->bindings.at[first].map->next == reading->bindings.at[first + 1].map;
}

static bool is_first_of_list(const Reading *reading, size_t event)
{
    return event == 0 || event_at(reading, event - 1)->section != event_at(reading, event)->section;
}

static void want(Run *run, const Event *event)
{
    run->wanted[run->n_wanted++] = event;
}

static bool has_id(const Reading *reading, Str id)
{
    bool found = false;
    for (size_t i = 0; i < reading->plan.events.n && id.n_bytes > 0 && !found; i++) {
        found = str_eq(event_at(reading, i)->id, id);
    }
    return found;
}

/* The event comes behind that one, or (SIZE_MAX) in front of the section's first. */
static bool run_insert(Run *run, const Doc *doc, const Reading *reading, const ChangeTarget *target, const Event *event,
                       Str bytes)
{
    size_t at = target->after;
    if (at == SIZE_MAX) {
        at = 0;
        while (at < reading->plan.events.n && event_at(reading, at)->section < target->section) {
            at++;
        }
    }
    if (at >= reading->plan.events.n || event_at(reading, at)->section != target->section ||
        !run_open(run, doc, reading, at, 1)) {
        return false;
    }
    bool is_behind = target->after != SIZE_MAX;
    want(run, is_behind ? event_at(reading, at) : event);
    want(run, is_behind ? event : event_at(reading, at));
    splices_insert(&run->splices, doc_entry_list(run->entry), is_behind ? doc_entry_map(run->entry) : NULL, event, bytes);
    return true;
}

/*
 * The run of that event, the one before it, if it is not the first of its list (which blank lines go with an item depends on
 * that), and the one behind it, if there is one and it is wanted. Returns the event's node; NULL: there can be no such run.
 */
static const Node *run_around(Run *run, const Doc *doc, const Reading *reading, size_t event, bool with_next)
{
    size_t n_before = is_first_of_list(reading, event) ? 0 : 1;
    size_t n_behind = with_next && are_neighbours(reading, event) ? 1 : 0;
    if (n_before + n_behind == 0 || !run_open(run, doc, reading, event - n_before, n_before + 1 + n_behind)) {
        return NULL;
    }
    if (n_before > 0) {
        want(run, event_at(reading, event - 1));
    }
    const Node *first = doc_entry_map(run->entry);
    return n_before > 0 ? first->next : first;
}

/* The event goes, next to one that stays. */
static bool run_delete(Run *run, const Doc *doc, const Reading *reading, size_t event)
{
    const Node *map = run_around(run, doc, reading, event, true);
    if (map == NULL) {
        return false;
    }
    if (run->first + run->n_old > event + 1) {
        want(run, event_at(reading, event + 1));
    }
    vec_push(&run->splices.edits, (DocEdit){ .kind = DOC_DELETE, .map = map });
    return true;
}

/* Two neighbours change places: the first one goes behind the second, or the second one in front of the first. */
static bool run_swap(Run *run, const Doc *doc, const Reading *reading, size_t first, bool is_up)
{
    size_t from;
    size_t to;
    const Node *upper = are_neighbours(reading, first) ? run_around(run, doc, reading, first, true) : NULL;
    const Node *map = upper == NULL || !is_up ? upper : upper->next;
    if (map == NULL || !doc_item_extent(doc_entry_doc(run->entry), map, &from, &to)) {
        return false;
    }
    const Doc *alone = doc_entry_doc(run->entry);
    const Node *before = run->first < first ? doc_entry_map(run->entry) : NULL;
    want(run, event_at(reading, first + 1));
    want(run, event_at(reading, first));
    vec_push(&run->splices.edits, (DocEdit){ .kind = DOC_DELETE, .map = map });
    splices_insert(&run->splices, doc_entry_list(run->entry), is_up ? before : map->next, NULL,
                   str_sub(doc_text(alone), from, to));
    return true;
}

/* Does what the neighbours become read as it is meant, without problems that were not there? */
static bool is_as_wanted(const Reading *reading, const Run *run)
{
    Reading after = { .plan.headings = reading->plan.headings }; /* only lent */
    size_t n = doc_entry_n_new(run->entry);
    const Node *node = doc_entry_new_map(run->entry);
    bool ok = n == run->n_wanted;
    for (size_t i = 0; i < n && ok; i++, node = node->next) {
        schema_read_event(doc_entry_new_doc(run->entry), node, -1, &after);
        ok = event_eq(run->wanted[i], &after.plan.events.at[i]);
    }
    after.plan.headings.at = NULL;
    reading_done(&after);
    return ok;
}

/* Makes the edits on the runs and proves them; takes their entries. */
static bool finish(const Reading *reading, Run *runs, size_t n, Patch *out)
{
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        ok = doc_entry_edit(runs[i].entry, runs[i].splices.edits.at, runs[i].splices.edits.n, NULL) &&
             is_as_wanted(reading, &runs[i]);
    }
    for (size_t i = 0; i < n && ok; i++) {
        DocEntry *entry = runs[i].entry;
        runs[i].entry = NULL;
        out->runs[i] = (PatchRun){ entry, runs[i].first, runs[i].n_old };
        out->pieces[i] = (PatchPiece){ doc_entry_from(entry), doc_entry_text(entry), doc_entry_new_text(entry) };
        out->n_runs = out->n_pieces = n;
    }
    return ok;
}

static bool touch(const Run *a, const Run *b)
{
    size_t a_end = doc_entry_from(a->entry) + doc_entry_text(a->entry).n_bytes;
    size_t b_end = doc_entry_from(b->entry) + doc_entry_text(b->entry).n_bytes;
    return doc_entry_from(a->entry) < b_end && doc_entry_from(b->entry) < a_end;
}

static bool move_far(const Doc *doc, const Reading *reading, const ChangeTarget *target, Patch *out)
{
    Run runs[PATCH_MAX_RUNS] = { { 0 } };
    size_t from;
    size_t to;
    bool ok = doc_item_extent(doc, reading->bindings.at[target->event].map, &from, &to) &&
              run_delete(&runs[0], doc, reading, target->event) &&
              run_insert(&runs[1], doc, reading, target, event_at(reading, target->event), str_sub(doc_text(doc), from, to)) &&
              !touch(&runs[0], &runs[1]);
    if (ok && doc_entry_from(runs[1].entry) < doc_entry_from(runs[0].entry)) {
        Run first = runs[1];
        runs[1] = runs[0];
        runs[0] = first;
    }
    ok = ok && finish(reading, runs, PATCH_MAX_RUNS, out);
    run_done(&runs[0]);
    run_done(&runs[1]);
    return ok;
}

static bool move(const Doc *doc, const Reading *reading, const ChangeTarget *target, Patch *out)
{
    size_t event = target->event;
    bool is_here = event_at(reading, event)->section == target->section;
    bool is_second = event > 0 && is_first_of_list(reading, event - 1);
    bool is_up = is_here && (target->after != SIZE_MAX ? target->after + 2 == event : is_second);
    if (is_here && (target->after == event || (target->after == SIZE_MAX && is_first_of_list(reading, event)))) {
        return false; /* it stands there */
    }
    if (is_up || (is_here && target->after == event + 1)) {
        Run run = { 0 };
        bool ok = run_swap(&run, doc, reading, is_up ? event - 1 : event, is_up) && finish(reading, &run, 1, out);
        run_done(&run);
        return ok;
    }
    return move_far(doc, reading, target, out);
}

bool patch_runs(const Doc *doc, const Reading *reading, const Change *change, const ChangeTarget *target, Patch *out)
{
    Run run = { 0 };
    bool ok = false;
    *out = (Patch){ 0 };
    switch (change->kind) {
    case CHANGE_INSERT:
        ok = !has_id(reading, change->content->id) && run_insert(&run, doc, reading, target, change->content, change->bytes) &&
             finish(reading, &run, 1, out);
        break;
    case CHANGE_DELETE:
        ok = event_eq(event_at(reading, target->event), change->content) && run_delete(&run, doc, reading, target->event) &&
             finish(reading, &run, 1, out);
        break;
    case CHANGE_MOVE:
        ok = move(doc, reading, target, out);
        break;
    case CHANGE_EDIT:
    case CHANGE_HEADER:
        break;
    }
    run_done(&run);
    return ok;
}
