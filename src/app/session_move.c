#include <stdint.h>

#include "app/app_priv.h"

/* The nearest row with an event from `from` on in that direction; SIZE_MAX: none. */
static size_t event_row(const RowVec *rows, size_t from, bool is_down)
{
    for (size_t i = from; i < rows->n; i = is_down ? i + 1 : i - 1) {
        if (rows->at[i].kind == ROW_EVENT) {
            return i;
        }
    }
    return SIZE_MAX; /* i - 1 at 0 wraps to SIZE_MAX and ends the loop */
}

static size_t step(const RowVec *rows, size_t row, size_t n, bool is_down)
{
    size_t last = rows->n - 1;
    size_t wanted = is_down ? (n > last - row ? last : row + n) : (n > row ? 0 : row - n);
    size_t found = event_row(rows, wanted, is_down);
    return found != SIZE_MAX ? found : event_row(rows, wanted, !is_down);
}

/* The first event below the next heading, or below the heading before this one's. */
static size_t step_section(const RowVec *rows, size_t row, bool is_down)
{
    size_t i = row;
    if (!is_down) {
        while (i > 0 && rows->at[i - 1].kind == ROW_EVENT) { /* to the first event of this section */
            i--;
        }
        if (i < row || i == 0) {
            return event_row(rows, i, true);
        }
        i = event_row(rows, i - 1, false);
        while (i != SIZE_MAX && i > 0 && rows->at[i - 1].kind == ROW_EVENT) {
            i--;
        }
        return i == SIZE_MAX ? row : i;
    }
    while (i < rows->n && rows->at[i].kind == ROW_EVENT) {
        i++;
    }
    size_t found = i < rows->n ? event_row(rows, i, true) : SIZE_MAX;
    return found == SIZE_MAX ? row : found;
}

size_t session_step_row(const Session *session, Move move, size_t at, size_t n)
{
    size_t last = n - 1;
    size_t page = session->page_rows > 1 ? (size_t)session->page_rows - 1 : 1;
    switch (move) {
    case MOVE_UP:
        return at > 0 ? at - 1 : 0;
    case MOVE_DOWN:
        return at < last ? at + 1 : last;
    case MOVE_PAGE_UP:
        return at > page ? at - page : 0;
    case MOVE_PAGE_DOWN:
        return page < last - at ? at + page : last;
    case MOVE_FIRST:
        return 0;
    case MOVE_LAST:
        return last;
    case MOVE_SECTION_UP:
    case MOVE_SECTION_DOWN:
        break;
    }
    return at;
}

static void move_event(Session *session, Move move)
{
    const RowVec *rows = &session->rows;
    size_t row = session_row(session);
    size_t page = session->page_rows > 1 ? (size_t)session->page_rows - 1 : 1;
    if (row == SIZE_MAX) {
        return;
    }
    switch (move) {
    case MOVE_UP:
    case MOVE_DOWN:
        row = step(rows, row, 1, move == MOVE_DOWN);
        break;
    case MOVE_PAGE_UP:
    case MOVE_PAGE_DOWN:
        row = step(rows, row, page, move == MOVE_PAGE_DOWN);
        break;
    case MOVE_FIRST:
        row = event_row(rows, 0, true);
        break;
    case MOVE_LAST:
        row = event_row(rows, rows->n - 1, false);
        break;
    case MOVE_SECTION_UP:
    case MOVE_SECTION_DOWN:
        row = step_section(rows, row, move == MOVE_SECTION_DOWN);
        break;
    }
    session_select(session, rows->at[row].file, rows->at[row].index);
}

size_t session_plan_row(const Session *session)
{
    return session->is_all ? 0 : session->file + (session_has_all(session) ? 1 : 0);
}

/* The rows of Планы: all of them at once, where there are several, and each. */
static void move_plan(Session *session, Move move)
{
    size_t n_before = session_has_all(session) ? 1 : 0;
    size_t n = store_count(session->store) + n_before;
    if (n == 0) {
        return;
    }
    bool is_section = move == MOVE_SECTION_UP || move == MOVE_SECTION_DOWN; /* there are none: to the ends */
    Move plain = !is_section ? move : move == MOVE_SECTION_UP ? MOVE_FIRST : MOVE_LAST;
    size_t row = session_step_row(session, plain, session_plan_row(session), n);
    if (row == session_plan_row(session)) {
        return;
    }
    if (row < n_before) {
        session_select_all(session);
    } else {
        session_select_file(session, row - n_before);
    }
}

bool session_step(Session *session, bool is_down)
{
    size_t row = session_row(session);
    move_event(session, is_down ? MOVE_DOWN : MOVE_UP);
    return session_row(session) != row;
}

/* The lines of Карточка; how many there are the view knows. */
static void scroll_card(Session *session, Move move)
{
    enum { FAR_DOWN = 1 << 30 };
    size_t page = session->page_rows > 1 ? (size_t)session->page_rows - 1 : 1;
    size_t top = session->card_top;
    switch (move) {
    case MOVE_UP:
        session->card_top = top > 0 ? top - 1 : 0;
        break;
    case MOVE_DOWN:
        session->card_top = top + 1;
        break;
    case MOVE_PAGE_UP:
        session->card_top = top > page ? top - page : 0;
        break;
    case MOVE_PAGE_DOWN:
        session->card_top = top + page;
        break;
    case MOVE_FIRST:
        session->card_top = 0;
        break;
    case MOVE_LAST:
        session->card_top = FAR_DOWN;
        break;
    case MOVE_SECTION_UP:
    case MOVE_SECTION_DOWN:
        move_event(session, move);
        break;
    }
}

void session_move(Session *session, Move move)
{
    if (session->view == VIEW_PLANS) {
        move_plan(session, move);
    } else if (session->view == VIEW_CARD) {
        scroll_card(session, move);
    } else if (session->view == VIEW_MONTH) {
        session_move_month(session, move);
    } else if (session->view == VIEW_JOURNAL) {
        session_move_journal(session, move);
    } else {
        move_event(session, move);
    }
}
