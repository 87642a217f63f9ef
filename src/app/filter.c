#include "vekha/app/filter.h"

#include <string.h>

#include "vekha/base/utf8.h"
#include "vekha/base/vec.h"

/* Where the query keeps each text; a party is compared without blanks and full stops. */
static Str *text_of(Query *query, FilterText which)
{
    switch (which) {
    case FILTER_PARTY:
        return &query->party;
    case FILTER_WHO:
        return &query->who;
    case FILTER_SECTION:
        return &query->section;
    case FILTER_WORD:
    case FILTER_TEXT_COUNT:
        break;
    }
    return &query->grep;
}

static void set_one(Filter *filter, FilterText which, Str text)
{
    strbuf_clear(&filter->said[which]);
    strbuf_clear(&filter->wanted[which]);
    strbuf_add(&filter->said[which], text);
    if (which == FILTER_PARTY) {
        query_add_party(&filter->wanted[which], text);
    } else {
        utf8_add_folded(&filter->wanted[which], text);
    }
    *text_of(&filter->query, which) = strbuf_str(&filter->wanted[which]);
}

void filter_set_text(Filter *filter, FilterText which, Str text)
{
    if (which == FILTER_PARTY || which == FILTER_WHO) {
        set_one(filter, which == FILTER_PARTY ? FILTER_WHO : FILTER_PARTY, (Str){ 0 });
    }
    set_one(filter, which, text);
}

bool filter_is_set(const Filter *filter)
{
    const Query *query = &filter->query;
    bool has_text = false;
    for (int i = 0; i < FILTER_TEXT_COUNT; i++) {
        has_text = has_text || filter->said[i].n_bytes > 0;
    }
    return has_text || query->statuses != 0 || query->states != 0 || query->days.first != 0 || query->is_waiting;
}

void filter_clear(Filter *filter)
{
    for (int i = 0; i < FILTER_TEXT_COUNT; i++) {
        set_one(filter, (FilterText)i, (Str){ 0 });
    }
    filter->query = (Query){ 0 };
}

void filter_done(Filter *filter)
{
    for (int i = 0; i < FILTER_TEXT_COUNT; i++) {
        strbuf_done(&filter->said[i]);
        strbuf_done(&filter->wanted[i]);
    }
}

static Str state_words(unsigned states, Lang lang)
{
    static const struct {
        unsigned states;
        TextId words;
    } rows[] = {
        { 1u << STATE_LATE, T_FILTER_LATE },
        { 1u << STATE_SOON, T_FILTER_SOON },
        { 1u << STATE_LATE | 1u << STATE_SOON, T_FILTER_LATE_OR_SOON },
    };
    for (size_t i = 0; i < COUNTOF(rows); i++) {
        if (rows[i].states == states) {
            return text_get(lang, rows[i].words);
        }
    }
    return (Str){ 0 };
}

static void add_statuses(StrBuf *out, Lang lang, unsigned statuses)
{
    for (int status = 0; status < STATUS_COUNT; status++) {
        if ((statuses >> status & 1) != 0) {
            strbuf_add_part(out, text_get(lang, status_info((Status)status)->word));
        }
    }
}

void filter_add_words(StrBuf *out, Lang lang, const Filter *filter)
{
    StrBuf words = { 0 };
    strbuf_add_part(&words, state_words(filter->query.states, lang));
    add_statuses(&words, lang, filter->query.statuses);
    strbuf_add_part(&words, filter->query.is_waiting ? text_get(lang, T_FILTER_WAITING) : (Str){ 0 });
    if (filter->query.days.first != 0) {
        StrBuf month = { 0 };
        deadline_add_month(&month, lang, day_month_index(filter->query.days.first));
        strbuf_add_part(&words, strbuf_str(&month));
        strbuf_done(&month);
    }
    for (int i = 0; i < FILTER_TEXT_COUNT; i++) {
        strbuf_add_part(&words, strbuf_str(&filter->said[i]));
    }
    utf8_add_visible(out, strbuf_str(&words));
    strbuf_done(&words);
}
