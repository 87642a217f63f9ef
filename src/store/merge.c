#include "vekha/store/merge.h"

#include <stdint.h>
#include <stdlib.h>

#include "store/merge_priv.h"
#include "vekha/base/diff3.h"
#include "vekha/core/plan_match.h"

void merged_done(Merged *merged)
{
    strbuf_done(&merged->text);
    vec_done(&merged->notes);
    vec_done(&merged->about.headings);
    arena_done(&merged->arena);
}

static void side_done(Side *side)
{
    reading_done(&side->reading);
    doc_free(side->doc);
    strbuf_done(&side->rest);
    *side = (Side){ 0 };
}

static bool read_side(Str name, Str text, Side *out, Err *err)
{
    Err why = { 0 };
    out->doc = doc_new(text);
    schema_read(out->doc, &out->reading);
    bool ok = !doc_is_broken(out->doc, &why);
    if (ok && (out->reading.is_no_plan || out->reading.is_cut || out->reading.plan.format > PLAN_FORMAT)) {
        ok = err_plain(&why, ERR_PLAN, out->reading.is_no_plan ? T_PLAN_NOT_MAP : T_WRITE_READ_ONLY);
    }
    if (!ok && err != NULL) {
        err_copy(err, &why);
        (void)err_in(err, name);
    }
    return ok;
}

/* ---- The lines alone ---- */

/* Is all that the one made of base in the result, and no more to be done? Then merging it once more changes nothing. */
static bool has_all(const Side *base, const Side *result, const Side *of)
{
    PlanMerge again;
    plan_merge(&base->reading.plan, &result->reading.plan, &of->reading.plan, &again);
    bool ok = again.changes.n == 0 && again.conflicts.n == 0 && !again.lost;
    plan_merge_done(&again);
    size_t n = of->reading.plan.sections.n;
    int *sections = mem_new((n + 1) * sizeof *sections);
    plan_match_sections(&of->reading.plan, &result->reading.plan, sections);
    for (size_t i = 0; i < n && ok; i++) {
        ok = sections[i] >= 0;
    }
    free(sections);
    return ok;
}

/* Where both changed the sections, the result may have no more of them than the two together. */
static bool is_sum(const Merge *merge, const Side *result)
{
    const Plan *base = &merge->base.reading.plan;
    const Plan *ours = &merge->ours.reading.plan;
    const Plan *theirs = &merge->theirs.reading.plan;
    return result->reading.plan.sections.n + base->sections.n <= ours->sections.n + theirs->sections.n ||
           result->reading.plan.sections.n <= ours->sections.n || result->reading.plan.sections.n <= theirs->sections.n;
}

/* What the plan is to be; false: the changes cannot be told of ours (an id that two events have), or are not all of them. */
static bool make_model(const Merge *merge, Plan *model)
{
    const PlanMerge *plan = &merge->plan;
    const Plan *ours = &merge->ours.reading.plan;
    ChangeTarget *targets = mem_new((plan->changes.n + 1) * sizeof *targets);
    ChangeSet set = { plan->changes.at, plan->changes.n };
    bool ok = !plan->has_sections && !plan->lost && changes_find(set, NULL, ours, targets, NULL) &&
              changes_make(set, targets, ours, model, NULL);
    free(targets);
    return ok;
}

static bool is_as_meant(const Merge *merge, const Side *result)
{
    Plan model = { 0 };
    bool ok = make_model(merge, &model) ? plan_eq(&model, &result->reading.plan)
                                        : has_all(&merge->base, result, &merge->ours) &&
                                              has_all(&merge->base, result, &merge->theirs) && is_sum(merge, result);
    plan_done(&model);
    return ok;
}

/* Merges line by line, if that is what the plans say as well. */
static bool merge_by_lines(Merge *merge)
{
    StrBuf text = { 0 };
    Side result = { 0 };
    bool ok = merge->plan.conflicts.n == 0 &&
              diff3_merge(doc_text(merge->base.doc), doc_text(merge->ours.doc), doc_text(merge->theirs.doc), &text);
    ok = ok && read_side((Str){ 0 }, strbuf_str(&text), &result, NULL);
    ok = ok && is_as_meant(merge, &result);
    if (ok) {
        strbuf_add(&merge->out->text, strbuf_str(&text));
    }
    side_done(&result);
    strbuf_done(&text);
    return ok;
}

