#ifndef VEKHA_STORE_SCHEMA_H
#define VEKHA_STORE_SCHEMA_H

#include "vekha/core/check.h"
#include "vekha/core/plan.h"
#include "vekha/doc/doc.h"

/** Where an event stands in the text. */
typedef struct Binding {
    const Node *map;
    bool is_aliased; /* it is somebody else's entry as well: not to be edited */
} Binding;

enum { SCHEMA_MAX_EVENTS = 200000 };

/**
 * A document read as a plan. The plan's texts are views into the document, so they die with it. All
 * that is wrong is a problem with its place, in the order of the file; a bad value hides nothing but
 * itself. Zero is empty.
 */
typedef struct Reading {
    Plan plan;
    VEC(Binding) bindings;     /* one an event */
    VEC(const Node *) headers; /* one a section: its mapping */
    const Calendar *folder;    /* see reading_resolve() */
    bool is_no_plan;           /* YAML, but not a plan at all */
    bool is_cut;               /* there are more events than are read: not to be changed */
    ProblemVec problems;       /* their strings lie in the plan's arena or in the document */
} Reading;

/** Reads the tree, as much of it as there is. Deadlines are not understood yet: see reading_resolve(). */
void schema_read(const Doc *doc, Reading *out);
void reading_done(Reading *reading);

/**
 * Understands the deadlines, once, by what the plan says of the school calendar, then by the folder's (may be NULL; it must
 * outlive the reading), then by the default one.
 */
void reading_resolve(Reading *reading, const Calendar *folder);

/** Line and column of the problems that name what they are about instead of a place; others keep theirs. */
void schema_place(const Doc *doc, const Reading *reading, Problem *problems, size_t n);

#endif
