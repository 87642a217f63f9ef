#include "vekha/app/session_journal.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "app/app_priv.h"
#include "vekha/base/clock.h"
#include "vekha/store/journal_say.h"

static void plan_journal_done(PlanJournal *one)
{
    free(one->path);
    free(one->events);
    journal_tracks_done(&one->tracks);
    journal_done(&one->journal);
}

void session_journal_free(Session *session)
{
    JournalState *state = session->journal;
    session_restore_free(session);
    if (state != NULL) {
        for (size_t i = 0; i < state->plans.n; i++) {
            plan_journal_done(&state->plans.at[i]);
        }
        vec_done(&state->plans);
        vec_done(&state->rows);
        strbuf_done(&state->path);
        strbuf_done(&state->event);
        strbuf_done(&state->title);
        free(state);
        session->journal = NULL;
    }
}

bool session_journal_has_all(const Session *session)
{
    return session_has_all(session) && (session->is_all || (session->journal != NULL && session->journal->is_folder));
}

const JournalRow *session_journal_row(const Session *session)
{
    const JournalState *state = session->journal;
    bool has_one = state != NULL && state->cursor < state->rows.n && state->rows.at[state->cursor].step != SIZE_MAX;
    return has_one ? &state->rows.at[state->cursor] : NULL;
}

const JournalEntry *session_journal_entries(const Session *session, const JournalRow *row, size_t *n)
{
    const PlanJournal *one = &session->journal->plans.at[row->plan];
    const JournalStep *step = &one->tracks.steps.at[row->step];
    *n = step->n;
    return &one->journal.entries.at[step->first];
}

size_t session_journal_event(const Session *session, const JournalRow *row, size_t *event)
{
    const PlanJournal *one = &session->journal->plans.at[row->plan];
    size_t track = one->tracks.steps.at[row->step].track;
    *event = track == SIZE_MAX ? SIZE_MAX : one->events[track];
    return one->file;
}

static bool is_shown(const Session *session, size_t file)
{
    return session_journal_has_all(session) || file == session->file;
}

/* The journal of that plan: the one that was read if that is still the same, else read now. */
static PlanJournal take_journal(Session *session, size_t file, bool *is_new)
{
    JournalState *state = session->journal;
    Str path = store_file(session->store, file)->path;
    PlanJournal one = { 0 };
    for (size_t i = 0; i < state->plans.n; i++) {
        if (state->plans.at[i].path != NULL && str_eq(str_of(state->plans.at[i].path), path)) {
            one = state->plans.at[i];
            state->plans.at[i] = (PlanJournal){ 0 };
        }
    }
    FileMark now = journal_mark(path.at);
    if (one.path == NULL || !file_mark_eq(&now, &one.seen)) {
        Err err = { 0 };
        StrBuf copy = { 0 };
        strbuf_add(&copy, path);
        plan_journal_done(&one);
        one = (PlanJournal){ .path = strbuf_take(&copy), .seen = now };
        if (!journal_read(path.at, &one.journal, &err)) {
            session_say_err(session, &err);
        }
        journal_track(&one.journal, &one.tracks);
        *is_new = true;
    }
    one.file = file;
    free(one.events);
    one.events = journal_match(&one.tracks, store_file(session->store, file)->plan);
    return one;
}

/* True if any of them is another one than before. */
static bool read_journals(Session *session)
{
    JournalState *state = session->journal;
    VEC(PlanJournal) taken = { 0 };
    bool is_new = false;
    for (size_t i = 0; i < store_count(session->store); i++) {
        if (is_shown(session, i)) {
            vec_push(&taken, take_journal(session, i, &is_new));
        }
    }
    for (size_t i = 0; i < state->plans.n; i++) {
        plan_journal_done(&state->plans.at[i]);
    }
    vec_clear(&state->plans);
    for (size_t i = 0; i < taken.n; i++) {
        vec_push(&state->plans, taken.at[i]);
    }
    vec_done(&taken);
    return is_new;
}

/* The track of a plan that the view is limited to; SIZE_MAX: none of it. */
static size_t wanted_track(const JournalState *state, const PlanJournal *one)
{
    bool is_there = str_eq(str_of(one->path), strbuf_str(&state->path));
    return is_there ? journal_track_named(&one->tracks, strbuf_str(&state->event), strbuf_str(&state->title)) : SIZE_MAX;
}

typedef struct Item {
    long long time;
    size_t plan, step;
} Item;