/* ---- Event by event ---- */

static Str extent(const Side *side, size_t event)
{
    size_t from;
    size_t to;
    bool ok = doc_item_extent(side->doc, side->reading.bindings.at[event].map, &from, &to);
    return ok ? str_sub(doc_text(side->doc), from, to) : (Str){ 0 };
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
        return extent(&merge->theirs, source->theirs);
    }
    if (diff3_merge(extent(&merge->base, source->base), extent(&merge->ours, source->ours),
                    extent(&merge->theirs, source->theirs), &both)) {
        bytes = arena_copy(&merge->out->arena, strbuf_str(&both));
    }
    strbuf_done(&both);
    return bytes;
}

static bool has_value_conflict(const Merge *merge, size_t ours)
{
    for (size_t i = 0; i < merge->plan.conflicts.n; i++) {
        if (merge->plan.conflicts.at[i].ours == ours) {
            return true;
        }
    }
    return false;
}

static void find_replacements(Merge *merge, ReplacementVec *out)
{
    const PlanMerge *plan = &merge->plan;
    for (size_t i = 0; i < plan->changes.n; i++) {
        const MergeSource *source = &plan->sources.at[i];
        bool is_edit = plan->changes.at[i].kind == CHANGE_EDIT && !has_value_conflict(merge, source->ours);
        Str bytes = is_edit ? merged_bytes(merge, source) : (Str){ 0 };
        if (bytes.n_bytes > 0) {
            vec_push(out, (Replacement){ source->ours, i, bytes });
        }
    }
    for (size_t i = 0; i < plan->same.n; i++) {
        bool is_free = !has_value_conflict(merge, plan->same.at[i].ours);
        Str bytes = is_free ? merged_bytes(merge, &plan->same.at[i]) : (Str){ 0 };
        if (bytes.n_bytes > 0) {
            vec_push(out, (Replacement){ plan->same.at[i].ours, SIZE_MAX, bytes });
        }
    }
}

/* Reads the text, which is what the changes make of the side; then it is the side. */
static bool become(Side *side, Str text, const Plan *model, Err *err)
{
    Side next = { 0 };
    bool ok = read_side((Str){ 0 }, text, &next, err) &&
              (plan_eq(model, &next.reading.plan) || err_plain(err, ERR_REFUSED, T_MERGE_NOT_AS_MEANT));
    if (ok) {
        Side old = *side;
        *side = next;
        next = old;
    }
    side_done(&next);
    return ok;
}

typedef struct Batch {
    ChangeSet set;
    const Replacement *replacements;
    size_t n_replacements;
} Batch;

static bool collect(const Side *side, const Batch *batch, const ChangeTarget *targets, Splices *out, Err *err)
{
    bool ok = true;
    size_t next = 0; /* the replacements that have a change come first, in its order */
    for (size_t i = 0; i < batch->set.n && ok; i++) {
        bool is_by_bytes = next < batch->n_replacements && batch->replacements[next].change == i;
        next += is_by_bytes;
        ok = is_by_bytes || splices_add(out, side->doc, &side->reading, &batch->set.at[i], &targets[i], err);
    }
    for (size_t i = 0; i < batch->n_replacements && ok; i++) {
        ok = splices_replace(out, side->doc, &side->reading, batch->replacements[i].ours, batch->replacements[i].bytes, err);
    }
    return ok;
}

/* Makes the changes on the side, and proves them. */
static bool make_batch(Side *side, const Batch *batch, Err *err)
{
    Splices splices = { 0 };
    StrBuf text = { 0 };
    Plan model = { 0 };
    ChangeTarget *targets = mem_new((batch->set.n + 1) * sizeof *targets);
    bool ok = true;
    if (batch->set.n + batch->n_replacements > 0) {
        ok = changes_find(batch->set, NULL, &side->reading.plan, targets, err) &&
             changes_make(batch->set, targets, &side->reading.plan, &model, err) &&
             collect(side, batch, targets, &splices, err) && doc_edit(side->doc, splices.edits.at, splices.edits.n, &text, err) &&
             become(side, strbuf_str(&text), &model, err);
    }
    free(targets);
    plan_done(&model);
    splices_done(&splices);
    strbuf_done(&text);
    return ok;
}

