#include <limits.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/app/drafting.h"
#include "vekha/core/change_build.h"
#include "vekha/core/header.h"

Editing *editing_new(void)
{
    return mem_new(sizeof(Editing));
}

void editing_free(Editing *editing)
{
    for (size_t i = 0; i < editing->typed.n; i++) {
        free(editing->typed.at[i]);
    }
    vec_done(&editing->typed);
    strbuf_done(&editing->now);
    strbuf_done(&editing->title);
    strbuf_done(&editing->text);
    arena_done(&editing->arena);
    arena_done(&editing->ask_arena);
    free(editing);
}

bool prompt_is_edit(Prompt prompt)
{
    return prompt >= PROMPT_DEADLINE && prompt <= PROMPT_HEADER;
}

static bool is_open(const Session *session)
{
    return session->overlay == OVERLAY_PROMPT && prompt_is_edit(session->prompt);
}

size_t editing_file(const Session *session)
{
    for (size_t i = 0; i < store_count(session->store); i++) {
        if (str_eq(store_file(session->store, i)->path, session->editing->path)) {
            return i;
        }
    }
    return SIZE_MAX;
}

/* Forgets what was edited before; what was typed stays. */
static Editing *begin(Session *session, EditKind kind, const PlanFile *file)
{
    Editing *editing = session->editing;
    arena_done(&editing->arena);
    editing->kind = kind;
    editing->path = arena_copy(&editing->arena, file->path);
    editing->field = FIELD_COUNT;
    editing->key = editing->heading = editing->before = editing->shown = (Str){ 0 };
    editing->separator = 0;
    editing->base = NULL;
    editing->is_file_gone = editing->is_broken = editing->is_gone = editing->is_changed = false;
    editing->asking = ASK_NOTHING;
    editing->typed_at = editing->typed.n;
    strbuf_clear(&session->at);
    strbuf_clear(&session->new_when);
    return editing;
}

/* The first sign that no party has in its name; 0: all of them are there. */
static char separator_for(Str parties)
{
    static const char signs[] = { ';', '|', '/' };
    for (size_t i = 0; i < COUNTOF(signs); i++) {
        if (str_find_char(parties, signs[i], 0) == SIZE_MAX) {
            return signs[i];
        }
    }
    return 0;
}

/* Parties, one a line in the file's form, stand in one line. */
static void add_shown(StrBuf *out, Str value, char separator)
{
    if (separator == 0) {
        strbuf_add(out, value);
        return;
    }
    for (bool is_first = true; value.n_bytes > 0; is_first = false) {
        if (!is_first) {
            strbuf_addf(out, separator == ';' ? "%c " : " %c ", separator);
        }
        strbuf_add(out, str_cut(&value, '\n'));
    }
}

Str editing_value(const Editing *editing, Str typed, Arena *arena)
{
    if (editing->separator == 0) {
        return arena_copy(arena, typed);
    }
    StrBuf value = { 0 };
    while (typed.n_bytes > 0) {
        Str party = str_trim(str_cut(&typed, editing->separator));
        strbuf_add(&value, party.n_bytes > 0 && value.n_bytes > 0 ? STR("\n") : (Str){ 0 });
        strbuf_add(&value, party);
    }
    Str copy = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    return copy;
}

static void set_before(Editing *editing, Str before)
{
    StrBuf shown = { 0 };
    add_shown(&shown, before, editing->separator);
    editing->before = before;
    editing->shown = arena_copy(&editing->arena, str_trim(strbuf_str(&shown))); /* one goes on typing behind the last word */
    strbuf_done(&shown);
}

bool editing_prepare_field(Session *session, Str key)
{
    size_t index;
    const PlanFile *file = session_file(session);
    if (session_event(session, &index) == NULL) {
        return false;
    }
    FieldId field;
    bool is_field = field_find(key, &field);
    Str own = is_field ? (Str){ 0 } : plan_heading(file->plan, key);
    if (!is_field && own.n_bytes == 0) {
        return false;
    }
    Editing *editing = begin(session, EDIT_FIELD, file);
    Arena *arena = &editing->arena;
    editing->key = arena_copy(arena, key);
    editing->field = is_field ? field : FIELD_COUNT;
    editing->heading = is_field ? text_get(session->lang, field_info(field)->heading) : arena_copy(arena, own);
    editing->event = event_ref_copy(file->plan, index, arena);
    editing->place = event_place(file->plan, index, arena);
    editing->base = editing->last = event_copy(&file->plan->events.at[index], arena);
    FieldEdit edit = { .field = editing->field, .key = is_field ? (Str){ 0 } : editing->key };
    Str before = change_value(editing->base, &edit, arena);
    if (is_field && field_info(field)->type == FIELD_TYPE_TEXTS) {
        editing->separator = separator_for(before);
        if (editing->separator == 0) {
            session_say(session, T_SAID_NO_SEPARATOR, TEXT_NUM(0));
            return false;
        }
    }
    set_before(editing, before);
    return true;
}

