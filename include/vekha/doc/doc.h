#ifndef VEKHA_DOC_DOC_H
#define VEKHA_DOC_DOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "vekha/base/err.h"
#include "vekha/base/str.h"

/** A YAML file kept as text. Owns a copy of its bytes; views and nodes taken from it die with it. */
typedef struct Doc Doc;

typedef enum NodeKind { NODE_SCALAR, NODE_MAP, NODE_LIST, NODE_ALIAS } NodeKind;

/** How it is written: the first five are a scalar's, the last two a map's or a list's. */
typedef enum NodeStyle { NODE_PLAIN, NODE_SINGLE, NODE_DOUBLE, NODE_LITERAL, NODE_FOLDED, NODE_BLOCK, NODE_FLOW } NodeStyle;

/**
 * One node of the tree: 48 bytes, as there are some twenty an event. Offsets are bytes of
 * doc_text(). A node lies inside its parent and behind the sibling before it. The children of a
 * map are key, value, key, value …: always in pairs, in file order, duplicates included.
 */
typedef struct Node Node;
struct Node {
    Str text;          /* a scalar's value, an alias's name (without the asterisk); else empty */
    const Node *child; /* the first one; NULL: none */
    const Node *next;  /* the sibling; NULL: this is the last one */
    uint32_t start;    /* at its anchor or tag, when it has one */
    uint32_t end;      /* behind its last byte with content: no trailing comment, no blank line */
    uint32_t body;     /* start, but behind the anchor and the tag */
    uint8_t kind;      /* NodeKind */
    uint8_t style;     /* NodeStyle */
    bool has_anchor;   /* it has a name: &name */
    bool has_tag;      /* it has a type: !name */
};

enum {
    DOC_MAX_MIB = 64,        /* of a file; and what its aliases may add to it */
    DOC_MAX_LEVELS = 64,     /* of nesting, aliases included */
    DOC_MAX_VALUE_KIB = 64,  /* of one scalar */
    DOC_MAX_NODES = 8 << 20, /* bounds the memory that a file of nothing but commas takes */
    DOC_MAX_DIRECTIVES = 64  /* the parser compares each with each */
};

/**
 * Reads text as YAML 1.1/1.2. Never NULL: what cannot be read whole is broken, and its tree is what
 * stood before the place where reading ended (a key without its value is left out). Of a text
 * over DOC_MAX_MIB nothing is kept. Release with doc_free().
 */
Doc *doc_new(Str text) MUST_USE;
/** NULL is fine. */
void doc_free(Doc *doc);
/** True with an ERR_PLAN in why (may be NULL), its line and column set, when it could not be read whole. */
bool doc_is_broken(const Doc *doc, Err *why);
/** The bytes, with a BOM if there was one; live as long as doc. */
Str doc_text(const Doc *doc);
/** NULL: nothing but blanks and comments. */
const Node *doc_root(const Doc *doc);
/** Line and column of a byte offset, from 1. Lines end at LF, CR LF or CR; columns count code points, a BOM not. */
void doc_place(const Doc *doc, size_t byte, int *line, int *col);

/** The node that an alias stands for (never an alias itself); any other node, NULL too, is itself. */
const Node *node_resolve(const Doc *doc, const Node *node);
/**
 * The value under key, resolved; NULL when there is none or map (resolved first) is no map. The
 * map's own keys come before those that it merges with `<<`; of duplicates the last one counts, as
 * with other readers. Takes time in proportion to the keys looked at.
 */
const Node *node_get(const Doc *doc, const Node *map, Str key);
/** The map's own key (not its value) of that name, not resolved, the last of duplicates; NULL when there is none. */
const Node *node_own_key(const Doc *doc, const Node *map, Str key);
/** Is it the plain `<<` that takes over the keys of other maps? */
bool node_is_merge_key(const Node *key);
/** Nothing, `~` or `null`, written plain; NULL too. */
bool node_is_null(const Node *node);

/** For (const Node *key = node_first_key(map); key != NULL; key = node_next_key(key)): the value is key->next. */
static inline const Node *node_first_key(const Node *map)
{
    return map->kind == NODE_MAP ? map->child : NULL;
}

static inline const Node *node_next_key(const Node *key)
{
    return key->next->next;
}

#endif
