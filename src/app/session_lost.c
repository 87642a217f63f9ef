#include "app/lost_priv.h"

#include <stdlib.h>
#include <string.h>

struct LostFiles {
    VEC(Lost) files;
};

void lost_done(Lost *lost)
{
    arena_done(&lost->arena);
}

static void drop(struct LostFiles *lost, size_t index)
{
    lost->files.n--;
    memmove(lost->files.at + index, lost->files.at + index + 1, (lost->files.n - index) * sizeof *lost->files.at);
}

void lost_add(Session *session, Str path, const EventRef *selected, bool was_in_hand, ViewId view)
{
    enum { MOST = 64 };
    Lost one = { .was_in_hand = was_in_hand, .view = view };
    if (session->lost == NULL) {
        session->lost = mem_new(sizeof *session->lost);
    }
    one.path = arena_copy(&one.arena, path);
    one.selected = (EventRef){ arena_copy(&one.arena, selected->id), arena_copy(&one.arena, selected->no),
                               arena_copy(&one.arena, selected->title), selected->index };
    if (session->lost->files.n == MOST) {
        lost_done(&session->lost->files.at[0]);
        drop(session->lost, 0);
    }
    vec_push(&session->lost->files, one);
}

bool lost_take(Session *session, Str path, Lost *out)
{
    for (size_t i = 0; session->lost != NULL && i < session->lost->files.n; i++) {
        if (str_eq(session->lost->files.at[i].path, path)) {
            *out = session->lost->files.at[i];
            drop(session->lost, i);
            return true;
        }
    }
    return false;
}

void lost_forget_hand(Session *session)
{
    for (size_t i = 0; session->lost != NULL && i < session->lost->files.n; i++) {
        session->lost->files.at[i].was_in_hand = false;
    }
}

void session_lost_free(Session *session)
{
    for (size_t i = 0; session->lost != NULL && i < session->lost->files.n; i++) {
        lost_done(&session->lost->files.at[i]);
    }
    if (session->lost != NULL) {
        vec_done(&session->lost->files);
        free(session->lost);
    }
}