bool editing_prepare_header(Session *session, int section, Str key)
{
    const PlanFile *file = session_file(session);
    const HeaderField *field = header_find(key, section);
    if (field == NULL || section >= (int)file->plan->sections.n) {
        return false;
    }
    StrBuf before = { 0 };
    Editing *editing = begin(session, EDIT_HEADER, file);
    editing->key = field->name;
    editing->heading = text_get(session->lang, field->heading);
    editing->section = section_ref(file->plan, section, &editing->arena);
    header_add_value(&before, file->plan, section, field);
    set_before(editing, arena_copy(&editing->arena, strbuf_str(&before)));
    strbuf_done(&before);
    return true;
}

void editing_prepare_add(Session *session, int section)
{
    size_t index;
    const PlanFile *file = session_file(session);
    Editing *editing = begin(session, EDIT_ADD, file);
    bool is_after = section == ADD_AFTER_SELECTED && session_event(session, &index) != NULL;
    editing->place = is_after ? place_after(file->plan, index, &editing->arena)
                              : place_at_end(file->plan, section < 0 ? -1 : section, &editing->arena);
    editing->key = is_after ? (Str){ 0 } : editing->place.section.path;
}

/* What the value is in the plan as it is; false: what it is of is not there. */
static bool add_value_now(StrBuf *out, const Editing *editing, const Plan *plan)
{
    if (editing->kind == EDIT_HEADER) {
        int section;
        bool is_there = plan_match_section(plan, &editing->section, &section);
        if (is_there) {
            header_add_value(out, plan, section, header_find(editing->key, section));
        }
        return is_there;
    }
    size_t event = plan_match(plan, &editing->event);
    if (event == SIZE_MAX) {
        return false;
    }
    Arena scratch = { 0 };
    FieldEdit edit = { .field = editing->field, .key = editing->field == FIELD_COUNT ? editing->key : (Str){ 0 } };
    strbuf_add(out, change_value(&plan->events.at[event], &edit, &scratch));
    arena_done(&scratch);
    return true;
}

/* What others made of the event: so it comes back if they delete it. */
static void keep_last(Editing *editing, const Plan *plan)
{
    size_t event = plan_match(plan, &editing->event);
    if (event != SIZE_MAX && !event_eq(editing->last, &plan->events.at[event])) {
        editing->last = event_copy(&plan->events.at[event], &editing->arena);
        editing->place = event_place(plan, event, &editing->arena);
    }
}

void session_look_outside(Session *session)
{
    Editing *editing = session->editing;
    if (!is_open(session)) {
        return;
    }
    StrBuf value = { 0 };
    size_t file = editing_file(session);
    strbuf_clear(&editing->now);
    editing->is_file_gone = file == SIZE_MAX;
    editing->is_broken = !editing->is_file_gone && store_file(session->store, file)->is_broken;
    editing->is_gone = editing->is_changed = false;
    if (!editing->is_file_gone && editing->kind != EDIT_ADD) {
        editing->is_gone = !add_value_now(&value, editing, store_file(session->store, file)->plan);
        editing->is_changed = !editing->is_gone && !str_eq(strbuf_str(&value), editing->before);
        add_shown(&editing->now, strbuf_str(&value), editing->separator);
        if (editing->kind == EDIT_FIELD) {
            keep_last(editing, store_file(session->store, file)->plan);
        }
    }
    strbuf_done(&value);
}

void session_add_notice(StrBuf *out, const Session *session)
{
    const Editing *editing = session->editing;
    if (!is_open(session)) {
        return;
    }
    TextId plain = editing->is_file_gone ? T_NOTICE_FILE_GONE
                   : editing->is_broken  ? T_NOTICE_BROKEN
                   : editing->is_gone    ? T_NOTICE_GONE
                                         : T_NONE;
    if (plain != T_NONE) {
        strbuf_add(out, text_get(session->lang, plain));
    } else if (editing->is_changed) {
        bool is_empty = editing->now.n_bytes == 0;
        Str now = is_empty ? text_get(session->lang, T_ASK_EMPTY) : strbuf_str(&editing->now);
        text_put(out, session->lang, T_NOTICE_CHANGED, TEXT_STR(now));
    }
}

const Plan *session_prompt_plan(const Session *session)
{
    if (!is_open(session)) {
        const PlanFile *file = session_file(session);
        return file != NULL ? file->plan : NULL;
    }
    size_t file = editing_file(session);
    return file != SIZE_MAX ? store_file(session->store, file)->plan : NULL;
}

