#include "vekha/store/writeback.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>

#include "store/splices_priv.h"
#include "store/store_priv.h"
#include "vekha/doc/doc_edit.h"

void patch_done(Patch *patch)
{
    doc_entry_free(patch->entry);
    for (size_t i = 0; i < patch->n_runs; i++) {
        doc_entry_free(patch->runs[i].entry);
    }
    doc_free(patch->doc);
    reading_done(&patch->reading);
    *patch = (Patch){ 0 };
}

/* Is after what the change makes of before? */
static bool is_made(const Change *change, const Event *before, const Event *after)
{
    Arena arena = { 0 };
    Event wanted = *before;
    change_apply(change, &wanted, &arena);
    bool same = event_eq(&wanted, after);
    arena_done(&arena);
    return same;
}

/* The change the other way round: from what comes out, it leads to what there is. */
static bool is_unmade(const Change *change, const Event *before, const Event *after)
{
    return change_fits(change, after, NULL) && is_made(change, after, before);
}

static bool is_as_meant(const Change *change, bool is_back, const Event *before, const Event *after)
{
    return is_back ? is_unmade(change, before, after) : is_made(change, before, after);
}

static bool leads_to(ChangeSet set, const Plan *from, const Plan *to)
{
    Plan model = { 0 };
    ChangeTarget *targets = mem_new((set.n + 1) * sizeof *targets);
    bool ok =
        changes_find(set, NULL, from, targets, NULL) && changes_make(set, targets, from, &model, NULL) && plan_eq(&model, to);
    plan_done(&model);
    free(targets);
    return ok;
}

static void read_alone(const Doc *doc, const Node *map, const Reading *reading, Reading *out)
{
    *out = (Reading){ .plan.headings = reading->plan.headings }; /* only lent */
    schema_read_event(doc, map, -1, out);
    out->plan.headings.at = NULL;
}

/* The same for the entry alone. */
static bool check_entry(const Reading *reading, size_t event, const Change *change, bool is_back, const DocEntry *entry)
{
    Reading before;
    Reading after;
    read_alone(doc_entry_doc(entry), doc_entry_map(entry), reading, &before);
    read_alone(doc_entry_new_doc(entry), doc_entry_new_map(entry), reading, &after);
    bool ok = (is_back || after.problems.n <= before.problems.n) &&
              is_as_meant(change, is_back, &reading->plan.events.at[event], &after.plan.events.at[0]);
    reading_done(&before);
    reading_done(&after);
    return ok;
}

static size_t count_char(Str text, char c)
{
    size_t n = 0;
    for (size_t at = str_find_char(text, c, 0); at != SIZE_MAX; at = str_find_char(text, c, at + 1)) {
        n++;
    }
    return n;
}

/* In brackets others may stand on the same line: whether their lines move would have to be looked up for each. */
static bool moves_neighbours(const DocEntry *entry)
{
    Str before = doc_entry_text(entry);
    Str after = doc_entry_new_text(entry);
    return before.at[0] == '{' &&
           (count_char(before, '\n') != count_char(after, '\n') || count_char(before, '\r') != count_char(after, '\r'));
}

/* Takes the entry, which has its new bytes, if it is as the change is meant. */
static bool finish_entry(const Reading *reading, size_t event, const Change *change, bool is_back, DocEntry *entry, Patch *out)
{
    if (moves_neighbours(entry) || !check_entry(reading, event, change, is_back, entry)) {
        doc_entry_free(entry);
        return false;
    }
    *out = (Patch){ .entry = entry, .n_pieces = 1 };
    out->pieces[0] = (PatchPiece){ doc_entry_from(entry), doc_entry_text(entry), doc_entry_new_text(entry) };
    return true;
}

static DocEntry *open_entry(const Doc *doc, const Reading *reading, size_t event)
{
    const Binding *binding = &reading->bindings.at[event];
    return binding->is_aliased ? NULL : doc_entry_new(doc, binding->map);
}

