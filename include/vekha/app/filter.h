#ifndef VEKHA_APP_FILTER_H
#define VEKHA_APP_FILTER_H

#include "vekha/core/query.h"

/** Texts that a filter looks for, as a person chose or typed them. */
typedef enum FilterText { FILTER_PARTY, FILTER_WHO, FILTER_SECTION, FILTER_WORD, FILTER_TEXT_COUNT } FilterText;

/** What the rows are limited to; all of it must hold. Zero lets everything through. */
typedef struct Filter {
    Query query; /* its texts lie in wanted; only what is no text may be set from outside */
    StrBuf said[FILTER_TEXT_COUNT], wanted[FILTER_TEXT_COUNT];
} Filter;

/** An empty text takes that limit away. A party and a person that is only named in part stand for each other. */
void filter_set_text(Filter *filter, FilterText which, Str text);
bool filter_is_set(const Filter *filter);
void filter_clear(Filter *filter);
void filter_done(Filter *filter);
/** «только просроченные · май 2022 · Иванова И.И.»; nothing when it is not set. */
void filter_add_words(StrBuf *out, Lang lang, const Filter *filter);

#endif