static int newest_first(const void *left, const void *right)
{
    const Item *a = left;
    const Item *b = right;
    int order = a->time != b->time ? (a->time > b->time ? -1 : 1) : a->plan != b->plan ? (a->plan < b->plan ? -1 : 1) : 0;
    return order != 0 ? order : a->step > b->step ? -1 : a->step < b->step;
}

static long long since_ms(const JournalState *state)
{
    Civil civil = state->since != 0 ? day_civil(state->since) : (Civil){ 0 };
    return state->since != 0 ? clock_day_begin((ClockDay){ civil.year, civil.month, civil.day }) : LLONG_MIN;
}

typedef VEC(Item) ItemVec;

static void find_items(const JournalState *state, ItemVec *items)
{
    long long since = since_ms(state);
    for (size_t i = 0; i < state->plans.n; i++) {
        const PlanJournal *one = &state->plans.at[i];
        size_t wanted = state->is_of_one ? wanted_track(state, one) : SIZE_MAX;
        for (size_t k = 0; k < one->tracks.steps.n && (!state->is_of_one || wanted != SIZE_MAX); k++) {
            const JournalStep *step = &one->tracks.steps.at[k];
            long long time = one->journal.entries.at[step->first].time;
            if (time >= since && (!state->is_of_one || step->track == wanted)) {
                vec_push(items, (Item){ time, i, k });
            }
        }
    }
    if (items->n > 1) {
        qsort(items->at, items->n, sizeof *items->at, newest_first);
    }
}

static void make_rows(JournalState *state)
{
    enum { HOUR_MINUTES = 60 };
    ItemVec items = { 0 };
    Day above = 0;
    find_items(state, &items);
    vec_clear(&state->rows);
    for (size_t i = 0; i < items.n; i++) {
        ClockTime local = clock_local(items.at[i].time);
        Day day = day_of(local.day.year, local.day.month, local.day.day);
        if (i == 0 || day != above) {
            vec_push(&state->rows, (JournalRow){ SIZE_MAX, SIZE_MAX, day, 0 });
        }
        above = day;
        vec_push(&state->rows, (JournalRow){ items.at[i].plan, items.at[i].step, day, local.hour * HOUR_MINUTES + local.minute });
    }
    state->n_changes = items.n;
    vec_done(&items);
}

/* The change in that row, else the one below it, else above it. */
static size_t change_near(const JournalState *state, size_t row)
{
    size_t last = state->rows.n > 0 ? state->rows.n - 1 : 0;
    row = row < last ? row : last;
    return row < last && state->rows.at[row].step == SIZE_MAX ? row + 1 : row; /* below a day there always is one */
}

/* The rows anew; the cursor stays as far from the end as it was: what comes comes above. Unmoved it stays above all. */
void session_make_journal(Session *session)
{
    JournalState *state = session->journal;
    if (session->view != VIEW_JOURNAL || state == NULL) {
        return;
    }
    size_t from_end = state->rows.n - state->cursor;
    (void)read_journals(session);
    make_rows(state);
    size_t row = state->is_moved && from_end <= state->rows.n ? state->rows.n - from_end : 0;
    state->cursor = change_near(state, row);
}

bool session_tick_journal(Session *session)
{
    JournalState *state = session->journal;
    bool is_new = false;
    for (size_t i = 0; session->view == VIEW_JOURNAL && state != NULL && i < state->plans.n; i++) {
        FileMark now = journal_mark(state->plans.at[i].path);
        is_new = is_new || !file_mark_eq(&now, &state->plans.at[i].seen);
    }
    if (is_new) {
        session_make_journal(session);
    }
    return is_new;
}

/* Other limits: the cursor stays on its change if that is shown, else it goes to the latest. */
static void limit(Session *session)
{
    JournalState *state = session->journal;
    const JournalRow *row = session_journal_row(session);
    JournalRow kept = row != NULL ? *row : (JournalRow){ SIZE_MAX, SIZE_MAX, 0, 0 };
    make_rows(state);
    size_t found = 0;
    for (size_t i = 0; i < state->rows.n; i++) {
        const JournalRow *one = &state->rows.at[i];
        found = kept.step != SIZE_MAX && one->step == kept.step && one->plan == kept.plan ? i : found;
    }
    state->cursor = change_near(state, found);
}

