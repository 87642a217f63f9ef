/*
 * Two lists of changes of any plan, merged; or any three texts. The first bytes say which changes, the rest is the file. What
 * comes out can be read. Merging in the other order brings the same events and the same number of conflicts; merging either
 * side again changes nothing; what one side alone changed is there; and where the sides have nothing to do with each other there
 * is no conflict, and the plan is the one that both lists of changes make.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "../support/patch.h"
#include "vekha/core/change_build.h"
#include "vekha/core/header.h"
#include "vekha/store/merge.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum {
    N_CHANGES = 3,
    N_CONTROL = 5,
    N_SIDE = N_CHANGES * N_CONTROL,
    N_HEAD = 1 + 2 * N_SIDE,
    MAX_EVENTS = 48,
    MAX_SECTIONS = 16
};

static const Str values[] = {
    STR_INIT("приказ № 5"), STR_INIT("раз, два: три #4"),
    STR_INIT("раз\nдва\n"), STR_INIT("раз\nдва"),
    STR_INIT(""),           STR_INIT("- x"),
    STR_INIT("x"),          STR_INIT("No"),
    STR_INIT(" x "),        STR_INIT("]}"),
    STR_INIT("*a"),         STR_INIT("2022-03-29"),
    STR_INIT("\n\nx\n"),    STR_INIT("14:00"),
    STR_INIT("done"),       STR_INIT("2022-04-01"),
    STR_INIT("a\n  b\n\n"), STR_INIT("confirmed"),
};

typedef struct Whole {
    Doc *doc;
    Reading reading;
} Whole;

/* What one makes of the plan. */
typedef struct Made {
    Change changes[N_CHANGES];
    size_t n;
    StrBuf text;
    bool has_rest; /* it says something beside the plan's values: comments, values that are none of their field */
} Made;

typedef struct Run {
    Whole base;
    Made sides[2];
    Arena arena;
} Run;

static void require_at(bool is_true, int line)
{
    if (!is_true) {
        (void)fprintf(stderr, "line %d\n", line);
        abort();
    }
}

#define require(is_true) require_at((is_true), __LINE__)

static void read_whole(Str text, Whole *out)
{
    out->doc = doc_new(text);
    schema_read(out->doc, &out->reading);
}

static void whole_done(Whole *whole)
{
    reading_done(&whole->reading);
    doc_free(whole->doc);
}

static bool is_sound(const Whole *whole)
{
    const Reading *reading = &whole->reading;
    return !doc_is_broken(whole->doc, NULL) && !reading->is_no_plan && !reading->is_cut && reading->plan.format <= PLAN_FORMAT;
}

/* ---- Changes ---- */

static bool add_edit(Change *change, const Event *event, FieldEdit edit, Arena *arena)
{
    edit.before = change_value(event, &edit, arena);
    bool is_other = !change_same_value(&edit, edit.before, edit.after);
    if (is_other) {
        change_push(change, edit, arena);
    }
    return is_other;
}

static bool make_edit(Run *run, size_t side, size_t index, const uint8_t *control, Change *out)
{
    const Plan *plan = &run->base.reading.plan;
    const Event *event = &plan->events.at[index];
    FieldEdit edit = { .field = (FieldId)(control[2] % FIELD_COUNT), .after = values[control[3] % COUNTOF(values)] };
    if (edit.field == FIELD_ID || edit.field == FIELD_CONFLICT || edit.field == FIELD_WAS || edit.field == FIELD_MARKS) {
        edit.field = FIELD_NOTE;
    }
    if (control[4] % 4 == 0 && field_info(edit.field)->mark_offset != SIZE_MAX) {
        edit.at = control[4] % 8 == 0 ? STR("2022-03") : STR("2022-04");
    }
    Event scratch = { 0 };
    run->sides[side].has_rest = run->sides[side].has_rest || !field_parse(&scratch, edit.field, edit.after, &run->arena);
    *out = change_of(plan, index, &run->arena);
    return add_edit(out, event, edit, &run->arena);
}

static EventPlace make_place(Run *run, const uint8_t *control)
{
    const Plan *plan = &run->base.reading.plan;
    size_t n = plan->events.n + plan->sections.n + 1;
    size_t at = (control[2] + 256U * (control[3] % 2)) % n;
    return at < plan->events.n ? place_after(plan, at, &run->arena)
                               : place_at_end(plan, (int)(at - plan->events.n) - 1, &run->arena);
}

