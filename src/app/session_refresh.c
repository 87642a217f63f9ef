#include <stdint.h>

#include "app/app_priv.h"
#include "app/kept_priv.h"
#include "app/lost_priv.h"
#include "app/watch_priv.h"
#include "vekha/base/file.h"

/* The files are read anew: what was selected and asked stays in hand, by its name. */

/* The name of an occurrence of the selected event; empty: there is none. */
static Str name_of(const Session *session, size_t index, Arena *arena)
{
    const Event *event = session_event(session, NULL);
    StrBuf at = { 0 };
    if (event != NULL && index < event->due->n_occurrences) {
        occurrence_add_at(&at, &event->due->occurrences[index]);
    }
    Str name = arena_copy(arena, strbuf_str(&at));
    strbuf_done(&at);
    return name;
}

/* The occurrence of that name; SIZE_MAX: it is none any more. */
static size_t find_named(const Event *event, Str name)
{
    StrBuf at = { 0 };
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < event->due->n_occurrences && found == SIZE_MAX && name.n_bytes > 0; i++) {
        strbuf_clear(&at);
        occurrence_add_at(&at, &event->due->occurrences[i]);
        found = str_eq(strbuf_str(&at), name) ? i : found;
    }
    strbuf_done(&at);
    return found;
}

static void remember_selected(const Session *session, Kept *kept)
{
    const Event *event = session_event(session, NULL);
    StrBuf label = { 0 };
    if (event != NULL) {
        event_add_label(&label, event);
        kept->label = arena_copy(&kept->arena, strbuf_str(&label));
        kept->chosen = name_of(session, session->occurrence, &kept->arena);
        size_t row =
            session->overlay == OVERLAY_OCCURRENCE && session->overlay_row > 0 ? (size_t)session->overlay_row - 1 : SIZE_MAX;
        kept->asked_row = name_of(session, row, &kept->arena);
    }
    strbuf_done(&label);
}

Kept session_remember(const Session *session)
{
    Kept kept = { .n = session->plans.n, .file = session->file };
    kept.paths = arena_alloc(&kept.arena, kept.n * sizeof *kept.paths);
    kept.refs = arena_alloc(&kept.arena, kept.n * sizeof *kept.refs);
    for (size_t i = 0; i < kept.n; i++) {
        const PlanFile *file = store_file(session->store, i);
        size_t selected = session->plans.at[i].selected;
        kept.paths[i] = arena_copy(&kept.arena, file->path);
        kept.refs[i].index = selected;
        if (selected < file->plan->events.n) {
            EventRef ref = event_ref(file->plan, selected);
            kept.refs[i] = (EventRef){ arena_copy(&kept.arena, ref.id), arena_copy(&kept.arena, ref.no),
                                       arena_copy(&kept.arena, ref.title), selected };
        }
    }
    remember_selected(session, &kept);
    return kept;
}

/* The event that was selected, or the one in its place. */
static size_t match_selected(const Plan *plan, const EventRef *ref)
{
    size_t found = ref->index == SIZE_MAX ? SIZE_MAX : plan_match(plan, ref);
    if (found != SIZE_MAX || plan->events.n == 0) {
        return found;
    }
    return ref->index < plan->events.n ? ref->index : plan->events.n - 1;
}

/* A question is about the event that was selected when it was put: it must not be answered for another. Was anything typed? */
static bool close_question(Session *session)
{
    bool is_of_event = session->overlay == OVERLAY_OCCURRENCE || session->overlay == OVERLAY_STATUS ||
                       (session->overlay == OVERLAY_PROMPT && session->prompt < PROMPT_SEARCH) ||
                       (session->overlay == OVERLAY_CHOOSER && session->choosing >= CHOOSE_FIELD);
    bool is_kept = is_of_event && session_part_draft(session);
    if (is_of_event) {
        session->overlay = OVERLAY_NONE;
        session_say(session, is_kept ? T_SAID_QUESTION_KEPT : T_SAID_QUESTION_GONE, TEXT_NUM(0));
    }
    return is_kept;
}

/* The plan in hand is gone: back to the list, to the plan that stands there now. */
static void leave_file(Session *session, const Kept *kept)
{
    size_t n = store_count(session->store);
    session->file = kept->file < n ? kept->file : n > 0 ? n - 1 : 0;
    session->line_first = 0;
    bool is_kept = close_question(session);
    if (session->is_all && n > 0) {
        return; /* the rest of it is still there */
    }
    if (session->view != VIEW_PLANS && kept->file < kept->n) {
        session->view = VIEW_PLANS;
        session_say(session, is_kept ? T_SAID_FILE_GONE_KEPT : T_SAID_FILE_GONE, TEXT_STR(path_base(kept->paths[kept->file])));
    }
}

