#include "vekha/app/drafting.h"

#include <stdint.h>
#include <stdlib.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"
#include "vekha/store/draft_file.h"

enum { KEEP_AFTER_MS = 800 }; /* of the first key that is not kept: with the writing, within a second */

/* Under what name a draft says which question it is of. No name: what is typed there changes no plan. */
static const Str prompt_names[] = {
    [PROMPT_WHEN] = STR_INIT("when"),
    [PROMPT_REASON] = STR_INIT("postpone-reason"),
    [PROMPT_CANCELLED] = STR_INIT("cancel-reason"),
    [PROMPT_SEARCH] = { 0 },
    [PROMPT_WORD] = { 0 },
    [PROMPT_SINCE] = { 0 },
    [PROMPT_DEADLINE] = STR_INIT("deadline"),
    [PROMPT_FIELD] = STR_INIT("field"),
    [PROMPT_ADD] = STR_INIT("add"),
    [PROMPT_HEADER] = STR_INIT("header"),
};
_Static_assert(COUNTOF(prompt_names) == PROMPT_COUNT, "every prompt has a row");

struct Drafting {
    StrBuf folder; /* empty: none are kept */
    int deaf_ms;
    bool has_failed; /* it was said that none can be kept */

    bool is_open;     /* a question with a draft is being answered */
    bool has_answers; /* there is something to keep, though nothing is typed into this question */
    bool is_unsaved;
    long long unsaved_ms; /* since when, by clock_ms() */
    Arena arena;          /* of the texts of draft */
    Draft draft;          /* all but what the session itself has */
    StrBuf begun_with;    /* what the line held at first */
    DraftFile file;

    Arena found_arena;
    FoundDraftVec found; /* the last is the one offered */
    DraftOffer offer;
    long long deaf_until_ms;
};

struct Drafting *drafting_new(Str folder)
{
    struct Drafting *drafting = mem_new(sizeof *drafting);
    strbuf_add(&drafting->folder, folder);
    return drafting;
}

void drafting_free(struct Drafting *drafting)
{
    for (size_t i = 0; i < drafting->found.n; i++) {
        draft_file_release(&drafting->found.at[i].file);
    }
    draft_file_release(&drafting->file);
    vec_done(&drafting->found);
    arena_done(&drafting->found_arena);
    arena_done(&drafting->arena);
    strbuf_done(&drafting->folder);
    strbuf_done(&drafting->begun_with);
    strbuf_done(&drafting->offer.now);
    free(drafting);
}

/* Of an occurrence, if `at` names one: that of its mark. */
static void add_value(StrBuf *out, const Event *event, FieldId field, Str at)
{
    if (field == FIELD_COUNT) {
        return;
    }
    if (at.n_bytes == 0) {
        field_add_value(out, event, field);
        return;
    }
    for (size_t i = 0; i < event->n_marks; i++) {
        if (str_eq(event->marks[i].at, at)) {
            field_add_mark_value(out, &event->marks[i], field);
            return;
        }
    }
}

static void touch(struct Drafting *drafting)
{
    drafting->unsaved_ms = drafting->is_unsaved ? drafting->unsaved_ms : clock_ms();
    drafting->is_unsaved = true;
    drafting->draft.typed_s = clock_utc_s();
}

/* What the draft says of the question that does not change while it is answered. */
static void begin(Session *session, FieldId field)
{
    struct Drafting *drafting = session->drafting;
    Arena *arena = &drafting->arena;
    const Plan *plan = session_file(session)->plan;
    size_t index = 0;
    const Event *event = session_event(session, &index);
    EventRef ref = event_ref(plan, index);
    StrBuf path = { 0 };
    StrBuf before = { 0 };
    arena_done(arena);
    draft_add_plan(&path, session_file(session)->path);
    add_value(&before, event, field, strbuf_str(&session->at));
    drafting->draft = (Draft){
        .plan = arena_copy(arena, strbuf_str(&path)),
        .who = session->who,
        .event = { arena_copy(arena, ref.id), arena_copy(arena, ref.no), arena_copy(arena, ref.title), index },
        .field = field == FIELD_COUNT ? (Str){ 0 } : field_info(field)->name,
        .before = arena_copy(arena, strbuf_str(&before)),
    };
    strbuf_done(&path);
    strbuf_done(&before);
}