static bool make_header(Run *run, const uint8_t *control, Change *out)
{
    const Plan *plan = &run->base.reading.plan;
    int section = (int)(control[1] % (plan->sections.n + 1)) - 1;
    size_t n;
    const HeaderField *fields = header_fields(&n);
    Str value = values[control[3] % COUNTOF(values)];
    return change_edit_header(out, plan, section, fields[control[2] % n].name, value, &run->arena, NULL) && out->n_edits > 0;
}

static bool make_change(Run *run, size_t side, const uint8_t *control, Change *out)
{
    const Plan *plan = &run->base.reading.plan;
    size_t event = plan->events.n > 0 ? control[1] % plan->events.n : 0;
    *out = (Change){ 0 };
    if (control[0] % 8 == 1 || plan->events.n == 0) {
        EventPlace to = make_place(run, control);
        size_t seed = control[4] % 16 == 0 ? control[1] % 2 : 1000 * side + control[1];
        Event new = { .id = plan_new_id(plan, seed, &run->arena), .title = values[control[4] % COUNTOF(values)] };
        new.no = control[4] % 3 == 0 ? values[control[3] % COUNTOF(values)] : (Str){ 0 };
        *out = change_insert(&new, &to, &run->arena);
        return true;
    }
    switch (control[0] % 8) {
    case 2:
        *out = change_delete(plan, event, &run->arena);
        return true;
    case 3: {
        EventPlace to = make_place(run, control);
        *out = change_move(plan, event, &to, &run->arena);
        return true;
    }
    case 4:
        return make_header(run, control, out);
    default:
        return make_edit(run, side, event, control, out);
    }
}

/* Makes them on the base; false: they cannot be. */
static bool apply(const Run *run, const Change *changes, size_t n, StrBuf *out)
{
    ChangeTarget targets[2 * N_CHANGES];
    Patch patch;
    for (size_t i = 0; i < n; i++) {
        if (!change_find(&changes[i], NULL, &run->base.reading.plan, &targets[i], NULL)) {
            return false;
        }
    }
    if (!patch_changes_whole(run->base.doc, &run->base.reading, (ChangeSet){ changes, n }, targets, &patch, NULL)) {
        return false;
    }
    strbuf_clear(out);
    strbuf_add(out, patch_text(run->base.doc, &patch));
    patch_done(&patch);
    return true;
}

/* A comment above one of the lines, if the plan is the same all the same. */
static void add_comment(Made *made, size_t side, unsigned line)
{
    StrBuf text = { 0 };
    Whole before = { 0 };
    Whole after = { 0 };
    Str old = strbuf_str(&made->text);
    size_t at = 0;
    for (; line > 0 && at < old.n_bytes; line--) {
        size_t end = str_find_char(old, '\n', at);
        at = end == SIZE_MAX ? 0 : end + 1;
    }
    strbuf_add(&text, str_sub(old, 0, at));
    strbuf_add(&text, side == 0 ? STR("# A\n") : STR("# B\n"));
    strbuf_add(&text, str_from(old, at));
    read_whole(old, &before);
    read_whole(strbuf_str(&text), &after);
    if (is_sound(&after) && plan_eq(&before.reading.plan, &after.reading.plan)) {
        strbuf_clear(&made->text);
        strbuf_add(&made->text, strbuf_str(&text));
        made->has_rest = true;
    }
    whole_done(&before);
    whole_done(&after);
    strbuf_done(&text);
}

static void make_side(Run *run, size_t side, const uint8_t *control)
{
    Made *made = &run->sides[side];
    strbuf_add(&made->text, doc_text(run->base.doc));
    for (size_t i = 0; i < N_CHANGES; i++) {
        const uint8_t *one = control + i * N_CONTROL;
        if (make_change(run, side, one, &made->changes[made->n]) && apply(run, made->changes, made->n + 1, &made->text)) {
            made->n++;
        }
    }
    if (control[0] >= 192) {
        add_comment(made, side, control[4] % 64U);
    }
}

/* ---- What must hold ---- */

