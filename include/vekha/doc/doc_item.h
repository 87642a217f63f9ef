#ifndef VEKHA_DOC_DOC_ITEM_H
#define VEKHA_DOC_DOC_ITEM_H

#include <stdbool.h>
#include <stddef.h>

#include "vekha/doc/doc.h"

/**
 * The bytes that travel with an item of a list when it is deleted or moved. In a block whole lines: the comment block directly
 * above its dash (no blank line between, indented as the dash: what is indented otherwise, or stands above a blank line, belongs
 * to the list or to nobody), its own, and comments directly below that are indented deeper than the dash. The last line's break
 * is one of them, if there is one. In brackets from its first byte to its last one, without a comma.
 *
 * False (from and to are then of no use) where it is no item of a list, or is an alias or nothing at all, shares its dash's line
 * with another dash, `?` or `:`, or is a pair in brackets without braces. Takes time for the siblings before it.
 */
bool doc_item_extent(const Doc *doc, const Node *item, size_t *from, size_t *to);

/** Where an item stands; is_known: doc_item_extent() says so. */
typedef struct DocExtent {
    size_t from, to;
    bool is_known;
} DocExtent;

/** The same of many items, one extent each: in their order, each list is walked once. */
void doc_item_extents(const Doc *doc, const Node *const *items, size_t n_items, DocExtent *out);

#endif