void session_open_journal(Session *session, bool is_from_plans)
{
    if (session->journal == NULL) {
        session->journal = mem_new(sizeof *session->journal);
    }
    JournalState *state = session->journal;
    state->is_folder = is_from_plans;
    state->is_of_one = false;
    state->is_moved = false;
    state->since = 0;
    session_make_journal(session);
}

/* The event of the row that the cursor was moved to is the selected one in the view that comes now. */
void session_leave_journal(Session *session)
{
    const JournalRow *row = session_journal_row(session);
    size_t event;
    if (session->view == VIEW_PLANS || row == NULL || !session->journal->is_moved) {
        return;
    }
    size_t file = session_journal_event(session, row, &event);
    if (event == SIZE_MAX) {
        return;
    }
    if (!session->is_all && file != session->file) {
        session_select_file(session, file);
    }
    session_select(session, file, event);
    if (session_row(session) == SIZE_MAX) { /* a filter hides it */
        session->plans.at[file].selected = event;
        session->stays = session->view != VIEW_MONTH;
        session_make_rows(session);
    }
}

static void move_to(JournalState *state, size_t row, bool is_down)
{
    if (state->rows.at[row].step == SIZE_MAX && !is_down && row > 0) {
        row--; /* a day has a change above it, but for the first */
    }
    state->cursor = change_near(state, row);
}

/* The first change of the day before or after. */
static size_t step_day(const JournalState *state, size_t at, bool is_down)
{
    size_t row = at;
    if (is_down) {
        while (row < state->rows.n && state->rows.at[row].step != SIZE_MAX) {
            row++;
        }
        return row < state->rows.n ? row : at;
    }
    for (int heads = at > 0 && state->rows.at[at - 1].step == SIZE_MAX ? 2 : 1; row > 0 && heads > 0;) {
        row--;
        heads -= state->rows.at[row].step == SIZE_MAX;
    }
    return row;
}

void session_move_journal(Session *session, Move move)
{
    JournalState *state = session->journal;
    if (session_journal_row(session) == NULL) {
        return;
    }
    bool is_section = move == MOVE_SECTION_UP || move == MOVE_SECTION_DOWN;
    bool is_down = move == MOVE_DOWN || move == MOVE_PAGE_DOWN || move == MOVE_LAST || is_section; /* below the day */
    size_t at = is_section ? step_day(state, state->cursor, move == MOVE_SECTION_DOWN)
                           : session_step_row(session, move, state->cursor, state->rows.n);
    state->is_moved = true;
    move_to(state, at, is_down);
}

/* What to call the event of a change in a message: as the document does, else as the journal did. */
static void add_label(StrBuf *out, const Session *session, const JournalRow *row)
{
    size_t event;
    size_t n;
    size_t file = session_journal_event(session, row, &event);
    const JournalEntry *entry = session_journal_entries(session, row, &n);
    if (event != SIZE_MAX) {
        event_add_label(out, &store_file(session->store, file)->plan->events.at[event]);
    } else {
        journal_add_event(out, session->lang, entry->event, entry->title);
    }
}

void session_journal_add_limits(StrBuf *out, const Session *session)
{
    const JournalState *state = session->journal;
    if (state == NULL) {
        return;
    }
    if (state->is_of_one) {
        StrBuf label = { 0 };
        const JournalRow *row = session_journal_row(session);
        if (row != NULL) {
            add_label(&label, session, row);
        } else {
            journal_add_event(&label, session->lang, strbuf_str(&state->event), strbuf_str(&state->title));
        }
        strbuf_add_part(out, strbuf_str(&label));
        strbuf_done(&label);
    }
    if (state->since != 0) {
        StrBuf day = { 0 };
        StrBuf since = { 0 };
        (session->lang == LANG_RU ? day_add_ru : day_add_iso)(&day, state->since);
        text_put(&since, session->lang, T_JOURNAL_SINCE, TEXT_STR(strbuf_str(&day)));
        strbuf_add_part(out, strbuf_str(&since));
        strbuf_done(&day);
        strbuf_done(&since);
    }
}

void session_journal_limit_to(Session *session, Str path, Str event, Str title)
{
    JournalState *state = session->journal;
    strbuf_clear(&state->path);
    strbuf_clear(&state->event);
    strbuf_clear(&state->title);
    strbuf_add(&state->path, path);
    strbuf_add(&state->event, event);
    strbuf_add(&state->title, title);
    state->is_of_one = event.n_bytes + title.n_bytes > 0;
    limit(session);
}

void session_journal_limit_since(Session *session, Day since)
{
    session->journal->since = since;
    limit(session);
}