static bool merge(Str base, Str ours, Str theirs, Merged *out)
{
    Err err = { 0 };
    MergeText texts[] = { { STR("base"), base }, { STR("ours"), ours }, { STR("theirs"), theirs } };
    bool ok = merge_plans(texts[0], texts[1], texts[2], out, &err);
    if (!ok) {
        require(err.kind == ERR_REFUSED || err.kind == ERR_PLAN);
        require(out->text.n_bytes == 0 && out->notes.n == 0);
    }
    return ok;
}

static bool has_unique_ids(const Plan *plan)
{
    for (size_t i = 0; i < plan->events.n; i++) {
        for (size_t k = 0; k < i || k == 0; k++) {
            bool is_same = k < i && str_eq(plan->events.at[i].id, plan->events.at[k].id);
            if (plan->events.at[i].id.n_bytes == 0 || is_same) {
                return false;
            }
        }
    }
    return true;
}

/* May sections be taken for each other? */
static bool has_clear_sections(const Plan *plan)
{
    for (size_t i = 0; i < plan->sections.n; i++) {
        for (size_t k = 0; k < i; k++) {
            if (str_eq(plan->sections.at[i].title, plan->sections.at[k].title)) {
                return false;
            }
        }
        for (size_t k = 0; k < COUNTOF(values); k++) {
            if (str_eq(plan->sections.at[i].title, values[k])) {
                return false;
            }
        }
        if (plan->sections.at[i].title.n_bytes == 0 || str_find(plan->sections.at[i].title, STR(" / "), 0) != SIZE_MAX) {
            return false;
        }
    }
    return true;
}

static bool is_clear(Str text)
{
    Whole whole = { 0 };
    read_whole(text, &whole);
    bool is = has_unique_ids(&whole.reading.plan);
    whole_done(&whole);
    return is;
}

static const Event *find_id(const Plan *plan, Str id)
{
    for (size_t i = 0; i < plan->events.n; i++) {
        if (str_eq(plan->events.at[i].id, id)) {
            return &plan->events.at[i];
        }
    }
    return NULL;
}

static bool is_structure(const Change *change)
{
    return change->kind != CHANGE_EDIT && change->kind != CHANGE_HEADER;
}

static bool same_edit(const FieldEdit *a, const FieldEdit *b)
{
    return a->field == b->field && str_eq(a->key, b->key) && str_eq(a->at, b->at);
}

/* Do they touch the same? */
static bool are_near(const Change *a, const Change *b)
{
    if (a->kind == CHANGE_HEADER || b->kind == CHANGE_HEADER) {
        return a->kind == b->kind && a->section.index == b->section.index && same_edit(&a->edits[0], &b->edits[0]);
    }
    if (!str_eq(a->event.id, b->event.id)) {
        return false;
    }
    return a->kind != CHANGE_EDIT || b->kind != CHANGE_EDIT || same_edit(&a->edits[0], &b->edits[0]);
}

static bool is_near_any(const Change *change, const Made *made)
{
    for (size_t i = 0; i < made->n; i++) {
        if (are_near(change, &made->changes[i])) {
            return true;
        }
    }
    return false;
}

static size_t count_structure(const Made *made)
{
    size_t n = 0;
    for (size_t i = 0; i < made->n; i++) {
        n += is_structure(&made->changes[i]);
    }
    return n;
}

/* A comment may be told of: one that a side wrote; one of the base, if events come, go or move, and it has another neighbour. */
static bool may_tell(const Run *run)
{
    bool has_comments = str_find_char(doc_text(run->base.doc), '#', 0) != SIZE_MAX;
    size_t n_places = count_structure(&run->sides[0]) + count_structure(&run->sides[1]);
    return run->sides[0].has_rest || run->sides[1].has_rest || (n_places > 0 && has_comments);
}

