#include "core/marks_priv.h"

#include <stdlib.h>

typedef struct OccurrenceName {
    Str name;
    unsigned occurrence;
} OccurrenceName;

typedef VEC(MatchedMark) MatchedVec;

static int by_name(const void *left, const void *right)
{
    const OccurrenceName *a = left;
    const OccurrenceName *b = right;
    int order = str_cmp(a->name, b->name);
    return order != 0 ? order : a->occurrence < b->occurrence ? -1 : a->occurrence > b->occurrence;
}

void names_set(MarkNames *names, const Due *due)
{
    if (names->due == due) {
        return;
    }
    size_t n = due->n_occurrences;
    strbuf_clear(&names->text);
    names->due = due;
    names->names = mem_resize(names->names, (n + 1) * sizeof *names->names);
    for (size_t i = 0; i < n; i++) {
        size_t begin = names->text.n_bytes;
        occurrence_add_at(&names->text, &due->occurrences[i]);
        names->names[i] = (OccurrenceName){ { NULL, names->text.n_bytes - begin }, (unsigned)i };
    }
    for (size_t i = 0, at = 0; i < n; i++) { /* the text has come to rest only now */
        names->names[i].name.at = names->text.at + at;
        at += names->names[i].name.n_bytes;
    }
    qsort(names->names, n, sizeof *names->names, by_name);
}

void names_done(MarkNames *names)
{
    strbuf_done(&names->text);
    free(names->names);
    *names = (MarkNames){ 0 };
}

/* The first of that name or of a later one. */
static size_t first_named(const MarkNames *names, Str at)
{
    size_t from = 0;
    size_t to = names->due->n_occurrences;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (str_cmp(names->names[middle].name, at) < 0) {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    return from;
}

static int by_at(const void *left, const void *right)
{
    const Mark *a = *(const Mark *const *)left;
    const Mark *b = *(const Mark *const *)right;
    int order = str_cmp(a->at, b->at);
    return order != 0 ? order : a < b ? -1 : a > b; /* of one list: in the order of the file */
}

static int by_occurrence(const void *left, const void *right)
{
    const MatchedMark *a = left;
    const MatchedMark *b = right;
    return a->occurrence < b->occurrence ? -1 : a->occurrence > b->occurrence;
}

/* Sorted, not looked up one by one: there may be thousands of each. */
size_t marks_match(Event *event, const MarkNames *names, size_t n_spare, Arena *arena)
{
    MatchedVec found = { 0 };
    size_t n_more = 0;
    const Mark **marks = mem_new((event->n_marks + 1) * sizeof(const Mark *));
    for (unsigned i = 0; i < event->n_marks; i++) {
        marks[i] = &event->marks[i];
    }
    qsort(marks, event->n_marks, sizeof(const Mark *), by_at);
    for (unsigned i = 0; i < event->n_marks; i++) {
        bool is_again = i > 0 && str_eq(marks[i]->at, marks[i - 1]->at);
        size_t first = is_again ? names->due->n_occurrences : first_named(names, marks[i]->at);
        for (size_t k = first; k < names->due->n_occurrences && str_eq(names->names[k].name, marks[i]->at); k++) {
            if (k == first || n_more < n_spare) {
                vec_push(&found, (MatchedMark){ marks[i], names->names[k].occurrence });
                n_more += k > first;
            }
        }
    }
    free(marks);
    MatchedMark *matched = arena_alloc(arena, found.n * sizeof *matched);
    for (size_t i = 0; i < found.n; i++) {
        matched[i] = found.at[i];
    }
    qsort(matched, found.n, sizeof *matched, by_occurrence);
    event->matched = matched;
    event->n_matched = (unsigned)found.n;
    vec_done(&found);
    return n_more;
}
