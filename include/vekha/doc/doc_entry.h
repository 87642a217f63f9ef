#ifndef VEKHA_DOC_DOC_ENTRY_H
#define VEKHA_DOC_DOC_ENTRY_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/base/err.h"
#include "vekha/base/str.h"
#include "vekha/doc/doc.h"
#include "vekha/doc/doc_edit.h"

/**
 * An entry read alone, with the blank lines and comments behind it (an edit may make them part of a
 * value) and a dash where the file goes on. Belongs to doc until that changes in any other way.
 */
typedef struct DocEntry DocEntry;

/**
 * The list's item that map is, if its bytes mean the same wherever they stand. In a block:
 * from the beginning of its dash's line to behind the last line with content, that line's comment
 * and line break included. In brackets: the braces. Release with doc_entry_free(). NULL where they cannot be read alone:
 * - an anchor, alias or tag in it: its meaning is elsewhere, or somebody else's is here (a merge key
 *   without an alias is as good as any other key);
 * - something that it stands in is referred to by an alias: it is in several places;
 * - it is in the key of a map: where that map ends is for the parser to find;
 * - a tab in an indentation: whether it may stand there depends on the blocks around;
 * - NEL, LS or PS: lines end there for the parser, but not for us;
 * - another dash, `?` or `:` on its dash's line, or a pair in brackets without braces: its bytes are others' too;
 * - the file ends without a line break behind it: an edit would have to look at the lines before.
 * - what is read alone is not exactly what doc has.
 * Quoted texts over several lines, explicit keys, comments and flow inside are all its own, and do no harm.
 */
DocEntry *doc_entry_new(const Doc *doc, const Node *map) MUST_USE;
/**
 * An entry of n neighbouring items of a list in a block, of any kind but an alias, from first on: doc_item_extent() of each and
 * all between them, and the blank lines below. Items may be inserted into doc_entry_list() and deleted as long as one stays:
 * behind E is a run of E; in front of all of the file's list, one of its first item. E goes as one of E and the next item, or, if
 * it is the last, of the one before and E. NULL as for doc_entry_new().
 *
 * What depends on items outside is refused, and is done the whole way: an insert as the first item of a run that is
 * not the file's list's beginning; the deletion of its last item with blank lines above that are not in the run.
 */
DocEntry *doc_entry_new_run(const Doc *doc, const Node *first, size_t n_items) MUST_USE;
/** NULL is fine. */
void doc_entry_free(DocEntry *entry);
/**
 * The document of the entry alone, and the map in it (of a run the first item): what edits are to name. A node that is none of
 * its items may follow them: count.
 */
const Doc *doc_entry_doc(const DocEntry *entry);
const Node *doc_entry_map(const DocEntry *entry);
/** Of a run: the list that its items are in, for DocEdit.map of DOC_INSERT. */
const Node *doc_entry_list(const DocEntry *entry);
/** Where its bytes stand in doc, and they themselves. */
size_t doc_entry_from(const DocEntry *entry);
Str doc_entry_text(const DocEntry *entry);

/**
 * Makes the edits (of maps in doc_entry_doc()) on the entry and proves them, as doc_edit() and
 * doc_edit_check() do on a whole file. False: there is no new text. An ERR_REFUSED may be only the
 * entry's own; the whole file is the judge.
 */
bool doc_entry_edit(DocEntry *entry, const DocEdit *edits, size_t n_edits, Err *err) MUST_USE;
/**
 * Do these bytes stand there: the entry, and maybe some of the lines behind it? Then it ends behind them. Blank lines
 * belong to a text that keeps them, and to nothing when another text takes its place: the same bytes, another extent.
 */
bool doc_entry_widen(DocEntry *entry, Str text) MUST_USE;
/** Other bytes in its place: one entry (of a run one item or more), at the same indentation, that can be read alone as well. */
bool doc_entry_replace(DocEntry *entry, Str text) MUST_USE;
/** After either of these: the new document, the map in it (of a run the first item, and how many they are), and the new bytes. */
const Doc *doc_entry_new_doc(const DocEntry *entry);
const Node *doc_entry_new_map(const DocEntry *entry);
size_t doc_entry_n_new(const DocEntry *entry);
Str doc_entry_new_text(const DocEntry *entry);
/**
 * The whole file's new text. It lies in doc, which is as it was, until the next one is composed, or doc changes. doc is
 * the one that the entry was taken from.
 */
Str doc_entry_compose(Doc *doc, DocEntry *entry);
/**
 * Makes the new entry part of doc, and the text that was composed with it (of several entries the last one) its text. The
 * map's node stays where it was (of a run the new items take the nodes of the old ones, in order, and more if they need them);
 * nodes of other entries stay, with their places moved, and so do views of their texts. Takes time for the nodes behind the
 * entry.
 */
void doc_entry_put(Doc *doc, DocEntry *entry);
/**
 * The same for several entries of one doc, in the order of their places, that have no line in common: what moves from one place
 * to another that is far away is deleted from one run and inserted into another.
 */
Str doc_entry_compose_all(Doc *doc, DocEntry *const *entries, size_t n_entries);
/** Has the file room for all of them at once? Each was asked only whether it has room for that one. */
bool doc_entries_fit(DocEntry *const *entries, size_t n_entries);
void doc_entry_put_all(Doc *doc, DocEntry *const *entries, size_t n_entries);
/** After that: the first of the new items in doc; the others follow it. */
const Node *doc_entry_put_items(const DocEntry *entry, size_t *n_items);
/** Do the texts of replaced entries take so much room that the whole should be read again? */
bool doc_is_overgrown(const Doc *doc);

#endif
