#ifndef VEKHA_CARD_PRIV_H
#define VEKHA_CARD_PRIV_H

#include "vekha/app/session.h"
#include "vekha/base/vec.h"
#include "vekha/view/theme.h"

/* A line of Карточка: a label, a text, or one beside the other. */
typedef struct CardLine {
    Str label, text;
    int text_x;
    Style style; /* of the text */
} CardLine;

typedef struct CardColumn {
    int n_cols, label_cols; /* label_cols 0: labels stand above their texts */
    VEC(CardLine) lines;
} CardColumn;

enum { CARD_MAX_COLUMNS = 2, CARD_HANG_COLS = 2 };

/* What Карточка says of one event, laid out: kept from key to key while nothing of it changes. */
typedef struct CardText {
    Arena arena; /* of the texts */
    int n_columns;
    CardColumn columns[CARD_MAX_COLUMNS];
    size_t n_lines; /* of the longer column; what is not laid out yet counts as one line a piece */

    size_t n_told; /* occurrences that are laid out: the others are when they are scrolled to */
    bool is_told;  /* those, and the marks that belong to none */

    size_t file, event; /* what it is of … */
    unsigned version;
    int width;
} CardText;

/* The card while it is written. */
typedef struct Card {
    CardText *text;
    CardColumn *column;
    const Session *session;
    const PlanFile *file;
    const Event *event;
    DeadlineContext context;
    StrBuf buf; /* what is put together for one text */
} Card;

/* card_text.c */

/* Lays it out in n_cols columns, unless that is what it holds already, as far as the line `end`. */
void card_text_make(CardText *text, const Session *session, size_t event_index, int n_cols, size_t end);
void card_text_done(CardText *text);
/* A labelled text, wrapped; what goes on from the line before is indented by hang. Of no text nothing is shown. */
void card_put(Card *card, Str label, int hang, Style style, Str text);
/* What stands behind something, unless it is empty. */
void card_add_part(Card *card, Str separator, Str text);

/* card_marks.c */

/* Occurrences, each with its mark, then the marks of what the present deadline does not have, as far as the line `end`. */
void card_put_marks(Card *card, size_t end);

#endif
