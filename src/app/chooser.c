#include "vekha/app/chooser.h"

#include "vekha/app/layout.h"
#include "vekha/base/utf8.h"

void chooser_open(Chooser *chooser, TextId title, bool narrows)
{
    chooser_done(chooser);
    *chooser = (Chooser){ .title = title, .narrows = narrows };
}

void chooser_add(Chooser *chooser, Str label, Str hint, size_t value, bool is_on)
{
    Choice choice = { arena_copy(&chooser->arena, label), arena_copy(&chooser->arena, hint), value, is_on };
    vec_push(&chooser->shown, chooser->all.n);
    vec_push(&chooser->all, choice);
}

static bool has_words(Str label, Str folded)
{
    while (folded.n_bytes > 0) {
        if (!utf8_contains_folded(label, str_cut(&folded, ' '))) {
            return false;
        }
    }
    return true;
}

static void show_those_with(Chooser *chooser, Str words)
{
    StrBuf folded = { 0 };
    utf8_add_folded(&folded, words);
    vec_clear(&chooser->shown);
    for (size_t i = 0; i < chooser->all.n; i++) {
        if (has_words(chooser->all.at[i].label, strbuf_str(&folded))) {
            vec_push(&chooser->shown, i);
        }
    }
    strbuf_done(&folded);
}

void chooser_narrow(Chooser *chooser)
{
    Str typed = strbuf_str(&chooser->typed.text);
    strbuf_clear(&chooser->other);
    show_those_with(chooser, typed);
    if (chooser->shown.n == 0 && layout_add_other(&chooser->other, typed)) {
        show_those_with(chooser, strbuf_str(&chooser->other));
    }
    if (chooser->shown.n == 0) {
        strbuf_clear(&chooser->other);
    }
    chooser->row = 0;
}

Str chooser_typed(const Chooser *chooser)
{
    return strbuf_str(chooser->other.n_bytes > 0 ? &chooser->other : &chooser->typed.text);
}

size_t chooser_rows(const Chooser *chooser)
{
    return chooser->shown.n + (chooser->takes_typed && chooser->typed.text.n_bytes > 0 ? 1 : 0);
}

void chooser_move(Chooser *chooser, int n_rows)
{
    size_t n = chooser_rows(chooser);
    if (n == 0) {
        return;
    }
    if (n_rows < 0) {
        size_t up = (size_t) - (long long)n_rows;
        chooser->row = chooser->row > up ? chooser->row - up : 0;
    } else {
        chooser->row = (size_t)n_rows < n - chooser->row ? chooser->row + (size_t)n_rows : n - 1;
    }
}

const Choice *chooser_choice(const Chooser *chooser)
{
    return chooser->row < chooser->shown.n ? &chooser->all.at[chooser->shown.at[chooser->row]] : NULL;
}

const Choice *chooser_digit(const Chooser *chooser, int digit)
{
    size_t row = (size_t)(digit == 0 ? 9 : digit - 1); /* 0 stands behind 9, as on the keyboard */
    return !chooser->narrows && row < chooser->shown.n ? &chooser->all.at[chooser->shown.at[row]] : NULL;
}

void chooser_done(Chooser *chooser)
{
    arena_done(&chooser->arena);
    vec_done(&chooser->all);
    vec_done(&chooser->shown);
    lineedit_done(&chooser->typed);
    strbuf_done(&chooser->other);
}
