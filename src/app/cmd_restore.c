#include <stdint.h>
#include <stdlib.h>

#include "app/app_priv.h"
#include "vekha/app/session_journal.h"
#include "vekha/base/file.h"
#include "vekha/base/utf8.h"
#include "vekha/store/journal_say.h"
#include "vekha/store/restore.h"

/* What was shown is what is made: kept until it is answered, whatever the journal says by then. */
struct RestoreOffer {
    Arena arena;
    Str path, label;
    VEC(Change) changes;
};

void session_restore_free(Session *session)
{
    JournalState *state = session->journal;
    if (state != NULL && state->offer != NULL) {
        arena_done(&state->offer->arena);
        vec_done(&state->offer->changes);
        free(state->offer);
        state->offer = NULL;
    }
}

/* As it was before that change: all of its moment is not yet. */
static RestoreAsk ask_of(const Session *session, const JournalRow *row)
{
    size_t n;
    const PlanJournal *one = &session->journal->plans.at[row->plan];
    const JournalStep *step = &one->tracks.steps.at[row->step];
    RestoreAsk ask = { .what = RESTORE_HEADER, .event = SIZE_MAX };
    ask.at_ms = session_journal_entries(session, row, &n)->time - 1;
    if (step->track != SIZE_MAX) {
        const JournalTrack *track = &one->tracks.tracks.at[step->track];
        ask.what = RESTORE_EVENT;
        ask.event = one->events[step->track];
        ask.name = track->event;
        ask.title = track->title;
    }
    return ask;
}

/* A row of the list; whichever is chosen, all of it is. */
static void add_row(Session *session, const StrBuf *words)
{
    StrBuf visible = { 0 };
    utf8_add_visible(&visible, strbuf_str(words));
    chooser_add(&session->chooser, strbuf_str(&visible), (Str){ 0 }, 0, false);
    strbuf_done(&visible);
}

static void add_rows(Session *session, const Plan *plan, const Restore *answer)
{
    enum { MANY = 200 };
    Arena arena = { 0 };
    JournalEntryVec entries = { 0 };
    StrBuf words = { 0 };
    for (size_t i = 0; i < answer->changes.n; i++) {
        journal_add_change(&entries, &arena, &answer->changes.at[i]);
    }
    for (size_t i = 0; i < entries.n && i < MANY; i++) {
        strbuf_clear(&words);
        journal_add_entry(&words, session->lang, plan, &entries.at[i]);
        add_row(session, &words);
    }
    for (size_t i = 0; i < answer->notes.n && i < MANY; i++) {
        StrBuf note = { 0 };
        strbuf_clear(&words);
        restore_add_note(&note, session->lang, plan, &answer->notes.at[i]);
        text_put(&words, session->lang, T_RESTORE_ATTENTION, TEXT_STR(strbuf_str(&note)));
        add_row(session, &words);
        strbuf_done(&note);
    }
    strbuf_done(&words);
    vec_done(&entries);
    arena_done(&arena);
}

static void keep_offer(Session *session, const PlanFile *file, const JournalEntry *entry, const Restore *answer)
{
    session_restore_free(session);
    struct RestoreOffer *offer = mem_new(sizeof *offer);
    StrBuf label = { 0 };
    if (entry->event.n_bytes > 0 || entry->title.n_bytes > 0) {
        journal_add_event(&label, session->lang, entry->event, entry->title);
    } else {
        strbuf_add(&label, file->name);
    }
    offer->path = arena_copy(&offer->arena, file->path);
    offer->label = arena_copy(&offer->arena, strbuf_str(&label));
    for (size_t i = 0; i < answer->changes.n; i++) {
        vec_push(&offer->changes, change_copy(&answer->changes.at[i], &offer->arena));
    }
    session->journal->offer = offer;
    strbuf_done(&label);
}

static void say_cannot(Session *session, const Plan *plan, const Restore *answer)
{
    StrBuf why = { 0 };
    if (answer->notes.n > 0) {
        restore_add_note(&why, session->lang, plan, &answer->notes.at[0]);
        session_say(session, T_SAID_RESTORE_CANNOT, TEXT_STR(strbuf_str(&why)));
    } else {
        session_say(session, T_SAID_RESTORE_SAME, TEXT_NUM(0));
    }
    strbuf_done(&why);
}

void cmd_journal_restore(Session *session, int arg)
{
    const JournalRow *row = session_journal_row(session);
    size_t event;
    size_t n;
    Err err = { 0 };
    (void)arg;
    if (row == NULL) {
        session_say(session, T_JOURNAL_EMPTY, TEXT_NUM(0));
        return;
    }
    const PlanFile *file = store_file(session->store, session_journal_event(session, row, &event));
    RestoreAsk ask = ask_of(session, row);
    Restore answer;
    if (file->is_broken || file->is_read_only) {
        session_say(session, T_WRITE_READ_ONLY, TEXT_NUM(0));
        return;
    }
    if (!file_may_write(file->path.at, &err)) {
        session_say_err(session, &err);
        return;
    }
    restore_make(&session->journal->plans.at[row->plan].journal, file->plan, &ask, &answer);
    if (ask.what == RESTORE_EVENT && answer.was_not_there) {
        session_say(session, T_SAID_RESTORE_NOT_YET, TEXT_NUM(0));
    } else if (answer.changes.n == 0) {
        say_cannot(session, file->plan, &answer);
    } else {
        keep_offer(session, file, session_journal_entries(session, row, &n), &answer);
        chooser_open(&session->chooser, T_ASK_RESTORE, false);
        session->choosing = CHOOSE_RESTORE;
        session->overlay = OVERLAY_CHOOSER;
        add_rows(session, file->plan, &answer);
    }
    restore_done(&answer);
}

void session_choose_restore(Session *session)
{
    Err err = { 0 };
    struct RestoreOffer *offer = session->journal != NULL ? session->journal->offer : NULL;
    size_t file = SIZE_MAX;
    for (size_t i = 0; offer != NULL && i < store_count(session->store); i++) {
        file = str_eq(store_file(session->store, i)->path, offer->path) ? i : file;
    }
    if (file == SIZE_MAX) {
        session_say(session, T_SAID_RESTORE_SAME, TEXT_NUM(0));
    } else if (session_make_changes(session, file, (ChangeSet){ offer->changes.at, offer->changes.n }, offer->label, &err)) {
        session_say(session, T_SAID_RESTORED, TEXT_STR(offer->label));
        (void)session_say_warning(session);
    } else {
        session_say_err(session, &err);
    }
    session_restore_free(session);
}
