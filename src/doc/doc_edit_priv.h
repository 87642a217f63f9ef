#ifndef VEKHA_DOC_EDIT_PRIV_H
#define VEKHA_DOC_EDIT_PRIV_H

#include "doc/doc_edit_index_priv.h"
#include "doc/doc_priv.h"
#include "vekha/base/vec.h"
#include "vekha/doc/doc_edit.h"
#include "vekha/doc/doc_scalar.h"

/** In this order where several stand at one place. */
typedef enum SpliceKind {
    SPLICE_VALUE,  /* a value, maybe of no width */
    SPLICE_INSERT, /* within a line */
    SPLICE_LINES,  /* whole lines in front of a line; the break behind the last one is not in the text */
    SPLICE_REMOVE
} SpliceKind;

/** Bytes from..to become text. */
typedef struct Splice {
    SpliceKind kind;
    size_t from, to;
    size_t order; /* of the edit */
    size_t depth; /* of SPLICE_LINES: the deeper ones stand first, as they end what the others follow */
    size_t rank;  /* of SPLICE_LINES that are items: behind which item of their list they were asked for */
    Str text;     /* in the editor's arena */
} Splice;

/** An item that goes. */
typedef struct DeletedItem {
    const Node *item;
    ItemPlace place; /* no list: not known yet */
} DeletedItem;

typedef struct EditedItem {
    const Node *node;
    const Node *kept; /* the node, or the last one before it that stays; NULL: none */
} EditedItem;

/** A list that gets other items. */
typedef struct EditedList {
    const Node *list;
    size_t first;      /* edit that does so */
    size_t first_add;  /* edit that adds an item; SIZE_MAX: none */
    bool has_inserts;  /* another kind of edit than DOC_APPEND does so */
    EditedItem *items; /* n_items */
    size_t n_items;
    size_t n_to_kept; /* items up to the last one that stays */
    const Node *last, *before_last;
} EditedList;

typedef struct Editor {
    const Doc *doc;
    Str text;
    const EditAround *around; /* NULL: the doc is a whole file */
    const DocEdit *edits;
    size_t n_edits;
    EditIndex index;
    EditTargets targets;
    VEC(DeletedItem) deleted; /* the items that go, as they stand in the tree */
    VEC(EditedList) lists;    /* sorted */
    EditAddVec adds;          /* what comes into them */
    Str line_break;           /* the first one */
    const Node **anchors;     /* for each edit that adds a key: the own key of its map that it stands behind */
    VEC(Splice) splices;
    Arena arena;
    Err *err;
} Editor;

/* doc_edit.c */

/** Sets an ERR_REFUSED at that byte; returns false. */
bool edit_refuse(const Editor *editor, size_t byte, TextId text, Str arg);
/** Adds a splice for the edit of that order; takes the text, and empties it (NULL: none). True. */
bool edit_splice(Editor *editor, SpliceKind kind, size_t from, size_t to, size_t order, StrBuf *text);
/** The same for whole lines at at. */
bool edit_splice_lines(Editor *editor, size_t at, size_t depth, size_t order, StrBuf *text);
/** Is the node, or what it stands in, referred to? A change of it would show in other places, too. */
bool edit_shows_elsewhere(const Editor *editor, const Node *node);
/** The break of the line before at, or the first one. */
Str edit_break_at(const Editor *editor, size_t at);
/** One of the texts of the edit: is it UTF-8, and not too long? */
bool edit_check_texts(const Editor *editor, const DocEdit *edit);
/** Is that own key of the edit's map removed by one of the edits? */
bool edit_removes(const Editor *editor, const Node *map, const Node *key);
/** An edit before that one which makes the same key; SIZE_MAX: none. */
size_t edit_earlier(const Editor *editor, size_t order);
/** Is an anchor between from and to, both included, referred to? */
bool edit_is_named(const Editor *editor, size_t from, size_t to);
/** Is there a comment between from and to? first: of the siblings that begin there; NULL: none do. */
bool edit_has_comment(const Editor *editor, const Node *first, size_t from, size_t to);
/** The kind of line break that goes there: the one of the line before, or of the first line. */
Str edit_line_break(const Editor *editor, size_t at);

/* doc_edit_places.c */

/** Looks up what lists the edits change, and where the items are. */
void edit_collect(Editor *editor);
/** item_find(); of the items that go it is known. */
bool edit_find_item(const Editor *editor, const Node *item, ItemPlace *out);
/** NULL: it keeps its items. */
const EditedList *edit_find_list(const Editor *editor, const Node *list);
/** SIZE_MAX: it is none of the list. */
size_t edit_item_index(const EditedList *list, const Node *item);

/* doc_edit_value.c */

