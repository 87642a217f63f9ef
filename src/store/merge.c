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

void side_done(Side *side)
{
    reading_done(&side->reading);
    doc_free(side->doc);
    strbuf_done(&side->rest);
    free(side->extents);
    key_tree_done(&side->columns);
    *side = (Side){ 0 };
}

bool side_read(Str name, Str text, Side *out, Err *err)
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

/* model: NULL if it is not known. */
static bool is_as_meant(const Merge *merge, const Plan *model, const Side *result)
{
    return model != NULL ? plan_eq(model, &result->reading.plan)
                         : has_all(&merge->base, result, &merge->ours) && has_all(&merge->base, result, &merge->theirs) &&
                               is_sum(merge, result);
}

static bool prove_whole(const Merge *merge, Str text, const Plan *model)
{
    Side result = { 0 };
    bool ok = side_read((Str){ 0 }, text, &result, NULL) && is_as_meant(merge, model, &result);
    side_done(&result);
    return ok;
}

/* Merges line by line, if that is what the plans say as well. */
static bool merge_by_lines(Merge *merge)
{
    StrBuf text = { 0 };
    Diff3Pieces pieces = { 0 };
    Plan model = { 0 };
    bool ok = merge->plan.conflicts.n == 0 &&
              diff3_merge(doc_text(merge->base.doc), doc_text(merge->ours.doc), doc_text(merge->theirs.doc), &text, &pieces);
    if (ok) {
        const Plan *wanted = make_model(merge, &model) ? &model : NULL;
        ok = (wanted != NULL && merge_prove_lines(merge, &pieces, strbuf_str(&text), wanted)) ||
             prove_whole(merge, strbuf_str(&text), wanted);
    }
    if (ok) {
        strbuf_add(&merge->out->text, strbuf_str(&text));
    }
    plan_done(&model);
    vec_done(&pieces);
    strbuf_done(&text);
    return ok;
}

/* ---- Event by event ---- */

