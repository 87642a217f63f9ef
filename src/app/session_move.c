#include <stdint.h>

#include "app/app_priv.h"

/* The nearest row with an event from `from` on in that direction; SIZE_MAX: none. */
static size_t event_row(const RowVec *rows, size_t from, bool is_down)
{
    for (size_t i = from; i < rows->n; i = is_down ? i + 1 : i - 1) {
        if (!rows->at[i].is_section) {
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
        while (i > 0 && !rows->at[i - 1].is_section) { /* to the first event of this section */
            i--;
        }
        if (i < row || i == 0) {
            return event_row(rows, i, true);
        }
        i = event_row(rows, i - 1, false);
        while (i != SIZE_MAX && i > 0 && !rows->at[i - 1].is_section) {
            i--;
        }
        return i == SIZE_MAX ? row : i;
    }
    while (i < rows->n && !rows->at[i].is_section) {
        i++;
    }
    size_t found = i < rows->n ? event_row(rows, i, true) : SIZE_MAX;
    return found == SIZE_MAX ? row : found;
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
    session->plans.at[session->file].selected = rows->at[row].index;
}

static void move_file(Session *session, Move move)
{
    size_t n = store_count(session->store);
    size_t page = session->page_rows > 1 ? (size_t)session->page_rows - 1 : 1;
    size_t file = session->file;
    if (n == 0) {
        return;
    }
    switch (move) {
    case MOVE_UP:
        file = file > 0 ? file - 1 : 0;
        break;
    case MOVE_DOWN:
        file = file + 1 < n ? file + 1 : file;
        break;
    case MOVE_PAGE_UP:
        file = file > page ? file - page : 0;
        break;
    case MOVE_PAGE_DOWN:
        file = file + page < n ? file + page : n - 1;
        break;
    case MOVE_FIRST:
    case MOVE_SECTION_UP:
        file = 0;
        break;
    case MOVE_LAST:
    case MOVE_SECTION_DOWN:
        file = n - 1;
        break;
    }
    if (file != session->file) {
        session_select_file(session, file);
    }
}

void session_move(Session *session, Move move)
{
    if (session->view == VIEW_PLANS) {
        move_file(session, move);
    } else {
        move_event(session, move);
    }
}
