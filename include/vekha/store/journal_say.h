#ifndef VEKHA_STORE_JOURNAL_SAY_H
#define VEKHA_STORE_JOURNAL_SAY_H

#include "vekha/store/journal.h"

/* A journal in words. What is appended may hold whatever its texts do: it is to be made visible. */

/** «Срок: «март 2022» → «апрель 2022»» */
void journal_add_words(StrBuf *out, Lang lang, const Plan *plan, Str field, Str was, Str became);
/** The same for an entry of the journal, which may be of no event: «Раздел «Первый» · Название: «Раз» → «Два»» */
void journal_add_entry(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entry);
/** The same beside the name of what first is of (NULL: of nothing): without a section that is that one. */
void journal_add_entry_beside(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entry, const JournalEntry *first);
/** What a field of the journal is called: «Срок», «Раздел «Первый» · Название» */
void journal_add_field(StrBuf *out, Lang lang, const Plan *plan, Str field, bool is_of_event);
/**
 * What a merge left for a person to decide about an event: «у них — Срок: «март» → «апрель»», from what it was to what the other
 * side made of it.
 */
void journal_add_conflict(StrBuf *out, Lang lang, const Plan *plan, const Conflict *conflict);
/** The path in "sections[Первый / Глубже].title", of which the key is left; empty: there is none. */
Str journal_cut_section(Str *field);
/** «№ 5 «Педсовет»»; where the journal knows an id alone, «Педсовет»: people do not know ids. */
void journal_add_event(StrBuf *out, Lang lang, Str event, Str title);
/** What an entry of no event is of: «план», the titles down to the section; of an event's nothing is added. */
void journal_add_owner(StrBuf *out, Lang lang, const JournalEntry *entry);
/**
 * A whole change in a few words: «перенесено → «апрель 2022»»; n is at least 1. is_named: what it is of stands beside it.
 */
void journal_add_brief(StrBuf *out, Lang lang, const Plan *plan, const JournalEntry *entries, size_t n, bool is_named);

#endif
