#include <stdint.h>

#include "app/app_priv.h"
#include "app/edit_priv.h"
#include "vekha/app/drafting.h"
#include "vekha/base/clock.h"
#include "vekha/core/change_build.h"
#include "vekha/core/change_rebase.h"
#include "vekha/core/header.h"
#include "vekha/store/journal.h"

/* A question with its answers, from an empty one; the arena of what it is about is the caller's to fill. */
Editing *ask_open(Session *session, AskKind asking, const TextId *choices, int n_choices, int row)
{
    Editing *editing = session->editing;
    editing->asking = asking;
    editing->n_choices = n_choices;
    for (int i = 0; i < n_choices; i++) {
        editing->choices[i] = choices[i];
    }
    strbuf_clear(&editing->title);
    strbuf_clear(&editing->text);
    session->overlay = OVERLAY_ASK;
    session->overlay_row = row;
    session->overlay_top = 0;
    session_say_nothing(session);
    editing->deaf_until_ms = asking == ASK_DELETE ? 0 : clock_ms() + session_deaf_ms(session);
    return editing;
}

static void add_line(Editing *editing, const Session *session, TextId row, Str first, Str second)
{
    if (first.n_bytes == 0) {
        first = text_get(session->lang, T_ASK_EMPTY);
    }
    text_put(&editing->text, session->lang, row, TEXT_STR(first), TEXT_STR(second));
    strbuf_add_char(&editing->text, '\n');
}

/* The name of a field in the journal: of an occurrence's mark "marks[2022-03].status". */
static void add_field_name(StrBuf *out, const FieldEdit *edit)
{
    Str name = edit->key.n_bytes > 0 ? edit->key : field_info(edit->field)->name;
    if (edit->at.n_bytes > 0) {
        strbuf_addf(out, "marks[%.*s].", STR_ARG(edit->at));
    }
    strbuf_add(out, name);
}

static void add_heading(StrBuf *out, const Session *session, const Plan *plan, const Change *change, const FieldEdit *edit)
{
    const HeaderField *header = NULL;
    if (change->kind == CHANGE_HEADER) {
        header = header_find(edit->key, change->section.index < 0 ? -1 : 0);
    }
    Str own = edit->key.n_bytes > 0 ? plan_heading(plan, edit->key) : (Str){ 0 };
    strbuf_add(out, header != NULL           ? text_get(session->lang, header->heading)
                    : edit->key.n_bytes == 0 ? text_get(session->lang, field_info(edit->field)->heading)
                    : own.n_bytes > 0        ? own
                                             : edit->key);
}

/* A value as people read it: the status in words, parties in one line. */
static Str value_words(const Session *session, const FieldEdit *edit, Str value, Arena *arena)
{
    Status status;
    if (edit->key.n_bytes == 0 && edit->field == FIELD_STATUS && status_parse_name(value, &status)) {
        return text_get(session->lang, status_info(status)->word);
    }
    StrBuf words = { 0 };
    for (bool is_first = true; value.n_bytes > 0; is_first = false) {
        strbuf_add(&words, is_first ? (Str){ 0 } : STR("; "));
        strbuf_add(&words, str_cut(&value, '\n'));
    }
    Str copy = arena_copy(arena, strbuf_str(&words));
    strbuf_done(&words);
    return copy;
}

/* What the edit's value is now. */
static Str value_now(const Plan *plan, const Change *change, const ChangeTarget *target, const FieldEdit *edit, Arena *arena)
{
    if (change->kind != CHANGE_HEADER) {
        return change_value(&plan->events.at[target->event], edit, arena);
    }
    StrBuf value = { 0 };
    const HeaderField *field = header_find(edit->key, target->section);
    if (field != NULL) {
        header_add_value(&value, plan, target->section, field);
    }
    Str copy = arena_copy(arena, strbuf_str(&value));
    strbuf_done(&value);
    return copy;
}

