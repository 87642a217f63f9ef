#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/merge_priv.h"
#include "vekha/doc/doc_entry.h"

/*
 * What a merge makes of ours, without reading the whole of it: the events that it changes are read alone, as when one of them is
 * changed. False from here says nothing: the whole is the judge.
 */

enum {
    MAX_ENTRIES = 256,     /* each takes time for its neighbours: beyond that, reading the whole is no slower */
    MAX_HEADINGS = 1 << 18 /* each event that is read alone takes all those of the plan */
};

/* Neighbours of ours that are read alone together. */
typedef struct Changed {
    DocEntry *entry;
    size_t first, n; /* events of ours */
} Changed;

typedef struct Entries {
    const Side *ours;
    VEC(Changed) all;
    size_t n_events; /* in all of them */
    VEC(DocEntry *) in_order;
} Entries;

static void entries_done(Entries *entries)
{
    for (size_t i = 0; i < entries->all.n; i++) {
        doc_entry_free(entries->all.at[i].entry);
    }
    vec_done(&entries->all);
    vec_done(&entries->in_order);
}

/* Does the next event stand in the same list, directly behind that one? */
static bool is_followed(const Side *ours, size_t event)
{
    const Binding *binding = &ours->reading.bindings.at[event];
    return event + 1 < ours->reading.bindings.n && binding->map->next != NULL && binding->map->next == binding[1].map;
}

/* NULL: they cannot be read alone. */
static DocEntry *open_entry(Entries *entries, size_t first, size_t n, bool is_run)
{
    const Side *ours = entries->ours;
    const Binding *bindings = &ours->reading.bindings.at[first];
    entries->n_events += n;
    bool ok = entries->all.n < MAX_ENTRIES && entries->n_events * ours->reading.plan.headings.n <= MAX_HEADINGS;
    for (size_t i = 0; i < n && ok; i++) {
        ok = !bindings[i].is_aliased && (i + 1 == n || is_followed(ours, first + i));
    }
    DocEntry *entry = !ok      ? NULL
                      : is_run ? doc_entry_new_run(ours->doc, bindings->map, n)
                               : doc_entry_new(ours->doc, bindings->map);
    if (entry != NULL) {
        vec_push(&entries->all, (Changed){ entry, first, n });
    }
    return entry;
}

/* All of them have new bytes, and stand in the order of the file. False: they cannot be put into the text at once. */
static bool are_apart(Entries *entries)
{
    size_t end = 0;
    bool ok = true;
    for (size_t i = 0; i < entries->all.n && ok; i++) {
        DocEntry *entry = entries->all.at[i].entry;
        ok = doc_entry_from(entry) >= end && doc_entry_n_new(entry) == entries->all.at[i].n;
        end = doc_entry_from(entry) + doc_entry_text(entry).n_bytes;
        vec_push(&entries->in_order, entry);
    }
    return ok && doc_entries_fit(entries->in_order.at, entries->in_order.n);
}

/* The new events in the place of the old ones. */
static void read_alone(const Changed *changed, Event *events, Reading *alone)
{
    const Node *map = doc_entry_new_map(changed->entry);
    for (size_t i = 0; i < changed->n; i++, map = map->next) {
        Event *event = &events[changed->first + i];
        schema_read_event(doc_entry_new_doc(changed->entry), map, event->section, alone);
        *event = alone->plan.events.at[alone->plan.events.n - 1];
    }
}

/* Is ours with those events the plan that it is to be? */
static bool read_as(const Entries *entries, const Plan *model)
{
    const Reading *ours = &entries->ours->reading;
    size_t n = ours->plan.events.n;
    Reading alone = { .plan.headings = ours->plan.headings }; /* only lent */
    Plan now = ours->plan;                                    /* but for its events */
    now.events.at = mem_new((n + 1) * sizeof *now.events.at);
    if (n > 0) {
        memcpy(now.events.at, ours->plan.events.at, n * sizeof *now.events.at);
    }
    for (size_t i = 0; i < entries->all.n; i++) {
        read_alone(&entries->all.at[i], now.events.at, &alone);
    }
    bool same = plan_eq(model, &now);
    free(now.events.at);
    alone.plan.headings.at = NULL;
    reading_done(&alone);
    return same;
}

/* ---- The lines alone ---- */

/* The last event that begins at or in front of that byte; SIZE_MAX: none. Where they are not in order, it is another one. */
static size_t event_at(const Reading *reading, size_t byte)
{
    size_t low = 0;
    size_t high = reading->bindings.n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reading->bindings.at[middle].map->start <= byte) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low > 0 ? low - 1 : SIZE_MAX;
}

/* Makes the first of the pieces on the entry, and those of the others that lie in it; returns how many, 0: they do not fit. */
static size_t replace_pieces(DocEntry *entry, const Diff3Piece *pieces, size_t n_pieces)
{
    StrBuf text = { 0 };
    Str is = doc_entry_text(entry);
    size_t from = doc_entry_from(entry);
    size_t at = from;
    size_t n = 0;
    for (; n < n_pieces && pieces[n].from >= at && pieces[n].to <= from + is.n_bytes; n++) {
        strbuf_add(&text, str_sub(is, at - from, pieces[n].from - from));
        strbuf_add(&text, pieces[n].text);
        at = pieces[n].to;
    }
    strbuf_add(&text, str_from(is, at - from));
    bool ok = n > 0 && doc_entry_replace(entry, strbuf_str(&text));
    strbuf_done(&text);
    return ok ? n : 0;
}