/* The changes of theirs, those that come with the bytes of theirs among them; moves are made last: what moves may change as well.
 */
static bool make_changes(Merge *merge, const ReplacementVec *replacements, Err *err)
{
    const PlanMerge *plan = &merge->plan;
    ChangeVec still = { 0 };
    ChangeVec moves = { 0 };
    ReplacementVec kept = { 0 };
    size_t next = 0;
    for (size_t i = 0; i < plan->changes.n; i++) {
        Change change = plan->changes.at[i];
        if (change.kind == CHANGE_INSERT) {
            change.bytes = extent(&merge->theirs, plan->sources.at[i].theirs);
        }
        if (next < replacements->n && replacements->at[next].change == i) {
            Replacement one = replacements->at[next++];
            one.change = still.n;
            vec_push(&kept, one);
        }
        if (change.kind == CHANGE_MOVE) {
            vec_push(&moves, change);
        } else {
            vec_push(&still, change);
        }
    }
    for (; next < replacements->n; next++) {
        vec_push(&kept, replacements->at[next]);
    }
    Batch first = { { still.at, still.n }, kept.at, kept.n };
    Batch second = { { moves.at, moves.n }, NULL, 0 };
    bool ok = make_batch(&merge->ours, &first, err) && make_batch(&merge->ours, &second, err);
    vec_done(&still);
    vec_done(&moves);
    vec_done(&kept);
    return ok;
}

/* The text is theirs: where both changed a value, ours stands in its key all the same. */
static void prefer_ours(Merge *merge)
{
    for (size_t i = 0; i < merge->plan.conflicts.n && merge->is_turned; i++) {
        const MergeConflict *conflict = &merge->plan.conflicts.at[i];
        const Plan *plan = &merge->ours.reading.plan;
        Arena *arena = &merge->plan.arena;
        if (conflict->name.n_bytes > 0) {
            Change change = { .kind = CHANGE_HEADER, .section = section_ref(plan, conflict->section, arena) };
            change = conflict->ours != SIZE_MAX ? change_of(plan, conflict->ours, arena) : change;
            change_push(&change, conflict->edit, arena);
            vec_push(&merge->plan.changes, change);
            vec_push(&merge->plan.sources, (MergeSource){ SIZE_MAX, conflict->ours, SIZE_MAX });
        }
    }
}

static bool mark_conflicts(Merge *merge, Err *err)
{
    ChangeVec changes = { 0 };
    Splices splices = { 0 };
    StrBuf text = { 0 };
    merge_find_marks(merge, &changes);
    Batch batch = { { changes.at, changes.n }, NULL, 0 };
    bool ok = make_batch(&merge->ours, &batch, err);
    if (ok) {
        merge_mark_plan(merge, &splices);
    }
    if (splices.edits.n > 0) {
        ok = doc_edit(merge->ours.doc, splices.edits.at, splices.edits.n, &text, err) &&
             become(&merge->ours, strbuf_str(&text), &merge->ours.reading.plan, err);
    }
    splices_done(&splices);
    strbuf_done(&text);
    vec_done(&changes);
    return ok;
}

static bool same_rest(Side *a, Side *b)
{
    return str_eq(rest_of_plan(a), rest_of_plan(b));
}

static void plan_again(Merge *merge)
{
    plan_merge_done(&merge->plan);
    plan_merge(&merge->base.reading.plan, &merge->ours.reading.plan, &merge->theirs.reading.plan, &merge->plan);
}

static void turn(Merge *merge)
{
    Side side = merge->ours;
    merge->ours = merge->theirs;
    merge->theirs = side;
    merge->is_turned = !merge->is_turned;
    plan_again(merge);
}