/* What this side alone changed is so in the result. */
static void check_kept(const Run *run, size_t side, const Plan *result)
{
    const Made *made = &run->sides[side];
    for (size_t i = 0; i < made->n; i++) {
        const Change *change = &made->changes[i];
        if (is_near_any(change, &run->sides[1 - side])) {
            continue;
        }
        const Event *event = find_id(result, change->event.id);
        if (change->kind == CHANGE_DELETE) {
            bool is_told = event != NULL && event->n_conflicts > 0; /* the other side's comment */
            require(event == NULL || (is_told && may_tell(run)));
        } else if (change->kind != CHANGE_HEADER) {
            bool is_gone = false; /* by the same side */
            for (size_t k = 0; k < made->n; k++) {
                is_gone =
                    is_gone || (made->changes[k].kind == CHANGE_DELETE && str_eq(made->changes[k].event.id, change->event.id));
            }
            require(is_gone || event != NULL);
        }
        if (change->kind == CHANGE_EDIT && event != NULL) {
            Arena arena = { 0 };
            Str now = change_value(event, &change->edits[0], &arena);
            require(made->has_rest || change_same_value(&change->edits[0], now, change->edits[0].after));
            arena_done(&arena);
        }
    }
}

static bool are_apart(const Run *run)
{
    bool are = true;
    for (size_t i = 0; i < run->sides[0].n; i++) {
        are = are && !is_near_any(&run->sides[0].changes[i], &run->sides[1]);
    }
    return are;
}

/* Equal, but for the order of marks; told: and for what a merge said of them. */
static bool same_values(const Event *a, const Event *b, bool is_told)
{
    Arena arena = { 0 };
    bool same = a->n_marks == b->n_marks;
    for (int field = 0; field < FIELD_COUNT && same; field++) {
        FieldEdit edit = { .field = (FieldId)field };
        same = field == FIELD_MARKS || (is_told && field == FIELD_CONFLICT) ||
               change_same_value(&edit, change_value(a, &edit, &arena), change_value(b, &edit, &arena));
        for (unsigned i = 0; i < a->n_marks && same && field_info(edit.field)->mark_offset != SIZE_MAX; i++) {
            edit.at = a->marks[i].at;
            same = change_same_value(&edit, change_value(a, &edit, &arena), change_value(b, &edit, &arena));
        }
    }
    arena_done(&arena);
    return same;
}

static bool is_same_told(const Plan *a, const Plan *b, bool is_told)
{
    if (a->events.n != b->events.n) {
        return false;
    }
    for (size_t i = 0; i < a->events.n; i++) {
        const Event *other = find_id(b, a->events.at[i].id);
        if (other == NULL || !same_values(&a->events.at[i], other, is_told)) {
            return false;
        }
    }
    return true;
}

static bool is_same_but_order(const Plan *a, const Plan *b)
{
    return is_same_told(a, b, false);
}

/* As if both lists were one. */
static void check_model(const Run *run, const Merged *merged, const Plan *result)
{
    Change all[2 * N_CHANGES];
    ChangeTarget targets[2 * N_CHANGES];
    size_t n = 0;
    Plan model = { 0 };
    for (size_t side = 0; side < 2; side++) {
        for (size_t i = 0; i < run->sides[side].n; i++) {
            all[n++] = run->sides[side].changes[i];
        }
    }
    bool ok = true;
    for (size_t i = 0; i < n && ok; i++) {
        ok = change_find(&all[i], NULL, &run->base.reading.plan, &targets[i], NULL);
    }
    bool has_rests = may_tell(run);
    require(has_rests || merged->n_conflicts == 0);
    bool is_placed = count_structure(&run->sides[0]) == 0 || count_structure(&run->sides[1]) == 0;
    if (ok && is_placed && merged->n_conflicts == 0 &&
        changes_make((ChangeSet){ all, n }, targets, &run->base.reading.plan, &model, NULL)) {
        require(plan_eq(&model, result) || (has_rests && is_same_but_order(&model, result))); /* theirs may come first then */
    }
    plan_done(&model);
}

/*
 * A plan with something wrong in it (a key twice, a value of another kind) may be more than can be written safely; so may one
 * that ends without a line break: behind a text of many lines nothing can be added then, and that is told.
 */
static bool may_refuse(const Run *run)
{
    return run->base.reading.problems.n > 0 || !str_ends(doc_text(run->base.doc), STR("\n"));
}