bool merge_prove_lines(const Merge *merge, const Diff3Pieces *pieces, Str text, const Plan *model)
{
    Entries entries = { .ours = &merge->ours };
    bool ok = true;
    for (size_t i = 0; i < pieces->n && ok;) {
        const Diff3Piece *piece = &pieces->at[i];
        size_t event = event_at(&merge->ours.reading, piece->to > piece->from ? piece->to - 1 : piece->from);
        DocEntry *entry = event != SIZE_MAX ? open_entry(&entries, event, 1, false) : NULL;
        size_t n = entry != NULL ? replace_pieces(entry, piece, pieces->n - i) : 0;
        ok = n > 0;
        i += n;
    }
    ok = ok && are_apart(&entries) && read_as(&entries, model) &&
         str_eq(doc_entry_compose_all(merge->ours.doc, entries.in_order.at, entries.in_order.n), text);
    entries_done(&entries);
    return ok;
}

/* ---- Event by event ---- */

/* An event of ours that changes, by its values or by its bytes. */
typedef struct Touched {
    size_t event;
    const Change *change; /* if there are no bytes */
    Str bytes;
} Touched;

typedef VEC(Touched) TouchedVec;

static int by_event(const void *left, const void *right)
{
    const Touched *a = left;
    const Touched *b = right;
    return (a->event > b->event) - (a->event < b->event);
}

/* In the order of the file. False: there is something else to be done as well, or an item is no event that can be changed. */
static bool list_touched(const Side *ours, ChangeSet set, const ChangeTarget *targets, const ReplacementVec *replacements,
                         TouchedVec *out)
{
    bool ok = true;
    size_t next = 0; /* the replacements that have a change come first, in its order */
    for (size_t i = 0; i < set.n && ok; i++) {
        bool is_by_bytes = next < replacements->n && replacements->at[next].change == i;
        next += is_by_bytes;
        ok = set.at[i].kind == CHANGE_EDIT;
        if (ok && !is_by_bytes) {
            vec_push(out, (Touched){ targets[i].event, &set.at[i], { 0 } });
        }
    }
    for (size_t i = 0; i < replacements->n; i++) {
        vec_push(out, (Touched){ replacements->at[i].ours, NULL, replacements->at[i].bytes });
    }
    for (size_t i = 0; i < out->n && ok; i++) {
        ok = ours->reading.bindings.at[out->at[i].event].map->kind == NODE_MAP;
    }
    if (out->n > 1) {
        qsort(out->at, out->n, sizeof *out->at, by_event);
    }
    return ok;
}

/* Which blank lines go with an item depends on its neighbours. */
static size_t first_around(const Side *ours, const Touched *one)
{
    return one->bytes.n_bytes > 0 && one->event > 0 && is_followed(ours, one->event - 1) ? one->event - 1 : one->event;
}

static size_t last_around(const Side *ours, const Touched *one)
{
    return one->bytes.n_bytes > 0 && is_followed(ours, one->event) ? one->event + 1 : one->event;
}

static bool edit_entry(DocEntry *entry, size_t first, const Touched *touched, size_t n)
{
    Splices splices = { 0 };
    const Node *map = doc_entry_map(entry);
    size_t event = first;
    for (size_t i = 0; i < n; i++) {
        for (; event < touched[i].event; event++) {
            map = map->next;
        }
        if (touched[i].bytes.n_bytes == 0) {
            splices_edit(&splices, doc_entry_doc(entry), map, touched[i].change);
        } else {
            vec_push(&splices.edits, (DocEdit){ .kind = DOC_DELETE, .map = map });
            splices_insert(&splices, doc_entry_list(entry), map, NULL, touched[i].bytes);
        }
    }
    bool ok = doc_entry_edit(entry, splices.edits.at, splices.edits.n, NULL);
    splices_done(&splices);
    return ok;
}

/* Those that are neighbours, or have the same one, are changed together. */
static bool change_entries(Entries *entries, const TouchedVec *touched)
{
    const Side *ours = entries->ours;
    bool ok = true;
    for (size_t i = 0, n = 0; i < touched->n && ok; i += n) {
        const Touched *one = &touched->at[i];
        size_t first = first_around(ours, one);
        size_t last = last_around(ours, one);
        for (n = 1; i + n < touched->n && first_around(ours, &one[n]) <= last; n++) {
            last = last_around(ours, &one[n]);
        }
        bool is_run = last > first || one->bytes.n_bytes > 0;
        DocEntry *entry = open_entry(entries, first, last - first + 1, is_run);
        ok = entry != NULL && edit_entry(entry, first, one, n);
    }
    return ok;
}

bool merge_make_entries(const Merge *merge, const ReplacementVec *replacements, StrBuf *out)
{
    Entries entries = { .ours = &merge->ours };
    const Plan *ours = &merge->ours.reading.plan;
    ChangeSet set = { merge->plan.changes.at, merge->plan.changes.n };
    ChangeTarget *targets = mem_new((set.n + 1) * sizeof *targets);
    TouchedVec touched = { 0 };
    Plan model = { 0 };
    bool ok = set.n + replacements->n <= MAX_ENTRIES && changes_find(set, NULL, ours, targets, NULL) &&
              changes_make(set, targets, ours, &model, NULL) &&
              list_touched(&merge->ours, set, targets, replacements, &touched) && change_entries(&entries, &touched) &&
              are_apart(&entries) && read_as(&entries, &model);
    if (ok) {
        strbuf_add(out, doc_entry_compose_all(merge->ours.doc, entries.in_order.at, entries.in_order.n));
    }
    plan_done(&model);
    vec_done(&touched);
    free(targets);
    entries_done(&entries);
    return ok;
}