/* Mine, theirs, was, of a value that both changed; false: theirs is what it was, or the same as mine. */
static bool add_three(Session *session, size_t file, const Change *change, const ChangeTarget *target, const FieldEdit *edit)
{
    Editing *editing = session->editing;
    Arena arena = { 0 };
    const Plan *plan = store_file(session->store, file)->plan;
    Str now = value_now(plan, change, target, edit, &arena);
    bool is_theirs = !change_same_value(edit, now, edit->before) && !change_same_value(edit, now, edit->after);
    if (is_theirs) {
        StrBuf name = { 0 };
        StrBuf author = { 0 };
        add_field_name(&name, edit);
        session_add_author(&author, session, file, change->kind == CHANGE_HEADER ? NULL : &change->event, strbuf_str(&name), now);
        add_heading(&editing->text, session, plan, change, edit);
        strbuf_add_char(&editing->text, '\n');
        add_line(editing, session, T_ASK_MINE, value_words(session, edit, edit->after, &arena), (Str){ 0 });
        add_line(editing, session, T_ASK_THEIRS, value_words(session, edit, now, &arena), strbuf_str(&author));
        add_line(editing, session, T_ASK_WAS, value_words(session, edit, edit->before, &arena), (Str){ 0 });
        strbuf_done(&name);
        strbuf_done(&author);
    }
    arena_done(&arena);
    return is_theirs;
}

/* What is asked says all that both changed. False: nothing of it is to be decided. */
static bool add_conflict(Session *session, size_t file, const Change *change, const ChangeTarget *target, Str label)
{
    bool is_any = false;
    text_put(&session->editing->title, session->lang, T_ASK_CONFLICT, TEXT_STR(label));
    for (size_t i = 0; i < change->n_edits; i++) {
        is_any = add_three(session, file, change, target, &change->edits[i]) || is_any;
    }
    return is_any;
}

/* The change that is made if mine is chosen: from what is shown as theirs, and from nothing that comes after it. */
static void keep_mine(Editing *editing, const Change *change, const Plan *plan, ChangeTarget target)
{
    Arena *arena = &editing->ask_arena;
    arena_done(arena);
    editing->change = *change;
    change_rebase(&editing->change, plan, target, arena);
    if (change->kind == CHANGE_EDIT && editing->field == FIELD_WHEN) {
        const Event *event = &plan->events.at[target.event];
        FieldEdit *last = editing->change.n_edits > 0 ? &editing->change.edits[editing->change.n_edits - 1] : NULL;
        if (last == NULL || last->field != FIELD_DATES) { /* theirs may have come with dates */
            change_add(&editing->change, event, FIELD_DATES, (Str){ 0 }, (Str){ 0 }, arena);
        }
    }
}

static void end_mine(Session *session, Str label)
{
    StrBuf typed = { 0 };
    session_add_cut(&typed, str_trim(strbuf_str(&session->line.text)), SESSION_BRIEF_COLS);
    session_say(session, T_SAID_EDITED, TEXT_STR(label), TEXT_STR(session->editing->heading), TEXT_STR(strbuf_str(&typed)));
    strbuf_done(&typed);
    session_end_draft(session);
}

/* Where it is another one again than was shown, that is asked anew. */
static void write_mine(Session *session)
{
    Editing *editing = session->editing;
    size_t file = editing_file(session);
    Arena arena = { 0 };
    Err err = { 0 };
    StrBuf label = { 0 };
    StrBuf said = { 0 };
    Change change = change_copy(&editing->change, &arena);
    session->overlay = OVERLAY_NONE;
    editing_add_label(&label, session);
    text_put(&said, session->lang, T_LABEL_EDITED, TEXT_STR(strbuf_str(&label)), TEXT_STR(editing->heading));
    bool ok = file != SIZE_MAX || err_set(&err, ERR_SYSTEM, T_UNDO_NO_FILE, TEXT_STR(editing->path));
    ok = ok && (change_is_empty(&change) || session_apply(session, file, &change, strbuf_str(&said), &err));
    if (ok) {
        end_mine(session, strbuf_str(&label));
    } else if (err.kind == ERR_CONFLICT) {
        session_ask_conflict(session, file, &change);
    } else {
        session_say_err(session, &err);
        ask_again(session);
    }
    strbuf_done(&label);
    strbuf_done(&said);
    arena_done(&arena);
}

void session_ask_conflict(Session *session, size_t file, const Change *change)
{
    static const TextId choices[] = { T_ANSWER_MINE, T_ANSWER_THEIRS, T_ANSWER_EDIT };
    enum { ROW_EDIT = 2 }; /* Enter, pressed once too often, must neither write over theirs nor drop mine */
    ChangeTarget target;
    StrBuf label = { 0 };
    const Plan *plan = store_file(session->store, file)->plan;
    if (!change_find(change, NULL, plan, &target, NULL)) {
        ask_again(session);
        if (session->editing->kind == EDIT_FIELD) {
            session_ask_gone(session);
        }
        return;
    }
    ask_open(session, ASK_CONFLICT, choices, COUNTOF(choices), ROW_EDIT);
    editing_add_label(&label, session);
    bool is_any = add_conflict(session, file, change, &target, strbuf_str(&label));
    keep_mine(session->editing, change, plan, target);
    if (!is_any) {
        write_mine(session); /* it is as I want it, or was changed and changed back */
    }
    strbuf_done(&label);
}