/* Has theirs changed nothing but values and events? Then its changes can be made on the text of ours. */
static bool can_be_told(Merge *merge)
{
    return !merge->plan.has_sections && !merge->plan.lost &&
           (same_rest(&merge->base, &merge->theirs) || same_rest(&merge->ours, &merge->theirs));
}

/* Of the events that stay as they are, leaves those whose lines theirs changed all the same. */
static void keep_touched(Merge *merge)
{
    PlanMerge *plan = &merge->plan;
    size_t n = 0;
    for (size_t i = 0; i < plan->same.n; i++) {
        MergeSource one = plan->same.at[i];
        bool is_touched =
            one.base != SIZE_MAX && !str_eq(rest_entry(&merge->base, one.base), rest_entry(&merge->theirs, one.theirs));
        if (is_touched) {
            plan->same.at[n++] = one;
        }
    }
    plan->same.n = n;
}

static bool merge_by_events(Merge *merge, Err *err)
{
    ReplacementVec replacements = { 0 };
    if (!can_be_told(merge)) {
        turn(merge);
        if (!can_be_told(merge)) {
            turn(merge);
        }
    }
    keep_touched(merge);
    prefer_ours(merge);
    find_replacements(merge, &replacements);
    merge_add_notes(merge, &replacements);
    bool ok = make_changes(merge, &replacements, NULL);
    if (!ok) { /* bytes that do not fit where they are to stand: value by value then */
        vec_clear(&merge->out->notes);
        merge->out->n_conflicts = 0;
        vec_clear(&replacements);
        merge_add_notes(merge, &replacements);
        ok = make_changes(merge, &replacements, err);
    }
    ok = ok && mark_conflicts(merge, err);
    if (ok) {
        strbuf_add(&merge->out->text, doc_text(merge->ours.doc));
    }
    vec_done(&replacements);
    return ok;
}

/* One of them is the base: then the other one is the result. */
static bool is_one_sided(MergeText base, MergeText ours, MergeText theirs, StrBuf *out)
{
    bool is_ours = str_eq(base.text, theirs.text) || str_eq(ours.text, theirs.text);
    if (is_ours || str_eq(base.text, ours.text)) {
        strbuf_add(out, is_ours ? ours.text : theirs.text);
        return true;
    }
    return false;
}

/* What a person is told about the merge needs no more than this of the plan. */
static void keep_about(Merged *out, const Plan *plan)
{
    Arena *arena = &out->arena;
    out->about.title = arena_copy(arena, plan->title);
    out->about.short_name = arena_copy(arena, plan->short_name);
    out->about.period = plan->period;
    for (size_t i = 0; i < plan->headings.n; i++) {
        const Heading *heading = &plan->headings.at[i];
        vec_push(&out->about.headings, (Heading){ arena_copy(arena, heading->key), arena_copy(arena, heading->text) });
    }
}

/* Both added the file: each has all that it says from itself. */
static bool is_nothing(Str text)
{
    return str_is_blank(text) || str_eq(text, STR("\xEF\xBB\xBF"));
}

bool merge_plans(MergeText base, MergeText ours, MergeText theirs, Merged *out, Err *err)
{
    Merge merge = { .out = out };
    *out = (Merged){ 0 };
    base.text = is_nothing(base.text) ? STR("{}\n") : base.text;
    bool ok = read_side(base.name, base.text, &merge.base, err) && read_side(ours.name, ours.text, &merge.ours, err) &&
              read_side(theirs.name, theirs.text, &merge.theirs, err);
    if (ok) {
        keep_about(out, &merge.ours.reading.plan);
    }
    if (ok && !is_one_sided(base, ours, theirs, &out->text)) {
        plan_again(&merge);
        ok = merge_by_lines(&merge) || merge_by_events(&merge, err);
    }
    plan_merge_done(&merge.plan);
    side_done(&merge.base);
    side_done(&merge.ours);
    side_done(&merge.theirs);
    if (!ok) {
        merged_done(out);
        *out = (Merged){ 0 };
        if (err != NULL && err->kind == ERR_CONFLICT) {
            err->kind = ERR_REFUSED; /* the change of one cannot be made on the plan of the other: no more can be told here */
        }
    }
    return ok;
}