void session_open_prompt(Session *session, Prompt prompt, FieldId field, Str text)
{
    struct Drafting *drafting = session->drafting;
    bool goes_on = drafting->is_open;
    session->overlay = OVERLAY_PROMPT;
    session->prompt = prompt;
    session->is_doubtful = false;
    if (prompt_names[prompt].n_bytes > 0 && session_event(session, NULL) != NULL) {
        if (!goes_on) {
            begin(session, field);
        }
        drafting->is_open = true;
        drafting->has_answers = goes_on;
        drafting->draft.prompt = prompt_names[prompt];
        strbuf_clear(&drafting->begun_with);
        strbuf_add(&drafting->begun_with, text);
    }
    lineedit_set(&session->line, text);
    if (goes_on) {
        touch(drafting);
    }
}

void session_name_draft(Session *session, Str field)
{
    struct Drafting *drafting = session->drafting;
    if (drafting->is_open) {
        drafting->draft.field = arena_copy(&drafting->arena, field);
    }
}

int session_deaf_ms(const Session *session)
{
    return session->drafting->deaf_ms;
}

bool session_draft_before(const Session *session, FieldId field, Str *out)
{
    *out = session->drafting->draft.before;
    return session->drafting->is_open && str_eq(session->drafting->draft.field, field_info(field)->name);
}

void session_note_typing(Session *session)
{
    if (session->drafting->is_open) {
        touch(session->drafting);
    }
}

bool session_keep_draft(Session *session)
{
    struct Drafting *drafting = session->drafting;
    Err err = { 0 };
    if (!drafting->is_open || !drafting->is_unsaved || drafting->folder.n_bytes == 0) {
        return false;
    }
    drafting->is_unsaved = false;
    if (!drafting->has_answers && str_eq(strbuf_str(&drafting->begun_with), strbuf_str(&session->line.text))) {
        draft_file_remove(drafting->folder.at, &drafting->file); /* it is as it was: there is nothing to go on with */
        return false;
    }
    Draft draft = drafting->draft;
    draft.asked = status_info(session->asked)->name;
    draft.at = strbuf_str(&session->at);
    draft.when = drafting->has_answers ? strbuf_str(&session->new_when) : (Str){ 0 };
    draft.text = strbuf_str(&session->line.text);
    draft.cursor = session->line.cursor;
    if (draft_file_write(drafting->folder.at, &drafting->file, &draft, &err) || drafting->has_failed) {
        return false;
    }
    drafting->has_failed = true;
    session_say_err(session, &err);
    return true;
}

int session_draft_wait_ms(const Session *session)
{
    const struct Drafting *drafting = session->drafting;
    if (!drafting->is_open || !drafting->is_unsaved || drafting->folder.n_bytes == 0) {
        return -1;
    }
    long long left_ms = drafting->unsaved_ms + KEEP_AFTER_MS - clock_ms();
    return left_ms > 0 ? (int)left_ms : 0;
}

bool session_keep_due_draft(Session *session)
{
    return session_draft_wait_ms(session) == 0 && session_keep_draft(session);
}

void session_end_draft(Session *session)
{
    struct Drafting *drafting = session->drafting;
    if (drafting->is_open) {
        drafting->is_open = drafting->is_unsaved = false;
        draft_file_remove(drafting->folder.at, &drafting->file);
        session_open_offer(session);
    }
}

bool session_part_draft(Session *session)
{
    struct Drafting *drafting = session->drafting;
    (void)session_keep_draft(session);
    bool is_kept = drafting->is_open && drafting->file.is_held;
    draft_file_release(&drafting->file);
    drafting->is_open = drafting->is_unsaved = false;
    return is_kept;
}

