#include <stdint.h>

#include "cli/edit_priv.h"
#include "vekha/core/change_build.h"

static PlaceSaid place_said(const Cli *cli, FieldSaidVec *fields)
{
    PlaceSaid said = { .after = cli->options.after, .section = cli->options.section, .is_first = cli->options.first };
    Str section;
    if (fields_take(fields, FIELDS_SECTION, &section)) {
        said.section = section.at != NULL ? section : STR("");
    }
    return said;
}

/* Does it stand there already? */
static bool is_in_place(const Plan *plan, size_t event, const EventPlace *place)
{
    int section;
    size_t after = place->is_first ? SIZE_MAX : plan_match(plan, &place->after);
    bool is_own_place = after == event; /* behind itself: the last of its section is to be the last */
    bool is_behind = !place->is_first && event > 0 && after == event - 1;
    bool is_top = place->is_first && (event == 0 || plan->events.at[event - 1].section != plan->events.at[event].section);
    return plan_match_section(plan, &place->section, &section) && section == plan->events.at[event].section &&
           (is_own_place || is_behind || is_top);
}

static void say_moved(Cli *cli, const PlanFile *file, const EventPlace *place)
{
    StrBuf line = { 0 };
    size_t after = place->is_first ? SIZE_MAX : plan_match(file->plan, &place->after);
    StrBuf number = { 0 };
    if (after != SIZE_MAX) {
        event_add_label(&number, &file->plan->events.at[after]);
    }
    TextId row = place->section.path.n_bytes > 0 ? (after != SIZE_MAX ? T_CLI_MOVED_TO_BEHIND : T_CLI_MOVED_TO_FIRST)
                                                 : (after != SIZE_MAX ? T_CLI_MOVED_BEHIND : T_CLI_MOVED_FIRST);
    text_put(&line, cli_lang(cli), row, TEXT_STR(place->section.path), TEXT_STR(strbuf_str(&number)));
    cli_put_indented(cli, 4, STYLE_TEXT, strbuf_str(&line));
    strbuf_done(&number);
    strbuf_done(&line);
}

/* Moves it, then edits it: both or none. What a move brings is the entry as it stands, so that both cannot be one splice. */
static bool apply_both(Cli *cli, const Change *move, Change *edit)
{
    Err err = { 0 };
    Undo *undo = NULL;
    bool is_moved = move->kind == CHANGE_MOVE;
    if (is_moved && !store_apply(cli->store, 0, move, &undo, &err)) {
        return said_failure(cli, plan_at(cli, 0), move, &err);
    }
    edit->event.index = is_moved ? plan_match(plan_at(cli, 0)->plan, &edit->event) : edit->event.index;
    bool ok = change_is_empty(edit) || store_apply(cli->store, 0, edit, NULL, &err);
    if (!ok) {
        (void)said_failure(cli, plan_at(cli, 0), edit, &err);
        if (is_moved && !store_undo(cli->store, undo, &err)) {
            (void)cli_fail(cli, &err);
        }
    }
    undo_free(undo);
    return ok;
}

static void edit_event(Cli *cli, const PlanFile *file, size_t event, FieldSaidVec *fields)
{
    Change move = { 0 };
    PlaceSaid said = place_said(cli, fields);
    if (!place_is_said(&said) && fields->n == 0) {
        Err err = { 0 };
        Str command = STR("edit");
        Str args = text_get(cli_lang(cli), T_CLI_EDIT_ARGS);
        (void)err_set(&err, ERR_USAGE, T_CLI_TOO_FEW_ARGS, TEXT_STR(command), TEXT_STR(args));
        (void)cli_fail(cli, &err);
        return;
    }
    Change edit = change_of(file->plan, event, &cli->arena);
    EventPlace place;
    if ((place_is_said(&said) && !place_read(cli, file, &said, event, &place)) ||
        !fields_edit(cli, file->plan, event, fields, &edit)) {
        return;
    }
    if (place_is_said(&said) && !is_in_place(file->plan, event, &place)) {
        move = change_move(file->plan, event, &place, &cli->arena);
    }
    if (change_is_empty(&edit) && move.kind != CHANGE_MOVE) {
        said_line(cli, T_CLI_NOTHING_TO_CHANGE, said_name(cli, file, event), (Str){ 0 });
        return;
    }
    if (!apply_both(cli, &move, &edit)) {
        return;
    }
    file = plan_at(cli, 0);
    EventRef now = change_left(&edit);
    event = plan_match(file->plan, &now);
    if (event == SIZE_MAX) {
        return; /* others may have put it elsewhere, twins as it has */
    }
    said_line(cli, T_CLI_CHANGED, said_name(cli, file, event), (Str){ 0 });
    if (move.kind == CHANGE_MOVE) {
        say_moved(cli, file, &place);
    }
    said_edits(cli, file->plan, event, &edit);
}

/* «Саянск», «Саянск, раздел «Первый»» */
static Str header_label(Cli *cli, const PlanFile *file, int section)
{
    StrBuf label = { 0 };
    strbuf_add(&label, plan_label(file));
    if (section >= 0) {
        strbuf_add(&label, STR(", "));
        text_put(&label, cli_lang(cli), T_LABEL_SECTION, TEXT_STR(file->plan->sections.at[section].title));
    }
    Str kept = cli_keep(cli, &label);
    strbuf_done(&label);
    return kept;
}

/* Texts of the plan, or of the section that is named. */
static void edit_header(Cli *cli, const PlanFile *file)
{
    Err err = { 0 };
    Change change = { 0 };
    FieldSaidVec fields = { 0 };
    int section = -1;
    bool ok = cli->options.section.at == NULL || place_section(cli, file->plan, cli->options.section, &section);
    ok = ok && fields_read(cli, file->plan, section < 0 ? OWNER_PLAN : OWNER_SECTION, 1, &fields);
    for (size_t i = 0; i < fields.n && ok; i++) {
        const FieldSaid *said = &fields.at[i];
        ok = change_edit_header(&change, file->plan, section, said->key, said->value, &cli->arena, &err) || cli_fail(cli, &err);
    }
    vec_done(&fields);
    Str label = header_label(cli, file, section);
    if (ok && change_is_empty(&change)) {
        said_line(cli, T_CLI_NOTHING_TO_CHANGE, label, (Str){ 0 });
    } else if (ok && !store_apply(cli->store, 0, &change, NULL, &err)) {
        (void)said_failure(cli, plan_at(cli, 0), &change, &err);
    } else if (ok) {
        said_line(cli, T_CLI_CHANGED, label, (Str){ 0 });
        said_edits(cli, plan_at(cli, 0)->plan, SIZE_MAX, &change);
    }
}

void cmd_edit(Cli *cli)
{
    Err err = { 0 };
    FieldSaidVec fields = { 0 };
    size_t event;
    const PlanFile *file = plan_to_change(cli);
    if (file == NULL) {
        return;
    }
    if (fields_is_one(cli->args.at[1])) {
        bool has_place = cli->options.after.at != NULL || cli->options.first;
        if (has_place) {
            (void)err_plain(&err, ERR_USAGE, T_CLI_PLACE_OF_WHAT);
            (void)cli_fail(cli, &err);
        } else {
            edit_header(cli, file);
        }
    } else if (plan_event(cli, file, cli->args.at[1], &event) && fields_read(cli, file->plan, OWNER_EVENT, 2, &fields)) {
        edit_event(cli, file, event, &fields);
    }
    vec_done(&fields);
}
