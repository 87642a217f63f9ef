#ifndef TESTS_SUPPORT_SAME_H
#define TESTS_SUPPORT_SAME_H

/*
 * What was changed in place against what is read anew: the same in every place, line and problem?
 * In a header, as fuzzers are one source file each. What differs is told by the line of the check.
 */
#include <stdbool.h>
#include <stdio.h>

#include "vekha/core/change.h"
#include "vekha/store/schema.h"

#define SAME_CHECK(is_true)                                                              \
    do {                                                                                 \
        if (!(is_true)) {                                                                \
            (void)fprintf(stderr, "%s:%d: differs: %s\n", __FILE__, __LINE__, #is_true); \
            return false;                                                                \
        }                                                                                \
    } while (0)

static inline bool same_node(const Doc *a_doc, const Node *a, const Doc *b_doc, const Node *b)
{
    SAME_CHECK(a->kind == b->kind && a->style == b->style);
    SAME_CHECK(a->start == b->start && a->end == b->end);
    SAME_CHECK(a->body == b->body);
    SAME_CHECK(a->has_anchor == b->has_anchor && a->has_tag == b->has_tag);
    SAME_CHECK(str_eq(a->text, b->text));
    SAME_CHECK(node_resolve(a_doc, a)->start == node_resolve(b_doc, b)->start);
    const Node *other = b->child;
    for (const Node *node = a->child; node != NULL; node = node->next, other = other->next) {
        SAME_CHECK(other != NULL);
        if (!same_node(a_doc, node, b_doc, other)) {
            return false;
        }
    }
    SAME_CHECK(other == NULL);
    return true;
}

static inline bool same_doc(const Doc *a, const Doc *b)
{
    enum { STEP = 97 };
    SAME_CHECK(str_eq(doc_text(a), doc_text(b)));
    SAME_CHECK(doc_is_broken(a, NULL) == doc_is_broken(b, NULL));
    SAME_CHECK((doc_root(a) == NULL) == (doc_root(b) == NULL));
    for (size_t at = 0; at <= doc_text(a).n_bytes; at += STEP) {
        int line[2];
        int col[2];
        doc_place(a, at, &line[0], &col[0]);
        doc_place(b, at, &line[1], &col[1]);
        SAME_CHECK(line[0] == line[1] && col[0] == col[1]);
    }
    return doc_root(a) == NULL || same_node(a, doc_root(a), b, doc_root(b));
}

static inline bool same_problem(const Problem *a, const Problem *b)
{
    SAME_CHECK(a->line == b->line && a->col == b->col);
    SAME_CHECK(a->rule == b->rule && a->text == b->text && a->is_mild == b->is_mild && a->n_args == b->n_args);
    for (unsigned i = 0; i < a->n_args; i++) {
        SAME_CHECK(str_eq(a->args[i].str, b->args[i].str) && a->args[i].number == b->args[i].number &&
                   a->args[i].row == b->args[i].row);
    }
    return true;
}

static inline bool same_event(const Event *a, const Event *b)
{
    SAME_CHECK(event_eq(a, b));
    SAME_CHECK(a->section == b->section && a->line == b->line);
    SAME_CHECK(a->due->days.first == b->due->days.first && a->due->days.last == b->due->days.last);
    SAME_CHECK(a->due->n_occurrences == b->due->n_occurrences && a->due->n_required == b->due->n_required);
    SAME_CHECK(a->n_matched == b->n_matched);
    for (unsigned i = 0; i < a->n_matched; i++) {
        SAME_CHECK(a->matched[i].occurrence == b->matched[i].occurrence);
        SAME_CHECK(a->matched[i].mark - a->marks == b->matched[i].mark - b->marks);
    }
    return true;
}

/* Deadlines of both are understood. */
static inline bool same_reading(const Reading *a, const Reading *b)
{
    SAME_CHECK(a->plan.events.n == b->plan.events.n && a->bindings.n == b->bindings.n);
    SAME_CHECK(a->plan.sections.n == b->plan.sections.n && a->problems.n == b->problems.n);
    for (size_t i = 0; i < a->plan.events.n; i++) {
        if (!same_event(&a->plan.events.at[i], &b->plan.events.at[i])) {
            return false;
        }
        SAME_CHECK(a->bindings.at[i].map->start == b->bindings.at[i].map->start);
        SAME_CHECK(a->bindings.at[i].is_aliased == b->bindings.at[i].is_aliased);
    }
    for (size_t i = 0; i < a->plan.sections.n; i++) {
        SAME_CHECK(a->plan.sections.at[i].line == b->plan.sections.at[i].line);
        SAME_CHECK(str_eq(a->plan.sections.at[i].title, b->plan.sections.at[i].title));
    }
    for (size_t i = 0; i < a->problems.n; i++) {
        if (!same_problem(&a->problems.at[i], &b->problems.at[i])) {
            return false;
        }
    }
    return true;
}

/* Are the document and its reading what its text is when it is read anew? */
static inline bool same_as_anew(const Doc *doc, const Reading *reading)
{
    Reading fresh;
    Doc *anew = doc_new(doc_text(doc));
    schema_read(anew, &fresh);
    plan_resolve(&fresh.plan);
    bool same = same_doc(doc, anew) && same_reading(reading, &fresh);
    reading_done(&fresh);
    doc_free(anew);
    return same;
}

#endif
