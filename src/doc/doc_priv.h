#ifndef VEKHA_DOC_PRIV_H
#define VEKHA_DOC_PRIV_H

#include "vekha/base/mem.h"
#include "vekha/base/vec.h"
#include "vekha/doc/doc.h"
#include "vekha/doc/doc_edit.h"

enum { DOC_PLACE_STEP = 4096 };

/** How many line breaks there are before a byte. */
typedef struct LineMark {
    uint32_t byte, n_breaks;
} LineMark;

struct Doc {
    Str text;    /* the base, or own */
    Str base;    /* owned: the text as it was read, which the values are views of */
    StrBuf own;  /* the text, once it is not the base; */
    StrBuf next; /* the one that is being made, in the memory of the last but one: large blocks would leave holes else */
    Arena arena; /* the nodes, and the values that differ from their bytes */
    const Node *root;
    size_t n_nodes;
    size_t n_replaced;         /* bytes of entries that came after reading: their texts lie in the arena */
    VEC(const Node *) targets; /* of the aliases; an alias keeps its index in body */
    VEC(LineMark) lines;       /* one about each DOC_PLACE_STEP bytes, in order; the first at 0 */
    bool is_broken;
    Err why;
};

/* doc.c */

/** Marks doc as broken at that byte; the first reason given stays. */
void doc_break(Doc *doc, size_t byte, TextId text, const TextArg *args, size_t n_args);

/** The marks of lines follow a change of the bytes at from. */
void doc_move_lines(Doc *doc, size_t from, Str before, Str after);

/* doc_parse.c */

/**
 * Fills doc's tree from the first n_bytes of its text. False if the parser gave up at a byte that it
 * does not take; any other problem breaks doc.
 */
bool doc_parse(Doc *doc, size_t n_bytes);

/* doc_encoding.c */

/** Breaks doc if it begins as no UTF-8 file does; true if it can be given to the parser. */
bool doc_check_start(Doc *doc);
/**
 * The first byte that the parser gives up at: no UTF-8, or a raw control character. Breaks doc
 * there and returns where; the end of the text if there is none.
 */
size_t doc_find_bad_byte(Doc *doc);

/* doc_problem.c */

/** Our words for the problem that libyaml names; T_DOC_OTHER_PROBLEM for one that is not known. */
TextId doc_problem_text(const char *problem);
/**
 * Breaks doc at the bracket or quote that opens at that byte and is not closed. The text's {0} is how its line begins, {1} the
 * line where the parser noticed, {2} and {3} the bracket and its partner.
 */
void doc_break_unclosed(Doc *doc, TextId text, size_t open, size_t noticed);

/* doc_span.c */

/** A place in the text that libyaml counts in code points and we in bytes; moves mostly forward. */
typedef struct Cursor {
    size_t byte, n_chars;
} Cursor;

/** Moves to that many code points behind the BOM; returns the byte, at most the length of text. */
size_t cursor_move(Cursor *cursor, Str text, size_t n_chars);
/** Bytes of the BOM at the beginning: 0 or 3. */
size_t span_bom(Str text);
size_t span_line_start(Str text, size_t at);
/** At the line break, or the end of text. */
size_t span_line_end(Str text, size_t at);
/** Behind the line break; the end of text when there is none. */
size_t span_next_line(Str text, size_t at);
/** At the first byte at or behind at that is no blank. */
size_t span_skip_blanks(Str text, size_t at);
/** Behind blanks, line breaks (libyaml's own NEL, LS and PS too) and comments, at most to. */
size_t span_skip_gap(Str text, size_t at, size_t to);
/**
 * Behind the node's own properties (`&name`, `!tag`) at from and the gap behind them, at most to. The first
 * key of a map may have properties, too: they are not the map's.
 */