/* How a draft says what of the plan, not of an event, it is a text of. */
#define OF_PLAN "plan."
#define OF_SECTION "section."

Str editing_draft_field(const Editing *editing, Arena *arena)
{
    bool is_into = editing->kind == EDIT_ADD && editing->key.n_bytes > 0;
    if (editing->kind != EDIT_HEADER && !is_into) {
        return arena_copy(arena, editing->key);
    }
    StrBuf name = { 0 };
    strbuf_add(&name, editing->section.index < 0 && !is_into ? STR(OF_PLAN) : STR(OF_SECTION));
    strbuf_add(&name, editing->key);
    Str copy = arena_copy(arena, strbuf_str(&name));
    strbuf_done(&name);
    return copy;
}

/* Into the section that it was to come into, if there is one of that name. */
static void resume_add(Session *session, Str field)
{
    int section = ADD_AFTER_SELECTED;
    SectionRef ref = { str_from(field, STR(OF_SECTION).n_bytes), INT_MAX };
    if (!str_starts(field, STR(OF_SECTION)) || !plan_match_section(session_file(session)->plan, &ref, &section)) {
        section = ADD_AFTER_SELECTED;
    }
    editing_prepare_add(session, section);
}

bool session_resume_edit(Session *session, Prompt prompt, Str field)
{
    const Event *event = session_event(session, NULL);
    if (!prompt_is_edit(prompt)) {
        return true;
    }
    if (prompt == PROMPT_ADD) {
        resume_add(session, field);
        return true;
    }
    if (prompt != PROMPT_HEADER) {
        return editing_prepare_field(session, field);
    }
    bool is_of_section = str_starts(field, STR(OF_SECTION));
    int section = is_of_section && event != NULL ? event->section : -1;
    if (is_of_section && section < 0) {
        return false;
    }
    return editing_prepare_header(session, section, str_from(field, (is_of_section ? STR(OF_SECTION) : STR(OF_PLAN)).n_bytes));
}

void session_add_draft_label(StrBuf *out, const Session *session, Prompt prompt, Str field)
{
    FieldId id;
    if (prompt == PROMPT_HEADER) {
        bool is_of_section = str_starts(field, STR(OF_SECTION));
        Str key = str_from(field, (is_of_section ? STR(OF_SECTION) : STR(OF_PLAN)).n_bytes);
        const HeaderField *row = header_find(key, is_of_section ? 0 : -1);
        strbuf_add(out, row != NULL ? text_get(session->lang, row->heading) : field);
    } else {
        strbuf_add(out, field_find(field, &id) ? text_get(session->lang, field_info(id)->heading) : field);
    }
    strbuf_add_char(out, ':');
}

void session_add_draft_owner(StrBuf *out, const Session *session, const DraftOffer *offer)
{
    if (offer->prompt != PROMPT_HEADER) {
        return;
    }
    if (!str_starts(offer->draft.field, STR(OF_SECTION))) {
        strbuf_add(out, text_get(session->lang, T_LABEL_PLAN));
    } else if (offer->event != SIZE_MAX) {
        const Plan *plan = store_file(session->store, offer->file)->plan;
        StrBuf path = { 0 };
        plan_add_section(&path, plan, &plan->events.at[offer->event]);
        text_put(out, session->lang, T_LABEL_SECTION, TEXT_STR(strbuf_str(&path)));
        strbuf_done(&path);
    }
}

void editing_keep_typed(Session *session)
{
    enum { MOST = 20 };
    Editing *editing = session->editing;
    Str typed = strbuf_str(&session->line.text);
    if (str_is_blank(typed) || str_eq(typed, editing->shown)) {
        return;
    }
    if (editing->typed.n == MOST) {
        free(editing->typed.at[0]);
        memmove(editing->typed.at, editing->typed.at + 1, (MOST - 1) * sizeof *editing->typed.at);
        editing->typed.n--;
    }
    StrBuf copy = { 0 };
    strbuf_add(&copy, typed);
    vec_push(&editing->typed, strbuf_take(&copy));
}

void cmd_typed(Session *session, int step)
{
    Editing *editing = session->editing;
    size_t n = editing->typed.n;
    size_t at = editing->typed_at > n ? n : editing->typed_at;
    bool is_older = step < 0;
    if (!is_open(session) || (is_older ? at == 0 : at >= n)) {
        return;
    }
    editing->typed_at = is_older ? at - 1 : at + 1;
    lineedit_set(&session->line, editing->typed_at < n ? str_of(editing->typed.at[editing->typed_at]) : editing->shown);
    session->is_doubtful = false;
    session_note_typing(session);
}