/* Is the event that the question is about still the one that is selected? */
static bool is_selected(const Session *session)
{
    const Draft *draft = &session->drafting->draft;
    const PlanFile *file = session_file(session);
    size_t selected = SIZE_MAX;
    StrBuf path = { 0 };
    bool is_same = session->drafting->is_open && session_event(session, &selected) != NULL;
    if (is_same) {
        draft_add_plan(&path, file->path);
        is_same = str_eq(strbuf_str(&path), draft->plan) && plan_match(file->plan, &draft->event) == selected;
    }
    strbuf_done(&path);
    return is_same;
}

void session_settle_prompt(Session *session, bool is_written)
{
    if (session->overlay == OVERLAY_ASK) {
        return; /* what becomes of it is asked now */
    }
    if (is_written) {
        session_end_draft(session);
    } else if (is_selected(session)) {
        session->overlay = OVERLAY_PROMPT;
    } else {
        (void)session_part_draft(session);
    }
}

static size_t find_file(const Session *session, Str plan)
{
    size_t found = SIZE_MAX;
    StrBuf path = { 0 };
    for (size_t i = 0; i < store_count(session->store) && found == SIZE_MAX; i++) {
        strbuf_clear(&path);
        draft_add_plan(&path, store_file(session->store, i)->path);
        found = str_eq(strbuf_str(&path), plan) ? i : found;
    }
    strbuf_done(&path);
    return found;
}

/* Of the same person; of a plan that is open here and may be written, or of one that is nowhere. */
static bool is_wanted(void *context, const Draft *draft)
{
    const Session *session = context;
    if (!str_eq(draft->who, session->who)) {
        return false;
    }
    size_t file = find_file(session, draft->plan);
    if (file != SIZE_MAX) {
        const PlanFile *plan = store_file(session->store, file);
        return !plan->is_broken && !plan->is_read_only;
    }
    static const FileMark none = { 0 };
    FileMark mark = file_mark(draft->plan.at); /* copied into an arena: a NUL is behind it */
    return file_mark_eq(&mark, &none);
}

static Prompt find_prompt(Str name)
{
    size_t prompt = 0;
    while (prompt < PROMPT_COUNT && (prompt_names[prompt].n_bytes == 0 || !str_eq(prompt_names[prompt], name))) {
        prompt++;
    }
    return (Prompt)prompt;
}

bool draft_can_continue(const DraftOffer *offer)
{
    return offer->prompt != PROMPT_COUNT && offer->event != SIZE_MAX;
}

const DraftOffer *session_offer(const Session *session)
{
    return session->overlay == OVERLAY_DRAFT ? &session->drafting->offer : NULL;
}

/* Where there is no id, one that has the number alone in common may be another: days may lie between the two readings. */
static size_t find_event(const Plan *plan, const EventRef *ref)
{
    size_t found = plan_match(plan, ref);
    bool is_sure = found != SIZE_MAX && (ref->id.n_bytes > 0 || str_eq(plan->events.at[found].title, ref->title));
    return is_sure ? found : SIZE_MAX;
}

void session_find_offered(Session *session)
{
    struct Drafting *drafting = session->drafting;
    DraftOffer *offer = &drafting->offer;
    if (session->overlay != OVERLAY_DRAFT) {
        return;
    }
    const Draft *draft = &drafting->found.at[drafting->found.n - 1].draft;
    StrBuf now = offer->now;
    strbuf_clear(&now);
    *offer = (DraftOffer){ .draft = *draft, .prompt = find_prompt(draft->prompt), .event = SIZE_MAX, .now = now };
    offer->n_more = drafting->found.n - 1;
    offer->age_s = clock_utc_s() - draft->typed_s;
    offer->field = field_find(draft->field, &offer->field) ? offer->field : FIELD_COUNT;
    offer->file = find_file(session, draft->plan);
    if (offer->file != SIZE_MAX) {
        offer->event = find_event(store_file(session->store, offer->file)->plan, &draft->event);
    }
    if (offer->event != SIZE_MAX) {
        const Event *event = &store_file(session->store, offer->file)->plan->events.at[offer->event];
        offer->closed_as =
            status_info(event->status)->is_closed && offer->field == FIELD_WHEN ? status_info(event->status)->word : T_NONE;
        add_value(&offer->now, event, offer->field, draft->at);
        offer->is_changed = offer->field != FIELD_COUNT && !str_eq(strbuf_str(&offer->now), draft->before);
    }
    if (!draft_can_continue(offer) && session->overlay_row == DRAFT_CONTINUE) {
        session->overlay_row = DRAFT_LATER;
    }
}