static void check_turned(const Run *run, const Merged *merged, const Whole *result)
{
    Merged turned;
    Whole other = { 0 };
    bool ok = merge(doc_text(run->base.doc), strbuf_str(&run->sides[1].text), strbuf_str(&run->sides[0].text), &turned);
    if (!ok) {
        require(may_refuse(run));
        return;
    }
    read_whole(strbuf_str(&turned.text), &other);
    require(is_sound(&other));
    bool has_rests = may_tell(run);
    require(has_rests || (merged->n_conflicts == 0) == (turned.n_conflicts == 0));
    require(merged->n_conflicts > 0 || turned.n_conflicts > 0 || is_same_but_order(&result->reading.plan, &other.reading.plan));
    whole_done(&other);
    merged_done(&turned);
}

static void check_again(const Run *run, const Merged *merged, const Whole *result)
{
    for (size_t side = 0; side < 2 && merged->notes.n == 0; side++) {
        Merged again;
        Whole other = { 0 };
        if (!merge(doc_text(run->base.doc), strbuf_str(&merged->text), strbuf_str(&run->sides[side].text), &again)) {
            require(may_refuse(run));
            continue;
        }
        read_whole(strbuf_str(&again.text), &other);
        size_t n_places = count_structure(&run->sides[0]) + count_structure(&run->sides[1]);
        bool has_rests = may_tell(run);
        require(has_rests || again.n_conflicts == 0); /* a comment may stand elsewhere now */
        bool is_moved = n_places > 1;                 /* more than one order fits then */
        bool is_told = again.n_conflicts > 0;         /* a comment that another event stands beside now: then it is marked */
        require(is_moved || is_told ? is_same_told(&other.reading.plan, &result->reading.plan, is_told)
                                    : plan_eq(&other.reading.plan, &result->reading.plan));
        whole_done(&other);
        merged_done(&again);
    }
}

static void check_one_sided(Str base, Str side)
{
    Merged merged;
    require(merge(base, base, side, &merged) && str_eq(strbuf_str(&merged.text), side));
    merged_done(&merged);
    require(merge(base, side, base, &merged) && str_eq(strbuf_str(&merged.text), side));
    merged_done(&merged);
}

static void check_merge(Run *run)
{
    Merged merged;
    Whole result = { 0 };
    const Plan *base = &run->base.reading.plan;
    check_one_sided(doc_text(run->base.doc), strbuf_str(&run->sides[0].text));
    if (!merge(doc_text(run->base.doc), strbuf_str(&run->sides[0].text), strbuf_str(&run->sides[1].text), &merged)) {
        require(may_refuse(run) || !is_clear(doc_text(run->base.doc)));
        return;
    }
    read_whole(strbuf_str(&merged.text), &result);
    require(is_sound(&result));
    if (is_clear(strbuf_str(&run->sides[0].text)) && is_clear(strbuf_str(&run->sides[1].text)) && has_unique_ids(base) &&
        has_clear_sections(base)) {
        check_kept(run, 0, &result.reading.plan);
        check_kept(run, 1, &result.reading.plan);
        check_turned(run, &merged, &result);
        check_again(run, &merged, &result);
        if (are_apart(run)) {
            check_model(run, &merged, &result.reading.plan);
        }
    }
    whole_done(&result);
    merged_done(&merged);
}

/* Three texts, with a NUL between. */
static void merge_any(Str rest)
{
    Merged merged;
    Str base = str_cut(&rest, '\0');
    Str ours = str_cut(&rest, '\0');
    if (merge(base, ours, rest, &merged)) {
        Whole result = { 0 };
        read_whole(strbuf_str(&merged.text), &result);
        require(is_sound(&result));
        whole_done(&result);
    }
    merged_done(&merged);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < N_HEAD) {
        return 0;
    }
    Str rest = { (const char *)data + N_HEAD, size - N_HEAD };
    if (data[0] == '3') {
        merge_any(rest);
        return 0;
    }
    Run run = { 0 };
    read_whole(rest, &run.base);
    const Plan *plan = &run.base.reading.plan;
    if (is_sound(&run.base) && plan->events.n < MAX_EVENTS && plan->sections.n < MAX_SECTIONS) {
        make_side(&run, 0, data + 1);
        make_side(&run, 1, data + 1 + N_SIDE);
        check_merge(&run);
    }
    for (size_t i = 0; i < COUNTOF(run.sides); i++) {
        strbuf_done(&run.sides[i].text);
    }
    whole_done(&run.base);
    arena_done(&run.arena);
    return 0;
}
