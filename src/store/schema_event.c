#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_priv.h"

static const KeyRow was_keys[] = {
    { STR_INIT("when"), KEY_TEXT, offsetof(Was, when) },     { STR_INIT("dates"), KEY_TEXT, offsetof(Was, dates) },
    { STR_INIT("on"), KEY_DAY, offsetof(Was, on) },          { STR_INIT("by"), KEY_TEXT, offsetof(Was, by) },
    { STR_INIT("reason"), KEY_TEXT, offsetof(Was, reason) },
};

typedef VEC(Was) WasVec;
typedef VEC(Mark) MarkVec;
typedef VEC(Conflict) ConflictVec;
typedef VEC(OwnText) OwnVec;

static const KeyRow conflict_keys[] = {
    { STR_INIT("field"), KEY_TEXT, offsetof(Conflict, field) },
    { STR_INIT("base"), KEY_TEXT, offsetof(Conflict, base) },
    { STR_INIT("theirs"), KEY_TEXT, offsetof(Conflict, theirs) },
};

/* What an event is read into: lists grow here and go to the arena when it is whole. */
typedef struct EventRecord {
    Event event; /* first: the rows of the table are offsets in it */
    OwnVec own;
} EventRecord;

static void *to_arena(Reader *r, const void *from, size_t n_bytes)
{
    void *to = arena_alloc(&r->out->plan.arena, n_bytes);
    return n_bytes == 0 ? to : memcpy(to, from, n_bytes);
}

/* A plain text is an earlier deadline too. */
static void read_was(Reader *r, const Node *item, void *into)
{
    Was was = { 0 };
    const Node *node = node_resolve(r->doc, item);
    if (node_is_null(node)) {
        return;
    }
    if (node->kind == NODE_SCALAR) {
        was.when = node->text;
    } else {
        reader_record(r, node, &(RecordType){ field_info(FIELD_WAS)->name, was_keys, COUNTOF(was_keys), NULL }, &was);
    }
    vec_push((WasVec *)into, was);
}

static void read_mark(Reader *r, const Node *item, void *into)
{
    Mark mark = { 0 };
    reader_record(r, item, &(RecordType){ field_info(FIELD_MARKS)->name, r->mark_keys, r->n_mark_keys, NULL }, &mark);
    if (mark.at.n_bytes == 0) {
        reader_problem(r, RULE_BAD_VALUE, item, T_MARK_NO_AT, (TextArg){ 0 }, (TextArg){ 0 });
    }
    vec_push((MarkVec *)into, mark);
}

/* Whatever else stands there is a conflict, too: one that says nothing. */
static void read_conflict(Reader *r, const Node *item, void *into)
{
    Conflict conflict = { 0 };
    const Node *node = node_resolve(r->doc, item);
    if (node->kind == NODE_MAP) {
        reader_record(r, node, &(RecordType){ field_info(FIELD_CONFLICT)->name, conflict_keys, COUNTOF(conflict_keys), NULL },
                      &conflict);
    }
    vec_push((ConflictVec *)into, conflict);
}

static int by_text(const void *left, const void *right)
{
    return str_cmp(*(const Str *)left, *(const Str *)right);
}

/* A key that is no field of the format, but a column that the plan's headings name. */
static bool read_own(Reader *r, const Node *key, void *record)
{
    EventRecord *into = record;
    const Str *column =
        key->kind == NODE_SCALAR && r->n_columns > 0 ? bsearch(&key->text, r->columns, r->n_columns, sizeof(Str), by_text) : NULL;
    OwnText own = { column != NULL ? *column : (Str){ 0 }, { 0 } };
    if (column != NULL && reader_text(r, own.key, key->next, &own.text) && own.text.n_bytes > 0) {
        vec_push(&into->own, own);
    }
    return column != NULL;
}

void reader_columns(Reader *r)
{
    const Plan *plan = &r->out->plan;
    FieldId field;
    Str *columns = arena_alloc(&r->out->plan.arena, plan->headings.n * sizeof *columns);
    for (size_t i = 0; i < plan->headings.n; i++) {
        Str key = plan->headings.at[i].key;
        if (!field_find(key, &field) && !str_eq(key, STR("mark"))) { /* «mark» is filled from status, done and evidence */
            columns[r->n_columns++] = key;
        }
    }
    r->columns = columns;
    if (r->n_columns > 1) {
        qsort(columns, r->n_columns, sizeof *columns, by_text);
    }
}

static void read_lists(Reader *r, const Node *map, Event *event)
{
    WasVec was = { 0 };
    MarkVec marks = { 0 };
    reader_each(r, node_get(r->doc, map, field_info(FIELD_WAS)->name), read_was, &was);
    reader_each(r, node_get(r->doc, map, field_info(FIELD_MARKS)->name), read_mark, &marks);
    event->was = to_arena(r, was.at, was.n * sizeof *was.at);
    event->n_was = (unsigned)was.n;
    event->marks = to_arena(r, marks.at, marks.n * sizeof *marks.at);
    event->n_marks = (unsigned)marks.n;
    vec_done(&was);
    vec_done(&marks);
    ConflictVec conflicts = { 0 };
    reader_each(r, node_get(r->doc, map, field_info(FIELD_CONFLICT)->name), read_conflict, &conflicts);
    event->conflicts = to_arena(r, conflicts.at, conflicts.n * sizeof *conflicts.at);
    event->n_conflicts = (unsigned)conflicts.n;
    vec_done(&conflicts);
    if (event->n_conflicts > 0) {
        reader_problem(r, RULE_CONFLICT, map, T_EVENT_CONFLICT, TEXT_STR(event->no), TEXT_STR(event->title));
    }
}

void reader_event(Reader *r, const Node *item, int section)
{
    EventRecord record = { 0 };
    const Node *map = node_resolve(r->doc, item);
    reader_record(r, map, &(RecordType){ STR("events"), r->event_keys, FIELD_COUNT, read_own }, &record);
    Event *event = &record.event;
    event->section = section;
    event->own = to_arena(r, record.own.at, record.own.n * sizeof *record.own.at);
    event->n_own = (unsigned)record.own.n;
    vec_done(&record.own);
    if (map->kind == NODE_MAP) {
        read_lists(r, map, event);
    }
    if (str_is_blank(event->title)) {
        reader_problem(r, RULE_BAD_VALUE, map, T_EVENT_NO_TITLE, (TextArg){ 0 }, (TextArg){ 0 });
    }
    reader_line(r, map, false, r->out->plan.events.n);
    vec_push(&r->out->plan.events, *event);
    vec_push(&r->out->bindings, (Binding){ map, r->is_aliased });
}