void session_open_offer(Session *session)
{
    struct Drafting *drafting = session->drafting;
    if (drafting->found.n > 0 && session->overlay == OVERLAY_NONE) {
        session->overlay = OVERLAY_DRAFT;
        session->overlay_row = DRAFT_CONTINUE;
        session->overlay_top = 0;
        drafting->deaf_until_ms = clock_ms() + drafting->deaf_ms;
        session_find_offered(session);
    }
}

void session_offer_drafts(Session *session, int deaf_ms)
{
    struct Drafting *drafting = session->drafting;
    drafting->deaf_ms = deaf_ms;
    if (drafting->folder.n_bytes > 0) {
        draft_files_claim(drafting->folder.at, is_wanted, session, &drafting->found_arena, &drafting->found);
    }
    session_open_offer(session);
}

/* The event comes into view, whatever the filter. */
static void show_event(Session *session, size_t file, size_t event)
{
    if (session->view == VIEW_PLANS || (!session->is_all && session->file != file)) {
        session_select_file(session, file);
    }
    if (session->view == VIEW_PLANS) {
        session_set_view(session, VIEW_EVENTS);
    }
    session_select(session, file, event);
    if (session->view != VIEW_MONTH) {
        session->stays = true;
        session_make_rows(session);
    }
}

static void take_up(Session *session)
{
    struct Drafting *drafting = session->drafting;
    const DraftOffer offer = drafting->offer;
    FoundDraft found = drafting->found.at[--drafting->found.n];
    show_event(session, offer.file, offer.event);
    if (!status_parse_name(found.draft.asked, &session->asked)) {
        session->asked = STATUS_PLANNED;
    }
    if (!session_resume_edit(session, offer.prompt, found.draft.field)) { /* there is no such column any more */
        draft_file_release(&found.file);
        session_say(session, T_SAID_DRAFT_NOWHERE, TEXT_NUM(0));
        return;
    }
    strbuf_clear(&session->at);
    strbuf_add(&session->at, found.draft.at);
    strbuf_clear(&session->new_when);
    strbuf_add(&session->new_when, found.draft.when);
    session_open_prompt(session, offer.prompt, offer.field, found.draft.text);
    session_name_draft(session, found.draft.field);
    lineedit_set_cursor(&session->line, found.draft.cursor);
    drafting->file = found.file;
    drafting->has_answers = true; /* also what stands there as it did is to be kept */
    drafting->draft.typed_s = found.draft.typed_s;
    if (offer.is_changed) {
        session_say(session, T_DRAFT_CHANGED, TEXT_ROW(field_info(offer.field)->heading), TEXT_STR(found.draft.before),
                    TEXT_STR(strbuf_str(&offer.now)));
    }
}

void cmd_draft(Session *session, int choice)
{
    struct Drafting *drafting = session->drafting;
    if (session_offer(session) == NULL || clock_ms() < drafting->deaf_until_ms) {
        return;
    }
    if (choice == DRAFT_CONTINUE && !draft_can_continue(&drafting->offer)) {
        session_say(session, T_SAID_DRAFT_NOWHERE, TEXT_NUM(0));
        return;
    }
    session->overlay = OVERLAY_NONE;
    switch ((DraftChoice)choice) {
    case DRAFT_CONTINUE:
        take_up(session);
        break;
    case DRAFT_LATER:
        draft_file_release(&drafting->found.at[--drafting->found.n].file);
        session_say(session, T_SAID_DRAFT_LATER, TEXT_NUM(0));
        break;
    case DRAFT_DROP:
        draft_file_remove(drafting->folder.at, &drafting->found.at[--drafting->found.n].file);
        session_say(session, T_SAID_DRAFT_DROPPED, TEXT_NUM(0));
        break;
    case DRAFT_CHOICE_COUNT:
        break;
    }
    session_open_offer(session);
}
