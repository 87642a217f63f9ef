#ifndef VEKHA_STORE_PRIV_H
#define VEKHA_STORE_PRIV_H

#include "vekha/store/schema.h"

/* schema_reader.c: values out of nodes, by tables of keys */

typedef enum KeyType {
    KEY_TEXT,
    KEY_TEXTS,
    KEY_DAY,
    KEY_STATUS,
    KEY_PERIOD,
    KEY_ELSEWHERE /* known, but read by a function of its own */
} KeyType;

typedef struct KeyRow {
    Str name;
    KeyType type;
    size_t offset; /* of the member in its record */
} KeyRow;

typedef struct Reader {
    const Doc *doc;
    Reading *out;
    KeyRow event_keys[FIELD_COUNT];
    KeyRow mark_keys[FIELD_COUNT + 1];
    size_t n_mark_keys;
    bool is_aliased; /* what is read now is reached through an alias */
    bool is_full;    /* the limit of events was said */
    size_t byte;     /* of `line` */
    int line;
} Reader;

/** What is in a mapping, and what becomes of keys that are not in the table (NULL: an `unknown-key`). */
typedef struct RecordType {
    const KeyRow *rows;
    size_t n_rows;
    bool (*own)(Reader *r, const Node *key, void *record); /* true: the key was taken */
} RecordType;

void reader_init(Reader *r);
/** Fills record's members from the map's keys; problems go to the reading. */
void reader_record(Reader *r, const Node *item, const RecordType *type, void *record);
/** A text, or a problem and false. Nothing (null) is an empty text. */
bool reader_text(Reader *r, Str key, const Node *value, Str *out);
/** Reads each item of a list, or the one value that stands in its place; nothing (null) has none. */
void reader_each(Reader *r, const Node *value, void (*read)(Reader *r, const Node *item, void *into), void *into);
/** Line of a node; cheap when asked in the order of the file. */
int reader_line(Reader *r, const Node *node);
void reader_problem(Reader *r, Rule rule, const Node *at, TextId text, TextArg first, TextArg second);
void reader_wrong_type(Reader *r, Str key, const Node *at, TextId wanted);
/** A failure of the layer below, as a problem. */
void reader_err(Reader *r, Rule rule, const Err *err);

/* schema_event.c */
void reader_event(Reader *r, const Node *item, int section);

void problems_sort(ProblemVec *problems);

#endif