/* The text is theirs: where both changed a value, ours stands in its key all the same. */
static void prefer_ours(Merge *merge)
{
    for (size_t i = 0; i < merge->plan.conflicts.n && merge->is_turned; i++) {
        const MergeConflict *conflict = &merge->plan.conflicts.at[i];
        const Plan *plan = &merge->ours.reading.plan;
        Arena *arena = &merge->plan.arena;
        if (conflict->name.n_bytes > 0) {
            const MergeConflict *before = i > 0 ? &merge->plan.conflicts.at[i - 1] : NULL;
            bool goes_on =
                before != NULL && before->name.n_bytes > 0 && before->ours == conflict->ours && conflict->ours != SIZE_MAX;
            if (!goes_on) {
                bool is_event = conflict->ours != SIZE_MAX;
                Change change = { .kind = CHANGE_HEADER };
                change.section = is_event ? change.section : section_ref(plan, conflict->section, arena);
                vec_push(&merge->plan.changes, is_event ? change_of(plan, conflict->ours, arena) : change);
                vec_push(&merge->plan.sources, (MergeSource){ SIZE_MAX, conflict->ours, SIZE_MAX });
            }
            change_push(&merge->plan.changes.at[merge->plan.changes.n - 1], conflict->edit, arena);
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
    Side marked = { 0 };
    bool ok = changes.n == 0 || merge_make_batch(&merge->ours, &batch, &marked, err);
    if (ok && changes.n > 0) {
        side_become(&merge->ours, &marked);
    }
    if (ok) {
        merge_mark_plan(merge, &splices);
    }
    if (splices.edits.n > 0) {
        ok = doc_edit(merge->ours.doc, splices.edits.at, splices.edits.n, &text, err) &&
             side_read_as(strbuf_str(&text), &merge->ours.reading.plan, &marked, err);
        side_become(&merge->ours, &marked);
    }
    side_done(&marked);
    splices_done(&splices);
    strbuf_done(&text);
    vec_done(&changes);
    return ok;
}

static bool same_rest(Side *a, Side *b)
{
    return str_eq(rest_of_plan(a), rest_of_plan(b));
}

/* Comments and unknown keys of an event that the other side deleted would go with it. */
static bool is_rest_changed(void *context, size_t base, size_t event, bool in_theirs)
{
    Merge *merge = context;
    Side *side = in_theirs ? &merge->theirs : &merge->ours;
    StrBuf rests[2] = { 0 };
    bool is_changed = !str_eq(rest_entry(&merge->base, base), rest_entry(side, event));
    if (is_changed) {
        rest_add_of_event(&rests[0], &merge->base, base, NULL);
        rest_add_of_event(&rests[1], side, event, NULL);
        is_changed = !str_eq(strbuf_str(&rests[0]), strbuf_str(&rests[1]));
    }
    strbuf_done(&rests[0]);
    strbuf_done(&rests[1]);
    return is_changed;
}

static void plan_again(Merge *merge)
{
    MergeRest rest = { is_rest_changed, merge };
    plan_merge_done(&merge->plan);
    plan_merge_beside(&merge->base.reading.plan, &merge->ours.reading.plan, &merge->theirs.reading.plan, &rest, &merge->plan);
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
        Str was = one.base != SIZE_MAX ? rest_entry(&merge->base, one.base) : rest_entry(&merge->ours, one.ours);
        bool is_touched = !str_eq(was, rest_entry(&merge->theirs, one.theirs));
        if (is_touched) {
            plan->same.at[n++] = one;
        }
    }
    plan->same.n = n;
}

/* The changes of theirs, made on the text of ours, which is then all that comes out; of conflicts, their marks as well. */
static bool make_whole(Merge *merge, ReplacementVec *replacements, Err *err)
{
    Side result = { 0 };
    bool ok = merge_make(merge, replacements, &result, replacements->n > 0 ? NULL : err);
    if (!ok && replacements->n > 0) {
        side_done(&result);
        merge_drop_unfit(merge, replacements);
        ok = merge_make(merge, replacements, &result, err);
    }
    merge_add_notes(merge, replacements);
    if (ok) {
        side_become(&merge->ours, &result);
    }
    side_done(&result);
    ok = ok && mark_conflicts(merge, err);
    if (ok) {
        strbuf_add(&merge->out->text, doc_text(merge->ours.doc));
    }
    return ok;
}

/* The same, if there is nothing to be marked. */
static bool make_entries(Merge *merge, const ReplacementVec *replacements)
{
    bool ok = merge->plan.conflicts.n == 0 && merge_make_entries(merge, replacements, &merge->out->text);
    if (ok) {
        merge_add_notes(merge, replacements);
        ok = merge->out->n_conflicts == 0;
    }
    if (!ok) {
        strbuf_clear(&merge->out->text);
        vec_clear(&merge->out->notes);
        merge->out->n_conflicts = 0;
    }
    return ok;
}

static bool merge_by_events(Merge *merge, Err *err)
{
    ReplacementVec replacements = { 0 };
    plan_again(merge);
    if (!can_be_told(merge)) {
        turn(merge);
        if (!can_be_told(merge)) {
            turn(merge);
        }
    }
    keep_touched(merge);
    prefer_ours(merge);
    merge_find_replacements(merge, &replacements);
    bool ok = make_entries(merge, &replacements) || make_whole(merge, &replacements, err);
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
    bool ok = side_read(base.name, base.text, &merge.base, err) && side_read(ours.name, ours.text, &merge.ours, err) &&
              side_read(theirs.name, theirs.text, &merge.theirs, err);
    if (ok) {
        keep_about(out, &merge.ours.reading.plan);
    }
    if (ok && !is_one_sided(base, ours, theirs, &out->text)) {
        plan_merge(&merge.base.reading.plan, &merge.ours.reading.plan, &merge.theirs.reading.plan, &merge.plan);
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
