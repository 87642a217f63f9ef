#include <stdint.h>
#include <string.h>

#include "store/splices_priv.h"

/* What a change does to the mark of one occurrence. */
typedef struct MarkEdits {
    Str at;
    const Node *node;   /* the first one in the file; NULL: there is none */
    size_t first, last; /* of its edits, counted from 1; 0: there is none */
    bool has_status, is_dropped;
} MarkEdits;

/* The first mark at each occurrence. */
static void find_nodes(SplicesMarks *marks, const Node *list)
{
    for (const Node *item = list != NULL && list->kind == NODE_LIST ? list->child : NULL; item != NULL; item = item->next) {
        const Node *at = item->kind == NODE_MAP ? node_get(marks->doc, item, STR("at")) : NULL;
        if (at != NULL) {
            MarkEdits *one = key_tree_put(&marks->by_at, at->text, sizeof *one);
            one->node = one->node == NULL ? item : one->node;
        }
    }
}

static void find_edits(SplicesMarks *marks)
{
    const Change *change = marks->change;
    marks->next = arena_alloc(&marks->by_at.arena, change->n_edits * sizeof *marks->next);
    for (size_t i = 0; i < change->n_edits; i++) {
        const FieldEdit *edit = &change->edits[i];
        if (edit->at.n_bytes == 0) {
            continue;
        }
        MarkEdits *one = key_tree_put(&marks->by_at, edit->at, sizeof *one);
        if (one->first == 0) {
            one->first = i + 1;
        } else {
            marks->next[one->last - 1] = i + 1;
        }
        one->last = i + 1;
        if (edit->field == FIELD_STATUS && !one->has_status) {
            one->has_status = true;
            one->is_dropped = edit->after.n_bytes == 0; /* the whole mark goes */
        }
    }
}

/* Is no mark of the event left? Then the list goes with them. */
static bool drops_all(const SplicesMarks *marks, const Node *list)
{
    bool has_marks = false;
    bool ok = list != NULL && list->kind == NODE_LIST;
    for (size_t i = 0; i < marks->change->n_edits && ok; i++) {
        const FieldEdit *edit = &marks->change->edits[i];
        if (edit->key.n_bytes == 0 && edit->at.n_bytes > 0) {
            const MarkEdits *one = key_tree_find(&marks->by_at, edit->at);
            has_marks = true;
            ok = one->is_dropped;
        }
    }
    for (const Node *item = ok ? list->child : NULL; item != NULL && ok; item = item->next) {
        const Node *at = item->kind == NODE_MAP ? node_get(marks->doc, item, STR("at")) : NULL;
        const MarkEdits *one = at != NULL && at->text.n_bytes > 0 ? key_tree_find(&marks->by_at, at->text) : NULL;
        ok = one != NULL && one->is_dropped && one->node == item;
    }
    return ok && has_marks;
}

void splices_marks_init(SplicesMarks *marks, Splices *out, const Doc *doc, const Node *map, const Change *change)
{
    *marks = (SplicesMarks){ .out = out, .doc = doc, .map = map, .change = change };
    bool has_marks = false;
    for (size_t i = 0; i < change->n_edits; i++) {
        has_marks = has_marks || change->edits[i].at.n_bytes > 0;
    }
    if (!has_marks) {
        return;
    }
    const Node *list = node_get(doc, map, field_info(FIELD_MARKS)->name);
    find_nodes(marks, list);
    find_edits(marks);
    marks->before = splices_key_before(doc, map, FIELD_MARKS);
    marks->are_gone = drops_all(marks, list);
    if (marks->are_gone) {
        vec_push(&out->edits, (DocEdit){ .kind = DOC_REMOVE, .map = map, .key = field_info(FIELD_MARKS)->name });
    }
}

void splices_marks_done(SplicesMarks *marks)
{
    key_tree_done(&marks->by_at);
}

/* A mark of an occurrence that has none yet: all that the change says of it. */
static void add_new(SplicesMarks *marks, const MarkEdits *one)
{
    SplicesPairs pairs = { 0 };
    splices_add_pair(&pairs, STR("at"), marks->change->edits[one->first - 1].at, true);
    for (size_t i = one->first; i > 0; i = marks->next[i - 1]) {
        const FieldEdit *edit = &marks->change->edits[i - 1];
        splices_add_pair(&pairs, field_info(edit->field)->name, edit->after, splices_is_plain(edit->field, edit->after));
    }
    DocMap mark = splices_take_pairs(marks->out, &pairs);
    vec_push(&marks->out->edits, (DocEdit){ .kind = DOC_APPEND,
                                            .map = marks->map,
                                            .key = field_info(FIELD_MARKS)->name,
                                            .pairs = mark.pairs,
                                            .n_pairs = mark.n_pairs,
                                            .after = marks->before });
}

void splices_marks_edit(SplicesMarks *marks, size_t index)
{
    const FieldEdit *edit = &marks->change->edits[index];
    const MarkEdits *one = key_tree_find(&marks->by_at, edit->at);
    bool is_first = one->first == index + 1;
    if (marks->are_gone) {
        return;
    }
    if (one->node != NULL && !one->is_dropped) {
        splices_set_value(marks->out, marks->doc, one->node, edit);
    } else if (one->node != NULL && is_first) {
        vec_push(&marks->out->edits, (DocEdit){ .kind = DOC_DELETE, .map = one->node });
    } else if (one->node == NULL && is_first && !one->is_dropped) {
        add_new(marks, one);
    }
}
