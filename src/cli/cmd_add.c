#include <stdint.h>
#include <stdlib.h>

#include "cli/edit_priv.h"
#include "vekha/base/clock.h"
#include "vekha/core/change_build.h"

/* What a copy does not take over: it says how the other one went, or is its own. */
static const FieldId not_copied[] = {
    FIELD_ID,           FIELD_NO,        FIELD_WAS,    FIELD_STATUS,   FIELD_DONE, FIELD_BY,       FIELD_CONFIRMED,
    FIELD_CONFIRMED_BY, FIELD_CANCELLED, FIELD_REASON, FIELD_EVIDENCE, FIELD_NOTE, FIELD_CONFLICT,
};

/* The event that a new one begins as: empty, or like that one. */
static Event draft_of(Cli *cli, const Plan *plan, size_t like, int section)
{
    Event draft = { 0 };
    if (like != SIZE_MAX) {
        draft = *event_copy(&plan->events.at[like], &cli->arena);
        for (size_t i = 0; i < COUNTOF(not_copied); i++) {
            bool ok = field_parse(&draft, not_copied[i], (Str){ 0 }, &cli->arena);
            (void)ok; /* nothing is a value of each of them */
        }
        draft.n_marks = 0;
    }
    draft.section = section;
    return draft;
}

/*
 * The event made of what was given: by the rules of an edit, on a plan that has it as its last one, so that its
 * columns and the next number are the plan's.
 */
static bool fill(Cli *cli, const Plan *plan, const FieldSaidVec *fields, Event *event)
{
    Err err = { 0 };
    Plan scratch = *plan; /* only lent */
    scratch.events.at = mem_new((plan->events.n + 1) * sizeof *scratch.events.at);
    scratch.events.n = scratch.events.n_alloc = plan->events.n + 1;
    for (size_t i = 0; i < plan->events.n; i++) {
        scratch.events.at[i] = plan->events.at[i];
    }
    scratch.events.at[plan->events.n] = *event;
    Change change = change_of(&scratch, plan->events.n, &cli->arena);
    bool ok = fields_edit(cli, &scratch, plan->events.n, fields, &change);
    free(scratch.events.at);
    if (ok) {
        change_apply(&change, event, &cli->arena);
        if (str_is_blank(event->title)) {
            (void)err_plain(&err, ERR_USAGE, T_CLI_ADD_NO_TITLE);
            ok = cli_fail(cli, &err);
        }
    }
    return ok;
}

static bool has_numbers(const Plan *plan)
{
    for (size_t i = 0; i < plan->events.n; i++) {
        if (plan->events.at[i].no.n_bytes > 0) {
            return true;
        }
    }
    return false;
}

/* First the name by which a script goes on, alone on its line. */
static void say_added(Cli *cli, const PlanFile *file, const Change *change)
{
    StrBuf id = { 0 };
    size_t event = plan_match(file->plan, &change->event);
    strbuf_addf(&id, "id:%.*s", STR_ARG(change->event.id));
    paint_line(cli, STYLE_TEXT, strbuf_str(&id));
    strbuf_done(&id);
    if (event == SIZE_MAX) {
        return;
    }
    said_line(cli, T_CLI_ADDED, said_name(cli, file, event), file->plan->events.at[event].title);
    said_deadline(cli, file->plan, event);
    if (file->plan->events.at[event].no.n_bytes == 0 && has_numbers(file->plan)) {
        StrBuf line = { 0 };
        text_put(&line, cli_lang(cli), T_CLI_ADDED_WITHOUT_NUMBER, TEXT_STR(plans_hint(cli)), TEXT_STR(change->event.id));
        cli_put_indented(cli, 4, STYLE_WARN, strbuf_str(&line));
        strbuf_done(&line);
    }
}

static void add_event(Cli *cli, const PlanFile *file, size_t like, FieldSaidVec *fields)
{
    Err err = { 0 };
    EventPlace place;
    int section;
    PlaceSaid said = { .after = cli->options.after, .section = cli->options.section, .is_first = cli->options.first };
    Str own;
    if (fields_take(fields, FIELDS_SECTION, &own)) {
        said.section = own.at != NULL ? own : STR("");
    }
    if (!place_is_said(&said) && like != SIZE_MAX) {
        place = place_after(file->plan, like, &cli->arena);
    } else if (!place_read(cli, file, &said, like, &place)) {
        return;
    }
    section = place.section.index;
    Event event = draft_of(cli, file->plan, like, section);
    if (!fill(cli, file->plan, fields, &event)) {
        return;
    }
    long long now = cli->options.now_ms != 0 ? cli->options.now_ms : clock_utc_ms();
    event.id = plan_new_id(file->plan, (unsigned long long)now ^ str_hash(event.title), &cli->arena);
    Change change = change_insert(&event, &place, &cli->arena);
    if (store_apply(cli->store, 0, &change, NULL, &err)) {
        say_added(cli, plan_at(cli, 0), &change);
    } else {
        (void)said_failure(cli, plan_at(cli, 0), &change, &err);
    }
}

void cmd_add(Cli *cli)
{
    FieldSaidVec fields = { 0 };
    size_t like = SIZE_MAX;
    const PlanFile *file = plan_to_change(cli);
    if (file != NULL && (cli->options.like.at == NULL || plan_event(cli, file, cli->options.like, &like)) &&
        fields_read(cli, file->plan, OWNER_EVENT, 1, &fields)) {
        add_event(cli, file, like, &fields);
    }
    vec_done(&fields);
}