void session_ask_mark(Session *session, const MarkRequest *request, const Change *change)
{
    static const TextId choices[] = { T_ANSWER_MINE, T_ANSWER_THEIRS };
    enum { ROW_THEIRS = 1 };
    ChangeTarget target;
    StrBuf label = { 0 };
    size_t file = session->file;
    if (file >= store_count(session->store) ||
        !change_find(change, NULL, store_file(session->store, file)->plan, &target, NULL)) {
        return; /* the event is gone: what is said is enough */
    }
    const Event *event = &store_file(session->store, file)->plan->events.at[target.event];
    Editing *editing = ask_open(session, ASK_MARK, choices, COUNTOF(choices), ROW_THEIRS);
    event_add_label(&label, event);
    bool is_any = add_conflict(session, file, change, &target, strbuf_str(&label));
    arena_done(&editing->ask_arena);
    Str *texts[] = { &editing->request.by,   &editing->request.who,    &editing->request.evidence, &editing->request.note,
                     &editing->request.when, &editing->request.reason, &editing->request.at };
    editing->request = *request;
    for (size_t i = 0; i < COUNTOF(texts); i++) {
        *texts[i] = arena_copy(&editing->ask_arena, *texts[i]);
    }
    session_name_draft(session, (Str){ 0 }); /* what the prompt started from is told now: it need not be so any more */
    session_select(session, file, target.event);
    if (!is_any) {
        session->overlay = OVERLAY_NONE;
        (void)session_mark(session, &editing->request);
    }
    strbuf_done(&label);
}

static void leave_theirs(Session *session)
{
    StrBuf label = { 0 };
    editing_keep_typed(session);
    editing_add_label(&label, session);
    session->overlay = OVERLAY_NONE;
    session_say(session, T_SAID_THEIRS_LEFT, TEXT_STR(strbuf_str(&label)));
    session_end_draft(session);
    strbuf_done(&label);
}

/* Back into the prompt, with mine in it; theirs is what it starts from now. */
static void go_on(Session *session)
{
    Editing *editing = session->editing;
    size_t file = editing_file(session);
    size_t event = SIZE_MAX;
    ask_again(session);
    if (file != SIZE_MAX && editing->kind == EDIT_FIELD) {
        const Plan *plan = store_file(session->store, file)->plan;
        event = plan_match(plan, &editing->event);
        if (event != SIZE_MAX) {
            editing->base = event_copy(&plan->events.at[event], &editing->arena);
        }
    }
    if (editing->is_changed) {
        Arena scratch = { 0 };
        editing->before = arena_copy(&editing->arena, editing_value(editing, strbuf_str(&editing->now), &scratch));
        editing->shown = arena_copy(&editing->arena, strbuf_str(&editing->now));
        arena_done(&scratch);
    }
    StrBuf notice = { 0 };
    session_add_notice(&notice, session);
    strbuf_add(&session->message, strbuf_str(&notice)); /* it is what the prompt starts from: said once more */
    strbuf_done(&notice);
    session_look_outside(session);
}

static void leave_mark(Session *session)
{
    session->overlay = OVERLAY_NONE;
    session_end_draft(session);
}

static void mark_all_the_same(Session *session)
{
    session->overlay = OVERLAY_NONE;
    if (session_mark(session, &session->editing->request)) {
        session_end_draft(session);
    }
}

typedef void Answer(Session *session);

static Answer *const answers[][ASK_MAX_CHOICES] = {
    [ASK_DELETE] = { ask_delete_it, ask_keep_it },        [ASK_DELETE_CHANGED] = { ask_delete_it, ask_keep_it },
    [ASK_CONFLICT] = { write_mine, leave_theirs, go_on }, [ASK_MARK] = { mark_all_the_same, leave_mark },
    [ASK_GONE] = { ask_add_again, leave_theirs },
};

void cmd_ask(Session *session, int choice)
{
    const Editing *editing = session->editing;
    if (session->overlay == OVERLAY_ASK && choice < editing->n_choices && clock_ms() >= editing->deaf_until_ms) {
        answers[editing->asking][choice](session);
    }
}

/* Esc: the answer that changes nothing. */
void cmd_ask_nothing(Session *session)
{
    enum { CHOICE_NOTHING = 1 };
    cmd_ask(session, CHOICE_NOTHING);
}
