#ifndef VEKHA_APP_CHOOSER_H
#define VEKHA_APP_CHOOSER_H

#include <stdint.h>

#include "vekha/app/lineedit.h"
#include "vekha/base/mem.h"
#include "vekha/base/text.h"
#include "vekha/base/vec.h"

typedef struct Choice {
    Str label, hint; /* hint: what stands at the right: keys, a count */
    size_t value;    /* for whoever opened the list */
    bool is_on;      /* in force already */
} Choice;

/** A list to choose one of. Either it narrows as a person types, or digits choose its rows. Zero is empty. */
typedef struct Chooser {
    TextId title;
    bool narrows, takes_typed; /* takes_typed: what is typed is a choice too, behind the last row */
    Arena arena;               /* of the texts */
    VEC(Choice) all;
    VEC(size_t) shown; /* indices of all */
    size_t row;        /* in shown */
    LineEdit typed;
    StrBuf other; /* what was typed, read in the other layout, when only that is found; else empty */
} Chooser;

void chooser_open(Chooser *chooser, TextId title, bool narrows);
/** Copies the texts. Rows stand in the order in which they are added. */
void chooser_add(Chooser *chooser, Str label, Str hint, size_t value, bool is_on);
/** Rows that hold every word that is typed, in any order; where there is none, the other layout is tried. Moves to the first. */
void chooser_narrow(Chooser *chooser);
void chooser_move(Chooser *chooser, int n_rows);
/** What was typed, in the layout in which it is found. */
Str chooser_typed(const Chooser *chooser);
/** Rows shown, that of the typed words with them. */
size_t chooser_rows(const Chooser *chooser);
/** The row of the cursor; NULL: it stands on what was typed, or nothing is shown. */
const Choice *chooser_choice(const Chooser *chooser);
/** What a digit chooses: 1 the first, 0 the tenth; NULL: nothing. */
const Choice *chooser_digit(const Chooser *chooser, int digit);
void chooser_done(Chooser *chooser);

#endif
