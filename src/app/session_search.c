#include <stdint.h>

#include "app/app_priv.h"
#include "vekha/app/layout.h"
#include "vekha/base/utf8.h"

/* Rows of events that hold the words; asked for anew when rows or words have changed. */
static void find_matches(Session *session)
{
    if (session->has_matches) {
        return;
    }
    vec_clear(&session->matches);
    for (size_t i = 0; i < session->rows.n; i++) {
        const Row *row = &session->rows.at[i];
        if (row->kind == ROW_EVENT &&
            event_contains(&store_file(session->store, row->file)->plan->events.at[row->index], strbuf_str(&session->wanted))) {
            vec_push(&session->matches, i);
        }
    }
    session->has_matches = true;
}

static void set_wanted(Session *session, Str words)
{
    strbuf_clear(&session->wanted);
    utf8_add_folded(&session->wanted, words);
    session->has_matches = false;
    find_matches(session);
}

/* The match behind that row, or before it, around the end if need be; there is one. */
static size_t next_match(const Session *session, size_t row, bool is_down)
{
    size_t n = session->matches.n;
    size_t i = 0;
    while (i < n && session->matches.at[i] <= row) {
        i++;
    }
    if (is_down) {
        return i == n ? 0 : i;
    }
    i = i > 0 && session->matches.at[i - 1] == row ? i - 1 : i;
    return i == 0 ? n - 1 : i - 1;
}

static void go_to_match(Session *session, bool is_down)
{
    size_t match = next_match(session, session_row(session), is_down);
    const Row *row = &session->rows.at[session->matches.at[match]];
    session_select(session, row->file, row->index);
    TextId said = strbuf_str(&session->typed_otherwise).n_bytes > 0 ? T_SAID_FOUND_OTHER : T_SAID_FOUND;
    session_say(session, said, TEXT_STR(strbuf_str(&session->searched)), TEXT_NUM(match + 1), TEXT_NUM(session->matches.n),
                TEXT_STR(strbuf_str(&session->typed_otherwise)));
}

void session_search(Session *session, Str words)
{
    strbuf_clear(&session->searched);
    strbuf_clear(&session->typed_otherwise);
    strbuf_add(&session->searched, words);
    set_wanted(session, words);
    if (session->matches.n == 0) {
        StrBuf other = { 0 };
        if (layout_add_other(&other, words)) {
            set_wanted(session, strbuf_str(&other));
        }
        if (session->matches.n > 0) {
            strbuf_add(&session->typed_otherwise, words);
            strbuf_clear(&session->searched);
            strbuf_add(&session->searched, strbuf_str(&other));
        } else {
            set_wanted(session, words); /* another filter may show it */
        }
        strbuf_done(&other);
    }
    session_search_next(session, true);
}

void session_search_next(Session *session, bool is_down)
{
    if (session->searched.n_bytes == 0) {
        session_say(session, T_SAID_NO_SEARCH, TEXT_NUM(0));
        return;
    }
    find_matches(session);
    if (session->matches.n > 0) {
        go_to_match(session, is_down);
    } else {
        TextId said = filter_is_set(&session->filter) ? T_SAID_NOT_FOUND_FILTERED : T_SAID_NOT_FOUND;
        StrBuf other = { 0 };
        bool has_other = layout_add_other(&other, strbuf_str(&session->searched));
        said = has_other && said == T_SAID_NOT_FOUND ? T_SAID_NOT_FOUND_EITHER : said;
        session_say(session, said, TEXT_STR(strbuf_str(&session->searched)), TEXT_STR(strbuf_str(&other)));
        strbuf_done(&other);
    }
}
