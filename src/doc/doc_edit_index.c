#include "doc/doc_edit_index_priv.h"

#include <stdint.h>
#include <stdlib.h>

static int by_address(const Node *a, const Node *b)
{
    return ((uintptr_t)a > (uintptr_t)b) - ((uintptr_t)a < (uintptr_t)b);
}

static int by_order(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int by_map(const void *a, const void *b)
{
    const EditName *x = a;
    const EditName *y = b;
    int order = by_address(x->map, y->map);
    return order != 0 ? order : by_order(x->order, y->order);
}

static int by_key(const void *a, const void *b)
{
    const EditName *x = a;
    const EditName *y = b;
    int order = by_address(x->map, y->map);
    order = order != 0 ? order : str_cmp(x->key, y->key);
    return order != 0 ? order : by_order(x->order, y->order);
}

EditIndex edit_index_new(const DocEdit *edits, size_t n_edits)
{
    EditIndex index = { .edits = edits, .n_edits = n_edits };
    index.by_map = mem_new(n_edits * sizeof *index.by_map);
    index.by_key = mem_new(n_edits * sizeof *index.by_key);
    for (size_t i = 0; i < n_edits; i++) {
        index.by_map[i] = index.by_key[i] = (EditName){ edits[i].map, edits[i].key, i };
        index.has_deletes = index.has_deletes || edits[i].kind == DOC_DELETE;
    }
    if (n_edits > 1) {
        qsort(index.by_map, n_edits, sizeof *index.by_map, by_map);
        qsort(index.by_key, n_edits, sizeof *index.by_key, by_key);
    }
    return index;
}

void edit_index_done(EditIndex *index)
{
    free(index->by_map);
    free(index->by_key);
    *index = (EditIndex){ 0 };
}

/* The first that is not before the wanted one. */
static size_t find_first(const void *at, size_t n, size_t size, const void *wanted, int (*compare)(const void *, const void *))
{
    size_t low = 0;
    size_t high = n;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare((const char *)at + middle * size, wanted) < 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static EditRange find_range(const EditIndex *index, const EditName *names, EditName wanted,
                            int (*compare)(const void *, const void *))
{
    if (index->n_edits == 0) {
        return (EditRange){ 0 };
    }
    wanted.order = 0;
    size_t from = find_first(names, index->n_edits, sizeof *names, &wanted, compare);
    wanted.order = SIZE_MAX;
    size_t to = find_first(names, index->n_edits, sizeof *names, &wanted, compare);
    return (EditRange){ names + from, to - from };
}

EditRange edit_index_of(const EditIndex *index, const Node *map)
{
    return find_range(index, index->by_map, (EditName){ .map = map }, by_map);
}

EditRange edit_index_of_key(const EditIndex *index, const Node *map, Str key)
{
    return find_range(index, index->by_key, (EditName){ .map = map, .key = key }, by_key);
}

size_t edit_index_delete(const EditIndex *index, const Node *item)
{
    EditRange range = index->has_deletes ? edit_index_of(index, item) : (EditRange){ 0 };
    for (size_t i = 0; i < range.n; i++) {
        if (index->edits[range.at[i].order].kind == DOC_DELETE) {
            return range.at[i].order;
        }
    }
    return SIZE_MAX;
}

static int by_place(const void *a, const void *b)
{
    const EditAdd *x = a;
    const EditAdd *y = b;
    int order = by_address(x->list, y->list);
    order = order != 0 ? order : by_address(x->behind, y->behind);
    return order != 0 ? order : by_order(x->order, y->order);
}

void edit_adds_sort(EditAddVec *adds)
{
    if (adds->n > 1) {
        qsort(adds->at, adds->n, sizeof *adds->at, by_place);
    }
}

const EditAdd *edit_adds_behind(const EditAddVec *adds, const Node *list, const Node *behind, size_t *n)
{
    EditAdd wanted = { .list = list, .behind = behind };
    size_t from = find_first(adds->at, adds->n, sizeof *adds->at, &wanted, by_place);
    wanted.order = SIZE_MAX;
    *n = find_first(adds->at, adds->n, sizeof *adds->at, &wanted, by_place) - from;
    return *n > 0 ? &adds->at[from] : NULL;
}

struct EditTarget {
    uint32_t start, end;
    uint32_t max_end; /* of those up to this one */
    uint32_t min_end; /* of those from this one on */
};

static int by_start(const void *a, const void *b)
{
    const struct EditTarget *x = a;
    const struct EditTarget *y = b;
    return (x->start > y->start) - (x->start < y->start);
}

EditTargets edit_targets_new(const Doc *doc)
{
    EditTargets targets = { .n = doc->targets.n };
    if (targets.n == 0) {
        return targets;
    }
    targets.at = mem_new(targets.n * sizeof *targets.at);
    for (size_t i = 0; i < targets.n; i++) {
        targets.at[i] = (struct EditTarget){ .start = doc->targets.at[i]->start, .end = doc->targets.at[i]->end };
    }
    qsort(targets.at, targets.n, sizeof *targets.at, by_start);
    uint32_t max_end = 0;
    uint32_t min_end = UINT32_MAX;
    for (size_t i = 0; i < targets.n; i++) {
        struct EditTarget *up = &targets.at[i];
        struct EditTarget *down = &targets.at[targets.n - 1 - i];
        up->max_end = max_end = up->end > max_end ? up->end : max_end;
        down->min_end = min_end = down->end < min_end ? down->end : min_end;
    }
    return targets;
}

/* How many begin before the byte. */
static size_t count_before(const EditTargets *targets, size_t byte)
{
    struct EditTarget wanted = { .start = (uint32_t)byte };
    return find_first(targets->at, targets->n, sizeof *targets->at, &wanted, by_start);
}

bool edit_targets_within(const EditTargets *targets, size_t from, size_t to)
{
    size_t first = count_before(targets, from);
    return first < targets->n && targets->at[first].min_end <= to;
}

bool edit_targets_around(const EditTargets *targets, size_t start, size_t end)
{
    size_t n = count_before(targets, start + 1);
    return n > 0 && targets->at[n - 1].max_end >= end;
}