/** How its siblings say that a new value of that map is to be written. */
ScalarPlace edit_place(const Editor *editor, const Node *map);
/** Are its keys double-quoted in braces, as in JSON? */
bool edit_is_json(const Node *map);
/** `key: ` as the neighbour key is written. */
void edit_add_key(StrBuf *out, Str key, const Node *neighbour, bool in_flow);
/** The value of a DOC_SET, or of a pair. */
void edit_add_value(StrBuf *out, Str value, bool is_plain, const ScalarPlace *place, bool is_json);
/** `[a, b]` */
void edit_add_items(StrBuf *out, const Str *items, size_t n_items, const ScalarPlace *place, bool is_json);
/** `{key: value, …}` */
void edit_add_pairs(StrBuf *out, const DocEdit *edit, const ScalarPlace *place, bool is_json);
/** `[{key: value, …}, …]`, of a DOC_SET. */
void edit_add_maps(StrBuf *out, const DocEdit *edit, const ScalarPlace *place, bool is_json);
/** Where the pair ends within its line: behind the blank that waits for a value, if that is missing. */
size_t edit_end_of_pair(const Editor *editor, const Node *key);
/** Splices the value of an own key that stands. */
bool edit_set(Editor *editor, size_t order, const Node *key);

/* doc_edit_item.c */

/** How an item is to be written. */
typedef struct ItemShape {
    const Doc *doc;    /* that list and model are of */
    const Node *list;  /* that it comes into; NULL: it is new */
    const Node *model; /* the map in it that it is to be like; NULL: none */
    ScalarPlace place; /* of its values, if nothing better is known */
    bool is_block;     /* a line a pair */
    size_t indent;     /* of the dash */
    size_t key_indent; /* of a line a pair */
    Str line_break;
    bool is_last; /* the file ends there, without a line break: no block for a text can end there */
} ItemShape;

/** Like the item of the list (of the doc that is edited), or a map behind it; NULL: the first. list: NULL: a new one in map. */
ItemShape edit_item_shape(const Editor *editor, const Node *map, const Node *list, const Node *item, size_t indent, size_t at);
/** The item's lines, without the last break. False, with the error set: the bytes are no item that can stand here. */
bool edit_add_item_lines(StrBuf *out, const Editor *editor, size_t order, const ItemShape *shape);
/** The lines of the maps of a DOC_SET. */
void edit_add_map_lines(StrBuf *out, const DocEdit *edit, const ItemShape *shape);
/** The item in brackets. */
bool edit_add_item_flow(StrBuf *out, const Editor *editor, size_t order, const ItemShape *shape);
/** The item of that list in the file that the doc is of, or of the doc itself. */
const Node *edit_outer_item(const Editor *editor, const Node *list, const Node *item);
/** By how many columns a new list in that map is indented. */
size_t edit_list_step(const Editor *editor, const Node *map);

/* doc_edit_list.c */

/** The list that a DOC_INSERT or DOC_APPEND is for; NULL: it is to be made. */
const Node *edit_list_of(const Editor *editor, const DocEdit *edit);
bool edit_list_insert(Editor *editor, size_t order);
bool edit_list_delete(Editor *editor, size_t order);

/* doc_edit_brackets.c */

/** Plans all that the edits change of which items a list in brackets has, when the first of these edits asks for it. */
bool edit_brackets(Editor *editor, size_t order, const Node *list);
/** A list in braces, for a missing key, a missing value or a null: `[a, b]` of all edits that insert into it. */
bool edit_add_bracket_list(StrBuf *out, const Editor *editor, size_t order);

/* doc_edit_block.c */

/** Columns before the node at at; SIZE_MAX: something else than blanks, dashes and signs of explicit pairs is before it. */
size_t edit_indent_of(Str text, size_t at);
/** The same, refused if there is none. */
bool edit_get_indent(const Editor *editor, size_t at, Str key, size_t *indent);
/** In front of the line behind end, where node ends; refused where a line there would change its value. */
bool edit_place_behind(const Editor *editor, const Node *node, size_t end, Str key, size_t *at);
/** Replaces the value of the key by the maps of a DOC_SET, a line an item. */
bool edit_block_set_maps(Editor *editor, size_t order, const Node *key);
/** Takes away what the key has for a list, `[]` or a null, and puts an item behind. */
bool edit_block_open(Editor *editor, size_t order, const Node *key);

bool edit_block_add(Editor *editor, size_t order);
bool edit_block_remove(Editor *editor, size_t order, const Node *key);
/** Adds an item to a block list, or to a key whose value is missing. */
bool edit_block_append(Editor *editor, size_t order, const Node *key);

/* doc_edit_flow.c */

bool edit_flow_add(Editor *editor, size_t order);
bool edit_flow_remove(Editor *editor, size_t order, const Node *key);
/** Adds an item to a flow list, or makes one of a missing value or a null. */
bool edit_flow_append(Editor *editor, size_t order, const Node *key);

#endif