/* What was chosen of the selected event (NULL: it is another now) is the time of the same name, wherever it stands now. */
static void recall_occurrence(Session *session, const Kept *kept, const Event *event)
{
    size_t chosen = event != NULL ? find_named(event, kept->chosen) : SIZE_MAX;
    bool is_lost = event == NULL || (kept->chosen.n_bytes > 0 && chosen == SIZE_MAX);
    session->occurrence = chosen;
    if (is_lost) {
        session_make_month(session, true); /* which may choose another */
    }
    if (event == NULL || (session->at.n_bytes > 0 && session->overlay >= OVERLAY_STATUS &&
                          find_named(event, strbuf_str(&session->at)) == SIZE_MAX)) {
        (void)close_question(session);
    }
    if (session->overlay == OVERLAY_OCCURRENCE) {
        size_t row = find_named(event, kept->asked_row);
        bool is_there = row != SIZE_MAX || kept->asked_row.n_bytes == 0;
        session->overlay_row = row != SIZE_MAX ? (int)row + 1 : 0;
        if (!is_there) {
            (void)close_question(session);
        }
    }
}

/* Files that went are remembered: they may be back at the next look. */
static void lose_files(Session *session, const Kept *kept)
{
    for (size_t k = 0; k < kept->n; k++) {
        bool is_there = false;
        for (size_t i = 0; i < store_count(session->store) && !is_there; i++) {
            is_there = str_eq(kept->paths[k], store_file(session->store, i)->path);
        }
        if (!is_there) {
            lost_add(session, kept->paths[k], &kept->refs[k], k == kept->file && !session->is_all && session->view != VIEW_PLANS,
                     session->view);
        }
    }
}

/* A file that came: one that went before has its selection again, and is in hand if it was. */
static size_t find_lost(Session *session, size_t index, bool *is_back)
{
    const PlanFile *file = store_file(session->store, index);
    Lost lost;
    if (!lost_take(session, file->path, &lost)) {
        return SIZE_MAX;
    }
    size_t selected = match_selected(file->plan, &lost.selected);
    if (lost.was_in_hand && session->view == VIEW_PLANS) {
        session->is_all = false;
        session->file = index;
        session->view = lost.view == VIEW_JOURNAL ? VIEW_EVENTS : lost.view;
        *is_back = true;
    }
    lost_done(&lost);
    return selected;
}

void session_recall(Session *session, Kept *kept)
{
    bool is_in_hand = false;
    bool is_back = false;
    size_t wanted = SIZE_MAX;
    lose_files(session, kept);
    vec_clear(&session->plans);
    for (size_t i = 0; i < store_count(session->store); i++) {
        const PlanFile *file = store_file(session->store, i);
        PlanState state = { .selected = SIZE_MAX };
        bool is_known = false;
        for (size_t k = 0; k < kept->n; k++) {
            if (!str_eq(kept->paths[k], file->path)) {
                continue;
            }
            is_known = true;
            state.selected = match_selected(file->plan, &kept->refs[k]);
            if (k == kept->file) {
                is_in_hand = true;
                session->file = is_back ? session->file : i;
                wanted = plan_match(file->plan, &kept->refs[k]);
            }
        }
        state.selected = is_known ? state.selected : find_lost(session, i, &is_back);
        vec_push(&session->plans, state);
    }
    if (!is_in_hand && !is_back) {
        leave_file(session, kept);
    }
    session->stays = session->stays && wanted != SIZE_MAX; /* its neighbour was not marked here */
    session_derive(session);
    const Event *event = session_event(session, NULL);
    bool is_same = wanted != SIZE_MAX && event != NULL && session->plans.at[session->file].selected == wanted;
    if (is_back) {
        session_say(session, T_SEEN_BACK, TEXT_STR(path_base(session_file(session)->path)));
    } else if (is_in_hand && wanted == SIZE_MAX && kept->label.n_bytes > 0) {
        session_say(session, T_SAID_EVENT_GONE, TEXT_STR(kept->label));
    }
    recall_occurrence(session, kept, is_same ? event : NULL);
    arena_done(&kept->arena);
}

static bool take_new_day(Session *session)
{
    Day today = session->is_today_fixed ? session->today : session_clock_day();
    if (today == session->today) {
        return false;
    }
    session->today = today;
    const Event *selected = session_event(session, NULL);
    session_derive(session);
    if (session_event(session, NULL) != selected) {
        (void)close_question(session);
    }
    return true;
}

bool session_tick(Session *session)
{
    bool is_said = session_keep_due_draft(session);
    bool is_forgotten = session_forget_escape(session);
    bool is_changed = session_tick_journal(session) || is_forgotten || is_said;
    is_changed = take_new_day(session) || is_changed;
    store_sync(session->store); /* the screen has shown the change */
    is_changed = session_say_warning(session) || is_changed;
    Kept kept = session_remember(session);
    watch_begin(session);
    if (!store_refresh(session->store)) {
        arena_done(&kept.arena);
        return watch_say_who_now(session) || is_changed;
    }
    watch_say_news(session);
    session_recall(session, &kept); /* may have more to say */
    const PlanFile *file = session_file(session);
    if (file != NULL && file->is_broken && session->view != VIEW_PLANS) {
        session_say_err(session, &file->why); /* what was read before stays on the screen */
    }
    return true;
}
