#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/merge_priv.h"
#include "vekha/doc/doc_entry.h"

/*
 * What a merge makes of ours, without reading the whole of it: the events that it changes are read alone, as when one of them is
 * changed. False from here says nothing: the whole is the judge.
 */

enum { MAX_ENTRIES = 256 }; /* each takes time for its neighbours: beyond that, reading the whole is no slower */

typedef struct Changed {
    DocEntry *entry;
    size_t event; /* of ours */
} Changed;

typedef struct Entries {
    const Side *ours;
    VEC(Changed) all;
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

/* NULL: it cannot be read alone. is_run: with the comment above. */
static DocEntry *open_entry(Entries *entries, size_t event, bool is_run)
{
    const Binding *binding = &entries->ours->reading.bindings.at[event];
    if (binding->is_aliased || entries->all.n == MAX_ENTRIES) {
        return NULL;
    }
    DocEntry *entry =
        is_run ? doc_entry_new_run(entries->ours->doc, binding->map, 1) : doc_entry_new(entries->ours->doc, binding->map);
    if (entry != NULL) {
        vec_push(&entries->all, (Changed){ entry, event });
    }
    return entry;
}

static int by_place(const void *left, const void *right)
{
    const Changed *a = left;
    const Changed *b = right;
    return (doc_entry_from(a->entry) > doc_entry_from(b->entry)) - (doc_entry_from(a->entry) < doc_entry_from(b->entry));
}

/* All of them have new bytes. False: they cannot be put into the text at once. */
static bool put_in_order(Entries *entries)
{
    size_t end = 0;
    bool ok = true;
    if (entries->all.n > 1) {
        qsort(entries->all.at, entries->all.n, sizeof *entries->all.at, by_place);
    }
    for (size_t i = 0; i < entries->all.n && ok; i++) {
        DocEntry *entry = entries->all.at[i].entry;
        ok = doc_entry_from(entry) >= end && doc_entry_n_new(entry) == 1;
        end = doc_entry_from(entry) + doc_entry_text(entry).n_bytes;
        vec_push(&entries->in_order, entry);
    }
    return ok && doc_entries_fit(entries->in_order.at, entries->in_order.n);
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
        const Changed *one = &entries->all.at[i];
        schema_read_event(doc_entry_new_doc(one->entry), doc_entry_new_map(one->entry), now.events.at[one->event].section,
                          &alone);
        now.events.at[one->event] = alone.plan.events.at[i];
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
        DocEntry *entry = event != SIZE_MAX ? open_entry(&entries, event, false) : NULL;
        size_t n = entry != NULL ? replace_pieces(entry, piece, pieces->n - i) : 0;
        ok = n > 0;
        i += n;
    }
    ok = ok && put_in_order(&entries) && read_as(&entries, model) &&
         str_eq(doc_entry_compose_all(merge->ours.doc, entries.in_order.at, entries.in_order.n), text);
    entries_done(&entries);
    return ok;
}

/* ---- Event by event ---- */

static bool edit_values(Entries *entries, size_t event, const Change *change)
{
    Splices splices = { 0 };
    DocEntry *entry = open_entry(entries, event, false);
    if (entry != NULL) {
        splices_edit(&splices, doc_entry_doc(entry), doc_entry_map(entry), change);
    }
    bool ok = entry != NULL && doc_entry_edit(entry, splices.edits.at, splices.edits.n, NULL);
    splices_done(&splices);
    return ok;
}

static bool replace_bytes(Entries *entries, const Replacement *replacement)
{
    Splices splices = { 0 };
    DocEntry *entry = open_entry(entries, replacement->ours, true);
    if (entry != NULL) {
        const Node *map = doc_entry_map(entry);
        vec_push(&splices.edits, (DocEdit){ .kind = DOC_DELETE, .map = map });
        splices_insert(&splices, doc_entry_list(entry), map, NULL, replacement->bytes);
    }
    bool ok = entry != NULL && doc_entry_edit(entry, splices.edits.at, splices.edits.n, NULL);
    splices_done(&splices);
    return ok;
}

static bool change_entries(Entries *entries, ChangeSet set, const ChangeTarget *targets, const ReplacementVec *replacements)
{
    bool ok = true;
    size_t next = 0; /* the replacements that have a change come first, in its order */
    for (size_t i = 0; i < set.n && ok; i++) {
        bool is_by_bytes = next < replacements->n && replacements->at[next].change == i;
        next += is_by_bytes;
        ok = set.at[i].kind == CHANGE_EDIT && (is_by_bytes || edit_values(entries, targets[i].event, &set.at[i]));
    }
    for (size_t i = 0; i < replacements->n && ok; i++) {
        ok = replace_bytes(entries, &replacements->at[i]);
    }
    return ok;
}

bool merge_make_entries(const Merge *merge, const ReplacementVec *replacements, StrBuf *out)
{
    Entries entries = { .ours = &merge->ours };
    const Plan *ours = &merge->ours.reading.plan;
    ChangeSet set = { merge->plan.changes.at, merge->plan.changes.n };
    ChangeTarget *targets = mem_new((set.n + 1) * sizeof *targets);
    Plan model = { 0 };
    bool ok = set.n + replacements->n <= MAX_ENTRIES && changes_find(set, NULL, ours, targets, NULL) &&
              changes_make(set, targets, ours, &model, NULL) && change_entries(&entries, set, targets, replacements) &&
              put_in_order(&entries) && read_as(&entries, &model);
    if (ok) {
        strbuf_add(out, doc_entry_compose_all(merge->ours.doc, entries.in_order.at, entries.in_order.n));
    }
    plan_done(&model);
    free(targets);
    entries_done(&entries);
    return ok;
}