size_t span_skip_properties(Str text, size_t from, size_t to, bool has_anchor, bool has_tag);
/** Behind the colon that follows a key that ends at key_end; SIZE_MAX if there is none before to. */
size_t span_after_colon(Str text, size_t key_end, size_t to);
/** Columns before the first line of the block scalar at body..end; 0 if it has none. */
int span_content_indent(Str text, size_t body, size_t end);
/** Behind the last line with content of the block scalar at body..end, in front of its line break. */
size_t span_content_end(Str text, size_t body, size_t end);
/** Where the content of the block scalar at body..end ends: without the blank lines that it does not keep. */
size_t span_block_scalar_end(Str text, size_t body, size_t end);

/** Line ends that the parser sees and we do not; byte order marks, which it skips; tabs before a line's first other character. */
bool span_has_odd_white(Str text);
/** Is there a line at line, and are blanks all that it has? */
bool span_is_blank_line(Str text, size_t line);

/* doc_item.c */

/** Where an item stands in the tree. */
typedef struct ItemPlace {
    const Node *list;      /* that it is an item of */
    const Node *previous;  /* the item before it; NULL: it is the first */
    const Node *map, *key; /* that the list is the value of; NULL: of none */
    size_t levels;         /* of nesting around the item */
    bool in_key;           /* something around it is the key of a map (`? - a`) */
} ItemPlace;

/** Does the braces' or brackets' node have them? A pair in a list may do without. */
bool item_has_braces(Str text, const Node *node);
/** False where it is no item of a list, or something around it is a pair without braces. Takes time for the siblings before it.
 */
bool item_find(const Doc *doc, const Node *item, ItemPlace *out);
/** Its dash, if that is the first thing on its line; else SIZE_MAX. */
size_t item_dash(Str text, const ItemPlace *at, const Node *item);
/** Behind the last line of what ends at end. */
size_t item_lines_end(Str text, size_t end);
/** Behind the lines at to that are comments indented deeper than that. */
size_t item_comments_end(Str text, size_t to, size_t indent);
/** doc_item_extent() of an item whose place is known. */
bool item_extent_at(Str text, const ItemPlace *at, const Node *item, size_t *from, size_t *to);
/** In front of the blank lines directly above from, at least low. */
size_t item_blanks_above(Str text, size_t from, size_t low);
/** Behind the blank lines directly below to, at most max of them. */
size_t item_blanks_below(Str text, size_t to, size_t max);

/* doc_edit.c */

/** What is edited may be neighbouring items of a list, read alone; what they are written like is looked up in the file. */
typedef struct EditAround {
    const Doc *doc;       /* the file */
    const Node *list;     /* there */
    const Node *first;    /* of these items, there */
    const Node *previous; /* the item before them; NULL: none */
    size_t n_items;       /* the first children of the root of the doc that is edited */
    size_t from;          /* where the doc that is edited stands in the file */
} EditAround;

/** doc_edit(); around: NULL for a whole file. */
bool edit_make(const Doc *doc, const EditAround *around, const DocEdit *edits, size_t n_edits, StrBuf *out, Err *err);

/* doc_edit_item.c */

/**
 * Reads what DOC_INSERT is given as bytes: one item, with nothing but comments around. NULL in item: it is none,
 * or has an anchor. Release the doc with doc_free().
 */
Doc *edit_read_bytes(Str bytes, const Node **item);

/* doc_entry.c */

struct DocEntry {
    const Doc *doc;
    const Node *first; /* of its items, in doc */
    size_t from, to;   /* its bytes there */
    size_t levels;     /* of nesting around them */
    EditAround around; /* the same for who edits it */
    bool is_run;       /* there may be more or less items than one, or others than maps */
    bool in_flow;      /* it is braces: nothing else is read with it */
    bool goes_on;      /* something follows it in the file */
    size_t n_gap;      /* bytes of blank lines and comments behind it that are read with it */
    StrBuf tail;       /* what is read behind it: the gap, and a dash where the file goes on */
    bool is_composed;  /* the doc's next text is with the changed one */
    Doc *alone;        /* the entry as it is, and the tail */
    Doc *changed;      /* as it is to be; NULL: not known yet */
    size_t n_new;      /* bytes of the entry in it */
    size_t n_new_items;
};

#endif
