#include "vekha/app/drafting.h"

#include <stdint.h>
#include <stdlib.h>

#include "app/app_priv.h"
#include "app/drafting_priv.h"
#include "vekha/base/clock.h"

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

void draft_add_value(StrBuf *out, const Event *event, FieldId field, Str at)
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
    EventRef ref = event != NULL ? event_ref(plan, index) : (EventRef){ 0 };
    StrBuf path = { 0 };
    StrBuf before = { 0 };
    arena_done(arena);
    draft_add_plan(&path, session_file(session)->path);
    drafting->path = arena_copy(arena, session_file(session)->path);
    drafting->status = (Str){ 0 };
    if (event != NULL) {
        FieldEdit status = { .field = FIELD_STATUS, .at = strbuf_str(&session->at) };
        draft_add_value(&before, event, field, strbuf_str(&session->at));
        drafting->status = arena_copy(arena, change_value(event, &status, arena));
    }
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
    if (prompt_names[prompt].n_bytes > 0 && session_file(session) != NULL) {
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
    const struct Drafting *drafting = session->drafting;
    *out = field == FIELD_STATUS ? drafting->status : drafting->draft.before;
    return drafting->is_open && (field == FIELD_WHEN || field == FIELD_STATUS) &&
           str_eq(drafting->draft.field, field_info(FIELD_WHEN)->name);
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
    return session->drafting->is_open && session_event(session, &selected) != NULL &&
           str_eq(file->path, session->drafting->path) && plan_match(file->plan, &draft->event) == selected;
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

Prompt draft_find_prompt(Str name)
{
    size_t prompt = 0;
    while (prompt < PROMPT_COUNT && (prompt_names[prompt].n_bytes == 0 || !str_eq(prompt_names[prompt], name))) {
        prompt++;
    }
    return (Prompt)prompt;
}