static bool change_entry(const Doc *doc, const Reading *reading, size_t event, const Change *change, Patch *out)
{
    Splices splices = { 0 };
    DocEntry *entry = open_entry(doc, reading, event);
    if (entry == NULL) {
        return false;
    }
    splices_edit(&splices, doc_entry_doc(entry), doc_entry_map(entry), change);
    bool ok = doc_entry_edit(entry, splices.edits.at, splices.edits.n, NULL);
    splices_done(&splices);
    if (!ok) {
        doc_entry_free(entry);
        return false;
    }
    return finish_entry(reading, event, change, false, entry, out);
}

/* Where two texts differ, in few bytes if not the fewest. */
static void find_difference(const Doc *doc, Patch *out)
{
    Str a = doc_text(doc);
    Str b = doc_text(out->doc);
    size_t from = 0;
    size_t n_same_end = 0;
    size_t shorter = a.n_bytes < b.n_bytes ? a.n_bytes : b.n_bytes;
    while (from < shorter && a.at[from] == b.at[from]) {
        from++;
    }
    while (n_same_end < shorter - from && a.at[a.n_bytes - n_same_end - 1] == b.at[b.n_bytes - n_same_end - 1]) {
        n_same_end++;
    }
    out->n_pieces = 1;
    out->pieces[0] = (PatchPiece){ from, str_sub(a, from, a.n_bytes - n_same_end), str_sub(b, from, b.n_bytes - n_same_end) };
}

/* Reads the new text, which the patch has parsed, as a plan: it is taken if it is as meant. */
static bool finish_whole(const Doc *doc, Patch *out)
{
    schema_read(out->doc, &out->reading);
    if (doc_is_broken(out->doc, NULL)) {
        patch_done(out);
        return false;
    }
    find_difference(doc, out);
    return true;
}

static bool splice_whole(const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets, Patch *out, Err *err)
{
    Splices splices = { 0 };
    StrBuf text = { 0 };
    bool ok = splices_add_all(&splices, doc, reading, set, targets, err);
    ok = ok && doc_edit(doc, splices.edits.at, splices.edits.n, &text, err);
    if (ok) {
        out->doc = doc_new(strbuf_str(&text));
        ok = doc_edit_check(doc, out->doc, splices.edits.at, splices.edits.n, err) && finish_whole(doc, out);
    }
    strbuf_done(&text);
    splices_done(&splices);
    return ok;
}

/* An event that comes has its own; and a conflict is one. */
static bool may_bring_problems(ChangeSet set)
{
    bool may = false;
    for (size_t i = 0; i < set.n; i++) {
        may = may || set.at[i].kind == CHANGE_INSERT;
        for (size_t k = 0; k < set.at[i].n_edits; k++) {
            may = may || (set.at[i].edits[k].field == FIELD_CONFLICT && set.at[i].edits[k].after.n_bytes > 0);
        }
    }
    return may;
}

bool patch_changes_whole(const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets, Patch *out, Err *err)
{
    Plan model = { 0 };
    *out = (Patch){ 0 };
    bool ok = changes_make(set, targets, &reading->plan, &model, err) && splice_whole(doc, reading, set, targets, out, err);
    bool is_clean = ok && (may_bring_problems(set) || out->reading.problems.n <= reading->problems.n);
    if (ok && (!is_clean || !plan_eq(&model, &out->reading.plan))) {
        const EventRef *first = &set.at[0].event;
        ok = err_set(err, ERR_REFUSED, T_WRITE_NOT_AS_MEANT, TEXT_STR(first->no), TEXT_STR(first->title)) ||
             (targets[0].event != SIZE_MAX && err_at(err, reading->plan.events.at[targets[0].event].line, 1));
    }
    plan_done(&model);
    if (!ok) {
        patch_done(out);
    }
    return ok;
}

