#include <stdint.h>

#include "app/app_priv.h"
#include "app/drafting_priv.h"
#include "app/edit_priv.h"
#include "vekha/base/clock.h"
#include "vekha/base/file.h"

/* Drafts that lay there when the program started: offered one after the other. */

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

/* There was no event: it is of the plan itself. */
static bool is_of_plan(const DraftOffer *offer)
{
    const EventRef *event = &offer->draft.event;
    return (offer->prompt == PROMPT_ADD || offer->prompt == PROMPT_HEADER) &&
           event->id.n_bytes + event->no.n_bytes + event->title.n_bytes == 0;
}

bool draft_can_continue(const DraftOffer *offer)
{
    return offer->prompt != PROMPT_COUNT && offer->file != SIZE_MAX && (offer->event != SIZE_MAX || is_of_plan(offer));
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
    *offer = (DraftOffer){ .draft = *draft, .prompt = draft_find_prompt(draft->prompt), .event = SIZE_MAX, .now = now };
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
        draft_add_value(&offer->now, event, offer->field, draft->at);
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
    if (event == SIZE_MAX) {
        return;
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