bool patch_changes(const Doc *doc, const Reading *reading, ChangeSet set, const ChangeTarget *targets, Patch *out, Err *err)
{
    *out = (Patch){ 0 };
    bool is_alone = set.n == 1 && set.at[0].kind == CHANGE_EDIT;
    size_t event = is_alone ? targets[0].event : 0;
    return (set.n == 1 && patch_runs(doc, reading, &set.at[0], &targets[0], out)) ||
           (is_alone && change_fits(&set.at[0], &reading->plan.events.at[event], NULL) &&
            change_entry(doc, reading, event, &set.at[0], out)) ||
           patch_changes_whole(doc, reading, set, targets, out, err); /* which also says why not */
}

bool patch_entry_bytes(const Doc *doc, const Reading *reading, size_t event, const PatchBytes *bytes, Patch *out)
{
    *out = (Patch){ 0 };
    DocEntry *entry = open_entry(doc, reading, event);
    if (entry == NULL) {
        return false;
    }
    Str is = bytes->is_back ? bytes->after : bytes->before;
    Str wanted = bytes->is_back ? bytes->before : bytes->after;
    if (!doc_entry_widen(entry, is) || !doc_entry_replace(entry, wanted)) {
        doc_entry_free(entry);
        return false;
    }
    return finish_entry(reading, event, bytes->change, bytes->is_back, entry, out);
}

/* The text with other bytes in those places; false: it has not the ones that are known. */
static bool exchange(Str text, const PatchPiece *pieces, size_t n_pieces, bool is_back, StrBuf *out)
{
    size_t done = 0;
    size_t shift = 0; /* of what stands behind, modulo 2^n as size_t is */
    for (size_t i = 0; i < n_pieces; i++) {
        const PatchPiece *piece = &pieces[i];
        Str is = is_back ? piece->after : piece->before;
        size_t from = piece->from + (is_back ? shift : 0);
        if (!str_eq(str_sub(text, from, from + is.n_bytes), is)) {
            return false;
        }
        strbuf_add(out, str_sub(text, done, from));
        strbuf_add(out, is_back ? piece->before : piece->after);
        done = from + is.n_bytes;
        shift += piece->after.n_bytes - piece->before.n_bytes;
    }
    strbuf_add(out, str_from(text, done));
    return true;
}

bool patch_text_bytes(const Doc *doc, const Reading *reading, ChangeSet set, const PatchPiece *pieces, size_t n_pieces,
                      bool is_back, Patch *out)
{
    *out = (Patch){ 0 };
    StrBuf whole = { 0 };
    bool ok = exchange(doc_text(doc), pieces, n_pieces, is_back, &whole);
    if (ok) {
        out->doc = doc_new(strbuf_str(&whole));
        ok = finish_whole(doc, out);
    }
    strbuf_done(&whole);
    if (ok &&
        !(is_back ? leads_to(set, &out->reading.plan, &reading->plan) : leads_to(set, &reading->plan, &out->reading.plan))) {
        patch_done(out);
        ok = false;
    }
    return ok;
}

Str patch_text(Doc *doc, Patch *patch)
{
    DocEntry *entries[PATCH_MAX_RUNS];
    for (size_t i = 0; i < patch->n_runs; i++) {
        entries[i] = patch->runs[i].entry;
    }
    return patch->n_runs > 0      ? doc_entry_compose_all(doc, entries, patch->n_runs)
           : patch->entry != NULL ? doc_entry_compose(doc, patch->entry)
                                  : doc_text(patch->doc);
}

void patch_put(Doc **doc, Reading *reading, size_t event, Patch *patch)
{
    if (patch->n_runs > 0) {
        put_runs(*doc, reading, patch);
    } else if (patch->entry != NULL) {
        put_entry(*doc, reading, event, patch);
    } else {
        const Calendar *folder = reading->folder;
        reading_done(reading);
        doc_free(*doc);
        *doc = patch->doc;
        *reading = patch->reading;
        reading_resolve(reading, folder);
        patch->doc = NULL;
        patch->reading = (Reading){ 0 };
    }
    patch_done(patch);
}
